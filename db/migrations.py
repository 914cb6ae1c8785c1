"""The schema, from the first version on, by sqlite-utils' migrations.

Each migration and its record are one transaction. `user_version` counts them, so that an older
program can see from the header alone that a file is too new for it. A migration that was released
is never edited; the next one is written behind it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from db import audit
from db.connection import APPLICATION_ID, Session, check_identity
from db.errors import damaged, storage_errors
from landsteward.domain.errors import WorkspaceError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from db.library import Database

Step = Callable[["Database"], None]

_SCHEMA = Path(__file__).with_name("schema")
_SET = "landsteward"


def workspace_0001(db: "Database") -> None:
    """Everything the lifecycle of `domain.md` §8 needs."""
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    run_schema(db, "0001")
    finish(db, 1)


STEPS: tuple[Step, ...] = (workspace_0001,)


def run_schema(db: "Database", prefix: str) -> None:
    """Run the schema files of one migration, in the order of their names."""
    for name in sorted(file.name for file in _SCHEMA.iterdir() if file.name.startswith(prefix)):
        for statement in statements((_SCHEMA / name).read_text("utf-8")):
            db.execute(statement)


def finish(db: "Database", version: int) -> None:
    """What every migration ends with: the triggers of the tables as they are now, the count."""
    audit.make_triggers(db)
    db.execute(f"PRAGMA user_version = {version}")


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit before it begins."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if driver.complete_statement(pending):
            yield pending
            pending = ""


def bring_up_to_date(session: Session, steps: tuple[Step, ...], now: datetime) -> None:
    """Apply what is missing, after a backup; refuse what is newer. Raises WorkspaceError."""
    conn, path = session.conn, session.path
    with storage_errors(path):
        application_id, version = identity(conn)
        applied = applied_steps(conn)
        if applied:
            extra = len(applied - {step.__name__ for step in steps})
            newest = max(version, len(steps) + 1) if extra else version
            check_identity(path, application_id, newest, newest=len(steps))
        if len(applied) < version:
            raise damaged(path, "_sqlite_migrations")
        if len(applied) == len(steps):
            return
        if session.read_only:
            raise WorkspaceError(
                msg("The file was made by an older version of this program."),
                where=str(path),
                remedy=msg("Open it once for writing: it is then brought up to date."),
            )
        if applied:
            copy(conn, backup_name(path, version, now))
        apply_steps(session.db, steps)


def apply_steps(db: "Database", steps: tuple[Step, ...]) -> None:
    """Apply what a file does not have yet, each step and its record in one transaction."""
    from db.library import Migrations

    migrations = Migrations(_SET)
    for step in steps:
        migrations(name=step.__name__)(step)
    migrations.apply(db)


def applied_steps(conn: driver.Connection) -> set[str]:
    """The names of the migrations a file has been through, from sqlite-utils' own table.

    Asked at every start, and nearly always the answer is all of them: sqlite-utils itself is
    loaded only where something is missing.
    """
    there = "SELECT 1 FROM sqlite_master WHERE name = ?"
    if conn.execute(there, ["_sqlite_migrations"]).fetchone() is None:
        return set()
    names = "SELECT name FROM _sqlite_migrations WHERE migration_set = ?"
    return {name for (name,) in conn.execute(names, [_SET])}


def identity(conn: driver.Connection) -> tuple[int, int]:
    """The application id and the version of an open file."""
    application_id, version = (
        conn.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    return application_id, version


def backup_name(path: Path, version: int, now: datetime) -> Path:
    """A free name beside the file, with its version and the date."""
    stem = f"{path.stem}-before-upgrade-v{version}-{now:%Y-%m-%d}"
    names = (f"{stem}{ending}{path.suffix}" for ending in chain([""], map("-{}".format, count(2))))
    return next(free for name in names if not (free := path.with_name(name)).exists())


def copy(conn: driver.Connection, target: Path) -> None:
    """Write a consistent, compact copy (encrypted alike), also of what is open for reading only.

    It appears under its name only once it is whole and on the disk: SQLite promises neither for
    VACUUM INTO, and whoever finds half a copy after a power cut takes it for a backup.
    Raises WorkspaceError.
    """
    part = target.with_name(target.name + ".part")
    try:
        part.unlink(missing_ok=True)
        _vacuum_into(conn, part)
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise WorkspaceError(
            msg("The file cannot be made: {reason}.", reason=error.strerror or str(error)),
            where=str(target),
            remedy=msg("Check that the folder exists and that you may write in it."),
        ) from error
    finally:
        with suppress(OSError):
            part.unlink()


def _vacuum_into(conn: driver.Connection, target: Path) -> None:
    # `query_only` would refuse it, although it writes nothing but the copy.
    (only_queries,) = conn.execute("PRAGMA query_only").fetchone()
    conn.execute("PRAGMA query_only = OFF")
    try:
        conn.execute("VACUUM INTO ?", [str(target)])
    finally:
        conn.execute(f"PRAGMA query_only = {only_queries}")
