"""The least of each lever for each grade, with a button that takes it over; two levers together."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from landsteward.app.language import render, tr
from landsteward.app.what_if_wording import lever_word, plain, unit_word
from landsteward.domain.what_if.least import Least, Pair
from ui import formats, theme
from ui.pages.what_if.levers import difference
from ui.widgets.basics import Card, box, button, changes, clear, column, label, row, show_if
from ui.widgets.fields import ChoiceField

_TOP = Qt.AlignmentFlag.AlignTop


class LeastCard(Card):
    """A line for each lever, a column for each grade. `taken` carries a lever and its value."""

    taken = Signal(str, object)

    def __init__(self) -> None:
        super().__init__(tr("The least for each grade"), margin=12)
        self.working = label("", "dim", wrap=True)
        self.add(self.working)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(16))
        self._grid.setVerticalSpacing(10)
        self.add(self._grid)
        self.body.addStretch(1)
        self.shown: tuple[Least, ...] = ()

    def wait(self) -> None:
        """It is being worked out; what was found before stays until then."""
        self.working.setText(tr("Working it out…"))

    def show_least(self, found: Sequence[Least], *, beside: bool) -> None:
        """Show these; `beside`: other levers are set already."""
        self.shown = tuple(found)
        self.working.setText(
            tr("Each lever by itself, beside what is set at the left.")
            if beside
            else tr("Each lever by itself, everything else as it is.")
        )
        clear(self._grid)
        grades = list(dict.fromkeys(one.grade for one in found))
        self._grid.addWidget(label(tr("Lever"), "dim"), 0, 0)
        for at, grade in enumerate(grades, start=1):
            self._grid.addWidget(label(tr("for {grade}", grade=grade), "dim"), 0, at)
            self._grid.setColumnStretch(at, 1)
        levers = list(dict.fromkeys(one.lever for one in found))
        for number, lever in enumerate(levers, start=1):
            name = label(formats.named(lever_word(lever), unit_word(lever)), wrap=True)
            name.setMinimumWidth(theme.current().px(130))
            self._grid.addWidget(name, number, 0, _TOP)
            for one in (one for one in found if one.lever == lever):
                self._grid.addWidget(self._cell(one), number, grades.index(one.grade) + 1)
        if not found:
            self.working.setText(tr("Nothing that can be set here counts in its score."))

    def _cell(self, one: Least) -> QWidget:
        if one.already:
            return box(column(label(tr("reached already"), "good"), 1, gap=0))
        if one.value is None or one.change is None:
            why = label(render(one.why) if one.why is not None else "", "dim", wrap=True)
            return box(column(why, 1, gap=0))
        by = difference(one.value - one.change, one.value).replace("\n", tr(", "))
        value = label(plain(one.value, 3))
        value.setFont(theme.tabular(value.font()))
        take = changes(
            button(tr("take over"), "caption", lambda: self.taken.emit(one.lever, one.value))
        )
        take.setAccessibleName(
            tr("take over {lever} for {grade}", lever=lever_word(one.lever), grade=one.grade)
        )
        take.setObjectName(f"{one.lever}:{one.grade}")
        return box(column(row(value, take, 1, gap=8), label(by, "dim"), 1, gap=0))


class PairCard(Card):
    """Two levers together for a grade. `asked` carries both and the grade; `taken` both values."""

    asked = Signal(str, str, str)
    taken = Signal(str, object, str, object)

    def __init__(self) -> None:
        super().__init__(tr("Two levers together"), margin=12)
        self.first, self.second = ChoiceField(tr("So much of")), ChoiceField(tr("beside it"))
        self.grade = ChoiceField(tr("for grade"))
        choice = row(self.first, self.second, self.grade, gap=8)
        for place, weight in enumerate((3, 3, 1)):
            choice.setStretch(place, weight)
        self.add(choice)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(16))
        self.add(self._grid)
        self.shown: tuple[Pair, ...] = ()
        self._offered: list[tuple[str, str]] = []
        for one in (self.first, self.second, self.grade):
            one.committed.connect(lambda _value: self.ask())

    def offer(self, levers: Sequence[str], grades: Sequence[str]) -> None:
        """Choose among these."""
        options = [(key, lever_word(key)) for key in levers]
        show_if(self, len(options) > 1)
        for at, field in enumerate((self.first, self.second)):
            if options != self._offered:
                field.set_options(options)
            if field.value() is None and len(options) > 1:
                field.set_value(options[0 if not at else -1][0])
        self._offered = options
        self.grade.set_options([(one, one) for one in grades])
        if self.grade.value() is None and grades:
            self.grade.set_value(grades[0])

    def ask(self) -> None:
        """Work out what is chosen."""
        first, second, grade = self.first.value(), self.second.value(), self.grade.value()
        if first and second and grade and first != second:
            self.asked.emit(first, second, grade)

    def show_pairs(self, levers: tuple[str, str], found: Sequence[Pair]) -> None:
        """A row for each."""
        self.shown = tuple(found)
        clear(self._grid)
        for at, key in enumerate(levers):
            self._grid.addWidget(
                label(formats.named(lever_word(key), unit_word(key)), "dim"), 0, at
            )
        for number, one in enumerate(found, start=1):
            self._grid.addWidget(label(plain(one.first, 3)), number, 0)
            self._grid.addWidget(label(_second(one), wrap=True), number, 1)
            if one.second.value is not None or one.second.already:
                self._grid.addWidget(self._take(levers, one), number, 2)
        self._grid.setColumnStretch(1, 1)

    def _take(self, levers: tuple[str, str], one: Pair) -> QPushButton:
        first, second = levers
        return changes(
            button(
                tr("take over"),
                "link",
                lambda: self.taken.emit(first, one.first, second, one.second.value),
            )
        )


def _second(one: Pair) -> str:
    if one.second.already:
        return tr("nothing more is needed")
    if one.second.value is None:
        return render(one.second.why) if one.second.why is not None else ""
    return plain(one.second.value, 3)
