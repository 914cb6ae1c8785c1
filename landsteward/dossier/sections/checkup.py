"""二、健康体检: the whole form of every checkup, problems marked, with its signatures."""

from collections.abc import Mapping

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.checkups import SheetItem
from landsteward.app.dossier_view import DossierCheckup, DossierView, EvidenceNumbers
from landsteward.domain.checklist import Limit
from landsteward.domain.states import ItemOutcome, SubjectKind
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Column, Pair, Paper
from landsteward.dossier.sections.signatures import addenda, signatures
from landsteward.dossier.styles import CELL, CELL_CENTRE, CELL_STRONG, HEAD_CELL, TINT


def checkup(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """Every checkup of the case, oldest first."""
    story = paper.section("titles.checkup", number)
    if not view.checkups:
        return story + paper.nothing("checkup.nothing")
    for place, one in enumerate(view.checkups, start=1):
        day = one.checkup.started_on or one.checkup.scheduled_on
        title = paper.words("checkup.heading", number=place, day=paper.words.day(day))
        story += paper.heading(title)
        story += whole_form(paper, view.evidence_numbers, one, place)
    return story


def whole_form(
    paper: Paper,
    proofs: Mapping[tuple[SubjectKind, str], EvidenceNumbers],
    one: DossierCheckup,
    place: int,
) -> list[Flowable]:
    """One form: what it is of, its lines, its addenda, its signatures."""
    story: list[Flowable] = [paper.sheet(_pairs(paper, one))]
    if one.sections:
        story.append(_form(paper, proofs, one))
    else:
        story += paper.nothing("checkup.no_items")
    if one.addenda:
        story += paper.subheading("checkup.addenda")
        story.append(addenda(paper, one))
    story.append(signatures(paper, one.checkup, one.signatures, intact=one.intact, place=place))
    return story


def _pairs(paper: Paper, one: DossierCheckup) -> list[Pair]:
    words = paper.words
    form = one.checkup
    counts = {outcome: 0 for outcome in (*ItemOutcome, None)}
    for section in one.sections:
        for item in section.items:
            counts[item.result.outcome] += 1
    summary = words(
        "checkup.summary",
        total=sum(counts.values()),
        ok=counts[ItemOutcome.OK],
        problem=counts[ItemOutcome.PROBLEM],
        not_applicable=counts[ItemOutcome.NOT_APPLICABLE],
        open=counts[None],
    )
    pack = words("checkup.pack", name=one.pack_name, version=form.pack_version)
    return [
        Pair(words("checkup.scheduled_on"), words.day(form.scheduled_on)),
        Pair(words("checkup.started_on"), words.day(form.started_on)),
        Pair(words("checkup.finished_at"), words.moment(form.finished_at)),
        Pair(words("checkup.finished_by"), words.typed(one.finished_by)),
        Pair(
            words("checkup.departments"),
            words("common.list_separator").join(one.departments),
            wide=True,
        ),
        Pair(words("checkup.summary_label"), summary, wide=True),
        Pair(words("checkup.conclusion"), words.typed(form.conclusion), wide=True),
        Pair(words("checkup.pack_label"), pack, wide=True),
    ]


def _form(
    paper: Paper, proofs: Mapping[tuple[SubjectKind, str], EvidenceNumbers], one: DossierCheckup
) -> Grid:
    words = paper.words
    columns = (
        Column(words("checkup.number"), 11, "c"),
        Column(words("checkup.item"), 53),
        Column(words("checkup.outcome"), 21, "c"),
        Column(words("checkup.value"), 33, "c"),
        Column(words("checkup.note"), 38),
    )
    rows = []
    number = 0
    for section in one.sections:
        people = words("common.list_separator").join(one.inspectors.get(section.department.key, ()))
        key = "checkup.department_with" if people else "checkup.department"
        head = words(key, name=section.department.name, people=people)
        rows.append(paper.spanning_row(head, len(columns)))
        for item in section.items:
            number += 1
            proof = proofs.get((SubjectKind.ITEM_RESULT, item.result.id), ())
            rows.append(_row(paper, item, item.number or number, proof))
    return Grid([column.width * mm for column in columns], rows, head=[paper.head(columns)])


def _row(paper: Paper, one: SheetItem, number: int, proof: EvidenceNumbers) -> Row:
    words = paper.words
    result = one.result
    problem = result.outcome is ItemOutcome.PROBLEM
    note = [result.note] if result.note.strip() else []
    if one.finding is not None:
        note.append(words("checkup.see_finding", number=one.finding.finding_no))
    if proof:
        note.append(evidence_note(paper, proof))
    if one.addenda:
        joined = words("common.list_separator").join(str(said.number) for said in one.addenda)
        note.append(words("checkup.see_addendum", numbers=joined))
    fill = TINT if problem else None
    texts = (
        (str(number), CELL_CENTRE),
        (one.item.title, CELL_STRONG if problem else CELL),
        (words(f"outcome.{result.outcome or 'open'}"), HEAD_CELL if problem else CELL_CENTRE),
        (_value(paper, one), CELL_CENTRE),
        ("\n".join(note), CELL),
    )
    return Row(
        cells=tuple(
            Cell(content=(paper.block(text, style),), fill=fill, middle=True)
            for text, style in texts
        ),
        bar=problem,
    )


def evidence_note(paper: Paper, numbers: tuple[int, ...]) -> str:
    """Which pieces of evidence belong here, e.g. 见证据 1、3."""
    joined = paper.words("common.list_separator").join(map(str, numbers))
    return paper.words("common.see_evidence", numbers=joined)


def _value(paper: Paper, one: SheetItem) -> str:
    words = paper.words
    value = one.result.value
    lines = []
    if value is not None:
        lines.append(f"{words.figure(value)} {one.item.unit}".strip())
    if one.limit is not None:
        lines.append(_limit(paper, one.limit))
    return "\n".join(lines)


def _limit(paper: Paper, limit: Limit) -> str:
    words = paper.words
    return words(
        "checkup.limit",
        bounds=words.bounds(limit.minimum, limit.maximum),
        source=words(f"limit_source.{limit.source}"),
    )
