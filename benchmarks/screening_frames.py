"""The rules of the bundled pack as somebody would write them in pandas: whole columns at a time.

Floats and days as numbers; a rule that lacks a fact says nothing. What it finds is counted by rule.
"""

import sqlite3
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from landsteward.domain.rulepack import RulePack

_MU = 15 / 10_000
_TOO_CLOSE = 1e-9


def suspected_by_frames(file: Path, pack: "RulePack", on: date) -> Counter[str]:
    """How many each rule suspects."""
    import pandas as pd

    conn = sqlite3.connect(file)
    tables = _tables(conn)
    conn.close()
    day = pd.Timestamp(on)
    found: dict[str, Any] = {}
    supplies = tables["supplies"]
    _supplies(supplies, day, found)
    _parcels(supplies, pack, day, found)
    years = _years(tables, on)
    _enterprises(tables["enterprises"], years, tables["metrics"], pack, on, found)
    _outputs(tables, years, day, found)
    _permits(tables["permits"], day, found)
    return Counter({key: int(hits.sum()) for key, hits in found.items() if hits.sum()})


def _tables(conn: sqlite3.Connection) -> dict[str, Any]:
    """What the rules look at, as frames; every parcel has one supply here."""
    import pandas as pd

    supplies = pd.read_sql(
        "SELECT p.id AS parcel_id, p.area_m2 AS parcel_m2, p.land_use, p.ratio_floor_m2, "
        "p.floor_m2, p.footprint_m2, p.office_land_m2, p.office_floor_m2, p.service_floor_m2, "
        "p.empty_m2, s.id, s.holder_id, s.area_m2, s.price_wan, s.plot_ratio_min, s.signed_on, "
        "s.agreed_delivery_on, s.agreed_start_on, s.agreed_completion_on, s.actual_delivery_on, "
        "s.actual_start_on, s.actual_completion_on, s.phased, s.planned_floor_m2, "
        "s.started_floor_m2, s.reserved_m2, s.reserved_on, e.industry_code, e.industry_policy, "
        "e.production, e.production_since FROM supply_contracts AS s "
        "JOIN parcels AS p ON p.id = s.parcel_id JOIN enterprises AS e ON e.id = s.holder_id "
        "WHERE s.deleted_at IS NULL AND p.deleted_at IS NULL",
        conn,
    )
    looks = pd.read_sql(
        "SELECT parcel_id, observed_on, suspended_since, area_to_develop_m2, developed_area_m2, "
        "total_investment_wan, invested_wan FROM construction_progress WHERE deleted_at IS NULL",
        conn,
    )
    looks = looks.sort_values("observed_on").drop_duplicates("parcel_id", keep="last")
    supplies = supplies.merge(looks, on="parcel_id", how="left")
    metrics = pd.read_sql(
        "SELECT enterprise_id, year, land_area_m2, tax_wan, revenue_wan, grade "
        "FROM yearly_metrics WHERE deleted_at IS NULL",
        conn,
    )
    occupancies = pd.read_sql(
        "SELECT enterprise_id, area_m2, from_on, to_on FROM occupancies WHERE deleted_at IS NULL",
        conn,
    )
    outputs = pd.read_sql(
        "SELECT id, parcel_id, enterprise_id, reach_on, investment_wan, tax_wan_per_mu, "
        "revenue_wan_per_mu, plot_ratio_min FROM output_contracts WHERE deleted_at IS NULL",
        conn,
    )
    enterprises = pd.read_sql(
        "SELECT id, scale, production, production_since FROM enterprises WHERE deleted_at IS NULL",
        conn,
    )
    permits = pd.read_sql("SELECT kind, valid_to FROM permits WHERE deleted_at IS NULL", conn)
    frames = {
        "supplies": supplies,
        "metrics": metrics,
        "occupancies": occupancies,
        "outputs": outputs,
        "enterprises": enterprises,
        "permits": permits,
    }
    for frame in frames.values():
        for name in frame.columns:
            if name.endswith(("_on", "_since", "valid_to")):
                frame[name] = pd.to_datetime(frame[name], format="%Y-%m-%d")
            elif name.endswith(("_m2", "_wan", "_wan_per_mu", "_min")):
                frame[name] = pd.to_numeric(frame[name])
    return frames


