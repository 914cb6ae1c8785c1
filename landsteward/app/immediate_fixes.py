"""立行立改: what is put right while the inspectors are there."""

from dataclasses import replace

from landsteward.app.closures import request_closure
from landsteward.app.context import Context
from landsteward.app.finding_facts import why_not
from landsteward.app.findings import move_finding
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action, may
from landsteward.domain.remedies import Closure, Recheck, RecheckResult
from landsteward.domain.states import (
    Disposal,
    FindingMove,
    FindingState,
    OrganisationKind,
    RecheckKind,
)
from landsteward.domain.text import Message, msg

_BEFORE = {
    FindingState.DRAFT: FindingMove.CONFIRM,
    FindingState.CONFIRMED: FindingMove.ASSIGN,
    FindingState.ASSIGNED: FindingMove.FIX_IMMEDIATELY,
}


def why_not_on_the_spot(ctx: Context, *, finding: Finding) -> Message | None:
    """Why the acting person cannot fix it on the spot now, or None. For the button and its hint."""
    spot = replace(finding, disposal=Disposal.IMMEDIATE_FIX)
    move = _BEFORE.get(finding.state)
    if move is None:
        return msg("This step does not fit where the finding stands now.")
    if not may(ctx.actor.role, Action.DECIDE_FINDING):
        return msg("Your role does not allow this step.")
    if ctx.organisation().kind is not OrganisationKind.DEPARTMENT:
        return msg("Only a department assigns findings.")
    refusal = why_not(ctx, finding=spot, move=move)
    if refusal is None and finding.state is not FindingState.ASSIGNED:
        # The same guards as in the state it will be in.
        refusal = why_not(
            ctx,
            finding=replace(spot, state=FindingState.ASSIGNED),
            move=FindingMove.FIX_IMMEDIATELY,
        )
    return refusal


def fix_on_the_spot(
    ctx: Context, *, finding_id: str, done: str, benefit: str, no_benefit: str | None = None
) -> Closure:
    """Confirm, assign, have put right, look at again and ask to close: in one action, on the spot.

    Needs evidence of the problem and of its cure (before and after). One thing is left to somebody
    else: `domain.md` §8 lets nothing be closed without the department that assigned it and a second
    person, and knows no exception for 立行立改. So the colleague who is there approves it
    (`decide_closure`); until then the finding stands in recheck, passed. All of it or nothing.
    """
    ctx.require(Action.DECIDE_FINDING)
    ctx.require(Action.RECHECK)
    space, today = ctx.workspace, ctx.today()
    finding = space.findings.get(finding_id)
    if not done.strip():
        raise RefusedMoveError(msg("Say what was done on the spot."), where=finding.title)
    with ctx.change():
        space.findings.save(replace(finding, disposal=Disposal.IMMEDIATE_FIX))
        if finding.state is FindingState.DRAFT:
            finding = move_finding(ctx, finding_id=finding_id, move=FindingMove.CONFIRM)
        if finding.state is FindingState.CONFIRMED:
            move_finding(ctx, finding_id=finding_id, move=FindingMove.ASSIGN, deadline_on=today)
        move_finding(ctx, finding_id=finding_id, move=FindingMove.FIX_IMMEDIATELY, reason=done)
        look = Recheck(
            id=ctx.ids.new(),
            case_id=finding.case_id,
            kind=RecheckKind.RECHECK,
            planned_on=today,
            done_on=today,
            inspector_id=ctx.actor.id,
        )
        space.rechecks.add(look)
        space.recheck_results.add(
            RecheckResult(
                id=ctx.ids.new(),
                recheck_id=look.id,
                finding_id=finding_id,
                passed=True,
                note=done.strip(),
            )
        )
        move_finding(ctx, finding_id=finding_id, move=FindingMove.START_RECHECK)
        return request_closure(
            ctx, finding_id=finding_id, ground=done, benefit=benefit, no_benefit=no_benefit
        )
