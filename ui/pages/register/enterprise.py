"""One enterprise: its particulars, its land, its yearly figures, its cases."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.app.duplicates import duplicates_of
from landsteward.app.language import render, tr
from landsteward.app.occupancies import EnterpriseLand, enterprise_land, record_occupancy
from landsteward.app.register import add_parcel, edit_enterprise
from landsteward.app.register_sheets import EnterpriseSheet, HeldParcel, enterprise_sheet
from landsteward.domain.casework import Case
from landsteward.domain.lifecycle import ENDED_CASE_STAGES
from landsteward.domain.permissions import Action, may
from landsteward.domain.register import Enterprise, EnterpriseKind, Parcel, Scale
from ui import formats, theme, words
from ui.dialogs.ask import AskName
from ui.pages.base import Page
from ui.pages.lists.columns import grade_tone
from ui.pages.register.enterprise_codes import CodeReason, district_field, industry_field
from ui.pages.register.occupancy import OccupancyTable, basis_in_words, use_in_words
from ui.pages.register.sheet import card_of_tabs, head_line, offer_carriers
from ui.pages.register.years import YearsTable
from ui.widgets.basics import (
    Card,
    ElidedLabel,
    box,
    button,
    clear,
    column,
    label,
    line,
    row,
    scrolled,
)
from ui.widgets.fields import ChoiceField, Field, NoteField, TextField
from ui.widgets.forms import RecordForm, form_columns
from ui.widgets.signs import Badge
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

_ALIKE_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """What the page shows: the sheet, the land, and what was merged into this record."""

    sheet: EnterpriseSheet
    land: EnterpriseLand
    merged: list[tuple[Enterprise, date]]
    alike: tuple[Enterprise, ...]


def _read(ctx: Context, *, key: str) -> _Found:
    """The enterprise, or the one it was merged into."""
    living = ctx.workspace.reports.merged_into(key)
    return _Found(
        enterprise_sheet(ctx, enterprise_id=living),
        enterprise_land(ctx, enterprise_id=living),
        ctx.workspace.reports.merged_from(living),
        duplicates_of(ctx, enterprise_id=living),
    )


def _known_by(one: Enterprise) -> str:
    return f"{one.name} {one.uscc}" if one.uscc else one.name


class EnterprisePage(Page):
    """Everything on record about one enterprise; the next step is its checkup."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self._sheet: EnterpriseSheet | None = None
        self._shown_alike: tuple[Enterprise, ...] = ()
        operations = bench.operations
        role = bench.member().person.role
        self._may_edit = may(role, Action.EDIT_REGISTER)
        self.name = ElidedLabel("", "title")
        self.grade = Badge()
        self.facts = ElidedLabel("", "dim")
        self.start = button(tr("Start a checkup"), "primary", self._start)
        self.start.setEnabled(may(role, Action.OPEN_CASE))
        self.form = RecordForm(operations, self._fields(), _change, columns=form_columns(3))
        self.form.set_read_only(not self._may_edit)
        self.code_reason = CodeReason(operations, place.record_id, self.form.fields["uscc"])
        self.code_reason.reason.set_read_only(not self._may_edit)
        self.merged = label("", "dim", wrap=True)
        self._alike = column(gap=4)
        self._parcels = column(gap=0)
        self.occupancies = OccupancyTable(
            bench, place.record_id, other="parcel", may_edit=self._may_edit
        )
        self.land_used = label("", wrap=True)
        self.add_parcel = button(tr("Add a parcel…"), "", self._ask_parcel)
        self.add_parcel.setEnabled(self._may_edit)
        self.years = YearsTable(operations, place.record_id, bench.services.clock.today().year)
        self._cases = column(gap=0)
        self._happenings = column(gap=6)
        self.tabs = Tabs()
        for key, word, inside in (
            (
                "facts",
                tr("Particulars"),
                column(self._alike, self.form, self.code_reason, self.merged, 1),
            ),
            (
                "parcels",
                tr("Land"),
                column(
                    self._parcels,
                    label(tr("Used land"), "heading"),
                    self.land_used,
                    self.occupancies,
                    row(self.add_parcel, 1),
                    1,
                    gap=12,
                ),
            ),
            ("years", tr("Yearly figures"), column(self.years)),
            ("cases", tr("Cases"), column(self._cases, 1)),
        ):
            self.tabs.add(key, word, scrolled(box(inside)))
        side = Card(tr("Course of events"), margin=14)
        side.add(scrolled(box(column(self._happenings, 1))), 1)
        side.setFixedWidth(theme.current().px(280))
        # The figures of a year need the whole width.
        self.tabs.chosen.connect(lambda key: side.setVisible(key != "years"))
        head = head_line(
            bench,
            back_to=Place("register"),
            names=(self.name, self.grade, self.facts),
            actions=(self.start,),
        )
        below = row(gap=12)
        below.addWidget(card_of_tabs(self.tabs), 1)
        below.addWidget(side)
        page = column(head, gap=12)
        page.addLayout(below, 1)
        self.setLayout(page)
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)

    def refresh(self) -> None:
        """Read the enterprise again."""
        self.bench.operations.query(
            self, partial(_read, key=self._place.record_id), success=self._show
        )

    def place(self) -> Place:
        """With the tab in front."""
        return Place("enterprise", self._place.record_id, self.tabs.current)

    def _fields(self) -> dict[str, Field]:
        return {
            "name": TextField(tr("Name"), required=True),
            "uscc": TextField(tr("Credit code"), optional=True),
            "kind": ChoiceField(
                tr("Kind"), [(one, words.enterprise_kind(one)) for one in EnterpriseKind]
            ),
            "industry_code": industry_field(self.bench.services.packs),
            "industry_name": TextField(tr("Industry")),
            "scale": ChoiceField(
                tr("Scale"),
                [(None, tr("Not on record")), *((one, words.scale(one)) for one in Scale)],
            ),
            "carrier_id": ChoiceField(tr("Carrier")),
            "district": district_field(self.bench.services.packs),
            "short_name": TextField(tr("Short name")),
            "address": TextField(tr("Address")),
            "legal_representative": TextField(tr("Legal representative")),
            "contact": TextField(tr("Contact")),
            "phone": TextField(tr("Phone")),
            "formerly": TextField(tr("Former names and codes")),
            "note": NoteField(tr("Note"), rows=2),
        }

    def _show(self, found: _Found) -> None:
        sheet, land = found.sheet, found.land
        before, self._sheet = self._sheet, sheet
        enterprise = sheet.enterprise
        self.set_title(enterprise.name)
        self.name.setText(enterprise.name)
        grade = next((one.grade for one in sheet.years if one.grade), None)
        self.grade.show_word(
            tr("Grade {grade}", grade=grade) if grade else "", grade_tone(grade or "")
        )
        industry = f"{enterprise.industry_code or ''} {enterprise.industry_name}".strip()
        parts = [enterprise.uscc or "", enterprise.district, industry]
        self.facts.setText(" · ".join(part for part in parts if part))
        self._show_start(sheet)
        if before is None or before.carriers != sheet.carriers:
            offer_carriers(self.form, sheet.carriers)
        self.form.show_record(enterprise)
        self.code_reason.show_reason(enterprise)
        self.years.show_years(sheet.years, land.years, read_only=not self._may_edit)
        self._show_land(land)
        self.tabs.reword("parcels", tr("Land ({count})", count=len(sheet.parcels)))
        self.tabs.reword("cases", tr("Cases ({count})", count=len(sheet.cases)))
        if before is None or before.parcels != sheet.parcels:
            self._fill_parcels(sheet)
        if before is None or before.cases != sheet.cases:
            self._fill_cases(sheet)
        if before is None or before.happenings != sheet.happenings:
            self._fill_happenings(sheet)
        self.merged.setText(
            "\n".join(
                tr("Merged from {name} on {day}", name=_known_by(one), day=formats.day(day))
                for one, day in found.merged
            )
        )
        self.merged.setVisible(bool(found.merged))
        if found.alike != self._shown_alike:
            self._fill_alike(found.alike)
        if enterprise.id != self._place.record_id:
            # A link from before: the record it names went into this one.
            self.bench.go(Place("enterprise", enterprise.id, self.tabs.current))

    def _show_start(self, sheet: EnterpriseSheet) -> None:
        known = next((case for case in sheet.cases if case.stage not in ENDED_CASE_STAGES), None)
        self.start.setText(tr("Go on with the case") if known else tr("Start a checkup"))

    def _show_land(self, land: EnterpriseLand) -> None:
        self.occupancies.show_rows(land.rows)
        said = [basis_in_words(land.today)] if land.today is not None else []
        names = {one.parcel.id: one.parcel.name for one in land.rows}
        for key, use in land.uses.items():
            if use.problems:
                said.append(f"{names[key]}：{use_in_words(use)}")
        self.land_used.setText("\n".join(said))
        self.land_used.setVisible(bool(said))

    def _fill_alike(self, alike: tuple[Enterprise, ...]) -> None:
        self._shown_alike = alike
        clear(self._alike)
        for one in alike[:_ALIKE_SHOWN]:
            compare = button(
                tr("Compare"),
                "link",
                partial(self.bench.go, Place("merge", self._place.record_id, one.id)),
            )
            said = label(tr("May be the same as {name}", name=_known_by(one)), "caution")
            self._alike.addLayout(row(said, compare, 1))

    def _fill_parcels(self, sheet: EnterpriseSheet) -> None:
        clear(self._parcels)
        if not sheet.parcels:
            self._parcels.addWidget(label(tr("No land on record for this enterprise."), "dim"))
        for held in sheet.parcels:
            self._parcels.addWidget(self._parcel_row(held))

    def _parcel_row(self, held: HeldParcel) -> QWidget:
        parcel, supply = held.parcel, held.supply
        opener = button(parcel.name, "link", lambda: self.bench.go(Place("parcel", parcel.id)))
        tenure = ""
        if held.occupancy is not None:
            tenure = words.tenure(held.occupancy.tenure)
        elif supply is not None:
            tenure = tr("Holder")
        first = row(opener, Badge(tenure, "plain"), 1, label(formats.area(parcel.area_m2)))
        parts = [parcel.location, parcel.land_use]
        if supply is not None:
            number = supply.electronic_no or supply.contract_no
            parts += [
                number,
                tr("agreed start {day}", day=formats.day(supply.agreed_start_on)),
                tr("actual start {day}", day=formats.day(supply.actual_start_on)),
                tr("agreed completion {day}", day=formats.day(supply.agreed_completion_on)),
                tr("actual completion {day}", day=formats.day(supply.actual_completion_on)),
            ]
        second = label(" · ".join(part for part in parts if part), "dim", wrap=True)
        made = QFrame()
        made.setProperty("role", "row")
        inside = column(first, second, gap=2)
        inside.setContentsMargins(0, 8, 0, 8)
        second.setContentsMargins(8, 0, 0, 0)
        made.setLayout(inside)
        return made

    def _fill_cases(self, sheet: EnterpriseSheet) -> None:
        clear(self._cases)
        if not sheet.cases:
            self._cases.addWidget(label(tr("No case of this enterprise yet."), "dim"))
        for case in sheet.cases:
            opener = button(case.case_no, "link", partial(self.bench.go, Place("case", case.id)))
            held = box(
                row(
                    opener,
                    Badge(words.stage(case.stage), words.stage_tone(case.stage)),
                    1,
                    label(tr("opened {day}", day=formats.day(case.opened_on)), "dim"),
                )
            )
            self._cases.addWidget(held)
            self._cases.addWidget(line())

    def _fill_happenings(self, sheet: EnterpriseSheet) -> None:
        clear(self._happenings)
        if not sheet.happenings:
            self._happenings.addWidget(label(tr("Nothing dated on record."), "dim"))
        for one in sheet.happenings:
            held = column(
                label(formats.day(one.on), "dim"), label(render(one.what), wrap=True), gap=0
            )
            held.setContentsMargins(0, 0, 0, 6)
            self._happenings.addLayout(held)

    def _start(self) -> None:
        if self._sheet is None:
            return
        known = next(
            (case for case in self._sheet.cases if case.stage not in ENDED_CASE_STAGES), None
        )
        if known is not None:
            self.bench.go(Place("case", known.id))
            return
        key = self._place.record_id

        def started(case: Case) -> None:
            self.bench.go(Place("case", case.id))

        self.bench.operations.change(
            self, lambda ctx: open_case(ctx, enterprise_id=key, parcel_id=None), success=started
        )

    def _ask_parcel(self) -> None:
        ask = AskName(self, tr("New parcel"), tr("Name of the parcel"))
        ask.named.connect(self._add_parcel)
        ask.open()

    def _add_parcel(self, name: str) -> None:
        key = self._place.record_id

        def work(ctx: Context) -> Parcel:
            with ctx.change():
                added = add_parcel(ctx, name=name)
                record_occupancy(ctx, parcel_id=added.id, enterprise_id=key)
            return added

        def opened(added: Parcel) -> None:
            self.bench.go(Place("parcel", added.id))

        self.bench.operations.change(self, work, success=opened)


def _change(ctx: Context, enterprise_id: str, values: dict[str, Any]) -> Enterprise:
    changes: Any = values
    return edit_enterprise(ctx, enterprise_id=enterprise_id, **changes)
