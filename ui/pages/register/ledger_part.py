"""亩均台账 of an enterprise: all its cases' lines, the chosen metric as a chart, and as a sheet."""

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog

from landsteward.app.language import localised, render, tr
from landsteward.app.ledgers import LedgerLine, enterprise_ledger
from landsteward.domain.exports import Exported
from ui import words as shared
from ui.exporting import note, refused
from ui.operations import Progress
from ui.pages.register.ledger import LedgerCard, remedy_words
from ui.pages.register.sheet import Part
from ui.services import SheetColumn
from ui.widgets.basics import button, column
from ui.workbench import Workbench


class LedgerPart(Part):
    """The card, and a button that writes it into a sheet."""

    def __init__(self, bench: Workbench, enterprise_id: str) -> None:
        super().__init__()
        self._bench = bench
        self._enterprise_id = enterprise_id
        self._lines: tuple[LedgerLine, ...] = ()
        self._name = ""
        self.card = LedgerCard(with_case=True)
        self.export = button(tr("Export"), "quiet", self._export)
        self.card.head.addWidget(self.export)
        self.setLayout(column(self.card, 1))

    def present(self, head: Any) -> None:
        """Ask for the lines."""
        self._name = head.enterprise.name
        key = self._enterprise_id
        self._bench.operations.query(
            self, lambda ctx: enterprise_ledger(ctx, enterprise_id=key), success=self._show
        )

    def _show(self, lines: list[LedgerLine]) -> None:
        self._lines = tuple(lines)
        self.export.setEnabled(bool(lines))
        self.card.present(lines)

    def _export(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Export what is shown"),
            str(Path.home() / f"{tr('Per-mu ledger')}.xlsx"),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.export_to(Path(chosen))

    def export_to(self, file: Path) -> None:
        """Write a row for every reading, and one for every target that has none."""
        if refused(self._bench):
            return
        write_table, rows = self._bench.services.write_table, list(_rows(self._lines))
        title = f"{tr('Per-mu ledger')} · {self._name}"

        def write(_progress: Progress) -> Path:
            write_table(file, tr("Per-mu ledger"), _columns(), rows)
            return file

        def written(done: Path) -> None:
            self._bench.say(tr("Saved {file}", file=done), "good")
            note(self._bench, Exported.LIST, title, done, rows=len(rows))

        self._bench.operations.task(self, write, success=written)


def _columns() -> list[SheetColumn]:
    return [
        SheetColumn(header=tr("Metric")),
        SheetColumn(header=tr("Unit")),
        SheetColumn(header=tr("Year"), kind="number"),
        SheetColumn(header=tr("Case and plan")),
        SheetColumn(header=tr("Baseline"), kind="number"),
        SheetColumn(header=tr("Target"), kind="number"),
        SheetColumn(header=tr("Quarter")),
        SheetColumn(header=tr("Follow-up"), kind="number"),
        SheetColumn(header=tr("Source")),
        SheetColumn(header=tr("On file"), kind="number"),
        SheetColumn(header=tr("Difference"), kind="number"),
        SheetColumn(header=tr("Effect")),
    ]


def _rows(lines: tuple[LedgerLine, ...]) -> list[tuple[object, ...]]:
    found: list[tuple[object, ...]] = []
    for line in lines:
        target = line.target
        before = (
            localised(line.metric.name, line.metric.name_en),
            line.metric.unit,
            line.year,
            remedy_words(line).replace("\n", " "),
            target.baseline if target else None,
            target.target if target else None,
        )
        effect = render(line.effect.words) if target else ""
        if not line.readings:
            found.append((*before, "", None, "", line.registered, None, effect))
        for one in line.readings:
            reading = one.reading
            whole = reading.quarter is None
            found.append(
                (
                    *before,
                    tr("Whole year") if whole else shared.quarter(reading.quarter or 1),
                    reading.value,
                    reading.source,
                    line.registered if whole else None,
                    line.difference if whole else None,
                    effect if one is line.latest else "",
                )
            )
    return found
