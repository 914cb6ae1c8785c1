"""Land supply (供地结果): known by number, otherwise by holder, place, signing date and area."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

from landsteward.app.context import Context
from landsteward.app.land_supply_aliases import description_of, new_aliases
from landsteward.app.land_supply_holders import Holders
from landsteward.app.land_supply_matching import match_supplies
from landsteward.app.land_supply_owners import follow_contracts, owner_by
from landsteward.app.rosters_places import Place, Places
from landsteward.app.rosters_plan import Mode, Options
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import RosterTable, Values
from landsteward.domain.land_supply import (
    FIELDS,
    SupplyRow,
    doubts_about,
    supply_identity,
)
from landsteward.domain.register import Parcel, SupplyContract
from landsteward.domain.text import msg

_CONTRACT_FIELDS = {one.name for one in fields(SupplyContract)}
# Fields of a row that are terms of the contract, and those that its parcel keeps.
_TERMS = tuple(name for name in FIELDS if name in _CONTRACT_FIELDS)
_OF_PARCEL = ("district", "location", "land_use", "area_m2", "electronic_no")
_NOTHING = SupplyRow()
_UNITS = {"area_m2": " m²", "price_wan": " 万元"}


class SupplyPlanner(RosterPlanner[SupplyContract]):
    """One list of land supply against the register: a contract, its parcel, and who holds it."""

    compared = (*FIELDS, "identity")
    # A file that was read before has nothing new to say, whatever its supplies are known by now.
    anew = False

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        super().__init__(ctx, table, batch_id, options, again=again)
        self._today = ctx.today()
        self._places = Places(ctx)
        self._placed = [
            self._places.look(row.entries[0]) if row.entries else None for row in table.rows
        ]
        self._supplies = [
            None if place is None else _understood(row.entries[0], place)
            for row, place in zip(table.rows, self._placed, strict=True)
        ]
        matches = match_supplies(ctx, self._supplies)
        self._identities, self._recorded = matches.identities, matches.recorded
        self._unsure = matches.unsure
        reports = ctx.workspace.reports
        self._contracts = {one.id: one for one in self._recorded.values()}
        self._known_by = {identity: one.id for identity, one in self._recorded.items()}
        self._recorded_parcels = reports.parcels_by_id(
            sorted({one.parcel_id for one in self._recorded.values()})
        )
        held_by = sorted({one.holder_id for one in self._recorded.values() if one.holder_id})
        self._holders = Holders(
            ctx,
            [one for one in self._supplies if one is not None],
            batch_id,
            recorded=reports.enterprises_by_id(held_by),
        )
        self._by_number = reports.parcels_by_electronic_no(
            sorted(
                {
                    supply.electronic_no
                    for supply, identity in zip(self._supplies, self._identities, strict=True)
                    if supply and supply.electronic_no and identity not in self._recorded
                }
            )
        )
        self._parcels = self._recorded_parcels | {one.id: one for one in self._by_number.values()}
        self._claimed: dict[str, str] = {}
        self._also_known_as: dict[str, set[str]] = defaultdict(set)

    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """What the row says, and by what its supply is known from now on."""
        supply, identity = self._supply(at), self._identities[at]
        if not identity:
            raise RowRefusedError(
                "electronic_no",
                msg(
                    "Nothing says which supply this is: a supervision number is needed, or "
                    "place or holder together with signing date or area."
                ),
            )
        said = dict(entry)
        if (place := self._placed[at]) is not None:
            said.update(self.placed(at, place))
        if identity == supply_identity(supply):
            said["identity"] = identity
        return said

    def _supply(self, at: int) -> SupplyRow:
        return self._supplies[at] or _NOTHING

    def find(self, at: int, said: dict[str, Any]) -> SupplyContract | None:
        """The supply of the row's identity, and what is odd about the row."""
        supply, identity = self._supply(at), self._identities[at]
        contract = self._contracts.get(self._known_by.get(identity, ""))
        held = contract is not None and contract.holder_id is not None
        for doubt in doubts_about(supply, self.table.limits, self._today):
            if doubt.field != "holder" or supply.holder or not held:
                self.doubt(at, doubt.field, doubt.reason)
        if contract is not None:
            self._note_description(contract, supply)
            self._claimed.setdefault(contract.parcel_id, identity)
        return contract

    def _note_description(self, contract: SupplyContract, supply: SupplyRow) -> None:
        """Keep by what a row without a number calls a supply."""
        if not (supply.electronic_no or self.again):
            self._also_known_as[contract.id].add(supply_identity(supply))

    # --- a new supply -----------------------------------------------------------------------

    def make(self, at: int, said: dict[str, Any]) -> SupplyContract:
        """A contract, on the parcel of its number or on one of its own."""
        supply, identity = self._supply(at), self._identities[at]
        if at in self._unsure:
            odd = msg("More than one supply may be meant: this one is kept by itself.")
            self.doubt(at, "location", odd)
        parcel = self._by_number.get(supply.electronic_no) if supply.electronic_no else None
        if parcel is None:
            parcel = self._made_parcel(supply, identity)
        else:
            self._meet_parcel(at, parcel, said)
        contract = SupplyContract(
            id=self.ctx.ids.new(),
            parcel_id=parcel.id,
            identity=identity,
            holder_id=self._holder(at, supply),
            batch_id=self.batch_id,
            **{name: said[name] for name in _TERMS if name in said},
        )
        self._known_by[identity] = contract.id
        self._note_description(contract, supply)
        return contract

    def _made_parcel(self, supply: SupplyRow, identity: str) -> Parcel:
        parcel = Parcel(
            id=self.ctx.ids.new(),
            name=supply.location or supply.project_name or identity,
            district=supply.district,
            location=supply.location,
            area_m2=supply.area_m2,
            land_use=supply.land_use,
            electronic_no=supply.electronic_no or None,
            carrier_id=self._holders.carrier_of(supply),
            batch_id=self.batch_id,
        )
        self._parcels[parcel.id] = parcel
        self._claimed[parcel.id] = identity
        self.result.add(parcel)
        return parcel

    def _meet_parcel(self, at: int, parcel: Parcel, said: Mapping[str, Any]) -> None:
        """A new supply on a parcel on record, which follows it where known records may change."""
        parcel = self._parcels[parcel.id]
        changes = self._said_of_parcel(parcel, said, self._identities[at])
        differences = [
            self.difference(name, getattr(parcel, name), value) for name, value in changes.items()
        ]
        if self.options.mode is Mode.UPDATE:
            self.say_overwritten(at, differences)
            self._follow_supply(at, parcel, said)
        else:
            self.say_left(at, parcel.name, differences)

    def _holder(self, at: int, supply: SupplyRow) -> str | None:
        holder_id, odd = self._holders.find(supply)
        if odd is not None:
            self.doubt(at, "holder", odd)
        return holder_id

    # --- a known supply ---------------------------------------------------------------------

    def given_way(
        self, at: int, record: SupplyContract, field_name: str, value: Any
    ) -> tuple[Any, ...]:
        """What contract and parcel say otherwise, each value once."""
        if field_name == "holder":
            if self._holders.is_same(record.holder_id, self._supply(at)):
                return ()
            return (self._holders.name_of(record.holder_id),)
        before = []
        if field_name in _CONTRACT_FIELDS:
            before.append(getattr(record, field_name))
        parcel = self._parcels.get(record.parcel_id)
        if parcel is not None and self._may_change(parcel, field_name, self._identities[at]):
            before.append(getattr(parcel, field_name))
        other = dict.fromkeys(one for one in before if one != value)
        return tuple(one for one in other if one not in ("", None)) or tuple(other)[:1]

    def _may_change(self, parcel: Parcel, field_name: str, identity: str) -> bool:
        """Whether a supply has a say in what its parcel is.

        Where several supplies of a file lie on one parcel, the first counts and the others only
        fill what is blank: otherwise each import would turn the parcel over again.
        """
        if field_name not in _OF_PARCEL:
            return False
        first = self._claimed.get(parcel.id, identity) == identity
        return first or getattr(parcel, field_name) in ("", None)

    def changed(
        self, at: int, record: SupplyContract, changes: Mapping[str, Any]
    ) -> SupplyContract:
        """The contract with what the row says otherwise; its parcel goes along."""
        supply = self._supply(at)
        of_contract = {name: changes[name] for name in _TERMS if name in changes}
        if "holder" in changes:
            of_contract["holder_id"] = self._holder(at, supply)
        if "identity" in changes:
            of_contract["identity"] = changes["identity"]
            self._say_found(at, record, supply)
        parcel = self._parcels.get(record.parcel_id)
        if parcel is not None:
            self._follow_supply(at, parcel, changes)
        return replace(record, **of_contract)

    def _say_found(self, at: int, contract: SupplyContract, supply: SupplyRow) -> None:
        """Say that a supply was found by what describes it, and what it is now known by."""
        if supply.electronic_no:
            odd = msg("The same supply was on record without its number: filled in.")
            self.doubt(at, "electronic_no", odd)
        if supply.holder and contract.holder_id is None:
            odd = msg("The same supply was on record with its holder unknown: filled in.")
            self.doubt(at, "holder", odd)

    def _said_of_parcel(
        self, parcel: Parcel, said: Mapping[str, Any], identity: str
    ) -> dict[str, Any]:
        """What a supply says otherwise of its parcel and has a say in."""
        return {
            name: said[name]
            for name in _OF_PARCEL
            if name in said
            and said[name] != getattr(parcel, name)
            and self._may_change(parcel, name, identity)
        }

    def _follow_supply(self, at: int, parcel: Parcel, said: Mapping[str, Any]) -> None:
        """Bring the parcel in line with its supply."""
        identity = self._identities[at]
        changes = self._said_of_parcel(parcel, said, identity)
        self._claimed.setdefault(parcel.id, identity)
        if "location" in changes and parcel.name == parcel.location:
            changes["name"] = changes["location"]
        if changes:
            self._parcels[parcel.id] = replace(parcel, **changes)
            self.result.save(self._parcels[parcel.id])

    def adopt(self, record: SupplyContract) -> None:
        """Let rows further down find it as it now is."""
        self._contracts[record.id] = record

    # --- all of them ------------------------------------------------------------------------

    def finish(self) -> None:
        """Holders, who holds what as the contracts are in the end, and what they are known by."""
        for enterprise in self._holders.made:
            self.result.add(enterprise)
        for contract in self.result.added[SupplyContract].values():
            if contract.holder_id is not None:
                self.result.add(owner_by(self.ctx, contract))
        saved = self.result.changed[SupplyContract]
        added, changed = follow_contracts(
            self.ctx,
            ((one, saved[one.id]) for one in self._recorded.values() if one.id in saved),
        )
        for occupancy in added:
            self.result.add(occupancy)
        for occupancy in changed:
            self.result.save(occupancy)
        for alias in new_aliases(self.ctx, self._contracts.values(), self._known_as()):
            self.result.add(alias)

    def _known_as(self) -> Mapping[str, set[str]]:
        """By what else supplies are known: to older lists and to rows without a number."""
        once = self._also_known_as
        for contract in self._recorded.values():
            parcel_changes = contract.parcel_id in self.result.changed[Parcel]
            if contract.id in self.result.changed[SupplyContract] or parcel_changes:
                holder = self._holders.recorded(contract.holder_id)
                parcel = self._recorded_parcels.get(contract.parcel_id)
                before = description_of(contract, parcel, holder)
                once[contract.id] |= {contract.identity, before}
        return once

    # --- words ------------------------------------------------------------------------------

    def name_of(self, record: SupplyContract) -> str:
        """Its holder and place, otherwise its number."""
        parcel = self._parcels.get(record.parcel_id)
        holder = self._holders.name_of(record.holder_id)
        place = "" if parcel is None else parcel.location
        return f"{holder} · {place}" if holder and place else holder or place or record.identity

    def column_of(self, field_name: str) -> str:
        """One column may hold both limits of the plot ratio; an identity stands in none."""
        if field_name == "identity":
            return ""
        if field_name.startswith("plot_ratio") and not self.table.label(field_name, None):
            return "plot_ratio"
        return field_name

    def worded(self, field_name: str, value: Any) -> str:
        """Quantities with the unit that the record keeps them in."""
        unit = _UNITS.get(field_name, "") if isinstance(value, Decimal) else ""
        return super().worded(field_name, value) + unit


def _understood(entry: Values, place: Place) -> SupplyRow:
    """A row with the name of its district, where it gives the code."""
    district = place.fields.get("district", "")
    if district == entry.get("district", "") and "area_code" not in entry:
        return SupplyRow(**entry)
    said = {name: value for name, value in entry.items() if name != "area_code"}
    return SupplyRow(**{**said, "district": district})
