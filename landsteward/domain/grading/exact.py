"""The arithmetic of scores: quotients to 34 digits and sums to 96, so that a score does not depend
on the order of the enterprises.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal

from landsteward.domain.quantities import rounded

QUOTIENTS = Context(prec=34, rounding=ROUND_HALF_EVEN)
SUMS = Context(prec=96, rounding=ROUND_HALF_EVEN)
NOTHING = Decimal(0)
HUNDRED = Decimal(100)


def sum_of(values: Iterable[Decimal]) -> Decimal:
    """All of them together."""
    total = NOTHING
    for one in values:
        total = SUMS.add(total, one)
    return total


def to_places(value: Decimal, places: int | None) -> Decimal:
    """四舍五入 to so many places; None: exact."""
    return value if places is None else rounded(value, places)
