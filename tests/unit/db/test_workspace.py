import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from db.workspace import create_workspace, open_workspace
from landsteward.domain.errors import KnownError, WorkspaceError
from tests.unit.db.conftest import ACTOR, Desk

HOLD = """
import sys
from db.workspace import open_workspace
workspace = open_workspace(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_new_workspace_never_replaces_a_file(tmp_path: Path) -> None:
    path = tmp_path / "letter.lsw"
    path.write_text("a letter")
    with pytest.raises(WorkspaceError, match="already"):
        create_workspace(path)
    assert path.read_text() == "a letter"


def test_a_new_workspace_in_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        create_workspace(tmp_path / "gone" / "x.lsw")
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_that_could_not_be_made_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("db.workspace.bring_up_to_date", fail)
    with pytest.raises(ZeroDivisionError):
        create_workspace(tmp_path / "x.lsw")
    assert [file.name for file in tmp_path.iterdir() if not file.name.endswith(".lock")] == []


def test_opening_twice_is_noticed_and_said(desk: Desk) -> None:
    with pytest.raises(WorkspaceError, match="already open: ") as caught:
        open_workspace(desk.path)
    assert "process" in str(caught.value)
    # Whoever was refused has taken nothing from the one who works.
    with desk.change():
        desk.workspace.set_setting("name", "x")
    with pytest.raises(WorkspaceError, match="already open"):
        open_workspace(desk.path)


def test_reading_is_possible_beside_somebody_who_writes(desk: Desk) -> None:
    reader = open_workspace(desk.path, read_only=True)
    with desk.change():
        desk.workspace.set_setting("name", "new")
    assert reader.setting("name") == "new"
    with (
        pytest.raises(WorkspaceError, match="reading only"),
        reader.transaction(actor_id=ACTOR, at=datetime.now(UTC)),
    ):
        reader.set_setting("name", "x")
    reader.close()
    assert desk.workspace.setting("name") == "new"


def test_the_lock_goes_with_the_process_that_holds_it(desk: Desk) -> None:
    desk.workspace.close()
    child = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(desk.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with child:
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        with pytest.raises(WorkspaceError, match=f"process {child.pid}"):
            open_workspace(desk.path)
        child.kill()
    desk.reopen()
    assert desk.workspace.check().ok


def test_the_lock_is_free_after_closing_and_after_failing(desk: Desk) -> None:
    desk.reopen()
    desk.db.execute("PRAGMA user_version = 99")
    desk.workspace.close()
    for _ in range(2):
        with pytest.raises(WorkspaceError, match="newer"):
            open_workspace(desk.path)


def test_a_workspace_stays_in_its_thread(desk: Desk) -> None:
    with ThreadPoolExecutor(1) as elsewhere:
        asked = elsewhere.submit(desk.workspace.people.count)
    with pytest.raises(driver.ProgrammingError, match="thread"):
        asked.result()


def test_numbers_run_from_one_without_gaps(desk: Desk) -> None:
    with desk.change():
        assert [desk.workspace.take_number("体检", 2026) for _ in range(3)] == [1, 2, 3]
        assert desk.workspace.take_number("体检", 2027) == 1
        assert desk.workspace.take_number("案卷", 2026) == 1

    def fail() -> None:
        with desk.change():
            assert desk.workspace.take_number("体检", 2026) == 4
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with desk.change():
        assert desk.workspace.take_number("体检", 2026) == 4


def test_settings_are_kept(desk: Desk) -> None:
    assert desk.workspace.setting("name") is None
    with desk.change():
        desk.workspace.set_setting("name", "甲")
    with desk.change():
        desk.workspace.set_setting("name", "乙")
    length = desk.workspace.check().audit_chain.length
    with desk.change():
        desk.workspace.set_setting("name", "乙")
    desk.reopen()
    assert desk.workspace.setting("name") == "乙"
    assert desk.workspace.check().audit_chain.length == length


def test_a_backup_is_a_whole_workspace(desk: Desk, tmp_path: Path) -> None:
    desk.enterprise("甲公司")
    target = tmp_path / "backup.lsw"
    desk.workspace.backup(str(target))
    copy = open_workspace(target)
    assert copy.check() == desk.workspace.check()
    assert copy.enterprises.where() == desk.workspace.enterprises.where()
    assert [hit.title for hit in copy.reports.search("甲公", 5)] == ["甲公司"]
    copy.close()


def test_a_backup_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    for target in (desk.path, tmp_path / "letter.txt"):
        if not target.exists():
            target.write_text("a letter")
        before = target.read_bytes()
        with pytest.raises(WorkspaceError, match="already"):
            desk.workspace.backup(str(target))
        assert target.read_bytes() == before
    with pytest.raises(WorkspaceError):
        desk.workspace.backup(str(tmp_path / "gone" / "x.lsw"))


def test_a_backup_bears_its_name_only_once_it_is_on_the_disk(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "backup.lsw"
    target.with_name("backup.lsw.part").write_bytes(b"left behind by a power cut")
    there: list[bool] = []

    def fails(_: int) -> None:
        there.append(target.exists())
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", fails)
        with pytest.raises(WorkspaceError, match="No space left"):
            desk.workspace.backup(str(target))
    assert there == [False]
    assert not list(tmp_path.glob("backup.lsw*"))
    desk.workspace.backup(str(target))
    assert [path.name for path in tmp_path.glob("backup.lsw*")] == ["backup.lsw"]


def test_a_backup_that_is_not_sound_is_taken_away(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half(_: object, target: Path) -> None:
        create_workspace(target).close()

    monkeypatch.setattr("db.workspace.copy", half)
    target = tmp_path / "backup.lsw"
    with pytest.raises(WorkspaceError, match="not sound"):
        desk.workspace.backup(str(target))
    assert not target.exists()
    assert desk.workspace.check().ok


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
def test_a_file_that_vanished_is_said_before_anything_is_lost(desk: Desk, tmp_path: Path) -> None:
    desk.path.unlink()
    with pytest.raises(WorkspaceError, match="moved, deleted or replaced"), desk.change():
        desk.workspace.set_setting("name", "lost")
    rescued = tmp_path / "rescued.lsw"
    desk.workspace.backup(str(rescued))
    copy = open_workspace(rescued)
    assert copy.people.count() == 1
    copy.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps an open file in its place")
def test_a_file_that_vanishes_in_the_middle_is_said(desk: Desk) -> None:
    def change() -> None:
        with desk.change():
            desk.workspace.set_setting("name", "lost")
            desk.path.rename(desk.path.with_name("elsewhere.lsw"))

    with pytest.raises(KnownError, match="moved"):
        change()
    assert desk.workspace.setting("name") is None
