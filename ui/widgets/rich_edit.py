"""An editor of rich texts: commands, keys, and pasting only what our texts know."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from landsteward.domain.rich_text import (
    LEVELS,
    LISTS,
    BlockKind,
    RichText,
    lead,
    numbered,
    read_rich,
    tidy,
    write_rich,
)
from ui import theme
from ui.widgets.fields import LeavingTextEdit
from ui.widgets.rich_document import (
    become,
    blocks_of,
    char_format,
    insert_blocks,
    kind_of,
    mend_lists,
    show_blocks,
)
from ui.widgets.rich_paste import Pasted, pasted

_CONTROL = Qt.KeyboardModifier.ControlModifier
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_HELD = _CONTROL | _SHIFT | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_BEGIN_BULLETS = frozenset({"-", "－"})
_BEGIN_NUMBERS = frozenset({"1.", "1．", "1。", "1、"})
"""What, with a blank after it, begins a list; an input method may have put in Chinese signs."""


class RichEdit(LeavingTextEdit):
    """The editor. What it shows is kept in the form of `domain.rich_text`."""

    left_out = Signal(object)
    """A `Pasted` of which something was not taken over."""
    state_changed = Signal()
    """The cursor stands elsewhere, or what it stands in is something else now."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._blocks: RichText = ()
        self._mending = False
        self._count = 1
        self.document().setDocumentMargin(6)
        self.document().setIndentWidth(theme.current().px(22))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self.state_changed)
        self._keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_B: self.toggle_bold,
            Qt.Key.Key_0: lambda: self.set_kind(BlockKind.PARAGRAPH),
            Qt.Key.Key_1: lambda: self.toggle_kind(BlockKind.HEADING, 1),
            Qt.Key.Key_2: lambda: self.toggle_kind(BlockKind.HEADING, 2),
            Qt.Key.Key_3: lambda: self.toggle_kind(BlockKind.BULLET),
            Qt.Key.Key_4: lambda: self.toggle_kind(BlockKind.NUMBER),
            Qt.Key.Key_BracketRight: lambda: self.shift(1),
            Qt.Key.Key_BracketLeft: lambda: self.shift(-1),
        }

    # What it says

    def kept(self) -> str:
        """The text as it is kept; one that was only shown is the same as before."""
        blocks = tidy(blocks_of(self.document()))
        return self._shown if blocks == self._blocks else write_rich(blocks)

    def show_kept(self, text: str) -> None:
        """Show a kept text."""
        self._shown = text
        self._blocks = tidy(read_rich(text))
        self._mending = True
        try:
            show_blocks(self.document(), read_rich(text))
        finally:
            self._mending = False
        self._count = self.document().blockCount()
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.state_changed.emit()

    # Where the cursor stands

    @property
    def kind(self) -> tuple[BlockKind, int]:
        """What the cursor's block is."""
        return kind_of(self.textCursor().block())

    @property
    def bold(self) -> bool:
        """Whether what is typed now is bold; headings are anyway."""
        weight = self.currentCharFormat().fontWeight()
        return weight >= QFont.Weight.DemiBold and self.kind[0] is not BlockKind.HEADING

    # Commands

    def toggle_bold(self) -> None:
        """Let what is marked, or what is typed next, be bold or no longer."""
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.Normal if self.bold else QFont.Weight.DemiBold)
        if self.kind[0] is BlockKind.HEADING and not self.textCursor().hasSelection():
            return
        self.mergeCurrentCharFormat(form)
        self.state_changed.emit()

    def toggle_kind(self, kind: BlockKind, level: int = 1) -> None:
        """Let the marked blocks be of a kind, or paragraphs again if the first one is already."""
        now = kind_of(self._blocks_marked()[0])
        same = now == (kind, level) if kind is BlockKind.HEADING else now[0] is kind
        self.set_kind(BlockKind.PARAGRAPH if same else kind, level)

    def set_kind(self, kind: BlockKind, level: int = 1) -> None:
        """Let the marked blocks be of a kind; items keep their level."""
        with self._one_step():
            for block in self._blocks_marked():
                old, deep = kind_of(block)
                kept = deep if old in LISTS and kind in LISTS else level
                become(QTextCursor(block), kind, kept if kind is not BlockKind.PARAGRAPH else 0)
        self._type_as_block()

    def shift(self, by: int) -> bool:
        """Let the marked items stand one level deeper or higher; whether there was anything to do.

        One on the first level leaves its list by standing higher.
        """
        marked = [one for one in self._blocks_marked() if kind_of(one)[0] in LISTS]
        wanted = [(one, kind_of(one)[0], kind_of(one)[1] + by) for one in marked]
        wanted = [one for one in wanted if one[2] <= LEVELS]
        if not wanted:
            return False
        with self._one_step():
            for block, kind, level in wanted:
                become(QTextCursor(block), kind if level else BlockKind.PARAGRAPH, level)
        self._type_as_block()
        return True

    @contextmanager
    def _one_step(self) -> Iterator[None]:
        """Everything within is undone at once, lists put right included."""
        cursor = self.textCursor()
        cursor.beginEditBlock()
        self._mending = True
        try:
            yield
            mend_lists(cursor)
        finally:
            self._mending = False
            cursor.endEditBlock()
        self._count = self.document().blockCount()
        self.state_changed.emit()

    def _blocks_marked(self) -> list[QTextBlock]:
        cursor = self.textCursor()
        block = self.document().findBlock(cursor.selectionStart())
        last = self.document().findBlock(cursor.selectionEnd())
        found = [block]
        while block != last:
            block = block.next()
            found.append(block)
        return found

    def _type_as_block(self) -> None:
        """What is typed next looks like the block it is typed into."""
        if not self.textCursor().hasSelection():
            self.setCurrentCharFormat(char_format(*self.kind))
        self.state_changed.emit()

    def _changed(self) -> None:
        """Blocks came or went: items may belong to other lists now."""
        count = self.document().blockCount()
        if self._mending or count == self._count:
            return
        self._count = count
        self._mending = True
        try:
            cursor = QTextCursor(self.document())
            cursor.joinPreviousEditBlock()
            mend_lists(cursor)
            cursor.endEditBlock()
        finally:
            self._mending = False

    # Keys

    def event(self, event: QEvent) -> bool:
        """Our keys are ours before the window's; Tab at an item's start changes its level."""
        if isinstance(event, QKeyEvent) and not self.isReadOnly():
            if event.type() == QEvent.Type.ShortcutOverride and self._command(event) is not None:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress and self._tab_shifts(event):
                return True
        return super().event(event)

    def _command(self, event: QKeyEvent) -> Callable[[], object] | None:
        held = event.modifiers() & _HELD
        if held != _CONTROL:
            return None
        return self._keys.get(Qt.Key(event.key()))

    def _tab_shifts(self, event: QKeyEvent) -> bool:
        """Tab and Shift+Tab where an item begins, or over several of them, change the level."""
        back = event.key() == Qt.Key.Key_Backtab
        if not back and (event.key() != Qt.Key.Key_Tab or event.modifiers() & _HELD):
            return False
        if self.kind[0] not in LISTS:
            return False
        if len(self._blocks_marked()) == 1 and not self.textCursor().atBlockStart():
            return False
        return self.shift(-1 if back else 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commands, Enter and Backspace in lists and headings, and what begins a list."""
        if self.isReadOnly():
            super().keyPressEvent(event)
            return
        command = self._command(event)
        if command is not None:
            command()
            return
        held = event.modifiers() & _HELD
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and held in (_NONE, _SHIFT):
            self._enter()
        elif event.key() == Qt.Key.Key_Backspace and held == _NONE and self._step_back():
            return
        else:
            super().keyPressEvent(event)
            if event.text() == " " and held == _NONE:
                self._begin_list()

    def _enter(self) -> None:
        """A new block like this one; an empty item goes up, after a heading comes text."""
        kind, _level = self.kind
        cursor = self.textCursor()
        if kind in LISTS and not cursor.block().text() and not cursor.hasSelection():
            self.shift(-1)
            return
        heading = kind is BlockKind.HEADING
        bold = self.bold
        with self._one_step():
            cursor.removeSelectedText()
            at_end = cursor.atBlockEnd()
            cursor.insertBlock()
            if heading and at_end:
                become(cursor, BlockKind.PARAGRAPH, 0)
        self.setTextCursor(cursor)
        self.setCurrentCharFormat(char_format(*self.kind, bold=bold))
        self.ensureCursorVisible()
        self.state_changed.emit()

    def _step_back(self) -> bool:
        """Backspace where an item or a heading begins makes it plain first."""
        cursor = self.textCursor()
        if cursor.hasSelection() or not cursor.atBlockStart():
            return False
        kind, _level = self.kind
        if kind in LISTS:
            return self.shift(-1)
        if kind is BlockKind.HEADING:
            self.set_kind(BlockKind.PARAGRAPH)
            return True
        return False

    def _begin_list(self) -> None:
        """“- ” and “1. ” at the start of a paragraph begin a list."""
        cursor = self.textCursor()
        block = cursor.block()
        typed = block.text()[: cursor.positionInBlock()]
        if kind_of(block)[0] is not BlockKind.PARAGRAPH or not typed.endswith(" "):
            return
        if typed[:-1] in _BEGIN_BULLETS:
            kind = BlockKind.BULLET
        elif typed[:-1] in _BEGIN_NUMBERS:
            kind = BlockKind.NUMBER
        else:
            return
        with self._one_step():
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
            become(cursor, kind, 1)

    # Clipboard

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whatever comes is looked at, if only to say what is not taken."""
        return source.hasText() or source.hasHtml() or source.hasImage()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take over what our texts know, and say what they do not."""
        found = pasted(source)
        if found.text:
            cursor = self.textCursor()
            with self._one_step():
                cursor.removeSelectedText()
                insert_blocks(cursor, found.text)
            self.setTextCursor(cursor)
            self.ensureCursorVisible()
        if found.pictures or found.tables:
            self.left_out.emit(found)

    def createMimeDataFromSelection(self) -> QMimeData:
        """The marked text, as plain text with the signs of its lists, and formatted."""
        data = super().createMimeDataFromSelection()
        if len(self._blocks_marked()) > 1:
            marked = {block.blockNumber() for block in self._blocks_marked()}
            data.setText(
                "\n".join(
                    lead(block, number) + block.text
                    for place, (block, number) in enumerate(numbered(blocks_of(self.document())))
                    if place in marked
                )
            )
        return data


__all__ = ["Pasted", "RichEdit"]