def _full_years(since: Any, day: Any) -> Any:
    """Full years from days to a day, by the corresponding day."""
    years = day.year - since.dt.year
    later = (since.dt.month * 100 + since.dt.day) > day.month * 100 + day.day
    return years - later.astype(int)


def _supplies(s: Any, day: Any, found: dict[str, Any]) -> None:
    import pandas as pd

    signed = ~(s.signed_on > day)
    started = s.actual_start_on <= day
    done = s.actual_completion_on <= day
    due = s.agreed_start_on.fillna(s.actual_delivery_on + pd.DateOffset(years=1))
    building = s.developed_area_m2 > 0
    found["idle_not_started"] = (
        signed & ~started & ~done & (due < day) & ~building & (_full_years(due, day) >= 1)
    )
    found["completion_overdue"] = signed & ~done & (s.agreed_completion_on < day)
    short = (s.developed_area_m2 * 3 < s.area_to_develop_m2) | (
        s.invested_wan * 4 < s.total_investment_wan
    )
    stopped = (s.suspended_since <= day) & (_full_years(s.suspended_since, day) >= 1)
    found["idle_suspended"] = signed & ~done & stopped & (started | building) & short
    industrial = s.land_use.str.contains("工业")
    area = s.area_m2.fillna(s.parcel_m2)
    share = s.started_floor_m2 * 100 / s.planned_floor_m2
    large = industrial & (s.phased.fillna(0) == 0) & (area * _MU > 100)
    found["large_unphased"] = signed & large & ~(share >= 80)
    full = due + pd.DateOffset(years=1)
    found["full_start_overdue"] = signed & large & ~done & (full < day) & (share < 80)
    reserved = (s.phased == 1) & (s.reserved_m2.fillna(1) != 0)
    found["reservation_overdue"] = (
        signed & reserved & (s.reserved_on + pd.DateOffset(years=2) < day)
    )


def _limits(s: Any, pack: "RulePack", term: str) -> Any:
    """The limit of every parcel: the contract's, else the pack's by industry and day of signing."""
    import pandas as pd

    limit = pd.Series(float("nan"), index=s.index)
    for entry in pack.limits:
        if entry.term != term:
            continue
        fits = pd.Series(True, index=s.index)
        if entry.industries:
            fits &= s.industry_code.fillna("").str.startswith(tuple(entry.industries))
        if entry.signed_from is not None:
            fits &= s.signed_on >= pd.Timestamp(entry.signed_from)
        if entry.signed_to is not None:
            fits &= s.signed_on <= pd.Timestamp(entry.signed_to)
        limit = limit.mask(fits & limit.isna(), float(entry.value))
    return s[term].fillna(limit) if term in s else limit


def _parcels(s: Any, pack: "RulePack", day: Any, found: dict[str, Any]) -> None:
    industrial = s.land_use.str.contains("工业") & ~(s.signed_on > day)
    done, due = s.actual_completion_on, s.agreed_completion_on
    built = industrial & ((done <= day) | (done.isna() & (due.isna() | (due < day))))
    area = s.area_m2.fillna(s.parcel_m2)
    ratio = s.ratio_floor_m2 / area
    least = _limits(s, pack, "plot_ratio_min")
    found["plot_ratio_low"] = built & (ratio < least - _TOO_CLOSE)
    for key, part, whole, term, at_least in (
        ("coefficient_low", s.footprint_m2, area, "coefficient_min", True),
        ("office_land_high", s.office_land_m2, area, "office_land_max", False),
        ("office_floor_high", s.office_floor_m2, s.floor_m2, "office_floor_max", False),
        ("service_floor_high", s.service_floor_m2, s.floor_m2, "service_floor_max", False),
    ):
        value, limit = part * 100 / whole, _limits(s, pack, term)
        missed = value < limit - _TOO_CLOSE if at_least else value > limit + _TOO_CLOSE
        found[key] = built & missed
    restricted = s.industry_policy.isin(("restricted", "phased_out"))
    empty = s.empty_m2 * _MU > 20
    shares = (s.developed_area_m2 * 3 >= s.area_to_develop_m2) & (
        s.invested_wan * 4 >= s.total_investment_wan
    )
    suspended = (_full_years(s.suspended_since, day) >= 1) & ~(done <= day) & shares
    idle = s.production.isin(("stopped", "half_stopped")) & (
        _full_years(s.production_since, day) >= 1
    )
    low = built & (ratio < least - _TOO_CLOSE)
    found["low_efficiency"] = industrial & (restricted | empty | suspended | idle | low)


