"""The search index: what of a record it is found by. `db/derived.py` keeps it in step.

What belongs to whom is found by whose it is: a parcel by its holder, a case by its enterprise. So
one question to one index answers a list, however the thing was remembered.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from db.connection import Session

_QUERIES = Path(__file__).with_name("sql") / "derived"
_PARTED = "\x1f"

INDEXES = {
    "enterprises": "enterprise_search",
    "parcels": "parcel_search",
    "cases": "case_search",
}
"""Which index the rows of a table are in, under their `nr`."""

_WORDS = {
    "enterprises": "enterprise_words",
    "parcels": "parcel_words",
    "cases": "case_words",
}


@lru_cache
def _sql(name: str) -> str:
    return (_QUERIES / f"{name}.sql").read_text("utf-8")


def index(session: Session, table: str, nrs: Sequence[int]) -> None:
    """(Re)index these rows of a table; those that are gone leave the index."""
    name = INDEXES[table]
    given = {"nrs": msgspec.json.encode(list(nrs)).decode()}
    conn = session.conn
    rows = conn.execute(_sql(_WORDS[table]), given).fetchall()
    conn.execute(f"DELETE FROM {name} WHERE rowid IN (SELECT value FROM json_each(:nrs))", given)
    conn.executemany(
        f"INSERT INTO {name} (rowid, words, more, private, pinyin, initials) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        _entries(rows),
    )


def _entries(
    rows: Sequence[tuple[int, str, str, str, str, str]],
) -> Iterator[tuple[int, str, str, str, str, str]]:
    from db.words import search_initials, search_pinyin, search_words

    for nr, names, texts, codes, spoken, private in rows:
        heard = _parts(spoken)
        yield (
            nr,
            search_words(_parts(names)),
            search_words(_parts(texts), _parts(codes)),
            search_words([], _parts(private)),
            search_pinyin(*heard),
            search_initials(*heard),
        )


def _parts(joined: str | None) -> list[str]:
    """The texts of one column, each once."""
    return list(dict.fromkeys(filter(None, (joined or "").split(_PARTED))))
