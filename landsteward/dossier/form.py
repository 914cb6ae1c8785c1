"""The checkup form as a paper of its own: as it stands, or blank for filling in by hand.

Every page bears a code, as letters and as a QR code, by which its checkup is found again.
"""

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer

from landsteward.app.checkups import SheetItem, SheetSection
from landsteward.app.dossier_view import FormView
from landsteward.dossier.flow import TextBlock
from landsteward.dossier.fonts import Fonts, load_fonts
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Pair, Paper
from landsteward.dossier.sections.checkup import whole_form
from landsteward.dossier.styles import (
    CELL,
    CELL_CENTRE,
    CELL_SMALL,
    HEAD_CELL,
    INK,
    MARGIN_LEFT,
    NOTE,
    PAGE_HEIGHT,
    STEP,
    TEXT_WIDTH,
    TINT,
    TITLE,
    Align,
    Style,
)
from landsteward.dossier.wording import Wording

_CODE_SIZE = 15 * mm
_CODE_TOP = PAGE_HEIGHT - 9 * mm
_CODE = Style(heading=True, size=10.5, leading=5 * mm, align=Align.RIGHT)
_CODE_HINT = Style(size=8, leading=4 * mm, align=Align.RIGHT)
_SMALL_HEAD = Style(heading=True, size=9, leading=5 * mm, align=Align.CENTRE)
_BOX = Style(size=14, leading=6 * mm, align=Align.CENTRE)
_WIDTHS = tuple(width * mm for width in (10, 59, 14, 14, 14, 21, 24))
_ROW_HEIGHT = 12 * mm
_EMPTY_ROWS = 2
"""In each section so many lines are left for what is on no list."""

_CONCLUSION_HEIGHT = 30 * mm
_SIGN_HEIGHT = 16 * mm


def build_form(
    view: FormView,
    *,
    fonts: Path,
    blank: bool = False,
    on_page: Callable[[int], None] | None = None,
) -> bytes:
    """The form as PDF; the same view gives the same bytes. See `build.build_dossier`."""
    paper = Paper(load_fonts(fonts), Wording(view.wording))
    words = paper.words
    holder = view.enterprise.name if view.enterprise else words("cover.holder_unknown")
    title = words("form.blank_title" if blank else "titles.checkup")
    story: list[Flowable] = [
        paper.block(title, TITLE),
        Spacer(0, STEP),
        paper.sheet(_head(paper, view, holder, blank=blank)),
    ]
    if blank:
        story += _blank(paper, view)
    else:
        story += whole_form(paper, view.evidence_numbers, view.form, 1)
    return print_pages(
        story,
        fonts=paper.fonts,
        title=words("cover.document_title", title=title, holder=holder),
        author=view.carrier,
        subject=view.case.case_no,
        made_on=view.on,
        head_left=view.case.case_no,
        head_right=holder,
        on_page=on_page,
        corner=lambda canvas: _code(canvas, view.code, words("form.code_hint"), paper.fonts),
        covered=False,
    )


def _code(canvas: Canvas, code: str, hint: str, fonts: Fonts) -> None:
    """The code at the upper right, above the running head."""
    from reportlab.graphics import renderPDF
    from reportlab.graphics.barcode.qr import QrCodeWidget
    from reportlab.graphics.shapes import Drawing

    drawing = Drawing(_CODE_SIZE, _CODE_SIZE)
    drawing.add(
        QrCodeWidget(
            code,
            barWidth=_CODE_SIZE,
            barHeight=_CODE_SIZE,
            barBorder=0,
            barLevel="M",
            barFillColor=INK,
        )
    )
    left = MARGIN_LEFT + TEXT_WIDTH - _CODE_SIZE
    renderPDF.draw(drawing, canvas, left, _CODE_TOP - _CODE_SIZE)
    at = _CODE_TOP - 3 * mm
    for text, style in ((code, _CODE), (hint, _CODE_HINT)):
        block = TextBlock(text, style, fonts)
        block.wrap(70 * mm, 0)
        at -= block.height
        block.drawOn(canvas, left - 73 * mm, at)


def _head(paper: Paper, view: FormView, holder: str, *, blank: bool) -> list[Pair]:
    words = paper.words
    enterprise, parcel = view.enterprise, view.parcel
    checkup = view.form.checkup
    day = words.day(checkup.scheduled_on)
    planned = [Pair(words("checkup.scheduled_on"), day)] if blank else []
    return [
        Pair(words("register.name"), holder, wide=True),
        Pair(words("register.uscc"), words.typed((enterprise and enterprise.uscc) or "")),
        Pair(words("form.case_no"), view.case.case_no),
        Pair(words("form.parcel"), words.typed(parcel.name if parcel else ""), wide=True),
        Pair(words("form.carrier"), words.typed(view.carrier)),
        *planned,
    ]


