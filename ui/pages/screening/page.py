"""筛查: what the automatic rules suspect on a day, what they cannot judge, and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QHeaderView, QProgressBar, QTableView, QWidget

from landsteward.app.context import Context
from landsteward.app.language import localised, render, tr
from landsteward.app.screening import (
    FoundSuspicion,
    NotJudged,
    OpenedSuspicion,
    ScreeningResult,
    SupplyRef,
    open_case_from_suspicion,
    run_screening,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from ui import formats, theme, words
from ui.models.paged import Ask
from ui.operations import Progress, Work
from ui.pages.base import Page
from ui.pages.screening.explained import Explained
from ui.widgets.basics import Card, button, column, label, row
from ui.widgets.fields import DateField
from ui.widgets.signs import EmptyState
from ui.widgets.table_rows import BadgeDelegate
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

AnyIndex = QModelIndex | QPersistentModelIndex
_TOP = QModelIndex()


class SuspicionModel(QAbstractTableModel):
    """The suspicions of one run, worded when looked at."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.found: Sequence[FoundSuspicion] = ()
        self._heads = (tr("Severity"), tr("Suspicion"), tr("Enterprise"), tr("Parcel"), tr("State"))

    def show_found(self, found: Sequence[FoundSuspicion]) -> None:
        """Show these."""
        self.beginResetModel()
        self.found = found
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One row a suspicion."""
        return 0 if parent.isValid() else len(self.found)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Severity, rule, enterprise, parcel, and whether it is a finding already."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The suspicion in words."""
        found = self.found[index.row()]
        severity = found.suspicion.severity
        if role == Ask.TONE:
            if index.column() == 0:
                return words.severity_tone(severity)
            return "accent" if found.finding_id else "plain"
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            rule = found.suspicion.rule
            return (
                words.severity(severity),
                localised(rule.title, rule.title_en),
                found.supply.enterprise or tr("Holder unknown"),
                found.supply.parcel,
                tr("is a finding") if found.finding_id else tr("to be verified"),
            )[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


class NotJudgedModel(QAbstractTableModel):
    """The supplies a rule cannot be applied to, each with the reason."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[tuple[NotJudged, SupplyRef]] = []

    def show_groups(self, groups: Sequence[NotJudged]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = [(group, supply) for group in groups for supply in group.supplies]
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """One row a supply and rule."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _TOP) -> int:
        """Rule, enterprise, parcel, reason."""
        return 0 if parent.isValid() else 4

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What, and why it cannot be judged."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            group, supply = self.rows[index.row()]
            return (
                localised(group.rule.title, group.rule.title_en),
                supply.enterprise or tr("Holder unknown"),
                supply.parcel,
                tr("because {reason}", reason=render(group.because)),
            )[index.column()]
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What the columns are."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Rule"), tr("Enterprise"), tr("Parcel"), tr("Cannot be judged"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def _table(model: QAbstractTableModel, widths: Sequence[int], wide: int) -> QTableView:
    look = theme.current()
    table = QTableView()
    table.setModel(model)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
    table.setTabKeyNavigation(False)
    side = table.verticalHeader()
    side.hide()
    side.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    side.setDefaultSectionSize(look.row_height)
    head = table.horizontalHeader()
    head.setHighlightSections(False)
    for number, width in enumerate(widths):
        table.setColumnWidth(number, look.px(width))
    head.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
    return table


class ScreeningPage(Page):
    """Never a verdict: suspicions with their facts and their law, and one button to go on."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._result: ScreeningResult | None = None
        self._work: Work | None = None
        self._began = False
        role = bench.member().person.role
        self._may_open = may(role, Action.OPEN_CASE)
        self.on = DateField("")
        self.on.editor.setAccessibleName(tr("As of"))
        self.on.setFixedWidth(theme.current().px(150))
        self.on.set_value(bench.services.clock.today())
        self.on.committed.connect(self._run_again)
        self.run = button(tr("Screen"), "", self._run_again)
        self.run.setEnabled(may(role, Action.SCREEN))
        self.open = button(tr("Open a case"), "primary", self._open_case)
        self.open.setEnabled(False)
        self.summary = label("", "dim")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop = button(tr("Stop"), "link", self._stop)
        self.stop.hide()
        self.model = SuspicionModel(self)
        self.table = _table(self.model, (86, 200, 200, 160, 106), wide=1)
        for number in (0, 4):
            self.table.setItemDelegateForColumn(number, BadgeDelegate(self.table))
        self.table.selectionModel().selectionChanged.connect(self._selected)
        self.table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.not_judged = NotJudgedModel(self)
        self.unjudged = _table(self.not_judged, (180, 200, 160, 300), wide=3)
        self.explained = Explained()
        self.nothing = EmptyState(
            tr("Nothing suspected"),
            tr("On this day no rule suspects anything in the supplies on record."),
        )
        self.tabs = Tabs()
        self.tabs.add("suspected", tr("Suspected"), self.table)
        self.tabs.add("not_judged", tr("Cannot be judged"), self.unjudged)
        self.tabs.chosen.connect(self._selected)
        self.tabs.stack.addWidget(self.nothing)
        card = Card(margin=0, gap=0)
        held = row(self.tabs)
        held.setContentsMargins(16, 6, 16, 0)
        card.add(held)
        card.add(self.tabs.stack, 1)
        look = theme.current()
        side = Card(margin=0)
        side.add(self.explained, 1)
        side.setMaximumWidth(look.px(380))
        below = row(gap=12)
        below.addWidget(card, 2)
        below.addWidget(side, 1)
        head = row(
            label(tr("Screening"), "title"),
            self.summary,
            1,
            self.stop,
            label(tr("As of"), "dim"),
            self.on,
            self.run,
            self.open,
        )
        page = column(head, self.bar, gap=12)
        page.addLayout(below, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Screen on the first visit; after a change only what became of suspicions is new."""
        if not self._began:
            self._began = True
            self._run_again()

    def drop(self) -> None:
        """A run nobody waits for any more is stopped."""
        self._stop()

    def _run_again(self) -> None:
        if not self.run.isEnabled():
            self.summary.setText(tr("Your role does not screen."))
            return
        try:
            on = self.on.value()
        except ValueError:
            return
        if on is None:
            on = self.bench.services.clock.today()
            self.on.set_value(on)
        self._stop()

        def work(ctx: Context, progress: Progress) -> ScreeningResult:
            return run_screening(ctx, on=on, progress=progress)

        self.summary.setText(tr("Screening…"))
        self._work = self.bench.operations.long_change(
            self,
            work,
            success=self._show,
            failure=self._failed,
            progressed=self._progressed,
            stopped=self._stopped,
            writes=False,
        )

    def _progressed(self, done: int, total: int) -> None:
        self.bar.show()
        self.stop.show()
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(done)

    def _stop(self) -> None:
        if self._work is not None:
            self._work.cancel()
            self._work = None

    def _ended(self) -> None:
        self._work = None
        self.bar.hide()
        self.stop.hide()

    def _stopped(self) -> None:
        if self._work is None:
            self.bar.hide()
            self.stop.hide()
            self.summary.setText(tr("Stopped."))

    def _failed(self, error: KnownError) -> None:
        self._ended()
        self.summary.setText("")
        self.bench.say(render(error.what), "bad")

    def _show(self, result: ScreeningResult) -> None:
        self._ended()
        kept = self._chosen()
        self._result = result
        self.model.show_found(result.suspicions)
        self.not_judged.show_groups(result.cannot_judge)
        unjudged = len(self.not_judged.rows)
        self.tabs.reword("suspected", tr("Suspected ({count})", count=len(result.suspicions)))
        self.tabs.reword("not_judged", tr("Cannot be judged ({count})", count=unjudged))
        pack = self.bench.services.packs.get(result.pack, result.pack_version)
        said = tr(
            "{supplies} supplies · rules: {pack}",
            supplies=result.supplies,
            pack=localised(pack.name, pack.name_en),
        )
        for rule in result.not_in_force:
            said += " · " + tr(
                "{rule}: no basis in force on {day}",
                rule=localised(rule.title, rule.title_en),
                day=formats.day(result.on),
            )
        self.summary.setText(said)
        if not result.suspicions:
            self.tabs.stack.setCurrentWidget(self.nothing)
            self.explained.show_nothing()
            self.open.setEnabled(False)
            return
        self.tabs.show_tab(self.tabs.current if self.tabs.current == "not_judged" else "suspected")
        again = next(
            (
                number
                for number, one in enumerate(result.suspicions)
                if kept is not None and _same(one, kept)
            ),
            0,
        )
        self.table.selectRow(again)

    def _chosen(self) -> FoundSuspicion | None:
        if self.tabs.current == "not_judged":
            return None
        rows = self.table.selectionModel().selectedRows()
        return self.model.found[rows[0].row()] if rows else None

    def _selected(self) -> None:
        found = self._chosen()
        if found is None:
            self.explained.show_nothing()
            self.open.setEnabled(False)
            return
        self.explained.show_suspicion(found)
        self.open.setEnabled(self._may_open)
        self.open.setText(tr("To its case") if found.finding_id else tr("Open a case"))

    def _open_case(self) -> None:
        found, result = self._chosen(), self._result
        if found is None or result is None:
            return
        finding_id = found.finding_id
        if finding_id is not None:
            self.bench.operations.query(
                self,
                lambda ctx: ctx.workspace.findings.get(finding_id).case_id,
                success=self._to_case,
            )
            return
        contract, rule, on = found.supply.contract_id, found.suspicion.rule.key, result.on

        def work(ctx: Context) -> OpenedSuspicion:
            return open_case_from_suspicion(ctx, contract_id=contract, rule_key=rule, on=on)

        self.open.setEnabled(False)
        self.bench.operations.change(self, work, success=self._opened)

    def _opened(self, opened: OpenedSuspicion) -> None:
        self._began = False
        self._to_case(opened.case.id)
        if opened.added:
            self.bench.say(
                tr("Added to the open case {case_no}.", case_no=opened.case.case_no), "good"
            )

    def _to_case(self, case_id: str) -> None:
        self.bench.go(Place("case", case_id, "findings"))


def _same(one: FoundSuspicion, other: FoundSuspicion) -> bool:
    return (
        one.supply.contract_id == other.supply.contract_id
        and one.suspicion.rule.key == other.suspicion.rule.key
    )
