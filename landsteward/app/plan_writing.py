"""What a version of a remedy plan holds: alternatives, steps, risks, expected metrics.

All of it is written while the version is a draft.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.conflicts import refuse_unfit_firm
from landsteward.app.context import Context
from landsteward.app.plan_copies import Descent, copy_parts
from landsteward.app.plan_reading import placed
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.plans import (
    ORDINALS,
    PlanAlternative,
    PlanRisk,
    PlanStep,
    PlanTarget,
    RemedyPlan,
)
from landsteward.domain.states import Likelihood, PlanStatus
from landsteward.domain.text import msg


class AlternativeChanges(TypedDict, total=False):
    """Fields of an alternative."""

    name: str
    measures: str
    no_target_reason: str


class StepChanges(TypedDict, total=False):
    """Fields of a plan's step."""

    title: str
    responsible: str
    starts_on: date | None
    due_on: date | None
    result: str
    cost_wan: Decimal | None
    payer: str


class RiskChanges(TypedDict, total=False):
    """Fields of a plan's risk."""

    risk: str
    likelihood: Likelihood | None
    answer: str


def writable_plan(ctx: Context, plan_id: str) -> RemedyPlan:
    """A version that is still being written. Raises RefusedMoveError."""
    ctx.require(Action.WRITE_PLAN)
    plan = ctx.workspace.remedy_plans.get(plan_id)
    refuse_unfit_firm(ctx, case=living_case(ctx, case_id=plan.case_id))
    if plan.status is not PlanStatus.DRAFT:
        raise RefusedMoveError(
            msg("A plan that was handed in is no longer changed."),
            remedy=msg("Make a new version of it."),
        )
    return plan


def writable_alternative(ctx: Context, alternative_id: str) -> PlanAlternative:
    """An alternative of a version that is still being written. Raises RefusedMoveError."""
    alternative = ctx.workspace.plan_alternatives.get(alternative_id)
    writable_plan(ctx, alternative.plan_id)
    return alternative


def add_alternative(
    ctx: Context, *, plan_id: str, like: str | None = None, name: str = ""
) -> PlanAlternative:
    """A further alternative: empty, or beginning as a copy of the one of key `like`."""
    writable_plan(ctx, plan_id)
    space = ctx.workspace
    there = space.plan_alternatives.where(plan_id=plan_id)
    if len(there) == len(ORDINALS):
        raise RefusedMoveError(msg("A plan has at most {count} alternatives.", count=len(ORDINALS)))
    position = max((one.position for one in there), default=0) + 1
    added = PlanAlternative(id=ctx.ids.new(), plan_id=plan_id, position=position, name=name)
    with ctx.change():
        if like is None:
            space.plan_alternatives.add(added)
            return added
        model = writable_alternative(ctx, like)
        added = replace(
            added,
            measures=model.measures,
            no_target_reason=model.no_target_reason,
        )
        space.plan_alternatives.add(added)
        copy_parts(ctx, from_id=like, to_id=added.id, descent=Descent.NEW)
    return added


def edit_alternative(
    ctx: Context, *, alternative_id: str, **changes: Unpack[AlternativeChanges]
) -> PlanAlternative:
    """Change an alternative."""
    edited = replace(writable_alternative(ctx, alternative_id), **changes)
    with ctx.change():
        ctx.workspace.plan_alternatives.save(edited)
    return edited


def remove_alternative(ctx: Context, *, alternative_id: str) -> None:
    """Take an alternative out; the last one stays. Being alone, the other is recommended."""
    alternative = writable_alternative(ctx, alternative_id)
    space = ctx.workspace
    plan = space.remedy_plans.get(alternative.plan_id)
    others = [
        one
        for one in sorted(space.plan_alternatives.where(plan_id=plan.id), key=placed)
        if one.id != alternative_id
    ]
    if not others:
        raise RefusedMoveError(
            msg("A plan needs at least one alternative."),
            remedy=msg("Add another one first, or write this one anew."),
        )
    recommended = plan.recommended_id if plan.recommended_id != alternative_id else None
    if len(others) == 1:
        recommended = others[0].id
    with ctx.change():
        space.remedy_plans.save(replace(plan, recommended_id=recommended))
        space.plan_alternatives.retire(alternative_id)


def restore_alternative(ctx: Context, *, alternative: PlanAlternative, recommended: bool) -> None:
    """Bring an alternative back that was just taken out, with its steps, risks and metrics."""
    plan = writable_plan(ctx, alternative.plan_id)
    space = ctx.workspace
    back = replace(alternative, id=ctx.ids.new())
    with ctx.change():
        space.plan_alternatives.add(back)
        copy_parts(ctx, from_id=alternative.id, to_id=back.id, descent=Descent.BACK)
        if recommended:
            space.remedy_plans.save(replace(plan, recommended_id=back.id))


