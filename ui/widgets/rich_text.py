"""The field of a rich text: label, a small tool bar while it is written in, the editor below."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from landsteward.app.language import tr
from landsteward.domain.rich_text import BlockKind
from ui import theme
from ui.widgets.basics import ElidedLabel
from ui.widgets.fields import LongField
from ui.widgets.rich_edit import Pasted, RichEdit

_MOST_ROWS = 16
"""So far the editor grows with its text; then it scrolls."""


class RichTextField(LongField):
    """Paragraphs, headings, bold and lists. Its value is the kept form of `domain.rich_text`."""

    def __init__(self, text: str, *, rows: int = 3, hint: str = "", required: bool = False) -> None:
        self.edit = RichEdit()
        super().__init__(text, self.edit, hint=hint, required=required)
        self._rows = rows
        self.notice = ElidedLabel("", "caution")
        self.tools = _Tools(self.edit)
        self.edit.installEventFilter(self)
        self.edit.left_out.connect(self._say_left_out)
        self.edit.textChanged.connect(lambda: self.notice.setText(""))
        self.edit.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(self.caption)
        head.addWidget(self.notice, 1)
        head.addWidget(self.tools)
        held = QWidget()
        held.setLayout(head)
        held.setFixedHeight(theme.current().px(24))
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, held)
        self.tools.hide()
        self._fit()

    def entered(self) -> str:
        """What was written, as it is kept."""
        return self.edit.kept()

    def write(self, value: str | None) -> None:
        """Show a kept text."""
        if (value or "") != self.edit.kept():
            self.edit.show_kept(value or "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The tools are there while somebody writes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.tools.setVisible(event.type() == QEvent.Type.FocusIn and not self._fixed)
        return super().eventFilter(watched, event)

    @property
    def _fixed(self) -> bool:
        return self.edit.isReadOnly()

    def _fit(self) -> None:
        line = self.edit.fontMetrics().lineSpacing()
        wanted = round(self.edit.document().size().height()) + 2 * self.edit.frameWidth() + 8
        height = min(max(wanted, line * self._rows + 20), line * _MOST_ROWS + 20)
        if height != self.edit.height():
            self.edit.setFixedHeight(height)

    def _say_left_out(self, found: Pasted) -> None:
        parts = []
        if found.pictures:
            parts.append(tr("pictures: {count}", count=found.pictures))
        if found.tables:
            parts.append(tr("tables: {count}", count=found.tables))
        self.notice.setText(
            tr(
                "Not taken over: {what}. Attach them to the case as evidence.",
                what=" · ".join(parts),
            )
        )


class _Tools(QWidget):
    """Words to click; pressed in are those that hold where the cursor stands."""

    def __init__(self, edit: RichEdit) -> None:
        super().__init__()
        self._edit = edit
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        kinds = BlockKind
        self._add("heading", tr("Heading"), "Ctrl+1", lambda: edit.toggle_kind(kinds.HEADING, 1))
        self._add("smaller", tr("Subheading"), "Ctrl+2", lambda: edit.toggle_kind(kinds.HEADING, 2))
        self._add("bold", tr("Bold"), "Ctrl+B", edit.toggle_bold)
        self._add("bullets", tr("• List"), "Ctrl+3", lambda: edit.toggle_kind(kinds.BULLET))
        self._add("numbers", tr("1. List"), "Ctrl+4", lambda: edit.toggle_kind(kinds.NUMBER))
        self._add("higher", "⇤", "Ctrl+[", lambda: edit.shift(-1), tr("One level up"))
        self._add("deeper", "⇥", "Ctrl+]", lambda: edit.shift(1), tr("One level down"))
        row.addStretch(0)
        edit.state_changed.connect(self._show_state)

    def _add(
        self, key: str, word: str, keys: str, run: Callable[[], object], name: str = ""
    ) -> None:
        made = QToolButton()
        made.setProperty("role", "tool")
        made.setText(word)
        made.setAccessibleName(name or word)
        made.setToolTip(tr("{what} ({keys})", what=name or word, keys=keys))
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setCheckable(not name)
        made.clicked.connect(lambda: run())
        made.clicked.connect(self._show_state)
        self.buttons[key] = made
        layout = self.layout()
        assert layout is not None
        layout.addWidget(made)

    def _show_state(self) -> None:
        if not self.isVisible():
            return
        kind, level = self._edit.kind
        held = {
            "heading": (kind, level) == (BlockKind.HEADING, 1),
            "smaller": (kind, level) == (BlockKind.HEADING, 2),
            "bold": self._edit.bold,
            "bullets": kind is BlockKind.BULLET,
            "numbers": kind is BlockKind.NUMBER,
        }
        for key, on in held.items():
            self.buttons[key].setChecked(on)
        in_list = kind in (BlockKind.BULLET, BlockKind.NUMBER)
        self.buttons["higher"].setEnabled(in_list)
        self.buttons["deeper"].setEnabled(in_list and level == 1)
