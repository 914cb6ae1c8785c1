"""The sample's grading of the year before: worked out, on public notice, one objection waiting."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from decimal import Decimal
from functools import partial

import msgspec

from landsteward.app.context import Context
from landsteward.app.grading_marks import mark_bonus
from landsteward.app.grading_notice import propose_notice, publish_notice
from landsteward.app.grading_objections import record_objection
from landsteward.app.gradings import start_grading, work_out_again
from landsteward.domain.gradings import RunState
from landsteward.domain.register import Enterprise
from landsteward.sample.content import FOLDER, Table


class BonusEntry(Table):
    """Points somebody is given."""

    enterprise: str
    points: Decimal
    reason: str


class ObjectionEntry(Table):
    """What an enterprise objects to, and how many days from today."""

    enterprise: str
    raised: int
    by: str
    claim: str


class GradingEntry(Table):
    """grading.toml; days from today."""

    by: str
    made: int
    notice: int
    note: str
    bonus: BonusEntry
    objection: ObjectionEntry


def grading_days(
    staff: Mapping[str, Context], year: int, enterprises: Mapping[str, Enterprise]
) -> Iterator[tuple[int, Callable[[], None]]]:
    """What is done about the grading on which day."""
    said = msgspec.toml.decode((FOLDER / "grading.toml").read_bytes(), type=GradingEntry)
    ctx = staff[said.by]
    yield said.made, partial(_make, ctx, year, said, enterprises)
    yield said.notice, partial(_publish, ctx, year)
    yield said.objection.raised, partial(_object, ctx, year, said, enterprises)


def _make(
    ctx: Context, year: int, said: GradingEntry, enterprises: Mapping[str, Enterprise]
) -> None:
    run = start_grading(ctx, year=year, note=said.note)
    mark_bonus(
        ctx,
        run_id=run.id,
        enterprise_id=enterprises[said.bonus.enterprise].id,
        points=said.bonus.points,
        reason=said.bonus.reason,
    )
    work_out_again(ctx, run_id=run.id)


def _publish(ctx: Context, year: int) -> None:
    (run,) = ctx.workspace.grading_runs.where(year=year, state=RunState.DRAFT)
    first = ctx.today()
    last = max(propose_notice(run, first), first + timedelta(days=7))
    publish_notice(ctx, run_id=run.id, first=first, last=last)


def _object(
    ctx: Context, year: int, said: GradingEntry, enterprises: Mapping[str, Enterprise]
) -> None:
    (run,) = ctx.workspace.grading_runs.where(year=year, state=RunState.NOTICE)
    record_objection(
        ctx,
        run_id=run.id,
        enterprise_id=enterprises[said.objection.enterprise].id,
        claim=said.objection.claim,
        raised_by=said.objection.by,
    )
