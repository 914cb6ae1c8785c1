"""Whose trail it is: keys of what belongs or once belonged to a record, and what it was called."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from db.connection import Session
from db.errors import storage_errors
from landsteward.app.views import RegisterLine

_OWNER = "coalesce({0} ->> 'merged_into', {0} ->> 'holder_id', {0} ->> 'enterprise_id')"
"""Which enterprise a row belongs to, as `change_log_moved` is keyed by it."""
MOVED = f"""
    SELECT record_id FROM change_log WHERE {_OWNER.format("before")} = ? AND action = 'change'
    AND {_OWNER.format("before")} IS NOT {_OWNER.format("after")}
"""
"""Keys of what once belonged to an enterprise and then came to another one."""

_OF_ENTERPRISE = (
    ("occupancies", "enterprise_id"),
    ("supply_contracts", "holder_id"),
    ("output_contracts", "enterprise_id"),
    ("yearly_metrics", "enterprise_id"),
    ("permits", "enterprise_id"),
    ("cases", "enterprise_id"),
)
_OF_PARCEL = (
    "occupancies",
    "supply_contracts",
    "output_contracts",
    "construction_progress",
    "land_standings",
    "parcel_boundaries",
    "cases",
)
_NAMED = (
    ("enterprises", "name"),
    ("parcels", "name"),
    ("organisations", "name"),
    ("people", "name"),
    ("cases", "case_no"),
    ("import_batches", "file_name"),
)

_LINES = (
    ("occupancies", "parcel_id", "enterprise_id", "''"),
    ("supply_contracts", "parcel_id", "holder_id", "coalesce(electronic_no, contract_no)"),
    ("output_contracts", "parcel_id", "enterprise_id", "signed_on"),
    ("construction_progress", "parcel_id", "''", "observed_on"),
    ("land_standings", "parcel_id", "''", "''"),
    ("parcel_boundaries", "parcel_id", "''", "file_name"),
    ("yearly_metrics", "''", "enterprise_id", "year"),
    ("permits", "''", "enterprise_id", "number"),
    ("cases", "parcel_id", "enterprise_id", "case_no"),
)


class SqlChronicle:
    """The trail of single records in one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def enterprise_keys(self, enterprise_id: str) -> list[str]:
        """The enterprise, and everything of the register that belongs or once belonged to it."""
        tables = ", ".join(f"'{table}'" for table, _column in _OF_ENTERPRISE)
        moved = f"{MOVED} AND table_name IN ({tables})"
        return self._keys(_OF_ENTERPRISE, enterprise_id, moved)

    def parcel_keys(self, parcel_id: str) -> list[str]:
        """The parcel, and everything of the register that belongs or once belonged to it."""
        return self._keys([(table, "parcel_id") for table in _OF_PARCEL], parcel_id)

    def merged_keys(self, enterprise_id: str) -> list[str]:
        """The enterprises that were ever merged into this one, also where that was taken back."""
        sql = (
            "SELECT id FROM enterprises WHERE merged_into = ? "
            f"UNION {MOVED} AND table_name = 'enterprises'"
        )
        return self._column(sql, [enterprise_id, enterprise_id])

    def first_entry(self, record_id: str) -> tuple[datetime, str] | None:
        """When a record was first entered and by whom; None where the trail does not know it."""
        sql = (
            "SELECT l.at, coalesce(who.name, '') FROM change_log AS l "
            "LEFT JOIN people AS who ON who.id = l.actor_id "
            "WHERE l.record_id = ? ORDER BY l.seq LIMIT 1"
        )
        with storage_errors(self._session.path):
            row = self._session.conn.execute(sql, [record_id]).fetchone()
        return None if row is None else (datetime.fromisoformat(row[0]), row[1])

    def lines(self, keys: Sequence[str]) -> dict[str, RegisterLine]:
        """What contracts, occupancies, figures, looks, boundaries and cases are about."""
        sql = " UNION ALL ".join(
            f"SELECT id, {parcel}, {enterprise}, {label}, deleted_at IS NOT NULL FROM {table} "
            "WHERE id IN (SELECT value FROM json_each(?1))"
            for table, parcel, enterprise, label in _LINES
        )
        return {
            key: RegisterLine(
                parcel_id=parcel or "",
                enterprise_id=enterprise or "",
                label=str(label or ""),
                gone=bool(gone),
            )
            for key, parcel, enterprise, label, gone in self._among(sql, keys)
        }

    def names(self, keys: Sequence[str]) -> dict[str, str]:
        """What enterprises, parcels, organisations, people and cases are called, gone ones too."""
        sql = " UNION ALL ".join(
            f"SELECT id, {column} FROM {table} WHERE id IN (SELECT value FROM json_each(?1))"
            for table, column in _NAMED
        )
        return {key: name or "" for key, name in self._among(sql, keys)}

    def _among(self, sql: str, keys: Sequence[str]) -> list[Any]:
        given = msgspec.json.encode(list(keys)).decode()
        with storage_errors(self._session.path):
            rows: list[Any] = self._session.conn.execute(sql, [given]).fetchall()
        return rows

    def _keys(
        self, belonging: Sequence[tuple[str, str]], record_id: str, moved: str = ""
    ) -> list[str]:
        # Apart, because some indexes hold living rows only.
        parts = ["SELECT ?1"] + [
            f"SELECT id FROM {table} WHERE {column} = ?1 AND deleted_at IS {state}"
            for table, column in belonging
            for state in ("NULL", "NOT NULL")
        ]
        parts += [moved.replace("?", "?1")] if moved else []
        return self._column(" UNION ".join(parts), [record_id])

    def _column(self, sql: str, given: Sequence[str]) -> list[str]:
        with storage_errors(self._session.path):
            rows: list[tuple[str]] = self._session.conn.execute(sql, given).fetchall()
        return [key for (key,) in rows]
