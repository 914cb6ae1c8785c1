"""The least that lifts to a grade: by hand for both methods, caps, vetoes, shares; and at large."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.grading.ranking import work_out
from landsteward.domain.grading.scheme import BaselineFrom, Group, ScaleBy, Scheme
from landsteward.domain.gradings import GradingMark, GradingSubject
from landsteward.domain.states import Scale
from landsteward.domain.what_if.field import Field
from landsteward.domain.what_if.least import Least, least, pairs
from landsteward.domain.what_if.levers import GIVEN_UP, LEVER_OF
from landsteward.domain.what_if.outlook import in_scope
from landsteward.domain.what_if.position import ChangeRefusedError, Position, changed
from tests.helpers.gradings import RANGE, RATIO, of_scores, shares, subject, veto, weighted
from tests.unit.domain.test_what_if_field import fields

D = Decimal
HALVES = replace(RATIO, shares=shares(20, 20, 20, 40))
"""Of five: A is the first, B the second, C the third, D the others."""


def asked(
    scheme: Scheme, some: list[GradingSubject], lever: str, grade: str, *marks: GradingMark
) -> Least:
    """For the last of them."""
    own = some[-1]
    field = Field(scheme, some, marks, own.enterprise_id)
    return least(field, Position(subject=own), {}, lever, grade)


def test_tax_by_a_given_baseline() -> None:
    """Baseline 12 a mu, weight 60, cap 1.5; taxes 270, 180, 90, 45, 9 on 15 mu: 18, 12, 6, 3, 0.6 a
    mu. For C the last must tie with the third, 6 a mu: 90 in all. For A, tie with 18: 270.

    A tie takes the better grade, so as much is enough; 89.99 is not.
    """
    some = of_scores(270, 180, 90, 45, 9)
    assert asked(HALVES, some, "tax_wan", "C")[:5] == ("tax_wan", "C", D(90), D(81), False)
    found = asked(HALVES, some, "tax_wan", "A")
    assert (found.value, found.rank, found.of, found.score) == (D(270), 1, 5, D(90))


def test_beyond_the_cap_no_tax_helps() -> None:
    """Cap 1.5 × 12 = 18 a mu for 60 × 1.5 = 90 points. The first has 40 points more by its revenue
    (200 a mu, weight 40), so that the last stays second whatever it pays: A is out of reach.
    """
    some = of_scores(270, 180, 9)
    some[0] = replace(some[0], revenue_wan=D(3000))
    thirds = replace(RATIO, shares=shares(34, 33, 33))
    found = asked(thirds, some, "tax_wan", "A")
    assert found.value is None
    assert str(found.why) == "capped at 1.5 times the baseline: rank 2, 1 needed"
    assert asked(thirds, some, "tax_wan", "B").value == D("180")


def test_land_given_up_by_the_groups_average() -> None:
    """Two with 15 mu (10 000 m²) each, taxes 10 and 9; baseline from the given 12, no cap reached.

    To reach 10 / 15 a mu the second must divide 9 by 13.5 mu = 9 000 m²: 1 000 m² given up. One m²
    less leaves 9 001 m²: 9 / 13.5015 = 0.66659 < 0.66667.
    """
    halves = replace(RATIO, shares=shares(50, 50))
    found = asked(halves, of_scores(10, 9), GIVEN_UP, "A")
    assert (found.value, found.rank) == (D(1000), 1)


def test_by_range_the_own_value_moves_the_least() -> None:
    """Taxes 90, 60, 30, 10 on 15 mu, revenue alike. Shares: A the first, B the second, C the third,
    D the last of four.

    For C the last ties with the third: 30, both then the least. Below, 29.99 leaves 30 ahead.
    """
    quarters = replace(RANGE, shares=shares(25, 25, 25, 25))
    found = asked(quarters, of_scores(90, 60, 30, 10), "tax_wan", "C")
    assert (found.value, found.rank, found.score) == (D(30), 3, D(52))


def test_by_range_there_is_no_better_than_the_best() -> None:
    """The first has the whole range of revenue too: the last can have all 60 points of tax, not the
    first's 100. 60 + 40 × 20 % = 68 beside the first's 100 − less as its tax is passed: never A.
    """
    some = of_scores(90, 60, 10)
    some[0] = replace(some[0], revenue_wan=D(3000))
    even = replace(
        RANGE,
        shares=shares(34, 33, 33),
        groups=tuple(
            Group(
                scale=one.scale,
                indicators=(weighted("tax_per_mu", 20), weighted("revenue_per_mu", 80)),
            )
            for one in RANGE.groups
        ),
    )
    found = asked(even, some, "tax_wan", "A")
    assert str(found.why) == "already the best of the group in it: rank 2, 1 needed"


def test_a_veto_is_said_and_nothing_is_searched() -> None:
    """失信: at most C. For C the tax does, for B nothing does."""
    some = of_scores(270, 180, 90, 45, 9)
    mark = veto("004", "credit")
    found = asked(HALVES, some, "tax_wan", "B", mark)
    assert (found.value, str(found.why)) == (None, "Credit: at most C")
    assert asked(HALVES, some, "tax_wan", "C", mark).value == D(90)


def test_shares_may_leave_no_place() -> None:
    """20 % of two are 0.4, rounded to none: there is no A to be had."""
    found = asked(RATIO, of_scores(10, 9), "tax_wan", "A")
    assert str(found.why) == "the shares leave no place for A among 2"


@pytest.mark.parametrize(
    ("lever", "why"),
    [
        ("staff_average", "it does not count in this group's score"),
        ("ratio_floor_m2", "it does not count in this group's score"),
    ],
)
def test_what_does_not_count_is_said(lever: str, why: str) -> None:
    assert str(asked(HALVES, of_scores(5, 4, 3, 2, 1), lever, "A").why) == why


def test_what_is_reached_already() -> None:
    found = asked(HALVES, of_scores(1, 9), "tax_wan", "D")
    assert found.already
    assert found.value is None
    assert found.why is None


def test_below_the_threshold_enough_land_must_stay() -> None:
    """规下 with 6 mu (4 000 m²): 5 mu must stay to be graded at all, so 666 m² at most."""
    some = [
        subject(key, scale=Scale.BELOW, tax_wan=tax, revenue_wan="1", land_m2="4000")
        for key, tax in (("a", "90"), ("b", "9"))
    ]
    found = asked(replace(RATIO, shares=shares(50, 50)), some, GIVEN_UP, "A")
    assert str(found.why) == "not even with 666 (m²): rank 2, 1 needed"


def test_revenue_both_helps_and_hurts() -> None:
    """R&D intensity falls as revenue rises. Baselines: revenue 10 a mu, R&D 5 %; weights 50/50.

    The other has 15 mu, revenue 150 (10 a mu: 50 points), R&D 7.5 (5 %: 50 points): 100. The own
    revenue r with R&D 9 gives 50 × r/150 + 50 × 180/r; now r = 120: 40 + 75 = 115. With a third at
    117, r must rise: r/3 + 9000/r ≥ 117 → r² − 351 r + 27000 ≥ 0, whose larger zero is
    (351 + √(351² − 4 × 27000)) / 2 = (351 + √15201) / 2 = 237.146…, so 237.15 it is.
    """
    scheme = replace(
        RATIO,
        shares=shares(34, 33, 33),
        groups=tuple(
            Group(
                scale=scale,
                indicators=(
                    weighted("revenue_per_mu", 50, baseline_from=BaselineFrom.GIVEN, baseline="10"),
                    weighted("rnd_intensity", 50, baseline_from=BaselineFrom.GIVEN, baseline="5"),
                ),
            )
            for scale in (Scale.ABOVE, Scale.BELOW)
        ),
    )
    some = [
        subject("a", revenue_wan="150", rnd_wan="7.5"),
        # 117 points: revenue 150 (50) and R&D 6.7 % (67).
        subject("b", revenue_wan="150", rnd_wan="10.05"),
        subject("c", revenue_wan="120", rnd_wan="9"),
    ]
    found = asked(scheme, some, "revenue_wan", "A")
    assert (found.value, found.rank) == (D("237.15"), 1)


def test_two_levers_together() -> None:
    """Taxes 10 and 9 on 10 000 m² each. With so much tax, so much land:

    9 → 1 000 m² (as above); 9.25 → 750; 9.5 → 500; 9.75 → 250; 10 → none, that is enough.
    """
    some = of_scores(10, 9)
    field = Field(replace(RATIO, shares=shares(50, 50)), some, (), "001")
    found = pairs(field, Position(subject=some[1]), {}, ("tax_wan", GIVEN_UP), "A")
    assert [(one.first, one.second.value) for one in found[:4]] == [
        (D(9), D(1000)),
        (D("9.25"), D(750)),
        (D("9.5"), D(500)),
        (D("9.75"), D(250)),
    ]
    assert found[4].first == D(10)
    assert found[4].second.already


LEVERS = ("tax_wan", "revenue_wan", "rnd_wan", GIVEN_UP)


@given(
    fields(),
    st.sampled_from(LEVERS),
    st.sampled_from("ABCD"),
    st.sampled_from(list(ScaleBy)),
    st.lists(st.integers(0, 4000), max_size=4),
)
def test_at_the_least_it_is_reached_and_one_step_before_it_is_not(
    drawn: tuple[Scheme, list[GradingSubject], list[GradingMark], GradingSubject],
    key: str,
    grade: str,
    scale_by: ScaleBy,
    others: list[int],
) -> None:
    """Held against grading everybody anew; nor at any lesser value that is tried."""
    scheme, subjects, marks, _other = drawn
    scheme = replace(scheme, scope=replace(scheme.scope, scale_by=scale_by))
    own = subjects[0]
    field, position = Field(scheme, subjects, marks, "00"), Position(subject=own)
    found = least(field, position, {}, key, grade)

    def reached(value: Decimal) -> bool:
        try:
            after = changed(position, {key: value}, scheme.scope)
        except ChangeRefusedError:
            return False
        if not in_scope(field, after):
            return False
        outcome = work_out(scheme, [after.subject, *subjects[1:]], marks)
        (mine,) = (
            one
            for one in outcome.standings
            if any(member.enterprise_id == "00" for member in one.unit.members)
        )
        return mine.grade is not None and mine.grade <= grade

    step, start = LEVER_OF[key].step, position.value(key)
    if found.already:
        return
    if start is None:
        assert found.value is None
        return
    tried = [start + number * step for number in others]
    if found.value is None:
        assert found.why is not None
        assert scheme.scope.scale_by is ScaleBy.REVENUE or not any(map(reached, tried))
        return
    assert reached(found.value)
    assert found.value - step < start or not reached(found.value - step)
