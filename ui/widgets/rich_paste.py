"""What a person pastes from Word, WPS or a web page, as far as our texts know it.

Qt reads the HTML; only paragraphs, headings, bold and lists are taken out of what it made. Word and
WPS write lists as paragraphs with a sign in a comment of their own, which is read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument, QTextTable

from landsteward.domain.rich_text import LEVELS, Block, BlockKind, RichText, Run, tidy
from ui.widgets.rich_document import each_block, lines_of

_PICTURE = "\ufffc"
_LIST_SIGN = "\ue000"
"""Stands in for the sign before an item of Word's; followed by level and kind."""
_HEAD = re.compile(r"<(head|style|script|title)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_WORD_ITEM = re.compile(
    r"(<p\b[^>]*?mso-list:[^>]*?level(\d)[^>]*>(?:(?!<p\b).)*?)"
    r"<!--\[if !supportLists\]-->(.*?)<!--\[endif\]-->",
    re.DOTALL | re.IGNORECASE,
)
_WORD_SIGN = re.compile(r"<!\[if !supportLists\]>(.*?)<!\[endif\]>", re.DOTALL | re.IGNORECASE)
_TAGS = re.compile(r"<[^>]*>|&nbsp;|&#160;|\s")


@dataclass(frozen=True, slots=True)
class Pasted:
    """What is taken over, and how many pictures and tables are not."""

    text: RichText
    pictures: int = 0
    tables: int = 0


class _Reader(QTextDocument):
    """A document that never fetches what a page points to."""

    def loadResource(self, type: int, name: object) -> object:
        """Nothing."""
        return None


def pasted(source: QMimeData) -> Pasted:
    """What a clipboard holds, for us."""
    if source.hasHtml():
        found = from_html(source.html())
        if found.text or found.pictures or found.tables:
            return found
    if source.hasText():
        return Pasted(from_plain(source.text()))
    return Pasted((), pictures=int(source.hasImage()))


def from_plain(text: str) -> RichText:
    """Each line as a paragraph, as it was typed."""
    return tidy(Block(runs=(Run(line),)) for line in text.splitlines())


def from_html(html: str) -> Pasted:
    """Paragraphs, headings, bold and lists of a page; each table and picture only counted."""
    reader = _Reader()
    reader.setHtml(_with_signs(_HEAD.sub("", html)))
    tables: set[int] = set()
    pictures = 0
    blocks: list[Block] = []
    for block in each_block(reader):
        table = _table_of(block)
        if table is not None and table.rows() * table.columns() > 1:
            tables.add(table.objectIndex())
            continue
        pictures += block.text().count(_PICTURE)
        blocks += _taken(block)
    return Pasted(tidy(_joined(blocks)), pictures, len(tables))


def _table_of(block: QTextBlock) -> QTextTable | None:
    return QTextCursor(block).currentTable()


def _with_signs(html: str) -> str:
    def item(found: re.Match[str]) -> str:
        sign = _TAGS.sub("", found.group(3))
        kind = "n" if any(character.isdigit() for character in sign) else "b"
        return f"{found.group(1)}{_LIST_SIGN}{min(int(found.group(2)), LEVELS)}{kind}"

    return _WORD_ITEM.sub(item, _WORD_SIGN.sub(r"<!--[if !supportLists]-->\1<!--[endif]-->", html))


def _taken(block: QTextBlock) -> Iterator[Block]:
    """A block of the page as ours, line by line, without pictures."""
    for one in lines_of(block):
        kind, level = one.kind, one.level
        runs = [Run(_clean(run.text), run.bold) for run in one.runs]
        text = "".join(run.text for run in runs)
        if text.startswith(_LIST_SIGN):
            kind = BlockKind.NUMBER if text[2] == "n" else BlockKind.BULLET
            level = int(text[1])
            runs = _without(runs, 3)
        yield Block(kind, level, tuple(_stripped(runs)))


def _clean(text: str) -> str:
    return text.replace(_PICTURE, "").replace("\u00a0", " ").replace("\u200b", "")


def _without(runs: list[Run], characters: int) -> list[Run]:
    left = []
    for run in runs:
        cut = min(characters, len(run.text))
        characters -= cut
        left.append(replace(run, text=run.text[cut:]))
    return left


def _stripped(runs: list[Run]) -> Iterator[Run]:
    """Without blanks at the right end and tabs at the left."""
    runs = [run for run in runs if run.text]
    while runs and not runs[-1].text.rstrip():
        runs.pop()
    for place, run in enumerate(runs):
        text = run.text.lstrip("\t ") if place == 0 else run.text
        yield replace(run, text=text.rstrip() if place == len(runs) - 1 else text)


def _joined(blocks: list[Block]) -> Iterator[Block]:
    """Without the empty blocks pages are full of: never two in a row, none beside a list."""
    before: Block | None = None
    for block in blocks:
        if not block.text and (before is None or not before.text or before.level):
            continue
        before = block
        yield block
