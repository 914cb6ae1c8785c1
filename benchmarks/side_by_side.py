"""Measure two things in turn, in one run, and say their ratio.

Machines are noisy and drift: A and B take turns (A B A B …), each pair gives one ratio, and the
median of the ratios is what is quoted. Single times are only printed for orientation.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass

Measure = Callable[[], float]
"""Does the thing once and says what it took (seconds, MiB …)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What came out: medians of both sides, the ratio pair by pair, and the limit to keep."""

    what: str
    beside: str
    ours: float
    theirs: float
    ratios: tuple[float, ...]
    limit: float

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios."""
        return statistics.median(self.ratios)

    def line(self) -> str:
        """One row of the table."""
        verdict = "kept" if self.ratio <= self.limit else "MISSED"
        return (
            f"| {self.what} | {self.beside} | {self.ours:.3f} s | {self.theirs:.3f} s | "
            f"{self.ratio:.2f} × ({min(self.ratios):.2f}–{max(self.ratios):.2f}) | "
            f"≤ {self.limit:.1f} × | {verdict} |"
        )


HEADER = (
    "| what | beside | ours, median | theirs, median | ratio, median (min–max) | limit | |\n"
    "|---|---|---|---|---|---|---|"
)


def compare(
    *, what: str, beside: str, ours: Measure, theirs: Measure, limit: float, runs: int
) -> Comparison:
    """Measure both in turn, once to warm up and so many runs that count."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(runs)]
    return Comparison(
        what=what,
        beside=beside,
        ours=statistics.median(one for one, _ in pairs),
        theirs=statistics.median(other for _, other in pairs),
        ratios=tuple(one / other for one, other in pairs),
        limit=limit,
    )
