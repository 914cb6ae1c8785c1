"""亩均评价 of a county's year: who is in scope, the run with its frozen inputs, its results."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.grading.ranking import Outcome, Standing, work_out
from landsteward.domain.grading.scheme import Scheme, Together
from landsteward.domain.grading.scope import Candidate, OutOfScope, joined, placed
from landsteward.domain.gradings import (
    GradingResult,
    GradingRun,
    GradingSubject,
    RunState,
)
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg

T = TypeVar("T")
Told = Callable[[int, int], None]
_REPORT_EVERY = 200
_KEPT_AT_ONCE = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """Who is in scope, and how many are not for which reason."""

    subjects: tuple[GradingSubject, ...]
    left_out: Mapping[OutOfScope, int]
    looked_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A grading worked out and not kept."""

    year: int
    scheme: Scheme
    gathered: Gathered
    outcome: Outcome


def scheme_of(ctx: Context, key: str | None) -> Scheme:
    """A scheme of the current pack, the first where none is named. Raises KnownError."""
    schemes = ctx.pack().gradings
    if not schemes:
        raise KnownError(
            msg("The rule pack has no grading scheme."),
            where=ctx.pack().key,
            remedy=msg("Write one into grading.toml of the pack."),
        )
    if key is None:
        return schemes[0]
    for scheme in schemes:
        if scheme.key == key:
            return scheme
    raise RecordNotFoundError(
        msg("The rule pack has no grading scheme {key}.", key=key),
        where=ctx.pack().key,
        remedy=msg("These are there: {keys}.", keys=", ".join(one.key for one in schemes)),
    )


def preview_grading(
    ctx: Context, *, year: int, scheme_key: str | None = None, progress: Told | None = None
) -> Preview:
    """Grade a year without keeping anything."""
    scheme = scheme_of(ctx, scheme_key)
    gathered = _gather(ctx, scheme, year, run_id="", new_id=str, progress=progress)
    return Preview(
        year=year,
        scheme=scheme,
        gathered=gathered,
        outcome=work_out(scheme, gathered.subjects, ()),
    )


def start_grading(
    ctx: Context,
    *,
    year: int,
    scheme_key: str | None = None,
    note: str = "",
    progress: Told | None = None,
) -> GradingRun:
    """Grade a year and keep it as a draft, with the figures as they are now."""
    ctx.require(Action.GRADE)
    scheme, pack = scheme_of(ctx, scheme_key), ctx.pack()
    run_id = ctx.ids.new()
    gathered = _gather(ctx, scheme, year, run_id=run_id, new_id=ctx.ids.new, progress=progress)
    if not gathered.subjects:
        raise RefusedMoveError(
            msg("Nobody is in scope for {year}.", year=year),
            where=str(year),
            remedy=msg("Import the figures of that year first."),
        )
    outcome = work_out(scheme, gathered.subjects, ())
    run = GradingRun(
        id=run_id,
        year=year,
        scheme=scheme,
        pack_key=pack.key,
        pack_version=pack.version,
        made_on=ctx.today(),
        made_by=ctx.actor.id,
        standards=tuple(outcome.standards.values()),
        note=note,
    )
    results = list(results_of(outcome, run_id, ctx.ids.new))
    with ctx.change():
        ctx.workspace.grading_runs.add(run)
        for some in _parts(gathered.subjects):
            ctx.workspace.grading_subjects.add_many(some)
            if progress:
                progress(gathered.looked_at, gathered.looked_at)
        for part in _parts(results):
            ctx.workspace.grading_results.add_many(part)
            if progress:
                progress(gathered.looked_at, gathered.looked_at)
    return run


def _parts(records: Sequence[T]) -> Iterable[Sequence[T]]:
    for start in range(0, len(records), _KEPT_AT_ONCE):
        yield records[start : start + _KEPT_AT_ONCE]


def _gather(
    ctx: Context,
    scheme: Scheme,
    year: int,
    *,
    run_id: str,
    new_id: Callable[[], str],
    progress: Told | None,
) -> Gathered:
    space, scope = ctx.workspace, scheme.scope
    total = space.enterprises.count() if progress else 0
    left_out: Counter[OutOfScope] = Counter()
    subjects: list[GradingSubject] = []
    waiting: list[Candidate] = []

    def place(one: Candidate, together: str = "", joint_m2: Decimal | None = None) -> None:
        found = placed(
            one, scope, run_id=run_id, new_id=new_id, together=together, joint_m2=joint_m2
        )
        if isinstance(found, GradingSubject):
            subjects.append(found)
        else:
            left_out[found] += 1

    looked_at = 0
    for looked_at, candidate in enumerate(space.gradings.candidates(year), start=1):
        if candidate.leases and scope.together is Together.LESSEES:
            waiting.append(candidate)
        else:
            place(candidate)
        if progress and looked_at % _REPORT_EVERY == 0:
            progress(looked_at, max(looked_at, total))
    keys = joined(((one.enterprise.id, one.leases) for one in waiting), scope.together)
    land: dict[str, Decimal] = {}
    for one in waiting:
        key = keys.get(one.enterprise.id)
        if key is not None and one.land is not None:
            land[key] = land.get(key, Decimal(0)) + one.land.area_m2
    for one in waiting:
        key = keys.get(one.enterprise.id, "")
        place(one, key, land.get(key))
    return Gathered(subjects=tuple(subjects), left_out=left_out, looked_at=looked_at)


