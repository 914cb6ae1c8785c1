"""The schema a file should have: what the migrations make, beside what stands in the file.

Whoever rewords a table, an index or a trigger writes a migration for it, so the words themselves
are compared: a trigger that was made weaker leaves no other trace.
"""

from collections.abc import Iterator
from contextlib import closing
from functools import cache
from typing import TYPE_CHECKING

from sqlcipher3 import dbapi2 as driver

from db import functions
from db.audit import Trail
from db.migrations import STEPS, Step, apply_steps

if TYPE_CHECKING:
    from db.library import Database


def odd_schema(db: "Database") -> Iterator[str]:
    """What is missing from a file's schema, stands otherwise in it, or does not belong there."""
    made, there = _made(STEPS), _schema(db)
    for name in sorted(made.keys() - there.keys()):
        yield f"{name}: missing from the schema"
    for name in sorted(made.keys() & there.keys()):
        if made[name] != there[name]:
            yield f"{name}: not as the program made it"
    for name in sorted(there.keys() - made.keys()):
        yield f"{name}: does not belong into the schema"
    (version,) = db.execute("PRAGMA user_version").fetchone()
    if version != len(STEPS):
        yield f"user_version: {version} instead of {len(STEPS)}"


@cache
def _made(steps: tuple[Step, ...]) -> dict[str, str]:
    """The schema of a file made this moment."""
    from db.library import Database

    with closing(driver.connect(":memory:", isolation_level=None)) as conn:
        Trail().register(conn)
        functions.register(conn)
        fresh = Database(conn, execute_plugins=False)
        apply_steps(fresh, steps)
        return _schema(fresh)


def _schema(db: "Database") -> dict[str, str]:
    """Tables, indexes and triggers by name; what SQLite itself keeps for them is left out."""
    return dict(
        db.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN "
            "(SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')"
        ).fetchall()
    )
