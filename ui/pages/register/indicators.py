"""The yearly indicators of an enterprise: a small table, the chosen one as a chart, its formula."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from landsteward.app.language import localised, render, tr
from landsteward.app.register_sheets import YearView
from landsteward.domain.indicators import LAND, Indicator
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.rulepack import MetricKind
from ui import formats, theme
from ui.pages.register.labels import labels_of
from ui.pages.register.occupancy import basis_in_words
from ui.widgets.basics import column, label, row, selectable
from ui.widgets.year_chart import Goal, Point, YearChart

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NAME_WIDTH = 244
_YEAR_WIDTH = 86
_ROW_HEIGHT = 29


class _Model(QAbstractTableModel):
    """A row an indicator, a column a year, oldest first; what cannot be computed is a dash."""

    def __init__(self) -> None:
        super().__init__()
        self.metrics: tuple[MetricKind, ...] = ()
        self.years: tuple[YearView, ...] = ()

    def show_values(self, metrics: Sequence[MetricKind], years: Sequence[YearView]) -> None:
        """Show these; the cell in front stays in front where the years are the same."""
        same = [one.figures.year for one in years] == [one.figures.year for one in self.years]
        if same and self.metrics == tuple(metrics):
            self.years = tuple(years)
            last = self.index(len(self.metrics) - 1, len(self.years))
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.metrics, self.years = tuple(metrics), tuple(years)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """As many as there are indicators."""
        return 0 if parent.isValid() else len(self.metrics)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The name, and the years."""
        return 0 if parent.isValid() else 1 + len(self.years)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The years."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.years[section - 1].figures.year) if section else tr("Indicator")
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A name with its unit, or a value."""
        metric = self.metrics[index.row()]
        found = self._found(index)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role == Qt.ItemDataRole.FontRole and index.column():
            return theme.tabular(theme.application_font())
        if role == Qt.ItemDataRole.ForegroundRole and (found is None or found.value is None):
            return QColor(theme.current().colour("ink" if index.column() == 0 else "dim"))
        if role == Qt.ItemDataRole.ToolTipRole and found is not None and found.missing is not None:
            return cannot_be_computed(found)
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 0:
                return f"{name_of(metric)}（{metric.unit}）"
            return formats.figure(found.value) if found is not None else formats.NONE
        return None

    def _found(self, index: _Index) -> Indicator | None:
        if index.column() == 0:
            return None
        return self.years[index.column() - 1].indicators.get(self.metrics[index.row()].key)


class IndicatorPanel(QWidget):
    """Choosing a cell draws its indicator and says how the value came about."""

    chosen = Signal(str)

    def __init__(self, metrics: Sequence[MetricKind]) -> None:
        super().__init__()
        self._metrics = tuple(metrics)
        self._land: Mapping[int, LandBasis] = {}
        self._goals: Mapping[str, Sequence[Goal]] = {}
        self.key = metrics[0].key if metrics else ""
        self.year: int | None = None
        self.model = _Model()
        self.model.setParent(self)
        self.table = _table(self.model)
        self.chart = YearChart()
        self.caption = label("", "heading")
        self.formula = selectable("", "")
        self.basis = label("", "dim", wrap=True)
        drawing = column(self.caption, self.chart, gap=4)
        drawing.setStretch(1, 1)
        parts = row(self.table, gap=16)
        parts.addLayout(drawing, 1)
        self.setLayout(column(parts, self.formula, self.basis, gap=8))
        self.table.selectionModel().currentChanged.connect(self._cell_chosen)
        self.chart.pointed.connect(self._pointed)

    def show_years(
        self,
        years: Sequence[YearView],
        land: Mapping[int, LandBasis],
        goals: Mapping[str, Sequence[Goal]],
    ) -> None:
        """Show these; `years` newest first, `goals` by the key of the indicator."""
        self._land, self._goals = land, goals
        self.setVisible(bool(years))
        self.model.show_values(self._metrics, tuple(reversed(years)))
        self._fit()
        if years and self.year not in [one.figures.year for one in years]:
            self.year = years[0].figures.year
        self._mark()
        self._draw()

    def choose(self, key: str, year: int | None = None) -> None:
        """Put an indicator, and a year of it, in front."""
        self.key, self.year = key, year if year is not None else self.year
        self._mark()
        self._draw()
        self.chosen.emit(key)

    def value_text(self, key: str, year: int) -> str:
        """What stands in a cell."""
        row_at = [one.key for one in self._metrics].index(key)
        column_at = [one.figures.year for one in self.model.years].index(year) + 1
        return str(self.model.index(row_at, column_at).data())

    def _mark(self) -> None:
        """The cell in front, without asking for it to be drawn again."""
        keys = [one.key for one in self._metrics]
        years = [one.figures.year for one in self.model.years]
        if self.key not in keys or self.year not in years:
            return
        index = self.model.index(keys.index(self.key), years.index(self.year) + 1)
        marked = QItemSelectionModel.SelectionFlag.ClearAndSelect
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.selectionModel().setCurrentIndex(index, marked)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _cell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        self.key = self._metrics[index.row()].key
        if index.column():
            self.year = self.model.years[index.column() - 1].figures.year
        self._draw()
        self.chosen.emit(self.key)

    def _pointed(self, year: int) -> None:
        self.year = year
        self._mark()
        self._explain()

    def _draw(self) -> None:
        metric = next((one for one in self._metrics if one.key == self.key), None)
        if metric is None:
            return
        self.caption.setText(f"{name_of(metric)}（{metric.unit}）")
        points = []
        for one in self.model.years:
            found = one.indicators[metric.key]
            why = cannot_be_computed(found) if found.missing is not None else ""
            points.append(Point(one.figures.year, found.value, why))
        self.chart.show_figure(
            name_of(metric), metric.unit, points, self._goals.get(metric.key, ())
        )
        self._explain()

    def _explain(self) -> None:
        metric = next((one for one in self._metrics if one.key == self.key), None)
        view = next((one for one in self.model.years if one.figures.year == self.year), None)
        if metric is None or view is None or self.year is None:
            self.formula.setText("")
            self.basis.setText("")
            return
        found = view.indicators[metric.key]
        self.formula.setText(f"{self.year} {name_of(metric)}　{formula_in_words(found, metric)}")
        land = self._land.get(self.year)
        per_land = found.formula.whole == LAND
        self.basis.setText(basis_in_words(land) if land is not None and per_land else "")
        self.basis.setVisible(bool(self.basis.text()))

    def _fit(self) -> None:
        look = theme.current()
        header = self.table.horizontalHeader()
        for section in range(self.model.columnCount()):
            header.resizeSection(section, look.px(_YEAR_WIDTH if section else _NAME_WIDTH))
        width = look.px(_NAME_WIDTH) + look.px(_YEAR_WIDTH) * min(4, len(self.model.years)) + 2
        self.table.setFixedWidth(width)
        height = header.sizeHint().height() + look.px(_ROW_HEIGHT) * self.model.rowCount() + 4
        bar = self.table.horizontalScrollBar().sizeHint().height()
        self.table.setFixedHeight(height + (bar if len(self.model.years) > 4 else 0))
        if len(self.model.years) > 4:
            self.table.scrollTo(self.model.index(0, len(self.model.years)))


def name_of(metric: MetricKind) -> str:
    """An indicator in the language of the window."""
    return localised(metric.name, metric.name_en)


def cannot_be_computed(found: Indicator) -> str:
    """Why there is no value."""
    assert found.missing is not None, "an indicator that has a value"
    return tr("cannot be computed: {why}", why=render(found.missing))


def formula_in_words(found: Indicator, metric: MetricKind) -> str:
    """The formula with its figures, or why there is no value."""
    if found.value is None:
        return cannot_be_computed(found)
    return tr(
        "{part} ÷ {whole}{percent} = {value} {unit}",
        part=_figure(found.formula.part, found.part),
        whole=_figure(found.formula.whole, found.whole),
        percent=" × 100" if found.formula.percent else "",
        value=formats.figure(found.value),
        unit=metric.unit,
    )


def _figure(name: str, value: Decimal | None) -> str:
    assert value is not None, "an indicator that could not be computed"
    if name == LAND:
        return tr("land {mu} mu", mu=formats.figure(value))
    known = labels_of("yearly_metrics")[name]
    return f"{known.word} {formats.exact(value)} {known.unit}"


def _side(column_at: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column_at else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _table(model: _Model) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(theme.current().px(_ROW_HEIGHT))
    table.verticalHeader().setMinimumSectionSize(theme.current().px(_ROW_HEIGHT))
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    table.setAccessibleName(tr("Indicators by year"))
    return table
