"""Steps on a line of days: where bars lie, what of them is late, how the line is divided.

Shared by the Gantt (甘特) of the window and of paper. A span of days counts its first and its last
day, so that a step of one day is one day long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from landsteward.domain.plans import PlanStep

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_MARGIN = 3
"""Days that stay free at either end."""
_FARTHEST = 100 * 366
"""So many days to either side of today the line may reach."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A step: from when until when, when it was done, and how far it is (0–100 %).

    One without a start is a milestone at its due day; one without a due day is its start alone.
    """

    key: str
    title: str
    responsible: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    done_on: date | None = None
    percent: int | None = None

    @property
    def dated(self) -> bool:
        """Whether it lies anywhere."""
        return self.starts_on is not None or self.due_on is not None

    @property
    def milestone(self) -> bool:
        """Whether it is a day, not a span."""
        return self.dated and (self.starts_on is None or self.due_on is None)

    @property
    def begins(self) -> date | None:
        """Its first day on the line."""
        return self.starts_on or self.due_on

    @property
    def ends(self) -> date | None:
        """Its last planned day on the line."""
        return self.due_on or self.starts_on

    @property
    def days(self) -> int:
        """How many days it takes as planned; 0 where it lies nowhere."""
        if self.begins is None or self.ends is None:
            return 0
        return (self.ends - self.begins).days + 1


def bar_of(step: PlanStep, percent: int | None = None) -> Bar:
    """A plan's step as it lies on the line."""
    return Bar(
        key=step.id,
        title=step.title,
        responsible=step.responsible,
        starts_on=step.starts_on,
        due_on=step.due_on,
        done_on=step.done_on,
        percent=percent,
    )


class Standing(StrEnum):
    """How a step stands on a day."""

    UNDATED = "undated"
    PLANNED = "planned"
    RUNNING = "running"
    LATE = "late"
    DONE = "done"
    DONE_LATE = "done_late"


def standing(bar: Bar, today: date) -> Standing:
    """How a step stands on a day; a due day itself is not late."""
    if bar.done_on is not None:
        late = bar.due_on is not None and bar.done_on > bar.due_on
        return Standing.DONE_LATE if late else Standing.DONE
    if not bar.dated:
        return Standing.UNDATED
    if bar.due_on is not None and bar.due_on < today:
        return Standing.LATE
    begins = bar.begins
    return Standing.RUNNING if begins is not None and begins <= today else Standing.PLANNED


def late_days(bar: Bar, today: date) -> tuple[date, date] | None:
    """First and last day on which a step was or is overdue, None where it is not."""
    if bar.due_on is None:
        return None
    last = bar.done_on or today
    return (bar.due_on + _DAY, last) if last > bar.due_on else None


class Grip(StrEnum):
    """What of a bar is held."""

    WHOLE = "whole"
    START = "start"
    DUE = "due"


def moved(bar: Bar, days: int, grip: Grip) -> Bar:
    """The bar with its held part so many days later; the due day may come before the start.

    That it may not is a rule of plans, said by their use case.
    """
    starts, due = bar.starts_on, bar.due_on
    if grip is not Grip.DUE and starts is not None:
        starts = _later(starts, days)
    if grip is not Grip.START and due is not None:
        due = _later(due, days)
    if grip is Grip.START and starts is None and due is not None:
        starts = _later(due, days)
    if grip is Grip.DUE and due is None and starts is not None:
        due = _later(starts, days)
    return replace(bar, starts_on=starts, due_on=due)


def extent(bars: Sequence[Bar], today: date) -> tuple[date, date]:
    """First and last day of the line: all bars, what is late of them, today, and a margin.

    Slips of the finger centuries away do not stretch it.
    """
    days = [today]
    for bar in bars:
        days += [day for day in (bar.starts_on, bar.due_on, bar.done_on) if day is not None]
    first, last = _later(today, -_FARTHEST), _later(today, _FARTHEST)
    return (
        max(_later(min(days), -_MARGIN), first),
        min(_later(max(days), _MARGIN), last),
    )


def _later(day: date, days: int) -> date:
    """So many days later, within what a calendar holds."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


class Scale(StrEnum):
    """What the line is divided by; the larger division above it is the month, or the year."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    QUARTERS = "quarters"


@dataclass(frozen=True, slots=True)
class Division:
    """A stretch of the line: from its first day up to, but not including, `end`."""

    begin: date
    end: date


def minor_divisions(scale: Scale, first: date, last: date) -> list[Division]:
    """The stretches that touch the days from first to last."""
    match scale:
        case Scale.DAYS:
            return _walk(first, last, _DAY)
        case Scale.WEEKS:
            return _walk(first - first.weekday() * _DAY, last, _WEEK)
        case Scale.MONTHS:
            return list(_months(first, last, 1))
        case Scale.QUARTERS:
            return list(_months(first, last, 3))


def major_divisions(scale: Scale, first: date, last: date) -> list[Division]:
    """Months above days and weeks, years above months and quarters."""
    return list(_months(first, last, 1 if scale in (Scale.DAYS, Scale.WEEKS) else 12))


def weekends(first: date, last: date) -> list[Division]:
    """Saturday and Sunday of each week that touches the days from first to last."""
    monday = first - first.weekday() * _DAY
    return [
        Division(one.begin + 5 * _DAY, one.begin + 7 * _DAY)
        for one in _walk(monday, last, _WEEK)
        if one.begin + 7 * _DAY > first and one.begin + 5 * _DAY <= last
    ]


def _walk(begin: date, last: date, step: timedelta) -> list[Division]:
    count = (last - begin) // step + 1
    return [Division(begin + place * step, begin + (place + 1) * step) for place in range(count)]


def _months(first: date, last: date, months: int) -> Iterator[Division]:
    """Stretches of so many months, the first of which begin with the year."""
    at = date(first.year, (first.month - 1) // months * months + 1, 1)
    while at <= last:
        number = at.year * 12 + at.month - 1 + months
        end = date(number // 12, number % 12 + 1, 1)
        yield Division(at, end)
        at = end
