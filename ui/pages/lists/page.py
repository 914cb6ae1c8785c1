"""问题, 方案, 案卷: lists of everything, each row leading into its case."""

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import ListKind
from landsteward.domain.states import CaseStage, FindingState, PlanStatus
from ui import words
from ui.models.paged import PagedTableModel
from ui.pages.base import Page
from ui.pages.lists.columns import columns_of
from ui.pages.lists.dossiers import DossierSaver
from ui.pages.lists.finding_actions import FindingActions
from ui.pages.lists.plan_counts import PlanCounts
from ui.widgets.basics import button, column, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.workbench import Place, Workbench

_STEP = {"findings": "findings", "plans": "plan", "dossiers": "dossier"}


class ListPage(Page):
    """One list. `place.step` is a state to show only."""

    def __init__(self, bench: Workbench, place: Place, kind: ListKind) -> None:
        super().__init__(bench, place)
        self._kind = kind
        services = bench.services
        self.model = PagedTableModel(
            kind,
            columns_of(kind, packs=services.packs, today=services.clock.today()),
            bench.operations,
        )
        self.panel = ListPanel(
            bench,
            self.model,
            empty=self._empty(),
            hint=tr("Filter: name, case number, pinyin initials…"),
            name=place.page,
            filters=kind in (ListKind.CASES, ListKind.FINDINGS, ListKind.PLANS),
        )
        self.panel.opened.connect(self._open)
        self.panel.selection_changed.connect(self._selected)
        self.state = ChoiceField("", [("", tr("All")), *self._states()])
        self.state.setAccessibleName(tr("Show only"))
        self.state.set_value(place.step)
        self.state.committed.connect(self._show_state)
        self.state.setFixedWidth(160)
        if len(self._states()) > 0:
            self.panel.tools.addWidget(self.state)
        self.open_button = button(tr("Open case"), "", self._open_selected)
        self.open_button.setEnabled(False)
        head = row(label(self._heading(), "title"), 1, self.open_button)
        if place.page == "plans":
            self.firms = button(tr("Service firms"), "", lambda: bench.go(Place("firms")))
            head.insertWidget(head.count() - 1, self.firms)
        if place.page == "dossiers":
            self.save = button(tr("Save dossier as PDF…"), "primary", self._save)
            self.save.setEnabled(False)
            head.addWidget(self.save)
        self.saver = DossierSaver(bench)
        page = column(head, self.saver, gap=12)
        self.finding_actions: FindingActions | None = None
        if kind is ListKind.FINDINGS:
            self.finding_actions = FindingActions(bench, self.panel)
            page.addWidget(self.finding_actions)
        self.counts: PlanCounts | None = None
        if kind is ListKind.PLANS:
            self.counts = PlanCounts(bench)
            self.counts.chosen.connect(self._choose_state)
            page.addWidget(self.counts)
        page.addWidget(self.panel, 1)
        self.setLayout(page)
        if place.step:
            self.model.filter = type(self.model.filter)(equal={self._state_column(): place.step})
        if place.page == "dossiers":
            self.panel.sort_by("case_no", descending=True)

    def refresh(self) -> None:
        """Ask for the list again."""
        if self._kind is ListKind.FINDINGS:
            self.bench.operations.query(self, Context.pack)
        if self.counts is not None:
            self.counts.refresh()
        self.panel.refresh()

    def place(self) -> Place:
        """The list with the state it shows."""
        return Place(self._place.page, step=self.state.value() or "")

    def _heading(self) -> str:
        return {
            "findings": tr("Findings"),
            "plans": tr("Remedy plans"),
            "dossiers": tr("Dossiers"),
        }[self._place.page]

    def _states(self) -> list[tuple[str, str]]:
        if self._kind is ListKind.CASES:
            return [(one.value, words.stage(one)) for one in CaseStage]
        if self._kind is ListKind.FINDINGS:
            return [(one.value, words.finding_state(one)) for one in FindingState]
        if self._kind is ListKind.PLANS:
            return [(one.value, words.plan_status(one)) for one in PlanStatus]
        return []

    def _state_column(self) -> str:
        columns = {ListKind.CASES: "stage", ListKind.PLANS: "status"}
        return columns.get(self._kind, "state")

    def _choose_state(self, state: str) -> None:
        self.state.set_value(state)
        self._show_state(state)

    def _show_state(self, state: str) -> None:
        self.model.replace_equal({self._state_column(): state} if state else {})

    def _empty(self) -> EmptyState:
        title, text = {
            "findings": (
                tr("No finding yet"),
                tr("Problems found in a checkup, or suspicions of the screening, become findings."),
            ),
            "plans": (
                tr("No remedy plan yet"),
                tr("Once findings are assigned, the service firm writes a plan in the case."),
            ),
            "dossiers": (
                tr("No dossier yet"),
                tr("Every case can be printed as one dossier, finished or not."),
            ),
        }[self._place.page]
        return EmptyState(
            title,
            text,
            tr("To the register"),
            lambda: self.bench.go(Place("register")),
            primary=False,
        )

    def _selected(self) -> None:
        count = len(self.panel.selected_ids())
        self.open_button.setEnabled(count == 1)
        if self._place.page == "dossiers":
            self.save.setEnabled(count >= 1)

    def _open_selected(self) -> None:
        ids = self.panel.selected_ids()
        if ids:
            self._open(ids[0])

    def _open(self, record_id: str) -> None:
        step = _STEP.get(self._place.page, "")
        if self._kind is ListKind.CASES:
            self.bench.go(Place("case", record_id, step))
            return
        kind = self._kind

        def case_of(ctx: Context) -> str:
            rows = ctx.workspace.lists.rows(kind, [record_id])
            return str(rows[0].cells["case_id"]) if rows else ""

        if kind in (ListKind.FINDINGS, ListKind.PLANS):
            step = f"{step}:{record_id}"
        self.bench.operations.query(
            self,
            case_of,
            success=lambda case_id: self.bench.go(Place("case", case_id, step)),
        )

    def _save(self) -> None:
        self.saver.ask(self.panel.selected_ids())
