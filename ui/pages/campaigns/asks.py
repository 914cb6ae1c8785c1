"""Small questions about visits: which days, whose carrier's, by whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from landsteward.app.language import tr
from landsteward.app.people import Member
from ui import theme
from ui.widgets.basics import button, column, label, row, scrolled
from ui.widgets.boxes import CheckBoxes
from ui.widgets.fields import ChoiceField, DateField, WholeField

_MOST_A_DAY = 999


class AskDays(QDialog):
    """Asks for the first day and how many a day; with carriers, for one of them before."""

    chosen = Signal(object, object, object)
    """The day, how many a day (None: all on it), and the carrier's key where one was asked for."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        *,
        first: date,
        count: int,
        carriers: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.current().px(420))
        self.carrier = ChoiceField(tr("Carrier"), carriers)
        self.day = DateField(tr("Day, or the first of several"))
        self.day.set_value(first)
        self.a_day = WholeField(
            tr("At most so many a day (empty: all on that day)"), minimum=1, maximum=_MOST_A_DAY
        )
        self.ok = button(tr("Set"), "primary", self._take)
        hint = label(tr("Spread over several days, Saturdays and Sundays are left out."), "dim")
        parts: list[Any] = [label(title, "title")]
        if carriers:
            self.carrier.set_value(carriers[0][0])
            parts.append(self.carrier)
        else:
            self.carrier.setParent(self)
            self.carrier.hide()
        parts.append(self.day)
        if count > 1:
            parts += [self.a_day, hint]
        else:
            for widget in (self.a_day, hint):
                widget.setParent(self)
                widget.hide()
        buttons = row(1, button(tr("Cancel"), "", self.reject), self.ok)
        self.setLayout(column(*parts, buttons, gap=12, margin=20))
        for line in (self.day.line, self.a_day.line):
            line.returnPressed.disconnect()
            line.returnPressed.connect(self._take)
        self.day.line.setFocus()
        self.day.line.selectAll()

    def _take(self) -> None:
        if not (self.day.commit() and self.a_day.commit()):
            return
        day = self.day.value()
        if day is None:
            self.day.set_error(tr("Say on which day."))
            return
        self.chosen.emit(day, self.a_day.value(), self.carrier.value())
        self.accept()


class AskInspectors(QDialog):
    """Asks who makes the visits."""

    chosen = Signal(object)
    """Keys of people."""

    def __init__(self, parent: QWidget, members: Sequence[Member], *, now: Sequence[str]) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = tr("Who makes these visits?")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.current().px(480))
        self.boxes = CheckBoxes()
        self.boxes.offer(offered(members), list(now))
        area = scrolled(self.boxes)
        area.setMinimumHeight(theme.current().px(160))
        self.ok = button(tr("Assign them"), "primary", self._take)
        buttons = row(1, button(tr("Cancel"), "", self.reject), self.ok)
        self.setLayout(column(label(title, "title"), area, buttons, gap=12, margin=20))

    def _take(self) -> None:
        self.chosen.emit(self.boxes.chosen)
        self.accept()


def offered(members: Sequence[Member]) -> list[tuple[str, str]]:
    """People with their organisation, by that and by name."""
    ordered = sorted(members, key=lambda one: (one.organisation.name, one.person.name))
    return [(one.person.id, f"{one.person.name} · {one.organisation.name}") for one in ordered]
