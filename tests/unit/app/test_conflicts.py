"""Conflicts of interest: asked, answered on record, decided by somebody else."""

import pytest

from landsteward.app.chosen_ways import choose_way
from landsteward.app.conflicts import decide_conflict, declare_conflicts, firm_standing
from landsteward.app.engagements import end_engagement, engage_firm, find_or_add_firm
from landsteward.app.people import add_person
from landsteward.app.plan_writing import add_step, edit_alternative
from landsteward.app.plans import draft_plan, edit_plan, submit_plan
from landsteward.domain.engagements import ConflictDeclaration
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import PlanStatus, Role
from tests.helpers.casework import assign, reported, submitted_plan
from tests.helpers.office import Office


def test_every_consultant_is_asked_before_the_first_plan(office: Office) -> None:
    case, drafts = reported(office, "start", "noise")
    one, other = (assign(office.land_lead, draft) for draft in drafts)
    draft_plan(office.consultant, case_id=case.id, finding_ids=[one.id])
    colleague = office.administrator.as_person(
        add_person(
            office.administrator,
            organisation_id=office.consultant.actor.organisation_id,
            name="新律师",
            role=Role.CONSULTANT,
        )
    )
    with pytest.raises(RefusedMoveError, match="has not been declared"):
        draft_plan(colleague, case_id=case.id, finding_ids=[other.id])
    (engagement,) = office.workspace.engagements.where()
    declare_conflicts(colleague, engagement_id=engagement.id, enterprise_ids=[office.enterprise.id])
    draft_plan(colleague, case_id=case.id, finding_ids=[other.id])


def test_a_declared_conflict_blocks_until_somebody_else_approves_it(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    (engagement,) = office.workspace.engagements.where()

    def declare(detail: str) -> ConflictDeclaration:
        (made,) = declare_conflicts(
            office.carrier,
            engagement_id=engagement.id,
            enterprise_ids=[office.enterprise.id],
            kinds=["audit"],
            detail=detail,
        )
        return made

    with pytest.raises(RefusedMoveError, match="what the conflict is"):
        declare(" ")
    declared = declare("为该企业出具年度审计报告")
    with pytest.raises(RefusedMoveError, match="conflict of interest"):
        draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    with pytest.raises(RefusedMoveError, match="does not decide"):
        decide_conflict(office.carrier, declaration_id=declared.id, approved=True, reason="x")
    with pytest.raises(RefusedMoveError, match="role"):
        decide_conflict(office.consultant, declaration_id=declared.id, approved=True, reason="x")
    with pytest.raises(RefusedMoveError, match="why"):
        decide_conflict(office.administrator, declaration_id=declared.id, approved=True, reason="")
    decide_conflict(office.administrator, declaration_id=declared.id, approved=False, reason="改派")
    with pytest.raises(RefusedMoveError, match="conflict of interest"):
        draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    decide_conflict(
        office.administrator, declaration_id=declared.id, approved=True, reason="审计已于去年结束"
    )
    draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    kept = office.workspace.conflict_declarations.get(declared.id)
    assert kept.decided_by == office.administrator.actor.id
    assert kept.decision_note == "审计已于去年结束"


def test_a_conflict_that_came_up_later_stops_the_plan_under_way(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    plan = draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    (engagement,) = office.workspace.engagements.where()
    declare_conflicts(
        office.consultant,
        engagement_id=engagement.id,
        enterprise_ids=[office.enterprise.id],
        kinds=["stake"],
        detail="合伙人持股",
    )
    with pytest.raises(RefusedMoveError, match="conflict of interest"):
        edit_plan(office.consultant, plan_id=plan.id, cause_analysis="无")


def test_a_colleague_may_write_for_a_firm_but_not_hand_in_for_one_that_is_not_engaged(
    office: Office,
) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    ctx = office.carrier
    firm = find_or_add_firm(ctx, name="示例会计师事务所")
    plan = submitted_plan_of(office, case_id=case.id, finding_id=finding.id, firm_id=firm.id)
    with pytest.raises(RefusedMoveError, match="not engaged"):
        submit_plan(ctx, plan_id=plan)
    engagement = engage_firm(ctx, firm_id=firm.id)
    with pytest.raises(RefusedMoveError, match="has not been declared"):
        submit_plan(ctx, plan_id=plan)
    assert firm_standing(ctx, firm_id=firm.id, enterprise_id=office.enterprise.id).to_be_asked
    declare_conflicts(ctx, engagement_id=engagement.id, enterprise_ids=[office.enterprise.id])
    assert submit_plan(ctx, plan_id=plan).status is PlanStatus.SUBMITTED


def submitted_plan_of(office: Office, *, case_id: str, finding_id: str, firm_id: str) -> str:
    """A plan the carrier's officer wrote down for a firm, whole but not handed in."""
    ctx = office.carrier
    plan = draft_plan(ctx, case_id=case_id, finding_ids=[finding_id])
    edit_plan(ctx, plan_id=plan.id, firm_id=firm_id)
    way = plan.recommended_id or ""
    edit_alternative(ctx, alternative_id=way, no_target_reason="不涉及产出")
    choose_way(ctx, alternative_id=way, finding_id=finding_id, way="reach_output", why="已承诺")
    add_step(
        ctx, alternative_id=way, title="补办手续", responsible="企业", due_on=office.clock.today()
    )
    return plan.id


def test_an_answer_holds_for_its_contract_alone(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    finding = assign(office.land_lead, draft)
    submitted_plan(office, case, [finding])
    (old,) = office.workspace.engagements.where()
    end_engagement(
        office.carrier, engagement_id=old.id, last_day=office.clock.today(), reason="续签"
    )
    office.clock.pass_days(1)
    engage_firm(office.carrier, firm_id=old.firm_id)
    standing = firm_standing(
        office.consultant, firm_id=old.firm_id, enterprise_id=office.enterprise.id
    )
    assert standing.to_be_asked
    assert not standing.may_plan
