"""The cover and the sheet at the end (备考表). Source: GB/T 9705."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable, Spacer

from landsteward.app.dossier_view import DossierView
from landsteward.domain.documents import document_number
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.headings import ContentsLine, TotalPages
from landsteward.dossier.paper import Paper
from landsteward.dossier.sections.register import holder_code
from landsteward.dossier.styles import (
    BODY,
    CELL,
    HEADING_1,
    NOTE,
    STEP,
    SUBTITLE,
    TEXT_WIDTH,
    TITLE,
    Align,
    Style,
)

_FIELD = Style(size=12, leading=2 * STEP)
_FIELD_LABEL = Style(heading=True, size=12, leading=2 * STEP)
_LABEL_WIDTH = 40 * mm
_SIGNATURE = 16 * mm


def holder_name(paper: Paper, view: DossierView) -> str:
    """The enterprise, or words for a parcel whose holder is unknown."""
    return view.enterprise.name if view.enterprise else paper.words("cover.holder_unknown")


def period(paper: Paper, view: DossierView) -> str:
    """From the opening to the closing of the case, or until now."""
    ended = view.case.closed_on
    key = "cover.period" if ended else "cover.period_open"
    return paper.words(
        key,
        begin=paper.words.day(view.case.opened_on),
        end=paper.words.day(ended or view.on),
    )


def cover(paper: Paper, view: DossierView) -> list[Flowable]:
    """Title, holder, and the fields an archive asks for; what only it knows stays empty."""
    words = paper.words
    blank = ""
    fields: list[tuple[str, str | None]] = [
        ("cover.case_no", view.case.case_no),
        ("cover.uscc", holder_code(paper, view, view.enterprise) if view.enterprise else blank),
        ("cover.carrier", view.carrier),
        ("cover.period_label", period(paper, view)),
        ("cover.pages", None),
        ("cover.document_no", _document_no(view)),
        ("cover.archive_no", blank),
        ("cover.retention", blank),
        ("cover.compiled_on", words.day(view.on)),
    ]
    rows = []
    for key, value in fields:
        content: Flowable = TotalPages() if value is None else paper.block(value, _FIELD)
        rows.append(
            Row(
                cells=(
                    Cell(content=(paper.block(words(key), _FIELD_LABEL),), middle=True),
                    Cell(content=(content,), middle=True),
                ),
                least_height=3 * STEP,
            )
        )
    made_with = words("cover.made_with", pack=view.pack_name, version=view.pack_version)
    return [
        Spacer(0, 6 * STEP),
        paper.block(words("titles.dossier"), TITLE),
        Spacer(0, 3 * STEP),
        paper.block(holder_name(paper, view), SUBTITLE),
        Spacer(0, 8 * STEP),
        Grid((_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH), rows, boxed=False),
        Spacer(0, 2 * STEP),
        paper.block(made_with, NOTE),
    ]


def _document_no(view: DossierView) -> str:
    issued = view.issued
    return document_number(issued.code, issued.year, issued.number) if issued else ""


def contents(paper: Paper) -> list[Flowable]:
    """卷内目录; made after all sections, placed before them."""
    title = Style(
        heading=True,
        size=HEADING_1.size,
        leading=HEADING_1.leading,
        align=Align.CENTRE,
        space_after=2 * STEP,
    )
    return [
        paper.new_page(),
        paper.block(paper.words("titles.contents"), title),
        *(ContentsLine(entry, paper.fonts) for entry in paper.contents.entries),
    ]


def closing_sheet(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """备考表: room for what the archivist writes, and for three signatures."""
    words = paper.words
    rows = [
        Row(
            cells=(
                paper.label(words("end.remarks")),
                Cell(content=(paper.block(words("end.remarks_text"), BODY),)),
            ),
            least_height=80 * mm,
        ),
        *(
            Row(
                cells=(
                    paper.label(words(key)),
                    Cell(content=(paper.block("", CELL),)),
                ),
                least_height=_SIGNATURE,
            )
            for key in ("end.compiled_by", "end.checked_by", "end.filed_on")
        ),
    ]
    return [
        *paper.section("titles.end", number),
        Grid((_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH), rows),
    ]
