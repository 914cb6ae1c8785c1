"""Choosing ways out in a plan: what it stood like is kept with the choice."""

from dataclasses import replace

from landsteward.app.context import Context
from landsteward.app.plan_writing import writable_alternative
from landsteward.app.ways_out import ways_out
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.text import msg


def choose_way(
    ctx: Context, *, alternative_id: str, finding_id: str, way: str, why: str = ""
) -> ChosenWay:
    """Choose a way out for a finding in an alternative; chosen once more, only the reason changes.

    Also one that is barred can be chosen; without a reason the plan is then not handed in.
    """
    alternative = writable_alternative(ctx, alternative_id)
    space = ctx.workspace
    if space.plan_findings.first(plan_id=alternative.plan_id, finding_id=finding_id) is None:
        raise RefusedMoveError(msg("The plan does not answer this finding."))
    known = space.chosen_ways.first(alternative_id=alternative_id, finding_id=finding_id, way=way)
    if known is not None:
        return explain_choice(ctx, chosen_id=known.id, why=why)
    judged = ways_out(ctx, finding_id=finding_id).way(way)
    if judged is None:
        raise RefusedMoveError(msg("The rule pack of this case has no such way out."), where=way)
    chosen = ChosenWay(
        id=ctx.ids.new(),
        alternative_id=alternative_id,
        finding_id=finding_id,
        way=way,
        state=judged.state,
        chosen_on=ctx.today(),
        chosen_by=ctx.actor.id,
        reasons=judged.reasons,
        why=why.strip(),
    )
    with ctx.change():
        space.chosen_ways.add(chosen)
    return chosen


def explain_choice(ctx: Context, *, chosen_id: str, why: str) -> ChosenWay:
    """Say why a way is chosen although it is not simply open."""
    chosen = ctx.workspace.chosen_ways.get(chosen_id)
    writable_alternative(ctx, chosen.alternative_id)
    explained = replace(chosen, why=why.strip())
    with ctx.change():
        ctx.workspace.chosen_ways.save(explained)
    return explained


def unchoose_way(ctx: Context, *, chosen_id: str) -> None:
    """Take a choice back."""
    chosen = ctx.workspace.chosen_ways.get(chosen_id)
    writable_alternative(ctx, chosen.alternative_id)
    with ctx.change():
        ctx.workspace.chosen_ways.retire(chosen_id)
