"""Labels, buttons, cards and layouts with the roles the style sheet knows.

Every label shows plain text: what a person typed is never markup.
"""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme


def label(text: str = "", role: str = "", *, wrap: bool = False) -> QLabel:
    """A label; `role` is one of title, heading, dim, figure, error, good, bad, caution, label."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    if role == "figure":
        made.setFont(theme.tabular(made.font()))
    return made


def selectable(text: str = "", role: str = "") -> QLabel:
    """A wrapping label whose text can be marked and copied."""
    made = label(text, role, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made


class ElidedLabel(QLabel):
    """One line that ends in … where there is no room; the whole text is its tooltip."""

    def __init__(self, text: str = "", role: str = "") -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def setText(self, text: str) -> None:
        """Show this text."""
        super().setText(text)
        self.setToolTip(text)

    def sizeHint(self) -> QSize:
        """Room for the whole text."""
        return QSize(
            self.fontMetrics().horizontalAdvance(self.text()) + 4, super().sizeHint().height()
        )

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, self.width()
        )
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


W = TypeVar("W", bound=QWidget)
CHANGES = "changes"
"""Property of what a person changes records with; see `ui.shell.reading`."""


def changes(widget: W) -> W:
    """Mark a widget as one that records are changed with."""
    widget.setProperty(CHANGES, True)
    return widget


def button(
    text: str,
    role: str = "",
    clicked: Callable[[], object] | None = None,
    *,
    hint: str = "",
    changing: bool = False,
) -> QPushButton:
    """A button; `role` primary is the page's one filled button, others: small, link, quiet.

    `changing` ones lead to a change of records.
    """
    made = QPushButton(text)
    made.setAutoDefault(False)
    if changing:
        changes(made)
    if role:
        made.setProperty("role", role)
    if hint:
        made.setToolTip(hint)
    if clicked is not None:
        made.clicked.connect(lambda: clicked())
    return made


def column(*items: QWidget | QLayout | int, gap: int = 8, margin: int = 0) -> QVBoxLayout:
    """A column of widgets and layouts; a number is a stretch of that weight."""
    made = QVBoxLayout()
    _fill(made, items, gap, margin)
    return made


def row(*items: QWidget | QLayout | int, gap: int = 8, margin: int = 0) -> QHBoxLayout:
    """A row of widgets and layouts; a number is a stretch of that weight."""
    made = QHBoxLayout()
    _fill(made, items, gap, margin)
    return made


def _fill(
    layout: QBoxLayout, items: tuple[QWidget | QLayout | int, ...], gap: int, margin: int
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(margin, margin, margin, margin)
    for item in items:
        if isinstance(item, QWidget):
            layout.addWidget(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addStretch(item)


def box(layout: QLayout, role: str = "") -> QWidget:
    """A widget around a layout."""
    made = QWidget()
    made.setLayout(layout)
    if role:
        made.setProperty("role", role)
        made.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    return made


def line() -> QFrame:
    """A thin line across."""
    made = QFrame()
    made.setProperty("role", "line")
    return made


class Card(QFrame):
    """A flat card; with a title it has a head, where quiet buttons may stand at the right."""

    def __init__(self, title: str = "", *, margin: int = 16, gap: int = 8) -> None:
        super().__init__()
        self.setProperty("role", "card")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        self.head = QHBoxLayout()
        self.title = label(title, "heading")
        self.title.setParent(self)
        self.title.setVisible(bool(title))
        if title:
            self.head.setContentsMargins(16, 8, 12, 8)
            self.head.setSpacing(8)
            self.head.addWidget(self.title)
            self.head.addStretch(1)
            held = QWidget()
            held.setLayout(self.head)
            held.setMinimumHeight(theme.current().px(42))
            outer.addWidget(held)
            outer.addWidget(line())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.body.setSpacing(gap)
        outer.addLayout(self.body, 1)

    def add(self, item: QWidget | QLayout, stretch: int = 0) -> None:
        """Put something under what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        else:
            self.body.addLayout(item, stretch)


def scrolled(inner: QWidget) -> QScrollArea:
    """The widget in a scroll area that grows with it."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inner)
    area.viewport().setAutoFillBackground(False)
    return area


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        inner = item.layout()
        if inner is not None:
            clear(inner)


def show_if(widget: QWidget, shown: bool) -> None:
    """Show or hide; a widget that has no place yet is not shown, as it would be a window."""
    if not shown:
        widget.hide()
    elif widget.parentWidget() is not None:
        widget.show()


def restyle(widget: QWidget) -> None:
    """Let the style sheet look at the widget again after a property changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
