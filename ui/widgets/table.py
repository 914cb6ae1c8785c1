"""A list as a page shows it: filter box, count, chosen columns, copy, export, and the rows."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFileDialog, QLineEdit, QMenu, QStackedLayout

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.list_filters import Loosened, without_each
from landsteward.app.listed import listed_rows
from landsteward.app.saved_views import SavedView
from landsteward.app.views import Facet, ListFilter, ListRow, Sort
from ui import theme
from ui.models.paged import PAGE, PagedTableModel
from ui.operations import Progress
from ui.widgets.basics import Card, button, label, row
from ui.widgets.signs import EmptyState
from ui.widgets.table_export import TableExport
from ui.widgets.table_filters import ListFilters, NothingFits
from ui.widgets.table_rows import Rows
from ui.widgets.table_views import ViewsButton
from ui.workbench import Workbench


class ListPanel(Card):
    """A whole list in a card. `opened` carries the key of the row a person wants to see.

    `always` are values that rows must have whatever else is asked for.
    """

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
        filters: bool = False,
        always: dict[str, str] | None = None,
    ) -> None:
        super().__init__(margin=0, gap=0)
        self.model = model
        self.always = always or {}
        model.filter = replace(model.filter, equal=self.always)
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
        self.filters = ListFilters(bench, model.kind)
        self.views = ViewsButton(bench, self._name, shown=self.shown_view, show_view=self.show_view)
        self.chooser = button(tr("Columns"), "quiet", self._choose_columns)
        self.export_button = button(tr("Export"), "quiet", self._export)
        self.tools = row(gap=8)
        self.row_actions: list[QAction] = []
        bar = row(
            self.filter,
            *([self.filters.opener] if filters else []),
            self.count,
            1,
            self.tools,
            self.views,
            self.chooser,
            self.export_button,
        )
        bar.setContentsMargins(12, 8, 8, 8)
        bar.setStretch(0, 3)
        bar.setStretch(bar.indexOf(self.count) + 1, 2)
        self.exporter = TableExport(bench)
        self.table = Rows(model)
        self.nothing = NothingFits(self.filters, self._show_all)
        self.empty = empty
        self._stack = QStackedLayout()
        self.body.addLayout(bar)
        self.body.addWidget(self.filters)
        self.body.addWidget(self.exporter)
        self.body.addLayout(self._stack, 1)
        # Only now: a stack that belongs to no window yet shows its first widget as one of its own.
        for widget in (self.table, self.nothing, self.empty):
            self._stack.addWidget(widget)
        # At once: of several key strokes that wait for their answer the latest wins.
        self.filter.textChanged.connect(self._filter_now)
        self.filter.installEventFilter(self)
        self.filters.changed.connect(self._choose)
        self.table.opened.connect(self._open)
        self.table.horizontalHeader().sectionClicked.connect(self._sort_by)
        self.table.horizontalHeader().sectionResized.connect(self._keep_columns_soon)
        self.table.horizontalHeader().sectionMoved.connect(self._keep_columns_soon)
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
        self.table.arrange(self._bench.services.settings.text(f"columns/{self._name}"))
        self.sort_by(model.order.column, descending=model.order.descending)
        self._stack.setCurrentWidget(self.table)

    def refresh(self) -> None:
        """Ask again for what is shown."""
        self.model.reload()

    def choose(self, chosen: dict[Facet, tuple[str, ...]]) -> None:
        """Filter by this as if chosen by hand."""
        self.filters.set_chosen(chosen)
        self._choose()

    def sort_by(self, key: str, *, descending: bool = False) -> None:
        """Say the order before the list is first asked for."""
        number = [one.key for one in self.model.columns].index(key)
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.model.order = Sort(column=key, descending=descending)
        self.table.horizontalHeader().setSortIndicator(number, order)

    def selected_ids(self) -> list[str]:
        """The keys of the selected rows, from the top."""
        # By its ranges: of 200 000 selected rows there is one, and as many indexes.
        selection = self.table.selectionModel().selection()
        found = [selection.at(number) for number in range(selection.count())]
        ranges = sorted((one.top(), one.bottom()) for one in found)
        chosen = (one for top, bottom in ranges for one in self.model.ids[top : bottom + 1])
        return list(dict.fromkeys(chosen))

    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, cells apart by tabs, headers first."""
        ids = self.selected_ids()
        shown = self.table.shown_columns()

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
                rows += listed_rows(ctx, kind=kind, ids=ids[start : start + PAGE * 10])
                progress(len(rows), len(ids))
            return rows

        self._bench.operations.long_change(self, ask, success=done, writes=False)

    def _export(self) -> None:
        chosen = len(self.selected_ids())
        if chosen < 2:
            self.ask_export(self.model.ids)
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(
            tr("The {count} rows selected…", count=f"{chosen:,}"),
            lambda: self.ask_export(self.selected_ids()),
        )
        menu.addAction(
            tr("All {count} rows…", count=f"{len(self.model.ids):,}"),
            lambda: self.ask_export(self.model.ids),
        )
        menu.popup(self.export_button.mapToGlobal(QPoint(0, self.export_button.height())))

    def ask_export(self, ids: Sequence[str]) -> None:
        """Ask for a file, and write these rows into it."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Export what is shown"),
            str(Path.home() / f"{self._name}.xlsx"),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.export_to(Path(chosen), ids)

    def export_to(self, file: Path, ids: Sequence[str] | None = None) -> None:
        """Write rows (all that fit, unless others are named) with the columns that are shown."""
        wanted = self.model.ids if ids is None else ids
        self.exporter.write(file, self._name, self.model, wanted, self.table.shown_columns())

    def _loaded(self) -> None:
        total = len(self.model.ids)
        self._say_count()
        wanted = self.model.filter
        narrowed = wanted.equal != self.always or wanted.only is not None
        asked = bool(wanted.text or wanted.chosen or narrowed)
        none = self.nothing if asked else self.empty
        self._stack.setCurrentWidget(self.table if total else none)
        self.export_button.setEnabled(total > 0)
        if asked and not total:
            self._look_for_ways(wanted)

    def _look_for_ways(self, wanted: ListFilter) -> None:
        kind, sort = self.model.kind, self.model.order

        def ask(ctx: Context) -> list[Loosened]:
            return without_each(ctx, kind=kind, wanted=wanted, sort=sort)

        def take(ways: list[Loosened]) -> None:
            if wanted == self.model.filter:
                self.nothing.offer(ways, self._take)

        self._bench.operations.query(self, ask, success=take)

    def _take(self, wanted: ListFilter) -> None:
        self._write_text(wanted.text)
        self.filters.set_chosen(wanted.chosen)
        self.model.show_only(wanted)

    def _show_all(self) -> None:
        self._take(ListFilter(equal=self.always))

    def _choose(self) -> None:
        today = self._bench.services.clock.today()
        chosen = self.filters.chosen
        self.model.show_only(replace(self.model.filter, chosen=chosen, on=today))

    def _write_text(self, text: str) -> None:
        blocked = self.filter.blockSignals(True)
        self.filter.setText(text)
        self.filter.blockSignals(blocked)

    def shown_view(self, name: str) -> SavedView:
        """What is shown now, under a name."""
        return SavedView(
            name=name,
            text=self.model.filter.text,
            chosen=self.model.filter.chosen,
            sort=self.model.order,
            columns=self.table.arrangement(),
        )

    def show_view(self, view: SavedView) -> None:
        """Show what a view shows; the columns are kept as if arranged by hand."""
        self.table.arrange(view.columns)
        self._keep_columns()
        self._write_text(view.text)
        self.filters.set_chosen(view.chosen)
        keys = [one.key for one in self.model.columns]
        if view.sort.column in keys:
            self.sort_by(view.sort.column, descending=view.sort.descending)
        today = self._bench.services.clock.today()
        self.model.filter = replace(
            self.model.filter, text=view.text, chosen=self.filters.chosen, on=today
        )
        self.model.reload()

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
        self._say_count()
        self.selection_changed.emit()

    def _say_count(self) -> None:
        total, chosen = len(self.model.ids), len(self.selected_ids())
        if chosen > 1:
            text = tr("{chosen} of {count} selected", chosen=f"{chosen:,}", count=f"{total:,}")
        else:
            text = tr("{count} rows", count=f"{total:,}")
        self.count.setText(text)

    def _menu(self, at: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self._copy)
        menu.addAction(
            tr("Export selected rows…"), lambda: self.ask_export(self.selected_ids())
        ).setEnabled(bool(self.selected_ids()))
        if self.row_actions:
            menu.addSeparator()
            menu.addActions(self.row_actions)
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
        self._bench.services.settings.keep(f"columns/{self._name}", self.table.arrangement())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down in the filter goes to the rows; Enter filters at once."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self.table.setFocus()
                if self.model.ids and not self.table.currentIndex().isValid():
                    self.table.selectRow(0)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._filter_now()
                return True
        return super().eventFilter(watched, event)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(640, 400)
