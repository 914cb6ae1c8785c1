"""The cases of an enterprise or a parcel: where each stands and what comes next."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame

from landsteward.app.cases import CaseOverview
from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.domain.guidance import words_for
from landsteward.domain.states import NextStep
from ui import formats, words
from ui.pages.register.sheet import Part
from ui.widgets.basics import ElidedLabel, button, clear, column, label, row
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench

Ask = Callable[[Context], tuple[CaseOverview, ...]]


class CasesPart(Part):
    """A line a case, latest first."""

    def __init__(self, bench: Workbench, ask: Ask) -> None:
        super().__init__()
        self._bench = bench
        self._ask = ask
        self._shown: tuple[CaseOverview, ...] | None = None
        self.lines = column(gap=0)
        self.setLayout(column(self.lines, 1))

    def present(self, head: Any) -> None:
        """Ask for the cases."""
        self._bench.operations.query(self, self._ask, success=self._show)

    def _show(self, cases: tuple[CaseOverview, ...]) -> None:
        if cases == self._shown:
            return
        self._shown = cases
        clear(self.lines)
        if not cases:
            self.lines.addWidget(
                label(
                    tr(
                        "No case yet. A checkup opens one: it leads to findings, plans and closure."
                    ),
                    "dim",
                    wrap=True,
                )
            )
        for one in cases:
            self.lines.addWidget(self._line(one))

    def _line(self, one: CaseOverview) -> QFrame:
        case = one.case
        opener = button(case.case_no, "link", partial(self._bench.go, Place("case", case.id)))
        parts = [tr("opened {day}", day=formats.day(case.opened_on))]
        if case.closed_on is not None:
            parts.append(tr("closed {day}", day=formats.day(case.closed_on)))
        if one.findings:
            parts.append(
                tr(
                    "{open} of {count} findings open",
                    open=one.open_findings,
                    count=len(one.findings),
                )
            )
        if one.next_step is not NextStep.NOTHING:
            parts.append(tr("next: {step}", step=render(words_for(one.next_step))))
        made = QFrame()
        made.setProperty("role", "row")
        badge = Badge(words.stage(case.stage), words.stage_tone(case.stage))
        inside = row(opener, badge, ElidedLabel(" · ".join(parts), "dim"), 1)
        inside.setContentsMargins(0, 6, 0, 6)
        made.setLayout(inside)
        return made
