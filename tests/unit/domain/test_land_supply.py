"""A row of land supply: what it is known by, what is odd about it, who holds it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from landsteward.domain.land_supply import (
    HolderWords,
    PlausibleLimits,
    SupplyRow,
    doubts_about,
    holder_kind,
    is_holder_named,
    join_rows,
    supply_identity,
)
from landsteward.domain.states import EnterpriseKind

TODAY = date(2026, 3, 2)
LIMITS = PlausibleLimits(
    area_m2=Decimal(1_000_000), price_wan_per_m2=Decimal(20), plot_ratio=Decimal(20)
)
ROW = SupplyRow(
    electronic_no="3499992021B00001",
    holder="虚构食品有限公司",
    location="示例县开发区1号路",
    district="示例县",
    area_m2=Decimal(25000),
    price_wan=Decimal(600),
    signed_on=date(2021, 3, 15),
    agreed_start_on=date(2021, 11, 1),
    agreed_completion_on=date(2023, 11, 1),
)


def test_the_number_identifies_and_holder_place_day_and_area_where_there_is_none() -> None:
    assert supply_identity(ROW) == "3499992021B00001"
    bare = replace(ROW, electronic_no="")
    spelled = replace(bare, holder="虚构食品 有限公司", area_m2=Decimal("25000.00"))
    assert supply_identity(bare) == supply_identity(spelled)
    assert supply_identity(bare) != supply_identity(replace(bare, area_m2=Decimal(25001)))
    assert supply_identity(replace(bare, location="", holder="")) == ""
    assert supply_identity(replace(bare, signed_on=None, area_m2=None)) == ""


def test_rows_of_one_supply_fill_each_others_blanks() -> None:
    first = replace(ROW, holder="", price_wan=None)
    later = SupplyRow(
        electronic_no=ROW.electronic_no, holder="王示例", holder_kind=EnterpriseKind.PERSON
    )
    joined, against = join_rows(first, later)
    assert against == ()
    assert (joined.holder, joined.holder_kind) == ("王示例", EnterpriseKind.PERSON)
    assert joined.location == ROW.location


def test_rows_of_one_supply_that_contradict_each_other_are_named() -> None:
    joined, against = join_rows(ROW, replace(ROW, area_m2=Decimal(1), district="另县"))
    assert set(against) == {"area_m2", "district"}
    assert joined == ROW


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"electronic_no": "17号"}, "electronic_no"),
        ({"district": "349999001"}, "district"),
        ({"area_m2": Decimal(250_000_000)}, "area_m2"),
        ({"price_wan": Decimal(6_000_000)}, "price_wan"),
        ({"plot_ratio_min": Decimal(2), "plot_ratio_max": Decimal(1)}, "plot_ratio_max"),
        ({"plot_ratio_min": Decimal(100)}, "plot_ratio_min"),
        ({"agreed_completion_on": date(2020, 1, 1)}, "agreed_completion_on"),
        (
            {"actual_start_on": date(2022, 1, 1), "actual_completion_on": date(2021, 1, 1)},
            "actual_completion_on",
        ),
        ({"actual_start_on": date(2027, 1, 1)}, "actual_start_on"),
        ({"holder": ""}, "holder"),
    ],
)
def test_what_can_hardly_be_meant_is_asked_about(change: dict[str, object], field: str) -> None:
    assert doubts_about(ROW, LIMITS, TODAY) == []
    odd = replace(ROW, **change)  # type: ignore[arg-type]
    assert [doubt.field for doubt in doubts_about(odd, LIMITS, TODAY)] == [field]


_COURSES = [
    ("signed_on", "agreed_delivery_on", "agreed_start_on", "agreed_completion_on"),
    ("signed_on", "actual_delivery_on", "actual_start_on", "actual_completion_on"),
]
_PAIRS = {pair for course in _COURSES for pair in combinations(course, 2)}


@pytest.mark.parametrize(("earlier", "later"), sorted(_PAIRS))
def test_signing_delivery_start_and_completion_come_in_that_order(earlier: str, later: str) -> None:
    bare = SupplyRow(electronic_no="3499992021B00001", holder="虚构食品有限公司")
    first, second = date(2020, 1, 1), date(2021, 1, 1)
    days: dict[str, date] = {earlier: second, later: first}
    turned = replace(bare, **days)  # type: ignore[arg-type]
    assert [one.field for one in doubts_about(turned, LIMITS, TODAY)] == [later]
    in_order = replace(bare, **{earlier: first, later: second})  # type: ignore[arg-type]
    assert doubts_about(in_order, LIMITS, TODAY) == []


WORDS = HolderWords(
    unnamed=("个人", "anonymous"),
    person=("个人",),
    organisation=("公司", "纺织"),
    endings=("厂", "局"),
    surnames=frozenset("王李张华"),
    compound_surnames=("欧阳",),
)


@pytest.mark.parametrize(
    "name",
    [
        "王样",
        "王样本",
        "欧阳样本",
        "王样本、李样",
        "王样本等3人",
        "甲买提·乙力",
        "个人",
        "王某(个人)",
    ],
)
def test_persons(name: str) -> None:
    assert holder_kind(name, WORDS) is EnterpriseKind.PERSON


@pytest.mark.parametrize(
    "name", ["个人", " （个人） ", "个人等3户", "Anonymous", "ａｎｏｎｙｍｏｕｓ"]
)
def test_holders_that_are_not_named(name: str) -> None:
    assert not is_holder_named(name, WORDS)
    assert holder_kind(name, WORDS) is EnterpriseKind.PERSON


@pytest.mark.parametrize("name", ["王某(个人)", "个人(王样本)", "王样本", "样本食品有限公司"])
def test_holders_that_are_named(name: str) -> None:
    assert is_holder_named(name, WORDS)


@pytest.mark.parametrize(
    "name", ["样本食品有限公司", "华样纺织", "王样厂", "十样百隆", "王样个人独资公司", "样本局"]
)
def test_organisations(name: str) -> None:
    assert holder_kind(name, WORDS) is EnterpriseKind.ORGANISATION
