"""Looking a whole file over: SQLite's own checks, contents, and the trail against the rows."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import msgspec
from sqlcipher3 import dbapi2 as driver

from db.audit import entry_hash, logged_tables, record_key, row_as_json
from db.connection import Session
from db.errors import storage_errors
from db.expected import odd_schema
from landsteward.app.views import ChainReport, CheckReport

if TYPE_CHECKING:
    from db.library import Database

_MOST_PROBLEMS = 100
_OF_DAMAGE = (
    "SQLITE_CORRUPT",
    "SQLITE_ERROR",
    "SQLITE_IOERR_SHORT_READ",
    "SQLITE_MISMATCH",
    "SQLITE_NOTADB",
    "SQLITE_TOOBIG",
)


def look_over(session: Session) -> CheckReport:
    """Everything that is wrong with a file, as far as it can be told; changes nothing."""
    db = session.db
    integrity: list[str] = []
    foreign_keys: list[str] = []
    with storage_errors(session.path), _whatever_the_bytes(db):
        for part in (odd_schema, _sqlite_says, _contents, _rows_beside_trail):
            _gather(integrity, part(db))
        _gather(foreign_keys, _foreign_keys(db))
        chain = _chain(db)
    return CheckReport(
        ok=not integrity and not foreign_keys and chain.ok,
        integrity=tuple(integrity[:_MOST_PROBLEMS]),
        foreign_keys=tuple(foreign_keys[:_MOST_PROBLEMS]),
        audit_chain=chain,
    )


def _gather(problems: list[str], found: Iterator[str]) -> None:
    """Take down what is found; where damage stops the looking, that is one more problem."""
    try:
        problems.extend(found)
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        if not _is_damage(error):
            raise
        problems.append(str(error))


def _is_damage(error: Exception) -> bool:
    """Whether the file is to blame: not a full disk, a lock, or a drive that is gone.

    Damaged cells make SQLite say SQLITE_ERROR as well (e.g. of bytes where JSON wants text), and
    a damaged schema makes the driver quote bytes that are no text.
    """
    name = getattr(error, "sqlite_errorname", "")
    return isinstance(error, UnicodeDecodeError) or name.startswith(_OF_DAMAGE)


@contextmanager
def _whatever_the_bytes(db: "Database") -> Iterator[None]:
    """Read text that is none as well: it differs from what the trail says, and so is found."""
    db.conn.text_factory = lambda raw: raw.decode("utf-8", "replace")
    try:
        yield
    finally:
        db.conn.text_factory = str


def _foreign_keys(db: "Database") -> Iterator[str]:
    for table, row, parent, _ in db.execute("PRAGMA foreign_key_check"):
        yield f"{table} {row}: {parent}"


def _sqlite_says(db: "Database") -> Iterator[str]:
    for (line,) in db.execute(f"PRAGMA integrity_check({_MOST_PROBLEMS})"):
        if line != "ok":
            yield line


def _contents(db: "Database") -> Iterator[str]:
    """Contents that are not what their SHA-256 says."""
    for sha256, content in db.execute("SELECT sha256, content FROM blobs"):
        if not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != sha256:
            yield f"blobs {sha256}: content does not match"


def _rows_beside_trail(db: "Database") -> Iterator[str]:
    """Rows that are not as the trail last left them, rows it does not know, rows that are gone."""
    added = dict(
        db.execute("SELECT table_name, count(*) FROM change_log WHERE action = 'add' GROUP BY 1")
    )
    for table in logged_tables(db):
        key, row = record_key(db, table, table), row_as_json(db, table, table)
        last = (
            f"SELECT after FROM change_log WHERE record_id = {key} AND table_name = '{table}' "
            "ORDER BY seq DESC LIMIT 1"
        )
        differing = (
            f"SELECT {key}, {row}, ({last}) AS logged_ FROM {table} WHERE {row} IS NOT logged_"
        )
        defaults = _defaults(db, table)
        for record_id, now, then in db.execute(differing):
            if then is None or not _same(now, then, defaults):
                yield f"{table} {record_id}: not as the trail last left it"
        (there,) = db.execute(f"SELECT count(*) FROM {table}").fetchone()
        if there == added.get(table, 0):
            continue
        gone = (
            "SELECT DISTINCT record_id FROM change_log WHERE table_name = ? "
            f"AND record_id NOT IN (SELECT {key} FROM {table})"
        )
        for (record_id,) in db.execute(gone, [table]):
            yield f"{table} {record_id}: in the trail, but no longer in the file"


def _same(now_json: str, then_json: str, defaults: dict[str, Any]) -> bool:
    """Whether a row is as an older entry left it: columns made since then have their default."""
    try:
        now, then = msgspec.json.decode(now_json), msgspec.json.decode(then_json)
    except (msgspec.DecodeError, TypeError):
        return False
    return isinstance(then, dict) and bool(
        now == {name: then.get(name, defaults.get(name)) for name in now}
    )


def _defaults(db: "Database", table: str) -> dict[str, Any]:
    rows = db.execute(
        "SELECT name, coalesce(dflt_value, 'NULL') FROM pragma_table_info(?)", [table]
    )
    return {
        name: db.execute(f"SELECT {expression}").fetchone()[0]
        for name, expression in rows.fetchall()
    }


def _chain(db: "Database") -> ChainReport:
    """Follow the chain from the first entry on; `first_bad` is the number of the first misfit.

    Text is hashed as the bytes it lies in the file as: a trail is long.
    """
    prev, length, first_bad = b"", 0, None
    try:
        with _as_bytes(db):
            for seq, own, *entry in db.execute(
                "SELECT seq, hash, prev_hash, at, actor_id, action, table_name, record_id, "
                "coalesce(before, ''), after FROM change_log ORDER BY seq"
            ):
                length += 1
                if first_bad is None and not (
                    seq == length and entry[0] == prev and own == _hash_of(entry)
                ):
                    first_bad = length
                prev = own
    except (driver.DatabaseError, UnicodeDecodeError) as error:
        if not _is_damage(error):
            raise
        first_bad = first_bad or length + 1
    return ChainReport(ok=first_bad is None, length=length, first_bad=first_bad)


def _hash_of(entry: list[Any]) -> bytes | None:
    """The hash an entry should have; None where a cell of it holds no text."""
    try:
        return entry_hash(entry)
    except TypeError:
        return None


@contextmanager
def _as_bytes(db: "Database") -> Iterator[None]:
    """Read text as the bytes it is kept as."""
    before, db.conn.text_factory = db.conn.text_factory, bytes
    try:
        yield
    finally:
        db.conn.text_factory = before
