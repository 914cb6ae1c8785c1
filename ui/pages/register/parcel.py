"""One parcel: its particulars, the supply contract, what was built, the output contract."""

from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.occupancies import ParcelLand, parcel_land
from landsteward.app.register import (
    edit_output_contract,
    edit_parcel,
    edit_supply,
    record_output_contract,
    record_supply,
)
from landsteward.app.register_sheets import ParcelSheet, parcel_sheet
from landsteward.domain.permissions import Action, may
from landsteward.domain.register import OutputContract, Parcel, SupplyContract
from ui import formats
from ui.pages.base import Page
from ui.pages.register.boundary import BoundaryPanel
from ui.pages.register.occupancy import OccupancyTable, use_in_words
from ui.pages.register.progress import ProgressPanel
from ui.pages.register.sheet import card_of_tabs, head_line, offer_carriers
from ui.widgets.basics import ElidedLabel, box, button, column, label, restyle, row, scrolled
from ui.widgets.fields import ChoiceField, DateField, DecimalField, Field, NoteField, TextField
from ui.widgets.forms import RecordForm, form_columns, yes_no
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench


class ParcelPage(Page):
    """Everything on record about one parcel."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._sheet: ParcelSheet | None = None
        operations = bench.operations
        self._may_edit = may(bench.member().person.role, Action.EDIT_REGISTER)
        self.name = ElidedLabel("", "title")
        self.facts = ElidedLabel("", "dim")
        self.holder = button("", "link", self._open_holder)
        self.on_map = button(
            tr("Show on the map"),
            "",
            lambda: bench.go(Place("register", step=f"map:{place.record_id}")),
        )
        self.screening = button(tr("Screen"), "", lambda: bench.go(Place("screening")))
        columns = form_columns(4)
        self.form = RecordForm(operations, self._fields(), _change_parcel, columns=columns)
        self.supply = RecordForm(
            operations, _supply_fields(), _change_supply, columns=form_columns(4)
        )
        self.output = RecordForm(
            operations, _output_fields(), _change_output, columns=form_columns(4)
        )
        for form in (self.form, self.supply, self.output):
            form.set_read_only(not self._may_edit)
        self.no_supply = self._missing(
            tr("No supply contract on record."), tr("Record a supply contract"), self._add_supply
        )
        self.no_output = self._missing(
            tr("No output contract on record (plan item 13)."),
            tr("Record an output contract"),
            self._add_output,
        )
        self.more_supplies = label("", "dim", wrap=True)
        self.progress = ProgressPanel(operations, place.record_id, may_edit=self._may_edit)
        self.boundary = BoundaryPanel(bench, place.record_id, may_edit=self._may_edit)
        self.users = OccupancyTable(
            bench, place.record_id, other="enterprise", may_edit=self._may_edit
        )
        self.use = label("", wrap=True)
        self.tabs = Tabs()
        for key, word, inside in (
            (
                "facts",
                tr("Particulars"),
                column(
                    self.form,
                    label(tr("Used by"), "heading"),
                    self.use,
                    self.users,
                    1,
                    gap=12,
                ),
            ),
            (
                "supply",
                tr("Supply contract"),
                column(self.no_supply, self.supply, self.more_supplies, 1, gap=12),
            ),
            ("progress", tr("Construction"), column(self.progress, 1)),
            ("boundary", tr("Boundary"), column(self.boundary)),
            ("output", tr("Output contract"), column(self.no_output, self.output, 1, gap=12)),
        ):
            self.tabs.add(key, word, scrolled(box(inside)))
        head = head_line(
            bench,
            back_to=Place("register", step="parcels"),
            names=(self.name, self.facts),
            actions=(self.holder, self.on_map, self.screening),
        )
        page = column(head, gap=12)
        page.addWidget(card_of_tabs(self.tabs), 1)
        self.setLayout(page)
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)

    def refresh(self) -> None:
        """Read the parcel again."""
        key = self._place.record_id
        self.bench.operations.query(
            self, lambda ctx: parcel_sheet(ctx, parcel_id=key), success=self._show
        )
        self.boundary.refresh()
        self.bench.operations.query(
            self, lambda ctx: parcel_land(ctx, parcel_id=key), success=self._show_land
        )

    def place(self) -> Place:
        """With the tab in front."""
        return Place("parcel", self._place.record_id, self.tabs.current)

    def _missing(self, text: str, action: str, run: Any) -> QWidget:
        add = button(action, "", run)
        add.setEnabled(self._may_edit)
        return box(row(label(text, "dim"), add, 1))

    def _fields(self) -> dict[str, Field]:
        return {
            "name": TextField(tr("Name"), required=True),
            "location": TextField(tr("Location")),
            "district": TextField(tr("District")),
            "area_m2": DecimalField(tr("Area"), unit="m²"),
            "land_use": TextField(tr("Land use")),
            "carrier_id": ChoiceField(tr("Carrier")),
            "electronic_no": TextField(tr("Supervision no."), optional=True),
            "unit_code": TextField(tr("Unit code"), optional=True),
            "note": NoteField(tr("Note"), rows=2),
        }

    def _show(self, sheet: ParcelSheet) -> None:
        before, self._sheet = self._sheet, sheet
        parcel = sheet.parcel
        self.set_title(parcel.name)
        self.name.setText(parcel.name)
        parts = [parcel.electronic_no or "", parcel.land_use, formats.area(parcel.area_m2)]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.holder.setText(sheet.holder.name if sheet.holder else tr("Holder unknown"))
        self.holder.setEnabled(sheet.holder is not None)
        if before is None or before.carriers != sheet.carriers:
            offer_carriers(self.form, sheet.carriers)
        self.form.show_record(parcel)
        self.no_supply.setVisible(not sheet.supplies)
        self.supply.setVisible(bool(sheet.supplies))
        if sheet.supplies:
            self.supply.show_record(sheet.supplies[0])
        earlier = [
            f"{formats.day(one.signed_on)} {one.electronic_no or one.contract_no}"
            for one in sheet.supplies[1:]
        ]
        self.more_supplies.setText(
            tr("Earlier supplies: {list}", list="; ".join(earlier)) if earlier else ""
        )
        self.no_output.setVisible(not sheet.outputs)
        self.output.setVisible(bool(sheet.outputs))
        if sheet.outputs:
            self.output.show_record(sheet.outputs[0])
        self.progress.show_looks(sheet.looks)

    def _show_land(self, land: ParcelLand) -> None:
        self.users.show_rows(land.rows)
        self.use.setText(use_in_words(land.use) if land.rows else "")
        self.use.setVisible(bool(land.rows))
        self.use.setProperty("role", "caution" if land.use.problems else "dim")
        restyle(self.use)

    def _open_holder(self) -> None:
        if self._sheet is not None and self._sheet.holder is not None:
            self.bench.go(Place("enterprise", self._sheet.holder.id))

    def _holder_id(self) -> str | None:
        sheet = self._sheet
        if sheet is None:
            return None
        if sheet.holder is not None:
            return sheet.holder.id
        return sheet.users[0][1].id if sheet.users else None

    def _add_supply(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        key, holder = self._place.record_id, self._holder_id()
        electronic_no, area = sheet.parcel.electronic_no, sheet.parcel.area_m2
        today = self.bench.services.clock.today()

        def work(ctx: Context) -> SupplyContract:
            return record_supply(
                ctx,
                parcel_id=key,
                holder_id=holder,
                electronic_no=electronic_no,
                area_m2=area,
                signed_on=None if electronic_no else today,
            )

        self.bench.operations.change(self, work)

    def _add_output(self) -> None:
        key, holder = self._place.record_id, self._holder_id()
        if holder is None:
            self.bench.say(
                tr("An output contract needs a holder; this parcel has none on record."), "caution"
            )
            return

        def work(ctx: Context) -> OutputContract:
            return record_output_contract(ctx, parcel_id=key, enterprise_id=holder)

        self.bench.operations.change(self, work)


def _supply_fields() -> dict[str, Field]:
    wan = tr("10 000 yuan")
    return {
        "electronic_no": TextField(tr("Supervision no."), optional=True),
        "contract_no": TextField(tr("Contract no.")),
        "project_name": TextField(tr("Project")),
        "supply_method": TextField(tr("Way of supply")),
        "land_source": TextField(tr("Source of the land")),
        "land_grade": TextField(tr("Grade of the land")),
        "industry_name": TextField(tr("Industry")),
        "approved_by": TextField(tr("Approved by")),
        "term_years": TextField(tr("Term"), unit=tr("years")),
        "area_m2": DecimalField(tr("Area supplied"), unit="m²"),
        "price_wan": DecimalField(tr("Price"), unit=wan),
        "plot_ratio_min": DecimalField(tr("Plot ratio, at least")),
        "plot_ratio_max": DecimalField(tr("Plot ratio, at most")),
        "signed_on": DateField(tr("Signed")),
        "phased": yes_no(tr("Supplied by phases")),
        "agreed_delivery_on": DateField(tr("Agreed delivery")),
        "agreed_start_on": DateField(tr("Agreed start")),
        "agreed_completion_on": DateField(tr("Agreed completion")),
        "actual_delivery_on": DateField(tr("Actual delivery")),
        "actual_start_on": DateField(tr("Actual start")),
        "actual_completion_on": DateField(tr("Actual completion")),
        "source_link": TextField(tr("Published at")),
    }


def _output_fields() -> dict[str, Field]:
    per_mu = tr("10 000 yuan/mu")
    return {
        "signed_on": DateField(tr("Signed")),
        "reach_on": DateField(tr("Full output due")),
        "investment_wan": DecimalField(tr("Investment"), unit=tr("10 000 yuan")),
        "investment_wan_per_mu": DecimalField(tr("Investment per mu"), unit=per_mu),
        "tax_wan_per_mu": DecimalField(tr("Tax per mu"), unit=per_mu),
        "revenue_wan_per_mu": DecimalField(tr("Revenue per mu"), unit=per_mu),
        "plot_ratio_min": DecimalField(tr("Plot ratio, at least"), maximum=Decimal(50)),
        "note": NoteField(tr("Note"), rows=2),
    }


def _change_parcel(ctx: Context, record_id: str, values: dict[str, Any]) -> Parcel:
    changes: Any = values
    return edit_parcel(ctx, parcel_id=record_id, **changes)


def _change_supply(ctx: Context, record_id: str, values: dict[str, Any]) -> SupplyContract:
    changes: Any = values
    return edit_supply(ctx, contract_id=record_id, **changes)


def _change_output(ctx: Context, record_id: str, values: dict[str, Any]) -> OutputContract:
    changes: Any = values
    return edit_output_contract(ctx, contract_id=record_id, **changes)
