"""One open workspace file: the port of the use cases, on SQLite.

A start waits for what is loaded with this module: questions over many records are made when they
are first asked for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from db.connection import Session, connect, look_at
from db.derived import SqlDerived
from db.errors import storage_errors
from db.lists import SqlLists
from db.lock import WorkspaceLock
from db.making import appearing, taken
from db.migrations import STEPS, Step, bring_up_to_date, copy
from db.record_stores import RecordStores
from db.stores import SqlBlobs
from landsteward.app.views import CheckReport
from landsteward.domain.errors import OnlyReadableError, WorkspaceError
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from db.batches import SqlBatches
    from db.boundaries import SqlBoundarySearch
    from db.chronicle import SqlChronicle
    from db.desk import SqlDesk
    from db.firms import SqlFirms
    from db.following import SqlFollowing
    from db.gradings import SqlGradings
    from db.reports import SqlReports
    from db.reversals import SqlReversals
    from db.rosters import SqlRosters
    from db.screening import SqlScreening
    from db.visits import SqlVisitReports
    from landsteward.domain.sight import Sight

Now = Callable[[], datetime]
Fill = Callable[["SqlWorkspace"], None]


def local_now() -> datetime:
    """This moment where the user is."""
    return datetime.now(UTC).astimezone()


def create_workspace(
    path: str | Path,
    *,
    key: str | None = None,
    now: Now = local_now,
    fill: Fill | None = None,
) -> SqlWorkspace:
    """Make a new workspace and open it. Raises WorkspaceError where anything is there already.

    `fill` puts in what is to be there from the beginning: with it, or not at all.
    """
    target = Path(path).absolute()
    if target.exists():
        raise taken(target)
    if not target.parent.is_dir():
        raise WorkspaceError(
            msg("There is no such folder."),
            where=str(target.parent),
            remedy=msg("Choose a folder that exists."),
        )
    lock = WorkspaceLock(target, now())
    try:
        _build(target, key=key, now=now, fill=fill)
        return _open(target, key=key, now=now, lock=lock)
    except BaseException:
        lock.release()
        raise


def open_workspace(
    path: str | Path,
    *,
    key: str | None = None,
    read_only: bool = False,
    now: Now = local_now,
    steps: tuple[Step, ...] = STEPS,
) -> SqlWorkspace:
    """Open a workspace, bringing it up to date first.

    For writing, one program at a time; reading is possible beside it. `now` dates the note about
    who has the file open and the backup before an upgrade. Raises WorkspaceError.
    """
    target = Path(path).absolute()
    look_at(target, key=key, newest=len(steps))
    if read_only:
        return _open(target, key=key, now=now, lock=None, steps=steps)
    _must_be_writable(target)
    lock = WorkspaceLock(target, now())
    try:
        return _open(target, key=key, now=now, lock=lock, steps=steps)
    except BaseException:
        lock.release()
        raise


def _open(
    path: Path,
    *,
    key: str | None,
    now: Now,
    lock: WorkspaceLock | None,
    steps: tuple[Step, ...] = STEPS,
) -> SqlWorkspace:
    session = connect(path, key=key, read_only=lock is None)
    try:
        bring_up_to_date(session, steps, now())
        return SqlWorkspace(session, lock, now=now)
    except BaseException:
        session.conn.close()
        raise


def _build(target: Path, *, key: str | None, now: Now, fill: Fill | None) -> None:
    """Build the file under another name, so that it is never there half made."""
    with appearing(target) as building:
        session = connect(building, key=key, read_only=False)
        try:
            bring_up_to_date(session, STEPS, now())
            if fill is not None:
                fill(SqlWorkspace(session, None, now=now))
        finally:
            session.conn.close()


def _must_be_writable(path: Path) -> None:
    """Refuse a file marked read-only, also for whoever could write to it all the same."""
    if not path.stat().st_mode & 0o222 or not os.access(path, os.W_OK):
        raise OnlyReadableError(
            msg("The file is read-only; nothing was changed."),
            where=str(path),
            remedy=msg(
                "Remove its write protection, or copy it and open the copy. "
                "As it is it can be opened for reading only."
            ),
        )


class SqlWorkspace(RecordStores):
    """The stores, lists and reports of one open file. Belongs to the thread that opened it."""

    def __init__(self, session: Session, lock: WorkspaceLock | None, *, now: Now) -> None:
        super().__init__(session)
        self._conn = session.conn
        self._lock = lock
        self._file = _file_identity(session.path)
        self.blobs = SqlBlobs(session)
        self.derived = SqlDerived(session, lambda: now().date())
        self.lists = SqlLists(session, self.derived)

    @cached_property
    def reports(self) -> SqlReports:
        """Questions over many records."""
        from db.reports import SqlReports

        return SqlReports(self._session)

    @cached_property
    def screening(self) -> SqlScreening:
        """What the automatic rules read."""
        from db.screening import SqlScreening

        return SqlScreening(self._session)

    @cached_property
    def boundary_search(self) -> SqlBoundarySearch:
        """Questions about where parcels lie."""
        from db.boundaries import SqlBoundarySearch

        return SqlBoundarySearch(self._session)

    @cached_property
    def visit_reports(self) -> SqlVisitReports:
        """Questions about campaigns and their visits."""
        from db.visits import SqlVisitReports

        return SqlVisitReports(self._session)

    @cached_property
    def firms(self) -> SqlFirms:
        """Questions about engagements."""
        from db.firms import SqlFirms

        return SqlFirms(self._session)

    @cached_property
    def desk(self) -> SqlDesk:
        """The cases on the desk."""
        from db.desk import SqlDesk

        return SqlDesk(self._session)

    @cached_property
    def following(self) -> SqlFollowing:
        """What the colours follow from."""
        from db.following import SqlFollowing

        return SqlFollowing(self._session)

    @cached_property
    def rosters(self) -> SqlRosters:
        """What an import of rosters asks."""
        from db.rosters import SqlRosters

        return SqlRosters(self._session)

    @cached_property
    def gradings(self) -> SqlGradings:
        """What gradings ask."""
        from db.gradings import SqlGradings

        return SqlGradings(self._session)

    @cached_property
    def batches(self) -> SqlBatches:
        """Imports as a whole."""
        from db.batches import SqlBatches

        return SqlBatches(self._session)

    @cached_property
    def chronicle(self) -> SqlChronicle:
        """The trail of single records."""
        from db.chronicle import SqlChronicle

        return SqlChronicle(self._session)

    @cached_property
    def reversals(self) -> SqlReversals:
        """What can be taken back."""
        from db.reversals import SqlReversals

        return SqlReversals(self._session)

    @contextmanager
    def transaction(self, *, actor_id: str, at: datetime) -> Iterator[None]:
        """All writes inside are kept together in that person's name, or none; may be nested."""
        trail = self._session.trail
        outermost = trail.depth == 0
        if outermost:
            self._must_be_in_place()
        with (
            storage_errors(self._session.path),
            self._session.looking.renewed(),
            trail.acting(actor_id, at),
            self._session.db.atomic(),
        ):
            since = self.derived.newest()
            yield
            if outermost:
                self.derived.follow_change(since)
                self._must_be_in_place()

    def look_as(self, sight: Sight) -> None:
        """From now on every question sees what this person sees, until somebody else looks."""
        self._session.looking.look_as(sight)

    def as_of(self, moment: datetime) -> SqlWorkspace:
        """The same workspace as it was recorded at a moment; it can only be read."""
        from db.past import PastWorkspace

        return PastWorkspace(self, moment)

    def take_number(self, code: str, year: int) -> int:
        """The next number of a 代字 in a year, from 1, gapless; inside a transaction."""
        sql = (
            "INSERT INTO number_series (code, year, last) VALUES (?, ?, 1) "
            "ON CONFLICT DO UPDATE SET last = last + 1 RETURNING last"
        )
        with storage_errors(self._session.path):
            ((number,),) = self._conn.execute(sql, (code, year)).fetchall()
        taken: int = number
        return taken

    def next_number(self, code: str, year: int) -> int:
        """The number `take_number` would give next; it stays free."""
        sql = "SELECT last FROM number_series WHERE code = ? AND year = ?"
        with storage_errors(self._session.path):
            row = self._conn.execute(sql, (code, year)).fetchone()
        return 1 if row is None else int(row[0]) + 1

    def setting(self, key: str) -> str | None:
        """A setting of this workspace (e.g. its name), or None."""
        with storage_errors(self._session.path):
            row = self._conn.execute("SELECT value FROM settings WHERE key = ?", [key]).fetchone()
        return None if row is None else str(row[0])

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting; inside a transaction. The same value again leaves no trace."""
        if self.setting(key) == value:
            return
        sql = (
            "INSERT INTO settings (key, value) VALUES (?, ?) "
            "ON CONFLICT DO UPDATE SET value = excluded.value"
        )
        with storage_errors(self._session.path):
            self._conn.execute(sql, (key, value))

    def check(self) -> CheckReport:
        """Look the whole file over: integrity, foreign keys, audit chain."""
        from db.integrity import look_over

        with self._session.looking.whole():
            return look_over(self._session)

    def backup(self, target: str) -> None:
        """Write a consistent copy and look it over. Raises WorkspaceError.

        Never over a file that is there; a copy that is not sound is taken away again.
        """
        path = Path(target).absolute()
        if path.exists():
            raise taken(path)
        try:
            with storage_errors(path):
                copy(self._conn, path)
            self._verify_copy(path)
        except BaseException:
            with suppress(OSError):
                path.unlink()
            raise

    def close(self) -> None:
        """Release the file and its lock."""
        self._conn.close()
        if self._lock is not None:
            self._lock.release()

    def _verify_copy(self, path: Path) -> None:
        sql = "SELECT count(*), coalesce(max(seq), 0) FROM change_log"
        with storage_errors(path):
            self._conn.execute("ATTACH ? AS copy", [str(path)])
            try:
                problems = [row[0] for row in self._conn.execute("PRAGMA copy.integrity_check(1)")]
                there = self._conn.execute(sql.replace("change_log", "copy.change_log")).fetchone()
                here = self._conn.execute(sql.replace("change_log", "main.change_log")).fetchone()
            finally:
                self._conn.execute("DETACH copy")
        if problems != ["ok"] or there != here:
            raise WorkspaceError(
                msg("The copy is not sound and was taken away again."),
                where=str(path),
                remedy=msg("Try another drive; check this workspace as well."),
            )

    def _must_be_in_place(self) -> None:
        """Refuse to write to a file that is no longer where it was opened.

        SQLite would go on writing to a file that has been deleted, and all of it would be lost.
        """
        if self._session.read_only:
            raise WorkspaceError(
                msg("The workspace was opened for reading only."),
                where=str(self._session.path),
                remedy=msg("Close it and open it for writing."),
            )
        if _file_identity(self._session.path) != self._file:
            raise WorkspaceError(
                msg("The file was moved, deleted or replaced while it was open."),
                where=str(self._session.path),
                remedy=msg(
                    "Save a copy under another name at once: this window still holds everything "
                    "that was saved. Then open the copy."
                ),
            )


def _file_identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
