"""The field of a grading seen from one enterprise: where it would stand if its figures were others.

The same as grading everybody anew (`landsteward.domain.grading.ranking.work_out`), without doing
it. The others' scores are sorted once. What moves them is one thing alone: what they are held
against, since this enterprise is part of the group's total, mean, least or most. By how much that
can move a score at most is worked out at the ends of the stretches on which points are linear in
the value; who is further away than that needs no second look, the few in between are scored anew.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from landsteward.domain.grading.exact import SUMS
from landsteward.domain.grading.ranking import (
    Standing,
    bonus_of,
    bounds,
    by_enterprise,
    grade_at,
    marks_of,
    standing,
    unranked,
)
from landsteward.domain.grading.scheme import Method, Scheme, Weighted
from landsteward.domain.grading.scoring import (
    Standards,
    can_be_scored,
    score,
    share_of,
    standards_of,
)
from landsteward.domain.grading.tallies import Tally, standard_of, tally_of
from landsteward.domain.grading.units import Unit, units_of
from landsteward.domain.gradings import GradingMark, GradingSubject, Standard
from landsteward.domain.indicators import FORMULA_OF
from landsteward.domain.states import Scale

_NOTHING = Decimal(0)
_LAST_DIGITS = Decimal("1e-20")
"""More than 34-digit quotients can be off by, less than any score tells apart."""


class Placed(NamedTuple):
    """Where somebody would stand, and what everybody would be held against."""

    standing: Standing
    standards: Standards


@dataclass(frozen=True, slots=True)
class _Others:
    """The others of a group, those who are ranked by rising score; `tallies` by indicator.

    `ends` are the least and the most of the ranked by indicator, also of those who lack another
    figure. `stood_in` are the indicators of which one of the ranked has no value of his own.
    """

    scale: Scale
    totals: Sequence[Decimal]
    ranked: Sequence[tuple[Unit, Decimal]]
    unscored: Sequence[tuple[Unit, Decimal]]
    tallies: Mapping[str, Tally]
    base: Standards
    ends: Mapping[str, tuple[Decimal, Decimal]]
    stood_in: frozenset[str]


class Field:
    """All of a run but one unit, to which `place` gives its rank."""

    def __init__(
        self,
        scheme: Scheme,
        subjects: Iterable[GradingSubject],
        marks: Iterable[GradingMark],
        enterprise_id: str,
    ) -> None:
        """Raises LookupError where the enterprise is not in the run."""
        self.scheme = scheme
        self._given = by_enterprise(marks)
        units = units_of(scheme, subjects)
        own = next(
            (one for one in units if any(m.enterprise_id == enterprise_id for m in one.members)),
            None,
        )
        if own is None:
            raise LookupError(enterprise_id)
        self.own = own
        self.subject = next(one for one in own.members if one.enterprise_id == enterprise_id)
        self._bonus = bonus_of(marks_of(own, self._given))
        base = standards_of(scheme, units)
        others = [one for one in units if one is not own]
        self._groups = {
            group.scale: self._others(
                group.scale, [one for one in others if one.scale is group.scale], base
            )
            for group in scheme.groups
        }

    def _others(self, scale: Scale, units: Sequence[Unit], base: Standards) -> _Others:
        scheme = self.scheme
        scored: list[tuple[Decimal, Unit, Decimal]] = []
        unscored: list[tuple[Unit, Decimal]] = []
        for unit in units:
            bonus = bonus_of(marks_of(unit, self._given))
            if can_be_scored(scheme, unit, base):
                scored.append((score(scheme, unit, base, bonus).total, unit, bonus))
            else:
                unscored.append((unit, bonus))
        scored.sort(key=lambda one: one[0])
        metrics = [one.metric for one in scheme.group(scale).indicators]
        return _Others(
            scale=scale,
            totals=[total for total, _unit, _bonus in scored],
            ranked=[(unit, bonus) for _total, unit, bonus in scored],
            unscored=unscored,
            tallies={metric: tally_of(metric, units) for metric in metrics},
            base=base,
            ends={metric: _ends(metric, scored) for metric in metrics},
            stood_in=frozenset(
                metric
                for metric in metrics
                for _total, unit, _bonus in scored
                if unit.lacking and metric not in unit.values
            ),
        )

    # Asked often

    def unit(self, subject: GradingSubject) -> Unit:
        """The unit with the subject as it would be in place of what it is."""
        members = [
            subject if one.enterprise_id == subject.enterprise_id else one
            for one in self.own.members
        ]
        (found,) = units_of(self.scheme, members)
        return found

    def place(self, unit: Unit) -> Placed:
        """Where the unit would stand among the others as they are."""
        if unit.scale is None:
            return Placed(unranked(self.scheme, unit, self._given), {})
        others = self._groups[unit.scale]
        standards = self._standards(others, unit)
        if not can_be_scored(self.scheme, unit, standards):
            return Placed(unranked(self.scheme, unit, self._given), standards)
        found = score(self.scheme, unit, standards, self._bonus)
        above, tied, count = self._compared(others, standards, found.total)
        ends = bounds(self.scheme, count + 1)
        grades = (
            grade_at(self.scheme, ends, above + 1),
            grade_at(self.scheme, ends, above + tied + 1),
        )
        return Placed(
            standing(
                self.scheme,
                unit,
                found,
                self._given,
                rank=above + 1,
                of=count + 1,
                tied=tied,
                grades=grades,
            ),
            standards,
        )

    def most(self, figure: str) -> Decimal:
        """The largest such figure among the others of its group, nothing where there is none."""
        group = self._groups.get(self.own.scale) if self.own.scale is not None else None
        if group is None:
            return _NOTHING
        return max(
            (
                value
                for unit, _bonus in group.ranked
                for one in unit.members
                if (value := getattr(one, figure)) is not None
            ),
            default=_NOTHING,
        )

    def _standards(self, others: _Others, unit: Unit) -> Standards:
        found: dict[tuple[Scale, str], Standard] = {}
        for one in self.scheme.group(others.scale).indicators:
            tally = others.tallies[one.metric]
            if not unit.lacking:
                tally = tally.and_also(unit.quotients[one.metric], unit.values[one.metric])
            found[others.scale, one.metric] = standard_of(
                self.scheme,
                others.scale,
                one,
                tally,
                percent=FORMULA_OF[one.metric].percent,
            )
        return found

    def _compared(
        self, others: _Others, standards: Standards, total: Decimal
    ) -> tuple[int, int, int]:
        """How many of the others have more, as much, and how many are ranked."""
        group = self.scheme.group(others.scale)
        if not others.tallies[group.indicators[0].metric].ranked:
            return self._one_by_one(others, standards, total)
        down, up = self._moved(others, standards)
        first = bisect_left(others.totals, SUMS.subtract(total, up))
        last = bisect_right(others.totals, SUMS.subtract(total, down), lo=first)
        above, tied = len(others.totals) - last, 0
        if down == up == 0:
            return above, last - first, len(others.totals)
        for unit, bonus in others.ranked[first:last]:
            theirs = score(self.scheme, unit, standards, bonus).total
            above += theirs > total
            tied += theirs == total
        return above, tied, len(others.totals)

    def _one_by_one(
        self, others: _Others, standards: Standards, total: Decimal
    ) -> tuple[int, int, int]:
        """Where none of the others has all figures: who can be scored goes by this one's values."""
        found = [
            score(self.scheme, unit, standards, bonus).total
            for unit, bonus in (*others.ranked, *others.unscored)
            if can_be_scored(self.scheme, unit, standards)
        ]
        return sum(one > total for one in found), found.count(total), len(found)

    def _moved(self, others: _Others, standards: Standards) -> tuple[Decimal, Decimal]:
        """By how much the scores of the others change at least and at most (may be below zero)."""
        scheme, places = self.scheme, self.scheme.places
        down = up = slack = _NOTHING
        for one in scheme.group(others.scale).indicators:
            key = (others.scale, one.metric)
            was, now = others.base[key], standards[key]
            if was == now:
                continue
            changes = [
                SUMS.multiply(one.weight, SUMS.subtract(later, sooner))
                for sooner, later in self._shares(one, others, was, now)
            ]
            down, up = SUMS.add(down, min(changes)), SUMS.add(up, max(changes))
            slack += _LAST_DIGITS + (_unit(places.points))
        if not slack:
            return _NOTHING, _NOTHING
        slack += _unit(places.score)
        return SUMS.subtract(down, slack), SUMS.add(up, slack)

    def _shares(
        self, one: Weighted, others: _Others, was: Standard, now: Standard
    ) -> Iterator[tuple[Decimal, Decimal]]:
        """The share of its weight before and after, for every value at which the difference may be
        the least or the most: between two of these both are linear.
        """
        scheme, (least, most) = self.scheme, others.ends[one.metric]
        values = {least, most}
        if scheme.method is Method.BASELINE:
            bends = (
                SUMS.multiply(bound, standard.baseline)
                for standard in (was, now)
                if standard.baseline is not None
                for bound in (one.cap, one.floor)
                if bound is not None
            )
            values |= {bend for bend in bends if least < bend < most}
        for value in values:
            yield (
                share_of(scheme, one, value, was)[2],
                share_of(scheme, one, value, now)[2],
            )
        if one.metric in others.stood_in and was.least is not None and now.least is not None:
            yield (
                share_of(scheme, one, was.least, was)[2],
                share_of(scheme, one, now.least, now)[2],
            )


def _ends(metric: str, scored: Iterable[tuple[Decimal, Unit, Decimal]]) -> tuple[Decimal, Decimal]:
    """The least and the most of an indicator; of nobody, nothing."""
    values = [unit.values[metric] for _total, unit, _bonus in scored if metric in unit.values]
    return min(values, default=_NOTHING), max(values, default=_NOTHING)


def _unit(places: int | None) -> Decimal:
    """One in the last place: two roundings differ by no more than that."""
    return _NOTHING if places is None else Decimal(1).scaleb(-places)
