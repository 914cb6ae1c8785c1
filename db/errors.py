"""SQLite's errors in words a person can act on; whatever is our own fault surfaces as it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from landsteward.domain.errors import DamagedError, WorkspaceError
from landsteward.domain.text import Message, msg


class OutsideTransactionError(Exception):
    """A bug: something was written without `Workspace.transaction`, so in nobody's name."""


RESTORE = msg(
    "Copy the file somewhere safe, then go on with the latest backup (files beside it named "
    "“…before-upgrade…”, or your own copies). The command “check” says what is damaged."
)

_DAMAGED = msg("The file is damaged: parts of it cannot be read.")

# SQLite's names of its result codes: what happened, and what to do. Extended codes begin alike.
_KNOWN: tuple[tuple[str, Message, Message], ...] = (
    (
        "SQLITE_FULL",
        msg("The disk is full; the last change was not kept, everything before it is safe."),
        msg("Free some space on this disk and do it again."),
    ),
    (
        "SQLITE_READONLY",
        msg("The file is read-only; nothing was changed."),
        msg("Remove the write protection of the file and its folder, or save a copy elsewhere."),
    ),
    (
        "SQLITE_BUSY",
        msg("Another program is using the file just now; the change was not kept."),
        msg("Close the other program (a backup or sync tool, perhaps) and do it again."),
    ),
    ("SQLITE_CORRUPT", _DAMAGED, RESTORE),
    (
        "SQLITE_NOTADB",
        msg("The file is not a workspace, is damaged, or the password does not fit."),
        msg("Check that it is the right file and the right password."),
    ),
    (
        "SQLITE_IOERR",
        msg("The disk could not be read or written; the last change was not kept."),
        msg("Check that the drive is connected and has space left, then open the file again."),
    ),
    (
        "SQLITE_CANTOPEN",
        msg("The file or its folder cannot be opened."),
        msg("Check that the folder exists and that you may write in it."),
    ),
)


def damaged(path: Path, record: str = "") -> DamagedError:
    """The sentence for what this program never wrote; `record` says where in the file it is."""
    where = f"{path}: {record}" if record else str(path)
    return DamagedError(_DAMAGED, where=where, remedy=RESTORE)


_UNREADABLE = "Could not decode to UTF-8"
"""What the driver says (with no code of SQLite's own) of text that is none."""


def in_words(error: Exception, path: Path) -> WorkspaceError | None:
    """The sentence for an error of the driver, or None where it is no fault of the outside."""
    if _UNREADABLE in str(error):
        return damaged(path, str(error))
    name = getattr(error, "sqlite_errorname", "")
    for code, what, remedy in _KNOWN:
        if name.startswith(code):
            if what is _DAMAGED:
                return damaged(path, str(error))
            return WorkspaceError(what, where=str(path), remedy=remedy)
    return None


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite says of disk and file into WorkspaceError; all else passes untouched."""
    try:
        yield
    except driver.Error as error:
        if "NOT NULL constraint failed: change_log." in str(error):
            raise OutsideTransactionError(
                "a change outside Workspace.transaction: it would be in nobody's name"
            ) from error
        known = in_words(error, path)
        if known is None:
            raise
        raise known from error
