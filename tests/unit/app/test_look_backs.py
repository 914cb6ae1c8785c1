"""回头看: set when a finding is closed, planned for many, done on the form, come back or not."""

from datetime import date

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.closing_conditions import conditions_of, explain, loose_ends
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.findings import move_finding
from landsteward.app.look_backs import due_look_backs, plan_look_backs, rebounds
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.app.views import ListFilter, ListKind, Sort
from landsteward.domain.closing import ConditionKey, EndKind
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.states import FindingMove, FindingState, RecheckKind
from tests.helpers.casework import close, look, prove, rechecked
from tests.helpers.office import Office


def days_of(office: Office, finding: Finding) -> list[tuple[date, date | None, bool | None]]:
    found = office.workspace.look_backs.where(finding_id=finding.id)
    return [(one.due_on, one.done_on, one.stayed) for one in found]


def test_closing_sets_the_days_and_a_look_back_settles_the_next(office: Office) -> None:
    """“start” is of the category idle: 3 and 6 months after 2 March."""
    case, (finding,) = rechecked(office, "start")
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    assert days_of(office, finding) == [
        (date(2026, 6, 2), None, None),
        (date(2026, 9, 2), None, None),
    ]
    assert due_look_backs(office.reader) == []
    office.clock.go_to(date(2026, 6, 10))
    (due,) = due_look_backs(office.reader)
    assert (due.finding.id, due.state, due.enterprise) == (
        finding.id,
        "overdue",
        office.enterprise.name,
    )
    listed = office.workspace.lists.ids(
        ListKind.LOOK_BACKS, ListFilter(equal={"due_month": "2026-06"}), Sort(column="due_on")
    )
    assert listed == [due.look_back.id]
    with pytest.raises(RefusedMoveError, match="role"):
        plan_look_backs(office.carrier, look_back_ids=listed, planned_on=date(2026, 6, 12))
    assert (
        plan_look_backs(office.land_lead, look_back_ids=listed, planned_on=date(2026, 6, 12)) == 1
    )
    look(office.land_inspector, case, passed=True, kind=RecheckKind.LOOK_BACK)
    assert days_of(office, finding)[0] == (date(2026, 6, 2), date(2026, 6, 10), True)
    with pytest.raises(RefusedMoveError, match="done already"):
        plan_look_backs(office.land_lead, look_back_ids=listed, planned_on=date(2026, 7, 1))


def test_a_rebound_counts_against_the_closure_and_its_plan(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    office.clock.go_to(date(2026, 6, 10))
    recheck = start_recheck(office.land_inspector, case_id=case.id, kind=RecheckKind.LOOK_BACK)
    (result,) = office.workspace.recheck_results.where(recheck_id=recheck.id)
    judge_recheck(office.land_inspector, result_id=result.id, passed=True)
    with pytest.raises(RefusedMoveError, match="what was seen"):
        finish_recheck(office.land_inspector, recheck_id=recheck.id)
    judge_recheck(office.land_inspector, result_id=result.id, passed=False, note="又停工")
    finish_recheck(office.land_inspector, recheck_id=recheck.id)
    again = office.workspace.findings.get(finding.id)
    assert (again.state, again.occurrence) == (FindingState.REBOUND, 2)
    (one,) = rebounds(office.reader)
    assert one.closure.decided_by == office.land_lead.actor.id
    assert one.plan is not None
    assert one.plan.firm_id == office.consultant.actor.organisation_id
    assert [done for _, done, _ in days_of(office, finding)] == [date(2026, 6, 10)] * 2
    assert due_look_backs(office.reader, until=date.max) == []


def test_a_refusal_says_what_is_missing_and_that_is_answered_later(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.carrier, finding_id=finding.id, ground="已改", benefit="手续", no_benefit="papers"
    )
    decide_closure(
        office.land_lead,
        closure_id=request.id,
        approved=False,
        missing={ConditionKey.RECHECK: "缺开工照片\n缺监理记录", ConditionKey.BENEFIT: " "},
    )
    kept = office.workspace.closures.get(request.id)
    assert [(one.key, one.text) for one in kept.missing] == [
        (ConditionKey.RECHECK, "缺开工照片"),
        (ConditionKey.RECHECK, "缺监理记录"),
    ]
    events = office.workspace.finding_events.where(finding_id=finding.id)
    assert events[-1].reason == "缺开工照片；缺监理记录"
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.RESUME)
    prove(office.carrier, finding, b"start")
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    look(office.land_inspector, case, passed=True)
    finding = office.workspace.findings.get(finding.id)
    ends = loose_ends(office.reader, finding=finding)
    assert [one.kind for one in ends] == [EndKind.REFUSAL] * 2
    with pytest.raises(RefusedMoveError, match="Missed when closure was refused"):
        request_closure(
            office.carrier, finding_id=finding.id, ground="改", benefit="手", no_benefit="papers"
        )
    for end in ends:
        explain(
            office.carrier,
            case_id=case.id,
            finding_id=finding.id,
            about=end.about,
            text="已补，见证据",
        )
    conditions = conditions_of(office.reader, finding=finding, no_benefit="papers")
    assert all(one.met for one in conditions)
    close(office, finding)


def test_partly_asks_for_more_time_and_moves_no_deadline(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.carrier, finding_id=finding.id, ground="已改", benefit="手续", no_benefit="papers"
    )
    decide_closure(office.land_lead, closure_id=request.id, approved=False, opinion="再看")
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.RESUME)
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    recheck = start_recheck(office.land_inspector, case_id=case.id, finding_ids=[finding.id])
    (result,) = office.workspace.recheck_results.where(recheck_id=recheck.id)
    ctx = office.land_inspector
    judge_recheck(ctx, result_id=result.id, passed=False, partly=True)
    with pytest.raises(RefusedMoveError, match="what remains"):
        finish_recheck(ctx, recheck_id=recheck.id, representative="乙")
    later = date(2026, 5, 1)
    judge_recheck(ctx, result_id=result.id, remains="二期未动工", new_deadline_on=later)
    finish_recheck(ctx, recheck_id=recheck.id, representative="乙")
    again = office.workspace.findings.get(finding.id)
    assert (again.state, again.deadline_on) == (FindingState.RETURNED, finding.deadline_on)
    (asked,) = office.workspace.extensions.where(finding_id=finding.id)
    assert (asked.to_on, asked.reason, asked.granted) == (later, "二期未动工", None)
