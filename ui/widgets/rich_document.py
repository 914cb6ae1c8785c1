"""Rich texts in Qt's documents: blocks laid into one, and read out of one.

Lists are Qt's own lists, so they are numbered, indented and undone by it. Which items belong to one
list is our rule (`domain.rich_text.Numbers`): `mend_lists` puts it right after a change.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextList,
    QTextListFormat,
)

from landsteward.domain.rich_text import LEVELS, LISTS, Block, BlockKind, RichText, Run
from ui import theme

_HEADING_SIZES = {1: 17.0, 2: 15.0}
_STYLES = {
    (BlockKind.BULLET, 1): QTextListFormat.Style.ListDisc,
    (BlockKind.BULLET, 2): QTextListFormat.Style.ListCircle,
    (BlockKind.NUMBER, 1): QTextListFormat.Style.ListDecimal,
    (BlockKind.NUMBER, 2): QTextListFormat.Style.ListDecimal,
}
_BULLETS = frozenset(
    {
        QTextListFormat.Style.ListDisc,
        QTextListFormat.Style.ListCircle,
        QTextListFormat.Style.ListSquare,
    }
)
_BROKEN = re.compile("[\n\u2028\u2029]")
"""Qt's signs for a line broken within a block."""


def blocks_of(document: QTextDocument) -> RichText:
    """What the document says, as blocks."""
    return tuple(line for block in each_block(document) for line in lines_of(block))


def each_block(document: QTextDocument) -> Iterator[QTextBlock]:
    """The document's blocks in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def lines_of(block: QTextBlock) -> Iterator[Block]:
    """A block of a document, each line that was broken within it as one of its own.

    Headings and items are of one line.
    """
    kind, level = kind_of(block)
    runs: list[Run] = []
    for run in _runs(block):
        first, *more = _BROKEN.split(run.text)
        runs.append(replace(run, text=first))
        for text in more:
            if kind is BlockKind.PARAGRAPH:
                yield Block(kind, level, tuple(runs))
                runs = [replace(run, text=text)]
            else:
                runs.append(replace(run, text=f" {text}"))
    yield Block(kind, level, tuple(runs))


def list_of(block: QTextBlock) -> QTextList | None:
    """The list an item is in, None for other blocks."""
    return block.textList()


def kind_of(block: QTextBlock) -> tuple[BlockKind, int]:
    """What a block is, and on which level."""
    listed = list_of(block)
    if listed is not None:
        form = listed.format()
        kind = BlockKind.BULLET if form.style() in _BULLETS else BlockKind.NUMBER
        return kind, min(max(form.indent(), 1), LEVELS)
    heading = block.blockFormat().headingLevel()
    if heading:
        return BlockKind.HEADING, min(heading, LEVELS)
    return BlockKind.PARAGRAPH, 0


def _runs(block: QTextBlock) -> Iterator[Run]:
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        if piece.isValid():
            yield Run(piece.text(), piece.charFormat().fontWeight() >= QFont.Weight.DemiBold)
        at += 1


def show_blocks(document: QTextDocument, blocks: RichText) -> None:
    """Let the document say this and nothing else; there is nothing to undo then."""
    document.setUndoRedoEnabled(False)
    document.clear()
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    insert_blocks(cursor, blocks)
    cursor.endEditBlock()
    document.setUndoRedoEnabled(True)


def insert_blocks(cursor: QTextCursor, blocks: RichText) -> None:
    """Put blocks where the cursor is.

    The first goes into the cursor's block: where that is empty it becomes what the first one is.
    """
    for place, block in enumerate(blocks):
        if place:
            cursor.insertBlock()
        if place or not cursor.block().text():
            become(cursor, block.kind, block.level)
        for run in block.runs:
            cursor.insertText(run.text, char_format(*kind_of(cursor.block()), bold=run.bold))
    if blocks:
        mend_lists(cursor)


def become(cursor: QTextCursor, kind: BlockKind, level: int) -> None:
    """Let the cursor's block be of a kind and level."""
    block = cursor.block()
    listed = list_of(block)
    if kind not in LISTS and listed is not None:
        listed.remove(block)
    form = QTextBlockFormat()
    if kind is BlockKind.HEADING:
        form.setHeadingLevel(level)
        form.setTopMargin(theme.current().px(4 if block.position() else 0))
        form.setBottomMargin(theme.current().px(2))
    cursor.setBlockFormat(form)
    if kind in LISTS:
        cursor.createList(_list_format(kind, level))
    if kind_of(block)[0] is BlockKind.HEADING or _sized(block):
        _dress(cursor, kind, level)
    cursor.setBlockCharFormat(char_format(kind, level))


def char_format(kind: BlockKind, level: int, *, bold: bool = False) -> QTextCharFormat:
    """How characters of a block look."""
    form = QTextCharFormat()
    heading = kind is BlockKind.HEADING
    if heading:
        form.setProperty(
            QTextFormat.Property.FontPixelSize, theme.current().px(_HEADING_SIZES[level])
        )
    form.setFontWeight(QFont.Weight.DemiBold if bold or heading else QFont.Weight.Normal)
    return form


def _sized(block: QTextBlock) -> bool:
    """Whether some of its characters have the size of a heading."""
    at = block.begin()
    while not at.atEnd():
        if at.fragment().charFormat().hasProperty(QTextFormat.Property.FontPixelSize):
            return True
        at += 1
    return False


def _dress(cursor: QTextCursor, kind: BlockKind, level: int) -> None:
    """Let the whole block's characters look alike."""
    whole = QTextCursor(cursor.block())
    whole.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    whole.setCharFormat(char_format(kind, level))


def _list_format(kind: BlockKind, level: int) -> QTextListFormat:
    form = QTextListFormat()
    form.setStyle(_STYLES[kind, level])
    form.setIndent(level)
    return form


def mend_lists(cursor: QTextCursor) -> None:
    """Let each item be in the list it belongs to, so that numbers are shown as they are kept."""
    running: list[tuple[QTextList, BlockKind] | None] = [None] * (LEVELS + 1)
    for block in each_block(cursor.document()):
        kind, level = kind_of(block)
        if kind not in LISTS:
            running = [None] * (LEVELS + 1)
            continue
        listed = block.textList()
        before = running[level]
        if before is not None and before[1] is kind:
            if before[0].objectIndex() != listed.objectIndex():
                before[0].add(block)
            listed = before[0]
        elif listed.itemNumber(block) > 0:
            listed = QTextCursor(block).createList(_list_format(kind, level))
        running[level:] = [(listed, kind), *([None] * (LEVELS - level))]
