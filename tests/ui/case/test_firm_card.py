"""Who plans: the firm's engagement and the question about conflicts, on the plan's step."""

from pathlib import Path

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.domain.casework import Case
from landsteward.domain.engagements import ConflictDeclaration
from landsteward.domain.states import CaseStep
from tests.helpers.casework import assign, in_checkup, problem
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.firm_card import FirmCard
from ui.pages.case.plan_step import PlanStepPage


def assigned(office: Office, case: Case) -> None:
    """A problem of the case waits for a plan."""
    _, checkup = in_checkup(office, case)
    finding = problem(office, checkup, "start_overdue_1y")
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    assign(office.land_lead, finding)


def plan_page(hand: Hand) -> PlanStepPage:
    page = hand.step(CaseStep.PLAN)
    assert isinstance(page, PlanStepPage)
    return page


def declared(hand: Hand) -> list[ConflictDeclaration]:
    return hand.ask(
        lambda ctx: [one for one in ctx.workspace.conflict_declarations.where() if one.kinds]
    )


def test_a_firm_is_engaged_asked_and_stopped_by_its_conflict_until_a_colleague_approves(
    tmp_path: Path,
) -> None:
    with at_the_case_page(tmp_path, who="柯专员", before=assigned) as hand:
        page = plan_page(hand)
        assert not page.firm.isVisible()
        hand.next()
        assert page.form is not None
        hand.write(page.form.firm, "示例新律师事务所")
        assert page.firm.state.text() == "未受托"
        hand.click(page.firm.engage)
        assert page.firm.state.text() == "待申报"
        _declare(hand, page.firm)
        assert page.firm.state.text() == "利益冲突"
        assert not page.firm.decision.isVisible()
        hand.become("管理员")
        card = plan_page(hand).firm
        hand.click(card.decision.approve)
        assert card.decision.reason.wrong
        hand.write(card.decision.reason, "审计已结束")
        hand.click(card.decision.approve)
        assert card.state.text() == "已受托"
        (kept,) = declared(hand)
        assert (kept.approved, kept.decision_note) == (True, "审计已结束")


def _declare(hand: Hand, card: FirmCard) -> None:
    """Tick a tie; without words it is not taken, with them it is on record."""
    assert not card.question.declare.isEnabled()
    hand.click(card.question.ties.boxes["audit"])
    assert not card.question.none.isEnabled()
    hand.click(card.question.declare)
    assert card.question.detail.wrong
    assert not declared(hand)
    hand.write(card.question.detail, "2025 年度审计")
    hand.click(card.question.declare)
    assert [one.detail for one in declared(hand)] == ["2025 年度审计"]
