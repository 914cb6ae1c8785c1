"""Measure two things in turn, in one run, and hold one against the other.

Machines are noisy and drift: A and B take turns (A B A B …), each pair gives one ratio (or, of
memory, one difference), and the median of the pairs is what is quoted. Single figures are only
printed for orientation.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[], float]
"""Does the thing once and says what it took, in the unit of the comparison."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came out: the figures of both sides pair by pair, and the limit to keep.

    `apart`: the limit is for what ours is more than theirs, not for the ratio of both. Without a
    limit the figures are for reading alone.
    """

    what: str
    beside: str
    pairs: tuple[tuple[float, float], ...]
    limit: float | None
    unit: str = "s"
    apart: bool = False

    @property
    def outcomes(self) -> list[float]:
        """What each pair says, in order of size."""
        return sorted(a - b if self.apart else a / b for a, b in self.pairs)

    @property
    def kept(self) -> bool:
        """Whether the median of the pairs keeps the limit."""
        return self.limit is None or statistics.median(self.outcomes) <= self.limit

    def line(self) -> str:
        """One row of the table."""
        ours, theirs = (statistics.median(side) for side in zip(*self.pairs, strict=True))
        found = self.outcomes
        verdict = "" if self.limit is None else "kept" if self.kept else "MISSED"
        limit = "" if self.limit is None else f"≤ {self._said(self.limit, 1)}"
        return (
            f"| {self.what} | {self.beside} | {self._figure(ours)} | {self._figure(theirs)} | "
            f"{self._said(statistics.median(found))} ({self._said(found[0])}–"
            f"{self._said(found[-1])}) | {limit} | {verdict} |"
        )

    def _figure(self, value: float) -> str:
        return f"{value:.3f} s" if self.unit == "s" else f"{value:.0f} {self.unit}"

    def _said(self, value: float, places: int = 2) -> str:
        return f"{value:+.0f} {self.unit}" if self.apart else f"{value:.{places}f} ×"


HEADER = (
    "| what | beside | ours, median | theirs, median | pair by pair, median (min–max) | limit | |\n"
    "|---|---|---|---|---|---|---|"
)


def compare(
    *,
    what: str,
    beside: str,
    ours: Measure,
    theirs: Measure,
    limit: float | None,
    runs: int,
    unit: str = "s",
    apart: bool = False,
) -> Comparison:
    """Measure both in turn, once to warm up and so many runs that count."""
    ours()
    theirs()
    return Comparison(
        what=what,
        beside=beside,
        pairs=tuple((ours(), theirs()) for _ in range(runs)),
        limit=limit,
        unit=unit,
        apart=apart,
    )
