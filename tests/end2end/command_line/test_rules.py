"""`rules check`: every mistake by file, line and reason; the exit status says how it went."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.app.ports.workspace import Workspace
from landsteward.app.rule_packs import copy_pack, edit_pack, publish_pack
from landsteward.cli import basics
from landsteward.domain.organisations import Person
from landsteward.domain.states import Role
from landsteward.packs.source import DEFAULT_PACK, RULES
from tests.end2end.command_line.commands import TODAY, Command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A county's copy of the pack."""
    return Path(shutil.copytree(RULES / DEFAULT_PACK, tmp_path / "lixin"))


def change(path: Path, old: str, new: str) -> int:
    """Replace the first such text, and say on which line that was."""
    text = path.read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    path.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def test_a_pack_that_is_in_order_is_said_to_be(run: Command, folder: Path) -> None:
    said = run("rules", "check", folder)
    assert (said.status, said.out) == (basics.DONE, "")
    assert "In order: bozhou-2023" in said.err
    said = run("rules", "check", folder, "--json")
    assert (said.status, said.json()) == (basics.DONE, {"ok": True, "mistakes": []})


def test_every_mistake_is_named_with_its_file_and_line(run: Command, folder: Path) -> None:
    days = change(folder / "pack.toml", "deadline_days = 15", "deadline_days = 0")
    law = change(folder / "items" / "tax.toml", "tax_collection 第六十二条", "tax_law 第六十二条")
    change(folder / "items" / "housing.toml", 'department = "housing"', "")
    (folder / "metrics.toml").unlink()
    said = run("rules", "check", folder)
    assert said.status == basics.WITH_REJECTS
    assert f"pack.toml:{days} severities[0].deadline_days: at least one day" in said.err
    assert f"items/tax.toml:{law} items[0].bases[0]: the law tax_law is not in" in said.err
    assert "items/housing.toml department: the department must be named" in said.err
    assert "metrics.toml: the file is missing" in said.err
    listed = run("rules", "check", folder, "--json")
    assert listed.status == basics.WITH_REJECTS
    document = listed.json()
    assert document["ok"] is False
    assert {
        "file": "pack.toml",
        "line": days,
        "key": "severities[0].deadline_days",
        "reason": "at least one day is needed",
    } in document["mistakes"]
    assert len(document["mistakes"]) == len(listed.err.strip().splitlines()) - 1


@pytest.mark.parametrize("name", ["nowhere", "file.toml"])
def test_what_is_no_folder_is_refused(run: Command, tmp_path: Path, name: str) -> None:
    (tmp_path / "file.toml").write_text("", "utf-8")
    said = run("rules", "check", tmp_path / name, "--json")
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert name in said.err


def test_an_empty_folder_is_no_pack(run: Command, tmp_path: Path) -> None:
    said = run("rules", "check", tmp_path)
    assert said.status == basics.WITH_REJECTS
    assert "pack.toml: the file is missing" in said.err


def test_commands_work_by_what_the_county_published(run: Command, park: Path) -> None:
    """The parcels of the sample that are late: 3 一般 by the program's pack, 2 by the county's."""
    before = run("screen", "-w", park, "--on", TODAY, "--json").json()
    late = [one for one in before if one["rule"] == "completion_overdue"]
    assert late
    assert {one["severity"] for one in late} == {3}
    workspace = bootstrap.open_workspace(park)
    chief = next(one for one in workspace.people.where() if one.role is Role.ADMINISTRATOR)
    publish_stricter(workspace, chief)
    workspace.close()
    after = run("screen", "-w", park, "--on", TODAY, "--json").json()
    stricter = [one for one in after if one["rule"] == "completion_overdue"]
    assert len(stricter) == len(late)
    assert {one["severity"] for one in stricter} == {2}


def publish_stricter(workspace: Workspace, chief: Person) -> None:
    """A county's pack in which a late completion weighs more."""
    clock = bootstrap.AsOfClock(date.fromisoformat(TODAY))
    ctx = bootstrap.make_context(workspace, actor=chief, clock=clock)
    files = bootstrap.pack_files()
    copy_pack(ctx, files=files, county="示例县")
    place = ("rules", "completion_overdue", "levels", "#1", "severity")
    edit_pack(ctx, files=files, file="rules.toml", place=place, value=2)
    publish_pack(
        ctx, files=files, version="2026.1", in_force_from=clock.today(), changes="逾期竣工从严"
    )
