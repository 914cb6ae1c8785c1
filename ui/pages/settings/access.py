"""Who may what and sees whom: the table of roles, what is masked, and the log of exports."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QSizePolicy, QTableView, QWidget

from landsteward.app.access import set_access, set_masked
from landsteward.app.access_table import AccessTable, access_table
from landsteward.app.context import Context
from landsteward.app.exports import ExportLine, export_log
from landsteward.app.language import render, tr
from landsteward.domain.exports import Exported
from landsteward.domain.permission_words import ACTION_WORDS, RESTRICTED_WORDS
from landsteward.domain.permissions import Action, Sees, may, who_may
from landsteward.domain.sight import Access, Restricted
from landsteward.domain.states import Role
from ui import formats, theme, words
from ui.widgets.basics import changes, column, label
from ui.widgets.fields import WholeField
from ui.widgets.plain_table import plain_table
from ui.workbench import Workbench

_Index = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()
_ROLES = tuple(Role)
_MASKABLE = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
_YES = "✓"
_ROWS_SHOWN = 9


class RolesModel(QAbstractTableModel):
    """A row for each action, a column for each role, and why. The first row says who sees whom."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._table: AccessTable | None = None

    def show(self, table: AccessTable) -> None:
        """Show this table."""
        if table != self._table:
            self.beginResetModel()
            self._table = table
            self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        """As many as there are actions, and one."""
        return 0 if parent.isValid() or self._table is None else len(self._table.actions) + 1

    def columnCount(self, parent: _Index = _TOP) -> int:
        """What, each role, why."""
        return 0 if parent.isValid() else len(_ROLES) + 2

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What, the roles, why."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < section <= len(_ROLES):
            return Qt.AlignmentFlag.AlignCenter
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (tr("What"), *(words.role(one) for one in _ROLES), tr("Grounds"))
        return heads[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell; why also as its tip."""
        if self._table is None:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and 0 < index.column() <= len(_ROLES):
            return Qt.AlignmentFlag.AlignCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._why(index.row())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return self._cell(index.row(), index.column())

    def _cell(self, row: int, column: int) -> str:
        assert self._table is not None
        if column == len(_ROLES) + 1:
            return self._why(row)
        if row == 0:
            return tr("Enterprises seen") if column == 0 else _seen(self._table, column)
        shown = self._table.actions[row - 1]
        if column == 0:
            return render(ACTION_WORDS[shown.action])
        return _YES if _ROLES[column - 1] in shown.roles else "–"

    def _why(self, row: int) -> str:
        assert self._table is not None
        if row == 0:
            return tr("Supervision knows no borders; who is engaged sees whom it is engaged for.")
        shown = self._table.actions[row - 1]
        why = render(shown.why)
        return f"{why}（{tr('item {number}', number=shown.source)}）" if shown.source else why


def _seen(table: AccessTable, column: int) -> str:
    return {
        Sees.ALL: tr("all of them"),
        Sees.OWN_CARRIER: tr("own carrier's"),
        Sees.ENGAGED: tr("engaged for"),
        Sees.NOTHING: tr("none"),
    }[table.sees[_ROLES[column - 1]]]


class AccessPanel(QWidget):
    """The table to read; below it what is masked for whom, which an administrator settles."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._access = Access()
        look = theme.current()
        self.model = RolesModel(self)
        self.table: QTableView = plain_table(self.model, (210, 96, 92, 104, 92, 96, 96))
        self.table.setMinimumHeight(look.px(36 * _ROWS_SHOWN))
        self.whose = label("", "dim", wrap=True)
        self.all_carriers = changes(QCheckBox(tr("Carriers' officers see all enterprises")))
        self.all_carriers.clicked.connect(self._all_carriers_said)
        self.grace = WholeField(tr("A firm reads on after its contract's end"), unit=tr("days"))
        self.grace.setMaximumWidth(look.px(260))
        self.grace.committed.connect(self._grace_said)
        self.masks: dict[tuple[Role, Restricted], QCheckBox] = {}
        masks = QGridLayout()
        masks.setHorizontalSpacing(look.px(16))
        for place, role in enumerate(_MASKABLE):
            masks.addWidget(label(words.role(role), "dim"), 0, place + 1)
        for line, kind in enumerate(Restricted):
            masks.addWidget(label(render(RESTRICTED_WORDS[kind])), line + 1, 0)
            for place, role in enumerate(_MASKABLE):
                self.masks[role, kind] = self._mask(role, kind)
                masks.addWidget(self.masks[role, kind], line + 1, place + 1)
        masks.setColumnStretch(len(_MASKABLE) + 1, 1)
        self.setLayout(
            column(
                label(tr("Who may what"), "heading"),
                self.table,
                label(tr("Who sees whom"), "heading"),
                self.whose,
                self.all_carriers,
                self.grace,
                label(tr("Masked for"), "heading"),
                label(
                    tr("What is masked reads “restricted” in lists, cards, papers and exports."),
                    "dim",
                ),
                masks,
                1,
                gap=12,
            )
        )

    def refresh(self) -> None:
        """Ask how it is settled."""
        self._bench.operations.query(self, access_table, success=self._show)

    def _show(self, table: AccessTable) -> None:
        self._access = table.access
        self.model.show(table)
        allowed = may(self._bench.member().person.role, Action.SET_ACCESS)
        who = tr(", ").join(words.role(role) for role in who_may(Action.SET_ACCESS))
        self.whose.setText(tr("Settled by: {roles}.", roles=who))
        self.all_carriers.setChecked(table.access.all_carriers)
        self.grace.set_value(table.access.grace_days)
        for widget in (self.all_carriers, self.grace, *self.masks.values()):
            widget.setEnabled(allowed)
        for (role, kind), ticked in self.masks.items():
            ticked.setChecked(table.masked(role, kind))

    def _mask(self, role: Role, kind: Restricted) -> QCheckBox:
        made = changes(QCheckBox())
        made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        made.setAccessibleName(f"{words.role(role)}: {render(RESTRICTED_WORDS[kind])}")
        made.clicked.connect(lambda on: self._masked_said(role, kind, on))
        return made

    def _masked_said(self, role: Role, kind: Restricted, masked: bool) -> None:
        def work(ctx: Context) -> Access:
            return set_masked(ctx, role=role, kind=kind, masked=masked)

        self._bench.operations.change(self, work)

    def _all_carriers_said(self, all_carriers: bool) -> None:
        self._keep(replace(self._access, all_carriers=all_carriers))

    def _grace_said(self, days: int | None) -> None:
        self._keep(replace(self._access, grace_days=days or 0))

    def _keep(self, access: Access) -> None:
        self._bench.operations.change(self, lambda ctx: set_access(ctx, access=access))


class ExportLogModel(QAbstractTableModel):
    """The log of exports, the latest first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[ExportLine] = []

    def show(self, lines: list[ExportLine]) -> None:
        """Show these."""
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: _Index = _TOP) -> int:
        """One a line."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = _TOP) -> int:
        """When, who, what, how many, masked, the file."""
        return 0 if parent.isValid() else 6

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """When, who, what, how many, masked, the file."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("When"), tr("Who"), tr("What"), tr("Rows"), tr("Masked"), tr("File"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        line = self.lines[index.row()]
        note = line.note
        return (
            formats.moment(note.at),
            f"{line.person} · {line.organisation}",
            " · ".join(filter(None, (exported_word(note.kind), note.title))),
            "" if note.rows is None else f"{note.rows:,}",
            tr("masked") if note.masked else tr("in full"),
            note.file_name,
        )[index.column()]


def exported_word(kind: Exported) -> str:
    """清单 / 案卷 / 文书 / 证据材料 / 界址 / 地图."""
    return {
        Exported.LIST: tr("List"),
        Exported.DOSSIER: tr("Dossier"),
        Exported.PAPER: tr("Paper"),
        Exported.EVIDENCE: tr("Evidence"),
        Exported.BOUNDARIES: tr("Boundaries"),
        Exported.MAP: tr("Map"),
    }[kind]


class ExportLogPanel(QWidget):
    """What left the workspace; for whoever may read it."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self.model = ExportLogModel(self)
        self.table = plain_table(self.model, (150, 220, 220, 70, 80))
        self.table.setMinimumHeight(theme.current().px(36 * _ROWS_SHOWN))
        self.whose = label("", "dim", wrap=True)
        self.setLayout(column(self.whose, self.table, 1, gap=12))

    def refresh(self) -> None:
        """Ask what was taken along."""
        allowed = may(self._bench.member().person.role, Action.READ_EXPORT_LOG)
        self.table.setVisible(allowed)
        who = tr(", ").join(words.role(role) for role in who_may(Action.READ_EXPORT_LOG))
        self.whose.setText(
            tr("Every list and paper that was written to a file.")
            if allowed
            else tr("Read by: {roles}.", roles=who)
        )
        if allowed:
            self._bench.operations.query(self, export_log, success=self.model.show)
