"""The enterprises listed with a contract: whose turn it is to declare, who is taken out."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableView, QWidget

from landsteward.app.conflicts import declare_conflicts
from landsteward.app.context import Context
from landsteward.app.engagements import (
    EnterprisesTakenOut,
    put_enterprises_back,
    take_enterprises_out,
)
from landsteward.app.firms import EngagementSheet
from landsteward.app.language import tr
from landsteward.app.ports.firms import ListedEnterprise
from landsteward.domain.errors import KnownError
from ui import formats
from ui.firms import words
from ui.firms.question import ConflictQuestion
from ui.models.paged import Ask
from ui.pages.firms.table import AnyIndex
from ui.widgets.basics import Card, box, button, label, row, show_if
from ui.widgets.outcome import OutcomeLine
from ui.widgets.plain_table import plain_table
from ui.widgets.signs import EmptyState, words_of
from ui.widgets.table_rows import BadgeDelegate
from ui.workbench import Place, Workbench

_TOP = QModelIndex()
_DECLARED = 4


class ListedModel(QAbstractTableModel):
    """One row an enterprise; only those whose name or code holds a scrap of text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._all: Sequence[ListedEnterprise] = ()
        self._text = ""
        self.lines: list[ListedEnterprise] = []
        self.heads = (tr("Enterprise"), tr("Credit code"), tr("From"), tr("To"), tr("Conflict"))

    def show(self, lines: Sequence[ListedEnterprise]) -> None:
        """Show these."""
        if lines != self._all:
            self._all = lines
            self._narrow()

    def find(self, text: str) -> None:
        """Show only what holds the text."""
        self._text = text.strip().upper()
        self._narrow()

    def _narrow(self) -> None:
        self.beginResetModel()
        self.lines = [
            one for one in self._all if self._text in one.name.upper() or self._text in one.uscc
        ]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """As many as are shown."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Name, code, days, declaration."""
        return 0 if parent.isValid() else len(self.heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What stands in a cell."""
        line = self.lines[index.row()]
        word, tone = words.declared(line.declared)
        if role == Ask.TONE:
            return tone
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        return (
            line.name,
            line.uscc,
            formats.day(line.from_on),
            formats.day(line.to_on) if line.to_on else tr("as long as the contract"),
            word,
        )[index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section]
        return None


class ListedPanel(Card):
    """The table, and what is done with the selected ones."""

    choose_asked = Signal()
    """Enterprises are to be chosen for the contract."""

    def __init__(self, bench: Workbench, engagement_id: str, line: OutcomeLine) -> None:
        super().__init__(margin=0, gap=0)
        self._bench = bench
        self._engagement_id = engagement_id
        self._line = line
        self._sheet: EngagementSheet | None = None
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter: name, code"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setAccessibleName(tr("Filter"))
        self.rows = ListedModel(self)
        self.filter.textChanged.connect(self.rows.find)
        self.table: QTableView = plain_table(self.rows, (260, 200, 110, 150, 110))
        head = self.table.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.setItemDelegateForColumn(_DECLARED, BadgeDelegate(self.table))
        self.table.setAccessibleName(tr("Enterprises"))
        self.table.activated.connect(self._open)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._selected())
        self.rows.modelReset.connect(self._selected)
        self.answer = button(tr("Declare…"), "small", self._toggle, changing=True)
        self.take_out = button(tr("Take out"), "small", self._take_out, changing=True)
        self.count = label("", "dim")
        tools = row(self.filter, self.count, 1, self.answer, self.take_out, gap=8)
        tools.setContentsMargins(12, 8, 12, 8)
        self.question = ConflictQuestion(self._declare)
        self.question.setContentsMargins(12, 0, 12, 8)
        self.nothing = EmptyState(
            tr("For all enterprises of the carrier"),
            tr("As soon as enterprises are listed, the contract is for these alone."),
            tr("Choose enterprises"),
            self.choose_asked.emit,
            primary=False,
        )
        self.tools = box(tools)
        self.add(self.tools)
        self.add(self.question)
        self.add(self.table, 1)
        self.add(self.nothing, 1)
        self.question.hide()

    def present(self, sheet: EngagementSheet) -> None:
        """Show the enterprises of a contract."""
        self._sheet = sheet
        whole = sheet.card.engagement.covers_all
        self.rows.show(() if whole else sheet.listed)
        empty = whole or not sheet.listed
        self.table.setVisible(not empty)
        self.tools.setVisible(not empty)
        self.nothing.setVisible(empty)
        self.nothing.title.setText(
            tr("For all enterprises of the carrier")
            if whole
            else tr("For no enterprise yet: choose them")
        )
        self.question.ask(sheet.terms)
        self._selected()

    def selected(self) -> list[ListedEnterprise]:
        """The selected enterprises."""
        rows = self.table.selectionModel().selectedRows()
        return [self.rows.lines[one.row()] for one in rows]

    def _selected(self) -> None:
        sheet, chosen = self._sheet, len(self.selected())
        self.count.setText(tr("{count} enterprises", count=f"{len(self.rows.lines):,}"))
        self.answer.setEnabled(chosen > 0 and sheet is not None and sheet.may_declare)
        self.answer.setText(
            tr("Declare for {count}…", count=f"{chosen:,}") if chosen else tr("Declare…")
        )
        self.take_out.setEnabled(chosen > 0 and sheet is not None and sheet.may_engage)
        if not chosen:
            self.question.hide()

    def _toggle(self) -> None:
        show_if(self.question, not self.question.isVisible())

    def _open(self, index: AnyIndex) -> None:
        if index.isValid():
            self._bench.go(Place("enterprise", self.rows.lines[index.row()].enterprise_id))

    def _declare(self, kinds: tuple[str, ...], detail: str) -> None:
        engagement_id = self._engagement_id
        ids = [one.enterprise_id for one in self.selected()]

        def refused(error: KnownError) -> None:
            self.question.error.say(words_of(error))

        def done(_made: object) -> None:
            self.question.clear()
            self.question.hide()

        self._bench.operations.change(
            self,
            lambda ctx: declare_conflicts(
                ctx, engagement_id=engagement_id, enterprise_ids=ids, kinds=kinds, detail=detail
            ),
            success=done,
            failure=refused,
        )

    def _take_out(self) -> None:
        ids = [one.listed_id for one in self.selected()]

        def taken(made: EnterprisesTakenOut) -> None:
            self._line.say(
                tr("{count} enterprises taken out.", count=f"{len(made.before):,}"),
                "good",
                (tr("Undo"), lambda: self._put_back(made)),
            )

        self._bench.operations.change(
            self, lambda ctx: take_enterprises_out(ctx, listed_ids=ids), success=taken
        )

    def _put_back(self, taken: EnterprisesTakenOut) -> None:
        def work(ctx: Context) -> None:
            put_enterprises_back(ctx, taken=taken)

        self._bench.operations.change(self, work, success=lambda _nothing: self._line.settle())
