"""Follow-up (跟踪问效): what was done since, how far it is, and what it shows in figures."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import FollowUp, PlanStep, PlanTarget, RemedyPlan
from landsteward.domain.states import PlanStatus
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One expected metric: baseline and target of the plan, and the latest reading."""

    target: PlanTarget
    reading: Decimal | None
    read_on: date | None


def record_follow_up(
    ctx: Context,
    *,
    case_id: str,
    happened_on: date,
    content: str,
    percent: int | None = None,
    step_id: str | None = None,
    metric: str | None = None,
    reading: Decimal | None = None,
) -> FollowUp:
    """Add an entry to the follow-up of a case. Progress is 0–100 %; entries are never changed."""
    ctx.require(Action.FOLLOW_UP)
    case = living_case(ctx, case_id=case_id)
    if not content.strip():
        raise RefusedMoveError(msg("Say what was done."))
    if percent is not None and not 0 <= percent <= 100:
        raise RefusedMoveError(msg("Progress is between 0 and 100 %."))
    if happened_on > ctx.today():
        raise RefusedMoveError(msg("An entry records what has happened; its date lies ahead."))
    if (metric is None) != (reading is None):
        raise RefusedMoveError(msg("A reading needs both the metric and its value."))
    if step_id is not None and _case_of_step(ctx, step_id) != case_id:
        raise RefusedMoveError(
            msg("This step belongs to the plan of another case."),
            where=case.case_no,
            remedy=msg("Choose a step of this case's plan."),
        )
    plan = current_plan(ctx, case_id=case_id)
    entry = FollowUp(
        id=ctx.ids.new(),
        case_id=case_id,
        happened_on=happened_on,
        content=content.strip(),
        author_id=ctx.actor.id,
        percent=percent,
        plan_id=plan.id if plan else None,
        step_id=step_id,
        metric=metric,
        reading=reading,
    )
    with ctx.change():
        ctx.workspace.follow_ups.add(entry)
        if percent == 100 and step_id is not None:
            complete_step(ctx, step_id=step_id, done_on=happened_on)
    return entry


def complete_step(ctx: Context, *, step_id: str, done_on: date | None) -> PlanStep:
    """Mark a step of an accepted plan as done on a day, or as not done (None)."""
    ctx.require(Action.FOLLOW_UP)
    step = ctx.workspace.plan_steps.get(step_id)
    if done_on is not None and done_on > ctx.today():
        raise RefusedMoveError(
            msg("An entry records what has happened; its date lies ahead."), where=step.title
        )
    plan = ctx.workspace.remedy_plans.get(step.plan_id)
    living_case(ctx, case_id=plan.case_id)
    if plan.status is not PlanStatus.ACCEPTED:
        raise RefusedMoveError(
            msg("Steps are ticked off once the plan is accepted."), where=step.title
        )
    done = replace(step, done_on=done_on)
    with ctx.change():
        ctx.workspace.plan_steps.save(done)
    return done


def _case_of_step(ctx: Context, step_id: str) -> str:
    step = ctx.workspace.plan_steps.get(step_id)
    return ctx.workspace.remedy_plans.get(step.plan_id).case_id


def current_plan(ctx: Context, *, case_id: str) -> RemedyPlan | None:
    """The plan that is being kept: the latest accepted one."""
    accepted = ctx.workspace.remedy_plans.where(case_id=case_id, status=PlanStatus.ACCEPTED)
    return max(accepted, key=order.versioned, default=None)


def ledger(ctx: Context, *, case_id: str) -> list[LedgerLine]:
    """Every expected metric of the accepted plans beside its latest reading.

    A reading counts for a target when it was taken in the target's year or, failing that, is the
    latest one before.
    """
    space = ctx.workspace
    readings = sorted(
        (one for one in space.follow_ups.where(case_id=case_id) if one.reading is not None),
        key=lambda one: (one.happened_on, one.id),
    )
    lines = []
    for plan in space.remedy_plans.where(case_id=case_id, status=PlanStatus.ACCEPTED):
        for target in space.plan_targets.where(plan_id=plan.id):
            fitting = [
                one
                for one in readings
                if one.metric == target.metric and one.happened_on.year <= target.year
            ]
            last = fitting[-1] if fitting else None
            lines.append(
                LedgerLine(
                    target=target,
                    reading=last.reading if last else None,
                    read_on=last.happened_on if last else None,
                )
            )
    return sorted(lines, key=lambda line: (line.target.metric, line.target.year))
