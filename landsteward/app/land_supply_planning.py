"""Works out what an import of land supply would do: every row against the record and against the
rows before it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from landsteward.app.context import Context
from landsteward.app.importing import Outcome, ReportProgress, RowNote
from landsteward.app.land_supply_aliases import description_of, new_aliases
from landsteward.app.land_supply_holders import Holders
from landsteward.app.land_supply_matching import match_supplies
from landsteward.app.land_supply_owners import follow_contracts, owner_by
from landsteward.app.land_supply_plan import Plan, RowOutcome
from landsteward.app.land_supply_table import ReadRow, SupplyTable
from landsteward.domain.land_supply import SupplyRow, doubts_about, join_rows, supply_identity
from landsteward.domain.register import Parcel, SupplyContract
from landsteward.domain.text import Message, msg

_EVERY = 256

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

    `imported_before` says that this very file was imported already: it has nothing new to say, and
    must not undo what was corrected or came in since.
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
        matches = match_supplies(ctx, table)
        self._identities, self._recorded = matches.identities, matches.recorded
        self._unsure = matches.unsure
        reports = ctx.workspace.reports
        self._contracts = dict(self._recorded)
        self._recorded_parcels = reports.parcels_by_id(
            sorted({one.parcel_id for one in self._recorded.values()})
        )
        self._parcels = dict(self._recorded_parcels)
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
        self._also_known_as: dict[str, set[str]] = defaultdict(set)

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
            known = identity in self._contracts or self._imported_before
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
        added, changed = follow_contracts(
            self._ctx,
            (
                (one, plan.changed_contracts[one.id])
                for one in self._recorded.values()
                if one.id in plan.changed_contracts
            ),
        )
        plan.new_occupancies += added
        plan.changed_occupancies += changed
        self._keep_what_was_known()
        plan.warnings.sort(key=lambda note: note.row)
        return plan

    def _keep_what_was_known(self) -> None:
        """Keep by what else supplies are known: to older lists and to rows without a number."""
        once = self._also_known_as
        for contract in self._recorded.values():
            parcel_changes = contract.parcel_id in self._plan.changed_parcels
            after = self._plan.changed_contracts.get(contract.id)
            if after is None and not parcel_changes:
                continue
            holder = self._holders.recorded(contract.holder_id)
            before = description_of(contract, self._recorded_parcels[contract.parcel_id], holder)
            once[contract.id] |= {contract.identity, before}
        self._plan.new_aliases = new_aliases(self._ctx, self._contracts.values(), once)

    # --- outcomes ---------------------------------------------------------------------------

    def _settle(self, at: int, row: ReadRow, supply: SupplyRow, outcome: Outcome) -> None:
        contract = self._contracts.get(self._identities[at])
        if contract is not None and not (supply.electronic_no or self._imported_before):
            self._also_known_as[contract.id].add(supply_identity(supply))
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
        held = contract is not None and contract.holder_id is not None
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
        if self._imported_before:
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
