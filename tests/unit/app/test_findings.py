"""Findings: recording, editing, objecting, assigning, extending, and the way aside."""

from datetime import timedelta

import pytest

from landsteward.app.finding_facts import why_not
from landsteward.app.findings import edit_finding, move_finding, record_finding
from landsteward.app.rechecks import start_recheck
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import FindingMove, FindingOrigin, FindingState, Severity
from tests.helpers.casework import (
    assign,
    in_checkup,
    objected,
    opened,
    problem,
    rectifying,
    reported,
    sent,
)
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY


def test_a_finding_by_hand_gets_the_usual_deadline_of_its_severity(office: Office) -> None:
    case = opened(office)
    for number, (severity, days) in enumerate(zip(Severity, (15, 30, 60, 90), strict=True), 1):
        finding = record_finding(
            office.land_inspector,
            case_id=case.id,
            origin=FindingOrigin.MANUAL,
            department=ECOLOGY,
            severity=severity,
            title=" 现场发现 ",
        )
        assert finding.finding_no == number
        assert finding.title == "现场发现"
        assert finding.deadline_on == office.clock.today() + timedelta(days=days)
    with pytest.raises(RefusedMoveError, match="title"):
        record_finding(
            office.land_inspector,
            case_id=case.id,
            origin=FindingOrigin.MANUAL,
            department=ECOLOGY,
            severity=Severity.HINT,
            title=" ",
        )


def test_only_who_screens_records_what_the_rules_found(office: Office) -> None:
    case = opened(office)
    finding = record_finding(
        office.carrier,
        case_id=case.id,
        origin=FindingOrigin.RULE,
        department=ECOLOGY,
        severity=Severity.HINT,
        title="疑似",
        rule_key="large_unphased",
    )
    assert finding.state is FindingState.DRAFT
    with pytest.raises(RefusedMoveError, match="role"):
        record_finding(
            office.carrier,
            case_id=case.id,
            origin=FindingOrigin.MANUAL,
            department=ECOLOGY,
            severity=Severity.HINT,
            title="人工",
        )


def test_words_are_open_until_the_finding_is_assigned(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    edited = edit_finding(office.land_inspector, finding_id=draft.id, demand="尽快动工")
    assert edited.demand == "尽快动工"
    assigned = assign(office.land_lead, draft)
    with pytest.raises(RefusedMoveError, match="no longer changed"):
        edit_finding(office.land_inspector, finding_id=assigned.id, demand="算了")
    noted = edit_finding(
        office.land_inspector, finding_id=assigned.id, root_cause="资金", supervised=True
    )
    assert (noted.root_cause, noted.supervised, noted.demand) == ("资金", True, "尽快动工")


def test_an_objection_goes_back_or_ends_the_finding(office: Office) -> None:
    _, (one, other) = reported(office, "start", "noise")
    lead = office.land_lead
    for finding in (one, other):
        move_finding(lead, finding_id=finding.id, move=FindingMove.CONFIRM)
        with pytest.raises(RefusedMoveError, match="reason"):
            move_finding(lead, finding_id=finding.id, move=FindingMove.OBJECT)
        with pytest.raises(RefusedMoveError, match="who objects"):
            move_finding(lead, finding_id=finding.id, move=FindingMove.OBJECT, reason="已动工")
        objected(office.land_inspector, finding, "已动工")
    with pytest.raises(RefusedMoveError, match="does not fit"):
        move_finding(lead, finding_id=one.id, move=FindingMove.ASSIGN)
    back = move_finding(
        lead, finding_id=one.id, move=FindingMove.REJECT_OBJECTION, reason="无施工许可"
    )
    assert back.state is FindingState.CONFIRMED
    gone = move_finding(
        lead, finding_id=other.id, move=FindingMove.UPHOLD_OBJECTION, reason="异议成立"
    )
    assert gone.state is FindingState.TERMINATED
    reasons = [event.reason for event in office.workspace.finding_events.where(finding_id=one.id)]
    assert reasons == ["", "", "已动工", "无施工许可"]


def test_nothing_is_assigned_before_the_report(office: Office) -> None:
    _, checkup = in_checkup(office)
    finding = problem(office, checkup, "start")
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.CONFIRM)
    confirmed = office.workspace.findings.get(finding.id)
    because = why_not(office.land_lead, finding=confirmed, move=FindingMove.ASSIGN)
    assert because is not None
    assert "Finish the checkup first" in str(because)
    with pytest.raises(RefusedMoveError, match="Finish the checkup first"):
        move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.ASSIGN)


def test_a_deadline_is_never_set_into_the_past(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    move_finding(office.land_lead, finding_id=draft.id, move=FindingMove.CONFIRM)
    office.clock.pass_days(40)
    with pytest.raises(RefusedMoveError, match="passed already"):
        move_finding(office.land_lead, finding_id=draft.id, move=FindingMove.ASSIGN)
    due = office.clock.today() + timedelta(days=10)
    assigned = move_finding(
        office.land_lead, finding_id=draft.id, move=FindingMove.ASSIGN, deadline_on=due
    )
    assert assigned.deadline_on == due
    assert assigned.assigned_by == office.land_lead.actor.organisation_id
    assert assigned.assigned_on == office.clock.today()


def test_a_third_party_decides_nothing(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    for move in (FindingMove.CONFIRM, FindingMove.DISMISS):
        assert why_not(office.consultant, finding=draft, move=move) is not None
        with pytest.raises(RefusedMoveError, match="role"):
            move_finding(office.consultant, finding_id=draft.id, move=move, reason="–")


def test_a_finding_may_go_aside_and_come_back(office: Office) -> None:
    _, (finding,), _ = rectifying(office, "start")
    lead = office.land_lead
    with pytest.raises(RefusedMoveError, match="reason"):
        move_finding(lead, finding_id=finding.id, move=FindingMove.SUSPEND)
    move_finding(lead, finding_id=finding.id, move=FindingMove.SUSPEND, reason="诉讼中")
    again = move_finding(lead, finding_id=finding.id, move=FindingMove.CONTINUE, reason="已判决")
    assert again.state is FindingState.CONFIRMED
    move_finding(lead, finding_id=finding.id, move=FindingMove.ASSIGN)
    with pytest.raises(RefusedMoveError, match="slip"):
        move_finding(lead, finding_id=finding.id, move=FindingMove.TRANSFER, reason="移送执法")
    sent(lead, finding)
    gone = office.workspace.findings.get(finding.id)
    assert gone.state is FindingState.TRANSFERRED
    with pytest.raises(RefusedMoveError, match="No finding waits"):
        start_recheck(office.land_inspector, case_id=finding.case_id)


def test_rectification_may_begin_without_a_plan_for_a_reason(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    assign(office.land_lead, draft)
    move = FindingMove.RECTIFY_WITHOUT_PLAN
    with pytest.raises(RefusedMoveError, match="reason"):
        move_finding(office.land_lead, finding_id=draft.id, move=move)
    began = move_finding(office.land_lead, finding_id=draft.id, move=move, reason="轻微")
    assert began.state is FindingState.RECTIFYING
