"""Phases, grades, production, baselines, permits and output contracts at their limits."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from landsteward.domain.gathering import (
    EnterpriseRecords,
    LandRecords,
    ParcelRecords,
    enterprise_subject,
    output_subject,
    permit_subjects,
)
from landsteward.domain.judging import Suspicion, rules_on
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    OutputContract,
    Parcel,
    Permit,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import RulePack
from landsteward.domain.screening import EnteredAt, Missing
from landsteward.domain.states import Production, Scale, Severity
from landsteward.domain.subjects import OutputSubject, Subject, SupplySubject
from landsteward.packs.source import Packs

PACK = Packs().current()
DAY = date(2026, 3, 2)
HOLDER = Enterprise(id="e", name="甲公司", name_key="甲公司", scale=Scale.BELOW)
PARCEL = Parcel(id="p", name="示例地块", land_use="工业用地", area_m2=Decimal(80_000))
SUPPLY = SupplyContract(
    id="s",
    parcel_id="p",
    identity="x",
    area_m2=Decimal(80_000),
    signed_on=date(2023, 4, 20),
    agreed_start_on=date(2024, 3, 1),
    planned_floor_m2=Decimal(100_000),
    started_floor_m2=Decimal(80_000),
    phased=False,
)


def ask(
    key: str, subject: Subject, on: date = DAY, pack: RulePack = PACK
) -> Suspicion | Missing | None:
    return next(one for one in rules_on(pack, on) if one.rule.key == key).judge(subject)


def supplied(supply: SupplyContract) -> SupplySubject:
    return SupplySubject(parcel=PARCEL, contract=supply, holder=HOLDER)


def year(number: int, **figures: Any) -> YearlyMetrics:
    return YearlyMetrics(id=f"y{number}", enterprise_id="e", year=number, **figures)


def enterprise(holder: Enterprise = HOLDER, *years: YearlyMetrics) -> Subject:
    latest_first = sorted(years, key=lambda one: one.year, reverse=True)
    return enterprise_subject(EnterpriseRecords(enterprise=holder, years=latest_first))


@pytest.mark.parametrize(
    ("area_m2", "found"), [("66666.66", False), ("66666.67", True), ("66666.66666666", False)]
)
def test_above_100_mu_supply_goes_by_phases(area_m2: str, found: bool) -> None:
    """Plan item 25: above 100 亩 (66 666.66… m²), unless 80 % of the floor area was started."""
    supply = replace(SUPPLY, area_m2=Decimal(area_m2), started_floor_m2=None)
    assert isinstance(ask("large_unphased", supplied(supply)), Suspicion) is found


def test_exactly_at_its_size_a_supply_needs_no_phases() -> None:
    """Plan item 25 says “above”: with 99 亩 as the county's size, 66 000 m² is exactly that."""
    rules = tuple(
        replace(one, params={**one.params, "above_mu": Decimal(99)})
        if one.key == "large_unphased"
        else one
        for one in PACK.rules
    )
    pack = replace(PACK, rules=rules)
    for area, found in (("66000", False), ("66000.01", True)):
        supply = replace(SUPPLY, area_m2=Decimal(area), started_floor_m2=None)
        verdict = ask("large_unphased", supplied(supply), pack=pack)
        assert isinstance(verdict, Suspicion) is found


@pytest.mark.parametrize(
    ("on", "started", "found"),
    [
        (date(2025, 3, 1), "79999.99", False),  # the last day of the year
        (date(2025, 3, 2), "79999.99", True),
        (date(2025, 3, 2), "80000", False),
        (date(2025, 3, 2), "80000.01", False),
    ],
)
def test_what_is_supplied_at_once_is_fully_started_within_a_year(
    on: date, started: str, found: bool
) -> None:
    """Plan item 25: started floor area ≥ 80 % of planned, within a year (of 2024-03-01)."""
    supply = replace(SUPPLY, started_floor_m2=Decimal(started))
    assert isinstance(ask("full_start_overdue", supplied(supply), on), Suspicion) is found
    unknown = replace(SUPPLY, started_floor_m2=None)
    verdict = ask("full_start_overdue", supplied(unknown), date(2025, 3, 2))
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.SUPPLY


