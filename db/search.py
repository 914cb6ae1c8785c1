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
    """What of a table is searched for: names, other texts, codes (also by their last digits).

    Names of things that people call by name are found as they are read, too (`spoken`).
    """

    table: str
    index: str
    names: tuple[str, ...]
    texts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    spoken: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """All of them, in this order."""
        return *self.names, *self.texts, *self.codes


INDEXED = (
    Indexed(
        "enterprises",
        "enterprise_search",
        names=("name", "short_name", "formerly"),
        texts=("contact", "legal_representative", "district", "address"),
        codes=("uscc", "phone"),
        spoken=True,
    ),
    Indexed(
        "parcels",
        "parcel_search",
        names=("name",),
        texts=("location", "district"),
        codes=("electronic_no", "unit_code"),
        spoken=True,
    ),
    Indexed(
        "supply_contracts",
        "contract_search",
        names=("project_name",),
        codes=("contract_no", "electronic_no"),
    ),
    Indexed("cases", "case_search", names=("case_no",)),
)


def make_triggers(db: "Database") -> None:
    """(Re)make the triggers that notice changed words; part of every migration."""
    for one in INDEXED:
        watched = ", ".join((*one.columns, "deleted_at"))
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
    columns = ", ".join(one.columns)
    rows = db.execute(
        f"SELECT nr, {columns} FROM {one.table} "
        f"WHERE (nr > ? OR nr IN ({stale})) AND deleted_at IS NULL ORDER BY nr",
        [up_to, one.table],
    ).fetchall()
    db.execute(f"DELETE FROM {one.index} WHERE rowid IN ({stale})", [one.table])
    db.conn.executemany(
        f"INSERT INTO {one.index} (rowid, words, more, pinyin, initials) VALUES (?, ?, ?, ?, ?)",
        (_entry(one, row) for row in rows),
    )
    db.execute("DELETE FROM search_stale WHERE name = ?", [one.table])
    db.execute(
        "INSERT INTO search_state VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET up_to = excluded.up_to",
        [one.table, newest],
    )


def _entry(one: Indexed, row: tuple[Any, ...]) -> tuple[int, str, str, str, str]:
    from db.words import search_initials, search_pinyin, search_words

    nr, *cells = row
    first_text, first_code = len(one.names), len(one.names) + len(one.texts)
    names = [name for name in cells[:first_text] if name]
    texts = [text for text in cells[first_text:first_code] if text]
    codes = [code for code in cells[first_code:] if code]
    more = search_words(texts, codes)
    if not one.spoken:
        return nr, search_words(names), more, "", ""
    return nr, search_words(names), more, search_pinyin(*names), search_initials(*names)
