"""One alternative of a plan on paper: measures, ways out, steps, risks, expected figures."""

from collections.abc import Sequence

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable

from landsteward.app.dossier_plan_view import DossierAlternative, DossierPlan
from landsteward.domain.plans import PlanRisk, PlanStep
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.effect import effect
from landsteward.dossier.sections.ways import chosen_ways
from landsteward.dossier.styles import HEADING_3


def alternative(paper: Paper, plan: DossierPlan, one: DossierAlternative) -> list[Flowable]:
    """An alternative whole; its name is said where there are several."""
    words = paper.words
    story: list[Flowable] = []
    if len(plan.alternatives) > 1:
        story += [CondPageBreak(44 * mm), paper.block(title(paper, plan, one), HEADING_3)]
    said = one.sheet.alternative
    if said.measures.strip():
        measures = words.typed(said.measures)
        story.append(paper.sheet([Pair(words("plan.measures"), measures, wide=True, rich=True)]))
    story += chosen_ways(paper, one.ways)
    story += paper.subheading("plan.steps")
    if one.sheet.steps:
        story.append(_steps(paper, one.sheet.steps))
    else:
        story += paper.nothing("plan.no_steps")
    if one.sheet.risks:
        story += paper.subheading("plan.risks")
        story.append(_risks(paper, one.sheet.risks))
    story += paper.subheading("plan.targets")
    if one.targets:
        story.append(_targets(paper, one))
    elif said.no_target_reason.strip():
        reason = words("plan.no_target_reason", reason=words.typed(said.no_target_reason))
        story.append(paper.block(reason))
    else:
        story += paper.nothing("plan.no_targets")
    if one.effect is not None:
        story += effect(paper, one.effect)
    return story


def title(paper: Paper, plan: DossierPlan, one: DossierAlternative) -> str:
    """备选方案甲：name（推荐，采纳）."""
    words = paper.words
    key = one.sheet.alternative.id
    name = words("plan.alternative", ordinal=one.ordinal)
    if one.sheet.alternative.name.strip():
        name = words("plan.named", title=name, name=words.typed(one.sheet.alternative.name))
    marks = []
    if key == plan.plan.recommended_id:
        marks.append(words("plan.recommended"))
    if key == plan.plan.chosen_id:
        marks.append(words("plan.chosen"))
    if not marks:
        return name
    return words("plan.marked", title=name, marks=words("common.list_separator").join(marks))


def with_note(*parts: str) -> str:
    """What is said, each on a line of its own."""
    return "\n".join(part for part in parts if part.strip())


def _steps(paper: Paper, steps: Sequence[PlanStep]) -> Flowable:
    words = paper.words
    columns = (
        Column(words("plan.step_number"), 11, "c"),
        Column(words("plan.step"), 34),
        Column(words("plan.responsible"), 24),
        Column(words("plan.term"), 27, "c"),
        Column(words("plan.result"), 19),
        Column(words("plan.cost"), 18, "r"),
        Column(words("plan.done_on"), 23, "c"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    str(place),
                    words.typed(step.title),
                    words.typed(step.responsible),
                    words.span(step.starts_on, step.due_on),
                    words.typed(step.result),
                    with_note(words.figure(step.cost_wan), step.payer),
                    words.short_day(step.done_on),
                )
            )
            for place, step in enumerate(steps, start=1)
        ],
    )


def _risks(paper: Paper, risks: Sequence[PlanRisk]) -> Flowable:
    words = paper.words
    columns = (
        Column(words("plan.step_number"), 11, "c"),
        Column(words("plan.risk"), 58),
        Column(words("plan.likelihood"), 17, "c"),
        Column(words("plan.risk_answer"), 70),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    str(place),
                    words.typed(one.risk),
                    words(f"likelihood.{one.likelihood}") if one.likelihood else "",
                    words.typed(one.answer),
                )
            )
            for place, one in enumerate(risks, start=1)
        ],
    )


def _targets(paper: Paper, one: DossierAlternative) -> Flowable:
    words = paper.words
    columns = (
        Column(words("plan.metric"), 52),
        Column(words("plan.unit"), 30, "c"),
        Column(words("plan.year"), 22, "c"),
        Column(words("plan.baseline"), 26, "r"),
        Column(words("plan.target"), 26, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    metric.name,
                    metric.unit,
                    words("common.year", year=target.year),
                    words.figure(target.baseline),
                    words.figure(target.target),
                )
            )
            for target, metric in one.targets
        ],
    )
