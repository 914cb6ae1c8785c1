"""加减分, 否决: what a person adds to a draft, each with a reason."""

from decimal import Decimal

from landsteward.app.context import Context
from landsteward.app.gradings import draft
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.gradings import GradingMark, GradingRun, MarkKind
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg


def mark_bonus(
    ctx: Context, *, run_id: str, enterprise_id: str, points: Decimal, reason: str
) -> GradingMark:
    """Give or take points. They count when the draft is worked out again."""
    run = _may_mark(ctx, run_id, enterprise_id, reason)
    if not points:
        raise KnownError(msg("Points are more or less than nothing."), where=str(points))
    least, most = run.scheme.bonus_least, run.scheme.bonus_most
    if (least is not None and points < least) or (most is not None and points > most):
        raise RefusedMoveError(
            msg(
                "The scheme allows {least} to {most} points.",
                least="…" if least is None else least,
                most="…" if most is None else most,
            ),
            where=str(points),
        )
    return _kept(
        ctx,
        GradingMark(
            id=ctx.ids.new(),
            run_id=run_id,
            enterprise_id=enterprise_id,
            kind=MarkKind.BONUS,
            reason=reason.strip(),
            made_by=ctx.actor.id,
            points=points,
        ),
    )


def mark_veto(
    ctx: Context, *, run_id: str, enterprise_id: str, veto: str, reason: str
) -> GradingMark:
    """Note a fact by which the grade is at most so good; the scheme must have it turned on."""
    run = _may_mark(ctx, run_id, enterprise_id, reason)
    known = run.scheme.veto(veto)
    if known is None or not known.on:
        raise RefusedMoveError(
            msg("This veto is not turned on in the scheme."),
            where=veto,
            remedy=msg("Turn it on in grading.toml of the rule pack, and grade anew."),
        )
    space = ctx.workspace
    twin = space.grading_marks.first(run_id=run_id, enterprise_id=enterprise_id, veto=veto)
    if twin is not None:
        raise RefusedMoveError(msg("This veto is noted already."), where=known.name)
    return _kept(
        ctx,
        GradingMark(
            id=ctx.ids.new(),
            run_id=run_id,
            enterprise_id=enterprise_id,
            kind=MarkKind.VETO,
            reason=reason.strip(),
            made_by=ctx.actor.id,
            veto=veto,
        ),
    )


def remove_mark(ctx: Context, *, mark_id: str) -> None:
    """Take a bonus or a veto off a draft again."""
    ctx.require(Action.GRADE)
    mark = ctx.workspace.grading_marks.get(mark_id)
    draft(ctx, mark.run_id)
    with ctx.change():
        ctx.workspace.grading_marks.retire(mark_id)


def bring_mark_back(ctx: Context, *, mark_id: str) -> None:
    """Undo `remove_mark`."""
    ctx.require(Action.GRADE)
    with ctx.change():
        ctx.workspace.reversals.bring_back("grading_marks", mark_id)
        draft(ctx, ctx.workspace.grading_marks.get(mark_id).run_id)


def _may_mark(ctx: Context, run_id: str, enterprise_id: str, reason: str) -> GradingRun:
    ctx.require(Action.GRADE)
    run = draft(ctx, run_id)
    if not reason.strip():
        raise KnownError(msg("A reason is needed."), remedy=msg("Say what it rests on."))
    space = ctx.workspace
    if space.grading_subjects.first(run_id=run_id, enterprise_id=enterprise_id) is None:
        raise RefusedMoveError(
            msg("This enterprise is not part of the grading."),
            where=space.enterprises.get(enterprise_id).name,
        )
    return run


def _kept(ctx: Context, mark: GradingMark) -> GradingMark:
    with ctx.change():
        ctx.workspace.grading_marks.add(mark)
    return mark
