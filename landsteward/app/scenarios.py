"""Scenarios of a what-if: kept by name, compared, and taken into a plan as its expected effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from landsteward.app.context import Context
from landsteward.app.plan_writing import set_target, writable_alternative
from landsteward.app.what_if import Ground, as_changes, grading_of, ground, outlooks
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.gradings import GradingRun, RunState
from landsteward.domain.permissions import Action
from landsteward.domain.scenarios import (
    EffectFigure,
    PlanEffect,
    Scenario,
    Stage,
    YearPlacing,
)
from landsteward.domain.screening import Missing
from landsteward.domain.text import Message, msg
from landsteward.domain.what_if.kept import Bounded
from landsteward.domain.what_if.levers import LEVERS
from landsteward.domain.what_if.outlook import Outlook

_PLACES = Decimal("0.0001")
"""Quotients may have no end: figures of a plan are kept to four places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScenarioLine:
    """A scenario with the grading it was worked out against; `stale` says why that is not the last
    word, None where it is.
    """

    scenario: Scenario
    run: GradingRun
    made_by: str
    stale: Message | None


def keep_scenario(
    ctx: Context,
    *,
    on: Ground,
    name: str,
    stages: Sequence[Stage],
    note: str = "",
    scenario_id: str | None = None,
) -> Scenario:
    """Keep a what-if under a name, or what has become of one that is kept. Raises KnownError."""
    ctx.require(Action.WRITE_PLAN)
    name = name.strip()
    if not name:
        raise KnownError(msg("A scenario needs a name."))
    kept = tuple(sorted(stages, key=lambda one: one.year))
    if scenario_id is None and not any(one.changes for one in kept):
        raise KnownError(
            msg("Nothing is changed yet."), where=name, remedy=msg("Set a lever first.")
        )
    scenarios = ctx.workspace.scenarios
    twin = scenarios.first(enterprise_id=on.enterprise_id, name=name)
    if twin is not None and twin.id != scenario_id:
        raise KnownError(
            msg("There is a scenario of this name already."),
            where=name,
            remedy=msg("Choose another name."),
        )
    at, before, later = on.position.parcel, on.now.placing, outlooks(on, kept)
    made = Scenario(
        id=scenario_id or ctx.ids.new(),
        enterprise_id=on.enterprise_id,
        run_id=on.run.id,
        name=name,
        base_year=on.run.year,
        stages=kept,
        before=before,
        after=later[-1].placing if later else before,
        pack_version=on.run.pack_version,
        made_by=ctx.actor.id,
        made_on=ctx.today(),
        parcel_id=at.key if at is not None else None,
        note=note.strip(),
    )
    with ctx.change():
        if scenario_id is None:
            scenarios.add(made)
        else:
            scenarios.save(made)
    return made


def rename_scenario(ctx: Context, *, scenario_id: str, name: str) -> Scenario:
    """Give a scenario another name."""
    ctx.require(Action.WRITE_PLAN)
    name = name.strip()
    if not name:
        raise KnownError(msg("A scenario needs a name."))
    renamed = replace(ctx.workspace.scenarios.get(scenario_id), name=name)
    with ctx.change():
        ctx.workspace.scenarios.save(renamed)
    return renamed


def remove_scenario(ctx: Context, *, scenario_id: str) -> Scenario:
    """Take a scenario away; plans that took it over keep their copy."""
    ctx.require(Action.WRITE_PLAN)
    removed = ctx.workspace.scenarios.get(scenario_id)
    with ctx.change():
        ctx.workspace.scenarios.retire(scenario_id)
    return removed


def bring_scenario_back(ctx: Context, *, scenario_id: str) -> None:
    """Undo that."""
    ctx.require(Action.WRITE_PLAN)
    with ctx.change():
        ctx.workspace.reversals.bring_back("scenarios", scenario_id)


def scenarios_of(ctx: Context, *, enterprise_id: str) -> tuple[ScenarioLine, ...]:
    """The scenarios of an enterprise, the oldest first."""
    space = ctx.workspace
    found = []
    for one in space.scenarios.where(enterprise_id=enterprise_id):
        person = space.people.find(one.made_by)
        found.append(
            ScenarioLine(
                scenario=one,
                run=space.grading_runs.get(one.run_id),
                made_by=person.name if person is not None else "",
                stale=stale(ctx, enterprise_id=enterprise_id, run_id=one.run_id),
            )
        )
    return tuple(found)


def stale(ctx: Context, *, enterprise_id: str, run_id: str) -> Message | None:
    """Why a grading is no longer what an enterprise is held against; None where it is."""
    run = ctx.workspace.grading_runs.find(run_id)
    if run is None:
        return msg("the grading it was worked out against was discarded")
    if run.state is RunState.TAKEN_BACK:
        return msg("the grading it was worked out against was taken back")
    try:
        latest = grading_of(ctx, enterprise_id=enterprise_id)
    except KnownError:
        return None
    if latest.id == run_id:
        return None
    if latest.year > run.year:
        return msg("there is a grading of {year} since", year=latest.year)
    return msg("there is a later grading of {year}", year=latest.year)


