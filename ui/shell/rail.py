"""The rail on the left: an icon over a word for every area."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from ui import theme
from ui.icons import Icons
from ui.pages.registry import RailEntry


class Rail(QFrame):
    """The areas from top to bottom; the last stands apart. Alt+1 … Alt+9, Alt+0 go to them."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[RailEntry], icons: Icons) -> None:
        super().__init__()
        self.setObjectName("rail")
        look = theme.current()
        self.setFixedWidth(look.px(84))
        self.buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 10, 6, 10)
        layout.setSpacing(2)
        for number, entry in enumerate(entries, start=1):
            button = QToolButton()
            button.setText(entry.word)
            button.setCheckable(True)
            # Reached by Alt and its number. In the chain of Tab it would get the focus whenever
            # a pressed button disappears, and the next Enter would leave the page.
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(look.px(20), look.px(20)))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setFixedHeight(look.px(52))
            digit = number % 10
            button.setToolTip(f"{entry.word}  Alt+{digit}")
            # Not the button's own shortcut: that one waits for an animation.
            QShortcut(QKeySequence(f"Alt+{digit}"), self).activated.connect(button.click)
            button.clicked.connect(lambda _on=False, page=entry.page: self.chosen.emit(page))
            icons.give(button, entry.icon, "rail_dim", on="rail_ink")
            if number == len(entries):
                layout.addStretch(1)
            layout.addWidget(button)
            self._group.addButton(button)
            self.buttons[entry.page] = button

    def mark(self, page: str) -> None:
        """Show which area the page belongs to."""
        button = self.buttons.get(page)
        if button is not None:
            button.setChecked(True)
            return
        self._group.setExclusive(False)
        for other in self.buttons.values():
            other.setChecked(False)
        self._group.setExclusive(True)
