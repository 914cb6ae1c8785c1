"""The 宗地图 in the dossier."""

from dataclasses import replace

from landsteward.app.dossier_view import DossierView
from landsteward.domain.boundaries import ParcelBoundary
from landsteward.dossier.build import build_dossier
from tests.helpers.boundaries import head, kept, plot, square, text
from tests.helpers.dossier_basics import FONTS
from tests.helpers.dossier_sample import rich_view
from tests.helpers.pdf_reading import page_texts, squeezed


def with_boundary(boundary: ParcelBoundary) -> DossierView:
    view = rich_view(photos=0)
    parcels = tuple(replace(one, boundary=boundary) for one in view.parcels)
    return replace(view, parcels=parcels)


def printed(view: DossierView) -> tuple[bytes, str]:
    content = build_dossier(view, fonts=FONTS)
    return content, squeezed("".join(page_texts(content)))


def test_facts_drawing_and_every_point_are_printed() -> None:
    hole = square(20, north=-20, east=20)
    view = with_boundary(kept(text(head(), plot(square(), hole, area="0.96"))))
    content, words = printed(view)
    assert "宗地图" in words
    assert "1:2000" in words
    assert words.count("9,600.00㎡（14.40亩）") >= 2
    assert "480.00米" in words
    for number in range(1, 9):
        assert words.count(f"J{number}") >= 2
    assert "3747692.943" in words
    assert build_dossier(view, fonts=FONTS) == content


def test_what_is_wrong_is_printed_in_chinese_and_odd_names_break_nothing() -> None:
    a, b, c, d = square()
    bow = kept(text(head(), plot([a, c, b, d], labels="<b>甲😀{}")))
    _, words = printed(with_boundary(bow))
    assert "自相交" in words
    point = kept(text(head(), plot([a])))
    _, words = printed(with_boundary(point))
    assert "不足3个界址点" in words


def test_a_parcel_without_a_boundary_has_no_plan() -> None:
    _, words = printed(rich_view(photos=0))
    assert "宗地图" not in words
