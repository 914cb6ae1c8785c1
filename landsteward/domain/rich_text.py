r"""Texts of paragraphs, headings, bold and lists, and the plain form they are kept in.

One block is one line of the kept text. What is not plain is marked so that the text stays readable
as it is, in the trail, in search and in exports:

    # heading            ## smaller heading
    - bulleted item      two spaces before it: second level
    1. numbered item     two spaces before it: second level
    **bold**

A text that a person typed says itself: signs that would be read as marks have a backslash before
them, and only such signs. A line that this module would not have written in the same way is no
markup but a paragraph as it stands, so plain texts are read as what they are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

LEVELS = 2
"""So deep go lists and headings."""


class BlockKind(StrEnum):
    """What a block is."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    BULLET = "bullet"
    NUMBER = "number"


LISTS = frozenset({BlockKind.BULLET, BlockKind.NUMBER})


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that are all bold or all not. They hold no line ends."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or list item; `level` is 1 or 2 for headings and items, else 0."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    runs: tuple[Run, ...] = ()

    @property
    def text(self) -> str:
        """Its characters without their looks."""
        return "".join(run.text for run in self.runs)


RichText = tuple[Block, ...]

_LINE_ENDS = re.compile("\r\n|\r|\n")
_HEADING = re.compile(r"(#{1,2}) ")
_ITEM = re.compile(r"((?:  )?)(?:(-)|([1-9][0-9]{0,3})\.) ")
_STARS = re.compile(r"\\[\\*]|\*\*|.", re.DOTALL)


class Numbers:
    """Which number the next numbered item bears, by level."""

    def __init__(self) -> None:
        self._counts = [0] * (LEVELS + 1)

    def next(self, level: int) -> int:
        """The number of a numbered item that came now."""
        return self._counts[level] + 1

    def count(self, block: Block) -> int:
        """Go past a block; its number, 0 for what bears none.

        Anything but an item ends all lists, an item those below it, and one of the other kind the
        list of its level.
        """
        if block.kind not in LISTS:
            self._counts = [0] * (LEVELS + 1)
            return 0
        number = self.next(block.level) if block.kind is BlockKind.NUMBER else 0
        self._counts[block.level :] = [number] + [0] * (LEVELS - block.level)
        return number


def numbered(text: RichText) -> list[tuple[Block, int]]:
    """The blocks, each with the number it bears, 0 for none."""
    numbers = Numbers()
    return [(block, numbers.count(block)) for block in text]


def read_rich(text: str) -> RichText:
    """The blocks of a kept text. Every text can be read; an empty one has none."""
    if not text:
        return ()
    numbers = Numbers()
    blocks = []
    for line in _LINE_ENDS.split(text):
        block = _tidy_block(_read_line(line, numbers))
        if _write_line(block, numbers) != line:
            block = Block(runs=(Run(line),))
        numbers.count(block)
        blocks.append(block)
    return tuple(blocks)


def write_rich(text: RichText) -> str:
    """The kept form; `read_rich` gives back the same blocks as far as they were tidy."""
    numbers = Numbers()
    lines = []
    for block in tidy(text):
        lines.append(_write_line(block, numbers))
        numbers.count(block)
    return "\n".join(lines)


def tidy(text: Iterable[Block]) -> RichText:
    """The same without blank blocks at both ends, empty runs and runs that belong together.

    A heading is bold as it is: its runs are not. Blanks around bold words are not either.
    """
    blocks = [_tidy_block(block) for block in text]
    while blocks and not blocks[-1].text.strip():
        blocks.pop()
    first = next((place for place, block in enumerate(blocks) if block.text.strip()), 0)
    return tuple(blocks[first:])


def plain(text: str) -> str:
    """A kept text as it is read where nothing can be bold: marks and numbers before the items."""
    lines = []
    for block, number in numbered(read_rich(text)):
        lines.append(lead(block, number) + block.text)
    return "\n".join(lines)


