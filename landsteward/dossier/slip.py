"""A slip to another authority (移送函, 抄告函) as PDF, with the sheet that proves its delivery.

Source: GB/T 9704-2012 as far as `domain.md` §7 gives it: A4, type area 156 × 225 mm, 28 characters
by 22 lines, title 2号, date in Arabic digits four characters in from the right. No seal is drawn;
there is room for one over name and date.
"""

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.app.slip_view import SlipView
from landsteward.domain.documents import document_number
from landsteward.domain.findings import LegalBasis
from landsteward.dossier.fonts import load_fonts
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.page import print_pages
from landsteward.dossier.paper import Paper
from landsteward.dossier.styles import (
    CELL,
    CELL_RIGHT,
    STEP,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TITLE,
    Align,
    Style,
)
from landsteward.dossier.wording import Wording

_SIZE = TEXT_WIDTH / 28
_LINE = TEXT_HEIGHT / 22
_RED = Color(0.76, 0.09, 0.11)
_TEXT = Style(size=_SIZE, leading=_LINE, justify=True, first_indent=2 * _SIZE)
_FLUSH = Style(size=_SIZE, leading=_LINE)
_RIGHT = Style(size=_SIZE, leading=_LINE, align=Align.RIGHT)
_CENTRE = Style(size=_SIZE, leading=_LINE, align=Align.CENTRE)
_HEADING = Style(heading=True, size=_SIZE, leading=_LINE, first_indent=2 * _SIZE)
_SUBJECT = Style(heading=True, size=22, leading=12 * mm, align=Align.CENTRE)
_ISSUER = Style(heading=True, size=26, leading=16 * mm, align=Align.CENTRE, colour=_RED)
_SEAL_ROOM = 5 * _LINE
"""A round official seal measures 42 to 45 mm; name and date stand in it."""
_LABEL_WIDTH = 32 * mm


class _RedRule(Flowable):
    """The red double line below the issuer's name: thick above, thin below."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The whole width, one step high."""
        return TEXT_WIDTH, STEP

    def draw(self) -> None:
        """Both lines."""
        canvas = self.canv
        canvas.setStrokeColor(_RED)
        for width, height in ((1.6, STEP - 1), (0.6, STEP - 4)):
            canvas.setLineWidth(width)
            canvas.line(0, height, TEXT_WIDTH, height)


def build_slip(
    view: SlipView, *, fonts: Path, on_page: Callable[[int], None] | None = None
) -> bytes:
    """The slip as PDF. `fonts` is the folder of the bundled fonts.

    `on_page` hears each page's number as it begins. Raises RulePackError where the pack's wording
    lacks something.
    """
    paper = Paper(load_fonts(fonts), Wording(view.wording))
    title = _title(paper, view)
    number = _number(view)
    return print_pages(
        [*_letter(paper, view, title), paper.new_page(), *_receipt(paper, view, title)],
        fonts=paper.fonts,
        title=title,
        author=view.from_name,
        subject=number,
        made_on=view.document.issued_on,
        head_left=number,
        head_right=view.from_name,
        on_page=on_page,
    )


def _number(view: SlipView) -> str:
    one = view.document
    return document_number(one.code, one.year, one.number)


def _title(paper: Paper, view: SlipView) -> str:
    holder = view.enterprise or paper.words("slip.holder_unknown")
    many = "_many" if view.beside else ""
    return paper.words(
        f"slip.title_{view.referral.kind}{many}",
        name=holder,
        title=paper.titled(view.finding),
        count=len(view.beside) + 1,
    )


def _letter(paper: Paper, view: SlipView, title: str) -> list[Flowable]:
    words, slip, block = paper.words, view.referral, paper.block
    story: list[Flowable] = [
        block(view.from_name, _ISSUER),
        _RedRule(),
        block(_number(view), _RIGHT),
        Spacer(0, _LINE / 2),
        block(title, _SUBJECT),
        Spacer(0, _LINE / 2),
        block(words("slip.to", recipient=slip.recipient), _FLUSH),
        block(words(f"slip.lead_in_{slip.kind}", case_no=view.case_no), _TEXT),
        *_part(paper, "slip.subject_heading", _subject(paper, view)),
        *_part(paper, "slip.facts_heading", _facts(paper, view)),
        *_part(paper, "slip.bases_heading", words.bases(_bases(view))),
        *_part(paper, "slip.request_heading", _request(paper, view)),
    ]
    if slip.attachments:
        story.append(Spacer(0, _LINE / 2))
        story.append(block(words("slip.attachments"), _TEXT))
        story += [
            block(words("slip.attachment", number=number, text=text), _TEXT)
            for number, text in enumerate(slip.attachments, start=1)
        ]
    contact = words("slip.contact", name=view.contact)
    if view.phone:
        contact = words("slip.contact_phone", name=view.contact, phone=view.phone)
    return [
        *story,
        CondPageBreak(_SEAL_ROOM + 2 * _LINE),
        Spacer(0, _SEAL_ROOM - 2 * _LINE),
        _Signed(paper, view),
        Spacer(0, _LINE / 2),
        block(f"（{contact}）", _TEXT),
    ]


