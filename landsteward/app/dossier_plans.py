"""Gathering what a dossier prints of remedy plans."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.dossier_plan_view import (
    DossierAlternative,
    DossierComment,
    DossierConsent,
    DossierEffect,
    DossierPlan,
    DossierWay,
)
from landsteward.app.plan_comparing import compare_versions
from landsteward.app.plan_consents import consents_of
from landsteward.app.plan_reading import AlternativeSheet, PlanSheet, plan_sheet
from landsteward.app.scenarios import effect_of
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.plans import ORDINALS, RemedyPlan
from landsteward.domain.rulepack import MetricKind, RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanNames:
    """What keys are called in a case's dossier; ways out by the case's own pack."""

    pack: RulePack
    person: Callable[[str | None], str]
    organisation: Callable[[str | None], str]
    metric: Callable[[str], MetricKind]
    finding_nos: Mapping[str, int]

    def way(self, chosen: ChosenWay) -> DossierWay:
        """A way out with its basis as it stood when it was chosen."""
        path = next((one for one in self.pack.paths if one.key == chosen.way), None)
        return DossierWay(
            finding_no=self.finding_nos[chosen.finding_id],
            name=path.name if path is not None else chosen.way,
            chosen=chosen,
            bases=self.pack.bases_on(path.bases, chosen.chosen_on) if path else (),
        )


def dossier_plans(ctx: Context, *, case: Case, names: PlanNames) -> tuple[DossierPlan, ...]:
    """Every version of every plan of a case, oldest first."""
    plans = sorted(ctx.workspace.remedy_plans.where(case_id=case.id), key=order.versioned)
    return tuple(_plan(ctx, plan, names) for plan in plans)


def _plan(ctx: Context, plan: RemedyPlan, names: PlanNames) -> DossierPlan:
    sheet = plan_sheet(ctx, plan_id=plan.id)
    answered = {one.id for one in sheet.findings}
    return DossierPlan(
        plan=plan,
        firm=names.organisation(plan.firm_id),
        prepared_by=names.person(plan.prepared_by),
        decided_by=names.person(plan.decided_by),
        finding_nos=tuple(no for key, no in names.finding_nos.items() if key in answered),
        alternatives=tuple(
            _alternative(ctx, one, ordinal, names)
            for ordinal, one in zip(ORDINALS, sheet.alternatives, strict=False)
        ),
        comments=_comments(ctx, sheet, names),
        consents=_consents(ctx, sheet),
        changes=compare_versions(ctx, earlier_id=plan.copy_of, later_id=plan.id).changes
        if plan.copy_of
        else (),
    )


def _comments(ctx: Context, sheet: PlanSheet, names: PlanNames) -> tuple[DossierComment, ...]:
    steps = {
        step.id: number
        for one in sheet.alternatives
        for number, step in enumerate(one.steps, start=1)
    }
    found = ctx.workspace.plan_comments.where(plan_id=sheet.plan.id)
    return tuple(
        DossierComment(
            comment=one,
            step=steps.get(one.record_id or ""),
            written_by=names.person(one.written_by),
            answered_by=names.person(one.answered_by),
            settled_by=names.person(one.settled_by),
        )
        for one in sorted(found, key=lambda one: (one.written_at, one.id))
    )


def _consents(ctx: Context, sheet: PlanSheet) -> tuple[DossierConsent, ...]:
    marks = {
        one.alternative.id: mark for mark, one in zip(ORDINALS, sheet.alternatives, strict=False)
    }
    return tuple(
        DossierConsent(
            consent=one.consent,
            ordinal=marks.get(one.consent.alternative_id, ""),
            current=one.current,
        )
        for one in consents_of(ctx, sheet=sheet)
    )


def _alternative(
    ctx: Context, sheet: AlternativeSheet, ordinal: str, names: PlanNames
) -> DossierAlternative:
    ways = (names.way(one) for one in sheet.ways)
    return DossierAlternative(
        ordinal=ordinal,
        sheet=sheet,
        ways=tuple(sorted(ways, key=lambda one: (one.finding_no, one.chosen.id))),
        targets=tuple((one, names.metric(one.metric)) for one in sheet.targets),
        effect=_effect(ctx, sheet.alternative.id, names),
    )


def _effect(ctx: Context, alternative_id: str, names: PlanNames) -> DossierEffect | None:
    effect = effect_of(ctx, alternative_id=alternative_id)
    if effect is None:
        return None
    return DossierEffect(
        effect=effect,
        taken_by=names.person(effect.taken_by),
        metrics={one.key: names.metric(one.key) for one in effect.indicators},
    )
