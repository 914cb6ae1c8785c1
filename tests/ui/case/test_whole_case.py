"""A case from 建档 to 归档, by the page alone."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingState,
    ItemOutcome,
    PlanStatus,
    Verdict,
)
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.closure_step import ClosureStep
from ui.pages.case.dossier_step import DossierStep
from ui.pages.case.follow_up_step import FollowUpStep
from ui.pages.case.plan_step import PlanStepPage


def stage(hand: Hand) -> CaseStage:
    return hand.ask(lambda ctx: ctx.workspace.cases.get(hand.case_id).stage)


def states(hand: Hand) -> list[FindingState]:
    return hand.ask(
        lambda ctx: [one.state for one in ctx.workspace.findings.where(case_id=hand.case_id)]
    )


def do_checkup(hand: Hand) -> None:
    """Schedule, start, one problem by key, the rest 无问题, findings, finish."""
    hand.next()
    assert stage(hand) is CaseStage.SCHEDULED
    hand.next()
    assert stage(hand) is CaseStage.IN_CHECKUP
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    first = form.lines.all[0]
    hand.press(first, Qt.Key.Key_2)
    for key in [key for key in form.sections if key not in _NO_DEPARTMENT]:
        hand.click(form.sections[key])
        hand.click(form.rest)
    hand.next()
    hand.next()
    hand.write(form.finish.signing.representative, "Zhang San")
    hand.click(form.finish.signing.on_paper)
    hand.next()


_NO_DEPARTMENT = ("unanswered", "problems", "mine", "different", "finish")


def do_findings(hand: Hand) -> None:
    hand.next()
    assert states(hand) == [FindingState.CONFIRMED]
    hand.next()
    assert states(hand) == [FindingState.ASSIGNED]


def do_plan(hand: Hand) -> None:
    hand.next()
    page = hand.step(CaseStep.PLAN)
    assert isinstance(page, PlanStepPage)
    hand.next()
    assert page.form is not None
    hand.write(page.form.firm, "示例律师事务所")
    choose(hand, page, "reach_output", "承诺书另附")
    write_step(hand, page)
    hand.write(page.targets.reason, "Nothing to gain")
    hand.next()
    assert states(hand) == [FindingState.PLAN_REVIEW], page.head.error.text()
    hand.become("柯专员")
    hand.next()
    page = hand.step(CaseStep.PLAN)
    assert isinstance(page, PlanStepPage)
    hand.click(page.head.accept)
    hand.become("林检查")
    assert states(hand) == [FindingState.RECTIFYING]


def choose(hand: Hand, page: PlanStepPage, way: str, why: str) -> None:
    """Tick a way out of the finding in front and say why."""
    assert page.form is not None
    ways = page.form.ways
    if way not in ways.lines:
        hand.click(ways.further)
    hand.click(ways.lines[way].tick)
    hand.write(ways.lines[way].why, why)


def write_step(hand: Hand, page: PlanStepPage) -> None:
    """Type a step cell by cell; Tab and Enter go on."""
    table = page.steps.table
    page.area.ensureWidgetVisible(table)
    hand.settle()
    place = table.cell_place(0, 0).center()
    hand.click(table.view.viewport(), place)
    for text, key in (
        ("Start building", Qt.Key.Key_Tab),
        ("Zhang San", Qt.Key.Key_Return),
        ("2026-03-10", Qt.Key.Key_Tab),
        ("2026-04-10", Qt.Key.Key_Return),
    ):
        editor = QApplication.focusWidget()
        assert editor is not None
        assert editor.objectName() == "cell"
        QTest.keyClicks(editor, text)
        QTest.keyClick(editor, key)
        hand.settle()


def do_follow_up(hand: Hand) -> None:
    hand.next()
    page = hand.step(CaseStep.FOLLOW_UP)
    assert isinstance(page, FollowUpStep)
    hand.write(page.form.content, "Work has begun")
    hand.write(page.form.percent, "100")
    hand.choose(page.form.step, 1)
    hand.next()
    row = page.findings.all[0]
    assert not row.submit.isEnabled()
    assert row.reason.text()
    hand.paste_photo(row.proof.add_tile, "green")
    hand.click(row.submit)
    assert states(hand) == [FindingState.SUBMITTED]


def do_recheck(hand: Hand) -> ClosureStep:
    hand.next()
    page = hand.step(CaseStep.CLOSURE)
    assert isinstance(page, ClosureStep)
    hand.next()
    assert states(hand) == [FindingState.RECHECK]
    hand.pill(page.recheck.rows.all[0].pills, Verdict.PASSED)
    hand.write(page.recheck.signing.representative, "Li Si")
    hand.click(page.recheck.signing.on_paper)
    hand.next()
    row = page.rows.all[0]
    hand.choose(row.reason, 1)
    hand.write(row.ground, "Building goes on")
    hand.write(row.benefit, "Tax per mu rises")
    hand.next()
    assert hand.ask(lambda ctx: ctx.workspace.closures.count()) == 1
    return page


def closure_page(hand: Hand) -> ClosureStep:
    """The page as it is now: whoever takes over gets every page anew."""
    page = hand.step(CaseStep.CLOSURE)
    assert isinstance(page, ClosureStep)
    return page


def test_a_case_is_taken_from_register_to_archive_by_the_page_alone(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        do_checkup(hand)
        assert stage(hand) is CaseStage.REPORTED
        assert hand.page.shown is CaseStep.FINDINGS
        do_findings(hand)
        do_plan(hand)
        steps = hand.ask(lambda ctx: ctx.workspace.plan_steps.where())
        assert [(one.title, one.responsible, str(one.due_on)) for one in steps] == [
            ("Start building", "Zhang San", "2026-04-10")
        ]
        do_follow_up(hand)
        page = do_recheck(hand)

        # Whoever asked cannot approve: said in words, the form stays, somebody else is offered.
        row = page.rows.all[0]
        hand.write(row.opinion, "Seen and agreed")
        hand.click(row.approve)
        assert states(hand) == [FindingState.RECHECK]
        assert row.error.isVisible()
        assert row.error.text()
        assert row.needed.isVisible()
        assert row.opinion.value() == "Seen and agreed"
        (other,) = row.switches.values()
        hand.click(other)
        assert hand.window.member is not None
        assert hand.window.member.person.name == "鲁负责"
        page = closure_page(hand)
        row = page.rows.all[0]
        assert row.opinion.value() == "Seen and agreed", "whoever takes over reads it on"
        assert not row.needed.isVisible()
        hand.next()
        assert states(hand) == [FindingState.CLOSED]

        hand.next()
        assert stage(hand) is CaseStage.CLOSED
        hand.next()
        paper = hand.step(CaseStep.DOSSIER)
        assert isinstance(paper, DossierStep)
        assert paper.document.pageCount() > 3
        hand.next()
        assert stage(hand) is CaseStage.CLOSED, "it asks first"
        assert paper.asking is not None
        hand.click(paper.asking.yes)
        assert stage(hand) is CaseStage.ARCHIVED
        document = hand.ask(lambda ctx: ctx.workspace.issued_documents.where()[0])
        assert document.number == 1
        assert document.pages == paper.document.pageCount()
        kept = hand.ask(lambda ctx: ctx.workspace.blobs.get(document.sha256))
        assert paper.content == kept
        assert not hand.page.header.next.isVisible()

        target = tmp_path / "out.pdf"
        paper.write_to(target)
        hand.settle()
        assert target.read_bytes() == kept


def test_the_plan_comes_back_with_the_comment_and_goes_on(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        do_checkup(hand)
        do_findings(hand)
        hand.next()
        page = hand.step(CaseStep.PLAN)
        assert isinstance(page, PlanStepPage)
        hand.next()

        hand.next()
        assert page.head.error.isVisible(), "a plan without a firm is refused in words"
        assert page.form is not None
        hand.write(page.form.firm, "示例律师事务所")
        choose(hand, page, "reach_output", "An undertaking follows")
        write_step(hand, page)
        hand.write(page.targets.reason, "Nothing to gain")
        hand.next()

        hand.become("柯专员")
        hand.next()
        page = hand.step(CaseStep.PLAN)
        assert isinstance(page, PlanStepPage)
        hand.click(page.head.give_back)
        assert page.head.comment.problem.isVisible(), "returning needs to say what has to change"
        hand.write(page.head.comment, "Name a date")
        hand.click(page.head.give_back)
        plan = hand.ask(lambda ctx: ctx.workspace.remedy_plans.where()[0])
        assert plan.status is PlanStatus.RETURNED
        assert plan.decision_note == "Name a date"
        assert page.head.renew.isVisible()
        assert page.head.comment.value() == ""


def test_a_case_without_problems_is_closed_after_its_checkup(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        hand.next()
        hand.next()
        form = hand.step(CaseStep.CHECKUP)
        assert isinstance(form, CheckupStep)
        for key in [key for key in form.sections if key not in _NO_DEPARTMENT]:
            hand.click(form.sections[key])
            hand.click(form.rest)
        hand.next()
        hand.write(form.finish.signing.representative, "Li Si")
        hand.click(form.finish.signing.on_paper)
        hand.next()
        results = hand.ask(lambda ctx: ctx.workspace.item_results.where())
        unasked = {one.item_key for one in results if one.outcome is None}
        assert unasked == {"start_overdue_2y", "abnormal_three_years", "grade_d_two_years"}
        assert {one.outcome for one in results} == {ItemOutcome.OK, None}
        hand.page.show_step(CaseStep.CLOSURE)
        hand.settle()
        hand.next()
        assert stage(hand) is CaseStage.CLOSED
