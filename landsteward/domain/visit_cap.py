"""How often a department may visit an enterprise in a year, and which visits exceed it.

Source: 国办发〔2024〕54号 caps the inspections of an enterprise (`domain.md` §0.4, known, its text
not read): whether there is a cap and how high it is, the rule pack says.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCap:
    """At most so many visits of one department to one enterprise in a calendar year.

    `departments` have a number of their own. Switched off, nothing is ever too often.
    """

    on: bool = False
    most: int = 1
    departments: Mapping[str, int] = field(default_factory=dict)

    def of(self, department: str) -> int | None:
        """The number that holds for a department; None where there is no cap."""
        return self.departments.get(department, self.most) if self.on else None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedVisit:
    """A visit that counts for a department in a year: begun, scheduled in a case, or planned in a
    campaign that is not over.

    `key` tells visits apart. `day` is None where none is set yet; `case_no` and `campaign` say
    whose it is ("" where it belongs to none).
    """

    key: str
    enterprise_id: str
    department: str
    year: int
    day: date | None
    begun: bool
    case_no: str = ""
    campaign: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CapWarning:
    """A department that would visit an enterprise more than `most` times in a year.

    `visits` are those that count already, in the order of their days; `more` are the ones asked
    about that are not among them.
    """

    enterprise_id: str
    department: str
    year: int
    most: int
    visits: tuple[CountedVisit, ...]
    more: int = 0


def too_often(
    cap: VisitCap,
    counted: Iterable[CountedVisit],
    *,
    more: Mapping[tuple[str, str, int], int] | None = None,
) -> list[CapWarning]:
    """Where the cap is exceeded by the visits that count and, on top of them, `more`: how many by
    enterprise, department and year. In the order of enterprise, department, year.
    """
    groups: dict[tuple[str, str, int], dict[str, CountedVisit]] = defaultdict(dict)
    for one in counted:
        groups[one.enterprise_id, one.department, one.year][one.key] = one
    asked = more or {}
    found = []
    for place in sorted(groups.keys() | asked.keys()):
        enterprise_id, department, year = place
        most = cap.of(department)
        visits = groups.get(place, {}).values()
        added = asked.get(place, 0)
        if most is None or len(visits) + added <= most:
            continue
        found.append(
            CapWarning(
                enterprise_id=enterprise_id,
                department=department,
                year=year,
                most=most,
                visits=tuple(sorted(visits, key=lambda one: (one.day or date.max, one.key))),
                more=added,
            )
        )
    return found
