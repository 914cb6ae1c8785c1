"""What a plan still lacks before it can be handed in; each line leads there."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from landsteward.app.language import render, tr
from landsteward.app.plan_checks import PlanGap
from ui.widgets.basics import box, button, clear, label, row
from ui.widgets.flow import FlowLayout

_MOST = 6
"""So many are named at once; handing in names them all in their turn."""


class GapsLine(QWidget):
    """One line: how many, and the first of them as links."""

    asked = Signal(object)
    """The `PlanGap` somebody wants to mend."""

    def __init__(self) -> None:
        super().__init__()
        self.count = label("", "caution")
        self._flow = FlowLayout(gap=6)
        links = box(self._flow)
        line = row(self.count, links, gap=10)
        line.setStretch(1, 1)
        self.setLayout(line)
        self.links: list[QPushButton] = []
        self._shown: tuple[PlanGap, ...] = ()
        self.hide()

    def present(self, gaps: tuple[PlanGap, ...]) -> None:
        """Show what is missing."""
        self.setVisible(bool(gaps))
        if gaps == self._shown:
            return
        self._shown = gaps
        self.count.setText(tr("Still missing: {count}", count=len(gaps)))
        clear(self._flow)
        self.links = []
        for gap in gaps[:_MOST]:
            made = button(render(gap.message), "link", partial(self.asked.emit, gap))
            self.links.append(made)
            self._flow.addWidget(made)
