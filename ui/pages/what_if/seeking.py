"""The least for each grade, worked out off the window's thread; what was asked before is let go."""

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from landsteward.app.what_if import Ground, least_lifts, two_together
from landsteward.domain.what_if.least import Least, Pair, graded_levers
from ui.operations import Progress, Work
from ui.pages.what_if.least import LeastCard, PairCard
from ui.workbench import Workbench


class Seeking:
    """Fills the two cards of one page."""

    def __init__(self, bench: Workbench, owner: QWidget, least: LeastCard, pair: PairCard) -> None:
        self._bench, self._owner = bench, owner
        self._card, self._pair = least, pair
        self._ground: Ground | None = None
        self._set_to: dict[str, Decimal] = {}
        self._works: dict[str, Work] = {}
        pair.asked.connect(self._ask_pair)

    def seek(self, ground: Ground, set_to: dict[str, Decimal]) -> None:
        """For all levers beside what is set, and for the two that are chosen."""
        self._ground, self._set_to = ground, dict(set_to)
        self._card.wait()

        def work(progress: Progress) -> tuple[Least, ...]:
            return least_lifts(ground, dict(set_to), progress=progress)

        def done(found: tuple[Least, ...]) -> None:
            self._card.show_least(found, beside=bool(set_to))

        self._instead("least", self._bench.operations.task(self._owner, work, success=done))
        levers = [one.key for one in graded_levers(ground.field, ground.position)]
        self._pair.offer(levers, tuple(reversed(ground.run.scheme.grades[:-1])))
        self._pair.ask()

    def _ask_pair(self, first: str, second: str, grade: str) -> None:
        ground = self._ground
        if ground is None:
            return
        others = {key: one for key, one in self._set_to.items() if key not in (first, second)}

        def work(_progress: Progress) -> tuple[Pair, ...]:
            return two_together(ground, others, (first, second), grade)

        def done(found: tuple[Pair, ...]) -> None:
            self._pair.show_pairs((first, second), found)

        self._instead("pair", self._bench.operations.task(self._owner, work, success=done))

    def _instead(self, what: str, work: Work) -> None:
        before = self._works.get(what)
        if before is not None:
            before.cancel()
        self._works[what] = work

    def drop(self) -> None:
        """Nobody waits any more."""
        for work in self._works.values():
            work.cancel()
