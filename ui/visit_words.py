"""How the cap of visits and the visits that count are said."""

import json
from collections.abc import Mapping, Sequence

from landsteward.app.language import localised, tr
from landsteward.app.ports.surroundings import PackSource
from landsteward.app.views import Cell
from landsteward.domain.visit_cap import CapWarning, CountedVisit
from ui import formats


def warned(warning: CapWarning, department: str) -> str:
    """A department that comes too often, and which visits count: 自然资源: 2 visits in 2026 …"""
    visits = tr("; ").join(counted(one) for one in warning.visits)
    return tr(
        "{department}: visit no. {count} in {year}, at most {most} — {visits}",
        department=department,
        count=len(warning.visits) + warning.more,
        year=warning.year,
        most=warning.most,
        visits=visits,
    )


def counted(visit: CountedVisit) -> str:
    """A visit that counts: its day, case, and campaign."""
    day = formats.day(visit.day) if visit.day else tr("no day yet")
    return " ".join(part for part in (day, visit.case_no, visit.campaign) if part)


class DepartmentWords:
    """Departments by the current pack, and how often they may come."""

    def __init__(self, packs: PackSource) -> None:
        self._packs = packs

    def name(self, key: str) -> str:
        """A department's short name."""
        pack = self._packs.current()
        found = next((one for one in pack.departments if one.key == key), None)
        return localised(found.short_name or found.name, found.name_en) if found else key

    def names(self, keys: Sequence[str]) -> str:
        """Several, in the order of the pack."""
        order = [one.key for one in self._packs.current().departments]
        known = sorted(keys, key=lambda key: order.index(key) if key in order else len(order))
        return tr(", ").join(self.name(key) for key in known)

    def listed(self, cell: str) -> str:
        """A list's cell of keys in words."""
        return self.names(json.loads(cell))

    def too_often(self, cells: Mapping[str, Cell]) -> list[str]:
        """Keys of a visit's departments that come more often than they may, by its cells."""
        cap = self._packs.current().visit_cap
        times: dict[str, int] = json.loads(str(cells["times"] or "{}"))
        return [
            key
            for key in json.loads(str(cells["departments"] or "[]"))
            if (most := cap.of(key)) is not None and times.get(key, 0) > most
        ]

    def times(self, cell: str) -> str:
        """How often the department that comes most often comes in the year."""
        return str(max(json.loads(cell).values(), default=""))

    def times_tone(self, cells: Mapping[str, Cell]) -> str:
        """Caution where a department comes too often."""
        return "caution" if self.too_often(cells) else "plain"
