"""Who uses how much of which land on a day, and by what land an enterprise's output is divided.

The rule: the land an enterprise uses is what it owns, without what of it is leased out, plus what
it has leased in. A year is judged by its last day. Areas in m², exact.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.quantities import shown
from landsteward.domain.register import Occupancy
from landsteward.domain.states import Tenure
from landsteward.domain.text import Message, msg

TOLERANCE_M2 = Decimal(1)
"""Areas are given in 公顷 to four places: differences up to 1 m² are rounding."""


def in_force(occupancy: Occupancy, day: date) -> bool:
    """Whether it runs on a day; both its first and its last day count."""
    begun = occupancy.from_on is None or occupancy.from_on <= day
    return begun and (occupancy.to_on is None or day <= occupancy.to_on)


def year_end(year: int) -> date:
    """The day a year's land is judged by."""
    return date(year, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelUse:
    """A parcel on a day: its area, what owners and lessees have of it, and what does not fit.

    `unknown` counts the occupancies whose area is nowhere on record.
    """

    area_m2: Decimal | None
    owned_m2: Decimal
    leased_m2: Decimal
    owners: int
    lessees: int
    unknown: int
    problems: tuple[Message, ...]


def parcel_use(area_m2: Decimal | None, occupancies: Collection[Occupancy], day: date) -> ParcelUse:
    """Hold the areas in force on a day against the parcel's area."""
    running = [one for one in occupancies if in_force(one, day)]
    owners = [one for one in running if one.tenure is Tenure.OWNER]
    lessees = [one for one in running if one.tenure is Tenure.LESSEE]
    areas = _areas(area_m2, running)
    owned = sum((areas[one.id] or Decimal(0) for one in owners), Decimal(0))
    leased = sum((areas[one.id] or Decimal(0) for one in lessees), Decimal(0))
    problems: list[Message] = []
    if area_m2 is not None and owned > area_m2 + TOLERANCE_M2:
        problems.append(
            msg("Owners have {over} m² more than the parcel.", over=shown(owned - area_m2))
        )
    limit = area_m2 if area_m2 is not None else (owned if owners else None)
    if limit is not None and leased > limit + TOLERANCE_M2:
        problems.append(
            msg("Lessees have {over} m² more than there is.", over=shown(leased - limit))
        )
    return ParcelUse(
        area_m2=area_m2,
        owned_m2=owned,
        leased_m2=leased,
        owners=len(owners),
        lessees=len(lessees),
        unknown=sum(areas[one.id] is None for one in running),
        problems=tuple(problems),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedLand:
    """What an enterprise uses on a day: own − leased out + leased in, never below nothing.

    `unknown` are the parcels on which an area that counts is nowhere on record: then the figures
    say too little. `shared` are parcels of several owners, whose lessees' land was taken off in
    proportion to the owners' areas: no record says whose land is leased.
    """

    on: date
    own_m2: Decimal
    leased_out_m2: Decimal
    leased_in_m2: Decimal
    unknown: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    @property
    def area_m2(self) -> Decimal:
        """The area used."""
        return max(self.own_m2 - self.leased_out_m2 + self.leased_in_m2, Decimal(0))


def used_land(
    enterprise_id: str,
    parcel_areas: Mapping[str, Decimal | None],
    occupancies: Collection[Occupancy],
    day: date,
) -> UsedLand | None:
    """What an enterprise uses; None where nothing of its own is in force on that day.

    `occupancies` are all of all parcels it has a part in, also of others; `parcel_areas` the
    areas of these parcels. A lessee's land comes off the other owners of the parcel: what one
    leases is not one's own.
    """
    by_parcel: dict[str, list[Occupancy]] = {}
    for one in occupancies:
        if in_force(one, day):
            by_parcel.setdefault(one.parcel_id, []).append(one)
    parcels = {
        parcel: here
        for parcel, here in by_parcel.items()
        if any(one.enterprise_id == enterprise_id for one in here)
    }
    if not parcels:
        return None
    own = out = leased_in = Decimal(0)
    unknown: list[str] = []
    shared: list[str] = []
    for parcel, here in parcels.items():
        if len(here) == 1 and here[0].tenure is Tenure.OWNER:
            # Nearly every parcel: one owner, nobody else.
            area = here[0].area_m2
            area = parcel_areas.get(parcel) if area is None else area
            if area is None:
                unknown.append(parcel)
            else:
                own += area
            continue
        areas = _areas(parcel_areas.get(parcel), here)
        owners = [one for one in here if one.tenure is Tenure.OWNER]
        mine = sum(
            (areas[one.id] or Decimal(0) for one in owners if one.enterprise_id == enterprise_id),
            Decimal(0),
        )
        counts = [one for one in here if one.enterprise_id == enterprise_id]
        for lessee in (one for one in here if one.tenure is Tenure.LESSEE):
            area = areas[lessee.id] or Decimal(0)
            if lessee.enterprise_id == enterprise_id:
                leased_in += area
                continue
            lessors = [one for one in owners if one.enterprise_id != lessee.enterprise_id]
            if all(one.enterprise_id != enterprise_id for one in lessors):
                continue
            counts.append(lessee)
            if all(one.enterprise_id == enterprise_id for one in lessors):
                out += area
                continue
            counts += [one for one in lessors if one not in counts]
            whole = sum((areas[one.id] or Decimal(0) for one in lessors), Decimal(0))
            out += area * mine / whole if whole else Decimal(0)
            shared.append(parcel)
        own += mine
        if any(areas[one.id] is None for one in counts):
            unknown.append(parcel)
    return UsedLand(
        on=day,
        own_m2=own,
        leased_out_m2=out,
        leased_in_m2=leased_in,
        unknown=tuple(unknown),
        shared=tuple(dict.fromkeys(shared)),
    )


class Neighbour(StrEnum):
    """Who else uses a parcel, as one of its users sees it: 承租方 / 出租方 / 共有 / 同为承租."""

    LESSEE = "lessee"
    LESSOR = "lessor"
    CO_OWNER = "co_owner"
    CO_LESSEE = "co_lessee"


def neighbour(mine: Collection[Tenure], theirs: Tenure) -> Neighbour:
    """What another user of a parcel is to somebody who uses it as these.

    No record says whose land a lessee has: every owner of the parcel is a lessor.
    """
    if theirs is Tenure.LESSEE:
        return Neighbour.LESSEE if Tenure.OWNER in mine else Neighbour.CO_LESSEE
    return Neighbour.LESSOR if Tenure.LESSEE in mine else Neighbour.CO_OWNER


def _areas(parcel_m2: Decimal | None, running: Collection[Occupancy]) -> dict[str, Decimal | None]:
    """The area of each; a parcel's one owner has all of it where nothing else is said."""
    owners = [one for one in running if one.tenure is Tenure.OWNER]
    areas = {one.id: one.area_m2 for one in running}
    if len(owners) == 1 and owners[0].area_m2 is None:
        areas[owners[0].id] = parcel_m2
    return areas


class LandSource(StrEnum):
    """Where an area comes from: 实际占用 / 填报 / 供地."""

    USED = "used"
    STATED = "stated"
    SUPPLIED = "supplied"


@dataclass(frozen=True, slots=True, kw_only=True)
class LandBasis:
    """The land by which a year's figures are divided, where it comes from, and what is odd."""

    area_m2: Decimal
    source: LandSource
    on: date
    used: UsedLand | None = None
    doubts: tuple[Message, ...] = ()


def land_basis(
    year: int, *, used: UsedLand | None, stated_m2: Decimal | None, supplied_m2: Decimal | None
) -> LandBasis | None:
    """Which land a year's figures are divided by (亩均: the land actually used).

    The land used at the year's end by the occupancies on record, where all their areas are known;
    otherwise what was stated for the year; otherwise what was supplied. None: nothing is known.
    """
    return _basis(year_end(year), used=used, stated_m2=stated_m2, supplied_m2=supplied_m2)


def land_on(day: date, *, used: UsedLand | None, supplied_m2: Decimal | None) -> LandBasis | None:
    """The land an enterprise has on a day (用地): what it uses; where that is not known in full,
    what was supplied to it.
    """
    return _basis(day, used=used, stated_m2=None, supplied_m2=supplied_m2)


def _basis(
    day: date, *, used: UsedLand | None, stated_m2: Decimal | None, supplied_m2: Decimal | None
) -> LandBasis | None:
    doubts: list[Message] = []
    if used is not None and used.unknown:
        doubts.append(
            msg("On {count} parcels an area in use is not on record.", count=len(used.unknown))
        )
    elif used is not None:
        if used.shared:
            doubts.append(msg("Leased land of several owners is taken off by their shares."))
        if used.leased_out_m2 > used.own_m2 + used.leased_in_m2:
            doubts.append(msg("More is leased out than there is."))
        if stated_m2 is not None and abs(stated_m2 - used.area_m2) > TOLERANCE_M2:
            doubts.append(
                msg("Stated for the year: {area} m².", area=shown(stated_m2)),
            )
        return LandBasis(
            area_m2=used.area_m2,
            source=LandSource.USED,
            on=day,
            used=used,
            doubts=tuple(doubts),
        )
    if stated_m2 is not None:
        return LandBasis(area_m2=stated_m2, source=LandSource.STATED, on=day, doubts=tuple(doubts))
    if supplied_m2 is not None:
        return LandBasis(
            area_m2=supplied_m2, source=LandSource.SUPPLIED, on=day, doubts=tuple(doubts)
        )
    return None
