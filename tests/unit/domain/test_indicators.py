from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.domain.indicators import Indicator, yearly_indicators
from landsteward.domain.occupancy import LandBasis, LandSource
from landsteward.domain.register import YearlyMetrics

FIGURES = YearlyMetrics(
    id="y",
    enterprise_id="e",
    year=2025,
    land_area_m2=Decimal(99_999),
    tax_wan=Decimal(90),
    revenue_wan=Decimal(3000),
    value_added_wan=Decimal(600),
    energy_tce=Decimal(1500),
    rnd_wan=Decimal(60),
    staff_average=Decimal(40),
    upgrade_investment_wan=Decimal(15),
    emissions_t=Decimal(6),
)


def land(area: str) -> LandBasis:
    return LandBasis(area_m2=Decimal(area), source=LandSource.USED, on=date(2025, 12, 31))


def values(figures: YearlyMetrics, basis: LandBasis | None) -> dict[str, Decimal | None]:
    return {key: one.value for key, one in yearly_indicators(figures, basis).items()}


def test_every_indicator_follows_its_formula() -> None:
    # 20 000 m² are 30 亩: the land used, not the 99 999 m² that were stated.
    assert values(FIGURES, land("20000")) == {
        "tax_per_mu": Decimal(3),
        "revenue_per_mu": Decimal(100),
        "value_added_per_mu": Decimal(20),
        "revenue_per_energy": Decimal(2),
        "rnd_intensity": Decimal(2),
        "labour_productivity": Decimal(15),
        "upgrade_investment_per_mu": Decimal("0.5"),
        "revenue_per_emission": Decimal(500),
    }


@pytest.mark.parametrize(
    ("basis", "said"), [(None, "land is not on record"), (land("0"), "land is zero")]
)
def test_without_land_nothing_per_mu_is_claimed(basis: LandBasis | None, said: str) -> None:
    found = yearly_indicators(FIGURES, basis)
    assert found["tax_per_mu"].value is None
    assert str(found["tax_per_mu"].missing) == said
    assert found["revenue_per_energy"].value == 2


def test_an_unknown_figure_is_not_zero_and_is_named() -> None:
    found = yearly_indicators(replace(FIGURES, revenue_wan=None, rnd_wan=None), land("20000"))
    assert found["tax_per_mu"].missing is None
    assert found["revenue_per_energy"].value is None
    assert str(found["revenue_per_energy"].missing) == "revenue is not on record"
    assert str(found["rnd_intensity"].missing) == "R&D spending and revenue are not on record"


def test_what_it_was_made_of_can_be_read() -> None:
    tax = yearly_indicators(FIGURES, land("20000"))["tax_per_mu"]
    assert (tax.part, tax.whole) == (Decimal(90), Decimal(30))


def test_a_goal_is_reached_exactly_or_not_at_all() -> None:
    def tax(amount: str) -> Indicator:
        return yearly_indicators(replace(FIGURES, tax_wan=Decimal(amount)), land("10000"))[
            "tax_per_mu"
        ]

    # 15 亩 at 3.3333 万元 are 49.9995 万元.
    assert tax("49.9995").reaches(Decimal("3.3333"))
    assert not tax("49.9994").reaches(Decimal("3.3333"))
    share = yearly_indicators(FIGURES, None)["rnd_intensity"]
    assert share.reaches(Decimal(2))
    assert not share.reaches(Decimal("2.0001"))
