"""The lines of the form in front: a department's, those of a filter, or those a search finds."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from landsteward.app.language import tr
from ui import theme
from ui.pages.case.checkup_add import AddItem
from ui.pages.case.checkup_detail import LineData
from ui.pages.case.checkup_line import CheckLine
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, button, column, label, scrolled
from ui.widgets.rows import Rows
from ui.widgets.signs import Badge

_FIRST_LINES = 10
_LINES_AT_A_TIME = 4
"""Some 15 ms: what is built at a time must not hold up a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """What is in front. `rest`: the rest of it can be answered in one action."""

    heading: str
    records: tuple[tuple[str, LineData], ...]
    fixed: bool
    rest: bool
    addable: bool


class FormCard(Card):
    """Head with search and actions, and the lines, built a few at a time below the screen."""

    asked = Signal(int)
    """A key that means the whole form."""
    ended = Signal(str)
    """The last line in front was answered; key of its answer."""
    searched = Signal(str)
    addendum_asked = Signal(str)

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Checkup"), margin=0, gap=0)
        self._work = work
        self._waiting: tuple[tuple[str, LineData], ...] = ()
        self._after = ""
        self.title.hide()
        self.heading = label("", "heading")
        self.keys_hint = label(tr("1 2 3 answer · F basis · N note"), "dim")
        self.keys_hint.setToolTip(
            tr(
                "1 no problem, 2 problem, 3 not applicable; arrows move, Page up and down change "
                "the department; Enter the value, F basis, note and photos, N note; R the rest has "
                "no problem, Z takes it back, A adds an item; Ctrl+F searches the form."
            )
        )
        self.search = _Search()
        self.search.setPlaceholderText(tr("Search the form (Ctrl+F)"))
        self.search.setAccessibleName(tr("Search the form"))
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(theme.current().px(190))
        self.search.textEdited.connect(self.searched)
        self.search.gone_down.connect(lambda: self.focus_line(0))
        self.undo = button(tr("Undo"), "link", changing=True)
        self.undo.hide()
        self.rest = button(tr("The rest: no problem"), "small", changing=True)
        self.lock = Badge()
        self.head.insertWidget(0, self.heading)
        self.head.insertWidget(1, self.keys_hint)
        for action in (self.lock, self.undo, self.search, self.rest):
            self.head.addWidget(action)
        self.lines: Rows[CheckLine, LineData] = Rows(self._make_line, CheckLine.fill)
        self.nothing = label("", "dim")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.more = AddItem(work)
        inner = column(self.nothing, gap=0)
        inner.addLayout(self.lines.layout)
        inner.addWidget(self.more)
        inner.addStretch(1)
        self.area = scrolled(box(inner))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add(self.area, 1)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._build_more)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    @property
    def building(self) -> bool:
        """Whether lines below the screen are still being built."""
        return self._later.isActive()

    def stop(self) -> None:
        """Nothing is to be built any more."""
        self._later.stop()

    def present(self, shown: Lines) -> None:
        """Show these lines; what stays keeps its place, its focus and what is being typed."""
        self.heading.setText(shown.heading)
        self.rest.setVisible(shown.rest)
        self.keys_hint.setVisible(not shown.fixed)
        self.lock.show_word(tr("Finished and locked") if shown.fixed else "", "plain")
        self.nothing.setText("" if shown.records else tr("Nothing fits."))
        self.nothing.setVisible(not shown.records)
        self.more.setVisible(shown.addable)
        there = set(self.lines.keys)
        built = [place for place, (key, _) in enumerate(shown.records, 1) if key in there]
        ready = max([_FIRST_LINES, *built])
        self.lines.show(shown.records[:ready])
        self._waiting = shown.records
        if len(shown.records) > ready:
            self._later.start()
        if self._after:
            here, self._after = self._after, ""
            if here in self.lines.keys:
                self._go_on(self.lines.row(here))

    def focus_line(self, place: int) -> None:
        """Put the person at a line; it is built where it was not yet."""
        if 0 <= place < len(self._waiting):
            while place >= len(self.lines.all):
                self._build_more()
            line = self.lines.all[place]
            line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.area.ensureWidgetVisible(line, 0, 24)

    def focus_result(self, result_id: str) -> None:
        """Put the person at the line of an answer, where it is in front."""
        keys = [key for key, _ in self._waiting]
        if result_id in keys:
            self.focus_line(keys.index(result_id))

    def to_top(self) -> None:
        """Other lines are about to be shown."""
        self.area.verticalScrollBar().setValue(0)

    def _build_more(self) -> None:
        """A few more lines, so that nothing stands still."""
        shown = len(self.lines.keys) + _LINES_AT_A_TIME
        self.lines.show(self._waiting[:shown])
        if len(self._waiting) > shown:
            self._later.start()

    def _make_line(self, result_id: str) -> CheckLine:
        made = CheckLine(self._work, result_id)
        made.moved.connect(lambda by: self._move(made, by))
        made.answered.connect(lambda: self._answered(made))
        made.asked.connect(self.asked)
        made.addendum_asked.connect(self.addendum_asked)
        return made

    def _move(self, here: CheckLine, by: int) -> None:
        self.focus_line(self.lines.all.index(here) + by)

    def _answered(self, here: CheckLine) -> None:
        """Go on; where items may follow from the answer, once it is known which."""
        if here.data is not None and here.data.leads:
            self._after = here.result_id
        else:
            self._go_on(here)

    def _go_on(self, here: CheckLine) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus is not here and not here.isAncestorOf(focus):
            return  # they are somewhere else by now
        place = self.lines.all.index(here) + 1
        if place < len(self._waiting):
            self.focus_line(place)
        else:
            here.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ended.emit(here.result_id)

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        """The bar at the left of a line follows the focus, also inside of it."""
        for one in (old, new):
            while one is not None and not isinstance(one, CheckLine):
                one = one.parentWidget()
            if one is not None:
                one.update()


class _Search(QLineEdit):
    """Down or Enter goes to what was found, Escape gives the form back."""

    gone_down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys that lead out of it."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.gone_down.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            self.gone_down.emit()
        else:
            super().keyPressEvent(event)


def matches(data: Sequence[str], wanted: str) -> bool:
    """Whether all words typed occur in what a line says."""
    said = " ".join(data).casefold()
    return all(word in said for word in wanted.casefold().split())
