"""Everything on record about one parcel."""

from landsteward.app.chronicle import parcel_chronicle, parcel_happenings
from landsteward.app.language import tr
from landsteward.app.output_contracts import parcel_outputs
from landsteward.app.register_papers import overviews, papers, parcel_cases, pools
from landsteward.app.register_sheets import ParcelSheet, parcel_sheet
from landsteward.domain.permissions import Action, may
from ui import formats
from ui.pages.base import Page
from ui.pages.register.chronicle import ChronicleTab
from ui.pages.register.parcel_parts import (
    BoundaryPart,
    ParcelFactsPart,
    ProgressPart,
    SupplyPart,
)
from ui.pages.register.sheet import AsOf, Part, PartTabs, Removals, card_of_tabs, head_line
from ui.widgets.basics import ElidedLabel, button, column
from ui.widgets.signs import MessageBar
from ui.workbench import Place, Workbench


class ParcelPage(Page):
    """A head line, and the parts; each asks for its own when it is looked at."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.head: ParcelSheet | None = None
        role = bench.member().person.role
        self._may_edit = may(role, Action.EDIT_REGISTER)
        self._may_read_trail = may(role, Action.READ_TRAIL)
        self.name = ElidedLabel("", "title")
        self.facts = ElidedLabel("", "dim")
        self.holder = button("", "link", self._open_holder)
        self.on_map = button(
            tr("Show on the map"),
            "",
            lambda: bench.go(Place("register", step=f"map:{place.record_id}")),
        )
        self.screening = button(tr("Screen"), "", lambda: bench.go(Place("screening")))
        self.as_of = AsOf(bench, "parcel", place.record_id)
        self.message = MessageBar()
        self._removals = Removals(bench.operations, self.message)
        self.tabs = PartTabs()
        for key, word, make in (
            ("facts", tr("Particulars"), self._facts_part),
            ("supply", tr("Supply contract"), self._supply_part),
            ("progress", tr("Construction"), self._progress_part),
            ("standing", tr("Rights and limits"), self._standing_part),
            ("boundary", tr("Boundary"), self._boundary_part),
            ("output", tr("Output contracts"), self._output_part),
            ("cases", tr("Cases"), self._cases_part),
            ("papers", tr("Papers"), self._papers_part),
            ("evidence", tr("Evidence"), self._evidence_part),
            ("chronicle", tr("What happened"), self._chronicle_part),
        ):
            if key != "chronicle" or self._may_read_trail:
                self.tabs.add_part(key, word, make)
        self.tabs.show_tab(place.step if place.step in self.tabs.buttons else "facts")
        self.tabs.chosen.connect(lambda _key: self._present())
        head = head_line(
            bench,
            back_to=Place("register", step="parcels"),
            names=(self.name, self.facts),
            actions=(self.holder, self.on_map, self.as_of, self.screening),
        )
        page = column(head, self.message, gap=12)
        page.addWidget(card_of_tabs(self.tabs), 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Read the parcel again, and what is looked at."""
        key = self._place.record_id
        self.bench.operations.query(
            self, lambda ctx: parcel_sheet(ctx, parcel_id=key), success=self._show
        )

    def place(self) -> Place:
        """With the tab in front."""
        return Place("parcel", self._place.record_id, self.tabs.current)

    # The parts; their modules are imported when they are first looked at.

    def _facts_part(self) -> Part:
        return ParcelFactsPart(
            self.bench, self._place.record_id, self._removals, may_edit=self._may_edit
        )

    def _supply_part(self) -> Part:
        return SupplyPart(self.bench, self._place.record_id, may_edit=self._may_edit)

    def _progress_part(self) -> Part:
        return ProgressPart(
            self.bench, self._place.record_id, self._removals, may_edit=self._may_edit
        )

    def _standing_part(self) -> Part:
        from ui.pages.register.standing import StandingPart

        return StandingPart(self.bench, self._place.record_id, may_edit=self._may_edit)

    def _boundary_part(self) -> Part:
        return BoundaryPart(self.bench, self._place.record_id, may_edit=self._may_edit)

    def _output_part(self) -> Part:
        from ui.pages.register.output import OutputPart

        key = self._place.record_id
        return OutputPart(
            self.bench,
            key,
            lambda ctx: parcel_outputs(ctx, parcel_id=key),
            _holders,
            self._removals,
            other="enterprise",
            may_edit=self._may_edit,
        )

    def _cases_part(self) -> Part:
        from ui.pages.register.cases import CasesPart

        key = self._place.record_id
        return CasesPart(self.bench, lambda ctx: overviews(ctx, parcel_cases(ctx, parcel_id=key)))

    def _papers_part(self) -> Part:
        from ui.pages.register.papers import PapersPart

        key = self._place.record_id
        return PapersPart(self.bench, lambda ctx: papers(ctx, parcel_cases(ctx, parcel_id=key)))

    def _evidence_part(self) -> Part:
        from ui.pages.register.evidence import EvidencePart

        key = self._place.record_id
        return EvidencePart(self.bench, lambda ctx: pools(ctx, parcel_cases(ctx, parcel_id=key)))

    def _chronicle_part(self) -> Part:
        key = self._place.record_id
        return ChronicleTab(
            self.bench,
            self._place,
            lambda ctx, only, before: parcel_chronicle(
                ctx, parcel_id=key, only=only, before=before
            ),
            lambda ctx: parcel_happenings(ctx, parcel_id=key),
            may_edit=self._may_edit,
        )

    def _present(self) -> None:
        part, sheet = self.tabs.part, self.head
        if sheet is None or part is None:
            return
        part.present(sheet)

    # What it shows

    def _show(self, sheet: ParcelSheet) -> None:
        self.head = sheet
        parcel = sheet.parcel
        self.set_title(parcel.name)
        self.name.setText(parcel.name)
        parts = [parcel.electronic_no or "", parcel.land_use, formats.area(parcel.area_m2)]
        self.facts.setText(" · ".join(part for part in parts if part))
        self.holder.setText(sheet.holder.name if sheet.holder else tr("Holder unknown"))
        self.holder.setEnabled(sheet.holder is not None)
        for key, word, count in (
            ("output", tr("Output contracts"), len(sheet.outputs)),
            ("cases", tr("Cases"), len(sheet.cases)),
        ):
            self.tabs.reword(key, tr("{word} ({count})", word=word, count=count) if count else word)
        self._present()

    def _open_holder(self) -> None:
        if self.head is not None and self.head.holder is not None:
            self.bench.go(Place("enterprise", self.head.holder.id))


def _holders(sheet: ParcelSheet) -> list[tuple[str, str]]:
    """Whom a contract can be with: the holder first, then who else uses the parcel."""
    holder = {sheet.holder.id: sheet.holder.name} if sheet.holder is not None else {}
    return list({**holder, **{one.id: one.name for _used, one in sheet.users}}.items())
