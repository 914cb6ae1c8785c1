"""The pack that comes with the program: complete against the field's own list."""

import time
from datetime import date

import pytest

from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.rulepack import BasisRef, RulePack
from landsteward.domain.states import Disposal, Severity
from landsteward.packs.loading import load_pack
from landsteward.packs.source import DEFAULT_PACK, RULES, Packs

DAY = date(2026, 3, 2)
PACK = Packs().current()

# For each line of the field's list (domain.md §6), the item or items it became.
LINES: dict[str, list[str]] = {
    "natural_resources": [
        "start_overdue_1y start_overdue_2y",
        "suspended_1y",
        "completion_overdue",
        "use_changed",
        "occupied_beyond_approval",
        "illegal_transfer",
        "built_without_permit",
        "planning_conditions_broken",
        "temporary_building_overdue",
        "plot_ratio_short building_coefficient_short",
        "office_land_share_high office_floor_share_high",
        "unregistered",
        "seized_or_mortgaged",
        "transferred_below_quarter",
        "output_contract_unmet",
    ],
    "ecology": [
        "eia_missing",
        "eia_major_change",
        "three_simultaneities",
        "permit_missing",
        "permit_change_late",
        "above_limits",
        "hidden_pipe_or_false_data",
        "outlets_irregular",
        "self_monitoring",
        "ledger_and_report",
        "disclosure",
        "solid_waste_ledger",
        "hazardous_waste_management",
        "hazardous_waste_transfer",
        "vocs_uncollected",
        "noise",
        "emergency_plan",
    ],
    "market": [
        "no_licence",
        "change_unregistered",
        "licence_not_displayed licence_lent",
        "annual_report_missing abnormal_three_years",
        "closed_six_months",
        "capital_unpaid",
        "equipment_unregistered",
        "equipment_not_inspected",
        "operators_uncertified",
        "equipment_files",
        "equipment_scrapped",
        "product_fails",
        "labels",
        "measuring_instruments",
        "standard_undeclared",
    ],
    "industry": [
        "tax_per_mu_below_contract grade_d",
        "grade_d_two_years",
        "above_threshold_not_counted",
        "production_stopped",
        "phased_out_equipment",
        "energy_review_missing",
        "energy_over_quota",
        "energy_metering",
        "key_user_report",
        "energy_post",
        "clean_production_audit",
        "statistics_false statistics_late",
    ],
    "tax": [
        "filed_late",
        "arrears",
        "evasion",
        "land_use_tax",
        "property_tax",
        "deed_tax",
        "environment_tax",
    ],
    "housing": [
        "no_construction_permit",
        "used_before_acceptance",
        "acceptance_not_filed",
        "fire_acceptance",
    ],
    "emergency": [
        "safety_organisation",
        "safety_three_simultaneities",
        "major_hazards",
        "hidden_dangers",
        "exits_and_dormitory",
        "lease_safety_agreement",
        "fire_equipment",
    ],
}


def referred(pack: RulePack) -> list[BasisRef]:
    return [
        *(ref for item in pack.items for ref in item.bases),
        *(ref for rule in pack.rules for level in rule.levels for ref in level.bases),
        *(ref for rule in pack.rules for refs in rule.extra_bases.values() for ref in refs),
        *(ref for path in pack.paths for ref in path.bases),
    ]


@pytest.mark.parametrize("department", LINES)
def test_every_line_of_a_department_s_list_is_on_its_checklist(department: str) -> None:
    wanted = [key for line in LINES[department] for key in line.split()]
    assert [one.key for one in PACK.items if one.department == department] == wanted


def test_the_four_departments_of_item_17_take_part_and_the_others_do_not() -> None:
    assert [one.key for one in PACK.departments if one.on] == list(LINES)[:4]
    assert [one.key for one in PACK.departments] == list(LINES)


@pytest.mark.parametrize("item", PACK.items, ids=lambda item: item.key)
def test_each_item_rests_on_law_in_force_and_says_what_is_demanded(item: object) -> None:
    found = next(one for one in PACK.items if one is item)
    assert len(PACK.bases_on(found.bases, DAY)) == len(found.bases) >= 1
    for text in (found.title, found.title_en, found.demand, found.demand_en):
        assert text.strip()
    assert found.title.isascii() is False
    assert found.title_en.isascii()
    if found.severity is Severity.HINT:
        assert found.disposal in (Disposal.ADVISE, Disposal.IMMEDIATE_FIX)


def test_every_law_of_the_catalogue_is_used_under_its_full_title() -> None:
    assert {law.key for law in PACK.laws} == {ref.law for ref in referred(PACK)}
    for law in PACK.laws:
        assert "《" not in law.title
        assert law.title_en


def test_the_suspended_parcel_never_meets_article_14() -> None:
    rule = next(one for one in PACK.rules if one.key == "idle_suspended")
    item = PACK.item("suspended_1y")
    refs = [ref for level in rule.levels for ref in level.bases]
    refs += [ref for group in rule.extra_bases.values() for ref in group]
    assert "第十四条" not in {ref.article for ref in (*refs, *item.bases)}


def test_metrics_are_the_indicators_the_program_computes() -> None:
    figures = YearlyMetrics(id="m", enterprise_id="e", year=2025)
    assert [metric.key for metric in PACK.metrics] == list(yearly_indicators(figures, None))


def test_every_way_out_has_its_plan_item_but_the_courts_own() -> None:
    assert len(PACK.paths) == 15
    without = [path.key for path in PACK.paths if not any("项" in b.article for b in path.bases)]
    assert without == ["judicial"]
    for path in PACK.paths:
        assert path.conditions
        assert path.conditions_en


def test_reading_it_takes_a_moment() -> None:
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        load_pack(RULES / DEFAULT_PACK)
        times.append(time.perf_counter() - begun)
    assert min(times) < 0.1
