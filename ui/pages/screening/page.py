"""筛查: what the automatic rules suspect on a day, what they cannot judge, and why."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QAbstractTableModel
from PySide6.QtWidgets import QHeaderView, QProgressBar, QTableView

from landsteward.app.context import Context
from landsteward.app.language import localised, render, tr
from landsteward.app.screening import FoundSuspicion, ScreeningResult, run_screening
from landsteward.app.suspicions import (
    OpenedSuspicion,
    dismiss_suspicion,
    open_case_from_suspicion,
    take_dismissal_back,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from landsteward.domain.screening import About
from landsteward.domain.states import OrganisationKind, Severity
from ui import theme, words
from ui.operations import Progress, Work
from ui.pages.base import Page
from ui.pages.screening.dismissing import DismissLine
from ui.pages.screening.explained import Explained
from ui.pages.screening.models import (
    Fitting,
    NotJudgedModel,
    SuspicionModel,
    Wanted,
    fitting,
    standing_word,
)
from ui.widgets.basics import Card, button, changes, column, label, row, show_if
from ui.widgets.fields import ChoiceField, DateField
from ui.widgets.signs import EmptyState
from ui.widgets.table_rows import BadgeDelegate
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


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
        self._kept: FoundSuspicion | None = None
        role = bench.member().person.role
        self._may_open = may(role, Action.OPEN_CASE)
        self._may_screen = may(role, Action.SCREEN)
        self.on = DateField("")
        self.on.editor.setAccessibleName(tr("As of"))
        self.on.setFixedWidth(theme.current().px(150))
        self.on.set_value(bench.services.clock.today())
        self.on.committed.connect(self._run_again)
        self.run = button(tr("Screen"), "", self._run_again)
        self.run.setEnabled(self._may_screen)
        self.open = button(tr("Open a case"), "primary", self._open_case)
        self.dismiss = button(tr("Rule it out…"), "", self._dismiss_or_back)
        changes(self.dismiss)
        self.dismissing = DismissLine(self._dismissed)
        self.summary = label("", "dim")
        self.idle = label("", "dim", wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.stop = button(tr("Stop"), "link", self._stop)
        self.stop.hide()
        self.filters = self._filters()
        self.model = SuspicionModel(self)
        self.table = _table(self.model, (86, 200, 200, 160, 106), wide=1)
        for number in (0, 4):
            self.table.setItemDelegateForColumn(number, BadgeDelegate(self.table))
        self.not_judged = NotJudgedModel(self)
        self.unjudged = _table(self.not_judged, (200, 200, 150, 300), wide=3)
        for table in (self.table, self.unjudged):
            table.setSelectionMode(QTableView.SelectionMode.SingleSelection)
            table.selectionModel().selectionChanged.connect(self._selected)
        self.explained = Explained(bench)
        self.nothing = EmptyState(
            tr("Nothing suspected"),
            tr("On this day no rule suspects anything of what is looked at."),
        )
        self.tabs = Tabs()
        self.tabs.add("suspected", tr("Suspected"), self.table)
        self.tabs.add("not_judged", tr("Cannot be judged"), self.unjudged)
        self.tabs.chosen.connect(self._selected)
        self.tabs.stack.addWidget(self.nothing)
        self._lay_out()
        self._show_actions(None)

    def _filters(self) -> dict[str, ChoiceField]:
        made = {
            "rule": ChoiceField("", [(None, tr("All rules"))]),
            "severity": ChoiceField(
                "",
                [
                    (None, tr("All severities")),
                    *((int(one), words.severity(one)) for one in Severity),
                ],
            ),
            "carrier": ChoiceField("", [(None, tr("All carriers"))]),
            "standing": ChoiceField(
                "",
                [
                    (None, tr("All states")),
                    *((one, standing_word(one)) for one in ("open", "finding", "dismissed")),
                ],
            ),
        }
        names = {
            "rule": tr("Rule"),
            "severity": tr("Severity"),
            "carrier": tr("Carrier"),
            "standing": tr("State"),
        }
        for key, field in made.items():
            field.box.setAccessibleName(names[key])
            field.set_value(None)
            field.committed.connect(self._filter)
        return made

    def _lay_out(self) -> None:
        look = theme.current()
        card = Card(margin=0, gap=0)
        held = row(self.tabs)
        held.setContentsMargins(16, 6, 16, 0)
        card.add(held)
        card.add(self.tabs.stack, 1)
        side = Card(margin=0)
        side.add(self.explained, 1)
        below = column(self.dismissing, margin=12)
        side.add(below)
        side.setMaximumWidth(look.px(400))
        parts = row(gap=12)
        parts.addWidget(card, 2)
        parts.addWidget(side, 1)
        head = row(
            label(tr("Screening"), "title"),
            self.summary,
            1,
            self.stop,
            label(tr("As of"), "dim"),
            self.on,
            self.run,
            self.dismiss,
            self.open,
        )
        choices = row(gap=8)
        for key, width in (("rule", 300), ("severity", 130), ("carrier", 200), ("standing", 130)):
            self.filters[key].setFixedWidth(look.px(width))
            choices.addWidget(self.filters[key])
        choices.addWidget(self.idle, 1)
        page = column(head, self.bar, gap=12)
        page.addLayout(choices)
        page.addLayout(parts, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Screen on the first visit; after a change only what became of suspicions is new."""
        if not self._began:
            self._began = True
            self.bench.operations.query(self, _carriers, success=self._offer_carriers)
            self._run_again()

    def drop(self) -> None:
        """A run nobody waits for any more is stopped."""
        self._stop()

    def _offer_carriers(self, carriers: list[tuple[str, str]]) -> None:
        self.filters["carrier"].set_options(
            [(None, tr("All carriers")), *carriers, ("", tr("No carrier on record"))]
        )

    def _run_again(self) -> None:
        if not self._may_screen:
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
        self._kept = self._chosen()
        self._result = result
        pack = self.bench.services.packs.get(result.pack, result.pack_version)
        self.summary.setText(
            tr(
                "{parcels} parcels, {enterprises} enterprises · rules: {pack}",
                parcels=result.looked_at[About.PARCEL],
                enterprises=result.looked_at[About.ENTERPRISE],
                pack=localised(pack.name, pack.name_en),
            )
        )
        titles = {one.key: localised(one.title, one.title_en) for one in pack.rules}
        self.filters["rule"].set_options([(None, tr("All rules")), *titles.items()])
        self.idle.setText(
            tr("{count} rules judge nothing today", count=len(result.idle)) if result.idle else ""
        )
        self.idle.setToolTip(
            "\n".join(
                tr(
                    "{rule}: {reason}",
                    rule=titles[rule.key],
                    reason=render(because),
                )
                for rule, because in result.idle
            )
        )
        self._filter()

    def _filter(self, _value: object = None) -> None:
        """Show what fits; looked for away from the GUI thread."""
        result = self._result
        if result is None:
            return
        wanted = Wanted(
            rule=self.filters["rule"].value(),
            severity=self.filters["severity"].value(),
            carrier=self.filters["carrier"].value(),
            standing=self.filters["standing"].value(),
        )
        self.bench.operations.query(
            self, lambda _ctx: fitting(result, wanted), success=self._show_fitting
        )

    def _show_fitting(self, found: Fitting) -> None:
        kept = self._chosen() or self._kept
        self.model.show_found(found.suspicions)
        self.not_judged.show_groups(found.unjudged)
        self.tabs.reword("suspected", tr("Suspected ({count})", count=len(found.suspicions)))
        unjudged = self.not_judged.rowCount()
        self.tabs.reword("not_judged", tr("Cannot be judged ({count})", count=unjudged))
        if self.tabs.current == "not_judged":
            self._selected()
            return
        if not found.suspicions:
            self.tabs.stack.setCurrentWidget(self.nothing)
            self._selected()
            return
        self.tabs.show_tab("suspected")
        again = next(
            (
                number
                for number, one in enumerate(found.suspicions)
                if kept is not None and one.key == kept.key
            ),
            0,
        )
        self.table.selectRow(again)
        self._selected()

    def _chosen(self) -> FoundSuspicion | None:
        if self.tabs.current != "suspected":
            return None
        rows = self.table.selectionModel().selectedRows()
        return self.model.found[rows[0].row()] if rows else None

    def _selected(self, *_: object) -> None:
        found = self._chosen()
        self.dismissing.put_away()
        self._show_actions(found)
        if found is not None:
            self.explained.show_suspicion(found)
            return
        rows = self.unjudged.selectionModel().selectedRows()
        if self.tabs.current == "not_judged" and rows:
            self.explained.show_unjudged(*self.not_judged.at(rows[0].row()))
        else:
            self.explained.show_nothing()

    def _show_actions(self, found: FoundSuspicion | None) -> None:
        finding = found is not None and found.finding_id is not None
        self.open.setEnabled(found is not None and (finding or self._may_open))
        self.open.setText(tr("To its case") if finding else tr("Open a case"))
        show_if(self.dismiss, self._may_screen and found is not None and not finding)
        stands = found is not None and found.stands
        self.dismiss.setText(tr("Take the dismissal back") if stands else tr("Rule it out…"))

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
        subject, rule, on = found.subject.id, found.suspicion.rule.key, result.on

        def work(ctx: Context) -> OpenedSuspicion:
            return open_case_from_suspicion(ctx, subject_id=subject, rule_key=rule, on=on)

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

    def _dismiss_or_back(self) -> None:
        found = self._chosen()
        if found is None:
            return
        if found.stands and found.dismissal is not None:
            self.bench.operations.change(
                self,
                partial(take_dismissal_back, dismissal_id=found.dismissal.id),
                success=lambda _none: self._run_again(),
            )
            return
        self.dismissing.begin()

    def _dismissed(self, reason: str) -> None:
        found, result = self._chosen(), self._result
        if found is None or result is None:
            return
        self.bench.operations.change(
            self,
            partial(
                dismiss_suspicion,
                subject_id=found.subject.id,
                rule_key=found.suspicion.rule.key,
                on=result.on,
                reason=reason,
            ),
            success=lambda _kept: self._run_again(),
            failure=self.dismissing.refuse,
        )


def _carriers(ctx: Context) -> list[tuple[str, str]]:
    found = ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
    return sorted(((one.id, one.name) for one in found), key=lambda one: one[1])