def results_of(outcome: Outcome, run_id: str, new_id: Callable[[], str]) -> Iterable[GradingResult]:
    """One result for each subject; those scored as one have the same."""
    for standing in outcome.standings:
        for subject in standing.unit.members:
            yield _result(standing, subject, run_id, new_id())


def _result(
    standing: Standing, subject: GradingSubject, run_id: str, result_id: str
) -> GradingResult:
    score = standing.score
    return GradingResult(
        id=result_id,
        run_id=run_id,
        subject_id=subject.id,
        enterprise_id=subject.enterprise_id,
        scale=standing.unit.scale,
        score=score.total if score is not None else None,
        rank=standing.rank,
        tied=standing.tied,
        lifted=standing.lifted,
        grade_by_rank=standing.grade_by_rank,
        grade=standing.grade,
        bonus=score.bonus if score is not None else Decimal(0),
        vetoes=standing.vetoes,
        lacking=standing.unit.lacking if score is None else (),
        stood_in=(
            tuple(one.weighted.metric for one in score.steps if one.stood_in)
            if score is not None
            else ()
        ),
    )


def draft(ctx: Context, run_id: str) -> GradingRun:
    """The run, which must be a draft. Raises RefusedMoveError."""
    run = ctx.workspace.grading_runs.get(run_id)
    if run.state is not RunState.DRAFT:
        raise RefusedMoveError(
            msg("Only a draft can be changed."),
            where=str(run.year),
            remedy=msg("Withdraw the notice first, or record an objection."),
        )
    return run


def work_out_again(ctx: Context, *, run_id: str, progress: Told | None = None) -> int:
    """Score and rank a draft anew by its frozen figures and the marks there are now; says how many
    results changed.
    """
    ctx.require(Action.GRADE)
    run = draft(ctx, run_id)
    space = ctx.workspace
    outcome = worked_out(ctx, run)
    known = {one.subject_id: one for one in space.grading_results.where(run_id=run_id)}
    changed = 0
    with ctx.change():
        space.grading_runs.save(replace(run, standards=tuple(outcome.standards.values())))
        for at, one in enumerate(results_of(outcome, run_id, str)):
            before = known[one.subject_id]
            after = replace(one, id=before.id)
            if after != before:
                space.grading_results.save(after)
                changed += 1
            if progress and at % _REPORT_EVERY == 0:
                progress(at, len(known))
    return changed


def worked_out(ctx: Context, run: GradingRun) -> Outcome:
    """What comes out of what a run keeps: its scheme, its figures, its marks."""
    space = ctx.workspace
    return work_out(
        run.scheme,
        space.grading_subjects.where(run_id=run.id),
        space.grading_marks.where(run_id=run.id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A run worked out once more beside what it kept; `differing` are enterprises by name."""

    results: int
    differing: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether everything came out as it was kept."""
        return not self.differing


def repeat_grading(ctx: Context, *, run_id: str) -> Repeated:
    """Whether a run's figures and scheme still give what was kept; changes nothing.

    A grade that was changed by hand afterwards is held against what it was before.
    """
    run = ctx.workspace.grading_runs.get(run_id)
    outcome = worked_out(ctx, run)
    kept = {one.subject_id: one for one in ctx.workspace.grading_results.where(run_id=run_id)}
    differing: list[str] = []
    names = {
        subject.id: subject.name
        for standing in outcome.standings
        for subject in standing.unit.members
    }
    for one in results_of(outcome, run_id, str):
        before = kept.pop(one.subject_id, None)
        if before is None or _as_worked_out(before) != replace(one, id=before.id):
            differing.append(names[one.subject_id])
    differing += [names.get(key, key) for key in kept]
    return Repeated(results=len(names), differing=tuple(sorted(differing)))


def _as_worked_out(result: GradingResult) -> GradingResult:
    grade = result.grade if result.regraded_from is None else result.regraded_from or None
    return replace(result, grade=grade, regraded_from=None, written_over=None)


def discard_draft(ctx: Context, *, run_id: str, progress: Told | None = None) -> None:
    """Mark a draft with all that belongs to it as deleted."""
    ctx.require(Action.GRADE)
    draft(ctx, run_id)
    space = ctx.workspace
    results = space.grading_results.where(run_id=run_id)
    subjects = space.grading_subjects.where(run_id=run_id)
    total = len(results) + len(subjects)
    with ctx.change():
        for at, one in enumerate(results):
            space.grading_results.retire(one.id)
            if progress and at % _REPORT_EVERY == 0:
                progress(at, total)
        for at, subject in enumerate(subjects, start=len(results)):
            space.grading_subjects.retire(subject.id)
            if progress and at % _REPORT_EVERY == 0:
                progress(at, total)
        for mark in space.grading_marks.where(run_id=run_id):
            space.grading_marks.retire(mark.id)
        space.grading_runs.retire(run_id)
