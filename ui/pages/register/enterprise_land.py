"""用地 of an enterprise: what it uses, who else is on it, and the contracts it was supplied by."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.occupancies import EnterpriseLand, NeighbourRow, record_occupancy
from landsteward.app.register import add_parcel, edit_supply
from landsteward.app.register_sheets import EnterpriseHead, HeldSupply, enterprise_supplies
from landsteward.domain.register import Parcel, SupplyContract
from ui import formats, theme
from ui.dialogs.ask import AskName
from ui.pages.register.labels import labels_of
from ui.pages.register.occupancy import (
    OccupancyTable,
    basis_in_words,
    neighbour_in_words,
    use_in_words,
)
from ui.pages.register.sheet import Part, Removals, ShowMore
from ui.widgets.basics import button, clear, column, label, line, row, show_if
from ui.widgets.fields import DateField
from ui.widgets.forms import keep
from ui.workbench import Place, Workbench

_AT_FIRST = 15
"""Of long lists so many lines are made at once; the rest on demand."""
_DATE_WIDTH = 120
_PROBLEMS_SAID = 8
_DATES = (
    "signed_on",
    "agreed_delivery_on",
    "actual_delivery_on",
    "agreed_start_on",
    "actual_start_on",
    "agreed_completion_on",
    "actual_completion_on",
)


class LandPart(Part):
    """Line by line, with the sums held against the parcels' areas."""

    def __init__(
        self, bench: Workbench, enterprise_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self._bench = bench
        self._enterprise_id = enterprise_id
        self._neighbours: tuple[NeighbourRow, ...] = ()
        self.used = label("", wrap=True)
        self.problems = label("", "caution", wrap=True)
        self.occupancies = OccupancyTable(
            bench, enterprise_id, removals, other="parcel", may_edit=may_edit
        )
        self.add_parcel = button(tr("Add a parcel…"), "", self._ask_parcel, changing=True)
        self.add_parcel.setEnabled(may_edit)
        self.occupancies.beside.addWidget(self.add_parcel)
        self.neighbours_head = label(tr("Others on this land"), "heading")
        self.neighbours = QGridLayout()
        self.neighbours.setHorizontalSpacing(16)
        self.neighbours.setVerticalSpacing(4)
        self.supplies = SupplyDates(bench, may_edit=may_edit)
        self.setLayout(
            column(
                self.used,
                self.problems,
                self.occupancies,
                self.neighbours_head,
                self.neighbours,
                label(tr("Supply contracts"), "heading"),
                self.supplies,
                1,
                gap=10,
            )
        )

    def present(self, head: EnterpriseHead) -> None:
        """Show the land; the contracts are asked for."""
        land = head.land
        self.occupancies.show_rows(land.rows)
        self.used.setText(
            basis_in_words(land.today)
            if land.today is not None
            else tr("No land on record. Add a parcel, or import land supplies.")
        )
        self._show_problems(land)
        if land.neighbours != self._neighbours:
            self._fill_neighbours(land.neighbours)
        show_if(self.neighbours_head, bool(land.neighbours))
        key = self._enterprise_id
        self._bench.operations.query(
            self,
            lambda ctx: enterprise_supplies(ctx, enterprise_id=key),
            success=self.supplies.show_supplies,
        )

    def _show_problems(self, land: EnterpriseLand) -> None:
        names = {one.parcel.id: one.parcel.name for one in land.rows}
        said = [
            tr("{what}: {about}", what=names[key], about=use_in_words(use))
            for key, use in land.uses.items()
            if use.problems
        ]
        more = len(said) - _PROBLEMS_SAID
        if more > 0:
            said = [*said[:_PROBLEMS_SAID], tr("{count} more", count=more)]
        self.problems.setText("\n".join(said))
        self.problems.setVisible(bool(said))

    def _fill_neighbours(self, rows: Sequence[NeighbourRow]) -> None:
        self._neighbours = tuple(rows)
        clear(self.neighbours)
        if not rows:
            return
        heads = (tr("Enterprise"), "", tr("Parcel"), tr("Area"), tr("From"), tr("Until"))
        for at, head in enumerate(heads):
            self.neighbours.addWidget(label(head, "label"), 0, at)
        self.neighbours.setColumnStretch(len(heads), 1)
        for number, one in enumerate(rows[:_AT_FIRST], start=1):
            used, go = one.row.occupancy, self._bench.go
            who = Place("enterprise", one.row.enterprise.id, "parcels")
            where = Place("parcel", one.row.parcel.id)
            cells: tuple[QWidget, ...] = (
                button(one.row.enterprise.name, "link", partial(go, who)),
                label(neighbour_in_words(one.kind), "" if one.running else "dim"),
                button(one.row.parcel.name, "link", partial(go, where)),
                _figure(formats.area(used.area_m2)),
                label(formats.day(used.from_on), "dim"),
                label(
                    formats.day(used.to_on)
                    if one.running or used.to_on is None
                    else tr("{day}, over", day=formats.day(used.to_on)),
                    "dim",
                ),
            )
            for at, cell in enumerate(cells):
                self.neighbours.addWidget(cell, number, at)
        more = len(rows) - _AT_FIRST
        if more > 0:
            self.neighbours.addWidget(
                label(tr("{count} more", count=more), "dim"), _AT_FIRST + 1, 0
            )

    def _ask_parcel(self) -> None:
        ask = AskName(self, tr("New parcel"), tr("Name of the parcel"))
        ask.named.connect(self._add_parcel)
        ask.open()

    def _add_parcel(self, name: str) -> None:
        key = self._enterprise_id

        def work(ctx: Context) -> Parcel:
            with ctx.change():
                added = add_parcel(ctx, name=name)
                record_occupancy(ctx, parcel_id=added.id, enterprise_id=key)
            return added

        def opened(added: Parcel) -> None:
            self._bench.go(Place("parcel", added.id))

        self._bench.operations.change(self, work, success=opened)


class SupplyDates(QWidget):
    """Supply contracts, a line each, with what was agreed and what came of it to type in."""

    def __init__(self, bench: Workbench, *, may_edit: bool) -> None:
        super().__init__()
        self._bench = bench
        self._may_edit = may_edit
        self._keys: list[str] = []
        self._all: Sequence[HeldSupply] = ()
        self.cells: dict[tuple[str, str], DateField] = {}
        self.none = label(
            tr("No supply contract on record. Import land supplies, or enter one on a parcel."),
            "dim",
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(4)
        self.more = ShowMore(lambda: self.show_supplies(self._all), _AT_FIRST)
        self.setLayout(column(self.none, self._grid, row(self.more, 1), gap=8))

    def show_supplies(self, supplies: Sequence[HeldSupply]) -> None:
        """Show these, latest first; fields being typed in are left alone."""
        self._all = supplies
        shown = supplies[: self.more.shown]
        keys = [one.supply.id for one in shown]
        self.none.setVisible(not supplies)
        if keys != self._keys:
            self._build(shown)
        for one in shown:
            for name in _DATES:
                self.cells[one.supply.id, name].set_value(getattr(one.supply, name))
        self.more.tell(len(supplies))

    def _build(self, supplies: Sequence[HeldSupply]) -> None:
        self._keys = [one.supply.id for one in supplies]
        clear(self._grid)
        self.cells.clear()
        if not supplies:
            return
        known = labels_of("supply_contracts")
        self._grid.addWidget(label(tr("Parcel and contract"), "label"), 0, 0)
        for at, name in enumerate(_DATES, start=1):
            self._grid.addWidget(label(known[name].word, "label"), 0, at)
        self._grid.addWidget(line(), 1, 0, 1, len(_DATES) + 1)
        self._grid.setColumnStretch(0, 1)
        for number, one in enumerate(supplies, start=2):
            self._fill(number, one)

    def _fill(self, number: int, one: HeldSupply) -> None:
        supply, parcel = one.supply, one.parcel
        opener = button(
            parcel.name, "link", partial(self._bench.go, Place("parcel", parcel.id, "supply"))
        )
        about = [supply.electronic_no or supply.contract_no, formats.area(supply.area_m2)]
        below = label(" · ".join(part for part in about if part), "dim", wrap=True)
        below.setContentsMargins(7, 0, 0, 0)
        self._grid.addLayout(column(row(opener, 1), below, gap=0), number, 0)
        known = labels_of("supply_contracts")
        for at, name in enumerate(_DATES, start=1):
            cell = DateField("")
            cell.editor.setAccessibleName(f"{known[name].word} {parcel.name}")
            cell.setFixedWidth(theme.current().px(_DATE_WIDTH))
            self._tie(cell, supply.id, name)
            self._grid.addWidget(cell, number, at, Qt.AlignmentFlag.AlignTop)

    def _tie(self, cell: DateField, contract_id: str, name: str) -> None:
        def change(ctx: Context, value: Any) -> SupplyContract:
            terms: Any = {name: value}
            return edit_supply(ctx, contract_id=contract_id, **terms)

        keep(cell, self._bench.operations, change)
        cell.set_read_only(not self._may_edit)
        self.cells[contract_id, name] = cell


def _figure(text: str) -> QLabel:
    made = label(text)
    made.setFont(theme.tabular(made.font()))
    made.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return made
