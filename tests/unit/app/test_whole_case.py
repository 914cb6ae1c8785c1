"""A case from the register to the archive, by use cases only."""

from datetime import timedelta
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import case_overview
from landsteward.app.chosen_ways import choose_way
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.evidence import rectification_evidence
from landsteward.app.findings import finding_from_item, move_finding
from landsteward.app.follow_ups import GivenReading, record_follow_up
from landsteward.app.ledgers import ledger
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import add_step, edit_alternative, set_target
from landsteward.app.plans import accept_plan, draft_plan
from landsteward.app.plans import submit_plan as hand_in
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import CaseStage, FindingMove, FindingState, ItemOutcome, NextStep
from tests.helpers.casework import (
    archive,
    assign,
    line,
    opened,
    prove,
    reported,
    show_problem,
)
from tests.helpers.office import Office


def next_step(office: Office, case_id: str) -> NextStep:
    return case_overview(office.reader, case_id=case_id).next_step


def test_from_register_to_archive(office: Office) -> None:
    from landsteward.app.checkups import (
        answer_item,
        answer_rest_ok,
        finish_checkup,
        schedule_checkup,
        start_checkup,
    )

    land, lead, firm, park = (
        office.land_inspector,
        office.land_lead,
        office.consultant,
        office.carrier,
    )
    case = opened(office)
    assert case.case_no == "体检〔2026〕1号"
    assert case.parcel_id == office.parcel.id
    assert case.carrier_id == office.enterprise.carrier_id
    assert next_step(office, case.id) is NextStep.SCHEDULE_CHECKUP

    checkup = schedule_checkup(
        land,
        case_id=case.id,
        scheduled_on=land.today() + timedelta(days=3),
        inspector_ids=[land.actor.id, office.ecology_lead.actor.id],
    )
    assert next_step(office, case.id) is NextStep.START_CHECKUP
    office.clock.pass_days(3)
    start_checkup(land, checkup_id=checkup.id)
    assert next_step(office, case.id) is NextStep.ANSWER_ITEMS

    result = line(office, checkup, "ratio")
    answer_item(land, result_id=result.id, outcome=ItemOutcome.PROBLEM)
    for department in checkup.departments:
        answer_rest_ok(land, checkup_id=checkup.id, department=department)
    assert next_step(office, case.id) is NextStep.MAKE_FINDINGS
    finding = finding_from_item(land, result_id=result.id)
    assert next_step(office, case.id) is NextStep.FINISH_CHECKUP
    finish_checkup(land, checkup_id=checkup.id, representative="乙示例", conclusion="存在问题")
    assert next_step(office, case.id) is NextStep.CONFIRM_FINDINGS

    move_finding(lead, finding_id=finding.id, move=FindingMove.CONFIRM)
    assert next_step(office, case.id) is NextStep.ASSIGN_FINDINGS
    move_finding(lead, finding_id=finding.id, move=FindingMove.ASSIGN)
    assert office.workspace.cases.get(case.id).stage is CaseStage.IN_REMEDY
    assert next_step(office, case.id) is NextStep.WRITE_PLAN

    plan = draft_plan(firm, case_id=case.id, finding_ids=[finding.id])
    assert plan.firm_id == firm.actor.organisation_id
    assert next_step(office, case.id) is NextStep.SUBMIT_PLAN
    way = plan_sheet(firm, plan_id=plan.id).leading.alternative.id
    edit_alternative(firm, alternative_id=way, measures="加建二层")
    choose_way(firm, alternative_id=way, finding_id=finding.id, way="raise_ratio")
    step = add_step(
        firm,
        alternative_id=way,
        title="加建",
        responsible="企业",
        due_on=firm.today() + timedelta(days=40),
    )
    set_target(
        firm,
        alternative_id=way,
        metric="tax_per_mu",
        year=2026,
        baseline=Decimal("3.2"),
        target=Decimal(8),
    )
    hand_in(firm, plan_id=plan.id)
    assert next_step(office, case.id) is NextStep.DECIDE_PLAN
    accept_plan(park, plan_id=plan.id, comment="同意")
    assert next_step(office, case.id) is NextStep.RECORD_FOLLOW_UP

    office.clock.pass_days(30)
    record_follow_up(
        firm,
        case_id=case.id,
        happened_on=firm.today(),
        content="加建完成",
        percent=100,
        step_id=step.id,
        readings=[
            GivenReading(metric="tax_per_mu", year=2026, value=Decimal("8.5"), source="税务局")
        ],
    )
    assert office.workspace.plan_steps.get(step.id).done_on == firm.today()
    (kept,) = ledger(firm, case_id=case.id)
    assert kept.target is not None
    assert (kept.target.baseline, kept.target.target, kept.actual) == (
        Decimal("3.2"),
        Decimal(8),
        Decimal("8.5"),
    )

    with pytest.raises(RefusedMoveError, match="Evidence is missing"):
        move_finding(firm, finding_id=finding.id, move=FindingMove.SUBMIT)
    prove(firm, finding)
    move_finding(firm, finding_id=finding.id, move=FindingMove.SUBMIT)
    assert next_step(office, case.id) is NextStep.START_RECHECK
    recheck = start_recheck(land, case_id=case.id)
    assert next_step(office, case.id) is NextStep.JUDGE_RECHECK
    (judged,) = office.workspace.recheck_results.where(recheck_id=recheck.id)
    judge_recheck(land, result_id=judged.id, passed=True, note="已复核")
    with pytest.raises(RefusedMoveError, match="not finished"):
        request_closure(
            land, finding_id=finding.id, ground="已整改", benefit="税收提高", no_benefit="papers"
        )
    finish_recheck(land, recheck_id=recheck.id, representative="乙示例")
    assert next_step(office, case.id) is NextStep.REQUEST_CLOSURE

    request = request_closure(
        land, finding_id=finding.id, ground="已整改", benefit="税收提高", no_benefit="papers"
    )
    assert next_step(office, case.id) is NextStep.APPROVE_CLOSURE
    for somebody, because in (
        (land, "second person must approve"),
        (office.ecology_lead, "Only the department that assigned"),
        (office.administrator, "Only the department that assigned"),
        (firm, "Your role does not allow"),
        (park, "Your role does not allow"),
    ):
        with pytest.raises(RefusedMoveError, match=because):
            decide_closure(somebody, closure_id=request.id, approved=True)
    assert office.workspace.findings.get(finding.id).state is FindingState.RECHECK

    decided = decide_closure(lead, closure_id=request.id, approved=True, opinion="同意")
    assert (decided.approved, decided.decided_by, decided.opinion) == (True, lead.actor.id, "同意")
    assert office.workspace.findings.get(finding.id).state is FindingState.CLOSED
    assert next_step(office, case.id) is NextStep.CLOSE_CASE
    closed = close_case(lead, case_id=case.id)
    assert closed.closed_on == lead.today()
    assert next_step(office, case.id) is NextStep.ARCHIVE
    document = archive(lead, case.id, dossier=b"%PDF-1.7 dossier", pages=12)
    assert (document.code, document.number, document.pages) == ("案卷", 1, 12)
    assert office.workspace.blobs.get(document.sha256) == b"%PDF-1.7 dossier"
    assert office.workspace.cases.get(case.id).stage is CaseStage.ARCHIVED
    assert next_step(office, case.id) is NextStep.NOTHING

    moves = [one.move for one in office.workspace.finding_events.where(finding_id=finding.id)]
    assert moves == [
        "record",
        "confirm",
        "assign",
        "start_planning",
        "submit_plan",
        "accept_plan",
        "submit",
        "start_recheck",
        "close",
    ]
    assert office.workspace.check().ok


