"""The whole job of a firm's consultant through the window, from the desk to the closed finding."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from landsteward.app.cases import open_case
from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.engagements import assign_enterprises, engage_firm
from landsteward.app.gradings import start_grading
from landsteward.app.people import add_organisation, add_person
from landsteward.app.register import add_enterprise, edit_enterprise, record_year
from landsteward.domain.casework import Case
from landsteward.domain.findings import Finding
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import (
    CaseStep,
    FindingState,
    OrganisationKind,
    PlanStatus,
    Role,
    Scale,
    Verdict,
)
from landsteward.domain.timeline import Grip
from tests.helpers.casework import assign, in_checkup, problem
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_checkup_signing import draw
from tests.ui.case.test_whole_case import choose, states
from ui.pages.case.closure_step import ClosureStep
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.follow_up_step import FollowUpStep
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.lists.page import ListPage
from ui.pages.what_if.page import WhatIfPage
from ui.workbench import Place

CONSULTANT, CARRIER, INSPECTOR, LEAD = "苏律师", "柯专员", "林检查", "鲁负责"
STRANGER = "别家纺织有限公司"
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def engaged(office: Office, case: Case) -> None:
    """A firm engaged for this enterprise alone, nobody asked about conflicts yet; a finding of it
    is assigned, and one of an enterprise the firm has nothing to do with. It is graded.
    """
    desk, lead, key = office.administrator, office.land_lead, office.enterprise.id
    edit_enterprise(lead, enterprise_id=key, scale=Scale.ABOVE)
    record_year(
        lead,
        enterprise_id=key,
        year=2025,
        tax_wan=Decimal(36),
        revenue_wan=Decimal(12_000),
    )
    start_grading(lead, year=2025)
    firm = add_organisation(desk, kind=OrganisationKind.SERVICE_FIRM, name="示例二律师事务所")
    add_person(desk, organisation_id=firm.id, name=CONSULTANT, role=Role.CONSULTANT)
    contract = engage_firm(desk, firm_id=firm.id, carrier_id=office.enterprise.carrier_id)
    assign_enterprises(desk, engagement_id=contract.id, enterprise_ids=[key])
    stranger = add_enterprise(desk, name=STRANGER, carrier_id=office.enterprise.carrier_id)
    other = open_case(office.land_inspector, enterprise_id=stranger.id, parcel_id=None)
    for one, item in ((case, "start_overdue_1y"), (other, "completion_overdue")):
        _case, checkup = in_checkup(office, one)
        finding = problem(office, checkup, item)
        finish(office, checkup.id)
        assign(office.land_inspector, finding, days=60)


def finish(office: Office, checkup_id: str) -> None:
    ctx = office.land_inspector
    checkup = office.workspace.checkups.get(checkup_id)
    for department in checkup.departments:
        answer_rest_ok(ctx, checkup_id=checkup_id, department=department)
    finish_checkup(ctx, checkup_id=checkup_id, representative="乙示例")


@dataclass
class Job:
    """The consultant's way, one stretch after the other."""

    hand: Hand

    def plan(self) -> RemedyPlan:
        """The newest version."""
        plans: list[RemedyPlan] = self.hand.ask(lambda ctx: ctx.workspace.remedy_plans.where())
        return max(plans, key=lambda one: one.version)

    def finding(self) -> Finding:
        """The finding all is about."""
        case_id = self.hand.case_id
        found: Finding = self.hand.ask(lambda ctx: ctx.workspace.findings.where(case_id=case_id)[0])
        return found

    @property
    def page(self) -> PlanStepPage:
        """The plan in the window."""
        page = self.hand.step(CaseStep.PLAN)
        assert isinstance(page, PlanStepPage)
        return page

    def find(self) -> None:
        """From the desk to the list of findings: there is theirs and no other."""
        hand = self.hand
        shell = hand.window.shell
        assert shell is not None
        shell.go(Place("desk"))
        hand.settle()
        hand.click(shell.rail.buttons["findings"])
        page = shell.page
        assert isinstance(page, ListPage)
        assert page.model.rowCount() == 1, "only the engaged enterprise's"
        table = page.panel.table
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_Down)
        hand.press(table, Qt.Key.Key_Return)
        assert isinstance(hand.step(CaseStep.FINDINGS), FindingsStep)
        assert hand.page.shown is CaseStep.FINDINGS

    def declare(self) -> None:
        """No conflict of interest; without the answer no plan is begun."""
        hand, page = self.hand, self.page
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        hand.click(page.compose.send)
        assert page.compose.error.text(), "the question comes first"
        hand.click(page.firm.question.none)
        hand.click(page.compose.send)
        assert self.plan().status is PlanStatus.DRAFT

    def write(self) -> None:
        """Cause and measures with headings and lists, a way out, steps, all by keys."""
        hand, page = self.hand, self.page
        form = page.form
        assert form is not None
        edit = form.cause_analysis.edit
        edit.setFocus()
        QTest.keyClick(edit, Qt.Key.Key_1, _CTRL)
        for text in ("Cause", "1. orders fell", "money is short"):
            QTest.keyClicks(edit, text)
            QTest.keyClick(edit, Qt.Key.Key_Return)
        hand.write(form.measures, "- lease the eastern hall")
        assert self.plan().cause_analysis == "# Cause\n1. orders fell\n2. money is short"
        choose(hand, page, "reach_output", "undertaking follows")
        for row in (
            ("Undertaking", "Gu", "2026-03-05", "2026-03-20"),
            ("Build", "Zhang", "2026-03-21", "2026-04-20"),
        ):
            self._step(row)
        hand.write(page.targets.reason, "Nothing to gain")

    def second(self) -> None:
        """A copy as second alternative, named and compared; the first stays recommended."""
        hand, page = self.hand, self.page
        page.area.ensureWidgetVisible(page.alternatives)
        hand.click(page.alternatives.copy)
        hand.write(page.alternatives.name, "Sell the hall")
        hand.click(page.alternatives.compare)
        assert page.table.isVisible()
        hand.click(page.alternatives.compare)
        first = next(iter(page.alternatives.segments.values()))
        hand.click(first)

    def _step(self, texts: tuple[str, ...]) -> None:
        hand, page = self.hand, self.page
        table = page.steps.table
        page.area.ensureWidgetVisible(table)
        hand.settle()
        row = table.model.rowCount() - 1
        hand.click(table.view.viewport(), table.cell_place(row, 0).center())
        for text in texts:
            editor = QApplication.focusWidget()
            assert editor is not None
            assert editor.objectName() == "cell"
            QTest.keyClicks(editor, text)
            hand.press(editor, Qt.Key.Key_Tab)
        editor = QApplication.focusWidget()
        assert editor is not None
        hand.press(editor, Qt.Key.Key_Escape)

    def drag(self) -> None:
        """The second step ends five days later, said in words while it is dragged."""
        hand, page = self.hand, self.page
        hand.click(page.steps.switch.gantt)
        gantt = page.steps.bars.gantt
        page.area.ensureWidgetVisible(gantt)
        hand.settle()
        key = gantt.bars[1].key
        begin = gantt.place_of(key, Grip.DUE).toPoint()
        end = begin - QPoint(round(5 * gantt.day_width), 0)
        QTest.mousePress(gantt.viewport(), Qt.MouseButton.LeftButton, pos=begin)
        QTest.mouseMove(gantt.viewport(), end)
        assert "2026年4月15日 周三" in gantt.said, (gantt.said, gantt.bar_at(1), gantt.day_width)
        QTest.mouseRelease(gantt.viewport(), Qt.MouseButton.LeftButton, pos=end)
        hand.settle()
        hand.click(page.steps.switch.listed)
        steps = hand.ask(lambda ctx: ctx.workspace.plan_steps.where())
        assert sorted(str(one.due_on) for one in steps) == ["2026-03-20", "2026-04-15"]

    def tried(self) -> None:
        """What 144 more of tax would bring, taken over into the plan from a what-if."""
        hand, page = self.hand, self.page
        shell = hand.window.shell
        assert shell is not None
        page.area.ensureWidgetVisible(page.effect)
        hand.settle()
        hand.click(page.effect.to_page)
        tried = shell.page
        assert isinstance(tried, WhatIfPage)
        line = tried.levers.rows["tax_wan"].field.line
        line.setFocus()
        QTest.keyClicks(line, "+144")
        hand.press(line, Qt.Key.Key_Return)
        assert tried.scenario is not None
        shell.go_back()
        hand.settle()
        page = self.page
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        page.area.ensureWidgetVisible(page.effect)
        hand.settle()
        hand.click(page.effect.take)
        assert "36 → 180" in page.effect.levers.text(), page.effect.error.text()

    def hand_in(self) -> None:
        """Submitted: from now on it is only read."""
        self.hand.next()
        assert self.plan().status is PlanStatus.SUBMITTED, self.page.head.error.text()
        assert self.page.steps.bars.gantt.fixed

    def returned_and_mended(self) -> None:
        """The carrier wants a date named; a new version answers."""
        hand, page = self.hand, self.page
        hand.become(CARRIER)
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        hand.write(self.page.head.comment, "说明融资")
        hand.click(self.page.head.give_back)
        assert self.plan().status is PlanStatus.RETURNED
        hand.become(CONSULTANT)
        page = self.page
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        assert "说明融资" in page.head.meta.text()
        hand.click(page.head.renew)
        assert page.form is not None
        hand.write(page.form.measures, "- a loan of the local bank")
        self.hand_in()
        assert self.plan().version == 2

    def accepted(self) -> None:
        """The enterprise signs its consent on the pad, the carrier takes the second version."""
        hand, page = self.hand, self.page
        page.area.ensureWidgetVisible(page.consent)
        hand.settle()
        hand.write(page.consent.name, "Li Si")
        hand.click(page.consent.sign)
        dialog = page.consent.dialog
        assert dialog is not None
        draw(dialog.pad)
        hand.click(dialog.keep)
        hand.window.activateWindow()
        hand.settle()
        assert len(page.consent.rows.all) == 1
        hand.become(CARRIER)
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        hand.click(self.page.head.accept)
        assert self.plan().status is PlanStatus.ACCEPTED
        assert states(hand) == [FindingState.RECTIFYING]

    def followed(self) -> None:
        """Entries with progress; bars show it. More time is asked for and granted."""
        hand = self.hand
        hand.become(CONSULTANT)
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        hand.write(page.form.content, "Undertaking signed")
        hand.write(page.form.percent, "40")
        hand.choose(page.form.step, 1)
        hand.click(page.form.send)
        hand.click(page.steps.switch.gantt)
        assert [one.percent for one in page.steps.bars.gantt.bars] == [40, None]
        hand.click(page.steps.switch.listed)
        row = page.findings.all[0]
        hand.click(row.extend)
        assert row.form is not None
        hand.write(row.form.day, "2026-06-01")
        hand.write(row.form.reason, "Rain")
        hand.click(row.form.send)
        hand.become(LEAD)
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        hand.click(page.extensions.all[0].grant)
        assert str(self.finding().deadline_on) == "2026-06-01"

    def rechecked(self) -> None:
        """Proof, the request for a recheck, and the recheck by the department."""
        hand = self.hand
        hand.become(CONSULTANT)
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        for step in page.steps.rows.all:
            hand.click(step.tick)
        row = page.findings.all[0]
        hand.paste_photo(row.proof.add_tile, "green")
        hand.click(row.submit)
        assert states(hand) == [FindingState.SUBMITTED]
        hand.become(INSPECTOR)
        hand.page.show_step(CaseStep.CLOSURE)
        hand.settle()
        closure = hand.step(CaseStep.CLOSURE)
        assert isinstance(closure, ClosureStep)
        hand.next()
        hand.pill(closure.recheck.rows.all[0].pills, Verdict.PASSED)
        hand.write(closure.recheck.signing.representative, "Li Si")
        hand.click(closure.recheck.signing.on_paper)
        hand.next()
        assert states(hand) == [FindingState.RECHECK]

    def closed(self) -> None:
        """Asked for by the consultant, who cannot close; approved by the department's lead."""
        hand = self.hand
        hand.become(CONSULTANT)
        hand.page.show_step(CaseStep.CLOSURE)
        hand.settle()
        closure = hand.step(CaseStep.CLOSURE)
        assert isinstance(closure, ClosureStep)
        row = closure.rows.all[0]
        hand.choose(row.reason, 1)
        hand.write(row.ground, "Building goes on")
        hand.write(row.benefit, "Nothing to gain by tax")
        hand.click(row.ask)
        assert hand.ask(lambda ctx: ctx.workspace.closures.count()) == 1, row.not_asked.text()
        hand.write(row.opinion, "Agreed")
        hand.click(row.approve)
        assert states(hand) == [FindingState.RECHECK], "a third party never closes"
        assert row.error.text()
        hand.become(LEAD)
        hand.page.show_step(CaseStep.CLOSURE)
        hand.settle()
        closure = hand.step(CaseStep.CLOSURE)
        assert isinstance(closure, ClosureStep)
        row = closure.rows.all[0]
        hand.write(row.opinion, "Seen")
        hand.click(row.approve)
        assert states(hand) == [FindingState.CLOSED], row.error.text()

    def sees_no_other(self) -> None:
        """Neither in lists nor by search."""
        hand = self.hand
        hand.become(CONSULTANT)
        shell = hand.window.shell
        assert shell is not None
        for name in ("findings", "plans", "dossiers"):
            hand.click(shell.rail.buttons[name])
            page = shell.page
            assert isinstance(page, ListPage)
            shown = [
                str(page.model.index(row, column).data())
                for row in range(page.model.rowCount())
                for column in range(page.model.columnCount())
            ]
            assert not any(STRANGER in one for one in shown), name
        search = shell.top.search
        search.setFocus()
        QApplication.clipboard().setText(STRANGER)
        QTest.keyClick(search, Qt.Key.Key_V, _CTRL)
        hand.settle()
        assert search.results.count() == 0


def test_a_consultants_whole_job(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who=CONSULTANT, before=engaged) as hand:
        job = Job(hand)
        job.find()
        job.declare()
        job.write()
        job.drag()
        job.second()
        job.tried()
        job.hand_in()
        job.returned_and_mended()
        job.accepted()
        job.followed()
        job.rechecked()
        job.closed()
        job.sees_no_other()
