"""A new file: built under a fresh name beside its own, which it gets only once it is whole."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from landsteward.domain.errors import WorkspaceError
from landsteward.domain.text import msg


@contextmanager
def appearing(target: Path) -> Iterator[Path]:
    """An empty file to be filled; afterwards it is there under `target`, or nothing is.

    A process that is killed meanwhile leaves at most the file under its fresh name. Raises
    WorkspaceError, also where `target` has come to be there meanwhile; it is not touched.
    """
    building = target.with_name(f".{uuid4().hex}.new")
    try:
        os.close(os.open(building, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise _refused(target, error) from error
    try:
        yield building
        try:
            _give_name(building, target)
        except FileExistsError:
            raise taken(target) from None
        except OSError as error:
            raise _refused(target, error) from error
    except BaseException:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                building.with_name(building.name + ending).unlink()
        raise


def _give_name(building: Path, target: Path) -> None:
    """Rename a file, but never over another. Raises FileExistsError."""
    if sys.platform == "win32":
        building.rename(target)
        return
    try:
        target.hardlink_to(building)
    except FileExistsError:
        raise
    except OSError:
        # No hard links on this drive (FAT, exFAT, some shares): the name is taken first, by a
        # file of ours that is empty for the moment between these two calls.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        building.replace(target)
    else:
        building.unlink()


def taken(path: Path) -> WorkspaceError:
    """The refusal of a name that is in use."""
    return WorkspaceError(
        msg("There is a file of this name already; it was not touched."),
        where=str(path),
        remedy=msg("Choose another name."),
    )


def _refused(path: Path, error: OSError) -> WorkspaceError:
    return WorkspaceError(
        msg("The file cannot be made: {reason}.", reason=error.strerror or str(error)),
        where=str(path),
        remedy=msg("Check that the folder exists and that you may write in it."),
    )
