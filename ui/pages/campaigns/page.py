"""体检批次: one campaign, how far it is, its visits, who else is to be visited, the week."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from landsteward.app.campaign_progress import CampaignStep, CampaignView, campaign_view
from landsteward.app.campaigns import (
    CampaignRemoved,
    bring_campaign_back,
    end_campaign,
    remove_campaign,
    reopen_campaign,
)
from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.people import Member, list_members
from landsteward.app.views import Facet
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import CampaignState, VisitStage
from ui import formats, theme, words
from ui.dialogs.ask import AskFirst
from ui.pages.base import Page
from ui.pages.campaigns.bars import BarLine, ProgressBars
from ui.pages.campaigns.bulk import VisitBulk
from ui.pages.campaigns.choose import ChoosePanel
from ui.pages.campaigns.day_plan import DayPlan
from ui.pages.campaigns.facts import CampaignFacts
from ui.pages.campaigns.joint import JointPanel
from ui.pages.campaigns.too_often import TooOftenDialog
from ui.pages.campaigns.visits import VisitsPanel
from ui.pages.campaigns.words import in_figures, next_words
from ui.visit_words import DepartmentWords
from ui.widgets.basics import Card, ElidedLabel, box, button, column, label, row, scrolled, show_if
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import Badge, EmptyState, words_of
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

BACK = Place("checkups", step="campaigns")
_Read = tuple[CampaignView, RulePack, list[Member]]


class CampaignPage(Page):
    """`place.step` is the part in front: overview, visits, choose, joint, plan."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.view: CampaignView | None = None
        self._removed = False
        self._may = may(bench.member().person.role, Action.PLAN_VISITS)
        campaign_id = place.record_id
        self.line = OutcomeLine()
        self.bulk = VisitBulk(bench, self, self.line)
        look = theme.current()
        back = button("←", "quiet", lambda: bench.go(BACK), hint=tr("To the campaigns"))
        back.setFixedWidth(look.px(32))
        self.name = ElidedLabel("", "title")
        self.state = Badge("")
        self.days = label("", "dim")
        self.more = button(tr("More…"), "quiet", self._offer)
        self.next = button("", "primary", self._do_next)
        self.next.hide()
        head = row(back, self.name, self.state, self.days, 1, self.more, self.next)
        self.cap = label("", "caution")
        self.cap_which = button(tr("Which visits count"), "link", self._show_cap)
        self.cap_only = button(tr("Show only these"), "link", self._show_too_often)
        self.cap_line = box(row(self.cap, self.cap_which, self.cap_only, 1))
        self.cap_line.hide()
        self.facts = CampaignFacts(bench, campaign_id)
        self.departments = ProgressBars()
        self.departments.chosen.connect(lambda key: self._show_of(Facet.DEPARTMENT, key))
        self.carriers = ProgressBars()
        self.carriers.chosen.connect(lambda key: self._show_of(Facet.CARRIER, key))
        self.figures = label("", "", wrap=True)
        self.visits = VisitsPanel(
            bench, self.bulk, campaign_id=campaign_id, empty=self._no_enterprise()
        )
        self.carrier_days = button(tr("A carrier's days…"), "quiet", self._ask_carrier)
        self.visits.tools.addWidget(self.carrier_days)
        self.tabs = Tabs()
        self.tabs.add("overview", tr("Overview"), self._overview())
        self.tabs.add("visits", tr("Enterprises"), self.visits)
        self.tabs.add_later("choose", tr("Choose enterprises"), self._make_choose)
        self.tabs.add_later("joint", tr("Joint visits"), self._make_joint)
        self.tabs.add_later("plan", tr("Day plan"), self._make_plan)
        self.tabs.chosen.connect(self._tab_chosen)
        self._choose: ChoosePanel | None = None
        self._joint: JointPanel | None = None
        self._plan: DayPlan | None = None
        page = column(head, self.line, self.cap_line, self.tabs, gap=8)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    # Parts

    def _overview(self) -> QWidget:
        progress = Card(tr("By department"))
        progress.add(self.departments)
        carriers = Card(tr("By carrier"))
        carriers.add(self.carriers)
        figures = Card(margin=16)
        figures.add(self.figures)
        right = box(column(figures, progress, carriers, 1, gap=12))
        both = row(gap=12)
        both.addWidget(box(column(self.facts, 1)), 1)
        both.addWidget(right, 1)
        return scrolled(box(both))

    def _no_enterprise(self) -> EmptyState:
        return EmptyState(
            tr("No enterprise chosen yet"),
            tr(
                "Choose them from the register by filter, or by a list of names and credit codes. "
                "“Start a campaign” on the register's list brings them here too."
            ),
            tr("Choose enterprises"),
            lambda: self.tabs.show_tab("choose"),
            primary=False,
        )

    def _make_choose(self) -> ChoosePanel:
        self._choose = ChoosePanel(self.bench, self._place.record_id, self.line)
        return self._choose

    def _make_joint(self) -> JointPanel:
        self._joint = JointPanel(self.bench, self._place.record_id, self.bulk)
        return self._joint

    def _make_plan(self) -> DayPlan:
        self._plan = DayPlan(self.bench, self.bulk, campaign_id=self._place.record_id)
        return self._plan

    def place(self) -> Place:
        """With the part in front."""
        return Place("campaign", self._place.record_id, self.tabs.current)

    def turn_to(self, place: Place) -> bool:
        """Put a part in front."""
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        return True

    def refresh(self) -> None:
        """Ask for the campaign and the part in front again."""
        if self._removed:
            return
        campaign_id = self._place.record_id

        def read(ctx: Context) -> _Read:
            return campaign_view(ctx, campaign_id=campaign_id), ctx.pack(), list_members(ctx)

        self.bench.operations.query(self, read, success=self._show, failure=self._gone)
        self._refresh_part()

    def _refresh_part(self) -> None:
        parts = {
            "visits": self.visits,
            "choose": self._choose,
            "joint": self._joint,
            "plan": self._plan,
        }
        part = parts.get(self.tabs.current)
        if part is not None:
            part.refresh()

    def _tab_chosen(self, _key: str) -> None:
        self._refresh_part()

    def _gone(self, error: KnownError) -> None:
        self.bench.go(BACK)
        self.bench.say(words_of(error), "caution")

    # What is shown

    def _show(self, read: _Read) -> None:
        view, pack, members = read
        self.view = view
        campaign = view.campaign
        self.set_title(campaign.name)
        self.name.setText(campaign.name)
        self.state.show_word(
            words.campaign_state(campaign.state), words.campaign_tone(campaign.state)
        )
        first, last = campaign.days
        self.days.setText(f"{formats.day(first)} – {formats.day(last)}")
        self.facts.show_campaign(campaign, pack.departments, members, chosen=view.enterprises > 0)
        named = DepartmentWords(self.bench.services.packs)
        self.departments.show_lines([BarLine(named.name(one.key), one) for one in view.departments])
        self.carriers.show_lines(
            [BarLine(one.name or tr("No carrier"), one) for one in view.carriers]
        )
        self.figures.setText(in_figures(view))
        self._show_counts(view)
        self._show_cap_line(view)
        ended = campaign.state is CampaignState.ENDED
        self.carrier_days.setEnabled(self._may and not ended and bool(view.carriers))
        self.tabs.buttons["choose"].setVisible(self._may and not ended)
        self.more.setEnabled(self._may)
        self._show_next(view)

    def _show_counts(self, view: CampaignView) -> None:
        self.tabs.reword("visits", _counted(tr("Enterprises"), view.enterprises))
        self.tabs.reword("joint", _counted(tr("Joint visits"), view.joinable))

    def _show_cap_line(self, view: CampaignView) -> None:
        count = len(view.cap.enterprise_ids)
        self.cap_line.setVisible(bool(count))
        self.cap.setText(
            tr(
                "{count} enterprises would be visited more often than the cap.",
                count=f"{count:,}",
            )
        )
        if not count and self.visits.model.filter.only is not None:
            self.visits.show_only(None)
        shows = self.visits.model.filter.only is not None
        self.cap_only.setText(tr("Show all") if shows else tr("Show only these"))

    def _show_next(self, view: CampaignView) -> None:
        text = next_words(view)
        self.next.setText(text)
        show_if(self.next, bool(text) and self._may)

    # What can be done

    def _do_next(self) -> None:
        view = self.view
        if view is None:
            return
        if view.step is CampaignStep.CHOOSE:
            self.tabs.show_tab("choose")
        elif view.step is CampaignStep.DRAW_TOGETHER:
            self.tabs.show_tab("joint")
        elif view.step is CampaignStep.SET_DAYS:
            self._ask_open_days()
        elif view.step is CampaignStep.VISIT:
            if view.next_visit is None:
                self.tabs.show_tab("plan")
            else:
                self.bulk.open(view.next_visit)
        elif view.step is CampaignStep.END:
            self._ask_end()

    def _ask_open_days(self) -> None:
        campaign_id = self._place.record_id

        def without_day(ctx: Context) -> list[str]:
            lines = ctx.workspace.visit_reports.of_campaign(campaign_id)
            waiting = [one for one in lines if one.stage is VisitStage.PLANNED]
            # A carrier's enterprises lie beside each other.
            waiting.sort(key=lambda one: (one.carrier, one.id))
            return list(dict.fromkeys(one.made_id for one in waiting))

        self.bench.operations.query(self, without_day, success=self.bulk.ask_days)

    def _ask_carrier(self) -> None:
        if self.view is not None and self.view.carriers:
            carriers = [(one.key, one.name or tr("No carrier")) for one in self.view.carriers]
            most = max(one.total for one in self.view.carriers)
            self.bulk.ask_carrier_days(self._place.record_id, carriers, most)

    def _show_of(self, facet: Facet, key: str) -> None:
        self.tabs.show_tab("visits")
        self.visits.choose({facet: (key,)})

    def _show_too_often(self) -> None:
        view = self.view
        if view is None:
            return
        if self.visits.model.filter.only is not None:
            self.visits.show_only(None)
            self.cap_only.setText(tr("Show only these"))
            return
        campaign_id, ids = self._place.record_id, set(view.cap.enterprise_ids)

        def find(ctx: Context) -> tuple[str, ...]:
            lines = ctx.workspace.visit_reports.of_campaign(campaign_id)
            return tuple(one.id for one in lines if one.enterprise_id in ids)

        def found(visit_ids: tuple[str, ...]) -> None:
            self.tabs.show_tab("visits")
            self.visits.show_only(visit_ids)
            self.cap_only.setText(tr("Show all"))

        self.bench.operations.query(self, find, success=found)

    def _show_cap(self) -> None:
        if self.view is not None:
            TooOftenDialog(self.bench, self, self.view.cap).open()

    def _offer(self) -> None:
        view = self.view
        if view is None:
            return
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        if view.campaign.state is CampaignState.ENDED:
            menu.addAction(tr("Take the campaign up again"), self._reopen)
        else:
            menu.addAction(tr("End the campaign…"), self._ask_end)
        menu.addAction(tr("Delete the campaign…"), self._ask_remove)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _reopen(self) -> None:
        campaign_id = self._place.record_id
        self.bench.operations.change(
            self, lambda ctx: reopen_campaign(ctx, campaign_id=campaign_id)
        )

    def _ask_end(self) -> None:
        view = self.view
        if view is None:
            return
        left = view.overall.stages[VisitStage.PLANNED] + view.overall.stages[VisitStage.SCHEDULED]
        AskFirst(
            self,
            title=tr("End the campaign?"),
            text=tr(
                "{count} visits have not begun. They stay on record as not made and no longer "
                "count towards the cap. The campaign can be taken up again.",
                count=f"{left:,}",
            ),
            yes=tr("End it"),
            run=self._end,
            look="primary",
        ).open()

    def _end(self) -> None:
        campaign_id = self._place.record_id
        self.bench.operations.change(self, lambda ctx: end_campaign(ctx, campaign_id=campaign_id))

    def _ask_remove(self) -> None:
        AskFirst(
            self,
            title=tr("Delete the campaign?"),
            text=tr("It goes with its visits. None of them may have been opened yet."),
            yes=tr("Delete"),
            run=self._remove,
        ).open()

    def _bring_back(self, removed: CampaignRemoved) -> None:
        self._removed = False
        self.bench.operations.change(
            self,
            lambda ctx: bring_campaign_back(ctx, removed=removed),
            success=lambda _nothing: self.line.settle(),
        )

    def _remove(self) -> None:
        campaign_id = self._place.record_id

        def done(removed: CampaignRemoved) -> None:
            self._removed = True
            self.line.say(
                tr("{name} was deleted.", name=removed.campaign.name),
                "caution",
                (tr("Undo"), lambda: self._bring_back(removed)),
                (tr("To the campaigns"), lambda: self.bench.go(BACK)),
            )

        self.bench.operations.change(
            self, lambda ctx: remove_campaign(ctx, campaign_id=campaign_id), success=done
        )


def _counted(word: str, count: int) -> str:
    return tr("{word} ({count})", word=word, count=f"{count:,}") if count else word
