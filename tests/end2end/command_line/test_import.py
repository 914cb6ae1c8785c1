"""`import`: every row counted, the same file again changes nothing."""

from datetime import datetime
from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.cli import basics
from tests.end2end.command_line.commands import Command, sheet
from tests.helpers.sheets import HEADER, supply


def test_import_counts_every_row_and_the_same_file_changes_nothing(
    run: Command, park: Path, tmp_path: Path
) -> None:
    good, other, bad = supply(1), supply(2), supply(3)
    bad[HEADER.index("面积(公顷)")] = "很大"
    file = sheet(tmp_path / "供地.csv", good, bad, other)
    before = park.read_bytes()
    trial = run("import", "land-supply", file, "-w", park, "--dry-run", "--json")
    assert trial.status == basics.WITH_REJECTS
    assert park.read_bytes() == before
    said = run("import", "land-supply", file, "-w", park, "--json")
    assert said.status == basics.WITH_REJECTS
    document = said.json()
    assert document == trial.json()
    assert list(document) == ["rows", "created", "updated", "unchanged", "rejected", "warnings"]
    assert (document["rows"], document["created"], document["updated"]) == (3, 2, 0)
    (reject,) = document["rejected"]
    assert set(reject) == {"row", "column", "value", "reason"}
    assert (reject["row"], reject["value"]) == (3, "很大")
    again = run("import", "land-supply", file, "-w", park, "--json").json()
    assert (again["created"], again["updated"], again["unchanged"]) == (0, 0, 2)
    assert run("check", "-w", park).status == basics.DONE


def test_known_supplies_are_skipped_or_decided_on_and_columns_corrected(
    run: Command, park: Path, tmp_path: Path
) -> None:
    def area() -> int:
        workspace = bootstrap.open_workspace(park, read_only=True)
        made = workspace.supply_contracts.first(identity="3499992021B00001")
        workspace.close()
        assert made is not None
        return int(made.area_m2 or 0)

    def file(hectares: str) -> Path:
        return sheet(tmp_path / f"{hectares}.csv", supply(1, 面积=hectares))

    line = ("import", "land-supply")
    run(*line, file("2.5"), "-w", park)
    skipped = run(*line, file("3"), "-w", park, "--known", "skip", "--json").json()
    assert (skipped["unchanged"], area()) == (1, 25000)
    asked = run(*line, file("4"), "-w", park, "--known", "ask", "--json")
    assert (asked.status, area()) == (basics.WITH_REJECTS, 25000)
    told = run(*line, file("4"), "-w", park, "--known", "ask", "--decide", "2=update", "--json")
    assert (told.json()["updated"], area()) == (1, 40000)
    at = HEADER.index("面积(公顷)") + 1
    mu = run(*line, file("4"), "-w", park, "--column", f"{at}=area_m2:亩", "--json")
    assert (mu.json()["updated"], area()) == (1, 2666)


def test_import_in_words_names_the_row(run: Command, park: Path, tmp_path: Path) -> None:
    bad = supply(1)
    bad[HEADER.index("面积(公顷)")] = "很大"
    said = run("import", "land-supply", sheet(tmp_path / "a.csv", bad), "-w", park)
    assert (said.status, said.out) == (basics.WITH_REJECTS, "")
    assert "Row 2" in said.err
    assert "很大" in said.err


def test_import_by_one_user_adds_one_person_whatever_the_language(
    run: Command, park: Path, tmp_path: Path
) -> None:
    for number, language in enumerate(("en", "zh_CN", "en"), 1):
        file = sheet(tmp_path / f"{number}.csv", supply(number))
        assert run("--lang", language, "import", "land-supply", file, "-w", park).status == 0
    workspace = bootstrap.open_workspace(park, read_only=True)
    batches = [one for one in workspace.import_batches.where() if one.file_name.endswith(".csv")]
    assert len(batches) == 3
    assert len({one.imported_by for one in batches}) == 1
    workspace.close()


def test_what_is_still_to_come_depends_on_the_day_asked_about(
    run: Command, park: Path, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "a.csv", supply(1, 合同签订日期="2026-03-15"))
    line = ("import", "land-supply", file, "-w", park, "--json")
    for day, warned in (("2026-03-14", True), ("2026-03-15", False)):
        said = run(*line, "--dry-run", "--on", day)
        reasons = [one["reason"] for one in said.json()["warnings"]]
        assert ("This day is still to come." in reasons) is warned
    # Another day for today does not forge when things were done.
    began = datetime.now().astimezone()
    assert run(*line, "--on", "2026-03-14").status == basics.DONE
    workspace = bootstrap.open_workspace(park, read_only=True)
    batch = workspace.import_batches.where()[-1]
    workspace.close()
    assert began <= batch.imported_at <= datetime.now().astimezone()


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"<html><body>login</body></html>"])
def test_a_sheet_that_is_none_is_refused(
    run: Command, park: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "odd.xls"
    file.write_bytes(content)
    said = run("import", "land-supply", file, "-w", park, "--json")
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert "odd.xls" in said.err
    missing = run("import", "land-supply", tmp_path / "none.csv", "-w", park, "--json")
    assert (missing.status, missing.out) == (basics.REFUSED, "")
