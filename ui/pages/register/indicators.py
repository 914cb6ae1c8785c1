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
from PySide6.QtGui import QColor, QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from landsteward.app.language import localised, render, tr
from landsteward.app.register_sheets import YearView
from landsteward.domain.indicators import LAND, Indicator
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.sight import RESTRICTED
from ui import formats, theme
from ui.pages.register.labels import labels_of
from ui.pages.register.occupancy import basis_in_words
from ui.widgets.basics import column, label, row, selectable
from ui.widgets.year_chart import Goal, Point, YearChart

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
_NAME_WIDTH = 200
_YEAR_WIDTH = 86
_ROW_HEIGHT = 29
_YEARS_SEEN = 4
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


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
            last = self.index(len(self.metrics) - 1, len(self.years) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.metrics, self.years = tuple(metrics), tuple(years)
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """As many as there are indicators."""
        return 0 if parent.isValid() else len(self.metrics)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """The years."""
        return 0 if parent.isValid() else len(self.years)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """The years above, at the side the indicators with their units."""
        across = orientation is Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if across else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return str(self.years[section].figures.year) if across else titled(self.metrics[section])

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A value, or a dash with the reason behind it."""
        found = self.years[index.column()].indicators[self.metrics[index.row()].key]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole:
            return theme.tabular(theme.application_font())
        if role == Qt.ItemDataRole.ForegroundRole and found.value is None:
            return QColor(theme.current().colour("dim"))
        if role == Qt.ItemDataRole.ToolTipRole and found.missing is not None:
            return cannot_be_computed(found)
        if role == Qt.ItemDataRole.DisplayRole:
            return tr("restricted") if found.missing == RESTRICTED else formats.figure(found.value)
        return None


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
        self.table.verticalHeader().sectionClicked.connect(self._name_chosen)
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
        column_at = [one.figures.year for one in self.model.years].index(year)
        return str(self.model.index(row_at, column_at).data())

    def _mark(self) -> None:
        """The cell in front, without asking for it to be drawn again."""
        keys = [one.key for one in self._metrics]
        years = [one.figures.year for one in self.model.years]
        if self.key not in keys or self.year not in years:
            return
        index = self.model.index(keys.index(self.key), years.index(self.year))
        marked = QItemSelectionModel.SelectionFlag.ClearAndSelect
        blocked = self.table.selectionModel().blockSignals(True)
        self.table.selectionModel().setCurrentIndex(index, marked)
        self.table.selectionModel().blockSignals(blocked)
        self.table.viewport().update()

    def _cell_chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        if not index.isValid():
            return
        self.key = self._metrics[index.row()].key
        self.year = self.model.years[index.column()].figures.year
        self._draw()
        self.chosen.emit(self.key)

    def _name_chosen(self, row_at: int) -> None:
        self.choose(self._metrics[row_at].key)

    def _pointed(self, year: int) -> None:
        self.year = year
        self._mark()
        self._explain()

    def _draw(self) -> None:
        metric = next((one for one in self._metrics if one.key == self.key), None)
        if metric is None:
            return
        self.caption.setText(titled(metric))
        points = []
        for one in self.model.years:
            found = one.indicators[metric.key]
            why = cannot_be_computed(found) if found.missing is not None else ""
            points.append(Point(one.figures.year, found.value, why))
        self.chart.show_figure(
            name_of(metric), unit_word(metric.unit), points, self._goals.get(metric.key, ())
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
        across, names = self.table.horizontalHeader(), self.table.verticalHeader()
        seen = _YEARS_SEEN if look.percent < 130 else _YEARS_SEEN // 2
        shown = min(seen, len(self.model.years))
        width = max([look.px(_NAME_WIDTH), *map(self._width_of, self._metrics)])
        names.setFixedWidth(width)
        across.setDefaultSectionSize(look.px(_YEAR_WIDTH))
        self.table.setFixedWidth(width + look.px(_YEAR_WIDTH) * shown + 2)
        height = across.sizeHint().height() + look.px(_ROW_HEIGHT) * self.model.rowCount() + 4
        more = len(self.model.years) > seen
        bar = self.table.horizontalScrollBar().sizeHint().height() if more else 0
        self.table.setFixedHeight(height + bar)
        if more:
            self.table.scrollTo(self.model.index(0, len(self.model.years) - 1))

    def _width_of(self, metric: MetricKind) -> int:
        metrics = QFontMetrics(theme.application_font())
        return metrics.horizontalAdvance(titled(metric)) + theme.current().px(28)


def name_of(metric: MetricKind) -> str:
    """An indicator in the language of the window."""
    return localised(metric.name, metric.name_en)


def titled(metric: MetricKind) -> str:
    """An indicator with its unit."""
    return formats.named(name_of(metric), unit_word(metric.unit))


def unit_word(unit: str) -> str:
    """A unit of the rule pack in the language of the window."""
    return {
        "万元/亩": tr("10 000 yuan/mu"),
        "万元/吨标煤": tr("10 000 yuan/tce"),
        "万元/人": tr("10 000 yuan/person"),
        "万元/吨": tr("10 000 yuan/t"),
    }.get(unit, unit)


def cannot_be_computed(found: Indicator) -> str:
    """Why there is no value."""
    assert found.missing is not None, "an indicator that has a value"
    return tr("cannot be computed: {why}", why=render(found.missing))


def formula_in_words(found: Indicator, metric: MetricKind) -> str:
    """The formula with its figures, or why there is no value."""
    if found.value is None:
        return cannot_be_computed(found)
    return tr(
        "{part} ÷ {whole}{percent} = {value}",
        part=_figure(found.formula.part, found.part),
        whole=_figure(found.formula.whole, found.whole),
        percent=" × 100" if found.formula.percent else "",
        value=formats.with_unit(formats.figure(found.value), unit_word(metric.unit)),
    )


def _figure(name: str, value: Decimal | None) -> str:
    assert value is not None, "an indicator that could not be computed"
    if name == LAND:
        return tr("land {mu} mu", mu=formats.figure(value))
    known = labels_of("yearly_metrics")[name]
    return f"{known.word} {formats.with_unit(formats.exact(value), known.unit)}"


def _table(model: _Model) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    names = table.verticalHeader()
    names.setObjectName("names")
    names.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    names.setDefaultSectionSize(theme.current().px(_ROW_HEIGHT))
    names.setMinimumSectionSize(theme.current().px(_ROW_HEIGHT))
    names.setHighlightSections(False)
    names.setSectionsClickable(True)
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    table.setAccessibleName(tr("Indicators by year"))
    return table
