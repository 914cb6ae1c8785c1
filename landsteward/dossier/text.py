"""Typed text on its way to paper: what a person wrote, never markup, never a silent box.

Everything printed goes through `runs` (or `one_line` for titles of outline and metadata): there
is no markup between here and the page, so nothing needs escaping and nothing can be mistaken.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from landsteward.dossier.fonts import Face, Fonts

_LINE_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_NOT_FOR_TITLES = re.compile(
    "[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_TITLE_LENGTH = 120

# Characters that must not begin a line, and those that must not end one (GB/T 15834-2011, 5.1).
_NO_START = frozenset("!),.:;?]}%‰°′″℃·…‥–~»›’”、。〉》」』】〕〗〞！），．：；？］｝％～／々ー")
_NO_END = frozenset("([{«‹‘“〈《「『【〔〖〝（［｛￥＄$£¥")
_PAIRS = frozenset("—…─")
_SPACES = frozenset(" \t\u3000\u00a0")
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that one family draws."""

    face: Face
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line as broken: its runs, its width in points without hanging spaces.

    `ends` says that the text itself ended here, so that the line is not stretched.
    """

    runs: tuple[Run, ...]
    width: float
    ends: bool


def mark(characters: str) -> str:
    """What stands in for characters that no bundled family has, e.g. 〔U+1F600〕."""
    return f"〔{' '.join(f'U+{ord(one):04X}' for one in characters)}〕"


def runs(text: str, face: Face, fonts: Fonts) -> list[list[Run]]:
    """The text by typed lines, each as runs: `face`, the other family, or a mark in the other.

    Runs of missing characters share one mark.
    """
    if face.characters.issuperset(text):
        return [[Run(face, text)]] if text else [[]]
    return [_line_runs(line, face, fonts) for line in _LINE_ENDS.split(text)]


def _line_runs(line: str, face: Face, fonts: Fonts) -> list[Run]:
    if face.characters.issuperset(line):
        return [Run(face, line)] if line else []
    other = fonts.other(face)

    def kind(character: str) -> int:
        if character in face.characters:
            return 0
        return 1 if character in other.characters else 2

    found = []
    for which, characters in groupby(line, key=kind):
        part = "".join(characters)
        if which == 0:
            found.append(Run(face, part))
        else:
            found.append(Run(other, part if which == 1 else mark(part)))
    return found


def one_line(text: str) -> str:
    """A typed text as the title of an outline entry or a document: one line, not too long.

    Viewers draw these with fonts of their own; only what would disturb them is marked.
    """
    joined = " ".join(_LINE_ENDS.sub(" ", text).split())
    clean = _NOT_FOR_TITLES.sub(lambda found: mark(found.group()), joined)
    return clean if len(clean) <= _TITLE_LENGTH else f"{clean[: _TITLE_LENGTH - 1]}…"


def break_lines(
    paragraphs: Sequence[Sequence[Run]], size: float, width: float, first_indent: float = 0
) -> list[Line]:
    """Break typed lines to a width in points; `first_indent` shortens each one's first line.

    Chinese breaks anywhere but beside punctuation that forbids it, words stay whole, and what has
    no lawful place to break is cut at the edge, so that every text fits.
    """
    lines: list[Line] = []
    for paragraph in paragraphs:
        if paragraph:
            lines += _break_paragraph(paragraph, size, width, first_indent)
        else:
            lines.append(Line((), 0, True))
    return lines


def _break_paragraph(
    paragraph: Sequence[Run], size: float, width: float, first_indent: float
) -> list[Line]:
    text = "".join(run.text for run in paragraph)
    reach = [
        0.0,
        *accumulate(
            advance * size
            for run in paragraph
            for advance in map(run.face.widths.__getitem__, run.text)
        ),
    ]
    lines = []
    start = 0
    while start < len(text):
        room = width - (first_indent if start == 0 else 0)
        end = max(_reached(reach, start, room), start + 1)
        if end < len(text):
            end = _lawful_break(text, start, end, lambda at: _reached(reach, at, width))
        shown = end
        while shown > start and text[shown - 1] in _SPACES:
            shown -= 1
        lines.append(
            Line(_slice(paragraph, start, end), reach[shown] - reach[start], end == len(text))
        )
        start = end
    return lines


def _reached(reach: Sequence[float], start: int, room: float) -> int:
    """The first character that does not fit on a line that begins at `start`."""
    return bisect_right(reach, reach[start] + room + 0.01, start + 1) - 1


def _slice(paragraph: Sequence[Run], start: int, end: int) -> tuple[Run, ...]:
    if len(paragraph) == 1:
        return (Run(paragraph[0].face, paragraph[0].text[start:end]),)
    found = []
    at = 0
    for run in paragraph:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        if part:
            found.append(Run(run.face, part))
        at += len(run.text)
    return tuple(found)


def _lawful_break(text: str, start: int, end: int, reached: Callable[[int], int]) -> int:
    """The best place to break at or before `end`, the first character that does not fit.

    `reached` says how far a line gets that begins at a place.
    """
    after = end
    while after < len(text) and text[after] in _SPACES:
        after += 1
    if after > end:
        return after
    place = next((at for at in range(end, start, -1) if _may_break(text[at - 1], text[at])), None)
    if place is not None:
        # What follows goes to the next line whole, unless it is too long for any line.
        most = reached(place)
        if most >= len(text) or any(
            _may_break(text[at - 1], text[at]) for at in range(end, most + 1)
        ):
            return place
    for place in range(end, start, -1):
        if text[place] not in _NO_START and text[place - 1] not in _NO_END:
            return place
    return end


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END:
        return False
    if before in _SPACES:
        return True
    if before == after and before in _PAIRS:
        return False
    return not (before < _FIRST_IDEOGRAPH and after < _FIRST_IDEOGRAPH)
