"""A campaign (体检批次) and its visits: who is to be visited, by whom, when.

Source: plan item 17 (departments check enterprises together); 国办发〔2024〕54号 caps and joins
inspections (`domain.md` §0.4).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from landsteward.domain.states import CampaignState

_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A round of checkups. Departments are keys of the rule pack, inspectors those of people.

    `together`: one visit of all departments an enterprise; otherwise each department makes its own.
    """

    id: str
    year: int
    name: str
    departments: tuple[str, ...]
    inspectors: tuple[str, ...] = ()
    from_on: date | None = None
    to_on: date | None = None
    together: bool = True
    state: CampaignState = CampaignState.PREPARED
    note: str = ""

    @property
    def days(self) -> tuple[date, date]:
        """First and last day; where one is not set, that of its year."""
        first = self.from_on or min(date(self.year, 1, 1), self.to_on or date.max)
        return first, self.to_on or max(date(self.year, 12, 31), first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of a campaign to an enterprise, by these departments and inspectors.

    `joined_into` is the visit it was drawn together with: that one is made for both. `checkup_id`
    is set once it has been opened; what is scheduled from then on, the checkup says.
    """

    id: str
    campaign_id: str
    enterprise_id: str
    departments: tuple[str, ...]
    inspectors: tuple[str, ...] = ()
    planned_on: date | None = None
    joined_into: str | None = None
    checkup_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointVisit:
    """What visits to one enterprise become when they are drawn together: `host` is made for all.

    `day` is the host's; departments and inspectors are those of all of them.
    """

    host: Visit
    others: tuple[Visit, ...]
    departments: tuple[str, ...]
    inspectors: tuple[str, ...]
    day: date | None


def meet(one: Campaign, other: Campaign) -> bool:
    """Whether visits of the two can be made on one day: the same campaign, or common days."""
    if one.id == other.id:
        return True
    first, last = one.days
    other_first, other_last = other.days
    return first <= other_last and other_first <= last


def joint_visit(visits: Sequence[Visit]) -> JointVisit:
    """Draw visits to one enterprise together; none of them has begun.

    The one that has been opened is made for all, otherwise the earliest; of those without a day
    the first.
    """
    host = min(visits, key=_precedence)
    others = tuple(one for one in visits if one.id != host.id)
    return JointVisit(
        host=host,
        others=others,
        departments=united(one.departments for one in (host, *others)),
        inspectors=united(one.inspectors for one in (host, *others)),
        day=host.planned_on,
    )


def _precedence(one: Visit) -> tuple[bool, date, str]:
    return one.checkup_id is None, one.planned_on or date.max, one.id


def united(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """All that is in any of these, once, in the order it first comes."""
    return tuple(dict.fromkeys(key for one in lists for key in one))


def without(keys: Iterable[str], gone: Iterable[str]) -> tuple[str, ...]:
    """What is left of these without those."""
    left_out = set(gone)
    return tuple(key for key in keys if key not in left_out)


def working_days(first: date, count: int, *, a_day: int | None) -> list[date]:
    """A day for each of so many visits, in order: at most `a_day` on one day, none on Saturdays and
    Sundays. Without `a_day` all are on the first day, whichever that is.
    """
    if a_day is None:
        return [first] * count
    days: list[date] = []
    day = first
    while len(days) < count:
        if day.weekday() < _SATURDAY:
            days += [day] * min(a_day, count - len(days))
        day += timedelta(days=1)
    return days
