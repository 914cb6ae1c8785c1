"""What is derived from the records (search, figures and order of lists): it follows the trail.

The trail is where every change can be read, so nothing else has to notice them. The few entries of
an ordinary change are followed within its own transaction. What a large import leaves is followed
later, some rows at a time, while nobody waits for anything: `waiting` says how much there is, and
until then the search does not know all of it yet.
"""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from db import search
from db.connection import Session
from db.errors import storage_errors
from db.orders import SqlOrders
from landsteward.app.views import ListKind

if TYPE_CHECKING:
    from db.figures import SqlFigures

FIGURES = {"enterprises": "enterprise_figures", "parcels": "parcel_figures"}
"""Where the figures of a table's rows are kept, under their `nr`."""

_TOUCHED = Path(__file__).with_name("sql").joinpath("derived", "touched.sql").read_text("utf-8")

_RESTS_ON = ("enterprises", "parcels", "cases", "supply_contracts", "occupancies", "yearly_metrics")
"""The tables anything is derived from."""

_TABLES = msgspec.json.encode(_RESTS_ON).decode()

_ORDINARY = 500
"""Entries of the trail that are followed at once."""

_TOUCHED_AT_ONCE = 1500
"""Words and figures they may touch, or they are followed later like any large change."""

_STRETCH = 20_000
"""Entries looked at together: a row that many of them touch is worked out once."""

_ROWS = 50
"""Rows worked out together: some milliseconds."""


_Kind = tuple[str, str]
"""What is derived, `words` or `figures`, and of which table's rows."""

_Touched = dict[_Kind, list[int]]


@dataclass(slots=True)
class _Plan:
    """What was waiting at a moment, `until` that entry of the trail, done a stretch at a time.

    `up_to` is the end of the stretch under way, `rows` are what of it is still to do. `done` marks
    the rows worked out since that moment: entries before it say nothing new of them.
    """

    until: int
    up_to: int
    rows: dict[_Kind, deque[int]] = field(default_factory=dict)
    done: dict[_Kind, bytearray] = field(default_factory=dict)

    def take(self, touched: _Touched) -> None:
        """Plan to work out these rows, as far as they are not done yet."""
        for kind, nrs in touched.items():
            done = self.done.setdefault(kind, bytearray())
            done.extend(bytes(max(max(nrs, default=0) + 1 - len(done), 0)))
            self.rows[kind] = deque(nr for nr in nrs if not done[nr])
            for nr in self.rows[kind]:
                done[nr] = 1


