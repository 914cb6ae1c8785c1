"""Tables as people see them: keys in order by one query, rows by page from another.

What a list holds stands in `db/sql/<list>.sql`. SQLite takes the columns nobody asks for out of
it; in which order the rows of the long lists come, an index alone says (`db/orders.py`).
"""

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import msgspec

from db.connection import Session
from db.derived import SqlDerived
from db.errors import storage_errors
from db.facets import conditions, short_conditions, values_sql
from db.orders import list_sql, ordered
from db.search import INDEXES
from db.states import STATES
from landsteward.app.views import Cell, Facet, ListFilter, ListKind, ListRow, Sort

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from landsteward.domain.sight import Sight

    Numbers = NDArray[np.int64]
    Marks = NDArray[np.bool_]

_IN_INDEX = "SELECT rowid AS nr FROM {index} WHERE {index} MATCH :match"
_OF_FOUND_CASES = (
    f"case_id IN (SELECT id FROM cases WHERE nr IN ({_IN_INDEX.format(index=INDEXES['cases'])}))"
)

# What a scrap of text is looked for in. :match is an FTS5 expression, :text what was typed.
# Of long lists: the nr of all that fits. Of short ones: a condition.
_FOUND = {
    kind: _IN_INDEX.format(index=INDEXES[kind.value])
    for kind in (ListKind.ENTERPRISES, ListKind.PARCELS, ListKind.CASES)
} | {
    ListKind.FINDINGS: (
        "SELECT nr FROM findings WHERE deleted_at IS NULL "
        f"AND (instr(title, :text) OR {_OF_FOUND_CASES})"
    )
}
_FOUND[ListKind.VISITS] = (
    "SELECT v.nr FROM enterprises AS e JOIN visits AS v ON v.enterprise_id = e.id "
    f"WHERE e.nr IN ({_FOUND[ListKind.ENTERPRISES]}) AND v.deleted_at IS NULL"
)
_FITS: dict[ListKind, str] = {
    ListKind.PLANS: f"(instr(firm, :text) OR {_OF_FOUND_CASES})",
    ListKind.TRACKING: f"(instr(title, :text) OR instr(who, :text) OR {_OF_FOUND_CASES})",
    ListKind.LOOK_BACKS: f"(instr(title, :text) OR {_OF_FOUND_CASES})",
    ListKind.FOLLOW_UPS: f"(instr(content, :text) OR {_OF_FOUND_CASES})",
    ListKind.GRADING: (
        "(instr(name, :text) OR instr(uscc, upper(:text)) OR instr(industry, :text) "
        "OR instr(carrier, :text))"
    ),
    ListKind.CAMPAIGNS: "instr(name, :text)",
    ListKind.REJECTS: "(instr(file, :text) OR instr(value, :text) OR instr(reason, :text))",
}
_OF_PARTS = frozenset({ListKind.TRACKING})
"""Lists that are the union of several queries."""
_NOTHING = '"。nothing"'
"""An FTS5 expression that no text fits: every word there is one character or without a 。."""


_MOST_FOUND = 32
"""So many answers are kept: who takes a sign back, or starts with 安徽 again, has them at once."""


class _Order:
    """The rows of a list in order: the key and the `nr` of each."""

    def __init__(self, ids: list[str], nrs: "Numbers") -> None:
        import numpy as np

        self.ids = ids
        self._ids = np.array(ids, dtype=object)
        self._nrs = nrs

    def only(self, marks: "Marks") -> list[str]:
        """The keys of the rows whose `nr` is marked, in order."""
        import numpy as np

        found: list[str] = self._ids[np.take(marks, self._nrs, mode="clip")].tolist()
        return found


