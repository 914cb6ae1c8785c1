import json
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as sqlite

from db.audit import entry_hash, logged_tables
from db.errors import OutsideTransactionError
from db.library import Database
from db.record_stores import RecordStores
from db.workspace import open_workspace
from landsteward.app.views import CheckReport
from landsteward.domain.errors import WorkspaceError
from tests.unit.db.conftest import ACTOR, Desk


def without_triggers(desk: Desk, *statements: str) -> CheckReport:
    """What another program does behind the triggers' back, and what the check then says.

    The triggers are put back afterwards, as somebody would who wants nothing to show.
    """
    desk.workspace.close()
    conn = sqlite.connect(str(desk.path), isolation_level=None)
    triggers = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    taken_out = conn.execute(triggers).fetchall()
    for name, _ in taken_out:
        conn.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        conn.execute(statement)
    for _, sql in taken_out:
        conn.execute(sql)
    conn.close()
    desk.reopen()
    return desk.workspace.check()


@pytest.fixture
def history(desk: Desk) -> Desk:
    enterprise = desk.enterprise("甲公司", uscc="91341600MA2RABCD1X")
    with desk.change():
        desk.workspace.enterprises.save(replace(enterprise, name="甲集团"))
        desk.workspace.blobs.put(b"photo")
        desk.workspace.set_setting("name", "园区")
    with desk.change():
        desk.workspace.enterprises.retire(enterprise.id)
    return desk


def test_every_change_is_in_the_trail(history: Desk) -> None:
    rows = history.db.execute(
        "SELECT seq, actor_id, action, table_name FROM change_log ORDER BY seq"
    ).fetchall()
    assert rows == [
        (1, ACTOR, "add", "organisations"),
        (2, ACTOR, "add", "people"),
        (3, ACTOR, "add", "enterprises"),
        (4, ACTOR, "change", "enterprises"),
        (5, ACTOR, "add", "blobs"),
        (6, ACTOR, "add", "settings"),
        (7, ACTOR, "retire", "enterprises"),
    ]
    (before, after, at) = history.db.execute(
        "SELECT before, after, at FROM change_log WHERE seq = 4"
    ).fetchone()
    assert (json.loads(before)["name"], json.loads(after)["name"]) == ("甲公司", "甲集团")
    assert at.startswith("2026-03-04T09:3")


def test_every_table_of_records_has_its_triggers(desk: Desk) -> None:
    triggers = {
        name for (name,) in desk.db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    }
    tables = logged_tables(desk.db)
    assert len(tables) == len(RecordStores.__annotations__) + len(
        ("blobs", "settings", "number_series")
    )
    for table in tables:
        assert {f"{table}_added", f"{table}_no_delete"} <= triggers
        assert triggers & {f"{table}_changed", f"{table}_no_update"}


def test_an_untouched_file_passes(history: Desk) -> None:
    report = history.workspace.check()
    assert report.ok
    assert (report.audit_chain.length, report.audit_chain.first_bad) == (7, None)


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE change_log SET after = replace(after, '甲公司', '乙公司') WHERE seq = 3", 3),
        ("UPDATE change_log SET actor_id = 'somebody' WHERE seq = 5", 5),
        ("UPDATE change_log SET at = '2020-01-01T00:00:00+00:00' WHERE seq = 1", 1),
        ("UPDATE change_log SET before = NULL WHERE seq = 4", 4),
        ("DELETE FROM change_log WHERE seq = 4", 4),
        ("DELETE FROM change_log WHERE seq = 1", 1),
        ("UPDATE change_log SET seq = -4 WHERE seq = 4", 1),
    ],
)
def test_a_changed_trail_shows(history: Desk, statement: str, first_bad: int) -> None:
    report = without_triggers(history, statement)
    assert not report.ok
    assert report.audit_chain.first_bad == first_bad


def test_entries_in_another_order_show(history: Desk) -> None:
    report = without_triggers(
        history,
        "UPDATE change_log SET seq = -3 WHERE seq = 3",
        "UPDATE change_log SET seq = 3 WHERE seq = 4",
        "UPDATE change_log SET seq = 4 WHERE seq = -3",
    )
    assert report.audit_chain.first_bad == 3


def test_a_changed_entry_with_a_fresh_hash_breaks_the_chain_behind_it(history: Desk) -> None:
    row = history.db.execute(
        "SELECT prev_hash, at, action, table_name, record_id, before, after "
        "FROM change_log WHERE seq = 3"
    ).fetchone()
    cells = [(cell or "").encode() for cell in (row[0], row[1], "somebody", *row[2:])]
    forged = entry_hash(cells).decode()
    report = without_triggers(
        history, f"UPDATE change_log SET actor_id = 'somebody', hash = '{forged}' WHERE seq = 3"
    )
    assert report.audit_chain.first_bad == 4


def test_a_row_changed_behind_the_trail_shows(history: Desk) -> None:
    report = without_triggers(history, "UPDATE people SET name = '李四'")
    assert not report.ok
    assert report.audit_chain.ok
    assert report.integrity == (f"people {ACTOR}: not as the trail last left it",)