class SqlDerived:
    """What is derived from the records of one open file."""

    def __init__(self, session: Session, today: Callable[[], date]) -> None:
        self._session = session
        self._conn = session.conn
        self._today = today
        self._plan: _Plan | None = None
        self.orders = SqlOrders(session)

    @cached_property
    def figures(self) -> "SqlFigures":
        """What the domain works out; loaded with the first of it."""
        from db.figures import SqlFigures

        return SqlFigures(self._session)

    def waiting(self) -> int:
        """How much search and lists do not know of yet: changes, and rows whose day has passed."""
        with storage_errors(self._session.path):
            return max(self.newest() - self._up_to(), 0) + sum(map(len, self._outdated().values()))

    def newest(self) -> int:
        """The number of the trail's last entry."""
        (seq,) = self._conn.execute("SELECT coalesce(max(seq), 0) FROM main.change_log").fetchone()
        return int(seq)

    def follow_change(self, since: int) -> None:
        """Follow what a transaction has written behind the entry `since`, if it is not much."""
        up_to = self.newest()
        if not 0 < up_to - since <= _ORDINARY:
            return
        if self._any(since, up_to):
            with self._session.looking.whole():
                touched = self._touched(since, up_to)
                if sum(map(len, touched.values())) > _TOUCHED_AT_ONCE:
                    return
                for kind, nrs in touched.items():
                    self._work_out(kind, nrs)
        if self._up_to() == since:
            self._conn.execute("UPDATE derived_state SET up_to = ?", [up_to])

    def follow(self, go_on: Callable[[], bool]) -> int:
        """Follow the trail for as long as `go_on` says; gives what is still waiting.

        A file opened for reading only stays as it is.
        """
        if self._session.read_only:
            return 0
        try:
            with (
                storage_errors(self._session.path),
                self._session.db.atomic(),
                self._session.looking.whole(),
            ):
                while self._some() and go_on():
                    pass
        except BaseException:
            self._plan = None
            raise
        return self.waiting()

    def work_out(self, table: str, ids: Sequence[str]) -> None:
        """Work out these rows now, as somebody looks at them; of a table without figures, nothing.

        The trail's stretch stays to be followed: doing a row twice does no harm.
        """
        if table not in FIGURES or self._session.read_only:
            return
        with (
            storage_errors(self._session.path),
            self._session.db.atomic(),
            self._session.looking.whole(),
        ):
            rows = self._conn.execute(
                f"SELECT nr FROM {table} WHERE id IN (SELECT value FROM json_each(?))",
                [msgspec.json.encode(list(ids)).decode()],
            )
            self._work_out(("figures", table), [nr for (nr,) in rows.fetchall()])

    def _some(self) -> bool:
        """Work out a few rows; False where nothing is left to do."""
        plan = self._plan or self._make_plan()
        if plan is None:
            return False
        self._plan = plan
        for kind, left in plan.rows.items():
            if left:
                self._work_out(kind, [left.popleft() for _ in range(min(_ROWS, len(left)))])
                return True
        self._conn.execute("UPDATE derived_state SET up_to = ?", [plan.up_to])
        if plan.up_to < plan.until:
            after, plan.up_to = plan.up_to, min(plan.up_to + _STRETCH, plan.until)
            plan.take(self._touched(after, plan.up_to))
        else:
            self._plan = None
        return True

    def _make_plan(self) -> _Plan | None:
        after, newest = self._up_to(), self.newest()
        if after < newest:
            plan = _Plan(newest, min(after + _STRETCH, newest))
            plan.take(self._touched(after, plan.up_to))
            return plan
        outdated = self._outdated()
        if not any(outdated.values()):
            return None
        plan = _Plan(newest, newest)
        plan.take(outdated)
        return plan

    def _any(self, after: int, up_to: int) -> bool:
        """Whether any entry of the trail behind `after` is of a table something is derived from:
        to look at the whole is dear for whoever does not see it.
        """
        sql = (
            "SELECT EXISTS (SELECT 1 FROM main.change_log WHERE seq > ? AND seq <= ? "
            "AND table_name IN (SELECT value FROM json_each(?)))"
        )
        (there,) = self._conn.execute(sql, [after, up_to, _TABLES]).fetchone()
        return bool(there)

    def _touched(self, after: int, up_to: int) -> _Touched:
        """The rows whose words or figures rest on entries of the trail behind `after`."""
        found: _Touched = {}
        given = {"after": after, "up_to": up_to, "tables": _TABLES}
        for what, table, nr in self._conn.execute(_TOUCHED, given):
            found.setdefault((what, table), []).append(nr)
        return found

    def _outdated(self) -> _Touched:
        """The rows whose figures have changed with the calendar."""
        today = self._today().isoformat()
        return {
            ("figures", table): [
                nr
                for (nr,) in self._conn.execute(
                    f"SELECT nr FROM main.{name} WHERE good_until < ? LIMIT ?", [today, _STRETCH]
                )
            ]
            for table, name in FIGURES.items()
        }

    def _work_out(self, kind: _Kind, nrs: Sequence[int]) -> None:
        what, table = kind
        if what == "words":
            search.index(self._session, table, nrs)
        else:
            self.figures.keep(table, nrs, self._today(), name=FIGURES[table])
            self.orders.keep(ListKind(table), nrs)

    def _up_to(self) -> int:
        (seq,) = self._conn.execute("SELECT up_to FROM derived_state").fetchone()
        return int(seq)
