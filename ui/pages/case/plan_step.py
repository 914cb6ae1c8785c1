"""方案: for which findings, by whom, what is done when; handed in, returned or accepted."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.plan_checks import PlanGap
from landsteward.app.plan_comments import CommentLine
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet
from landsteward.app.plans import accept_plan, new_version, return_plan, submit_plan
from landsteward.domain.findings import Finding
from landsteward.domain.plans import RemedyPlan, row_of_versions
from landsteward.domain.states import (
    CaseStep,
    NextStep,
    PlanPart,
    PlanStatus,
)
from ui.pages.case import plan_words as words
from ui.pages.case.firm_card import FirmCard
from ui.pages.case.plan_alternatives import AlternativesBar
from ui.pages.case.plan_begin import PlanBeginning, finding_line
from ui.pages.case.plan_comments import COMMENT_FORM, CommentsCard
from ui.pages.case.plan_consent import ConsentCard
from ui.pages.case.plan_data import PlanData, read_plans
from ui.pages.case.plan_effect import EffectCard
from ui.pages.case.plan_form import PlanForm
from ui.pages.case.plan_gaps import GapsLine
from ui.pages.case.plan_head import DECISION_FORM, PlanHead
from ui.pages.case.plan_risks import RisksCard
from ui.pages.case.plan_steps import StepsCard
from ui.pages.case.plan_table import AlternativesTable
from ui.pages.case.plan_targets import TARGET_FORM, TargetsCard
from ui.pages.case.plan_versions import VersionsView
from ui.pages.case.reading import CaseHead
from ui.pages.case.step import StepPage
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, box, clear, column, scrolled
from ui.widgets.signs import EmptyState

_EMPTY, _BEGIN, _PLAN, _VERSIONS = range(4)


class PlanStepPage(StepPage[PlanData]):
    """Versions above, the alternatives below them, then the one in front."""

    step = CaseStep.PLAN

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self._selected = ""
        self._front = ""
        self._compared: tuple[str, str] | None = None
        self._sheet: PlanSheet | None = None
        self._composing = False
        self.form: PlanForm | None = None
        self.head = PlanHead(work)
        self.head.selected.connect(self.select)
        self.head.submitted.connect(self.hand_in)
        self.head.renewed.connect(self.make_version)
        self.head.begun.connect(self.begin_another)
        self.head.compared.connect(self.compare_versions)
        self.head.decided.connect(self._decide)
        self.gaps = GapsLine()
        self.gaps.asked.connect(self._to_gap)
        self.alternatives = AlternativesBar(work)
        self.alternatives.selected.connect(self.show_alternative)
        self.alternatives.compared.connect(self._side_by_side)
        self.compose = PlanBeginning(work)
        self.compose.made.connect(lambda plan: self.select(plan.id))
        self.compose.left.connect(lambda: self.select(""))
        self.answers = Card(tr("Findings it answers"), margin=16, gap=6)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(6)
        self.answers.add(self._answers)
        self._answered: tuple[Finding, ...] | None = None
        self.table = AlternativesTable()
        self.table.hide()
        self.steps = StepsCard(work)
        self.risks = RisksCard(work)
        self.targets = TargetsCard(work)
        self.effect = EffectCard(work)
        self.comments = CommentsCard(work)
        self.comments.place_asked.connect(self._to_comment)
        self.consent = ConsentCard(work)
        self._form_place = column(gap=0)
        self._one = box(
            column(self._form_place, self.steps, self.risks, self.targets, self.effect, gap=12)
        )
        self._inner = inner = column(
            self.answers,
            self.alternatives,
            self.table,
            self._one,
            self.consent,
            self.comments,
            1,
            gap=12,
        )
        self.area = scrolled(box(inner))
        self.head.add(self.gaps)
        whole = column(self.head, gap=12)
        whole.addWidget(self.area, 1)
        self.plan = box(whole)
        self.empty = EmptyState(
            tr("No plan yet"),
            tr("Findings that were assigned wait here for the way out a service firm proposes."),
            tr("To the findings"),
            lambda: work.go(CaseStep.FINDINGS),
            primary=False,
        )
        self.versions = VersionsView()
        self.versions.chosen.connect(self._choose_versions)
        self.versions.left.connect(self._leave_versions)
        self.stack = QStackedWidget()
        for view in (self.empty, scrolled(self.compose), self.plan, scrolled(self.versions)):
            self.stack.addWidget(view)
        self.firm = FirmCard(work)
        self.outer.addWidget(self.firm)
        self.outer.addWidget(self.stack, 1)

    def read(self, ctx: Context) -> PlanData:
        """All versions, and the one in front with what belongs to it."""
        return read_plans(
            ctx,
            case_id=self.work.case_id,
            selected=self._selected,
            composing=self._composing,
            compared=self._compared,
        )

    def present(self, data: PlanData) -> None:
        """The plan in front, or the choice of what a new one answers."""
        head = self.work.head
        assert head is not None
        self.firm.present(data.firm if data.plans or data.waiting else None)
        self._place_firm(in_plan=bool(data.plans) and not self._composing)
        self.compose.present(head, data.waiting, data.templates)
        self.compose.cancel.setVisible(bool(data.plans))
        self.head.another.setVisible(bool(data.waiting))
        self.head.drafts.restore(data.drafts[DECISION_FORM])
        self.targets.drafts.restore(data.drafts[TARGET_FORM])
        self.comments.drafts.restore(data.drafts[COMMENT_FORM])
        if not data.plans or self._composing:
            self.stack.setCurrentIndex(_BEGIN if data.waiting else _EMPTY)
            return
        sheet = data.shown
        if sheet is None or (self._selected and sheet.plan.id != self._selected):
            return
        self._selected = sheet.plan.id
        self._sheet = sheet
        marks = words.ordinals(sheet)
        self.head.present(
            head,
            data.plans,
            sheet,
            [
                (one.alternative.id, words.alternative(marks[one.alternative.id], one))
                for one in sheet.alternatives
            ],
            data.refusal,
        )
        self.gaps.present(data.gaps)
        self._present_alternative(head, data, sheet)
        if sheet.findings != self._answered:
            self._answered = sheet.findings
            clear(self._answers)
            for one in sheet.findings:
                self._answers.addLayout(finding_line(head, one))
        self.comments.present(head, sheet, data.comments)
        self.versions.present(head, data.comparison)
        self.stack.setCurrentIndex(_VERSIONS if self._compared else _PLAN)

    def _place_firm(self, *, in_plan: bool) -> None:
        """Above the choice of findings; with a plan in front it scrolls along with it."""
        place = self._inner if in_plan else self.outer
        if place.indexOf(self.firm) < 0:
            place.insertWidget(0, self.firm)

    def _present_alternative(self, head: CaseHead, data: PlanData, sheet: PlanSheet) -> None:
        front = self._in_front(sheet)
        self._front = key = front.alternative.id
        fixed = sheet.plan.status is not PlanStatus.DRAFT
        self.alternatives.present(sheet, front, data.templates, fixed=fixed)
        self.table.present(head, sheet)
        if self.form is None or self.form.alternative_id != key:
            if self.form is not None:
                self.form.hide()
                self.form.deleteLater()
            self.form = PlanForm(self.work, sheet.plan.id, key)
            self._form_place.addWidget(self.form)
            self.area.verticalScrollBar().setValue(0)
        self.form.present(sheet.plan, front.alternative, sheet.firm, data.firms, fixed=fixed)
        self.form.ways.present(data.ways, front.ways, fixed=fixed)
        self.steps.present(key, front.steps, fixed=fixed)
        self.risks.present(key, front.risks, fixed=fixed)
        self.targets.present(head, front, fixed=fixed)
        self.effect.present(head, key, data.effects, fixed=fixed)
        self.consent.present(head, sheet, front, data.consents, data.pool)

    def _in_front(self, sheet: PlanSheet) -> AlternativeSheet:
        return next(
            (one for one in sheet.alternatives if one.alternative.id == self._front), sheet.leading
        )

    def do_next(self, step: NextStep) -> None:
        """Begin a plan, hand it in, or show where it is decided."""
        if step is NextStep.WRITE_PLAN:
            if self.stack.currentIndex() == _BEGIN:
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
            self.head.comment.setFocus()

    def put_in_front(self, plan_id: str) -> None:
        """This version is shown when the page is read next."""
        self._composing = False
        self._compared = None
        self._selected = plan_id
        self._front = ""

    def select(self, plan_id: str) -> None:
        """Show another version."""
        self.put_in_front(plan_id)
        self.work.refresh_asked.emit()

    def show_alternative(self, alternative_id: str) -> None:
        """Put another alternative in front."""
        self._front = alternative_id
        if self.alternatives.compare.isChecked():
            self.alternatives.compare.setChecked(False)
            self._side_by_side(False)
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
            self.work.change(
                self, lambda ctx: submit_plan(ctx, plan_id=plan_id), error=self.head.error
            )

    def make_version(self) -> None:
        """A draft that starts as a copy of the plan in front."""
        sheet = self._sheet
        if sheet is not None:
            plan_id = sheet.plan.id
            self.work.change(
                self,
                lambda ctx: new_version(ctx, plan_id=plan_id),
                success=lambda plan: self.select(plan.id),
                error=self.head.error,
            )

    def compare_versions(self) -> None:
        """The version in front beside the one before it, or the next one."""
        sheet = self._sheet
        if sheet is None:
            return
        plan_id = sheet.plan.id

        def versions(ctx: Context) -> tuple[RemedyPlan, ...]:
            plans = ctx.workspace.remedy_plans.where(case_id=self.work.case_id)
            return row_of_versions(plans, plan_id)

        def offer(row: tuple[RemedyPlan, ...]) -> None:
            keys = [one.id for one in row]
            at = max(keys.index(plan_id), 1)
            named = [(one.id, tr("Version {number}", number=one.version)) for one in row]
            self.versions.offer(named, keys[at - 1], keys[at])
            self._choose_versions(keys[at - 1], keys[at])

        self.work.bench.operations.query(self, versions, success=offer)

    def _choose_versions(self, earlier: str, later: str) -> None:
        self._compared = (earlier, later)
        self.work.refresh_asked.emit()

    def _leave_versions(self) -> None:
        self._compared = None
        self.stack.setCurrentIndex(_PLAN)

    def _side_by_side(self, compared: bool) -> None:
        self.table.setVisible(compared)
        self._one.setVisible(not compared)
        if compared:
            # Once the table has its height there is room to scroll to.
            QTimer.singleShot(0, self, self._to_alternatives)

    def _to_alternatives(self) -> None:
        self.area.verticalScrollBar().setValue(self.alternatives.y())

    def _decide(self, accept: bool) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        plan_id, chosen = sheet.plan.id, self.head.alternative.value()
        comment = self.head.comment.edit.toPlainText().strip()
        if not accept and not comment:
            self.head.comment.set_error(tr("Say what has to be changed before returning the plan."))
            self.head.comment.setFocus()
            return

        def run(ctx: Context) -> None:
            with ctx.change():
                if accept:
                    accept_plan(ctx, plan_id=plan_id, alternative_id=chosen, comment=comment)
                else:
                    return_plan(ctx, plan_id=plan_id, comment=comment)
                self.work.sent(ctx, DECISION_FORM)

        self.work.change(
            self, run, success=lambda _done: self.head.drafts.clear(), error=self.head.error
        )

    def _show_undecided(self) -> None:
        """Bring the version that waits for a decision to the front."""

        def waiting(ctx: Context) -> str:
            found = ctx.workspace.remedy_plans.first(
                case_id=self.work.case_id, status=PlanStatus.SUBMITTED
            )
            return found.id if found else ""

        def show(plan_id: str) -> None:
            if plan_id and plan_id != self._selected:
                self.select(plan_id)

        self.work.bench.operations.query(self, waiting, success=show)

    def _to_gap(self, gap: PlanGap) -> None:
        """Put the person where something is missing."""
        if gap.alternative_id and gap.alternative_id != self._front:
            self.show_alternative(gap.alternative_id)
        self._to_part(gap.part, gap.record_id)

    def _to_comment(self, line: CommentLine) -> None:
        self._to_part(line.comment.part, line.record_id)

    def _to_part(self, part: PlanPart, record_id: str | None) -> None:
        form = self.form
        places: dict[PlanPart, QWidget] = {
            PlanPart.STEPS: self.steps,
            PlanPart.RISKS: self.risks,
            PlanPart.TARGETS: self.targets,
            PlanPart.WHOLE: self.comments if record_id else self.alternatives,
        }
        if form is not None:
            places |= {
                PlanPart.CAUSE: form.cause_analysis,
                PlanPart.MEASURES: form.measures,
                PlanPart.WAYS: form.ways,
            }
            if part is PlanPart.WHOLE and not record_id:
                places[PlanPart.WHOLE] = form.firm
            if part is PlanPart.WAYS and record_id:
                form.ways.select(record_id)
        self.area.ensureWidgetVisible(places[part], 0, 40)
        if part is PlanPart.STEPS and record_id in self.steps.table.model.keys:
            self.steps.switch.show_bars(False)
            self.steps.table.edit_cell(self.steps.table.model.keys.index(record_id), 0)
