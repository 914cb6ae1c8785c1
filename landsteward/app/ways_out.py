"""Which ways out are open for a finding, which only if, which are barred: asked of the register."""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.cases import case_parcel_ids
from landsteward.app.context import Context
from landsteward.domain.casework import Case
from landsteward.domain.chosen_ways import ChosenWay, WayState
from landsteward.domain.findings import Finding
from landsteward.domain.gathering import ParcelRecords, parcel_subject
from landsteward.domain.register import Parcel, YearlyMetrics
from landsteward.domain.rulepack import RulePack
from landsteward.domain.standings import LandStanding
from landsteward.domain.subjects import SupplySubject
from landsteward.domain.ways.facts import WayFacts, idle_of
from landsteward.domain.ways.judging import WayOut, judge_ways


@dataclass(frozen=True, slots=True, kw_only=True)
class WaysOut:
    """All ways out of one finding on a day, with what they were judged by."""

    on: date
    pack: RulePack
    case: Case
    finding: Finding
    facts: WayFacts
    ways: tuple[WayOut, ...]

    def way(self, key: str) -> WayOut | None:
        """The way of that key; None where the case's pack has none such."""
        return next((one for one in self.ways if one.path.key == key), None)

    def in_state(self, state: WayState, *, fits: bool = True) -> tuple[WayOut, ...]:
        """The ways that stand so, of those the pack names for such a finding, or of the others."""
        return tuple(one for one in self.ways if one.state is state and one.fits is fits)


def ways_out(ctx: Context, *, finding_id: str, on: date | None = None) -> WaysOut:
    """The ways out of a finding as things are known on a day, by the rule pack of its case."""
    space = ctx.workspace
    finding = space.findings.get(finding_id)
    case = space.cases.get(finding.case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    day = on or ctx.today()
    facts = _facts(ctx, pack, case, finding, day)
    return WaysOut(
        on=day,
        pack=pack,
        case=case,
        finding=finding,
        facts=facts,
        ways=judge_ways(pack, finding, facts),
    )


def ways_of_case(ctx: Context, *, case_id: str, on: date | None = None) -> tuple[WaysOut, ...]:
    """The same for every finding of a case, in the order of their numbers."""
    findings = ctx.workspace.findings.where(case_id=case_id)
    return tuple(
        ways_out(ctx, finding_id=one.id, on=on)
        for one in sorted(findings, key=lambda one: one.finding_no)
    )


def chosen_of(ctx: Context, *, alternative_id: str) -> tuple[ChosenWay, ...]:
    """The ways an alternative has chosen, in the order they were chosen in."""
    return tuple(ctx.workspace.chosen_ways.where(alternative_id=alternative_id))


def judged_anew(ctx: Context, chosen: ChosenWay) -> ChosenWay:
    """A choice with how its way stands today; one of a way the pack no longer has stays."""
    way = ways_out(ctx, finding_id=chosen.finding_id).way(chosen.way)
    if way is None:
        return chosen
    return replace(chosen, state=way.state, reasons=way.reasons, chosen_on=ctx.today())


def _facts(ctx: Context, pack: RulePack, case: Case, finding: Finding, on: date) -> WayFacts:
    space = ctx.workspace
    parcel = _land(ctx, case, finding)
    records = _records(ctx, parcel, on) if parcel is not None else None
    on_record = parcel_subject(records, on) if records is not None else None
    supply = on_record.contract if on_record is not None else None
    subject = (
        SupplySubject(
            parcel=on_record.parcel,
            contract=supply,
            holder=on_record.holder,
            progress=on_record.progress,
        )
        if on_record is not None and supply is not None
        else None
    )
    return WayFacts(
        on=on,
        parcel=parcel,
        standing=standing_of(ctx, parcel_id=parcel.id) if parcel is not None else None,
        supply=supply,
        look=on_record.progress if on_record is not None else None,
        output=on_record.output if on_record is not None else None,
        graded=_graded(ctx, case, on),
        idle=idle_of(pack, finding, subject, on),
        answers={one.fact: one for one in space.case_facts.where(case_id=case.id)},
    )


def standing_of(ctx: Context, *, parcel_id: str) -> LandStanding | None:
    """A parcel's rights and limits, where anybody has found them out."""
    return ctx.workspace.land_standings.first(parcel_id=parcel_id)


def _land(ctx: Context, case: Case, finding: Finding) -> Parcel | None:
    """The land a finding is about: its own, the case's, or the only one of the enterprise."""
    space = ctx.workspace
    key = finding.parcel_id or case.parcel_id
    if key is None:
        held = case_parcel_ids(ctx, case=case)
        key = held[0] if len(held) == 1 else None
    return space.parcels.find(key) if key is not None else None


def _records(ctx: Context, parcel: Parcel, on: date) -> ParcelRecords:
    space = ctx.workspace
    supplies = space.supply_contracts.where(parcel_id=parcel.id)
    return ParcelRecords(
        parcel=parcel,
        supplies=tuple(
            (one, space.enterprises.find(one.holder_id) if one.holder_id else None)
            for one in supplies
        ),
        outputs=tuple(space.output_contracts.where(parcel_id=parcel.id)),
        looks=tuple(
            one
            for one in space.construction_progress.where(parcel_id=parcel.id)
            if one.observed_on <= on
        ),
    )


def _graded(ctx: Context, case: Case, on: date) -> YearlyMetrics | None:
    """The latest year with a grade."""
    if case.enterprise_id is None:
        return None
    years = ctx.workspace.yearly_metrics.where(enterprise_id=case.enterprise_id)
    graded = [one for one in years if one.grade and one.year <= on.year]
    return max(graded, key=lambda one: one.year, default=None)
