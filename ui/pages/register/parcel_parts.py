"""What is a parcel's own on its page: particulars and users, supply, building, boundary."""

from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.occupancies import ParcelLand, parcel_land
from landsteward.app.register import edit_parcel, edit_supply, record_supply
from landsteward.app.register_sheets import ParcelSheet
from landsteward.domain.register import Parcel, SupplyContract
from ui import formats
from ui.pages.register.boundary import BoundaryPanel
from ui.pages.register.labels import Kind, labels_of
from ui.pages.register.occupancy import OccupancyTable, use_in_words
from ui.pages.register.progress import ProgressPanel
from ui.pages.register.sheet import Part, Removals, offer_carriers
from ui.widgets.basics import box, button, changes, column, label, restyle, row
from ui.widgets.fields import ChoiceField, DateField, DecimalField, Field, NoteField, TextField
from ui.widgets.forms import RecordForm, form_columns, yes_no
from ui.workbench import Workbench

_OPTIONAL = frozenset({"electronic_no", "unit_code"})
_OTHERS_KEYS = frozenset({"parcel_id", "holder_id"})


class ParcelFactsPart(Part):
    """Particulars, edited in place, and who uses the parcel."""

    def __init__(
        self, bench: Workbench, parcel_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self._bench = bench
        self._parcel_id = parcel_id
        self._carriers: object = None
        self.form = RecordForm(
            bench.operations, _parcel_fields(), _change_parcel, columns=form_columns(4)
        )
        self.form.set_read_only(not may_edit)
        self.users = OccupancyTable(
            bench, parcel_id, removals, other="enterprise", may_edit=may_edit
        )
        self.use = label("", wrap=True)
        self.setLayout(
            column(self.form, label(tr("Used by"), "heading"), self.use, self.users, 1, gap=12)
        )

    def present(self, head: ParcelSheet) -> None:
        """Show the particulars; the users are asked for."""
        if head.carriers != self._carriers:
            self._carriers = head.carriers
            offer_carriers(self.form, head.carriers)
        self.form.show_record(head.parcel)
        key = self._parcel_id
        self._bench.operations.query(
            self, lambda ctx: parcel_land(ctx, parcel_id=key), success=self._show_land
        )

    def _show_land(self, land: ParcelLand) -> None:
        self.users.show_rows(land.rows)
        self.use.setText(use_in_words(land.use) if land.rows else "")
        self.use.setVisible(bool(land.rows))
        self.use.setProperty("role", "caution" if land.use.problems else "dim")
        restyle(self.use)


class SupplyPart(Part):
    """The latest supply contract, edited in place; earlier ones are named."""

    def __init__(self, bench: Workbench, parcel_id: str, *, may_edit: bool) -> None:
        super().__init__()
        self._bench = bench
        self._parcel_id = parcel_id
        self._sheet: ParcelSheet | None = None
        self.supply = RecordForm(
            bench.operations, _supply_fields(), _change_supply, columns=form_columns(4)
        )
        self.supply.set_read_only(not may_edit)
        add = changes(button(tr("Record a supply contract"), "", self._add))
        add.setEnabled(may_edit)
        nothing = label(
            tr("No supply contract on record. Import land supplies, or enter it here."), "dim"
        )
        self.no_supply = box(row(nothing, add, 1))
        self.earlier = label("", "dim", wrap=True)
        self.setLayout(column(self.no_supply, self.supply, self.earlier, 1, gap=12))

    def present(self, head: ParcelSheet) -> None:
        """Show the latest supply."""
        self._sheet = head
        self.no_supply.setVisible(not head.supplies)
        self.supply.setVisible(bool(head.supplies))
        if head.supplies:
            self.supply.show_record(head.supplies[0])
        earlier = [
            f"{formats.day(one.signed_on)} {one.electronic_no or one.contract_no}"
            for one in head.supplies[1:]
        ]
        self.earlier.setText(
            tr("Earlier supplies: {list}", list="; ".join(earlier)) if earlier else ""
        )

    def _add(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        key, holder = self._parcel_id, holder_of(sheet)
        electronic_no, area = sheet.parcel.electronic_no, sheet.parcel.area_m2
        today = self._bench.services.clock.today()

        def work(ctx: Context) -> SupplyContract:
            return record_supply(
                ctx,
                parcel_id=key,
                holder_id=holder,
                electronic_no=electronic_no,
                area_m2=area,
                signed_on=None if electronic_no else today,
            )

        self._bench.operations.change(self, work)


class ProgressPart(Part):
    """What was seen of building."""

    def __init__(
        self, bench: Workbench, parcel_id: str, removals: Removals, *, may_edit: bool
    ) -> None:
        super().__init__()
        self.panel = ProgressPanel(bench.operations, parcel_id, removals, may_edit=may_edit)
        self.setLayout(column(self.panel, 1))

    def present(self, head: ParcelSheet) -> None:
        """Show the looks."""
        self.panel.show_looks(head.looks)


class BoundaryPart(Part):
    """The boundary, drawn and listed."""

    def __init__(self, bench: Workbench, parcel_id: str, *, may_edit: bool) -> None:
        super().__init__()
        self.panel = BoundaryPanel(bench, parcel_id, may_edit=may_edit)
        self.setLayout(column(self.panel))

    def present(self, head: ParcelSheet) -> None:
        """Ask for the boundary."""
        self.panel.refresh()


def holder_of(sheet: ParcelSheet) -> str | None:
    """Whom a new contract is with: the holder, else who uses the parcel first."""
    if sheet.holder is not None:
        return sheet.holder.id
    return sheet.users[0][1].id if sheet.users else None


def _parcel_fields() -> dict[str, Field]:
    known = labels_of("parcels")
    fields: dict[str, Field] = {}
    for name, found in known.items():
        if found.kind is Kind.FIGURE:
            fields[name] = DecimalField(found.word, unit=found.unit)
        elif name == "carrier_id":
            fields[name] = ChoiceField(found.word)
        elif name == "note":
            fields[name] = NoteField(found.word, rows=2)
        else:
            fields[name] = TextField(
                found.word, required=name == "name", optional=name in _OPTIONAL
            )
    return fields


def _supply_fields() -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for name, found in labels_of("supply_contracts").items():
        if name in _OTHERS_KEYS:
            continue
        if name.endswith("_on"):
            fields[name] = DateField(found.word)
        elif found.kind is Kind.FIGURE:
            fields[name] = DecimalField(found.word, unit=found.unit)
        elif found.kind is Kind.TRUTH:
            fields[name] = yes_no(found.word)
        else:
            fields[name] = TextField(found.word, unit=found.unit, optional=name in _OPTIONAL)
    return fields


def _change_parcel(ctx: Context, record_id: str, values: dict[str, Any]) -> Parcel:
    changed: Any = values
    return edit_parcel(ctx, parcel_id=record_id, **changed)


def _change_supply(ctx: Context, record_id: str, values: dict[str, Any]) -> SupplyContract:
    changed: Any = values
    return edit_supply(ctx, contract_id=record_id, **changed)
