"""The state machines against `domain.md` §8, walked at random."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.lifecycle import (
    CASE_RULES,
    FINDING_RULES,
    SETTLED_FINDING_STATES,
    CaseFacts,
    MoveFacts,
    check_case_move,
    check_finding_move,
    closing_person_refusal,
    open_finding_moves,
)
from landsteward.domain.states import CaseMove, CaseStage, FindingMove, OrganisationKind, Role
from landsteward.domain.states import FindingState as S
from landsteward.domain.text import Message

# Written from domain.md, not from the table: where a finding may go from each state.
ASIDE = {S.TRANSFERRED, S.SUSPENDED, S.TERMINATED}
MAY_FOLLOW = {
    S.DRAFT: {S.CONFIRMED, S.TERMINATED},
    S.CONFIRMED: {S.OBJECTED, S.ASSIGNED} | ASIDE,
    S.OBJECTED: {S.CONFIRMED, S.TERMINATED},
    S.ASSIGNED: {S.PLANNING, S.RECTIFYING, S.SUBMITTED} | ASIDE,
    S.PLANNING: {S.PLAN_REVIEW} | ASIDE,
    S.PLAN_REVIEW: {S.PLANNING, S.RECTIFYING} | ASIDE,
    S.RECTIFYING: {S.RECTIFYING, S.SUBMITTED} | ASIDE,
    S.SUBMITTED: {S.RECHECK} | ASIDE,
    S.RECHECK: {S.CLOSED, S.RETURNED} | ASIDE,
    S.RETURNED: {S.RECTIFYING} | ASIDE,
    S.CLOSED: {S.LOOK_BACK},
    S.LOOK_BACK: {S.CLOSED, S.REBOUND},
    S.REBOUND: {S.ASSIGNED} | ASIDE,
    S.SUSPENDED: {S.CONFIRMED, S.TERMINATED},
    S.TRANSFERRED: {S.CONFIRMED},  # the other authority sent it back, or the slip was voided
    S.TERMINATED: set[S](),
}
CASE_MAY_FOLLOW = {
    CaseStage.REGISTERED: {CaseStage.SCHEDULED},
    CaseStage.SCHEDULED: {CaseStage.SCHEDULED, CaseStage.IN_CHECKUP},
    CaseStage.IN_CHECKUP: {CaseStage.REPORTED},
    CaseStage.REPORTED: {CaseStage.IN_REMEDY, CaseStage.CLOSED},
    CaseStage.IN_REMEDY: {CaseStage.CLOSED},
    CaseStage.CLOSED: {CaseStage.ARCHIVED, CaseStage.IN_REMEDY},
    CaseStage.ARCHIVED: {CaseStage.IN_REMEDY},
}

T = TypeVar("T")

WILLING = MoveFacts(
    actor_id="lead",
    actor_role=Role.DEPARTMENT_LEAD,
    actor_organisation_id="bureau",
    actor_organisation_kind=OrganisationKind.DEPARTMENT,
    reason="said why",
    has_deadline=True,
    evidence_count=1,
    problem_evidence_count=1,
    plan_count=1,
    assigning_organisation_id="bureau",
    closure_requested_by="inspector",
    recheck_passed=True,
    objection_taken_by="inspector",
    slip_sent=True,
    extension_asked_by="inspector",
)
"""Facts under which a closure goes through."""

FIELDS: dict[str, st.SearchStrategy[object]] = {
    "actor_id": st.sampled_from(["lead", "inspector", "other"]),
    "actor_role": st.sampled_from(Role),
    "actor_organisation_id": st.sampled_from(["bureau", "zone", "firm"]),
    "actor_organisation_kind": st.sampled_from(OrganisationKind),
    "reason": st.sampled_from(["", "  ", "said why"]),
    "has_deadline": st.booleans(),
    "evidence_count": st.integers(0, 2),
    "plan_count": st.integers(0, 2),
    "assigning_organisation_id": st.sampled_from([None, "bureau", "zone"]),
    "closure_requested_by": st.sampled_from([None, "lead", "inspector"]),
    "recheck_passed": st.sampled_from([None, True, False]),
    "closure_refused": st.booleans(),
    "problem_evidence_count": st.integers(0, 2),
    "objection_taken_by": st.sampled_from([None, "lead", "inspector"]),
    "objection_second_person": st.booleans(),
    "slip_sent": st.booleans(),
    "extension_asked_by": st.sampled_from([None, "lead", "inspector"]),
}


def facts_but(changed: dict[str, object]) -> MoveFacts:
    """Facts under which a closure goes through, but for these."""
    return replace(WILLING, **changed)  # type: ignore[arg-type]


# Most fields stay willing, so that walks get far; any of them may be contrary.
FACTS = (
    st.sets(st.sampled_from(sorted(FIELDS)), max_size=3)
    .flatmap(lambda chosen: st.fixed_dictionaries({name: FIELDS[name] for name in chosen}))
    .map(facts_but)
)


@given(st.lists(st.tuples(st.sampled_from(FindingMove), FACTS), max_size=60))
def test_a_finding_walked_at_random_only_goes_where_the_field_allows(
    walk: list[tuple[FindingMove, MoveFacts]],
) -> None:
    state = S.DRAFT
    for move, facts in walk:
        refusal = check_finding_move(state, move, facts)
        if refusal is not None:
            assert isinstance(refusal, Message)
            assert str(refusal).strip()
            continue
        target = FINDING_RULES[move].target
        assert target in MAY_FOLLOW[state], f"{move}: {state} → {target}"
        if target is S.CLOSED and state is S.RECHECK:
            _closed_properly(facts)
        if target in ASIDE | {S.RETURNED, S.REBOUND} and state is not S.SUSPENDED:
            assert facts.reason.strip()
        if target is S.OBJECTED:
            assert facts.objection_taken_by is not None
        if state is S.OBJECTED and facts.objection_second_person:
            assert facts.objection_taken_by != facts.actor_id
        if target is S.TRANSFERRED:
            assert facts.slip_sent
        if move is FindingMove.EXTEND:
            assert facts.extension_asked_by not in (None, facts.actor_id)
        if move is FindingMove.FIX_IMMEDIATELY:
            assert facts.problem_evidence_count > 0
            assert facts.evidence_count > 0
        if facts.actor_organisation_kind is OrganisationKind.SERVICE_FIRM:
            assert target not in ASIDE | {S.CLOSED, S.ASSIGNED, S.CONFIRMED, S.RECHECK}
        state = target


def _closed_properly(facts: MoveFacts) -> None:
    assert facts.evidence_count > 0
    assert facts.recheck_passed is True
    assert facts.assigning_organisation_id == facts.actor_organisation_id
    assert facts.closure_requested_by is not None
    assert facts.closure_requested_by != facts.actor_id
    assert facts.actor_organisation_kind is not OrganisationKind.SERVICE_FIRM
    assert facts.actor_role is not Role.CONSULTANT


@given(state=st.sampled_from(S), facts=FACTS)
def test_a_third_party_never_closes(state: S, facts: MoveFacts) -> None:
    firm = replace(facts, actor_organisation_kind=OrganisationKind.SERVICE_FIRM)
    consultant = replace(facts, actor_role=Role.CONSULTANT)
    for third_party in (firm, consultant):
        assert check_finding_move(state, FindingMove.CLOSE, third_party) is not None
        assert check_finding_move(state, FindingMove.STAY_CLOSED, third_party) is not None
        assert closing_person_refusal(third_party) is not None


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        ({"evidence_count": 0}, "Evidence"),
        ({"recheck_passed": None}, "no result"),
        ({"recheck_passed": False}, "did not pass"),
        ({"assigning_organisation_id": None}, "never assigned"),
        ({"assigning_organisation_id": "zone"}, "Only the department that assigned"),
        ({"closure_requested_by": None}, "requested first"),
        ({"closure_requested_by": "lead"}, "second person"),
        ({"actor_role": Role.CONSULTANT}, "third party"),
        ({"actor_organisation_kind": OrganisationKind.SERVICE_FIRM}, "third party"),
    ],
)
def test_closing_is_refused_for_each_thing_that_is_missing(
    changed: dict[str, object], word: str
) -> None:
    assert check_finding_move(S.RECHECK, FindingMove.CLOSE, WILLING) is None
    refusal = check_finding_move(S.RECHECK, FindingMove.CLOSE, facts_but(changed))
    assert word in str(refusal)


@pytest.mark.parametrize(
    ("state", "move"),
    [
        (S.CONFIRMED, FindingMove.ASSIGN),
        (S.RECTIFYING, FindingMove.EXTEND),
        (S.RECTIFYING, FindingMove.TRANSFER),
        (S.RECTIFYING, FindingMove.SUSPEND),
        (S.SUSPENDED, FindingMove.CONTINUE),
        (S.RECHECK, FindingMove.TERMINATE),
        (S.REBOUND, FindingMove.REOPEN),
    ],
)
def test_no_other_department_takes_an_assigned_finding_over(state: S, move: FindingMove) -> None:
    other = replace(WILLING, actor_organisation_id="another bureau")
    assert check_finding_move(state, move, WILLING) is None
    assert "Another department" in str(check_finding_move(state, move, other))


@pytest.mark.parametrize(
    "kind", [kind for kind in OrganisationKind if kind is not OrganisationKind.DEPARTMENT]
)
def test_only_departments_assign(kind: OrganisationKind) -> None:
    for state, move in ((S.CONFIRMED, FindingMove.ASSIGN), (S.REBOUND, FindingMove.REOPEN)):
        elsewhere = replace(
            WILLING,
            actor_role=Role.ADMINISTRATOR,
            actor_organisation_kind=kind,
            assigning_organisation_id=None,
        )
        assert check_finding_move(state, move, elsewhere) is not None


@pytest.mark.parametrize(
    ("passed", "refused", "allowed"),
    [(None, False, False), (True, False, False), (False, False, True), (True, True, True)],
)
def test_a_finding_is_returned_only_after_a_failed_recheck_or_a_refused_closure(
    passed: bool | None, refused: bool, allowed: bool
) -> None:
    facts = replace(WILLING, recheck_passed=passed, closure_refused=refused)
    assert (check_finding_move(S.RECHECK, FindingMove.RETURN, facts) is None) is allowed


@pytest.mark.parametrize("state", S)
def test_every_state_admits_just_the_moves_of_the_table(state: S) -> None:
    targets = {FINDING_RULES[move].target for move in open_finding_moves(state)}
    assert targets == MAY_FOLLOW[state]


def test_every_state_of_a_finding_is_reachable_and_only_settled_ones_can_be_the_end() -> None:
    assert _reachable(S.DRAFT, MAY_FOLLOW) == set(S)
    ends = {state for state in S if not open_finding_moves(state)}
    assert ends == {S.TERMINATED}
    assert ends < SETTLED_FINDING_STATES
    for state in S:
        assert _reachable(state, MAY_FOLLOW) & SETTLED_FINDING_STATES, f"stuck in {state}"


COUNTS = st.integers(0, 2)
CASE_FACTS = st.builds(
    CaseFacts,
    has_checkup=st.booleans(),
    unanswered_items=COUNTS,
    unresolved_problems=COUNTS,
    open_findings=COUNTS,
    assigned_findings=COUNTS,
    waiting_replies=COUNTS,
)


@given(st.lists(st.tuples(st.sampled_from(CaseMove), CASE_FACTS), max_size=60))
def test_a_case_walked_at_random_only_goes_where_the_field_allows(
    walk: list[tuple[CaseMove, CaseFacts]],
) -> None:
    stage = CaseStage.REGISTERED
    for move, facts in walk:
        refusal = check_case_move(stage, move, facts)
        if refusal is not None:
            assert str(refusal).strip()
            continue
        target = CASE_RULES[move].target
        assert target in CASE_MAY_FOLLOW[stage], f"{move}: {stage} → {target}"
        if target in (CaseStage.CLOSED, CaseStage.ARCHIVED):
            assert facts.open_findings == 0
        if target is CaseStage.ARCHIVED:
            assert facts.waiting_replies == 0
        if target is CaseStage.REPORTED:
            assert facts.has_checkup
            assert facts.unanswered_items == facts.unresolved_problems == 0
        if target is CaseStage.IN_REMEDY:
            assert facts.assigned_findings > 0
        stage = target


def test_every_stage_of_a_case_is_reachable_and_none_is_a_dead_end() -> None:
    assert _reachable(CaseStage.REGISTERED, CASE_MAY_FOLLOW) == set(CaseStage)
    edges = defaultdict(set)
    for rule in CASE_RULES.values():
        for stage in rule.sources:
            edges[stage].add(rule.target)
    assert dict(edges) == CASE_MAY_FOLLOW


def _reachable(start: T, edges: dict[T, set[T]]) -> set[T]:
    found, waiting = {start}, [start]
    while waiting:
        fresh: Iterable[T] = edges[waiting.pop()] - found
        found |= set(fresh)
        waiting += fresh
    return found
