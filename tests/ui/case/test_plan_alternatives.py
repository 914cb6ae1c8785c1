"""A plan with two alternatives through the window: written, returned with comments, handed in
again, agreed to, accepted, and a new version of it compared.
"""

from pathlib import Path

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.chosen_ways import choose_way
from landsteward.app.plan_writing import add_step, edit_alternative
from landsteward.app.plans import draft_plan
from landsteward.app.views import ListKind
from landsteward.domain.casework import Case
from landsteward.domain.plans import PlanAlternative, PlanConsent, RemedyPlan
from landsteward.domain.states import CaseStep, PlanPart, PlanStatus
from tests.helpers.casework import assign, in_checkup, problem
from tests.helpers.office import Office
from tests.ui.case.hand import Hand, at_the_case_page
from tests.ui.case.test_checkup_signing import draw
from ui.dialogs.signing import SigningDialog
from ui.pages.case.plan_step import PlanStepPage
from ui.pages.lists.page import ListPage
from ui.workbench import Place


def planning(office: Office, case: Case) -> None:
    """A plan with one whole alternative, still being written."""
    _, checkup = in_checkup(office, case)
    draft = problem(office, checkup, "plot_ratio_short")
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    finding = assign(office.land_lead, draft)
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[finding.id])
    first = plan.recommended_id or ""
    edit_alternative(ctx, alternative_id=first, no_target_reason="不涉及产出", measures="加建")
    choose_way(
        ctx, alternative_id=first, finding_id=finding.id, way="raise_plot_ratio", why="已预审"
    )
    add_step(ctx, alternative_id=first, title="报审", responsible="企业", due_on=ctx.today())


def plan_page(hand: Hand) -> PlanStepPage:
    hand.page.show_step(CaseStep.PLAN)
    hand.settle()
    page = hand.step(CaseStep.PLAN)
    assert isinstance(page, PlanStepPage)
    return page


def plans(hand: Hand) -> list[RemedyPlan]:
    return hand.ask(lambda ctx: ctx.workspace.remedy_plans.where())


def alternatives(hand: Hand) -> list[PlanAlternative]:
    return hand.ask(lambda ctx: ctx.workspace.plan_alternatives.where())


def test_two_alternatives_from_the_first_draft_to_a_new_version(tmp_path: Path) -> None:
    with at_the_case_page(tmp_path, who="顾律师", before=planning) as hand:
        page = plan_page(hand)

        # A second alternative begins as a copy; it is named, and recommended instead.
        hand.click(page.alternatives.copy)
        assert len(alternatives(hand)) == 2
        hand.write(page.alternatives.name, "Split")
        hand.click(page.alternatives.recommend)
        (plan,) = plans(hand)
        assert plan.recommended_id == alternatives(hand)[1].id
        step = hand.ask(lambda ctx: ctx.workspace.plan_steps.where())[1]
        assert step.alternative_id == plan.recommended_id
        hand.click(page.alternatives.compare)
        assert page.table.isVisible()
        assert not page.steps.isVisible()
        assert ("Steps", 1) in page.table.cells or ("实施步骤", 1) in page.table.cells
        hand.click(page.alternatives.compare)

        hand.click(page.head.submit)
        assert plans(hand)[0].status is PlanStatus.SUBMITTED, page.head.error.text()
        assert page.head.needed.isVisible(), "whoever wrote it does not decide"

        # The carrier comments on a step and returns the version.
        hand.become("柯专员")
        page = plan_page(hand)
        assert page.head.accept.isVisible()
        page.comments.comment_on(PlanPart.STEPS, step.id)
        hand.write(page.comments.text, "Who does it?", leave=False)
        hand.click(page.comments.send)
        hand.click(page.head.accept)
        assert page.head.error.isVisible(), "an open comment holds the plan up"
        hand.write(page.head.comment, "See the comment")
        hand.click(page.head.give_back)
        assert plans(hand)[0].status is PlanStatus.RETURNED

        # The firm answers in a new version.
        hand.become("顾律师")
        page = plan_page(hand)
        hand.click(page.head.renew)
        assert page.gaps.isVisible(), "the comment waits for its answer"
        hand.click(page.gaps.links[0])
        (row,) = page.comments.rows.all
        assert "第1步" in row.place.text(), "the step is known again in the new version"
        hand.write(row.answer, "Zhang San")
        assert not page.gaps.isVisible()
        assert page.form is not None
        hand.write(page.form.measures, "Split 20 mu")

        # The enterprise signs what is in front; a later change shows.
        hand.write(page.consent.name, "Bai", leave=False)
        hand.click(page.consent.sign)
        dialog = page.consent.dialog
        assert isinstance(dialog, SigningDialog)
        draw(dialog.pad)
        hand.click(dialog.keep)
        hand.window.activateWindow()
        hand.settle()
        (given,) = page.consent.rows.all
        assert not given.stale.isVisible()
        hand.write(page.form.measures, "Split 25 mu")
        assert given.stale.isVisible(), "this is not what was signed"
        hand.write(page.form.measures, "Split 20 mu")
        assert not given.stale.isVisible()
        hand.click(page.head.submit)

        # The carrier accepts the first alternative, not the recommended one.
        hand.become("柯专员")
        page = plan_page(hand)
        hand.choose(page.head.alternative, 0)
        hand.click(page.head.accept)
        second = plans(hand)[1]
        assert second.status is PlanStatus.ACCEPTED, page.head.error.text()
        assert second.chosen_id != second.recommended_id
        consents: list[PlanConsent] = hand.ask(lambda ctx: ctx.workspace.plan_consents.where())
        assert [one.name for one in consents] == ["Bai"]

        # What changed from the first version to the second, word by word.
        hand.click(page.head.compare)
        assert [line[1:] for line in page.versions.lines] == [("加建", "Split 20 mu")]
        hand.click(page.versions.close_button)

        # The list of plans leads back to it.
        hand.page.work.bench.go(Place("plans"))
        hand.settle()
        listed = hand.window.shell.page if hand.window.shell is not None else None
        assert isinstance(listed, ListPage)
        assert listed.counts is not None
        (cells,) = hand.ask(lambda ctx: ctx.workspace.lists.rows(ListKind.PLANS, [second.id]))
        assert (cells.cells["waits_for"], cells.cells["alternatives"]) == ("enterprise", 2)
        listed.panel.filters.opener.click()
        hand.settle()
        boxes = {one.text(): one for one in listed.panel.filters.boxes()}
        boxes["平台载体"].click()
        hand.settle()
        assert listed.model.rowCount() == 0, "it waits for the enterprise"
        boxes["企业"].click()
        hand.settle()
        assert listed.model.ids == [second.id]
