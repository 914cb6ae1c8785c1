"""Files written whole or not at all."""

import errno
from pathlib import Path

import pytest

from landsteward.app.files import write_whole
from landsteward.domain.errors import WorkspaceError


def test_a_full_disk_leaves_the_old_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "案卷.pdf"
    write_whole(target, b"first")

    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:2])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as full:
        full.setattr(Path, "write_bytes", half)
        with pytest.raises(WorkspaceError, match="No space left") as refused:
            write_whole(target, b"second")
    assert refused.value.where == str(target)
    assert target.read_bytes() == b"first"
    assert [one.name for one in tmp_path.iterdir()] == ["案卷.pdf"]
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError):
        write_whole(tmp_path / "no" / "x.pdf", b"x")
