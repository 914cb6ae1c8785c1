"""A firm's record in numbers; each leads to what it counts, and that to its case."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from landsteward.app.context import Context
from landsteward.app.firms import CountedLine, counted_lines, firm_record
from landsteward.app.language import tr
from landsteward.domain.firm_records import FirmRecord, Measure
from ui import formats
from ui.pages.firms.periods import PeriodField
from ui.pages.firms.table import AnyIndex, share_words
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.plain_table import plain_table
from ui.workbench import Place, Workbench

_TOP = QModelIndex()
_IN_A_ROW = 6


def measures() -> tuple[tuple[Measure, str], ...]:
    """What is counted, with its word."""
    return (
        (Measure.SUBMITTED, tr("Plans submitted")),
        (Measure.RETURNED, tr("Returned")),
        (Measure.ACCEPTED, tr("Accepted")),
        (Measure.DAYS, tr("Days to plan")),
        (Measure.KEPT, tr("Dates kept")),
        (Measure.MISSED, tr("Dates missed")),
        (Measure.CLOSED, tr("Closed")),
        (Measure.REBOUND, tr("Rebounds")),
        (Measure.TAX_GAIN, tr("Tax gained per mu")),
        (Measure.REVENUE_GAIN, tr("Revenue gained per mu")),
    )


class CountedModel(QAbstractTableModel):
    """What a number counts, one line each."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[CountedLine] = ()
        self.heads = (tr("Day"), tr("Case"), tr("Enterprise"), tr("Days or gain"), tr("What"))

    def show(self, lines: Sequence[CountedLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """As many as are counted."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Day, case, enterprise, value, what."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        line = self.lines[index.row()]
        value = line.counted.value
        return (
            formats.day(line.counted.on),
            line.case_no,
            line.enterprise,
            "" if value is None else formats.figure(value),
            _what(line),
        )[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None


_OF_PLANS = frozenset(
    {
        Measure.SUBMITTED,
        Measure.RETURNED,
        Measure.ACCEPTED,
        Measure.TAX_GAIN,
        Measure.REVENUE_GAIN,
    }
)
_STEP = {
    Measure.KEPT: "follow_up",
    Measure.MISSED: "follow_up",
    Measure.CLOSED: "closure",
    Measure.REBOUND: "findings",
    Measure.TAX_GAIN: "follow_up",
    Measure.REVENUE_GAIN: "follow_up",
}


def _what(line: CountedLine) -> str:
    if line.counted.measure in _OF_PLANS:
        return tr("Version {number} of the plan", number=line.what)
    return line.what


class RecordPanel(QWidget):
    """The numbers of a firm, and below them what the chosen one counts."""

    def __init__(self, bench: Workbench, firm_id: str) -> None:
        super().__init__()
        self._bench = bench
        self._firm_id = firm_id
        self._record: FirmRecord | None = None
        self._chosen = Measure.SUBMITTED
        self.period = PeriodField(bench.services.clock.today())
        self.period.committed.connect(lambda _year: self.refresh())
        self.fee = label("", "dim", wrap=True)
        self.numbers: dict[Measure, QPushButton] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        for place, (measure, word) in enumerate(measures()):
            number = button("", "link", partial(self.choose, measure))
            number.setAccessibleName(word)
            self.numbers[measure] = number
            held = row(number, 1)
            cell = column(label(word, "dim"), held, gap=2)
            self._grid.addLayout(cell, place // _IN_A_ROW, place % _IN_A_ROW)
        for place in range(_IN_A_ROW):
            self._grid.setColumnStretch(place, 1)
        figures = Card(tr("Track record"), margin=16)
        figures.head.addWidget(self.period)
        figures.add(self._grid)
        figures.add(self.fee)
        self.lines = CountedModel(self)
        self.table = plain_table(self.lines, (110, 150, 240, 90, 300))
        self.table.activated.connect(self._open)
        self.counted = Card(" ", margin=0)
        self.counted.add(self.table, 1)
        page = column(figures, gap=12)
        page.addWidget(self.counted, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Ask for the record again."""
        firm_id, within = self._firm_id, self.period.within

        def read(ctx: Context) -> FirmRecord:
            return firm_record(ctx, firm_id=firm_id, within=within)

        self._bench.operations.query(self, read, success=self._show)

    def choose(self, measure: Measure) -> None:
        """Show what a number counts."""
        self._chosen = measure
        self._ask_lines()

    def _show(self, record: FirmRecord) -> None:
        self._record = record
        for measure, number in self.numbers.items():
            number.setText(_number(record, measure))
        parts = [tr("Fee of this time: {fee} 万元", fee=formats.figure(record.fee_wan))]
        if record.fee_per_closed_wan is not None:
            parts.append(
                tr(
                    "{fee} 万元 for each closed finding",
                    fee=formats.figure(record.fee_per_closed_wan),
                )
            )
        parts.append(tr("dates kept: {share}", share=share_words(record)))
        self.fee.setText(" · ".join(parts))
        self._ask_lines()

    def _ask_lines(self) -> None:
        if self._record is None:
            return
        self.counted.title.setText(dict(measures())[self._chosen])
        counted = self._record.of(self._chosen)
        self._bench.operations.query(
            self, lambda ctx: counted_lines(ctx, counted=counted), success=self.lines.show
        )

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            counted = self.lines.lines[index.row()].counted
            self._bench.go(Place("case", counted.case_id, _STEP.get(counted.measure, "plan")))


def _number(record: FirmRecord, measure: Measure) -> str:
    if measure in (Measure.TAX_GAIN, Measure.REVENUE_GAIN):
        mean = record.mean(measure)
        return formats.NONE if mean is None else formats.signed(mean)
    if measure is Measure.DAYS:
        return formats.figure(record.mean(measure), 1)
    return f"{record.count(measure):,}"
