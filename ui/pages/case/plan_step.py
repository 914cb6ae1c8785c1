"""方案: for which findings, by whom, what is done when; handed in, returned or accepted."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
)

from landsteward.app.conflicts import FirmOnCase, firm_on_case
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.language import tr
from landsteward.app.plan_reading import PlanSheet, plan_sheet
from landsteward.app.plans import (
    accept_plan,
    draft_plan,
    new_version,
    return_plan,
    submit_plan,
)
from landsteward.app.ways_out import WaysOut, ways_out
from landsteward.domain import order
from landsteward.domain.findings import Finding
from landsteward.domain.organisations import Organisation
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import CaseStep, FindingState, NextStep, OrganisationKind, PlanStatus
from ui import formats
from ui import words as shared
from ui.pages.case.firm_card import FirmCard
from ui.pages.case.plan_form import PlanForm
from ui.pages.case.plan_risks import RisksCard
from ui.pages.case.plan_steps import StepsCard
from ui.pages.case.plan_targets import TARGET_FORM, TargetsCard
from ui.pages.case.reading import CaseHead
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork, Drafts
from ui.widgets.basics import Card, box, button, changes, clear, column, label, row, scrolled
from ui.widgets.callout import Refusal
from ui.widgets.fields import NoteField
from ui.widgets.signs import Badge, EmptyState

_FORM = "plan_decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """All plans of the case, the one in front whole with the ways out of its findings, and the
    findings that wait for a plan.
    """

    plans: tuple[RemedyPlan, ...]
    shown: PlanSheet | None
    firms: tuple[Organisation, ...]
    waiting: tuple[Finding, ...]
    ways: tuple[WaysOut, ...]
    firm: FirmOnCase | None
    draft: dict[str, str]
    target_draft: dict[str, str]


class PlanStepPage(StepPage[PlanData]):
    """Versions above, the plan below."""

    step = CaseStep.PLAN

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self._selected = ""
        self._sheet: PlanSheet | None = None
        self._composing = False
        self.form: PlanForm | None = None
        self.head_card = Card(margin=12, gap=8)
        self.versions: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._versions = row(gap=6)
        self.meta = label("", "dim", wrap=True)
        self.submit = button(tr("Submit the remedy plan"), "small", self.hand_in, changing=True)
        self.renew = button(tr("New version"), "small", self.make_version, changing=True)
        self.another = button(tr("Another plan…"), "small", self.begin_another, changing=True)
        self.error = Refusal()
        top = row(self._versions, self.error, gap=8)
        for one in (self.another, self.renew, self.submit):
            top.addWidget(one)
        self.head_card.add(top)
        self.head_card.add(self.meta)
        self.comment = NoteField(tr("Opinion"), rows=1)
        self.give_back = button(tr("Return"), "small", self.send_back, changing=True)
        self.accept = button(tr("Accept"), "small", self.take, changing=True)
        self.decision = box(column(self.comment, row(1, self.give_back, self.accept), gap=8))
        self.head_card.add(self.decision)
        self._drafts = Drafts(work, self, _FORM, {"comment": self.comment})
        self.compose = _Compose(work)
        self.compose.made.connect(self._made)
        self.compose.left.connect(lambda: self.select(""))
        self.answers = Card(tr("Findings it answers"), margin=16, gap=6)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.answers.add(self._answers)
        self._answered: tuple[Finding, ...] | None = None
        self.steps = StepsCard(work)
        self.risks = RisksCard(work)
        self.targets = TargetsCard(work)
        self._form_place = column(gap=0)
        inner = column(
            self.answers, self._form_place, self.steps, self.risks, self.targets, 1, gap=12
        )
        self.area = scrolled(box(inner))
        whole = column(self.head_card, gap=12)
        whole.addWidget(self.area, 1)
        self.plan = box(whole)
        self.empty = EmptyState(
            tr("No plan yet"),
            tr("Findings that were assigned wait here for the way out a service firm proposes."),
            tr("To the findings"),
            lambda: work.go(CaseStep.FINDINGS),
            primary=False,
        )
        self.stack = QStackedWidget()
        for view in (self.empty, scrolled(self.compose), self.plan):
            self.stack.addWidget(view)
        self.firm = FirmCard(work)
        self.outer.addWidget(self.firm)
        self.outer.addWidget(self.stack, 1)

    def read(self, ctx: Context) -> PlanData:
        """All versions, and the one in front with what belongs to it."""
        space = ctx.workspace
        case_id = self.work.case_id
        plans = sorted(space.remedy_plans.where(case_id=case_id), key=order.versioned)
        chosen = self._selected or (plans[-1].id if plans else "")
        shown = plan_sheet(ctx, plan_id=chosen) if chosen else None
        return PlanData(
            plans=tuple(plans),
            shown=shown,
            ways=tuple(
                ways_out(ctx, finding_id=one.id) for one in (shown.findings if shown else ())
            ),
            firms=tuple(
                sorted(
                    space.organisations.where(kind=OrganisationKind.SERVICE_FIRM),
                    key=lambda one: one.name,
                )
            ),
            waiting=tuple(space.findings.where(case_id=case_id, state=FindingState.ASSIGNED)),
            firm=firm_on_case(ctx, case_id=case_id, firm_id=shown.plan.firm_id if shown else None),
            draft=draft_of(ctx, case_id=case_id, form=_FORM),
            target_draft=draft_of(ctx, case_id=case_id, form=TARGET_FORM),
        )

    def present(self, data: PlanData) -> None:
        """The plan in front, or the choice of what a new one answers."""
        head = self.work.head
        assert head is not None
        self.firm.present(data.firm if data.plans or data.waiting else None)
        self.compose.present(head, data.waiting)
        self.compose.cancel.setVisible(bool(data.plans))
        self.another.setVisible(bool(data.waiting))
        self._drafts.restore(data.draft)
        self.targets.drafts.restore(data.target_draft)
        if not data.plans or self._composing:
            self.stack.setCurrentIndex(1 if data.waiting else 0)
            return
        sheet = data.shown
        if sheet is None or (self._selected and sheet.plan.id != self._selected):
            return
        self._selected = sheet.plan.id
        self._sheet = sheet
        self._present_versions(data.plans)
        self._present_head(head, sheet)
        fixed = sheet.plan.status is not PlanStatus.DRAFT
        leading = sheet.leading
        if self.form is None or self.form.alternative_id != leading.alternative.id:
            if self.form is not None:
                self.form.hide()
                self.form.deleteLater()
            self.form = PlanForm(self.work, sheet.plan.id, leading.alternative.id)
            self._form_place.addWidget(self.form)
            self.area.verticalScrollBar().setValue(0)
        self.form.present(sheet.plan, leading.alternative, sheet.firm, data.firms, fixed=fixed)
        self.form.ways.present(data.ways, leading.ways, fixed=fixed)
        self.steps.present(leading.alternative.id, leading.steps, fixed=fixed)
        self.risks.present(leading.alternative.id, leading.risks, fixed=fixed)
        self.targets.present(head, leading, fixed=fixed)
        if sheet.findings != self._answered:
            self._answered = sheet.findings
            clear(self._answers)
            for one in sheet.findings:
                self._answers.addLayout(_finding_line(head, one))
        self.stack.setCurrentIndex(2)

    def do_next(self, step: NextStep) -> None:
        """Begin a plan, hand it in, or show where it is decided."""
        if step is NextStep.WRITE_PLAN:
            if self.stack.currentIndex() == 1:
                self.compose.make()
            else:
                self.begin_another()
        elif step is NextStep.SUBMIT_PLAN:
            if self._sheet is not None and self._sheet.plan.status is PlanStatus.RETURNED:
                self.make_version()
            else:
                self.hand_in()
        else:
            self._show_undecided()
            self.comment.setFocus()

    def select(self, plan_id: str) -> None:
        """Show another version."""
        self._composing = False
        self._selected = plan_id
        self.work.refresh_asked.emit()

    def begin_another(self) -> None:
        """Choose the findings of a further plan."""
        self._composing = True
        self.work.refresh_asked.emit()

    def hand_in(self) -> None:
        """Submit the plan in front."""
        sheet = self._sheet
        if sheet is not None and self.form is not None:
            plan_id = sheet.plan.id
            self.work.change(self, lambda ctx: submit_plan(ctx, plan_id=plan_id), error=self.error)

    def make_version(self) -> None:
        """A draft that starts as a copy of the plan in front."""
        sheet = self._sheet
        if sheet is not None:
            plan_id = sheet.plan.id
            self.work.change(
                self,
                lambda ctx: new_version(ctx, plan_id=plan_id),
                success=lambda plan: self.select(plan.id),
                error=self.error,
            )

    def send_back(self) -> None:
        """Return the plan with the comment."""
        self._decide(accept=False)

    def take(self) -> None:
        """Accept the plan."""
        self._decide(accept=True)

    def _decide(self, *, accept: bool) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        plan_id = sheet.plan.id
        comment = self.comment.edit.toPlainText().strip()
        if not accept and not comment:
            self.comment.set_error(tr("Say what has to be changed before returning the plan."))
            self.comment.setFocus()
            return

        def run(ctx: Context) -> None:
            with ctx.change():
                if accept:
                    accept_plan(ctx, plan_id=plan_id, comment=comment)
                else:
                    return_plan(ctx, plan_id=plan_id, comment=comment)
                self.work.sent(ctx, _FORM)

        self.work.change(self, run, success=lambda _done: self._drafts.clear(), error=self.error)

    def _show_undecided(self) -> None:
        """Bring the version that waits for a decision to the front."""
        for plan_id, made in self.versions.items():
            if made.property("status") == PlanStatus.SUBMITTED.value and plan_id != self._selected:
                self.select(plan_id)

    def _made(self, plan: RemedyPlan) -> None:
        self.select(plan.id)

    def _present_versions(self, plans: tuple[RemedyPlan, ...]) -> None:
        if [one.id for one in plans] != list(self.versions):
            for old in self.versions.values():
                self._group.removeButton(old)
            clear(self._versions)
            self.versions = {}
            for one in plans:
                made = button("", "segment")
                made.setCheckable(True)
                made.clicked.connect(lambda _on=False, key=one.id: self.select(key))
                self._group.addButton(made)
                self.versions[one.id] = made
                self._versions.addWidget(made)
        for one in plans:
            made = self.versions[one.id]
            made.setText(
                tr(
                    "Version {number} · {status}",
                    number=one.version,
                    status=shared.plan_status(one.status),
                )
            )
            made.setProperty("status", one.status.value)
            made.setChecked(one.id == self._selected)

    def _present_head(self, head: CaseHead, sheet: PlanSheet) -> None:
        plan = sheet.plan
        parts = []
        if plan.prepared_by:
            parts.append(tr("Written by {person}", person=head.name_of(plan.prepared_by)))
        if plan.submitted_at is not None:
            parts.append(tr("submitted {at}", at=formats.moment(plan.submitted_at)))
        if plan.decided_at is not None:
            parts.append(
                tr(
                    "decided {at} by {person}",
                    at=formats.moment(plan.decided_at),
                    person=head.name_of(plan.decided_by),
                )
            )
        if plan.decision_note:
            parts.append(tr("Opinion: {text}", text=plan.decision_note))
        self.meta.setText(" · ".join(parts))
        writable = plan.status is PlanStatus.DRAFT
        self.submit.setVisible(writable)
        self.renew.setVisible(not writable and plan.status is not PlanStatus.SUBMITTED)
        self.decision.setVisible(plan.status is PlanStatus.SUBMITTED)


class _Compose(Card):
    """The choice of findings a new plan answers."""

    made = Signal(object)
    left = Signal()

    def __init__(self, work: CaseWork) -> None:
        super().__init__(tr("Which findings does the plan answer?"), gap=8)
        self._work = work
        self.ticks: dict[str, QCheckBox] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.add(self._rows)
        self.error = Refusal()
        self.send = button(tr("Write the plan"), "small", self.make, changing=True)
        self.cancel = button(tr("Cancel"), "quiet", self.left.emit)
        self.add(row(self.error, self.cancel, self.send))
        self.body.addStretch(1)
        self._waiting: tuple[Finding, ...] = ()

    def present(self, head: CaseHead, waiting: tuple[Finding, ...]) -> None:
        """Offer the assigned findings, all ticked at first."""
        if waiting == self._waiting:
            return
        unticked = {key for key, tick in self.ticks.items() if not tick.isChecked()}
        self._waiting = waiting
        clear(self._rows)
        self.ticks = {}
        for one in waiting:
            tick = changes(QCheckBox(f"{one.finding_no}  {one.title}"))
            tick.setChecked(one.id not in unticked)
            self.ticks[one.id] = tick
            line = _finding_line(head, one, tick)
            self._rows.addLayout(line)

    def make(self) -> None:
        """Start the plan; its findings move to 方案编制."""
        case_id = self._work.case_id
        chosen = [key for key, tick in self.ticks.items() if tick.isChecked()]
        self._work.change(
            self,
            lambda ctx: draft_plan(ctx, case_id=case_id, finding_ids=chosen),
            success=self.made.emit,
            error=self.error,
        )


def _finding_line(head: CaseHead, finding: Finding, lead: QCheckBox | None = None) -> QHBoxLayout:
    """A finding in one line: number and title, severity, department, deadline, state."""
    first = lead or label(f"{finding.finding_no}  {finding.title}", wrap=True)
    facts = label(
        f"{head.department_name(finding.department)} · {formats.day(finding.deadline_on)}", "dim"
    )
    line = row(gap=10)
    line.addWidget(first, 1)
    line.addWidget(facts)
    line.addWidget(Badge(shared.severity(finding.severity), shared.severity_tone(finding.severity)))
    line.addWidget(Badge(shared.finding_state(finding.state), shared.finding_tone(finding.state)))
    return line
