"""Everything the register knows of one enterprise or one parcel, gathered for its page."""

from dataclasses import dataclass
from datetime import date

from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.organisations import Organisation, OrganisationKind
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldParcel:
    """A parcel an enterprise holds or uses, with the latest supply and how it is used."""

    parcel: Parcel
    supply: SupplyContract | None
    occupancy: Occupancy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One dated thing the register knows: what, and about which land."""

    on: date
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseSheet:
    """One enterprise, whole. `years` newest first, `happenings` newest first."""

    enterprise: Enterprise
    carriers: tuple[Organisation, ...]
    parcels: tuple[HeldParcel, ...]
    years: tuple[YearlyMetrics, ...]
    cases: tuple[Case, ...]
    happenings: tuple[Happening, ...]


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


def enterprise_sheet(ctx: Context, *, enterprise_id: str) -> EnterpriseSheet:
    """Everything on record about an enterprise. Raises RecordNotFoundError."""
    space = ctx.workspace
    enterprise = space.enterprises.get(enterprise_id)
    supplies = sorted(space.supply_contracts.where(holder_id=enterprise_id), key=order.signed)
    occupancies = sorted(space.occupancies.where(enterprise_id=enterprise_id), key=order.occupied)
    keys = dict.fromkeys(
        [one.parcel_id for one in supplies] + [one.parcel_id for one in occupancies]
    )
    parcels = tuple(
        HeldParcel(
            parcel=space.parcels.get(key),
            supply=next((one for one in reversed(supplies) if one.parcel_id == key), None),
            occupancy=next((one for one in reversed(occupancies) if one.parcel_id == key), None),
        )
        for key in keys
    )
    years = space.yearly_metrics.where(enterprise_id=enterprise_id)
    cases = sorted(space.cases.where(enterprise_id=enterprise_id), key=order.opened)
    happenings = [one for held in parcels for one in _of_parcel(ctx, held)]
    happenings += [one for case in cases for one in _of_case(case)]
    return EnterpriseSheet(
        enterprise=enterprise,
        carriers=_carriers(ctx),
        parcels=parcels,
        years=tuple(sorted(years, key=lambda one: one.year, reverse=True)),
        cases=tuple(reversed(cases)),
        happenings=tuple(sorted(happenings, key=lambda one: one.on, reverse=True)),
    )


def parcel_sheet(ctx: Context, *, parcel_id: str) -> ParcelSheet:
    """Everything on record about a parcel. Raises RecordNotFoundError."""
    space = ctx.workspace
    parcel = space.parcels.get(parcel_id)
    supplies = space.supply_contracts.where(parcel_id=parcel_id)
    supplies.sort(key=order.signed, reverse=True)
    holder_id = supplies[0].holder_id if supplies else None
    cases = {one.id: one for one in space.cases.where(parcel_id=parcel_id)}
    if holder_id is not None:
        cases.update({one.id: one for one in space.cases.where(enterprise_id=holder_id)})
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
        cases=tuple(sorted(cases.values(), key=order.opened, reverse=True)),
    )


def _carriers(ctx: Context) -> tuple[Organisation, ...]:
    found = ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
    return tuple(sorted(found, key=lambda one: one.name))


def _of_parcel(ctx: Context, held: HeldParcel) -> list[Happening]:
    name = held.parcel.name
    found: list[Happening] = []
    supply = held.supply
    if supply is not None:
        for day, what in (
            (supply.signed_on, msg("Supply contract signed: {parcel}", parcel=name)),
            (supply.actual_delivery_on, msg("Land delivered: {parcel}", parcel=name)),
            (supply.actual_start_on, msg("Work started: {parcel}", parcel=name)),
            (supply.actual_completion_on, msg("Work completed: {parcel}", parcel=name)),
        ):
            if day is not None:
                found.append(Happening(on=day, what=what))
    for look in ctx.workspace.construction_progress.where(parcel_id=held.parcel.id):
        what = msg("Construction looked at: {parcel}", parcel=name)
        if look.suspended_since is not None:
            what = msg(
                "Construction looked at: {parcel}, suspended since {day}",
                parcel=name,
                day=look.suspended_since,
            )
        found.append(Happening(on=look.observed_on, what=what))
    return found


def _of_case(case: Case) -> list[Happening]:
    found = [Happening(on=case.opened_on, what=msg("Case opened: {case}", case=case.case_no))]
    if case.closed_on is not None:
        found.append(
            Happening(on=case.closed_on, what=msg("Case closed: {case}", case=case.case_no))
        )
    return found
