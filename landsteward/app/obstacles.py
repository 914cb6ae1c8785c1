"""Obstacles (阻碍): what keeps a step or a case from going on, and who must act."""

from dataclasses import replace
from datetime import date

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.plan_reading import plan_of_step
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.follow_ups import Obstacle
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg


def report_obstacle(
    ctx: Context,
    *,
    case_id: str,
    cause: str,
    since_on: date,
    must_act: str,
    step_id: str | None = None,
) -> Obstacle:
    """Record what stands in the way since when, and who has to act."""
    ctx.require(Action.FOLLOW_UP)
    case = living_case(ctx, case_id=case_id)
    if not cause.strip():
        raise RefusedMoveError(msg("Say what stands in the way."), where=case.case_no)
    if not must_act.strip():
        raise RefusedMoveError(msg("Say who has to act."), where=case.case_no)
    if since_on > ctx.today():
        raise RefusedMoveError(msg("An obstacle stands since a day that has come."))
    if step_id is not None:
        plan = plan_of_step(ctx, ctx.workspace.plan_steps.get(step_id))
        if plan.case_id != case_id:
            raise RefusedMoveError(
                msg("This step belongs to the plan of another case."),
                where=case.case_no,
                remedy=msg("Choose a step of this case's plan."),
            )
    obstacle = Obstacle(
        id=ctx.ids.new(),
        case_id=case_id,
        step_id=step_id,
        cause=cause.strip(),
        since_on=since_on,
        must_act=must_act.strip(),
        reported_by=ctx.actor.id,
    )
    with ctx.change():
        ctx.workspace.obstacles.add(obstacle)
    return obstacle


def clear_obstacle(ctx: Context, *, obstacle_id: str, cleared_on: date, how: str = "") -> Obstacle:
    """Say on which day it was out of the way."""
    ctx.require(Action.FOLLOW_UP)
    obstacle = ctx.workspace.obstacles.get(obstacle_id)
    living_case(ctx, case_id=obstacle.case_id)
    if obstacle.cleared_on is not None:
        raise RefusedMoveError(msg("This obstacle is cleared already."), where=obstacle.cause)
    if not obstacle.since_on <= cleared_on <= ctx.today():
        raise RefusedMoveError(
            msg(
                "It was cleared between {since} and today, not on {day}.",
                since=obstacle.since_on,
                day=cleared_on,
            ),
            where=obstacle.cause,
        )
    cleared = replace(
        obstacle, cleared_on=cleared_on, cleared_by=ctx.actor.id, cleared_how=how.strip()
    )
    with ctx.change():
        ctx.workspace.obstacles.save(cleared)
    return cleared


def stand_again(ctx: Context, *, obstacle_id: str) -> Obstacle:
    """Take the clearing of an obstacle back."""
    ctx.require(Action.FOLLOW_UP)
    obstacle = ctx.workspace.obstacles.get(obstacle_id)
    living_case(ctx, case_id=obstacle.case_id)
    standing = replace(obstacle, cleared_on=None, cleared_by=None, cleared_how="")
    with ctx.change():
        ctx.workspace.obstacles.save(standing)
    return standing


def obstacles_of(ctx: Context, *, case_id: str) -> list[Obstacle]:
    """Those that stand first, then the cleared ones; of each the oldest first."""
    found = ctx.workspace.obstacles.where(case_id=case_id)
    return sorted(found, key=lambda one: (one.cleared_on is not None, one.since_on, one.id))
