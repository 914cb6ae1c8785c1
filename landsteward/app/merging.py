"""Two records of one enterprise become one: one stays with all that hung on both, the other leads
to it for good.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from landsteward.app.context import Context
from landsteward.domain.casework import Case
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.identifiers import check_uscc, name_key
from landsteward.domain.lifecycle import ENDED_CASE_STAGES
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, Occupancy, YearlyMetrics
from landsteward.domain.text import Message, msg

CHOSEN_FIELDS = (
    "name",
    "short_name",
    "uscc",
    "kind",
    "industry_code",
    "industry_name",
    "scale",
    "industry_policy",
    "production",
    "production_since",
    "carrier_id",
    "district",
    "address",
    "legal_representative",
    "contact",
    "phone",
    "note",
)
"""What is chosen field by field."""

MOVED = (
    ("supply_contracts", "holder_id"),
    ("output_contracts", "enterprise_id"),
    ("occupancies", "enterprise_id"),
    ("permits", "enterprise_id"),
    ("cases", "enterprise_id"),
    ("engagement_enterprises", "enterprise_id"),
    ("conflict_declarations", "enterprise_id"),
    ("visits", "enterprise_id"),
    ("scenarios", "enterprise_id"),
    ("not_the_same", "first_id"),
    ("not_the_same", "second_id"),
)
"""What moves as it is: the store, and the field that names the enterprise. Yearly figures are
brought together by `merge_enterprises`; a chain of merged records is followed to its end."""

STAYS = (
    ("grading_subjects", "enterprise_id"),
    ("grading_results", "enterprise_id"),
    ("grading_marks", "enterprise_id"),
    ("grading_objections", "enterprise_id"),
)
"""What stays with the record it was made of: a grading is about what was on record then. Whoever
asks for an enterprise's gradings asks for those of what was merged into it as well."""

