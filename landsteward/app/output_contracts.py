"""产出监管合同 with what became of what they agreed, from the register and the checkups."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.app.context import Context
from landsteward.app.occupancies import enterprise_land
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.output_judging import judge_output
from landsteward.domain.output_terms import Reality, TermLine
from landsteward.domain.register import (
    Enterprise,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)

_RATIO = "plot_ratio_min"
"""The term whose checklist item measures the plot ratio."""

Years = tuple[tuple[YearlyMetrics, LandBasis | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputView:
    """A contract, whose and where, and every term against reality. `latest` counts for limits."""

    contract: OutputContract
    parcel: Parcel
    enterprise: Enterprise
    lines: tuple[TermLine, ...]
    latest: bool


def enterprise_outputs(ctx: Context, *, enterprise_id: str) -> tuple[OutputView, ...]:
    """The output contracts of an enterprise, latest first."""
    return _views(ctx, ctx.workspace.output_contracts.where(enterprise_id=enterprise_id))


def parcel_outputs(ctx: Context, *, parcel_id: str) -> tuple[OutputView, ...]:
    """The output contracts of a parcel, latest first."""
    return _views(ctx, ctx.workspace.output_contracts.where(parcel_id=parcel_id))


def _views(ctx: Context, contracts: Iterable[OutputContract]) -> tuple[OutputView, ...]:
    space = ctx.workspace
    listed = sorted(contracts, key=order.signed, reverse=True)
    parcels = space.reports.parcels_by_id(sorted({one.parcel_id for one in listed}))
    holders = space.reports.enterprises_by_id(sorted({one.enterprise_id for one in listed}))
    years = {key: _years(ctx, key) for key in holders}
    found: list[OutputView] = []
    known: set[tuple[str, str]] = set()
    for contract in listed:
        parcel, holder = parcels.get(contract.parcel_id), holders.get(contract.enterprise_id)
        if parcel is None or holder is None:
            continue
        pair = (parcel.id, holder.id)
        reality = _reality(ctx, parcel, holder, years[holder.id])
        found.append(
            OutputView(
                contract=contract,
                parcel=parcel,
                enterprise=holder,
                lines=judge_output(contract, reality),
                latest=pair not in known,
            )
        )
        known.add(pair)
    return tuple(found)


def _years(ctx: Context, enterprise_id: str) -> Years:
    land = enterprise_land(ctx, enterprise_id=enterprise_id).years
    found = ctx.workspace.yearly_metrics.where(enterprise_id=enterprise_id)
    return tuple((one, land.get(one.year)) for one in found)


def _reality(ctx: Context, parcel: Parcel, holder: Enterprise, years: Years) -> Reality:
    space = ctx.workspace
    supplies = space.supply_contracts.where(parcel_id=parcel.id)
    own = [one for one in supplies if one.holder_id == holder.id]
    supply: SupplyContract | None = max(own or supplies, key=order.signed, default=None)
    return Reality(
        today=ctx.today(),
        parcel=parcel,
        supply=supply,
        looks=space.construction_progress.where(parcel_id=parcel.id),
        years=years,
        plot_ratio=_measured_ratio(ctx, parcel, holder),
        items=[one for one in ctx.pack().items if one.limit_from is not None],
    )


def _measured_ratio(
    ctx: Context, parcel: Parcel, holder: Enterprise
) -> tuple[Decimal, date] | None:
    """The plot ratio a checkup measured last on this parcel, and on which day."""
    space = ctx.workspace
    cases: dict[str, Case] = {one.id: one for one in space.cases.where(parcel_id=parcel.id)}
    cases = {key: one for key, one in cases.items() if one.enterprise_id in (holder.id, None)}
    found: list[tuple[date, Decimal]] = []
    for case in cases.values():
        for checkup in space.checkups.where(case_id=case.id):
            pack = ctx.packs.get(checkup.pack, checkup.pack_version)
            keys = {one.key for one in pack.items if one.limit_from == _RATIO}
            for result in space.item_results.where(checkup_id=checkup.id):
                seen_on = (
                    result.answered_at.date()
                    if result.answered_at is not None
                    else checkup.started_on
                )
                if result.item_key in keys and result.value is not None and seen_on is not None:
                    found.append((seen_on, result.value))
    if not found:
        return None
    seen_on, value = max(found)
    return value, seen_on
