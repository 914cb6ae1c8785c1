"""解决路径 through the window: why a way is barred, chosen nevertheless, what is found out."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.plan_writing import add_step, edit_alternative
from landsteward.app.plans import draft_plan
from landsteward.app.standings import edit_standing
from landsteward.domain.casework import Case
from landsteward.domain.chosen_ways import WayState
from landsteward.domain.states import CaseStep, FindingState
from tests.helpers.casework import assign, in_checkup, problem
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.case.ways_card import WaysCard
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.standing import StandingPart
from ui.widgets.fields import ChoiceField
from ui.workbench import Place


def planning(office: Office, case: Case) -> None:
    """A plan for a plot ratio too low lacks only its ways out; the land is seized."""
    _, checkup = in_checkup(office, case)
    draft = problem(office, checkup, "plot_ratio_short")
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    finding = assign(office.land_lead, draft)
    edit_standing(office.carrier, parcel_id=office.parcel.id, seized=True, seized_by="示例法院")
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[finding.id])
    first = plan.recommended_id or ""
    edit_alternative(ctx, alternative_id=first, no_target_reason="不涉及产出")
    add_step(ctx, alternative_id=first, title="甲", responsible="企业", due_on=ctx.today())


def plan_page(hand: Hand) -> PlanStepPage:
    hand.page.show_step(CaseStep.PLAN)
    hand.settle()
    page = hand.step(CaseStep.PLAN)
    assert isinstance(page, PlanStepPage)
    return page


def ways_of(page: PlanStepPage) -> WaysCard:
    assert page.form is not None
    return page.form.ways


def texts(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]


def test_a_barred_way_is_chosen_nevertheless_and_what_bars_it_is_lifted_where_it_is_entered(
    tmp_path: Path,
) -> None:
    with at_the_case_page(tmp_path, who="顾律师", before=planning) as hand:
        page = plan_page(hand)
        ways = ways_of(page)
        assert "phased_supply" not in ways.lines, "not meant for such a finding"
        split = ways.lines["split_transfer"]
        assert split.chips["seized"].text() == "✕ 查封期间不得转让"

        hand.click(split.chips["seized"])
        (panel,) = split.panels
        assert "查封：是 · 查封机关：示例法院 · 查封至：未记录" in texts(panel)
        assert any("城市房地产管理法 第三十八条" in one for one in texts(panel))
        hand.click(split.chips["seized"])
        assert split.panels == []

        hand.click(split.tick)
        split = ways.lines["split_transfer"]
        assert split.why.isVisible()
        hand.next()
        assert page.head.error.isVisible(), "a barred way needs a reason"
        hand.write(split.why, "解封申请已受理")
        assert not page.head.error.isVisible()

        # What is found out for the case is entered at the condition itself.
        raised = ways.lines["raise_plot_ratio"]
        hand.click(raised.chips["fits"])
        (panel,) = raised.panels
        assert panel.answer is not None
        hand.choose(panel.answer, 1)
        raised = ways.lines["raise_plot_ratio"]
        assert list(raised.chips) == ["met"], "nothing is left to be found out"

        hand.next()
        assert hand.ask(lambda ctx: ctx.workspace.findings.where()[0].state) is (
            FindingState.PLAN_REVIEW
        )
        (kept,) = hand.ask(lambda ctx: ctx.workspace.chosen_ways.where())
        assert (kept.state, kept.why) == (WayState.BARRED, "解封申请已受理")

        # Beside the finding all of them are seen at a glance.
        hand.page.show_step(CaseStep.FINDINGS)
        hand.settle()
        findings = hand.step(CaseStep.FINDINGS)
        assert isinstance(findings, FindingsStep)
        assert findings.detail is not None
        glance = texts(findings.detail.ways)
        assert glance.index("提高容积率、建设多层厂房") < glance.index("分割转让"), (
            "open ones first"
        )
        assert "✕ 查封期间不得转让" in glance

        # The fact leads to where it is entered; lifted there, the way is barred no more.
        hand.become("柯专员")
        page = plan_page(hand)
        split = ways_of(page).lines["split_transfer"]
        hand.click(split.chips["seized"])
        (panel,) = split.panels
        link = next(one for one in panel.findChildren(QPushButton) if "权利与限制" in one.text())
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
        hand.settle()
        assert hand.window.shell is not None
        parcel = hand.window.shell.page
        assert isinstance(parcel, ParcelPage)
        part = parcel.tabs.part
        assert isinstance(part, StandingPart)
        seized = part.form.fields["seized"]
        assert isinstance(seized, ChoiceField)
        assert seized.value() is True
        hand.choose(seized, 2)
        (standing,) = hand.ask(lambda ctx: ctx.workspace.land_standings.where())
        assert (standing.seized, standing.seized_by) == (False, "示例法院")

        # What was handed in stays as it was, and says how it would stand today.
        hand.window.shell.go(Place("case", hand.case_id))
        hand.settle()
        split = ways_of(plan_page(hand)).lines["split_transfer"]
        assert split.chips["seized"].text() == "✕ 查封期间不得转让"
        assert split.since.text() == "今天：附条件可走"
