"""Scoring and grading 20 000 enterprises, beside the same in pandas."""

import gc
import itertools
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.county import YEARS, fill_county
from benchmarks.side_by_side import Comparison, compare

if TYPE_CHECKING:
    import pandas as pd

    from landsteward.app.context import Context

ENTERPRISES = 20_000
PARCELS = 25_000
LIMIT = 3.0
_YEAR = YEARS[-1]
_WEIGHTS = {"tax_wan": 45.0, "revenue_wan": 35.0, "energy": 20.0}


def measure(runs: int) -> Comparison:
    """Read, scope, land by occupancy, exact decimals, ranks, ties: nothing kept on either side."""
    with _county() as (context, file):
        from landsteward.app.gradings import preview_grading

        def ours() -> float:
            began = time.perf_counter()
            preview_grading(context, year=_YEAR, scheme_key="sample_range")
            return time.perf_counter() - began

        def theirs() -> float:
            began = time.perf_counter()
            grade_in_pandas(file)
            return time.perf_counter() - began

        return compare(
            what=f"scoring {ENTERPRISES} enterprises",
            beside="the same in pandas, in floats",
            ours=ours,
            theirs=theirs,
            limit=LIMIT,
            runs=runs,
        )


def kept(runs: int) -> Comparison:
    """The same, kept: ours with every figure and the trail, theirs in a bare table."""
    with _county() as (context, file):
        from landsteward.app.gradings import start_grading

        fresh = itertools.count()

        def ours() -> float:
            began = time.perf_counter()
            start_grading(context, year=_YEAR, scheme_key="sample_range")
            return time.perf_counter() - began

        def theirs() -> float:
            began = time.perf_counter()
            done = grade_in_pandas(file)
            with sqlite3.connect(file.with_name(f"theirs-{next(fresh)}.db")) as conn:
                done.to_sql("results", conn, index=False)
            return time.perf_counter() - began

        return compare(
            what=f"scoring {ENTERPRISES} enterprises, kept with every figure and the trail",
            beside="the same in pandas, put into one bare table",
            ours=ours,
            theirs=theirs,
            limit=None,
            runs=runs,
        )


@contextmanager
def _county() -> "Iterator[tuple[Context, Path]]":
    """A county of 20 000, opened; garbage is looked for as the window does."""
    from landsteward import bootstrap

    before = gc.get_threshold()
    with TemporaryDirectory() as folder:
        file = Path(folder) / "county.lsw"
        fill_county(file, enterprises=ENTERPRISES, parcels=PARCELS, indexed=False)
        workspace = bootstrap.open_workspace(file)
        gc.set_threshold(2_000, 20, 1_000_000)
        try:
            clock, ids = bootstrap.SystemClock(), bootstrap.system_ids()
            actor = bootstrap.command_line_actor(workspace, clock=clock, ids=ids)
            yield bootstrap.make_context(workspace, actor=actor), file
        finally:
            gc.set_threshold(*before)
            workspace.close()


def grade_in_pandas(file: Path) -> "pd.DataFrame":
    """Floats, vectorised. Land as ours: occupancies first."""
    import numpy as np
    import pandas as pd

    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as conn:
        enterprises = pd.read_sql(
            "SELECT id, name, uscc, industry_code, industry_name, scale, kind, carrier_id "
            "FROM enterprises WHERE deleted_at IS NULL",
            conn,
        )
        metrics = pd.read_sql(
            "SELECT enterprise_id, year, land_area_m2, tax_wan, revenue_wan, value_added_wan, "
            "energy_tce, rnd_wan, staff_average, grade FROM yearly_metrics "
            f"WHERE deleted_at IS NULL AND year IN ({_YEAR - 1}, {_YEAR})",
            conn,
        )
        used = pd.read_sql(
            "SELECT o.enterprise_id, o.parcel_id, o.tenure, o.area_m2, o.from_on, o.to_on, "
            "p.area_m2 AS parcel_m2 FROM occupancies AS o JOIN parcels AS p ON p.id = o.parcel_id "
            "WHERE o.deleted_at IS NULL",
            conn,
        )
    end = f"{_YEAR}-12-31"
    running = used[
        (used.from_on.isna() | (used.from_on <= end)) & (used.to_on.isna() | (used.to_on >= end))
    ].copy()
    running["area"] = running.area_m2.fillna(running.parcel_m2).astype(float)
    owned = running[running.tenure == "owner"]
    leased = running[running.tenure == "lessee"]
    out = leased.groupby("parcel_id").area.sum()
    owned = owned.assign(out=owned.parcel_id.map(out).fillna(0.0))
    land = (
        (owned.area - owned.out)
        .groupby(owned.enterprise_id)
        .sum()
        .add(leased.groupby("enterprise_id").area.sum(), fill_value=0.0)
    )
    before = metrics[metrics.year == _YEAR - 1].set_index("enterprise_id").grade
    rows = enterprises.merge(
        metrics[metrics.year == _YEAR].drop(columns="year"),
        left_on="id",
        right_on="enterprise_id",
        how="left",
    )
    rows["previous"] = rows.id.map(before)
    rows["land"] = rows.id.map(land)
    rows["land"] = rows.land.fillna(rows.land_area_m2.astype(float)) * 15 / 10_000
    for name in ("tax_wan", "revenue_wan", "energy_tce"):
        rows[name] = rows[name].astype(float)
    rows["scale"] = rows.scale.fillna(
        pd.Series(np.where(rows.revenue_wan >= 2000, "above", "below"), rows.index)
    )
    rows = rows[(rows.kind != "person") & ~rows.industry_code.fillna("").str.startswith("D")]
    rows = rows[(rows.scale == "above") | (rows.land >= 5)]
    parts = []
    for scale, group in rows.groupby("scale"):
        weights = _WEIGHTS if scale == "above" else {"tax_wan": 50.0, "revenue_wan": 50.0}
        known = group.dropna(subset=["tax_wan", "revenue_wan", "land"]).copy()
        score = pd.Series(0.0, known.index)
        for name, weight in weights.items():
            if name == "energy":
                value = known.revenue_wan / known.energy_tce
            else:
                value = known[name] / known.land
            value = value.round(4)
            least, most = value.min(), value.max()
            points = weight * (20 + 80 * (value - least) / (most - least)) / 100
            score += points.round(4)
        known["score"] = score.round(2)
        known["rank"] = known.score.rank(method="min", ascending=False).astype(int)
        ends = [round(len(known) * share) for share in (0.2, 0.65, 0.95)]
        known["final"] = np.select([known["rank"] <= one for one in ends], list("ABC"), "D")
        parts.append(known)
    return pd.concat(parts)
