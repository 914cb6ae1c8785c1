"""Records of the register put together into what rules are applied to, as known on a day.

What was seen or signed after the day is left aside.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar, overload

from landsteward.domain import order
from landsteward.domain.figures import land_of_year
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.output_terms import Reality
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    Permit,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.subjects import (
    UNCHECKED,
    Checks,
    EnterpriseSubject,
    OutputSubject,
    ParcelSubject,
    PermitSubject,
    SupplySubject,
)

Held = tuple[SupplyContract, Enterprise | None]
T = TypeVar("T")


class Lazily(Sequence[T]):
    """Records that are made when they are looked at: of many years only the latest is."""

    def __init__(self, rows: Sequence[Any], make: Callable[[Any], T]) -> None:
        self._rows = rows
        self._make = make
        self._made: dict[int, T] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """The record of a place."""
        if isinstance(place, slice):
            return Lazily(self._rows[place], self._make)
        made = self._made.get(place)
        if made is None:
            made = self._made[place] = self._make(self._rows[place])
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelRecords:
    """A parcel with its supplies and their holders, output contracts and looks, oldest first.

    `checks` are those of all holders there are, by enterprise.
    """

    parcel: Parcel
    supplies: tuple[Held, ...] = ()
    outputs: tuple[OutputContract, ...] = ()
    looks: tuple[ConstructionProgress, ...] = ()
    checks: Mapping[str, Checks] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LandRecords:
    """What says which land an enterprise uses: all occupancies of its parcels, also of others."""

    parcel_areas: Mapping[str, Decimal | None]
    occupancies: tuple[Occupancy, ...] = ()
    supplies: Sequence[SupplyContract] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRecords:
    """An enterprise with its years (latest first), permits, and where that was asked for what says
    its land.
    """

    enterprise: Enterprise
    years: Sequence[YearlyMetrics] = ()
    permits: tuple[Permit, ...] = ()
    land: LandRecords | None = None


def supply_subjects(records: ParcelRecords, on: date) -> Iterator[SupplySubject]:
    """Each supply of a parcel."""
    look = _last_look(records, on)
    for contract, holder in records.supplies:
        yield SupplySubject(parcel=records.parcel, contract=contract, holder=holder, progress=look)


def parcel_subject(records: ParcelRecords, on: date) -> ParcelSubject | None:
    """The parcel with its latest supply and the latest output contract of whoever holds it.

    None on days before the first of its supplies: what is built came after.
    """
    contract, holder = _latest_supply(records, on)
    if contract is None and records.supplies:
        return None
    outputs = [
        one
        for one in records.outputs
        if (one.signed_on is None or one.signed_on <= on)
        and (holder is None or one.enterprise_id == holder.id)
    ]
    return ParcelSubject(
        parcel=records.parcel,
        contract=contract,
        output=max(outputs, key=order.signed) if outputs else None,
        holder=holder,
        progress=_last_look(records, on),
        checks=records.checks.get(holder.id, UNCHECKED) if holder is not None else UNCHECKED,
    )


def enterprise_subject(records: EnterpriseRecords) -> EnterpriseSubject:
    """The enterprise with its years."""
    return EnterpriseSubject(holder=records.enterprise, years=records.years, land=_land(records))


def permit_subjects(records: EnterpriseRecords) -> Iterator[PermitSubject]:
    """Each permit of an enterprise. One that was renewed is judged by its latest term alone."""
    latest: dict[tuple[str, str], Permit] = {}
    for one in records.permits:
        place = (one.kind, one.subject.strip())
        known = latest.get(place)
        if known is None or _good_until(known) < _good_until(one):
            latest[place] = one
    for one in latest.values():
        yield PermitSubject(permit=one, holder=records.enterprise)


def output_subject(
    contract: OutputContract,
    at: ParcelRecords,
    of: EnterpriseRecords,
    *,
    on: date,
    items: tuple[ChecklistItem, ...],
) -> OutputSubject:
    """An output contract with what is on record about what it promised."""
    own = [
        one for one, holder in at.supplies if holder is not None and holder.id == of.enterprise.id
    ]
    supplies = own or [one for one, _holder in at.supplies]
    land = _land(of)
    return OutputSubject(
        output=contract,
        holder=of.enterprise,
        reality=Reality(
            today=on,
            parcel=at.parcel,
            supply=max(supplies, key=order.signed, default=None),
            looks=at.looks,
            years=tuple((one, land(one)) for one in of.years if one.year < on.year),
            items=items,
        ),
    )


def _latest_supply(
    records: ParcelRecords, on: date
) -> tuple[SupplyContract | None, Enterprise | None]:
    latest: Held | None = None
    for held in records.supplies:
        signed_on = held[0].signed_on
        if signed_on is not None and signed_on > on:
            continue
        if latest is None or order.signed(latest[0]) <= order.signed(held[0]):
            latest = held
    return latest or (None, None)


def _last_look(records: ParcelRecords, on: date) -> ConstructionProgress | None:
    seen = [one for one in records.looks if one.observed_on <= on]
    return max(seen, key=order.observed) if seen else None


class _Land:
    """By which land a year is divided, worked out when it is first asked for."""

    def __init__(self, records: EnterpriseRecords) -> None:
        self._records = records
        self._kept: dict[int, LandBasis | None] = {}

    def __call__(self, metrics: YearlyMetrics) -> LandBasis | None:
        if metrics.year not in self._kept:
            self._kept[metrics.year] = self._of(metrics)
        return self._kept[metrics.year]

    def _of(self, metrics: YearlyMetrics) -> LandBasis | None:
        land = self._records.land or LandRecords(parcel_areas={})
        return land_of_year(
            self._records.enterprise.id,
            metrics,
            parcel_areas=land.parcel_areas,
            occupancies=land.occupancies,
            supplies=land.supplies,
        )


def _land(records: EnterpriseRecords) -> _Land:
    return _Land(records)


def _good_until(one: Permit) -> tuple[date, date, str]:
    end = date.max if one.unlimited else one.valid_to or date.min
    return end, one.valid_from or date.min, one.id
