"""The two rows of choices: which scenario is in front, and which target year."""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landsteward.app.language import render, tr
from landsteward.app.scenarios import ScenarioLine
from ui import theme
from ui.widgets.basics import button, changes, clear, label, row, show_if
from ui.widgets.fields import TextField


class ScenarioBar(QWidget):
    """A chip for each scenario, the name of the one in front, and why it is not the last word."""

    opened = Signal(str)
    renamed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = row(gap=6)
        self.name = changes(TextField("", hint=tr("Name of this scenario")))
        self.name.line.setAccessibleName(tr("Name of this scenario"))
        self.name.setFixedWidth(theme.current().px(200))
        self.name.committed.connect(self.renamed)
        self.stale = label("", "caution", wrap=True)
        line = row(self._row, self.name, gap=10)
        line.addWidget(self.stale, 1)
        self.setLayout(line)

    def show_lines(self, lines: Sequence[ScenarioLine], front: str) -> None:
        """Show these; `front` is the key of the one that is shown, empty where it is a new one."""
        if [one.scenario.id for one in lines] != list(self.chips):
            for old in self.chips.values():
                self._group.removeButton(old)
            clear(self._row)
            self.chips = {}
            for one in lines:
                made = button("", "segment", partial(self.opened.emit, one.scenario.id))
                made.setCheckable(True)
                self._group.addButton(made)
                self.chips[one.scenario.id] = made
                self._row.addWidget(made)
        self._group.setExclusive(False)
        for one in lines:
            chip = self.chips[one.scenario.id]
            chip.setText(one.scenario.name)
            chip.setChecked(one.scenario.id == front)
        self._group.setExclusive(bool(front))
        found = next((one for one in lines if one.scenario.id == front), None)
        show_if(self.name, found is not None)
        if found is not None:
            self.name.set_value(found.scenario.name)
        stale = found.stale if found is not None else None
        self.stale.setText(
            tr("Not the latest word: {why}.", why=render(stale)) if stale is not None else ""
        )


class YearBar(QWidget):
    """A chip for each target year, and one more behind the last. `chosen` carries a year."""

    chosen = Signal(int)
    added = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.chips: dict[int, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._row = row(gap=6)
        self.more = changes(button("", "link", self.added.emit))
        self.setLayout(row(label(tr("Target year"), "dim"), self._row, self.more, 1, gap=8))

    def show_years(self, years: Iterable[int], front: int) -> None:
        """Show these."""
        for old in self.chips.values():
            self._group.removeButton(old)
        clear(self._row)
        self.chips = {}
        for year in sorted(years):
            made = button(str(year), "segment", partial(self.chosen.emit, year))
            made.setCheckable(True)
            made.setChecked(year == front)
            self._group.addButton(made)
            self.chips[year] = made
            self._row.addWidget(made)
        self.more.setText(tr("and {year}…", year=max(self.chips) + 1))
