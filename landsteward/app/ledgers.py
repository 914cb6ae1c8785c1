"""The per-mu ledger (亩均台账): baseline, target and actual of each metric, tied to its remedy.

What follow-ups report and what the register has on record stand side by side; neither overwrites
the other.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.app.context import Context
from landsteward.app.follow_ups import entries_of
from landsteward.app.occupancies import enterprise_land
from landsteward.app.plan_reading import leading_targets
from landsteward.domain.casework import Case
from landsteward.domain.effects import Effect, effect
from landsteward.domain.follow_ups import MetricReading
from landsteward.domain.indicators import TAX_INDICATORS, yearly_indicators
from landsteward.domain.plans import PlanTarget, RemedyPlan
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.sight import Restricted
from landsteward.domain.states import PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingLine:
    """A reading and the day of the entry that reports it."""

    reading: MetricReading
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One metric of one year in one case; without a target where an entry reports it unasked.

    `readings` are the latest of each quarter and of the whole year, quarters first. `registered`
    is the register's own figure; it is `restricted` where it is masked for the person at work, and
    then it is not told what the year comes to, unless an entry reports it.
    """

    case: Case
    metric: MetricKind
    year: int
    target: PlanTarget | None
    plan: RemedyPlan | None
    readings: tuple[ReadingLine, ...]
    registered: Decimal | None
    restricted: bool = False

    @property
    def of_year(self) -> ReadingLine | None:
        """The reading of the whole year."""
        return next((one for one in self.readings if one.reading.quarter is None), None)

    @property
    def latest(self) -> ReadingLine | None:
        """The whole year's reading, until there is one that of the last quarter."""
        return self.readings[-1] if self.readings else None

    @property
    def actual(self) -> Decimal | None:
        """What counts against the target: the year as reported, else as registered, else the last
        quarter as reported.
        """
        if self.of_year is not None:
            return self.of_year.reading.value
        if self.registered is not None or self.restricted:
            return self.registered
        return self.latest.reading.value if self.latest is not None else None

    @property
    def difference(self) -> Decimal | None:
        """By how much the year as reported exceeds the year as registered; None without both."""
        if self.of_year is None or self.registered is None:
            return None
        return self.of_year.reading.value - self.registered

    @property
    def effect(self) -> Effect:
        """The way from baseline to target."""
        if self.target is None:
            return effect(None, None, self.actual)
        return effect(self.target.baseline, self.target.target, self.actual)


def ledger(ctx: Context, *, case_id: str) -> list[LedgerLine]:
    """The ledger of one case, by metric in the pack's order and year."""
    case = ctx.workspace.cases.get(case_id)
    registered = _registered(ctx, case.enterprise_id)
    return _lines(ctx, case, registered)


def enterprise_ledger(ctx: Context, *, enterprise_id: str) -> list[LedgerLine]:
    """The ledger of an enterprise over all its cases; by metric, year, case."""
    registered = _registered(ctx, enterprise_id)
    cases = sorted(
        ctx.workspace.cases.where(enterprise_id=enterprise_id), key=lambda one: one.opened_on
    )
    lines = [line for case in cases for line in _lines(ctx, case, registered)]
    order = {one.key: at for at, one in enumerate(ctx.pack().metrics)}
    return sorted(lines, key=lambda line: (order.get(line.metric.key, len(order)), line.year))


def _lines(
    ctx: Context, case: Case, registered: dict[tuple[str, int], Decimal]
) -> list[LedgerLine]:
    space = ctx.workspace
    readings = _latest_readings(ctx, case.id)
    targets: dict[tuple[str, int], tuple[PlanTarget, RemedyPlan]] = {}
    for plan in space.remedy_plans.where(case_id=case.id, status=PlanStatus.ACCEPTED):
        for target in leading_targets(ctx, plan):
            targets[target.metric, target.year] = target, plan
    masked = Restricted.TAX in ctx.sight.masked
    lines = []
    for metric in ctx.packs.get(case.pack, case.pack_version).metrics:
        years = {year for key, year in targets | readings if key == metric.key}
        for year in sorted(years):
            found = targets.get((metric.key, year))
            line = LedgerLine(
                case=case,
                metric=metric,
                year=year,
                target=found[0] if found else None,
                plan=found[1] if found else None,
                readings=readings.get((metric.key, year), ()),
                registered=registered.get((metric.key, year)),
                restricted=masked and metric.key in TAX_INDICATORS,
            )
            lines.append(line)
    return lines


def _latest_readings(ctx: Context, case_id: str) -> dict[tuple[str, int], tuple[ReadingLine, ...]]:
    """By metric and year the latest reading of each quarter, the whole year's last."""
    latest: dict[tuple[str, int, int], ReadingLine] = {}
    for one in reversed(entries_of(ctx, case_id=case_id)):
        if not one.counts:
            continue
        for reading in one.readings:
            # The whole year stands behind its quarters.
            key = (reading.metric, reading.year, reading.quarter or 5)
            latest[key] = ReadingLine(reading=reading, read_on=one.entry.happened_on)
    found: dict[tuple[str, int], tuple[ReadingLine, ...]] = {}
    for (metric, year, _), line in sorted(latest.items(), key=lambda pair: pair[0]):
        found[metric, year] = (*found.get((metric, year), ()), line)
    return found


def _registered(ctx: Context, enterprise_id: str | None) -> dict[tuple[str, int], Decimal]:
    """The register's indicators of all years by metric and year."""
    if enterprise_id is None:
        return {}
    land = enterprise_land(ctx, enterprise_id=enterprise_id).years
    return {
        (key, one.year): found.value
        for one in ctx.workspace.yearly_metrics.where(enterprise_id=enterprise_id)
        for key, found in yearly_indicators(one, land.get(one.year)).items()
        if found.value is not None
    }
