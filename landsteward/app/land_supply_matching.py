"""Which supply on record a row speaks of, also where one of them lacks its number or its holder.

A supply published without its 电子监管号, or before its holder was known, comes again with it; it
must not become a second supply on a second parcel.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from landsteward.app.context import Context
from landsteward.app.land_supply_table import SupplyTable
from landsteward.domain.identifiers import name_key
from landsteward.domain.land_supply import SupplyRow, described_identity, supply_identity
from landsteward.domain.register import SupplyContract


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """`identities[i]`: by what row i is known after the import, "" where it says too little.
    `recorded`: supplies on record by that same identity. `unsure`: rows that may be one of several.
    """

    identities: list[str]
    recorded: dict[str, SupplyContract]
    unsure: set[int] = field(default_factory=set)


def match_supplies(ctx: Context, table: SupplyTable, *, imported_before: bool) -> Matches:
    """Find the supplies that rows speak of: by identity, otherwise by holder, place, day and area.

    Where several supplies may be meant, or several rows claim one, none is taken: each such row
    makes its own. Rows that were imported before made theirs already: they take the oldest.
    """
    supplies = [row.supply for row in table.rows]
    identities = ["" if row is None else supply_identity(row) for row in supplies]
    recorded = ctx.workspace.reports.supplies_by_identity(sorted(set(identities) - {""}))
    matches = Matches(identities=identities, recorded=recorded)
    unknown: dict[str, list[int]] = defaultdict(list)
    for at, identity in enumerate(identities):
        if identity and identity not in recorded:
            unknown[identity].append(at)
    rows = {at: row for at, row in enumerate(supplies) if row and identities[at] in unknown}
    if not rows:
        return matches
    described = _Described(ctx, rows.values())
    claims: dict[str, list[str]] = defaultdict(list)
    for identity, places in unknown.items():
        found = {one for at in places for one in described.candidates(rows[at])}
        if len(found) > 1 and not imported_before:
            matches.unsure.update(places)
        elif found:
            claims[min(found)].append(identity)
    renamed: dict[str, str] = {}
    direct: dict[str, list[SupplyRow]] = defaultdict(list)
    for row, identity in zip(supplies, identities, strict=True):
        if row is not None and identity in recorded:
            direct[identity].append(row)
    for contract_id, claiming in claims.items():
        contract = described.contracts[contract_id]
        places = [at for identity in claiming for at in unknown[identity]]
        if imported_before:
            known_as: str | None = contract.identity
        else:
            known_as = _known_as(
                contract, {identities[at]: rows[at] for at in places}, direct[contract.identity]
            )
        if known_as is None:
            matches.unsure.update(places)
            continue
        recorded.pop(contract.identity, None)
        recorded[known_as] = contract
        renamed |= dict.fromkeys([*claiming, contract.identity], known_as)
    identities[:] = [renamed.get(identity, identity) for identity in identities]
    return matches


def _known_as(
    contract: SupplyContract, claiming: dict[str, SupplyRow], direct: Collection[SupplyRow]
) -> str | None:
    """By what a supply is known once these rows are its own; None where they exclude each other.

    `direct` are the rows of the file that name the supply by its identity.
    """
    numbers = {row.electronic_no for row in claiming.values()} - {""}
    together = [*claiming.values(), *direct]
    holders = {name_key(row.holder) for row in together} - {""}
    places = {name_key(row.location) for row in together} - {""}
    days = {row.signed_on for row in together} - {None}
    areas = {row.area_m2 for row in together} - {None}
    if any(len(said) > 1 for said in (numbers, holders, places, days, areas)):
        return None
    if numbers:
        return numbers.pop()
    fuller = [identity for identity, row in claiming.items() if row.holder]
    if fuller and not contract.electronic_no and contract.holder_id is None:
        return fuller[0]
    return contract.identity


class _Described:
    """The supplies on record that have place, day and area in common with some rows."""

    def __init__(self, ctx: Context, rows: Collection[SupplyRow]) -> None:
        reports = ctx.workspace.reports
        areas = {row.area_m2 for row in rows}
        known = reports.supplies_by_identity(sorted({_description(row) for row in rows}))
        signed = reports.supplies_signed_on(list({row.signed_on for row in rows}))
        self.contracts = {one.id: one for one in signed if one.area_m2 in areas}
        parcels = reports.parcels_by_id(sorted({one.parcel_id for one in self.contracts.values()}))
        holders = reports.enterprises_by_id(
            sorted({one.holder_id for one in self.contracts.values() if one.holder_id})
        )
        self._by_description: dict[str, set[str]] = defaultdict(set)
        self._by_place: dict[str, set[str]] = defaultdict(set)
        for one in self.contracts.values():
            parcel = parcels.get(one.parcel_id)
            holder = holders.get(one.holder_id or "")
            place = "" if parcel is None else parcel.location
            name = "" if holder is None else holder.name
            told = (place, one.signed_on, one.area_m2)
            self._by_description[described_identity(name, *told)].add(one.id)
            self._by_place[described_identity("", *told)].add(one.id)
        for identity, one in known.items():
            self.contracts[one.id] = one
            self._by_description[identity].add(one.id)

    def candidates(self, row: SupplyRow) -> set[str]:
        """Keys of the supplies that a row may speak of.

        A holder that only one side knows is passed over where place, day and area are all there.
        """
        if not supply_identity(replace(row, electronic_no="")):
            return set()
        same = self._fitting(row, self._by_description[_description(row)])
        if same or not (row.location and row.signed_on and row.area_m2):
            return same
        place = described_identity("", row.location, row.signed_on, row.area_m2)
        there = self._fitting(row, self._by_place[place])
        return {one for one in there if not row.holder or self.contracts[one].holder_id is None}

    def _fitting(self, row: SupplyRow, keys: Collection[str]) -> set[str]:
        """Those whose number is not another one."""
        return {
            key
            for key in keys
            if not row.electronic_no
            or self.contracts[key].electronic_no in (None, "", row.electronic_no)
        }


def _description(row: SupplyRow) -> str:
    return described_identity(row.holder, row.location, row.signed_on, row.area_m2)
