"""二、健康体检: the whole form of every checkup, problems marked, room for the signatures."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.checkups import SheetItem
from landsteward.app.dossier_view import DossierCheckup, DossierView
from landsteward.domain.checklist import Limit
from landsteward.domain.states import ItemOutcome, SubjectKind
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Column, Pair, Paper
from landsteward.dossier.styles import CELL, CELL_CENTRE, CELL_STRONG, HEAD_CELL, TEXT_WIDTH, TINT

_SIGNATURE_HEIGHT = 36 * mm


def checkup(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """Every checkup of the case, oldest first."""
    story = paper.section("titles.checkup", number)
    if not view.checkups:
        return story + paper.nothing("checkup.nothing")
    for place, one in enumerate(view.checkups, start=1):
        day = one.checkup.started_on or one.checkup.scheduled_on
        title = paper.words("checkup.heading", number=place, day=paper.words.day(day))
        story += paper.heading(title)
        story.append(paper.sheet(_pairs(paper, one)))
        if one.sections:
            story.append(_form(paper, view, one))
        else:
            story += paper.nothing("checkup.no_items")
        story.append(_signatures(paper, one, place))
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


def _form(paper: Paper, view: DossierView, one: DossierCheckup) -> Grid:
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
            rows.append(_row(paper, view, item, number))
    return Grid([column.width * mm for column in columns], rows, head=[paper.head(columns)])


def _row(paper: Paper, view: DossierView, one: SheetItem, number: int) -> Row:
    words = paper.words
    result = one.result
    problem = result.outcome is ItemOutcome.PROBLEM
    note = [result.note] if result.note.strip() else []
    if one.finding is not None:
        note.append(words("checkup.see_finding", number=one.finding.finding_no))
    proof = view.evidence_numbers.get((SubjectKind.ITEM_RESULT, result.id), ())
    if proof:
        note.append(evidence_note(paper, proof))
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


def _signatures(paper: Paper, one: DossierCheckup, place: int) -> Grid:
    """Two boxes to sign in; the representative's name is printed where it is known."""
    words = paper.words
    form = one.checkup
    if form.representative_refused:
        said = words("checkup.refused", witness=words.typed(form.witness))
    else:
        said = words("checkup.representative", name=words.typed(form.enterprise_representative))
    boxes = (
        (words("checkup.inspectors_sign", number=place), ""),
        (words("checkup.enterprise_signs", number=place), said),
    )
    head = Row(
        cells=tuple(
            Cell(content=(paper.block(title, HEAD_CELL),), fill=TINT, middle=True)
            for title, _ in boxes
        ),
        keep_next=True,
    )
    room = Row(
        cells=tuple(
            Cell(
                content=(paper.block(text, CELL),),
                foot=(paper.block(words("common.sign_date"), CELL_CENTRE),),
            )
            for _, text in boxes
        ),
        least_height=_SIGNATURE_HEIGHT,
    )
    return Grid((TEXT_WIDTH / 2, TEXT_WIDTH / 2), [head, room])