def test_a_checkup_without_problems_closes_at_once(office: Office) -> None:
    case, findings = reported(office)
    assert findings == []
    assert next_step(office, case.id) is NextStep.CLOSE_CASE
    assert close_case(office.land_lead, case_id=case.id).stage is CaseStage.CLOSED


def test_an_immediate_fix_skips_the_plan_but_not_the_second_look(office: Office) -> None:
    case, (draft,) = reported(office, "fence")
    finding = assign(office.land_lead, draft)
    fix = FindingMove.FIX_IMMEDIATELY
    with pytest.raises(RefusedMoveError, match="Evidence is missing"):
        move_finding(office.land_lead, finding_id=finding.id, move=fix, reason="当场修复")
    prove(office.land_inspector, finding)
    with pytest.raises(RefusedMoveError, match="shows the problem"):
        move_finding(office.land_lead, finding_id=finding.id, move=fix, reason="当场修复")
    show_problem(office.land_inspector, finding)
    with pytest.raises(RefusedMoveError, match="reason"):
        move_finding(office.land_lead, finding_id=finding.id, move=fix)
    with pytest.raises(RefusedMoveError, match="role"):
        move_finding(office.consultant, finding_id=finding.id, move=fix, reason="当场修复")
    fixed = move_finding(office.land_lead, finding_id=finding.id, move=fix, reason="当场修复")
    assert fixed.state is FindingState.SUBMITTED
    assert next_step(office, case.id) is NextStep.START_RECHECK
    assert len(rectification_evidence(office.reader, finding_id=finding.id)) == 1
