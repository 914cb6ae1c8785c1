"""The search index: kept in step by triggers, so that no change to a name escapes it."""

from dataclasses import dataclass

from db.library import Database
from db.words import search_initials, search_pinyin, search_words


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a table is searched for: texts, codes (also by their last digits), read aloud."""

    table: str
    index: str
    texts: tuple[str, ...]
    codes: tuple[str, ...] = ()
    spoken: str | None = None


INDEXED = (
    Indexed(
        "enterprises",
        "enterprise_search",
        texts=("name", "contact", "district"),
        codes=("uscc",),
        spoken="name",
    ),
    Indexed(
        "parcels",
        "parcel_search",
        texts=("name", "location"),
        codes=("electronic_no", "unit_code"),
        spoken="name",
    ),
    Indexed("cases", "case_search", texts=("case_no",)),
)


def register(db: Database) -> None:
    """Make the functions that the triggers call known to a connection."""
    for function in (search_words, search_pinyin, search_initials):
        db.register_function(function, deterministic=True)


def make_triggers(db: Database) -> None:
    """(Re)make the triggers that keep the index in step; part of every migration."""
    for one in INDEXED:
        spoken = f"NEW.{one.spoken}" if one.spoken else None
        insert = f"""INSERT INTO {one.index} (rowid, words, pinyin, initials) SELECT NEW.nr,
            search_words({_joined(one.texts)}, {_joined(one.codes)}),
            {f"search_pinyin({spoken})" if spoken else "''"},
            {f"search_initials({spoken})" if spoken else "''"}
            WHERE NEW.deleted_at IS NULL;"""
        remove = f"DELETE FROM {one.index} WHERE rowid = OLD.nr;"
        watched = ", ".join((*one.texts, *one.codes, "deleted_at"))
        for name, event, body in (
            ("found", f"AFTER INSERT ON {one.table}", insert),
            ("found_anew", f"AFTER UPDATE OF {watched} ON {one.table}", remove + insert),
        ):
            db.execute(f"DROP TRIGGER IF EXISTS {one.table}_{name}")
            db.execute(f"CREATE TRIGGER {one.table}_{name} {event} BEGIN {body} END")


def _joined(columns: tuple[str, ...]) -> str:
    return " || ' ' || ".join(f"coalesce(NEW.{name}, '')" for name in columns) or "''"
