"""Who uses which land, as a small table: a line an occupancy, each cell saved as it is left."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.occupancies import (
    OccupancyRow,
    edit_occupancy,
    record_occupancy,
)
from landsteward.app.removals import Removable
from landsteward.app.views import Hit
from landsteward.domain.occupancy import LandBasis, LandSource, Neighbour, ParcelUse, UsedLand
from landsteward.domain.register import Occupancy
from landsteward.domain.states import Tenure
from ui import formats, theme, words
from ui.pages.register.sheet import Removals, ShowMore, remover
from ui.widgets.basics import button, changes, clear, column, label, line, row, show_if
from ui.widgets.complete import Offers
from ui.widgets.fields import ChoiceField, DateField, DecimalField, Field
from ui.widgets.forms import keep
from ui.workbench import Place, Workbench

_OFFERED = 40
_CELL_WIDTH = 132


class OccupancyTable(QWidget):
    """The occupancies of one parcel or one enterprise. `other` is what its lines lead to."""

    def __init__(
        self,
        bench: Workbench,
        record_id: str,
        removals: Removals,
        *,
        other: str,
        may_edit: bool,
    ) -> None:
        super().__init__()
        self._bench = bench
        self._removals = removals
        self._record_id = record_id
        self._other = other
        self._may_edit = may_edit
        self._rows: tuple[OccupancyRow, ...] = ()
        self._keys: list[tuple[str, str]] | None = None
        self.more = ShowMore(lambda: self.show_rows(self._rows))
        self.cells: dict[tuple[str, str], Field] = {}
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self.none = label("", "dim")
        self.add = QLineEdit()
        hint = (
            tr("Add a user: name or credit code of an enterprise")
            if other == "enterprise"
            else tr("Add land: name, place or number of a parcel")
        )
        self.add.setPlaceholderText(hint)
        self.add.setAccessibleName(hint)
        self.add.setFixedWidth(theme.current().px(400))
        self.offers = Offers(self.add)
        self.offers.typed.connect(self._ask)
        self.offers.picked.connect(self._picked)
        changes(self.add)
        show_if(self.add, may_edit)
        self.beside = row(self.add)
        """What else can be added stands beside the line."""
        page = column(self.none, gap=8)
        page.addLayout(self._grid)
        page.addLayout(row(self.more, 1))
        page.addLayout(row(self.beside, 1))
        self.setLayout(page)

    def show_rows(self, rows: Sequence[OccupancyRow]) -> None:
        """Show these; fields being typed in are left alone."""
        self._rows = tuple(rows)
        shown = rows[: self.more.shown]
        keys = [self._key(one) for one in shown]
        if keys != self._keys:
            self._keys = keys
            self._build(shown)
        self.more.tell(len(rows))
        for one in shown:
            for name in ("tenure", "area_m2", "from_on", "to_on"):
                self.cells[one.occupancy.id, name].set_value(getattr(one.occupancy, name))
        self.none.setText(
            ""
            if rows
            else tr("Nobody on record.")
            if self._other == "enterprise"
            else tr("No use of land on record.")
        )
        self.none.setVisible(not rows)

    def _key(self, one: OccupancyRow) -> tuple[str, str]:
        return one.occupancy.id, self._name(one)

    def _name(self, one: OccupancyRow) -> str:
        return one.enterprise.name if self._other == "enterprise" else one.parcel.name

    def _build(self, rows: Sequence[OccupancyRow]) -> None:
        clear(self._grid)
        self.cells.clear()
        if not rows:
            return
        first = tr("Enterprise") if self._other == "enterprise" else tr("Parcel")
        heads = (first, tr("As"), tr("Area (m²)"), tr("From"), tr("Until"))
        for at, head in enumerate(heads):
            self._grid.addWidget(label(head, "label"), 0, at)
        self._grid.addWidget(line(), 1, 0, 1, len(heads) + 1)
        self._grid.setColumnStretch(0, 1)
        for at in range(1, len(heads)):
            self._grid.setColumnMinimumWidth(at, theme.current().px(_CELL_WIDTH))
        for number, one in enumerate(rows, start=2):
            self._fill(number, one)

    def _fill(self, number: int, one: OccupancyRow) -> None:
        name = self._name(one)
        record = one.enterprise.id if self._other == "enterprise" else one.parcel.id
        opener = button(name, "link", partial(self._bench.go, Place(self._other, record)))
        self._grid.addLayout(row(opener, 1), number, 0)
        tenure = ChoiceField("", [(kind, words.tenure(kind)) for kind in Tenure])
        cells: tuple[tuple[str, str, Field], ...] = (
            ("tenure", tr("As"), tenure),
            ("area_m2", tr("Area (m²)"), DecimalField("")),
            ("from_on", tr("From"), DateField("")),
            ("to_on", tr("Until"), DateField("")),
        )
        for at, (key, word, cell) in enumerate(cells, start=1):
            cell.editor.setAccessibleName(f"{word} {name}")
            self._tie(cell, one.occupancy.id, key)
            self._grid.addWidget(cell, number, at)
        if self._may_edit:
            self._grid.addWidget(remover(partial(self._drop, one)), number, len(cells) + 1)

    def _tie(self, cell: Field, occupancy_id: str, name: str) -> None:
        def change(ctx: Context, value: Any) -> Occupancy:
            changes: Any = {name: value}
            return edit_occupancy(ctx, occupancy_id=occupancy_id, **changes)

        keep(cell, self._bench.operations, change)
        cell.set_read_only(not self._may_edit)
        self.cells[occupancy_id, name] = cell

    def _drop(self, one: OccupancyRow) -> None:
        said = tr(
            "Taken out: {enterprise} on {parcel}. A use that has ended gets its last day instead.",
            enterprise=one.enterprise.name,
            parcel=one.parcel.name,
        )
        self._removals.take_out(Removable.OCCUPANCY, one.occupancy.id, said)

    def _ask(self, text: str) -> None:
        if not text.strip():
            self.offers.show([])
            return

        def search(ctx: Context) -> list[Hit]:
            return ctx.workspace.reports.search(text, _OFFERED)

        self._bench.operations.query(self, search, success=self._offer)

    def _offer(self, hits: list[Hit]) -> None:
        self.offers.show(
            [
                (hit.id, f"{hit.title}　{hit.subtitle}".strip())
                for hit in hits
                if hit.kind == self._other
            ]
        )

    def _picked(self, key: str) -> None:
        here, there = self._record_id, key
        parcel, enterprise = (here, there) if self._other == "enterprise" else (there, here)

        def work(ctx: Context) -> Occupancy:
            return record_occupancy(ctx, parcel_id=parcel, enterprise_id=enterprise)

        self._bench.operations.change(self, work, success=self._added)

    def _added(self, _kept: Occupancy) -> None:
        self.add.clear()


def neighbour_in_words(kind: Neighbour) -> str:
    """What somebody else on the land is to the enterprise whose page it is."""
    return {
        Neighbour.LESSEE: tr("leases from it"),
        Neighbour.LESSOR: tr("leases to it"),
        Neighbour.CO_OWNER: tr("holds it too"),
        Neighbour.CO_LESSEE: tr("leases it too"),
    }[kind]


def use_in_words(use: ParcelUse) -> str:
    """What the areas on a parcel add up to, against its own."""
    parts = [
        tr("Held: {area}", area=formats.area(use.owned_m2)) if use.owners else "",
        tr("leased: {area}", area=formats.area(use.leased_m2)) if use.lessees else "",
        tr("of {area}", area=formats.area(use.area_m2)) if use.area_m2 is not None else "",
    ]
    said = " · ".join(part for part in parts if part)
    if use.unknown:
        said += " · " + tr("{count} without an area", count=use.unknown)
    return " ".join([said, *(render(one) for one in use.problems)])


def used_in_words(used: UsedLand) -> str:
    """The land used and what it is made of."""
    said = tr("Land used: {area}", area=formats.area(used.area_m2))
    if used.leased_out_m2 or used.leased_in_m2:
        said += tr(
            " = own {own} − leased out {out} + leased in {leased_in} m²",
            own=formats.figure(used.own_m2),
            out=formats.figure(used.leased_out_m2),
            leased_in=formats.figure(used.leased_in_m2),
        )
    if used.unknown:
        said += " · " + tr("{count} parcels with an area not on record", count=len(used.unknown))
    return said


def source_in_words(basis: LandBasis) -> str:
    """Where an area comes from, in a word or two."""
    return {
        LandSource.USED: tr("actually used"),
        LandSource.STATED: tr("as stated"),
        LandSource.SUPPLIED: tr("as supplied"),
    }[basis.source]


def basis_in_words(basis: LandBasis) -> str:
    """By which land a year's figures are divided, and where it comes from."""
    if basis.source is LandSource.USED and basis.used is not None:
        day = formats.day(basis.on)
        said = f"{used_in_words(basis.used)} · " + tr("in use on {day}", day=day)
    elif basis.source is LandSource.STATED:
        said = tr("Land as stated for the year: {area}", area=formats.area(basis.area_m2))
    else:
        said = tr("Land as supplied: {area}", area=formats.area(basis.area_m2))
    return " · ".join([said, *(render(one) for one in basis.doubts)])
