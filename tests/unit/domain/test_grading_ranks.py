"""Ranks, shares, ties and vetoes, and what holds for every county."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.grading.notice import proposed_end, weekdays
from landsteward.domain.grading.ranking import Outcome, bounds, work_out
from landsteward.domain.grading.scheme import Scheme, ShareRounding
from landsteward.domain.gradings import GradingSubject
from landsteward.domain.states import Scale
from tests.helpers.gradings import (
    RANGE,
    RATIO,
    bonus,
    of_scores,
    shares,
    standings,
    subject,
    veto,
)


def grades(scheme: Scheme, subjects: list[GradingSubject]) -> str:
    found = standings(scheme, subjects)
    return "".join(found[one.enterprise_id].grade or "-" for one in subjects)


def test_the_published_distribution_of_120() -> None:
    """铜陵: 20/45/30/5 % of 120 are 24/54/36/6 (`domain.md` §2)."""
    ends = bounds(RATIO, 120)
    assert [end - begin for begin, end in zip([0, *ends], ends, strict=False)] == [24, 54, 36, 6]


@pytest.mark.parametrize(
    ("rounding", "counts"),
    [
        (ShareRounding.HALF_UP, [1, 4, 2, 0]),
        (ShareRounding.DOWN, [1, 3, 2, 1]),
        (ShareRounding.UP, [2, 3, 2, 0]),
    ],
)
def test_shares_that_do_not_divide(rounding: ShareRounding, counts: list[int]) -> None:
    """Of 7: up to 20 % = 1.4, 65 % = 4.55, 95 % = 6.65, 100 % = 7.

    Rounded half up 1, 5, 7, 7; down 1, 4, 6, 7; up 2, 5, 7, 7.
    """
    ends = bounds(replace(RATIO, share_rounding=rounding), 7)
    assert [end - begin for begin, end in zip([0, *ends], ends, strict=False)] == counts


def test_by_rank_the_best_first() -> None:
    """Ten enterprises: up to rank 2 A, 6.5 → 7 B, 9.5 → 10 C; D has no room."""
    assert grades(RATIO, of_scores(*range(10, 0, -1))) == "AABBBBBCCC"


def test_ties_take_the_better_grade_and_it_is_known() -> None:
    """Ten: A goes up to rank 2. Ranks 2 and 3 tie at 90, so both are 2nd and A; the fourth is 4th.

    That the third place would be B is said (`lifted`); a tie within one grade lifts nobody.
    """
    some = of_scores(100, 90, 90, 80, 70, 70, 60, 50, 40, 30)
    found = standings(RATIO, some)
    of = [found[one.enterprise_id] for one in some]
    assert [one.rank for one in of] == [1, 2, 2, 4, 5, 5, 7, 8, 9, 10]
    assert "".join(one.grade or "-" for one in of) == "AAABBBBCCC"
    assert [one.lifted for one in of[:6]] == [False, True, True, False, False, False]
    assert [one.tied for one in of[:6]] == [0, 1, 1, 0, 1, 1]


def test_scores_that_are_equal_only_when_rounded_tie() -> None:
    """30.001 and 30.004 over 15 mu are 2.00006… and 2.00026… per mu; with two places of score
    both have 10.00 and tie, exactly they do not.
    """
    some = of_scores("30.001", "30.004")
    assert [standings(RATIO, some)[key].rank for key in ("000", "001")] == [2, 1]
    coarse = replace(RATIO, places=replace(RATIO.places, score=2))
    assert [standings(coarse, some)[key].rank for key in ("000", "001")] == [1, 1]


def test_above_and_below_are_ranked_apart() -> None:
    some = [*of_scores(3, 2), subject("z", scale=Scale.BELOW, tax_wan="9", revenue_wan="9")]
    found = standings(RATIO, some)
    assert (found["z"].rank, found["z"].of) == (1, 1)
    assert (found["000"].rank, found["000"].of) == (1, 2)


def test_vetoes_lower_the_grade_and_move_nobody() -> None:
    """Of five: A 1, B 2–3, C 4–5 (4.75 → 5). The first is vetoed to D, the second to at most C;
    at most C leaves the fourth what it is. One that is off does nothing.
    """
    some = of_scores(5, 4, 3, 2, 1)
    plain = standings(RATIO, some)
    marked = standings(
        RATIO,
        some,
        veto("000", "safety"),
        veto("001", "credit"),
        veto("002", "off"),
        veto("003", "credit"),
    )
    assert [plain[one.enterprise_id].grade for one in some] == ["A", "B", "B", "C", "C"]
    assert [marked[one.enterprise_id].grade for one in some] == ["D", "C", "B", "C", "C"]
    assert [marked[one.enterprise_id].grade_by_rank for one in some] == ["A", "B", "B", "C", "C"]
    assert marked["002"].vetoes == ()


def test_two_vetoes_leave_the_worse_grade() -> None:
    found = standings(RATIO, of_scores(1), veto("000", "credit"), veto("000", "safety"))
    assert found["000"].grade == "D"


def test_who_refuses_to_report_is_graded_all_the_same() -> None:
    """拒报数据: no score, no rank, and D."""
    found = standings(RATIO, [subject("a", reported=False)], veto("a", "safety"))["a"]
    assert (found.score, found.rank, found.grade) == (None, None, "D")


def test_a_bonus_moves_the_ranks() -> None:
    """20 and 15 points of 60 × tax ÷ 15 ÷ 12: a bonus of 6 puts the second before the first."""
    some = of_scores(60, 45)
    assert standings(RATIO, some)["000"].rank == 1
    assert standings(RATIO, some, bonus("001", "6"))["001"].rank == 1


def test_a_group_of_nobody_and_of_one() -> None:
    assert work_out(RATIO, [], []).standings == []
    assert grades(RATIO, of_scores(1)) == "B"
    assert grades(replace(RATIO, share_rounding=ShareRounding.UP), of_scores(1)) == "A"


def test_notice_of_five_weekdays() -> None:
    """Monday 2 March 2026 … Friday 6 March; from Thursday 5 March over the weekend to the 11th."""
    assert proposed_end(date(2026, 3, 2), 5) == date(2026, 3, 6)
    assert proposed_end(date(2026, 3, 5), 5) == date(2026, 3, 11)
    assert weekdays(date(2026, 3, 7), date(2026, 3, 8)) == 0


# What holds for every county


def _named(some: list[dict[str, Any]]) -> list[GradingSubject]:
    return [subject(f"{at:03}", **one) for at, one in enumerate(some)]


FIGURE = st.one_of(st.none(), st.decimals(min_value=-50, max_value=5000, places=2, allow_nan=False))
SUBJECTS = st.lists(
    st.fixed_dictionaries(
        {
            "scale": st.sampled_from([Scale.ABOVE, Scale.BELOW]),
            "tax_wan": FIGURE,
            "revenue_wan": FIGURE,
            "land_m2": st.sampled_from([Decimal(4000), Decimal(10000), Decimal("33333.35")]),
            "together": st.sampled_from(["", "", "", "p", "q"]),
        }
    ),
    max_size=25,
).map(_named)
SCHEMES = st.sampled_from([RATIO, RANGE])


def told(outcome: Outcome) -> dict[str, object]:
    """All that can be read off an outcome, by enterprise."""
    return {
        one.enterprise_id: standing[1:]
        for standing in outcome.standings
        for one in standing.unit.members
    }


@given(SCHEMES, SUBJECTS, st.randoms(use_true_random=False))
def test_the_order_of_the_enterprises_says_nothing(
    scheme: Scheme, subjects: list[GradingSubject], dice: Random
) -> None:
    shuffled = list(subjects)
    dice.shuffle(shuffled)
    assert told(work_out(scheme, subjects, [])) == told(work_out(scheme, shuffled, []))


@given(SCHEMES, SUBJECTS)
def test_the_same_again_is_the_same(scheme: Scheme, subjects: list[GradingSubject]) -> None:
    assert told(work_out(scheme, subjects, [])) == told(work_out(scheme, subjects, []))


@given(
    st.lists(st.integers(0, 400), min_size=2, max_size=20),
    st.data(),
    st.integers(1, 500),
    SCHEMES,
)
def test_more_of_an_indicator_never_makes_a_rank_worse(
    taxes: list[int], data: st.DataObject, more: int, scheme: Scheme
) -> None:
    chosen = data.draw(st.integers(0, len(taxes) - 1))
    better = [tax + more if at == chosen else tax for at, tax in enumerate(taxes)]
    key = f"{chosen:03}"
    before = standings(scheme, of_scores(*taxes))[key].rank
    after = standings(scheme, of_scores(*better))[key].rank
    assert before is not None
    assert after is not None
    assert after <= before


@given(
    st.lists(st.integers(0, 30), max_size=60),
    st.sampled_from([(20, 45, 30, 5), (25, 25, 25, 25), (0, 50, 50, 0), (33, 33, 34)]),
    st.sampled_from(list(ShareRounding)),
)
def test_shares_are_kept_up_to_ties(
    taxes: list[int], percents: tuple[int, ...], rounding: ShareRounding
) -> None:
    """Whoever has a grade has a rank within its bound, and no grade is worse than its rank's."""
    scheme = replace(RATIO, shares=shares(*percents), share_rounding=rounding)
    ends = dict(zip(scheme.grades, bounds(scheme, len(taxes)), strict=True))
    found = standings(scheme, of_scores(*taxes)).values()
    for one in found:
        assert one.grade is not None
        assert one.rank is not None
        assert one.rank <= ends[one.grade]
        better = [end for grade, end in ends.items() if grade < one.grade]
        assert all(one.rank > end for end in better)
    for grade, end in ends.items():
        at_least = sum(one.grade is not None and one.grade <= grade for one in found)
        assert at_least >= end
        beyond = at_least - end
        assert beyond <= max((one.tied for one in found), default=0)
