"""Scores by both methods, beside what a person works out by hand (`domain.md` §2)."""

from dataclasses import replace
from decimal import Decimal, localcontext

import pytest

from landsteward.domain.grading.scheme import (
    BaselineFrom,
    Group,
    Missing,
    Places,
    Scheme,
    Spread,
    Weighted,
)
from landsteward.domain.grading.scoring import Score
from landsteward.domain.gradings import GradingMark, GradingSubject
from landsteward.domain.states import Scale
from tests.helpers.gradings import RANGE, RATIO, bonus, standings, subject, weighted


def below(*indicators: Weighted, scheme: Scheme = RATIO) -> Scheme:
    """The scheme with these indicators for 规下."""
    group = Group(scale=Scale.BELOW, indicators=indicators)
    return replace(scheme, groups=(scheme.groups[0], group))


def scored(scheme: Scheme, subjects: list[GradingSubject], key: str, *marks: GradingMark) -> Score:
    found = standings(scheme, subjects, *marks)[key].score
    assert found is not None
    return found


def test_ratio_to_a_given_baseline_with_a_cap() -> None:
    """15 mu, tax 270, revenue 2 400.

    Tax per mu: 270 ÷ 15 = 18; 18 ÷ 12 = 1.5, which is the cap exactly → 1.5 × 60 = 90.
    Revenue per mu: 2 400 ÷ 15 = 160; 160 ÷ 200 = 0.8 → 0.8 × 40 = 32. Together 122.
    """
    found = scored(RATIO, [subject("a", tax_wan="270", revenue_wan="2400")], "a")
    assert [(one.ratio, one.counted, one.points) for one in found.steps] == [
        (Decimal("1.5"), Decimal("1.5"), Decimal(90)),
        (Decimal("0.8"), Decimal("0.8"), Decimal(32)),
    ]
    assert found.total == 122


@pytest.mark.parametrize(
    ("tax", "points"), [("269.99", "89.99666666666667"), ("270", "90"), ("270.01", "90")]
)
def test_the_cap_at_just_below_and_just_above_it(tax: str, points: str) -> None:
    """18 per mu are 1.5 times the baseline of 12, the cap: 269.99 ÷ 15 ÷ 12 × 60 = 89.9966…;
    above 270 nothing more is gained.
    """
    found = scored(RATIO, [subject("a", tax_wan=tax, revenue_wan="0")], "a")
    assert found.steps[0].points.quantize(Decimal("1e-14")) == Decimal(points).quantize(
        Decimal("1e-14")
    )


def test_a_ratio_below_the_floor_is_raised_to_it() -> None:
    """Refunds made tax −30: −2 per mu, ratio −1/6; the floor is 0 → 0 points, not −10."""
    step = scored(RATIO, [subject("a", tax_wan="-30", revenue_wan="0")], "a").steps[0]
    assert step.ratio is not None
    assert step.ratio < 0
    assert (step.counted, step.points) == (Decimal(0), Decimal(0))


def test_the_groups_total_over_its_total_is_the_baseline() -> None:
    """规下, two enterprises: 15 mu with tax 30, 45 mu with tax 30. Total 60 over 60 mu = 1 per mu.

    The first has 2 per mu → ratio 2; the second 30 ÷ 45 = 2/3. Weight 50: 100 and 33.33….
    The mean of the values would be (2 + 2/3) ÷ 2 = 1.333…, ratios 1.5 and 0.5.
    """
    small = subject("a", scale=Scale.BELOW, tax_wan="30", revenue_wan="0")
    large = subject("b", scale=Scale.BELOW, tax_wan="30", revenue_wan="0", land_m2="30000")
    by_total = below(weighted("tax_per_mu", 100))
    found = [scored(by_total, [small, large], key).steps[0] for key in "ab"]
    assert [one.standard.baseline for one in found] == [1, 1]
    assert found[0].points == 200
    assert found[1].points.quantize(Decimal("0.01")) == Decimal("66.67")
    by_mean = below(weighted("tax_per_mu", 100, baseline_from=BaselineFrom.MEAN))
    found = [scored(by_mean, [small, large], key).steps[0] for key in "ab"]
    assert [one.points.quantize(Decimal("0.01")) for one in found] == [150, 50]


def test_a_percentage_is_averaged_as_one() -> None:
    """R&D 3 of 100 and 1 of 300: together 4 of 400 = 1 %. Ratios 3 % ÷ 1 % = 3 and 1/3."""
    scheme = below(weighted("rnd_intensity", 100))
    some = [
        subject("a", scale=Scale.BELOW, rnd_wan="3", revenue_wan="100"),
        subject("b", scale=Scale.BELOW, rnd_wan="1", revenue_wan="300"),
    ]
    step = scored(scheme, some, "a").steps[0]
    assert (step.value, step.standard.baseline, step.ratio) == (Decimal(3), Decimal(1), Decimal(3))


def test_a_baseline_of_nothing_gives_nobody_points() -> None:
    """Nobody spends on R&D: 0 ÷ 0 is no ratio, and it is not made one."""
    scheme = below(weighted("rnd_intensity", 100))
    step = scored(
        scheme, [subject("a", scale=Scale.BELOW, rnd_wan="0", revenue_wan="100")], "a"
    ).steps[0]
    assert (step.standard.baseline, step.ratio, step.points) == (Decimal(0), None, Decimal(0))


