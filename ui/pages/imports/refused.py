"""The refused rows of an import: seen with their reasons, saved, mended and imported again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.language import tr
from landsteward.domain.documents import ImportReject
from landsteward.domain.errors import KnownError
from ui import theme
from ui.widgets.basics import Card, button, clear, label, row
from ui.widgets.plain_table import plain_table
from ui.workbench import Workbench

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_MEASURED = 200
_WIDEST = 220
_SHOWN = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)


class RefusedModel(QAbstractTableModel):
    """Each reason with its row, column and value."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rejects: Sequence[ImportReject] = ()
        self._headers = (tr("Row"), tr("Column"), tr("Value"), tr("Reason"))

    def show(self, rejects: Sequence[ImportReject]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rejects = rejects
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One for each reason."""
        return 0 if parent.isValid() else len(self.rejects)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Row, column, value, reason."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        if role not in _SHOWN:
            return None
        one = self.rejects[index.row()]
        return (str(one.row), one.column, one.value, one.reason)[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class RefusedCard(Card):
    """The refused rows of one import."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(tr("Refused rows"), margin=0, gap=0)
        self._bench = bench
        self._file_name = ""
        self.saved: Path | None = None
        self.model = RefusedModel(self)
        self.save = button(tr("Save as a sheet…"), "small", self._ask_where)
        self.head.addWidget(self.save)
        self.table = plain_table(self.model, (70, 190, 220))
        self.table.setAccessibleName(tr("Refused rows"))
        self.how = label(
            tr(
                "Saved with the reasons in front: mend the cells there, save, and import that "
                "sheet again."
            ),
            "dim",
            wrap=True,
        )
        self.next = row(gap=4)
        below = row(self.how, self.next)
        below.setStretch(0, 1)
        below.setContentsMargins(16, 8, 12, 8)
        self.add(self.table, 1)
        self.add(below)

    def show_rows(self, file_name: str, rejects: Sequence[ImportReject]) -> None:
        """Show these of an import of that file; without any the card is not needed."""
        self._file_name = file_name
        self.model.show(rejects)
        self._fit()
        self.setVisible(bool(rejects))
        self.title.setText(
            tr("Refused rows ({count})", count=f"{len({one.row for one in rejects}):,}")
        )

    def _fit(self) -> None:
        """Columns and values as wide as they are; the reasons take what is left."""
        look, metrics = theme.current(), self.table.fontMetrics()
        some = self.model.rejects[:_MEASURED]
        for number, texts in ((1, [one.column for one in some]), (2, [one.value for one in some])):
            head = str(self.model.headerData(number, Qt.Orientation.Horizontal))
            widest = max(metrics.horizontalAdvance(text) for text in (head, *texts))
            self.table.setColumnWidth(number, min(widest, look.px(_WIDEST)) + look.px(26))

    def _ask_where(self) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self,
            tr("Save refused rows"),
            str(Path.home() / refused_name(self._file_name)),
            "Excel (*.xlsx)",
        )
        if chosen:
            self.save_to(Path(chosen))

    def save_to(self, file: Path) -> None:
        """Write the refused rows into a sheet, and offer to open it and to import it again."""
        rejects, writer = self.model.rejects, self._bench.services.refused_rows_writer
        self.save.setEnabled(False)

        def saved(_nothing: None) -> None:
            self.save.setEnabled(True)
            self.saved = file
            self.how.setText(
                tr("Saved {file}. Mend the cells there, save, and import it again.", file=file.name)
            )
            clear(self.next)
            self.open_sheet = button(tr("Open it"), "link", self._open)
            self.again = button(tr("Mended: import it again"), "link", self._import_again)
            self.next.addWidget(self.open_sheet)
            self.next.addWidget(self.again)

        self._bench.operations.task(
            self,
            lambda _progress: writer.write(file, rejects),
            success=saved,
            failure=self._not_saved,
        )

    def _not_saved(self, error: KnownError) -> None:
        self.save.setEnabled(True)
        self._bench.operations.failed.emit(error)

    def _open(self) -> None:
        if self.saved is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.saved)))

    def _import_again(self) -> None:
        if self.saved is not None:
            self._bench.import_file(self.saved)


def refused_name(file_name: str) -> str:
    """How the sheet with the refused rows of a file is called."""
    return tr("{name}-refused rows", name=Path(file_name).stem) + ".xlsx"
