"""Campaigns: which days, which visits can be made together, what they become."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.campaigns import (
    Campaign,
    Visit,
    joint_visit,
    meet,
    united,
    without,
    working_days,
)

FRIDAY = date(2026, 3, 6)


def campaign(key: str, first: date | None = None, last: date | None = None) -> Campaign:
    return Campaign(id=key, year=2026, name=key, departments=("land",), from_on=first, to_on=last)


def visit(key: str, *departments: str, day: date | None = None, checkup: str = "") -> Visit:
    return Visit(
        id=key,
        campaign_id="c",
        enterprise_id="e",
        departments=departments,
        inspectors=tuple(f"{one}-person" for one in departments),
        planned_on=day,
        checkup_id=checkup or None,
    )


def test_visits_spread_over_days_leave_weekends_out() -> None:
    """Five visits, two a day from Friday 2026-03-06: Friday, then Monday and Tuesday."""
    assert working_days(FRIDAY, 5, a_day=2) == [
        FRIDAY,
        FRIDAY,
        date(2026, 3, 9),
        date(2026, 3, 9),
        date(2026, 3, 10),
    ]


def test_one_day_is_taken_as_it_is_said_even_a_saturday() -> None:
    saturday = FRIDAY + timedelta(days=1)
    assert working_days(saturday, 3, a_day=None) == [saturday] * 3


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(0, 60), st.integers(1, 7))
def test_no_day_has_more_than_it_should(first: date, count: int, a_day: int) -> None:
    days = working_days(first, count, a_day=a_day)
    assert len(days) == count
    assert days == sorted(days)
    assert all(day >= first and day.weekday() < 5 for day in days)
    assert all(days.count(day) <= a_day for day in days)


def test_without_days_a_campaign_takes_its_year() -> None:
    assert campaign("a").days == (date(2026, 1, 1), date(2026, 12, 31))
    assert campaign("a", FRIDAY).days == (FRIDAY, date(2026, 12, 31))
    assert campaign("a", None, FRIDAY).days == (date(2026, 1, 1), FRIDAY)
    late = date(2027, 1, 9)
    assert campaign("a", late).days == (late, late)


@pytest.mark.parametrize(
    ("first", "last", "met"),
    [
        (FRIDAY, FRIDAY, True),
        (FRIDAY + timedelta(days=1), None, False),
        (None, FRIDAY - timedelta(days=1), True),
    ],
)
def test_campaigns_meet_on_common_days(first: date, last: date | None, met: bool) -> None:
    until_friday = campaign("a", None, FRIDAY)
    assert meet(until_friday, campaign("b", first, last)) is met
    assert meet(campaign("b", first, last), until_friday) is met


def test_visits_of_one_campaign_always_meet() -> None:
    assert meet(campaign("a", FRIDAY, FRIDAY), campaign("a", FRIDAY, FRIDAY))


def test_the_earliest_is_made_for_all_and_an_opened_one_before_it() -> None:
    early, late = visit("2", "eco", day=FRIDAY), visit("1", "land", day=FRIDAY + timedelta(days=9))
    joint = joint_visit([visit("0", "market"), late, early])
    assert joint.host == early
    assert [one.id for one in joint.others] == ["0", "1"]
    assert joint.day == FRIDAY
    assert joint.departments == ("eco", "market", "land")
    assert joint.inspectors == ("eco-person", "market-person", "land-person")
    opened = visit("9", "tax", day=FRIDAY + timedelta(days=30), checkup="k")
    assert joint_visit([early, opened]).host == opened


def test_lists_are_united_once_and_in_order() -> None:
    assert united([("b", "a"), ("a", "c")]) == ("b", "a", "c")
    assert without(("b", "a", "c"), ("a", "x")) == ("b", "c")
