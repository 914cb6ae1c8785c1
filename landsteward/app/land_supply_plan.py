"""What an import of land supply would do to the register, worked out before anything is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from landsteward.app.context import Context
from landsteward.app.land_supply_holders import Holders
from landsteward.app.land_supply_matching import match_supplies
from landsteward.app.land_supply_owners import follow_contract, owner_by
from landsteward.app.land_supply_table import ReadRow, RowNote, SupplyTable
from landsteward.domain.land_supply import SupplyRow, doubts_about, join_rows, supply_identity
from landsteward.domain.register import (
    Enterprise,
    Occupancy,
    Parcel,
    SupplyContract,
)
from landsteward.domain.text import Message, msg

ReportProgress = Callable[[int, int], None]
"""Told how much of how much is done; raises to stop the work, which then leaves nothing."""

_EVERY = 256


class Outcome(StrEnum):
    """What became of a row; every row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowOutcome:
    """What became of one row, and by what a person knows it."""

    row: int
    outcome: Outcome
    electronic_no: str = ""
    holder: str = ""
    location: str = ""


@dataclass(slots=True, kw_only=True)
class Plan:
    """Records to add and to save, and what is said of the rows. `refused` holds, for each refused
    row's index in the table, the reasons.
    """

    outcomes: list[RowOutcome] = field(default_factory=list)
    refused: dict[int, tuple[RowNote, ...]] = field(default_factory=dict)
    warnings: list[RowNote] = field(default_factory=list)
    new_enterprises: list[Enterprise] = field(default_factory=list)
    new_parcels: dict[str, Parcel] = field(default_factory=dict)
    new_contracts: dict[str, SupplyContract] = field(default_factory=dict)
    new_occupancies: list[Occupancy] = field(default_factory=list)
    changed_parcels: dict[str, Parcel] = field(default_factory=dict)
    changed_contracts: dict[str, SupplyContract] = field(default_factory=dict)
    changed_occupancies: list[Occupancy] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows ended so."""
        return sum(1 for row in self.outcomes if row.outcome is outcome)

    @property
    def changes_anything(self) -> bool:
        """Whether the register would be another one afterwards."""
        return bool(
            self.new_contracts
            or self.changed_contracts
            or self.changed_parcels
            or self.changed_occupancies
        )


_CONTRACT_FIELDS = {one.name for one in fields(SupplyContract)}
# Fields of a row that are terms of the contract.
TERMS = tuple(one.name for one in fields(SupplyRow) if one.name in _CONTRACT_FIELDS)
_OF_PARCEL = ("district", "location", "land_use", "area_m2", "electronic_no")


def plan_supplies(
    ctx: Context,
    table: SupplyTable,
    batch_id: str,
    progress: ReportProgress | None = None,
    *,
    imported_before: bool = False,
) -> Plan:
    """Compare every row with the record and with the rows before it. Writes nothing.

    `imported_before` says that this very file was imported already: it has nothing new to say of
    supplies on record, and must not undo what was corrected by hand since.
    """
    planner = _Planner(ctx, table, batch_id, imported_before=imported_before)
    for at, row in enumerate(table.rows):
        if progress is not None and at % _EVERY == 0:
            progress(at, len(table.rows))
        planner.take(at, row)
    return planner.finish()


class _Planner:
    def __init__(
        self, ctx: Context, table: SupplyTable, batch_id: str, *, imported_before: bool
    ) -> None:
        self._ctx = ctx
        self._table = table
        self._batch_id = batch_id
        self._imported_before = imported_before
        self._today = ctx.today()
        self._plan = Plan(warnings=list(table.notes))
        matches = match_supplies(ctx, table, imported_before=imported_before)
        self._identities, self._recorded = matches.identities, matches.recorded
        self._unsure = matches.unsure
        reports = ctx.workspace.reports
        self._contracts = dict(self._recorded)
        self._parcels = reports.parcels_by_id(
            sorted({one.parcel_id for one in self._recorded.values()})
        )
        supplies = (row.supply for row in table.rows if row.supply)
        held_by = sorted({one.holder_id for one in self._recorded.values() if one.holder_id})
        self._holders = Holders(
            ctx, supplies, batch_id, recorded=reports.enterprises_by_id(held_by)
        )
        self._by_number = reports.parcels_by_electronic_no(
            sorted(
                {
                    row.supply.electronic_no
                    for row, identity in zip(table.rows, self._identities, strict=True)
                    if row.supply and row.supply.electronic_no and identity not in self._recorded
                }
            )
        )
        self._parcels.update({parcel.id: parcel for parcel in self._by_number.values()})
        self._in_file: dict[str, tuple[int, SupplyRow]] = {}
        self._claimed: dict[str, str] = {}
        self._overwritten: set[RowNote] = set()

    def take(self, at: int, row: ReadRow) -> None:
        """Decide what becomes of the row at an index."""
        supply, identity = row.supply, self._identities[at]
        if row.refused:
            self._refuse(at, row, row.refused)
        elif supply is None:
            self._go_on(at, row)
        elif not identity:
            self._refuse(
                at,
                row,
                [
                    self._note(
                        at,
                        "electronic_no",
                        msg(
                            "Nothing says which supply this is: a supervision number is needed, or "
                            "place or holder together with signing date or area."
                        ),
                    )
                ],
            )
        elif (before := self._in_file.get(identity)) is not None:
            joined, against = join_rows(before[1], supply)
            if against:
                notes = [
                    self._note(
                        at,
                        name,
                        msg("Row {row}, of the same supply, says otherwise.", row=before[0]),
                    )
                    for name in against
                ]
                self._refuse(at, row, notes)
            else:
                self._in_file[identity] = (before[0], joined)
                self._settle(at, row, supply, self._change(at, joined, identity))
        else:
            self._in_file[identity] = (row.row, supply)
            known = identity in self._contracts
            outcome = (
                self._change(at, supply, identity) if known else self._create(at, supply, identity)
            )
            self._settle(at, row, supply, outcome)

    def finish(self) -> Plan:
        """The plan, with who holds what derived from the contracts as they are in the end."""
        plan = self._plan
        plan.new_enterprises = self._holders.made
        for contract in plan.new_contracts.values():
            if contract.holder_id is not None:
                plan.new_occupancies.append(owner_by(self._ctx, contract))
        recorded = {one.id: one for one in self._recorded.values()}
        for contract in plan.changed_contracts.values():
            added, changed = follow_contract(self._ctx, recorded[contract.id], contract)
            plan.new_occupancies += added
            plan.changed_occupancies += changed
        plan.warnings.sort(key=lambda note: note.row)
        return plan

    # --- outcomes ---------------------------------------------------------------------------

    def _settle(self, at: int, row: ReadRow, supply: SupplyRow, outcome: Outcome) -> None:
        self._plan.outcomes.append(
            RowOutcome(
                row=row.row,
                outcome=outcome,
                electronic_no=supply.electronic_no,
                holder=supply.holder,
                location=supply.location,
            )
        )
        self._plan.warnings.extend(row.doubts)
        held = self._contracts[self._identities[at]].holder_id is not None
        for doubt in doubts_about(supply, self._table.limits, self._today):
            if doubt.field != "holder" or supply.holder or not held:
                self._plan.warnings.append(self._note(at, doubt.field, doubt.reason))

    def _refuse(self, at: int, row: ReadRow, notes: Iterable[RowNote]) -> None:
        self._plan.refused[at] = tuple(notes)
        self._plan.outcomes.append(RowOutcome(row=row.row, outcome=Outcome.REJECTED))

    def _go_on(self, at: int, row: ReadRow) -> None:
        """A row of further payments shares the lot of the row above."""
        if at and at - 1 not in self._plan.refused:
            self._plan.outcomes.append(RowOutcome(row=row.row, outcome=Outcome.UNCHANGED))
            return
        reason = msg("It goes on with the row above, which is refused.")
        self._refuse(at, row, [RowNote(row=row.row, column="", value="", reason=reason)])

    def _note(self, at: int, name: str, reason: Message) -> RowNote:
        table = self._table
        # One column may hold both limits of the plot ratio.
        if name not in table.labels and name.startswith("plot_ratio"):
            name = "plot_ratio"
        return RowNote(
            row=table.rows[at].row,
            column=table.labels.get(name, ""),
            value=table.cell(at, name),
            reason=reason,
        )

    # --- records ----------------------------------------------------------------------------

    def _create(self, at: int, supply: SupplyRow, identity: str) -> Outcome:
        if at in self._unsure:
            odd = msg("More than one supply may be meant: this one is kept by itself.")
            self._plan.warnings.append(self._note(at, "location", odd))
        parcel = self._by_number.get(supply.electronic_no) if supply.electronic_no else None
        if parcel is None:
            parcel = Parcel(
                id=self._ctx.ids.new(),
                name=supply.location or supply.project_name or identity,
                district=supply.district,
                location=supply.location,
                area_m2=supply.area_m2,
                land_use=supply.land_use,
                electronic_no=supply.electronic_no or None,
                carrier_id=self._holders.carrier_of(supply),
                batch_id=self._batch_id,
            )
            self._plan.new_parcels[parcel.id] = self._parcels[parcel.id] = parcel
            self._claimed[parcel.id] = identity
        else:
            self._follow_supply(at, parcel.id, supply, identity)
        contract = SupplyContract(
            id=self._ctx.ids.new(),
            parcel_id=parcel.id,
            identity=identity,
            holder_id=self._holder(at, supply),
            batch_id=self._batch_id,
            **_terms(supply),
        )
        self._plan.new_contracts[contract.id] = self._contracts[identity] = contract
        return Outcome.CREATED

    def _change(self, at: int, supply: SupplyRow, identity: str) -> Outcome:
        """Put what the row says over what is on record; what it leaves blank stays."""
        if self._imported_before and identity in self._recorded:
            return Outcome.UNCHANGED
        contract = self._contracts[identity]
        changes = _said_otherwise(contract, _terms(supply))
        for name, value in changes.items():
            self._say_overwritten(at, name, getattr(contract, name), value)
        if supply.holder and not self._holders.is_same(contract.holder_id, supply):
            if contract.holder_id is not None:
                before = self._holders.name_of(contract.holder_id)
                self._say_overwritten(at, "holder", before, supply.holder)
            changes["holder_id"] = self._holder(at, supply)
        if contract.identity != identity == supply_identity(supply):
            changes["identity"] = identity
            self._say_found(at, contract, supply)
        if changes:
            changed = replace(contract, **changes)
            self._contracts[identity] = changed
            fresh = contract.id in self._plan.new_contracts
            kept = self._plan.new_contracts if fresh else self._plan.changed_contracts
            kept[contract.id] = changed
        followed = self._follow_supply(at, contract.parcel_id, supply, identity)
        return Outcome.UPDATED if changes or followed else Outcome.UNCHANGED

    def _say_found(self, at: int, contract: SupplyContract, supply: SupplyRow) -> None:
        """Say that a supply was found by what describes it, and what it is now known by."""
        if supply.electronic_no:
            odd = msg("The same supply was on record without its number: filled in.")
            self._plan.warnings.append(self._note(at, "electronic_no", odd))
        if supply.holder and contract.holder_id is None:
            odd = msg("The same supply was on record with its holder unknown: filled in.")
            self._plan.warnings.append(self._note(at, "holder", odd))

    def _say_overwritten(self, at: int, name: str, before: object, after: object) -> None:
        """Say which value on record gives way, once for a row where supply and parcel both do."""
        if before in ("", None):
            return
        note = self._note(
            at,
            name,
            msg(
                "On record until now: {before}. It becomes: {after}.",
                before=_as_shown(name, before),
                after=_as_shown(name, after),
            ),
        )
        if note not in self._overwritten:
            self._overwritten.add(note)
            self._plan.warnings.append(note)

    def _follow_supply(self, at: int, parcel_id: str, supply: SupplyRow, identity: str) -> bool:
        """Bring the parcel in line with its supply; says whether it was out of line.

        Where several supplies of a file lie on one parcel, the first counts and the others only
        fill what is blank: otherwise each import would turn the parcel over again.
        """
        parcel = self._parcels.get(parcel_id)
        if parcel is None:
            return False
        said = {name: getattr(supply, name) for name in _OF_PARCEL}
        changes = _said_otherwise(parcel, said)
        if self._claimed.setdefault(parcel_id, identity) != identity:
            changes = {
                name: value
                for name, value in changes.items()
                if getattr(parcel, name) in ("", None)
            }
        if not changes:
            return False
        for name, value in changes.items():
            self._say_overwritten(at, name, getattr(parcel, name), value)
        if "location" in changes and parcel.name == parcel.location:
            changes["name"] = changes["location"]
        changed = replace(parcel, **changes)
        self._parcels[parcel_id] = changed
        fresh = parcel_id in self._plan.new_parcels
        kept = self._plan.new_parcels if fresh else self._plan.changed_parcels
        kept[parcel_id] = changed
        return True

    def _holder(self, at: int, supply: SupplyRow) -> str | None:
        holder_id, odd = self._holders.find(supply)
        if odd is not None:
            self._plan.warnings.append(self._note(at, "holder", odd))
        return holder_id


def _as_shown(name: str, value: object) -> str:
    """A value on record in words; quantities with the unit that the record keeps them in."""
    if not isinstance(value, Decimal):
        return str(value)
    return f"{value.normalize():f}{_UNITS.get(name, '')}"


_UNITS = {"area_m2": " m²", "price_wan": " 万元"}
_values_of_terms = attrgetter(*TERMS)


def _terms(supply: SupplyRow) -> dict[str, Any]:
    terms = dict(zip(TERMS, _values_of_terms(supply), strict=True))
    terms["electronic_no"] = supply.electronic_no or None
    return terms


def _said_otherwise(record: object, said: dict[str, Any]) -> dict[str, Any]:
    """What is said and differs from the record; blanks say nothing."""
    return {
        name: value
        for name, value in said.items()
        if value is not None and value != "" and value != getattr(record, name)
    }
