"""The register beside a list of names: whoever uses it says what becomes of the chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from landsteward.app.language import tr
from landsteward.app.views import Facet, ListKind
from ui.choosing.names import NamesPanel
from ui.models.paged import PagedTableModel
from ui.pages.lists.columns import columns_of
from ui.widgets.basics import box, button, column, row
from ui.widgets.signs import EmptyState
from ui.widgets.table import ListPanel
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class EnterpriseChooser(QWidget):
    """`add` gets the keys that were chosen. `said` stands in the row of the buttons."""

    selected = Signal()
    """Others are selected in the register."""

    def __init__(
        self,
        bench: Workbench,
        add: Callable[[list[str]], None],
        *,
        name: str,
        kept_as: str,
        chosen: Mapping[Facet, tuple[str, ...]] | None = None,
        said: Sequence[QWidget] = (),
    ) -> None:
        """`name` is that of the table's layout, `kept_as` under which the list of names is kept."""
        super().__init__()
        self._bench = bench
        self._add = add
        self.ids: list[str] = []
        self.register = self._make_register(name, dict(chosen or {}))
        self.add_chosen = button(tr("Add the selected"), "", self._add_chosen, changing=True)
        self.add_all = button(tr("Add all"), "", self._add_all, changing=True)
        foot = row(*said, 1, self.add_chosen, self.add_all)
        self.names = NamesPanel(bench, add, kept_as=kept_as)
        self.tabs = Tabs()
        self.tabs.add("register", tr("From the register"), box(column(self.register, foot, gap=8)))
        self.tabs.add("names", tr("By a list of names"), self.names)
        outer = column(self.tabs, gap=8)
        outer.addWidget(self.tabs.stack, 1)
        self.setLayout(outer)
        self.register.selection_changed.connect(self._selected)
        self.register.model.loaded.connect(self._selected)
        self._selected()

    def refresh(self) -> None:
        """Ask for the register again."""
        self.register.refresh()

    def settle(self) -> None:
        """What was chosen is taken: nothing is selected any more."""
        self.register.table.clearSelection()

    def _make_register(self, name: str, chosen: dict[Facet, tuple[str, ...]]) -> ListPanel:
        services = self._bench.services
        columns = columns_of(
            ListKind.ENTERPRISES, packs=services.packs, today=services.clock.today()
        )
        panel = ListPanel(
            self._bench,
            PagedTableModel(ListKind.ENTERPRISES, columns, self._bench.operations),
            empty=EmptyState(
                tr("Nothing in the register yet"),
                tr("Import a roster of enterprises first."),
                tr("Import…"),
                lambda: self._bench.go(Place("imports")),
                primary=False,
            ),
            hint=tr("Filter: name, code, place, pinyin initials…"),
            name=name,
            filters=True,
        )
        panel.opened.connect(lambda key: self._bench.go(Place("enterprise", key)))
        panel.sort_by("name")
        if chosen:
            panel.choose(chosen)
        return panel

    def _selected(self) -> None:
        self.ids = self.register.selected_ids()
        count, total = len(self.ids), len(self.register.model.ids)
        self.add_chosen.setEnabled(count > 0)
        self.add_chosen.setText(
            tr("Add {count} selected", count=f"{count:,}") if count else tr("Add the selected")
        )
        self.add_all.setEnabled(total > 0)
        self.add_all.setText(tr("Add all {count} shown", count=f"{total:,}"))
        self.selected.emit()

    def _add_chosen(self) -> None:
        self._add(self.ids)

    def _add_all(self) -> None:
        self._add(list(self.register.model.ids))
