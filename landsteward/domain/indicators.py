"""亩均效益 indicators of one year, computed exactly from the figures on record.

Source: `domain.md` §2; the keys are those of the rule pack's `metrics.toml`.
"""

from decimal import Decimal

from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.register import YearlyMetrics


def _ratio(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """None where either is not on record or there is nothing to divide by."""
    if part is None or whole is None or whole <= 0:
        return None
    return part / whole


def yearly_indicators(figures: YearlyMetrics) -> dict[str, Decimal | None]:
    """Every indicator by its key: 万元/亩, 万元/吨标煤, %, 万元/人, 万元/吨; round at display."""
    area = figures.land_area_m2
    mu = m2_to_mu(area) if area is not None else None
    intensity = _ratio(figures.rnd_wan, figures.revenue_wan)
    return {
        "tax_per_mu": _ratio(figures.tax_wan, mu),
        "revenue_per_mu": _ratio(figures.revenue_wan, mu),
        "value_added_per_mu": _ratio(figures.value_added_wan, mu),
        "revenue_per_energy": _ratio(figures.revenue_wan, figures.energy_tce),
        "rnd_intensity": None if intensity is None else intensity * 100,
        "labour_productivity": _ratio(figures.value_added_wan, figures.staff_average),
        "upgrade_investment_per_mu": _ratio(figures.upgrade_investment_wan, mu),
        "revenue_per_emission": _ratio(figures.revenue_wan, figures.emissions_t),
    }
