"""Imports as a whole: what the trail says one of them did, and taking it back.

All of an import is one transaction that begins with the import's own record: its entries follow
that record's in the trail, at the same moment and in the same name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from db.connection import Session
from db.errors import damaged, storage_errors
from db.sight import over_all
from landsteward.app.views import BuiltOn
from landsteward.domain.errors import RecordNotFoundError
from landsteward.domain.text import msg

_BATCHES = "import_batches"
_AT_ONCE = 1000

# By what people know a record, best first.
_LABELS = ("name", "case_no", "title", "file_name", "identity", "year", "id")


class _Change:
    """What an import did to one record: `before` is None where the import added it."""

    __slots__ = ("before", "key", "table")

    def __init__(self, table: str, key: str, before: str | None) -> None:
        self.table = table
        self.key = key
        self.before = before


class SqlBatches:
    """The imports of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._conn = session.conn

    @over_all
    def built_on(self, batch_id: str, *, most: int) -> list[BuiltOn]:
        """What stands against taking an import back, so many reasons at most."""
        with storage_errors(self._session.path):
            last, changes = self._changes(batch_id)
            found: list[BuiltOn] = []
            for one in self._later_changes(last, changes):
                found.append(one)
                if len(found) == most:
                    return found
            for one in self._references(changes):
                found.append(one)
                if len(found) == most:
                    return found
        return found

    @over_all
    def take_back(self, batch_id: str, told: Callable[[int, int], None] | None) -> tuple[int, int]:
        """Mark as deleted what an import added and give what it changed its values back; says how
        many of each, the import's own record and its refused rows left out.

        Inside a transaction. The import's own record goes first: by it the trail knows the rest.
        """
        with storage_errors(self._session.path):
            _last, changes = self._changes(batch_id)
            added: dict[str, list[str]] = defaultdict(list)
            changed: list[_Change] = []
            for one in changes:
                if one.before is None:
                    added[one.table].append(one.key)
                else:
                    changed.append(one)
            done = 0
            for table in (_BATCHES, *(name for name in added if name != _BATCHES)):
                keys = added[table]
                for start in range(0, len(keys), _AT_ONCE):
                    if told is not None:
                        told(done, len(changes))
                    some = keys[start : start + _AT_ONCE]
                    self._retire(table, some)
                    done += len(some)
            for at, one in enumerate(changed):
                if told is not None and at % _AT_ONCE == 0:
                    told(done + at, len(changes))
                self._give_back(one)
        kept = {_BATCHES, "import_rejects"}
        return sum(len(keys) for name, keys in added.items() if name not in kept), len(changed)

    def _changes(self, batch_id: str) -> tuple[int, list[_Change]]:
        """The import's last entry, and what it did to each record, in the order it was done."""
        found = self._conn.execute(
            "SELECT l.seq, l.at, l.actor_id FROM change_log AS l "
            "JOIN import_batches AS b ON b.id = l.record_id AND b.deleted_at IS NULL "
            "WHERE l.record_id = ? AND l.action = 'add'",
            [batch_id],
        ).fetchone()
        if found is None:
            raise RecordNotFoundError(
                msg("There is no such import in the workspace, or it was taken back already."),
                where=batch_id,
            )
        first, at, actor_id = found
        entries = self._conn.execute(
            "SELECT seq, at, actor_id, action, table_name, record_id, before FROM change_log "
            "WHERE seq >= ? ORDER BY seq",
            [first],
        )
        last, changes = first, dict[str, _Change]()
        for seq, when, who, action, table, key, before in entries:
            another = table == _BATCHES and key != batch_id
            if (when, who) != (at, actor_id) or another:
                break
            last = seq
            if key not in changes:
                changes[key] = _Change(table, key, None if action == "add" else before)
        return last, list(changes.values())

    def _later_changes(self, last: int, changes: Sequence[_Change]) -> Iterator[BuiltOn]:
        """Records that are no longer as the import left them; a later import that was itself taken
        back left nothing.
        """
        sql = (
            "SELECT l.record_id, l.table_name, l.after FROM json_each(?) AS mine "
            "CROSS JOIN change_log AS l ON l.record_id = mine.value AND l.seq > ? ORDER BY l.seq"
        )
        for some in _parts([one.key for one in changes]):
            later = {
                key: (table, after)
                for key, table, after in self._conn.execute(sql, [_json(some), last])
            }
            for key, (table, after) in later.items():
                now, then = self._read(after, key), self._read(self._left(last, key), key)
                if now != then:
                    yield BuiltOn(table=table, name=_label(now, key))

    def _left(self, last: int, key: str) -> str:
        """A record as the import left it."""
        sql = (
            "SELECT after FROM change_log WHERE record_id = ? AND seq <= ? "
            "ORDER BY seq DESC LIMIT 1"
        )
        after: str = self._conn.execute(sql, [key, last]).fetchone()[0]
        return after

    def _references(self, changes: Sequence[_Change]) -> Iterator[BuiltOn]:
        """Live records of other origin that rest on what the import added."""
        mine = {one.key for one in changes}
        added: dict[str, list[str]] = defaultdict(list)
        for one in changes:
            if one.before is None and one.table not in (_BATCHES, "import_rejects"):
                added[one.table].append(one.key)
        for table, column, target in self._foreign_keys():
            sql = (
                f"SELECT id, {column} FROM {table} WHERE deleted_at IS NULL "
                f"AND {column} IN (SELECT value FROM json_each(?))"
            )
            for some in _parts(added.get(target, [])):
                for key, on in self._conn.execute(sql, [_json(some)]).fetchall():
                    if key not in mine:
                        yield BuiltOn(
                            table=target,
                            name=self._name(target, on),
                            by_table=table,
                            by_name=self._name(table, key),
                        )

    def _foreign_keys(self) -> list[tuple[str, str, str]]:
        """Table, column and table it points to, for every reference between records."""
        rows: list[tuple[str, str, str]] = self._conn.execute(
            'SELECT t.name, f."from", f."table" FROM pragma_table_list AS t '
            "JOIN pragma_foreign_key_list(t.name) AS f "
            "WHERE t.schema = 'main' AND t.type = 'table' AND f.\"table\" <> 'import_batches' "
            "AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'deleted_at') "
            "AND EXISTS (SELECT 1 FROM pragma_table_info(t.name) WHERE name = 'id')"
        ).fetchall()
        return rows

    def _retire(self, table: str, keys: Sequence[str]) -> None:
        self._conn.execute(
            f"UPDATE {table} SET deleted_at = coalesce(trail_at(), '') "
            "WHERE deleted_at IS NULL AND id IN (SELECT value FROM json_each(?))",
            [_json(keys)],
        )

    def _give_back(self, change: _Change) -> None:
        """A changed record gets the values it had before the import."""
        values = self._read(change.before or "{}", change.key)
        names = [name for name in values if name != "id"]
        assignments = ", ".join(f'"{name}" = ?' for name in names)
        self._conn.execute(
            f"UPDATE {change.table} SET {assignments} WHERE id = ?",
            [*(values[name] for name in names), change.key],
        )

    def _name(self, table: str, key: str) -> str:
        columns = [
            name for (name,) in self._conn.execute("SELECT name FROM pragma_table_info(?)", [table])
        ]
        row = self._conn.execute(f"SELECT * FROM {table} WHERE id = ?", [key]).fetchone()
        return _label(dict(zip(columns, row, strict=True)), key) if row else key

    def _read(self, row: str, key: str) -> dict[str, Any]:
        """A row as the trail keeps it."""
        try:
            values: dict[str, Any] = msgspec.json.decode(row)
        except msgspec.DecodeError as error:
            raise damaged(self._session.path, f"change_log {key}") from error
        return values


def _label(values: dict[str, Any], key: str) -> str:
    return str(next((values[name] for name in _LABELS if values.get(name)), key))


def _parts(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(keys), 10 * _AT_ONCE):
        yield keys[start : start + 10 * _AT_ONCE]


def _json(keys: Sequence[str]) -> str:
    return msgspec.json.encode(list(keys)).decode()
