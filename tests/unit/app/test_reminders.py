"""Reminder sheets and the calendar: what is due for whom, and nothing else."""

from datetime import timedelta

import pytest

from landsteward.app.follow_ups import complete_step
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.reminders import deadlines, member_named, reminder_sheet
from landsteward.domain.dues import DueKind
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.states import NextStep, SlipKind
from tests.helpers.casework import rectifying, sent
from tests.helpers.office import Office


def test_each_person_is_reminded_of_what_is_theirs(office: Office) -> None:
    """The step is due in 20 days, the finding in 30; within 25 days it is the step alone."""
    case, (finding,), plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    ctx = office.land_lead
    with pytest.raises(RefusedMoveError, match="Nobody has anything due"):
        reminder_sheet(ctx, days=14)
    sheet = reminder_sheet(ctx, days=25)
    by_name = {one.member.person.name: one for one in sheet.reminders}
    assert (sheet.until - sheet.on).days == 25
    firm = by_name["顾律师"]
    assert [(one.step, one.due_on) for one in firm.tasks] == [
        (NextStep.RECORD_FOLLOW_UP, step.due_on)
    ]
    assert [(one.kind, one.id, one.case_id) for one in firm.dues] == [
        (DueKind.STEP, step.id, case.id)
    ]
    ecology = office.ecology_lead.actor.name
    assert ecology not in by_name
    lead = ctx.actor.id
    (mine,) = reminder_sheet(ctx, person_id=lead, days=30).reminders
    assert [one.id for one in mine.dues] == [step.id, finding.id]
    office.clock.pass_days(40)
    (mine,) = reminder_sheet(ctx, person_id=lead, days=0).reminders
    assert [one.id for one in mine.dues] == [step.id, finding.id]
    (nobodys,) = reminder_sheet(ctx, person_id=office.ecology_lead.actor.id, days=0).reminders
    assert (nobodys.tasks, nobodys.dues) == ((), ())


def test_a_person_is_found_by_name(office: Office) -> None:
    assert member_named(office.reader, name=" 顾律师 ").person == office.consultant.actor
    with pytest.raises(KnownError, match="Nobody of that name"):
        member_named(office.reader, name="无此人")


def test_the_calendar_has_every_deadline_until_it_is_met(office: Office) -> None:
    case, (finding,), plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    reply_by = office.clock.today() + timedelta(days=9)
    sent(office.land_lead, finding, SlipKind.NOTICE, reply_by=reply_by)
    ends = [one.to_on for one in office.workspace.engagements.where() if one.to_on is not None]
    found = [one for one in deadlines(office.reader).dues if one.kind is not DueKind.ENGAGEMENT]
    assert len(deadlines(office.reader).dues) - len(found) == len(ends)
    assert [(one.kind, one.due_on, one.case_no) for one in found] == [
        (DueKind.REPLY, reply_by, case.case_no),
        (DueKind.STEP, step.due_on, case.case_no),
        (DueKind.FINDING, finding.deadline_on, case.case_no),
    ]
    complete_step(office.consultant, step_id=step.id, done_on=office.clock.today())
    kinds = {one.kind for one in deadlines(office.reader).dues}
    assert DueKind.STEP not in kinds
