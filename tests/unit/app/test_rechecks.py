"""The second look and the second person; look-back and rebound."""

from datetime import timedelta

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import case_overview
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.findings import move_finding
from landsteward.app.people import add_person
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import (
    CaseStage,
    FindingMove,
    FindingState,
    NextStep,
    RecheckKind,
    Role,
)
from tests.helpers.casework import archive, close, look, prove, rechecked, rectifying, sent
from tests.helpers.office import Office


def state_of(office: Office, finding_id: str) -> FindingState:
    return office.workspace.findings.get(finding_id).state


def step_of(office: Office, case_id: str) -> NextStep:
    return case_overview(office.reader, case_id=case_id).next_step


def test_a_recheck_takes_exactly_what_was_handed_in(office: Office) -> None:
    case, (one, other), _ = rectifying(office, "start", "noise")
    with pytest.raises(RefusedMoveError, match="No finding waits"):
        start_recheck(office.land_inspector, case_id=case.id)
    prove(office.carrier, one)
    move_finding(office.carrier, finding_id=one.id, move=FindingMove.SUBMIT)
    with pytest.raises(RefusedMoveError, match="role"):
        start_recheck(office.carrier, case_id=case.id)
    recheck = start_recheck(office.land_inspector, case_id=case.id)
    results = office.workspace.recheck_results.where(recheck_id=recheck.id)
    assert [result.finding_id for result in results] == [one.id]
    assert state_of(office, other.id) is FindingState.RECTIFYING


def test_what_failed_goes_back_with_the_reason(office: Office) -> None:
    case, (finding,), _ = rectifying(office, "start")
    prove(office.carrier, finding)
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    ctx = office.land_inspector
    recheck = start_recheck(ctx, case_id=case.id)
    with pytest.raises(RefusedMoveError, match="1 findings have no recheck result"):
        finish_recheck(ctx, recheck_id=recheck.id, representative="乙示例")
    (result,) = office.workspace.recheck_results.where(recheck_id=recheck.id)
    judge_recheck(ctx, result_id=result.id, passed=False)
    with pytest.raises(RefusedMoveError, match="why the recheck did not pass"):
        finish_recheck(ctx, recheck_id=recheck.id, representative="乙示例")
    judge_recheck(ctx, result_id=result.id, passed=False, note="仍未动工")
    finish_recheck(ctx, recheck_id=recheck.id, representative="乙示例")
    assert state_of(office, finding.id) is FindingState.RETURNED
    events = office.workspace.finding_events.where(finding_id=finding.id)
    assert (events[-1].move, events[-1].reason) == ("return", "仍未动工")
    with pytest.raises(RefusedMoveError, match="finished"):
        judge_recheck(ctx, result_id=result.id, passed=True)
    with pytest.raises(RefusedMoveError, match="finished"):
        finish_recheck(ctx, recheck_id=recheck.id, representative="乙示例")
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.RESUME)
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    look(ctx, case, passed=True)
    assert close(office, office.workspace.findings.get(finding.id)).state is FindingState.CLOSED


def test_one_person_under_two_roles_is_no_second_person(office: Office) -> None:
    _, (finding,) = rechecked(office, "start")
    lead = office.land_lead
    request = request_closure(
        lead, finding_id=finding.id, ground="已开工", benefit="恢复建设", no_benefit="papers"
    )
    twin = add_person(
        office.administrator,
        organisation_id=lead.actor.organisation_id,
        name=lead.actor.name,
        role=Role.INSPECTOR,
    )
    with pytest.raises(RefusedMoveError, match="second person"):
        decide_closure(lead.as_person(twin), closure_id=request.id, approved=True)
    assert state_of(office, finding.id) is FindingState.RECHECK


def test_a_finding_that_went_aside_does_not_hold_the_recheck(office: Office) -> None:
    case, (one, other), _ = rectifying(office, "start", "noise")
    for finding in (one, other):
        prove(office.carrier, finding)
        move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    ctx = office.land_inspector
    recheck = start_recheck(ctx, case_id=case.id)
    sent(office.land_lead, other)
    for result in office.workspace.recheck_results.where(recheck_id=recheck.id, finding_id=one.id):
        judge_recheck(ctx, result_id=result.id, passed=True)
    finish_recheck(ctx, recheck_id=recheck.id, representative="乙示例")
    assert state_of(office, other.id) is FindingState.TRANSFERRED
    assert step_of(office, case.id) is NextStep.REQUEST_CLOSURE


def test_a_request_says_ground_and_benefit(office: Office) -> None:
    _, (finding,) = rechecked(office, "start")
    ctx = office.consultant
    for ground, benefit, because in ((" ", "有", "ground"), ("已整改", " ", "benefit")):
        with pytest.raises(RefusedMoveError, match=because):
            request_closure(
                ctx, finding_id=finding.id, ground=ground, benefit=benefit, no_benefit="papers"
            )
    request_closure(
        ctx,
        finding_id=finding.id,
        ground="已整改",
        benefit="无税收变化：手续类",
        no_benefit="papers",
    )
    with pytest.raises(RefusedMoveError, match="already"):
        request_closure(
            ctx, finding_id=finding.id, ground="已整改", benefit="再次", no_benefit="papers"
        )


def test_a_consultant_may_ask_but_never_close(office: Office) -> None:
    _, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.consultant,
        finding_id=finding.id,
        ground="已整改",
        benefit="已达产",
        no_benefit="papers",
    )
    with pytest.raises(RefusedMoveError, match="role"):
        decide_closure(office.consultant, closure_id=request.id, approved=True)
    decide_closure(office.land_inspector, closure_id=request.id, approved=True)
    assert state_of(office, finding.id) is FindingState.CLOSED


