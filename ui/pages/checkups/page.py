"""体检: what is to be visited, the campaigns, and the cases."""

from PySide6.QtWidgets import QWidget

from landsteward.app.campaigns import next_name, plan_campaign
from landsteward.app.language import tr
from landsteward.app.views import ListFilter, ListKind
from landsteward.domain.campaigns import Campaign
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import CaseStage
from ui import words
from ui.models.paged import PagedTableModel
from ui.pages.base import Page
from ui.pages.campaigns.bulk import VisitBulk
from ui.pages.campaigns.day_plan import DayPlan
from ui.pages.campaigns.visits import VisitsPanel
from ui.pages.lists.columns import columns_of
from ui.widgets.basics import button, column, label, row
from ui.widgets.fields import ChoiceField
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class CheckupsPage(Page):
    """`place.step` is the tab in front (visits, plan, campaigns, cases), or the stage of cases."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.line = OutcomeLine()
        self.bulk = VisitBulk(bench, self, self.line)
        self.new = button(tr("New campaign"), "primary", self._plan, changing=True)
        self.new.setEnabled(may(bench.member().person.role, Action.OPEN_CASE))
        self.visits = VisitsPanel(bench, self.bulk, empty=self._no_visit())
        self.tabs = Tabs()
        self.tabs.add("visits", tr("Visits"), self.visits)
        self.tabs.add_later("plan", tr("Day plan"), self._make_plan)
        self.tabs.add_later("campaigns", tr("Campaigns"), self._make_campaigns)
        self.tabs.add_later("cases", tr("Cases"), self._make_cases)
        self._parts: dict[str, ListPanel | DayPlan] = {"visits": self.visits}
        self.stage = ChoiceField(
            "", [("", tr("All")), *((one.value, words.stage(one)) for one in CaseStage)]
        )
        self.stage.setParent(self)
        self.stage.hide()
        self.stage.setAccessibleName(tr("Show only"))
        self.stage.setFixedWidth(160)
        self.stage.set_value("")
        self.stage.committed.connect(self._show_stage)
        self.tabs.chosen.connect(lambda _key: self._refresh_part())
        page = column(row(label(tr("Checkups"), "title"), 1, self.new), self.line, self.tabs, gap=8)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    def refresh(self) -> None:
        """Ask for what is in front again."""
        self._refresh_part()

    def _refresh_part(self) -> None:
        part = self._parts.get(self.tabs.current)
        if part is not None:
            part.refresh()

    def place(self) -> Place:
        """With the tab in front; of cases with the stage that is shown."""
        tab = self.tabs.current
        stage = self.stage.value() if tab == "cases" else ""
        return Place("checkups", step=stage or tab)

    def turn_to(self, place: Place) -> bool:
        """Put a tab in front; a stage of cases shows those."""
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        elif place.step in list(CaseStage):
            self.tabs.show_tab("cases")
            self.stage.set_value(place.step)
            self._show_stage(place.step)
        return True

    @property
    def campaigns(self) -> ListPanel:
        """The list of campaigns, once it was looked at."""
        return self._panel("campaigns")

    @property
    def cases(self) -> ListPanel:
        """The list of cases, once it was looked at."""
        return self._panel("cases")

    def _panel(self, key: str) -> ListPanel:
        found = self._parts[key]
        assert isinstance(found, ListPanel)
        return found

    def _no_visit(self) -> EmptyState:
        return EmptyState(
            tr("No visit planned yet"),
            tr(
                "A campaign plans the visits of a year: enterprises, departments, inspectors and "
                "days. A single checkup begins with “Start a checkup” on an enterprise."
            ),
            tr("New campaign"),
            self._plan,
            primary=False,
        )

    def _make_plan(self) -> QWidget:
        made = self._parts["plan"] = DayPlan(self.bench, self.bulk, campaign_id=None)
        return made

    def _make_campaigns(self) -> QWidget:
        made = self._list(
            ListKind.CAMPAIGNS,
            "campaigns",
            EmptyState(
                tr("No campaign yet"),
                tr("A campaign checks many enterprises by one plan, and says how far it is."),
                tr("New campaign"),
                self._plan,
                primary=False,
            ),
            tr("Filter: name of a campaign…"),
        )
        made.sort_by("year", descending=True)
        made.opened.connect(lambda key: self.bench.go(Place("campaign", key)))
        return made

    def _make_cases(self) -> QWidget:
        made = self._list(
            ListKind.CASES,
            "checkups",
            EmptyState(
                tr("No case yet"),
                tr("A case begins with “Start a checkup” on an enterprise, or with a suspicion."),
                tr("To the register"),
                lambda: self.bench.go(Place("register")),
                primary=False,
            ),
            tr("Filter: name, case number, pinyin initials…"),
        )
        made.tools.addWidget(self.stage)
        self.stage.show()
        made.sort_by("case_no", descending=True)
        made.opened.connect(lambda key: self.bench.go(Place("case", key)))
        return made

    def _list(self, kind: ListKind, name: str, empty: EmptyState, hint: str) -> ListPanel:
        services = self.bench.services
        columns = columns_of(kind, packs=services.packs, today=services.clock.today())
        made = ListPanel(
            self.bench,
            PagedTableModel(kind, columns, self.bench.operations),
            empty=empty,
            hint=hint,
            name=name,
            filters=kind is ListKind.CASES,
        )
        self._parts[name if name != "checkups" else "cases"] = made
        return made

    def _show_stage(self, stage: str) -> None:
        equal = {"stage": stage} if stage else {}
        model = self.cases.model
        if model.filter.equal != equal:
            model.show_only(
                ListFilter(
                    text=model.filter.text,
                    equal=equal,
                    chosen=model.filter.chosen,
                    on=model.filter.on,
                )
            )

    def _plan(self) -> None:
        self.bench.operations.query(self, next_name, success=self._ask_name)

    def _ask_name(self, name: str) -> None:
        from ui.dialogs.ask import AskName

        ask = AskName(self, tr("New campaign"), tr("Name of the campaign"))
        ask.name.set_value(name)
        ask.name.line.selectAll()
        ask.named.connect(self._plan_named)
        ask.open()

    def _plan_named(self, name: str) -> None:
        def planned(campaign: Campaign) -> None:
            self.bench.go(Place("campaign", campaign.id, "overview"))

        self.bench.operations.change(
            self, lambda ctx: plan_campaign(ctx, name=name), success=planned
        )
