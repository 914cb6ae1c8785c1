"""四、解决方案: every version of every plan, with ways out, steps and expected figures."""

from collections.abc import Sequence

from reportlab.platypus import Flowable

from landsteward.app.dossier_plan_view import DossierPlan
from landsteward.app.dossier_view import DossierConflict, DossierView
from landsteward.domain.plans import PlanStep
from landsteward.domain.states import PlanStatus
from landsteward.domain.timeline import bar_of
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.gantt import gantt
from landsteward.dossier.sections.plan_alternatives import alternative, with_note
from landsteward.dossier.sections.plan_review import comments, compared, consents, differences

_LIVING = frozenset({PlanStatus.DRAFT, PlanStatus.SUBMITTED, PlanStatus.ACCEPTED})
"""Versions whose steps stand for something; the others are history."""


def plans(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """The firms' contracts, then the plans, oldest version first."""
    story = paper.section("titles.plan", number)
    if view.engagements:
        story += paper.heading(paper.words("plan.engagements"))
        story.append(_engagements(paper, view))
    if view.conflicts:
        story += paper.heading(paper.words("plan.conflicts"))
        story.append(_conflicts(paper, view))
    if not view.plans:
        return story + paper.nothing("plan.nothing")
    for one in view.plans:
        story += _plan(paper, one)
        if one.plan.status in _LIVING:
            story += gantt(paper, [bar_of(step) for step in _steps_of(one)], view.on)
    return story


def _steps_of(one: DossierPlan) -> Sequence[PlanStep]:
    """The steps that count: of the alternative that was chosen, is recommended, or is the first."""
    wanted = one.plan.chosen_id or one.plan.recommended_id
    sheets = [alternative.sheet for alternative in one.alternatives]
    found = [sheet.steps for sheet in sheets if sheet.alternative.id == wanted]
    return (found or [sheet.steps for sheet in sheets] or [()])[0]


def _conflicts(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("plan.firm"), 42),
        Column(words("plan.declared_by"), 32, "c"),
        Column(words("plan.declared"), 41),
        Column(words("plan.conflict_decision"), 41),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    words.typed(one.firm),
                    with_note(one.declared_by, words.moment(one.declaration.declared_at)),
                    _declared(paper, one),
                    _conflict_decision(paper, one),
                )
            )
            for one in view.conflicts
        ],
    )


def _declared(paper: Paper, one: DossierConflict) -> str:
    words = paper.words
    if not one.ties:
        return words("plan.no_conflict")
    return with_note(words("common.list_separator").join(one.ties), one.declaration.detail)


def _conflict_decision(paper: Paper, one: DossierConflict) -> str:
    words, declaration = paper.words, one.declaration
    if not one.ties:
        return words("common.none")
    if declaration.approved is None:
        return words("plan.conflict_undecided")
    said = words("plan.conflict_approved" if declaration.approved else "plan.conflict_refused")
    who = f"{one.decided_by} {words.moment(declaration.decided_at)}".strip()
    return with_note(said, declaration.decision_note, who)


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
                    with_note(words.typed(firm), one.scope),
                    words.typed(carrier),
                    words.typed(one.contract_no),
                    words.span(one.from_on, one.to_on),
                    words.figure(one.fee_wan),
                )
            )
            for one, firm, carrier in view.engagements
        ],
    )


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
                Pair(
                    words("plan.cause_analysis"),
                    words.typed(plan.cause_analysis),
                    wide=True,
                    rich=True,
                ),
            ]
        )
    )
    if len(one.alternatives) > 1:
        story += compared(paper, one)
    for sheet in one.alternatives:
        story += alternative(paper, one, sheet)
    return story + comments(paper, one) + consents(paper, one) + differences(paper, one)
