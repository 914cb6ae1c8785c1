"""测算: an enterprise against the real field of a grading, and the least that lifts its grade."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.gathering import parcel_subject
from landsteward.domain.gradings import (
    GradingMark,
    GradingResult,
    GradingRun,
    GradingSubject,
    RunState,
)
from landsteward.domain.limits import Limits, PackLimit
from landsteward.domain.occupancy import in_force
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.scenarios import Change, Stage
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Tenure
from landsteward.domain.subjects import ParcelSubject
from landsteward.domain.text import msg
from landsteward.domain.what_if.field import Field
from landsteward.domain.what_if.least import Least, Pair, leasts, pairs
from landsteward.domain.what_if.levers import LEVER_OF
from landsteward.domain.what_if.outlook import Outlook, look
from landsteward.domain.what_if.position import Position

Told = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a what-if of an enterprise rests on: the grading, its field, and the parcels.

    `position` has the parcel that is built on or given up; `latest` is the grading that holds now,
    so that what rests on an older one is known.
    """

    enterprise_id: str
    name: str
    run: GradingRun
    result_id: str
    latest: GradingRun
    field: Field
    position: Position
    parcels: tuple[ParcelSubject, ...]
    limits: Limits
    metrics: tuple[MetricKind, ...]

    def on(self, parcel_id: str | None) -> "Ground":
        """The same with another of its parcels in hand."""
        at = next((one for one in self.parcels if one.key == parcel_id), self.position.parcel)
        return replace(self, position=Position(subject=self.position.subject, parcel=at))

    def with_parcels(self, parcels: tuple[ParcelSubject, ...]) -> "Ground":
        """The same after something was recorded about its parcels."""
        held = self.position.parcel
        fresh = replace(
            self,
            parcels=parcels,
            position=Position(
                subject=self.position.subject, parcel=parcels[0] if parcels else None
            ),
        )
        return fresh if held is None else fresh.on(held.key)

    @property
    def now(self) -> Outlook:
        """As it is, nothing changed."""
        return look(self.field, self.position, {}, self.limits)

    def then(self, stage: Stage) -> Outlook:
        """After the changes of a stage. Raises ChangeRefusedError."""
        return look(self.field, self.position, as_changes(stage), self.limits)


def as_changes(stage: Stage) -> dict[str, Decimal]:
    """A stage's changes by lever; one that the program no longer knows is left out."""
    return {one.lever: one.value for one in stage.changes if one.lever in LEVER_OF}


def as_stage(year: int, changes: dict[str, Decimal]) -> Stage:
    """Changes as they are kept, in the order of the levers."""
    return Stage(
        year=year,
        changes=tuple(Change(lever=key, value=changes[key]) for key in LEVER_OF if key in changes),
    )


