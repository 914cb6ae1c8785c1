"""Alternatives of a plan, comments, the enterprise's opinion, templates, versions compared."""

from datetime import timedelta
from decimal import Decimal

import pytest

from landsteward.app.chosen_ways import choose_way
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.evidence import add_evidence
from landsteward.app.plan_checks import plan_gaps
from landsteward.app.plan_comments import (
    answer_comment,
    comment_plan,
    plan_comments,
    reopen_comment,
    settle_comment,
)
from landsteward.app.plan_comparing import ChangeKind, compare_versions
from landsteward.app.plan_consents import (
    consents_of,
    record_paper_consent,
    record_refusal,
    sign_consent,
    take_consent_back,
)
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plan_templates import (
    remove_template,
    save_template,
    templates_for,
    use_template,
)
from landsteward.app.plan_writing import (
    add_alternative,
    add_risk,
    add_step,
    edit_alternative,
    edit_step,
    order_steps,
    recommend_alternative,
    remove_alternative,
    remove_step,
    restore_alternative,
    set_target,
)
from landsteward.app.plans import accept_plan, draft_plan, new_version, return_plan, submit_plan
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import ConsentKind, Likelihood, PlanPart, PlanStatus
from tests.helpers.casework import PHOTO, assign, reported, submitted_plan
from tests.helpers.office import Office

STROKES = (tuple((x * 200, (x % 3) * 300, 500) for x in range(12)),)


def drafted(office: Office) -> tuple[RemedyPlan, str]:
    """A draft for one finding and the key of its first alternative."""
    case, (found,) = reported(office, "start")
    finding = assign(office.land_lead, found)
    plan = draft_plan(office.consultant, case_id=case.id, finding_ids=[finding.id])
    way = plan.recommended_id or ""
    edit_alternative(office.consultant, alternative_id=way, no_target_reason="不涉及产出")
    choose_way(
        office.consultant, alternative_id=way, finding_id=finding.id, way="reach_output", why="可"
    )
    add_step(
        office.consultant,
        alternative_id=way,
        title="补办手续",
        responsible="企业",
        due_on=office.clock.today() + timedelta(days=20),
        cost_wan=Decimal("1.5"),
    )
    add_risk(office.consultant, alternative_id=way, risk="延误", likelihood=Likelihood.LOW)
    return plan, way


def test_one_of_several_alternatives_is_recommended_and_another_may_be_chosen(
    office: Office,
) -> None:
    plan, first = drafted(office)
    ctx = office.consultant
    second = add_alternative(ctx, plan_id=plan.id, like=first, name="分割转让").id
    sheet = plan_sheet(ctx, plan_id=plan.id)
    assert [len(one.steps) for one in sheet.alternatives] == [1, 1]
    assert all(one.copy_of is None for one in sheet.alternatives[1].steps)
    assert sheet.leading.alternative.id == first
    recommend_alternative(ctx, alternative_id=second)
    submit_plan(ctx, plan_id=plan.id)
    accepted = accept_plan(office.carrier, plan_id=plan.id, alternative_id=first)
    assert (accepted.recommended_id, accepted.chosen_id) == (second, first)
    assert plan_sheet(ctx, plan_id=plan.id).leading.alternative.id == first


def test_taking_out_the_recommended_one_asks_for_another_and_can_be_taken_back(
    office: Office,
) -> None:
    plan, first = drafted(office)
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="at least one"):
        remove_alternative(ctx, alternative_id=first)
    for _ in range(2):
        add_alternative(ctx, plan_id=plan.id, like=first)
    before = plan_sheet(ctx, plan_id=plan.id)
    remove_alternative(ctx, alternative_id=first)
    assert plan_sheet(ctx, plan_id=plan.id).plan.recommended_id is None
    with pytest.raises(RefusedMoveError, match="recommends none"):
        submit_plan(ctx, plan_id=plan.id)
    restore_alternative(ctx, alternative=before.alternatives[0].alternative, recommended=True)
    back = plan_sheet(ctx, plan_id=plan.id)
    assert [len(one.steps) for one in back.alternatives] == [1, 1, 1]
    assert back.leading.steps[0].title == "补办手续"
    assert submit_plan(ctx, plan_id=plan.id).status is PlanStatus.SUBMITTED


def test_what_is_missing_is_named_with_its_place(office: Office) -> None:
    plan, first = drafted(office)
    ctx = office.consultant
    vague = add_step(ctx, alternative_id=first, title="二")
    second = add_alternative(ctx, plan_id=plan.id).id
    gaps = plan_gaps(ctx, plan_id=plan.id)
    assert [(one.part, one.alternative_id, one.record_id) for one in gaps] == [
        (PlanPart.STEPS, first, vague.id),
        (PlanPart.WAYS, second, None),
        (PlanPart.STEPS, second, None),
        (PlanPart.TARGETS, second, None),
    ]


