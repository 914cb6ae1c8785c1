"""The question about conflicts of interest, answered by a person for one enterprise or many."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from landsteward.app.language import localised, tr
from landsteward.domain.conflict_terms import ConflictTerms
from ui.firms import words
from ui.widgets.basics import button, column, label, row, show_if
from ui.widgets.boxes import CheckBoxes
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField

Answer = Callable[[tuple[str, ...], str], None]


class ConflictQuestion(QWidget):
    """Ties to tick, what they are, and two answers; `answered` gets the ties and the words."""

    def __init__(self, answered: Answer) -> None:
        super().__init__()
        self._answered = answered
        self._terms = ConflictTerms()
        self.question = label("", wrap=True)
        self.ties = CheckBoxes()
        self.ties.changed.connect(self._ticked)
        self.detail = NoteField(tr("What exactly, and since when"), rows=2)
        self.detail.set_value("")
        self.error = Refusal()
        self.none = button(tr("None of these"), "small", self._none, changing=True)
        self.declare = button(tr("Declare the conflict"), "small", self._declare, changing=True)
        self.setLayout(
            column(
                self.question,
                self.ties,
                self.detail,
                row(self.error, self.none, self.declare),
                gap=8,
            )
        )
        self._ticked()

    def ask(self, terms: ConflictTerms) -> None:
        """Ask by the terms of a pack; what is ticked already stays."""
        if terms != self._terms:
            self._terms = terms
            options = [(one.key, localised(one.name, one.name_en)) for one in terms.kinds]
            self.ties.offer(options, self.ties.chosen)
        self.question.setText(words.question(terms))
        self._ticked()

    def clear(self) -> None:
        """It was answered."""
        for one in self.ties.boxes.values():
            one.setChecked(False)
        self.detail.set_value("")
        self._ticked()

    def _ticked(self) -> None:
        ticked = bool(self.ties.chosen)
        show_if(self.detail, ticked)
        self.none.setEnabled(not ticked)
        self.declare.setEnabled(ticked)
        self.error.settle()

    def _none(self) -> None:
        self._answered((), "")

    def _declare(self) -> None:
        detail = self.detail.edit.toPlainText().strip()
        if not detail:
            self.detail.set_error(tr("Say what the conflict is."))
            self.detail.setFocus()
            return
        self._answered(tuple(self.ties.chosen), detail)
