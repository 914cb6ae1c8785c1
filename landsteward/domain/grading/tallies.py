"""What the values of a group add up to: enough to say what each indicator is held against, with
one more or one less, without going through the group again.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.exact import HUNDRED, NOTHING, QUOTIENTS, SUMS
from landsteward.domain.grading.scheme import BaselineFrom, Method, Scheme, Weighted
from landsteward.domain.grading.units import Unit
from landsteward.domain.gradings import Standard
from landsteward.domain.indicators import Quotient
from landsteward.domain.states import Scale


class Tally(NamedTuple):
    """Of one indicator, over those who have all their figures: how many, the sums of what its
    values are made of and of the values, the least and the most of these.
    """

    ranked: int = 0
    part: Decimal = NOTHING
    whole: Decimal = NOTHING
    values: Decimal = NOTHING
    least: Decimal | None = None
    most: Decimal | None = None

    def and_also(self, quotient: Quotient, value: Decimal) -> "Tally":
        """With one more."""
        assert quotient.part is not None, "an indicator that has no value"
        assert quotient.whole is not None, "an indicator that has no value"
        return Tally(
            self.ranked + 1,
            SUMS.add(self.part, quotient.part),
            SUMS.add(self.whole, quotient.whole),
            SUMS.add(self.values, value),
            value if self.least is None else min(self.least, value),
            value if self.most is None else max(self.most, value),
        )


def tally_of(metric: str, units: Iterable[Unit]) -> Tally:
    """Of one indicator, over units of one group; who lacks a figure does not count."""
    count, part, whole, values = 0, NOTHING, NOTHING, NOTHING
    least: Decimal | None = None
    most: Decimal | None = None
    for unit in units:
        if unit.lacking:
            continue
        quotient, value = unit.quotients[metric], unit.values[metric]
        assert quotient.part is not None, "an indicator that has no value"
        assert quotient.whole is not None, "an indicator that has no value"
        count += 1
        part = SUMS.add(part, quotient.part)
        whole = SUMS.add(whole, quotient.whole)
        values = SUMS.add(values, value)
        if least is None or value < least:
            least = value
        if most is None or value > most:
            most = value
    return Tally(count, part, whole, values, least, most)


def standard_of(
    scheme: Scheme, scale: Scale, weighted: Weighted, tally: Tally, *, percent: bool
) -> Standard:
    """What an indicator of a group is held against; `percent`: its values are."""
    baseline = None
    if scheme.method is Method.BASELINE:
        baseline = _baseline(weighted, tally, percent=percent)
    return Standard(
        scale=scale,
        metric=weighted.metric,
        baseline=baseline,
        least=tally.least,
        most=tally.most,
    )


def _baseline(weighted: Weighted, tally: Tally, *, percent: bool) -> Decimal | None:
    if weighted.baseline_from is BaselineFrom.GIVEN:
        return weighted.baseline
    if not tally.ranked:
        return None
    if weighted.baseline_from is BaselineFrom.MEAN:
        return QUOTIENTS.divide(tally.values, Decimal(tally.ranked))
    part = SUMS.multiply(tally.part, HUNDRED) if percent else tally.part
    return QUOTIENTS.divide(part, tally.whole)
