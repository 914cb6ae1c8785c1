"""四、解决方案: every version of every plan, with ways out, steps and expected figures."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierPlan, DossierView
from landsteward.domain.remedies import PlanStep
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.ways import chosen_ways


def plans(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """The firms' contracts, then the plans, oldest version first."""
    story = paper.section("titles.plan", number)
    if view.engagements:
        story += paper.heading(paper.words("plan.engagements"))
        story.append(_engagements(paper, view))
    if not view.plans:
        return story + paper.nothing("plan.nothing")
    for one in view.plans:
        story += _plan(paper, one)
    return story


def _engagements(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("plan.firm"), 42),
        Column(words("plan.carrier"), 31),
        Column(words("plan.contract_no"), 32, "c"),
        Column(words("plan.term"), 28, "c"),
        Column(words("plan.fee"), 23, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    _with_note(words.typed(firm), one.scope),
                    words.typed(carrier),
                    words.typed(one.contract_no),
                    words.span(one.from_on, one.to_on),
                    words.figure(one.fee_wan),
                )
            )
            for one, firm, carrier in view.engagements
        ],
    )


def _with_note(*parts: str) -> str:
    return "\n".join(part for part in parts if part.strip())


def _plan(paper: Paper, one: DossierPlan) -> list[Flowable]:
    words = paper.words
    plan = one.plan
    status = words(f"plan_status.{plan.status}")
    story = paper.heading(words("plan.heading", version=plan.version, status=status))
    answered = words("common.list_separator").join(
        words("plan.finding_no", number=number) for number in one.finding_nos
    )
    story.append(
        paper.sheet(
            [
                Pair(words("plan.firm"), words.typed(one.firm)),
                Pair(words("plan.prepared_by"), words.typed(one.prepared_by)),
                Pair(words("plan.submitted_at"), words.moment(plan.submitted_at)),
                Pair(words("plan.status"), status),
                Pair(words("plan.decided_by"), words.typed(one.decided_by)),
                Pair(words("plan.decided_at"), words.moment(plan.decided_at)),
                Pair(words("plan.decision_note"), words.typed(plan.decision_note), wide=True),
                Pair(words("plan.answers"), words.typed(answered), wide=True),
                _text(paper, "plan.cause_analysis", plan.cause_analysis),
                _text(paper, "plan.measures", plan.measures),
                _text(paper, "plan.risks", plan.risks),
            ]
        )
    )
    story += chosen_ways(paper, one.ways)
    story += paper.subheading("plan.steps")
    if one.steps:
        story.append(_steps(paper, one.steps))
    else:
        story += paper.nothing("plan.no_steps")
    story += paper.subheading("plan.targets")
    if one.targets:
        story.append(_targets(paper, one))
    else:
        story += paper.nothing("plan.no_targets")
    return story


def _text(paper: Paper, key: str, text: str) -> Pair:
    """One of the plan's texts as it was written."""
    return Pair(paper.words(key), paper.words.typed(text), wide=True, rich=True)


def _steps(paper: Paper, steps: tuple[PlanStep, ...]) -> Flowable:
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
                    _with_note(words.figure(step.cost_wan), step.payer),
                    words.short_day(step.done_on),
                )
            )
            for place, step in enumerate(steps, start=1)
        ],
    )


def _targets(paper: Paper, one: DossierPlan) -> Flowable:
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
