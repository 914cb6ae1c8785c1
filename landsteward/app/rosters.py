"""Import of rosters (enterprises, parcels, yearly figures, land supply): what people do with it.

One transaction for each import: all of it is kept, or nothing. Refused rows are kept with their
cells and reasons; they never take others with them. Blanks never erase what is on record.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from landsteward.app.bulk import many_records
from landsteward.app.context import Context
from landsteward.app.importing import (
    Outcome,
    ReportProgress,
    RowNote,
    import_document,
    rejects_of,
)
from landsteward.app.ports.stores import Store
from landsteward.app.rosters_enterprises import EnterprisePlanner
from landsteward.app.rosters_layouts import remembered_layouts
from landsteward.app.rosters_metrics import MetricsPlanner
from landsteward.app.rosters_parcels import ParcelPlanner
from landsteward.app.rosters_plan import (
    USUAL,
    KnownRecord,
    Options,
    RosterOutcome,
    RosterPlan,
)
from landsteward.app.rosters_planning import RosterPlanner
from landsteward.app.rosters_supplies import SupplyPlanner
from landsteward.app.rosters_table import (
    AS_FOUND,
    Correction,
    RosterKind,
    RosterReader,
    RosterTable,
    SheetSeen,
)
from landsteward.domain.documents import ImportBatch, ImportReject
from landsteward.domain.permissions import Action
from landsteward.domain.register import (
    Enterprise,
    Occupancy,
    Parcel,
    SupplyAlias,
    SupplyContract,
    YearlyMetrics,
)

_AT_ONCE = 1000

_PLANNERS: dict[RosterKind, type[RosterPlanner[Any]]] = {
    RosterKind.ENTERPRISES: EnterprisePlanner,
    RosterKind.PARCELS: ParcelPlanner,
    RosterKind.METRICS: MetricsPlanner,
    RosterKind.LAND_SUPPLY: SupplyPlanner,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterResult:
    """What an import did, or would do.

    `known` are the records that were on record and differ from their rows. `refused` are the
    reasons, several for one row where several of its cells are bad; `rejects` are the same with all
    cells of the row. `batch` is None where nothing was kept: for a preview, and where the very file
    was imported before and changed nothing.
    """

    kind: RosterKind
    seen: SheetSeen
    outcomes: tuple[RosterOutcome, ...]
    known: tuple[KnownRecord, ...]
    refused: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    rejects: tuple[ImportReject, ...]
    batch: ImportBatch | None = None
    counts: Counter[Outcome] = field(default_factory=Counter)

    @property
    def rows(self) -> int:
        """How many rows there were; each is created, updated, unchanged or rejected."""
        return len(self.outcomes)

    @property
    def ignored_columns(self) -> tuple[str, ...]:
        """Headers of columns that are not taken over."""
        return tuple(one.label for one in self.seen.columns if one.label and not one.field)

    def as_json(self) -> dict[str, Any]:
        """The document of `landsteward import --json`."""
        return import_document(self.counts, self.refused, self.warnings)


def plan_roster_import(
    ctx: Context,
    *,
    path: Path,
    kind: RosterKind,
    reader: RosterReader,
    correction: Correction = AS_FOUND,
    options: Options = USUAL,
    progress: ReportProgress | None = None,
) -> RosterResult:
    """What an import of this file would do. Raises InputFileError; writes nothing."""
    ctx.require(Action.IMPORT)
    with many_records():
        table = reader.read(path, kind, correction, remembered_layouts(ctx, kind=kind))
        return preview_roster(ctx, table=table, options=options, progress=progress)


def import_roster(
    ctx: Context,
    *,
    path: Path,
    kind: RosterKind,
    reader: RosterReader,
    correction: Correction = AS_FOUND,
    options: Options = USUAL,
    progress: ReportProgress | None = None,
) -> RosterResult:
    """Import a roster. Raises InputFileError before anything is written."""
    ctx.require(Action.IMPORT)
    with many_records():
        table = reader.read(path, kind, correction, remembered_layouts(ctx, kind=kind))
        return import_roster_table(ctx, table=table, options=options, progress=progress)


def preview_roster(
    ctx: Context,
    *,
    table: RosterTable,
    options: Options = USUAL,
    progress: ReportProgress | None = None,
) -> RosterResult:
    """What an import of a table that was read already would do."""
    ctx.require(Action.IMPORT)
    batch_id = ctx.ids.new()
    with many_records():
        plan = _planned(ctx, table, batch_id, options, progress)
        return _result(ctx, table, plan, batch_id)


def import_roster_table(
    ctx: Context,
    *,
    table: RosterTable,
    options: Options = USUAL,
    progress: ReportProgress | None = None,
) -> RosterResult:
    """Import a table that was read already.

    The same file, read in the same way, leaves what is on record as it is, also what was corrected
    by hand since; rows that were refused before are looked at anew. `progress` may raise to stop:
    then nothing is kept.
    """
    ctx.require(Action.IMPORT)
    batch_id = ctx.ids.new()
    with ctx.change(), many_records():
        plan = _planned(ctx, table, batch_id, options, progress)
        if _read_before(ctx, table) and not plan.changes_anything:
            return _result(ctx, table, plan, batch_id)
        counts = Counter(row.outcome for row in plan.outcomes)
        batch = ImportBatch(
            id=batch_id,
            kind=table.kind.value,
            file_name=table.file_name,
            sha256=table.sha256,
            reading=table.reading,
            imported_at=ctx.clock.now(),
            imported_by=ctx.actor.id,
            rows=len(table.rows),
            created=counts[Outcome.CREATED],
            updated=counts[Outcome.UPDATED],
            unchanged=counts[Outcome.UNCHANGED],
            rejected=counts[Outcome.REJECTED],
        )
        result = _result(ctx, table, plan, batch_id, batch=batch)
        _keep(ctx, plan, result, progress)
        return result


def _planned(
    ctx: Context,
    table: RosterTable,
    batch_id: str,
    options: Options,
    progress: ReportProgress | None,
) -> RosterPlan:
    planner = _PLANNERS[table.kind]
    again = _read_before(ctx, table)
    return planner(ctx, table, batch_id, options, again=again).plan(progress)


def _read_before(ctx: Context, table: RosterTable) -> bool:
    """Whether this very file was imported before, its columns taken in the same way."""
    same = ctx.workspace.import_batches.first(
        kind=table.kind.value, sha256=table.sha256, reading=table.reading
    )
    return same is not None


def _result(
    ctx: Context,
    table: RosterTable,
    plan: RosterPlan,
    batch_id: str,
    batch: ImportBatch | None = None,
) -> RosterResult:
    return RosterResult(
        kind=table.kind,
        seen=table.seen,
        outcomes=tuple(plan.outcomes),
        known=tuple(plan.known),
        refused=tuple(note for notes in plan.refused.values() for note in notes),
        warnings=tuple(plan.warnings),
        rejects=rejects_of(ctx, batch_id, plan.refused, table.cells),
        batch=batch,
        counts=Counter(row.outcome for row in plan.outcomes),
    )


def _keep(
    ctx: Context, plan: RosterPlan, result: RosterResult, progress: ReportProgress | None
) -> None:
    """Write a plan down; the batch first, because the records point to it."""
    space = ctx.workspace
    # What others point to comes before them.
    stores: dict[type[Any], Store[Any]] = {
        Enterprise: space.enterprises,
        Parcel: space.parcels,
        SupplyContract: space.supply_contracts,
        Occupancy: space.occupancies,
        SupplyAlias: space.supply_aliases,
        YearlyMetrics: space.yearly_metrics,
    }
    planned = (*plan.added.values(), *plan.changed.values())
    total = sum(map(len, planned)) + len(result.rejects)
    done = 0

    def told() -> None:
        if progress is not None:
            progress(done, total)

    def add(into: Store[Any], records: Sequence[Any]) -> None:
        nonlocal done
        for start in range(0, len(records), _AT_ONCE):
            told()
            some = records[start : start + _AT_ONCE]
            into.add_many(some)
            done += len(some)

    if result.batch is not None:
        space.import_batches.add(result.batch)
    for kind, store in stores.items():
        # What is changed goes first: a new record may take over a code that it gives up.
        for record in plan.changed[kind].values():
            if done % _AT_ONCE == 0:
                told()
            store.save(record)
            done += 1
        add(store, list(plan.added[kind].values()))
    add(space.import_rejects, result.rejects)
    told()