def _years(tables: dict[str, Any], on: date) -> Any:
    """The latest year that is over of every enterprise, with the land its figures are divided by:
    here everybody owns what they use.
    """
    import pandas as pd

    metrics = tables["metrics"]
    over = metrics[metrics.year < on.year].sort_values("year")
    latest = over.drop_duplicates("enterprise_id", keep="last").set_index("enterprise_id")
    used = tables["occupancies"]
    end = pd.Timestamp(on.year - 1, 12, 31)
    runs = used[(used.from_on.isna() | (used.from_on <= end)) & ~(used.to_on < end)]
    latest["land"] = runs.groupby("enterprise_id").area_m2.sum()
    latest["land"] = latest.land.fillna(latest.land_area_m2) * _MU
    latest["tax_per_mu"] = latest.tax_wan / latest.land
    latest["revenue_per_mu"] = latest.revenue_wan / latest.land
    return latest


def _enterprises(
    e: Any, years: Any, metrics: Any, pack: "RulePack", on: date, found: dict[str, Any]
) -> None:
    import pandas as pd

    e = e.merge(years, left_on="id", right_index=True, how="left")
    for metric in pack.metrics:
        if metric.baseline_above is None or metric.baseline_below is None:
            continue
        goal = e.scale.map(
            {"above": float(metric.baseline_above), "below": float(metric.baseline_below)}
        )
        key = {"tax_per_mu": "tax_below_baseline"}.get(metric.key, "revenue_below_baseline")
        found[key] = e[metric.key] < goal - _TOO_CLOSE
    graded = metrics[(metrics.year < on.year) & metrics.grade.notna()].sort_values("year")
    found["grade_d"] = graded.drop_duplicates("enterprise_id", keep="last").grade == "D"
    day = pd.Timestamp(on)
    stopped = e.production.isin(("stopped", "half_stopped"))
    found["production_stopped"] = stopped & ~(e.production_since > day)
    found["above_threshold_uncounted"] = (e.scale == "below") & (e.revenue_wan >= 2000)


def _outputs(tables: dict[str, Any], years: Any, day: Any, found: dict[str, Any]) -> None:
    supplies = tables["supplies"][
        ["parcel_id", "price_wan", "invested_wan", "observed_on", "agreed_completion_on"]
    ]
    o = tables["outputs"].merge(
        years[["year", "tax_per_mu", "revenue_per_mu"]],
        left_on="enterprise_id",
        right_index=True,
        how="left",
    )
    o = o.merge(supplies, on="parcel_id", how="left")
    counts = o.year >= o.reach_on.dt.year + 1
    found["output_tax_short"] = counts & (o.tax_per_mu < o.tax_wan_per_mu - _TOO_CLOSE)
    found["output_revenue_short"] = counts & (o.revenue_per_mu < o.revenue_wan_per_mu - _TOO_CLOSE)
    due = o.agreed_completion_on.fillna(o.reach_on)
    late = (due < day) & (o.observed_on >= due)
    found["output_investment_short"] = late & (o.invested_wan + o.price_wan < o.investment_wan)


def _permits(p: Any, day: Any, found: dict[str, Any]) -> None:
    left = (p.valid_to - day).dt.days
    for key, kinds, before in (
        ("pollutant_permit_expired", ("pollutant",), None),
        ("pollutant_permit_running_out", ("pollutant",), 60),
        ("equipment_inspection_expired", ("special_equipment",), None),
        ("equipment_inspection_due", ("special_equipment",), 30),
        ("instruments_unverified", ("metering",), None),
        ("other_permit_expired", ("safety_production", "other"), None),
        ("other_permit_running_out", ("safety_production", "metering", "other"), 60),
    ):
        ours = p.kind.isin(kinds)
        found[key] = ours & ((left < 0) if before is None else (left >= 0) & (left <= before))
