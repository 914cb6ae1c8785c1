"""Tables as people see them: keys in order by one query, rows by page from another.

What a list holds stands in `db/sql/<list>.sql`. SQLite takes the columns nobody asks for out of
it, so that the keys of 200 000 rows come from an index alone.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.search import catch_up
from db.words import query
from landsteward.app.views import Cell, ListFilter, ListKind, ListRow, Sort

_HIDDEN = "nr"
_ORDER = "_order"

_ENTERPRISES = "SELECT rowid FROM enterprise_search WHERE enterprise_search MATCH :match"
_PARCELS = "SELECT rowid FROM parcel_search WHERE parcel_search MATCH :match"
_CASES = "SELECT rowid FROM case_search WHERE case_search MATCH :match"
_HELD = f"holder_id IN (SELECT id FROM enterprises WHERE nr IN ({_ENTERPRISES}))"
_MATCHING_CASES = f"""
    SELECT id FROM cases WHERE nr IN ({_CASES})
    UNION SELECT id FROM cases WHERE enterprise_id IN
        (SELECT id FROM enterprises WHERE nr IN ({_ENTERPRISES}))
    UNION SELECT id FROM cases WHERE parcel_id IN (SELECT id FROM parcels WHERE nr IN ({_PARCELS}))
"""

# What a scrap of text is looked for in. :match is an FTS5 expression, :text what was typed.
_TEXT: dict[ListKind, str] = {
    ListKind.ENTERPRISES: f"nr IN ({_ENTERPRISES})",
    ListKind.PARCELS: f"""id IN (
        SELECT id FROM parcels WHERE nr IN ({_PARCELS})
        UNION SELECT parcel_id FROM supply_contracts WHERE deleted_at IS NULL AND {_HELD}
        UNION SELECT parcel_id FROM supply_contracts WHERE deleted_at IS NULL
            AND contract_no >= :text AND contract_no < :text || char(1114111)
    )""",
    ListKind.CASES: f"id IN ({_MATCHING_CASES})",
    ListKind.FINDINGS: f"(instr(title, :text) OR case_id IN ({_MATCHING_CASES}))",
    ListKind.PLANS: f"(instr(firm, :text) OR case_id IN ({_MATCHING_CASES}))",
    ListKind.FOLLOW_UPS: f"(instr(content, :text) OR case_id IN ({_MATCHING_CASES}))",
    ListKind.REJECTS: "(instr(file, :text) OR instr(value, :text) OR instr(reason, :text))",
}
_NOTHING = '"。nothing"'
"""An FTS5 expression that no text fits: every word there is one character or without a 。."""


@lru_cache(maxsize=len(ListKind))
def _sql(kind: ListKind) -> str:
    return files("db").joinpath("sql", f"{kind}.sql").read_text("utf-8")


class SqlLists:
    """The lists of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._columns: dict[ListKind, tuple[str, ...]] = {}

    def ids(self, kind: ListKind, wanted: ListFilter, sort: Sort) -> list[str]:
        """The keys of all rows that fit, in order; rows without a value come last."""
        conditions, values = self._conditions(kind, wanted)
        direction = "DESC" if sort.descending else "ASC"
        order = self._column(kind, sort.column)
        if f"{order}{_ORDER}" in self._columns_of(kind):
            order += _ORDER
        # One text instead of 200 000 rows: keys hold no commas, and splitting is much faster.
        sql = (
            f"SELECT group_concat(id) FROM (SELECT id FROM ({_sql(kind)}) {conditions} "
            f'ORDER BY "{order}" {direction} NULLS LAST, id {direction})'
        )
        with storage_errors(self._session.path):
            (joined,) = self._session.db.conn.execute(sql, values).fetchone()
        return joined.split(",") if joined else []

    def rows(self, kind: ListKind, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these keys, in their order; a key that is gone is left out."""
        shown = [
            name
            for name in self._columns_of(kind)
            if name not in ("id", _HIDDEN) and not name.endswith(_ORDER)
        ]
        columns = ", ".join(f'list."{name}"' for name in shown)
        sql = (
            f"SELECT list.id, {columns} FROM json_each(:ids) AS wanted "
            f"CROSS JOIN ({_sql(kind)}) AS list ON list.id = wanted.value ORDER BY wanted.key"
        )
        given = {"ids": msgspec.json.encode(list(ids)).decode()}
        with storage_errors(self._session.path):
            rows = self._session.db.conn.execute(sql, given).fetchall()
        return [
            ListRow(id=row[0], cells=dict[str, Cell](zip(shown, row[1:], strict=True)))
            for row in rows
        ]

    def _conditions(self, kind: ListKind, wanted: ListFilter) -> tuple[str, dict[str, str]]:
        conditions, values = [], {}
        if text := wanted.text.strip():
            catch_up(self._session)
            conditions.append(_TEXT[kind])
            values = {"text": text, "match": query(text) or _NOTHING}
        for number, (name, value) in enumerate(wanted.equal.items()):
            column = f'"{self._column(kind, name)}"'
            if value:
                conditions.append(f"{column} = :equal_{number}")
                values[f"equal_{number}"] = value
            else:
                conditions.append(f"({column} IS NULL OR {column} = '')")
        return ("WHERE " + " AND ".join(conditions) if conditions else ""), values

    def _column(self, kind: ListKind, name: str) -> str:
        if name not in self._columns_of(kind):
            raise ValueError(f"the list {kind} has no column {name!r}")
        return name

    def _columns_of(self, kind: ListKind) -> tuple[str, ...]:
        if kind not in self._columns:
            with storage_errors(self._session.path):
                cursor = self._session.db.conn.execute(f"SELECT * FROM ({_sql(kind)}) LIMIT 0")
            self._columns[kind] = tuple(column[0] for column in cursor.description)
        return self._columns[kind]
