"""Ways to bring a case to where a test begins, by use cases only."""

from datetime import date, timedelta
from decimal import Decimal

from landsteward.app.archiving import archive_case, dossier_to_archive
from landsteward.app.cases import open_case
from landsteward.app.checkups import (
    answer_item,
    answer_rest_ok,
    finish_checkup,
    schedule_checkup,
    set_item_note,
    start_checkup,
)
from landsteward.app.chosen_ways import choose_way
from landsteward.app.closing_conditions import plan_of
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.context import Context
from landsteward.app.evidence import add_evidence, attach_evidence
from landsteward.app.findings import finding_from_item, move_finding
from landsteward.app.follow_ups import complete_step
from landsteward.app.objections import raise_objection
from landsteward.app.plan_reading import leading_steps
from landsteward.app.plan_writing import add_step, edit_alternative
from landsteward.app.plans import accept_plan, draft_plan, edit_plan, submit_plan
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.app.referrals import SlipDraft, issue_slip, slip_to_issue
from landsteward.domain.casework import Case, Checkup, ItemResult
from landsteward.domain.disposals import Objection, Referral
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.findings import Finding
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import (
    FindingMove,
    ItemOutcome,
    RecheckKind,
    SlipKind,
    SubjectKind,
)
from tests.helpers.office import Office

PHOTO = b"\xff\xd8\xff\xe0 not really a photo"


def archive(ctx: Context, case_id: str, *, dossier: bytes = b"x", pages: int = 1) -> IssuedDocument:
    """Put a closed case away with a dossier that somebody laid out."""
    printed = dossier_to_archive(ctx, case_id=case_id)
    return archive_case(ctx, printed=printed, dossier=dossier, pages=pages)


def opened(office: Office) -> Case:
    """A case of the office's enterprise, just opened."""
    return open_case(office.land_inspector, enterprise_id=office.enterprise.id, parcel_id=None)


def in_checkup(office: Office, case: Case | None = None) -> tuple[Case, Checkup]:
    """A case whose joint visit has begun."""
    case = case or opened(office)
    ctx = office.land_inspector
    checkup = schedule_checkup(
        ctx,
        case_id=case.id,
        scheduled_on=ctx.today(),
        inspector_ids=[ctx.actor.id, office.ecology_lead.actor.id],
    )
    return case, start_checkup(ctx, checkup_id=checkup.id)


def line(office: Office, checkup: Checkup, key: str) -> ItemResult:
    """The line of the form for one item, as it stands."""
    found = office.workspace.item_results.first(checkup_id=checkup.id, item_key=key)
    assert found is not None
    return found


def problem(office: Office, checkup: Checkup, key: str) -> Finding:
    """Answer an item 有问题 and make it a finding."""
    result = line(office, checkup, key)
    set_item_note(office.land_inspector, result_id=result.id, note=f"{key}: 现场见")
    answer_item(office.land_inspector, result_id=result.id, outcome=ItemOutcome.PROBLEM)
    return finding_from_item(office.land_inspector, result_id=result.id)


def reported(office: Office, *keys: str) -> tuple[Case, list[Finding]]:
    """A case whose checkup is finished, with drafts of findings from these items."""
    case, checkup = in_checkup(office)
    findings = [problem(office, checkup, key) for key in keys]
    for department in checkup.departments:
        answer_rest_ok(office.land_inspector, checkup_id=checkup.id, department=department)
    finish_checkup(office.land_inspector, checkup_id=checkup.id, representative="乙示例")
    return case, findings


def assign(ctx: Context, finding: Finding, days: int = 30) -> Finding:
    """Confirm a draft and assign it with a deadline."""
    move_finding(ctx, finding_id=finding.id, move=FindingMove.CONFIRM)
    return move_finding(
        ctx,
        finding_id=finding.id,
        move=FindingMove.ASSIGN,
        deadline_on=ctx.today() + timedelta(days=days),
    )


def submitted_plan(office: Office, case: Case, findings: list[Finding]) -> RemedyPlan:
    """The consultant's plan for assigned findings, handed in."""
    ctx = office.consultant
    plan = draft_plan(ctx, case_id=case.id, finding_ids=[one.id for one in findings])
    edit_plan(ctx, plan_id=plan.id, cause_analysis="资金不足")
    way = plan.recommended_id or ""
    edit_alternative(ctx, alternative_id=way, no_target_reason="不涉及产出")
    for one in findings:
        choose_way(ctx, alternative_id=way, finding_id=one.id, way="reach_output", why="已承诺")
    add_step(
        ctx,
        alternative_id=way,
        title="补办手续",
        responsible="示例机械制造有限公司",
        starts_on=ctx.today(),
        due_on=ctx.today() + timedelta(days=20),
        cost_wan=Decimal("1.5"),
    )
    return submit_plan(ctx, plan_id=plan.id)


