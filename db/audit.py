"""The trail: triggers that write down every change, and the chain that shows tampering.

Every table has triggers that append to `change_log`, so that no code path escapes; they call
functions that exist only on a connection opened by this program, so that another program cannot
change a record without one either. Where many rows are added at once, their entries go in first
and the triggers only see that each row has its own. Each entry's hash covers the entry before it.

Limits, to be known: the chain has no secret. Who rewrites rows *and* recomputes the whole chain
from there on leaves a consistent file; a backup or a printed hash tells the two apart.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

if TYPE_CHECKING:
    from db.library import Database

_SEPARATOR = "\x1f"
_DIGITS = 64

# Columns that are no part of a record: its place in the search index, and the bytes of evidence,
# which are known by their hash.
_NOT_LOGGED = frozenset({"nr"})
_BYTES = ("blobs", "content")


Entry = tuple[str | None, str | None, str, str, str, None, str, str, str]
"""An entry for an added row: moment, actor, action, table, key, before, after, and both hashes."""

INSERT_ENTRIES = (
    "INSERT INTO main.change_log "
    "(at, actor_id, action, table_name, record_id, before, after, prev_hash, hash) VALUES"
)


def entry_hash(entry: Sequence[bytes]) -> bytes:
    """SHA-256 (hex) of an entry in UTF-8: prev_hash, at, actor_id, action, table_name, record_id,
    before (empty where there is none), after.

    Before and after are JSON, in which the separator cannot occur.
    """
    return _digest(_SEPARATOR.encode().join(entry)).encode()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class Trail:
    """In whose name and at what moment things are being changed on one connection."""

    def __init__(self) -> None:
        self._acting: list[tuple[str, str]] = []
        self._at: str | None = None
        self._signature: tuple[bytes, str, str] | None = None
        self._entered: Collection[str] = ()

    @property
    def depth(self) -> int:
        """How many transactions are open inside each other."""
        return len(self._acting)

    @property
    def at(self) -> str | None:
        """The moment of the open transaction, None outside of one."""
        return self._at

    @contextmanager
    def acting(self, actor_id: str, at: datetime) -> Iterator[None]:
        """Everything inside is this person's doing."""
        self._acting.append((actor_id, at.isoformat()))
        self._sign()
        try:
            yield
        finally:
            self._acting.pop()
            self._sign()

    def entries(self, prev: str, table: str, rows: Iterable[tuple[str, str]]) -> list[Entry]:
        """The entries for rows that are about to be added (key, and all of it as `row_as_json`),
        behind an entry of that hash.
        """
        entries: list[Entry] = []
        signed, at, actor_id = self._signature or (b"", None, None)
        added = _SEPARATOR.join(("add", table, ""))
        for key, after in rows:
            what = _SEPARATOR.join((added + key, "", after))
            now = _digest(prev.encode() + signed + what.encode())
            entries.append((at, actor_id, "add", table, key, None, after, prev, now))
            prev = now
        return entries

    @contextmanager
    def entered(self, keys: Collection[str]) -> Iterator[None]:
        """The trail has entries for these rows already: the triggers need not write them.

        A trigger takes three times as long. The check of a file compares every row with its entry,
        so that the two can never part unseen.
        """
        self._entered = keys
        try:
            yield
        finally:
            self._entered = ()

    def _sign(self) -> None:
        """Lay ready what every entry of the innermost transaction has in common."""
        if not self._acting:
            self._at = self._signature = None
            return
        actor_id, self._at = self._acting[-1]
        hashed = _SEPARATOR.join(("", self._at, actor_id, ""))
        self._signature = hashed.encode(), self._at, actor_id

    def register(self, conn: driver.Connection) -> None:
        """Make the functions that the triggers call known to a connection."""

        # None outside a transaction: change_log's NOT NULL then refuses the change.
        def trail_at() -> str | None:
            return self._at

        def trail_entry(prev: str, what: bytes) -> str | None:
            """An entry's hash (64 characters), moment and actor, from the hash before it and the
            other hashed parts, joined. One call for all: calls are what adding costs most.
            """
            if self._signature is None:
                return None
            hashed, at, actor_id = self._signature
            return _digest(prev.encode() + hashed + what) + at + _SEPARATOR + actor_id

        def trail_entered(key: str) -> bool:
            return key in self._entered

        conn.create_function("trail_at", 0, trail_at)
        conn.create_function("trail_entered", 1, trail_entered)
        conn.create_function("trail_entry", 2, trail_entry)


