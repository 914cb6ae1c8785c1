"""Remedy plans: writing, handing in, deciding, versions."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.chosen_ways import choose_way
from landsteward.app.engagements import find_or_add_firm
from landsteward.app.findings import move_finding
from landsteward.app.follow_ups import complete_step
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_writing import (
    add_step,
    edit_alternative,
    edit_step,
    remove_step,
    remove_target,
    set_target,
)
from landsteward.app.plans import (
    accept_plan,
    draft_plan,
    edit_plan,
    new_version,
    return_plan,
    submit_plan,
)
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import FindingMove, FindingState, FirmKind, PlanStatus
from tests.helpers.casework import (
    archive,
    assign,
    close,
    rechecked,
    rectifying,
    reported,
    submitted_plan,
)
from tests.helpers.office import Office


def state_of(office: Office, finding_id: str) -> FindingState:
    return office.workspace.findings.get(finding_id).state


def test_a_plan_answers_only_assigned_findings_of_its_case(office: Office) -> None:
    case, (one, other) = reported(office, "start", "noise")
    firm = office.consultant
    with pytest.raises(RefusedMoveError, match="at least one"):
        draft_plan(firm, case_id=case.id, finding_ids=[])
    with pytest.raises(RefusedMoveError, match="assigned"):
        draft_plan(firm, case_id=case.id, finding_ids=[one.id])
    assign(office.land_lead, one)
    draft_plan(firm, case_id=case.id, finding_ids=[one.id])
    assert state_of(office, one.id) is FindingState.PLANNING
    assert state_of(office, other.id) is FindingState.DRAFT


def test_a_plan_is_handed_in_when_it_is_whole(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    ctx = office.land_inspector
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[finding.id])
    assert plan.firm_id is None
    with pytest.raises(RefusedMoveError, match="no service firm"):
        submit_plan(ctx, plan_id=plan.id)
    firm = find_or_add_firm(ctx, name=" 示例会计师事务所 ", kind=FirmKind.ACCOUNTING)
    assert find_or_add_firm(ctx, name="示例会计师事务所").id == firm.id
    edit_plan(ctx, plan_id=plan.id, firm_id=firm.id)
    with pytest.raises(RefusedMoveError, match="no way out"):
        submit_plan(ctx, plan_id=plan.id)
    way = plan.recommended_id or ""
    choose_way(ctx, alternative_id=way, finding_id=finding.id, way="reach_output")
    with pytest.raises(RefusedMoveError, match="no steps"):
        submit_plan(ctx, plan_id=plan.id)
    add_step(ctx, alternative_id=way, title="甲", responsible="企业", due_on=ctx.today())
    with pytest.raises(RefusedMoveError, match="expected figures"):
        submit_plan(ctx, plan_id=plan.id)
    edit_alternative(ctx, alternative_id=way, no_target_reason="不涉及产出")
    vague = add_step(ctx, alternative_id=way, title="乙")
    with pytest.raises(RefusedMoveError, match="Step 2"):
        submit_plan(ctx, plan_id=plan.id)
    remove_step(ctx, step_id=vague.id)
    with pytest.raises(RefusedMoveError, match="not engaged"):
        submit_plan(ctx, plan_id=plan.id)
    edit_plan(ctx, plan_id=plan.id, firm_id=office.consultant.actor.organisation_id)
    assert submit_plan(ctx, plan_id=plan.id).status is PlanStatus.SUBMITTED
    assert state_of(office, finding.id) is FindingState.PLAN_REVIEW


def test_a_step_never_ends_before_it_starts(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[finding.id])
    today, way = ctx.today(), plan.recommended_id or ""
    with pytest.raises(RefusedMoveError, match="end before it starts"):
        add_step(ctx, alternative_id=way, starts_on=today, due_on=today - timedelta(days=1))
    step = add_step(ctx, alternative_id=way, starts_on=today)
    with pytest.raises(RefusedMoveError, match="end before it starts"):
        edit_step(ctx, step_id=step.id, due_on=today - timedelta(days=1))
    assert [one.due_on for one in plan_sheet(ctx, plan_id=plan.id).steps] == [None]


def test_a_returned_plan_is_answered_by_a_new_version(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    plan = submitted_plan(office, case, [assign(office.land_lead, draft)])
    with pytest.raises(RefusedMoveError, match="no longer changed"):
        edit_plan(office.consultant, plan_id=plan.id, cause_analysis="再改")
    with pytest.raises(RefusedMoveError, match="under review"):
        new_version(office.consultant, plan_id=plan.id)
    with pytest.raises(RefusedMoveError, match="what has to be changed"):
        return_plan(office.carrier, plan_id=plan.id, comment=" ")
    with pytest.raises(RefusedMoveError, match="role"):
        return_plan(office.consultant, plan_id=plan.id, comment="不行")
    returned = return_plan(office.carrier, plan_id=plan.id, comment="缺资金来源")
    assert returned.decision_note == "缺资金来源"
    assert state_of(office, draft.id) is FindingState.PLANNING
    with pytest.raises(RefusedMoveError, match="no longer changed"):
        edit_plan(office.consultant, plan_id=plan.id, cause_analysis="再改")
    second = new_version(office.consultant, plan_id=plan.id)
    with pytest.raises(RefusedMoveError, match="Version 2 has taken its place"):
        new_version(office.consultant, plan_id=plan.id)
    edit_plan(office.consultant, plan_id=second.id, cause_analysis="自筹")
    submit_plan(office.consultant, plan_id=second.id)
    accepted = accept_plan(office.carrier, plan_id=second.id)
    assert (accepted.status, accepted.version) == (PlanStatus.ACCEPTED, 2)
    assert state_of(office, draft.id) is FindingState.RECTIFYING
    assert office.workspace.remedy_plans.get(plan.id).status is PlanStatus.RETURNED
    with pytest.raises(RefusedMoveError, match="handed in can be decided"):
        accept_plan(office.carrier, plan_id=second.id)


def test_a_new_version_replaces_the_old_one_only_when_accepted(office: Office) -> None:
    _case, (finding,), first = rectifying(office, "start")
    ctx = office.consultant
    second = new_version(ctx, plan_id=first.id)
    assert (second.version, second.status) == (2, PlanStatus.DRAFT)
    sheet = plan_sheet(ctx, plan_id=second.id)
    assert [one.title for one in sheet.steps] == ["补办手续"]
    assert [one.id for one in sheet.findings] == [finding.id]
    with pytest.raises(RefusedMoveError, match="still being written"):
        new_version(ctx, plan_id=second.id)
    edit_step(ctx, step_id=sheet.steps[0].id, title="补办手续并公示")
    submit_plan(ctx, plan_id=second.id)
    assert office.workspace.remedy_plans.get(first.id).status is PlanStatus.ACCEPTED
    assert state_of(office, finding.id) is FindingState.RECTIFYING
    accept_plan(office.carrier, plan_id=second.id)
    assert office.workspace.remedy_plans.get(first.id).status is PlanStatus.SUPERSEDED
    (old,) = plan_sheet(ctx, plan_id=first.id).steps
    assert old.title == "补办手续"


def test_a_plan_for_one_finding_leaves_a_plan_for_two_in_force(office: Office) -> None:
    case, (one, other), first = rectifying(office, "start", "noise")
    lead = office.land_lead
    move_finding(lead, finding_id=other.id, move=FindingMove.SUSPEND, reason="诉讼")
    move_finding(lead, finding_id=other.id, move=FindingMove.CONTINUE, reason="已判决")
    move_finding(lead, finding_id=other.id, move=FindingMove.ASSIGN)
    plan = submitted_plan(office, case, [office.workspace.findings.get(other.id)])
    accept_plan(office.carrier, plan_id=plan.id)
    assert office.workspace.remedy_plans.get(first.id).status is PlanStatus.ACCEPTED
    assert state_of(office, one.id) is FindingState.RECTIFYING
    assert state_of(office, other.id) is FindingState.RECTIFYING


def test_a_new_version_takes_a_finding_that_was_assigned_anew_along(office: Office) -> None:
    _case, (finding,), first = rectifying(office, "start")
    lead = office.land_lead
    for move in (FindingMove.SUSPEND, FindingMove.CONTINUE, FindingMove.ASSIGN):
        move_finding(lead, finding_id=finding.id, move=move, reason="诉讼")
    second = new_version(office.consultant, plan_id=first.id)
    assert state_of(office, finding.id) is FindingState.PLANNING
    submit_plan(office.consultant, plan_id=second.id)
    accept_plan(office.carrier, plan_id=second.id)
    assert state_of(office, finding.id) is FindingState.RECTIFYING


def test_a_target_is_set_once_a_metric_and_year(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[finding.id])
    for goal in (Decimal(8), Decimal(9)):
        target = set_target(
            ctx,
            alternative_id=plan.recommended_id or "",
            metric="tax_per_mu",
            year=2026,
            baseline=None,
            target=goal,
        )
    assert [one.target for one in plan_sheet(ctx, plan_id=plan.id).targets] == [Decimal(9)]
    remove_target(ctx, target_id=target.id)
    assert plan_sheet(ctx, plan_id=plan.id).targets == ()


def test_a_plan_of_an_archived_case_is_no_longer_changed(office: Office) -> None:
    case, (finding,) = rechecked(office, "start")
    (plan,) = office.workspace.remedy_plans.where(case_id=case.id)
    ctx = office.consultant
    draft = new_version(ctx, plan_id=plan.id)
    (step,) = plan_sheet(ctx, plan_id=draft.id).steps
    close(office, finding)
    close_case(office.land_lead, case_id=case.id)
    archive(office.land_lead, case.id)
    before = plan_sheet(ctx, plan_id=draft.id)
    attempts: list[Callable[[], object]] = [
        lambda: edit_plan(ctx, plan_id=draft.id, cause_analysis="另行"),
        lambda: edit_step(ctx, step_id=step.id, title="另行"),
        lambda: add_step(ctx, alternative_id=draft.recommended_id or "", title="另行"),
        lambda: submit_plan(ctx, plan_id=draft.id),
        lambda: new_version(ctx, plan_id=plan.id),
        lambda: complete_step(
            ctx, step_id=plan_sheet(ctx, plan_id=plan.id).steps[0].id, done_on=ctx.today()
        ),
    ]
    for attempt in attempts:
        with pytest.raises(RefusedMoveError, match="archived"):
            attempt()
    assert plan_sheet(ctx, plan_id=draft.id) == before