def reopened(ctx: Context, *, scenario_id: str) -> tuple[Scenario, Ground]:
    """A scenario with what it rests on, to go on with it or to work it out anew."""
    scenario = ctx.workspace.scenarios.get(scenario_id)
    on = ground(
        ctx,
        enterprise_id=scenario.enterprise_id,
        run_id=scenario.run_id,
        parcel_id=scenario.parcel_id,
    )
    return scenario, on


# Into the plan


def take_into_plan(ctx: Context, *, alternative_id: str, scenario_id: str) -> PlanEffect:
    """The scenario's figures become the expected effect of a plan's alternative: its indicators the
    targets, all of it a copy with its source. What was taken from a scenario before gives way.
    """
    space = ctx.workspace
    alternative = writable_alternative(ctx, alternative_id)
    scenario, on = reopened(ctx, scenario_id=scenario_id)
    case = space.cases.get(space.remedy_plans.get(alternative.plan_id).case_id)
    if case.enterprise_id != scenario.enterprise_id:
        raise RefusedMoveError(msg("The plan is about another enterprise."), where=scenario.name)
    if not any(one.changes for one in scenario.stages):
        raise RefusedMoveError(msg("Nothing is changed yet."), where=scenario.name)
    known = space.plan_effects.first(alternative_id=alternative_id)
    now, later = on.now, outlooks(on, scenario.stages)
    pack = {one.key for one in on.metrics}
    effect = PlanEffect(
        id=known.id if known is not None else ctx.ids.new(),
        alternative_id=alternative_id,
        scenario_id=scenario.id,
        scenario_name=scenario.name,
        run_id=scenario.run_id,
        base_year=scenario.base_year,
        scheme_name=on.run.scheme.name,
        pack_version=on.run.pack_version,
        levers=tuple(_levers(on, scenario.stages)),
        indicators=tuple(_indicators(now, scenario.stages, later)),
        limits=tuple(_limits(scenario.stages, later)),
        before=now.placing,
        after=tuple(
            YearPlacing(year=stage.year, placing=one.placing)
            for stage, one in zip(scenario.stages, later, strict=True)
        ),
        taken_by=ctx.actor.id,
        taken_on=ctx.today(),
    )
    with ctx.change():
        for figure in effect.indicators:
            if figure.key in pack and figure.baseline != figure.target:
                set_target(
                    ctx,
                    alternative_id=alternative_id,
                    metric=figure.key,
                    year=figure.year,
                    baseline=figure.baseline,
                    target=figure.target,
                )
        if known is None:
            space.plan_effects.add(effect)
        else:
            space.plan_effects.save(effect)
    return effect


def effect_of(ctx: Context, *, alternative_id: str) -> PlanEffect | None:
    """The expected effect an alternative took over, if it did."""
    return ctx.workspace.plan_effects.first(alternative_id=alternative_id)


def remove_effect(ctx: Context, *, effect_id: str) -> None:
    """Take the expected effect out of a plan that is still being written; its targets stay."""
    effect = ctx.workspace.plan_effects.get(effect_id)
    writable_alternative(ctx, effect.alternative_id)
    with ctx.change():
        ctx.workspace.plan_effects.retire(effect_id)


def _levers(on: Ground, stages: Sequence[Stage]) -> Iterator[EffectFigure]:
    for stage in stages:
        changes = as_changes(stage)
        for lever in LEVERS:
            if lever.key in changes:
                yield EffectFigure(
                    key=lever.key,
                    year=stage.year,
                    baseline=on.position.value(lever.key),
                    target=changes[lever.key],
                )


def _indicators(
    now: Outlook, stages: Sequence[Stage], later: Sequence[Outlook]
) -> Iterator[EffectFigure]:
    for key in now.values:
        for stage, one in zip(stages, later, strict=True):
            yield EffectFigure(
                key=key,
                year=stage.year,
                baseline=_kept(now.values.get(key)),
                target=_kept(one.values.get(key)),
            )


def _limits(stages: Sequence[Stage], later: Sequence[Outlook]) -> Iterator[EffectFigure]:
    for stage, one in zip(stages, later, strict=True):
        for line in one.bounded:
            if not isinstance(line.after, Missing):
                yield EffectFigure(
                    key=line.key,
                    year=stage.year,
                    baseline=_known(line.before),
                    target=_known(line.after),
                    limit=_limit(line),
                )


def _limit(line: Bounded) -> Decimal | None:
    return None if isinstance(line.limit, Missing) else line.limit.value


def _known(value: Decimal | Missing) -> Decimal | None:
    return None if isinstance(value, Missing) else _kept(value)


def _kept(value: Decimal | None) -> Decimal | None:
    if value is None:
        return None
    return value.quantize(_PLACES, rounding=ROUND_HALF_UP)
