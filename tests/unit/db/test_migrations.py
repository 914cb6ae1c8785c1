from datetime import UTC, date, datetime
from enum import Enum
from typing import get_args, get_type_hints

import pytest

from db.library import Database
from db.migrations import STEPS, finish, statements
from db.record_stores import RecordStores
from db.workspace import open_workspace
from landsteward.domain.errors import WorkspaceError
from tests.unit.db.conftest import Desk


def second(db: Database) -> None:
    """A later version: people have an e-mail address."""
    db.execute("ALTER TABLE people ADD COLUMN email TEXT")
    finish(db, 2)


def broken(db: Database) -> None:
    db.execute("CREATE TABLE half (x TEXT)")
    raise ZeroDivisionError


def now() -> datetime:
    return datetime(2027, 1, 2, tzinfo=UTC)


def test_columns_are_the_fields_of_the_records(desk: Desk) -> None:
    for name in RecordStores.__annotations__:
        store = getattr(desk.workspace, name)
        columns = [
            column
            for (column,) in desk.db.execute("SELECT name FROM pragma_table_info(?)", [name])
            if column not in ("nr", "deleted_at")
        ]
        assert tuple(columns) == store._mapper.names, name


def test_the_schema_knows_every_value_of_every_enum(desk: Desk) -> None:
    checked = 0
    for name in RecordStores.__annotations__:
        store = getattr(desk.workspace, name)
        (sql,) = desk.db.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
        for column, annotation in get_type_hints(store._mapper._type).items():
            for kind in (annotation, *get_args(annotation)):
                is_text_enum = isinstance(kind, type) and issubclass(kind, Enum)
                if is_text_enum and issubclass(kind, str) and name != "finding_events":
                    checked += 1
                    for member in kind:
                        assert f"'{member.value}'" in sql, f"{name}.{column}"
    assert checked > 10


def test_every_table_is_strict_and_explained(desk: Desk) -> None:
    tables = desk.db.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite%' AND name <> '_sqlite_migrations'"
    ).fetchall()
    assert len(tables) > 30
    assert [name for name, strict in tables if not strict] == []


def test_every_reference_can_be_followed_by_an_index(desk: Desk) -> None:
    plan = desk.db.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM findings WHERE case_id = 'x' AND deleted_at IS NULL"
    ).fetchall()
    assert "findings_by_case" in str(plan)


def test_an_upgrade_keeps_everything_and_a_backup(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.enterprise("甲公司")
    desk.workspace.close()
    desk.workspace = open_workspace(desk.path, now=now, steps=(*STEPS, second))
    assert desk.db.execute("SELECT email FROM people").fetchall() == [(None,)]
    assert desk.db.execute("PRAGMA user_version").fetchone() == (2,)
    with monkeypatch.context() as newer:
        newer.setattr("db.expected.STEPS", (*STEPS, second))
        report = desk.workspace.check()
    assert report.ok, report
    (backup,) = desk.path.parent.glob("*before-upgrade*.lsw")
    assert backup.name == "园区-before-upgrade-v1-2027-01-02.lsw"
    before = open_workspace(backup)
    assert before.enterprises.count() == 1
    assert before.check().ok
    before.close()
    desk.workspace.close()
    with pytest.raises(WorkspaceError, match="newer version"):
        open_workspace(desk.path)
    desk.workspace = open_workspace(desk.path, now=now, steps=(*STEPS, second))
    assert len(list(desk.path.parent.glob("*before-upgrade*.lsw"))) == 1


def test_a_new_column_changed_behind_the_trail_shows(desk: Desk) -> None:
    desk.workspace.close()
    desk.workspace = open_workspace(desk.path, now=now, steps=(*STEPS, second))
    desk.db.execute("DROP TRIGGER people_changed")
    desk.db.execute("UPDATE people SET email = 'x@example.org'")
    assert not desk.workspace.check().ok
    desk.workspace.close()
    desk.workspace = open_workspace(desk.path, now=now, steps=(*STEPS, second))


def test_an_upgrade_that_fails_changes_nothing(desk: Desk) -> None:
    desk.workspace.close()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            open_workspace(desk.path, now=now, steps=(*STEPS, broken))
    desk.workspace = open_workspace(desk.path)
    assert desk.db.execute("SELECT name FROM sqlite_master WHERE name = 'half'").fetchall() == []
    assert desk.workspace.check().ok
    names = sorted(file.name for file in desk.path.parent.glob("*before-upgrade*.lsw"))
    assert names == [
        "园区-before-upgrade-v1-2027-01-02-2.lsw",
        "园区-before-upgrade-v1-2027-01-02.lsw",
    ]


def test_an_old_file_is_not_upgraded_by_reading(desk: Desk) -> None:
    desk.workspace.close()
    with pytest.raises(WorkspaceError, match="older version"):
        open_workspace(desk.path, read_only=True, now=now, steps=(*STEPS, second))
    desk.workspace = open_workspace(desk.path)
    assert desk.workspace.check().ok


def test_a_script_is_cut_at_its_statements() -> None:
    script = "-- a; comment\nCREATE TABLE a (x TEXT DEFAULT ';');\n\nCREATE TABLE b\n(y TEXT);\n"
    assert [one.strip() for one in statements(script)] == [
        "-- a; comment\nCREATE TABLE a (x TEXT DEFAULT ';');",
        "CREATE TABLE b\n(y TEXT);",
    ]


def test_days_are_days(desk: Desk) -> None:
    desk.case("体检〔2026〕1号", opened_on=date(2026, 1, 2))
    assert desk.db.execute("SELECT opened_on FROM cases").fetchone() == ("2026-01-02",)
