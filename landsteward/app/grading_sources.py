"""What gradings ask of the workspace over many records at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from landsteward.domain.states import Scale

if TYPE_CHECKING:
    from landsteward.domain.grading.scope import Candidate
    from landsteward.domain.gradings import GradingResult


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeCount:
    """How many of a group have a grade (None: none), and of those how many had no score."""

    scale: Scale | None
    grade: str | None
    count: int
    unscored: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """One score of a run's distribution."""

    scale: Scale
    score: Decimal
    grade: str


class GradingSources(Protocol):
    """Questions over a county and over the results of a run."""

    def candidates(self, year: int) -> Iterator[Candidate]:
        """Every enterprise with its figures and land of a year, one after another."""
        ...

    def grade_counts(self, run_id: str) -> Sequence[GradeCount]:
        """How many have which grade, group by group."""
        ...

    def scores(self, run_id: str) -> Sequence[Scored]:
        """All scores of a run with their grades, the highest first."""
        ...

    def changes(self, run_id: str) -> dict[str, int]:
        """How many are better, the same or worse than the year before, by these words."""
        ...

    def years(self) -> Sequence[int]:
        """The years there are figures of, the latest first."""
        ...

    def ranked(self, run_id: str, scale: Scale) -> int:
        """How many of a group have a rank."""
        ...

    def places(self, run_id: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
        """The carriers of a run by key and name, and its industries by class and name."""
        ...

    def of_enterprises(self, enterprise_ids: Sequence[str]) -> Sequence[GradingResult]:
        """The results of these enterprises in all runs there are."""
        ...
