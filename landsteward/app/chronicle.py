"""经过: everything that happened to an enterprise or a parcel, from the trail, in portions.

What one person did in one transaction is one occurrence: an import, a merging, or a change. What
happened on the ground (signed, delivered, begun, completed) is told by its own day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from landsteward.app.context import Context
from landsteward.app.views import HistoryPart, Raw, RegisterLine, TimelineEntry
from landsteward.domain.permissions import Action
from landsteward.domain.register import Parcel, SupplyContract
from landsteward.domain.text import Message, msg

_PORTION = 300


class OccurrenceKind(StrEnum):
    """What an occurrence is, by what it did."""

    CHANGE = "change"
    IMPORT = "import"
    IMPORT_UNDONE = "import_undone"
    MERGE = "merge"
    UNMERGE = "unmerge"


class ChronicleFilter(StrEnum):
    """What of a chronicle is looked at."""

    FACTS = "facts"
    LAND = "land"
    CONTRACTS = "contracts"
    FIGURES = "figures"
    CASES = "cases"
    IMPORTS = "imports"


_TABLES = {
    ChronicleFilter.FACTS: (
        "enterprises",
        "parcels",
        "parcel_boundaries",
        "permits",
        "land_standings",
    ),
    ChronicleFilter.LAND: ("occupancies",),
    ChronicleFilter.CONTRACTS: ("supply_contracts", "output_contracts", "construction_progress"),
    ChronicleFilter.FIGURES: ("yearly_metrics",),
    ChronicleFilter.CASES: ("cases",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """What one person did at one moment. `at` is when it was done, or done with.

    `other_id` is, of a merging, the record that went or stayed, whichever is not the one told of.
    """

    kind: OccurrenceKind
    at: datetime
    actor: str
    entries: tuple[TimelineEntry, ...]
    batch_id: str = ""
    batch: str = ""
    other_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One dated thing the register knows: what, and about which land."""

    on: date
    what: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ChroniclePart:
    """A portion, newest first. `before` asks for the next one; None: this was the last.

    `lines` say what a record named in the entries is about, `names` what others are called;
    `standing` are the merged enterprises whose merging was not taken back.
    """

    occurrences: tuple[Occurrence, ...]
    lines: Mapping[str, RegisterLine]
    names: Mapping[str, str]
    before: int | None
    standing: frozenset[str] = frozenset()


def enterprise_chronicle(
    ctx: Context,
    *,
    enterprise_id: str,
    only: ChronicleFilter | None = None,
    before: int | None = None,
) -> ChroniclePart:
    """What happened to an enterprise and all that belongs to it, with what was merged into it."""
    ctx.require(Action.READ_TRAIL)
    trail = ctx.workspace.chronicle
    keys, merged = trail.enterprise_keys(enterprise_id), trail.merged_keys(enterprise_id)
    standing = {one.id for one, _day in ctx.workspace.reports.merged_from(enterprise_id)}
    found = _part(ctx, keys, tuple(merged), only, before)
    return replace(found, standing=frozenset(standing.intersection(merged)))


def parcel_chronicle(
    ctx: Context,
    *,
    parcel_id: str,
    only: ChronicleFilter | None = None,
    before: int | None = None,
) -> ChroniclePart:
    """What happened to a parcel and all that belongs to it."""
    ctx.require(Action.READ_TRAIL)
    return _part(ctx, ctx.workspace.chronicle.parcel_keys(parcel_id), (), only, before)


def _part(
    ctx: Context,
    keys: Sequence[str],
    merged: tuple[str, ...],
    only: ChronicleFilter | None,
    before: int | None,
) -> ChroniclePart:
    part = HistoryPart(
        tables=_TABLES.get(only, ()) if only is not None else (),
        imports_only=only is ChronicleFilter.IMPORTS,
        merged=merged,
        before=before,
        most=_PORTION,
    )
    entries = ctx.workspace.reports.history(keys, part)
    occurrences = occurrences_of(entries, frozenset(keys))
    touched = {one.record_id for entry in entries for one in entry.changes}
    lines = ctx.workspace.chronicle.lines(sorted(touched))
    spoken_of = {
        value
        for entry in entries
        for change in entry.changes
        for name, *pair in change.values
        if name.endswith(("_id", "merged_into"))
        for value in pair
        if isinstance(value, str)
    }
    spoken_of |= {one.other_id for one in occurrences}
    spoken_of |= {key for line in lines.values() for key in (line.parcel_id, line.enterprise_id)}
    more = bool(entries) and bool(
        ctx.workspace.reports.history(keys, replace(part, before=entries[-1].seq, most=1))
    )
    return ChroniclePart(
        occurrences=occurrences,
        lines=lines,
        names=ctx.workspace.chronicle.names(sorted(spoken_of)),
        before=entries[-1].seq if more else None,
    )


