"""What changed between two texts, word by word: Chinese by signs, the rest by words and figures."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|[0-9]+(?:[.,:/-][0-9]+)*%?|[^\W\d_一-鿿㐀-䶿]+|.", re.DOTALL)
_LONGEST = 4_000
"""So many words of either text are compared; longer ones count as changed as a whole."""


class Piece(StrEnum):
    """What became of a piece of text."""

    KEPT = "kept"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """Some of a text in a row of which the same became."""

    kind: Piece
    text: str


def text_changes(old: str, new: str) -> tuple[TextPiece, ...]:
    """The pieces that make both texts: kept and gone give the old one, kept and new the new one."""
    if old == new:
        return (TextPiece(Piece.KEPT, old),) if old else ()
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if len(before) > _LONGEST or len(after) > _LONGEST:
        return _present(TextPiece(Piece.GONE, old), TextPiece(Piece.NEW, new))
    pieces: list[TextPiece] = []
    for tag, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(TextPiece(Piece.KEPT, "".join(before[i:j])))
        else:
            pieces += _present(
                TextPiece(Piece.GONE, "".join(before[i:j])),
                TextPiece(Piece.NEW, "".join(after[k:m])),
            )
    return tuple(pieces)


def _present(*pieces: TextPiece) -> tuple[TextPiece, ...]:
    return tuple(one for one in pieces if one.text)
