"""A version of a remedy plan with everything that belongs to it, as it is read."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from landsteward.app.context import Context
from landsteward.app.ways_out import chosen_of
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.findings import Finding
from landsteward.domain.organisations import Organisation
from landsteward.domain.plans import (
    PlanAlternative,
    PlanRisk,
    PlanStep,
    PlanTarget,
    RemedyPlan,
)
from landsteward.domain.states import PlanStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternativeSheet:
    """One alternative: steps and risks in order, targets by metric and year, chosen ways."""

    alternative: PlanAlternative
    steps: tuple[PlanStep, ...]
    risks: tuple[PlanRisk, ...]
    targets: tuple[PlanTarget, ...]
    ways: tuple[ChosenWay, ...]

    @property
    def cost_wan(self) -> Decimal | None:
        """What its steps cost together, None where no step says."""
        said = [one.cost_wan for one in self.steps if one.cost_wan is not None]
        return sum(said, Decimal()) if said else None

    @property
    def days(self) -> Decimal | None:
        """From its first day to its last, both counted; None where no step names a day."""
        named = [day for one in self.steps for day in (one.starts_on, one.until) if day]
        return Decimal((max(named) - min(named)).days + 1) if named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSheet:
    """A version with its alternatives in order."""

    plan: RemedyPlan
    firm: Organisation | None
    findings: tuple[Finding, ...]
    alternatives: tuple[AlternativeSheet, ...]

    @property
    def leading(self) -> AlternativeSheet:
        """The alternative that counts: the chosen one, else the recommended one, else the first."""
        wanted = self.plan.chosen_id or self.plan.recommended_id
        first = self.alternatives[0]
        return next((one for one in self.alternatives if one.alternative.id == wanted), first)

    @property
    def steps(self) -> tuple[PlanStep, ...]:
        """The steps that count."""
        return self.leading.steps

    @property
    def targets(self) -> tuple[PlanTarget, ...]:
        """The expected metrics that count."""
        return self.leading.targets


def plan_sheet(ctx: Context, *, plan_id: str) -> PlanSheet:
    """A version with its firm, findings and alternatives."""
    space = ctx.workspace
    plan = space.remedy_plans.get(plan_id)
    links = space.plan_findings.where(plan_id=plan_id)
    alternatives = space.plan_alternatives.where(plan_id=plan_id)
    return PlanSheet(
        plan=plan,
        firm=space.organisations.find(plan.firm_id) if plan.firm_id else None,
        findings=tuple(space.findings.get(link.finding_id) for link in links),
        alternatives=tuple(alternative_sheet(ctx, one) for one in sorted(alternatives, key=placed)),
    )


def alternative_sheet(ctx: Context, alternative: PlanAlternative) -> AlternativeSheet:
    """One alternative with its parts."""
    space, key = ctx.workspace, alternative.id
    return AlternativeSheet(
        alternative=alternative,
        steps=tuple(sorted(space.plan_steps.where(alternative_id=key), key=placed)),
        risks=tuple(sorted(space.plan_risks.where(alternative_id=key), key=placed)),
        targets=tuple(
            sorted(
                space.plan_targets.where(alternative_id=key),
                key=lambda one: (one.metric, one.year),
            )
        ),
        ways=chosen_of(ctx, alternative_id=key),
    )


def leading_steps(ctx: Context, plan: RemedyPlan) -> tuple[PlanStep, ...]:
    """The steps of a version that count, in order: of the chosen alternative once accepted."""
    found = ctx.workspace.plan_steps.where(alternative_id=plan.chosen_id or plan.recommended_id)
    return tuple(sorted(found, key=placed))


def leading_targets(ctx: Context, plan: RemedyPlan) -> tuple[PlanTarget, ...]:
    """The expected metrics of a version that count, by metric and year."""
    found = ctx.workspace.plan_targets.where(alternative_id=plan.chosen_id or plan.recommended_id)
    return tuple(sorted(found, key=lambda one: (one.metric, one.year)))


def plan_of_step(ctx: Context, step: PlanStep) -> RemedyPlan:
    """The version a step belongs to."""
    alternative = ctx.workspace.plan_alternatives.get(step.alternative_id)
    return ctx.workspace.remedy_plans.get(alternative.plan_id)


def accepted_plans(ctx: Context, *, case_id: str) -> list[RemedyPlan]:
    """The versions of a case that are in force."""
    return ctx.workspace.remedy_plans.where(case_id=case_id, status=PlanStatus.ACCEPTED)


def placed(one: PlanAlternative | PlanStep | PlanRisk) -> tuple[int, str]:
    """Parts of a plan by their place."""
    return one.position, one.id


def numbered(steps: Iterable[PlanStep]) -> dict[str, int]:
    """The number of each step, from 1 in its alternative."""
    return {one.id: number for number, one in enumerate(steps, start=1)}
