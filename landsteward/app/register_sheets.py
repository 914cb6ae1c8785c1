"""What the register knows of one enterprise or one parcel, part by part for its page."""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.cases import CaseOverview, case_overview, find_open_case
from landsteward.app.context import Context
from landsteward.app.occupancies import EnterpriseLand, enterprise_land
from landsteward.app.output_contracts import OutputView, enterprise_outputs
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.indicators import TAX_INDICATORS, Indicator, yearly_indicators
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.organisations import Organisation
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.sight import RESTRICTED, Restricted
from landsteward.domain.states import OrganisationKind


@dataclass(frozen=True, slots=True, kw_only=True)
class YearView:
    """A year's figures with the indicators they make, by key."""

    figures: YearlyMetrics
    indicators: dict[str, Indicator]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseHead:
    """What stands above an enterprise's page, and how much there is below.

    `years` are newest first, `case` is the one under way, `merged` what went into this record and
    when. `open_findings` and `overdue_findings` are those of all its cases; what is `masked` is
    empty.
    """

    enterprise: Enterprise
    carriers: tuple[Organisation, ...]
    land: EnterpriseLand
    years: tuple[YearView, ...]
    case: CaseOverview | None
    open_findings: int
    overdue_findings: int
    merged: tuple[tuple[Enterprise, date], ...]
    outputs: tuple[OutputView, ...]
    parcels: int
    cases: int
    papers: int
    evidence: int
    masked: frozenset[Restricted] = frozenset()

    @property
    def grade(self) -> tuple[str, int] | None:
        """The latest grade and its year."""
        return next(
            ((one.figures.grade, one.figures.year) for one in self.years if one.figures.grade), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldSupply:
    """A supply an enterprise holds, with its parcel."""

    supply: SupplyContract
    parcel: Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelSheet:
    """One parcel, whole. The first supply and output contract are the latest."""

    parcel: Parcel
    carriers: tuple[Organisation, ...]
    supplies: tuple[SupplyContract, ...]
    outputs: tuple[OutputContract, ...]
    looks: tuple[ConstructionProgress, ...]
    users: tuple[tuple[Occupancy, Enterprise], ...]
    holder: Enterprise | None
    cases: tuple[Case, ...]


def enterprise_head(ctx: Context, *, enterprise_id: str) -> EnterpriseHead:
    """An enterprise with its key figures. Raises RecordNotFoundError."""
    space = ctx.workspace
    enterprise = space.enterprises.get(enterprise_id)
    land = enterprise_land(ctx, enterprise_id=enterprise_id)
    cases = space.cases.where(enterprise_id=enterprise_id)
    under_way = find_open_case(ctx, enterprise_id=enterprise_id, parcel_id=None)
    today = ctx.today()
    findings = [one for case in cases for one in space.findings.where(case_id=case.id)]
    unsettled = [one for one in findings if one.state not in SETTLED_FINDING_STATES]
    supplied = {one.parcel_id for one in space.supply_contracts.where(holder_id=enterprise_id)}
    return EnterpriseHead(
        enterprise=enterprise,
        carriers=_carriers(ctx),
        land=land,
        years=_years(ctx, enterprise_id, land),
        case=case_overview(ctx, case_id=under_way.id) if under_way else None,
        open_findings=len(unsettled),
        overdue_findings=sum(
            one.deadline_on is not None and one.deadline_on < today for one in unsettled
        ),
        merged=tuple(space.reports.merged_from(enterprise_id)),
        parcels=len({row.parcel.id for row in land.rows} | supplied),
        outputs=enterprise_outputs(ctx, enterprise_id=enterprise_id),
        cases=len(cases),
        papers=sum(space.issued_documents.count(case_id=case.id) for case in cases),
        evidence=sum(space.evidence.count(case_id=case.id) for case in cases),
        masked=ctx.sight.masked,
    )


def _years(ctx: Context, enterprise_id: str, land: EnterpriseLand) -> tuple[YearView, ...]:
    found = ctx.workspace.yearly_metrics.where(enterprise_id=enterprise_id)
    masked = Restricted.TAX in ctx.sight.masked
    return tuple(
        YearView(
            figures=one,
            indicators={
                key: replace(worked_out, missing=RESTRICTED)
                if masked and key in TAX_INDICATORS
                else worked_out
                for key, worked_out in yearly_indicators(one, land.years.get(one.year)).items()
            },
        )
        for one in sorted(found, key=lambda one: one.year, reverse=True)
    )


def enterprise_supplies(ctx: Context, *, enterprise_id: str) -> tuple[HeldSupply, ...]:
    """The supplies an enterprise holds, latest first."""
    space = ctx.workspace
    supplies = space.supply_contracts.where(holder_id=enterprise_id)
    parcels = space.reports.parcels_by_id(sorted({one.parcel_id for one in supplies}))
    return tuple(
        HeldSupply(supply=one, parcel=parcels[one.parcel_id])
        for one in sorted(supplies, key=order.signed, reverse=True)
        if one.parcel_id in parcels
    )


def parcel_sheet(ctx: Context, *, parcel_id: str) -> ParcelSheet:
    """Everything on record about a parcel. Raises RecordNotFoundError."""
    space = ctx.workspace
    parcel = space.parcels.get(parcel_id)
    supplies = space.supply_contracts.where(parcel_id=parcel_id)
    supplies.sort(key=order.signed, reverse=True)
    holder_id = supplies[0].holder_id if supplies else None
    outputs = space.output_contracts.where(parcel_id=parcel_id)
    looks = space.construction_progress.where(parcel_id=parcel_id)
    return ParcelSheet(
        parcel=parcel,
        carriers=_carriers(ctx),
        supplies=tuple(supplies),
        outputs=tuple(sorted(outputs, key=order.signed, reverse=True)),
        looks=tuple(sorted(looks, key=order.observed, reverse=True)),
        users=tuple(
            (one, space.enterprises.get(one.enterprise_id))
            for one in sorted(space.occupancies.where(parcel_id=parcel_id), key=order.occupied)
        ),
        holder=space.enterprises.get(holder_id) if holder_id else None,
        cases=cases_of_parcel(ctx, parcel_id=parcel_id, holder_id=holder_id),
    )


def cases_of_parcel(ctx: Context, *, parcel_id: str, holder_id: str | None) -> tuple[Case, ...]:
    """The cases of a parcel and of whoever holds it, latest first."""
    space = ctx.workspace
    cases = {one.id: one for one in space.cases.where(parcel_id=parcel_id)}
    if holder_id is not None:
        cases.update({one.id: one for one in space.cases.where(enterprise_id=holder_id)})
    return tuple(sorted(cases.values(), key=order.opened, reverse=True))


def _carriers(ctx: Context) -> tuple[Organisation, ...]:
    found = ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
    return tuple(sorted(found, key=lambda one: one.name))
