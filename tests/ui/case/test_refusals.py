"""What is refused is said without pushing anything away, and no longer once it is mended."""

from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from landsteward.domain.states import CaseStep
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_checkup import DEPARTMENTS
from tests.ui.case.test_findings import report_with_two
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.plan_step import PlanStepPage


def places(*widgets: QWidget) -> list[tuple[int, int, int, int]]:
    """Where they are in the window."""
    found = []
    for one in widgets:
        corner = one.mapTo(one.window(), one.rect().topLeft())
        found.append((corner.x(), corner.y(), one.width(), one.height()))
    return found


def at_the_finish(hand: Hand) -> CheckupStep:
    hand.next()
    hand.next()
    form = hand.step(CaseStep.CHECKUP)
    assert isinstance(form, CheckupStep)
    for key in DEPARTMENTS:
        hand.click(form.sections[key])
        hand.click(form.rest)
    hand.next()
    return form


def test_finishing_without_a_name(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        finish = at_the_finish(hand).finish
        parts = (finish.signing.representative, finish.conclusion, finish.hint, finish.button)
        before = places(*parts)
        hand.click(finish.button)
        assert finish.error.isVisible()
        assert places(*parts) == before
        finish.signing.representative.line.setFocus()
        QTest.keyClicks(finish.signing.representative.line, "Z")
        assert not finish.error.isVisible(), "somebody is being named"


def test_a_plan_that_is_not_complete(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.click(page.confirm)
        hand.click(page.assign)
        plan = hand.step(CaseStep.PLAN)
        hand.page.show_step(CaseStep.PLAN)
        hand.settle()
        assert isinstance(plan, PlanStepPage)
        hand.click(plan.compose.send)
        assert plan.form is not None
        parts = (plan.head.submit, plan.answers, plan.form.firm, plan.form.measures)
        before = places(*parts)
        hand.click(plan.head.submit)
        assert plan.head.error.isVisible()
        assert places(*parts) == before
        hand.write(plan.form.firm, "Law firm")
        assert not plan.head.error.isVisible(), "the firm is on record now"
        hand.click(plan.head.submit)
        assert plan.head.error.isVisible(), "no way out is chosen"
        hand.click(next(iter(plan.form.ways.lines.values())).tick)
        assert not plan.head.error.isVisible()
