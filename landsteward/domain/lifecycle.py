"""The two state machines: which move of a finding or a case is allowed, and why not.

Source: `domain.md` §8. The tables below are the whole truth; everything that moves a finding or
a case asks `check_finding_move` or `check_case_move` first and shows the answer to the person.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from landsteward.domain.states import CaseMove, CaseStage, FindingMove, OrganisationKind, Role
from landsteward.domain.states import FindingState as S
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFacts:
    """What the guards look at, gathered by the use case at the moment of the move.

    `assigning_organisation_id` is who assigned the finding; `closure_requested_by` the person who
    asked for the closure; `recheck_passed` the result of the latest recheck, None without one;
    `closure_refused` says that the closure asked for after that recheck was refused.
    `objection_taken_by` is who recorded the objection that waits for an answer;
    `extension_asked_by` is who asked for the extension that waits.
    `problem_evidence_count` counts proof of the problem, `evidence_count` of its cure.
    `closing_lacks` is what the conditions of closing still miss (`landsteward.domain.closing`).
    """

    actor_id: str
    actor_role: Role
    actor_organisation_id: str
    actor_organisation_kind: OrganisationKind
    reason: str = ""
    has_deadline: bool = False
    evidence_count: int = 0
    problem_evidence_count: int = 0
    plan_count: int = 0
    assigning_organisation_id: str | None = None
    closure_requested_by: str | None = None
    recheck_passed: bool | None = None
    closure_refused: bool = False
    objection_taken_by: str | None = None
    objection_second_person: bool = True
    slip_sent: bool = False
    closing_lacks: tuple[Message, ...] = ()
    extension_asked_by: str | None = None


Guard = Callable[[MoveFacts], Message | None]


def _needs_reason(facts: MoveFacts) -> Message | None:
    return None if facts.reason.strip() else msg("A reason must be given.")


def _needs_deadline(facts: MoveFacts) -> Message | None:
    return None if facts.has_deadline else msg("A deadline must be set first.")


def _needs_evidence(facts: MoveFacts) -> Message | None:
    if facts.evidence_count > 0:
        return None
    return msg("Evidence is missing: attach at least one photo or file that shows the result.")


def _needs_proof_of_the_problem(facts: MoveFacts) -> Message | None:
    if facts.problem_evidence_count > 0:
        return None
    return msg("Evidence is missing: attach at least one photo or file that shows the problem.")


def _needs_objection(facts: MoveFacts) -> Message | None:
    if facts.objection_taken_by is not None:
        return None
    return msg("The objection is recorded with who objects, when and to what.")


def _another_answers(facts: MoveFacts) -> Message | None:
    if facts.objection_second_person and facts.objection_taken_by == facts.actor_id:
        return msg("A second person answers: whoever recorded the objection cannot.")
    return None


def _needs_extension(facts: MoveFacts) -> Message | None:
    if facts.extension_asked_by is not None:
        return None
    return msg("More time is asked for first, with its reason and the new day.")


def _another_extends(facts: MoveFacts) -> Message | None:
    if facts.extension_asked_by == facts.actor_id:
        return msg("A second person decides: whoever asked for the extension cannot.")
    return None


def _needs_slip(facts: MoveFacts) -> Message | None:
    return None if facts.slip_sent else msg("A finding is transferred by a numbered slip.")


def _needs_plan(facts: MoveFacts) -> Message | None:
    return None if facts.plan_count > 0 else msg("No remedy plan answers this finding yet.")


def third_party_refusal(role: Role, organisation_kind: OrganisationKind) -> Message | None:
    """Third parties propose and track, nothing else (`domain.md` §0.2)."""
    if organisation_kind is OrganisationKind.SERVICE_FIRM or role is Role.CONSULTANT:
        return msg("A third party proposes and tracks; this step belongs to the department.")
    return None


def _not_third_party(facts: MoveFacts) -> Message | None:
    return third_party_refusal(facts.actor_role, facts.actor_organisation_kind)


def _assigning_department(facts: MoveFacts) -> Message | None:
    if facts.assigning_organisation_id is None:
        return msg("The finding was never assigned, so there is no department that could close it.")
    if facts.actor_organisation_id != facts.assigning_organisation_id:
        return msg("Only the department that assigned the finding can close it.")
    return None


def _a_department(facts: MoveFacts) -> Message | None:
    """Departments find and dispose (plan item 17), whatever role somebody elsewhere was given."""
    if facts.actor_organisation_kind is OrganisationKind.DEPARTMENT:
        return None
    return msg("Only a department assigns findings.")


def _no_other_departments(facts: MoveFacts) -> Message | None:
    """Once assigned, a finding is not taken out of the assigning department's hands.

    Otherwise another one could suspend it, assign it anew as its own and close it.
    """
    if facts.assigning_organisation_id in (None, facts.actor_organisation_id):
        return None
    return msg("Another department assigned this finding; the step belongs to that department.")


def _second_person(facts: MoveFacts) -> Message | None:
    if facts.closure_requested_by is None:
        return msg("Closure has to be requested first, by somebody else than the one who approves.")
    if facts.closure_requested_by == facts.actor_id:
        return msg("A second person must approve: whoever requested the closure cannot.")
    return None


def _recheck_passed(facts: MoveFacts) -> Message | None:
    if facts.recheck_passed is None:
        return msg("The recheck has no result yet.")
    return None if facts.recheck_passed else msg("The recheck did not pass; return the finding.")


def _conditions_held(facts: MoveFacts) -> Message | None:
    if not facts.closing_lacks:
        return None
    return msg("Not everything that closing rests on is there: {lack}", lack=facts.closing_lacks[0])


def _recheck_failed(facts: MoveFacts) -> Message | None:
    if facts.recheck_passed is None:
        return msg("The recheck has no result yet.")
    if facts.recheck_passed and not facts.closure_refused:
        return msg("The recheck passed; there is nothing to return.")
    return None


@dataclass(frozen=True, slots=True)
class FindingRule:
    """One row of the table: from where, to where, and what is asked."""

    sources: frozenset[S]
    target: S
    guards: tuple[Guard, ...] = field(default=())


_OPEN = frozenset(
    {
        S.CONFIRMED,
        S.ASSIGNED,
        S.PLANNING,
        S.PLAN_REVIEW,
        S.RECTIFYING,
        S.SUBMITTED,
        S.RECHECK,
        S.RETURNED,
        S.REBOUND,
    }
)


def _rule(sources: S | frozenset[S], target: S, *guards: Guard) -> FindingRule:
    return FindingRule(frozenset({sources}) if isinstance(sources, S) else sources, target, guards)


FINDING_RULES: dict[FindingMove, FindingRule] = {
    FindingMove.CONFIRM: _rule(S.DRAFT, S.CONFIRMED, _not_third_party),
    FindingMove.DISMISS: _rule(S.DRAFT, S.TERMINATED, _not_third_party, _needs_reason),
    FindingMove.OBJECT: _rule(S.CONFIRMED, S.OBJECTED, _needs_reason, _needs_objection),
    FindingMove.REJECT_OBJECTION: _rule(
        S.OBJECTED, S.CONFIRMED, _not_third_party, _another_answers, _needs_reason
    ),
    FindingMove.UPHOLD_OBJECTION: _rule(
        S.OBJECTED, S.TERMINATED, _not_third_party, _another_answers, _needs_reason
    ),
    FindingMove.ASSIGN: _rule(
        S.CONFIRMED,
        S.ASSIGNED,
        _not_third_party,
        _a_department,
        _no_other_departments,
        _needs_deadline,
    ),
    FindingMove.FIX_IMMEDIATELY: _rule(
        S.ASSIGNED,
        S.SUBMITTED,
        _not_third_party,
        _needs_proof_of_the_problem,
        _needs_evidence,
        _needs_reason,
    ),
    FindingMove.START_PLANNING: _rule(S.ASSIGNED, S.PLANNING),
    FindingMove.SUBMIT_PLAN: _rule(S.PLANNING, S.PLAN_REVIEW, _needs_plan),
    FindingMove.RETURN_PLAN: _rule(S.PLAN_REVIEW, S.PLANNING, _not_third_party, _needs_reason),
    FindingMove.ACCEPT_PLAN: _rule(S.PLAN_REVIEW, S.RECTIFYING, _not_third_party, _needs_plan),
    FindingMove.RECTIFY_WITHOUT_PLAN: _rule(
        S.ASSIGNED, S.RECTIFYING, _not_third_party, _needs_reason
    ),
    FindingMove.EXTEND: _rule(
        frozenset({S.RECTIFYING, S.RETURNED}),
        S.RECTIFYING,
        _not_third_party,
        _no_other_departments,
        _needs_extension,
        _another_extends,
        _needs_reason,
        _needs_deadline,
    ),
    FindingMove.SUBMIT: _rule(S.RECTIFYING, S.SUBMITTED, _needs_evidence),
    FindingMove.START_RECHECK: _rule(S.SUBMITTED, S.RECHECK, _not_third_party),
    FindingMove.RETURN: _rule(
        S.RECHECK, S.RETURNED, _not_third_party, _recheck_failed, _needs_reason
    ),
    FindingMove.RESUME: _rule(S.RETURNED, S.RECTIFYING),
    FindingMove.CLOSE: _rule(
        S.RECHECK,
        S.CLOSED,
        _not_third_party,
        _recheck_passed,
        _needs_evidence,
        _assigning_department,
        _second_person,
        _conditions_held,
    ),
    FindingMove.LOOK_BACK: _rule(S.CLOSED, S.LOOK_BACK, _not_third_party),
    FindingMove.STAY_CLOSED: _rule(S.LOOK_BACK, S.CLOSED, _not_third_party),
    FindingMove.REBOUND: _rule(S.LOOK_BACK, S.REBOUND, _not_third_party, _needs_reason),
    FindingMove.REOPEN: _rule(
        S.REBOUND,
        S.ASSIGNED,
        _not_third_party,
        _a_department,
        _no_other_departments,
        _needs_deadline,
    ),
    FindingMove.TRANSFER: _rule(
        _OPEN, S.TRANSFERRED, _not_third_party, _no_other_departments, _needs_reason, _needs_slip
    ),
    FindingMove.TAKE_BACK: _rule(
        S.TRANSFERRED, S.CONFIRMED, _not_third_party, _no_other_departments, _needs_reason
    ),
    FindingMove.SUSPEND: _rule(
        _OPEN, S.SUSPENDED, _not_third_party, _no_other_departments, _needs_reason
    ),
    FindingMove.CONTINUE: _rule(
        S.SUSPENDED, S.CONFIRMED, _not_third_party, _no_other_departments, _needs_reason
    ),
    FindingMove.TERMINATE: _rule(
        _OPEN | {S.SUSPENDED},
        S.TERMINATED,
        _not_third_party,
        _no_other_departments,
        _needs_reason,
    ),
}

SETTLED_FINDING_STATES = frozenset({S.CLOSED, S.TRANSFERRED, S.TERMINATED})
"""Findings in these states do not hold a case open."""

DIFFICULT_FINDING_STATES = frozenset({S.RETURNED, S.REBOUND})
"""Findings in these states came back: their case is in difficulty (有困难) before any deadline."""

ENDED_CASE_STAGES = frozenset({CaseStage.CLOSED, CaseStage.ARCHIVED})
"""Cases at these stages are done; their enterprise may have a new one."""


def check_finding_move(state: S, move: FindingMove, facts: MoveFacts) -> Message | None:
    """Why the move is refused, or None when it is allowed."""
    rule = FINDING_RULES[move]
    if state not in rule.sources:
        return msg("This step does not fit where the finding stands now.")
    return next((refusal for guard in rule.guards if (refusal := guard(facts))), None)


def closing_person_refusal(facts: MoveFacts) -> Message | None:
    """Why this person may not decide on a closure: third party, other department, same person."""
    guards = (_not_third_party, _assigning_department, _second_person)
    return next((refusal for guard in guards if (refusal := guard(facts))), None)


def open_finding_moves(state: S) -> tuple[FindingMove, ...]:
    """The moves that the finding's state admits, guards not yet asked."""
    return tuple(move for move, rule in FINDING_RULES.items() if state in rule.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What the guards of a case look at; `unexplained` once no finding is open any more."""

    has_checkup: bool = False
    unanswered_items: int = 0
    unresolved_problems: int = 0
    open_findings: int = 0
    assigned_findings: int = 0
    waiting_replies: int = 0
    unexplained: tuple[Message, ...] = ()


def _has_checkup(facts: CaseFacts) -> Message | None:
    return None if facts.has_checkup else msg("No checkup has been scheduled.")


def _all_answered(facts: CaseFacts) -> Message | None:
    if facts.unanswered_items == 0:
        return None
    return msg("{count} items have no answer yet.", count=facts.unanswered_items)


def _problems_became_findings(facts: CaseFacts) -> Message | None:
    if facts.unresolved_problems == 0:
        return None
    return msg(
        "{count} items with a problem have not become findings yet.",
        count=facts.unresolved_problems,
    )


def _nothing_open(facts: CaseFacts) -> Message | None:
    if facts.open_findings == 0:
        return None
    return msg("{count} findings are not closed yet.", count=facts.open_findings)


def _nothing_unexplained(facts: CaseFacts) -> Message | None:
    if not facts.unexplained:
        return None
    return msg("Left unexplained: {what}", what=facts.unexplained[0])


def _no_reply_waited_for(facts: CaseFacts) -> Message | None:
    """An archived dossier says for ever how things stood: what came in later had no place in it."""
    if facts.waiting_replies == 0:
        return None
    return msg("{count} slips still wait for their reply.", count=facts.waiting_replies)


def _something_assigned(facts: CaseFacts) -> Message | None:
    return None if facts.assigned_findings else msg("No finding has been assigned yet.")


@dataclass(frozen=True, slots=True)
class CaseRule:
    """One row of the table of a case."""

    sources: frozenset[CaseStage]
    target: CaseStage
    guards: tuple[Callable[[CaseFacts], Message | None], ...] = field(default=())


CASE_RULES: dict[CaseMove, CaseRule] = {
    CaseMove.SCHEDULE: CaseRule(
        frozenset({CaseStage.REGISTERED, CaseStage.SCHEDULED}), CaseStage.SCHEDULED, (_has_checkup,)
    ),
    CaseMove.START_CHECKUP: CaseRule(
        frozenset({CaseStage.SCHEDULED}), CaseStage.IN_CHECKUP, (_has_checkup,)
    ),
    CaseMove.REPORT: CaseRule(
        frozenset({CaseStage.IN_CHECKUP}),
        CaseStage.REPORTED,
        (_has_checkup, _all_answered, _problems_became_findings),
    ),
    CaseMove.START_REMEDY: CaseRule(
        frozenset({CaseStage.REPORTED}), CaseStage.IN_REMEDY, (_something_assigned,)
    ),
    CaseMove.CLOSE: CaseRule(
        frozenset({CaseStage.REPORTED, CaseStage.IN_REMEDY}),
        CaseStage.CLOSED,
        (_nothing_open, _nothing_unexplained),
    ),
    CaseMove.REOPEN: CaseRule(
        frozenset({CaseStage.CLOSED, CaseStage.ARCHIVED}),
        CaseStage.IN_REMEDY,
        (_something_assigned,),
    ),
    CaseMove.ARCHIVE: CaseRule(
        frozenset({CaseStage.CLOSED}), CaseStage.ARCHIVED, (_nothing_open, _no_reply_waited_for)
    ),
}


def check_case_move(stage: CaseStage, move: CaseMove, facts: CaseFacts) -> Message | None:
    """Why the move is refused, or None when it is allowed."""
    rule = CASE_RULES[move]
    if stage not in rule.sources:
        return msg("This step does not fit where the case stands now.")
    return next((refusal for guard in rule.guards if (refusal := guard(facts))), None)
