"""企业宗地: the two lists of the register.

What their buttons do is imported when it is done: the lists are on the way to the first window.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import Facet, Flag, ListKind
from landsteward.domain.permissions import Action, may
from ui.models.paged import PagedTableModel
from ui.pages.base import Page
from ui.pages.lists.columns import columns_of
from ui.pages.register.bulk import BulkActions
from ui.widgets.basics import button, column, label, row
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

if TYPE_CHECKING:
    from landsteward.domain.casework import Case
    from landsteward.domain.register import Enterprise, Parcel
    from ui.pages.map.panel import MapPanel


class RegisterPage(Page):
    """Enterprises and parcels; a row opens its sheet."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.enterprises = self._panel(ListKind.ENTERPRISES, "name", self._open_enterprise)
        self.tabs = Tabs()
        self.tabs.add("enterprises", tr("Enterprises"), self.enterprises)
        self.tabs.add_later("parcels", tr("Parcels"), lambda: self.parcels)
        self.tabs.add_later("map", tr("Map"), lambda: self.map)
        self.tabs.chosen.connect(self._tab_chosen)
        role = bench.member().person.role
        self.add = button(tr("Add…"), "", self._ask_add)
        self.add.setEnabled(may(role, Action.EDIT_REGISTER))
        self.import_button = button(tr("Import…"), "", self._show_imports)
        self.import_button.setEnabled(may(role, Action.IMPORT))
        self.duplicates = button(
            tr("Possible duplicates"), "", lambda: bench.go(Place("duplicates"))
        )
        self.start = button(tr("Start a checkup"), "primary", self._start)
        self.start.setEnabled(False)
        self.start.setToolTip(tr("Choose rows of the list first"))
        self.line = OutcomeLine()
        self.bulk = BulkActions(bench, self, self.line)
        head = row(
            label(tr("Enterprises and parcels"), "title"),
            1,
            self.add,
            self.import_button,
            self.duplicates,
            self.start,
        )
        page = column(head, self.line, self.tabs, gap=8)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    @cached_property
    def parcels(self) -> ListPanel:
        """The list of parcels, made when it is first shown."""
        return self._panel(ListKind.PARCELS, "name", self._open_parcel)

    @cached_property
    def map(self) -> MapPanel:
        """The map of the parcels, made when it is first shown."""
        from ui.pages.map.panel import MapPanel

        made = MapPanel(self.bench, show_without=self._show_without_boundary)
        made.selection_changed.connect(self._selected)
        return made

    def refresh(self) -> None:
        """Ask for what is in front again."""
        self._shown.refresh()

    def place(self) -> Place:
        """With the tab in front, and on the map the parcel that is chosen (`map:KEY`)."""
        tab = self.tabs.current
        chosen = self.map.chosen_id if tab == "map" else ""
        return Place("register", step=f"{tab}:{chosen}" if chosen else tab)

    def turn_to(self, place: Place) -> bool:
        """Put a tab in front; `map:KEY` flies to a parcel."""
        tab, _colon, key = place.step.partition(":")
        if tab in self.tabs.buttons:
            self.tabs.show_tab(tab)
        if tab == "map" and key:
            self.map.show_parcel(key)
        return True

    def drop(self) -> None:
        """Let go of what the map holds."""
        if "map" in self.__dict__:
            self.map.drop()

    @property
    def _shown(self) -> ListPanel | MapPanel:
        if self.tabs.current == "map":
            return self.map
        return self.parcels if self.tabs.current == "parcels" else self.enterprises

    @property
    def _kind(self) -> ListKind:
        enterprises = self.tabs.current == "enterprises"
        return ListKind.ENTERPRISES if enterprises else ListKind.PARCELS

    def _show_without_boundary(self) -> None:
        self.tabs.show_tab("parcels")
        wanted: dict[Facet, tuple[str, ...]] = {Facet.FLAG: (Flag.NO_BOUNDARY.value,)}
        shown = self.parcels.shown_view("")
        self.parcels.show_view(replace(shown, text="", chosen=wanted))

    def _panel(self, kind: ListKind, order: str, opened: Callable[[str], None]) -> ListPanel:
        services = self.bench.services
        columns = columns_of(kind, packs=services.packs, today=services.clock.today())
        panel = ListPanel(
            self.bench,
            PagedTableModel(kind, columns, self.bench.operations),
            empty=EmptyState(
                tr("Nothing in the register yet"),
                tr(
                    "Import rosters and land supplies as they come (or drop the file on this "
                    "window), or add entries one by one."
                ),
                tr("Import…"),
                self._show_imports,
                primary=False,
            ),
            hint=tr("Filter: name, code, place, pinyin initials…"),
            filters=True,
        )
        role = self.bench.member().person.role
        carrier = button(tr("Assign carrier…"), "quiet", lambda: self._assign(panel))
        carrier.setEnabled(False)
        panel.tools.addWidget(carrier)
        if kind is ListKind.ENTERPRISES:
            self._add_campaign_button(panel)
        assign = QAction(carrier.text(), panel)
        assign.triggered.connect(lambda: self._assign(panel))
        start = QAction(tr("Start a checkup"), panel)
        start.triggered.connect(self._start)
        panel.row_actions += [assign, start]

        def selected() -> None:
            some = bool(panel.selected_ids())
            carrier.setEnabled(some and may(role, Action.EDIT_REGISTER))
            assign.setEnabled(carrier.isEnabled())
            start.setEnabled(some and may(role, Action.OPEN_CASE))

        selected()
        panel.selection_changed.connect(selected)
        panel.sort_by(order)
        panel.opened.connect(opened)
        panel.selection_changed.connect(self._selected)
        return panel

    def _show_imports(self) -> None:
        self.bench.go(Place("imports"))

    def _tab_chosen(self, key: str) -> None:
        if key == "map" and "parcels" in self.__dict__:
            # What the list shows is what the map shows.
            self.map.narrow(self.parcels.model.filter)
        self._shown.refresh()
        self._selected()

    def _selected(self) -> None:
        allowed = may(self.bench.member().person.role, Action.OPEN_CASE)
        chosen = len(self._shown.selected_ids())
        self.start.setEnabled(allowed and chosen > 0)
        if chosen > 1:
            self.start.setText(tr("Start {count} checkups…", count=f"{chosen:,}"))
        else:
            self.start.setText(tr("Start a checkup"))

    def _assign(self, panel: ListPanel) -> None:
        ids = panel.selected_ids()
        if ids:
            self.bulk.choose_carrier(panel.model.kind, ids, panel.count)

    def _add_campaign_button(self, panel: ListPanel) -> None:
        allowed = may(self.bench.member().person.role, Action.OPEN_CASE)

        def offer() -> None:
            from ui.pages.register.to_campaign import ToCampaign

            to_campaign = ToCampaign(self.bench, self, self.line)
            to_campaign.offer(panel.selected_ids(), list(panel.model.ids), self.campaign)

        def loaded() -> None:
            self.campaign.setEnabled(allowed and bool(panel.model.ids))

        self.campaign = button(tr("Start a campaign…"), "quiet", offer, changing=True)
        panel.tools.addWidget(self.campaign)
        panel.model.loaded.connect(loaded)
        loaded()

    def _open_enterprise(self, enterprise_id: str) -> None:
        self.bench.go(Place("enterprise", enterprise_id))

    def _open_parcel(self, parcel_id: str) -> None:
        self.bench.go(Place("parcel", parcel_id))

    def _start(self) -> None:
        ids = self._shown.selected_ids()
        if not ids:
            return
        if len(ids) > 1:
            self.bulk.start_cases(self._kind, ids)
            return
        from landsteward.app.cases import open_case, open_case_of_parcel

        parcels = self._kind is ListKind.PARCELS
        chosen = ids[0]

        def work(ctx: Context) -> Case:
            if not parcels:
                return open_case(ctx, enterprise_id=chosen, parcel_id=None)
            return open_case_of_parcel(ctx, parcel_id=chosen)

        self.bench.operations.change(self, work, success=self._started)

    def _started(self, case: Case) -> None:
        self.bench.go(Place("case", case.id))

    def _ask_add(self) -> None:
        from ui.dialogs.ask import AskName

        if self._kind is ListKind.PARCELS:
            ask = AskName(self, tr("New parcel"), tr("Name of the parcel"))
            ask.named.connect(self._add_parcel)
        else:
            ask = AskName(self, tr("New enterprise"), tr("Name of the enterprise"))
            ask.named.connect(self._add_enterprise)
        ask.open()

    def _add_enterprise(self, name: str) -> None:
        from landsteward.app.register import add_enterprise

        def opened(added: Enterprise) -> None:
            self._open_enterprise(added.id)

        self.bench.operations.change(
            self, lambda ctx: add_enterprise(ctx, name=name), success=opened
        )

    def _add_parcel(self, name: str) -> None:
        from landsteward.app.register import add_parcel

        def opened(added: Parcel) -> None:
            self._open_parcel(added.id)

        self.bench.operations.change(self, lambda ctx: add_parcel(ctx, name=name), success=opened)
