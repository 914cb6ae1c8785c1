"""What was said of a plan on paper: alternatives compared, comments, the enterprise's opinion, and
what changed from the version before.
"""

from collections.abc import Callable
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.dossier_plan_view import DossierAlternative, DossierConsent, DossierPlan
from landsteward.app.plan_comparing import PlanChange
from landsteward.domain.rich_text import plain
from landsteward.domain.states import ConsentKind, Likelihood
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Column, Line, Paper
from landsteward.dossier.signature import SignatureMark
from landsteward.dossier.styles import CELL

_MOST_BESIDE = 4
"""So many alternatives stand beside each other; further ones follow below."""
_WIDTH = 156.0
_LABEL = 30.0
_RICH = frozenset({"cause_analysis", "measures"})
_MARK_SHOWN = 16


def compared(paper: Paper, plan: DossierPlan) -> list[Flowable]:
    """The alternatives beside each other: cost, duration, ways, expected figures, risks."""
    story = paper.subheading("plan.compared")
    for start in range(0, len(plan.alternatives), _MOST_BESIDE):
        story.append(_beside(paper, plan, plan.alternatives[start : start + _MOST_BESIDE]))
    return story


def _beside(paper: Paper, plan: DossierPlan, shown: tuple[DossierAlternative, ...]) -> Flowable:
    words = paper.words
    width = (_WIDTH - _LABEL) / len(shown)
    columns = [Column("", _LABEL)]
    for one in shown:
        title = words("plan.alternative", ordinal=one.ordinal)
        key = one.sheet.alternative.id
        marks = [
            words(name)
            for name, wanted in (
                ("plan.recommended", plan.plan.recommended_id),
                ("plan.chosen", plan.plan.chosen_id),
            )
            if key == wanted
        ]
        if marks:
            title = words(
                "plan.marked", title=title, marks=words("common.list_separator").join(marks)
            )
        columns.append(Column(title, width))
    rows: list[tuple[str, Callable[[DossierAlternative], str]]] = [
        (words("plan.name"), lambda one: words.typed(one.sheet.alternative.name)),
        (words("plan.paths"), lambda one: _ways(paper, one)),
        (words("plan.total_cost"), lambda one: words.figure(one.sheet.cost_wan)),
        (words("plan.duration"), lambda one: words.figure(one.sheet.days, 0)),
        (words("plan.steps"), lambda one: words.figure(Decimal(len(one.sheet.steps)), 0)),
        (words("plan.targets"), lambda one: _expected(paper, one)),
        (words("plan.risks"), lambda one: _risks(paper, one)),
    ]
    return paper.table(
        columns, [Line((name, *(read(one) for one in shown))) for name, read in rows]
    )


def _ways(paper: Paper, one: DossierAlternative) -> str:
    words = paper.words
    seen = {way.name: words(f"way_state.{way.chosen.state}") for way in one.ways}
    said = [words("plan.marked", title=name, marks=state) for name, state in seen.items()]
    return words.typed("\n".join(said))


def _expected(paper: Paper, one: DossierAlternative) -> str:
    words = paper.words
    said = [
        words(
            "plan.expected",
            year=target.year,
            metric=metric.name,
            value=words.figure(target.target),
            unit=metric.unit,
        )
        for target, metric in one.targets
    ]
    return words.typed("\n".join(said) or one.sheet.alternative.no_target_reason)


def _risks(paper: Paper, one: DossierAlternative) -> str:
    words = paper.words
    counts = [
        (likelihood, sum(risk.likelihood is likelihood for risk in one.sheet.risks))
        for likelihood in reversed(Likelihood)
    ]
    said = [
        words("plan.risk_count", likelihood=words(f"likelihood.{likelihood}"), count=count)
        for likelihood, count in counts
        if count
    ]
    return words.typed(words("common.list_separator").join(said))


