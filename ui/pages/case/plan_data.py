"""What the page of a case's plans reads, on the database thread."""

from dataclasses import dataclass

from landsteward.app.conflicts import FirmOnCase, firm_on_case
from landsteward.app.context import Context
from landsteward.app.drafts import draft_of
from landsteward.app.plan_checks import PlanGap, plan_gaps
from landsteward.app.plan_comments import CommentLine, plan_comments
from landsteward.app.plan_comparing import PlanComparison, compare_versions
from landsteward.app.plan_consents import Consent, consents_of
from landsteward.app.plan_reading import PlanSheet, plan_sheet
from landsteward.app.plan_templates import Offered, templates_for
from landsteward.app.plans import decision_refusal
from landsteward.app.ways_out import WaysOut, ways_out
from landsteward.domain import order
from landsteward.domain.casework import Evidence
from landsteward.domain.findings import Finding
from landsteward.domain.organisations import Organisation
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.states import FindingState, OrganisationKind, PlanStatus
from landsteward.domain.text import Message
from ui.pages.case.plan_comments import COMMENT_FORM
from ui.pages.case.plan_effect import EffectData, read_effects
from ui.pages.case.plan_head import DECISION_FORM
from ui.pages.case.plan_targets import TARGET_FORM


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanData:
    """All plans of the case, the one in front whole with the ways out of its findings, and the
    findings that wait for a plan.
    """

    plans: tuple[RemedyPlan, ...]
    shown: PlanSheet | None
    firms: tuple[Organisation, ...]
    waiting: tuple[Finding, ...]
    ways: tuple[WaysOut, ...]
    firm: FirmOnCase | None
    templates: tuple[Offered, ...]
    gaps: tuple[PlanGap, ...]
    comments: tuple[CommentLine, ...]
    consents: tuple[Consent, ...]
    pool: tuple[Evidence, ...]
    effects: EffectData
    comparison: PlanComparison | None
    refusal: Message | None
    drafts: dict[str, dict[str, str]]


def read_plans(
    ctx: Context,
    *,
    case_id: str,
    selected: str,
    composing: bool,
    compared: tuple[str, str] | None,
) -> PlanData:
    """All versions, and the selected one (the latest, where none is) with what belongs to it."""
    space = ctx.workspace
    plans = sorted(space.remedy_plans.where(case_id=case_id), key=order.versioned)
    chosen = selected or (plans[-1].id if plans else "")
    shown = plan_sheet(ctx, plan_id=chosen) if chosen else None
    waiting = tuple(space.findings.where(case_id=case_id, state=FindingState.ASSIGNED))
    findings = shown.findings if shown and not composing else waiting
    draft = shown is not None and shown.plan.status is PlanStatus.DRAFT
    forms = (DECISION_FORM, TARGET_FORM, COMMENT_FORM)
    return PlanData(
        plans=tuple(plans),
        shown=shown,
        ways=tuple(ways_out(ctx, finding_id=one.id) for one in (shown.findings if shown else ())),
        firms=tuple(
            sorted(
                space.organisations.where(kind=OrganisationKind.SERVICE_FIRM),
                key=lambda one: one.name,
            )
        ),
        waiting=waiting,
        firm=firm_on_case(ctx, case_id=case_id, firm_id=shown.plan.firm_id if shown else None),
        templates=tuple(templates_for(ctx, case_id=case_id, findings=findings)),
        gaps=plan_gaps(ctx, plan_id=chosen) if draft else (),
        comments=plan_comments(ctx, plan_id=chosen) if chosen else (),
        consents=consents_of(ctx, sheet=shown) if shown else (),
        pool=tuple(space.evidence.where(case_id=case_id)),
        effects=read_effects(ctx, case_id=case_id, sheet=shown),
        comparison=compare_versions(ctx, earlier_id=compared[0], later_id=compared[1])
        if compared
        else None,
        refusal=decision_refusal(ctx, plan=shown.plan) if shown else None,
        drafts={form: draft_of(ctx, case_id=case_id, form=form) for form in forms},
    )