def test_position_between_least_and_most() -> None:
    """Tax per mu 2, 5 and 8, revenue equal. Weight 60: 60 × (20 + 80 × 0) ÷ 100 = 12,
    60 × (20 + 80 × ½) ÷ 100 = 36, 60 × 100 ÷ 100 = 60. Revenue, max = min: all get 40.
    """
    some = [
        subject(key, tax_wan=tax, revenue_wan="150")
        for key, tax in (("a", "30"), ("b", "75"), ("c", "120"))
    ]
    found = [scored(RANGE, some, key) for key in "abc"]
    assert [one.steps[0].points for one in found] == [12, 36, 60]
    assert [one.steps[1].points for one in found] == [40, 40, 40]
    assert [one.steps[1].ratio for one in found] == [None, None, None]
    assert [one.total for one in found] == [52, 76, 100]


def test_what_all_get_where_all_are_equal_is_data() -> None:
    """`all_equal` = 60: one enterprise by itself gets 60 % of every weight."""
    scheme = replace(RANGE, spread=Spread(all_equal=Decimal(60)))
    assert scored(scheme, [subject("a", tax_wan="1", revenue_wan="1")], "a").total == 60


def test_places_round_half_up_value_points_and_score() -> None:
    """Tax 100 over 15 mu: 6.6667 (4 places); ÷ 12 × 60 = 33.3335 → 33.33 points (2 places);
    revenue 0. With one place the score is 33.3. 100 ÷ 15 exactly would give 33.333….
    """
    scheme = replace(RATIO, places=Places(value=4, points=2, score=1))
    found = scored(scheme, [subject("a", tax_wan="100", revenue_wan="0")], "a")
    assert found.steps[0].value == Decimal("6.6667")
    assert found.steps[0].points == Decimal("33.33")
    assert found.total == Decimal("33.3")


def test_bonus_and_penalty_within_their_bounds() -> None:
    """90 + 32 = 122 (see above); + 3 − 1 = 124. With at most 1: 123; −9 with at least −5: 117."""
    one = [subject("a", tax_wan="270", revenue_wan="2400")]
    assert scored(RATIO, one, "a", bonus("a", "3"), bonus("a", "-1")).total == 124
    bound = replace(RATIO, bonus_most=Decimal(1), bonus_least=Decimal(-5))
    assert scored(bound, one, "a", bonus("a", "3")).total == 123
    assert scored(bound, one, "a", bonus("a", "-9")).total == 117


def test_who_lacks_a_figure_is_not_scored_and_it_is_said() -> None:
    found = standings(RATIO, [subject("a", tax_wan="1"), subject("b", reported=False)])
    assert found["a"].score is None
    assert found["a"].grade is None
    assert found["a"].unit.lacking == ("revenue_wan",)
    assert found["b"].unit.lacking == ("figures",)


def test_nothing_to_divide_by_is_said_as_such() -> None:
    scheme = below(weighted("revenue_per_energy", 100))
    one = subject("a", scale=Scale.BELOW, revenue_wan="10", energy_tce="0")
    assert standings(scheme, [one])["a"].unit.lacking == ("zero:energy_tce",)


def test_the_lowest_value_stands_in_where_the_scheme_says_so() -> None:
    """`lowest`: who reports no revenue counts with 5 per mu, the lowest on record:
    5 ÷ 200 × 40 = 1, and the line is marked. Never zero.
    """
    scheme = replace(RATIO, missing=Missing.LOWEST)
    some = [
        subject("a", tax_wan="180"),
        subject("b", tax_wan="180", revenue_wan="75"),
        subject("c", tax_wan="180", revenue_wan="3000"),
    ]
    steps = scored(scheme, some, "a").steps
    assert [one.stood_in for one in steps] == [False, True]
    assert (steps[1].value, steps[1].points) == (Decimal(5), Decimal(1))
    assert scored(scheme, some, "b").steps[1].points == 1


def test_nothing_stands_in_where_nobody_has_a_value() -> None:
    scheme = replace(RATIO, missing=Missing.LOWEST)
    assert standings(scheme, [subject("a", tax_wan="180")])["a"].score is None


def test_lessees_of_one_parcel_are_scored_by_their_sums() -> None:
    """5 mu with tax 30 and 10 mu with tax 150, together 15 mu with 180 = 12 per mu: ratio 1 → 60.
    One of them is 规上, so both are.
    """
    some = [
        subject("a", together="p", land_m2="3333", tax_wan="30", revenue_wan="0"),
        subject(
            "b",
            together="p",
            land_m2="6667",
            tax_wan="150",
            revenue_wan="0",
            scale=Scale.BELOW,
        ),
    ]
    found = standings(RATIO, some)
    assert found["a"] is found["b"]
    assert found["a"].unit.scale is Scale.ABOVE
    assert found["a"].score is not None
    assert found["a"].score.steps[0].points == 60
    assert (found["a"].rank, found["a"].of) == (1, 1)


def test_of_lessees_scored_together_each_must_report() -> None:
    some = [
        subject("a", together="p", tax_wan="30", revenue_wan="0"),
        subject("b", together="p", tax_wan="30"),
    ]
    assert standings(RATIO, some)["a"].unit.lacking == ("revenue_wan",)


def test_the_arithmetic_does_not_depend_on_the_threads_context() -> None:
    some = [
        subject("a", tax_wan="100", revenue_wan="7"),
        subject("b", tax_wan="3", revenue_wan="1"),
    ]
    usual = scored(RANGE, some, "a")
    with localcontext() as context:
        context.prec = 6
        assert scored(RANGE, some, "a").total == usual.total
