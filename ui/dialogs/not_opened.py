"""For what something asked for many was not done, and why."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QDialog, QTableWidget, QTableWidgetItem, QWidget

from landsteward.app.language import render, tr
from landsteward.domain.errors import RefusedMoveError
from ui import theme
from ui.widgets.basics import button, column, label, row


class Refused(Protocol):
    """What something was refused for, by its name, and the reason."""

    @property
    def name(self) -> str: ...
    @property
    def reason(self) -> RefusedMoveError: ...


class NotOpenedDialog(QDialog):
    """The refused ones with their reasons; they can be copied."""

    def __init__(self, parent: QWidget, refused: Sequence[Refused], title: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        title = title or tr("No case was opened for these {count}", count=f"{len(refused):,}")
        self.setWindowTitle(title)
        look = theme.current()
        self.resize(look.px(720), look.px(420))
        self._lines = [(one.name, render(one.reason.what)) for one in refused]
        self.table = QTableWidget(len(self._lines), 2)
        self.table.setHorizontalHeaderLabels([tr("Name"), tr("Reason")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.table.setColumnWidth(0, look.px(260))
        for number, line in enumerate(self._lines):
            for place, text in enumerate(line):
                self.table.setItem(number, place, QTableWidgetItem(text))
        self.copy = button(tr("Copy"), "", self._copy)
        self.close_button = button(tr("Close"), "primary", self.accept)
        self.setLayout(
            column(
                label(title, "title"),
                self.table,
                row(self.copy, 1, self.close_button),
                gap=12,
                margin=20,
            )
        )

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join("\t".join(line) for line in self._lines))
