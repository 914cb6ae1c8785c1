"""The way of a grading: 测算 → 公示 → 公布, and back with a reason.

Once final, the grades stand on the yearly records, written through the trail like any change.
"""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.context import Context
from landsteward.app.gradings import Told, draft, worked_out
from landsteward.app.gradings import results_of as results_of_outcome
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.grading.notice import proposed_end
from landsteward.domain.gradings import GradingResult, GradingRun, ObjectionState, RunState
from landsteward.domain.permissions import Action
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.text import msg

_REPORT_EVERY = 200
_UNANSWERED = (ObjectionState.OPEN, ObjectionState.PROPOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """What taking a final grading back left as it is: changed by somebody since."""

    written_back: int
    left: tuple[str, ...]


def propose_notice(run: GradingRun, first: date) -> date:
    """Until when a notice that begins on a day would run, by weekdays alone."""
    return proposed_end(first, run.scheme.notice_days)


def publish_notice(ctx: Context, *, run_id: str, first: date, last: date) -> GradingRun:
    """Put a draft on public notice from one day to another, as a person sets them."""
    ctx.require(Action.GRADE)
    run = draft(ctx, run_id)
    if last < first:
        raise RefusedMoveError(msg("The notice would end before it begins."), where=str(last))
    if _stale(ctx, run):
        raise RefusedMoveError(
            msg("Marks were changed since this draft was worked out."),
            where=str(run.year),
            remedy=msg("Work it out again first."),
        )
    return _moved(
        ctx, replace(run, state=RunState.NOTICE, notice_from=first, notice_until=last, reason="")
    )


def _stale(ctx: Context, run: GradingRun) -> bool:
    """Whether the marks there are now would give other results."""
    kept = {one.subject_id: one for one in ctx.workspace.grading_results.where(run_id=run.id)}
    return any(
        replace(one, id=kept[one.subject_id].id) != kept[one.subject_id]
        for one in results_of_outcome(worked_out(ctx, run), run.id, str)
    )


def withdraw_notice(ctx: Context, *, run_id: str, reason: str) -> GradingRun:
    """Back to a draft, to put something right. Grades changed by hand are again what they were by
    rank, and their objections open.
    """
    ctx.require(Action.GRADE)
    run = _in_state(ctx, run_id, RunState.NOTICE)
    said = _reason(reason)
    regraded = [
        one
        for one in ctx.workspace.grading_results.where(run_id=run_id)
        if one.regraded_from is not None
    ]
    with ctx.change():
        for one in regraded:
            ctx.workspace.grading_results.save(
                replace(one, grade=one.regraded_from or None, regraded_from=None)
            )
        for objection in ctx.workspace.grading_objections.where(run_id=run_id):
            if objection.state in (ObjectionState.PROPOSED, ObjectionState.APPROVED):
                ctx.workspace.grading_objections.save(replace(objection, state=ObjectionState.OPEN))
        return _moved(
            ctx,
            replace(run, state=RunState.DRAFT, notice_from=None, notice_until=None, reason=said),
        )


def finish_grading(ctx: Context, *, run_id: str, progress: Told | None = None) -> GradingRun:
    """Make a grading final once its notice is over and every objection answered: each grade goes
    onto the yearly record of its enterprise.
    """
    ctx.require(Action.GRADE)
    run = _in_state(ctx, run_id, RunState.NOTICE)
    space, today = ctx.workspace, ctx.today()
    assert run.notice_until is not None, "a notice has an end"
    if today <= run.notice_until:
        raise RefusedMoveError(
            msg("The notice runs until {day}.", day=run.notice_until),
            where=str(run.year),
            remedy=msg("Make it final the day after."),
        )
    waiting = sum(one.state in _UNANSWERED for one in space.grading_objections.where(run_id=run_id))
    if waiting:
        raise RefusedMoveError(
            msg("{count} objections are not settled.", count=waiting),
            where=str(run.year),
            remedy=msg("Answer them, and let a second person approve what is proposed."),
        )
    other = space.grading_runs.first(year=run.year, state=RunState.FINAL)
    if other is not None:
        raise RefusedMoveError(
            msg("{year} has a final grading already.", year=run.year),
            where=str(other.final_on),
            remedy=msg("Take that one back first, with the reason."),
        )
    with ctx.change():
        done = _moved(
            ctx, replace(run, state=RunState.FINAL, final_on=today, final_by=ctx.actor.id)
        )
        results = space.grading_results.where(run_id=run_id)
        for at, one in enumerate(results):
            if one.grade is not None:
                _keep_what_was(ctx, run, one)
                write_grade(ctx, run, one)
            if progress and at % _REPORT_EVERY == 0:
                progress(at, len(results))
    return done


def write_grade(ctx: Context, run: GradingRun, result: GradingResult) -> None:
    """Put a grade onto the yearly record of whoever stands for the enterprise now: it may have been
    merged since. Inside a transaction.
    """
    space = ctx.workspace
    known = _yearly(ctx, run, result)
    if known is not None:
        space.yearly_metrics.save(replace(known, grade=result.grade))
        return
    space.yearly_metrics.add(
        YearlyMetrics(
            id=ctx.ids.new(),
            enterprise_id=_living(ctx, result.enterprise_id),
            year=run.year,
            grade=result.grade,
        )
    )


def _keep_what_was(ctx: Context, run: GradingRun, result: GradingResult) -> None:
    known = _yearly(ctx, run, result)
    if known is not None and known.grade is not None:
        ctx.workspace.grading_results.save(replace(result, written_over=known.grade))


def _yearly(ctx: Context, run: GradingRun, result: GradingResult) -> YearlyMetrics | None:
    metrics = ctx.workspace.yearly_metrics
    found = metrics.first(enterprise_id=result.enterprise_id, year=run.year)
    if found is not None:
        return found
    living = _living(ctx, result.enterprise_id)
    return metrics.first(enterprise_id=living, year=run.year)


def _living(ctx: Context, enterprise_id: str) -> str:
    return ctx.workspace.reports.merged_into(enterprise_id)


def take_back_grading(
    ctx: Context, *, run_id: str, reason: str, progress: Told | None = None
) -> Withheld:
    """Take a final grading back: the yearly records say again what they said before it, wherever
    nobody changed the grade since. The run stays, with the reason.
    """
    ctx.require(Action.GRADE)
    run = _in_state(ctx, run_id, RunState.FINAL)
    said = _reason(reason)
    space = ctx.workspace
    left: list[str] = []
    written = 0
    with ctx.change():
        results = space.grading_results.where(run_id=run_id)
        for at, one in enumerate(results):
            if progress and at % _REPORT_EVERY == 0:
                progress(at, len(results))
            if one.grade is None:
                continue
            known = _yearly(ctx, run, one)
            if known is None or known.grade != one.grade:
                left.append(space.grading_subjects.get(one.subject_id).name)
                continue
            space.yearly_metrics.save(replace(known, grade=one.written_over))
            written += 1
        _moved(
            ctx,
            replace(
                run,
                state=RunState.TAKEN_BACK,
                taken_back_on=ctx.today(),
                taken_back_by=ctx.actor.id,
                reason=said,
            ),
        )
    return Withheld(written_back=written, left=tuple(left))


def _in_state(ctx: Context, run_id: str, state: RunState) -> GradingRun:
    run = ctx.workspace.grading_runs.get(run_id)
    if run.state is not state:
        raise RefusedMoveError(
            msg("The grading is no longer where this step begins."),
            where=str(run.year),
            remedy=msg("Look at it again: somebody has moved it on."),
        )
    return run


def _reason(text: str) -> str:
    said = text.strip()
    if not said:
        raise KnownError(msg("A reason is needed."), remedy=msg("Say why; it stays on record."))
    return said


def _moved(ctx: Context, run: GradingRun) -> GradingRun:
    with ctx.change():
        ctx.workspace.grading_runs.save(run)
    return run
