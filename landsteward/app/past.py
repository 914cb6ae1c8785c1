"""The register as it was recorded at an earlier moment (截至), beside what it says now.

Two questions are kept apart: what was on record then, and who used the land on that day by what
is known now. Both are answered by the use cases that answer for today, handed another workspace
or another day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from landsteward.app.context import Context
from landsteward.app.occupancies import OccupancyRow, enterprise_land, parcel_land
from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.occupancy import LandBasis, in_force
from landsteward.domain.permissions import Action
from landsteward.domain.register import YearlyMetrics

TAX_PER_MU = "tax_per_mu"
"""The one value of a line that is computed; all others are fields of its record."""

_NOT_SHOWN = frozenset({"id", "name_key", "identity", "batch_id", "merged_into"})
_OF_BOUNDARY = ("area_m2", "perimeter_m", "plot_no", "plot_name", "crs_name", "file_name")
_NAMING = ("parcel_id", "enterprise_id", "holder_id", "carrier_id")
_TRAIL_RESOLUTION = timedelta(milliseconds=2)
"""SQLite tells moments apart by the millisecond."""


class Since(StrEnum):
    """What became of a line since: the same, changed, gone from here, or not there then."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class PastValue:
    """A value then and now; None, too, where the line was not there."""

    name: str
    then: object
    now: object


@dataclass(frozen=True, slots=True, kw_only=True)
class PastLine:
    """A record of the sheet then and now. `computed` are values that no field holds."""

    table: str
    then: Any
    now: Any
    since: Since
    computed: tuple[PastValue, ...] = ()

    @property
    def record(self) -> Any:
        """The record of then; of a NEW one that of now."""
        return self.then if self.then is not None else self.now

    @property
    def values(self) -> tuple[PastValue, ...]:
        """Every value then and now."""
        then, now = self.then, self.now
        names = (
            _OF_BOUNDARY
            if self.table == "parcel_boundaries"
            else [one.name for one in fields(self.record) if one.name not in _NOT_SHOWN]
        )
        found = (
            PastValue(name=name, then=getattr(then, name, None), now=getattr(now, name, None))
            for name in names
        )
        return (*found, *self.computed)


@dataclass(frozen=True, slots=True, kw_only=True)
class PastSheet:
    """An enterprise or a parcel as recorded at a moment; the first line is the record itself.

    No lines: it was not there, not yet (`first` entered later) or not any more. `used_then` are
    the occupancies in force on that day as recorded then, `used_known` as recorded now. `names`
    are those of enterprises, parcels and organisations that are spoken of.
    """

    at: datetime
    first: tuple[datetime, str] | None
    lines: tuple[PastLine, ...]
    used_then: tuple[OccupancyRow, ...]
    used_known: tuple[OccupancyRow, ...]
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _StoppedClock:
    """A clock that stands at a moment."""

    at: datetime

    def now(self) -> datetime:
        """That moment."""
        return self.at

    def today(self) -> date:
        """Its day."""
        return self.at.date()


def end_of(ctx: Context, day: date) -> datetime:
    """The last moment of a day, in the time zone of this person's clock."""
    return datetime.combine(day, time.max, ctx.clock.now().tzinfo)


def just_before(moment: datetime) -> datetime:
    """A moment that leaves out what was entered at this one."""
    return moment - _TRAIL_RESOLUTION


def looking_back(ctx: Context, at: datetime) -> Context:
    """The same person before the workspace as it was recorded at a moment, on that day."""
    return replace(ctx, file=ctx.workspace.as_of(at), clock=_StoppedClock(at))


def enterprise_past(ctx: Context, *, enterprise_id: str, at: datetime) -> PastSheet:
    """An enterprise as it was recorded at a moment, beside now."""
    ctx.require(Action.READ_TRAIL)
    back, day = looking_back(ctx, at), ctx_on_day(ctx, at)
    lines: list[PastLine] = []
    used_then: tuple[OccupancyRow, ...] = ()
    if back.workspace.enterprises.find(enterprise_id) is not None:
        lines += _lines(ctx, back, "enterprises", {"id": enterprise_id})
        for table, column in (
            ("occupancies", "enterprise_id"),
            ("supply_contracts", "holder_id"),
            ("output_contracts", "enterprise_id"),
        ):
            lines += _lines(ctx, back, table, {column: enterprise_id})
        then = enterprise_land(back, enterprise_id=enterprise_id)
        lines += _years(ctx, back, enterprise_id, then.years)
        used_then = _used(then.rows, at.date())
    known = enterprise_land(day, enterprise_id=enterprise_id).rows
    return _sheet(ctx, back, enterprise_id, lines, used_then, _used(known, at.date()))


