"""On which days a contract holds, and holds for an enterprise listed with it."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.engagements import (
    ConflictDeclaration,
    Engagement,
    EngagementEnterprise,
    Term,
    joined,
    term_of,
)
from tests.helpers.office import CHINA, SteppingClock

BASE = date(2026, 1, 1)
SPAN = range(-3, 33)
_day = st.integers(min_value=0, max_value=30).map(lambda days: BASE + timedelta(days=days))
_terms = st.lists(
    st.tuples(_day, _day).map(lambda pair: Term(first=min(pair), last=max(pair))), max_size=6
)


def contract(first: date, last: date | None = None, ended: date | None = None) -> Engagement:
    return Engagement(
        id="e", firm_id="f", carrier_id="c", from_on=first, to_on=last, ended_on=ended
    )


def listed(first: date, last: date | None = None) -> EngagementEnterprise:
    return EngagementEnterprise(
        id="l", engagement_id="e", enterprise_id="n", from_on=first, to_on=last
    )


@given(
    _day,
    st.none() | _day,
    st.none() | _day,
    st.none() | st.tuples(_day, st.none() | _day),
)
def test_a_contract_holds_from_its_first_to_its_last_day_and_never_outside_the_listing(
    first: date, last: date | None, ended: date | None, own: tuple[date, date | None] | None
) -> None:
    term = term_of(contract(first, last, ended), listed(*own) if own else None)
    for days in SPAN:
        day = BASE + timedelta(days=days)
        holds = (
            first <= day
            and (last is None or day <= last)
            and (ended is None or day <= ended)
            and (own is None or (own[0] <= day and (own[1] is None or day <= own[1])))
        )
        assert (term is not None and term.holds_on(day)) == holds


@given(_terms)
def test_joined_terms_hold_on_the_same_days_and_leave_a_day_between_them(
    terms: list[Term],
) -> None:
    made = joined(terms)
    for days in SPAN:
        day = BASE + timedelta(days=days)
        assert any(one.holds_on(day) for one in made) == any(one.holds_on(day) for one in terms)
    for before, after in pairwise(made):
        assert (after.first - before.last).days > 1


def test_terms_without_a_last_day_swallow_what_follows() -> None:
    for_good = Term(first=BASE)
    assert joined([Term(first=date(2027, 1, 1), last=date(2027, 2, 1)), for_good]) == [for_good]


def test_a_conflict_blocks_until_it_is_approved() -> None:
    def declared(*kinds: str, approved: bool | None = None) -> ConflictDeclaration:
        return ConflictDeclaration(
            id="d",
            engagement_id="e",
            enterprise_id="n",
            declared_by="p",
            declared_at=SteppingClock(BASE).now().astimezone(CHINA),
            kinds=kinds,
            approved=approved,
        )

    assert not declared().blocks
    assert declared("audit").blocks
    assert declared("audit", approved=False).blocks
    assert not declared("audit", approved=True).blocks
