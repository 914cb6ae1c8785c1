"""Follow-up (跟踪问效): what was done since, how far it is, and what it shows in figures."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.plan_reading import plan_of_step
from landsteward.domain import order
from landsteward.domain.casework import Case, EvidenceLink
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.follow_ups import FollowUp, MetricReading
from landsteward.domain.permissions import Action
from landsteward.domain.plans import PlanStep, RemedyPlan
from landsteward.domain.states import PlanStatus, SubjectKind
from landsteward.domain.text import msg

_FIRST_YEAR = 1990


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenReading:
    """What a person reads of a metric: its year (and quarter), the value, and who says so."""

    metric: str
    year: int
    quarter: int | None = None
    value: Decimal
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry with its readings, and the entry that corrects it."""

    entry: FollowUp
    readings: tuple[MetricReading, ...]
    corrected_by: str | None

    @property
    def counts(self) -> bool:
        """Whether it still stands."""
        return self.corrected_by is None


def record_follow_up(
    ctx: Context,
    *,
    case_id: str,
    happened_on: date,
    content: str,
    percent: int | None = None,
    step_id: str | None = None,
    readings: Sequence[GivenReading] = (),
    corrects_id: str | None = None,
) -> FollowUp:
    """Add an entry to the follow-up of a case. Progress is 0–100 %; at 100 % its step is done.

    Entries are never changed: `corrects_id` names one that this one takes the place of, with the
    evidence that was attached to it. A step that was done only by that one is open again.
    """
    ctx.require(Action.FOLLOW_UP)
    case = living_case(ctx, case_id=case_id)
    _check(ctx, case, happened_on, content, percent, step_id)
    corrected = _corrected(ctx, case, corrects_id)
    plan = plan_of(ctx, case_id=case_id, step_id=step_id)
    entry = FollowUp(
        id=ctx.ids.new(),
        case_id=case_id,
        happened_on=happened_on,
        content=content.strip(),
        author_id=ctx.actor.id,
        percent=percent,
        plan_id=plan.id if plan else None,
        step_id=step_id,
        corrects_id=corrects_id,
    )
    figures = [_reading(ctx, entry, one) for one in readings]
    with ctx.change():
        ctx.workspace.follow_ups.add(entry)
        ctx.workspace.metric_readings.add_many(figures)
        if corrected is not None:
            _take_over(ctx, corrected, entry)
        if percent == 100 and step_id is not None:
            complete_step(ctx, step_id=step_id, done_on=happened_on)
    return entry


def _check(
    ctx: Context,
    case: Case,
    happened_on: date,
    content: str,
    percent: int | None,
    step_id: str | None,
) -> None:
    if not content.strip():
        raise RefusedMoveError(msg("Say what was done."))
    if percent is not None and not 0 <= percent <= 100:
        raise RefusedMoveError(msg("Progress is between 0 and 100 %."))
    if happened_on > ctx.today():
        raise RefusedMoveError(msg("An entry records what has happened; its date lies ahead."))
    if step_id is not None and _case_of_step(ctx, step_id) != case.id:
        raise RefusedMoveError(
            msg("This step belongs to the plan of another case."),
            where=case.case_no,
            remedy=msg("Choose a step of this case's plan."),
        )


def _corrected(ctx: Context, case: Case, corrects_id: str | None) -> FollowUp | None:
    if corrects_id is None:
        return None
    old = ctx.workspace.follow_ups.get(corrects_id)
    if old.case_id != case.id:
        raise RefusedMoveError(msg("An entry corrects another of the same case."))
    if ctx.workspace.follow_ups.first(corrects_id=corrects_id) is not None:
        raise RefusedMoveError(
            msg("This entry was corrected already."),
            where=old.content,
            remedy=msg("Correct the entry that took its place."),
        )
    return old


