"""A list as a page shows it: filter box, count, chosen columns, copy, export, and the rows."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QFont, QGuiApplication, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import ListRow, Sort
from ui import theme
from ui.models.columns import Column
from ui.models.paged import PAGE, AnyIndex, Ask, PagedTableModel
from ui.operations import Progress
from ui.services import SheetColumn
from ui.widgets.basics import Card, button, label, row
from ui.widgets.signs import EmptyState
from ui.workbench import Workbench

_FILTER_AFTER_MS = 120


class BadgeDelegate(QStyledItemDelegate):
    """Paints a cell as a word on its tone."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The style paints the row's ground only."""
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """The row's ground first, the badge on it."""
        super().paint(painter, option, index)
        word = index.data(Qt.ItemDataRole.DisplayRole)
        if not word:
            return
        look = theme.current()
        tone = index.data(Ask.TONE)
        soft, ink = ("hover", "dim") if tone == "plain" else (f"{tone}_soft", tone)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(option.font)
        font.setPixelSize(look.px(12.5))
        painter.setFont(font)
        metrics = painter.fontMetrics()
        width = min(metrics.horizontalAdvance(word) + look.px(16), option.rect.width() - 16)
        height = look.px(22)
        place = QRectF(
            option.rect.left() + 11,
            option.rect.center().y() - height / 2 + 0.5,
            width,
            height,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(soft))
        painter.drawRoundedRect(place, height / 2, height / 2)
        painter.setPen(look.colour(ink))
        shown = metrics.elidedText(word, Qt.TextElideMode.ElideRight, int(width) - look.px(12))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), shown)
        painter.restore()


