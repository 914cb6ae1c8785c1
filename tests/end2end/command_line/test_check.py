"""`check` and `backup`: damage is named, a copy is a workspace, reading leaves no trace."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from landsteward import bootstrap
from landsteward.cli import basics
from tests.end2end.command_line.commands import Command, sheet
from tests.helpers.sheets import supply


def damage(path: Path, statement: str) -> None:
    """Change a file as a fault of the disk would: past triggers, checks, column types and trail."""
    schema = "SELECT name, sql FROM sqlite_master WHERE sql LIKE '% STRICT%'"
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        for (name,) in raw.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            raw.execute(f'DROP TRIGGER "{name}"')
        strict = raw.execute(schema).fetchall()
        reword(raw, [(sql.replace(" STRICT", ""), name) for name, sql in strict])
    with closing(sqlite3.connect(path, isolation_level=None)) as raw:
        raw.execute("PRAGMA ignore_check_constraints = ON")
        raw.execute(statement)
        reword(raw, [(sql, name) for name, sql in strict])


def reword(raw: sqlite3.Connection, schema: list[tuple[str, str]]) -> None:
    """Write other sentences into the schema, for the next connection to read."""
    raw.execute("PRAGMA writable_schema = ON")
    raw.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", schema)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE findings SET state = 'nowhere'",
        "UPDATE cases SET opened_on = CAST(x'32d0ff' AS TEXT)",
        "UPDATE cases SET opened_on = 'yesterday'",
    ],
)
def test_a_damaged_record_is_said_to_be_damaged(run: Command, park: Path, statement: str) -> None:
    damage(park, statement)
    said = run("cases", "-w", park, "--json")
    assert (said.status, said.out) == (basics.REFUSED, "")
    assert "damaged" in said.err
    assert str(park) in said.err
    assert "What to do: " in said.err
    assert run("check", "-w", park, "--json").status == basics.WITH_REJECTS


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE change_log SET actor_id = x'ff00' WHERE seq = 17", 17),
        ("UPDATE change_log SET after = x'ff00' WHERE seq = 17", 17),
        ("UPDATE change_log SET after = '{' WHERE seq = 17", 17),
        ("UPDATE people SET name = x'ff00'", None),
        ("UPDATE blobs SET content = 'text'", None),
    ],
)
def test_check_goes_on_past_cells_that_make_no_sense(
    run: Command, park: Path, statement: str, first_bad: int | None
) -> None:
    damage(park, statement)
    said = run("check", "-w", park, "--json")
    assert said.status == basics.WITH_REJECTS
    assert said.json()["audit_chain"]["first_bad"] == first_bad
    assert said.json()["integrity"]


OUT_OF_THE_SCHEMA = "DELETE FROM sqlite_master WHERE name = "
REWORDED = "UPDATE sqlite_master SET sql = "


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        (f"{OUT_OF_THE_SCHEMA} 'findings' OR tbl_name = 'findings'", "findings: missing"),
        (f"{OUT_OF_THE_SCHEMA} 'change_log' OR tbl_name = 'change_log'", "change_log: missing"),
        ("DROP TABLE _sqlite_migrations", "_sqlite_migrations"),
        ("DROP TRIGGER findings_changed", "findings_changed: missing"),
        ("DROP INDEX findings_by_case", "findings_by_case: missing"),
        (
            f"{REWORDED} replace(sql, 'INTO change_log', 'INTO change_log /* not */') "
            "WHERE name = 'cases_added'",
            "cases_added: not as the program made it",
        ),
        ("CREATE TABLE more (id TEXT)", "more: does not belong"),
        ("PRAGMA user_version = 0", "user_version"),
        (f"{REWORDED} 'CREATE TABLE findings (' WHERE name = 'findings'", "(findings)"),
        (f"{REWORDED} 'CREATE TRIGGER x' WHERE name = 'findings_changed'", "(findings_changed)"),
        (f"{REWORDED} CAST(x'ff00ff' AS TEXT) WHERE name = 'findings'", "(findings)"),
        ("UPDATE sqlite_master SET rootpage = 99999 WHERE name = 'findings'", "(findings)"),
    ],
)
def test_a_schema_that_was_meddled_with_is_named(
    run: Command, park: Path, statement: str, named: str
) -> None:
    with closing(sqlite3.connect(park, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute(statement)
    said = run("check", "-w", park, "--json")
    assert said.status == basics.WITH_REJECTS
    document = said.json()
    assert not document["ok"]
    assert any(named in line for line in document["integrity"]), document["integrity"]
    assert named in said.err


@pytest.mark.parametrize("table", ["change_log", "findings", "blobs"])
def test_check_reports_pages_that_cannot_be_read(run: Command, park: Path, table: str) -> None:
    raw = sqlite3.connect(park)
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", [table]).fetchone()
    raw.close()
    content = bytearray(park.read_bytes())
    content[(root - 1) * size : root * size] = b"\xa5" * size
    park.write_bytes(content)
    said = run("check", "-w", park, "--json")
    assert said.status == basics.WITH_REJECTS
    assert not said.json()["ok"]
    assert said.json()["integrity"]


def test_check_says_what_is_wrong_and_where(run: Command, park: Path) -> None:
    said = run("check", "-w", park, "--json")
    assert said.status == basics.DONE
    assert said.json() == {
        "ok": True,
        "integrity": [],
        "foreign_keys": [],
        "audit_chain": {
            "ok": True,
            "length": said.json()["audit_chain"]["length"],
            "first_bad": None,
        },
    }
    tamper = sqlite3.connect(park)
    for (name,) in tamper.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'change_log'"
    ).fetchall():
        tamper.execute(f'DROP TRIGGER "{name}"')
    tamper.execute("UPDATE change_log SET actor_id = 'somebody else' WHERE seq = 17")
    tamper.commit()
    tamper.close()
    broken = run("check", "-w", park, "--json")
    assert broken.status == basics.WITH_REJECTS
    assert broken.json()["ok"] is False
    assert broken.json()["audit_chain"]["first_bad"] == 17
    assert "17" in broken.err


def test_backup_is_a_workspace_of_its_own(run: Command, park: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.lsw"
    assert run("backup", "-w", park, "-o", copy).status == basics.DONE
    assert run("cases", "-w", copy, "--json").out == run("cases", "-w", park, "--json").out
    before = copy.read_bytes()
    for target in (copy, park):
        assert run("backup", "-w", park, "-o", target).status == basics.REFUSED
    assert copy.read_bytes() == before


def test_a_workspace_in_use_is_read_but_not_written(
    run: Command, park: Path, tmp_path: Path
) -> None:
    file = sheet(tmp_path / "a.csv", supply(1))
    workspace = bootstrap.open_workspace(park)
    try:
        assert run("cases", "-w", park, "--json").status == basics.DONE
        said = run("import", "land-supply", file, "-w", park, "--json")
        assert (said.status, said.out) == (basics.REFUSED, "")
        assert "What to do: " in said.err
    finally:
        workspace.close()
    assert run("import", "land-supply", file, "-w", park).status == basics.DONE


def test_reading_leaves_no_trace(run: Command, park: Path) -> None:
    before = park.read_bytes()
    for command in (["cases"], ["screen"], ["check"]):
        assert run(*command, "-w", park).status == basics.DONE
    assert park.read_bytes() == before
