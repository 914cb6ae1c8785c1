"""导入: where a file is brought in, what was begun and not done, and the imports that were made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QWidget

from landsteward.app.context import Context
from landsteward.app.import_batches import ImportRecord, import_records
from landsteward.app.language import tr
from landsteward.app.rosters_begun import BegunImport, begun_imports, drop_begun
from landsteward.domain.permissions import Action, may
from ui import formats, theme
from ui.pages.base import Page
from ui.pages.imports.words import kind_word
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    changes,
    clear,
    column,
    label,
    row,
    show_if,
)
from ui.widgets.plain_table import plain_table
from ui.widgets.signs import EmptyState
from ui.workbench import Place, Workbench

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_FIGURES = range(4, 8)
"""The columns that count rows."""


@dataclass(frozen=True, slots=True)
class _Read:
    records: list[ImportRecord]
    begun: list[tuple[BegunImport, datetime]]


class RecordsModel(QAbstractTableModel):
    """The imports that stand, newest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.records: Sequence[ImportRecord] = ()
        self._headers = (
            tr("File"),
            tr("What it is of"),
            tr("When"),
            tr("By"),
            tr("New"),
            tr("Updated"),
            tr("Unchanged"),
            tr("Refused"),
            tr("State"),
        )

    def show(self, records: Sequence[ImportRecord]) -> None:
        """Show these."""
        self.beginResetModel()
        self.records = records
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each import."""
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """File, kind, when, who, four counts, state."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._side(index.column())
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return _words(self.records[index.row()])[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return self._side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def _side(self, column: int) -> int:
        figure = column in _FIGURES
        side = Qt.AlignmentFlag.AlignRight if figure else Qt.AlignmentFlag.AlignLeft
        return int(side | Qt.AlignmentFlag.AlignVCenter)


def _words(record: ImportRecord) -> tuple[str, ...]:
    batch = record.batch
    counts = (batch.created, batch.updated, batch.unchanged, batch.rejected)
    return (
        batch.file_name,
        kind_word(batch.kind),
        formats.moment(batch.imported_at),
        record.by,
        *(f"{count:,}" if count else "–" for count in counts),
        tr("Stands") if record.taken_back_at is None else tr("Taken back"),
    )


class ImportsPage(Page):
    """A file is chosen here or dropped anywhere; a row of the list opens the import."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.set_title(tr("Import"))
        allowed = may(bench.member().person.role, Action.IMPORT)
        self.choose = changes(button(tr("Choose a file…"), "primary", bench.ask_import))
        self.choose.setEnabled(allowed)
        back = button("←", "quiet", self._leave, hint=tr("To the register"))
        back.setFixedWidth(theme.current().px(32))
        top = row(back, label(tr("Import"), "title"), 1, self.choose)
        self.offer = label(
            tr(
                "Rosters of enterprises and parcels, figures of years, land supplies: .xlsx, .xls, "
                ".csv or .txt as they come. Choose a file, or drop it on the window. Nothing is "
                "written before you have seen what becomes of every row."
            ),
            "dim",
            wrap=True,
        )
        self.begun = column(gap=0)
        self.begun_card = Card(tr("Begun and not done"), margin=0, gap=0)
        self.begun_card.add(self.begun)
        self.begun_card.hide()
        self.rows = RecordsModel(self)
        self.table = plain_table(self.rows, (300, 130, 150, 110, 76, 76, 76, 76, 90))
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setAccessibleName(tr("Imports made"))
        self.table.doubleClicked.connect(self._open)
        self.table.installEventFilter(self)
        self.nothing = EmptyState(
            tr("Nothing was imported yet"),
            tr("Every import is listed here, and can be taken back whole."),
        )
        made = Card(tr("Imports made"), margin=0, gap=0)
        made.add(self.nothing, 1)
        made.add(self.table, 1)
        page = column(top, self.offer, self.begun_card, gap=12)
        page.addWidget(made, 1)
        self.setLayout(page)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave)
        self.setFocusProxy(self.choose)

    def refresh(self) -> None:
        """Ask for the imports again."""

        def read(ctx: Context) -> _Read:
            return _Read(import_records(ctx), begun_imports(ctx))

        self.bench.operations.query(self, read, success=self._show)

    def _show(self, read: _Read) -> None:
        if read.records != self.rows.records:
            self.rows.show(read.records)
        self.table.setVisible(bool(read.records))
        self.nothing.setVisible(not read.records)
        clear(self.begun)
        for begun, at in read.begun:
            self.begun.addWidget(self._begun_line(begun, at))
        show_if(self.begun_card, bool(read.begun))

    def _begun_line(self, begun: BegunImport, at: datetime) -> QWidget:
        name = changes(button(begun.path.name, "link", partial(self.bench.import_file, begun.path)))
        facts = ElidedLabel(
            f"{kind_word(begun.kind.value)} · {formats.moment(at)} · {begun.path.parent}", "dim"
        )
        go_on = changes(button(tr("Go on"), "small", partial(self.bench.import_file, begun.path)))
        drop = changes(button(tr("Drop it"), "quiet", partial(self._drop, begun)))
        inside = row(name, facts, go_on, drop)
        inside.setStretch(1, 1)
        inside.setContentsMargins(8, 4, 8, 4)
        return box(inside)

    def _drop(self, begun: BegunImport) -> None:
        self.bench.operations.change(self, lambda ctx: drop_begun(ctx, path=begun.path))

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            self.bench.go(Place("imports", self.rows.records[index.row()].batch.id))

    def _leave(self) -> None:
        self.bench.go(Place("register"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter opens the import that is current."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self._open(self.table.currentIndex())
            return True
        return super().eventFilter(watched, event)
