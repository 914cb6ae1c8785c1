"""Exact areas and money, and years counted as the law counts them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.quantities import (
    add_years,
    full_years,
    hectares_to_m2,
    m2_to_mu,
    mu_to_m2,
    per_mu,
    rounded,
    shown,
)

AREAS = st.decimals(min_value=0, max_value=10**9, places=4)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 12, 31))


@given(AREAS)
def test_mu_and_back_is_the_same_area_to_the_last_digit(area_m2: Decimal) -> None:
    assert mu_to_m2(m2_to_mu(area_m2)) == area_m2


@given(st.decimals(min_value=0, max_value=10**5, places=6))
def test_hectares_become_square_metres_exactly(hectares: Decimal) -> None:
    area = hectares_to_m2(hectares)
    assert area == hectares * 10000
    assert "E" not in str(area)
    assert m2_to_mu(area) == hectares * 15


def test_one_hectare_is_fifteen_mu() -> None:
    assert hectares_to_m2(Decimal(1)) == Decimal(10000)
    assert m2_to_mu(Decimal(10000)) == Decimal(15)
    assert shown(mu_to_m2(Decimal(1))) == "666.67"


def test_an_amount_per_mu_needs_land() -> None:
    assert per_mu(Decimal(30), Decimal(10000)) == Decimal(2)
    assert per_mu(Decimal(30), Decimal(0)) is None


@pytest.mark.parametrize(
    ("value", "places", "wanted"),
    [("0.125", 2, "0.13"), ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("1.005", 2, "1.01")],
)
def test_halves_are_rounded_up_as_on_paper(value: str, places: int, wanted: str) -> None:
    assert rounded(Decimal(value), places) == Decimal(wanted)


def test_figures_are_shown_with_thousands_apart() -> None:
    assert shown(Decimal("1234567.895")) == "1,234,567.90"
    assert shown(Decimal("7.04"), 1) == "7.0"


@pytest.mark.parametrize(
    ("day", "years", "wanted"),
    [
        (date(2019, 7, 21), 1, date(2020, 7, 21)),
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
        (date(2024, 2, 29), -1, date(2023, 2, 28)),
        (date(2019, 2, 28), 1, date(2020, 2, 28)),
    ],
)
def test_years_are_added_to_the_corresponding_day(day: date, years: int, wanted: date) -> None:
    assert add_years(day, years) == wanted


@pytest.mark.parametrize(
    ("since", "until", "years"),
    [
        (date(2019, 7, 21), date(2020, 7, 20), 0),
        (date(2019, 7, 21), date(2020, 7, 21), 1),
        (date(2020, 2, 29), date(2021, 2, 27), 0),
        (date(2020, 2, 29), date(2021, 2, 28), 1),
        (date(2020, 2, 29), date(2024, 2, 28), 3),
        (date(2020, 2, 29), date(2024, 2, 29), 4),
    ],
)
def test_a_year_is_full_on_its_corresponding_day(since: date, until: date, years: int) -> None:
    assert full_years(since, until) == years


@given(since=DAYS, days=st.integers(0, 20000))
def test_full_years_are_the_most_that_fit(since: date, days: int) -> None:
    until = since + timedelta(days=days)
    years = full_years(since, until)
    assert add_years(since, years) <= until < add_years(since, years + 1)
