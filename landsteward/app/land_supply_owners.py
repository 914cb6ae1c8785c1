"""Who occupies a supplied parcel as its owner, derived from the supply's contract."""

from dataclasses import replace

from landsteward.app.context import Context
from landsteward.domain.register import Occupancy, SupplyContract, Tenure


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


def follow_contract(
    ctx: Context, before: SupplyContract, after: SupplyContract
) -> tuple[list[Occupancy], list[Occupancy]]:
    """Bring the owner's occupancy in line with a contract whose holder or area changed.

    First the occupancies to add, then those to change.
    """
    same = before.holder_id == after.holder_id and before.area_m2 == after.area_m2
    if same or after.holder_id is None:
        return [], []
    held = ctx.workspace.occupancies.where(
        parcel_id=before.parcel_id, enterprise_id=before.holder_id, tenure=Tenure.OWNER
    )
    current = [one for one in held if one.to_on is None] if before.holder_id else []
    if not current:
        return ([owner_by(ctx, after)] if before.holder_id != after.holder_id else []), []
    one = current[0]
    area = after.area_m2 if one.area_m2 == before.area_m2 else one.area_m2
    changed = replace(one, enterprise_id=after.holder_id, area_m2=area)
    return [], [changed] if changed != one else []
