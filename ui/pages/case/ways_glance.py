"""The ways out of a finding at a glance: which are open, which only if, which are barred."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from landsteward.app.language import localised, tr
from landsteward.app.ways_out import WaysOut
from landsteward.domain.chosen_ways import ReasonKind, WayState
from landsteward.domain.states import CaseStep
from landsteward.domain.ways.judging import WayOut
from ui.pages.case import way_words as words
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, ElidedLabel, button, clear, column, label
from ui.widgets.signs import Badge


class WaysGlance(Card):
    """A line a way, with what decides over it; chosen they are in the plan."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Ways out"), margin=16, gap=6)
        self.to_plan = button(tr("To the plan →"), "link", lambda: work.go(CaseStep.PLAN))
        self.head.addWidget(self.to_plan)
        self._lines = QGridLayout()
        self._lines.setVerticalSpacing(8)
        self._lines.setHorizontalSpacing(8)
        self._lines.setColumnStretch(1, 1)
        self.add(self._lines)
        self._shown: tuple[WayOut, ...] | None = None

    def present(self, ways: WaysOut) -> None:
        """Show those the pack names for such a finding."""
        shown = tuple(way for state in WayState for way in ways.in_state(state))
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._lines)
        for at, way in enumerate(shown):
            said = column(label(localised(way.path.name, way.path.name_en), wrap=True), gap=0)
            told = way.of_kind(ReasonKind.BARRED) or way.of_kind(
                ReasonKind.TO_MEET, ReasonKind.UNKNOWN
            )
            why = tr("; ").join(words.sign(one) for one in told)
            sign = Badge(words.state(way.state), words.state_tone(way.state))
            if why:
                said.addWidget(ElidedLabel(why, "dim"))
            top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            self._lines.addWidget(sign, at, 0, top_left)
            self._lines.addLayout(said, at, 1)
        if not shown:
            none = tr("The rule pack names no way out for such a finding.")
            self._lines.addWidget(label(none, "dim", wrap=True), 0, 0, 1, 2)
