"""The yearly figures of an enterprise as a table to type in: a line a year, saved cell by cell."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register import record_year
from landsteward.domain.register import YearlyMetrics
from ui.operations import Operations
from ui.pages.register.labels import labels_of
from ui.pages.register.sheet import remover
from ui.widgets.basics import button, changes, clear, column, label, line, row
from ui.widgets.fields import ChoiceField, DecimalField, Field
from ui.widgets.forms import keep

FIGURES = (
    "land_area_m2",
    "tax_wan",
    "revenue_wan",
    "value_added_wan",
    "energy_tce",
    "rnd_wan",
    "staff_average",
    "upgrade_investment_wan",
    "emissions_t",
)


class YearsTable(QWidget):
    """Figures by year, newest first. `removed` is told which year is to be taken out."""

    def __init__(
        self,
        operations: Operations,
        enterprise_id: str,
        this_year: int,
        removed: Callable[[YearlyMetrics], None],
    ) -> None:
        super().__init__()
        self._operations = operations
        self._enterprise_id = enterprise_id
        self._this_year = this_year
        self._removed = removed
        self._years: list[int] = []
        self._shown: dict[int, YearlyMetrics] = {}
        self.cells: dict[tuple[int, str], Field] = {}
        self._read_only = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self.add = changes(button(tr("Add a year"), "", self.add_year))
        self.none = label(
            tr("No yearly figures yet. Add a year, or import a sheet of yearly figures."), "dim"
        )
        page = column(self.none, gap=12)
        page.addLayout(self._grid)
        page.addLayout(row(self.add, 1))
        page.addStretch(1)
        self.setLayout(page)

    def show_years(self, years: Sequence[YearlyMetrics], *, read_only: bool) -> None:
        """Show these; fields being typed in are left alone."""
        wanted = [one.year for one in years]
        self._shown = {one.year: one for one in years}
        if wanted != self._years or read_only != self._read_only:
            self._read_only = read_only
            self._build(wanted)
        self.add.setVisible(not read_only)
        self.none.setVisible(not wanted)
        for one in years:
            for name in FIGURES:
                self.cells[one.year, name].set_value(getattr(one, name))
            self.cells[one.year, "grade"].set_value(one.grade)

    def add_year(self) -> None:
        """Begin a line for the newest year that is missing."""
        year = self._this_year - 1
        while year in self._years:
            year -= 1
        self._operations.change(
            self, lambda ctx: record_year(ctx, enterprise_id=self._enterprise_id, year=year)
        )

    def _build(self, years: list[int]) -> None:
        self._years = list(years)
        clear(self._grid)
        self.cells.clear()
        if not years:
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        known = labels_of("yearly_metrics")
        self._grid.addWidget(label(known["year"].word, "label"), 0, 0)
        for at, name in enumerate(FIGURES, start=1):
            head = label(f"{known[name].word}\n{known[name].unit}", "label")
            head.setAlignment(right)
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, 1)
        last = len(FIGURES) + 1
        self._grid.addWidget(label(known["grade"].word, "label"), 0, last)
        self._grid.addWidget(line(), 1, 0, 1, last + 2)
        for number, year in enumerate(years, start=2):
            self._grid.addWidget(label(str(year), "heading"), number, 0)
            for at, name in enumerate(FIGURES, start=1):
                cell = DecimalField("")
                cell.editor.setAccessibleName(f"{known[name].word} {year}")
                self._tie(cell, year, name)
                self._grid.addWidget(cell, number, at)
            grade = ChoiceField("", [(None, "–"), *((one, one) for one in "ABCD")])
            grade.box.setMinimumContentsLength(1)
            self._tie(grade, year, "grade")
            self._grid.addWidget(grade, number, last)
            if not self._read_only:
                self._grid.addWidget(self._remover(year), number, last + 1)

    def _remover(self, year: int) -> QWidget:
        made = remover(
            lambda: self._removed(self._shown[year]),
            tr("Take out the figures of {year}", year=year),
        )
        made.setAccessibleName(made.toolTip())
        return made

    def _tie(self, cell: Field, year: int, name: str) -> None:
        def change(ctx: Context, value: Any) -> YearlyMetrics:
            figures: Any = {name: value}
            return record_year(ctx, enterprise_id=self._enterprise_id, year=year, **figures)

        keep(cell, self._operations, change)
        cell.set_read_only(self._read_only)
        self.cells[year, name] = cell
