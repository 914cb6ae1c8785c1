"""Control indicators at, just below and just above their limits; whose limit applies."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.judging import Suspicion, rules_on
from landsteward.domain.limits import Applied, LimitOf, Limits, PackLimit, Unlimited
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    OutputContract,
    Parcel,
    SupplyContract,
)
from landsteward.domain.screening import EnteredAt, Missing
from landsteward.domain.states import IndustryPolicy, Production, Severity
from landsteward.domain.subjects import Checks, OpenFinding, ParcelSubject
from landsteward.packs.source import Packs

PACK = Packs().current()
DAY = date(2026, 3, 2)
HOLDER = Enterprise(id="e", name="甲公司", name_key="甲公司", industry_code="C3484")
PARCEL = Parcel(
    id="p",
    name="示例地块",
    land_use="工业用地",
    area_m2=Decimal(10_000),
    ratio_floor_m2=Decimal(7_000),
    floor_m2=Decimal(10_000),
    footprint_m2=Decimal(4_000),
    office_land_m2=Decimal(700),
    office_floor_m2=Decimal(1_500),
    service_floor_m2=Decimal(1_500),
    empty_m2=Decimal(0),
)
SUPPLY = SupplyContract(
    id="s",
    parcel_id="p",
    identity="x",
    area_m2=Decimal(10_000),
    price_wan=Decimal(300),
    signed_on=date(2020, 5, 1),
    actual_completion_on=date(2023, 5, 1),
)
SUBJECT = ParcelSubject(parcel=PARCEL, contract=SUPPLY, holder=HOLDER)


def ask(key: str, subject: ParcelSubject, on: date = DAY) -> Suspicion | Missing | None:
    return next(one for one in rules_on(PACK, on) if one.rule.key == key).judge(subject)


def built(name: str, value: str | None) -> ParcelSubject:
    changed: Any = {name: None if value is None else Decimal(value)}
    return replace(SUBJECT, parcel=replace(PARCEL, **changed))


@pytest.mark.parametrize(
    ("rule", "name", "kept", "missed"),
    [
        ("plot_ratio_low", "ratio_floor_m2", ("7000", "7000.01"), "6999.99"),
        ("coefficient_low", "footprint_m2", ("4000", "4000.01"), "3999.99"),
        ("office_land_high", "office_land_m2", ("700", "699.99"), "700.01"),
        ("office_floor_high", "office_floor_m2", ("1500", "1499.99"), "1500.01"),
        ("service_floor_high", "service_floor_m2", ("1500", "1499.99"), "1500.01"),
    ],
)
def test_a_value_at_its_limit_keeps_it_and_a_hundredth_beyond_misses_it(
    rule: str, name: str, kept: tuple[str, str], missed: str
) -> None:
    """Of 10 000 m²: 容积率 0.7 (industry C34, older edition), 建筑系数 40 %, office and living land
    7 % and floor area 15 % (工业项目建设用地控制指标, `domain.md` §3), production services 15 % of
    the floor area above ground (plan item 26).
    """
    for value in kept:
        assert ask(rule, built(name, value)) is None
    assert isinstance(ask(rule, built(name, missed)), Suspicion)
    verdict = ask(rule, built(name, None))
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.PARCEL


def test_the_arithmetic_the_limit_and_whose_it_is_are_told() -> None:
    """6 000 ÷ 10 000 = 0.60; the nation's 0.7 for C34: off by 0.10, 0.1 ÷ 0.7 = 14.3 %."""
    verdict = ask("plot_ratio_low", built("ratio_floor_m2", "6000"))
    assert isinstance(verdict, Suspicion)
    explained = verdict.explain()
    said = " ".join(map(str, explained.arithmetic))
    assert "6,000.00 ÷ 10,000.00 m² = 0.60" in said
    assert "at least 0.70, the nation's (older edition" in said
    assert "Off by 0.10, 14.3 % of the limit." in said
    assert dict(explained.facts)["limit_of"] == "nation"


def test_the_output_contract_comes_before_the_supply_contract_and_both_before_the_pack() -> None:
    """`domain.md` §3: the contract's value > the county's > the nation's."""
    agreed = replace(
        SUBJECT,
        parcel=replace(PARCEL, ratio_floor_m2=Decimal(10_500)),
        contract=replace(SUPPLY, plot_ratio_min=Decimal("1.1"), contract_no="出让1号"),
    )
    verdict = ask("plot_ratio_low", agreed)
    assert isinstance(verdict, Suspicion)
    explained = verdict.explain()
    assert dict(explained.facts)["limit_of"] == "supply_contract"
    assert [one.version for one in explained.bases if "出让合同" in one.law] == ["出让1号"]
    later = OutputContract(id="o", parcel_id="p", enterprise_id="e", plot_ratio_min=Decimal("1.0"))
    assert ask("plot_ratio_low", replace(agreed, output=later)) is None


