"""The desk: whose turn it is, what is late, and the numbers."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from landsteward.app.checkups import schedule_checkup
from landsteward.app.desk import ACTION_OF, look_at_desk
from landsteward.app.register import record_year
from landsteward.domain.colours import Colour, ColourTerms
from landsteward.domain.follow_up_terms import FollowUpTerms
from landsteward.domain.states import NextStep
from tests.helpers.casework import assign as assign_finding
from tests.helpers.casework import opened, reported, submitted_plan
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