def test_closing_always_decides_the_request(office: Office) -> None:
    _, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.land_inspector,
        finding_id=finding.id,
        ground="已整改",
        benefit="已达产",
        no_benefit="papers",
    )
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.CLOSE, reason="同意")
    kept = office.workspace.closures.get(request.id)
    assert (kept.approved, kept.decided_by) == (True, office.land_lead.actor.id)
    with pytest.raises(RefusedMoveError, match="decided already"):
        decide_closure(office.land_lead, closure_id=request.id, approved=True)


def test_a_refused_closure_returns_the_finding(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.land_inspector,
        finding_id=finding.id,
        ground="已整改",
        benefit="已达产",
        no_benefit="papers",
    )
    for somebody, because in (
        (office.land_lead, "why the closure is refused"),
        (office.land_inspector, "second person"),
        (office.ecology_lead, "Only the department"),
    ):
        opinion = "" if somebody is office.land_lead else "材料不足"
        with pytest.raises(RefusedMoveError, match=because):
            decide_closure(somebody, closure_id=request.id, approved=False, opinion=opinion)
    assert office.workspace.closures.get(request.id).decided_at is None
    decide_closure(office.land_lead, closure_id=request.id, approved=False, opinion="材料不足")
    assert state_of(office, finding.id) is FindingState.RETURNED
    events = office.workspace.finding_events.where(finding_id=finding.id)
    assert (events[-1].move, events[-1].reason) == ("return", "材料不足")
    assert step_of(office, case.id) is NextStep.RECORD_FOLLOW_UP
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.RESUME)
    move_finding(office.carrier, finding_id=finding.id, move=FindingMove.SUBMIT)
    look(office.land_inspector, case, passed=True)
    assert close(office, office.workspace.findings.get(finding.id)).state is FindingState.CLOSED


def test_a_request_does_not_outlive_the_recheck_it_rests_on(office: Office) -> None:
    _case, (finding,) = rechecked(office, "start")
    request = request_closure(
        office.land_inspector,
        finding_id=finding.id,
        ground="已整改",
        benefit="已达产",
        no_benefit="papers",
    )
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.SUSPEND, reason="举报")
    kept = office.workspace.closures.get(request.id)
    assert (kept.approved, kept.opinion) == (False, "举报")
    with pytest.raises(RefusedMoveError, match="after the recheck"):
        request_closure(
            office.land_inspector,
            finding_id=finding.id,
            ground="已整改",
            benefit="已达产",
            no_benefit="papers",
        )


def test_looking_back_keeps_or_reopens(office: Office) -> None:
    case, (one, other) = rechecked(office, "start", "noise")
    for finding in (one, other):
        close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id, dossier=b"first", pages=9)
    office.clock.pass_days(120)
    ctx = office.land_inspector
    again = start_recheck(ctx, case_id=case.id, kind=RecheckKind.LOOK_BACK)
    assert step_of(office, case.id) is NextStep.JUDGE_RECHECK
    for result in office.workspace.recheck_results.where(recheck_id=again.id):
        judge_recheck(ctx, result_id=result.id, passed=result.finding_id == one.id, note="又见停工")
    finish_recheck(ctx, recheck_id=again.id, representative="乙示例")
    assert state_of(office, one.id) is FindingState.CLOSED
    assert state_of(office, other.id) is FindingState.REBOUND
    reopened = office.workspace.cases.get(case.id)
    assert (reopened.stage, reopened.closed_on, reopened.archived_on) == (
        CaseStage.IN_REMEDY,
        None,
        None,
    )
    assert step_of(office, case.id) is NextStep.REASSIGN_REBOUND
    (superseded,) = office.workspace.issued_documents.where(case_id=case.id)
    assert superseded.voided_on == ctx.today()
    assert superseded.void_reason
    assert assemble_dossier(ctx, case_id=case.id, on=ctx.today()).issued is None
    lead = office.land_lead
    with pytest.raises(RefusedMoveError, match="deadline must be set"):
        move_finding(lead, finding_id=other.id, move=FindingMove.REOPEN)
    due = lead.today() + timedelta(days=15)
    move_finding(lead, finding_id=other.id, move=FindingMove.REOPEN, deadline_on=due)
    assert step_of(office, case.id) is NextStep.WRITE_PLAN
    move_finding(
        lead, finding_id=other.id, move=FindingMove.RECTIFY_WITHOUT_PLAN, reason="继续原方案"
    )
    prove(office.carrier, other, b"another photo")
    move_finding(office.carrier, finding_id=other.id, move=FindingMove.SUBMIT)
    look(ctx, case, passed=True)
    close(office, office.workspace.findings.get(other.id))
    close_case(lead, case_id=case.id)
    document = archive(lead, case.id, dossier=b"second", pages=11)
    assert document.number == 2
    assert assemble_dossier(ctx, case_id=case.id, on=ctx.today()).issued == document
    assert [one.pages for one in office.workspace.issued_documents.where(case_id=case.id)] == [
        9,
        11,
    ]


def test_looking_back_in_peace_leaves_the_archive_alone(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id, dossier=b"first", pages=9)
    look(office.land_inspector, case, passed=True, kind=RecheckKind.LOOK_BACK)
    assert state_of(office, finding.id) is FindingState.CLOSED
    assert office.workspace.cases.get(case.id).stage is CaseStage.ARCHIVED
    assert step_of(office, case.id) is NextStep.NOTHING
