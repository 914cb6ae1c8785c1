"""Comments on a plan (意见): on all of it, a part or a step; answered and settled.

They belong to the version they were made on and are seen in every later one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action, may
from landsteward.domain.plans import PlanComment, RemedyPlan, original, row_of_versions
from landsteward.domain.states import PlanPart, PlanStatus
from landsteward.domain.text import msg

_OVER = frozenset({PlanStatus.ACCEPTED, PlanStatus.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentLine:
    """A comment with the version it was made on, and the record it is about as it is found in the
    version that is read; None where it is about none, or that one was taken out.
    """

    comment: PlanComment
    version: int
    record_id: str | None = None


def comment_plan(
    ctx: Context,
    *,
    plan_id: str,
    text: str,
    part: PlanPart = PlanPart.WHOLE,
    record_id: str | None = None,
) -> PlanComment:
    """Remark on a version that is being written or reviewed; `record_id` is a step, risk or
    alternative of it.
    """
    ctx.require(Action.COMMENT_PLAN)
    plan = ctx.workspace.remedy_plans.get(plan_id)
    living_case(ctx, case_id=plan.case_id)
    if plan.status in _OVER:
        raise RefusedMoveError(
            msg("This version was accepted; comments no longer change it."),
            remedy=msg("Make a new version of it."),
        )
    if not text.strip():
        raise RefusedMoveError(msg("Say what the comment is."))
    comment = PlanComment(
        id=ctx.ids.new(),
        plan_id=plan_id,
        part=part,
        record_id=record_id,
        text=text.strip(),
        written_by=ctx.actor.id,
        written_at=ctx.clock.now(),
    )
    with ctx.change():
        ctx.workspace.plan_comments.add(comment)
    return comment


def answer_comment(ctx: Context, *, comment_id: str, answer: str) -> PlanComment:
    """Answer a comment as the one who writes the plan; an answer may be written anew."""
    ctx.require(Action.WRITE_PLAN)
    comment = _unsettled(ctx, comment_id)
    if not answer.strip():
        raise RefusedMoveError(msg("Say how the comment was taken up, or why not."))
    answered = replace(
        comment, answer=answer.strip(), answered_by=ctx.actor.id, answered_at=ctx.clock.now()
    )
    with ctx.change():
        ctx.workspace.plan_comments.save(answered)
    return answered


def settle_comment(ctx: Context, *, comment_id: str) -> PlanComment:
    """Say that nothing more is asked for: whoever wrote the comment, or who may decide."""
    ctx.require(Action.WRITE_PLAN)
    comment = _unsettled(ctx, comment_id)
    if comment.written_by != ctx.actor.id and not may(ctx.actor.role, Action.DECIDE_PLAN):
        raise RefusedMoveError(
            msg("Whoever wrote a comment settles it, or who decides on the plan."),
            remedy=msg("Answer it instead."),
        )
    settled = replace(comment, settled_by=ctx.actor.id, settled_at=ctx.clock.now())
    with ctx.change():
        ctx.workspace.plan_comments.save(settled)
    return settled


def reopen_comment(ctx: Context, *, comment_id: str) -> PlanComment:
    """Take settling back."""
    ctx.require(Action.WRITE_PLAN)
    comment = ctx.workspace.plan_comments.get(comment_id)
    if comment.settled_by != ctx.actor.id:
        raise RefusedMoveError(msg("Whoever settled a comment takes that back."))
    opened = replace(comment, settled_by=None, settled_at=None)
    with ctx.change():
        ctx.workspace.plan_comments.save(opened)
    return opened


def plan_comments(ctx: Context, *, plan_id: str) -> tuple[CommentLine, ...]:
    """The comments on a version and on those before it, oldest first."""
    space = ctx.workspace
    versions = versions_up_to(ctx, plan_id=plan_id)
    steps = {
        step.id: (plan.id, step)
        for plan in versions
        for alternative in space.plan_alternatives.where(plan_id=plan.id)
        for step in space.plan_steps.where(alternative_id=alternative.id)
    }
    known = {key: step for key, (_, step) in steps.items()}
    here = {original(step, known): key for key, (of, step) in steps.items() if of == plan_id}

    def found(key: str | None) -> str | None:
        step = known.get(key or "")
        return here.get(original(step, known)) if step is not None else None

    lines = [
        CommentLine(comment=one, version=plan.version, record_id=found(one.record_id))
        for plan in versions
        for one in space.plan_comments.where(plan_id=plan.id)
    ]
    return tuple(sorted(lines, key=lambda one: (one.comment.written_at, one.comment.id)))


def open_comments(ctx: Context, *, plan_id: str) -> tuple[PlanComment, ...]:
    """Those that are neither answered nor settled."""
    return tuple(line.comment for line in plan_comments(ctx, plan_id=plan_id) if line.comment.open)


def versions_up_to(ctx: Context, *, plan_id: str) -> tuple[RemedyPlan, ...]:
    """A version and those it came from, oldest first."""
    space = ctx.workspace
    plan = space.remedy_plans.get(plan_id)
    row: Iterable[RemedyPlan] = row_of_versions(
        space.remedy_plans.where(case_id=plan.case_id), plan_id
    )
    return tuple(one for one in row if one.version <= plan.version)


def _unsettled(ctx: Context, comment_id: str) -> PlanComment:
    comment = ctx.workspace.plan_comments.get(comment_id)
    living_case(ctx, case_id=ctx.workspace.remedy_plans.get(comment.plan_id).case_id)
    if comment.settled_at is not None:
        raise RefusedMoveError(msg("This comment is settled."))
    return comment