def test_comments_wait_for_an_answer_and_are_settled(office: Office) -> None:
    case, (found,) = reported(office, "start")
    plan = submitted_plan(office, case, [assign(office.land_lead, found)])
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    firm, carrier = office.consultant, office.carrier
    with pytest.raises(RefusedMoveError, match="role"):
        comment_plan(office.reader, plan_id=plan.id, text="看过")
    asked = comment_plan(
        office.ecology_lead,
        plan_id=plan.id,
        part=PlanPart.STEPS,
        record_id=step.id,
        text="写明专人",
    )
    with pytest.raises(RefusedMoveError, match="neither answered nor settled"):
        accept_plan(carrier, plan_id=plan.id)
    return_plan(carrier, plan_id=plan.id, comment="按意见修改")
    second = new_version(firm, plan_id=plan.id)
    (line,) = plan_comments(firm, plan_id=second.id)
    (copied,) = plan_sheet(firm, plan_id=second.id).steps
    assert (line.version, line.record_id) == (1, copied.id), "the step is known again"
    with pytest.raises(RefusedMoveError, match="no answer yet"):
        submit_plan(firm, plan_id=second.id)
    with pytest.raises(RefusedMoveError, match="Whoever wrote"):
        settle_comment(firm, comment_id=asked.id)
    answer_comment(firm, comment_id=asked.id, answer="已写明")
    submit_plan(firm, plan_id=second.id)
    settle_comment(carrier, comment_id=asked.id)
    with pytest.raises(RefusedMoveError, match="is settled"):
        answer_comment(firm, comment_id=asked.id, answer="再说")
    with pytest.raises(RefusedMoveError, match="takes that back"):
        reopen_comment(firm, comment_id=asked.id)
    assert reopen_comment(carrier, comment_id=asked.id).settled_at is None
    accept_plan(carrier, plan_id=second.id)
    with pytest.raises(RefusedMoveError, match="was accepted"):
        comment_plan(carrier, plan_id=second.id, text="迟到")


def test_whoever_wrote_a_plan_does_not_decide_on_it(office: Office) -> None:
    case, (found,) = reported(office, "start")
    plan = submitted_plan(office, case, [assign(office.land_lead, found)])
    as_writer = office.carrier.as_person(office.consultant.actor)
    with pytest.raises(RefusedMoveError, match="role"):
        accept_plan(as_writer, plan_id=plan.id)
    return_plan(office.carrier, plan_id=plan.id, comment="改")
    mine = new_version(office.carrier, plan_id=plan.id)
    submit_plan(office.carrier, plan_id=mine.id)
    with pytest.raises(RefusedMoveError, match="second person"):
        accept_plan(office.carrier, plan_id=mine.id)
    assert accept_plan(office.land_lead, plan_id=mine.id).status is PlanStatus.ACCEPTED


def test_an_opinion_is_about_what_was_laid_before_the_enterprise(office: Office) -> None:
    plan, way = drafted(office)
    ctx = office.consultant
    with pytest.raises(RefusedMoveError, match="Nothing was signed"):
        sign_consent(ctx, alternative_id=way, name="白示例", strokes=(), width=1, height=1)
    with pytest.raises(RefusedMoveError, match="why the enterprise"):
        record_refusal(ctx, alternative_id=way, name="白示例", reason=" ")
    signed = sign_consent(
        ctx, alternative_id=way, name="白示例", strokes=STROKES, width=4200, height=2000
    )
    (seen,) = consents_of(ctx, sheet=plan_sheet(ctx, plan_id=plan.id))
    assert (seen.consent, seen.current) == (signed, True)
    (step,) = plan_sheet(ctx, plan_id=plan.id).steps
    edit_step(ctx, step_id=step.id, cost_wan=Decimal(2))
    (seen,) = consents_of(ctx, sheet=plan_sheet(ctx, plan_id=plan.id))
    assert not seen.current, "the cost is not what was signed"
    refused = record_refusal(ctx, alternative_id=way, name="白示例", reason="费用过高")
    (seen,) = consents_of(ctx, sheet=plan_sheet(ctx, plan_id=plan.id))
    assert (seen.consent.kind, seen.current) == (ConsentKind.REFUSED, True)
    take_consent_back(ctx, consent_id=refused.id)
    submit_plan(ctx, plan_id=plan.id)
    scan = add_evidence(ctx, case_id=plan.case_id, file_name="consent.jpg", content=PHOTO)
    record_paper_consent(ctx, alternative_id=way, name="白示例", evidence_id=scan.id)
    accept_plan(office.carrier, plan_id=plan.id)
    (seen,) = consents_of(ctx, sheet=plan_sheet(ctx, plan_id=plan.id))
    assert (seen.consent.evidence_id, seen.current) == (scan.id, True)
    with pytest.raises(RefusedMoveError, match="was decided on"):
        take_consent_back(ctx, consent_id=seen.consent.id)


