"""A parcel in short, for the card beside the map: who uses it, how that stands, what comes next."""

from dataclasses import dataclass

from landsteward.app.cases import CaseOverview, case_overview
from landsteward.app.context import Context
from landsteward.app.occupancies import OccupancyRow, parcel_land
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import ENDED_CASE_STAGES, SETTLED_FINDING_STATES
from landsteward.domain.register import Enterprise, Parcel, YearlyMetrics
from landsteward.domain.states import Tenure


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelCard:
    """`holder` has it by the latest supply, else owns it; `users` are the enterprises there now,
    the holder left out. `graded` is the holder's latest year with a grade; `problems` are the open
    findings of the case, the worst first.
    """

    parcel: Parcel
    holder: Enterprise | None
    users: tuple[OccupancyRow, ...]
    graded: YearlyMetrics | None
    case: CaseOverview | None
    problems: tuple[Finding, ...]


def parcel_card(ctx: Context, *, parcel_id: str) -> ParcelCard:
    """A parcel in short. Raises RecordNotFoundError."""
    space = ctx.workspace
    land = parcel_land(ctx, parcel_id=parcel_id)
    today = ctx.today()
    there = [
        one for one in land.rows if one.occupancy.to_on is None or one.occupancy.to_on >= today
    ]
    supplies = space.supply_contracts.where(parcel_id=parcel_id)
    supply = max(supplies, key=order.signed, default=None)
    holder_id = supply.holder_id if supply is not None else None
    if holder_id is None:
        owner = max(
            (one.occupancy for one in there if one.occupancy.tenure is Tenure.OWNER),
            key=order.occupied,
            default=None,
        )
        holder_id = owner.enterprise_id if owner is not None else None
    case = _case(ctx, parcel_id, holder_id)
    overview = case_overview(ctx, case_id=case.id) if case is not None else None
    problems = [
        one
        for one in (overview.findings if overview is not None else ())
        if one.state not in SETTLED_FINDING_STATES
    ]
    years = space.yearly_metrics.where(enterprise_id=holder_id) if holder_id is not None else []
    return ParcelCard(
        parcel=space.parcels.get(parcel_id),
        holder=space.enterprises.find(holder_id) if holder_id is not None else None,
        users=tuple(one for one in there if one.enterprise.id != holder_id),
        graded=max((one for one in years if one.grade), key=lambda one: one.year, default=None),
        case=overview,
        problems=tuple(sorted(problems, key=lambda one: (one.severity, one.finding_no))),
    )


def _case(ctx: Context, parcel_id: str, holder_id: str | None) -> Case | None:
    """As `parcel_map` has it: under way before ended, the parcel's own before its holder's."""
    cases = {one.id: one for one in ctx.workspace.cases.where(parcel_id=parcel_id)}
    if holder_id is not None:
        cases |= {one.id: one for one in ctx.workspace.cases.where(enterprise_id=holder_id)}
    return max(
        cases.values(),
        key=lambda one: (
            one.stage not in ENDED_CASE_STAGES,
            one.parcel_id == parcel_id,
            order.opened(one),
        ),
        default=None,
    )