class Rows(QTableView):
    """The rows: whole rows are selected, Enter opens, sizes are fixed."""

    opened = Signal(int)

    def __init__(self, model: PagedTableModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        look = theme.current()
        side = self.verticalHeader()
        side.hide()
        side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        side.setDefaultSectionSize(look.row_height)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicatorShown(True)
        head.setFixedHeight(look.px(34))
        head.setMinimumSectionSize(look.px(48))
        head.setStretchLastSection(True)
        for number, one in enumerate(model.columns):
            self.setColumnWidth(number, self.width_of(number, look.px(one.width)))
            if one.kind == "badge":
                self.setItemDelegateForColumn(number, BadgeDelegate(self))
        self.doubleClicked.connect(self._double_clicked)

    def width_of(self, number: int, wanted: int) -> int:
        """A column's width in pixels: at least what its header needs, whatever the language."""
        return max(wanted, self.horizontalHeader().sectionSizeHint(number))

    def _double_clicked(self, index: AnyIndex) -> None:
        self.opened.emit(index.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row that is current."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class ListPanel(Card):
    """A whole list in a card. `opened` carries the key of the row a person wants to see."""

    opened = Signal(str)
    selection_changed = Signal()

    def __init__(
        self,
        bench: Workbench,
        model: PagedTableModel,
        *,
        empty: EmptyState,
        hint: str,
        name: str = "",
    ) -> None:
        super().__init__(margin=0, gap=0)
        self.model = model
        self._bench = bench
        self._name = name or model.kind.value
        model.setParent(self)
        look = theme.current()
        self.filter = QLineEdit()
        self.filter.setProperty("role", "search")
        self.filter.setPlaceholderText(hint)
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(look.px(340))
        self.count = label("", "dim")
        self.chooser = button(tr("Columns"), "quiet", self._choose_columns)
        self.export_button = button(tr("Export"), "quiet", self._export)
        self.tools = row(gap=8)
        bar = row(self.filter, self.count, 1, self.tools, self.chooser, self.export_button)
        bar.setContentsMargins(12, 8, 8, 8)
        bar.setStretch(0, 3)
        bar.setStretch(2, 2)
        self.table = Rows(model)
        self.nothing = EmptyState(
            tr("Nothing fits"),
            tr("Nothing in this list fits what is asked for."),
            tr("Show everything"),
            self._show_all,
            primary=False,
        )
        self.empty = empty
        self._stack = QStackedLayout()
        self.body.addLayout(bar)
        self.body.addLayout(self._stack, 1)
        # Only now: a stack that belongs to no window yet shows its first widget as one of its own.
        for widget in (self.table, self.nothing, self.empty):
            self._stack.addWidget(widget)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_FILTER_AFTER_MS)
        self._typing.timeout.connect(self._filter_now)
        self.filter.textChanged.connect(self._filter_soon)
        self.filter.installEventFilter(self)
        self.table.opened.connect(self._open)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.horizontalHeader().sectionResized.connect(self._keep_columns_soon)
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self._copy = QAction(tr("Copy rows"), self)
        self._copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        self._copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self._copy.triggered.connect(self.copy_rows)
        self.table.addAction(self._copy)
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(400)
        self._keeping.timeout.connect(self._keep_columns)
        model.loaded.connect(self._loaded)
        self._restore_columns()
        self.sort_by(model.order.column, descending=model.order.descending)
        self._stack.setCurrentWidget(self.table)

    def refresh(self) -> None:
        """Ask again for what is shown."""
        self.model.reload()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Say the order before the list is first asked for."""
        number = [one.key for one in self.model.columns].index(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.model.order = Sort(column=key, descending=descending)
        self.table.horizontalHeader().setSortIndicator(number, order)

    def selected_ids(self) -> list[str]:
        """The keys of the selected rows, from the top."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.ids[number] for number in rows]

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, cells apart by tabs, headers first."""
        ids = self.selected_ids()
        shown = self._shown_columns()

        def done(rows: list[ListRow]) -> None:
            lines = ["\t".join(one.header for one in shown)]
            lines += [
                "\t".join(one.text(found.cells[one.key]).replace("\t", " ") for one in shown)
                for found in rows
            ]
            QGuiApplication.clipboard().setText("\n".join(lines))
            self._bench.say(tr("{count} rows copied", count=len(rows)), "accent")

        if ids:
            self._fetch(ids, done)

    def _fetch(self, ids: Sequence[str], done: Callable[[list[ListRow]], None]) -> None:
        kind = self.model.kind

        def ask(ctx: Context, progress: Progress) -> list[ListRow]:
            rows: list[ListRow] = []
            for start in range(0, len(ids), PAGE * 10):
                rows += ctx.workspace.lists.rows(kind, ids[start : start + PAGE * 10])
                progress(len(rows), len(ids))
            return rows

        self._bench.operations.long_change(self, ask, success=done, writes=False)

    def _export(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Export what is shown"),
            str(Path.home() / f"{self._name}.xlsx"),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, file: Path) -> None:
        """Write all rows that fit, as shown, into an Excel file."""
        shown = self._shown_columns()
        columns = [SheetColumn(header=one.header, kind=_sheet_kind(one)) for one in shown]
        services, operations = self._bench.services, self._bench.operations
        title = self._name

        def written(count: int) -> None:
            self._bench.say(
                tr("{count} rows written to {file}", count=count, file=file.name), "good"
            )

        def write(rows: list[ListRow]) -> None:
            cells = [[one.figure(found.cells[one.key]) for one in shown] for found in rows]

            def work(progress: Progress) -> int:
                services.write_table(file, title, columns, cells)
                return len(cells)

            operations.task(self, work, success=written)

        self._fetch(list(self.model.ids), write)

    def _shown_columns(self) -> list[Column]:
        hidden = self.table.isColumnHidden
        return [one for number, one in enumerate(self.model.columns) if not hidden(number)]

    def _loaded(self) -> None:
        total = len(self.model.ids)
        self.count.setText(tr("{count} rows", count=f"{total:,}"))
        asked = bool(self.model.filter.text or self.model.filter.equal)
        none = self.nothing if asked else self.empty
        self._stack.setCurrentWidget(self.table if total else none)
        self.export_button.setEnabled(total > 0)

    def _show_all(self) -> None:
        self.filter.clear()
        self.model.show_filter("", {})

    def _filter_soon(self) -> None:
        self._typing.start()

    def _filter_now(self) -> None:
        self.model.show_filter(self.filter.text().strip())

    def _sort_by(self, section: int) -> None:
        head = self.table.horizontalHeader()
        if not self.model.columns[section].sorts:
            return
        self.model.sort(section, head.sortIndicatorOrder())

    def _open(self, number: int) -> None:
        self.opened.emit(self.model.ids[number])

    def _selected(self) -> None:
        self.selection_changed.emit()

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._copy)
        menu.popup(self.table.viewport().mapToGlobal(at))

    def _choose_columns(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, one in enumerate(self.model.columns):
            action = menu.addAction(one.header)
            action.setCheckable(True)
            action.setChecked(not self.table.isColumnHidden(number))
            action.setEnabled(number > 0)
            action.toggled.connect(lambda on, column=number: self._show_column(column, shown=on))
        menu.popup(self.chooser.mapToGlobal(QPoint(0, self.chooser.height())))

    def _show_column(self, number: int, *, shown: bool) -> None:
        self.table.setColumnHidden(number, not shown)
        self._keep_columns()

    def _keep_columns_soon(self) -> None:
        if self.isVisible():
            self._keeping.start()

    def _keep_columns(self) -> None:
        look = theme.current()
        state = {
            one.key: [
                not self.table.isColumnHidden(number),
                round(self.table.columnWidth(number) * 100 / look.percent),
            ]
            for number, one in enumerate(self.model.columns)
        }
        self._bench.services.settings.keep(f"columns/{self._name}", json.dumps(state))

    def _restore_columns(self) -> None:
        kept = self._bench.services.settings.text(f"columns/{self._name}")
        state = json.loads(kept) if kept else {}
        look = theme.current()
        last = len(self.model.columns) - 1
        for number, one in enumerate(self.model.columns):
            shown, width = state.get(one.key, [one.shown, one.width])
            self.table.setColumnHidden(number, not shown)
            if number != last and width > 0:
                self.table.setColumnWidth(number, self.table.width_of(number, look.px(width)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the filter goes to the rows; Enter filters at once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                if self.model.ids and not self.table.currentIndex().isValid():
                    self.table.selectRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._typing.stop()
                self._filter_now()
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 400)


def _sheet_kind(one: Column) -> str:
    return {"number": "number", "area": "number", "date": "date"}.get(one.kind, "text")