def rectifying(office: Office, *keys: str) -> tuple[Case, list[Finding], RemedyPlan]:
    """A case whose findings are being put right after an accepted plan."""
    case, drafts = reported(office, *keys)
    findings = [assign(office.land_lead, one) for one in drafts]
    plan = submitted_plan(office, case, findings)
    accept_plan(office.carrier, plan_id=plan.id)
    return case, [office.workspace.findings.get(one.id) for one in findings], plan


def prove(ctx: Context, finding: Finding, content: bytes = PHOTO) -> str:
    """Attach a photo that shows a finding was put right; says the evidence's key."""
    evidence = add_evidence(
        ctx, case_id=finding.case_id, file_name="after.jpg", content=content, caption="整改后"
    )
    attach_evidence(
        ctx,
        evidence_id=evidence.id,
        subject_kind=SubjectKind.RECTIFICATION,
        subject_id=finding.id,
    )
    return evidence.id


def look(
    ctx: Context,
    case: Case,
    *,
    passed: bool,
    kind: RecheckKind = RecheckKind.RECHECK,
    note: str = "现场复核",
) -> None:
    """A whole recheck or look-back with one result for all its findings."""
    recheck = start_recheck(ctx, case_id=case.id, kind=kind)
    for result in ctx.workspace.recheck_results.where(recheck_id=recheck.id):
        judge_recheck(ctx, result_id=result.id, passed=passed, note=note)
    finish_recheck(ctx, recheck_id=recheck.id, summary="复核完毕", representative="乙示例")


def rechecked(office: Office, *keys: str) -> tuple[Case, list[Finding]]:
    """A case whose findings were proved, looked at again and passed; the plan's steps are done."""
    case, findings, plan = rectifying(office, *keys)
    finish_steps(office, plan)
    for finding in findings:
        prove(office.consultant, finding)
        move_finding(office.consultant, finding_id=finding.id, move=FindingMove.SUBMIT)
    look(office.land_inspector, case, passed=True)
    return case, [office.workspace.findings.get(one.id) for one in findings]


def finish_steps(office: Office, plan: RemedyPlan) -> None:
    """All steps of an accepted plan are done."""
    for step in leading_steps(office.reader, plan):
        complete_step(office.consultant, step_id=step.id, done_on=office.clock.today())


def sent(
    ctx: Context,
    finding: Finding,
    kind: SlipKind = SlipKind.TRANSFER,
    *,
    reply_by: date | None = None,
    recipient: str = "示例执法队",
) -> Referral:
    """A slip to another authority that somebody laid out and issued."""
    draft = SlipDraft(kind=kind, recipient=recipient, facts="现场所见", reply_by=reply_by)
    printed = slip_to_issue(ctx, finding_id=finding.id, draft=draft)
    return issue_slip(ctx, printed=printed, content=printed.document.id.encode(), pages=2)


def objected(ctx: Context, finding: Finding, ground: str = "已动工") -> Objection:
    """The enterprise objects to a confirmed finding; this person takes it down."""
    return raise_objection(
        ctx,
        finding_id=finding.id,
        raised_on=ctx.today(),
        raised_by="甲示例",
        ground=ground,
    )


def show_problem(ctx: Context, finding: Finding) -> None:
    """Attach a photo of the problem itself."""
    evidence = add_evidence(
        ctx, case_id=finding.case_id, file_name="before.jpg", content=PHOTO + b" before"
    )
    attach_evidence(
        ctx, evidence_id=evidence.id, subject_kind=SubjectKind.FINDING, subject_id=finding.id
    )


def close(office: Office, finding: Finding) -> Finding:
    """Request and approve a closure; the plan's steps are done before."""
    plan = plan_of(office.reader, finding_id=finding.id)
    if plan is not None:
        finish_steps(office, plan)
    request = request_closure(
        office.land_inspector,
        finding_id=finding.id,
        ground="已整改到位",
        benefit="手续已补齐",
        no_benefit="papers",
    )
    decide_closure(office.land_lead, closure_id=request.id, approved=True, opinion="同意销号")
    return office.workspace.findings.get(finding.id)
