"""Steps on a line of days, worked out by hand and for any days."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.timeline import (
    Bar,
    Division,
    Grip,
    Scale,
    Standing,
    extent,
    late_days,
    major_divisions,
    minor_divisions,
    moved,
    standing,
    weekends,
)

TODAY = date(2026, 11, 25)
_DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
_MAYBE = st.none() | _DAYS


def bar(starts: date | None, due: date | None, done: date | None = None) -> Bar:
    return Bar(key="a", title="Fence", starts_on=starts, due_on=due, done_on=done)


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (bar(None, None), Standing.UNDATED),
        (bar(date(2026, 12, 1), date(2026, 12, 9)), Standing.PLANNED),
        (bar(date(2026, 11, 1), TODAY), Standing.RUNNING),
        (bar(date(2026, 11, 1), date(2026, 11, 24)), Standing.LATE),
        (bar(None, date(2026, 11, 24)), Standing.LATE),
        (bar(date(2026, 11, 1), None), Standing.RUNNING),
        (bar(None, date(2026, 11, 9), date(2026, 11, 9)), Standing.DONE),
        (bar(None, date(2026, 11, 9), date(2026, 11, 10)), Standing.DONE_LATE),
        (bar(None, None, date(2026, 11, 10)), Standing.DONE),
    ],
)
def test_how_a_step_stands(one: Bar, expected: Standing) -> None:
    assert standing(one, TODAY) is expected


def test_what_of_a_step_is_late() -> None:
    """Due on the 20th: late from the 21st until it was done, or until today."""
    assert late_days(bar(None, date(2026, 11, 20)), TODAY) == (date(2026, 11, 21), TODAY)
    assert late_days(bar(None, date(2026, 11, 20), date(2026, 11, 22)), TODAY) == (
        date(2026, 11, 21),
        date(2026, 11, 22),
    )
    assert late_days(bar(None, TODAY), TODAY) is None
    assert late_days(bar(TODAY, None), TODAY) is None


@given(_MAYBE, _MAYBE, st.integers(-400, 400))
def test_moving_the_whole_keeps_its_length(
    starts: date | None, due: date | None, days: int
) -> None:
    one = bar(starts, due)
    after = moved(one, days, Grip.WHOLE)
    assert after.days == one.days
    assert (after.starts_on is None, after.due_on is None) == (starts is None, due is None)
    assert moved(after, -days, Grip.WHOLE) == one


def test_an_edge_moves_alone_and_gives_a_milestone_its_other_end() -> None:
    one = bar(date(2026, 3, 2), date(2026, 3, 10))
    assert moved(one, -1, Grip.START).starts_on == date(2026, 3, 1)
    assert moved(one, 5, Grip.DUE).due_on == date(2026, 3, 15)
    assert moved(one, -20, Grip.DUE).due_on == date(2026, 2, 18), "refused by the use case"
    stone = bar(None, date(2026, 3, 10))
    assert moved(stone, -4, Grip.START) == bar(date(2026, 3, 6), date(2026, 3, 10))
    assert moved(bar(date(2026, 3, 2), None), 3, Grip.DUE).due_on == date(2026, 3, 5)


@given(st.sampled_from(list(Scale)), _DAYS, st.integers(0, 900))
def test_divisions_cover_every_day_once(scale: Scale, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    for found in (minor_divisions(scale, first, last), major_divisions(scale, first, last)):
        assert found[0].begin <= first < found[0].end
        assert found[-1].begin <= last < found[-1].end
        assert all(one.end == after.begin for one, after in pairwise(found))


def test_divisions_begin_where_people_begin_to_count() -> None:
    first, last = date(2026, 11, 25), date(2027, 2, 3)
    assert minor_divisions(Scale.WEEKS, first, last)[0].begin == date(2026, 11, 23), "a Monday"
    assert minor_divisions(Scale.QUARTERS, first, last) == [
        Division(date(2026, 10, 1), date(2027, 1, 1)),
        Division(date(2027, 1, 1), date(2027, 4, 1)),
    ]
    assert [one.begin for one in major_divisions(Scale.MONTHS, first, last)] == [
        date(2026, 1, 1),
        date(2027, 1, 1),
    ]


@given(_DAYS, st.integers(0, 60))
def test_weekends_are_saturdays_and_sundays(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    days = [first + timedelta(days=place) for place in range(length + 1)]
    found = weekends(first, last)
    for day in days:
        assert any(one.begin <= day < one.end for one in found) == (day.weekday() >= 5)


def test_the_line_shows_everything_and_today() -> None:
    bars = [bar(date(2026, 3, 2), date(2026, 3, 10), date(2026, 4, 1)), bar(None, None)]
    first, last = extent(bars, TODAY)
    assert (first, last) == (date(2026, 2, 27), date(2026, 11, 28))
    slip = bar(date(226, 1, 1), date(9999, 12, 31))
    assert extent([slip], TODAY)[1].year == 2127
    assert moved(slip, 9, Grip.WHOLE).due_on == date(9999, 12, 31)