@pytest.mark.parametrize(("since", "found"), [(date(2024, 3, 2), False), (date(2024, 3, 1), True)])
def test_land_is_reserved_for_two_years_at_most(since: date, found: bool) -> None:
    """Plan item 25: the reservation is no longer than 2 years; asked on 2026-03-02."""
    supply = replace(SUPPLY, phased=True, reserved_on=since, reserved_m2=Decimal(20_000))
    assert isinstance(ask("reservation_overdue", supplied(supply)), Suspicion) is found
    used = replace(supply, reserved_m2=Decimal(0))
    assert ask("reservation_overdue", supplied(used)) is None
    assert isinstance(
        ask("reservation_overdue", supplied(replace(supply, reserved_on=None))), Missing
    )


@pytest.mark.parametrize(
    ("grades", "severity"),
    [
        ({2025: "C", 2024: "D"}, None),
        ({2025: "D", 2024: "C"}, Severity.SERIOUS),
        ({2025: "D", 2023: "D"}, Severity.SERIOUS),  # no grade in between: not running
        ({2025: "D", 2024: "D"}, Severity.MAJOR),
        ({2024: "D", 2023: "D"}, Severity.MAJOR),
        ({2026: "D", 2025: "B"}, None),  # the year is not over
    ],
)
def test_grade_d_and_d_twice_running(grades: dict[int, str], severity: Severity | None) -> None:
    """Plan item 11; `domain.md` §6 经信: grade D 2, two years running 1."""
    years = [year(number, grade=grade) for number, grade in grades.items()]
    verdict = ask("grade_d", enterprise(HOLDER, *years))
    assert (verdict.severity if isinstance(verdict, Suspicion) else verdict) is severity


def test_without_a_grade_nothing_is_fine() -> None:
    verdict = ask("grade_d", enterprise(HOLDER, year(2025, tax_wan=Decimal(1))))
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.YEARS


@pytest.mark.parametrize(
    ("production", "since", "found"),
    [
        (Production.NORMAL, None, False),
        (Production.HALF_STOPPED, DAY, True),
        (Production.STOPPED, None, True),
        (Production.STOPPED, DAY + timedelta(days=1), False),
    ],
)
def test_production_stopped_or_half_stopped(
    production: Production, since: date | None, found: bool
) -> None:
    """`domain.md` §6 经信: stopped or half-stopped."""
    holder = replace(HOLDER, production=production, production_since=since)
    assert isinstance(ask("production_stopped", enterprise(holder)), Suspicion) is found


@pytest.mark.parametrize(("revenue", "found"), [("1999.99", False), ("2000", True), ("2001", True)])
def test_from_2000_on_an_enterprise_is_above_the_threshold(revenue: str, found: bool) -> None:
    """`domain.md` §2: 规上 from 2000 万元 a year on; on record as 规下."""
    subject = enterprise(HOLDER, year(2025, revenue_wan=Decimal(revenue)))
    assert isinstance(ask("above_threshold_uncounted", subject), Suspicion) is found


def with_baseline() -> RulePack:
    return replace(
        PACK,
        metrics=tuple(
            replace(one, baseline_below=Decimal(8)) if one.key == "tax_per_mu" else one
            for one in PACK.metrics
        ),
    )


@pytest.mark.parametrize(("tax", "found"), [("119.99", True), ("120", False), ("120.01", False)])
def test_tax_per_mu_below_the_countys_baseline(tax: str, found: bool) -> None:
    """Plan item 11: 15 亩 (10 000 m²) × 8 万元/亩 = 120."""
    subject = enterprise(HOLDER, year(2025, tax_wan=Decimal(tax), land_area_m2=Decimal(10_000)))
    assert isinstance(ask("tax_below_baseline", subject, pack=with_baseline()), Suspicion) is found


def test_a_baseline_that_is_not_set_is_said_once_and_the_other_scale_is_not_judged() -> None:
    (rule,) = (one for one in rules_on(PACK, DAY) if one.rule.key == "tax_below_baseline")
    assert "no baseline" in str(rule.lacks)
    above = replace(HOLDER, scale=Scale.ABOVE)
    figures = year(2025, tax_wan=Decimal(1), land_area_m2=Decimal(10_000))
    assert ask("tax_below_baseline", enterprise(above, figures), pack=with_baseline()) is None
    unknown = replace(HOLDER, scale=None)
    verdict = ask("tax_below_baseline", enterprise(unknown, figures), pack=with_baseline())
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.ENTERPRISE


