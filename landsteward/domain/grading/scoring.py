"""Points and score of a unit, line by line; by which standards of its group.

Source: `domain.md` §2. (a) Σ value / baseline × weight, each ratio capped, with bonus points;
(b) Σ weight × [20 + 80 × (x − min) / (max − min)] / 100, with max = min guarded.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.exact import HUNDRED, NOTHING, QUOTIENTS, SUMS, sum_of, to_places
from landsteward.domain.grading.scheme import BaselineFrom, Group, Method, Missing, Scheme, Weighted
from landsteward.domain.grading.units import Unit
from landsteward.domain.gradings import Standard
from landsteward.domain.indicators import Quotient
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
        ranked = [one for one in units if one.scale is group.scale and not one.lacking]
        for one in group.indicators:
            known = [unit.quotients[one.metric] for unit in ranked]
            values = [unit.values[one.metric] for unit in ranked]
            found[group.scale, one.metric] = Standard(
                scale=group.scale,
                metric=one.metric,
                baseline=(
                    _baseline(one, known, values) if scheme.method is Method.BASELINE else None
                ),
                least=min(values, default=None),
                most=max(values, default=None),
            )
    return found


def _baseline(
    weighted: Weighted, known: Sequence[Quotient], values: Sequence[Decimal]
) -> Decimal | None:
    if weighted.baseline_from is BaselineFrom.GIVEN:
        return weighted.baseline
    if not known:
        return None
    if weighted.baseline_from is BaselineFrom.MEAN:
        return QUOTIENTS.divide(sum_of(values), Decimal(len(values)))
    part = sum_of(one.part for one in known if one.part is not None)
    whole = sum_of(one.whole for one in known if one.whole is not None)
    if known[0].formula.percent:
        part = SUMS.multiply(part, HUNDRED)
    return QUOTIENTS.divide(part, whole)


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
    if scheme.method is Method.BASELINE:
        ratio = counted = _to_baseline(value, standard)
        if counted is not None:
            if weighted.cap is not None:
                counted = min(counted, weighted.cap)
            if weighted.floor is not None:
                counted = max(counted, weighted.floor)
        share = counted if counted is not None else NOTHING
    else:
        ratio = counted = _in_range(value, standard)
        spread = scheme.spread
        percent = (
            spread.all_equal
            if ratio is None
            else SUMS.add(spread.base, SUMS.multiply(spread.span, ratio))
        )
        share = SUMS.divide(percent, HUNDRED)
    points = to_places(SUMS.multiply(weighted.weight, share), scheme.places.points)
    quotient = unit.quotients[weighted.metric]
    return Step(weighted, quotient, value, standard, ratio, counted, points, stood_in)


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
