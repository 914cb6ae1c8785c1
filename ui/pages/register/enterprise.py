"""一企一档: everything on record about one enterprise; the next step is its checkup."""

from collections.abc import Callable
from functools import partial

from landsteward.app.cases import open_case
from landsteward.app.chronicle import enterprise_chronicle, enterprise_happenings
from landsteward.app.context import Context
from landsteward.app.language import render, tr
from landsteward.app.output_contracts import enterprise_outputs
from landsteward.app.register_papers import enterprise_cases, overviews, papers, pools
from landsteward.app.register_sheets import EnterpriseHead, enterprise_head
from landsteward.domain.casework import Case
from landsteward.domain.guidance import words_for
from landsteward.domain.indicators import Indicator
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.output_terms import Standing
from landsteward.domain.permissions import Action, may
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.sight import Restricted
from landsteward.domain.states import NextStep
from ui import formats
from ui.pages.base import Page
from ui.pages.lists.column_facts import grade_tone
from ui.pages.register.chronicle import ChronicleTab
from ui.pages.register.enterprise_facts import FactsPart
from ui.pages.register.occupancy import source_in_words
from ui.pages.register.sheet import (
    AsOf,
    KeyFigure,
    Part,
    PartTabs,
    Removals,
    card_of_tabs,
    figures_line,
    head_line,
)
from ui.widgets.basics import ElidedLabel, button, column
from ui.widgets.signs import Badge, MessageBar
from ui.workbench import Place, Workbench