def _part(paper: Paper, heading: str, text: str) -> list[Flowable]:
    """A heading and its paragraphs, not parted by the page's end."""
    return [
        CondPageBreak(2 * _LINE),
        paper.block(paper.words(heading), _HEADING),
        *(paper.block(line, _TEXT) for line in text.splitlines() if line.strip()),
    ]


def _subject(paper: Paper, view: SlipView) -> str:
    words = paper.words
    if not view.enterprise:
        said = words("slip.subject_plain", name=words("slip.holder_unknown"))
    elif view.uscc:
        said = words("slip.subject", name=view.enterprise, uscc=view.uscc)
    else:
        said = words("slip.subject_plain", name=view.enterprise)
    return said + (words("slip.subject_parcel", parcel=view.parcel) if view.parcel else "")


def _facts(paper: Paper, view: SlipView) -> str:
    """What was written; before it the findings by name, where there are several."""
    if not view.beside:
        return view.referral.facts
    named = [
        paper.words("slip.finding", number=at, title=paper.titled(one), facts=one.description)
        for at, one in enumerate((view.finding, *view.beside), start=1)
    ]
    return "\n".join([*named, view.referral.facts])


def _bases(view: SlipView) -> tuple[LegalBasis, ...]:
    """Every basis once."""
    found = (basis for one in (view.finding, *view.beside) for basis in one.bases)
    return tuple(dict.fromkeys(found))


def _request(paper: Paper, view: SlipView) -> str:
    words, slip = paper.words, view.referral
    asked = slip.request or words(f"slip.request_{slip.kind}")
    if slip.reply_by is None:
        return asked
    return asked + words("slip.reply_by", day=words.day(slip.reply_by))


class _Signed(Flowable):
    """Name above date, centred over each other, four characters in from the right."""

    def __init__(self, paper: Paper, view: SlipView) -> None:
        super().__init__()
        self._lines = [
            paper.block(view.from_name, _CENTRE),
            paper.block(paper.words.day(view.document.issued_on), _CENTRE),
        ]
        self._room = min(max(len(view.from_name), 11) * _SIZE, TEXT_WIDTH - 4 * _SIZE)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As high as its lines."""
        self.height = sum(line.wrap(self._room, aH)[1] for line in self._lines)
        return TEXT_WIDTH, self.height

    def draw(self) -> None:
        """Both, the name on top."""
        top = self.height
        for line in self._lines:
            top -= line.height
            line.drawOn(self.canv, TEXT_WIDTH - 4 * _SIZE - self._room, top)


def _receipt(paper: Paper, view: SlipView, title: str) -> list[Flowable]:
    """送达回证: who received what and when, and what the other side says; filled in by hand."""
    words, slip = paper.words, view.referral
    copies = words("slip.receipt_copies", count=len(slip.attachments))
    lines = [
        ("slip.receipt_document", title),
        ("slip.receipt_number", _number(view)),
        ("slip.receipt_case", view.case_no),
        ("slip.receipt_from", view.from_name),
        ("slip.receipt_to", slip.recipient),
        ("slip.receipt_attachments", copies),
    ]
    rows = [
        Row(
            cells=(
                paper.label(words(key)),
                Cell(content=(paper.block(text, CELL),), middle=True),
            ),
            least_height=3 * STEP,
        )
        for key, text in lines
    ]
    for key, height in (
        ("slip.receipt_received", 40 * mm),
        ("slip.receipt_reply", 60 * mm),
        ("slip.receipt_remarks", 16 * mm),
    ):
        foot = (paper.block(words("common.sign_seal_date"), CELL_RIGHT),)
        signed = key != "slip.receipt_remarks"
        rows.append(
            Row(
                cells=(
                    paper.label(words(key)),
                    Cell(content=(paper.block("", CELL),), foot=foot if signed else ()),
                ),
                least_height=height,
            )
        )
    return [
        paper.block(words("slip.receipt"), TITLE),
        Spacer(0, 2 * STEP),
        Grid((_LABEL_WIDTH, TEXT_WIDTH - _LABEL_WIDTH), rows),
    ]