def permits(*given: Permit) -> list[Subject]:
    return list(permit_subjects(EnterpriseRecords(enterprise=HOLDER, permits=given)))


@pytest.mark.parametrize(
    ("left", "rules"),
    [
        (-1, {"pollutant_permit_expired"}),
        (0, {"pollutant_permit_running_out"}),  # good on its last day
        (60, {"pollutant_permit_running_out"}),
        (61, set()),
    ],
)
def test_a_permit_runs_out(left: int, rules: set[str]) -> None:
    """排污许可管理条例 art. 2, 33 (expired) and 14 (renewal); the 60 days are the pack's."""
    permit = Permit(
        id="x", enterprise_id="e", kind="pollutant", valid_to=DAY + timedelta(days=left)
    )
    (subject,) = permits(permit)
    keys = [one.key for one in PACK.rules if one.permit_kinds]
    assert {key for key in keys if isinstance(ask(key, subject), Suspicion)} == rules


def test_a_renewed_permit_is_judged_by_its_latest_term_and_one_machine_not_by_another() -> None:
    old = Permit(id="1", enterprise_id="e", kind="special_equipment", valid_to=date(2024, 1, 1))
    new = replace(old, id="2", valid_to=date(2027, 1, 1))
    crane = replace(old, id="3", subject="起重机")
    found = permits(old, new, crane)
    expired = [one.key for one in found if ask("equipment_inspection_expired", one) is not None]
    assert expired == ["3"]
    (endless,) = permits(replace(old, valid_to=None, unlimited=True))
    assert ask("equipment_inspection_expired", endless) is None
    (unknown,) = permits(replace(old, valid_to=None))
    verdict = ask("equipment_inspection_expired", unknown)
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.PERMITS


OUTPUT = OutputContract(
    id="o",
    parcel_id="p",
    enterprise_id="e",
    signed_on=date(2019, 1, 1),
    reach_on=date(2023, 6, 30),
    investment_wan=Decimal(5_000),
    tax_wan_per_mu=Decimal(12),
    revenue_wan_per_mu=Decimal(300),
)


def promised(*, tax: str = "180", revenue: str = "4500", invested: str = "4700") -> OutputSubject:
    """15 亩: 12 × 15 = 180 of tax, 300 × 15 = 4 500 of revenue; 4 700 + 300 for the land."""
    figures = year(
        2025,
        tax_wan=Decimal(tax),
        revenue_wan=Decimal(revenue),
        land_area_m2=Decimal(10_000),
    )
    look = ConstructionProgress(
        id="l", parcel_id="p", observed_on=date(2024, 1, 1), invested_wan=Decimal(invested)
    )
    supply = replace(SUPPLY, price_wan=Decimal(300), agreed_completion_on=date(2023, 1, 1))
    return output_subject(
        OUTPUT,
        ParcelRecords(parcel=PARCEL, supplies=((supply, HOLDER),), looks=(look,)),
        EnterpriseRecords(enterprise=HOLDER, years=[figures], land=LandRecords(parcel_areas={})),
        on=DAY,
        items=(),
    )


@pytest.mark.parametrize(
    ("rule", "name", "at", "below"),
    [
        ("output_tax_short", "tax", "180", "179.99"),
        ("output_revenue_short", "revenue", "4500", "4499.99"),
        ("output_investment_short", "invested", "4700", "4699.99"),
    ],
)
def test_what_an_output_contract_promised(rule: str, name: str, at: str, below: str) -> None:
    """Plan item 13; 民法典 art. 577: the term at what was agreed, and a hundredth below."""
    assert ask(rule, promised(**{name: at})) is None
    verdict = ask(rule, promised(**{name: below}))
    assert isinstance(verdict, Suspicion)
    explained = verdict.explain()
    assert "agreed in the output contract" in str(explained.arithmetic[0])
    assert [one.valid_from for one in explained.bases if "产出监管" in one.law] == [
        date(2019, 1, 1)
    ]


def test_before_full_output_is_due_nothing_is_short() -> None:
    subject = promised(tax="1")
    later = replace(OUTPUT, reach_on=date(2025, 6, 30))
    assert ask("output_tax_short", replace(subject, output=later)) is None
