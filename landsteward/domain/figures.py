"""What lists show of enterprises and parcels beside what is written in their own records.

Worked out by the same rules as their pages: land as it is used (`landsteward.domain.occupancy`),
output per 亩 of the land its year is divided by.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from landsteward.domain import order
from landsteward.domain.occupancy import (
    LandBasis,
    in_force,
    land_basis,
    land_on,
    used_land,
    year_end,
)
from landsteward.domain.quantities import per_mu
from landsteward.domain.register import Occupancy, SupplyContract, YearlyMetrics
from landsteward.domain.states import Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseFigures:
    """Of an enterprise on a day: how many parcels it uses or was supplied with, the land it uses in
    m² (where that is not known in full, what it was supplied with), its latest grade, and the tax
    of its latest year in 万元/亩. `good_until` is the last day on which this holds by itself, None
    where no occupancy begins or ends later.
    """

    parcels: int
    area_m2: Decimal | None
    grade: str | None
    tax_wan_per_mu: Decimal | None
    good_until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelFigures:
    """Of a parcel on a day: its latest supply, and who holds it. `good_until` as above."""

    contract_id: str | None
    holder_id: str | None
    good_until: date | None


def enterprise_figures(
    enterprise_id: str,
    *,
    parcel_areas: Mapping[str, Decimal | None],
    occupancies: Collection[Occupancy],
    supplies: Collection[SupplyContract],
    metrics: Collection[YearlyMetrics],
    today: date,
) -> EnterpriseFigures:
    """`occupancies` are all on every parcel it has a part in, also those of others; `supplies` are
    those it holds, `metrics` its own.
    """
    own = [one for one in occupancies if one.enterprise_id == enterprise_id]
    parcels = {one.parcel_id for one in own if in_force(one, today)}
    parcels.update(one.parcel_id for one in supplies)
    land = land_of_day(
        enterprise_id,
        today,
        parcel_areas=parcel_areas,
        occupancies=occupancies if own else (),
        supplies=supplies,
    )
    graded = [one for one in metrics if one.grade is not None]
    taxed = [one for one in metrics if one.tax_wan is not None]
    tax = None
    if taxed:
        latest = max(taxed, key=_year)
        basis = land_of_year(
            enterprise_id,
            latest,
            parcel_areas=parcel_areas,
            occupancies=occupancies if own else (),
            supplies=supplies,
        )
        if basis is not None and latest.tax_wan is not None:
            tax = per_mu(latest.tax_wan, basis.area_m2)
    return EnterpriseFigures(
        parcels=len(parcels),
        area_m2=land.area_m2 if land is not None else None,
        grade=max(graded, key=_year).grade if graded else None,
        tax_wan_per_mu=tax,
        good_until=_good_until(occupancies if own else (), today),
    )


def land_of_day(
    enterprise_id: str,
    day: date,
    *,
    parcel_areas: Mapping[str, Decimal | None],
    occupancies: Collection[Occupancy],
    supplies: Iterable[SupplyContract],
) -> LandBasis | None:
    """The land an enterprise has on a day (用地); None where nothing is known of it."""
    return land_on(
        day,
        used=used_land(enterprise_id, parcel_areas, occupancies, day) if occupancies else None,
        supplied_m2=supplied_area(supplies),
    )


def land_of_year(
    enterprise_id: str,
    metrics: YearlyMetrics,
    *,
    parcel_areas: Mapping[str, Decimal | None],
    occupancies: Collection[Occupancy],
    supplies: Iterable[SupplyContract],
) -> LandBasis | None:
    """By which land the figures of a year are divided; None where nothing is known of it."""
    day = year_end(metrics.year)
    used = used_land(enterprise_id, parcel_areas, occupancies, day) if occupancies else None
    supplied: Decimal | None = None
    if metrics.land_area_m2 is None and (used is None or used.unknown):
        # Only asked for where nothing better is known: a county has many.
        supplied = supplied_area(
            one for one in supplies if one.signed_on is None or one.signed_on <= day
        )
    return land_basis(metrics.year, used=used, stated_m2=metrics.land_area_m2, supplied_m2=supplied)


def supplied_area(supplies: Iterable[SupplyContract]) -> Decimal | None:
    """What these supplies add up to in m²; None where no area is on record."""
    areas = [one.area_m2 for one in supplies if one.area_m2 is not None]
    return sum(areas, Decimal(0)) if areas else None


def parcel_figures(
    *, supplies: Collection[SupplyContract], occupancies: Collection[Occupancy], today: date
) -> ParcelFigures:
    """All of one parcel. Its holder is who owns it today: of several, the one its latest supply
    names, otherwise the first of them. Where nobody is on record as its owner, the supply decides.
    """
    latest = max(supplies, key=order.signed) if supplies else None
    named = latest.holder_id if latest is not None else None
    owners = [
        one.enterprise_id
        for one in sorted(occupancies, key=order.occupied)
        if one.tenure is Tenure.OWNER and in_force(one, today)
    ]
    return ParcelFigures(
        contract_id=latest.id if latest is not None else None,
        holder_id=named if named in owners or not owners else owners[0],
        good_until=_good_until(occupancies, today),
    )


def _year(one: YearlyMetrics) -> int:
    return one.year


def _good_until(occupancies: Iterable[Occupancy], today: date) -> date | None:
    days = [one.from_on - timedelta(days=1) for one in occupancies if one.from_on is not None]
    days += [one.to_on for one in occupancies if one.to_on is not None]
    return min((day for day in days if day >= today), default=None)
