"""What the conditions of closing look at: gathered from the record for a finding, or for a case."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from landsteward.app.cases import latest_look
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of, rectification_evidence
from landsteward.app.language import for_paper
from landsteward.app.ledgers import LedgerLine, ReadingLine, ledger
from landsteward.app.plan_reading import leading_steps
from landsteward.app.recheck_lines import missed_again
from landsteward.app.slips_about import slips_about
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.closing import (
    ClosingFacts,
    Condition,
    ConditionKey,
    EndKind,
    Explanation,
    HeldCondition,
    Lack,
    LooseEnd,
    closing_conditions,
    explained,
)
from landsteward.domain.disposals import Referral
from landsteward.domain.effects import EffectKind
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.plans import PlanTarget, RemedyPlan
from landsteward.domain.states import (
    CaseStage,
    CaseStep,
    FindingMove,
    FindingState,
    PlanStatus,
    SubjectKind,
)
from landsteward.domain.text import Bilingual, Message, msg

_HANDED_IN = (FindingMove.SUBMIT, FindingMove.FIX_IMMEDIATELY)


def conditions_of(
    ctx: Context, *, finding: Finding, no_benefit: str | None = None
) -> tuple[Condition, ...]:
    """The three conditions of a finding as it stands.

    `no_benefit` is the reason chosen before closure is asked for; afterwards the request's counts.
    """
    space = ctx.workspace
    request = space.closures.first(finding_id=finding.id, decided_at=None)
    if no_benefit is None and request is not None:
        no_benefit = request.no_benefit
    look = latest_look(ctx, finding_id=finding.id)
    case = space.cases.get(finding.case_id)
    reason = ctx.packs.get(case.pack, case.pack_version).closing.reason(no_benefit)
    return closing_conditions(
        ClosingFacts(
            recheck_passed=look[0].passed if look and look[1].done_on is not None else None,
            proofs=len(rectification_evidence(ctx, finding_id=finding.id)),
            ends=loose_ends(ctx, finding=finding),
            readings=_readings(ctx, finding),
            benefit_proofs=len(
                evidence_of(ctx, subject_kind=SubjectKind.BENEFIT, subject_id=finding.id)
            ),
            no_benefit=reason.name if reason else "",
        )
    )


def loose_ends(ctx: Context, *, finding: Finding) -> tuple[LooseEnd, ...]:
    """What is not settled about a finding, with what was written about it."""
    ends = [
        *_late(ctx, finding),
        *_steps(ctx, finding),
        *_targets(ctx, finding),
        *_extensions(ctx, finding),
        *_comments(ctx, finding),
        *(_reply(one) for one in _waiting(ctx, finding)),
        *_measures(ctx, finding),
        *_value(ctx, finding),
        *_refused(ctx, finding),
    ]
    said = {one.about: one.text for one in ctx.workspace.explanations.where(finding_id=finding.id)}
    return tuple(_told(one, said) for one in ends)


def case_conditions(ctx: Context, *, case: Case) -> tuple[Condition, ...]:
    """The same for the case as a whole: findings settled, nothing left unexplained, benefit."""
    space = ctx.workspace
    findings = space.findings.where(case_id=case.id)
    left = tuple(
        Lack(
            what=msg("Finding {number} is not closed yet.", number=one.finding_no),
            step=CaseStep.FINDINGS,
            about=f"{EndKind.FINDING}/{one.id}",
        )
        for one in findings
        if one.state not in SETTLED_FINDING_STATES
    )
    settled: tuple[Message, ...] = ()
    if not left:
        settled = (
            (msg("All {count} findings are settled.", count=len(findings)),)
            if findings
            else (msg("The checkup found no problem."),)
        )
    return (
        Condition(key=ConditionKey.RECHECK, shown=settled, lacks=left),
        explained(case_ends(ctx, case=case)),
        _case_benefit(ctx, findings),
    )


def case_ends(ctx: Context, *, case: Case) -> tuple[LooseEnd, ...]:
    """What is not settled about a case apart from its findings."""
    space = ctx.workspace
    ends = [
        *(_reply(one) for one in _waiting_in(ctx, space.referrals.where(case_id=case.id))),
        *(
            LooseEnd(
                kind=EndKind.JOINT,
                subject_id=one.id,
                what=msg("Joint disposal {number} is not concluded.", number=one.joint_no),
            )
            for one in space.joint_disposals.where(case_id=case.id)
            if one.concluded_on is None
        ),
        *(
            LooseEnd(
                kind=EndKind.PLAN,
                subject_id=one.id,
                what=msg(
                    "Version {version} of the plan was never decided on.", version=one.version
                ),
            )
            for one in space.remedy_plans.where(case_id=case.id, status=PlanStatus.SUBMITTED)
        ),
    ]
    ends += [
        LooseEnd(
            kind=EndKind.OBSTACLE,
            subject_id=one.id,
            what=msg("An obstacle is not cleared: {cause}", cause=one.cause),
        )
        for one in space.obstacles.where(case_id=case.id, cleared_on=None)
    ]
    said = {one.about: one.text for one in space.explanations.where(case_id=case.id)}
    return tuple(_told(one, said) for one in ends)


def explain(
    ctx: Context, *, case_id: str, about: str, text: str, finding_id: str | None = None
) -> None:
    """Settle in words what was left open; words again replace those before, none take them back."""
    ctx.require(Action.REQUEST_CLOSURE)
    space = ctx.workspace
    case = space.cases.get(case_id)
    if case.stage is CaseStage.ARCHIVED:
        raise RefusedMoveError(msg("The case is archived."), where=case.case_no)
    if finding_id is not None and space.findings.get(finding_id).state in SETTLED_FINDING_STATES:
        raise RefusedMoveError(msg("A settled finding is no longer changed."), where=case.case_no)
    known = space.explanations.first(case_id=case_id, finding_id=finding_id, about=about)
    said = text.strip()
    if known is not None and known.text == said:
        return
    with ctx.change():
        if known is not None:
            space.explanations.retire(known.id)
        if said:
            space.explanations.add(
                Explanation(
                    id=ctx.ids.new(),
                    case_id=case_id,
                    finding_id=finding_id,
                    about=about,
                    text=said,
                    given_by=ctx.actor.id,
                    given_at=ctx.clock.now(),
                )
            )


def held(conditions: Sequence[Condition]) -> tuple[HeldCondition, ...]:
    """The conditions as they stand, in the words of papers, to be kept."""
    return tuple(
        HeldCondition(
            key=one.key,
            met=one.met,
            lines=tuple(
                for_paper(line) for line in (*one.shown, *(lack.what for lack in one.lacks))
            ),
        )
        for one in conditions
    )


def plan_of(ctx: Context, *, finding_id: str) -> RemedyPlan | None:
    """The plan that a finding is put right by: the latest accepted one that answers it."""
    space = ctx.workspace
    plans = [
        space.remedy_plans.get(one.plan_id)
        for one in space.plan_findings.where(finding_id=finding_id)
    ]
    accepted = [one for one in plans if one.status is PlanStatus.ACCEPTED]
    return max(accepted, key=order.versioned, default=None)


def _told(end: LooseEnd, said: dict[str, str]) -> LooseEnd:
    return replace(end, explanation=end.explanation or said.get(end.about, ""))


def _late(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """Handed in after the deadline."""
    handed = [
        one
        for one in ctx.workspace.finding_events.where(finding_id=finding.id)
        if one.move in _HANDED_IN
    ]
    due = finding.deadline_on
    if not handed or due is None:
        return []
    last = max(handed, key=lambda one: (one.at, one.id))
    days = (last.at.date() - due).days
    if days <= 0:
        return []
    return [
        LooseEnd(
            kind=EndKind.DEADLINE,
            subject_id=last.id,
            what=msg("Handed in {days} days after the deadline {due}.", days=days, due=due),
        )
    ]


def _steps(ctx: Context, finding: Finding) -> list[LooseEnd]:
    plan = plan_of(ctx, finding_id=finding.id)
    if plan is None:
        return []
    steps = leading_steps(ctx, plan)
    return [
        LooseEnd(
            kind=EndKind.STEP,
            subject_id=one.id,
            what=msg("Step {number} of the plan is not done: {title}", number=at, title=one.title),
        )
        for at, one in enumerate(steps, start=1)
        if one.done_on is None
    ]


def _ledger(ctx: Context, finding: Finding) -> list[tuple[PlanTarget, LedgerLine]]:
    """The lines of the ledger that the finding's plan has a target for."""
    plan = plan_of(ctx, finding_id=finding.id)
    if plan is None:
        return []
    return [
        (one.target, one)
        for one in ledger(ctx, case_id=finding.case_id)
        if one.target is not None and one.target.alternative_id == plan.chosen_id
    ]


