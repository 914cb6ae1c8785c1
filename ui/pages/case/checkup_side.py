"""Beside the checkup's lines: its departments with how far they are, filters, finish, print."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton

from landsteward.app.checkups import CheckupSheet, SheetItem
from landsteward.app.language import localised, tr
from landsteward.domain.states import ItemOutcome
from ui import theme
from ui.widgets.basics import Card, box, button, column, label, line, row, scrolled
from ui.widgets.signs import Badge

FINISH = "finish"
FILTERS = ("unanswered", "problems", "mine", "different")


class CheckupSide(Card):
    """One button for each department, each filter and the finish; below them the papers."""

    chosen = Signal(str)
    paper_asked = Signal(bool)
    """A paper of the form; True: blank, for filling in by hand."""

    def __init__(self) -> None:
        super().__init__(margin=8, gap=4)
        self.setFixedWidth(theme.current().px(184))
        self.sections: dict[str, SectionButton] = {}
        self._group = QButtonGroup(self)
        self.answered = label("", "heading")
        self._departments = column(gap=2)
        self._filters = column(gap=2)
        head = row(self.answered)
        head.setContentsMargins(10, 4, 8, 4)
        self.add(head)
        inner = column(self._departments, line(), self._filters, 1, gap=4)
        self.add(scrolled(box(inner)), 1)
        self.papers = QMenu(self)
        self.blank = self.papers.addAction(tr("Blank form for filling in by hand"))
        self.blank.triggered.connect(lambda: self.paper_asked.emit(True))
        self.filled = self.papers.addAction(tr("The form as it stands"))
        self.filled.triggered.connect(lambda: self.paper_asked.emit(False))
        self.print = button(tr("Print…"), "small")
        self.print.setMenu(self.papers)
        self.add(self.print)

    def present(self, sheet: CheckupSheet, shown: str, mine: frozenset[str]) -> str:
        """Say how far each part is; gives the section in front, the first where none was.

        `mine` are the departments the person at work answers for.
        """
        items = [one for section in sheet.sections for one in section.items]
        answered = sum(one.result.outcome is not None for one in items)
        self.answered.setText(tr("{done} of {count} answered", done=answered, count=len(items)))
        entries = []
        for section in sheet.sections:
            done = sum(one.result.outcome is not None for one in section.items)
            # English has no short names; what every one of them ends in says nothing here.
            english = section.department.name_en.removesuffix(" Bureau")
            name = localised(section.department.short_name, english)
            problems = sum(one.result.outcome is ItemOutcome.PROBLEM for one in section.items)
            entries.append((section.department.key, name, f"{done}/{len(section.items)}", problems))
        filters = [
            (key, word, str(len(fitting(items, key, mine))), 0)
            for key, word in (
                ("unanswered", tr("Unanswered")),
                ("problems", tr("With a problem")),
                ("mine", tr("My department")),
                ("different", tr("Unlike last time")),
            )
        ]
        filters += [
            (FINISH, tr("Conclusion") if sheet.checkup.finished_at else tr("Finish…"), "", 0),
        ]
        if [entry[0] for entry in entries + filters] != list(self.sections):
            self._build_side([one[0] for one in entries], [one[0] for one in filters])
        for key, name, count, problems in entries + filters:
            self.sections[key].show_state(name, count, problems)
        if shown not in self.sections:
            shown = FINISH if sheet.checkup.finished_at else entries[0][0]
        self.sections[shown].setChecked(True)
        return shown

    def _build_side(self, departments: list[str], filters: list[str]) -> None:
        for one in self.sections.values():
            self._group.removeButton(one)
            one.setParent(None)
            one.deleteLater()
        self.sections.clear()
        for layout, keys in ((self._departments, departments), (self._filters, filters)):
            for key in keys:
                made = SectionButton()
                made.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
                self.sections[key] = made
                self._group.addButton(made)
                layout.addWidget(made)


class SectionButton(QPushButton):
    """A department or filter, with the count of problems at its right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "side")
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setMinimumWidth(theme.current().px(120))
        self._name = ""
        self._count = ""
        self._height = 0
        self.badge = Badge()
        inside = row(1, self.badge)
        inside.setContentsMargins(0, 0, 6, 0)
        self.setLayout(inside)

    def show_state(self, name: str, count: str, problems: int) -> None:
        """Say how far it is; a name too long for one line takes two."""
        self._name, self._count = name, count
        self.badge.show_word(str(problems) if problems else "", "bad")
        self.badge.setToolTip(tr("{count} with a problem", count=problems))
        self.setAccessibleName(f"{name}  {count}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or less of the name has room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        look = theme.current()
        badge = self.badge.sizeHint().width() + look.px(8) if self.badge.text() else 0
        room = self.width() - badge - look.px(24)
        whole = f"{self._name}  {self._count}".strip()
        if self.fontMetrics().horizontalAdvance(whole) <= room or " " not in self._name:
            text, height = whole, look.px(32)
        else:
            text, height = self._in_two_lines(room), look.px(48)
        if text != self.text():
            self.setText(text)
            self.setToolTip("" if text == whole else whole)
        if height != self._height:
            self._height = height
            self.setStyleSheet(f"QPushButton {{ min-height: {height}px; max-height: {height}px; }}")

    def _in_two_lines(self, room: int) -> str:
        first: list[str] = []
        rest = self._name.split()
        while rest and self.fontMetrics().horizontalAdvance(" ".join([*first, rest[0]])) <= room:
            first.append(rest.pop(0))
        second = f"{' '.join(rest)}  {self._count}".strip()
        elide = Qt.TextElideMode.ElideMiddle
        return " ".join(first) + "\n" + self.fontMetrics().elidedText(second, elide, room)


def fitting(items: list[SheetItem], wanted: str, mine: frozenset[str]) -> list[SheetItem]:
    """The items that fit a filter."""
    if wanted == "mine":
        return [one for one in items if one.item.department in mine]
    if wanted == "unanswered":
        return [one for one in items if one.result.outcome is None]
    if wanted == "problems":
        return [
            one
            for one in items
            if one.result.outcome is ItemOutcome.PROBLEM or one.breach is not None
        ]
    return [
        one
        for one in items
        if one.last_year is not None
        and one.last_year.outcome is not None
        and one.result.outcome is not None
        and one.last_year.outcome is not one.result.outcome
    ]
