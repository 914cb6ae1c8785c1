"""The yearly figures of an enterprise as a table to type in: a line a year, saved cell by cell."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.register import record_year
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.quantities import per_mu, shown
from landsteward.domain.register import YearlyMetrics
from ui import theme
from ui.operations import Operations
from ui.pages.register.occupancy import basis_in_words
from ui.widgets.basics import button, clear, column, label, line, row
from ui.widgets.fields import ChoiceField, DecimalField, Field
from ui.widgets.forms import keep


def _figures() -> tuple[tuple[str, str, str], ...]:
    """Attribute, name and unit of each figure."""
    return (
        ("land_area_m2", tr("Land"), "m²"),
        ("tax_wan", tr("Tax"), tr("10 000 yuan")),
        ("revenue_wan", tr("Revenue"), tr("10 000 yuan")),
        ("value_added_wan", tr("Value added"), tr("10 000 yuan")),
        ("energy_tce", tr("Energy"), tr("tce")),
        ("rnd_wan", tr("R&D"), tr("10 000 yuan")),
        ("staff_average", tr("Staff"), tr("persons")),
        ("upgrade_investment_wan", tr("Upgrades"), tr("10 000 yuan")),
        ("emissions_t", tr("Emissions"), tr("t")),
    )


class YearsTable(QWidget):
    """Figures by year, newest first, with the per-mu tax they make."""

    def __init__(self, operations: Operations, enterprise_id: str, this_year: int) -> None:
        super().__init__()
        self._operations = operations
        self._enterprise_id = enterprise_id
        self._this_year = this_year
        self._years: list[int] = []
        self.cells: dict[tuple[int, str], Field] = {}
        self._tax: dict[int, Any] = {}
        self._read_only = False
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(6)
        self.add = button(tr("Add a year"), "", self.add_year)
        self.none = label(tr("No yearly figures yet."), "dim")
        self.basis = label("", "dim", wrap=True)
        page = column(self.none, gap=12)
        page.addLayout(self._grid)
        page.addWidget(self.basis)
        page.addLayout(row(self.add, 1))
        page.addStretch(1)
        self.setLayout(page)

    def show_years(
        self,
        years: Sequence[YearlyMetrics],
        land: Mapping[int, LandBasis],
        *,
        read_only: bool,
    ) -> None:
        """Show these with the land they are divided by; fields being typed in are left alone."""
        wanted = [one.year for one in years]
        if wanted != self._years or read_only != self._read_only:
            self._read_only = read_only
            self._build(wanted)
        self.add.setVisible(not read_only)
        self.none.setVisible(not wanted)
        for one in years:
            for name, _word, _unit in _figures():
                self.cells[one.year, name].set_value(getattr(one, name))
            self.cells[one.year, "grade"].set_value(one.grade)
            basis = land.get(one.year)
            value = None
            if one.tax_wan is not None and basis is not None:
                value = per_mu(one.tax_wan, basis.area_m2)
            self._tax[one.year].setText("–" if value is None else shown(value))
        self.basis.setText(
            "\n".join(f"{year}：{basis_in_words(land[year])}" for year in wanted if year in land)
        )
        self.basis.setVisible(bool(land))

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
        self._tax.clear()
        if not years:
            return
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
        self._grid.addWidget(label(tr("Year"), "label"), 0, 0)
        heads = [*_figures(), ("", tr("Tax/land"), tr("10 000 yuan/mu"))]
        for at, (_name, word, unit) in enumerate(heads, start=1):
            head = label(f"{word}\n{unit}", "label")
            head.setAlignment(right)
            self._grid.addWidget(head, 0, at)
            self._grid.setColumnStretch(at, 1)
        self._grid.addWidget(label(tr("Grade"), "label"), 0, len(heads) + 1)
        self._grid.addWidget(line(), 1, 0, 1, len(heads) + 2)
        for number, year in enumerate(years, start=2):
            self._grid.addWidget(label(str(year), "heading"), number, 0)
            for at, (name, word, _unit) in enumerate(_figures(), start=1):
                cell = DecimalField("")
                cell.editor.setAccessibleName(f"{word} {year}")
                self._tie(cell, year, name)
                self._grid.addWidget(cell, number, at)
            tax = label("–")
            tax.setFont(theme.tabular(tax.font()))
            tax.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._tax[year] = tax
            self._grid.addWidget(tax, number, len(heads))
            grade = ChoiceField("", [(None, "–"), *((one, one) for one in "ABCD")])
            grade.box.setMinimumContentsLength(1)
            self._tie(grade, year, "grade")
            self._grid.addWidget(grade, number, len(heads) + 1)

    def _tie(self, cell: Field, year: int, name: str) -> None:
        def change(ctx: Context, value: Any) -> YearlyMetrics:
            figures: Any = {name: value}
            return record_year(ctx, enterprise_id=self._enterprise_id, year=year, **figures)

        keep(cell, self._operations, change)
        cell.set_read_only(self._read_only)
        self.cells[year, name] = cell