@pytest.mark.parametrize(
    ("signed_on", "industry", "limit"),
    [
        (date(2008, 1, 1), "C3484", "0.7"),
        (date(2022, 12, 31), "C3484", "0.7"),
        (date(2020, 5, 1), "C2521", "0.5"),
        (date(2020, 5, 1), "C2922", "1.0"),
        (date(2020, 5, 1), "C2911", "0.8"),
    ],
)
def test_older_minima_go_by_industry_and_day_of_signing(
    signed_on: date, industry: str, limit: str
) -> None:
    """`domain.md` §3, older 容积率 minima by the 2002 edition: 35 通用 0.7 (now C34), 25 0.5,
    30 塑料 1.0 (now C292), 29 橡胶 0.8 (now C291).
    """
    found = Limits(PACK.limits).on(
        "plot_ratio_min",
        supply=replace(SUPPLY, signed_on=signed_on),
        output=None,
        industry=industry,
    )
    assert isinstance(found, Applied)
    assert found.value == Decimal(limit)
    assert found.of is LimitOf.NATION


@pytest.mark.parametrize(
    ("signed_on", "industry", "at"),
    [
        (date(2023, 1, 1), "C3484", EnteredAt.PACK),  # the later edition: nothing general is set
        (date(2007, 12, 31), "C3484", EnteredAt.PACK),  # before the older one
        (None, "C3484", EnteredAt.SUPPLY),
        (date(2020, 5, 1), None, EnteredAt.ENTERPRISE),
        (date(2020, 5, 1), "C29", EnteredAt.ENTERPRISE),  # rubber or plastic: limits differ
    ],
)
def test_without_a_limit_it_cannot_be_judged_and_the_missing_fact_has_its_place(
    signed_on: date | None, industry: str | None, at: EnteredAt
) -> None:
    subject = replace(
        SUBJECT,
        contract=replace(SUPPLY, signed_on=signed_on),
        holder=replace(HOLDER, industry_code=industry),
    )
    verdict = ask("plot_ratio_low", subject)
    assert isinstance(verdict, Missing)
    assert verdict.at is at


def test_the_countys_limit_stands_before_the_nations() -> None:
    county = PackLimit(
        term="coefficient_min", of=LimitOf.COUNTY, value=Decimal(45), edition="县", edition_en="C"
    )
    found = Limits((*PACK.limits, county)).on(
        "coefficient_min", supply=SUPPLY, output=None, industry="C3484"
    )
    assert isinstance(found, Applied)
    assert (found.of, found.value) == (LimitOf.COUNTY, Decimal(45))


def test_what_is_still_being_built_is_not_judged_before_it_was_to_be_completed() -> None:
    empty = built("ratio_floor_m2", "10")
    building = replace(SUPPLY, actual_completion_on=None, agreed_completion_on=DAY)
    assert ask("plot_ratio_low", replace(empty, contract=building)) is None
    late = replace(building, agreed_completion_on=date(2026, 3, 1))
    assert isinstance(ask("plot_ratio_low", replace(empty, contract=late)), Suspicion)


@pytest.mark.parametrize(
    ("invested", "found"), [("2699.99", True), ("2700", False), ("2700.01", False)]
)
def test_investment_per_mu_counts_the_price_of_the_land(invested: str, found: bool) -> None:
    """投资强度 (`domain.md` §3): 15 亩, agreed 200 万元/亩 = 3 000; the land cost 300, so 2 700 of
    plant and equipment reach it.
    """
    look = ConstructionProgress(
        id="l", parcel_id="p", observed_on=date(2025, 1, 1), invested_wan=Decimal(invested)
    )
    subject = replace(
        SUBJECT,
        contract=replace(SUPPLY, investment_wan_per_mu=Decimal(200)),
        progress=look,
    )
    assert isinstance(ask("investment_low", subject), Suspicion) is found
    assert subject.contract is not None
    unpriced = replace(subject, contract=replace(subject.contract, price_wan=None))
    assert isinstance(ask("investment_low", unpriced), Missing)


@given(
    floor=st.decimals(min_value=0, max_value=50_000, places=2),
    area=st.decimals(min_value=1, max_value=50_000, places=2),
    limit=st.decimals(min_value="0.01", max_value=5, places=2),
)
def test_a_ratio_is_suspected_exactly_where_it_lies_below_its_limit(
    floor: Decimal, area: Decimal, limit: Decimal
) -> None:
    subject = replace(
        SUBJECT,
        parcel=replace(PARCEL, ratio_floor_m2=floor),
        contract=replace(SUPPLY, area_m2=area, plot_ratio_min=limit),
    )
    below = isinstance(ask("plot_ratio_low", subject), Suspicion)
    # Divisions are exact to 28 digits: only a hair's breadth could tell the two apart.
    assert below is (floor < limit * area) or abs(floor / area - limit) < Decimal("1e-20")


