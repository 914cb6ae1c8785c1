"""Which enterprises would be visited more often than the cap, and which visits count."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from landsteward.app.language import tr
from landsteward.app.visit_caps import CapView
from ui import theme
from ui.visit_words import DepartmentWords, counted
from ui.widgets.basics import button, column, label, row
from ui.workbench import Place, Workbench

_MOST = 300


class TooOftenDialog(QDialog):
    """A line for each enterprise and department, with every visit that counts."""

    def __init__(self, bench: Workbench, parent: QWidget, cap: CapView) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench = bench
        self._cap = cap
        title = tr("Visited more often than the cap")
        self.setWindowTitle(title)
        look = theme.current()
        self.setMinimumSize(look.px(900), look.px(460))
        words = DepartmentWords(bench.services.packs)
        shown = cap.warnings[:_MOST]
        self.table = QTableWidget(len(shown), 4)
        self.table.setHorizontalHeaderLabels(
            [tr("Enterprise"), tr("Department"), tr("Visits, at most"), tr("Visits that count")]
        )
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        for number, one in enumerate(shown):
            total = len(one.visits) + one.more
            count = tr(
                "{count} in {year}, at most {most}", count=total, year=one.year, most=one.most
            )
            texts = (
                cap.names.get(one.enterprise_id, ""),
                words.name(one.department),
                count,
                tr("; ").join(counted(visit) for visit in one.visits),
            )
            for place, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setToolTip(text)
                self.table.setItem(number, place, item)
        head = self.table.horizontalHeader()
        head.setHighlightSections(False)
        for place, width in enumerate((200, 140, 190)):
            self.table.setColumnWidth(place, look.px(width))
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        self.table.resizeRowsToContents()
        self.table.cellDoubleClicked.connect(self._open)
        note = label(
            tr(
                "How often a department may come in a year is set in the rule pack (visits.toml). "
                "Checkups that began, are scheduled or are planned count, with or without a "
                "campaign; rechecks do not."
            ),
            "dim",
            wrap=True,
        )
        self.close_button = button(tr("Close"), "", self.accept)
        close = row(1, self.close_button)
        self.setLayout(column(label(title, "title"), note, self.table, close, gap=12, margin=20))

    def _open(self, number: int, _column: int) -> None:
        enterprise_id = self._cap.warnings[number].enterprise_id
        self.accept()
        self._bench.go(Place("enterprise", enterprise_id))
