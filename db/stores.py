"""Records in and out of their tables, and contents by their SHA-256."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

import msgspec
from sqlcipher3 import dbapi2 as driver

from db.audit import INSERT_ENTRIES
from db.connection import Session
from db.errors import storage_errors
from db.mapping import Mapper, Row
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.text import msg

T = TypeVar("T")

# Rows put in by one statement. SQLite can take back each statement, for which it copies every
# page the statement touches: by blocks that is paid once, and adding takes half the time.
_BLOCK = 1000
_MOST_VARIABLES = 32_766
"""SQLite's own limit of values bound to one statement."""

# The fields by which people know a record, best first.
_LABELS = ("name", "case_no", "title", "file_name", "identity", "item_key", "year", "id")


class SqlStore(Generic[T]):
    """The records of one kind, in one table whose columns are the record's fields."""

    def __init__(self, session: Session, record_type: type[T], table: str) -> None:
        self._session = session
        self._conn = session.conn
        self._table = table
        self._mapper = Mapper(record_type, session.path)
        self._names = self._mapper.names
        columns = self._mapper.columns()
        self._select = f"SELECT {columns} FROM {table} WHERE deleted_at IS NULL"
        self._insert = f"INSERT INTO main.{table} ({columns}) VALUES"
        self._block = min(_BLOCK, _MOST_VARIABLES // len(self._names))

    def get(self, record_id: str) -> T:
        """The record of that key. Raises RecordNotFoundError."""
        found = self.find(record_id)
        if found is None:
            raise self._missing(record_id)
        return found

    def find(self, record_id: str) -> T | None:
        """The record of that key, or None."""
        row = self._row(record_id)
        return None if row is None else self._mapper.record(row)

    def where(self, **equal: object) -> list[T]:
        """Records whose fields equal these (None: is empty), oldest first; marked ones left out."""
        condition, values = self._condition(equal)
        return [self._mapper.record(row) for row in self._rows(f"{condition} ORDER BY id", values)]

    def first(self, **equal: object) -> T | None:
        """The oldest such record, or None."""
        condition, values = self._condition(equal)
        rows = self._rows(f"{condition} ORDER BY id LIMIT 1", values)
        return self._mapper.record(rows[0]) if rows else None

    def count(self, **equal: object) -> int:
        """How many there are."""
        condition, values = self._condition(equal)
        sql = f"SELECT count(*) FROM {self._table} WHERE deleted_at IS NULL{condition}"
        with storage_errors(self._session.path):
            number: int = self._conn.execute(sql, values).fetchone()[0]
        return number

    def add(self, record: T) -> None:
        """Keep a new record. Raises KnownError where it clashes with one that is there."""
        row = self._mapper.row(record)
        with storage_errors(self._session.path):
            try:
                self._conn.execute(*_one_statement(self._insert, [row]))
            except driver.IntegrityError as error:
                raise self._in_words(error, [row]) from error

    def add_many(self, records: Iterable[T]) -> None:
        """Keep many new records at once, all or none of them."""
        written = [self._mapper.written_out(record) for record in records]
        with storage_errors(self._session.path):
            try:
                with self._session.db.atomic():
                    for start in range(0, len(written), self._block):
                        self._add_block(written[start : start + self._block])
            except driver.IntegrityError as error:
                raise self._in_words(error, [row for row, _ in written]) from error

    def _add_block(self, written: Sequence[tuple[Row, str]]) -> None:
        """Add rows by one statement, after their entries in the trail."""
        rows = [row for row, _ in written]
        place = self._names.index("id")
        keys = [row[place] for row in rows]
        last = self._conn.execute("SELECT hash FROM main.change_log ORDER BY seq DESC LIMIT 1")
        (prev,) = last.fetchone() or ("",)
        trail = self._session.trail
        entries = trail.entries(
            prev, self._table, zip(keys, (text for _, text in written), strict=True)
        )
        self._conn.execute(*_one_statement(INSERT_ENTRIES, entries))
        with trail.entered(set(keys)):
            self._conn.execute(*_one_statement(self._insert, rows))

    def save(self, record: T) -> None:
        """Keep a changed record; one that did not change leaves no trace."""
        row = self._mapper.row(record)
        record_id = row[self._names.index("id")]
        before = self._row(record_id)
        if before is None:
            raise self._missing(record_id)
        changed = [
            (name, new)
            for name, old, new in zip(self._names, before, row, strict=True)
            if old != new
        ]
        if not changed:
            return
        masked = self._session.looking.masked(self._table)
        if any(name in masked for name, _ in changed):
            raise KnownError(
                msg("This value is restricted for your role; it was not changed."),
                where=self._label(row),
                remedy=msg("Ask a colleague who sees it."),
            )
        assignments = ", ".join(f'"{name}" = ?' for name, _ in changed)
        sql = f"UPDATE main.{self._table} SET {assignments} WHERE id = ?"
        with storage_errors(self._session.path):
            try:
                self._conn.execute(sql, [*(new for _, new in changed), record_id])
            except driver.IntegrityError as error:
                raise self._in_words(error, [row]) from error

    def retire(self, record_id: str) -> None:
        """Mark a record as deleted; it stays in the file and in the trail."""
        if self._row(record_id) is None:
            raise self._missing(record_id)
        sql = f"UPDATE main.{self._table} SET deleted_at = coalesce(trail_at(), '') WHERE id = ?"
        with storage_errors(self._session.path):
            self._conn.execute(sql, [record_id])

    def _row(self, record_id: str) -> Row | None:
        rows = self._rows(" AND id = ?", [record_id])
        return rows[0] if rows else None

    def _rows(self, tail: str, values: Sequence[Any]) -> list[Row]:
        with storage_errors(self._session.path):
            rows: list[Row] = self._conn.execute(self._select + tail, values).fetchall()
        return rows

    def _condition(self, equal: dict[str, object]) -> tuple[str, list[Any]]:
        unknown = equal.keys() - set(self._names)
        if unknown:
            raise TypeError(f"{self._table} has no {', '.join(sorted(unknown))}")
        given = {name: msgspec.to_builtins(value) for name, value in equal.items()}
        condition = "".join(
            f' AND "{name}" IS NULL' if value is None else f' AND "{name}" = ?'
            for name, value in given.items()
        )
        return condition, [value for value in given.values() if value is not None]

    def _missing(self, record_id: str) -> RecordNotFoundError:
        return RecordNotFoundError(
            msg("This record is no longer in the workspace."),
            where=f"{self._table} {record_id}",
            remedy=msg("Somebody may have deleted it: go back to the list and open it anew."),
        )

    def _in_words(self, error: Exception, rows: Sequence[Row]) -> Exception:
        """Which record clashes with which; an error of ours stays the error it is."""
        marker = "UNIQUE constraint failed: "
        _, found, columns = str(error).partition(marker)
        names = [column.partition(".")[2] for column in columns.split(", ")]
        if not found or not set(names) <= set(self._names):
            return error
        places = [self._names.index(name) for name in names]
        seen: dict[Row, Row] = {}
        for row in rows:
            values = tuple(row[place] for place in places)
            other = seen.setdefault(values, row)
            if other is row:
                condition, bound = self._condition(dict(zip(names, values, strict=True)))
                there = self._rows(f"{condition} AND id IS NOT ?", [*bound, row[0]])
                if not there and self._unseen(condition, bound):
                    return KnownError(
                        msg("{value} is already recorded.", value=_joined(values)),
                        where=self._label(row),
                        remedy=msg("It belongs to what you may not see: ask the department."),
                    )
                if not there:
                    continue
                other = there[0]
            return KnownError(
                msg(
                    "{value} is already recorded: {other}.",
                    value=_joined(values),
                    other=self._label(other),
                ),
                where=self._label(row),
                remedy=msg("Use the record that is there, or correct the value."),
            )
        return error

    def _unseen(self, condition: str, values: Sequence[Any]) -> bool:
        """Whether there is such a record that the person at work does not see."""
        sql = f"SELECT 1 FROM main.{self._table} WHERE deleted_at IS NULL{condition}"
        return self._conn.execute(sql, values).fetchone() is not None

    def _label(self, row: Row) -> str:
        values = dict(zip(self._names, row, strict=True))
        return str(next(values[name] for name in _LABELS if values.get(name)))


def _one_statement(insert: str, rows: Sequence[Row]) -> tuple[str, list[Any]]:
    """An INSERT of all these rows, and its values."""
    marks = f"({', '.join('?' * len(rows[0]))})"
    return f"{insert} {', '.join([marks] * len(rows))}", list(chain.from_iterable(rows))


def _joined(values: Sequence[object]) -> str:
    return " · ".join(str(value) for value in values)


class SqlBlobs:
    """Contents by their SHA-256; the same bytes are kept once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conn = session.conn

    def put(self, content: bytes) -> str:
        """Keep the content and say its SHA-256."""
        sha256 = hashlib.sha256(content).hexdigest()
        with storage_errors(self._session.path):
            there = self._conn.execute("SELECT 1 FROM blobs WHERE sha256 = ?", [sha256]).fetchone()
            if there is None:
                self._conn.execute(
                    "INSERT INTO blobs (sha256, size, content) VALUES (?, ?, ?)",
                    (sha256, len(content), content),
                )
        return sha256

    def get(self, sha256: str) -> bytes:
        """The content. Raises RecordNotFoundError."""
        sql = "SELECT content FROM blobs WHERE sha256 = ?"
        with storage_errors(self._session.path):
            row = self._conn.execute(sql, [sha256]).fetchone()
        if row is None:
            raise RecordNotFoundError(
                msg("This content is not in the workspace."),
                where=sha256,
                remedy=msg("Attach the file again."),
            )
        content: bytes = row[0]
        return content
