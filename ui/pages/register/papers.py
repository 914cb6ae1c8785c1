"""The papers issued in the cases of an enterprise or a parcel, as they were kept."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register_papers import Paper
from ui import formats, words
from ui.dialogs.paper import PaperDialog, number_of
from ui.pages.register.sheet import Part
from ui.widgets.basics import ElidedLabel, button, clear, column, label, row
from ui.widgets.signs import Badge
from ui.workbench import Place, Workbench

Ask = Callable[[Context], tuple[Paper, ...]]


class PapersPart(Part):
    """A line a paper, latest first; voided ones keep their number."""

    def __init__(self, bench: Workbench, ask: Ask) -> None:
        super().__init__()
        self._bench = bench
        self._ask = ask
        self._shown: tuple[Paper, ...] | None = None
        self.dialog: PaperDialog | None = None
        self.lines = column(gap=0)
        self.setLayout(column(self.lines, 1))

    def present(self, head: Any) -> None:
        """Ask for the papers."""
        self._bench.operations.query(self, self._ask, success=self._show)

    def open(self, paper: Paper) -> None:
        """See a paper."""
        self.dialog = PaperDialog(self._bench, paper.document, self)
        self.dialog.open()

    def _show(self, papers: tuple[Paper, ...]) -> None:
        if papers == self._shown:
            return
        self._shown = papers
        clear(self.lines)
        if not papers:
            self.lines.addWidget(
                label(
                    tr(
                        "No paper yet. The dossier is kept here, with its number, once a case is "
                        "archived."
                    ),
                    "dim",
                    wrap=True,
                )
            )
        for one in papers:
            self.lines.addWidget(self._line(one))

    def _line(self, paper: Paper) -> QFrame:
        one = paper.document
        see = button(number_of(one), "link", partial(self.open, paper))
        see.setToolTip(tr("See it as it was kept"))
        kind = Badge(words.paper_kind(one.kind), "plain")
        voided = Badge(
            tr("voided {day}", day=formats.day(one.voided_on)) if one.voided_on else "", "bad"
        )
        voided.setToolTip(one.void_reason)
        about = " · ".join(
            part
            for part in (
                formats.day(one.issued_on),
                paper.issued_by,
                tr("{count} pages", count=one.pages),
                f"SHA-256 {one.sha256[:12]}…",
            )
            if part
        )
        case = button(
            paper.case.case_no, "link", partial(self._bench.go, Place("case", paper.case.id))
        )
        made = QFrame()
        made.setProperty("role", "row")
        facts = ElidedLabel(about, "dim")
        facts.setToolTip(f"{about}\n{one.sha256}")
        inside = row(see, kind, voided, case, facts, 1)
        inside.setContentsMargins(0, 6, 0, 6)
        made.setLayout(inside)
        return made