def grading_of(ctx: Context, *, enterprise_id: str, year: int | None = None) -> GradingRun:
    """The grading an enterprise is held against: of that year, else of the latest it is graded in;
    the final one, else the latest worked out. Raises KnownError.
    """
    space = ctx.workspace
    keys = [enterprise_id, *(one.id for one, _on in space.reports.merged_from(enterprise_id))]
    runs = [
        run
        for one in space.gradings.of_enterprises(keys)
        if (run := space.grading_runs.get(one.run_id)).state is not RunState.TAKEN_BACK
    ]
    fitting = [one for one in runs if year is None or one.year == year]
    if not fitting:
        enterprise = space.enterprises.get(enterprise_id)
        raise KnownError(
            msg("The enterprise is not in any grading.")
            if year is None
            else msg("The enterprise is not in any grading of {year}.", year=year),
            where=enterprise.name,
            remedy=msg("Grade the year first; it needs figures, and land on record."),
        )
    return max(fitting, key=lambda one: (one.year, one.state is RunState.FINAL, one.id))


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What is read for a what-if; `made` works the field out, without the workspace."""

    enterprise_id: str
    name: str
    run: GradingRun
    result: GradingResult
    latest: GradingRun
    subjects: tuple[GradingSubject, ...]
    marks: tuple[GradingMark, ...]
    parcels: tuple[ParcelSubject, ...]
    limits: tuple[PackLimit, ...]
    metrics: tuple[MetricKind, ...]

    def made(self) -> Ground:
        """The ground; takes as long as scoring the county."""
        field = Field(self.run.scheme, self.subjects, self.marks, self.result.enterprise_id)
        return Ground(
            enterprise_id=self.enterprise_id,
            name=self.name,
            run=self.run,
            result_id=self.result.id,
            latest=self.latest,
            field=field,
            position=Position(
                subject=field.subject, parcel=self.parcels[0] if self.parcels else None
            ),
            parcels=self.parcels,
            limits=Limits(self.limits),
            metrics=self.metrics,
        )


def gather(
    ctx: Context, *, enterprise_id: str, year: int | None = None, run_id: str | None = None
) -> Gathered:
    """Read what a what-if rests on. Raises KnownError.

    A rank is right only over all, so the field is read whole; of the others nothing is handed out
    but what a rank says. Whose taxes are masked (脱敏) are not to be worked out from a score.
    """
    space = ctx.workspace
    enterprise = space.enterprises.get(enterprise_id)
    latest = grading_of(ctx, enterprise_id=enterprise_id)
    run = (
        space.grading_runs.get(run_id)
        if run_id is not None
        else latest
        if year is None
        else grading_of(ctx, enterprise_id=enterprise_id, year=year)
    )
    keys = [enterprise_id, *(one.id for one, _on in space.reports.merged_from(enterprise_id))]
    result = next(
        (one for one in space.gradings.of_enterprises(keys) if one.run_id == run.id), None
    )
    if result is None:
        raise RecordNotFoundError(
            msg("The enterprise is not in this grading."), where=enterprise.name
        )
    if Restricted.TAX in ctx.sight.masked:
        raise RefusedMoveError(
            msg("Tax figures are masked for your role, and a what-if would tell them."),
            where=enterprise.name,
        )
    parcels = own_parcels(ctx, enterprise_id=enterprise_id)
    whole = ctx.reckoning()
    return Gathered(
        enterprise_id=enterprise_id,
        name=enterprise.name,
        run=run,
        result=result,
        latest=latest,
        subjects=tuple(whole.workspace.grading_subjects.where(run_id=run.id)),
        marks=tuple(whole.workspace.grading_marks.where(run_id=run.id)),
        parcels=parcels,
        limits=ctx.pack().limits,
        metrics=ctx.pack().metrics,
    )


def ground(
    ctx: Context,
    *,
    enterprise_id: str,
    year: int | None = None,
    run_id: str | None = None,
    parcel_id: str | None = None,
) -> Ground:
    """All a what-if rests on. Raises KnownError."""
    found = gather(ctx, enterprise_id=enterprise_id, year=year, run_id=run_id).made()
    return found if parcel_id is None else found.on(parcel_id)


def own_parcels(ctx: Context, *, enterprise_id: str) -> tuple[ParcelSubject, ...]:
    """The parcels it owns today or was supplied with, as they are built, the largest first."""
    space, today = ctx.workspace, ctx.today()
    keys = {
        one.parcel_id
        for one in space.occupancies.where(enterprise_id=enterprise_id, tenure=Tenure.OWNER)
        if in_force(one, today)
    }
    keys |= {one.parcel_id for one in space.supply_contracts.where(holder_id=enterprise_id)}
    if not keys:
        return ()
    found = [
        subject
        for records in space.screening.parcels(sorted(keys))
        if (subject := parcel_subject(records, today)) is not None
        and (subject.holder is None or subject.holder.id == enterprise_id)
    ]
    return tuple(
        sorted(found, key=lambda one: (-(one.parcel.area_m2 or Decimal(0)), one.parcel.id))
    )


def least_lifts(
    on: Ground, changes: dict[str, Decimal], *, progress: Told | None = None
) -> tuple[Least, ...]:
    """Each lever against each grade but the worst, beside what is changed already."""
    grades = tuple(reversed(on.run.scheme.grades[:-1]))
    found: list[Least] = []
    for one in leasts(on.field, on.position, changes, grades):
        found.append(one)
        if progress:
            progress(len(found), len(LEVER_OF) * len(grades))
    return tuple(found)


def two_together(
    on: Ground, changes: dict[str, Decimal], levers: tuple[str, str], grade: str
) -> tuple[Pair, ...]:
    """So much of one lever, and the least of another beside it."""
    return pairs(on.field, on.position, changes, levers, grade)


def outlooks(on: Ground, stages: Sequence[Stage]) -> tuple[Outlook, ...]:
    """What comes of every stage. Raises ChangeRefusedError."""
    return tuple(on.then(stage) for stage in stages)
