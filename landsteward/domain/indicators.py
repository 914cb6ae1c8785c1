"""亩均效益 indicators of one year, computed exactly from the figures on record.

Source: `domain.md` §2; the keys are those of the rule pack's `metrics.toml`. What is divided by
land is divided by the land of `landsteward.domain.occupancy`: the land actually used.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from landsteward.domain.occupancy import LandBasis
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.text import Message, msg

LAND = "land"
"""What per-mu indicators are divided by, in 亩; everything else is a figure of the year."""


@dataclass(frozen=True, slots=True)
class Formula:
    """An indicator: one figure of the year over another one or the land; some in percent."""

    key: str
    part: str
    whole: str
    percent: bool = False


FORMULAS = (
    Formula("tax_per_mu", "tax_wan", LAND),
    Formula("revenue_per_mu", "revenue_wan", LAND),
    Formula("value_added_per_mu", "value_added_wan", LAND),
    Formula("revenue_per_energy", "revenue_wan", "energy_tce"),
    Formula("rnd_intensity", "rnd_wan", "revenue_wan", percent=True),
    Formula("labour_productivity", "value_added_wan", "staff_average"),
    Formula("upgrade_investment_per_mu", "upgrade_investment_wan", LAND),
    Formula("revenue_per_emission", "revenue_wan", "emissions_t"),
)
"""万元/亩, 万元/吨标煤, %, 万元/人, 万元/吨."""

FORMULA_OF = {one.key: one for one in FORMULAS}
TAX_INDICATORS = frozenset(one.key for one in FORMULAS if "tax_wan" in (one.part, one.whole))
"""Those that tell what was paid in taxes."""

FIGURE_NAMES = {
    LAND: msg("land"),
    "tax_wan": msg("tax"),
    "revenue_wan": msg("revenue"),
    "value_added_wan": msg("value added"),
    "energy_tce": msg("energy"),
    "rnd_wan": msg("R&D spending"),
    "staff_average": msg("average staff"),
    "upgrade_investment_wan": msg("upgrade investment"),
    "emissions_t": msg("emissions"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """An indicator of a year with the two figures it was made of; land in 亩.

    `value` is exact, to be rounded at display; None where `missing` says why.
    """

    formula: Formula
    value: Decimal | None
    part: Decimal | None
    whole: Decimal | None
    missing: Message | None = None

    @property
    def key(self) -> str:
        """Its key in the rule pack."""
        return self.formula.key

    def reaches(self, target: Decimal) -> bool:
        """Whether it is at least the target, without any rounding."""
        assert self.part is not None, "an indicator that could not be computed"
        assert self.whole is not None, "an indicator that could not be computed"
        factor = 100 if self.formula.percent else 1
        return self.part * factor >= target * self.whole


class Figures(Protocol):
    """Figures of a year, of one enterprise or of several together; units as in `YearlyMetrics`."""

    @property
    def tax_wan(self) -> Decimal | None: ...
    @property
    def revenue_wan(self) -> Decimal | None: ...
    @property
    def value_added_wan(self) -> Decimal | None: ...
    @property
    def energy_tce(self) -> Decimal | None: ...
    @property
    def rnd_wan(self) -> Decimal | None: ...
    @property
    def staff_average(self) -> Decimal | None: ...
    @property
    def upgrade_investment_wan(self) -> Decimal | None: ...
    @property
    def emissions_t(self) -> Decimal | None: ...


def yearly_indicators(figures: YearlyMetrics, land: LandBasis | None) -> dict[str, Indicator]:
    """Every indicator of a year by its key; what is not on record is never taken for zero."""
    land_mu = None if land is None else m2_to_mu(land.area_m2)
    return {one.key: _computed(quotient(one, figures, land_mu)) for one in FORMULAS}


def yearly_indicator(key: str, figures: YearlyMetrics, land: LandBasis | None) -> Indicator:
    """One of them."""
    land_mu = None if land is None else m2_to_mu(land.area_m2)
    return _computed(quotient(FORMULA_OF[key], figures, land_mu))


class Quotient(NamedTuple):
    """The two figures an indicator is made of, where they are on record; land in 亩."""

    formula: Formula
    part: Decimal | None
    whole: Decimal | None

    @property
    def known(self) -> bool:
        """Whether it has a value."""
        return self.part is not None and self.whole is not None and self.whole > 0


def quotient(formula: Formula, figures: Figures, land_mu: Decimal | None) -> Quotient:
    """What an indicator is made of in a year's figures and that land."""
    part: Decimal | None = getattr(figures, formula.part)
    if formula.whole == LAND:
        return Quotient(formula, part, land_mu)
    whole: Decimal | None = getattr(figures, formula.whole)
    return Quotient(formula, part, whole)


def _computed(found: Quotient) -> Indicator:
    formula, part, whole = found
    value, missing = None, None
    if part is None and whole is None:
        missing = msg(
            "{one} and {other} are not on record",
            one=FIGURE_NAMES[formula.part],
            other=FIGURE_NAMES[formula.whole],
        )
    elif part is None or whole is None:
        unknown = formula.part if part is None else formula.whole
        missing = msg("{figure} is not on record", figure=FIGURE_NAMES[unknown])
    elif whole > 0:
        value = part * (100 if formula.percent else 1) / whole
    else:
        missing = msg("{figure} is zero", figure=FIGURE_NAMES[formula.whole])
    return Indicator(formula=formula, value=value, part=part, whole=whole, missing=missing)
