"""Merged enterprises: which record stands for another now, and what went into it."""

from collections.abc import Sequence
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors

# Whoever was merged later leads on: A into B, and B into C.
_WAY = """
    WITH RECURSIVE way (id, merged_into, step) AS (
        SELECT id, merged_into, 0 FROM enterprises WHERE id = ?
        UNION ALL
        SELECT e.id, e.merged_into, way.step + 1
        FROM way JOIN enterprises AS e ON e.id = way.merged_into
    )
    SELECT id FROM way ORDER BY step DESC LIMIT 1
"""
_SOURCES = """
    WITH RECURSIVE gone (id) AS (
        SELECT id FROM enterprises WHERE merged_into = :id
        UNION
        SELECT e.id FROM gone JOIN enterprises AS e ON e.merged_into = gone.id
    )
    SELECT {columns}, e.deleted_at FROM gone CROSS JOIN enterprises AS e ON e.id = gone.id
    ORDER BY e.deleted_at, e.id
"""
_NAMES = """
    SELECT name_key, id FROM enterprises
    WHERE merged_into IS NOT NULL AND name_key IN (SELECT value FROM json_each(?))
    ORDER BY deleted_at
"""


def survivor_of(session: Session, enterprise_id: str) -> str:
    """The key of the record that stands for this one; the same key where nothing is known."""
    with storage_errors(session.path):
        row = session.conn.execute(_WAY, [enterprise_id]).fetchone()
    return enterprise_id if row is None else str(row[0])


def merged_rows(session: Session, enterprise_id: str, columns: str) -> list[Any]:
    """These columns of the records that went into one, with the moment each did."""
    with storage_errors(session.path):
        rows: list[Any] = session.conn.execute(
            _SOURCES.format(columns=columns), {"id": enterprise_id}
        ).fetchall()
    return rows


def merged_names(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """By normalised name, what stands now for the records of that name that were merged."""
    given = msgspec.json.encode(list(keys)).decode()
    with storage_errors(session.path):
        rows = session.conn.execute(_NAMES, [given]).fetchall()
    return {key: survivor_of(session, enterprise_id) for key, enterprise_id in rows}