def logged_tables(db: "Database") -> list[str]:
    """Tables whose rows are records: all but the trail, the migrations and what is derived."""
    rows = db.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "AND name NOT IN ('change_log', '_sqlite_migrations', 'derived_state', "
        "'enterprise_figures', 'parcel_figures', 'enterprise_order', 'parcel_order') "
        "ORDER BY name"
    )
    return [name for (name,) in rows]


def row_as_json(db: "Database", table: str, row: str = "") -> str:
    """The SQL expression for a row of a table (`NEW`, `OLD` or none) as the trail keeps it."""
    prefix = f"{row}." if row else ""
    columns = [
        name for name in _columns(db, table) if name not in _NOT_LOGGED and (table, name) != _BYTES
    ]
    return "json_object(" + ", ".join(f"""'{name}', {prefix}"{name}\"""" for name in columns) + ")"


def record_key(db: "Database", table: str, row: str = "") -> str:
    """The SQL expression for the key of a row, as the trail keeps it."""
    prefix = f"{row}." if row else ""
    columns = _columns(db, table)
    if "id" in columns:
        return f"{prefix}id"
    rows = db.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [table])
    return " || '/' || ".join(f'{prefix}"{name}"' for (name,) in rows)


Trigger = tuple[str, str, str]
"""A trigger's name, the event it answers to, and what it does."""


def make_triggers(db: "Database") -> None:
    """(Re)make the triggers of the trail from the tables as they are; part of every migration."""
    for name, event, body in list(_triggers(db)):
        db.execute(f"DROP TRIGGER IF EXISTS {name}")
        db.execute(f"CREATE TRIGGER {name} {event} BEGIN {body} END")


def _triggers(db: "Database") -> Iterator[Trigger]:
    for table in logged_tables(db):
        columns = _columns(db, table)
        new, key = row_as_json(db, table, "NEW"), record_key(db, table, "NEW")
        event = f"AFTER INSERT ON {table} WHEN NOT trail_entered({key})"
        yield f"{table}_added", event, _append("'add'", table, key, new)
        if "content" in columns:
            yield _refusing(table, "UPDATE")
        else:
            marked = (
                "iif(OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL, 'retire', 'change')"
            )
            action = marked if "deleted_at" in columns else "'change'"
            old = row_as_json(db, table, "OLD")
            body = _append(action, table, key, new, before=old)
            yield f"{table}_changed", f"AFTER UPDATE ON {table}", body
            for column in ("id", "nr"):
                if column in columns:
                    yield _refusing(table, f"UPDATE OF {column}", suffix=f"_{column}")
        yield _refusing(table, "DELETE")
    yield _refusing("change_log", "UPDATE")
    yield _refusing("change_log", "DELETE")


def _columns(db: "Database", table: str) -> list[str]:
    return [name for (name,) in db.execute("SELECT name FROM pragma_table_info(?)", [table])]


def _append(action: str, table: str, key: str, new: str, *, before: str = "NULL") -> str:
    # LIMIT 1 OFFSET 0 keeps SQLite from pulling the inner queries up, which would build the JSON
    # and call the function once more for every place they are used in.
    return f"""
    INSERT INTO change_log
        (at, actor_id, action, table_name, record_id, before, after, prev_hash, hash)
    SELECT
        substr(entry, {_DIGITS + 1}, instr(entry, char({ord(_SEPARATOR)})) - {_DIGITS + 1}),
        substr(entry, instr(entry, char({ord(_SEPARATOR)})) + 1),
        action, '{table}', id, before, after, prev, substr(entry, 1, {_DIGITS})
    FROM (
        SELECT *, trail_entry(prev, CAST(concat_ws(
            char({ord(_SEPARATOR)}), action, '{table}', id, coalesce(before, ''), after
        ) AS BLOB)) AS entry
        FROM (
            SELECT {action} AS action, {key} AS id, {before} AS before, {new} AS after,
                coalesce((SELECT hash FROM change_log ORDER BY seq DESC LIMIT 1), '') AS prev
            LIMIT 1 OFFSET 0
        )
        LIMIT 1 OFFSET 0
    );"""


def _refusing(table: str, what: str, *, suffix: str = "") -> Trigger:
    verb = what.split()[0].lower()
    sentence = f"{table}: nothing here may be {verb}d" + (" there" if suffix else "")
    body = f"SELECT RAISE(ABORT, '{sentence}');"
    return f"{table}_no_{verb}{suffix}", f"BEFORE {what} ON {table}", body
