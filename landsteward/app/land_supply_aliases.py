"""What a supply was once known by: kept, so that an older list still finds it."""

from collections.abc import Iterable, Mapping

from landsteward.app.context import Context
from landsteward.domain.land_supply import described_identity
from landsteward.domain.register import Enterprise, Parcel, SupplyAlias, SupplyContract


def description_of(
    contract: SupplyContract, parcel: Parcel | None, holder: Enterprise | None
) -> str:
    """What describes a supply as it is on record, where its number is not known."""
    return described_identity(
        "" if holder is None else holder.name,
        "" if parcel is None else parcel.location,
        contract.signed_on,
        contract.area_m2,
    )


def new_aliases(
    ctx: Context, contracts: Iterable[SupplyContract], known_as: Mapping[str, Iterable[str]]
) -> list[SupplyAlias]:
    """An alias for everything that these supplies were known as and still are not on record with.

    `known_as`: for each supply's key, identities and descriptions that hold no longer.
    """
    on_record = ctx.workspace.reports.aliases_of(sorted(known_as))
    return [
        SupplyAlias(id=ctx.ids.new(), contract_id=contract.id, identity=identity)
        for contract in contracts
        for identity in sorted(
            set(known_as.get(contract.id, ()))
            - on_record.get(contract.id, set())
            - {contract.identity}
        )
    ]