def occurrences_of(
    entries: Sequence[TimelineEntry], own: frozenset[str] = frozenset()
) -> tuple[Occurrence, ...]:
    """Entries of one transaction together, newest first; `own` are the keys that are told of."""
    found = []
    for (at, actor, batch_id, undone), together in groupby(
        entries, key=lambda one: (one.at, one.actor, one.batch_id, one.batch_undone)
    ):
        inside = tuple(together)
        kind, other_id = OccurrenceKind.CHANGE, ""
        if batch_id:
            kind = OccurrenceKind.IMPORT_UNDONE if undone else OccurrenceKind.IMPORT
        elif (merging := _merging(inside)) is not None:
            gone_id, into, out_of = merging
            kind = OccurrenceKind.MERGE if into else OccurrenceKind.UNMERGE
            other_id = gone_id if gone_id not in own else str(into or out_of)
        found.append(
            Occurrence(
                kind=kind,
                at=at,
                actor=actor,
                entries=inside,
                batch_id=batch_id,
                batch=inside[0].batch,
                other_id=other_id,
            )
        )
    return tuple(found)


def _merging(entries: Sequence[TimelineEntry]) -> tuple[str, Raw, Raw] | None:
    """The enterprise that was merged, into which, or out of which again."""
    for entry in entries:
        if entry.table != "enterprises" or entry.action != "change":
            continue
        for change in entry.changes:
            for name, before, after in change.values:
                if name == "merged_into":
                    return change.record_id, after, before
    return None


def enterprise_happenings(ctx: Context, *, enterprise_id: str) -> tuple[Happening, ...]:
    """What happened on the ground, newest first."""
    space = ctx.workspace
    supplies: dict[str, list[SupplyContract]] = {}
    for one in space.supply_contracts.where(holder_id=enterprise_id):
        supplies.setdefault(one.parcel_id, []).append(one)
    used = space.occupancies.where(enterprise_id=enterprise_id)
    keys = sorted({*supplies, *(one.parcel_id for one in used)})
    parcels = space.reports.parcels_by_id(keys)
    found = [
        one
        for key, parcel in parcels.items()
        for one in _of_land(ctx, parcel, supplies.get(key, ()))
    ]
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def parcel_happenings(ctx: Context, *, parcel_id: str) -> tuple[Happening, ...]:
    """What happened on a parcel, newest first."""
    space = ctx.workspace
    parcel = space.parcels.get(parcel_id)
    found = _of_land(ctx, parcel, space.supply_contracts.where(parcel_id=parcel_id))
    return tuple(sorted(found, key=lambda one: one.on, reverse=True))


def _of_land(ctx: Context, parcel: Parcel, supplies: Sequence[SupplyContract]) -> list[Happening]:
    name = parcel.name
    found: list[Happening] = []
    for supply in supplies:
        for day, what in (
            (supply.signed_on, msg("Supply contract signed: {parcel}", parcel=name)),
            (supply.actual_delivery_on, msg("Land delivered: {parcel}", parcel=name)),
            (supply.actual_start_on, msg("Work started: {parcel}", parcel=name)),
            (supply.actual_completion_on, msg("Work completed: {parcel}", parcel=name)),
        ):
            if day is not None:
                found.append(Happening(on=day, what=what))
    for look in ctx.workspace.construction_progress.where(parcel_id=parcel.id):
        what = msg("Construction looked at: {parcel}", parcel=name)
        if look.suspended_since is not None:
            what = msg(
                "Construction looked at: {parcel}, suspended since {day}",
                parcel=name,
                day=look.suspended_since,
            )
        found.append(Happening(on=look.observed_on, what=what))
    return found
