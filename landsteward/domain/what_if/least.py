"""The least that lifts an enterprise to a grade: by one lever, or by two together.

A lever is tried in whole steps of its own (`Lever.step`), so the answer is exact: at it the grade
is reached, one step before it is not. Where more of the lever is never worse, halving finds it.
Revenue may be both above and below the line (R&D intensity falls as it rises): then stretches are
left aside in which not even the best of both ends reaches the grade.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import NamedTuple

from landsteward.domain.grading.ranking import Standing, bounds
from landsteward.domain.grading.reasons import because
from landsteward.domain.grading.scheme import Method, ScaleBy
from landsteward.domain.grading.units import Unit
from landsteward.domain.indicators import FORMULA_OF, Formula
from landsteward.domain.quantities import mu_to_m2, shown
from landsteward.domain.states import Scale
from landsteward.domain.text import Bilingual, Message, msg
from landsteward.domain.what_if.field import Field
from landsteward.domain.what_if.levers import LEVER_OF, LEVERS, Lever, LeverKind
from landsteward.domain.what_if.outlook import in_scope
from landsteward.domain.what_if.position import (
    ChangeRefusedError,
    Changes,
    Position,
    changed,
    most_land,
)

MOST_TIMES = 100
"""A figure is tried up to so many times the largest there is in the group."""
_TRIES = 4000
"""Where a lever works both ways: how often it is looked before it is said to be undecided."""


class Least(NamedTuple):
    """The least of a lever for a grade, or why there is none.

    `value` is what the lever is set to, None where the grade is not reached; `change` is how much
    that is more (or less) than now. `already`: the grade is reached without it. `rank`, `of` and
    `score` are those at `value`, and where it is not reached those at the furthest that was tried.
    """

    lever: str
    grade: str
    value: Decimal | None
    change: Decimal | None = None
    already: bool = False
    why: Message | None = None
    score: Decimal | None = None
    rank: int | None = None
    of: int = 0


class Pair(NamedTuple):
    """So much of one lever, and the least of another beside it."""

    first: Decimal
    second: Least


class _Search:
    """One lever against one grade, all other changes as they are."""

    def __init__(
        self, field: Field, position: Position, changes: Changes, lever: Lever, grade: str
    ) -> None:
        self.field, self.position, self.lever, self.grade = field, position, lever, grade
        self.others = {key: value for key, value in changes.items() if key != lever.key}
        self.wanted = field.scheme.grades.index(grade)
        self.tried: dict[Decimal, Standing | None] = {}

    def standing(self, value: Decimal) -> Standing | None:
        """Where it stands with the lever at a value; None where that cannot be or is not graded."""
        if value not in self.tried:
            self.tried[value] = self._at(value)
        return self.tried[value]

    def _at(self, value: Decimal) -> Standing | None:
        found = self._unit(value)
        return None if found is None else self.field.place(found).standing

    def _unit(self, value: Decimal) -> Unit | None:
        try:
            after = changed(
                self.position, {**self.others, self.lever.key: value}, self.field.scheme.scope
            )
        except ChangeRefusedError:
            return None
        return self.field.unit(after.subject) if in_scope(self.field, after) else None

    def as_it_is(self) -> Standing:
        """Without the lever."""
        after = changed(self.position, self.others, self.field.scheme.scope)
        return self.field.place(self.field.unit(after.subject)).standing

    def reached(self, value: Decimal) -> bool:
        """Whether the grade is reached with the lever at a value."""
        return self.good(self.standing(value))

    def good(self, standing: Standing | None) -> bool:
        """Whether somebody who stands there has the grade."""
        if standing is None or standing.grade is None:
            return False
        return self.field.scheme.grades.index(standing.grade) <= self.wanted

    def hopeful(self, near: Decimal, far: Decimal) -> bool:
        """Whether the grade would be reached if every indicator stood as well as it does anywhere
        between the two values.
        """
        one, other = self._unit(near), self._unit(far)
        if one is None or other is None or one.scale is None or one.scale is not other.scale:
            return True
        rising = {key for key in one.quotients if self.lever.part_of(FORMULA_OF[key])}
        best = one._replace(
            quotients={**one.quotients, **{key: other.quotients[key] for key in rising}},
            values={
                **one.values,
                **{key: other.values[key] for key in rising if key in other.values},
            },
        )
        return self.good(self.field.place(best).standing)


def least(field: Field, position: Position, changes: Changes, lever_key: str, grade: str) -> Least:
    """The least of a lever that gives the grade, beside the other changes."""
    lever = LEVER_OF[lever_key]
    search = _Search(field, position, changes, lever, grade)
    now = search.as_it_is()
    if search.good(now):
        return _answer(search, now, None, already=True)
    if (why := _never(search, now)) is not None:
        return _answer(search, now, None, why=why)
    start = position.value(lever_key)
    if start is None:
        return _answer(search, now, None, why=msg("it is not on record"))
    first, last = _ends(search, start)
    if lever.lowers:
        first, last = -first, -last
    if first > last:
        return _answer(search, now, None, why=msg("there is nothing left of it"))
    number = _first(search, first, last)
    if number is None:
        value = _value(lever, last)
        at = search.standing(value)
        return _answer(search, at or now, None, why=_not_even(search, value, at))
    value = _value(lever, number)
    reached = search.standing(value)
    assert reached is not None, "a grade that was reached"
    return _answer(search, reached, value, change=value - start)


def pairs(
    field: Field,
    position: Position,
    changes: Changes,
    levers: tuple[str, str],
    grade: str,
    *,
    rows: int = 5,
) -> tuple[Pair, ...]:
    """So much of the first lever, and the least of the second beside it: from none of the first to
    as much as is enough by itself (where it never is: twice what there is, or half the land).
    """
    first, second = LEVER_OF[levers[0]], levers[1]
    start = position.value(first.key)
    if start is None:
        return ()
    alone = least(field, position, changes, first.key, grade)
    end = alone.value if alone.value is not None else _far(position, changes, first, start)
    found: list[Pair] = []
    for number in range(rows):
        share = start + (end - start) * number / (rows - 1)
        rounding = ROUND_FLOOR if end < start else ROUND_CEILING
        value = start if not number else _on_step(share, first.step, rounding)
        beside = {**changes, first.key: value}
        found.append(Pair(value, least(field, position, beside, second, grade)))
    return tuple(found)


def affects(field: Field, lever: Lever, scale: Scale | None) -> tuple[Formula, ...]:
    """The counting indicators of a group that a lever moves."""
    if scale is None:
        return ()
    formulas = (FORMULA_OF[one.metric] for one in field.scheme.group(scale).indicators)
    return tuple(one for one in formulas if lever.moves(one))


def graded_levers(field: Field, position: Position) -> tuple[Lever, ...]:
    """The levers that can move the score at all."""
    return tuple(one for one in LEVERS if affects(field, one, position.subject.scale))


# How far a lever goes: in whole steps


def _value(lever: Lever, number: int) -> Decimal:
    return abs(number) * lever.step


def _on_step(value: Decimal, step: Decimal, rounding: str) -> Decimal:
    return (value / step).to_integral_value(rounding=rounding) * step


def _ends(search: _Search, start: Decimal) -> tuple[int, int]:
    """The first and the last step that are tried, from where it is now on."""
    lever, position, scope = search.lever, search.position, search.field.scheme.scope
    begin = int(
        (start / lever.step).to_integral_value(
            rounding=ROUND_FLOOR if lever.lowers else ROUND_CEILING
        )
    )
    if lever.lowers:
        return begin, 1
    if lever.kind is LeverKind.LAND:
        most = most_land(position, lever.key, search.others)
        assert most is not None, "land that is not on record"
        land = position.subject.land_m2
        assert land is not None, "land that is not on record"
        own = changed(position, search.others, scope).subject
        assert own.land_m2 is not None, "land that is not on record"
        stays = lever.step
        if own.scale is not Scale.ABOVE and not own.together:
            stays = mu_to_m2(scope.below_least_mu)
        return begin, int(min(most, own.land_m2 - stays) // lever.step)
    most = max(start, search.field.most(lever.key), lever.step) * MOST_TIMES
    if lever.key == "revenue_wan" and scope.scale_by is ScaleBy.REVENUE:
        # Beyond it, it would be ranked in the other group: another question.
        below = scope.threshold_wan - lever.step
        if start <= below:
            most = min(most, below)
    return begin, int(most // lever.step)


def _far(position: Position, changes: Changes, lever: Lever, start: Decimal) -> Decimal:
    if lever.kind is LeverKind.LAND:
        return _on_step(
            (most_land(position, lever.key, changes) or Decimal(0)) / 2, lever.step, ROUND_FLOOR
        )
    return start / 2 if lever.lowers else start * 2


# The search


def _first(search: _Search, first: int, last: int) -> int | None:
    """The first step from `first` to `last` at which the grade is reached; None where at none."""
    scale = search.as_it_is().unit.scale
    formulas = affects(search.field, search.lever, scale)
    rising = any(search.lever.part_of(one) for one in formulas)
    falling = any(search.lever.whole_of(one) for one in formulas)
    if rising and falling:
        return _first_of_both(search, first, last)
    if not search.reached(_value(search.lever, last)):
        return None
    low, high = first - 1, last
    while high - low > 1:
        middle = (low + high) // 2
        if search.reached(_value(search.lever, middle)):
            high = middle
        else:
            low = middle
    return high


def _first_of_both(search: _Search, first: int, last: int) -> int | None:
    """The same where indicators go both ways: the nearest stretches are looked through first."""
    waiting = [(first, last)]
    tries = 0
    while waiting:
        low, high = waiting.pop()
        tries += 1
        if tries > _TRIES:
            return None
        if not search.hopeful(_value(search.lever, low), _value(search.lever, high)):
            continue
        if low == high:
            if search.reached(_value(search.lever, low)):
                return low
            continue
        middle = (low + high) // 2
        waiting += [(middle + 1, high), (low, middle)]
    return None


# Why not


def _never(search: _Search, now: Standing) -> Message | None:
    """What stands against the grade whatever the lever does."""
    scheme, lever = search.field.scheme, search.lever
    for key in now.vetoes:
        veto = scheme.veto(key)
        assert veto is not None, "a veto that holds is in the scheme"
        if scheme.grades.index(veto.at_most) > search.wanted:
            return msg(
                "{veto}: at most {grade}",
                veto=Bilingual(veto.name, veto.name_en),
                grade=veto.at_most,
            )
    if now.score is not None and not bounds(scheme, now.of)[search.wanted]:
        return msg(
            "the shares leave no place for {grade} among {count}",
            grade=search.grade,
            count=now.of,
        )
    formulas = affects(search.field, lever, now.unit.scale)
    if not formulas:
        return msg("it does not count in this group's score")
    if (
        not lever.lowers
        and lever.kind is LeverKind.FIGURE
        and not any(lever.part_of(one) for one in formulas)
    ):
        return msg("more of it lowers the score")
    if lever.kind is LeverKind.LAND and search.position.subject.land_m2 is None:
        return msg("its land is not on record")
    return None


def _not_even(search: _Search, value: Decimal, at: Standing | None) -> Message:
    """Why the grade is not reached at the furthest value."""
    if at is None:
        return msg("so much cannot be")
    if at.score is None:
        return because(at.unit.lacking) or msg("it cannot be scored")
    scheme = search.field.scheme
    needed = bounds(scheme, at.of)[search.wanted]
    moved = {one.key for one in affects(search.field, search.lever, at.unit.scale)}
    steps = [one for one in at.score.steps if one.weighted.metric in moved]
    place = msg("rank {rank}, {needed} needed", rank=at.rank, needed=needed)
    gains = [one for one in steps if _gains(search.lever, one.weighted.metric)]
    if (
        scheme.method is Method.BASELINE
        and gains
        and all(one.weighted.cap is not None and one.counted == one.weighted.cap for one in gains)
    ):
        caps = sorted({one.weighted.cap for one in gains if one.weighted.cap is not None})
        return msg(
            "capped at {cap} times the baseline: {place}",
            cap=" / ".join(f"{cap.normalize():f}" for cap in caps),
            place=place,
        )
    if scheme.method is Method.RANGE and gains and all(one.ratio == 1 for one in gains):
        return msg("already the best of the group in it: {place}", place=place)
    return msg(
        "not even with {value} ({unit}): {place}",
        value=shown(value, 0),
        unit=search.lever.unit,
        place=place,
    )


def _gains(lever: Lever, metric: str) -> bool:
    formula = FORMULA_OF[metric]
    if lever.lowers or lever.kind is LeverKind.LAND:
        return lever.whole_of(formula)
    return lever.part_of(formula)


def _answer(
    search: _Search,
    at: Standing,
    value: Decimal | None,
    *,
    change: Decimal | None = None,
    already: bool = False,
    why: Message | None = None,
) -> Least:
    return Least(
        lever=search.lever.key,
        grade=search.grade,
        value=value,
        change=change,
        already=already,
        why=why,
        score=at.score.total if at.score is not None else None,
        rank=at.rank,
        of=at.of,
    )


def leasts(
    field: Field, position: Position, changes: Changes, grades: tuple[str, ...]
) -> Iterator[Least]:
    """Every lever that counts against every grade, lever by lever."""
    for lever in graded_levers(field, position):
        for grade in grades:
            yield least(field, position, changes, lever.key, grade)
