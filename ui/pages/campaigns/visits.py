"""The visits as a table, of one campaign or of all, with what is done to many at once."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import Facet, Flag, ListFilter, ListKind
from landsteward.domain.permissions import Action, may
from ui.models.paged import PagedTableModel
from ui.pages.campaigns.bulk import VisitBulk
from ui.pages.lists.columns import columns_of
from ui.widgets.basics import button
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.workbench import Place, Workbench


class VisitsPanel(ListPanel):
    """A row opens its visit. Without a campaign the visits of all, each that is made once."""

    def __init__(
        self, bench: Workbench, bulk: VisitBulk, *, empty: EmptyState, campaign_id: str = ""
    ) -> None:
        services = bench.services
        columns = columns_of(ListKind.VISITS, packs=services.packs, today=services.clock.today())
        if campaign_id:
            columns = tuple(one for one in columns if one.key != "campaign")
        model = PagedTableModel(ListKind.VISITS, columns, bench.operations)
        super().__init__(
            bench,
            model,
            empty=empty,
            hint=tr("Filter: name, code, pinyin initials…"),
            name="campaign-visits" if campaign_id else "visits",
            filters=True,
            always={"campaign_id": campaign_id} if campaign_id else {"head": "yes"},
        )
        self._bulk = bulk
        self._role = bench.member().person.role
        self._narrowed = False
        self.quick: dict[str, QPushButton] = {}
        for key, word in (
            ("today", tr("Today")),
            ("late", tr("Day has passed")),
            ("mine", tr("My visits")),
        ):
            made = button(word, "segment")
            made.setCheckable(True)
            made.clicked.connect(self._quick_chosen)
            self.quick[key] = made
            self.tools.addWidget(made)
        self.filters.changed.connect(self._mark_quick)
        self.days = self._action(tr("Set day…"), self._set_days)
        self.people = self._action(tr("Inspectors…"), self._assign)
        self.joint = self._action(tr("Take joint visit apart"), self._part)
        self.enterprise = self._action(tr("To the enterprise"), self._to_enterprise)
        self.remove = self._action(tr("Take out of the campaign"), self._remove)
        self.more = button(tr("Change…"), "quiet", self._offer)
        self.tools.addWidget(self.more)
        self.row_actions += [self.days, self.people, self.joint, self.enterprise, self.remove]
        self.selection_changed.connect(self._allow)
        self.opened.connect(bulk.open)
        self.sort_by("day")
        self._allow()

    def show_only(self, visit_ids: tuple[str, ...] | None) -> None:
        """Show only these visits (None: all)."""
        self.model.show_only(
            ListFilter(
                text=self.model.filter.text,
                equal=self.model.filter.equal,
                chosen=self.model.filter.chosen,
                on=self.model.filter.on,
                only=visit_ids,
            )
        )

    def _action(self, words: str, run: object) -> QAction:
        made = QAction(words, self)
        made.triggered.connect(run)
        return made

    def _allow(self) -> None:
        chosen = len(self.selected_ids())
        plans = may(self._role, Action.PLAN_VISITS)
        for action in (self.days, self.people, self.joint, self.remove):
            action.setEnabled(chosen > 0 and plans)
        self.enterprise.setEnabled(chosen == 1)
        self.more.setEnabled(chosen > 0)

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.addActions(self.row_actions)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _quick_chosen(self) -> None:
        chosen: dict[Facet, tuple[str, ...]] = {
            facet: values
            for facet, values in self.filters.chosen.items()
            if facet not in (Facet.FLAG, Facet.INSPECTOR)
        }
        flags = [
            flag.value
            for key, flag in (("today", Flag.TODAY), ("late", Flag.LATE))
            if self.quick[key].isChecked()
        ]
        sender = self.sender()
        # A day is today's or has passed: one of the two.
        if len(flags) > 1:
            last = Flag.TODAY if sender is self.quick["today"] else Flag.LATE
            flags = [last.value]
        if flags:
            chosen[Facet.FLAG] = tuple(flags)
        if self.quick["mine"].isChecked():
            chosen[Facet.INSPECTOR] = (self._bench.member().person.id,)
        self.choose(chosen)
        self._mark_quick()

    def _mark_quick(self) -> None:
        chosen = self.filters.chosen
        flags = chosen.get(Facet.FLAG, ())
        me = (self._bench.member().person.id,)
        self.quick["today"].setChecked(Flag.TODAY in flags)
        self.quick["late"].setChecked(Flag.LATE in flags)
        self.quick["mine"].setChecked(chosen.get(Facet.INSPECTOR) == me)

    def _set_days(self) -> None:
        self._bulk.ask_days(self.selected_ids())

    def _assign(self) -> None:
        ids = self.selected_ids()
        if len(ids) != 1:
            self._bulk.ask_inspectors(ids)
            return

        def now(ctx: Context) -> tuple[str, ...]:
            from landsteward.app.campaign_visits import as_made, made_visit

            return as_made(ctx, made_visit(ctx, visit_id=ids[0])).inspectors

        self._bench.operations.query(
            self, now, success=lambda people: self._bulk.ask_inspectors(ids, people)
        )

    def _part(self) -> None:
        self._bulk.part(self.selected_ids())

    def _remove(self) -> None:
        self._bulk.remove(self.selected_ids())

    def _to_enterprise(self) -> None:
        visit_id = self.selected_ids()[0]
        self._bench.operations.query(
            self,
            lambda ctx: ctx.workspace.visits.get(visit_id).enterprise_id,
            success=lambda key: self._bench.go(Place("enterprise", key)),
        )
