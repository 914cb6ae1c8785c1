"""Which kind of roster every sheet of a file is, told by trying."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from landsteward.app.rosters_survey import SheetGuess, likeliest, survey
from landsteward.app.rosters_table import ColumnChoice, Correction, RosterKind
from landsteward.tabular.rosters import RosterSheets
from tests.helpers.roster_desk import ENTERPRISES, METRICS, PARCELS, code, unit_code
from tests.helpers.sheets import write_xlsx

FIRM = ["虚构甲有限公司", code(1), "", "", "", "", ""]
PLOT = ["1号地", unit_code(1), "", "一号路", 2, "工业", ""]


@pytest.mark.parametrize(
    ("header", "kind"),
    [
        (ENTERPRISES, RosterKind.ENTERPRISES),
        (PARCELS, RosterKind.PARCELS),
        (METRICS, RosterKind.METRICS),
        (["企业名称", "2023年税收", "2024年税收"], RosterKind.METRICS),
        (["企业名称", "信用代码"], RosterKind.ENTERPRISES),
        (["宗地名称", "坐落", "宗地面积(亩)", "土地用途"], RosterKind.PARCELS),
    ],
)
def test_the_kind_is_the_one_that_takes_most_columns(
    tmp_path: Path, header: Sequence[str], kind: RosterKind
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲", "1"]], header=header)
    found = survey(path, reader=RosterSheets(), remembered={})
    assert found.kind is kind
    assert found.seen.header_row == 1


def test_every_sheet_is_told_and_the_first_that_is_one_is_taken(tmp_path: Path) -> None:
    more: dict[str, list[Sequence[object]]] = {"宗地": [PARCELS, PLOT], "名录": [ENTERPRISES, FIRM]}
    path = write_xlsx(tmp_path / "a.xlsx", [["请勿修改"]], header=["说明"], more=more)
    found = survey(path, reader=RosterSheets(), remembered={})
    assert found.sheets == (
        SheetGuess(sheet="供地结果", kind=None),
        SheetGuess(sheet="宗地", kind=RosterKind.PARCELS),
        SheetGuess(sheet="名录", kind=RosterKind.ENTERPRISES),
    )
    assert [one.sheet for one in found.likely] == ["宗地", "名录"]
    assert (found.kind, found.seen.sheet) == (RosterKind.PARCELS, "宗地")


def test_a_sheet_like_none_of_them_is_handed_out_to_be_corrected(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["1", "2"]], header=["甲", "乙"])
    found = survey(path, reader=RosterSheets(), remembered={})
    assert found.likely == ()
    assert found.seen.header_row is None
    assert found.seen.preview[0].cells == ("甲", "乙")


def test_a_layout_that_was_corrected_before_goes_before_the_number_of_columns(
    tmp_path: Path,
) -> None:
    header = ["企业名称", "信用代码", "联系电话", "占地"]
    path = write_xlsx(tmp_path / "a.xlsx", [["甲", code(1), "1", "2"]], header=header)
    reader = RosterSheets()
    assert survey(path, reader=reader, remembered={}).kind is RosterKind.ENTERPRISES
    choice = Correction(columns={3: ColumnChoice(field="land_area_m2")})
    layout = reader.look(path, RosterKind.METRICS).layout
    found = survey(path, reader=reader, remembered={RosterKind.METRICS: {layout: choice}})
    assert found.kind is RosterKind.METRICS
    assert found.seen.remembered


def test_of_two_kinds_that_take_as_many_the_one_that_asks_for_fewer_others_is_meant(
    tmp_path: Path,
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲", code(1)]], header=["企业名称", "信用代码"])
    many = RosterSheets().look(path, RosterKind.ENTERPRISES)
    few = replace(many, offers=many.offers[:5])
    assert likeliest({RosterKind.LAND_SUPPLY: many, RosterKind.PARCELS: few}) is RosterKind.PARCELS
    assert (
        likeliest({RosterKind.LAND_SUPPLY: few, RosterKind.PARCELS: many}) is RosterKind.LAND_SUPPLY
    )


def test_it_can_be_stopped_between_sheets(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [FIRM], header=ENTERPRISES, more={"二": [["甲"]]})
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> None:
        told.append((done, total))
        if done:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        survey(path, reader=RosterSheets(), remembered={}, progress=progress)
    assert told == [(0, 2), (1, 2)]


def test_names_alone_are_no_yearly_figures(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", [["甲", code(1)]], header=["企业名称", "信用代码"])
    names = RosterSheets().look(path, RosterKind.METRICS)
    assert likeliest({RosterKind.METRICS: names}) is None
