"""The search index, and how it is kept in step with the rows.

Rows are indexed by batches, in the order of their `nr`: what is behind the last one indexed is new,
what a trigger has put into `search_stale` has changed. A few rows are indexed with the change
itself; after a large import the first search does it, which keeps imports fast.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.connection import Session

if TYPE_CHECKING:
    from db.library import Database

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a table is searched for: texts, codes (also by their last digits), read aloud."""

    table: str
    index: str
    texts: tuple[str, ...]
    codes: tuple[str, ...] = ()
    spoken: bool = False


INDEXED = (
    Indexed(
        "enterprises",
        "enterprise_search",
        texts=("name", "formerly", "contact", "district"),
        codes=("uscc",),
        spoken=True,
    ),
    Indexed(
        "parcels",
        "parcel_search",
        texts=("name", "location"),
        codes=("electronic_no", "unit_code"),
        spoken=True,
    ),
    Indexed("cases", "case_search", texts=("case_no",)),
)


def make_triggers(db: "Database") -> None:
    """(Re)make the triggers that notice changed words; part of every migration."""
    for one in INDEXED:
        watched = ", ".join((*one.texts, *one.codes, "deleted_at"))
        db.execute(f"DROP TRIGGER IF EXISTS {one.table}_reworded")
        db.execute(
            f"CREATE TRIGGER {one.table}_reworded AFTER UPDATE OF {watched} ON {one.table} BEGIN "
            f"INSERT OR IGNORE INTO search_stale VALUES ('{one.table}', NEW.nr); END"
        )


def catch_up(session: Session, *, at_most: int | None = None) -> None:
    """Index what is new or changed; with `at_most`, only where it is no more than that.

    A file opened for reading only stays as it is.
    """
    if session.read_only:
        return
    db = session.db
    for one in INDEXED:
        up_to, newest, stale = _behind(db, one)
        waiting = newest - up_to + stale
        if waiting and (at_most is None or waiting <= at_most):
            with db.atomic():
                _index(db, one, up_to, newest)


def catch_up_little(session: Session) -> None:
    """Index the few rows of an ordinary change."""
    catch_up(session, at_most=_AT_ONCE)


def _behind(db: "Database", one: Indexed) -> tuple[int, int, int]:
    """Up to which `nr` rows are indexed, the newest one, and how many have changed."""
    up_to, newest, stale = db.execute(
        "SELECT coalesce((SELECT up_to FROM search_state WHERE name = ?), 0), "
        f"coalesce((SELECT max(nr) FROM {one.table}), 0), "
        "(SELECT count(*) FROM search_stale WHERE name = ?)",
        [one.table, one.table],
    ).fetchone()
    return up_to, newest, stale


def _index(db: "Database", one: Indexed, up_to: int, newest: int) -> None:
    stale = "SELECT nr FROM search_stale WHERE name = ?"
    columns = ", ".join((*one.texts, *one.codes))
    rows = db.execute(
        f"SELECT nr, {columns} FROM {one.table} "
        f"WHERE (nr > ? OR nr IN ({stale})) AND deleted_at IS NULL ORDER BY nr",
        [up_to, one.table],
    ).fetchall()
    db.execute(f"DELETE FROM {one.index} WHERE rowid IN ({stale})", [one.table])
    db.conn.executemany(
        f"INSERT INTO {one.index} (rowid, words, pinyin, initials) VALUES (?, ?, ?, ?)",
        (_entry(one, row) for row in rows),
    )
    db.execute("DELETE FROM search_stale WHERE name = ?", [one.table])
    db.execute(
        "INSERT INTO search_state VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to",
        [one.table, newest],
    )


def _entry(one: Indexed, row: tuple[Any, ...]) -> tuple[int, str, str, str]:
    from db.words import search_initials, search_pinyin, search_words

    first_code = 1 + len(one.texts)
    texts = [text or "" for text in row[1:first_code]]
    codes = " ".join(code for code in row[first_code:] if code)
    words = search_words("\n".join(texts), codes)
    if not one.spoken:
        return row[0], words, "", ""
    return row[0], words, search_pinyin(texts[0]), search_initials(texts[0])
