"""Functions of ours that SQL calls. Whatever an index rests on must never change its answer."""

from decimal import Decimal
from functools import lru_cache

from sqlcipher3 import dbapi2 as driver

from landsteward.domain.quantities import per_mu, rounded

_PLACES = 4


@lru_cache(maxsize=4096)
def chinese_order(text: str | None) -> bytes | None:
    """A key that puts names in the order people look them up in.

    In GB 18030 the 3 755 most common characters stand in the order of their pinyin, and Latin
    letters come before them; the rest follows by radical. Capitals count as small letters. An
    empty text is no name: NULL, which lists put last.
    """
    if not text:
        return None
    return text.casefold().encode("gb18030", "replace")


class DecimalSum:
    """An exact sum of decimals kept as text; NULL where there is nothing to add up."""

    def __init__(self) -> None:
        self._sum: Decimal | None = None

    def step(self, value: str | None) -> None:
        """Add one."""
        if value is not None:
            self._sum = Decimal(value) + (self._sum or 0)

    def finalize(self) -> str | None:
        """The sum as text."""
        return None if self._sum is None else f"{self._sum:f}"


def per_mu_text(amount: str, area_m2: str) -> str | None:
    """An amount per 亩 to four places, NULL where there is no land to divide by."""
    value = per_mu(Decimal(amount), Decimal(area_m2))
    return None if value is None else str(rounded(value, _PLACES))


def register(conn: driver.Connection) -> None:
    """Make these functions known to a connection."""
    conn.create_function("chinese_order", 1, chinese_order, deterministic=True)
    conn.create_function("per_mu", 2, per_mu_text, deterministic=True)
    conn.create_aggregate("decimal_sum", 1, DecimalSum)
