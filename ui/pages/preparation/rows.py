"""Lines of the preparation sheet: a suspicion to be settled on site, and a fact to ask for."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QFrame

from landsteward.app.language import localised, render, tr
from landsteward.app.preparation import ToAsk
from landsteward.app.screening import FoundSuspicion
from ui import formats, words
from ui.pages.screening import words as told
from ui.pages.screening.dismissing import DismissLine
from ui.pages.screening.models import standing, standing_word
from ui.widgets.basics import button, changes, column, label, row, selectable, show_if
from ui.widgets.signs import Badge
from ui.workbench import Workbench


class SuspicionRow(QFrame):
    """One suspicion: what speaks for it, and whether it holds on site.

    `accept`, `dismiss` (with the reason) and `bring_back` get the suspicion.
    """

    def __init__(
        self,
        accept: Callable[[FoundSuspicion], None],
        dismiss: Callable[[FoundSuspicion, str], None],
        bring_back: Callable[[FoundSuspicion], None],
        *,
        may: bool,
    ) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.found: FoundSuspicion | None = None
        self._may = may
        self.severity = Badge()
        self.title = label("", "heading", wrap=True)
        self.state = Badge()
        self.about = label("", "dim", wrap=True)
        self.arithmetic = selectable("")
        self.bases = selectable("", "dim")
        self.said = label("", "caution", wrap=True)
        self.accept = changes(button(tr("It holds: make a finding"), "small"))
        self.accept.clicked.connect(lambda: self._with(accept))
        self.begin = changes(button(tr("It does not…"), "small", self._begin))
        self.back = changes(button(tr("Take the dismissal back"), "link"))
        self.back.clicked.connect(lambda: self._with(bring_back))
        self.dismissing = DismissLine(
            lambda reason: dismiss(self.found, reason) if self.found is not None else None
        )
        head = row(self.severity, self.title, self.state)
        head.setStretch(1, 1)
        self.setLayout(
            column(
                head,
                self.about,
                self.arithmetic,
                self.bases,
                self.said,
                self.dismissing,
                row(self.accept, self.begin, self.back, 1),
                gap=4,
                margin=10,
            )
        )

    def show_found(self, found: FoundSuspicion) -> None:
        """Show this suspicion; what is being typed is left alone."""
        self.found = found
        suspicion, subject = found.suspicion, found.subject
        explained = suspicion.explain()
        self.severity.show_word(
            words.severity(suspicion.severity), words.severity_tone(suspicion.severity)
        )
        self.title.setText(localised(suspicion.rule.title, suspicion.rule.title_en))
        key = standing(found)
        tones = {"open": "caution", "finding": "accent", "dismissed": "plain"}
        self.state.show_word(standing_word(key), tones[key])
        parts = (subject.parcel, subject.label, subject.electronic_no)
        about = " · ".join(part for part in parts if part)
        self.about.setText(about)
        show_if(self.about, bool(about))
        self.arithmetic.setText("\n".join(render(one) for one in explained.arithmetic))
        self.bases.setText(
            tr("Basis: {list}", list=tr(", ").join(told.basis(one) for one in explained.bases))
        )
        dismissal = found.dismissal
        show_if(self.said, dismissal is not None)
        if dismissal is not None:
            said = tr(
                "Dismissed on {day}, because: {reason}",
                day=formats.day(dismissal.dismissed_on),
                reason=dismissal.reason,
            )
            if not found.stands:
                said += "\n" + tr("The facts have changed since, so it is open again.")
            self.said.setText(said)
        for one in (self.accept, self.begin):
            show_if(one, self._may and key == "open")
        show_if(self.back, self._may and key == "dismissed")
        if key != "open":
            self.dismissing.put_away()

    def _begin(self) -> None:
        self.dismissing.begin()

    def _with(self, run: Callable[[FoundSuspicion], None]) -> None:
        if self.found is not None:
            run(self.found)


class AskRow(QFrame):
    """One fact that is missing: which rules wait for it, and the way to where it is entered."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self._bench = bench
        self._asked: ToAsk | None = None
        self.what = label("", wrap=True)
        self.about = label("", "dim", wrap=True)
        self.rules = label("", "dim", wrap=True)
        self.enter = button(tr("Enter it"), "link", self._enter)
        left = column(self.what, self.about, self.rules, gap=2)
        inside = row(margin=8)
        inside.addLayout(left, 1)
        inside.addWidget(self.enter)
        self.setLayout(inside)

    def show_asked(self, asked: ToAsk) -> None:
        """Show this fact."""
        self._asked = asked
        because = render(asked.missing.because)
        self.what.setText(because[:1].upper() + because[1:])
        subject = asked.subject
        parts = (subject.parcel or subject.enterprise, subject.label)
        self.about.setText(
            tr(
                "{subject} · entered at {where}",
                subject=" · ".join(part for part in parts if part) or tr("Holder unknown"),
                where=told.entered_at(asked.missing.at),
            )
        )
        titles = [localised(one.title, one.title_en) for one in asked.rules]
        self.rules.setText(tr("Decides: {list}", list=tr(", ").join(titles)))
        show_if(self.enter, told.place_of(asked.missing.at, subject) is not None)

    def _enter(self) -> None:
        if self._asked is not None:
            place = told.place_of(self._asked.missing.at, self._asked.subject)
            if place is not None:
                partial(self._bench.go, place)()
