"""Where an enterprise would stand is what grading everybody anew says, for every kind of scheme."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.grading.ranking import Standing, work_out
from landsteward.domain.grading.scheme import (
    BaselineFrom,
    Group,
    Missing,
    Places,
    Scheme,
    Spread,
    Weighted,
)
from landsteward.domain.gradings import GradingMark, GradingSubject
from landsteward.domain.states import Scale
from landsteward.domain.what_if.field import Field
from tests.helpers.gradings import RANGE, RATIO, bonus, of_scores, subject, veto

WEIGHTS = (("tax_per_mu", 50), ("revenue_per_mu", 30), ("rnd_intensity", 20))


def indicators(draw: Any, *, given_baseline: bool) -> tuple[Weighted, ...]:
    sources = [BaselineFrom.TOTAL, BaselineFrom.MEAN]
    if given_baseline:
        sources.append(BaselineFrom.GIVEN)
    return tuple(
        Weighted(
            metric=metric,
            weight=Decimal(weight),
            baseline_from=draw(st.sampled_from(sources)),
            baseline=Decimal(3),
            cap=draw(st.sampled_from([None, Decimal(1), Decimal("1.5")])),
            floor=draw(st.sampled_from([None, Decimal(0), Decimal("0.6")])),
        )
        for metric, weight in WEIGHTS
    )


@st.composite
def schemes(draw: Any) -> Scheme:
    places = st.sampled_from([None, 0, 1, 4])
    base: Scheme = draw(st.sampled_from([RATIO, RANGE]))
    return replace(
        base,
        groups=tuple(
            Group(scale=scale, indicators=indicators(draw, given_baseline=True))
            for scale in (Scale.ABOVE, Scale.BELOW)
        ),
        missing=draw(st.sampled_from(list(Missing))),
        places=Places(value=draw(places), points=draw(places), score=draw(places)),
        spread=Spread(all_equal=Decimal(draw(st.sampled_from([20, 60, 100])))),
    )


FIGURES = st.none() | st.integers(0, 30).map(Decimal)
SOME = st.integers(1, 30).map(Decimal)


@st.composite
def enterprises(draw: Any, key: str) -> GradingSubject:
    figures = draw(st.sampled_from([SOME, SOME, FIGURES]))
    return subject(
        key,
        scale=draw(st.sampled_from([Scale.ABOVE, Scale.ABOVE, Scale.BELOW, None])),
        together=draw(st.sampled_from(["", "", "", "one parcel"])),
        land_m2=draw(st.sampled_from([Decimal(10_000), Decimal(20_000), Decimal(7), None])),
        tax_wan=draw(figures),
        revenue_wan=draw(figures),
        rnd_wan=draw(figures),
    )


@st.composite
def fields(draw: Any) -> tuple[Scheme, list[GradingSubject], list[GradingMark], GradingSubject]:
    """A scheme, who is graded, marks, and what the first of them would be instead."""
    count = draw(st.integers(1, 9))
    subjects = [draw(enterprises(f"{number:02}")) for number in range(count)]
    other = draw(enterprises("00"))
    changed = replace(other, id=subjects[0].id, together=subjects[0].together)
    marks = [
        mark
        for mark in (bonus("00", "2"), bonus("01", "-1.5"), veto("00", "credit"))
        if draw(st.booleans())
    ]
    return draw(schemes()), subjects, marks, changed


def by_grading_all(
    scheme: Scheme, subjects: list[GradingSubject], marks: list[GradingMark], key: str
) -> Standing:
    outcome = work_out(scheme, subjects, marks)
    return next(
        one
        for one in outcome.standings
        if any(member.enterprise_id == key for member in one.unit.members)
    )


@given(fields())
def test_placing_one_is_grading_all(
    drawn: tuple[Scheme, list[GradingSubject], list[GradingMark], GradingSubject],
) -> None:
    scheme, subjects, marks, changed = drawn
    field = Field(scheme, subjects, marks, "00")
    for one in (subjects[0], changed):
        placed = field.place(field.unit(one)).standing
        assert placed == by_grading_all(scheme, [one, *subjects[1:]], marks, "00")


def test_the_group_follows_whoever_is_its_most() -> None:
    """By range, taxes 90, 60, 30, 10 on 15 mu each, all revenue alike (all equal: 40 points).

    丁 (10) has 20 % of 60 = 12 points. With 100 it is the most: the range is 30 … 100, its 60 full;
    甲 has 60 × [20 + 80 × 60/70] / 100 = 53.142857…, so 丁 is first. With 30 it shares the
    least, now 30, with 丙: both 12, third of four, with one beside it.
    """
    some = of_scores(90, 60, 30, 10)
    field = Field(RANGE, some, (), "003")
    now = field.place(field.unit(some[3])).standing
    assert (now.rank, now.score and now.score.total) == (4, Decimal(52))
    most = field.place(field.unit(replace(some[3], tax_wan=Decimal(100)))).standing
    assert (most.rank, most.score and most.score.total) == (1, Decimal(100))
    least = field.place(field.unit(replace(some[3], tax_wan=Decimal(30)))).standing
    assert (least.rank, least.tied, least.score and least.score.total) == (3, 1, Decimal(52))


def test_who_is_not_in_the_run_has_no_field() -> None:
    with pytest.raises(LookupError, match="nobody"):
        Field(RATIO, of_scores(1), (), "nobody")
