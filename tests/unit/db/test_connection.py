import os
import sqlite3
from pathlib import Path

import pytest

from db.connection import APPLICATION_ID
from db.workspace import create_workspace, open_workspace
from landsteward.domain.errors import WorkspaceError
from tests.unit.db.conftest import Desk


def refusal(path: Path, key: str | None = None, *, read_only: bool = False) -> WorkspaceError:
    """Why a file is not opened; nothing beside it or in it may have changed."""
    before = contents(path.parent)
    with pytest.raises(WorkspaceError) as caught:
        open_workspace(path, key=key, read_only=read_only)
    assert contents(path.parent) == before
    assert caught.value.remedy is not None
    assert str(path) in caught.value.where or caught.value.where == str(path.parent)
    return caught.value


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.name: file.read_bytes()
        for file in folder.iterdir()
        if file.is_file() and not file.name.endswith(".lock")
    }


def test_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder.lsw"
    folder.mkdir()
    assert "folder" in str(refusal(folder))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "no such file" in str(refusal(tmp_path / "gone.lsw"))
    with pytest.raises(WorkspaceError, match="no such file"):
        open_workspace(tmp_path / "gone" / "gone.lsw")


@pytest.mark.parametrize("read_only", [False, True])
@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "empty"),
        (b"x", "not a workspace"),
        (os.urandom(8192), "not a workspace"),
        (b"<html><body>", "not a workspace"),
        (b"PK\x03\x04" + bytes(5000), "not a workspace"),
        (b"SQLite format 3\x00", "another program"),
    ],
)
def test_what_is_no_workspace_is_refused(
    tmp_path: Path, content: bytes, part: str, read_only: bool
) -> None:
    path = tmp_path / "x.lsw"
    path.write_bytes(content)
    assert part in str(refusal(path, read_only=read_only))


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.lsw"
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("CREATE TABLE t (x)")
    other.close()
    assert "another program" in str(refusal(path))


def test_a_newer_workspace_is_refused_from_its_header(desk: Desk) -> None:
    desk.db.execute("PRAGMA user_version = 99")
    desk.workspace.close()
    refused = refusal(desk.path)
    assert "newer version" in str(refused)
    assert "99" in str(refused)


def test_a_workspace_with_an_unknown_migration_is_refused(desk: Desk) -> None:
    desk.db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "VALUES ('landsteward', 'workspace_0077', '2030-01-01')"
    )
    desk.workspace.close()
    assert "newer version" in str(refusal(desk.path))


def test_a_truncated_file_is_refused(desk: Desk) -> None:
    desk.workspace.close()
    with desk.path.open("r+b") as file:
        file.truncate(desk.path.stat().st_size // 2)
    assert "damaged" in str(refusal(desk.path))
    with desk.path.open("r+b") as file:
        file.truncate(60)
    assert "another program" in str(refusal(desk.path))


def test_damaged_pages_show(desk: Desk) -> None:
    for number in range(50):
        desk.enterprise(f"企业{number}")
    (root,) = desk.db.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'enterprises_by_name_key'"
    ).fetchone()
    desk.workspace.close()
    with desk.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    desk.workspace = open_workspace(desk.path)
    report = desk.workspace.check()
    assert not report.ok
    assert report.integrity
    with pytest.raises(WorkspaceError, match="damaged"):
        desk.workspace.enterprises.where(name_key="企业1")


def test_a_file_marked_read_only_is_refused_and_can_be_read(desk: Desk) -> None:
    desk.workspace.close()
    desk.path.chmod(0o444)
    assert "read-only" in str(refusal(desk.path))
    reader = open_workspace(desk.path, read_only=True)
    assert reader.people.count() == 1
    reader.close()
    assert [file.name for file in desk.path.parent.iterdir()].count(desk.path.name) == 1


def test_reading_leaves_nothing_behind(desk: Desk) -> None:
    desk.workspace.close()
    before = contents(desk.path.parent)
    open_workspace(desk.path, read_only=True).close()
    assert contents(desk.path.parent) == before


def test_a_password_opens_and_nothing_else_does(tmp_path: Path) -> None:
    path = tmp_path / "secret.lsw"
    workspace = create_workspace(path, key="it's 秘密")
    workspace.close()
    assert b"CREATE TABLE" not in path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite")
    assert "password does not fit" in str(refusal(path, key="wrong"))
    assert "encrypted" in str(refusal(path))
    again = open_workspace(path, key="it's 秘密")
    assert again.check().ok
    again.backup(str(tmp_path / "copy.lsw"))
    again.close()
    copy = open_workspace(tmp_path / "copy.lsw", key="it's 秘密")
    assert copy.check().ok
    copy.close()


def test_a_password_for_a_plain_file_is_said(desk: Desk) -> None:
    desk.workspace.close()
    assert "not encrypted" in str(refusal(desk.path, key="x"))


def test_the_file_is_kept_as_promised(desk: Desk) -> None:
    def pragma(name: str) -> object:
        return desk.db.execute(f"PRAGMA {name}").fetchone()[0]

    assert pragma("journal_mode") == "wal"
    assert pragma("synchronous") == 2
    assert pragma("foreign_keys") == 1
    assert pragma("application_id") == APPLICATION_ID


def test_names_with_spaces_and_signs_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "园区 #1 100% ?mode=ro.lsw"
    create_workspace(path).close()
    open_workspace(path).close()
    assert path.exists()