_OWN = frozenset({"id", "enterprise_id", "year"})
_FIGURES = tuple(one.name for one in fields(YearlyMetrics) if one.name not in _OWN)
_ORGANISATION = slice(8, 17)
"""Where a credit code has the organisation's own number (GB 32100)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearClash:
    """A year both have figures of that contradict each other."""

    year: int
    first: YearlyMetrics
    second: YearlyMetrics


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeView:
    """Two records side by side. `refused` says what stands against making them one.

    `children` counts what hangs on the first and on the second, by store.
    """

    first: Enterprise
    second: Enterprise
    differing: tuple[str, ...]
    children: Mapping[str, tuple[int, int]]
    clashes: tuple[YearClash, ...]
    carriers: Mapping[str, str]
    refused: tuple[Message, ...]


def merge_view(ctx: Context, *, first_id: str, second_id: str) -> MergeView:
    """Two enterprises as they would be merged. Raises RecordNotFoundError."""
    space = ctx.workspace
    first, second = space.enterprises.get(first_id), space.enterprises.get(second_id)
    stores: Any = space
    children = {
        name: (
            getattr(stores, name).count(**{column: first_id}),
            getattr(stores, name).count(**{column: second_id}),
        )
        for name, column in (*MOVED, ("yearly_metrics", "enterprise_id"))
        if name != "not_the_same"
    }
    carriers = [one.carrier_id for one in (first, second) if one.carrier_id]
    return MergeView(
        first=first,
        second=second,
        differing=tuple(
            name for name in CHOSEN_FIELDS if getattr(first, name) != getattr(second, name)
        ),
        children=children,
        clashes=_clashes(ctx, first_id, second_id),
        carriers={key: space.organisations.get(key).name for key in carriers},
        refused=_refusals(ctx, first, second),
    )


def merge_enterprises(
    ctx: Context,
    *,
    stays_id: str,
    goes_id: str,
    take: Collection[str] = (),
    years: Mapping[int, str] | None = None,
) -> Enterprise:
    """Make two records of one enterprise one, in one transaction; whatever hung on either stays.

    `take` names the fields whose value is that of the record that goes. `years` says, for each
    year whose figures contradict each other, whose figures count (`stays_id` or `goes_id`);
    without it such a year refuses the merging. Figures only one of them has are kept in any case.
    """
    ctx.require(Action.MERGE)
    space = ctx.workspace
    stays, goes = space.enterprises.get(stays_id), space.enterprises.get(goes_id)
    for reason in _refusals(ctx, stays, goes):
        raise RefusedMoveError(reason, where=f"{stays.name} · {goes.name}")
    chosen = years or {}
    open_years = [one.year for one in _clashes(ctx, stays_id, goes_id) if one.year not in chosen]
    if open_years:
        raise RefusedMoveError(
            msg("Both have figures of {years}, and they differ.", years=_listed(open_years)),
            where=f"{stays.name} · {goes.name}",
            remedy=msg("Choose whose figures count for each of these years."),
        )
    merged = _merged(stays, goes, take)
    with ctx.change():
        space.enterprises.save(replace(goes, merged_into=stays_id))
        space.enterprises.retire(goes_id)
        space.enterprises.save(merged)
        _move_years(ctx, stays_id, goes_id, chosen)
        stores: Any = space
        for name, column in MOVED:
            store = getattr(stores, name)
            for one in store.where(**{column: goes_id}):
                store.save(replace(one, **{column: stays_id}))
        _same_occupancies(ctx, stays_id)
    return merged


def _merged(stays: Enterprise, goes: Enterprise, take: Collection[str]) -> Enterprise:
    """The record that stays: chosen values, gaps filled, and what the other was known by."""
    unknown = set(take) - set(CHOSEN_FIELDS)
    if unknown:
        raise TypeError(f"not chosen field by field: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for name in CHOSEN_FIELDS:
        here, there = getattr(stays, name), getattr(goes, name)
        values[name] = there if name in take or here in (None, "") else here
    values["uscc_reason"] = goes.uscc_reason if values["uscc"] == goes.uscc else stays.uscc_reason
    known_by = [*_parts(stays.formerly), *_parts(goes.formerly)]
    for one in (stays, goes):
        known_by += [one.name] if name_key(one.name) != name_key(values["name"]) else []
        known_by += [one.uscc] if one.uscc and one.uscc != values["uscc"] else []
    return replace(
        stays,
        **values,
        name_key=name_key(values["name"]),
        formerly="；".join(dict.fromkeys(known_by)),
    )


def _parts(formerly: str) -> list[str]:
    return [part for part in formerly.split("；") if part]


def _refusals(ctx: Context, first: Enterprise, second: Enterprise) -> tuple[Message, ...]:
    if first.id == second.id:
        return (msg("This is one record already."),)
    refused: list[Message] = []
    codes = [one.uscc for one in (first, second) if one.uscc and not check_uscc(one.uscc).refused]
    if len(codes) == 2 and codes[0][_ORGANISATION] != codes[1][_ORGANISATION]:
        refused.append(
            msg(
                "Both have a valid credit code of their own: they are two enterprises. "
                "Correct the wrong code first."
            )
        )
    under_way = [_open_case(ctx, one.id) for one in (first, second)]
    if all(under_way):
        refused.append(
            msg(
                "Both have a case under way: {cases}. Close one of them first.",
                cases=" · ".join(case.case_no for case in under_way if case),
            )
        )
    return tuple(refused)


def _open_case(ctx: Context, enterprise_id: str) -> Case | None:
    for case in ctx.workspace.cases.where(enterprise_id=enterprise_id):
        if case.stage not in ENDED_CASE_STAGES:
            return case
    return None


def _clashes(ctx: Context, first_id: str, second_id: str) -> tuple[YearClash, ...]:
    metrics = ctx.workspace.yearly_metrics
    seconds = {one.year: one for one in metrics.where(enterprise_id=second_id)}
    found = [
        YearClash(year=first.year, first=first, second=second)
        for first in metrics.where(enterprise_id=first_id)
        if (second := seconds.get(first.year)) is not None
        and any(
            None not in (here := getattr(first, name), there := getattr(second, name))
            and here != there
            for name in _FIGURES
        )
    ]
    return tuple(sorted(found, key=lambda one: one.year, reverse=True))


def _move_years(ctx: Context, stays_id: str, goes_id: str, chosen: Mapping[int, str]) -> None:
    """Figures of both by year: the chosen ones count, the other's fill what they leave open."""
    metrics = ctx.workspace.yearly_metrics
    known = {one.year: one for one in metrics.where(enterprise_id=stays_id)}
    for gone in metrics.where(enterprise_id=goes_id):
        kept = known.get(gone.year)
        if kept is None:
            metrics.save(replace(gone, enterprise_id=stays_id))
            continue
        better, other = (gone, kept) if chosen.get(gone.year) == goes_id else (kept, gone)
        values: dict[str, Any] = {}
        for name in _FIGURES:
            value = getattr(better, name)
            values[name] = getattr(other, name) if value is None else value
        metrics.save(replace(kept, **values))
        metrics.retire(gone.id)


def _same_occupancies(ctx: Context, enterprise_id: str) -> None:
    """Two lines that say the same of one parcel are one."""
    occupancies = ctx.workspace.occupancies
    seen: dict[tuple[object, ...], Occupancy] = {}
    for one in occupancies.where(enterprise_id=enterprise_id):
        place = (one.parcel_id, one.tenure, one.from_on, one.to_on)
        before = seen.get(place)
        areas = {x.area_m2 for x in (before, one) if x is not None} - {None}
        if before is None or len(areas) > 1:
            seen[place] = one
            continue
        if before.area_m2 is None and one.area_m2 is not None:
            before = replace(before, area_m2=one.area_m2)
            occupancies.save(before)
            seen[place] = before
        occupancies.retire(one.id)


def _listed(years: Collection[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))