def _blank(paper: Paper, view: FormView) -> list[Flowable]:
    words = paper.words
    story: list[Flowable] = [
        paper.block(words("form.how"), NOTE),
        Spacer(0, STEP / 2),
        _lines(paper, view),
        Spacer(0, STEP),
    ]
    story += _to_sign(paper, view)
    return story


def _lines(paper: Paper, view: FormView) -> Grid:
    words = paper.words
    heads = (
        (words("checkup.number"), _SMALL_HEAD),
        (words("form.item"), HEAD_CELL),
        (words("outcome.ok"), _SMALL_HEAD),
        (words("form.problem"), _SMALL_HEAD),
        (words("outcome.not_applicable"), _SMALL_HEAD),
        (words("form.value"), _SMALL_HEAD),
        (words("checkup.note"), HEAD_CELL),
    )
    head = Row(
        cells=tuple(
            Cell(content=(paper.block(text, style),), fill=TINT, middle=True)
            for text, style in heads
        )
    )
    rows: list[Row] = []
    for section in view.form.sections:
        people = words("common.list_separator").join(
            view.form.inspectors.get(section.department.key, ())
        )
        key = "checkup.department_with" if people else "checkup.department"
        name = words(key, name=section.department.name, people=people)
        rows.append(paper.spanning_row(name, len(_WIDTHS)))
        rows += [_line(paper, section, one) for one in section.items]
        rows += [_row(paper, "", "", "", "") for _ in range(_EMPTY_ROWS)]
    return Grid(_WIDTHS, rows, head=[head])


def _line(paper: Paper, section: SheetSection, one: SheetItem) -> Row:
    words = paper.words
    articles: dict[str, list[str]] = {}
    for basis in one.bases:
        articles.setdefault(basis.law.removeprefix(words("form.left_out")), []).append(
            basis.article
        )
    between = words("common.list_separator")
    small = [f"{law}{between.join(found)}" for law, found in articles.items()]
    if (leads := one.item.follows) is not None:
        number = next((item.number for item in section.items if item.item.key == leads.item), 0)
        answers = words("form.or").join(words(f"form.after_{answer}") for answer in leads.answers)
        small.insert(0, words("form.follows", number=number, answers=answers))
    value = []
    if one.limit is not None:
        value.append(words.bounds(one.limit.minimum, one.limit.maximum))
    if one.item.unit:
        value.append(one.item.unit)
    return _row(paper, str(one.number), one.item.title, "\n".join(small), "\n".join(value))


def _row(paper: Paper, number: str, title: str, small: str, value: str) -> Row:
    below = (paper.block(small, CELL_SMALL),) if small else ()
    box = Cell(content=(paper.block(paper.words("form.box"), _BOX),), middle=True)
    return Row(
        cells=(
            Cell(content=(paper.block(number, CELL_CENTRE),), middle=True),
            Cell(content=(paper.block(title, CELL), *below), middle=True),
            box,
            box,
            box,
            Cell(foot=(paper.block(value, CELL_SMALL),)),
            Cell(content=(paper.block("", CELL),)),
        ),
        least_height=_ROW_HEIGHT,
    )


def _to_sign(paper: Paper, view: FormView) -> list[Flowable]:
    words = paper.words
    rows = [_field(paper, words("checkup.conclusion"), "", _CONCLUSION_HEIGHT)]
    rows += [
        _field(
            paper,
            words("form.inspectors", department=section.department.short_name),
            words("common.sign_date"),
            _SIGN_HEIGHT,
        )
        for section in view.form.sections
    ]
    rows += [
        _field(paper, words("form.representative"), words("common.sign_date"), _SIGN_HEIGHT),
        _field(paper, words("form.refusal"), words("form.refusal_reason"), _SIGN_HEIGHT),
        _field(paper, words("form.witness"), words("common.sign_date"), _SIGN_HEIGHT),
    ]
    label = 34 * mm
    return [Grid((label, TEXT_WIDTH - label), rows)]


def _field(paper: Paper, label: str, foot: str, height: float) -> Row:
    return Row(
        cells=(
            paper.label(label),
            Cell(
                content=(paper.block("", CELL),),
                foot=(paper.block(foot, CELL),) if foot else (),
            ),
        ),
        least_height=height,
    )