def recommend_alternative(ctx: Context, *, alternative_id: str) -> RemedyPlan:
    """Say which alternative the plan recommends."""
    alternative = writable_alternative(ctx, alternative_id)
    plan = replace(
        ctx.workspace.remedy_plans.get(alternative.plan_id), recommended_id=alternative_id
    )
    with ctx.change():
        ctx.workspace.remedy_plans.save(plan)
    return plan


def add_step(ctx: Context, *, alternative_id: str, **fields: Unpack[StepChanges]) -> PlanStep:
    """Add a step at the end of an alternative."""
    writable_alternative(ctx, alternative_id)
    steps = ctx.workspace.plan_steps
    there = steps.where(alternative_id=alternative_id)
    position = max((one.position for one in there), default=0) + 1
    step = PlanStep(id=ctx.ids.new(), alternative_id=alternative_id, position=position, **fields)
    _refuse_backward_dates(step)
    with ctx.change():
        steps.add(step)
    return step


def edit_step(ctx: Context, *, step_id: str, **changes: Unpack[StepChanges]) -> PlanStep:
    """Change a step."""
    step = ctx.workspace.plan_steps.get(step_id)
    writable_alternative(ctx, step.alternative_id)
    edited = replace(step, **changes)
    _refuse_backward_dates(edited)
    with ctx.change():
        ctx.workspace.plan_steps.save(edited)
    return edited


def order_steps(ctx: Context, *, alternative_id: str, step_ids: Sequence[str]) -> None:
    """Put the steps of an alternative into this order."""
    writable_alternative(ctx, alternative_id)
    steps = ctx.workspace.plan_steps
    there = {one.id: one for one in steps.where(alternative_id=alternative_id)}
    if set(step_ids) != there.keys():
        raise RefusedMoveError(
            msg("The steps have changed meanwhile."), remedy=msg("Look at them again, then move.")
        )
    with ctx.change():
        for position, key in enumerate(step_ids, start=1):
            steps.save(replace(there[key], position=position))


def remove_step(ctx: Context, *, step_id: str) -> None:
    """Take a step out."""
    writable_alternative(ctx, ctx.workspace.plan_steps.get(step_id).alternative_id)
    with ctx.change():
        ctx.workspace.plan_steps.retire(step_id)


def add_risk(ctx: Context, *, alternative_id: str, **fields: Unpack[RiskChanges]) -> PlanRisk:
    """Add a risk at the end of an alternative."""
    writable_alternative(ctx, alternative_id)
    risks = ctx.workspace.plan_risks
    there = risks.where(alternative_id=alternative_id)
    position = max((one.position for one in there), default=0) + 1
    risk = PlanRisk(id=ctx.ids.new(), alternative_id=alternative_id, position=position, **fields)
    with ctx.change():
        risks.add(risk)
    return risk


def edit_risk(ctx: Context, *, risk_id: str, **changes: Unpack[RiskChanges]) -> PlanRisk:
    """Change a risk."""
    risk = ctx.workspace.plan_risks.get(risk_id)
    writable_alternative(ctx, risk.alternative_id)
    edited = replace(risk, **changes)
    with ctx.change():
        ctx.workspace.plan_risks.save(edited)
    return edited


def remove_risk(ctx: Context, *, risk_id: str) -> None:
    """Take a risk out."""
    writable_alternative(ctx, ctx.workspace.plan_risks.get(risk_id).alternative_id)
    with ctx.change():
        ctx.workspace.plan_risks.retire(risk_id)


def set_target(
    ctx: Context,
    *,
    alternative_id: str,
    metric: str,
    year: int,
    baseline: Decimal | None,
    target: Decimal | None,
) -> PlanTarget:
    """Set what a metric of the pack should be in a year; one target a metric and year."""
    writable_alternative(ctx, alternative_id)
    targets = ctx.workspace.plan_targets
    known = targets.first(alternative_id=alternative_id, metric=metric, year=year)
    with ctx.change():
        if known is not None:
            changed = replace(known, baseline=baseline, target=target)
            targets.save(changed)
            return changed
        added = PlanTarget(
            id=ctx.ids.new(),
            alternative_id=alternative_id,
            metric=metric,
            year=year,
            baseline=baseline,
            target=target,
        )
        targets.add(added)
    return added


def remove_target(ctx: Context, *, target_id: str) -> None:
    """Take an expected metric out."""
    writable_alternative(ctx, ctx.workspace.plan_targets.get(target_id).alternative_id)
    with ctx.change():
        ctx.workspace.plan_targets.retire(target_id)


def _refuse_backward_dates(step: PlanStep) -> None:
    if step.starts_on and step.due_on and step.due_on < step.starts_on:
        raise RefusedMoveError(msg("The step would end before it starts."), where=step.title)
