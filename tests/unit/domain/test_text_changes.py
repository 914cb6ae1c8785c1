"""What changed between two texts, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.text_changes import Piece, TextPiece, text_changes

TEXTS = st.text("建设二期厂房 2026-05 12.5% new\n", max_size=40)


def test_signs_words_and_figures_are_told_apart() -> None:
    """Of 8000 万元 → 9000 万元 the figure changes, of a word its whole, of Chinese the sign."""
    assert text_changes("投资8000万元", "投资9000万元") == (
        TextPiece(Piece.KEPT, "投资"),
        TextPiece(Piece.GONE, "8000"),
        TextPiece(Piece.NEW, "9000"),
        TextPiece(Piece.KEPT, "万元"),
    )
    assert text_changes("build plant", "build plants")[-2:] == (
        TextPiece(Piece.GONE, "plant"),
        TextPiece(Piece.NEW, "plants"),
    )
    assert text_changes("", "新") == (TextPiece(Piece.NEW, "新"),)


@given(TEXTS, TEXTS)
def test_both_texts_are_found_again_in_the_pieces(old: str, new: str) -> None:
    pieces = text_changes(old, new)
    assert "".join(one.text for one in pieces if one.kind is not Piece.NEW) == old
    assert "".join(one.text for one in pieces if one.kind is not Piece.GONE) == new
    assert all(one.kind is Piece.KEPT for one in pieces) is (old == new)
