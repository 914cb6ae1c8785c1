"""The recheck's form by keys, the conditions as a checklist, what a refusal says is missing."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from PySide6.QtCore import Qt

from landsteward.app.checkups import answer_item, answer_rest_ok, finish_checkup, set_item_value
from landsteward.app.findings import finding_from_item, move_finding
from landsteward.domain.casework import Case
from landsteward.domain.closing import ConditionKey
from landsteward.domain.findings import Finding
from landsteward.domain.states import (
    CaseStep,
    FindingMove,
    FindingState,
    ItemOutcome,
    Verdict,
)
from tests.helpers.casework import assign, in_checkup, line, prove
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.closure_step import ClosureStep
from ui.workbench import Place

KEYS = ("plot_ratio_short", "temporary_building_overdue")


def handed_in(office: Office, case: Case) -> None:
    """Two findings of checklist items, put right without a plan and handed in."""
    case, checkup = in_checkup(office, case)
    ctx = office.land_inspector
    for key in KEYS:
        result = line(office, checkup, key)
        if key == KEYS[0]:
            set_item_value(ctx, result_id=result.id, value=Decimal("0.62"))
        answer_item(ctx, result_id=result.id, outcome=ItemOutcome.PROBLEM)
        finding_from_item(ctx, result_id=result.id)
    for department in checkup.departments:
        answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
    finish_checkup(ctx, checkup_id=checkup.id, representative="乙示例")
    for draft in office.workspace.findings.where(case_id=case.id):
        finding = assign(office.land_lead, draft)
        move_finding(
            office.land_lead,
            finding_id=finding.id,
            move=FindingMove.RECTIFY_WITHOUT_PLAN,
            reason="直接整改",
        )
        prove(office.carrier, finding, finding.id.encode())
        move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)


def findings(hand: Hand) -> list[Finding]:
    return hand.ask(lambda ctx: ctx.workspace.findings.where())


def opened(hand: Hand) -> ClosureStep:
    """The closure page, gone to directly from somewhere else."""
    assert hand.window.shell is not None
    hand.window.shell.go(Place("desk"))
    hand.settle()
    hand.window.shell.go(Place("case", hand.case_id, "closure"))
    hand.settle()
    page = hand.step(CaseStep.CLOSURE)
    assert isinstance(page, ClosureStep)
    return page


def test_two_findings_are_rechecked_by_keys_and_one_is_refused_its_closure(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who="鲁负责", before=handed_in) as hand:
        page = opened(hand)
        assert len(page.waiting.chosen) == 2
        hand.click(page.waiting.start)
        first, second = page.recheck.rows.all
        assert "0.62" in first.before.text()
        first.setFocus()
        hand.press(first, Qt.Key.Key_Return)
        hand.write(first.value, "0.93")
        assert first.missed.isVisible(), "the same limit as at the checkup"
        first.setFocus()
        hand.press(first, Qt.Key.Key_1)
        assert second.hasFocus()
        hand.press(second, Qt.Key.Key_2)
        hand.write(second.remains, "Half of it still stands")
        hand.write(second.deadline, "2026-05-20")
        assert [one.verdict for one in (first, second)] == [Verdict.PASSED, Verdict.PARTLY]
        hand.write(page.recheck.signing.representative, "Li Si")
        hand.click(page.recheck.signing.on_paper)
        hand.click(page.recheck.end)
        assert page.recheck.error.isVisible(), "why it passes below its limit must be said"
        hand.write(first.note, "The rest is being built")
        hand.click(page.recheck.end)
        assert [one.state for one in findings(hand)] == [
            FindingState.RECHECK,
            FindingState.RETURNED,
        ]
        (asked,) = hand.ask(lambda ctx: ctx.workspace.extensions.where())
        assert (asked.to_on, asked.granted) == (date(2026, 5, 20), None)

        page = opened(hand)
        row = page.rows.all[0]
        assert row.conditions.isVisible()
        assert "good" not in str(row.state.property("badge"))
        hand.write(row.ground, "Built")
        hand.write(row.benefit, "Papers only")
        hand.click(row.ask)
        assert row.not_asked.isVisible(), "neither benefit nor a reason"
        hand.choose(row.reason, 1)
        assert row.conditions.met
        hand.click(row.ask)
        hand.become("林检查")
        page = opened(hand)
        row = page.rows.all[0]
        hand.click(row.refuse)
        hand.write(row.missing[ConditionKey.RECHECK], "No photo of the roof")
        hand.click(row.refuse)
        (closure,) = hand.ask(lambda ctx: ctx.workspace.closures.where())
        assert [one.text for one in closure.missing] == ["No photo of the roof"]
        assert findings(hand)[0].state is FindingState.RETURNED
        assert "No photo of the roof" in page.rows.all[0].past.text()