def lead(block: Block, number: int) -> str:
    """What stands before an item's text where it is shown as plain text; empty for others."""
    if block.kind not in LISTS:
        return ""
    sign = f"{number}. " if number else "• "
    return "  " * (block.level - 1) + sign


def _tidy_block(block: Block) -> Block:
    return replace(block, runs=tuple(_joined(_blanks_not_bold(_joined(_plain_heading(block))))))


def _plain_heading(block: Block) -> Iterable[Run]:
    if block.kind is BlockKind.HEADING:
        return [Run(block.text)]
    return block.runs


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs that look alike as one, none of them empty."""
    found: list[Run] = []
    for run in runs:
        if found and found[-1].bold == run.bold:
            found[-1] = Run(found[-1].text + run.text, run.bold)
        elif run.text:
            found.append(run)
    return found


def _blanks_not_bold(runs: Iterable[Run]) -> Iterator[Run]:
    """Nobody sees whether the blanks around bold words are bold: they are not."""
    for run in runs:
        if not run.bold:
            yield run
            continue
        inner = run.text.strip()
        at = run.text.index(inner)
        yield Run(run.text[:at])
        yield Run(inner, bold=bool(inner))
        yield Run(run.text[at + len(inner) :])


def _marked(line: str, numbers: Numbers) -> tuple[BlockKind, int, str] | None:
    """Kind and level by the marks a line begins with, and the rest; None for a paragraph."""
    found = _HEADING.match(line)
    if found:
        return BlockKind.HEADING, len(found.group(1)), line[found.end() :]
    found = _ITEM.match(line)
    if not found:
        return None
    level = 2 if found.group(1) else 1
    if found.group(2):
        return BlockKind.BULLET, level, line[found.end() :]
    if int(found.group(3)) != numbers.next(level):
        return None
    return BlockKind.NUMBER, level, line[found.end() :]


def _read_line(line: str, numbers: Numbers) -> Block:
    marked = _marked(line, numbers)
    if marked is not None:
        kind, level, rest = marked
        return Block(kind, level, _read_runs(rest))
    if line.startswith("\\") and _marked(line.lstrip("\\"), numbers) is not None:
        line = line[1:]
    return Block(runs=_read_runs(line))


def _write_line(block: Block, numbers: Numbers) -> str:
    written = _write_runs(block.runs)
    match block.kind:
        case BlockKind.HEADING:
            return "#" * block.level + " " + written
        case BlockKind.BULLET:
            return "  " * (block.level - 1) + "- " + written
        case BlockKind.NUMBER:
            return "  " * (block.level - 1) + f"{numbers.next(block.level)}. " + written
        case BlockKind.PARAGRAPH:
            looks_marked = _marked(written.lstrip("\\"), numbers) is not None
            return "\\" + written if looks_marked else written


def _read_runs(line: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    piece: list[str] = []
    bold = False
    for part in _STARS.findall(line):
        if part == "**":
            runs.append(Run("".join(piece), bold))
            piece, bold = [], not bold
        else:
            piece.append(part[-1])
    runs.append(Run("".join(piece), bold))
    return tuple(run for run in runs if run.text)


def _write_runs(runs: Sequence[Run]) -> str:
    """Text and toggles; a sign that would be read otherwise is written after a backslash."""
    tokens: list[str] = []
    bold = False
    for run in runs:
        if run.bold is not bold:
            tokens.append("**")
            bold = run.bold
        tokens += run.text
    if bold:
        tokens.append("**")
    written = []
    for place, token in enumerate(tokens):
        before = tokens[place - 1][-1] if place else ""
        after = tokens[place + 1][0] if place + 1 < len(tokens) else ""
        star = token == "*" and "*" in (before, after)
        slash = token == "\\" and after in ("*", "\\")
        written.append(f"\\{token}" if star or slash else token)
    return "".join(written)


__all__ = [
    "LEVELS",
    "LISTS",
    "Block",
    "BlockKind",
    "Numbers",
    "RichText",
    "Run",
    "lead",
    "numbered",
    "plain",
    "read_rich",
    "tidy",
    "write_rich",
]
