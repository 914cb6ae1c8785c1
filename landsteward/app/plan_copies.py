"""Copies of what a version of a plan holds: for a new version, or for another alternative."""

from dataclasses import replace
from enum import Enum, auto

from landsteward.app.context import Context
from landsteward.app.ways_out import judged_anew


class Descent(Enum):
    """What a copy is to its original: the same thing in the next version, the thing itself brought
    back, or something new that only begins alike.
    """

    NEXT = auto()
    BACK = auto()
    NEW = auto()

    def copy_of(self, old_id: str, old_copy_of: str | None) -> str | None:
        """What stands as `copy_of` in the copy."""
        return {Descent.NEXT: old_id, Descent.BACK: old_copy_of, Descent.NEW: None}[self]


def copy_content(ctx: Context, *, from_plan_id: str, to_plan_id: str) -> dict[str, str]:
    """Copy all alternatives of a version into another; which old key became which new one."""
    space = ctx.workspace
    copies: dict[str, str] = {}
    for old in space.plan_alternatives.where(plan_id=from_plan_id):
        fresh = replace(old, id=ctx.ids.new(), plan_id=to_plan_id, copy_of=old.id)
        space.plan_alternatives.add(fresh)
        copies[old.id] = fresh.id
        copy_parts(ctx, from_id=old.id, to_id=fresh.id, descent=Descent.NEXT)
    return copies


def copy_parts(ctx: Context, *, from_id: str, to_id: str, descent: Descent) -> None:
    """Copy steps, risks, ways, expected metrics and effect of an alternative into another.

    How the ways stand is asked anew.
    """
    space = ctx.workspace
    for step in space.plan_steps.where(alternative_id=from_id):
        origin = descent.copy_of(step.id, step.copy_of)
        # More time that was given is the day the next version begins with.
        space.plan_steps.add(
            replace(
                step,
                id=ctx.ids.new(),
                alternative_id=to_id,
                copy_of=origin,
                due_on=step.until,
                extended_to=None,
            )
        )
    for risk in space.plan_risks.where(alternative_id=from_id):
        origin = descent.copy_of(risk.id, risk.copy_of)
        space.plan_risks.add(replace(risk, id=ctx.ids.new(), alternative_id=to_id, copy_of=origin))
    for way in space.chosen_ways.where(alternative_id=from_id):
        copied = replace(way, id=ctx.ids.new(), alternative_id=to_id)
        space.chosen_ways.add(judged_anew(ctx, copied))
    for effect in space.plan_effects.where(alternative_id=from_id):
        space.plan_effects.add(replace(effect, id=ctx.ids.new(), alternative_id=to_id))
    for target in space.plan_targets.where(alternative_id=from_id):
        space.plan_targets.add(replace(target, id=ctx.ids.new(), alternative_id=to_id))
