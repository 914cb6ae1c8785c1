"""One service firm: its record, contracts, people and declarations."""

from PySide6.QtCore import Qt

from landsteward.app.context import Context
from landsteward.app.engagements import engage_firm
from landsteward.app.firms import FirmSheet, firm_sheet
from landsteward.app.language import tr
from landsteward.domain.engagements import Engagement
from landsteward.domain.errors import KnownError
from landsteward.domain.states import OrganisationKind
from ui import theme
from ui import words as shared
from ui.pages.base import Page
from ui.pages.firms.conflicts import ConflictsPanel
from ui.pages.firms.contracts import ContractsPanel
from ui.pages.firms.people import PeoplePanel
from ui.pages.firms.record import RecordPanel
from ui.widgets.basics import Card, ElidedLabel, button, column, row, show_if
from ui.widgets.fields import ChoiceField
from ui.widgets.signs import Badge, words_of
from ui.widgets.tabs import Tabs
from ui.workbench import Place, Workbench

BACK = Place("firms")


class FirmPage(Page):
    """`place.step` is the part in front: record, contracts, people, conflicts."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.sheet: FirmSheet | None = None
        look = theme.current()
        back = button("←", "quiet", lambda: bench.go(BACK), hint=tr("To the service firms"))
        back.setFixedWidth(look.px(32))
        self.name = ElidedLabel("", "title")
        self.kind = Badge()
        self.new = button(tr("New engagement"), "primary", self._begin, changing=True)
        head = row(back, self.name, self.kind, 1, self.new, gap=8)
        self.carrier = ChoiceField(tr("Which carrier engages the firm?"))
        self.carrier.setFixedWidth(look.px(320))
        self.engage = button(tr("Enter the contract"), "small", self._engage, changing=True)
        self.leave = button(tr("Cancel"), "quiet", self._leave)
        self.form = Card(margin=12)
        fields = row(self.carrier, gap=12)
        for one in (self.engage, self.leave):
            fields.addWidget(one, 0, Qt.AlignmentFlag.AlignBottom)
        fields.addStretch(1)
        self.form.add(fields)
        self.form.setParent(self)
        self.form.hide()
        self.record = RecordPanel(bench, place.record_id)
        self.contracts = ContractsPanel(bench)
        self.people = PeoplePanel(bench, place.record_id)
        self.conflicts = ConflictsPanel(bench)
        self.tabs = Tabs()
        self.tabs.add("record", tr("Track record"), self.record)
        self.tabs.add("contracts", tr("Engagements"), self.contracts)
        self.tabs.add("people", tr("Firm and people"), self.people)
        self.tabs.add("conflicts", tr("Conflicts of interest"), self.conflicts)
        page = column(head, self.form, self.tabs, gap=8)
        page.addWidget(self.tabs.stack, 1)
        self.setLayout(page)
        self.turn_to(place)

    def place(self) -> Place:
        """With the part in front."""
        return Place("firm", self._place.record_id, self.tabs.current)

    def turn_to(self, place: Place) -> bool:
        """Put a part in front; another firm is another page."""
        if place.record_id != self._place.record_id:
            return False
        if place.step in self.tabs.buttons:
            self.tabs.show_tab(place.step)
        return True

    def refresh(self) -> None:
        """Ask for the firm again."""
        firm_id = self._place.record_id
        self.bench.operations.query(
            self,
            lambda ctx: firm_sheet(ctx, firm_id=firm_id),
            success=self._show,
            failure=self._gone,
        )
        self.record.refresh()

    def _gone(self, error: KnownError) -> None:
        self.bench.go(BACK)
        self.bench.say(words_of(error), "caution")

    def _show(self, sheet: FirmSheet) -> None:
        self.sheet = sheet
        self.set_title(sheet.firm.name)
        self.name.setText(sheet.firm.name)
        kind = sheet.firm.firm_kind
        self.kind.show_word(shared.firm_kind(kind) if kind else "", "plain")
        show_if(self.new, sheet.may_engage)
        self.carrier.set_options([(one.id, one.name) for one in sheet.carriers])
        undecided = sum(
            one.declaration.blocks and one.declaration.approved is None
            for one in sheet.declarations
        )
        self.tabs.reword("contracts", _counted(tr("Engagements"), len(sheet.engagements)))
        self.tabs.reword("conflicts", _counted(tr("Conflicts of interest"), undecided))
        self.contracts.present(sheet)
        self.people.present(sheet)
        self.conflicts.present(sheet)

    def _begin(self) -> None:
        """A carrier's own people engage at once; others say which carrier."""
        sheet, organisation = self.sheet, self.bench.member().organisation
        if sheet is None:
            return
        if organisation.kind is OrganisationKind.CARRIER:
            self._make(organisation.id)
        elif len(sheet.carriers) == 1:
            self._make(sheet.carriers[0].id)
        else:
            self.form.show()
            self.carrier.setFocus()

    def _leave(self) -> None:
        self.form.hide()

    def _engage(self) -> None:
        carrier_id = self.carrier.value()
        if carrier_id is None:
            self.carrier.set_error(tr("Say which carrier has the contract."))
            return
        self._make(carrier_id)

    def _make(self, carrier_id: str) -> None:
        firm_id = self._place.record_id

        def work(ctx: Context) -> Engagement:
            return engage_firm(ctx, firm_id=firm_id, carrier_id=carrier_id, covers_all=False)

        def made(engagement: Engagement) -> None:
            self._leave()
            self.bench.go(Place("engagement", engagement.id))

        self.bench.operations.change(self, work, success=made)


def _counted(word: str, count: int) -> str:
    return tr("{word} ({count})", word=word, count=f"{count:,}") if count else word
