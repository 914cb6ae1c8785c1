"""Import of a 10 000-row sheet, fully checked, beside pandas (calamine) read + executemany."""

import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.land_supply_sheet import write_xlsx
from benchmarks.side_by_side import Comparison, compare

ROWS = 10_000
LIMIT = 3.0


def measure(runs: int) -> Comparison:
    """Both sides read the same workbook into a fresh file on the same disk."""
    from landsteward import bootstrap
    from landsteward.app.importing import Outcome
    from landsteward.app.rosters import import_roster
    from landsteward.app.rosters_table import RosterKind

    with TemporaryDirectory() as folder:
        sheet = Path(folder) / "supplies.xlsx"
        write_xlsx(sheet, ROWS)
        fresh = iter(range(10_000))

        def ours() -> float:
            workspace = bootstrap.create_workspace(Path(folder) / f"ours-{next(fresh)}.lsw")
            context = bootstrap.make_context(
                workspace,
                actor=bootstrap.command_line_actor(
                    workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
                ),
            )
            began = time.perf_counter()
            result = import_roster(
                context,
                path=sheet,
                kind=RosterKind.LAND_SUPPLY,
                reader=bootstrap.roster_reader(),
            )
            took = time.perf_counter() - began
            workspace.close()
            if result.counts[Outcome.CREATED] != ROWS:
                raise RuntimeError(f"imported {result.counts} of {ROWS} rows")
            return took

        def theirs() -> float:
            return read_and_insert(sheet, Path(folder) / f"theirs-{next(fresh)}.db")

        return compare(
            what=f"import of {ROWS} rows, checked, with trail and search",
            beside="pandas (calamine) read + executemany",
            ours=ours,
            theirs=theirs,
            limit=LIMIT,
            runs=runs,
        )


def read_and_insert(sheet: Path, target: Path) -> float:
    """What pandas and SQLite take for the bare rows, unchecked and without a trail: seconds."""
    import pandas as pd

    connection = sqlite3.connect(target)
    began = time.perf_counter()
    frame = pd.read_excel(sheet, engine="calamine", dtype=object)
    columns = ", ".join(f"c{number}" for number in range(frame.shape[1]))
    marks = ", ".join("?" * frame.shape[1])
    with connection:
        connection.execute(f"CREATE TABLE supplies ({columns})")
        connection.executemany(
            f"INSERT INTO supplies VALUES ({marks})", frame.itertuples(index=False, name=None)
        )
    took = time.perf_counter() - began
    connection.close()
    return took
