"""Who uses which land: edited line by line, and what follows from it for parcels and years."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.occupancy import (
    LandBasis,
    ParcelUse,
    UsedLand,
    land_basis,
    parcel_use,
    used_land,
    year_end,
)
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, Occupancy, Parcel, Tenure
from landsteward.domain.text import msg


class OccupancyChanges(TypedDict, total=False):
    """Fields of an occupancy that may be edited; area in m²."""

    tenure: Tenure
    area_m2: Decimal | None
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupancyRow:
    """An occupancy with its two sides."""

    occupancy: Occupancy
    parcel: Parcel
    enterprise: Enterprise


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLand:
    """Who uses a parcel, and what that adds up to on a day."""

    on: date
    rows: tuple[OccupancyRow, ...]
    use: ParcelUse


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseLand:
    """Which land an enterprise uses: line by line, today, and by the end of each year.

    `uses` are today's sums of its parcels by their keys; `years` has no entry where nothing is
    known.
    """

    rows: tuple[OccupancyRow, ...]
    uses: Mapping[str, ParcelUse]
    today: UsedLand | None
    years: Mapping[int, LandBasis]


def record_occupancy(
    ctx: Context,
    *,
    parcel_id: str,
    enterprise_id: str,
    tenure: Tenure | None = None,
    area_m2: Decimal | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
) -> Occupancy:
    """Record who uses how much (m²) of a parcel, from when to when.

    Where nobody says as what: as its owner, or as a lessee if somebody owns it already.
    """
    ctx.require(Action.EDIT_REGISTER)
    space = ctx.workspace
    space.parcels.get(parcel_id)
    space.enterprises.get(enterprise_id)
    if tenure is None:
        owned = space.occupancies.count(parcel_id=parcel_id, tenure=Tenure.OWNER)
        tenure = Tenure.LESSEE if owned else Tenure.OWNER
    added = _checked(
        Occupancy(
            id=ctx.ids.new(),
            parcel_id=parcel_id,
            enterprise_id=enterprise_id,
            tenure=tenure,
            area_m2=area_m2,
            from_on=from_on,
            to_on=to_on,
        )
    )
    with ctx.change():
        space.occupancies.add(added)
    return added


def edit_occupancy(
    ctx: Context, *, occupancy_id: str, **changes: Unpack[OccupancyChanges]
) -> Occupancy:
    """Change how, how much or how long an enterprise uses a parcel."""
    ctx.require(Action.EDIT_REGISTER)
    edited = _checked(replace(ctx.workspace.occupancies.get(occupancy_id), **changes))
    with ctx.change():
        ctx.workspace.occupancies.save(edited)
    return edited


def drop_occupancy(ctx: Context, *, occupancy_id: str) -> None:
    """Take out an occupancy that was entered by mistake; one that ended gets its last day."""
    ctx.require(Action.EDIT_REGISTER)
    with ctx.change():
        ctx.workspace.occupancies.retire(occupancy_id)


def _checked(occupancy: Occupancy) -> Occupancy:
    start, end = occupancy.from_on, occupancy.to_on
    if start is not None and end is not None and end < start:
        raise RefusedMoveError(
            msg("The occupancy would end before it begins."), where=f"{start} – {end}"
        )
    if occupancy.area_m2 is not None and occupancy.area_m2 <= 0:
        raise RefusedMoveError(
            msg("An area is more than nothing; leave it empty where it is not known."),
            where=str(occupancy.area_m2),
        )
    return occupancy


def parcel_land(ctx: Context, *, parcel_id: str) -> ParcelLand:
    """Who uses a parcel. Raises RecordNotFoundError."""
    space = ctx.workspace
    parcel = space.parcels.get(parcel_id)
    occupancies = space.occupancies.where(parcel_id=parcel_id)
    today = ctx.today()
    return ParcelLand(
        on=today,
        rows=_rows(ctx, occupancies, {parcel.id: parcel}),
        use=parcel_use(parcel.area_m2, occupancies, today),
    )


def enterprise_land(ctx: Context, *, enterprise_id: str) -> EnterpriseLand:
    """Which land an enterprise uses, today and by the end of each year it has figures of."""
    space = ctx.workspace
    own = space.occupancies.where(enterprise_id=enterprise_id)
    parcels = space.reports.parcels_by_id(sorted({one.parcel_id for one in own}))
    everybody = {key: space.occupancies.where(parcel_id=key) for key in parcels}
    together = [one for those in everybody.values() for one in those]
    areas = {key: parcel.area_m2 for key, parcel in parcels.items()}
    today = ctx.today()
    supplies = space.supply_contracts.where(holder_id=enterprise_id)
    years: dict[int, LandBasis] = {}
    for metrics in space.yearly_metrics.where(enterprise_id=enterprise_id):
        day = year_end(metrics.year)
        supplied = [
            one.area_m2
            for one in supplies
            if one.area_m2 is not None and (one.signed_on is None or one.signed_on <= day)
        ]
        basis = land_basis(
            metrics.year,
            used=used_land(enterprise_id, areas, together, day),
            stated_m2=metrics.land_area_m2,
            supplied_m2=sum(supplied, Decimal(0)) if supplied else None,
        )
        if basis is not None:
            years[metrics.year] = basis
    return EnterpriseLand(
        rows=_rows(ctx, own, parcels),
        uses={key: parcel_use(areas[key], everybody[key], today) for key in parcels},
        today=used_land(enterprise_id, areas, together, today),
        years=years,
    )


def _rows(
    ctx: Context, occupancies: Iterable[Occupancy], parcels: Mapping[str, Parcel]
) -> tuple[OccupancyRow, ...]:
    """With both sides, oldest first."""
    listed = sorted(occupancies, key=order.occupied)
    keys = sorted({one.enterprise_id for one in listed})
    enterprises = ctx.workspace.reports.enterprises_by_id(keys)
    return tuple(
        OccupancyRow(
            occupancy=one, parcel=parcels[one.parcel_id], enterprise=enterprises[one.enterprise_id]
        )
        for one in listed
        if one.parcel_id in parcels and one.enterprise_id in enterprises
    )
