"""An enterprise as it stands, and as it would stand after changes.

Land that is given up or split off leaves the parcel, so what remains is divided by less; land that
is leased out stays the parcel's, but is no longer used (`landsteward.domain.occupancy`). Buildings
stay what they are unless they are changed as well; the price of the land stays with the land, in
proportion to its area.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from landsteward.domain.errors import KnownError
from landsteward.domain.grading.scheme import ScaleBy, Scope
from landsteward.domain.gradings import GradingSubject
from landsteward.domain.quantities import shown
from landsteward.domain.register import ConstructionProgress
from landsteward.domain.states import Scale
from landsteward.domain.subjects import ParcelSubject
from landsteward.domain.text import Message, msg
from landsteward.domain.what_if.levers import (
    GIVEN_UP,
    LEASED_OUT,
    LEVER_OF,
    SPLIT_OFF,
    LeverKind,
)

Changes = Mapping[str, Decimal]
"""By the key of a lever, what it is set to."""
_NOTHING = Decimal(0)


class ChangeRefusedError(KnownError):
    """A change that cannot be; `lever` says which, so that it stands under its field."""

    def __init__(self, lever: str, what: Message, *, remedy: Message | None = None) -> None:
        super().__init__(what, where=str(LEVER_OF[lever].name), remedy=remedy)
        self.lever = lever


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """The enterprise's figures of the year, and one parcel of its own as it is built."""

    subject: GradingSubject
    parcel: ParcelSubject | None = None

    def value(self, lever: str) -> Decimal | None:
        """What a lever stands at; None: not on record."""
        kind = LEVER_OF[lever].kind
        if kind is LeverKind.LAND:
            return _NOTHING
        found: Decimal | None = None
        if kind is LeverKind.FIGURE:
            found = getattr(self.subject, lever)
        elif self.parcel is not None and lever == "invested_wan":
            found = self.parcel.progress.invested_wan if self.parcel.progress is not None else None
        elif self.parcel is not None:
            found = getattr(self.parcel.parcel, lever)
        return found

    @property
    def parcel_m2(self) -> Decimal | None:
        """The area of the parcel: as supplied, otherwise as it is on record."""
        if self.parcel is None:
            return None
        supplied = self.parcel.contract.area_m2 if self.parcel.contract is not None else None
        return supplied or self.parcel.parcel.area_m2


def most_land(position: Position, lever: str, changes: Changes) -> Decimal | None:
    """How much land a lever can let go beside the other changes; None: no land is on record."""
    land = position.subject.land_m2
    if land is None:
        return None
    others = {key: value for key, value in changes.items() if key != lever}
    left = land - sum((others.get(key, _NOTHING) for key in _LAND_LEVERS), _NOTHING)
    whole = position.parcel_m2
    if lever != LEASED_OUT and whole is not None:
        gone = sum((others.get(key, _NOTHING) for key in (GIVEN_UP, SPLIT_OFF)), _NOTHING)
        left = min(left, whole - gone)
    return max(left, _NOTHING)


_LAND_LEVERS = (GIVEN_UP, SPLIT_OFF, LEASED_OUT)


def changed(position: Position, changes: Changes, scope: Scope) -> Position:
    """The enterprise after the changes. Raises ChangeRefusedError.

    By revenue it may come into the other group, where the scheme goes by revenue.
    """
    for key, value in changes.items():
        _look_over(position, key, value, changes)
    gone = sum((changes.get(key, _NOTHING) for key in (GIVEN_UP, SPLIT_OFF)), _NOTHING)
    figures: dict[str, Any] = {
        key: value for key, value in changes.items() if LEVER_OF[key].kind is LeverKind.FIGURE
    }
    subject = position.subject
    if figures:
        subject = replace(subject, reported=True, **figures)
    if subject.land_m2 is not None and (gone or changes.get(LEASED_OUT)):
        subject = replace(
            subject, land_m2=subject.land_m2 - gone - changes.get(LEASED_OUT, _NOTHING)
        )
    revenue = subject.revenue_wan
    if revenue is not None and (scope.scale_by is ScaleBy.REVENUE or subject.scale is None):
        scale = Scale.ABOVE if revenue >= scope.threshold_wan else Scale.BELOW
        subject = replace(subject, scale=scale)
    return Position(subject=subject, parcel=_rebuilt(position, changes, gone))


def _look_over(position: Position, key: str, value: Decimal, changes: Changes) -> None:
    lever = LEVER_OF[key]
    if value < 0:
        raise ChangeRefusedError(key, msg("Not less than nothing."))
    if lever.kind is LeverKind.LAND and value:
        most = most_land(position, key, changes)
        if most is None:
            raise ChangeRefusedError(key, msg("Its land is not on record."))
        if value > most:
            raise ChangeRefusedError(
                key, msg("There is only {area} m² to let go.", area=shown(most, 0))
            )
    if lever.kind is LeverKind.BUILT and position.parcel is None:
        raise ChangeRefusedError(key, msg("No parcel of its own is on record."))
    if key == "footprint_m2" and position.parcel_m2 is not None:
        gone = sum((changes.get(one, _NOTHING) for one in (GIVEN_UP, SPLIT_OFF)), _NOTHING)
        if value > position.parcel_m2 - gone:
            raise ChangeRefusedError(
                key,
                msg(
                    "More than the parcel has: {area} m².",
                    area=shown(position.parcel_m2 - gone, 0),
                ),
            )


def _rebuilt(position: Position, changes: Changes, gone: Decimal) -> ParcelSubject | None:
    at = position.parcel
    if at is None:
        return None
    built: dict[str, Any] = {
        key: changes[key] for key in ("ratio_floor_m2", "footprint_m2") if key in changes
    }
    parcel, contract, look = at.parcel, at.contract, at.progress
    if gone:
        whole = position.parcel_m2
        if parcel.area_m2 is not None:
            built["area_m2"] = max(parcel.area_m2 - gone, _NOTHING)
        if contract is not None and whole:
            price = contract.price_wan
            contract = replace(
                contract,
                area_m2=whole - gone,
                price_wan=None if price is None else price * (whole - gone) / whole,
            )
    if built:
        parcel = replace(parcel, **built)
    if "invested_wan" in changes:
        seen = look or ConstructionProgress(id="", parcel_id=parcel.id, observed_on=date.min)
        look = replace(seen, invested_wan=changes["invested_wan"])
    return replace(at, parcel=parcel, contract=contract, progress=look)
