"""Screening 100 000 parcels by all rules, beside the same predicates vectorised in pandas.

Both read the same workspace file from the beginning. That both find the same is checked: a
comparison of two different things would say nothing.
"""

import gc
import random
import time
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.county import fill_county
from benchmarks.screening_frames import suspected_by_frames
from benchmarks.side_by_side import Comparison, compare

if TYPE_CHECKING:
    from landsteward.app.ports.surroundings import IdSource
    from landsteward.app.ports.workspace import Workspace
    from landsteward.domain.register import Parcel
    from landsteward.domain.rulepack import RulePack

PARCELS = 100_000
ENTERPRISES = 80_000
LIMIT = 3.0
DAY = date(2026, 3, 2)
_SEED = 23


def measure(runs: int, *, parcels: int = PARCELS, enterprises: int = ENTERPRISES) -> Comparison:
    """The whole county by all rules, every suspicion counted by its rule."""
    from landsteward import bootstrap
    from landsteward.app.screening import run_screening
    from tests.helpers.rule_packs import OnePack

    with TemporaryDirectory() as folder:
        file = Path(folder) / "county.lsw"
        fill_county(file, parcels=parcels, enterprises=enterprises, indexed=False, add=_facts)
        pack = with_baselines(bootstrap.bundled_packs().current())
        found: dict[str, Counter[str]] = {}
        # Garbage is looked for as the window does it (`ui/garbage.py`), on both sides.
        gc.freeze()
        gc.set_threshold(2_000, 20, 1_000_000)

        def ours() -> float:
            began = time.perf_counter()
            workspace = bootstrap.open_workspace(file, read_only=True)
            context = replace(
                bootstrap.make_context(workspace, actor=bootstrap.unintroduced_user()),
                packs=OnePack(pack),
            )
            result = run_screening(context, on=DAY)
            took = time.perf_counter() - began
            workspace.close()
            found["ours"] = Counter(one.suspicion.rule.key for one in result.suspicions)
            return took

        def theirs() -> float:
            began = time.perf_counter()
            found["theirs"] = suspected_by_frames(file, pack, DAY)
            return time.perf_counter() - began

        comparison = compare(
            what=f"screening of {parcels} parcels and {enterprises} enterprises by all rules",
            beside="the same predicates vectorised in pandas",
            ours=ours,
            theirs=theirs,
            limit=LIMIT,
            runs=runs,
        )
        if found["ours"] != found["theirs"]:
            apart = {
                key: (found["ours"][key], found["theirs"][key])
                for key in found["ours"] | found["theirs"]
                if found["ours"][key] != found["theirs"][key]
            }
            raise RuntimeError(f"not the same: {apart}")
        return comparison


def with_baselines(pack: "RulePack") -> "RulePack":
    """The pack with baselines of a county for tax and revenue per mu."""
    wanted = {
        "tax_per_mu": (Decimal(12), Decimal(8)),
        "revenue_per_mu": (Decimal(300), Decimal(200)),
    }
    return replace(
        pack,
        metrics=tuple(
            replace(one, baseline_above=wanted[one.key][0], baseline_below=wanted[one.key][1])
            if one.key in wanted
            else one
            for one in pack.metrics
        ),
    )


def _facts(
    workspace: "Workspace", ids: "IdSource", parcels: "list[Parcel]", keys: list[str]
) -> None:
    """What the rules look at beside what every county has: a good part of it, never all."""
    from landsteward.domain.register import ConstructionProgress, OutputContract, Permit
    from landsteward.domain.states import IndustryPolicy, Production

    dice = random.Random(_SEED)
    looks, outputs, permits = [], [], []
    for number, parcel in enumerate(parcels):
        area = parcel.area_m2 or Decimal(1)
        if dice.random() < 0.6:
            stopped = DAY - timedelta(days=dice.randrange(900)) if dice.random() < 0.2 else None
            looks.append(
                ConstructionProgress(
                    id=ids.new(),
                    parcel_id=parcel.id,
                    observed_on=DAY - timedelta(days=dice.randrange(1, 400)),
                    suspended_since=stopped,
                    area_to_develop_m2=area,
                    developed_area_m2=area * dice.randrange(0, 100) / 100,
                    total_investment_wan=Decimal(10_000),
                    invested_wan=Decimal(dice.randrange(0, 10_000)),
                )
            )
        if dice.random() < 0.1:
            outputs.append(
                OutputContract(
                    id=ids.new(),
                    parcel_id=parcel.id,
                    enterprise_id=keys[number % len(keys)],
                    signed_on=date(2019, 5, 1),
                    reach_on=date(2022, 5, 1),
                    investment_wan=Decimal(dice.randrange(2_000, 20_000)),
                    tax_wan_per_mu=Decimal(dice.randrange(5, 20)),
                    revenue_wan_per_mu=Decimal(dice.randrange(100, 400)),
                )
            )
    workspace.construction_progress.add_many(looks)
    workspace.output_contracts.add_many(outputs)
    kinds = ("pollutant", "special_equipment", "safety_production")
    for key in keys:
        if dice.random() < 0.4:
            permits.append(
                Permit(
                    id=ids.new(),
                    enterprise_id=key,
                    kind=dice.choice(kinds),
                    number=str(dice.randrange(10**8)),
                    valid_from=date(2020, 1, 1),
                    valid_to=DAY + timedelta(days=dice.randrange(-300, 1500)),
                )
            )
    workspace.permits.add_many(permits)
    for number in range(0, len(parcels), 3):
        parcel = parcels[number]
        area = parcel.area_m2 or Decimal(1)
        floor = area * dice.randrange(40, 160) / 100
        workspace.parcels.save(
            replace(
                parcel,
                ratio_floor_m2=floor,
                floor_m2=floor,
                footprint_m2=area * dice.randrange(20, 60) / 100,
                office_land_m2=area * dice.randrange(2, 10) / 100,
                office_floor_m2=floor * dice.randrange(5, 20) / 100,
                service_floor_m2=floor * dice.randrange(0, 20) / 100,
                empty_m2=area * dice.randrange(0, 30) / 100,
            )
        )
    states = (Production.NORMAL, Production.NORMAL, Production.HALF_STOPPED, Production.STOPPED)
    policies = tuple(IndustryPolicy)
    for number in range(0, len(keys), 4):
        known = workspace.enterprises.get(keys[number])
        workspace.enterprises.save(
            replace(
                known,
                production=dice.choice(states),
                production_since=DAY - timedelta(days=dice.randrange(1000)),
                industry_policy=dice.choice(policies),
            )
        )
