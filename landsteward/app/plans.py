"""Remedy plans (解决方案): written by a firm, decided by a second person, kept by version.

A version is written while it is a draft. Handed in, it stays as it is: returned or accepted, it is
changed by a new version that begins as its copy.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.conflicts import refuse_unfit_firm
from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.app.plan_checks import plan_gaps
from landsteward.app.plan_comments import open_comments
from landsteward.app.plan_copies import copy_content
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import writable_plan
from landsteward.app.ways_out import judged_anew
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action, may
from landsteward.domain.plans import PlanAlternative, PlanFinding, RemedyPlan
from landsteward.domain.states import (
    FindingMove,
    FindingState,
    OrganisationKind,
    PlanStatus,
)
from landsteward.domain.text import Message, msg

_PLANNABLE = frozenset({FindingState.ASSIGNED, FindingState.PLANNING})


class PlanChanges(TypedDict, total=False):
    """Fields of a version that are written while it is a draft."""

    firm_id: str | None
    cause_analysis: str


def draft_plan(ctx: Context, *, case_id: str, finding_ids: Sequence[str]) -> RemedyPlan:
    """Start a plan for findings of a case that were assigned; they move to 方案编制.

    It has one alternative, which is the recommended one while it is alone.
    """
    ctx.require(Action.WRITE_PLAN)
    if not finding_ids:
        raise RefusedMoveError(msg("Choose at least one assigned finding for the plan."))
    refuse_unfit_firm(ctx, case=living_case(ctx, case_id=case_id))
    space = ctx.workspace
    for finding_id in finding_ids:
        finding = space.findings.get(finding_id)
        if finding.case_id != case_id or finding.state not in _PLANNABLE:
            raise RefusedMoveError(
                msg("A plan answers findings of its case that were assigned and wait for one."),
                where=finding.title,
            )
    plan = RemedyPlan(
        id=ctx.ids.new(),
        case_id=case_id,
        prepared_by=ctx.actor.id,
        firm_id=(
            ctx.actor.organisation_id
            if ctx.organisation().kind is OrganisationKind.SERVICE_FIRM
            else None
        ),
    )
    first = PlanAlternative(id=ctx.ids.new(), plan_id=plan.id, position=1)
    with ctx.change():
        space.remedy_plans.add(plan)
        space.plan_alternatives.add(first)
        plan = replace(plan, recommended_id=first.id)
        space.remedy_plans.save(plan)
        for finding_id in finding_ids:
            space.plan_findings.add(
                PlanFinding(id=ctx.ids.new(), plan_id=plan.id, finding_id=finding_id)
            )
        _move_findings(ctx, plan.id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
    return plan


def edit_plan(ctx: Context, *, plan_id: str, **changes: Unpack[PlanChanges]) -> RemedyPlan:
    """Change a version that is still being written."""
    plan = replace(writable_plan(ctx, plan_id), **changes)
    with ctx.change():
        ctx.workspace.remedy_plans.save(plan)
    return plan


def submit_plan(ctx: Context, *, plan_id: str) -> RemedyPlan:
    """Hand a version in for review; the first thing that is missing is named.

    How the chosen ways stand is asked once more.
    """
    plan = writable_plan(ctx, plan_id)
    gaps = plan_gaps(ctx, plan_id=plan_id)
    if gaps:
        raise RefusedMoveError(gaps[0].message, remedy=msg("Complete the plan, then submit it."))
    refuse_unfit_firm(ctx, case=ctx.workspace.cases.get(plan.case_id), firm_id=plan.firm_id)
    submitted = replace(plan, status=PlanStatus.SUBMITTED, submitted_at=ctx.clock.now())
    ways = [
        judged_anew(ctx, way)
        for one in plan_sheet(ctx, plan_id=plan_id).alternatives
        for way in one.ways
    ]
    with ctx.change():
        ctx.workspace.remedy_plans.save(submitted)
        for way in ways:
            ctx.workspace.chosen_ways.save(way)
        # A finding may have been assigned anew (反弹, 恢复) since the plan was begun.
        _move_findings(ctx, plan_id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
        _move_findings(ctx, plan_id, FindingState.PLANNING, FindingMove.SUBMIT_PLAN)
    return submitted


def return_plan(ctx: Context, *, plan_id: str, comment: str) -> RemedyPlan:
    """Send a version back with a comment; a new version answers it."""
    if not comment.strip():
        raise RefusedMoveError(msg("Say what has to be changed before returning the plan."))
    plan = _decidable(ctx, plan_id)
    return _decide(ctx, plan, PlanStatus.RETURNED, FindingMove.RETURN_PLAN, comment)


def accept_plan(
    ctx: Context, *, plan_id: str, alternative_id: str | None = None, comment: str = ""
) -> RemedyPlan:
    """Accept a version with one of its alternatives, the recommended one if none is named.

    Its findings move to 整改中; from now on only a new version changes it.
    """
    ctx.require(Action.DECIDE_PLAN)
    space = ctx.workspace
    plan = _decidable(ctx, plan_id)
    chosen = space.plan_alternatives.get(alternative_id or plan.recommended_id or "")
    if chosen.plan_id != plan_id:
        raise RefusedMoveError(msg("This alternative belongs to another plan."), where=chosen.name)
    waiting = open_comments(ctx, plan_id=plan_id)
    if waiting:
        raise RefusedMoveError(
            msg("{count} comments are neither answered nor settled.", count=len(waiting)),
            remedy=msg("Settle them, or return the plan."),
        )
    with ctx.change():
        accepted = _decide(
            ctx,
            replace(plan, chosen_id=chosen.id),
            PlanStatus.ACCEPTED,
            FindingMove.ACCEPT_PLAN,
            comment,
        )
        answered = _answered(ctx, accepted)
        for other in space.remedy_plans.where(case_id=accepted.case_id, status=PlanStatus.ACCEPTED):
            if other.id != accepted.id and _answered(ctx, other) <= answered:
                space.remedy_plans.save(replace(other, status=PlanStatus.SUPERSEDED))
    return accepted


def new_version(ctx: Context, *, plan_id: str) -> RemedyPlan:
    """A draft that starts as a copy of the latest version, once that was decided on."""
    ctx.require(Action.WRITE_PLAN)
    space = ctx.workspace
    old = space.remedy_plans.get(plan_id)
    refuse_unfit_firm(ctx, case=living_case(ctx, case_id=old.case_id))
    if old.status is PlanStatus.DRAFT:
        raise RefusedMoveError(msg("This version is still being written; go on with it."))
    if old.status is PlanStatus.SUBMITTED:
        raise RefusedMoveError(
            msg("This version is under review."), remedy=msg("Wait until it was decided on.")
        )
    later = space.remedy_plans.first(copy_of=plan_id)
    if later is not None:
        raise RefusedMoveError(
            msg("Version {number} has taken its place.", number=later.version),
            remedy=msg("Go on with the latest version."),
        )
    fresh = RemedyPlan(
        id=ctx.ids.new(),
        case_id=old.case_id,
        copy_of=old.id,
        firm_id=old.firm_id,
        version=old.version + 1,
        cause_analysis=old.cause_analysis,
        prepared_by=ctx.actor.id,
    )
    with ctx.change():
        space.remedy_plans.add(fresh)
        for link in space.plan_findings.where(plan_id=plan_id):
            space.plan_findings.add(replace(link, id=ctx.ids.new(), plan_id=fresh.id))
        copies = copy_content(ctx, from_plan_id=plan_id, to_plan_id=fresh.id)
        leading = old.chosen_id or old.recommended_id
        fresh = replace(fresh, recommended_id=copies.get(leading or ""))
        space.remedy_plans.save(fresh)
        _move_findings(ctx, fresh.id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
    return fresh


def decision_refusal(ctx: Context, *, plan: RemedyPlan) -> Message | None:
    """Why the acting person does not decide on a version, None where they may."""
    if not may(ctx.actor.role, Action.DECIDE_PLAN):
        return msg("Your role does not allow this step.")
    if plan.prepared_by == ctx.actor.id:
        return msg("A second person decides: whoever wrote the plan cannot.")
    return None


def _decidable(ctx: Context, plan_id: str) -> RemedyPlan:
    ctx.require(Action.DECIDE_PLAN)
    plan = ctx.workspace.remedy_plans.get(plan_id)
    if refusal := decision_refusal(ctx, plan=plan):
        raise RefusedMoveError(refusal, remedy=msg("Ask a colleague, or switch the person in use."))
    living_case(ctx, case_id=plan.case_id)
    if plan.status is not PlanStatus.SUBMITTED:
        raise RefusedMoveError(msg("Only a plan that was handed in can be decided on."))
    return plan


def _decide(
    ctx: Context, plan: RemedyPlan, status: PlanStatus, move: FindingMove, comment: str
) -> RemedyPlan:
    decided = replace(
        plan,
        status=status,
        decided_by=ctx.actor.id,
        decided_at=ctx.clock.now(),
        decision_note=comment.strip(),
    )
    with ctx.change():
        ctx.workspace.remedy_plans.save(decided)
        _move_findings(ctx, plan.id, FindingState.PLAN_REVIEW, move, comment)
    return decided


def _move_findings(
    ctx: Context, plan_id: str, state: FindingState, move: FindingMove, reason: str = ""
) -> None:
    """Move the plan's findings that wait for this; others (already rectifying) stay."""
    for link in ctx.workspace.plan_findings.where(plan_id=plan_id):
        if ctx.workspace.findings.get(link.finding_id).state is state:
            move_finding(ctx, finding_id=link.finding_id, move=move, reason=reason)


def _answered(ctx: Context, plan: RemedyPlan) -> set[str]:
    return {link.finding_id for link in ctx.workspace.plan_findings.where(plan_id=plan.id)}
