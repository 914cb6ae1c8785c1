"""What is limited on the parcel and agreed per mu, before and after: kept, short, or not known.

Which limit applies is `landsteward.domain.limits`' to say (contract > county > nation).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.indicators import FORMULA_OF, quotient
from landsteward.domain.limits import Applied, LimitOf, Limits
from landsteward.domain.predicates.building import (
    INDICATORS,
    NO_PRICE,
    investment_of,
    limit_of,
    value_of,
)
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.screening import Missing
from landsteward.domain.text import Message, msg
from landsteward.domain.what_if.position import Position

RATIO_TERMS = ("plot_ratio_low", "coefficient_low", "office_land_high")
INVESTMENT = "investment_wan_per_mu"
PROMISED = {"tax_wan_per_mu": "tax_per_mu", "revenue_wan_per_mu": "revenue_per_mu"}
"""Terms of the output contract, and the indicators they are about (plan item 13)."""


class Bounded(NamedTuple):
    """One limited value before and after. `limit` is that of afterwards; a signing or industry does
    not change, so it is that of before as well.
    """

    key: str
    at_least: bool
    before: Decimal | Missing
    after: Decimal | Missing
    limit: Applied | Missing

    def kept(self, value: Decimal | Missing) -> bool | None:
        """Whether a value keeps the limit; None where either is not known. At the limit it does."""
        if isinstance(value, Missing) or isinstance(self.limit, Missing):
            return None
        return value >= self.limit.value if self.at_least else value <= self.limit.value

    @property
    def newly_short(self) -> bool:
        """Kept before, and no longer."""
        return self.kept(self.after) is False and self.kept(self.before) is not False

    @property
    def newly_met(self) -> bool:
        """Short before, and kept now."""
        return self.kept(self.before) is False and self.kept(self.after) is True


BOUNDED_NAMES: dict[str, Message] = {
    "plot_ratio_min": msg("Plot ratio as built"),
    "coefficient_min": msg("Building coefficient"),
    "office_land_max": msg("Office and living land"),
    INVESTMENT: msg("Investment intensity"),
    "tax_wan_per_mu": msg("Tax per mu agreed"),
    "revenue_wan_per_mu": msg("Revenue per mu agreed"),
}
PERCENT = frozenset({"coefficient_min", "office_land_max"})


def bounded(before: Position, after: Position, limits: Limits) -> tuple[Bounded, ...]:
    """Every limited value of which something is known: a value, or a limit."""
    return tuple(
        one
        for one in _all(before, after, limits)
        if not (isinstance(one.after, Missing) and isinstance(one.limit, Missing))
    )


def _all(before: Position, after: Position, limits: Limits) -> Iterator[Bounded]:
    was, now = before.parcel, after.parcel
    if was is None or now is None:
        return
    for name in RATIO_TERMS:
        one = INDICATORS[name]
        yield Bounded(
            one.term,
            one.at_least,
            value_of(was, one),
            value_of(now, one),
            limit_of(now, limits, one.term),
        )
    limit = limit_of(now, limits, INVESTMENT)
    yield Bounded(
        INVESTMENT,
        True,
        _investment(investment_of(was), limit),
        _investment(investment_of(now), limit),
        limit,
    )
    output = now.output
    if output is None:
        return
    for term, metric in PROMISED.items():
        agreed: Decimal | None = getattr(output, term)
        values = _per_mu(before, metric), _per_mu(after, metric)
        if agreed is not None and None not in values:
            first, second = values
            assert first is not None
            assert second is not None
            yield Bounded(
                term, True, first, second, Applied(value=agreed, of=LimitOf.OUTPUT_CONTRACT)
            )


def _investment(
    found: tuple[Decimal, bool] | Missing, limit: Applied | Missing
) -> Decimal | Missing:
    """Without the price of the land only what is reached without it can be judged."""
    if isinstance(found, Missing):
        return found
    value, priced = found
    reached = isinstance(limit, Applied) and value >= limit.value
    return value if priced or reached else NO_PRICE


def _per_mu(position: Position, metric: str) -> Decimal | None:
    land = position.subject.land_m2
    if land is None:
        return None
    found = quotient(FORMULA_OF[metric], position.subject, m2_to_mu(land))
    if not found.known:
        return None
    assert found.part is not None
    assert found.whole is not None
    return found.part / found.whole