def _readings(ctx: Context, finding: Finding) -> tuple[Message, ...]:
    """Each target with what was read of it in its year or, failing that, in the last one before."""
    aims = _ledger(ctx, finding)
    lines = ledger(ctx, case_id=finding.case_id) if aims else []
    found = []
    for target, _line in aims:
        read = [
            one
            for one in lines
            if one.metric.key == target.metric
            and one.year <= target.year
            and one.latest is not None
        ]
        last = max(read, key=lambda one: one.year, default=None)
        if last is not None and last.latest is not None:
            found.append(_reading(target, last, last.latest))
    return tuple(found)


def _metric(line: LedgerLine) -> Bilingual:
    return Bilingual(line.metric.name, line.metric.name_en)


def _reading(target: PlanTarget, line: LedgerLine, read: ReadingLine) -> Message:
    return msg(
        "{metric} of {year}: {reading} {unit} read on {day}, aimed at {target}",
        metric=_metric(line),
        year=str(line.year),
        reading=read.reading.value,
        unit=read.reading.unit,
        day=read.read_on,
        target="–" if target.target is None else target.target,
    )


def _targets(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """Targets of years that are over and that no reading reaches."""
    return [
        LooseEnd(
            kind=EndKind.TARGET,
            subject_id=target.id,
            what=msg(
                "The target of {metric} for {year} was not reached.",
                metric=_metric(line),
                year=str(line.year),
            ),
        )
        for target, line in _ledger(ctx, finding)
        if line.year < ctx.today().year
        and target.target is not None
        and line.effect.kind is not EffectKind.REACHED
    ]


def _extensions(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """More time asked for the finding or a step of its plan that nobody decided on."""
    space = ctx.workspace
    plan = plan_of(ctx, finding_id=finding.id)
    steps = {one.id for one in leading_steps(ctx, plan)} if plan is not None else set()
    return [
        LooseEnd(
            kind=EndKind.EXTENSION,
            subject_id=one.id,
            what=msg("The extension asked for on {day} is not decided on.", day=one.asked_on),
        )
        for one in space.extensions.where(case_id=finding.case_id, granted=None)
        if one.finding_id == finding.id or one.step_id in steps
    ]


def _comments(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """Comments on its plan that nobody answered."""
    plan = plan_of(ctx, finding_id=finding.id)
    if plan is None:
        return []
    return [
        LooseEnd(
            kind=EndKind.COMMENT,
            subject_id=one.id,
            what=msg("A comment on the plan is not answered: {text}", text=one.text),
        )
        for one in ctx.workspace.plan_comments.where(plan_id=plan.id)
        if one.open
    ]


def _waiting(ctx: Context, finding: Finding) -> list[Referral]:
    return _waiting_in(ctx, slips_about(ctx, finding_id=finding.id))


def _waiting_in(ctx: Context, slips: Sequence[Referral]) -> list[Referral]:
    papers = ctx.workspace.issued_documents
    return [
        one
        for one in slips
        if one.reply_by is not None
        and one.replied_on is None
        and papers.get(one.document_id).voided_on is None
    ]


def _reply(slip: Referral) -> LooseEnd:
    return LooseEnd(
        kind=EndKind.REPLY,
        subject_id=slip.id,
        what=msg(
            "The reply of {recipient}, due {day}, is not in.",
            recipient=slip.recipient,
            day=slip.reply_by or date.max,
        ),
    )


def _measures(ctx: Context, finding: Finding) -> list[LooseEnd]:
    space = ctx.workspace
    return [
        LooseEnd(
            kind=EndKind.MEASURE,
            subject_id=one.id,
            what=msg("A measure of the joint disposal is not done: {measure}", measure=one.measure),
        )
        for link in space.joint_findings.where(finding_id=finding.id)
        for one in space.joint_measures.where(joint_id=link.joint_id)
        if one.department == finding.department and one.done_on is None
    ]


def _value(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """The value measured last still misses its limit; what was noted beside it may explain it."""
    look = latest_look(ctx, finding_id=finding.id)
    missed = missed_again(ctx, finding=finding, value=look[0].value) if look else None
    if look is None or missed is None:
        return []
    return [
        LooseEnd(
            kind=EndKind.VALUE,
            subject_id=look[0].id,
            what=msg("The value measured again is {how}.", how=missed),
            explanation=look[0].note,
        )
    ]


def _refused(ctx: Context, finding: Finding) -> list[LooseEnd]:
    """What the last refusal missed: it is said how that was made up for."""
    decided = [
        one
        for one in ctx.workspace.closures.where(finding_id=finding.id)
        if one.decided_at is not None
    ]
    last = max(decided, key=order.requested, default=None)
    if last is None or last.approved:
        return []
    return [
        LooseEnd(
            kind=EndKind.REFUSAL,
            subject_id=f"{last.id}.{number}",
            what=msg("Missed when closure was refused: {text}", text=one.text),
        )
        for number, one in enumerate(last.missing, start=1)
    ]


def _case_benefit(ctx: Context, findings: Sequence[Finding]) -> Condition:
    shown: list[Message] = []
    lacks: list[Lack] = []
    for finding in findings:
        if finding.state is not FindingState.CLOSED:
            continue
        closures = ctx.workspace.closures.where(finding_id=finding.id, approved=True)
        last = max(closures, key=order.requested, default=None)
        lines = [
            line
            for one in (last.conditions if last else ())
            if one.key is ConditionKey.BENEFIT and one.met
            for line in one.lines
        ]
        if lines:
            shown.append(
                msg("Finding {number}: {what}", number=finding.finding_no, what="；".join(lines))
            )
        else:
            lacks.append(
                Lack(
                    what=msg("Finding {number} shows no benefit.", number=finding.finding_no),
                    step=CaseStep.CLOSURE,
                )
            )
    return Condition(key=ConditionKey.BENEFIT, shown=tuple(shown), lacks=tuple(lacks))
