"""What the pages of 亩均评价 show: the runs, one run, one enterprise's score line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.grading_sources import GradeCount, Scored
from landsteward.domain.grading.ranking import bonus_of, holding, standards_by_key
from landsteward.domain.grading.scheme import Veto
from landsteward.domain.grading.scoring import Score, can_be_scored, score
from landsteward.domain.grading.units import units_of
from landsteward.domain.gradings import (
    GradingMark,
    GradingObjection,
    GradingResult,
    GradingRun,
    GradingSubject,
    ObjectionState,
    RunState,
)
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """A run in the list, with how many have which grade."""

    run: GradingRun
    made_by: str
    counts: Sequence[GradeCount]

    def count(self, grade: str | None) -> int:
        """How many have this grade (None: none), in all groups."""
        return sum(one.count for one in self.counts if one.grade == grade)


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedMark:
    """A mark with the enterprise and the person by name."""

    mark: GradingMark
    enterprise: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedObjection:
    """An objection with the enterprise and the people by name; `grade` is what it has now."""

    objection: GradingObjection
    enterprise: str
    grade: str | None
    answered_by: str
    approved_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """One run whole, without its rows: those come as a list of the workspace.

    `changes` counts those better, the same and worse than the year before.
    """

    line: RunLine
    scores: Sequence[Scored]
    changes: Mapping[str, int]
    marks: tuple[NamedMark, ...]
    objections: tuple[NamedObjection, ...]
    carriers: Mapping[str, str]
    industries: tuple[tuple[str, str], ...]
    final_by: str
    taken_back_by: str

    @property
    def run(self) -> GradingRun:
        """The run itself."""
        return self.line.run

    @property
    def unsettled(self) -> int:
        """How many objections stand in the way of making it final."""
        return sum(
            one.objection.state in (ObjectionState.OPEN, ObjectionState.PROPOSED)
            for one in self.objections
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreView:
    """How one enterprise came to its grade.

    `members` are all who are scored as one, itself among them; `of` is how many its group has
    ranked; `before` is its result in the last final run of an earlier year. Where it is
    `restricted` the figures are masked for the person at work, and nothing is worked out of them.
    """

    run: GradingRun
    result: GradingResult
    subject: GradingSubject
    members: tuple[GradingSubject, ...]
    scale: Scale | None
    score: Score | None
    of: int
    vetoes: tuple[Veto, ...]
    marks: tuple[NamedMark, ...]
    objections: tuple[NamedObjection, ...]
    before: tuple[GradingRun, GradingResult] | None
    restricted: bool = False


def grading_runs(ctx: Context) -> list[RunLine]:
    """All runs, the latest year and the latest made first."""
    runs = sorted(
        ctx.workspace.grading_runs.where(), key=lambda one: (one.year, one.id), reverse=True
    )
    return [_line(ctx, run) for run in runs]


def years_with_figures(ctx: Context) -> list[int]:
    """The years that can be graded, the latest first."""
    return list(ctx.workspace.gradings.years())


def run_view(ctx: Context, *, run_id: str) -> RunView:
    """One run. Raises RecordNotFoundError."""
    space = ctx.workspace
    run = space.grading_runs.get(run_id)
    marks = space.grading_marks.where(run_id=run_id)
    objections = space.grading_objections.where(run_id=run_id)
    carriers, industries = space.gradings.places(run_id)
    return RunView(
        line=_line(ctx, run),
        scores=space.gradings.scores(run_id),
        changes=space.gradings.changes(run_id),
        marks=_marks(ctx, run_id, marks),
        objections=_objections(ctx, run_id, objections),
        carriers=carriers,
        industries=industries,
        final_by=_name(ctx, run.final_by),
        taken_back_by=_name(ctx, run.taken_back_by),
    )


def score_view(ctx: Context, *, result_id: str) -> ScoreView:
    """One enterprise's score, worked out once more from what the run keeps."""
    space = ctx.workspace
    result = space.grading_results.get(result_id)
    run = space.grading_runs.get(result.run_id)
    subject = space.grading_subjects.get(result.subject_id)
    members = [subject]
    if subject.together:
        members = space.grading_subjects.where(run_id=run.id, together=subject.together)
    (unit,) = units_of(run.scheme, members)
    marks = [
        mark
        for one in members
        for mark in space.grading_marks.where(run_id=run.id, enterprise_id=one.enterprise_id)
    ]
    standards = standards_by_key(run.standards)
    found = None
    restricted = Restricted.TAX in ctx.sight.masked
    if not restricted and can_be_scored(run.scheme, unit, standards):
        found = score(run.scheme, unit, standards, bonus_of(marks))
    keys = holding(run.scheme, marks)
    return ScoreView(
        run=run,
        result=result,
        subject=subject,
        members=tuple(unit.members),
        scale=unit.scale,
        score=found,
        of=space.gradings.ranked(run.id, unit.scale) if unit.scale is not None else 0,
        vetoes=tuple(one for one in run.scheme.vetoes if one.key in keys),
        marks=_marks(ctx, run.id, marks),
        objections=_objections(
            ctx,
            run.id,
            space.grading_objections.where(run_id=run.id, enterprise_id=subject.enterprise_id),
        ),
        before=_before(ctx, run, subject.enterprise_id),
        restricted=restricted,
    )


