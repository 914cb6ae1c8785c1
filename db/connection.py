"""The one place that opens a workspace file."""

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from db import functions
from db.audit import Trail
from db.errors import damaged, storage_errors
from db.sight import Looking
from landsteward.domain.errors import WorkspaceError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from db.library import Database
    from landsteward.domain.sight import Sight

APPLICATION_ID = 0x4C535757
"""`LSWW`, in the header of every workspace file: says whose file this is."""

_MAGIC = b"SQLite format 3\x00"
_HEADER_BYTES = 100
_BUSY_SECONDS = 5.0
_CACHE_KIB = 32_768


@dataclass(frozen=True)
class Session:
    """An open file, in whose name it is being written to, and through whose eyes it is read."""

    conn: driver.Connection
    path: Path
    trail: Trail
    looking: Looking
    read_only: bool

    @cached_property
    def db(self) -> "Database":
        """The same connection for what changes the file; loads sqlite-utils when first asked."""
        from db.library import Database

        return Database(self.conn, execute_plugins=False)

    def version(self) -> "tuple[int, int, Sight]":
        """Something that is another once anything was written, by this connection or another, or
        somebody else looks.
        """
        (version,) = self.conn.execute("PRAGMA data_version").fetchone()
        return self.conn.total_changes, version, self.looking.sight


def look_at(path: Path, *, key: str | None, newest: int) -> None:
    """Refuse what is not a workspace before SQLite touches it, so that nothing appears beside it.

    Raises WorkspaceError.
    """
    if path.is_dir():
        raise WorkspaceError(
            msg("This is a folder, not a workspace file."),
            where=str(path),
            remedy=msg("Choose a file ending in .lsw."),
        )
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except FileNotFoundError:
        raise WorkspaceError(
            msg("There is no such file."),
            where=str(path),
            remedy=msg("Check the name and the drive, or make a new workspace."),
        ) from None
    except OSError as error:
        raise WorkspaceError(
            msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
            where=str(path),
            remedy=msg("Check that you may read it and that the drive is connected."),
        ) from error
    if not header:
        raise WorkspaceError(
            msg("The file is empty."),
            where=str(path),
            remedy=msg("Open another file, or delete this one and make a new workspace."),
        )
    plain = header.startswith(_MAGIC)
    if plain and key is not None:
        raise WorkspaceError(
            msg("The file is not encrypted, but a password was given."),
            where=str(path),
            remedy=msg("Open it without a password."),
        )
    if not plain and key is None:
        raise WorkspaceError(
            msg("The file is not a workspace, or it is encrypted."),
            where=str(path),
            remedy=msg("Check that it is the right file; an encrypted one needs its password."),
        )
    if plain:
        version = int.from_bytes(header[60:64], "big")
        check_identity(path, int.from_bytes(header[68:72], "big"), version, newest=newest)


def check_identity(path: Path, application_id: int, version: int, *, newest: int) -> None:
    """Refuse another program's file and one of a later version of this program."""
    if application_id != APPLICATION_ID:
        raise WorkspaceError(
            msg("The file belongs to another program."),
            where=str(path),
            remedy=msg("Choose a file ending in .lsw."),
        )
    if version > newest:
        raise WorkspaceError(
            msg(
                "The file was made by a newer version of this program (file version {file}, "
                "known up to {known}). It was not touched.",
                file=version,
                known=newest,
            ),
            where=str(path),
            remedy=msg("Install the current version of the program and open the file with it."),
        )


def connect(path: Path, *, key: str | None, read_only: bool) -> Session:
    """Open a file that is there (or, for a new workspace, an empty one). Raises WorkspaceError."""
    with storage_errors(path):
        conn = driver.connect(
            f"{path.as_uri()}?{_mode(path, read_only=read_only)}",
            uri=True,
            isolation_level=None,
            timeout=_BUSY_SECONDS,
        )
    try:
        with storage_errors(path):
            if key is not None:
                # A password reaches SQLCipher as text, so that it derives the key itself.
                conn.execute("PRAGMA key = '{}'".format(key.replace("'", "''")))
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
            trail = Trail()
            trail.register(conn)
            functions.register(conn)
            looking = Looking(conn)
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
            if read_only:
                conn.execute("PRAGMA query_only = ON")
            else:
                conn.execute("PRAGMA journal_mode = WAL")
                conn.execute("PRAGMA synchronous = FULL")
    except UnicodeDecodeError as error:
        # So ends what SQLite wants to say of a damaged schema: it quotes the damaged bytes.
        conn.close()
        raise damaged(path) from error
    except BaseException:
        conn.close()
        raise
    return Session(conn, path, trail, looking, read_only)


def _mode(path: Path, *, read_only: bool) -> str:
    """How SQLite is to open the file.

    Who only reads opens it for writing too where that is possible (and then writes nothing, by
    `query_only`): SQLite clears its `-wal` and `-shm` files away only then. Where nothing can be
    written beside the file, SQLite must be told that nobody else writes to it either.
    """
    if not read_only or (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        return "mode=rw"
    if path.with_name(path.name + "-wal").exists():
        return "mode=ro"
    return "mode=ro&immutable=1"
