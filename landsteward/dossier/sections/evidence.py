"""八、证据材料: the list, pairs of before and after, then every piece with its fingerprint."""

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierEvidence, DossierPair, DossierView
from landsteward.domain.states import SubjectKind
from landsteward.dossier.grid import Cell, Grid, Row
from landsteward.dossier.marks import MarkPen
from landsteward.dossier.paper import Column, Line, Paper
from landsteward.dossier.photos import Photo, print_copy
from landsteward.dossier.styles import CELL, CELL_SMALL, CELL_STRONG, TINT, Style

_WIDTHS = (24 * mm, 54 * mm, 24 * mm, 54 * mm)
_PHOTO_WIDTH, _PHOTO_HEIGHT = 150 * mm, 64 * mm
_CARD_HEIGHT = 125 * mm
"""A heading and a card with its photo."""
_PAIR_WIDTHS = (78 * mm, 78 * mm)
_PAIR_WIDTH, _PAIR_HEIGHT = 73 * mm, 56 * mm
_UNITS = ("B", "KB", "MB", "GB")
_UNIT_STEP = 1024


def evidence(paper: Paper, view: DossierView, number: str) -> list[Flowable]:
    """The list of the pool, and one card for each piece."""
    story = paper.section("titles.evidence", number)
    if not view.evidence:
        return story + paper.nothing("evidence.nothing")
    story += paper.heading(paper.words("evidence.list"))
    story.append(_list(paper, view))
    if view.pairs:
        story += paper.heading(paper.words("evidence.pairs"), room=_CARD_HEIGHT)
        story += [_pair(paper, view, one) for one in view.pairs]
    story += paper.heading(paper.words("evidence.cards"), room=_CARD_HEIGHT)
    story += [_card(paper, view, one) for one in view.evidence]
    return story


def _caption(paper: Paper, one: DossierEvidence) -> str:
    return one.evidence.caption if one.evidence.caption.strip() else one.evidence.file_name


def _list(paper: Paper, view: DossierView) -> Flowable:
    words = paper.words
    columns = (
        Column(words("evidence.number"), 12, "c"),
        Column(words("evidence.caption"), 60),
        Column(words("evidence.proves"), 36),
        Column(words("evidence.added_by"), 22, "c"),
        Column(words("evidence.size"), 26, "r"),
    )
    return paper.table(
        columns,
        [
            Line(
                (
                    str(one.number),
                    _caption(paper, one),
                    _proves(paper, one),
                    words.typed(one.added_by),
                    _size(one.evidence.size_bytes),
                )
            )
            for one in view.evidence
        ],
    )


def _size(size: int) -> str:
    value = float(size)
    unit = 0
    while value >= _UNIT_STEP and unit < len(_UNITS) - 1:
        value /= _UNIT_STEP
        unit += 1
    return f"{size} B" if unit == 0 else f"{value:.1f} {_UNITS[unit]}"


def _proves(paper: Paper, one: DossierEvidence) -> str:
    words = paper.words
    lines = [
        words(f"evidence.of_{kind}", name=name) if name else words(f"subject.{kind}")
        for kind, name in one.proves
        if kind is not SubjectKind.CASE
    ]
    return "\n".join(lines) or words("subject.case")


def _photo(
    paper: Paper, view: DossierView, one: DossierEvidence, width: float, height: float
) -> Photo | None:
    """The picture with its marks, for a box in points; None where it cannot be shown."""
    record = one.evidence
    copy = print_copy(view.content(one.printed), width, height, turn=record.turn)
    if copy is None:
        return None
    pen = MarkPen(record.marks, record.turn, paper.fonts) if record.marks else None
    return Photo(copy, pen)


def _pair(paper: Paper, view: DossierView, pair: DossierPair) -> Grid:
    """A finding, and under it what it was and what it is, side by side."""
    words = paper.words
    title = words("evidence.pair", number=pair.finding_no, title=pair.title)
    photos, captions = [], []
    for key, one in (("evidence.before", pair.before), ("evidence.after", pair.after)):
        photo = _photo(paper, view, one, _PAIR_WIDTH, _PAIR_HEIGHT)
        unreadable = paper.block(words("evidence.unreadable"), CELL)
        photos.append(Cell(content=(photo or unreadable,), middle=True))
        caption = words(
            "evidence.pair_caption",
            side=words(key),
            number=one.number,
            caption=_caption(paper, one),
            taken_at=words.moment(one.evidence.taken_at),
        )
        captions.append(Cell(content=(paper.block(caption, CELL),)))
    head = Cell(content=(paper.block(title, CELL_STRONG),), span=2, fill=TINT)
    return Grid(
        _PAIR_WIDTHS,
        [
            Row(cells=(head,), keep_next=True),
            Row(cells=tuple(photos), keep_next=True),
            Row(cells=tuple(captions)),
        ],
    )


def _card(paper: Paper, view: DossierView, one: DossierEvidence) -> Grid:
    """One piece; the rows of a card stay on one page where they can."""
    words = paper.words
    record = one.evidence
    rows = []
    note = ""
    if one.is_picture:
        photo = _photo(paper, view, one, _PHOTO_WIDTH, _PHOTO_HEIGHT)
        if photo is None:
            note = words("evidence.unreadable")
        else:
            rows.append(Row(cells=(Cell(content=(photo,), span=4),), keep_next=True))
            note = words("evidence.marked") if record.marks else ""
    else:
        note = words("evidence.not_a_photo", media_type=words.typed(record.media_type))
    title = words("evidence.card", number=one.number, caption=_caption(paper, one))
    rows.append(_row(paper, [("evidence.caption", f"{title}\n{note}".rstrip(), CELL)]))
    rows.append(
        _row(
            paper,
            [
                ("evidence.proves", _proves(paper, one), CELL),
                ("evidence.taken_at", words.moment(record.taken_at), CELL),
            ],
        )
    )
    rows.append(_row(paper, [("evidence.place", _place(paper, one), CELL)]))
    rows.append(
        _row(
            paper,
            [
                ("evidence.file_name", record.file_name, CELL_SMALL),
                ("evidence.added_at", words.moment(record.added_at), CELL),
            ],
        )
    )
    rows.append(_row(paper, [("evidence.sha256", record.sha256, CELL_SMALL)], last=True))
    return Grid(_WIDTHS, rows)


def _place(paper: Paper, one: DossierEvidence) -> str:
    """Where it was taken: in words, and as the camera's GPS says."""
    record, words = one.evidence, paper.words
    if record.latitude is None or record.longitude is None:
        return words.typed(record.place)
    gps = words("evidence.gps", latitude=record.latitude, longitude=record.longitude)
    return f"{record.place}　{gps}".strip()


def _row(paper: Paper, pairs: list[tuple[str, str, Style]], *, last: bool = False) -> Row:
    cells = []
    for label, value, style in pairs:
        cells.append(paper.label(paper.words(label)))
        cells.append(
            Cell(
                content=(paper.block(value, style),),
                span=1 if len(pairs) == 2 else 3,
                middle=True,
            )
        )
    return Row(cells=tuple(cells), keep_next=not last)
