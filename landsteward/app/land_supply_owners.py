"""Who occupies a supplied parcel as its owner, derived from the supply's contract."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from landsteward.app.context import Context
from landsteward.domain.register import Occupancy, SupplyContract
from landsteward.domain.states import Tenure


def owner_by(ctx: Context, contract: SupplyContract) -> Occupancy:
    """The occupancy of a contract's holder, from the day of signing."""
    return Occupancy(
        id=ctx.ids.new(),
        parcel_id=contract.parcel_id,
        enterprise_id=contract.holder_id or "",
        tenure=Tenure.OWNER,
        area_m2=contract.area_m2,
        from_on=contract.signed_on,
    )


def follow_contracts(
    ctx: Context, changes: Iterable[tuple[SupplyContract, SupplyContract]]
) -> tuple[list[Occupancy], list[Occupancy]]:
    """Bring the owners' occupancies in line with contracts (before, after) whose holder or area
    changed. First the occupancies to add, then those to change.
    """
    concerned = [
        (before, after)
        for before, after in changes
        if after.holder_id is not None
        and (before.holder_id != after.holder_id or before.area_m2 != after.area_m2)
    ]
    held: dict[tuple[str, str], list[Occupancy]] = defaultdict(list)
    for one in ctx.workspace.reports.owners_of(sorted({old.parcel_id for old, _ in concerned})):
        if one.to_on is None:
            held[one.parcel_id, one.enterprise_id].append(one)
    added, changed = [], []
    for before, after in concerned:
        current = held.get((before.parcel_id, before.holder_id or ""))
        if current:
            area = after.area_m2 if current[0].area_m2 == before.area_m2 else current[0].area_m2
            now = replace(current[0], enterprise_id=after.holder_id or "", area_m2=area)
            if now != current[0]:
                changed.append(now)
        elif before.holder_id != after.holder_id:
            added.append(owner_by(ctx, after))
    return added, changed
