"""Taking back what is no import: a merging by what the trail says it did, and a deletion.

A merging is one transaction that begins with the entry by which the record that went got its
`merged_into`: its entries follow in the trail, at the same moment and in the same name. What was
done with the records since stays: a value is given back only where it is still the merging's.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from sqlcipher3 import dbapi2 as driver

from db.connection import Session
from db.errors import damaged, storage_errors
from db.sight import over_all
from landsteward.app.views import MergeTrace, TraceRow
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.text import msg

# By what people know a record, best first.
_LABELS = ("name", "case_no", "year", "contract_no", "identity", "id")


class _Record(NamedTuple):
    """A record the merging changed: before and after it, and how it is now."""

    table: str
    key: str
    before: dict[str, Any]
    after: dict[str, Any]
    now: dict[str, Any]

    def changed(self) -> list[str]:
        """The fields the merging changed."""
        return [name for name, value in self.after.items() if self.before.get(name) != value]

    def untouched(self) -> list[str]:
        """Those of them that nobody changed since."""
        return [name for name in self.changed() if self.now.get(name) == self.after[name]]


class SqlReversals:
    """What can be taken back in one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conn = session.conn

    @over_all
    def merge(self, gone_id: str) -> MergeTrace | None:
        """What the merging did by which this record went; None where there is none to take back."""
        with storage_errors(self._session.path):
            found = self._begin(gone_id)
            if found is None:
                return None
            _first, at, actor_id = found
            last, records = self._records(found)
            stays_id = records[0].after["merged_into"]
            mine = {one.key for one in records}
            name = "SELECT name FROM people WHERE id = ?"
            who = self._conn.execute(name, [actor_id]).fetchone()
            return MergeTrace(
                gone_id=gone_id,
                stays_id=stays_id,
                at=datetime.fromisoformat(at),
                actor=who[0] if who else "",
                moved=tuple(
                    TraceRow(table=one.table, name=_label(one.before, one.key))
                    for one in records
                    if one.key not in (gone_id, stays_id)
                ),
                kept=tuple(
                    TraceRow(table=one.table, name=_label(one.now, one.key), field=field)
                    for one in records
                    for field in one.changed()
                    if field not in one.untouched()
                ),
                added=tuple(
                    TraceRow(table=table, name=label)
                    for table, label in self._added_since(last, stays_id, mine)
                ),
            )

    @over_all
    def take_back_merge(self, gone_id: str) -> None:
        """Give both records back what the merging changed, wherever nobody changed it since."""
        with storage_errors(self._session.path):
            found = self._begin(gone_id)
            if found is None:
                raise RecordNotFoundError(
                    msg("This record was not merged into another one."), where=gone_id
                )
            # The other way round: a code goes back before the record it came from stands again.
            for one in reversed(self._records(found)[1]):
                self._write(
                    one.table, one.key, {name: one.before[name] for name in one.untouched()}
                )

    @over_all
    def bring_back(self, table: str, record_id: str) -> None:
        """Take the mark of deletion off a record. Raises RecordNotFoundError."""
        sql = f"SELECT 1 FROM {table} WHERE id = ? AND deleted_at IS NOT NULL"
        with storage_errors(self._session.path):
            if self._conn.execute(sql, [record_id]).fetchone() is None:
                raise RecordNotFoundError(
                    msg("There is nothing to bring back."), where=f"{table} {record_id}"
                )
            self._write(table, record_id, {"deleted_at": None})

    def _begin(self, gone_id: str) -> tuple[int, str, str] | None:
        """The entry a merging that still stands began with: its number, moment and actor."""
        row: tuple[int, str, str] | None = self._conn.execute(
            "SELECT l.seq, l.at, l.actor_id FROM change_log AS l "
            "JOIN enterprises AS e ON e.id = l.record_id AND e.merged_into IS NOT NULL "
            "WHERE l.record_id = ? AND l.action = 'change' "
            "AND l.before ->> 'merged_into' IS NULL AND l.after ->> 'merged_into' IS NOT NULL "
            "ORDER BY l.seq DESC LIMIT 1",
            [gone_id],
        ).fetchone()
        return row

    def _records(self, begin: tuple[int, str, str]) -> tuple[int, list[_Record]]:
        """The merging's last entry, and the records it changed, in the order it did."""
        first, at, actor_id = begin
        entries = self._conn.execute(
            "SELECT seq, at, actor_id, table_name, record_id, before, after FROM change_log "
            "WHERE seq >= ? ORDER BY seq",
            [first],
        )
        last = first
        states: dict[str, tuple[str, str, str]] = {}
        for seq, when, who, table, key, before, after in entries:
            if (when, who) != (at, actor_id):
                break
            last = seq
            known = states.get(key)
            states[key] = (table, known[1] if known else before, after)
        now = "SELECT after FROM change_log WHERE record_id = ? ORDER BY seq DESC LIMIT 1"
        return last, [
            _Record(
                table,
                key,
                self._read(before, key),
                self._read(after, key),
                self._read(self._conn.execute(now, [key]).fetchone()[0], key),
            )
            for key, (table, before, after) in states.items()
        ]

    def _added_since(self, last: int, stays_id: str, known: set[str]) -> Iterator[tuple[str, str]]:
        """What was entered for the one that stayed after the merging: it remains there."""
        references = self._conn.execute(
            'SELECT t.name, f."from" FROM pragma_table_list AS t '
            "JOIN pragma_foreign_key_list(t.name) AS f "
            "WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" = 'enterprises' "
            "AND t.name NOT IN ('enterprises', 'not_the_same') ORDER BY t.name"
        ).fetchall()
        for table, column in references:
            rows = self._conn.execute(
                f"SELECT x.id, (SELECT l.after FROM change_log AS l WHERE l.record_id = x.id "
                f"ORDER BY l.seq DESC LIMIT 1) FROM {table} AS x "
                f"WHERE x.{column} = ? AND x.deleted_at IS NULL AND (SELECT l.seq "
                "FROM change_log AS l WHERE l.record_id = x.id ORDER BY l.seq LIMIT 1) > ?",
                [stays_id, last],
            ).fetchall()
            for key, after in rows:
                if key not in known:
                    yield table, _label(self._read(after, key), key)

    def _write(self, table: str, key: str, values: dict[str, Any]) -> None:
        if not values:
            return
        assignments = ", ".join(f'"{name}" = ?' for name in values)
        try:
            self._conn.execute(
                f"UPDATE {table} SET {assignments} WHERE id = ?", [*values.values(), key]
            )
        except driver.IntegrityError as error:
            if "UNIQUE constraint failed" not in str(error):
                raise
            raise KnownError(
                msg("Something else has taken its place meanwhile."),
                where=f"{table} {key}",
                remedy=msg("Open that record and correct or delete it first."),
            ) from error

    def _read(self, row: str, key: str) -> dict[str, Any]:
        """A row as the trail keeps it."""
        try:
            values: dict[str, Any] = msgspec.json.decode(row)
        except (msgspec.DecodeError, TypeError) as error:
            raise damaged(self._session.path, f"change_log {key}") from error
        return values


def _label(values: dict[str, Any], key: str) -> str:
    return str(next((values[name] for name in _LABELS if values.get(name)), key))
