"""In which order the rows of the long lists come, kept for the columns they are often sorted by.

What a column is sorted by, the list's own query says (`db/sql`): its answers are kept here beside
an index. `db/derived.py` says when they are asked for anew.
"""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from db.connection import Session
from db.errors import storage_errors
from db.states import STATES
from landsteward.app.views import ListKind, Sort

_QUERIES = Path(__file__).with_name("sql")
_ORDER = "_order"
_KEY = ("nr", "id")

_TABLES = {ListKind.ENTERPRISES: "enterprise_order", ListKind.PARCELS: "parcel_order"}
"""Where the order of a list is kept."""


@lru_cache(maxsize=len(ListKind))
def list_sql(kind: ListKind) -> str:
    """The query of a list: nr, id and its columns, and as x_order what a column x is sorted by."""
    return (_QUERIES / f"{kind}.sql").read_text("utf-8")


class SqlOrders:
    """The orders of one open file."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._columns: dict[ListKind, tuple[str, ...]] = {}
        self._kept: dict[ListKind, tuple[str, ...]] = {}

    def columns(self, kind: ListKind) -> tuple[str, ...]:
        """The columns of a list's query."""
        if kind not in self._columns:
            sql = f"SELECT * FROM ({list_sql(kind)}) LIMIT 0"
            with storage_errors(self._session.path):
                cursor = self._session.conn.execute(sql, STATES)
            self._columns[kind] = tuple(column[0] for column in cursor.description)
        return self._columns[kind]

    def shown(self, kind: ListKind) -> tuple[str, ...]:
        """Those that people see, and whoever opens a row."""
        return tuple(
            name for name in self.columns(kind) if name not in _KEY and not name.endswith(_ORDER)
        )

    def sorted_by(self, kind: ListKind, column: str) -> str:
        """By which column of the query the rows are sorted when a person sorts by this one."""
        if column not in self.shown(kind):
            raise ValueError(f"the list {kind} has no column {column!r}")
        order = f"{column}{_ORDER}"
        return order if order in self.columns(kind) else column

    def kept(self, kind: ListKind, sort: Sort) -> str | None:
        """Where the rows come from in this order at once, None where it is not kept."""
        if sort.column not in self._kept_columns(kind):
            return None
        return f"{_TABLES[kind]} {ordered(sort.column, sort)}"

    def keep(self, kind: ListKind, nrs: Sequence[int]) -> None:
        """Keep what these rows are sorted by as it is now; rows that are gone leave."""
        table, columns = _TABLES[kind], self._kept_columns(kind)
        wanted = "(SELECT value FROM json_each(:nrs))"
        given = {**STATES, "nrs": msgspec.json.encode(list(nrs)).decode()}
        values = ", ".join(f'"{self.sorted_by(kind, name)}"' for name in columns)
        conn = self._session.conn
        conn.execute(f"DELETE FROM {table} WHERE nr IN {wanted}", given)
        conn.execute(
            f"INSERT INTO {table} (nr, id, {', '.join(columns)}) "
            f"SELECT list.nr, list.id, {values} FROM json_each(:nrs) AS wanted "
            f"CROSS JOIN ({list_sql(kind)}) AS list ON list.nr = wanted.value",
            given,
        )

    def _kept_columns(self, kind: ListKind) -> tuple[str, ...]:
        if kind not in _TABLES:
            return ()
        if kind not in self._kept:
            with storage_errors(self._session.path):
                rows = self._session.conn.execute(
                    "SELECT name FROM pragma_table_info(?)", [_TABLES[kind]]
                ).fetchall()
            self._kept[kind] = tuple(name for (name,) in rows if name not in _KEY)
        return self._kept[kind]


def ordered(column: str, sort: Sort) -> str:
    """The end of a query for its rows in this order; rows without a value come last."""
    direction = "DESC" if sort.descending else "ASC"
    return f'ORDER BY "{column}" {direction} NULLS LAST, id {direction}'
