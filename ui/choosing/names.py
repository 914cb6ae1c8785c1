"""Names and credit codes, one enterprise a line: which enterprises they mean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit

from landsteward.app.language import tr
from landsteward.app.name_lists import NameList, keep_list, kept_list, match_names, rows_of
from landsteward.domain.errors import KnownError
from ui.widgets.basics import Card, button, label, row, show_if
from ui.widgets.signs import words_of
from ui.workbench import Workbench

_KEPT_AFTER_MS = 800


class NamesPanel(Card):
    """Names and credit codes, one enterprise a line, pasted or from a sheet."""

    def __init__(self, bench: Workbench, add: Callable[[list[str]], None], *, kept_as: str) -> None:
        """`add` gets the keys of those found; what is written is kept under `kept_as`."""
        super().__init__(margin=16, gap=8)
        self._bench = bench
        self._kept_as = kept_as
        self._add_ids = add
        self._ids: list[str] = []
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(
            tr("One enterprise a line: name, credit code, or both. Paste from a sheet as it is.")
        )
        self.text.setAccessibleName(tr("Names and credit codes"))
        self.text.setTabChangesFocus(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_KEPT_AFTER_MS)
        self._pause.timeout.connect(self._keep)
        self.text.textChanged.connect(self._pause.start)
        bench.operations.query(
            self, lambda ctx: kept_list(ctx, kept_as=kept_as), success=self._take
        )
        self.file = button(tr("From a file…"), "", self._ask_file)
        self.match = button(tr("Find them"), "", self._match)
        self.said = label("", "", wrap=True)
        self.unmatched = QPlainTextEdit()
        self.unmatched.setReadOnly(True)
        self.unmatched.setAccessibleName(tr("Lines that were not found"))
        self.add_found = button(tr("Add"), "", self._add, changing=True)
        self.unmatched_title = label(tr("Not found, to be mended"), "label")
        self.add(self.text, 3)
        self.add(row(self.file, self.match, self.said, 1, self.add_found))
        self.add(self.unmatched_title)
        self.add(self.unmatched, 2)
        self._show(None)

    def _take(self, text: str) -> None:
        """What was written before, unless something is written by now."""
        if text and not self.text.toPlainText():
            self.text.setPlainText(text)

    def _keep(self) -> None:
        text, kept_as = self.text.toPlainText(), self._kept_as
        self._bench.operations.change(self, lambda ctx: keep_list(ctx, kept_as=kept_as, text=text))

    def read(self, file: Path) -> None:
        """Take the rows of a sheet or text file."""
        read = self._bench.services.read_rows

        def done(rows: list[list[str]]) -> None:
            self.text.setPlainText("\n".join("\t".join(cells) for cells in rows))
            self._match()

        self._bench.operations.task(
            self, lambda progress: read(file), success=done, failure=self._failed
        )

    def _failed(self, error: KnownError) -> None:
        self.said.setText(words_of(error))

    def _ask_file(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(
            self,
            tr("A list of names or credit codes"),
            str(Path.home()),
            tr("Sheets and texts") + " (*.xlsx *.xls *.csv *.txt)",
        )
        if chosen:
            self.read(Path(chosen))

    def _match(self) -> None:
        rows = rows_of(self.text.toPlainText())
        self._bench.operations.query(
            self, lambda ctx: match_names(ctx, rows=rows), success=self._show
        )

    def _show(self, found: NameList | None) -> None:
        self._ids = list(found.enterprise_ids) if found is not None else []
        lines = []
        for one in found.unmatched if found is not None else ():
            why = tr("several: {names}", names="; ".join(one.meant)) if one.meant else ""
            lines.append(f"{one.number}\t{one.text}" + (f"\t{why}" if why else ""))
        self.unmatched.setPlainText("\n".join(lines))
        for widget in (self.unmatched, self.unmatched_title):
            show_if(widget, bool(lines))
        self.add_found.setEnabled(bool(self._ids))
        self.add_found.setText(tr("Add {count} found", count=f"{len(self._ids):,}"))
        if found is None:
            self.said.setText("")
            return
        text = tr(
            "{found} found, {missing} not.", found=len(self._ids), missing=len(found.unmatched)
        )
        if found.repeated:
            text += " " + tr("{count} lines name one again.", count=found.repeated)
        self.said.setText(text)

    def _add(self) -> None:
        self._add_ids(self._ids)