def enterprise_gradings(
    ctx: Context, *, enterprise_id: str
) -> list[tuple[GradingRun, GradingResult]]:
    """Every result an enterprise, or what was merged into it, has had; the latest year first."""
    space = ctx.workspace
    keys = [enterprise_id, *(one.id for one, _on in space.reports.merged_from(enterprise_id))]
    found = [
        (space.grading_runs.get(one.run_id), one) for one in space.gradings.of_enterprises(keys)
    ]
    return sorted(found, key=lambda one: (one[0].year, one[0].id), reverse=True)


def _before(
    ctx: Context, run: GradingRun, enterprise_id: str
) -> tuple[GradingRun, GradingResult] | None:
    for other, result in enterprise_gradings(ctx, enterprise_id=enterprise_id):
        if other.year < run.year and other.state is RunState.FINAL:
            return other, result
    return None


def _line(ctx: Context, run: GradingRun) -> RunLine:
    return RunLine(
        run=run,
        made_by=_name(ctx, run.made_by),
        counts=ctx.workspace.gradings.grade_counts(run.id),
    )


def _name(ctx: Context, person_id: str | None) -> str:
    person = ctx.workspace.people.find(person_id) if person_id else None
    return person.name if person is not None else ""


def _marks(ctx: Context, run_id: str, marks: Sequence[GradingMark]) -> tuple[NamedMark, ...]:
    return tuple(
        NamedMark(
            mark=one,
            enterprise=_enterprise(ctx, run_id, one.enterprise_id),
            by=_name(ctx, one.made_by),
        )
        for one in marks
    )


def _objections(
    ctx: Context, run_id: str, objections: Sequence[GradingObjection]
) -> tuple[NamedObjection, ...]:
    results = ctx.workspace.grading_results
    found = []
    for one in objections:
        result = results.first(run_id=run_id, enterprise_id=one.enterprise_id)
        found.append(
            NamedObjection(
                objection=one,
                enterprise=_enterprise(ctx, run_id, one.enterprise_id),
                grade=result.grade if result is not None else None,
                answered_by=_name(ctx, one.answered_by),
                approved_by=_name(ctx, one.approved_by),
            )
        )
    return tuple(found)


def _enterprise(ctx: Context, run_id: str, enterprise_id: str) -> str:
    subjects = ctx.workspace.grading_subjects
    found = subjects.first(run_id=run_id, enterprise_id=enterprise_id)
    return found.name if found is not None else enterprise_id
