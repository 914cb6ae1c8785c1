"""A new workspace is there whole or not at all, and never in place of another file."""

import subprocess
import sys
from pathlib import Path

import pytest

from db.making import appearing
from db.workspace import SqlWorkspace, create_workspace, local_now, open_workspace
from landsteward.domain.errors import WorkspaceError

KILLED = """
import os, sys
import db.workspace
{when} = lambda *_: os._exit(9)
db.workspace.create_workspace(sys.argv[1], fill=lambda workspace: os._exit(9))
"""


@pytest.mark.parametrize("when", ["db.workspace.bring_up_to_date", "unused"])
def test_killed_while_it_is_made_it_is_not_there(tmp_path: Path, when: str) -> None:
    target, neighbour = tmp_path / "x.lsw", tmp_path / "x.lsw.new"
    neighbour.write_bytes(b"somebody's own file")
    child = subprocess.run(
        [sys.executable, "-c", KILLED.format(when=when), str(target)], check=False, timeout=60
    )
    assert child.returncode == 9
    assert not target.exists()
    assert neighbour.read_bytes() == b"somebody's own file"
    create_workspace(target).close()
    assert neighbour.read_bytes() == b"somebody's own file"


def test_what_is_filled_in_is_there_with_the_file(tmp_path: Path) -> None:
    target = tmp_path / "x.lsw"

    def fill(workspace: SqlWorkspace) -> None:
        assert not target.exists()
        with workspace.transaction(actor_id="someone", at=local_now()):
            workspace.set_setting("name", "filled")

    create_workspace(target, fill=fill).close()
    workspace = open_workspace(target)
    assert workspace.setting("name") == "filled"
    assert workspace.check().ok
    workspace.close()


def test_filling_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(_workspace: SqlWorkspace) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create_workspace(tmp_path / "x.lsw", fill=fail)
    assert left_in(tmp_path) == []


@pytest.mark.parametrize("links", [True, False])
def test_a_name_that_is_taken_meanwhile_stays_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    target = tmp_path / "x.lsw"

    def both() -> None:
        with appearing(target) as building:
            building.write_bytes(b"ours")
            target.write_bytes(b"theirs")

    with pytest.raises(WorkspaceError, match="not touched"):
        both()
    assert target.read_bytes() == b"theirs"
    assert left_in(tmp_path) == ["x.lsw"]


@pytest.mark.parametrize("links", [True, False])
def test_it_appears_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    with appearing(tmp_path / "x.lsw") as building:
        building.write_bytes(b"ours")
    assert (tmp_path / "x.lsw").read_bytes() == b"ours"
    assert left_in(tmp_path) == ["x.lsw"]


def no_links(_target: Path, _source: Path) -> None:
    """A drive without hard links."""
    raise PermissionError(1, "Operation not permitted")


def left_in(folder: Path) -> list[str]:
    """What is in a folder but locks."""
    return [file.name for file in folder.iterdir() if file.suffix != ".lock"]
