"""What one person sees of an open file: every question is narrowed, whoever asks it.

SQLite looks a name up among a connection's own (temporary) tables and views first. So while
somebody works who does not see everything, a view of the same name stands before each table: it
holds the rows they may see, and masked values are empty in it. No query can forget to ask, and
where everything is seen there are no such views: it costs nothing. What is written names the table
in the file itself (`main.`); triggers, foreign keys and views of the file do not see these views.

Which views those are says db/narrowed.py. What is dear to find out for every row, which enterprises
a firm is engaged for, stands in a temporary table that is filled anew once anything was written.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from db.narrowed import KEPT, SEEN_ENTERPRISES, masked_columns, views
from landsteward.domain.permissions import Sees
from landsteward.domain.sight import EVERYTHING, Restricted, Sight

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as driver

P = ParamSpec("P")
R = TypeVar("R")


def over_all(asked: Callable[Concatenate[Any, P], R]) -> Callable[Concatenate[Any, P], R]:
    """A question that is right only over everything, whoever asks it."""

    @wraps(asked)
    def over_everything(self: Any, /, *args: P.args, **kwargs: P.kwargs) -> R:
        with self._session.looking.whole():
            return asked(self, *args, **kwargs)

    return over_everything


_Kind = tuple[Sees, frozenset[Restricted]]


class Looking:
    """How a connection looks at its file: as a whole, or through somebody's eyes."""

    def __init__(self, conn: "driver.Connection") -> None:
        self._conn = conn
        self._sight = EVERYTHING
        self._views: tuple[tuple[str, str], ...] = ()
        self._kind: _Kind | None = None
        self._known: dict[_Kind, tuple[tuple[str, str], ...]] = {}
        self._kept: tuple[int, int, Sight] | None = None
        conn.create_function("sight", 1, self._value)

    @property
    def sight(self) -> Sight:
        """Whose eyes."""
        return self._sight

    def masked(self, table: str) -> frozenset[str]:
        """The columns of a table that are empty for whoever looks."""
        return masked_columns(self._sight.masked).get(table, frozenset())

    @property
    def private(self) -> bool:
        """Whether phones and numbers of natural persons may be searched for."""
        return not self._sight.masked & {Restricted.PHONES, Restricted.ID_NUMBERS}

    def look_as(self, sight: Sight) -> None:
        """From now on every question sees what this person sees."""
        if sight != self._sight:
            kind = None if sight.whole else (sight.sees, sight.masked)
            if kind != self._kind:
                self._drop()
                self._forget()
                self._views = () if kind is None else self._views_of(kind)
                self._kind = kind
                self._make()
            self._sight = sight
        self._keep()

    @contextmanager
    def whole(self) -> Iterator[None]:
        """See everything for a while, for what is reckoned over all and handed out to nobody."""
        if self._sight.whole:
            yield
            return
        sight, self._sight = self._sight, EVERYTHING
        self._drop()
        try:
            yield
        finally:
            self._sight = sight
            self._make()
            self._keep()

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """Afterwards it looks as it should, also where what was done inside is taken back."""
        try:
            yield
        except BaseException:
            self._renew()
            raise

    def _renew(self) -> None:
        """Views that were made or dropped meanwhile may have been dropped or made again."""
        there = self._conn.execute("SELECT name FROM sqlite_temp_master WHERE type = 'view'")
        self._run(f"DROP VIEW temp.{name}" for (name,) in there.fetchall())
        self._forget()
        self._make()
        self._keep()

    def _keep(self) -> None:
        """Find out anew whose enterprises are seen, if anything was written since."""
        fill = KEPT.get(self._sight.sees)
        if fill is None:
            return
        (version,) = self._conn.execute("PRAGMA data_version").fetchone()
        if self._kept == (self._conn.total_changes, version, self._sight):
            return
        self._run(
            (
                f"CREATE TEMP TABLE IF NOT EXISTS {SEEN_ENTERPRISES}",
                "DELETE FROM temp.seen_enterprises",
                f"INSERT INTO temp.seen_enterprises {fill}",
            )
        )
        self._kept = self._conn.total_changes, version, self._sight

    def _forget(self) -> None:
        self._kept = None
        self._run(["DROP TABLE IF EXISTS temp.seen_enterprises"])

    def _views_of(self, kind: "_Kind") -> tuple[tuple[str, str], ...]:
        """The schema of an open file stays as it is."""
        if kind not in self._known:
            self._known[kind] = tuple(views(self._conn, *kind))
        return self._known[kind]

    def _value(self, key: str) -> str | None:
        sight = self._sight
        if key == "carrier":
            return sight.carrier_id or None
        if key == "firm":
            return sight.firm_id or None
        if key == "coordinates":
            return key if Restricted.COORDINATES in sight.masked else None
        day = sight.on if key == "on" else sight.since
        return None if day is None else day.isoformat()

    def _make(self) -> None:
        self._run(
            f"CREATE TEMP VIEW IF NOT EXISTS {name} AS {select}" for name, select in self._views
        )

    def _drop(self) -> None:
        self._run(f"DROP VIEW IF EXISTS temp.{name}" for name, _ in self._views)

    def _run(self, statements: Iterable[str]) -> None:
        """Views of this connection alone are no writing."""
        (only_reading,) = self._conn.execute("PRAGMA query_only").fetchone()
        self._conn.execute("PRAGMA query_only = OFF")
        for sql in statements:
            self._conn.execute(sql)
        self._conn.execute(f"PRAGMA query_only = {only_reading}")
