"""五、跟踪问效: the colour and why, the ledger of figures, what was in the way, and every entry."""

from reportlab.platypus import Flowable, Spacer

from landsteward.app.dossier_view import DossierFollowUp, DossierView
from landsteward.app.language import for_paper
from landsteward.app.ledgers import LedgerLine
from landsteward.domain.follow_ups import MetricReading
from landsteward.domain.states import SubjectKind
from landsteward.dossier.paper import Column, Line, Paper
from landsteward.dossier.sections.checkup import evidence_note
from landsteward.dossier.styles import STEP

_PLACES = 2


def follow_up(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """How it stands, what was expected beside what came, and what was done."""
    story = paper.section("titles.follow_up", number)
    if not (view.follow_ups or view.ledger or view.extensions or view.obstacles):
        return story + paper.nothing("follow_up.nothing")
    story += _standing(paper, view)
    story += paper.heading(paper.words("follow_up.ledger"))
    if view.ledger:
        story.append(_ledger(paper, view))
    else:
        story += paper.nothing("follow_up.no_ledger")
    if view.obstacles:
        story += paper.heading(paper.words("follow_up.obstacles"))
        story.append(_obstacles(paper, view))
    if view.extensions:
        story += paper.heading(paper.words("follow_up.extensions"))
        story.append(_extensions(paper, view))
    story += paper.heading(paper.words("follow_up.entries"))
    if view.follow_ups:
        story.append(_entries(paper, view))
    else:
        story += paper.nothing("follow_up.nothing")
    return story


def _standing(paper: Paper, view: DossierView) -> list[Flowable]:
    """The colour in words with its reasons; of a case that is done there is nothing to say."""
    words, standing = paper.words, view.standing
    if standing is None:
        return []
    colour = words(f"colour.{standing.colour}")
    text = words("follow_up.standing", colour=colour)
    if standing.percent is not None and standing.planned is not None:
        text += words("follow_up.progress", percent=standing.percent, planned=standing.planned)
    reasons = "；".join(for_paper(one) for one in standing.reasons)
    if reasons:
        text += words("follow_up.because", reasons=reasons)
    return [paper.block(text), Spacer(0, STEP)]


def _ledger(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.metric"), 29),
        Column(words("follow_up.year"), 14, "c"),
        Column(words("follow_up.baseline"), 15, "r"),
        Column(words("follow_up.target"), 15, "r"),
        Column(words("follow_up.reading"), 33, "c"),
        Column(words("follow_up.registered"), 16, "r"),
        Column(words("follow_up.difference"), 13, "r"),
        Column(words("follow_up.effect"), 21, "c"),
    )
    return paper.table(columns, [Line(_ledger_cells(paper, one)) for one in view.ledger])


def _ledger_cells(paper: Paper, line: LedgerLine) -> tuple[str, ...]:
    words, target = paper.words, line.target
    return (
        words("register.indicator", name=line.metric.name, unit=line.metric.unit),
        words("common.year", year=line.year),
        words.figure(target.baseline if target else None),
        words.figure(target.target if target else None),
        "\n".join(_said(paper, one.reading) for one in line.readings) or words("common.none"),
        words("common.restricted") if line.restricted else words.figure(line.registered, _PLACES),
        words.figure(line.difference, _PLACES),
        _effect(paper, line),
    )


def _effect(paper: Paper, line: LedgerLine) -> str:
    if line.target is None:
        return paper.words("common.none")
    if line.actual is None and line.restricted:
        return paper.words("common.restricted")
    return for_paper(line.effect.words)


def _said(paper: Paper, reading: MetricReading) -> str:
    """A reading with its quarter and who says so, e.g. 一季度 4.2（税务局）."""
    words = paper.words
    quarter = words(f"quarter.q{reading.quarter}") if reading.quarter else ""
    return words(
        "follow_up.said",
        quarter=quarter,
        value=words.figure(reading.value),
        source=reading.source,
    ).strip()


def _obstacles(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.since"), 23, "c"),
        Column(words("follow_up.cause"), 66),
        Column(words("follow_up.must_act"), 34),
        Column(words("follow_up.cleared"), 33, "c"),
    )
    lines = []
    for one, step in view.obstacles:
        cause = words("follow_up.step", title=step) + "\n" + one.cause if step else one.cause
        cleared = words("follow_up.stands")
        if one.cleared_on is not None:
            cleared = f"{words.short_day(one.cleared_on)}\n{one.cleared_how}".strip()
        cells = (words.short_day(one.since_on), cause, words.typed(one.must_act), cleared)
        lines.append(Line(cells))
    return paper.table(columns, lines)


def _extensions(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.asked"), 24, "c"),
        Column(words("follow_up.extended"), 42),
        Column(words("follow_up.reason"), 40),
        Column(words("follow_up.new_day"), 24, "c"),
        Column(words("follow_up.decided"), 26, "c"),
    )
    lines = []
    for one in view.extensions:
        asked = one.extension
        decision = "waits" if asked.granted is None else "granted" if asked.granted else "refused"
        decided = [words(f"follow_up.{decision}"), one.decided_by, asked.opinion]
        cells = (
            f"{words.short_day(asked.asked_on)}\n{one.asked_by}",
            words.typed(one.subject),
            asked.reason,
            words.span(asked.was_on, asked.to_on),
            "\n".join(text for text in decided if text),
        )
        lines.append(Line(cells))
    return paper.table(columns, lines)


def _entries(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("follow_up.day"), 23, "c"),
        Column(words("follow_up.percent"), 15, "c"),
        Column(words("follow_up.content"), 62),
        Column(words("follow_up.figure"), 34, "c"),
        Column(words("follow_up.author"), 22, "c"),
    )
    return paper.table(columns, [Line(_cells(paper, view, one)) for one in view.follow_ups])


def _cells(paper: Paper, view: DossierView, one: DossierFollowUp) -> tuple[str, ...]:
    words = paper.words
    entry = one.entry
    content = [entry.content]
    if one.step.strip():
        content.insert(0, words("follow_up.step", title=one.step))
    if one.corrected_on is not None:
        content.append(words("follow_up.corrected", day=words.short_day(one.corrected_on)))
    if entry.corrects_id is not None:
        content.append(words("follow_up.corrects"))
    proof = view.evidence_numbers.get((SubjectKind.FOLLOW_UP, entry.id), ())
    if proof:
        content.append(evidence_note(paper, proof))
    figures = [
        f"{name} {words('common.year', year=reading.year)}\n{_said(paper, reading)}"
        for name, reading in one.readings
    ]
    return (
        words.short_day(entry.happened_on),
        words("common.none") if entry.percent is None else f"{entry.percent} %",
        "\n".join(content),
        "\n".join(figures) or words("common.none"),
        words.typed(one.author),
    )
