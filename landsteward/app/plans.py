"""Remedy plans (解决方案): written by a firm, decided by carrier or department, kept by version."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.conflicts import refuse_unfit_firm
from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.app.ways_out import chosen_of, judged_anew
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import PlanFinding, PlanStep, PlanTarget, RemedyPlan
from landsteward.domain.states import (
    FindingMove,
    FindingState,
    OrganisationKind,
    PlanStatus,
)
from landsteward.domain.text import Bilingual, msg

_WRITABLE = frozenset({PlanStatus.DRAFT, PlanStatus.RETURNED})
_PLANNABLE = frozenset({FindingState.ASSIGNED, FindingState.PLANNING})


class PlanChanges(TypedDict, total=False):
    """Fields of a plan that are written while it is a draft or was returned."""

    firm_id: str | None
    cause_analysis: str
    measures: str
    risks: str


class StepChanges(TypedDict, total=False):
    """Fields of a plan's step."""

    title: str
    responsible: str
    starts_on: date | None
    due_on: date | None
    result: str
    cost_wan: Decimal | None
    payer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """A plan with everything that belongs to it."""

    plan: RemedyPlan
    firm: Organisation | None
    findings: tuple[Finding, ...]
    steps: tuple[PlanStep, ...]
    targets: tuple[PlanTarget, ...]
    ways: tuple[ChosenWay, ...]


