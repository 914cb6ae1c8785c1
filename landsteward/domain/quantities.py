"""Exact areas and money, and the field's own units.

Areas are kept in m² and money in 万元, both as `Decimal`; everything else is display.
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

M2_PER_HECTARE = Decimal(10_000)
MU_PER_HECTARE = Decimal(15)


def hectares_to_m2(hectares: Decimal) -> Decimal:
    """公顷 → m², exact: 1 公顷 = 10 000 m²."""
    return (hectares * M2_PER_HECTARE).normalize() + 0


def m2_to_mu(area_m2: Decimal) -> Decimal:
    """m² → 亩, to the working precision of `Decimal` (1 亩 = 10000/15 m²); round at display."""
    return area_m2 * MU_PER_HECTARE / M2_PER_HECTARE


def mu_to_m2(mu: Decimal) -> Decimal:
    """亩 → m²: 1 亩 = 10000/15 m²."""
    return mu * M2_PER_HECTARE / MU_PER_HECTARE


def per_mu(amount: Decimal, area_m2: Decimal) -> Decimal | None:
    """An amount (万元) per 亩, or None where there is no land to divide by."""
    if area_m2 <= 0:
        return None
    return amount / m2_to_mu(area_m2)


def rounded(value: Decimal, places: int) -> Decimal:
    """Commercial rounding (四舍五入) to so many places, for display only."""
    return value.quantize(_unit(places), rounding=ROUND_HALF_UP)


@cache
def _unit(places: int) -> Decimal:
    """One in the last of so many places."""
    return Decimal(1).scaleb(-places)


def shown(value: Decimal, places: int = 2) -> str:
    """A figure as people read it: thousands apart, rounded, e.g. `1,234.50`."""
    return f"{rounded(value, places):,f}"


def add_years(day: date, years: int) -> date:
    """The corresponding day so many years on; where there is none, the month's last day.

    Source: 民法典 art. 202 (periods counted by year end on the corresponding day).
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February, and no such day that year
        return day.replace(year=day.year + years, day=28)


def full_years(since: date, until: date) -> int:
    """Full years from one day to another; the corresponding day itself completes the year."""
    years = until.year - since.year
    return years if add_years(since, years) <= until else years - 1
