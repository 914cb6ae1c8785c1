"""The legal bases of a finding: listed, taken out, and searched for in the laws of the pack."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from landsteward.app.language import tr
from landsteward.domain.basis_search import offered_bases
from landsteward.domain.findings import LegalBasis
from landsteward.domain.rulepack import RulePack
from ui.pages.case import words
from ui.widgets.basics import button, changes, clear, label, row, selectable
from ui.widgets.complete import Offers

Bases = tuple[LegalBasis, ...]


class BasisEditor(QWidget):
    """`change` is asked to keep another list of bases.

    What is typed offers the articles that fit, in the edition of the day of the violation, and last
    to keep it in one's own words; Enter takes what is offered first.
    """

    def __init__(self, pack: RulePack, change: Callable[[Bases], None]) -> None:
        super().__init__()
        self._pack = pack
        self._change = change
        self._bases: Bases | None = None
        self._day: date | None = None
        self._writable = False
        self.lines = QVBoxLayout()
        self.lines.setSpacing(2)
        self.search = changes(_Search(self._take_first))
        self.search.setProperty("role", "search")
        self.search.setAccessibleName(tr("Search a law"))
        self.search.setPlaceholderText(
            tr("Search: law, short title or article, e.g. land administration 77")
        )
        self.offers = Offers(self.search)
        self.offers.typed.connect(self._typed)
        self.offers.picked.connect(self.take)
        self._offered: list[LegalBasis] = []
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(4)
        self._before: Bases = ()
        self.undo = button(tr("Undo"), "link", self._take_back, changing=True)
        self.undo.hide()
        outer.addLayout(row(label(tr("Legal basis"), "label"), 1, self.undo))
        outer.addLayout(self.lines)
        outer.addWidget(self.search)

    def present(self, bases: Bases, day: date, *, writable: bool) -> None:
        """Show the bases; `day` is that by which editions are chosen."""
        self._day = day
        self.search.setVisible(writable)
        if (bases, writable) == (self._bases, self._writable):
            return
        self._bases, self._writable = bases, writable
        # What else was done to the bases since is not undone with it.
        if len(bases) != len(self._before) - 1 or not writable:
            self.undo.hide()
        clear(self.lines)
        for number, one in enumerate(bases):
            self.lines.addWidget(self._line(number, one))
        if not bases:
            self.lines.addWidget(label(tr("No legal basis on record."), "dim"))

    def take(self, basis: LegalBasis) -> None:
        """Add a basis; one that is there already stays once."""
        self.search.clear()
        now = self._bases or ()
        if basis not in now:
            self._change((*now, basis))

    def _line(self, number: int, one: LegalBasis) -> QWidget:
        held = QWidget()
        inside = row(gap=4)
        inside.addWidget(selectable(words.basis(one)), 1)
        if self._writable:
            away = button("×", "quiet", lambda: self._take_out(number), changing=True)
            away.setAccessibleName(tr("Take out: {basis}", basis=words.basis(one)))
            away.setToolTip(tr("Take this basis out"))
            inside.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        held.setLayout(inside)
        return held

    def _take_out(self, number: int) -> None:
        now = self._bases or ()
        self._before = now
        self.undo.show()
        self._change((*now[:number], *now[number + 1 :]))

    def _take_back(self) -> None:
        self.undo.hide()
        self._change(self._before)

    def _typed(self, text: str) -> None:
        said = text.strip()
        fitting = self._fitting(said)
        options: list[tuple[LegalBasis, str]] = [(one, words.basis(one)) for one in fitting]
        if said:
            own = LegalBasis(law=said, article="", version="", own_words=True)
            options.append((own, tr("In my own words: {text}", text=said)))
        self._offered = [one for one, _words in options]
        self.offers.show(options)

    def _fitting(self, text: str) -> list[LegalBasis]:
        return offered_bases(self._pack, text, self._day) if self._day is not None else []

    def _take_first(self) -> None:
        if self._offered and self.search.text().strip():
            self.take(self._offered[0])


class _Search(QLineEdit):
    """Enter takes what is offered first."""

    def __init__(self, entered: Callable[[], None]) -> None:
        super().__init__()
        self._entered = entered

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._entered()
        else:
            super().keyPressEvent(event)
