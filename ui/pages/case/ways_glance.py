"""The ways out of a finding at a glance: which are open, which only if, which are barred."""

from PySide6.QtWidgets import QVBoxLayout

from landsteward.app.language import localised, tr
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import ReasonKind, WayState
from landsteward.domain.states import CaseStep
from landsteward.domain.ways.judging import WayOut
from ui.pages.case import way_words as words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, ElidedLabel, button, clear, label, row
from ui.widgets.signs import Badge


class WaysGlance(Card):
    """A line a way, with what decides over it; chosen they are in the plan."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Ways out"), margin=16, gap=6)
        self.to_plan = button(tr("To the plan →"), "link", lambda: work.go(CaseStep.PLAN))
        self.head.addWidget(self.to_plan)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        self.add(self._lines)
        self._shown: tuple[WayOut, ...] | None = None

    def present(self, ways: WaysOut) -> None:
        """Show those the pack names for such a finding."""
        shown = tuple(way for state in WayState for way in ways.in_state(state))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for way in shown:
            name = label(localised(way.path.name, way.path.name_en))
            told = way.of_kind(ReasonKind.BARRED) or way.of_kind(
                ReasonKind.TO_MEET, ReasonKind.UNKNOWN
            )
            why = tr("; ").join(words.sign(one) for one in told)
            held = row(
                Badge(words.state(way.state), words.state_tone(way.state)),
                name,
                ElidedLabel(why, "dim"),
                gap=8,
            )
            held.setStretch(2, 1)
            self._lines.addLayout(held)
        if not shown:
            self._lines.addWidget(
                label(tr("The rule pack names no way out for such a finding."), "dim", wrap=True)
            )
