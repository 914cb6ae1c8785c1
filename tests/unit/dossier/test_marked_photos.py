"""Photos on paper with what was drawn on them, turned as shown, before beside after."""

from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image
from pypdf import PageObject

from landsteward.app.dossier_view import DossierPair, DossierView
from landsteward.bootstrap import build_dossier_pdf
from landsteward.domain.mark_shapes import shape_of
from landsteward.domain.photos import Mark, MarkColour, MarkKind
from landsteward.dossier.build import build_dossier
from landsteward.dossier.photos import print_copy
from landsteward.pictures.files import CameraFiles
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import rich_view
from tests.helpers.pdf_reading import flow_of, reader
from tests.helpers.photos import jpeg

ARROW = Mark(kind=MarkKind.ARROW, colour=MarkColour.RED, x1=0.1, y1=0.2, x2=0.5, y2=0.6)
BOX = Mark(kind=MarkKind.BOX, colour=MarkColour.YELLOW, x1=0.5, y1=0.5, x2=0.7, y2=0.9)
TEXT = Mark(kind=MarkKind.TEXT, colour=MarkColour.BLUE, x1=0.1, y1=0.1, text="此桶无标签<b>😀")


def marked(view: DossierView, *marks: Mark, turn: int = 0) -> DossierView:
    """The view with marks on its first photo."""
    first, *rest = view.evidence
    evidence = replace(first.evidence, marks=marks, turn=turn)
    return replace(view, evidence=(replace(first, evidence=evidence), *rest))


def flow_of_page(page: PageObject) -> str:
    return "".join(page.extract_text().split())


def drawn_on(page: PageObject) -> bytes:
    contents = page.get_contents()
    return contents.get_data() if contents is not None else b""


def test_marks_are_vectors_over_the_photo_and_words_can_be_read() -> None:
    view = rich_view(photos=1)
    plain = build_dossier(view, fonts=FONTS)
    content = build_dossier(marked(view, ARROW, BOX, TEXT), fonts=FONTS)
    assert "此桶无标签<b>〔U+1F600〕" in flow_of(content)
    assert "图上标注为检查人员所加，原件未改动" in flow_of(content)
    assert "图上标注" not in flow_of(plain)
    # The red of the arrow (#E02B20) and the yellow of the box (#FFD21F) as colours of strokes.
    drawn = b"".join(drawn_on(page) for page in reader(content).pages)
    assert b".878431 .168627 .12549 RG" in drawn
    assert b"1 .823529 .121569 RG" in drawn
    images = [one.data for page in reader(content).pages for one in page.images]
    assert images == [one.data for page in reader(plain).pages for one in page.images], (
        "the picture itself is the same"
    )


def test_the_same_marks_give_the_same_bytes() -> None:
    view = marked(rich_view(photos=2), ARROW, TEXT, turn=1)
    assert build_dossier(view, fonts=FONTS) == build_dossier(view, fonts=FONTS)


def test_a_copy_made_before_or_now_prints_the_same() -> None:
    """Whether the smaller copy is kept already makes no difference to a single byte."""
    view = rich_view(photos=3)
    files = CameraFiles()
    kept: dict[str, bytes] = {}
    with_copies = []
    for number, one in enumerate(view.evidence):
        if one.is_picture:
            large = files.copies(view.content(one.evidence.sha256)).large
            assert large is not None
            kept[f"copy{number}"] = large
            one = replace(one, picture=f"copy{number}")
        with_copies.append(one)
    other = replace(
        view, evidence=tuple(with_copies), content=lambda key: kept.get(key) or view.content(key)
    )
    assert other.evidence == view.evidence, "nor to what is compared before archiving"
    assert build_dossier_pdf(other) == build_dossier_pdf(view)


@pytest.mark.parametrize(
    ("turn", "red_at"), [(0, (0.25, 0.5)), (1, (0.5, 0.25)), (2, (0.75, 0.5)), (3, (0.5, 0.75))]
)
def test_a_photo_is_printed_turned_as_it_is_shown(turn: int, red_at: tuple[float, float]) -> None:
    """The red half lies at the left; a quarter clockwise brings it to the top."""
    copy = print_copy(jpeg((800, 600)), 400, 200, turn=turn)
    assert copy is not None
    image = Image.open(BytesIO(copy.jpeg))
    pixel = image.getpixel((int(image.width * red_at[0]), int(image.height * red_at[1])))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200
    assert (image.width > image.height) == (copy.width > copy.height) == (turn % 2 == 0)


def test_before_and_after_stand_side_by_side() -> None:
    view = rich_view(photos=2)
    before, after = view.evidence[:2]
    pair = DossierPair(finding_no=1, title="未按期竣工", before=before, after=after)
    text = flow_of(build_dossier(replace(view, pairs=(pair,)), fonts=FONTS))
    assert "整改前后对照" in text
    assert "整改前：证据1" in text
    assert "整改后：证据2" in text
    content = build_dossier(replace(view, pairs=(pair,)), fonts=FONTS)
    page = next(one for one in reader(content).pages if "整改前：证据1" in flow_of_page(one))
    assert len(page.images) >= 2
    assert "整改前后对照" not in flow_of(build_dossier(view, fonts=FONTS))


def test_captions_say_number_item_time_and_place() -> None:
    text = flow_of(build_dossier(rich_view(photos=1), fonts=FONTS))
    card = text[text.rindex("证据1") :]
    for said in ("证明对象", "问题1", "2026年3月10日10:01", "创新大道与规划一路交叉口"):
        assert said in card, said


def test_sixty_photos_stay_a_sane_file() -> None:
    view = rich_view(photos=60)
    content = build_dossier_pdf(view)
    photos = sum(len(page.images) for page in reader(content).pages)
    assert photos == 60
    assert len(content) < 60 * 200_000
    # Two cards a page.
    cards = [one for one in reader(content).pages if len(one.images)]
    assert len(cards) <= 31


@pytest.mark.parametrize(
    ("turn", "tail"), [(0, (40, 60)), (1, (240, 40)), (2, (360, 240)), (3, (60, 360))]
)
def test_marks_turn_with_the_picture(turn: int, tail: tuple[float, float]) -> None:
    """The tail at (0.1, 0.2) of 400 × 300. A quarter clockwise: x = (1 − 0.2) × 300 = 240 and
    y = 0.1 × 400 = 40; two: (0.9 × 400, 0.8 × 300); three: (0.2 × 300, 0.9 × 400).
    """
    width, height = (400, 300) if turn % 2 == 0 else (300, 400)
    shape = shape_of(ARROW, width=width, height=height, turn=turn)
    assert shape.points[0] == pytest.approx(tail)
    tip, *barbs = shape.head
    assert len(barbs) == 2
    assert all(abs(one[0] - tip[0]) + abs(one[1] - tip[1]) > 5 for one in barbs)


def test_a_moved_mark_stays_on_the_picture() -> None:
    moved = BOX.moved(0.9, -2.0)
    assert (moved.x1, moved.x2) == pytest.approx((0.8, 1.0))
    assert (moved.y1, moved.y2) == pytest.approx((0.0, 0.4))
    assert TEXT.moved(-1, 5).y1 == pytest.approx(1.0)