def test_two_versions_are_compared_field_by_field(office: Office) -> None:
    """Hand-worked: a step edited (cost, day), one added, one taken out, the order turned, a risk
    made likelier, a metric set instead of the reason, a second alternative.
    """
    plan, way = drafted(office)
    ctx = office.consultant
    today = office.clock.today()
    add_step(ctx, alternative_id=way, title="公示", responsible="企业", due_on=today)
    add_step(ctx, alternative_id=way, title="培训", responsible="律师", due_on=today)
    submit_plan(ctx, plan_id=plan.id)
    return_plan(office.carrier, plan_id=plan.id, comment="改")
    second = new_version(ctx, plan_id=plan.id)
    same = compare_versions(ctx, earlier_id=plan.id, later_id=second.id)
    assert same.changes == ()
    key = second.recommended_id or ""
    one, notice, training = plan_sheet(ctx, plan_id=second.id).steps
    edit_step(ctx, step_id=one.id, cost_wan=Decimal("2.5"), due_on=today + timedelta(days=30))
    remove_step(ctx, step_id=training.id)
    fresh = add_step(ctx, alternative_id=key, title="验收", responsible="企业", due_on=today)
    order_steps(ctx, alternative_id=key, step_ids=[notice.id, one.id, fresh.id])
    edit_alternative(ctx, alternative_id=key, no_target_reason="")
    set_target(
        ctx,
        alternative_id=key,
        metric="tax_per_mu",
        year=2027,
        baseline=None,
        target=Decimal(9),
    )
    add_alternative(ctx, plan_id=second.id, name="转让")
    found = compare_versions(ctx, earlier_id=plan.id, later_id=second.id)
    due, later = (today + timedelta(days=20)).isoformat(), (today + timedelta(days=30)).isoformat()
    assert [
        (one.kind.value, one.part.value, one.field, one.ordinal, one.number, one.old, one.new)
        for one in found.changes
    ] == [
        ("removed", "targets", "no_target_reason", "甲", None, "不涉及产出", ""),
        ("changed", "steps", "due_on", "甲", 2, due, later),
        ("changed", "steps", "cost_wan", "甲", 2, "1.5", "2.5"),
        ("added", "steps", "", "甲", 3, "", f"验收 · 企业 · {today.isoformat()}"),
        ("removed", "steps", "", "甲", 3, f"培训 · 律师 · {today.isoformat()}", ""),
        ("changed", "steps", "position", "甲", None, "2 1", "1 2"),
        ("added", "targets", "target", "甲", None, "", "9"),
        ("added", "whole", "alternative", "乙", None, "", "转让"),
        ("added", "whole", "name", "乙", None, "", "转让"),
    ]
    assert {one.kind for one in found.changes} == set(ChangeKind)
    view = assemble_dossier(office.reader, case_id=plan.case_id, on=today)
    assert [one.changes for one in view.plans] == [(), found.changes], "printed as shown"


def test_a_template_brings_steps_by_days_and_a_plan_is_kept_as_one(office: Office) -> None:
    plan, way = drafted(office)
    ctx = office.consultant
    today = office.clock.today()
    (step,) = plan_sheet(ctx, plan_id=plan.id).steps
    edit_step(ctx, step_id=step.id, starts_on=today + timedelta(days=5))
    saved = save_template(ctx, alternative_id=way, name="补办")
    with pytest.raises(RefusedMoveError, match="of this name"):
        save_template(ctx, alternative_id=way, name=" 补办 ")
    (kept,) = saved.template.steps
    assert (kept.start_day, kept.due_day, kept.cost_wan) == (0, 15, Decimal("1.5"))
    findings = plan_sheet(ctx, plan_id=plan.id).findings
    offered = templates_for(ctx, case_id=plan.case_id, findings=findings)
    assert (offered[0].saved_id, offered[0].fits) == (saved.id, True)
    second = add_alternative(ctx, plan_id=plan.id).id
    office.clock.pass_days(10)
    use_template(ctx, alternative_id=second, template=saved.template)
    written = plan_sheet(ctx, plan_id=plan.id).alternatives[1]
    assert [(one.title, one.due_on) for one in written.steps] == [
        ("补办手续", today + timedelta(days=25))
    ]
    assert [one.way for one in written.ways] == ["reach_output"]
    assert [one.risk for one in written.risks] == ["延误"]
    remove_template(ctx, saved_id=saved.id)
    assert all(
        one.saved_id is None for one in templates_for(ctx, case_id=plan.case_id, findings=findings)
    )
