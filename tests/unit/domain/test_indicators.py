from dataclasses import replace
from decimal import Decimal

import pytest

from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.register import YearlyMetrics

FIGURES = YearlyMetrics(
    id="y",
    enterprise_id="e",
    year=2025,
    land_area_m2=Decimal(20_000),
    tax_wan=Decimal(90),
    revenue_wan=Decimal(3000),
    value_added_wan=Decimal(600),
    energy_tce=Decimal(1500),
    rnd_wan=Decimal(60),
    staff_average=Decimal(40),
    upgrade_investment_wan=Decimal(15),
    emissions_t=Decimal(6),
)


def test_every_indicator_follows_its_formula() -> None:
    # 20 000 m² are 30 亩.
    assert yearly_indicators(FIGURES) == {
        "tax_per_mu": Decimal(3),
        "revenue_per_mu": Decimal(100),
        "value_added_per_mu": Decimal(20),
        "revenue_per_energy": Decimal(2),
        "rnd_intensity": Decimal(2),
        "labour_productivity": Decimal(15),
        "upgrade_investment_per_mu": Decimal("0.5"),
        "revenue_per_emission": Decimal(500),
    }


@pytest.mark.parametrize("area", [None, Decimal(0)])
def test_without_land_nothing_per_mu_is_claimed(area: Decimal | None) -> None:
    found = yearly_indicators(replace(FIGURES, land_area_m2=area))
    assert found["tax_per_mu"] is None
    assert found["revenue_per_energy"] == 2


def test_an_unknown_figure_is_not_zero() -> None:
    found = yearly_indicators(replace(FIGURES, tax_wan=None, rnd_wan=None))
    assert found["tax_per_mu"] is None
    assert found["rnd_intensity"] is None
