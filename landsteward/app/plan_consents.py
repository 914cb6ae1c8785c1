"""企业意见: what the enterprise agreed to, by the hash of what was laid before it."""

from collections.abc import Sequence
from dataclasses import dataclass

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet, plan_sheet
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.plans import PlanConsent
from landsteward.domain.signatures import content_hash
from landsteward.domain.states import ConsentKind, PlanStatus
from landsteward.domain.strokes import Stroke, is_signature
from landsteward.domain.text import msg

_OVER = frozenset({PlanStatus.RETURNED, PlanStatus.SUPERSEDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """An opinion, and whether the alternative still says what it was about."""

    consent: PlanConsent
    current: bool


def sign_consent(
    ctx: Context,
    *,
    alternative_id: str,
    name: str,
    strokes: Sequence[Stroke],
    width: int,
    height: int,
) -> PlanConsent:
    """The enterprise's representative agrees on the pad to an alternative as it stands."""
    if not is_signature(strokes):
        raise RefusedMoveError(msg("Nothing was signed yet."))
    return _record(
        ctx,
        alternative_id,
        kind=ConsentKind.SIGNED,
        name=name,
        strokes=tuple(strokes),
        size=(width, height),
    )


def record_paper_consent(
    ctx: Context, *, alternative_id: str, name: str, evidence_id: str
) -> PlanConsent:
    """The representative agreed on paper; the scan is evidence of the case."""
    plan_id = ctx.workspace.plan_alternatives.get(alternative_id).plan_id
    scan = ctx.workspace.evidence.get(evidence_id)
    if scan.case_id != ctx.workspace.remedy_plans.get(plan_id).case_id:
        raise RefusedMoveError(msg("This evidence belongs to another case."), where=scan.file_name)
    return _record(ctx, alternative_id, kind=ConsentKind.PAPER, name=name, evidence_id=evidence_id)


def record_refusal(ctx: Context, *, alternative_id: str, name: str, reason: str) -> PlanConsent:
    """The enterprise does not agree, and says why."""
    if not reason.strip():
        raise RefusedMoveError(msg("Say why the enterprise does not agree."))
    return _record(ctx, alternative_id, kind=ConsentKind.REFUSED, name=name, reason=reason.strip())


def take_consent_back(ctx: Context, *, consent_id: str) -> None:
    """Take an opinion off a version that was not decided on yet."""
    ctx.require(Action.WRITE_PLAN)
    consent = ctx.workspace.plan_consents.get(consent_id)
    plan = ctx.workspace.remedy_plans.get(consent.plan_id)
    living_case(ctx, case_id=plan.case_id)
    if plan.decided_at is not None:
        raise RefusedMoveError(msg("This version was decided on; the opinion stays with it."))
    with ctx.change():
        ctx.workspace.plan_consents.retire(consent_id)


def consents_of(ctx: Context, *, sheet: PlanSheet) -> tuple[Consent, ...]:
    """The opinions on a version, oldest first."""
    hashes = {one.alternative.id: agreed_hash(sheet, one) for one in sheet.alternatives}
    return tuple(
        Consent(consent=one, current=hashes.get(one.alternative_id) == one.content_hash)
        for one in ctx.workspace.plan_consents.where(plan_id=sheet.plan.id)
    )


def agreed_hash(sheet: PlanSheet, one: AlternativeSheet) -> str:
    """The hash of what is laid before the enterprise: cause and findings, and the alternative."""
    said = one.alternative
    return content_hash(
        {
            "case": sheet.plan.case_id,
            "findings": sorted(finding.id for finding in sheet.findings),
            "cause": sheet.plan.cause_analysis,
            "name": said.name,
            "measures": said.measures,
            "no_target_reason": said.no_target_reason,
            "ways": sorted([way.finding_id, way.way, way.why] for way in one.ways),
            "steps": [
                {
                    "title": step.title,
                    "responsible": step.responsible,
                    "starts_on": _said(step.starts_on),
                    "due_on": _said(step.due_on),
                    "result": step.result,
                    "cost_wan": _said(step.cost_wan),
                    "payer": step.payer,
                }
                for step in one.steps
            ],
            "risks": [[risk.risk, _said(risk.likelihood), risk.answer] for risk in one.risks],
            "targets": [
                [target.metric, target.year, _said(target.baseline), _said(target.target)]
                for target in one.targets
            ],
        }
    )


def _said(value: object) -> str | None:
    return None if value is None else str(value)


def _record(
    ctx: Context,
    alternative_id: str,
    *,
    kind: ConsentKind,
    name: str,
    reason: str = "",
    strokes: tuple[Stroke, ...] = (),
    size: tuple[int, int] = (0, 0),
    evidence_id: str | None = None,
) -> PlanConsent:
    ctx.require(Action.WRITE_PLAN)
    space = ctx.workspace
    alternative = space.plan_alternatives.get(alternative_id)
    plan = space.remedy_plans.get(alternative.plan_id)
    living_case(ctx, case_id=plan.case_id)
    if plan.status in _OVER:
        raise RefusedMoveError(
            msg("This version is over; the enterprise answers to the latest one."),
        )
    if not name.strip():
        raise RefusedMoveError(msg("Say who speaks for the enterprise."))
    sheet = plan_sheet(ctx, plan_id=plan.id)
    one = next(one for one in sheet.alternatives if one.alternative.id == alternative_id)
    consent = PlanConsent(
        id=ctx.ids.new(),
        plan_id=plan.id,
        alternative_id=alternative_id,
        kind=kind,
        name=name.strip(),
        given_at=ctx.clock.now(),
        recorded_by=ctx.actor.id,
        content_hash=agreed_hash(sheet, one),
        reason=reason,
        strokes=strokes,
        width=size[0],
        height=size[1],
        evidence_id=evidence_id,
    )
    with ctx.change():
        for known in space.plan_consents.where(plan_id=plan.id, alternative_id=alternative_id):
            space.plan_consents.retire(known.id)
        space.plan_consents.add(consent)
    return consent
