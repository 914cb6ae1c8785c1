"""Why something is suspected: the arithmetic, the facts, and the law with its version; or why it
cannot be judged, and where to enter what is missing.
"""

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from landsteward.app.language import localised, render, tr
from landsteward.app.screening import FoundSuspicion, NotJudged, SubjectRef
from landsteward.domain.rulepack import ScreeningRule
from ui import formats, words
from ui.pages.screening import words as told
from ui.widgets.basics import box, button, clear, column, label, line, row, scrolled, selectable
from ui.widgets.signs import Badge
from ui.workbench import Workbench


class Explained(QWidget):
    """One suspicion, or one thing that cannot be judged, whole."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._inside = column(gap=8, margin=16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(box(self._inside)))

    def show_nothing(self) -> None:
        """Nothing is chosen."""
        clear(self._inside)
        self._inside.addWidget(label(tr("Choose a line to see what speaks for it."), "dim"))
        self._inside.addStretch(1)

    def show_suspicion(self, found: FoundSuspicion) -> None:
        """Show what speaks for it."""
        clear(self._inside)
        add = self._inside.addWidget
        suspicion = found.suspicion
        explained = suspicion.explain()
        severity = Badge(
            words.severity(suspicion.severity), words.severity_tone(suspicion.severity)
        )
        self._head(suspicion.rule, found.subject, severity, tr("suspected, to be verified"))
        if (dismissal := found.dismissal) is not None:
            said = tr(
                "Dismissed on {day}, because: {reason}",
                day=formats.day(dismissal.dismissed_on),
                reason=dismissal.reason,
            )
            add(selectable(said, "caution"))
            if not found.stands:
                add(label(tr("The facts have changed since, so it is open again."), "dim"))
        add(line())
        add(label(tr("Arithmetic"), "label"))
        for sentence in explained.arithmetic:
            add(selectable(render(sentence)))
        add(line())
        add(label(tr("Legal basis"), "label"))
        for basis in explained.bases:
            add(selectable(told.basis(basis)))
            add(selectable(told.version(basis), "dim"))
        add(line())
        add(label(tr("Facts on record"), "label"))
        pack = self._bench.services.packs.current()
        for key, value in explained.facts:
            name = label(told.fact_name(key), "dim", wrap=True)
            held = row(name, selectable(told.fact(key, value, pack)))
            held.setStretch(0, 1)
            held.setStretch(1, 1)
            self._inside.addLayout(held)
        self._inside.addStretch(1)

    def show_unjudged(self, group: NotJudged, subject: SubjectRef) -> None:
        """Show what is missing, and the way to where it is entered."""
        clear(self._inside)
        add = self._inside.addWidget
        self._head(group.rule, subject, Badge(tr("Cannot be judged"), "plain"), "")
        add(line())
        add(label(tr("Because"), "label"))
        add(selectable(render(group.missing.because)))
        add(label(tr("Entered at"), "label"))
        add(selectable(told.entered_at(group.missing.at)))
        place = told.place_of(group.missing.at, subject)
        if place is not None:
            self._inside.addLayout(
                row(button(tr("Enter it"), "", partial(self._bench.go, place)), 1)
            )
        self._inside.addStretch(1)

    def _head(self, rule: ScreeningRule, subject: SubjectRef, badge: Badge, beside: str) -> None:
        self._inside.addWidget(box(row(badge, label(beside, "dim"), 1)))
        self._inside.addWidget(label(localised(rule.title, rule.title_en), "heading", wrap=True))
        who = subject.enterprise or tr("Holder unknown")
        parts = (who, subject.parcel, subject.label, subject.electronic_no)
        self._inside.addWidget(selectable(" · ".join(part for part in parts if part), "dim"))
        place = told.record_of(subject)
        if place is not None:
            self._inside.addLayout(
                row(button(tr("Open the record"), "link", partial(self._bench.go, place)), 1)
            )
