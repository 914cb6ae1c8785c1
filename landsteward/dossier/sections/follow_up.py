"""五、跟踪问效: the ledger of figures, then every entry."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierFollowUp, DossierView
from landsteward.domain.states import SubjectKind
from landsteward.dossier.paper import Column, Line, Paper
from landsteward.dossier.sections.checkup import evidence_note

_PLACES = 2


def follow_up(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """What was expected beside what came, and what was done."""
    story = paper.section("titles.follow_up", number)
    if not view.follow_ups and not view.ledger:
        return story + paper.nothing("follow_up.nothing")
    story += paper.heading(paper.words("follow_up.ledger"))
    if view.ledger:
        story.append(_ledger(paper, view))
    else:
        story += paper.nothing("follow_up.no_ledger")
    story += paper.heading(paper.words("follow_up.entries"))
    if view.follow_ups:
        story.append(_entries(paper, view))
    else:
        story += paper.nothing("follow_up.nothing")
    return story


def _ledger(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.metric"), 43),
        Column(words("follow_up.year"), 17, "c"),
        Column(words("follow_up.baseline"), 18, "r"),
        Column(words("follow_up.target"), 18, "r"),
        Column(words("follow_up.reading"), 19, "r"),
        Column(words("follow_up.read_on"), 23, "c"),
        Column(words("follow_up.yearly"), 18, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    words("register.indicator", name=one.metric.name, unit=one.metric.unit),
                    words("common.year", year=one.line.target.year),
                    words.figure(one.line.target.baseline),
                    words.figure(one.line.target.target),
                    words.figure(one.line.reading),
                    words.short_day(one.line.read_on),
                    words.figure(one.yearly, _PLACES),
                )
            )
            for one in view.ledger
        ],
    )


def _entries(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.day"), 23, "c"),
        Column(words("follow_up.percent"), 15, "c"),
        Column(words("follow_up.content"), 66),
        Column(words("follow_up.figure"), 30, "c"),
        Column(words("follow_up.author"), 22, "c"),
    )
    return paper.table(columns, [Line(_cells(paper, view, one)) for one in view.follow_ups])


def _cells(paper: Paper, view: DossierView, one: DossierFollowUp) -> tuple[str, ...]:
    words = paper.words
    entry = one.entry
    content = [entry.content]
    if one.step.strip():
        content.insert(0, words("follow_up.step", title=one.step))
    proof = view.evidence_numbers.get((SubjectKind.FOLLOW_UP, entry.id), ())
    if proof:
        content.append(evidence_note(paper, proof))
    figure = words("common.none")
    if one.metric is not None and entry.reading is not None:
        reading = words.figure(entry.reading)
        figure = f"{one.metric.name}\n{reading} {one.metric.unit}".rstrip()
    return (
        words.short_day(entry.happened_on),
        words("common.none") if entry.percent is None else f"{entry.percent} %",
        "\n".join(content),
        figure,
        words.typed(one.author),
    )