def _reading(ctx: Context, entry: FollowUp, given: GivenReading) -> MetricReading:
    case = ctx.workspace.cases.get(entry.case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    kind = next((one for one in pack.metrics if one.key == given.metric), None)
    if kind is None:
        raise RefusedMoveError(msg("Say which metric the figure is of."))
    if not _FIRST_YEAR <= given.year <= ctx.today().year:
        raise RefusedMoveError(
            msg("A figure is of a year that has begun, not of {year}.", year=given.year),
            where=kind.name,
        )
    if not given.source.strip():
        raise RefusedMoveError(msg("Say where the figure comes from."), where=kind.name)
    return MetricReading(
        id=ctx.ids.new(),
        follow_up_id=entry.id,
        case_id=entry.case_id,
        metric=kind.key,
        year=given.year,
        quarter=given.quarter,
        value=given.value,
        unit=kind.unit,
        source=given.source.strip(),
    )


def _take_over(ctx: Context, old: FollowUp, new: FollowUp) -> None:
    """Evidence goes along; a step that only the old entry had done is not done."""
    space = ctx.workspace
    for link in space.evidence_links.where(subject_kind=SubjectKind.FOLLOW_UP, subject_id=old.id):
        space.evidence_links.add(
            EvidenceLink(
                id=ctx.ids.new(),
                evidence_id=link.evidence_id,
                subject_kind=SubjectKind.FOLLOW_UP,
                subject_id=new.id,
            )
        )
    if old.step_id is None or old.percent != 100:
        return
    others = [
        one.entry
        for one in entries_of(ctx, case_id=old.case_id)
        if one.counts and one.entry.step_id == old.step_id and one.entry.percent == 100
    ]
    if not others:
        complete_step(ctx, step_id=old.step_id, done_on=None)


def complete_step(ctx: Context, *, step_id: str, done_on: date | None) -> PlanStep:
    """Mark a step of an accepted plan as done on a day, or as not done (None)."""
    ctx.require(Action.FOLLOW_UP)
    step = ctx.workspace.plan_steps.get(step_id)
    if done_on is not None and done_on > ctx.today():
        raise RefusedMoveError(
            msg("An entry records what has happened; its date lies ahead."), where=step.title
        )
    plan = plan_of_step(ctx, step)
    living_case(ctx, case_id=plan.case_id)
    if plan.status is not PlanStatus.ACCEPTED:
        raise RefusedMoveError(
            msg("Steps are ticked off once the plan is accepted."), where=step.title
        )
    if step.alternative_id != plan.chosen_id:
        raise RefusedMoveError(
            msg("This step belongs to an alternative that was not chosen."), where=step.title
        )
    done = replace(step, done_on=done_on)
    with ctx.change():
        ctx.workspace.plan_steps.save(done)
    return done


def entries_of(ctx: Context, *, case_id: str) -> list[Entry]:
    """All entries of a case, corrected ones too, the latest first."""
    space = ctx.workspace
    entries = space.follow_ups.where(case_id=case_id)
    corrected = {one.corrects_id: one.id for one in entries if one.corrects_id}
    figures: dict[str, list[MetricReading]] = {}
    for reading in space.metric_readings.where(case_id=case_id):
        figures.setdefault(reading.follow_up_id, []).append(reading)
    return [
        Entry(
            entry=one,
            readings=tuple(figures.get(one.id, ())),
            corrected_by=corrected.get(one.id),
        )
        for one in sorted(entries, key=lambda one: (one.happened_on, one.id), reverse=True)
    ]


def _case_of_step(ctx: Context, step_id: str) -> str:
    return plan_of_step(ctx, ctx.workspace.plan_steps.get(step_id)).case_id


def plan_of(ctx: Context, *, case_id: str, step_id: str | None) -> RemedyPlan | None:
    """The plan an entry is about: its step's, otherwise the one that is being kept."""
    if step_id is None:
        return current_plan(ctx, case_id=case_id)
    return plan_of_step(ctx, ctx.workspace.plan_steps.get(step_id))


def current_plan(ctx: Context, *, case_id: str) -> RemedyPlan | None:
    """The plan that is being kept: the latest accepted one."""
    accepted = ctx.workspace.remedy_plans.where(case_id=case_id, status=PlanStatus.ACCEPTED)
    return max(accepted, key=order.versioned, default=None)
