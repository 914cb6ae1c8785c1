"""Ranks and grades of a whole run: by score within each group, by shares, then by vetoes.

Equal scores have one rank, and with it the better grade (`domain.md` §2). A vetoed unit keeps its
rank, so that a veto moves nobody else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import NamedTuple

from landsteward.domain.grading.scheme import Scheme, ShareRounding
from landsteward.domain.grading.scoring import (
    Score,
    Standards,
    can_be_scored,
    score,
    standards_of,
)
from landsteward.domain.grading.units import Unit, units_of
from landsteward.domain.gradings import GradingMark, GradingSubject, MarkKind, Standard

_ROUNDING = {
    ShareRounding.DOWN: ROUND_DOWN,
    ShareRounding.HALF_UP: ROUND_HALF_UP,
    ShareRounding.UP: ROUND_UP,
}


class Standing(NamedTuple):
    """What came out for a unit; `score` None where it cannot be scored.

    `of` is how many are ranked in its group; `vetoes` are those that hold, by key.
    """

    unit: Unit
    score: Score | None
    rank: int | None
    of: int
    tied: int
    lifted: bool
    grade_by_rank: str | None
    grade: str | None
    vetoes: tuple[str, ...]


class Outcome(NamedTuple):
    """A run, worked out."""

    standards: Standards
    standings: Sequence[Standing]


def work_out(
    scheme: Scheme, subjects: Iterable[GradingSubject], marks: Iterable[GradingMark]
) -> Outcome:
    """Score, rank and grade everybody: the same subjects and marks in any order give the same."""
    units = units_of(scheme, subjects)
    standards = standards_of(scheme, units)
    given = by_enterprise(marks)
    standings: list[Standing] = []
    for group in (*(one.scale for one in scheme.groups), None):
        scored: list[tuple[Unit, Score]] = []
        for unit in (one for one in units if one.scale is group):
            if can_be_scored(scheme, unit, standards):
                bonus = bonus_of(marks_of(unit, given))
                scored.append((unit, score(scheme, unit, standards, bonus)))
            else:
                standings.append(unranked(scheme, unit, given))
        standings += _ranked(scheme, scored, given)
    return Outcome(standards, standings)


def by_enterprise(marks: Iterable[GradingMark]) -> Mapping[str, list[GradingMark]]:
    """Marks by whom they were given."""
    found: dict[str, list[GradingMark]] = {}
    for one in marks:
        found.setdefault(one.enterprise_id, []).append(one)
    return found


def marks_of(unit: Unit, given: Mapping[str, Collection[GradingMark]]) -> list[GradingMark]:
    """The marks of all who are scored as one."""
    if not given:
        return []
    return [mark for one in unit.members for mark in given.get(one.enterprise_id, ())]


def bonus_of(marks: Iterable[GradingMark]) -> Decimal:
    """What the bonuses among these add up to."""
    return sum(
        (one.points or Decimal(0) for one in marks if one.kind is MarkKind.BONUS), Decimal(0)
    )


def holding(scheme: Scheme, marks: Iterable[GradingMark]) -> tuple[str, ...]:
    """The vetoes among these that the scheme has turned on, in its order."""
    keys = {one.veto for one in marks if one.kind is MarkKind.VETO}
    if not keys:
        return ()
    return tuple(one.key for one in scheme.vetoes if one.on and one.key in keys)


def vetoed(scheme: Scheme, grade: str | None, vetoes: Iterable[str]) -> str | None:
    """The grade after the vetoes; who has none by rank is given what the veto leaves."""
    for key in vetoes:
        veto = scheme.veto(key)
        assert veto is not None, "a veto that holds is in the scheme"
        grade = veto.at_most if grade is None else scheme.worse(grade, veto.at_most)
    return grade


def unranked(scheme: Scheme, unit: Unit, given: Mapping[str, Collection[GradingMark]]) -> Standing:
    """Where somebody stands who cannot be scored."""
    vetoes = holding(scheme, marks_of(unit, given))
    return Standing(unit, None, None, 0, 0, False, None, vetoed(scheme, None, vetoes), vetoes)


def bounds(scheme: Scheme, count: int) -> list[int]:
    """Up to which rank each grade goes among so many; the last one takes all that is left."""
    found: list[int] = []
    percent = Decimal(0)
    for share in scheme.shares:
        percent += share.percent
        exact = count * percent / 100
        found.append(int(exact.to_integral_value(rounding=_ROUNDING[scheme.share_rounding])))
    found[-1] = count
    return found


def _ranked(
    scheme: Scheme,
    scored: list[tuple[Unit, Score]],
    given: Mapping[str, Collection[GradingMark]],
) -> Iterable[Standing]:
    scored.sort(key=lambda one: (-one[1].total, one[0].key))
    count = len(scored)
    ends = bounds(scheme, count)
    at = 0
    while at < count:
        end = at + 1
        while end < count and scored[end][1].total == scored[at][1].total:
            end += 1
        grade, last = grade_at(scheme, ends, at + 1), grade_at(scheme, ends, end)
        for unit, found in scored[at:end]:
            yield standing(
                scheme,
                unit,
                found,
                given,
                rank=at + 1,
                of=count,
                tied=end - at - 1,
                grades=(grade, last),
            )
        at = end


def standing(
    scheme: Scheme,
    unit: Unit,
    found: Score,
    given: Mapping[str, Collection[GradingMark]],
    *,
    rank: int,
    of: int,
    tied: int,
    grades: tuple[str, str],
) -> Standing:
    """Where a scored unit stands; `grades` are those of its rank's first and last place."""
    vetoes = holding(scheme, marks_of(unit, given))
    grade, last = grades
    return Standing(
        unit=unit,
        score=found,
        rank=rank,
        of=of,
        tied=tied,
        lifted=grade != last,
        grade_by_rank=grade,
        grade=vetoed(scheme, grade, vetoes),
        vetoes=vetoes,
    )


def grade_at(scheme: Scheme, ends: Sequence[int], rank: int) -> str:
    """The grade of a rank."""
    return next(share.grade for share, end in zip(scheme.shares, ends, strict=True) if rank <= end)


def standards_by_key(standards: Iterable[Standard]) -> Standards:
    """What a run kept, as scoring asks for it."""
    return {(one.scale, one.metric): one for one in standards}
