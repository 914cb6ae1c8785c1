"""Beside rectification: bases by day, objections, slips, fixes on the spot, joint disposal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import case_facts, case_overview
from landsteward.app.closing_conditions import case_ends, explain
from landsteward.app.closures import decide_closure
from landsteward.app.evidence import add_evidence, attach_evidence
from landsteward.app.finding_facts import why_not
from landsteward.app.findings import edit_finding, move_finding
from landsteward.app.immediate_fixes import fix_on_the_spot, why_not_on_the_spot
from landsteward.app.joint_disposals import (
    add_measure,
    bind_findings,
    conclude_joint,
    edit_joint,
    edit_measure,
    joint_of,
    release_from_joint,
    suggested_joints,
)
from landsteward.app.objections import raise_objection
from landsteward.app.referrals import (
    SlipDraft,
    correct_reply,
    issue_slip,
    log_receipt,
    log_reply,
    slip_to_issue,
    slips_of,
    void_slip,
)
from landsteward.app.views import ListKind
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import LegalBasis
from landsteward.domain.states import (
    CaseStage,
    Disposal,
    FindingMove,
    FindingState,
    NextStep,
    Severity,
    SlipKind,
    SubjectKind,
)
from tests.helpers.casework import (
    PHOTO,
    archive,
    assign,
    in_checkup,
    objected,
    problem,
    prove,
    reported,
    sent,
    show_problem,
)
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND


def state_of(office: Office, finding_id: str) -> FindingState:
    return office.workspace.findings.get(finding_id).state


# What a finding says


def test_category_and_day_come_with_the_item(office: Office) -> None:
    _, (start, fence, permit) = reported(office, "start", "fence", "permit")
    assert (start.category, fence.category, permit.category) == ("idle", "land", "green")
    assert start.violated_on == office.clock.today()


def test_another_day_of_violation_takes_the_editions_of_that_day(office: Office) -> None:
    """示例办法: old edition until 2019, new one from 2020, none before 2000."""
    _, (finding,) = reported(office, "start")
    own = LegalBasis(law="园区协议", article="", version="", own_words=True)
    ctx = office.land_inspector
    edit_finding(ctx, finding_id=finding.id, bases=(*finding.bases, own))
    moved = edit_finding(ctx, finding_id=finding.id, violated_on=date(2018, 6, 1))
    assert [one.version for one in moved.bases] == ["old edition", ""]
    with pytest.raises(RefusedMoveError, match="no edition"):
        edit_finding(ctx, finding_id=finding.id, violated_on=date(1999, 1, 1))
    with pytest.raises(RefusedMoveError, match="future"):
        edit_finding(
            ctx, finding_id=finding.id, violated_on=office.clock.today() + timedelta(days=1)
        )


def test_another_severity_takes_its_days_unless_somebody_set_the_deadline(office: Office) -> None:
    """Recorded 2026-03-02 as serious: 30 days, 2026-04-01; as major 15 days, 2026-03-17."""
    _, (finding,) = reported(office, "start")
    ctx = office.land_inspector
    assert finding.deadline_on == date(2026, 4, 1)
    graver = edit_finding(ctx, finding_id=finding.id, severity=Severity.MAJOR)
    assert graver.deadline_on == date(2026, 3, 17)
    edit_finding(ctx, finding_id=finding.id, deadline_on=date(2026, 3, 20))
    kept = edit_finding(ctx, finding_id=finding.id, severity=Severity.HINT)
    assert kept.deadline_on == date(2026, 3, 20)


def test_cause_and_category_are_still_open_once_it_is_assigned(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    assign(office.land_lead, draft)
    said = edit_finding(
        office.land_inspector, finding_id=draft.id, root_cause_key="funding", category="land"
    )
    assert (said.root_cause_key, said.category) == ("funding", "land")
    with pytest.raises(RefusedMoveError, match="no longer changed"):
        edit_finding(office.land_inspector, finding_id=draft.id, bases=())


# Objections


def test_an_objection_keeps_who_when_what_and_is_answered_by_another(office: Office) -> None:
    """Raised on 2026-03-02, ten days in this pack: answer by 2026-03-12."""
    _, (finding,) = reported(office, "start")
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.CONFIRM)
    taken = objected(office.land_inspector, finding)
    assert taken.answer_by == date(2026, 3, 12)
    assert state_of(office, finding.id) is FindingState.OBJECTED
    answer = FindingMove.REJECT_OBJECTION
    with pytest.raises(RefusedMoveError, match="second person"):
        move_finding(office.land_inspector, finding_id=finding.id, move=answer, reason="不成立")
    move_finding(office.land_lead, finding_id=finding.id, move=answer, reason="无施工许可")
    (kept,) = office.workspace.objections.where(finding_id=finding.id)
    assert (kept.upheld, kept.answer, kept.answered_by) == (
        False,
        "无施工许可",
        office.land_lead.actor.id,
    )
    assert state_of(office, finding.id) is FindingState.CONFIRMED


def test_the_same_person_under_another_role_is_no_second_person(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.CONFIRM)
    objected(office.land_lead, finding)
    inspector = office.land_inspector.actor
    twin = replace(inspector, name=office.land_lead.actor.name)
    with office.administrator.change():
        office.workspace.people.save(twin)
    with pytest.raises(RefusedMoveError, match="second person"):
        move_finding(
            office.land_inspector.as_person(twin),
            finding_id=finding.id,
            move=FindingMove.UPHOLD_OBJECTION,
            reason="成立",
        )


def test_an_upheld_objection_ends_the_finding(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    move_finding(office.land_lead, finding_id=finding.id, move=FindingMove.CONFIRM)
    objected(office.land_inspector, finding)
    uphold = FindingMove.UPHOLD_OBJECTION
    move_finding(office.land_lead, finding_id=finding.id, move=uphold, reason="证据不足")
    assert state_of(office, finding.id) is FindingState.TERMINATED
    (kept,) = office.workspace.objections.where(finding_id=finding.id)
    assert kept.upheld is True


@pytest.mark.parametrize(
    ("raised_by", "days", "content", "because"),
    [("  ", 0, "异议", "who objects"), ("甲", 1, "异议", "future"), ("甲", 0, " ", "reason")],
)
def test_an_incomplete_objection_is_refused_and_leaves_nothing(
    office: Office, raised_by: str, days: int, content: str, because: str
) -> None:
    _, (finding,) = reported(office, "start")
    ctx = office.land_lead
    move_finding(ctx, finding_id=finding.id, move=FindingMove.CONFIRM)
    with pytest.raises(RefusedMoveError, match=because):
        raise_objection(
            ctx,
            finding_id=finding.id,
            raised_on=ctx.today() + timedelta(days=days),
            raised_by=raised_by,
            ground=content,
        )
    assert office.workspace.objections.count() == 0
    assert state_of(office, finding.id) is FindingState.CONFIRMED


# Slips


def test_a_transfer_slip_takes_its_number_and_the_finding_goes(office: Office) -> None:
    _, (one, other) = reported(office, "start", "fence")
    for finding in (one, other):
        assign(office.land_lead, finding)
    sent(office.land_lead, one, reply_by=date(2026, 4, 1))
    sent(office.land_lead, other)
    numbers = [
        slip.number
        for finding in (one, other)
        for slip in slips_of(office.reader, finding_id=finding.id)
    ]
    assert numbers == ["移〔2026〕1号", "移〔2026〕2号"]
    gone = office.workspace.findings.get(one.id)
    assert (gone.state, gone.disposal) == (FindingState.TRANSFERRED, Disposal.REFER)
    paper = office.workspace.issued_documents.first(kind="transfer_slip")
    assert paper is not None
    assert paper.pages == 2
    assert office.workspace.blobs.get(paper.sha256) == paper.id.encode()


def test_a_notice_has_a_series_of_its_own_and_leaves_the_finding(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    sent(office.land_lead, finding, SlipKind.NOTICE)
    sent(office.land_lead, finding, SlipKind.NOTICE)
    numbers = [one.number for one in slips_of(office.reader, finding_id=finding.id)]
    assert numbers == ["抄〔2026〕1号", "抄〔2026〕2号"]
    assert state_of(office, finding.id) is FindingState.ASSIGNED


def test_a_voided_slip_keeps_its_number_and_the_finding_comes_back(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    slip = sent(office.land_lead, finding, reply_by=date(2026, 4, 1))
    with pytest.raises(RefusedMoveError, match="Another department"):
        void_slip(office.ecology_lead, referral_id=slip.id, reason="写错")
    with pytest.raises(RefusedMoveError, match="reason"):
        void_slip(office.land_lead, referral_id=slip.id, reason=" ")
    void_slip(office.land_lead, referral_id=slip.id, reason="收文单位写错")
    assert state_of(office, finding.id) is FindingState.CONFIRMED
    again = assign_again(office, finding.id)
    assert again is FindingState.ASSIGNED
    sent(office.land_lead, office.workspace.findings.get(finding.id))
    first, second = slips_of(office.reader, finding_id=finding.id)
    assert (first.number, second.number) == ("移〔2026〕1号", "移〔2026〕2号")
    assert first.document.void_reason == "收文单位写错"
    assert not first.waits
    with pytest.raises(RefusedMoveError, match="voided"):
        log_receipt(
            office.land_lead,
            referral_id=slip.id,
            received_on=office.clock.today(),
            received_by="丙",
        )


def assign_again(office: Office, finding_id: str) -> FindingState:
    return move_finding(office.land_lead, finding_id=finding_id, move=FindingMove.ASSIGN).state


def test_receipt_and_reply_are_logged_and_a_refused_transfer_comes_back(office: Office) -> None:
    case, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    ctx = office.land_lead
    slip = sent(ctx, finding, reply_by=date(2026, 4, 1))
    assert case_facts(ctx, case_id=case.id).waiting_replies == 1
    today = office.clock.today()
    with pytest.raises(RefusedMoveError, match="earlier"):
        log_receipt(
            ctx, referral_id=slip.id, received_on=today - timedelta(days=1), received_by="丙"
        )
    office.clock.pass_days(5)
    log_receipt(ctx, referral_id=slip.id, received_on=today + timedelta(days=2), received_by=" 丙 ")
    with pytest.raises(RefusedMoveError, match="took it over"):
        log_reply(ctx, referral_id=slip.id, replied_on=ctx.today(), reply="不属我单位职责")
    kept = log_reply(
        ctx, referral_id=slip.id, replied_on=ctx.today(), reply="不属我单位职责", accepted=False
    )
    assert (kept.received_by, kept.accepted) == ("丙", False)
    assert state_of(office, finding.id) is FindingState.CONFIRMED
    assert case_facts(ctx, case_id=case.id).waiting_replies == 0
    events = office.workspace.finding_events.where(finding_id=finding.id)
    assert events[-1].reason == "移〔2026〕1号：不属我单位职责"


def test_a_case_is_archived_once_the_replies_are_in(office: Office) -> None:
    case, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    ctx = office.land_lead
    slip = sent(ctx, finding, reply_by=date(2026, 4, 1))
    with pytest.raises(RefusedMoveError, match="Left unexplained"):
        close_case(ctx, case_id=case.id)
    (end,) = case_ends(ctx, case=case)
    explain(ctx, case_id=case.id, about=end.about, text="回函另卷存放")
    close_case(ctx, case_id=case.id)
    assert case_overview(ctx, case_id=case.id).next_step is NextStep.LOG_REPLY
    with pytest.raises(RefusedMoveError, match="reply"):
        archive(ctx, case.id)
    letter = add_evidence(ctx, case_id=case.id, file_name="函.pdf", content=PHOTO)
    attach_evidence(
        ctx, evidence_id=letter.id, subject_kind=SubjectKind.REFERRAL, subject_id=slip.id
    )
    log_reply(ctx, referral_id=slip.id, replied_on=ctx.today(), reply="已立案", accepted=True)
    assert case_overview(ctx, case_id=case.id).next_step is NextStep.ARCHIVE
    archive(ctx, case.id)
    assert office.workspace.cases.get(case.id).stage is CaseStage.ARCHIVED


def test_a_slip_is_kept_only_if_all_still_stands_as_it_says(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    ctx = office.land_lead
    draft = SlipDraft(kind=SlipKind.TRANSFER, recipient="执法队", facts="见现场")
    printed = slip_to_issue(ctx, finding_id=finding.id, draft=draft)
    edit_finding(ctx, finding_id=finding.id, root_cause="资金")
    with pytest.raises(RefusedMoveError, match="changed while"):
        issue_slip(ctx, printed=printed, content=b"x", pages=1)
    assert office.workspace.issued_documents.count() == 0
    printed = slip_to_issue(ctx, finding_id=finding.id, draft=draft)
    assert printed.document.number == 1, "a slip that was not issued uses up no number"


def test_only_departments_send_slips_and_only_about_what_is_confirmed(office: Office) -> None:
    _, (draft,) = reported(office, "start")
    with pytest.raises(RefusedMoveError, match="confirmed"):
        sent(office.land_lead, draft, SlipKind.NOTICE)
    move_finding(office.land_lead, finding_id=draft.id, move=FindingMove.CONFIRM)
    for other in (office.administrator, office.consultant, office.carrier):
        with pytest.raises(RefusedMoveError):
            sent(other, draft, SlipKind.NOTICE)
    with pytest.raises(RefusedMoveError, match="which authority"):
        sent(office.land_lead, draft, recipient=" ")


# 立行立改


def test_what_is_fixed_during_the_visit_waits_for_the_second_person_alone(office: Office) -> None:
    case, checkup = in_checkup(office)
    draft = problem(office, checkup, "fence")
    ctx = office.land_lead
    assert "shows the problem" in str(why_not_on_the_spot(ctx, finding=draft))
    with pytest.raises(RefusedMoveError, match="shows the problem"):
        fix_on_the_spot(
            ctx, finding_id=draft.id, done="当场补齐", benefit="不涉及", no_benefit="papers"
        )
    assert state_of(office, draft.id) is FindingState.DRAFT, "all of it or nothing"
    show_problem(ctx, draft)
    with pytest.raises(RefusedMoveError, match="shows the result"):
        fix_on_the_spot(
            ctx, finding_id=draft.id, done="当场补齐", benefit="不涉及", no_benefit="papers"
        )
    prove(ctx, draft)
    assert why_not_on_the_spot(ctx, finding=draft) is None
    request = fix_on_the_spot(
        ctx, finding_id=draft.id, done="当场补齐", benefit="不涉及", no_benefit="papers"
    )
    assert state_of(office, draft.id) is FindingState.RECHECK
    with pytest.raises(RefusedMoveError, match="second person"):
        decide_closure(ctx, closure_id=request.id, approved=True)
    with pytest.raises(RefusedMoveError, match="assigned"):
        decide_closure(office.ecology_lead, closure_id=request.id, approved=True)
    decide_closure(office.land_inspector, closure_id=request.id, approved=True, opinion="属实")
    assert state_of(office, draft.id) is FindingState.CLOSED
    assert office.workspace.cases.get(case.id).stage is CaseStage.IN_CHECKUP


def test_other_findings_are_still_assigned_after_the_report_only(office: Office) -> None:
    _, checkup = in_checkup(office)
    draft = problem(office, checkup, "start")
    move_finding(office.land_lead, finding_id=draft.id, move=FindingMove.CONFIRM)
    confirmed = office.workspace.findings.get(draft.id)
    because = why_not(office.land_lead, finding=confirmed, move=FindingMove.ASSIGN)
    assert "Finish the checkup" in str(because)


# 联合处置


def causes(office: Office, *keys: str, cause: str | None = "funding") -> list[str]:
    """Findings of these items, each with that cause."""
    _, drafts = reported(office, *keys)
    for one in drafts:
        move_finding(office.land_lead, finding_id=one.id, move=FindingMove.CONFIRM)
        edit_finding(office.land_lead, finding_id=one.id, root_cause_key=cause)
    return [one.id for one in drafts]


def test_findings_of_several_departments_with_one_cause_are_suggested(office: Office) -> None:
    ids = causes(office, "start", "fence", "permit")
    case_id = office.workspace.findings.get(ids[0]).case_id
    (found,) = suggested_joints(office.reader, case_id=case_id)
    assert [one.id for one in found.findings] == ids
    assert found.departments == (LAND, ECOLOGY)
    edit_finding(office.land_lead, finding_id=ids[2], root_cause_key="management")
    assert suggested_joints(office.reader, case_id=case_id) == (), "one department by itself"
    for one in (ids[0], ids[2]):
        edit_finding(office.land_lead, finding_id=one, parcel_id=office.parcel.id)
    (found,) = suggested_joints(office.reader, case_id=case_id)
    assert found.parcel_id == office.parcel.id
    assert [one.id for one in found.findings] == [ids[0], ids[2]]


def test_bound_findings_have_one_lead_measures_and_a_record(office: Office) -> None:
    ids = causes(office, "start", "permit")
    bound = bind_findings(office.land_lead, finding_ids=ids)
    assert (bound.lead, bound.cause) == (ECOLOGY, "资金不足"), "the gravest finding's department"
    with pytest.raises(RefusedMoveError, match="already"):
        bind_findings(office.land_lead, finding_ids=ids)
    edit_joint(office.land_lead, joint_id=bound.id, lead=LAND)
    done = add_measure(
        office.land_lead, joint_id=bound.id, department="tax", measure="核查欠税", due_on=None
    )
    whole = joint_of(office.reader, finding_id=ids[1])
    assert whole is not None
    assert whole.disposal.departments == (LAND, ECOLOGY, "tax")
    with pytest.raises(RefusedMoveError, match="lead department"):
        conclude_joint(office.ecology_lead, joint_id=bound.id, record="会商")
    with pytest.raises(RefusedMoveError, match="not done"):
        conclude_joint(office.land_lead, joint_id=bound.id, record="会商")
    edit_measure(office.land_lead, measure_id=done.id, done_on=office.clock.today())
    with pytest.raises(RefusedMoveError, match="how the joint disposal went"):
        conclude_joint(office.land_lead, joint_id=bound.id, record=" ")
    conclude_joint(office.land_lead, joint_id=bound.id, record="三方会商，同步整改")
    with pytest.raises(RefusedMoveError, match="concluded"):
        edit_joint(office.land_lead, joint_id=bound.id, cause="另")


def test_binding_needs_several_departments_of_one_case(office: Office) -> None:
    ids = causes(office, "start", "fence")
    with pytest.raises(RefusedMoveError, match="several departments"):
        bind_findings(office.land_lead, finding_ids=ids)
    with pytest.raises(RefusedMoveError, match="role"):
        bind_findings(office.consultant, finding_ids=ids)


def test_a_finding_taken_out_may_be_bound_anew(office: Office) -> None:
    ids = causes(office, "start", "permit", "noise")
    first = bind_findings(office.land_lead, finding_ids=ids[:2], lead=LAND)
    release_from_joint(office.land_lead, finding_id=ids[1])
    assert joint_of(office.reader, finding_id=ids[1]) is None
    kept = joint_of(office.reader, finding_id=ids[0])
    assert kept is not None
    assert kept.disposal.id == first.id


def test_a_reply_is_corrected_by_an_entry_that_names_the_old_one(office: Office) -> None:
    _, (finding,) = reported(office, "start")
    assign(office.land_lead, finding)
    ctx = office.land_lead
    slip = sent(ctx, finding)
    with pytest.raises(RefusedMoveError, match="No reply"):
        correct_reply(
            ctx, referral_id=slip.id, replied_on=ctx.today(), reply="x", reason="y", accepted=True
        )
    log_reply(ctx, referral_id=slip.id, replied_on=ctx.today(), reply="已立案", accepted=True)
    with pytest.raises(RefusedMoveError, match="answered already"):
        log_reply(ctx, referral_id=slip.id, replied_on=ctx.today(), reply="改", accepted=True)
    with pytest.raises(RefusedMoveError, match="wrong with the entry"):
        correct_reply(
            ctx, referral_id=slip.id, replied_on=ctx.today(), reply="改", reason=" ", accepted=True
        )
    correct_reply(
        ctx,
        referral_id=slip.id,
        replied_on=ctx.today(),
        reply="不予受理",
        reason="看错了函件",
        accepted=False,
    )
    (again,) = slips_of(ctx, finding_id=finding.id)
    assert (again.referral.reply, again.referral.accepted) == ("不予受理", False)
    first, second = again.replies
    assert (first.reply, second.corrects, second.reason) == ("已立案", first.id, "看错了函件")
    assert state_of(office, finding.id) is FindingState.CONFIRMED, "it came back"
    with pytest.raises(RefusedMoveError, match="come back already"):
        correct_reply(
            ctx, referral_id=slip.id, replied_on=ctx.today(), reply="收", reason="又", accepted=True
        )


def test_one_slip_takes_several_findings_along_and_brings_them_back(office: Office) -> None:
    case, (one, other) = reported(office, "start", "ratio")
    for finding in (one, other):
        assign(office.land_lead, finding)
    ctx = office.land_lead
    draft = SlipDraft(
        kind=SlipKind.TRANSFER,
        recipient="执法队",
        facts="见现场",
        reply_by=ctx.today() + timedelta(days=9),
        beside=(other.id,),
    )
    printed = slip_to_issue(ctx, finding_id=one.id, draft=draft)
    assert [each.id for each in printed.beside] == [other.id]
    issue_slip(ctx, printed=printed, content=b"x", pages=1)
    assert [state_of(office, each.id) for each in (one, other)] == [FindingState.TRANSFERRED] * 2
    (slip,) = slips_of(ctx, finding_id=other.id)
    assert [each.finding_no for each in slip.findings] == [1, 2]
    assert case_facts(ctx, case_id=case.id).waiting_replies == 1
    listed = office.workspace.lists.rows(ListKind.FINDINGS, [one.id, other.id])
    assert [each.cells["reply_by"] for each in listed] == [str(draft.reply_by)] * 2
    void_slip(ctx, referral_id=slip.referral.id, reason="误发")
    assert [state_of(office, each.id) for each in (one, other)] == [FindingState.CONFIRMED] * 2
