"""Follow-up: what counts as an entry, and the ledger of expected figures."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.follow_ups import complete_step, current_plan, ledger, record_follow_up
from landsteward.app.plans import accept_plan, new_version, plan_sheet, set_target, submit_plan
from landsteward.app.register import add_enterprise
from landsteward.domain.errors import RefusedMoveError
from tests.helpers.casework import archive, rectifying, reported
from tests.helpers.office import Office


def test_an_entry_says_what_was_done_and_when(office: Office) -> None:
    case, _, plan = rectifying(office, "start")
    ctx = office.consultant
    today = ctx.today()
    with pytest.raises(RefusedMoveError, match="what was done"):
        record_follow_up(ctx, case_id=case.id, happened_on=today, content=" ")
    with pytest.raises(RefusedMoveError, match="lies ahead"):
        record_follow_up(
            ctx, case_id=case.id, happened_on=today + timedelta(days=1), content="计划"
        )
    for percent in (-1, 101):
        with pytest.raises(RefusedMoveError, match="between 0 and 100"):
            record_follow_up(
                ctx, case_id=case.id, happened_on=today, content="过半", percent=percent
            )
    with pytest.raises(RefusedMoveError, match="metric and its value"):
        record_follow_up(
            ctx, case_id=case.id, happened_on=today, content="税收", metric="tax_per_mu"
        )
    with pytest.raises(RefusedMoveError, match="role"):
        record_follow_up(office.reader, case_id=case.id, happened_on=today, content="看过")
    entry = record_follow_up(ctx, case_id=case.id, happened_on=today, content=" 过半 ", percent=50)
    assert (entry.content, entry.plan_id) == ("过半", plan.id)
    assert office.workspace.follow_ups.where(case_id=case.id) == [entry]


def test_an_archived_case_takes_no_entries(office: Office) -> None:
    case, _ = reported(office)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="archived"):
        record_follow_up(ctx, case_id=case.id, happened_on=ctx.today(), content="补记")
    assert office.workspace.follow_ups.where(case_id=case.id) == []


def test_an_entry_names_no_step_of_another_case(office: Office) -> None:
    _, _, plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    ctx = office.consultant
    holder = add_enterprise(office.administrator, name="另一示例公司")
    other = open_case(office.land_lead, enterprise_id=holder.id, parcel_id=None)
    with pytest.raises(RefusedMoveError, match="another case"):
        record_follow_up(
            ctx,
            case_id=other.id,
            happened_on=ctx.today(),
            content="完成",
            percent=100,
            step_id=step.id,
        )
    assert office.workspace.follow_ups.where(case_id=other.id) == []
    assert office.workspace.plan_steps.get(step.id).done_on is None


def test_a_step_is_ticked_off_only_in_an_accepted_plan(office: Office) -> None:
    case, _, first = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=first.id).steps
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="lies ahead"):
        complete_step(ctx, step_id=step.id, done_on=ctx.today() + timedelta(days=1))
    assert complete_step(ctx, step_id=step.id, done_on=ctx.today()).done_on == ctx.today()
    assert complete_step(ctx, step_id=step.id, done_on=None).done_on is None
    draft = new_version(ctx, plan_id=first.id)
    (drafted,) = plan_sheet(ctx, plan_id=draft.id).steps
    with pytest.raises(RefusedMoveError, match="once the plan is accepted"):
        record_follow_up(
            ctx,
            case_id=case.id,
            happened_on=ctx.today(),
            content="完成",
            percent=100,
            step_id=drafted.id,
        )
    assert office.workspace.follow_ups.where(case_id=case.id) == []


def test_the_ledger_shows_each_year_beside_its_latest_reading(office: Office) -> None:
    case, _, first = rectifying(office, "start")
    ctx = office.consultant
    second = new_version(ctx, plan_id=first.id)
    for year, goal in ((2026, 5), (2027, 8)):
        set_target(
            ctx,
            plan_id=second.id,
            metric="tax_per_mu",
            year=year,
            baseline=Decimal(3),
            target=Decimal(goal),
        )
    submit_plan(ctx, plan_id=second.id)
    accept_plan(office.carrier, plan_id=second.id)
    plan = current_plan(office.reader, case_id=case.id)
    assert plan is not None
    assert plan.id == second.id
    assert [one.reading for one in ledger(ctx, case_id=case.id)] == [None, None]
    office.clock.go_to(date(2027, 6, 30))
    for day, value in ((date(2027, 5, 1), "6.1"), (date(2026, 12, 31), "4.9")):
        record_follow_up(
            ctx,
            case_id=case.id,
            happened_on=day,
            content="税收数据",
            metric="tax_per_mu",
            reading=Decimal(value),
        )
    lines = ledger(ctx, case_id=case.id)
    assert [(one.target.year, one.reading, one.read_on) for one in lines] == [
        (2026, Decimal("4.9"), date(2026, 12, 31)),
        (2027, Decimal("6.1"), date(2027, 5, 1)),
    ]
