"""What the guards of a finding's moves look at, and why a move is not possible just now."""

from dataclasses import replace

from landsteward.app.cases import latest_look
from landsteward.app.closing_conditions import conditions_of
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of, rectification_evidence
from landsteward.app.slips_about import slips_about
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.closing import missing_of
from landsteward.domain.disposals import Objection
from landsteward.domain.findings import Finding
from landsteward.domain.follow_ups import Extension
from landsteward.domain.identifiers import name_key
from landsteward.domain.lifecycle import ENDED_CASE_STAGES, MoveFacts, check_finding_move
from landsteward.domain.permissions import Action, may
from landsteward.domain.remedies import Closure, Recheck, RecheckResult
from landsteward.domain.states import (
    CaseStage,
    Disposal,
    FindingMove,
    FindingState,
    SlipKind,
    SubjectKind,
)
from landsteward.domain.text import Message, msg

NEEDS: dict[FindingMove, Action] = {
    FindingMove.START_PLANNING: Action.WRITE_PLAN,
    FindingMove.SUBMIT_PLAN: Action.WRITE_PLAN,
    FindingMove.RETURN_PLAN: Action.DECIDE_PLAN,
    FindingMove.ACCEPT_PLAN: Action.DECIDE_PLAN,
    FindingMove.EXTEND: Action.GRANT_EXTENSION,
    FindingMove.SUBMIT: Action.FOLLOW_UP,
    FindingMove.RESUME: Action.FOLLOW_UP,
    FindingMove.START_RECHECK: Action.RECHECK,
    FindingMove.RETURN: Action.RECHECK,
    FindingMove.LOOK_BACK: Action.RECHECK,
    FindingMove.STAY_CLOSED: Action.RECHECK,
    FindingMove.REBOUND: Action.RECHECK,
    FindingMove.CLOSE: Action.CLOSE,
}
"""Moves not named here need `Action.DECIDE_FINDING`."""


def move_facts(
    ctx: Context, *, finding: Finding, reason: str = "", has_deadline: bool | None = None
) -> MoveFacts:
    """What the guards look at, for the acting person and this finding as it stands."""
    space = ctx.workspace
    look = latest_look(ctx, finding_id=finding.id)
    closures = sorted(space.closures.where(finding_id=finding.id), key=order.requested)
    requests = [one for one in closures if one.decided_at is None]
    organisation = ctx.organisation()
    objection = open_objection(ctx, finding_id=finding.id)
    extension = waiting_extension(ctx, finding_id=finding.id)
    case = space.cases.get(finding.case_id)
    terms = ctx.packs.get(case.pack, case.pack_version).findings
    return MoveFacts(
        actor_id=ctx.actor.id,
        actor_role=ctx.actor.role,
        actor_organisation_id=organisation.id,
        actor_organisation_kind=organisation.kind,
        reason=reason,
        has_deadline=finding.deadline_on is not None if has_deadline is None else has_deadline,
        evidence_count=len(rectification_evidence(ctx, finding_id=finding.id)),
        problem_evidence_count=len(
            evidence_of(ctx, subject_kind=SubjectKind.FINDING, subject_id=finding.id)
        ),
        plan_count=space.plan_findings.count(finding_id=finding.id),
        assigning_organisation_id=finding.assigned_by,
        closure_requested_by=as_one(ctx, requests[-1].requested_by) if requests else None,
        recheck_passed=look[0].passed if look and look[1].done_on is not None else None,
        closure_refused=bool(
            closures and look and closures[-1].approved is False and _is_after(closures[-1], *look)
        ),
        objection_taken_by=as_one(ctx, objection.recorded_by) if objection else None,
        objection_second_person=terms.objections.second_person,
        slip_sent=_slip_sent(ctx, finding),
        closing_lacks=_lacks(ctx, finding),
        extension_asked_by=as_one(ctx, extension.asked_by) if extension else None,
    )


def _lacks(ctx: Context, finding: Finding) -> tuple[Message, ...]:
    """What its closing misses; looked up only where it could be closed."""
    if finding.state is not FindingState.RECHECK:
        return ()
    return tuple(one.what for one in missing_of(conditions_of(ctx, finding=finding)))


def as_one(ctx: Context, person_id: str) -> str:
    """The actor's key where that person is the actor under another role, otherwise the person's.

    Whoever introduces themselves once as inspector and once as lead is two records, but no second
    person.
    """
    person, actor = ctx.workspace.people.find(person_id), ctx.actor
    if person is None or person.organisation_id != actor.organisation_id:
        return person_id
    return actor.id if name_key(person.name) == name_key(actor.name) else person_id


def _is_after(request: Closure, result: RecheckResult, look: Recheck) -> bool:
    """Whether closure was asked for on the ground of this look, and not of one before."""
    day, _ = order.looked(look)
    return (request.requested_at.date(), request.id) > (day, result.id)


def why_not(
    ctx: Context, *, finding: Finding, move: FindingMove, reason: str = "-"
) -> Message | None:
    """Why the acting person cannot make this move now, or None. For buttons and their hints.

    What a move's own form asks for (reason, objection, slip) is taken as given.
    """
    if not may(ctx.actor.role, NEEDS.get(move, Action.DECIDE_FINDING)):
        return msg("Your role does not allow this step.")
    facts = replace(move_facts(ctx, finding=finding, reason=reason), slip_sent=True)
    if move is FindingMove.OBJECT:
        facts = replace(facts, objection_taken_by=ctx.actor.id)
    case = ctx.workspace.cases.get(finding.case_id)
    return check_finding_move(finding.state, move, facts) or stage_refusal(finding, case, move)


def open_objection(ctx: Context, *, finding_id: str) -> Objection | None:
    """The objection to a finding that waits for its answer."""
    return ctx.workspace.objections.first(finding_id=finding_id, answered_on=None)


def waiting_extension(ctx: Context, *, finding_id: str) -> Extension | None:
    """The extension of a finding that waits for its decision."""
    return ctx.workspace.extensions.first(finding_id=finding_id, granted=None)


def stage_refusal(finding: Finding, case: Case, move: FindingMove) -> Message | None:
    """What the case's own stage says against a move.

    What is fixed on the spot (立行立改) is assigned during the visit, everything else after it.
    """
    if move is FindingMove.TAKE_BACK and case.stage in ENDED_CASE_STAGES:
        return msg("The case is closed; a new problem needs a new case.")
    if move is not FindingMove.ASSIGN or case.stage in (CaseStage.REPORTED, CaseStage.IN_REMEDY):
        return None
    if case.stage is CaseStage.IN_CHECKUP and finding.disposal is Disposal.IMMEDIATE_FIX:
        return None
    return msg("Finish the checkup first; findings are assigned after its report.")


def _slip_sent(ctx: Context, finding: Finding) -> bool:
    """Whether a transfer slip of the finding is out: neither voided nor answered."""
    papers = ctx.workspace.issued_documents
    return any(
        one.kind is SlipKind.TRANSFER
        and one.replied_on is None
        and papers.get(one.document_id).voided_on is None
        for one in slips_about(ctx, finding_id=finding.id)
    )