def draft_plan(ctx: Context, *, case_id: str, finding_ids: Sequence[str]) -> RemedyPlan:
    """Start a plan for findings of a case that were assigned; they move to 方案编制."""
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
        version=space.remedy_plans.count(case_id=case_id) + 1,
        prepared_by=ctx.actor.id,
        firm_id=(
            ctx.actor.organisation_id
            if ctx.organisation().kind is OrganisationKind.SERVICE_FIRM
            else None
        ),
    )
    with ctx.change():
        space.remedy_plans.add(plan)
        for finding_id in finding_ids:
            space.plan_findings.add(
                PlanFinding(id=ctx.ids.new(), plan_id=plan.id, finding_id=finding_id)
            )
        _move_findings(ctx, plan.id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
    return plan


def edit_plan(ctx: Context, *, plan_id: str, **changes: Unpack[PlanChanges]) -> RemedyPlan:
    """Change a plan that is still being written."""
    plan = replace(writable_plan(ctx, plan_id), **changes)
    with ctx.change():
        ctx.workspace.remedy_plans.save(plan)
    return plan


def add_step(ctx: Context, *, plan_id: str, **fields: Unpack[StepChanges]) -> PlanStep:
    """Add a step at the end of a plan."""
    writable_plan(ctx, plan_id)
    steps = ctx.workspace.plan_steps
    position = max((one.position for one in steps.where(plan_id=plan_id)), default=0) + 1
    step = PlanStep(id=ctx.ids.new(), plan_id=plan_id, position=position, **fields)
    _refuse_backward_dates(step)
    with ctx.change():
        steps.add(step)
    return step


def edit_step(ctx: Context, *, step_id: str, **changes: Unpack[StepChanges]) -> PlanStep:
    """Change a step of a plan that is still being written."""
    step = ctx.workspace.plan_steps.get(step_id)
    writable_plan(ctx, step.plan_id)
    edited = replace(step, **changes)
    _refuse_backward_dates(edited)
    with ctx.change():
        ctx.workspace.plan_steps.save(edited)
    return edited


def remove_step(ctx: Context, *, step_id: str) -> None:
    """Take a step out of a plan that is still being written."""
    writable_plan(ctx, ctx.workspace.plan_steps.get(step_id).plan_id)
    with ctx.change():
        ctx.workspace.plan_steps.retire(step_id)


def set_target(
    ctx: Context,
    *,
    plan_id: str,
    metric: str,
    year: int,
    baseline: Decimal | None,
    target: Decimal | None,
) -> PlanTarget:
    """Set what a metric of the pack should be in a year; one target a metric and year."""
    writable_plan(ctx, plan_id)
    targets = ctx.workspace.plan_targets
    known = targets.first(plan_id=plan_id, metric=metric, year=year)
    with ctx.change():
        if known is not None:
            changed = replace(known, baseline=baseline, target=target)
            targets.save(changed)
            return changed
        added = PlanTarget(
            id=ctx.ids.new(),
            plan_id=plan_id,
            metric=metric,
            year=year,
            baseline=baseline,
            target=target,
        )
        targets.add(added)
    return added


def remove_target(ctx: Context, *, target_id: str) -> None:
    """Take an expected metric out of a plan that is still being written."""
    writable_plan(ctx, ctx.workspace.plan_targets.get(target_id).plan_id)
    with ctx.change():
        ctx.workspace.plan_targets.retire(target_id)


def submit_plan(ctx: Context, *, plan_id: str) -> RemedyPlan:
    """Hand a plan in for review. It needs a firm, a way out, and steps with who and until when.

    How the chosen ways stand is asked once more; one that is not simply open needs a reason.
    """
    plan = writable_plan(ctx, plan_id)
    ways = [judged_anew(ctx, one) for one in chosen_of(ctx, plan_id=plan_id)]
    unexplained = next((one for one in ways if one.needs_why and not one.why), None)
    steps = ctx.workspace.plan_steps.where(plan_id=plan_id)
    missing = None
    if plan.firm_id is None:
        missing = msg("The plan names no service firm.")
    elif not ways:
        missing = msg("The plan chooses no way out.")
    elif unexplained is not None:
        missing = msg(
            "The way out “{way}” is not simply open: say why it is chosen nevertheless.",
            way=_name_of_way(ctx, plan, unexplained.way),
        )
    elif not steps:
        missing = msg("The plan has no steps.")
    else:
        vague = [one for one in steps if not (one.title and one.responsible and one.due_on)]
        if vague:
            missing = msg(
                "Step {number} needs a title, somebody responsible and a date.",
                number=steps.index(vague[0]) + 1,
            )
    if missing is not None:
        raise RefusedMoveError(missing, remedy=msg("Complete the plan, then submit it."))
    refuse_unfit_firm(ctx, case=ctx.workspace.cases.get(plan.case_id), firm_id=plan.firm_id)
    submitted = replace(plan, status=PlanStatus.SUBMITTED, submitted_at=ctx.clock.now())
    with ctx.change():
        ctx.workspace.remedy_plans.save(submitted)
        for way in ways:
            ctx.workspace.chosen_ways.save(way)
        # A finding may have been assigned anew (反弹, 恢复) since the plan was begun.
        _move_findings(ctx, plan_id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
        _move_findings(ctx, plan_id, FindingState.PLANNING, FindingMove.SUBMIT_PLAN)
    return submitted


def return_plan(ctx: Context, *, plan_id: str, comment: str) -> RemedyPlan:
    """Send a plan back with a comment."""
    if not comment.strip():
        raise RefusedMoveError(msg("Say what has to be changed before returning the plan."))
    return _decide(ctx, plan_id, PlanStatus.RETURNED, FindingMove.RETURN_PLAN, comment)


def accept_plan(ctx: Context, *, plan_id: str, comment: str = "") -> RemedyPlan:
    """Accept a plan: its findings move to 整改中; from now on only a new version changes it."""
    space = ctx.workspace
    with ctx.change():
        accepted = _decide(ctx, plan_id, PlanStatus.ACCEPTED, FindingMove.ACCEPT_PLAN, comment)
        answered = _answered(ctx, accepted)
        for other in space.remedy_plans.where(case_id=accepted.case_id, status=PlanStatus.ACCEPTED):
            if other.id != accepted.id and _answered(ctx, other) <= answered:
                space.remedy_plans.save(replace(other, status=PlanStatus.SUPERSEDED))
    return accepted


def new_version(ctx: Context, *, plan_id: str) -> RemedyPlan:
    """A draft that starts as a copy of a plan that was decided on."""
    ctx.require(Action.WRITE_PLAN)
    space = ctx.workspace
    old = space.remedy_plans.get(plan_id)
    refuse_unfit_firm(ctx, case=living_case(ctx, case_id=old.case_id))
    if old.status in _WRITABLE:
        raise RefusedMoveError(msg("This version is still being written; go on with it."))
    fresh = replace(
        old,
        id=ctx.ids.new(),
        version=space.remedy_plans.count(case_id=old.case_id) + 1,
        status=PlanStatus.DRAFT,
        prepared_by=ctx.actor.id,
        submitted_at=None,
        decided_by=None,
        decided_at=None,
        decision_note="",
    )
    with ctx.change():
        space.remedy_plans.add(fresh)
        for link in space.plan_findings.where(plan_id=plan_id):
            space.plan_findings.add(replace(link, id=ctx.ids.new(), plan_id=fresh.id))
        for way in space.chosen_ways.where(plan_id=plan_id):
            copied = replace(way, id=ctx.ids.new(), plan_id=fresh.id)
            space.chosen_ways.add(judged_anew(ctx, copied))
        for step in space.plan_steps.where(plan_id=plan_id):
            # More time that was given is the day the next version begins with.
            space.plan_steps.add(
                replace(
                    step,
                    id=ctx.ids.new(),
                    plan_id=fresh.id,
                    due_on=step.until,
                    extended_to=None,
                )
            )
        for target in space.plan_targets.where(plan_id=plan_id):
            space.plan_targets.add(replace(target, id=ctx.ids.new(), plan_id=fresh.id))
        _move_findings(ctx, fresh.id, FindingState.ASSIGNED, FindingMove.START_PLANNING)
    return fresh


def plan_sheet(ctx: Context, *, plan_id: str) -> PlanSheet:
    """A plan with its firm, findings, steps in order, targets and chosen ways."""
    space = ctx.workspace
    plan = space.remedy_plans.get(plan_id)
    links = space.plan_findings.where(plan_id=plan_id)
    steps = space.plan_steps.where(plan_id=plan_id)
    targets = space.plan_targets.where(plan_id=plan_id)
    return PlanSheet(
        plan=plan,
        firm=space.organisations.find(plan.firm_id) if plan.firm_id else None,
        findings=tuple(space.findings.get(link.finding_id) for link in links),
        steps=tuple(sorted(steps, key=lambda one: one.position)),
        targets=tuple(sorted(targets, key=lambda one: (one.metric, one.year))),
        ways=chosen_of(ctx, plan_id=plan_id),
    )


def writable_plan(ctx: Context, plan_id: str) -> RemedyPlan:
    """The plan, where the acting person may write in it. Raises RefusedMoveError."""
    ctx.require(Action.WRITE_PLAN)
    plan = ctx.workspace.remedy_plans.get(plan_id)
    refuse_unfit_firm(ctx, case=living_case(ctx, case_id=plan.case_id))
    if plan.status not in _WRITABLE:
        raise RefusedMoveError(
            msg("A plan that was handed in is no longer changed."),
            remedy=msg("Make a new version of it."),
        )
    return plan


def _decide(
    ctx: Context, plan_id: str, status: PlanStatus, move: FindingMove, comment: str
) -> RemedyPlan:
    ctx.require(Action.DECIDE_PLAN)
    plan = ctx.workspace.remedy_plans.get(plan_id)
    living_case(ctx, case_id=plan.case_id)
    if plan.status is not PlanStatus.SUBMITTED:
        raise RefusedMoveError(msg("Only a plan that was handed in can be decided on."))
    decided = replace(
        plan,
        status=status,
        decided_by=ctx.actor.id,
        decided_at=ctx.clock.now(),
        decision_note=comment.strip(),
    )
    with ctx.change():
        ctx.workspace.remedy_plans.save(decided)
        _move_findings(ctx, plan_id, FindingState.PLAN_REVIEW, move, comment)
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


def _name_of_way(ctx: Context, plan: RemedyPlan, key: str) -> Bilingual:
    case = ctx.workspace.cases.get(plan.case_id)
    paths = ctx.packs.get(case.pack, case.pack_version).paths
    path = next((one for one in paths if one.key == key), None)
    return Bilingual(path.name, path.name_en) if path is not None else Bilingual(key, key)


def _refuse_backward_dates(step: PlanStep) -> None:
    if step.starts_on and step.due_on and step.due_on < step.starts_on:
        raise RefusedMoveError(msg("The step would end before it starts."), where=step.title)
