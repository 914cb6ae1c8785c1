"""The follow-up by the page: figures, a correction, an obstacle, more time asked and given."""

from pathlib import Path

from landsteward.app.checkups import answer_rest_ok, finish_checkup
from landsteward.app.extensions import extensions_of
from landsteward.app.follow_ups import entries_of
from landsteward.app.language import Language
from landsteward.app.obstacles import obstacles_of
from landsteward.app.plans import accept_plan
from landsteward.domain.casework import Case
from landsteward.domain.states import CaseStep
from tests.helpers.casework import assign, in_checkup, problem, submitted_plan
from tests.helpers.office import Office
from tests.ui.case.hand import at_the_case_page
from ui.pages.case.follow_up_step import FollowUpStep


def being_put_right(office: Office, case: Case) -> None:
    """The case as it is once its plan is accepted."""
    _, checkup = in_checkup(office, case)
    found = problem(office, checkup, "start_overdue_1y")
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    plan = submitted_plan(office, case, [assign(office.land_lead, found)])
    accept_plan(office.carrier, plan_id=plan.id)


def test_what_is_followed_goes_through_the_page(tmp_path: Path) -> None:
    with at_the_case_page(
        tmp_path,
        who="顾律师",
        language=Language.ENGLISH,
        before=being_put_right,
    ) as hand:
        case_id = hand.case_id
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        assert hand.page.header.colour.text() == "On track"
        # Two figures in one entry; one without its source is refused where it is missing.
        form = page.form
        hand.write(form.content, "First visit")
        hand.write(form.percent, "40")
        hand.click(form.readings.more)
        first, second = form.readings.rows[:2]
        first.kind.set_value("tax_per_mu")
        hand.write(first.value, "4.5")
        hand.click(form.send)
        assert first.source.problem.text() == "Say where the figure comes from."
        assert not page.entries.all
        hand.write(first.source, "Tax office")
        hand.click(form.readings.more)
        second.kind.set_value("revenue_per_mu")
        second.quarter.set_value(1)
        hand.write(second.value, "90")
        hand.write(second.source, "Report")
        hand.click(form.send)
        (row,) = page.entries.all
        assert "4.5" in row.figures.text()
        assert "1st quarter" in row.figures.text()
        # The correction takes over what was said, and names what it corrects.
        hand.click(row.correct)
        assert form.send.text() == "Correct"
        assert form.readings.rows[1].source.value() == "Report"
        hand.write(form.percent, "30")
        hand.click(form.send)
        entries = hand.ask(lambda ctx: entries_of(ctx, case_id=case_id))
        assert [(one.entry.percent, one.counts) for one in entries] == [(30, True), (40, False)]
        assert [one.state.text() for one in page.entries.all] == ["Correction", "Corrected"]
        assert form.send.text() == "Record"
        # An obstacle colours case and header until it is cleared.
        hand.click(page.report)
        obstacle = page.obstacle_form
        assert obstacle is not None
        hand.write(obstacle.cause, "No drawings")
        hand.write(obstacle.must_act, "Design office")
        hand.click(obstacle.send)
        assert hand.page.header.colour.text() == "In difficulty"
        (line,) = page.obstacles.all
        hand.write(line.how, "Drawn")
        hand.click(line.clear)
        (known,) = hand.ask(lambda ctx: obstacles_of(ctx, case_id=case_id))
        assert (known.cleared_how, known.cleared_on) == ("Drawn", hand.clock.today())
        assert hand.page.header.colour.text() == "On track"
        # The firm asks, and cannot answer itself; a colleague of the department does.
        (step,) = page.steps.rows.all
        hand.click(step.extend)
        assert step.form is not None
        hand.write(step.form.day, "2027-01-31")
        hand.write(step.form.reason, "Rain")
        hand.click(step.form.send)
        (asked,) = page.extensions.all
        assert asked.state.text() == "Waits"
        assert not asked.grant.isVisible()
        hand.become("鲁负责")
        hand.page.show_step(CaseStep.FOLLOW_UP)
        hand.settle()
        page = hand.step(CaseStep.FOLLOW_UP)
        assert isinstance(page, FollowUpStep)
        (asked,) = page.extensions.all
        hand.click(asked.refuse)
        assert asked.opinion.problem.text() == "Say why the extension is refused."
        hand.click(asked.grant)
        assert asked.state.text() == "Granted"
        (granted,) = hand.ask(lambda ctx: extensions_of(ctx, case_id=case_id))
        assert (granted.granted, granted.to_on.isoformat()) == (True, "2027-01-31")
        (step,) = page.steps.rows.all
        assert "2027-01-31" in step.facts.text()
