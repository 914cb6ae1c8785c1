"""公示: until when; a proposal by weekdays alone: no calendar of holidays is invented here."""

from datetime import date, timedelta

_SATURDAY = 5


def weekdays(first: date, last: date) -> int:
    """How many Mondays to Fridays lie from one day to another, both counted."""
    days = (last - first).days + 1
    return sum((first + timedelta(days=at)).weekday() < _SATURDAY for at in range(days))


def proposed_end(first: date, days: int) -> date:
    """The day on which so many weekdays are full, the first day counted.

    Public holidays and working Sundays are not known: a person sets the day.
    """
    last = first
    while weekdays(first, last) < days:
        last += timedelta(days=1)
    return last
