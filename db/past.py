"""The workspace as it was recorded at an earlier moment, rebuilt from the trail.

A row of then is what the last entry about it up to the moment left. Which rows belonged to a
record is asked of the table as it is now, marked ones included, and of the few entries by which a
row came to another enterprise (`change_log_moved`): everything else never changes its owner.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import msgspec

from db.chronicle import MOVED
from db.connection import Session
from db.errors import damaged, storage_errors
from db.mapping import Row
from db.record_stores import RecordStores
from db.reports import SqlReports
from db.stores import SqlStore
from db.workspace import SqlWorkspace
from landsteward.app.views import TimelineEntry
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.register import Enterprise, Occupancy, Parcel
from landsteward.domain.text import msg

T = TypeVar("T")

_MOVE = frozenset({"enterprise_id", "holder_id", "merged_into"})
_STAY = frozenset({"id", "parcel_id", "case_id"})


def rows_then(
    session: Session, table: str, candidates: str, values: Sequence[Any], moment: datetime
) -> list[dict[str, Any]]:
    """What rows were at a moment, by the trail, in the order of their keys; also marked ones.

    `candidates` is a query for their keys with `values` in it.
    """
    sql = f"""
        SELECT (
            SELECT l.after FROM change_log AS l
            WHERE l.record_id = wanted.id AND l.table_name = ?
                AND julianday(l.at) <= julianday(?)
            ORDER BY l.seq DESC LIMIT 1
        ) AS state
        FROM ({candidates}) AS wanted WHERE state IS NOT NULL ORDER BY wanted.id
    """
    with storage_errors(session.path):
        rows = session.conn.execute(sql, [table, moment.isoformat(), *values]).fetchall()
    try:
        return [msgspec.json.decode(state) for (state,) in rows]
    except msgspec.DecodeError as error:
        raise damaged(session.path, f"change_log {table}") from error


def _refuse() -> NoReturn:
    raise RefusedMoveError(msg("What was on record earlier is only read."))


class PastStore(SqlStore[T]):
    """The records of one kind as they were at a moment."""

    def __init__(self, present: SqlStore[T], at: datetime) -> None:
        self.__dict__.update(present.__dict__)
        self._at = at

    def find(self, record_id: str) -> T | None:
        """The record of that key, if it was there."""
        return self.first(id=record_id)

    def where(self, **equal: object) -> list[T]:
        """Records whose fields equalled these, oldest first."""
        return [self._mapper.record(self._in_order(row)) for row in self._living(equal)]

    def among(self, name: str, values: Sequence[str]) -> list[T]:
        """Records whose field was one of these, oldest first; of fields that never change."""
        candidates = (
            f'SELECT id FROM {self._table} WHERE "{name}" IN (SELECT value FROM json_each(?))'
        )
        given = [msgspec.json.encode(list(values)).decode()]
        rows = rows_then(self._session, self._table, candidates, given, self._at)
        return [
            self._mapper.record(self._in_order(row))
            for row in rows
            if row.get("deleted_at") is None
        ]

    def first(self, **equal: object) -> T | None:
        """The oldest such record, or None."""
        return next(iter(self.where(**equal)), None)

    def count(self, **equal: object) -> int:
        """How many there were."""
        return len(self._living(equal))

    def add(self, record: T) -> None:
        """Refused."""
        _refuse()

    def add_many(self, records: Iterable[T]) -> None:
        """Refused."""
        _refuse()

    def save(self, record: T) -> None:
        """Refused."""
        _refuse()

    def retire(self, record_id: str) -> None:
        """Refused."""
        _refuse()

    def _living(self, equal: dict[str, object]) -> list[dict[str, Any]]:
        self._condition(equal)  # refuses fields there are not
        given = {name: msgspec.to_builtins(value) for name, value in equal.items()}
        rows = rows_then(self._session, self._table, *self._candidates(given), self._at)
        return [
            row
            for row in rows
            if row.get("deleted_at") is None
            and all(self._value(row, name) == value for name, value in given.items())
        ]

    def _candidates(self, given: dict[str, Any]) -> tuple[str, list[Any]]:
        """Keys of all rows that may have been these."""
        named = [name for name in (*_MOVE, *_STAY) if given.get(name) is not None]
        if not named:
            return f"SELECT id FROM {self._table}", []
        name = min(named, key=lambda one: (one != "id", one not in _MOVE))
        # Apart, because some indexes hold living rows only.
        parts = [
            f'SELECT id FROM {self._table} WHERE "{name}" = ? AND deleted_at IS {state}'
            for state in ("NULL", "NOT NULL")
        ]
        parts += [MOVED] if name in _MOVE else []
        return " UNION ".join(parts), [given[name]] * len(parts)

    def _value(self, row: dict[str, Any], name: str) -> Any:
        """A column of then; one that was made later had its default."""
        if name in row:
            return row[name]
        sql = "SELECT dflt_value FROM pragma_table_info(?) WHERE name = ?"
        (default,) = self._conn.execute(sql, [self._table, name]).fetchone()
        return default and self._conn.execute(f"SELECT {default}").fetchone()[0]

    def _in_order(self, row: dict[str, Any]) -> Row:
        return tuple(self._value(row, name) for name in self._names)


def _past(store: SqlStore[T]) -> PastStore[T]:
    assert isinstance(store, PastStore), "a store of today among those of then"
    return store


class PastReports(SqlReports):
    """What is asked over the records of one enterprise or parcel; the rest is about today."""

    def __init__(self, past: "PastWorkspace", session: Session, at: datetime) -> None:
        super().__init__(session)
        self._past = past
        self._at = at

    def merged_into(self, enterprise_id: str) -> str:
        """The record that stood for this one then."""
        seen: list[str] = []
        here: str | None = enterprise_id
        while here is not None and here not in seen:
            seen.append(here)
            rows = rows_then(self._session, "enterprises", "SELECT ? AS id", [here], self._at)
            here = rows[0].get("merged_into") if rows else None
        return seen[-1]

    def merged_from(self, enterprise_id: str) -> list[tuple[Enterprise, date]]:
        """What had been merged into this one, also at second hand, and when; oldest first."""
        found: list[tuple[str, Enterprise]] = []
        waiting = [enterprise_id]
        while waiting:
            into = waiting.pop()
            candidates = f"SELECT id FROM enterprises WHERE merged_into = ? UNION {MOVED}"
            rows = rows_then(self._session, "enterprises", candidates, [into, into], self._at)
            for row in rows:
                if row.get("merged_into") == into and row.get("deleted_at") is not None:
                    values = tuple(row.get(name) for name in self._enterprises.names)
                    found.append((row["deleted_at"], self._enterprises.record(values)))
                    waiting.append(row["id"])
        found.sort(key=lambda one: (one[0], one[1].id))
        return [(one, datetime.fromisoformat(at).date()) for at, one in found]

    def enterprises_by_id(self, ids: Sequence[str]) -> dict[str, Enterprise]:
        """The enterprises of these keys that were there."""
        return {one.id: one for one in _past(self._past.enterprises).among("id", ids)}

    def parcels_by_id(self, ids: Sequence[str]) -> dict[str, Parcel]:
        """The parcels of these keys that were there."""
        return {one.id: one for one in _past(self._past.parcels).among("id", ids)}

    def occupancies_of(self, parcel_ids: Sequence[str]) -> list[Occupancy]:
        """Who had been occupying these parcels then; oldest first."""
        return _past(self._past.occupancies).among("parcel_id", parcel_ids)

    def timeline(self, case_id: str) -> list[TimelineEntry]:
        """What had happened in a case up to then."""
        return [one for one in super().timeline(case_id) if one.at <= self._at]


class PastWorkspace(SqlWorkspace):
    """Stores that answer as of a moment; nothing can be written. Contents never change."""

    def __init__(self, present: SqlWorkspace, at: datetime) -> None:
        stores = RecordStores.__annotations__
        self.__dict__.update(
            {name: kept for name, kept in present.__dict__.items() if name not in stores}
        )
        self._at = at
        self.__dict__["reports"] = PastReports(self, self._session, at)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> PastStore[Any]:
            """A store as it was at the moment, made when it is first asked for."""
            store = PastStore(super().__getattr__(name), self._at)
            setattr(self, name, store)
            return store

    def transaction(self, *, actor_id: str, at: datetime) -> NoReturn:
        """Refused."""
        _refuse()