class EnterprisePage(Page):
    """Key figures above, the parts below; each part asks for its own when it is looked at."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.head: EnterpriseHead | None = None
        role = bench.member().person.role
        self._may_edit = may(role, Action.EDIT_REGISTER)
        self._may_read_trail = may(role, Action.READ_TRAIL)
        self.name = ElidedLabel("", "title")
        self.grade = Badge()
        self.facts = ElidedLabel("", "dim")
        self.as_of = AsOf(bench, "enterprise", place.record_id)
        self.start = button(tr("Start a checkup"), "primary", self._start)
        self.start.setEnabled(may(role, Action.OPEN_CASE))
        self.what_if = button(
            tr("What-if"), "", lambda: bench.go(Place("what_if", place.record_id))
        )
        self.message = MessageBar()
        self._removals = Removals(bench.operations, self.message)
        self.figures = {
            "land": KeyFigure(
                formats.named(tr("Land used"), tr("mu")), partial(self._lead, "parcels")
            ),
            "tax": KeyFigure(
                formats.named(tr("Tax per mu"), tr("10 000 yuan/mu")), partial(self._lead, "years")
            ),
            "grade": KeyFigure(tr("Grade"), partial(self._lead, "years")),
            "findings": KeyFigure(tr("Open findings"), partial(self._lead, "cases")),
            "output": KeyFigure(tr("Output contracts"), partial(self._lead, "output")),
        }
        self.tabs = PartTabs()
        for key, word, make in (
            ("facts", tr("Particulars"), self._facts_part),
            ("parcels", tr("Land"), self._land_part),
            ("years", tr("Yearly figures"), self._years_part),
            ("ledger", tr("Per-mu ledger"), self._ledger_part),
            ("output", tr("Output contracts"), self._output_part),
            ("permits", tr("Permits"), self._permits_part),
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
            back_to=Place("register"),
            names=(self.name, self.grade, self.facts),
            actions=(self.as_of, self.what_if, self.start),
        )
        page = column(head, self.message, figures_line(list(self.figures.values())), gap=12)
        page.addWidget(card_of_tabs(self.tabs), 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """Read the head again, and what is looked at."""
        key = self._place.record_id

        def read(ctx: Context) -> EnterpriseHead:
            # A link from before: the record it names may have gone into another one.
            living = ctx.workspace.reports.merged_into(key)
            return enterprise_head(ctx, enterprise_id=living)

        self.bench.operations.query(self, read, success=self._show)

    def place(self) -> Place:
        """With the tab in front."""
        return Place("enterprise", self._place.record_id, self.tabs.current)

    # The parts; their modules are imported when they are first looked at.

    def _facts_part(self) -> Part:
        lately = self._chronicle(partial(self._lead, "chronicle")) if self._may_read_trail else None
        return FactsPart(self.bench, self._place.record_id, lately, may_edit=self._may_edit)

    def _land_part(self) -> Part:
        from ui.pages.register.enterprise_land import LandPart

        return LandPart(self.bench, self._place.record_id, self._removals, may_edit=self._may_edit)

    def _years_part(self) -> Part:
        from ui.pages.register.figures import FiguresPart

        return FiguresPart(
            self.bench, self._place.record_id, self._removals, may_edit=self._may_edit
        )

    def _ledger_part(self) -> Part:
        from ui.pages.register.ledger_part import LedgerPart

        return LedgerPart(self.bench, self._place.record_id)

    def _output_part(self) -> Part:
        from ui.pages.register.output import OutputPart

        key = self._place.record_id
        return OutputPart(
            self.bench,
            key,
            lambda ctx: enterprise_outputs(ctx, enterprise_id=key),
            _parcels,
            self._removals,
            other="parcel",
            may_edit=self._may_edit,
        )

    def _permits_part(self) -> Part:
        from ui.pages.register.permits import PermitsPart

        return PermitsPart(
            self.bench, self._place.record_id, self._removals, may_edit=self._may_edit
        )

    def _cases_part(self) -> Part:
        from ui.pages.register.cases import CasesPart

        key = self._place.record_id
        return CasesPart(
            self.bench,
            lambda ctx: overviews(ctx, enterprise_cases(ctx, enterprise_id=key)),
        )

    def _papers_part(self) -> Part:
        from ui.pages.register.papers import PapersPart

        key = self._place.record_id
        return PapersPart(
            self.bench, lambda ctx: papers(ctx, enterprise_cases(ctx, enterprise_id=key))
        )

    def _evidence_part(self) -> Part:
        from ui.pages.register.evidence import EvidencePart

        key = self._place.record_id
        return EvidencePart(
            self.bench, lambda ctx: pools(ctx, enterprise_cases(ctx, enterprise_id=key))
        )

    def _chronicle_part(self) -> Part:
        return self._chronicle(None)

    def _chronicle(self, lead: Callable[[], object] | None) -> ChronicleTab:
        key = self._place.record_id
        return ChronicleTab(
            self.bench,
            self._place,
            lambda ctx, only, before: enterprise_chronicle(
                ctx, enterprise_id=key, only=only, before=before
            ),
            lambda ctx: enterprise_happenings(ctx, enterprise_id=key),
            may_edit=self._may_edit,
            lead=lead,
        )

    def _lead(self, key: str) -> None:
        self.tabs.show_tab(key)

    def _present(self) -> None:
        part = self.tabs.part
        if self.head is None or part is None:
            return
        part.present(self.head)

    # What it shows

    def _show(self, head: EnterpriseHead) -> None:
        self.head = head
        enterprise = head.enterprise
        if enterprise.id != self._place.record_id:
            self.bench.go(Place("enterprise", enterprise.id, self.tabs.current))
            return
        self.set_title(enterprise.name)
        self.name.setText(enterprise.name)
        grade = head.grade
        self.grade.show_word(
            tr("Grade {grade}", grade=grade[0]) if grade else "",
            grade_tone(grade[0] if grade else ""),
        )
        industry = f"{enterprise.industry_code or ''} {enterprise.industry_name}".strip()
        parts = [enterprise.uscc or "", enterprise.district, industry]
        self.facts.setText(" · ".join(part for part in parts if part))
        self._show_start(head)
        self._show_figures(head)
        for key, word, count in (
            ("parcels", tr("Land"), head.parcels),
            ("output", tr("Output contracts"), len(head.outputs)),
            ("cases", tr("Cases"), head.cases),
            ("papers", tr("Papers"), head.papers),
            ("evidence", tr("Evidence"), head.evidence),
        ):
            self.tabs.reword(key, tr("{word} ({count})", word=word, count=count) if count else word)
        self._present()

    def _show_start(self, head: EnterpriseHead) -> None:
        if head.case is None:
            self.start.setText(tr("Start a checkup"))
        elif head.case.next_step is NextStep.NOTHING:
            self.start.setText(tr("Go on with the case"))
        else:
            self.start.setText(tr("Go on: {step}", step=render(words_for(head.case.next_step))))

    def _show_figures(self, head: EnterpriseHead) -> None:
        land = head.land.today
        self.figures["land"].say(
            formats.figure(m2_to_mu(land.area_m2)) if land is not None else "",
            _made_of(land) if land is not None else tr("nothing on record"),
        )
        self.figures["tax"].say(*_tax(head))
        grade = head.grade
        self.figures["grade"].say(
            grade[0] if grade else "", str(grade[1]) if grade else tr("not graded yet")
        )
        self.figures["findings"].say(
            str(head.open_findings),
            tr("{count} overdue", count=head.overdue_findings)
            if head.overdue_findings
            else tr("none overdue"),
            "bad" if head.overdue_findings else "dim",
        )
        self.figures["output"].say(*_outputs(head))

    def _start(self) -> None:
        if self.head is None:
            return
        if self.head.case is not None:
            self.bench.go(Place("case", self.head.case.case.id))
            return
        key = self._place.record_id

        def started(case: Case) -> None:
            self.bench.go(Place("case", case.id))

        self.bench.operations.change(
            self, lambda ctx: open_case(ctx, enterprise_id=key, parcel_id=None), success=started
        )


def _parcels(head: EnterpriseHead) -> list[tuple[str, str]]:
    """Each parcel it uses, once."""
    return list({one.parcel.id: one.parcel.name for one in head.land.rows}.items())


def _made_of(land: LandBasis) -> str:
    used = land.used
    if used is None or not (used.leased_out_m2 or used.leased_in_m2):
        return source_in_words(land)
    return tr(
        "{source}: own {own}, out {out}, in {leased_in}",
        source=source_in_words(land),
        own=formats.figure(m2_to_mu(used.own_m2)),
        out=formats.figure(m2_to_mu(used.leased_out_m2)),
        leased_in=formats.figure(m2_to_mu(used.leased_in_m2)),
    )


def _tax(head: EnterpriseHead) -> tuple[str, str, str]:
    """The latest tax per mu, and how it stands against the year before."""
    if Restricted.TAX in head.masked:
        return tr("restricted"), tr("not shown to your role"), "dim"
    known = [
        (one.figures.year, found)
        for one in head.years
        if (found := one.indicators["tax_per_mu"]).value is not None
    ]
    if not known:
        return "", tr("no figures yet"), "dim"
    year, latest = known[0]
    value = formats.figure(latest.value)
    before = next((found for other, found in known if other == year - 1), None)
    return value, *_trend(year, latest, before)


def _trend(year: int, latest: Indicator, before: Indicator | None) -> tuple[str, str]:
    if before is None or not before.value or latest.value is None:
        return str(year), "dim"
    share = (latest.value - before.value) / abs(before.value) * 100
    if share == 0:
        return tr("{year} · as in {before}", year=year, before=year - 1), "dim"
    percent = formats.figure(abs(share), 1)
    if share > 0:
        said = tr("{year} · ▲ {percent} % on {before}", year=year, percent=percent, before=year - 1)
        return said, "good"
    said = tr("{year} · ▼ {percent} % on {before}", year=year, percent=percent, before=year - 1)
    return said, "bad"


def _outputs(head: EnterpriseHead) -> tuple[str, str, str]:
    """How many terms are not met, of the contracts that count."""
    lines = [line for one in head.outputs if one.latest for line in one.lines]
    if not head.outputs:
        return "", tr("none on record"), "dim"
    missed = sum(one.standing is Standing.NOT_MET for one in lines)
    met = sum(one.standing is Standing.MET for one in lines)
    unjudged = sum(one.standing is Standing.UNJUDGED for one in lines)
    return (
        tr("{count} not met", count=missed),
        tr("{met} met, {unjudged} cannot be judged", met=met, unjudged=unjudged),
        "dim",
    )
