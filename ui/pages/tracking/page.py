"""跟踪: what is under way with its colours, what is to be looked back at, every entry."""

from functools import partial

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import ListKind
from ui.models.paged import PagedTableModel
from ui.pages.base import Page
from ui.pages.lists.columns import columns_of
from ui.pages.tracking.look_backs import LookBacksTab
from ui.widgets.basics import button, column, label, row
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class TrackingPage(Page):
    """`place.step` is the tab in front: under_way, look_backs or entries."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.under_way = self._panel(ListKind.TRACKING, self._nothing_under_way(), "tracking")
        self.under_way.sort_by("next_on")
        self.entries: ListPanel | None = None
        self.look_backs: LookBacksTab | None = None
        self.tabs = Tabs()
        self.tabs.add("under_way", tr("Under way"), self.under_way)
        self.tabs.add_later("look_backs", tr("Look-backs"), self._make_look_backs)
        self.tabs.add_later("entries", tr("Entries"), self._make_entries)
        self.tabs.chosen.connect(lambda _key: self.refresh())
        self.open_button = button(tr("Open case"), "", self._open_selected)
        self.open_button.setEnabled(False)
        head = row(label(tr("Follow-up"), "title"), 1, self.open_button)
        page = column(head, self.tabs, gap=12)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    def refresh(self) -> None:
        """Ask for what is in front again."""
        self._front().refresh()
        self._selected()

    def place(self) -> Place:
        """With the tab in front."""
        return Place("follow_ups", step=self.tabs.current)

    def turn_to(self, place: Place) -> bool:
        """Put a tab in front."""
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        return True

    def _make_look_backs(self) -> QWidget:
        panel = self._panel(ListKind.LOOK_BACKS, self._no_look_back(), "look_backs")
        panel.sort_by("due_on")
        self.look_backs = LookBacksTab(self.bench, panel)
        return self.look_backs

    def _front(self) -> ListPanel:
        if self.tabs.current == "look_backs" and self.look_backs is not None:
            return self.look_backs.panel
        if self.tabs.current == "entries" and self.entries is not None:
            return self.entries
        return self.under_way

    def _make_entries(self) -> QWidget:
        self.entries = self._panel(ListKind.FOLLOW_UPS, self._no_entry(), "follow_ups")
        self.entries.sort_by("happened_on", descending=True)
        return self.entries

    def _panel(self, kind: ListKind, empty: EmptyState, name: str) -> ListPanel:
        services = self.bench.services
        columns = columns_of(kind, packs=services.packs, today=services.clock.today())
        panel = ListPanel(
            self.bench,
            PagedTableModel(kind, columns, self.bench.operations),
            empty=empty,
            hint=tr("Filter: name, case number, pinyin initials…"),
            name=name,
            filters=kind is ListKind.TRACKING,
        )
        panel.opened.connect(partial(self._open, kind))
        panel.selection_changed.connect(self._selected)
        return panel

    def _nothing_under_way(self) -> EmptyState:
        return EmptyState(
            tr("Nothing is being followed"),
            tr(
                "Once findings are assigned and plans accepted, each of them and every step stands "
                "here with its colour."
            ),
            tr("To the register"),
            lambda: self.bench.go(Place("register")),
            primary=False,
        )

    def _no_look_back(self) -> EmptyState:
        return EmptyState(
            tr("Nothing to look back at"),
            tr(
                "When a finding is closed, the days on which it is looked at again are set by the "
                "rule pack and stand here."
            ),
            tr("To the register"),
            lambda: self.bench.go(Place("register")),
            primary=False,
        )

    def _no_entry(self) -> EmptyState:
        return EmptyState(
            tr("Nothing followed up yet"),
            tr("What is done about the findings is recorded in the case, entry by entry."),
            tr("To the register"),
            lambda: self.bench.go(Place("register")),
            primary=False,
        )

    def _selected(self) -> None:
        self.open_button.setEnabled(len(self._front().selected_ids()) == 1)

    def _open_selected(self) -> None:
        panel = self._front()
        ids = panel.selected_ids()
        if ids:
            self._open(panel.model.kind, ids[0])

    def _open(self, kind: ListKind, record_id: str) -> None:
        step = "closure" if kind is ListKind.LOOK_BACKS else "follow_up"

        def case_of(ctx: Context) -> str:
            rows = ctx.workspace.lists.rows(kind, [record_id])
            return str(rows[0].cells["case_id"]) if rows else ""

        self.bench.operations.query(
            self,
            case_of,
            success=lambda case_id: self.bench.go(Place("case", case_id, step)),
        )