@pytest.mark.parametrize(
    ("empty_m2", "found"), [("13333.33", False), ("13333.34", True), ("0", False)]
)
def test_low_efficiency_by_land_empty_in_one_piece(empty_m2: str, found: bool) -> None:
    """利辛 (`domain.md` §5): more than 20 亩 contiguous empty; 20 亩 = 13 333.33… m²."""
    subject = replace(
        built("empty_m2", empty_m2),
        holder=replace(
            HOLDER, industry_policy=IndustryPolicy.ALLOWED, production=Production.NORMAL
        ),
        progress=ConstructionProgress(id="l", parcel_id="p", observed_on=DAY),
    )
    assert isinstance(ask("low_efficiency", subject), Suspicion) is found


@pytest.mark.parametrize(("since", "found"), [(date(2025, 3, 2), True), (date(2025, 3, 3), False)])
def test_low_efficiency_by_production_stopped_for_a_year(since: date, found: bool) -> None:
    """利辛 (`domain.md` §5): production stopped or half-stopped for a year."""
    holder = replace(
        HOLDER,
        industry_policy=IndustryPolicy.ALLOWED,
        production=Production.HALF_STOPPED,
        production_since=since,
    )
    verdict = ask("low_efficiency", replace(SUBJECT, holder=holder))
    assert isinstance(verdict, Suspicion) is found
    if isinstance(verdict, Suspicion):
        facts = dict(verdict.explain().facts)
        assert facts["criterion_production_stopped"] is True
        assert facts["criterion_restricted_industry"] is False


def test_low_efficiency_is_not_fine_where_a_criterion_is_unknown() -> None:
    verdict = ask("low_efficiency", SUBJECT)
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.ENTERPRISE


def test_what_is_idle_land_is_not_called_inefficient_for_its_suspension() -> None:
    """闲置土地处置办法 art. 2: below a third or a quarter it is idle land, else it is not."""
    holder = replace(HOLDER, industry_policy=IndustryPolicy.ALLOWED, production=Production.NORMAL)
    look = ConstructionProgress(
        id="l",
        parcel_id="p",
        observed_on=DAY,
        suspended_since=date(2024, 1, 1),
        area_to_develop_m2=Decimal(9_000),
        developed_area_m2=Decimal(3_000),
        total_investment_wan=Decimal(4_000),
        invested_wan=Decimal(1_000),
    )
    contract = replace(SUPPLY, actual_completion_on=None)
    subject = replace(checked(), contract=contract, holder=holder, progress=look)
    assert isinstance(ask("low_efficiency", subject), Suspicion)
    for idle in (
        replace(look, developed_area_m2=Decimal("2999.99")),
        replace(look, invested_wan=Decimal("999.99")),
    ):
        assert ask("low_efficiency", replace(subject, progress=idle)) is None


def test_no_limit_says_what_would_have_to_be_known() -> None:
    found = Limits(()).on("coefficient_min", supply=None, output=None, industry=None)
    assert isinstance(found, Unlimited)
    assert not found.industry
    assert not found.signing


def checked(
    *findings: OpenFinding, by: tuple[str, ...] = ("ecology", "emergency")
) -> ParcelSubject:
    holder = replace(HOLDER, industry_policy=IndustryPolicy.ALLOWED, production=Production.NORMAL)
    look = ConstructionProgress(id="l", parcel_id="p", observed_on=DAY)
    checks = Checks(departments=frozenset(by), findings=findings)
    return replace(SUBJECT, holder=holder, progress=look, checks=checks)


@pytest.mark.parametrize(
    ("department", "severity", "since", "found"),
    [
        ("ecology", Severity.MAJOR, DAY, True),
        ("emergency", Severity.MAJOR, None, True),
        ("ecology", Severity.SERIOUS, DAY, False),
        ("ecology", Severity.MAJOR, DAY + timedelta(days=1), False),
        ("natural_resources", Severity.MAJOR, DAY, False),
    ],
)
def test_low_efficiency_by_failing_safety_or_environment(
    department: str, severity: Severity, since: date | None, found: bool
) -> None:
    """利辛 (`domain.md` §5): fails safety or environment; by the pack, a finding of severity 1."""
    finding = OpenFinding(department=department, severity=severity, title="超标排放", since=since)
    assert isinstance(ask("low_efficiency", checked(finding)), Suspicion) is found


def test_who_was_never_checked_is_not_said_to_be_safe() -> None:
    assert ask("low_efficiency", checked()) is None
    verdict = ask("low_efficiency", checked(by=("ecology",)))
    assert isinstance(verdict, Missing)
    assert verdict.at is EnteredAt.ENTERPRISE
