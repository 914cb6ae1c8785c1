"""Who uses which land: edited line by line, and what follows from it for parcels and years."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.figures import land_of_day, land_of_year
from landsteward.domain.occupancy import (
    LandBasis,
    Neighbour,
    ParcelUse,
    in_force,
    neighbour,
    parcel_use,
)
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, Occupancy, Parcel
from landsteward.domain.states import Tenure
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
class NeighbourRow:
    """Somebody else on an enterprise's land, and what they are to it; `running` on the day."""

    kind: Neighbour
    row: OccupancyRow
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelLand:
    """Who uses a parcel, and what that adds up to on a day."""

    on: date
    rows: tuple[OccupancyRow, ...]
    use: ParcelUse


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseLand:
    """Which land an enterprise uses: line by line, today, and by the end of each year.

    `uses` are today's sums of its parcels by their keys, `neighbours` whoever else is or was on
    them; `years` has no entry where nothing is known.
    """

    on: date
    rows: tuple[OccupancyRow, ...]
    neighbours: tuple[NeighbourRow, ...]
    uses: Mapping[str, ParcelUse]
    today: LandBasis | None
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
    together = space.reports.occupancies_of(sorted(parcels))
    everybody: dict[str, list[Occupancy]] = {key: [] for key in parcels}
    for one in together:
        everybody[one.parcel_id].append(one)
    areas = {key: parcel.area_m2 for key, parcel in parcels.items()}
    today = ctx.today()
    supplies = space.supply_contracts.where(holder_id=enterprise_id)
    years: dict[int, LandBasis] = {}
    for metrics in space.yearly_metrics.where(enterprise_id=enterprise_id):
        basis = land_of_year(
            enterprise_id,
            metrics,
            parcel_areas=areas,
            occupancies=together,
            supplies=supplies,
        )
        if basis is not None:
            years[metrics.year] = basis
    return EnterpriseLand(
        on=today,
        rows=_rows(ctx, own, parcels),
        neighbours=_neighbours(ctx, enterprise_id, together, parcels),
        uses={key: parcel_use(areas[key], everybody[key], today) for key in parcels},
        today=land_of_day(
            enterprise_id, today, parcel_areas=areas, occupancies=together, supplies=supplies
        ),
        years=years,
    )


def _neighbours(
    ctx: Context,
    enterprise_id: str,
    occupancies: Collection[Occupancy],
    parcels: Mapping[str, Parcel],
) -> tuple[NeighbourRow, ...]:
    mine: dict[str, set[Tenure]] = {}
    for one in occupancies:
        if one.enterprise_id == enterprise_id:
            mine.setdefault(one.parcel_id, set()).add(one.tenure)
    others = [one for one in occupancies if one.enterprise_id != enterprise_id]
    return tuple(
        NeighbourRow(
            kind=neighbour(mine[row.parcel.id], row.occupancy.tenure),
            row=row,
            running=in_force(row.occupancy, ctx.today()),
        )
        for row in _rows(ctx, others, parcels)
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
