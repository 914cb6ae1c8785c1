"""The three conditions of closing, and when a closed finding is looked at again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.closing import (
    NEVER_EXPLAINED,
    ClosingFacts,
    ConditionKey,
    EndKind,
    LookBack,
    LookBackState,
    LooseEnd,
    closing_conditions,
    missing_of,
)
from landsteward.domain.closing_terms import ClosingTerms, LookBackTerm, months_after
from landsteward.domain.states import Severity
from landsteward.domain.text import Message, msg

ENDS = st.lists(
    st.builds(
        lambda kind, key, text: LooseEnd(
            kind=kind, subject_id=key, what=msg("x"), explanation=text
        ),
        st.sampled_from(EndKind),
        st.sampled_from(["a", "b"]),
        st.sampled_from(["", "  ", "因故"]),
    ),
    max_size=4,
)


@given(
    passed=st.sampled_from([None, True, False]),
    proofs=st.integers(0, 2),
    ends=ENDS,
    readings=st.sampled_from([(), (msg("r"),)]),
    benefit=st.integers(0, 1),
    reason=st.sampled_from(["", "手续"]),
)
def test_each_condition_is_met_by_its_own_facts_alone(
    passed: bool | None,
    proofs: int,
    ends: list[LooseEnd],
    readings: tuple[Message, ...],
    benefit: int,
    reason: str,
) -> None:
    facts = ClosingFacts(
        recheck_passed=passed,
        proofs=proofs,
        ends=ends,
        readings=readings,
        benefit_proofs=benefit,
        no_benefit=reason,
    )
    conditions = closing_conditions(facts)
    met = {one.key: one.met for one in conditions}
    assert met[ConditionKey.RECHECK] is (passed is True and proofs > 0)
    left = [one for one in ends if one.kind in NEVER_EXPLAINED or not one.explanation.strip()]
    assert met[ConditionKey.EXPLAINED] is (not left)
    assert met[ConditionKey.BENEFIT] is bool(readings or benefit or reason)
    named = {lack.about for lack in missing_of(conditions) if lack.about}
    assert named == {one.about for one in left}


def test_months_end_where_the_month_does() -> None:
    """31 January and a month: 28 February, in a leap year the 29th; a year on: the same day."""
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert months_after(date(2026, 11, 24), 12) == date(2027, 11, 24)


def test_the_first_term_that_fits_sets_the_days() -> None:
    terms = ClosingTerms(
        look_backs=(
            LookBackTerm(months=(6, 12), categories=("output",)),
            LookBackTerm(months=(3,), severities=(Severity.MAJOR,)),
        )
    )
    closed = date(2026, 1, 15)

    def days(severity: Severity, category: str | None) -> tuple[date, ...]:
        return terms.look_back_days(severity=severity, category=category, closed_on=closed)

    assert days(Severity.MAJOR, "output") == (date(2026, 7, 15), date(2027, 1, 15))
    assert days(Severity.MAJOR, "safety") == (date(2026, 4, 15),)
    assert days(Severity.HINT, None) == ()


@pytest.mark.parametrize(
    ("today", "planned", "state"),
    [
        (date(2026, 5, 1), None, LookBackState.AHEAD),
        (date(2026, 6, 1), None, LookBackState.DUE),
        (date(2026, 6, 1), date(2026, 6, 20), LookBackState.PLANNED),
        (date(2026, 7, 2), date(2026, 7, 5), LookBackState.OVERDUE),
    ],
)
def test_where_a_look_back_stands(today: date, planned: date | None, state: LookBackState) -> None:
    """Due on 1 July, near from 30 days before."""
    one = LookBack(
        id="l",
        case_id="c",
        finding_id="f",
        closure_id="k",
        due_on=date(2026, 7, 1),
        planned_on=planned,
    )
    assert one.state_on(today, near_days=30) is state
