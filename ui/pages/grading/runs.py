"""亩均评价: the runs, the latest year first; a row opens its run."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QWidget

from landsteward.app.grading_views import RunLine, grading_runs
from landsteward.app.language import tr
from landsteward.domain.permissions import Action, may
from ui import formats
from ui.models.paged import Ask
from ui.pages.base import Page
from ui.pages.grading import words
from ui.widgets.basics import Card, button, changes, column, label, row
from ui.widgets.plain_table import plain_table
from ui.widgets.signs import EmptyState
from ui.widgets.table_rows import BadgeDelegate
from ui.workbench import Place, Workbench

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_STATE = 1
_FIGURES = (4,)


class RunsModel(QAbstractTableModel):
    """One row a run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: Sequence[RunLine] = ()
        self._heads = (
            tr("Year"),
            tr("State"),
            tr("Scheme"),
            tr("Grades"),
            tr("No grade"),
            tr("Made on"),
            tr("Made by"),
        )

    def show(self, lines: Sequence[RunLine]) -> None:
        """Show these."""
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """As many as there are runs."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Year, state, scheme, counts, when, who."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        line = self.lines[index.row()]
        if role == Ask.TONE:
            return words.run_tone(line.run.state)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _words(line)[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return _side(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


def _side(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _FIGURES else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)


def _words(line: RunLine) -> tuple[str, ...]:
    run = line.run
    without = line.count(None)
    return (
        str(run.year),
        words.run_state(run.state),
        words.scheme_name(run.scheme),
        " · ".join(f"{grade} {line.count(grade):,}" for grade in run.scheme.grades),
        f"{without:,}" if without else formats.NONE,
        formats.day(run.made_on),
        line.made_by,
    )


class GradingsPage(Page):
    """The list, and the way to a new run."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.new = changes(button(tr("New grading"), "primary", self._new))
        self.rows = RunsModel(self)
        self.table = plain_table(self.rows, (80, 110, 240, 250, 90, 110, 110))
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.table.setItemDelegateForColumn(_STATE, BadgeDelegate(self.table))
        self.table.setAccessibleName(tr("Gradings"))
        self.table.activated.connect(self._open)
        self.nothing = EmptyState(
            tr("No year was graded yet"),
            tr(
                "A grading takes the figures of a year as they are on record, scores and ranks "
                "the enterprises by a scheme of the rule pack, and keeps every step."
            ),
        )
        card = Card(margin=0, gap=0)
        card.add(self.nothing, 1)
        card.add(self.table, 1)
        page = column(row(label(tr("Per-mu grading"), "title"), 1, self.new), gap=12)
        page.addWidget(card, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Ask for the runs again."""
        self.new.setEnabled(may(self.bench.member().person.role, Action.GRADE))
        self.bench.operations.query(self, grading_runs, success=self._show)

    def _show(self, lines: list[RunLine]) -> None:
        if lines != self.rows.lines:
            self.rows.show(lines)
        self.table.setVisible(bool(lines))
        self.nothing.setVisible(not lines)

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            self.bench.go(Place("grading", self.rows.lines[index.row()].run.id))

    def _new(self) -> None:
        self.bench.go(Place("grading_new"))
