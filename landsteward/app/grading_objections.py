"""异议和复核: what an enterprise objects to, the answer, and a grade changed by two people."""

from dataclasses import replace
from datetime import date

from landsteward.app.context import Context
from landsteward.app.grading_notice import write_grade
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.gradings import (
    GradingObjection,
    GradingResult,
    GradingRun,
    ObjectionState,
    RunState,
)
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg

_MAY_BE_OBJECTED = (RunState.NOTICE, RunState.FINAL)


def record_objection(
    ctx: Context,
    *,
    run_id: str,
    enterprise_id: str,
    claim: str,
    raised_by: str,
    raised_on: date | None = None,
) -> GradingObjection:
    """Record what an enterprise objects to, by whom; or, with nobody named, that the office itself
    looks at a grade again.
    """
    ctx.require(Action.GRADE)
    _open_run(ctx, run_id)
    _result(ctx, run_id, enterprise_id)
    said = _needed(claim)
    on = raised_on or ctx.today()
    if on > ctx.today():
        raise RefusedMoveError(msg("That day is still to come."), where=str(on))
    objection = GradingObjection(
        id=ctx.ids.new(),
        run_id=run_id,
        enterprise_id=enterprise_id,
        raised_on=on,
        claim=said,
        raised_by=raised_by.strip(),
    )
    with ctx.change():
        ctx.workspace.grading_objections.add(objection)
    return objection


def reject_objection(ctx: Context, *, objection_id: str, answer: str) -> GradingObjection:
    """The grade stays as it is, for this reason."""
    ctx.require(Action.GRADE)
    objection = _waiting(ctx, objection_id, ObjectionState.OPEN)
    return _kept(
        ctx,
        replace(
            objection,
            state=ObjectionState.REJECTED,
            new_grade=None,
            answer=_needed(answer),
            answered_by=ctx.actor.id,
            answered_on=ctx.today(),
            approved_by=None,
            approved_on=None,
            approval="",
        ),
    )


def propose_regrade(
    ctx: Context, *, objection_id: str, new_grade: str, answer: str
) -> GradingObjection:
    """Propose another grade with its reason; it holds once somebody else approves."""
    ctx.require(Action.GRADE)
    objection = _waiting(ctx, objection_id, ObjectionState.OPEN)
    run = _open_run(ctx, objection.run_id)
    if new_grade not in run.scheme.grades:
        raise KnownError(msg("The scheme has no grade {grade}.", grade=new_grade))
    if _result(ctx, run.id, objection.enterprise_id).grade == new_grade:
        raise RefusedMoveError(
            msg("The grade is {grade} already.", grade=new_grade),
            remedy=msg("Choose another grade, or do not uphold the objection."),
        )
    return _kept(
        ctx,
        replace(
            objection,
            state=ObjectionState.PROPOSED,
            new_grade=new_grade,
            answer=_needed(answer),
            answered_by=ctx.actor.id,
            answered_on=ctx.today(),
            approved_by=None,
            approved_on=None,
            approval="",
        ),
    )


def decide_regrade(
    ctx: Context, *, objection_id: str, approved: bool, opinion: str
) -> GradingObjection:
    """Approve what was proposed, or not: by another person. Once the grading is final, the yearly
    record follows. Nobody else's grade moves. Refused needs a reason and opens the objection again.
    """
    ctx.require(Action.GRADE)
    objection = _waiting(ctx, objection_id, ObjectionState.PROPOSED)
    if objection.answered_by == ctx.actor.id:
        raise RefusedMoveError(
            msg("Who proposed a grade does not approve it."),
            where=ctx.actor.name,
            remedy=msg("Let a colleague decide."),
        )
    space = ctx.workspace
    said = opinion.strip()
    if not approved:
        said = _needed(opinion)
    decided = replace(
        objection,
        state=ObjectionState.APPROVED if approved else ObjectionState.OPEN,
        approved_by=ctx.actor.id,
        approved_on=ctx.today(),
        approval=said,
    )
    with ctx.change():
        space.grading_objections.save(decided)
        if not approved:
            return decided
        run = _open_run(ctx, objection.run_id)
        for one in _scored_with(ctx, _result(ctx, run.id, objection.enterprise_id)):
            before = one.regraded_from if one.regraded_from is not None else one.grade
            changed = replace(one, grade=objection.new_grade, regraded_from=before or "")
            space.grading_results.save(changed)
            if run.state is RunState.FINAL:
                write_grade(ctx, run, changed)
    return decided


def _scored_with(ctx: Context, result: GradingResult) -> list[GradingResult]:
    """The result, and those of all who were scored as one with it."""
    space = ctx.workspace
    together = space.grading_subjects.get(result.subject_id).together
    if not together:
        return [result]
    members = space.grading_subjects.where(run_id=result.run_id, together=together)
    found = (space.grading_results.first(subject_id=one.id) for one in members)
    return [one for one in found if one is not None]


def _open_run(ctx: Context, run_id: str) -> GradingRun:
    run = ctx.workspace.grading_runs.get(run_id)
    if run.state not in _MAY_BE_OBJECTED:
        raise RefusedMoveError(
            msg("Objections are for a grading on notice or a final one."),
            where=str(run.year),
            remedy=msg("A draft is simply put right and worked out again."),
        )
    return run


def _result(ctx: Context, run_id: str, enterprise_id: str) -> GradingResult:
    found = ctx.workspace.grading_results.first(run_id=run_id, enterprise_id=enterprise_id)
    if found is None:
        raise RefusedMoveError(msg("This enterprise is not part of the grading."))
    return found


def _waiting(ctx: Context, objection_id: str, state: ObjectionState) -> GradingObjection:
    objection = ctx.workspace.grading_objections.get(objection_id)
    if objection.state is not state:
        raise RefusedMoveError(msg("This objection was decided meanwhile."))
    return objection


def _needed(text: str) -> str:
    said = text.strip()
    if not said:
        raise KnownError(msg("A reason is needed."), remedy=msg("Say why; it stays on record."))
    return said


def _kept(ctx: Context, objection: GradingObjection) -> GradingObjection:
    with ctx.change():
        ctx.workspace.grading_objections.save(objection)
    return objection