def parcel_past(ctx: Context, *, parcel_id: str, at: datetime) -> PastSheet:
    """A parcel as it was recorded at a moment, beside now."""
    ctx.require(Action.READ_TRAIL)
    back, day = looking_back(ctx, at), ctx_on_day(ctx, at)
    lines: list[PastLine] = []
    used_then: tuple[OccupancyRow, ...] = ()
    if back.workspace.parcels.find(parcel_id) is not None:
        lines += _lines(ctx, back, "parcels", {"id": parcel_id})
        for table in (
            "occupancies",
            "supply_contracts",
            "output_contracts",
            "construction_progress",
            "land_standings",
            "parcel_boundaries",
        ):
            lines += _lines(ctx, back, table, {"parcel_id": parcel_id})
        used_then = _used(parcel_land(back, parcel_id=parcel_id).rows, at.date())
    known: tuple[OccupancyRow, ...] = ()
    if ctx.workspace.parcels.find(parcel_id) is not None:
        known = parcel_land(day, parcel_id=parcel_id).rows
    return _sheet(ctx, back, parcel_id, lines, used_then, _used(known, at.date()))


def ctx_on_day(ctx: Context, at: datetime) -> Context:
    """The same person before what is on record now, asking about another day."""
    return replace(ctx, clock=_StoppedClock(at))


def _sheet(
    ctx: Context,
    back: Context,
    record_id: str,
    lines: list[PastLine],
    used_then: tuple[OccupancyRow, ...],
    used_known: tuple[OccupancyRow, ...],
) -> PastSheet:
    keys = {
        value
        for line in lines
        for one in (line.then, line.now)
        for name in _NAMING
        if isinstance(value := getattr(one, name, None), str)
    }
    return PastSheet(
        at=back.clock.now(),
        first=ctx.workspace.chronicle.first_entry(record_id),
        lines=tuple(lines),
        used_then=used_then,
        used_known=used_known,
        names=ctx.workspace.chronicle.names(sorted(keys)),
    )


def _lines(ctx: Context, back: Context, table: str, equal: dict[str, str]) -> list[PastLine]:
    """The records of a store that belonged then or belong now, in the order of their keys."""
    store, then_store = getattr(ctx.workspace, table), getattr(back.workspace, table)
    then = {one.id: one for one in then_store.where(**equal)}
    here = {one.id: one for one in store.where(**equal)}
    return [
        _line(table, then.get(key), here.get(key) or store.find(key), belongs=key in here)
        for key in sorted({*then, *here})
    ]


def _line(table: str, then: Any, now: Any, *, belongs: bool) -> PastLine:
    if then is None:
        since = Since.NEW
    elif now is None or not belongs:
        since = Since.GONE
    else:
        since = Since.SAME if then == now else Since.CHANGED
    return PastLine(table=table, then=then, now=now, since=since)


def _years(
    ctx: Context, back: Context, enterprise_id: str, then: Mapping[int, LandBasis]
) -> list[PastLine]:
    """Yearly figures, newest first, each with the tax per mu it made then and makes now."""
    now = enterprise_land(ctx, enterprise_id=enterprise_id).years
    found = _lines(ctx, back, "yearly_metrics", {"enterprise_id": enterprise_id})
    lines = []
    for line in sorted(found, key=lambda one: one.record.year, reverse=True):
        value = PastValue(name=TAX_PER_MU, then=_tax(line.then, then), now=_tax(line.now, now))
        since = line.since
        if since is Since.SAME and value.then != value.now:
            # The figures are the same, but the land they are divided by is not.
            since = Since.CHANGED
        lines.append(replace(line, computed=(value,), since=since))
    return lines


def _tax(figures: YearlyMetrics | None, land: Mapping[int, LandBasis]) -> object:
    if figures is None:
        return None
    return yearly_indicators(figures, land.get(figures.year))[TAX_PER_MU].value


def _used(rows: Iterable[OccupancyRow], day: date) -> tuple[OccupancyRow, ...]:
    return tuple(one for one in rows if in_force(one.occupancy, day))
