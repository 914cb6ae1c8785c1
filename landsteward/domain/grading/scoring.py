"""Points and score of a unit, line by line; by which standards of its group.

Source: `domain.md` §2. (a) Σ value / baseline × weight, each ratio capped, with bonus points;
(b) Σ weight × [20 + 80 × (x − min) / (max − min)] / 100, with max = min guarded.

Quotients are taken to 34 digits and sums to 96, so that a score does not depend on the order of
the enterprises.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

from landsteward.domain.grading.records import Standard
from landsteward.domain.grading.scheme import BaselineFrom, Group, Method, Missing, Scheme, Weighted
from landsteward.domain.grading.units import Unit
from landsteward.domain.indicators import Indicator
from landsteward.domain.quantities import rounded
from landsteward.domain.states import Scale

_QUOTIENTS = Context(prec=34, rounding=ROUND_HALF_EVEN)
_SUMS = Context(prec=96, rounding=ROUND_HALF_EVEN)
_NOTHING = Decimal(0)
_HUNDRED = Decimal(100)


class Step(NamedTuple):
    """One line of a score: from the value over what it was held against to its points.

    `ratio` is value over baseline, or (value − least) over (most − least); None where there is
    none to take (no baseline above zero, or all equal). `counted` is the ratio after cap and floor.
    `stood_in`: the value is the group's lowest, because the unit has none of its own.
    """

    weighted: Weighted
    indicator: Indicator
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
            known = [unit.indicators[one.metric] for unit in ranked]
            values = [_value(scheme, indicator) for indicator in known]
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
    weighted: Weighted, known: Sequence[Indicator], values: Sequence[Decimal]
) -> Decimal | None:
    if weighted.baseline_from is BaselineFrom.GIVEN:
        return weighted.baseline
    if not known:
        return None
    if weighted.baseline_from is BaselineFrom.MEAN:
        return _QUOTIENTS.divide(_sum(values), Decimal(len(values)))
    part = _sum(one.part for one in known if one.part is not None)
    whole = _sum(one.whole for one in known if one.whole is not None)
    if known[0].formula.percent:
        part = _SUMS.multiply(part, _HUNDRED)
    return _QUOTIENTS.divide(part, whole)


def _sum(values: Iterable[Decimal]) -> Decimal:
    total = _NOTHING
    for one in values:
        total = _SUMS.add(total, one)
    return total


def _value(scheme: Scheme, indicator: Indicator) -> Decimal:
    """The value as it counts: rounded where the scheme says so."""
    assert indicator.part is not None, "an indicator that could not be computed"
    assert indicator.whole is not None, "an indicator that could not be computed"
    part = indicator.part
    if indicator.formula.percent:
        part = _SUMS.multiply(part, _HUNDRED)
    return _places(_QUOTIENTS.divide(part, indicator.whole), scheme.places.value)


def _places(value: Decimal, places: int | None) -> Decimal:
    return value if places is None else rounded(value, places)


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
        unit.indicators[one.metric].value is not None
        or standards[unit.scale, one.metric].least is not None
        for one in scheme.group(unit.scale).indicators
    )


def score(scheme: Scheme, unit: Unit, standards: Standards, bonus: Decimal) -> Score:
    """The score of a unit that can be scored. `bonus` is what was added by hand, unbounded."""
    assert unit.scale is not None, "a unit of no group cannot be scored"
    group: Group = scheme.group(unit.scale)
    steps = tuple(
        _step(scheme, one, unit.indicators[one.metric], standards[unit.scale, one.metric])
        for one in group.indicators
    )
    points = _sum(one.points for one in steps)
    added = bounded(scheme, bonus)
    total = _places(_SUMS.add(points, added), scheme.places.score)
    return Score(steps, points, added, total)


def bounded(scheme: Scheme, bonus: Decimal) -> Decimal:
    """What is added by hand, within what the scheme allows."""
    if scheme.bonus_least is not None:
        bonus = max(bonus, scheme.bonus_least)
    if scheme.bonus_most is not None:
        bonus = min(bonus, scheme.bonus_most)
    return bonus


def _step(scheme: Scheme, weighted: Weighted, indicator: Indicator, standard: Standard) -> Step:
    stood_in = indicator.value is None
    if stood_in:
        assert standard.least is not None, "a unit that cannot be scored"
        value = standard.least
    else:
        value = _value(scheme, indicator)
    if scheme.method is Method.BASELINE:
        ratio = counted = _to_baseline(value, standard)
        if counted is not None:
            if weighted.cap is not None:
                counted = min(counted, weighted.cap)
            if weighted.floor is not None:
                counted = max(counted, weighted.floor)
        share = counted if counted is not None else _NOTHING
    else:
        ratio = counted = _in_range(value, standard)
        spread = scheme.spread
        percent = (
            spread.all_equal
            if ratio is None
            else _SUMS.add(spread.base, _SUMS.multiply(spread.span, ratio))
        )
        share = _SUMS.divide(percent, _HUNDRED)
    points = _places(_SUMS.multiply(weighted.weight, share), scheme.places.points)
    return Step(weighted, indicator, value, standard, ratio, counted, points, stood_in)


def _to_baseline(value: Decimal, standard: Standard) -> Decimal | None:
    if standard.baseline is None or standard.baseline <= 0:
        return None
    return _QUOTIENTS.divide(value, standard.baseline)


def _in_range(value: Decimal, standard: Standard) -> Decimal | None:
    assert standard.least is not None, "a group of nobody"
    assert standard.most is not None, "a group of nobody"
    if standard.most == standard.least:
        return None
    return _QUOTIENTS.divide(
        _SUMS.subtract(value, standard.least), _SUMS.subtract(standard.most, standard.least)
    )
