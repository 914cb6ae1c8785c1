"""Beginning a plan from a template, and keeping a plan as one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from landsteward.app.chosen_ways import choose_way
from landsteward.app.context import Context
from landsteward.app.plan_reading import AlternativeSheet, plan_sheet
from landsteward.app.plan_writing import add_risk, add_step, edit_alternative, writable_alternative
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action
from landsteward.domain.plan_templates import (
    PlanTemplate,
    SavedTemplate,
    TemplateRisk,
    TemplateStep,
)
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A template to choose; `saved_id` where it is the county's own."""

    template: PlanTemplate
    fits: bool
    saved_id: str | None = None


def templates_for(ctx: Context, *, case_id: str, findings: Sequence[Finding]) -> list[Offered]:
    """Those of the county and of the case's pack; those that fit one of the findings first."""
    space = ctx.workspace
    case = space.cases.get(case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)

    def fits(template: PlanTemplate) -> bool:
        return any(template.fits(one, pack.items_of(one)) for one in findings)

    own = [
        Offered(template=one.template, fits=fits(one.template), saved_id=one.id)
        for one in space.plan_templates.where()
    ]
    shipped = [Offered(template=one, fits=fits(one)) for one in pack.plan_templates]
    return sorted([*own, *shipped], key=lambda one: not one.fits)


def use_template(ctx: Context, *, alternative_id: str, template: PlanTemplate) -> None:
    """Write a template into an alternative: its steps and risks come after those that are there,
    texts only where nothing is written yet. Days count from today.
    """
    alternative = writable_alternative(ctx, alternative_id)
    space = ctx.workspace
    plan = space.remedy_plans.get(alternative.plan_id)
    today = ctx.today()
    with ctx.change():
        if template.cause and not plan.cause_analysis.strip():
            space.remedy_plans.save(replace(plan, cause_analysis=template.cause.strip()))
        if template.measures and not alternative.measures.strip():
            edit_alternative(ctx, alternative_id=alternative_id, measures=template.measures.strip())
        for step in template.steps:
            add_step(
                ctx,
                alternative_id=alternative_id,
                title=step.title,
                responsible=step.responsible,
                starts_on=_on(today, step.start_day),
                due_on=_on(today, step.due_day),
                result=step.result,
                cost_wan=step.cost_wan,
                payer=step.payer,
            )
        for risk in template.risks:
            add_risk(
                ctx,
                alternative_id=alternative_id,
                risk=risk.risk,
                likelihood=risk.likelihood,
                answer=risk.answer,
            )
        _choose(ctx, plan_id=plan.id, alternative_id=alternative_id, template=template)


def save_template(ctx: Context, *, alternative_id: str, name: str) -> SavedTemplate:
    """Keep an alternative as a template of the county's own, for findings like those it answers.

    Days count from the first day that a step names.
    """
    ctx.require(Action.WRITE_PLAN)
    space = ctx.workspace
    if not name.strip():
        raise RefusedMoveError(msg("A template needs a name."))
    taken = [one for one in space.plan_templates.where() if one.template.name == name.strip()]
    if taken:
        raise RefusedMoveError(
            msg("There is a template of this name."), remedy=msg("Give it another name.")
        )
    plan = space.remedy_plans.get(space.plan_alternatives.get(alternative_id).plan_id)
    sheet = plan_sheet(ctx, plan_id=plan.id)
    one = next(one for one in sheet.alternatives if one.alternative.id == alternative_id)
    key = ctx.ids.new()
    saved = SavedTemplate(
        id=key,
        template=PlanTemplate(
            key=key,
            name=name.strip(),
            categories=tuple(sorted({f.category for f in sheet.findings if f.category})),
            items=tuple(sorted({f.item_key for f in sheet.findings if f.item_key})),
            cause=plan.cause_analysis,
            measures=one.alternative.measures,
            ways=tuple(dict.fromkeys(way.way for way in one.ways)),
            steps=_steps(one),
            risks=tuple(
                TemplateRisk(risk=risk.risk, likelihood=risk.likelihood, answer=risk.answer)
                for risk in one.risks
            ),
        ),
        made_by=ctx.actor.id,
        made_at=ctx.clock.now(),
    )
    with ctx.change():
        space.plan_templates.add(saved)
    return saved


def remove_template(ctx: Context, *, saved_id: str) -> None:
    """Take a template of the county's own away; plans begun with it stay."""
    ctx.require(Action.WRITE_PLAN)
    with ctx.change():
        ctx.workspace.plan_templates.retire(saved_id)


def _choose(ctx: Context, *, plan_id: str, alternative_id: str, template: PlanTemplate) -> None:
    """Choose the template's ways for the findings it is meant for."""
    space = ctx.workspace
    case = space.cases.get(space.remedy_plans.get(plan_id).case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    known = {one.key for one in pack.paths}
    for link in space.plan_findings.where(plan_id=plan_id):
        finding = space.findings.get(link.finding_id)
        if not template.fits(finding, pack.items_of(finding)):
            continue
        for way in template.ways:
            if way in known and not space.chosen_ways.first(
                alternative_id=alternative_id, finding_id=finding.id, way=way
            ):
                choose_way(ctx, alternative_id=alternative_id, finding_id=finding.id, way=way)


def _steps(one: AlternativeSheet) -> tuple[TemplateStep, ...]:
    days = [day for step in one.steps for day in (step.starts_on, step.due_on) if day]
    first = min(days, default=None)
    return tuple(
        TemplateStep(
            title=step.title,
            responsible=step.responsible,
            start_day=_day(step.starts_on, first),
            due_day=_day(step.due_on, first),
            result=step.result,
            cost_wan=step.cost_wan,
            payer=step.payer,
        )
        for step in one.steps
    )


def _day(day: date | None, first: date | None) -> int | None:
    return (day - first).days if day is not None and first is not None else None


def _on(today: date, day: int | None) -> date | None:
    return today + timedelta(days=day) if day is not None else None
