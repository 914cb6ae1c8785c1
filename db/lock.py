"""One writer at a time: an OS lock beside the file, and a note saying who holds it.

The lock belongs to the process and goes with it, also when it is killed; the note may then stay
behind and means nothing. It stands in a file of its own because Windows lets nobody read a locked
one.
"""

import getpass
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from landsteward.domain.errors import OnlyReadableError
from landsteward.domain.text import msg


class Holder(msgspec.Struct, frozen=True):
    """Who has the workspace open."""

    user: str
    host: str
    pid: int
    since: str


class WorkspaceLock:
    """The right to write to a workspace. Raises OnlyReadableError where it cannot be had."""

    def __init__(self, path: Path, now: datetime) -> None:
        self._note = path.with_name(path.name + ".lock-note")
        self._lock = FileLock(path.with_name(path.name + ".lock"), timeout=0)
        try:
            self._lock.acquire()
        except Timeout:
            raise self._held(path) from None
        except OSError as error:
            raise OnlyReadableError(
                msg("The folder of the file cannot be written to."),
                where=str(path.parent),
                remedy=msg(
                    "Remove its write protection, or copy the file to another folder. "
                    "As it is it can be opened for reading only."
                ),
            ) from error
        holder = Holder(getpass.getuser(), socket.gethostname(), os.getpid(), _minutes(now))
        # Without a note the lock still holds; only the sentence gets poorer.
        with suppress(OSError):
            self._note.write_bytes(msgspec.json.encode(holder))

    def release(self) -> None:
        """Let others in; may be called twice."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._note.unlink()
            self._lock.release()

    def _held(self, path: Path) -> OnlyReadableError:
        remedy = msg("Close it there first. Until then it can be opened for reading only.")
        try:
            holder = msgspec.json.decode(self._note.read_bytes(), type=Holder)
        except (OSError, msgspec.DecodeError):
            return OnlyReadableError(
                msg("The workspace is already open in another window or program."),
                where=str(path),
                remedy=remedy,
            )
        return OnlyReadableError(
            msg(
                "The workspace is already open: {user} on {host}, since {since} (process {pid}).",
                user=holder.user,
                host=holder.host,
                since=holder.since,
                pid=holder.pid,
            ),
            where=str(path),
            remedy=remedy,
        )


def _minutes(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
