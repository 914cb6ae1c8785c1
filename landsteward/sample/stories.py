"""The story of one case: every step of it is one use case, done by the person named."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import singledispatchmethod

from landsteward.app.archiving import archive_case, dossier_to_archive
from landsteward.app.campaign_visits import open_visit
from landsteward.app.case_closing import close_case
from landsteward.app.cases import current_checkup, open_case
from landsteward.app.checkups import (
    answer_item,
    answer_rest_ok,
    finish_checkup,
    schedule_checkup,
    set_item_note,
    set_item_value,
    start_checkup,
)
from landsteward.app.chosen_ways import choose_way
from landsteward.app.closing_conditions import explain, loose_ends
from landsteward.app.closures import decide_closure, request_closure
from landsteward.app.conflicts import declare_conflicts, firm_standing
from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierView
from landsteward.app.evidence_intake import take_in
from landsteward.app.findings import edit_finding, finding_from_item, move_finding
from landsteward.app.joint_disposals import add_measure, bind_findings
from landsteward.app.objections import raise_objection
from landsteward.app.plan_comments import comment_plan
from landsteward.app.plan_reading import leading_steps
from landsteward.app.plan_writing import (
    add_alternative,
    add_risk,
    add_step,
    edit_alternative,
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
from landsteward.app.rechecks import finish_recheck, judge_recheck, start_recheck
from landsteward.app.referrals import (
    SlipDraft,
    issue_slip,
    log_receipt,
    log_reply,
    slip_to_issue,
    slips_of,
)
from landsteward.app.slip_view import SlipView
from landsteward.app.suspicions import open_case_from_suspicion
from landsteward.bootstrap import picture_files
from landsteward.domain.casework import Checkup, ItemResult
from landsteward.domain.findings import Finding
from landsteward.domain.register import Enterprise
from landsteward.domain.states import FindingMove, ItemOutcome, PlanPart, RecheckKind, SubjectKind
from landsteward.sample import steps
from landsteward.sample.following import Followed, follow
from landsteward.sample.photos import draw_photo

PrintDossier = Callable[[DossierView], tuple[bytes, int]]
"""The PDF of a dossier, and how many pages it has."""

PrintSlip = Callable[[SlipView], tuple[bytes, int]]
"""The same of a slip."""


class Story:
    """One case of one enterprise, told step by step; the clock is set by whoever tells it."""

    def __init__(
        self,
        staff: Mapping[str, Context],
        today: date,
        enterprise: Enterprise,
        print_dossier: PrintDossier,
        print_slip: PrintSlip,
    ) -> None:
        self._staff = staff
        self._today = today
        self._enterprise = enterprise
        self._print_dossier = print_dossier
        self._print_slip = print_slip
        self._case_id = ""
        self._plan_id = ""

    def tell(self, step: steps.AnyStep) -> None:
        """Do one step in the name of the person it names."""
        self._do(step, self._staff[step.who])

    @singledispatchmethod
    def _do(self, step: steps.Step, ctx: Context) -> None:
        raise TypeError(type(step))

    @_do.register
    def _(self, step: steps.Open, ctx: Context) -> None:
        self._case_id = open_case(
            ctx, enterprise_id=self._enterprise.id, parcel_id=None, summary=step.summary
        ).id

    @_do.register
    def _(self, step: steps.OpenFromRule, ctx: Context) -> None:
        (contract,) = ctx.workspace.supply_contracts.where(holder_id=self._enterprise.id)
        self._case_id = open_case_from_suspicion(
            ctx, subject_id=contract.id, rule_key=step.rule, on=ctx.today()
        ).case.id

    @_do.register
    def _(self, step: steps.Visit, ctx: Context) -> None:
        visit = ctx.workspace.visits.where(enterprise_id=self._enterprise.id)[0]
        case = open_visit(ctx, visit_id=visit.id)
        with ctx.change():
            ctx.workspace.cases.save(replace(case, summary=step.summary))
        self._case_id = case.id

    @_do.register
    def _(self, step: steps.Schedule, ctx: Context) -> None:
        schedule_checkup(
            ctx,
            case_id=self._case_id,
            scheduled_on=self._day(step.on),
            departments=step.departments,
            inspector_ids=[self._staff[key].actor.id for key in step.inspectors],
        )

    @_do.register
    def _(self, step: steps.Start, ctx: Context) -> None:
        start_checkup(ctx, checkup_id=self._checkup(ctx).id)

    @_do.register
    def _(self, step: steps.Measure, ctx: Context) -> None:
        set_item_value(ctx, result_id=self._result(ctx, step.item).id, value=step.value)

    @_do.register
    def _(self, step: steps.Problem, ctx: Context) -> None:
        result = self._result(ctx, step.item)
        set_item_note(ctx, result_id=result.id, note=step.note)
        answer_item(ctx, result_id=result.id, outcome=ItemOutcome.PROBLEM)
        if step.photo is not None:
            self._attach(ctx, step.photo, step.caption, SubjectKind.ITEM_RESULT, result.id)
        finding_from_item(ctx, result_id=result.id)

    @_do.register
    def _(self, step: steps.NotApplicable, ctx: Context) -> None:
        result = self._result(ctx, step.item)
        set_item_note(ctx, result_id=result.id, note=step.note)
        answer_item(ctx, result_id=result.id, outcome=ItemOutcome.NOT_APPLICABLE)

    @_do.register
    def _(self, step: steps.RestOk, ctx: Context) -> None:
        checkup = self._checkup(ctx)
        for department in [step.department] if step.department else checkup.departments:
            answer_rest_ok(ctx, checkup_id=checkup.id, department=department)

    @_do.register
    def _(self, step: steps.Finish, ctx: Context) -> None:
        finish_checkup(
            ctx,
            checkup_id=self._checkup(ctx).id,
            conclusion=step.conclusion,
            representative=step.representative,
            representative_refused=step.refused,
            witness=step.witness,
            refusal_reason=step.reason,
        )

    @_do.register
    def _(self, step: steps.Confirm, ctx: Context) -> None:
        self._move(ctx, step.finding, FindingMove.CONFIRM)

    @_do.register
    def _(self, step: steps.Object, ctx: Context) -> None:
        raise_objection(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            raised_on=ctx.today(),
            raised_by=step.by,
            ground=step.reason,
        )

    @_do.register
    def _(self, step: steps.Cause, ctx: Context) -> None:
        finding_id = self._finding(ctx, step.finding).id
        edit_finding(ctx, finding_id=finding_id, root_cause_key=step.cause)

    @_do.register
    def _(self, step: steps.SendSlip, ctx: Context) -> None:
        printed = slip_to_issue(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            draft=SlipDraft(
                kind=step.kind,
                recipient=step.to,
                facts=step.facts,
                attachments=step.attachments,
                reply_by=None if step.reply_by is None else self._day(step.reply_by),
            ),
        )
        content, pages = self._print_slip(printed)
        issue_slip(ctx, printed=printed, content=content, pages=pages)

    @_do.register
    def _(self, step: steps.Receipt, ctx: Context) -> None:
        log_receipt(
            ctx,
            referral_id=self._slip(ctx, step.finding),
            received_on=ctx.today(),
            received_by=step.by,
        )

    @_do.register
    def _(self, step: steps.Reply, ctx: Context) -> None:
        log_reply(
            ctx,
            referral_id=self._slip(ctx, step.finding),
            replied_on=ctx.today(),
            reply=step.text,
            accepted=step.accepted,
        )

    @_do.register
    def _(self, step: steps.Bind, ctx: Context) -> None:
        ids = [self._finding(ctx, number).id for number in step.findings]
        bound = bind_findings(ctx, finding_ids=ids, lead=step.lead)
        for one in step.measures:
            add_measure(
                ctx,
                joint_id=bound.id,
                department=one.department,
                measure=one.measure,
                responsible=one.responsible,
                due_on=self._day(one.due),
            )

    @_do.register
    def _(self, step: steps.Assign, ctx: Context) -> None:
        move_finding(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            move=FindingMove.ASSIGN,
            deadline_on=self._day(step.deadline),
        )

    @_do.register
    def _(self, step: steps.FixImmediately, ctx: Context) -> None:
        self._move(ctx, step.finding, FindingMove.FIX_IMMEDIATELY, step.reason)

    @_do.register
    def _(self, step: steps.NoPlan, ctx: Context) -> None:
        self._move(ctx, step.finding, FindingMove.RECTIFY_WITHOUT_PLAN, step.reason)

    @_do.register
    def _(self, step: steps.Supervise, ctx: Context) -> None:
        edit_finding(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            supervised=True,
            root_cause=step.root_cause,
        )

    @_do.register
    def _(self, step: steps.WritePlan, ctx: Context) -> None:
        self._answer_for_firm(ctx)
        plan = draft_plan(
            ctx,
            case_id=self._case_id,
            finding_ids=[self._finding(ctx, number).id for number in step.findings],
        )
        self._plan_id = plan.id
        edit_plan(ctx, plan_id=plan.id, cause_analysis=step.cause)
        for number, alternative in enumerate(step.alternatives):
            key = plan.recommended_id if number == 0 else None
            self._write(ctx, key or add_alternative(ctx, plan_id=plan.id).id, alternative)

    def _write(self, ctx: Context, key: str, written: steps.AlternativeEntry) -> None:
        edit_alternative(
            ctx,
            alternative_id=key,
            name=written.name,
            measures=written.measures,
            no_target_reason=written.no_target_reason,
        )
        for chosen in written.ways:
            choose_way(
                ctx,
                alternative_id=key,
                finding_id=self._finding(ctx, chosen.finding).id,
                way=chosen.way,
                why=chosen.why,
            )
        for one in written.steps:
            add_step(
                ctx,
                alternative_id=key,
                title=one.title,
                responsible=one.responsible,
                starts_on=None if one.starts is None else self._day(one.starts),
                due_on=self._day(one.due),
                result=one.result,
                cost_wan=one.cost,
                payer=one.payer,
            )
        for risk in written.risks:
            add_risk(
                ctx,
                alternative_id=key,
                risk=risk.risk,
                likelihood=risk.likelihood,
                answer=risk.answer,
            )
        for goal in written.targets:
            set_target(
                ctx,
                alternative_id=key,
                metric=goal.metric,
                year=self._today.year + goal.year,
                baseline=goal.baseline,
                target=goal.target,
            )

    def _answer_for_firm(self, ctx: Context) -> None:
        """A consultant's first plan for the enterprise: no conflict of interest."""
        enterprise_id = ctx.workspace.cases.get(self._case_id).enterprise_id
        standing = firm_standing(
            ctx, firm_id=ctx.actor.organisation_id, enterprise_id=enterprise_id
        )
        if standing.to_be_asked and enterprise_id is not None:
            declare_conflicts(
                ctx, engagement_id=standing.engagements[0].id, enterprise_ids=[enterprise_id]
            )

    @_do.register
    def _(self, step: steps.SubmitPlan, ctx: Context) -> None:
        submit_plan(ctx, plan_id=self._plan_id)

    @_do.register
    def _(self, step: steps.CommentPlan, ctx: Context) -> None:
        plan = ctx.workspace.remedy_plans.get(self._plan_id)
        comment_plan(
            ctx,
            plan_id=plan.id,
            part=PlanPart.STEPS,
            record_id=leading_steps(ctx, plan)[step.step - 1].id,
            text=step.text,
        )

    @_do.register
    def _(self, step: steps.ReturnPlan, ctx: Context) -> None:
        return_plan(ctx, plan_id=self._plan_id, comment=step.comment)

    @_do.register
    def _(self, step: steps.NewVersion, ctx: Context) -> None:
        del step
        self._plan_id = new_version(ctx, plan_id=self._plan_id).id

    @_do.register
    def _(self, step: steps.AcceptPlan, ctx: Context) -> None:
        accept_plan(ctx, plan_id=self._plan_id, comment=step.comment)

    @_do.register
    def _(self, step: Followed, ctx: Context) -> None:
        follow(step, ctx, self._case_id)

    @_do.register
    def _(self, step: steps.Prove, ctx: Context) -> None:
        finding = self._finding(ctx, step.finding)
        self._attach(ctx, step.photo, step.caption, SubjectKind.RECTIFICATION, finding.id)

    @_do.register
    def _(self, step: steps.Submit, ctx: Context) -> None:
        self._move(ctx, step.finding, FindingMove.SUBMIT)

    @_do.register
    def _(self, step: steps.Resume, ctx: Context) -> None:
        self._move(ctx, step.finding, FindingMove.RESUME)

    @_do.register
    def _(self, step: steps.Look, ctx: Context) -> None:
        self._look(ctx, RecheckKind.RECHECK, step.results, step.summary, step.representative)

    @_do.register
    def _(self, step: steps.LookBackAt, ctx: Context) -> None:
        self._look(ctx, RecheckKind.LOOK_BACK, step.results, step.summary, "")

    @_do.register
    def _(self, step: steps.BeginRecheck, ctx: Context) -> None:
        start_recheck(ctx, case_id=self._case_id)

    @_do.register
    def _(self, step: steps.Reopen, ctx: Context) -> None:
        move_finding(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            move=FindingMove.REOPEN,
            deadline_on=self._day(step.deadline),
        )

    def _look(
        self,
        ctx: Context,
        kind: RecheckKind,
        seen: list[steps.LookResult],
        summary: str,
        representative: str,
    ) -> None:
        numbers = {self._finding(ctx, one.finding).id: one for one in seen}
        recheck = start_recheck(ctx, case_id=self._case_id, kind=kind, finding_ids=list(numbers))
        for result in ctx.workspace.recheck_results.where(recheck_id=recheck.id):
            one = numbers[result.finding_id]
            judge_recheck(
                ctx, result_id=result.id, passed=one.passed, note=one.note, value=one.value
            )
        finish_recheck(ctx, recheck_id=recheck.id, summary=summary, representative=representative)

    @_do.register
    def _(self, step: steps.Request, ctx: Context) -> None:
        request_closure(
            ctx,
            finding_id=self._finding(ctx, step.finding).id,
            ground=step.ground,
            benefit=step.benefit,
            no_benefit=step.no_benefit,
        )

    @_do.register
    def _(self, step: steps.Explain, ctx: Context) -> None:
        finding = self._finding(ctx, step.finding)
        for one in loose_ends(ctx, finding=finding):
            if one.kind is step.kind and one.open:
                explain(
                    ctx,
                    case_id=self._case_id,
                    finding_id=finding.id,
                    about=one.about,
                    text=step.text,
                )

    @_do.register
    def _(self, step: steps.Approve, ctx: Context) -> None:
        finding = self._finding(ctx, step.finding)
        (request,) = ctx.workspace.closures.where(finding_id=finding.id, decided_at=None)
        decide_closure(ctx, closure_id=request.id, approved=True, opinion=step.opinion)

    @_do.register
    def _(self, step: steps.Close, ctx: Context) -> None:
        close_case(ctx, case_id=self._case_id)

    @_do.register
    def _(self, step: steps.Archive, ctx: Context) -> None:
        printed = dossier_to_archive(ctx, case_id=self._case_id)
        dossier, pages = self._print_dossier(printed)
        archive_case(ctx, printed=printed, dossier=dossier, pages=pages)

    def _day(self, days: int) -> date:
        return self._today + timedelta(days=days)

    def _checkup(self, ctx: Context) -> Checkup:
        checkup = current_checkup(ctx, case_id=self._case_id)
        if checkup is None:
            raise LookupError(self._enterprise.name)
        return checkup

    def _result(self, ctx: Context, item: str) -> ItemResult:
        checkup_id = self._checkup(ctx).id
        (result,) = ctx.workspace.item_results.where(checkup_id=checkup_id, item_key=item)
        return result

    def _finding(self, ctx: Context, number: int) -> Finding:
        (finding,) = ctx.workspace.findings.where(case_id=self._case_id, finding_no=number)
        return finding

    def _slip(self, ctx: Context, number: int) -> str:
        """The latest slip of a finding."""
        return slips_of(ctx, finding_id=self._finding(ctx, number).id)[-1].referral.id

    def _move(self, ctx: Context, number: int, move: FindingMove, reason: str = "") -> None:
        move_finding(ctx, finding_id=self._finding(ctx, number).id, move=move, reason=reason)

    def _attach(
        self, ctx: Context, scene: str, caption: str, kind: SubjectKind, subject_id: str
    ) -> None:
        taken = ctx.clock.now()
        content = draw_photo(
            scene, title=caption, below=f"{self._enterprise.name} · {taken:%Y-%m-%d}"
        )
        file = picture_files().taken(f"{scene}-{taken:%Y%m%d}.jpg", content)
        take_in(
            ctx,
            case_id=self._case_id,
            file=replace(file, facts=replace(file.facts, taken_at=taken)),
            subject_kind=kind,
            subject_id=subject_id,
            caption=caption,
            place=self._enterprise.address,
        )
