"""六、复检记录: every second look on its form, what was then and what is now of each finding."""

from collections.abc import Mapping
from decimal import Decimal

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierRecheck, DossierView, EvidenceNumbers
from landsteward.app.recheck_sheet import RecheckLine
from landsteward.domain.states import RecheckKind, SubjectKind, Verdict
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.paper import Column, Pair, Paper
from landsteward.dossier.sections.checkup import evidence_note
from landsteward.dossier.sections.signatures import signatures
from landsteward.dossier.styles import (
    CELL,
    CELL_CENTRE,
    CELL_SMALL,
    CELL_STRONG,
    HEAD_CELL,
    TINT,
)

_ROOM_TO_WRITE = 22 * mm

Proofs = Mapping[tuple[SubjectKind, str], EvidenceNumbers]


def rechecks(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """Every recheck and look-back, oldest first."""
    story = paper.section("titles.recheck", number)
    if not view.rechecks:
        return story + paper.nothing("recheck.nothing")
    for place, one in enumerate(view.rechecks, start=1):
        words = paper.words
        kind = words(f"recheck_kind.{one.recheck.kind}")
        day = words.day(one.recheck.done_on or one.recheck.planned_on)
        story += paper.heading(words("recheck.heading", number=place, kind=kind, day=day))
        story += whole_recheck(paper, view.evidence_numbers, one, place)
    return story


def whole_recheck(
    paper: Paper, proofs: Proofs, one: DossierRecheck, place: int, *, blank: bool = False
) -> list[Flowable]:
    """The form: who and when, line by line, who signed. A `blank` one has room to write."""
    words = paper.words
    recheck = one.recheck
    story: list[Flowable] = [
        paper.sheet(
            [
                Pair(words("recheck.planned_on"), words.day(recheck.planned_on)),
                Pair(words("recheck.done_on"), "" if blank else words.day(recheck.done_on)),
                Pair(words("recheck.inspector"), words.typed(one.inspector), wide=True),
            ]
        )
    ]
    if not one.lines:
        return story + paper.nothing("recheck.no_results")
    story.append(_lines(paper, proofs, one, blank=blank))
    summary = "\n\n" if blank else words.typed(recheck.summary)
    story.append(paper.sheet([Pair(words("recheck.summary"), summary, wide=True)]))
    story.append(signatures(paper, recheck, one.signatures, intact=one.intact, place=place))
    return story


def _lines(paper: Paper, proofs: Proofs, one: DossierRecheck, *, blank: bool) -> Grid:
    words = paper.words
    columns = (
        Column(words("findings.number"), 11, "c"),
        Column(words("recheck.item"), 42),
        Column(words("recheck.before"), 27, "c"),
        Column(words("recheck.value"), 19, "c"),
        Column(words("recheck.result"), 26, "c"),
        Column(words("recheck.note"), 31),
    )
    rows = [
        _row(
            paper,
            line,
            proofs.get((SubjectKind.RECHECK_RESULT, line.result.id), ()),
            kind=one.recheck.kind,
            blank=blank,
        )
        for line in one.lines
    ]
    return Grid([column.width * mm for column in columns], rows, head=[paper.head(columns)])


def _row(
    paper: Paper, line: RecheckLine, proof: EvidenceNumbers, *, kind: RecheckKind, blank: bool
) -> Row:
    words = paper.words
    verdict = line.result.verdict
    bad = verdict in (Verdict.FAILED, Verdict.PARTLY)
    fill = TINT if bad else None
    unit = line.item.unit if line.item is not None else ""
    finding = line.finding
    below = "\n".join(_asked(paper, line))
    value = unit if blank else _figure(paper, line.result.value, unit)
    if blank:
        looking_back = kind is RecheckKind.LOOK_BACK
        result = words("recheck.boxes_look_back" if looking_back else "recheck.boxes")
    else:
        result = words(f"recheck.{verdict}" if verdict is not None else "recheck.open")
    texts: tuple[tuple[Flowable, ...], ...] = (
        (paper.block(str(finding.finding_no), CELL_CENTRE),),
        (
            paper.block(paper.titled(finding), CELL_STRONG if bad else CELL),
            *((paper.block(below, CELL_SMALL),) if below else ()),
        ),
        (paper.block("\n".join(_before(paper, line)), CELL_CENTRE),),
        (paper.block(value, CELL_CENTRE),),
        (paper.block(result, HEAD_CELL if bad else CELL if blank else CELL_CENTRE),),
        (paper.block("" if blank else "\n".join(_said(paper, line, proof)), CELL),),
    )
    return Row(
        cells=tuple(Cell(content=one, fill=fill, middle=True) for one in texts),
        bar=bad,
        least_height=_ROOM_TO_WRITE if blank else 0,
    )


def _asked(paper: Paper, line: RecheckLine) -> list[str]:
    """The question of the checklist and its limit, under the finding's title."""
    words = paper.words
    asked = []
    if line.item is not None and line.item.title != line.finding.title:
        asked.append(line.item.title)
    if line.limit is not None:
        asked.append(
            words(
                "checkup.limit",
                bounds=words.bounds(line.limit.minimum, line.limit.maximum),
                source=words(f"limit_source.{line.limit.source}"),
            )
        )
    if line.finding.demand.strip():
        asked.append(words("recheck.demand", text=line.finding.demand))
    return asked


def _before(paper: Paper, line: RecheckLine) -> list[str]:
    """What was measured and answered at the checkup."""
    words = paper.words
    if line.earlier is None:
        return [words("common.none")]
    unit = line.item.unit if line.item is not None else ""
    value = [_figure(paper, line.earlier.value, unit)] if line.earlier.value is not None else []
    return [*value, words(f"outcome.{line.earlier.outcome or 'open'}")]


def _said(paper: Paper, line: RecheckLine, proof: EvidenceNumbers) -> list[str]:
    words = paper.words
    result = line.result
    said = [result.note] if result.note.strip() else []
    if result.verdict is Verdict.PARTLY:
        said.append(words("recheck.remains", text=words.typed(result.remains)))
        if result.new_deadline_on is not None:
            said.append(words("recheck.proposed", day=words.short_day(result.new_deadline_on)))
    if proof:
        said.append(evidence_note(paper, proof))
    return said


def _figure(paper: Paper, value: Decimal | None, unit: str) -> str:
    figure = paper.words.figure(value)
    return figure if value is None else f"{figure} {unit}".strip()
