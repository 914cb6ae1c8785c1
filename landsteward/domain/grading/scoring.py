"""Points and score of a unit, line by line; by which standards of its group.

Source: `domain.md` §2. (a) Σ value / baseline × weight, each ratio capped, with bonus points;
(b) Σ weight × [20 + 80 × (x − min) / (max − min)] / 100, with max = min guarded.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.exact import HUNDRED, NOTHING, QUOTIENTS, SUMS, sum_of, to_places
from landsteward.domain.grading.scheme import Group, Method, Missing, Scheme, Weighted
from landsteward.domain.grading.tallies import standard_of, tally_of
from landsteward.domain.grading.units import Unit
from landsteward.domain.gradings import Standard
from landsteward.domain.indicators import FORMULA_OF, Quotient
from landsteward.domain.states import Scale


class Step(NamedTuple):
    """One line of a score: from the value over what it was held against to its points.

    `ratio` is value over baseline, or (value − least) over (most − least); None where there is
    none to take (no baseline above zero, or all equal). `counted` is the ratio after cap and floor.
    `stood_in`: the value is the group's lowest, because the unit has none of its own.
    """

    weighted: Weighted
    quotient: Quotient
    value: Decimal
    standard: Standard
    ratio: Decimal | None
    counted: Decimal | None
    points: Decimal
    stood_in: bool


class Score(NamedTuple):
    """The lines, what they add up to, what was added by hand, and the score."""

    steps: tuple[Step, ...]
    points: Decimal
    bonus: Decimal
    total: Decimal


Standards = Mapping[tuple[Scale, str], Standard]


def standards_of(scheme: Scheme, units: Sequence[Unit]) -> Standards:
    """What each indicator of each group is held against: by those who have all their figures."""
    found: dict[tuple[Scale, str], Standard] = {}
    for group in scheme.groups:
        ranked = [one for one in units if one.scale is group.scale]
        for one in group.indicators:
            found[group.scale, one.metric] = standard_of(
                scheme,
                group.scale,
                one,
                tally_of(one.metric, ranked),
                percent=FORMULA_OF[one.metric].percent,
            )
    return found


def can_be_scored(scheme: Scheme, unit: Unit, standards: Standards) -> bool:
    """Whether it has all it needs; where the scheme lets the lowest value stand in, the others must
    have one.
    """
    if unit.scale is None:
        return False
    if not unit.lacking:
        return True
    if scheme.missing is not Missing.LOWEST:
        return False
    return all(
        one.metric in unit.values or standards[unit.scale, one.metric].least is not None
        for one in scheme.group(unit.scale).indicators
    )


def score(scheme: Scheme, unit: Unit, standards: Standards, bonus: Decimal) -> Score:
    """The score of a unit that can be scored. `bonus` is what was added by hand, unbounded."""
    assert unit.scale is not None, "a unit of no group cannot be scored"
    group: Group = scheme.group(unit.scale)
    steps = tuple(
        _step(scheme, one, unit, standards[unit.scale, one.metric]) for one in group.indicators
    )
    points = sum_of(one.points for one in steps)
    added = bounded(scheme, bonus)
    total = to_places(SUMS.add(points, added), scheme.places.score)
    return Score(steps, points, added, total)


def bounded(scheme: Scheme, bonus: Decimal) -> Decimal:
    """What is added by hand, within what the scheme allows."""
    if scheme.bonus_least is not None:
        bonus = max(bonus, scheme.bonus_least)
    if scheme.bonus_most is not None:
        bonus = min(bonus, scheme.bonus_most)
    return bonus


def _step(scheme: Scheme, weighted: Weighted, unit: Unit, standard: Standard) -> Step:
    value = unit.values.get(weighted.metric)
    stood_in = value is None
    if value is None:
        assert standard.least is not None, "a unit that cannot be scored"
        value = standard.least
    ratio, counted, share = share_of(scheme, weighted, value, standard)
    points = to_places(SUMS.multiply(weighted.weight, share), scheme.places.points)
    quotient = unit.quotients[weighted.metric]
    return Step(weighted, quotient, value, standard, ratio, counted, points, stood_in)


def share_of(
    scheme: Scheme, weighted: Weighted, value: Decimal, standard: Standard
) -> tuple[Decimal | None, Decimal | None, Decimal]:
    """The ratio, the ratio as it counts, and which share of its weight a value is worth."""
    if scheme.method is Method.BASELINE:
        ratio = counted = _to_baseline(value, standard)
        if counted is not None:
            if weighted.cap is not None:
                counted = min(counted, weighted.cap)
            if weighted.floor is not None:
                counted = max(counted, weighted.floor)
        return ratio, counted, counted if counted is not None else NOTHING
    ratio = _in_range(value, standard)
    spread = scheme.spread
    percent = (
        spread.all_equal
        if ratio is None
        else SUMS.add(spread.base, SUMS.multiply(spread.span, ratio))
    )
    return ratio, ratio, SUMS.divide(percent, HUNDRED)


def _to_baseline(value: Decimal, standard: Standard) -> Decimal | None:
    if standard.baseline is None or standard.baseline <= 0:
        return None
    return QUOTIENTS.divide(value, standard.baseline)


def _in_range(value: Decimal, standard: Standard) -> Decimal | None:
    assert standard.least is not None, "a group of nobody"
    assert standard.most is not None, "a group of nobody"
    if standard.most == standard.least:
        return None
    return QUOTIENTS.divide(
        SUMS.subtract(value, standard.least), SUMS.subtract(standard.most, standard.least)
    )
