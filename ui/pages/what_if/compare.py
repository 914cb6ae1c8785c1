"""Scenarios beside each other: what is done, what comes of it, against which grading."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout

from landsteward.app.language import render, tr
from landsteward.app.scenarios import ScenarioLine
from landsteward.app.what_if import as_changes
from landsteward.app.what_if_wording import lever_word, placing_words, plain, unit_word
from landsteward.domain.scenarios import Placing
from landsteward.domain.what_if.levers import LEVER_OF
from ui import formats, theme
from ui.pages.lists.column_facts import grade_tone
from ui.widgets.basics import Card, button, changes, clear, label, row, show_if
from ui.widgets.signs import Badge


class CompareCard(Card):
    """A column for each scenario. `opened` and `removed` carry its key."""

    opened = Signal(str)
    removed = Signal(str)

    def __init__(self) -> None:
        super().__init__(tr("Scenarios side by side"), margin=12)
        self.nothing = label(
            tr("What is set at the left is kept as a scenario by itself; name it above."),
            "dim",
            wrap=True,
        )
        self.add(self.nothing)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(theme.current().px(20))
        self._grid.setVerticalSpacing(6)
        self.add(self._grid)
        self.body.addStretch(1)
        self.cells: list[list[str]] = []
        self._shown: tuple[ScenarioLine, ...] = ()

    def show_scenarios(self, lines: Sequence[ScenarioLine]) -> None:
        """Show these, each against what it was before."""
        if tuple(lines) == self._shown and self.cells:
            return
        self._shown = tuple(lines)
        clear(self._grid)
        self.cells = []
        show_if(self.nothing, not lines)
        if not lines:
            return
        for at, one in enumerate(lines, start=1):
            name = button(one.scenario.name, "link", partial(self.opened.emit, one.scenario.id))
            self._grid.addLayout(row(name, 1), 0, at)
            self._grid.setColumnStretch(at, 1)
        self._row(tr("As it is"), [placing_words(one.scenario.before) for one in lines])
        self._grades([one.scenario.after for one in lines])
        self._row(tr("Then"), [placing_words(one.scenario.after) for one in lines])
        years = sorted({stage.year for one in lines for stage in one.scenario.stages})
        for year in years:
            for key in LEVER_OF:
                values = [_set_to(one, year, key) for one in lines]
                if any(values):
                    named = formats.named(lever_word(key), unit_word(key))
                    self._row(
                        tr("{year}, {lever}", year=year, lever=named),
                        [value or formats.NONE for value in values],
                    )
        self._row(
            tr("Held against"),
            [
                tr(
                    "{year}, rules {version}",
                    year=one.run.year,
                    version=one.scenario.pack_version,
                )
                for one in lines
            ],
        )
        self._row(
            tr("Kept by"), [f"{one.made_by} {formats.day(one.scenario.made_on)}" for one in lines]
        )
        if any(one.stale for one in lines):
            self._row(
                tr("Note"),
                [render(one.stale) if one.stale is not None else "" for one in lines],
                "caution",
            )
        at = self._grid.rowCount()
        for place, one in enumerate(lines, start=1):
            gone = changes(
                button(tr("Remove"), "link", partial(self.removed.emit, one.scenario.id))
            )
            self._grid.addLayout(row(gone, 1), at, place)

    def _row(self, word: str, values: Sequence[str], role: str = "") -> None:
        at = self._grid.rowCount()
        self.cells.append([word, *values])
        self._grid.addWidget(label(word, "dim", wrap=True), at, 0)
        for place, value in enumerate(values, start=1):
            self._grid.addWidget(label(value, role, wrap=True), at, place)

    def _grades(self, after: Sequence[Placing]) -> None:
        at = self._grid.rowCount()
        self._grid.addWidget(label(tr("Grade"), "dim"), at, 0)
        for place, one in enumerate(after, start=1):
            word = tr("Grade {grade}", grade=one.grade) if one.grade else tr("not graded")
            self._grid.addLayout(row(Badge(word, grade_tone(one.grade or "")), 1), at, place)


def _set_to(line: ScenarioLine, year: int, key: str) -> str:
    stage = next((one for one in line.scenario.stages if one.year == year), None)
    value = as_changes(stage).get(key) if stage is not None else None
    return "" if value is None else plain(value, 3)
