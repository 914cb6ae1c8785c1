"""Importing a Shapefile of 2 000 plots, each for a parcel on record.

Ours: read, looked over (crossings, areas, places), matched with its parcel, stored with trail,
place in the spatial index and history. Theirs: the same file read by pyogrio into shapely, checked
for validity and measured, and its outlines put into one bare table by `executemany`. The ratio is
what exact decimals, remarks, matching and the trail cost on top of the libraries that read.
"""

import sqlite3
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy
import pyogrio.raw
import shapely

from benchmarks.side_by_side import Comparison, compare
from landsteward import bootstrap
from landsteward.app.boundaries import import_boundaries
from landsteward.app.context import Context
from landsteward.app.import_batches import undo_import
from landsteward.app.importing import Outcome
from landsteward.domain.register import Parcel
from landsteward.exchange.map_shapes import PlaneGeometry
from tests.helpers.maps import county

PLOTS = 2_000


def measure(runs: int) -> Comparison:
    """Each import is taken back, unmeasured, before the next."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        file = _shapefile(folder / "地块.shp")
        workspace = bootstrap.create_workspace(folder / "ours.lsw")
        context = bootstrap.make_context(
            workspace,
            actor=bootstrap.command_line_actor(
                workspace, clock=bootstrap.SystemClock(), ids=bootstrap.system_ids()
            ),
        )
        _add_parcels(context)
        try:
            return compare(
                what=f"import of {PLOTS} boundaries, checked and matched, with trail",
                beside="pyogrio + shapely read and measured, executemany",
                ours=lambda: _ours(context, file),
                theirs=lambda: _theirs(file, folder / "theirs.db"),
                limit=None,
                runs=runs,
            )
        finally:
            workspace.close()


def _name(at: int) -> str:
    return f"示例地块{at:05}"


def _shapefile(path: Path) -> Path:
    """Plots of 8 to 40 points in the 3° zone, with their names."""
    shapes = PlaneGeometry().shapes(county(PLOTS))
    exact, plane = shapes.level(0), shapes.plane
    outlines = [
        shapely.Polygon([(x + plane.east, y + plane.north) for x, y in exact.of(at)[0]])
        for at in range(PLOTS)
    ]
    pyogrio.raw.write(
        path,
        numpy.array([shapely.to_wkb(one) for one in outlines], dtype=object),
        [numpy.array([_name(at) for at in range(PLOTS)], dtype=object)],
        ["DKMC"],
        geometry_type="Polygon",
        crs=f"EPSG:{plane.epsg}",
        encoding="UTF-8",
    )
    return path


def _add_parcels(ctx: Context) -> None:
    with ctx.change():
        ctx.workspace.parcels.add_many(
            Parcel(id=ctx.ids.new(), name=_name(at)) for at in range(PLOTS)
        )


def _ours(ctx: Context, file: Path) -> float:
    began = time.perf_counter()
    done = import_boundaries(ctx, path=file, files=bootstrap.boundary_files())
    took = time.perf_counter() - began
    if done.batch is None or done.counts[Outcome.CREATED] != PLOTS:
        raise RuntimeError(f"brought in {done.counts}")
    undo_import(ctx, batch_id=done.batch.id)
    return took


def _theirs(file: Path, database: Path) -> float:
    database.unlink(missing_ok=True)
    began = time.perf_counter()
    _meta, _fids, content, (names,) = pyogrio.raw.read(file)
    shapes = shapely.from_wkb(content)
    valid, areas = shapely.is_valid(shapes), shapely.area(shapes)
    lengths, bounds = shapely.length(shapes), shapely.bounds(shapes)
    conn = sqlite3.connect(database)
    conn.execute("PRAGMA journal_mode = WAL")
    conn.execute("CREATE TABLE plots (name, valid, area, length, west, south, east, north, shape)")
    conn.executemany(
        "INSERT INTO plots VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        zip(
            names.tolist(),
            valid.tolist(),
            areas.tolist(),
            lengths.tolist(),
            *bounds.T.tolist(),
            content.tolist(),
            strict=True,
        ),
    )
    conn.commit()
    conn.close()
    return time.perf_counter() - began
