"""A table of lines to read, for what is no list of the workspace."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QTableView

from ui import theme


def plain_table(model: QAbstractTableModel, widths: Sequence[int]) -> QTableView:
    """A table of lines to read, no heading cut; the last column takes what is left."""
    look = theme.current()
    table = QTableView()
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    side = table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(side.ResizeMode.Fixed)
    side.setDefaultSectionSize(look.px(36))
    head = table.horizontalHeader()
    for number, width in enumerate(widths):
        # Headings are longer in English.
        table.setColumnWidth(number, max(look.px(width), head.sectionSizeHint(number)))
    head.setStretchLastSection(True)
    head.setHighlightSections(False)
    head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return table