def comments(paper: Paper, plan: DossierPlan) -> list[Flowable]:
    """The comments on this version, each with its answer and who settled it."""
    if not plan.comments:
        return []
    words = paper.words
    columns = (
        Column(words("plan.comment_on"), 22),
        Column(words("plan.comment"), 54),
        Column(words("plan.comment_by"), 26),
        Column(words("plan.comment_answer"), 54),
    )
    lines = []
    for one in plan.comments:
        said = one.comment
        place = words(f"plan_part.{said.part}")
        if one.step is not None:
            place = words("plan.comment_step", number=one.step)
        answer = [said.answer]
        if one.answered_by:
            answer.append(one.answered_by)
        if one.settled_by:
            answer.append(words("plan.settled", person=one.settled_by))
        lines.append(
            Line(
                (
                    place,
                    said.text,
                    f"{one.written_by}\n{words.short_day(said.written_at.date())}",
                    words.typed("\n".join(text for text in answer if text)),
                )
            )
        )
    return [*paper.subheading("plan.comments"), paper.table(columns, lines)]


def consents(paper: Paper, plan: DossierPlan) -> list[Flowable]:
    """The enterprise's opinion: what was agreed to, by whom, whether the plan still says it."""
    if not plan.consents:
        return []
    rows = [_consent(paper, plan, one) for one in plan.consents]
    grid = Grid([_WIDTH * mm], [Row(cells=(cell,)) for cell in rows])
    return [*paper.subheading("plan.consent"), grid]


def _consent(paper: Paper, plan: DossierPlan, one: DossierConsent) -> Cell:
    words = paper.words
    given = one.consent
    said = words(f"consent.{given.kind}", name=given.name, at=words.moment(given.given_at))
    if one.ordinal and len(plan.alternatives) > 1:
        about = words("plan.alternative", ordinal=one.ordinal)
        said = words("plan.consent_on", alternative=about, said=said)
    content: list[Flowable] = [paper.block(said, CELL)]
    if given.kind is ConsentKind.REFUSED:
        reason = words("plan.consent_reason", reason=given.reason)
        content.append(paper.block(reason, CELL))
    if given.strokes:
        content.append(SignatureMark(given.strokes))
    key = "plan.consent_intact" if one.current else "plan.consent_changed"
    content.append(paper.block(words(key, mark=given.content_hash[:_MARK_SHOWN]), CELL))
    return Cell(content=tuple(content))


def differences(paper: Paper, plan: DossierPlan) -> list[Flowable]:
    """What changed from the version before, field by field."""
    if plan.plan.copy_of is None:
        return []
    words = paper.words
    story = paper.subheading("plan.changes")
    if not plan.changes:
        return story + paper.nothing("plan.no_changes")
    columns = (
        Column(words("plan.change"), 14, "c"),
        Column(words("plan.change_of"), 34),
        Column(words("plan.change_old"), 54),
        Column(words("plan.change_new"), 54),
    )
    lines = [
        Line(
            (
                words(f"change_kind.{one.kind}"),
                _about(paper, plan, one),
                _value(paper, one, one.old),
                _value(paper, one, one.new),
            )
        )
        for one in plan.changes
    ]
    return [*story, paper.table(columns, lines)]


def _about(paper: Paper, plan: DossierPlan, one: PlanChange) -> str:
    words = paper.words
    said = one.about
    names = {way.chosen.way: way.name for each in plan.alternatives for way in each.ways}
    names |= {metric.key: metric.name for each in plan.alternatives for _, metric in each.targets}
    said = names.get(said, said)
    if one.number is not None:
        said = words("plan.change_row", part=words(f"plan_part.{one.part}"), number=one.number)
    elif not said:
        said = words(f"plan_part.{one.part}")
    heads = [
        words("plan.alternative", ordinal=one.ordinal) if one.ordinal else "",
        said,
        words("common.year", year=one.year) if one.year is not None else "",
        words(f"plan_field.{one.field}") if one.field else "",
    ]
    return "\n".join(dict.fromkeys(text for text in heads if text))


def _value(paper: Paper, one: PlanChange, text: str) -> str:
    words = paper.words
    if one.field == "likelihood" and text:
        return words(f"likelihood.{text}")
    return words.typed(plain(text) if one.field in _RICH else text)
