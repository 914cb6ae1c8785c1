"""Import of published land supply: what people do with it.

One transaction for each import: all of it is kept, or nothing. Refused rows are kept with their
cells and reasons; they never take others with them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from landsteward.app.bulk import many_records
from landsteward.app.context import Context
from landsteward.app.importing import (
    Outcome,
    ReportProgress,
    RowNote,
    import_document,
    rejects_of,
)
from landsteward.app.land_supply_plan import Plan, RowOutcome
from landsteward.app.land_supply_planning import plan_supplies
from landsteward.app.land_supply_table import SupplyReader, SupplyTable
from landsteward.app.ports import Store
from landsteward.domain.documents import ImportBatch, ImportReject
from landsteward.domain.permissions import Action

T = TypeVar("T")

KIND = "land-supply"
_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """What an import did, or would do.

    `refused` are the reasons, several for one row where several of its cells are bad; `rejects`
    are the same with all cells of the row. `batch` is None where nothing was kept: for a preview,
    and where the very file was imported before and changed nothing.
    """

    sheet: str
    outcomes: tuple[RowOutcome, ...]
    refused: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    rejects: tuple[ImportReject, ...]
    ignored_columns: tuple[str, ...]
    batch: ImportBatch | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows there were; each is created, updated, unchanged or rejected."""
        return len(self.outcomes)

    def as_json(self) -> dict[str, Any]:
        """The document of `landsteward import --json`."""
        return import_document(self.counts, self.refused, self.warnings)


def plan_land_supply_import(
    ctx: Context,
    *,
    path: Path,
    reader: SupplyReader,
    progress: ReportProgress | None = None,
) -> ImportResult:
    """What an import of this file would do. Raises InputFileError; writes nothing."""
    ctx.require(Action.IMPORT)
    with many_records():
        return preview_supply_table(ctx, table=reader.read(path), progress=progress)


def import_land_supply(
    ctx: Context,
    *,
    path: Path,
    reader: SupplyReader,
    progress: ReportProgress | None = None,
) -> ImportResult:
    """Import a file of land supply (供地结果). Raises InputFileError before anything is written."""
    ctx.require(Action.IMPORT)
    with many_records():
        return import_supply_table(ctx, table=reader.read(path), progress=progress)


def preview_supply_table(
    ctx: Context, *, table: SupplyTable, progress: ReportProgress | None = None
) -> ImportResult:
    """What an import of a table that was read already would do."""
    ctx.require(Action.IMPORT)
    batch_id = ctx.ids.new()
    known = _known(ctx, table)
    with many_records():
        plan = plan_supplies(ctx, table, batch_id, progress, imported_before=known)
        return _result(ctx, table, plan, batch_id)


def import_supply_table(
    ctx: Context, *, table: SupplyTable, progress: ReportProgress | None = None
) -> ImportResult:
    """Import a table that was read already: enterprises, parcels, contracts and who owns what.

    The same file again changes nothing, not even what was corrected by hand since. Values that
    changed are updated; a blank never erases what is on record. `progress` may raise to stop: then
    nothing is kept.
    """
    ctx.require(Action.IMPORT)
    batch_id = ctx.ids.new()
    with ctx.change(), many_records():
        known = _known(ctx, table)
        plan = plan_supplies(ctx, table, batch_id, progress, imported_before=known)
        if known and not plan.changes_anything:
            return _result(ctx, table, plan, batch_id)
        batch = ImportBatch(
            id=batch_id,
            kind=KIND,
            file_name=table.file_name,
            sha256=table.sha256,
            imported_at=ctx.clock.now(),
            imported_by=ctx.actor.id,
            rows=len(table.rows),
            created=plan.count(Outcome.CREATED),
            updated=plan.count(Outcome.UPDATED),
            unchanged=plan.count(Outcome.UNCHANGED),
            rejected=plan.count(Outcome.REJECTED),
        )
        result = _result(ctx, table, plan, batch_id, batch=batch)
        _keep(ctx, plan, result, progress)
        return result


def _known(ctx: Context, table: SupplyTable) -> bool:
    """Whether this very file was imported before."""
    return ctx.workspace.import_batches.first(kind=KIND, sha256=table.sha256) is not None


def _result(
    ctx: Context, table: SupplyTable, plan: Plan, batch_id: str, batch: ImportBatch | None = None
) -> ImportResult:
    return ImportResult(
        sheet=table.sheet,
        outcomes=tuple(plan.outcomes),
        refused=tuple(note for notes in plan.refused.values() for note in notes),
        warnings=tuple(plan.warnings),
        rejects=rejects_of(ctx, batch_id, plan.refused, table.cells),
        ignored_columns=table.ignored_columns,
        batch=batch,
        counts=Counter(row.outcome for row in plan.outcomes),
    )


def _keep(ctx: Context, plan: Plan, result: ImportResult, progress: ReportProgress | None) -> None:
    """Write a plan down; the batch first, because the records point to it."""
    space = ctx.workspace
    total = (
        len(plan.new_enterprises)
        + len(plan.new_parcels)
        + len(plan.new_contracts)
        + len(plan.new_occupancies)
        + len(plan.new_aliases)
        + len(result.rejects)
    )
    done = 0

    def add(store: Store[T], records: Sequence[T]) -> None:
        nonlocal done
        for start in range(0, len(records), _AT_ONCE):
            if progress is not None:
                progress(done, total)
            some = records[start : start + _AT_ONCE]
            store.add_many(some)
            done += len(some)

    if result.batch is not None:
        space.import_batches.add(result.batch)
    add(space.enterprises, plan.new_enterprises)
    add(space.parcels, list(plan.new_parcels.values()))
    add(space.supply_contracts, list(plan.new_contracts.values()))
    add(space.occupancies, plan.new_occupancies)
    add(space.supply_aliases, plan.new_aliases)
    for parcel in plan.changed_parcels.values():
        space.parcels.save(parcel)
    for contract in plan.changed_contracts.values():
        space.supply_contracts.save(contract)
    for occupancy in plan.changed_occupancies:
        space.occupancies.save(occupancy)
    add(space.import_rejects, result.rejects)
    if progress is not None:
        progress(total, total)
