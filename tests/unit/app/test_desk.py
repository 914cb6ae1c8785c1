"""The desk: whose turn it is, what is late, and the numbers."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landsteward.app.cases import list_cases, open_case
from landsteward.app.checkups import schedule_checkup
from landsteward.app.desk import desk_lines, look_at_desk
from landsteward.app.extensions import ask_extension
from landsteward.app.register import add_enterprise, record_year
from landsteward.domain.colours import Colour, ColourTerms
from landsteward.domain.desk import ACTION_OF, Scope, Span, span_of
from landsteward.domain.follow_up_terms import FollowUpTerms
from landsteward.domain.states import CaseStage, NextStep
from tests.helpers.casework import assign as assign_finding
from tests.helpers.casework import opened, rectifying, reported, submitted_plan
from tests.helpers.office import Office
from tests.helpers.rule_packs import LAND, SMALL_PACK, OnePack


def test_an_empty_office_has_an_empty_desk(office: Office) -> None:
    view = look_at_desk(office.land_inspector)
    assert view.tasks == ()
    assert (view.open_cases, view.open_findings, view.plans_waiting) == (0, 0, 0)
    assert view.tax_per_mu is None
    assert view.enterprises == 1


def test_every_step_but_the_last_is_somebodys() -> None:
    assert set(NextStep) - set(ACTION_OF) == {NextStep.NOTHING}


def test_a_new_case_waits_for_the_inspector_and_not_for_the_consultant(office: Office) -> None:
    case = opened(office)
    (task,) = look_at_desk(office.land_inspector).tasks
    assert (task.case_no, task.step, task.mine) == (
        case.case_no,
        NextStep.SCHEDULE_CHECKUP,
        True,
    )
    assert task.subject == office.enterprise.name
    (task,) = look_at_desk(office.consultant).tasks
    assert not task.mine


def test_the_day_of_the_checkup_is_what_counts(office: Office) -> None:
    case = opened(office)
    day = office.clock.today() + timedelta(days=2)
    schedule_checkup(office.land_inspector, case_id=case.id, scheduled_on=day, departments=[LAND])
    assert look_at_desk(office.land_inspector).tasks[0].due_on == day
    office.clock.go_to(day)
    assert look_at_desk(office.land_inspector).due_today == 1
    office.clock.pass_days(1)
    assert look_at_desk(office.land_inspector).overdue == 1


def test_findings_past_their_deadline_are_counted(office: Office) -> None:
    _case, findings = reported(office, "start")
    assign_finding(office.land_lead, findings[0], days=10)
    assert look_at_desk(office.land_lead).overdue_findings == 0
    office.clock.pass_days(11)
    view = look_at_desk(office.land_lead)
    assert (view.open_findings, view.overdue_findings) == (1, 1)


def test_a_plan_that_waits_says_how_long(office: Office) -> None:
    case, findings = reported(office, "start")
    assigned = assign_finding(office.land_lead, findings[0])
    submitted_plan(office, case, [assigned])
    office.clock.pass_days(4)
    view = look_at_desk(office.land_lead)
    assert (view.plans_waiting, view.oldest_plan_days) == (1, 4)
    assert view.tasks[0].step is NextStep.DECIDE_PLAN


def test_tax_per_mu_is_that_of_the_enterprises_under_way(office: Office) -> None:
    for year, tax in ((2024, 150), (2025, 300)):
        record_year(
            office.administrator,
            enterprise_id=office.enterprise.id,
            year=year,
            tax_wan=Decimal(tax),
            land_area_m2=Decimal(20000),
        )
    assert look_at_desk(office.land_lead).tax_per_mu is None
    opened(office)
    view = look_at_desk(office.land_lead)
    assert (view.tax_year, view.tax_per_mu, view.tax_before) == (2025, Decimal(10), Decimal(5))


def test_cases_of_this_month_are_counted(office: Office) -> None:
    opened(office)
    assert look_at_desk(office.land_lead).opened_this_month == 1
    office.clock.pass_days(40)
    assert look_at_desk(office.land_lead).opened_this_month == 0


def test_how_near_a_deadline_turns_the_board_yellow_is_the_packs(office: Office) -> None:
    _case, findings = reported(office, "start")
    assign_finding(office.land_lead, findings[0], days=20)
    colours = {}
    for days in (19, 20):
        terms = FollowUpTerms(colours=ColourTerms(near_days=days))
        pack = replace(SMALL_PACK, follow_up=terms)
        (row,) = look_at_desk(replace(office.land_lead, packs=OnePack(pack))).board
        colours[days] = row.colour
    assert colours == {19: Colour.GREEN, 20: Colour.YELLOW}


def test_a_slip_and_an_extension_that_wait_have_lines_of_their_own(office: Office) -> None:
    case, (finding,), _ = rectifying(office, "start")
    due = finding.deadline_on
    assert due is not None
    ask_extension(
        office.consultant, finding_id=finding.id, to_on=due + timedelta(days=9), reason="等图纸"
    )
    steps = {
        name: {one.step for one in look_at_desk(ctx, scope=Scope.ME).tasks}
        for name, ctx in (
            ("lead", office.land_lead),
            ("firm", office.consultant),
            ("other", office.ecology_lead),
        )
    }
    assert steps["lead"] == {NextStep.RECORD_FOLLOW_UP, NextStep.DECIDE_EXTENSION}
    assert steps["firm"] == {NextStep.RECORD_FOLLOW_UP}
    assert steps["other"] == set()
    line = look_at_desk(office.land_lead).tasks[0]
    assert (line.case_id, line.standing and line.standing.colour) == (case.id, Colour.GREEN)


@pytest.mark.parametrize(
    ("days", "span"),
    [
        (None, Span.NO_DAY),
        (-1, Span.OVERDUE),
        (0, Span.TODAY),
        (1, Span.THIS_WEEK),
        (4, Span.THIS_WEEK),
        (5, Span.NEXT_WEEK),
        (11, Span.NEXT_WEEK),
        (12, Span.LATER),
    ],
)
def test_weeks_go_from_monday_to_sunday(days: int | None, span: Span) -> None:
    """On a Wednesday: Sunday is four days off, the Sunday after eleven."""
    wednesday = date(2026, 3, 4)
    assert wednesday.weekday() == 2
    due = None if days is None else wednesday + timedelta(days=days)
    assert span_of(due, wednesday) is span


def test_the_desk_says_of_every_case_what_its_own_page_says(office: Office) -> None:
    """Counted one by one over cases at many stages: step, heading, whose it is."""
    for number in range(4):
        holder = add_enterprise(office.administrator, name=f"第{number}示例公司")
        case = open_case(office.land_lead, enterprise_id=holder.id, parcel_id=None)
        if number % 2:
            day = office.clock.today()
            schedule_checkup(office.land_inspector, case_id=case.id, scheduled_on=day)
    rectifying(office, "start", "permit")
    office.clock.pass_days(25)
    ctx = office.land_lead
    view = look_at_desk(ctx, most=2)
    overviews = [one for one in list_cases(ctx) if one.case.stage is not CaseStage.ARCHIVED]
    lines = desk_lines(ctx, ctx.workspace.desk.cases())
    assert {one.case_id: one.step for one in lines} == {
        one.case.id: one.next_step for one in overviews
    }
    assert len(view.tasks) == 2
    for scope, wanted in (
        (Scope.ALL, lines),
        (Scope.ORGANISATION, [one for one in lines if one.ours]),
        (Scope.ME, [one for one in lines if one.mine]),
    ):
        shown = look_at_desk(ctx, scope=scope, most=2)
        assert shown.spans == Counter(span_of(one.due_on, ctx.today()) for one in wanted)
        assert [one.case_id for one in shown.tasks] == [one.case_id for one in wanted[:2]]
    assert view.open_findings == sum(one.open_findings for one in overviews)
    assert view.overdue == sum(
        one.mine and one.due_on is not None and one.due_on < ctx.today() for one in lines
    )
