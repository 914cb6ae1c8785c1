"""建档: what is on record of enterprise, parcel and contracts, and the schedule of the visit."""

from dataclasses import dataclass
from datetime import date

from landsteward.app.cases import contracts_of, current_checkup
from landsteward.app.checkups import schedule_checkup
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.language import localised, tr
from landsteward.app.visit_caps import CapView, cap_of_case
from landsteward.domain.campaigns import Campaign
from landsteward.domain.casework import Checkup
from landsteward.domain.register import OutputContract, SupplyContract
from landsteward.domain.states import CaseStep, NextStep, OrganisationKind
from ui import formats
from ui import words as shared
from ui.formats import parse_date
from ui.pages.case.facts import Facts
from ui.pages.case.reading import CaseHead
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.visit_words import warned
from ui.widgets.basics import Card, box, button, column, label, row, scrolled
from ui.widgets.boxes import CheckBoxes
from ui.widgets.callout import Refusal
from ui.widgets.fields import DateField
from ui.workbench import Place

_FORM = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What 建档 shows. `campaign` is the one the checkup belongs to; `cap` says which departments
    would come too often if all of them came.
    """

    supply: SupplyContract | None
    output: OutputContract | None
    inspectors: tuple[str, ...]
    campaign: Campaign | None
    cap: CapView
    draft: dict[str, str]


class RegisterStep(StepPage[Registered]):
    """Facts at the left, the schedule at the right."""

    step = CaseStep.REGISTER

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self.enterprise = Facts()
        self.parcel = Facts()
        self.supply = Facts()
        self.output = Facts()
        self.no_output = label(
            tr("No output contract on record: limits come from the supply contract and the pack."),
            "dim",
            wrap=True,
        )
        self.enterprise_card = Card(tr("Enterprise"))
        self.enterprise_card.add(self.enterprise)
        parcel = Card(tr("Parcel"))
        parcel.add(self.parcel)
        supply = Card(tr("Supply contract"))
        supply.add(self.supply)
        output = Card(tr("Output contract"))
        output.add(self.output)
        output.add(self.no_output)
        facts = column(self.enterprise_card, parcel, supply, output, 1, gap=12)
        self.schedule_card = Card(tr("Schedule of the joint visit"), gap=12)
        self.day = DateField(tr("Day of the visit"))
        self.day.autosaves = True
        self.day.committed.connect(self._left)
        self.day.line.returnPressed.connect(self._enter)
        self.departments = CheckBoxes()
        self.inspectors = CheckBoxes()
        self.departments.changed.connect(self._left)
        self.inspectors.changed.connect(self._left)
        self.visits = label("", "caution", wrap=True)
        self.items = label("", "dim", wrap=True)
        self.error = Refusal()
        self.button = button(tr("Schedule"), "small", self.schedule, changing=True)
        self.campaign = button("", "link", self._to_campaign)
        self._campaign_id = ""
        self.schedule_card.head.addWidget(self.campaign)
        self.campaign.hide()
        self.schedule_card.add(self.day)
        self.schedule_card.add(label(tr("Departments"), "label"))
        self.schedule_card.add(self.departments)
        self.schedule_card.add(self.visits)
        self.schedule_card.add(label(tr("Inspectors"), "label"))
        self.schedule_card.add(self.inspectors)
        self.schedule_card.add(self.items)
        self.schedule_card.add(row(self.error, self.button))
        right = box(column(self.schedule_card, 1))
        both = row(gap=12)
        both.addWidget(box(facts), 3)
        both.addWidget(right, 2)
        self.outer.addWidget(scrolled(box(both)), 1)
        self._fresh = True

    def read(self, ctx: Context) -> Registered:
        """Contracts, visits that are too often, and what was typed before."""
        space = ctx.workspace
        case = space.cases.get(self.work.case_id)
        supply, output = contracts_of(ctx, case)
        checkup = current_checkup(ctx, case_id=case.id)
        inspectors = space.checkup_inspectors.where(checkup_id=checkup.id) if checkup else []
        day = checkup.scheduled_on if checkup and checkup.scheduled_on else ctx.today()
        pack = ctx.packs.get(case.pack, case.pack_version)
        cap = cap_of_case(
            ctx,
            enterprise_id=case.enterprise_id or "",
            departments=[one.key for one in pack.departments],
            year=day.year,
            checkup_id=checkup.id if checkup else "",
        )
        campaign = None
        if checkup is not None and checkup.campaign_id is not None:
            campaign = space.campaigns.find(checkup.campaign_id)
        return Registered(
            supply=supply,
            output=output,
            inspectors=tuple(one.person_id for one in inspectors),
            campaign=campaign,
            cap=cap,
            draft=draft_of(ctx, case_id=case.id, form=_FORM),
        )

    def present(self, data: Registered) -> None:
        """Facts, and the schedule as it stands."""
        head = self.work.head
        assert head is not None
        self._present_facts(head, data)
        self._show_campaign(data.campaign)
        checkup = head.checkup
        started = checkup is not None and checkup.started_on is not None
        if self._fresh:
            self._fill(head, data, checkup)
            self._fresh = False
        elif checkup is not None:
            self.day.set_value(checkup.scheduled_on)
        self.day.set_read_only(started)
        self.departments.setEnabled(not started)
        self.inspectors.setEnabled(not started)
        self.button.setVisible(checkup is None)
        self._count(head, data)
        if started and checkup is not None:
            self.items.setText(
                tr("Begun on {day}; the schedule is fixed.", day=formats.day(checkup.started_on))
            )

    def _show_campaign(self, campaign: Campaign | None) -> None:
        self._campaign_id = campaign.id if campaign is not None else ""
        self.campaign.setText(campaign.name if campaign is not None else "")
        self.campaign.setVisible(campaign is not None)

    def _to_campaign(self) -> None:
        self.work.bench.go(Place("campaign", self._campaign_id))

    def do_next(self, step: NextStep) -> None:
        """Schedule with what the form says."""
        self.schedule()

    def schedule(self) -> None:
        """Set day, departments and inspectors."""
        if not self.day.commit():
            self.day.setFocus()
            return
        day = self.day.value()
        if day is None:
            self.day.set_error(tr("Say on which day."))
            self.day.setFocus()
            return
        departments = self.departments.chosen
        inspectors = self.inspectors.chosen
        case_id = self.work.case_id

        def run(ctx: Context) -> Checkup:
            with ctx.change():
                checkup = schedule_checkup(
                    ctx,
                    case_id=case_id,
                    scheduled_on=day,
                    departments=departments,
                    inspector_ids=inspectors,
                )
                self.work.sent(ctx, _FORM)
            return checkup

        self.work.change(self, run, error=self.error)

    def _enter(self) -> None:
        if self.button.isVisible():
            self.schedule()

    def _left(self, _value: object = None) -> None:
        """A field was left: the schedule is kept, or its draft where there is none yet."""
        head = self.work.head
        if head is None:
            return
        if head.checkup is not None:
            self.schedule()
            return
        try:
            day = self.day.value()
        except ValueError:
            day = None
        self.work.keep_draft(
            self,
            _FORM,
            {
                "day": day.isoformat() if day else "",
                "departments": ",".join(self.departments.chosen),
                "inspectors": ",".join(self.inspectors.chosen),
            },
        )

    def _fill(self, head: CaseHead, data: Registered, checkup: Checkup | None) -> None:
        """Once: what is scheduled, else what was typed, else what is usual."""
        usual = [one.key for one in head.pack.departments if one.on]
        candidates = [
            member
            for member in head.members.values()
            if member.organisation.kind is OrganisationKind.DEPARTMENT
            and (member.person.active or member.person.id in data.inspectors)
        ]
        me = self.work.bench.member().person.id
        if checkup is not None:
            day: date | None = checkup.scheduled_on
            departments, inspectors = list(checkup.departments), list(data.inspectors)
        elif data.draft:
            day = parse_date(data.draft.get("day", ""))
            departments = data.draft.get("departments", "").split(",")
            inspectors = data.draft.get("inspectors", "").split(",")
        else:
            day, departments, inspectors = head.today, usual, [me]
        self.day.set_value(day)
        self.departments.offer(
            [(one.key, localised(one.short_name, one.name_en)) for one in head.pack.departments],
            departments,
        )
        self.inspectors.offer(
            [(one.person.id, f"{one.person.name} · {one.organisation.name}") for one in candidates],
            inspectors,
        )

    def _count(self, head: CaseHead, data: Registered) -> None:
        chosen = set(self.departments.chosen)
        items = sum(one.department in chosen for one in head.pack.items)
        self.items.setText(
            tr(
                "{count} items will be laid out for {departments} departments.",
                count=items,
                departments=len(chosen),
            )
        )
        order = [one.key for one in head.pack.departments]
        seen = [one for one in data.cap.warnings if one.department in chosen]
        seen.sort(key=lambda one: order.index(one.department))
        lines = [warned(one, head.department_name(one.department)) for one in seen]
        self.visits.setText("\n".join(lines))
        self.visits.setVisible(bool(seen))

    def _present_facts(self, head: CaseHead, data: Registered) -> None:
        enterprise, parcel = head.overview.enterprise, head.overview.parcel
        self.enterprise_card.setVisible(enterprise is not None)
        if enterprise is not None:
            self.enterprise.show_facts(
                [
                    (tr("Name"), enterprise.name),
                    (tr("Credit code"), enterprise.uscc or ""),
                    (tr("Industry"), _both(enterprise.industry_code, enterprise.industry_name)),
                    (tr("Scale"), shared.scale(enterprise.scale) if enterprise.scale else ""),
                    (tr("Legal representative"), enterprise.legal_representative),
                    (tr("Contact"), _both(enterprise.contact, enterprise.phone)),
                    (tr("Address"), enterprise.address),
                    (tr("Carrier"), head.carrier or enterprise.district),
                ]
            )
        if parcel is None:
            self.parcel.show_facts([(tr("Parcel"), tr("No parcel is chosen for this case."))])
        else:
            self.parcel.show_facts(
                [
                    (tr("Name"), parcel.name),
                    (tr("Location"), parcel.location),
                    (tr("Area"), formats.area(parcel.area_m2)),
                    (tr("Land use"), parcel.land_use),
                    (tr("Electronic no."), parcel.electronic_no or ""),
                    (tr("Unit code"), _grouped(parcel.unit_code)),
                ]
            )
        supply, output = data.supply, data.output
        self.supply.show_facts(
            []
            if supply is None
            else [
                (tr("Contract no."), supply.contract_no),
                (tr("Signed on"), formats.day(supply.signed_on)),
                (tr("Method"), supply.supply_method),
                (tr("Price (10 000 yuan)"), formats.figure(supply.price_wan)),
                (tr("Plot ratio"), _span(supply)),
                (tr("Agreed start"), formats.day(supply.agreed_start_on)),
                (tr("Actual start"), formats.day(supply.actual_start_on)),
                (tr("Agreed completion"), formats.day(supply.agreed_completion_on)),
            ]
        )
        self.no_output.setVisible(output is None)
        self.output.setVisible(output is not None)
        if output is not None:
            self.output.show_facts(
                [
                    (tr("Signed on"), formats.day(output.signed_on)),
                    (tr("Output in full by"), formats.day(output.reach_on)),
                    (tr("Investment (10 000 yuan)"), formats.figure(output.investment_wan)),
                    (
                        tr("Investment per mu (10 000 yuan)"),
                        formats.figure(output.investment_wan_per_mu),
                    ),
                    (tr("Tax per mu (10 000 yuan)"), formats.figure(output.tax_wan_per_mu)),
                    (tr("Revenue per mu (10 000 yuan)"), formats.figure(output.revenue_wan_per_mu)),
                    (tr("Plot ratio at least"), formats.figure(output.plot_ratio_min)),
                ]
            )


def _both(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def _grouped(code: str | None) -> str:
    """不动产单元代码 in its groups 6-6-7-9."""
    if code is None or len(code) != 28:
        return code or ""
    return " ".join((code[:6], code[6:12], code[12:19], code[19:]))


def _span(supply: SupplyContract) -> str:
    low, high = formats.plain(supply.plot_ratio_min), formats.plain(supply.plot_ratio_max)
    if low and high:
        return f"{low} – {high}"
    return f"≥ {low}" if low else (f"≤ {high}" if high else "")
