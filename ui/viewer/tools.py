"""What marks are made with: arrow, box, text, colours, undo, delete."""

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landsteward.app.language import tr
from landsteward.domain.photos import MARK_COLOURS, MarkColour, MarkKind
from ui import theme
from ui.widgets.basics import button, changes, label, row


class MarkTools(QWidget):
    """A row of tools; says what is wanted and keeps nothing."""

    tool_taken = Signal(object)
    """A `MarkKind`, or None."""
    colour_taken = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()
    delete_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        names = {
            MarkKind.ARROW: tr("↗ Arrow"),
            MarkKind.BOX: tr("▢ Box"),
            MarkKind.TEXT: tr("T Text"),
        }
        self.tools: dict[MarkKind, QPushButton] = {}
        layout = row(gap=4)
        for kind, name in names.items():
            made = changes(button(name, "segment"))
            made.setCheckable(True)
            made.clicked.connect(lambda on, kind=kind: self._take(kind if on else None))
            self.tools[kind] = made
            layout.addWidget(made)
        self.colours: dict[MarkColour, _ColourButton] = {}
        group = QButtonGroup(self)
        words = {
            MarkColour.RED: tr("Red"),
            MarkColour.YELLOW: tr("Yellow"),
            MarkColour.BLUE: tr("Blue"),
            MarkColour.WHITE: tr("White"),
        }
        layout.addSpacing(8)
        for colour, word in words.items():
            dot = changes(_ColourButton(colour, word))
            dot.clicked.connect(lambda _on, colour=colour: self.colour_taken.emit(colour))
            group.addButton(dot)
            self.colours[colour] = dot
            layout.addWidget(dot)
        self.colours[MarkColour.RED].setChecked(True)
        layout.addSpacing(8)
        self.undo = button(tr("Undo"), "quiet", self.undo_asked.emit, changing=True)
        self.redo = button(tr("Redo"), "quiet", self.redo_asked.emit, changing=True)
        self.delete = button(tr("Delete mark"), "quiet", self.delete_asked.emit, changing=True)
        self.why = label("", "dim")
        for one in (self.undo, self.redo, self.delete):
            layout.addWidget(one)
        layout.addWidget(self.why)
        layout.addStretch(1)
        self.setLayout(layout)
        self.present(markable=False, why="", undo=False, redo=False, chosen=False)

    def present(self, *, markable: bool, why: str, undo: bool, redo: bool, chosen: bool) -> None:
        """What can be done just now; where nothing can, why."""
        for one in (*self.tools.values(), *self.colours.values()):
            one.setVisible(markable)
        for one, shown, on in (
            (self.undo, markable, undo),
            (self.redo, markable, redo),
            (self.delete, markable, chosen),
        ):
            one.setVisible(shown)
            one.setEnabled(on)
        self.why.setText(why)
        self.why.setVisible(bool(why))

    def drop(self) -> None:
        """No tool is in hand any more."""
        for one in self.tools.values():
            one.setChecked(False)

    def _take(self, kind: MarkKind | None) -> None:
        for other, one in self.tools.items():
            one.setChecked(other is kind)
        self.tool_taken.emit(kind)


class _ColourButton(QPushButton):
    """A dot of a colour with its name as tooltip; the one in use carries a ring."""

    def __init__(self, colour: MarkColour, word: str) -> None:
        super().__init__()
        self._colour = QColor(MARK_COLOURS[colour])
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setToolTip(word)
        self.setAccessibleName(word)
        side = theme.current().px(28)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The dot and its ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        side = min(self.width(), self.height()) - 4
        ring = QRect(0, 0, side, side)
        ring.moveCenter(self.rect().center())
        if self.isChecked() or self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(ring)
        painter.setPen(QPen(look.colour("line_strong"), 1))
        painter.setBrush(self._colour)
        painter.drawEllipse(ring.adjusted(4, 4, -4, -4))
