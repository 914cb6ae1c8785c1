"""Taking back a 10 000-row import, with its trail, beside the import itself."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.land_supply_sheet import write_xlsx
from benchmarks.side_by_side import Comparison, compare

ROWS = 10_000
LIMIT = 1.0


def measure(runs: int) -> Comparison:
    """Each undo takes back what the import measured right after it brings in again."""
    from landsteward import bootstrap
    from landsteward.app.import_batches import undo_import
    from landsteward.app.rosters import import_roster
    from landsteward.app.rosters_table import RosterKind

    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "supplies.xlsx"
        write_xlsx(sheet, ROWS)
        workspace = bootstrap.create_workspace(Path(folder) / "ours.lsw")
        context = bootstrap.make_context(
            workspace,
            actor=bootstrap.command_line_actor(
                workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
            ),
        )
        batches: list[str] = []

        def theirs() -> float:
            began = time.perf_counter()
            result = import_roster(
                context,
                path=sheet,
                kind=RosterKind.LAND_SUPPLY,
                reader=bootstrap.roster_reader(),
            )
            took = time.perf_counter() - began
            if result.batch is None:
                raise RuntimeError("the sheet was imported already")
            batches.append(result.batch.id)
            return took

        def ours() -> float:
            began = time.perf_counter()
            done = undo_import(context, batch_id=batches.pop())
            took = time.perf_counter() - began
            if done.removed < ROWS or workspace.supply_contracts.count():
                raise RuntimeError(f"took back {done.removed} records")
            return took

        theirs()
        try:
            return compare(
                what=f"taking back an import of {ROWS} rows, with trail and search",
                beside="the import itself",
                ours=ours,
                theirs=theirs,
                limit=LIMIT,
                runs=runs,
            )
        finally:
            workspace.close()