def test_a_row_slipped_in_shows(history: Desk) -> None:
    report = without_triggers(history, "INSERT INTO settings VALUES ('slipped', 'in')")
    assert report.integrity == ("settings slipped: not as the trail last left it",)


def test_a_row_taken_away_shows(history: Desk) -> None:
    report = without_triggers(history, "DELETE FROM settings")
    assert report.integrity == ("settings name: in the trail, but no longer in the file",)


def test_the_end_of_the_trail_cut_off_shows(history: Desk) -> None:
    report = without_triggers(history, "DELETE FROM change_log WHERE seq = 7")
    assert report.audit_chain.ok
    assert len(report.integrity) == 1


@pytest.mark.parametrize("name", ["enterprises_changed", "people_added", "change_log_no_delete"])
def test_a_trigger_taken_out_shows(history: Desk, name: str) -> None:
    history.db.execute(f"DROP TRIGGER {name}")
    report = history.workspace.check()
    assert not report.ok
    assert f"{name}: missing from the schema" in report.integrity


def test_changed_contents_show(history: Desk) -> None:
    report = without_triggers(history, "UPDATE blobs SET content = CAST('phot0' AS BLOB)")
    (problem,) = report.integrity
    assert problem.startswith("blobs ")


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE people SET name = CAST(x'ff41' AS TEXT)", None),
        ("UPDATE change_log SET after = CAST(x'ff41' AS TEXT) WHERE seq = 3", 3),
    ],
)
def test_text_that_cannot_be_read_is_one_more_problem(
    history: Desk, statement: str, first_bad: int | None
) -> None:
    report = without_triggers(history, statement)
    assert not report.ok
    assert report.audit_chain.first_bad == first_bad
    assert report.integrity or first_bad


def test_a_damaged_schema_is_said(history: Desk) -> None:
    history.workspace.close()
    content = history.path.read_bytes()
    assert b"CREATE TABLE people" in content
    history.path.write_bytes(content.replace(b"CREATE TABLE people", b"CREATE \xdf\xffBLE people"))
    with pytest.raises(WorkspaceError, match="damaged"):
        open_workspace(history.path, read_only=True)
    history.path.write_bytes(content)
    history.reopen()


def test_a_reference_to_nothing_shows(history: Desk) -> None:
    report = without_triggers(history, "UPDATE people SET organisation_id = 'gone'")
    assert report.foreign_keys == ("people 1: organisations",)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE change_log SET at = ''",
        "DELETE FROM change_log",
        "DELETE FROM people",
        "DELETE FROM settings",
        "UPDATE people SET id = 'other'",
        "UPDATE enterprises SET nr = 77",
        "UPDATE blobs SET size = 5",
        "DELETE FROM blobs",
        "INSERT OR REPLACE INTO settings SELECT key, 'x' FROM settings",
    ],
)
def test_what_must_stay_is_refused(history: Desk, statement: str) -> None:
    with pytest.raises(sqlite.IntegrityError, match="nothing here may be"), history.change():
        history.db.execute(statement)
    assert history.workspace.check().ok


def test_a_change_in_nobodys_name_is_a_bug(desk: Desk) -> None:
    person = desk.workspace.people.get(ACTOR)
    with pytest.raises(OutsideTransactionError):
        desk.workspace.people.save(replace(person, name="李四"))
    with pytest.raises(OutsideTransactionError):
        desk.workspace.set_setting("name", "x")
    with pytest.raises(OutsideTransactionError):
        desk.workspace.take_number("体检", 2026)
    with pytest.raises(OutsideTransactionError):
        desk.workspace.people.retire(ACTOR)
    assert desk.workspace.people.get(ACTOR) == person


def test_another_program_cannot_write_without_the_trail(history: Desk) -> None:
    history.workspace.close()
    raw = Database(sqlite.connect(str(history.path), isolation_level=None), execute_plugins=False)
    with pytest.raises(sqlite.OperationalError, match="no such function"):
        raw.execute("UPDATE people SET name = '李四'")
    raw.close()
    history.reopen()


def test_what_is_taken_back_leaves_no_trace(history: Desk) -> None:
    def fail() -> None:
        with history.change():
            history.workspace.set_setting("name", "other")
            history.workspace.take_number("体检", 2026)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    report = history.workspace.check()
    assert report.ok
    assert report.audit_chain.length == 7
    assert history.workspace.setting("name") == "园区"


def test_an_inner_part_can_be_taken_back_alone(history: Desk, tmp_path: Path) -> None:
    def fail() -> None:
        with history.change("person-2"):
            history.workspace.set_setting("inner", "x")
            raise ZeroDivisionError

    with history.change():
        history.workspace.set_setting("outer", "1")
        with pytest.raises(ZeroDivisionError):
            fail()
        history.workspace.set_setting("outer", "2")
    assert history.workspace.setting("inner") is None
    actors = history.db.execute("SELECT DISTINCT actor_id FROM change_log").fetchall()
    assert actors == [(ACTOR,)]
    assert history.workspace.check().ok
