"""Rows of a list written into an Excel file, exactly as they are shown."""

import time
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.exports import may_export
from landsteward.app.language import tr
from landsteward.app.listed import listed_rows
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from ui.exporting import note
from ui.models.columns import Column
from ui.models.paged import PagedTableModel
from ui.operations import Progress, Work
from ui.services import SheetColumn
from ui.widgets.basics import button, label, row
from ui.workbench import Workbench

_AT_ONCE = 1000
_SHOW_AFTER_MS = 1000
Cells = list[object]


class TableExport(QWidget):
    """Gathers the rows a thousand at a time, so that whoever types meanwhile need not wait, and
    writes them in the pool. To be seen only when it takes over a second; can be stopped, and then
    leaves no file.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._work: Work | None = None
        self._ids: list[str] = []
        self._cells: list[Cells] = []
        self._columns: list[Column] = []
        self._model: PagedTableModel | None = None
        self._file, self._title = Path(), ""
        self.doing = label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(tr("Cancel"), "small", self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 0, 8, 8)
        layout.addLayout(row(self.doing, self.bar, self.stop, gap=12))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._late.timeout.connect(self.show)
        self.hide()

    def write(
        self,
        file: Path,
        title: str,
        model: PagedTableModel,
        ids: Sequence[str],
        columns: Sequence[Column],
    ) -> None:
        """Write these rows with these columns; takes the place of what was under way."""
        if self._work is not None:
            self._work.cancel()
        self._file, self._title, self._model = file, title, model
        self._ids, self._cells, self._columns = list(ids), [], list(columns)
        self.bar.setRange(0, 2 * len(self._ids))
        self._late.start()
        self._gather(0)

    def cancel(self) -> None:
        """Stop; no file is left."""
        if self._work is not None:
            self._work.cancel()
        self._end()
        self._bench.say(tr("Stopped; no file was written."), "caution")

    def _gather(self, start: int) -> None:
        assert self._model is not None
        kind, columns = self._model.kind, self._columns
        wanted = self._ids[start : start + _AT_ONCE]
        self._tell(start)

        def ask(ctx: Context) -> list[Cells]:
            may_export(ctx)
            rows = listed_rows(ctx, kind=kind, ids=wanted)
            return [[one.figure(found.cells[one.key]) for one in columns] for found in rows]

        def take(cells: list[Cells]) -> None:
            self._cells += cells
            if start + _AT_ONCE < len(self._ids):
                self._gather(start + _AT_ONCE)
            else:
                self._write()

        self._work = self._bench.operations.query(self, ask, success=take, failure=self._fail)

    def _write(self) -> None:
        write_table, file, title, cells = (
            self._bench.services.write_table,
            self._file,
            self._title,
            self._cells,
        )
        columns = [SheetColumn(header=one.header, kind=one.sheet_kind) for one in self._columns]

        def work(progress: Progress) -> int:
            def on_row(number: int) -> None:
                if number % 500 == 0:
                    progress(number, len(cells))
                    # The writer would keep Python to itself, and the window would stutter.
                    time.sleep(0.001)

            write_table(file, title, columns, cells, on_row=on_row)
            return len(cells)

        self._work = self._bench.operations.task(
            self,
            work,
            success=self._written,
            failure=self._fail,
            progressed=lambda done, _total: self._tell(len(self._ids) + done),
        )

    def _tell(self, half_steps: int) -> None:
        self.bar.setValue(half_steps)
        done = f"{half_steps // 2:,}"
        self.doing.setText(
            tr("Writing {done} of {total} rows…", done=done, total=f"{len(self._ids):,}")
        )

    def _written(self, count: int) -> None:
        file, title = self._file, self._title
        self._end()
        self._bench.say(
            tr("{count} rows written to {file}", count=f"{count:,}", file=file.name), "good"
        )
        note(self._bench, Exported.LIST, title, file, rows=count)

    def _fail(self, error: KnownError) -> None:
        self._end()
        self._bench.operations.failed.emit(error)

    def _end(self) -> None:
        self._work = None
        self._ids, self._cells = [], []
        self._late.stop()
        self.hide()