class SqlLists:
    """The lists of one open file.

    While somebody types into the filter of a long list, its order stays the same: it is kept until
    something is written, and each key stroke costs only the search.
    """

    def __init__(self, session: Session, derived: SqlDerived) -> None:
        self._session = session
        self._derived = derived
        self._orders = derived.orders
        self._kept: tuple[tuple[object, ...], _Order] | None = None
        self._marked: dict[tuple[object, ...], Marks] = {}
        self._marked_at: tuple[int, int, Sight] | None = None

    def ids(
        self, kind: ListKind, wanted: ListFilter, sort: Sort, *, most: int | None = None
    ) -> list[str]:
        """The keys of all rows that fit, in order; rows without a value come last.

        `most`: only so many of the first, at once where an index has the order.
        """
        text = wanted.text.strip()
        with storage_errors(self._session.path):
            if kind in _FOUND and (text or wanted.chosen or wanted.only is not None):
                order = self._order(kind, wanted.equal, sort)
                return order.only(self._narrowed(kind, text, wanted))[:most]
            if kind in _FOUND and most is None:
                return self._order(kind, wanted.equal, sort).ids
            asked = dict(short_conditions(kind, wanted))
            if text:
                asked[_FITS[kind]] = _sought(text, private=self._private)
            select = self._select(kind, wanted.equal, sort, fits=" AND ".join(asked))
            given = _values(wanted.equal)
            for one in asked.values():
                given |= one
            limit = "" if most is None else f" LIMIT {most:d}"
            return self._keys(f"SELECT id FROM {select}{limit}", given)

    def _narrowed(self, kind: ListKind, text: str, wanted: ListFilter) -> "Marks":
        """Which rows hold the text and fit what was chosen."""
        asked = list(conditions(kind, wanted))
        if text:
            asked.append((_FOUND[kind], _sought(text, private=self._private)))
        return reduce(_both, [self._marks(sql, given) for sql, given in asked])

    @property
    def _private(self) -> bool:
        return self._session.looking.private

    def _marks(self, sql: str, given: dict[str, str]) -> "Marks":
        """By `nr`: whether the query gives the row. The last is never marked, so that whoever asks
        for a `nr` beyond may look there. Kept until something is written.
        """
        import numpy as np

        version = self._session.version()
        if self._marked_at != version:
            self._marked_at = version
            self._marked.clear()
        key = (sql, *given.items())
        marks = self._marked.pop(key, None)
        if marks is None:
            found = self._numbers(sql, {**STATES, **given})
            marks = np.zeros(int(found.max(initial=0)) + 2, dtype=bool)
            marks[found] = True
        self._marked[key] = marks
        if len(self._marked) > _MOST_FOUND:
            del self._marked[next(iter(self._marked))]
        return marks

    def _order(self, kind: ListKind, equal: dict[str, str], sort: Sort) -> _Order:
        """All rows of a long list in order; kept until something is written."""
        wanted = (kind, sort, tuple(equal.items()), *self._session.version())
        if self._kept is None or self._kept[0] != wanted:
            select, given = self._select(kind, equal, sort), _values(equal)
            order = _Order(
                self._keys(f"SELECT id FROM {select}", given),
                self._numbers(f"SELECT nr FROM {select}", given),
            )
            self._kept = wanted, order
        return self._kept[1]

    def _select(self, kind: ListKind, equal: dict[str, str], sort: Sort, *, fits: str = "") -> str:
        """From where, under which conditions, in which order."""
        column = self._orders.sorted_by(kind, sort.column)
        kept = self._orders.kept(kind, sort)
        if kept is not None and not equal and not fits and not self._derived.waiting():
            return kept
        conditions = [fits] if fits else []
        for number, (name, value) in enumerate(equal.items()):
            self._orders.sorted_by(kind, name)
            empty = f'("{name}" IS NULL OR "{name}" = \'\')'
            conditions.append(f'"{name}" = :equal_{number}' if value else empty)
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"({list_sql(kind)}) {where} {ordered(column, sort)}"

    def _keys(self, select: str, given: dict[str, str]) -> list[str]:
        # One text instead of 200 000 rows: keys hold no commas, and splitting is much faster.
        sql = f"SELECT group_concat(id) FROM ({select})"
        (joined,) = self._session.conn.execute(sql, given).fetchone()
        return joined.split(",") if joined else []

    def _numbers(self, select: str, given: dict[str, str]) -> "Numbers":
        import numpy as np

        sql = f"SELECT group_concat(nr) FROM ({select})"
        (joined,) = self._session.conn.execute(sql, given).fetchone()
        return np.fromstring(joined or "", dtype=np.int64, sep=",")

    def rows(self, kind: ListKind, ids: Sequence[str]) -> list[ListRow]:
        """The rows of these keys, in their order; a key that is gone is left out."""
        if self._derived.waiting():
            self._derived.work_out(kind.value, ids)
        shown = self._orders.shown(kind)
        columns = ", ".join(f'list."{name}"' for name in shown)
        # Which keys are wanted reaches into each part of a list that is made of several.
        sql = (
            f"SELECT list.id, {columns} FROM ({list_sql(kind)}) AS list "
            "WHERE list.id IN (SELECT value FROM json_each(:ids))"
            if kind in _OF_PARTS
            else f"SELECT list.id, {columns} FROM json_each(:ids) AS wanted "
            f"CROSS JOIN ({list_sql(kind)}) AS list ON list.id = wanted.value ORDER BY wanted.key"
        )
        given = {**STATES, "ids": msgspec.json.encode(list(ids)).decode()}
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(sql, given).fetchall()
        if kind in _OF_PARTS:
            places = {key: place for place, key in enumerate(ids)}
            rows.sort(key=lambda row: places[row[0]])
        return [
            ListRow(id=row[0], cells=dict[str, Cell](zip(shown, row[1:], strict=True)))
            for row in rows
        ]

    def values(self, kind: ListKind, facet: Facet) -> list[str]:
        """Which grades or years there are on record to choose from, in order."""
        with storage_errors(self._session.path):
            rows = self._session.conn.execute(values_sql(kind, facet)).fetchall()
        return [str(value) for (value,) in rows]


def _values(equal: dict[str, str]) -> dict[str, str]:
    """What the parameters of a list stand for."""
    chosen = {f"equal_{number}": value for number, value in enumerate(equal.values()) if value}
    return {**STATES, **chosen}


def _both(one: "Marks", other: "Marks") -> "Marks":
    """The rows marked in both."""
    room = min(len(one), len(other))
    return one[:room] & other[:room]


def _sought(text: str, *, private: bool) -> dict[str, str]:
    from db.words import query

    return {"text": text, "match": query(text, private=private) or _NOTHING}
