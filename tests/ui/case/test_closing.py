"""The window is closed in the middle of typing: what was typed is there when it is opened again."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtTest import QTest

from db.workspace import open_workspace
from landsteward.app.drafts import draft_of
from landsteward.app.people import NEWCOMER
from landsteward.app.ports.workspace import Workspace
from landsteward.bootstrap import make_context
from landsteward.domain.states import CaseStep, FindingMove
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_findings import report_with_two
from tests.ui.case.test_plan_table import plan_of
from tests.ui.case.test_whole_case import do_checkup, do_findings, do_plan
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.finding_moves import MoveForm
from ui.pages.case.follow_up_step import FollowUpStep
from ui.widgets.fields import Field

T = TypeVar("T")


def type_and_close(hand: Hand, field: Field, text: str) -> None:
    """Type, and close the window without leaving the field."""
    field.editor.setFocus()
    QTest.keyClicks(field.editor, text)
    hand.window.close()
    assert not hand.window.isVisible()


@contextmanager
def opened_again(folder: Path) -> Iterator[Workspace]:
    workspace = open_workspace(folder / "office.lsw", read_only=True)
    try:
        yield workspace
    finally:
        workspace.close()


def on_disk(folder: Path, question: Callable[[Workspace], T]) -> T:
    with opened_again(folder) as workspace:
        return question(workspace)


def draft(folder: Path, hand: Hand, form: str) -> dict[str, str]:
    with opened_again(folder) as workspace:
        ctx = make_context(workspace, actor=NEWCOMER)
        return draft_of(ctx, case_id=hand.case_id, form=form)


def test_a_note_of_the_checkup(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        hand.next()
        hand.next()
        form = hand.step(CaseStep.CHECKUP)
        assert isinstance(form, CheckupStep)
        line = form.lines.all[0]
        line.toggle()
        assert line.detail is not None
        type_and_close(hand, line.detail.note, "Seen from the road")
        assert "Seen from the road" in on_disk(
            tmp_path, lambda space: [one.note for one in space.item_results.where()]
        )


def test_the_words_of_a_finding(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert page.detail is not None
        type_and_close(hand, page.detail.root_cause, "Money ran out")
        assert on_disk(tmp_path, lambda space: space.findings.where()[0].root_cause) == (
            "Money ran out"
        )


def test_a_finding_that_is_not_recorded_yet(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        hand.click(page.add)
        type_and_close(hand, page.new.heading, "Fence on the road")
        assert draft(tmp_path, hand, "new_finding")["title"] == "Fence on the road"


def test_the_reason_of_a_move(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        page = report_with_two(hand)
        assert page.detail is not None
        finding_id = page.detail.finding_id
        hand.click(page.detail.moves.buttons[FindingMove.DISMISS])
        form = page.detail.moves.form
        assert isinstance(form, MoveForm)
        type_and_close(hand, form.reason, "Built in time")
        kept = draft(tmp_path, hand, f"move/{FindingMove.DISMISS}/{finding_id}")
        assert kept["reason"] == "Built in time"


def test_the_measures_of_a_plan(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        assert plan.form is not None
        type_and_close(hand, plan.form.measures, "Start building")
        assert on_disk(tmp_path, lambda space: space.plan_alternatives.where()[0].measures) == (
            "Start building"
        )


def test_the_firm_of_a_plan(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        assert plan.form is not None
        plan.form.firm.line.setFocus()
        QTest.keyClicks(plan.form.firm.line, "New law firm")
        hand.window.close()
        assert on_disk(tmp_path, lambda space: space.remedy_plans.where()[0].firm_id)


def test_an_expected_metric_that_is_not_added_yet(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        plan = plan_of(hand)
        type_and_close(hand, plan.targets.target, "15")
        kept = draft(tmp_path, hand, "plan_target")
        assert kept["target"] == "15"


def test_an_entry_of_the_follow_up(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path) as hand:
        do_checkup(hand)
        do_findings(hand)
        do_plan(hand)
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        type_and_close(hand, page.form.content, "Work has begun")
        assert draft(tmp_path, hand, "follow_up")["content"] == "Work has begun"
