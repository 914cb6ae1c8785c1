"""The file that was read last: kept while it is the same, read again once it is not."""

import os
from pathlib import Path

import pytest

from landsteward.app.rosters_table import Correction, RosterKind
from landsteward.domain.errors import InputFileError
from landsteward.tabular.files import FileContent, load
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.roster_desk import ENTERPRISES, code
from tests.helpers.sheets import write_text, write_xlsx

ROWS = [["虚构甲", code(1), "", "", "", "", ""]]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were loaded, in order."""
    loaded: list[str] = []

    def noted(path: Path, *, largest: int) -> FileContent:
        loaded.append(path.name)
        return load(path, largest=largest)

    monkeypatch.setattr("landsteward.tabular.kept.load", noted)
    return loaded


def test_looking_again_reads_nothing_anew(tmp_path: Path, read: list[str]) -> None:
    path = write_xlsx(tmp_path / "roster.xlsx", ROWS, header=ENTERPRISES)
    reader = RosterSheets()
    for kind in RosterKind:
        reader.look(path, kind)
    reader.look(path, RosterKind.ENTERPRISES, Correction(header_row=1))
    table = reader.read(path, RosterKind.ENTERPRISES)
    assert read == ["roster.xlsx"]
    assert len(table.rows) == 1


def test_a_file_that_was_written_to_is_read_again(tmp_path: Path, read: list[str]) -> None:
    path = write_xlsx(tmp_path / "roster.xlsx", ROWS, header=ENTERPRISES)
    reader = RosterSheets()
    first = reader.read(path, RosterKind.ENTERPRISES)
    write_xlsx(path, [*ROWS, *ROWS], header=ENTERPRISES)
    os.utime(path, ns=(1, 1))
    second = reader.read(path, RosterKind.ENTERPRISES)
    assert (len(first.rows), len(second.rows)) == (1, 2)
    assert first.sha256 != second.sha256
    assert read == ["roster.xlsx", "roster.xlsx"]


def test_another_file_takes_its_place(tmp_path: Path, read: list[str]) -> None:
    one = write_xlsx(tmp_path / "one.xlsx", ROWS, header=ENTERPRISES)
    two = write_xlsx(tmp_path / "two.xlsx", [*ROWS, *ROWS], header=ENTERPRISES)
    reader = RosterSheets()
    counts = [len(reader.read(path, RosterKind.ENTERPRISES).rows) for path in (one, two, one)]
    assert counts == [1, 2, 1]
    assert read == ["one.xlsx", "two.xlsx", "one.xlsx"]


def test_a_text_is_parted_anew_for_every_kind(tmp_path: Path, read: list[str]) -> None:
    # As enterprises it is parted by bars, as parcels by commas.
    lines = [
        ["企业名称|统一社会信用代码|宗地名称,坐落,面积(亩),土地用途"],
        ["甲|1|1号,一号路,2,工业用地"],
    ]
    path = write_text(tmp_path / "both.txt", lines[1:], header=(lines[0][0],), delimiter="\n")
    reader = RosterSheets()
    as_firms = reader.look(path, RosterKind.ENTERPRISES)
    as_plots = reader.look(path, RosterKind.PARCELS)
    assert [one.field for one in as_firms.columns][:2] == ["name", "uscc"]
    assert [one.field for one in as_plots.columns][1:] == ["location", "area_m2", "land_use"]
    assert read == ["both.txt"]


def test_a_file_that_is_gone_is_not_given_out_of_memory(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "roster.xlsx", ROWS, header=ENTERPRISES)
    reader = RosterSheets()
    reader.look(path, RosterKind.ENTERPRISES)
    path.unlink()
    with pytest.raises(InputFileError, match="no such file"):
        reader.look(path, RosterKind.ENTERPRISES)
