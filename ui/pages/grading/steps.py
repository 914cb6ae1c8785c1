"""The moves of a run: put on notice, withdrawn, made final, taken back; each asks on the page."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal

from landsteward.app.language import tr
from landsteward.domain.grading.notice import weekdays
from landsteward.domain.gradings import GradingRun
from ui import theme
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.dates import DateField
from ui.widgets.fields import NoteField


class NoticeCard(Card):
    """From when until when: the end is proposed, and a person sets it."""

    given = Signal(object, object)
    put_away = Signal()

    def __init__(self, propose: Callable[[GradingRun, date], date]) -> None:
        super().__init__(tr("Public notice"))
        self._propose = propose
        self._run: GradingRun | None = None
        width = theme.current().px(150)
        self.first = DateField(tr("From"))
        self.first.setFixedWidth(width)
        self.last = DateField(tr("Until"))
        self.last.setFixedWidth(width)
        self.days = label("", "dim", wrap=True)
        self.go = changes(button(tr("Put on notice"), "primary", self._give))
        self.cancel = button(tr("Cancel"), "", self._cancel)
        self.add(row(self.first, self.last, self.days, self.cancel, self.go, gap=12))
        self.first.committed.connect(self._first_set)
        self.last.committed.connect(lambda _day: self._say())
        self.hide()

    def ask(self, run: GradingRun, today: date) -> None:
        """Ask for the days of this run."""
        self._run = run
        self.first.set_value(today)
        self.last.set_value(self._propose(run, today))
        self._say()
        self.show()
        self.first.setFocus()

    def _cancel(self) -> None:
        self.hide()
        self.put_away.emit()

    def _first_set(self, day: date | None) -> None:
        if self._run is not None and day is not None:
            self.last.set_value(self._propose(self._run, day))
        self._say()

    def _say(self) -> None:
        first, last = self.first.value(), self.last.value()
        if self._run is None or first is None or last is None or last < first:
            self.days.setText("")
            return
        self.days.setText(
            tr(
                "{count} days from Monday to Friday; {wanted} working days are asked for. Public "
                "holidays are not known here: set the end so that they are left out.",
                count=weekdays(first, last),
                wanted=self._run.scheme.notice_days,
            )
        )

    def _give(self) -> None:
        if self.first.commit() and self.last.commit():
            first, last = self.first.value(), self.last.value()
            if first is None or last is None:
                self.last.set_error(tr("This must be filled in."))
                return
            self.given.emit(first, last)


class ReasonCard(Card):
    """A step that needs a reason: says what will happen, and takes the reason."""

    put_away = Signal()

    def __init__(self) -> None:
        super().__init__(" ")
        self._run: Callable[[str], object] = str
        self.what = label("", "dim", wrap=True)
        self.reason = NoteField(tr("Reason"), rows=2, required=True)
        self.go = changes(button("", "primary", self._give))
        self.cancel = button(tr("Cancel"), "", self._cancel)
        self.add(column(self.what, self.reason, row(1, self.cancel, self.go), gap=8))
        self.hide()

    def ask(self, title: str, what: str, action: str, run: Callable[[str], object]) -> None:
        """Ask for the reason of this."""
        self.title.setText(title)
        self.what.setText(what)
        self.go.setText(action)
        self.reason.set_value("")
        self.reason.edit.clear()
        self._run = run
        self.show()
        self.reason.edit.setFocus()

    def _cancel(self) -> None:
        self.hide()
        self.put_away.emit()

    def _give(self) -> None:
        if self.reason.commit():
            self._run(self.reason.value())
