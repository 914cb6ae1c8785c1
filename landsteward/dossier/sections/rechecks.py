"""六、复检记录: every second look and what it found of each finding."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierRecheck, DossierView
from landsteward.domain.states import SubjectKind
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.checkup import evidence_note


def rechecks(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """Every recheck and look-back, oldest first."""
    story = paper.section("titles.recheck", number)
    if not view.rechecks:
        return story + paper.nothing("recheck.nothing")
    for place, one in enumerate(view.rechecks, start=1):
        story += _recheck(paper, view, one, place)
    return story


def _recheck(paper: Paper, view: DossierView, one: DossierRecheck, place: int) -> list[Flowable]:
    words = paper.words
    recheck = one.recheck
    kind = words(f"recheck_kind.{recheck.kind}")
    day = words.day(recheck.done_on or recheck.planned_on)
    story = paper.heading(words("recheck.heading", number=place, kind=kind, day=day))
    story.append(
        paper.sheet(
            [
                Pair(words("recheck.planned_on"), words.day(recheck.planned_on)),
                Pair(words("recheck.done_on"), words.day(recheck.done_on)),
                Pair(words("recheck.inspector"), words.typed(one.inspector), wide=True),
                Pair(words("recheck.summary"), words.typed(recheck.summary), wide=True),
            ]
        )
    )
    columns = (
        Column(words("findings.number"), 12, "c"),
        Column(words("findings.title"), 60),
        Column(words("recheck.result"), 24, "c"),
        Column(words("recheck.note"), 60),
    )
    lines = []
    for result, number, title in one.results:
        note = [result.note] if result.note.strip() else []
        proof = view.evidence_numbers.get((SubjectKind.RECHECK_RESULT, result.id), ())
        if proof:
            note.append(evidence_note(paper, proof))
        verdict = {True: "passed", False: "failed", None: "open"}[result.passed]
        lines.append(
            Line(
                (str(number), title, words(f"recheck.{verdict}"), "\n".join(note)),
                marked=result.passed is False,
            )
        )
    if lines:
        story.append(paper.table(columns, lines))
    else:
        story += paper.nothing("recheck.no_results")
    return story
