"""What the stories tell of the follow-up: entries, obstacles, more time asked and given."""

from datetime import timedelta
from functools import singledispatch

from landsteward.app.context import Context
from landsteward.app.extensions import ask_extension, decide_extension, extensions_of
from landsteward.app.follow_ups import GivenReading, current_plan, entries_of, record_follow_up
from landsteward.app.obstacles import clear_obstacle, obstacles_of, report_obstacle
from landsteward.app.plan_reading import leading_steps
from landsteward.sample import steps

Followed = steps.FollowUpEntry | steps.Blocked | steps.Cleared | steps.AskTime | steps.GiveTime


@singledispatch
def follow(step: Followed, ctx: Context, case_id: str) -> None:
    """Do one of these steps in a case."""
    raise TypeError(type(step))


@follow.register
def _(step: steps.FollowUpEntry, ctx: Context, case_id: str) -> None:
    before = entries_of(ctx, case_id=case_id)
    record_follow_up(
        ctx,
        case_id=case_id,
        happened_on=ctx.today(),
        content=step.content,
        percent=step.percent,
        step_id=_step_id(ctx, case_id, step.step),
        readings=[
            GivenReading(
                metric=one.metric,
                year=ctx.today().year + one.year,
                quarter=one.quarter,
                value=one.value,
                source=one.source,
            )
            for one in step.readings
        ],
        corrects_id=before[0].entry.id if step.corrects else None,
    )


@follow.register
def _(step: steps.Blocked, ctx: Context, case_id: str) -> None:
    report_obstacle(
        ctx,
        case_id=case_id,
        cause=step.cause,
        since_on=ctx.today(),
        must_act=step.must_act,
        step_id=_step_id(ctx, case_id, step.step),
    )


@follow.register
def _(step: steps.Cleared, ctx: Context, case_id: str) -> None:
    standing = obstacles_of(ctx, case_id=case_id)[0]
    clear_obstacle(ctx, obstacle_id=standing.id, cleared_on=ctx.today(), how=step.how)


@follow.register
def _(step: steps.AskTime, ctx: Context, case_id: str) -> None:
    plan = current_plan(ctx, case_id=case_id)
    of_plan = leading_steps(ctx, plan) if plan else ()
    chosen = of_plan[step.step - 1]
    assert chosen.until is not None
    ask_extension(
        ctx,
        step_id=chosen.id,
        to_on=chosen.until + timedelta(days=step.days),
        reason=step.reason,
    )


@follow.register
def _(step: steps.GiveTime, ctx: Context, case_id: str) -> None:
    waiting = extensions_of(ctx, case_id=case_id)[0]
    decide_extension(ctx, extension_id=waiting.id, granted=step.granted, opinion=step.opinion)


def _step_id(ctx: Context, case_id: str, number: int | None) -> str | None:
    """The key of a step of the plan that is kept, counted from 1."""
    plan = current_plan(ctx, case_id=case_id)
    if number is None or plan is None:
        return None
    return leading_steps(ctx, plan)[number - 1].id
