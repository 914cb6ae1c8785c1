"""What can be done otherwise: figures of the year, land that is let go, what is built and invested.

A lever is set to a value in its unit. Land levers begin at nothing: they say how much is given up
(退地), split off (分割转让) or leased out (出租); the others begin at what is on record.
"""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from landsteward.domain.indicators import LAND, Formula
from landsteward.domain.text import Message, msg


class LeverKind(StrEnum):
    """A figure of the year, land let go, or what is built and invested on the parcel."""

    FIGURE = "figure"
    LAND = "land"
    BUILT = "built"


class Lever(NamedTuple):
    """`step` is the smallest change that is looked at; `lowers`: less of it is better."""

    key: str
    name: Message
    unit: Message
    step: Decimal
    kind: LeverKind = LeverKind.FIGURE
    lowers: bool = False

    def part_of(self, formula: Formula) -> bool:
        """Whether an indicator rises with it."""
        return formula.part == self.key

    def whole_of(self, formula: Formula) -> bool:
        """Whether an indicator is divided by it."""
        return formula.whole == (LAND if self.kind is LeverKind.LAND else self.key)

    def moves(self, formula: Formula) -> bool:
        """Whether an indicator changes with it."""
        return self.part_of(formula) or self.whole_of(formula)


_WAN = msg("10 000 yuan")
_M2 = msg("m²")
_FEN = Decimal("0.01")
_ONE = Decimal(1)

GIVEN_UP, SPLIT_OFF, LEASED_OUT = "land_given_up_m2", "land_split_off_m2", "land_leased_out_m2"

LEVERS = (
    Lever("tax_wan", msg("Tax paid"), _WAN, _FEN),
    Lever("revenue_wan", msg("Revenue"), _WAN, _FEN),
    Lever("value_added_wan", msg("Value added"), _WAN, _FEN),
    Lever("rnd_wan", msg("R&D spending"), _WAN, _FEN),
    Lever("upgrade_investment_wan", msg("Technical-upgrade investment"), _WAN, _FEN),
    Lever("energy_tce", msg("Energy used"), msg("tce"), _FEN, lowers=True),
    Lever("staff_average", msg("Average staff"), msg("persons"), _ONE, lowers=True),
    Lever("emissions_t", msg("Main pollutants"), msg("t"), Decimal("0.001"), lowers=True),
    Lever(GIVEN_UP, msg("Land given up"), _M2, _ONE, LeverKind.LAND),
    Lever(SPLIT_OFF, msg("Land split off and transferred"), _M2, _ONE, LeverKind.LAND),
    Lever(LEASED_OUT, msg("Land leased out"), _M2, _ONE, LeverKind.LAND),
    Lever("ratio_floor_m2", msg("Floor area that counts"), _M2, _ONE, LeverKind.BUILT),
    Lever("footprint_m2", msg("Covered land"), _M2, _ONE, LeverKind.BUILT),
    Lever("invested_wan", msg("Invested in plant and equipment"), _WAN, _FEN, LeverKind.BUILT),
)
LEVER_OF = {one.key: one for one in LEVERS}
