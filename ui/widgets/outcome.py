"""One line that says what is being done to many rows, then what came of it and what may follow."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar

from landsteward.app.language import tr
from ui.widgets.basics import ElidedLabel, button, clear, restyle

_SHOW_AFTER_MS = 1000
Next = tuple[str, Callable[[], object]]
"""What may be done next: its words and what they do."""


class OutcomeLine(QFrame):
    """To be seen while something takes over a second, and once it has said what came of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.text = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(240)
        self.next = QHBoxLayout()
        self.next.setSpacing(4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 2, 4, 2)
        layout.setSpacing(12)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.bar)
        layout.addLayout(self.next)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_SHOW_AFTER_MS)
        self._late.timeout.connect(self.show)
        self.hide()

    def working(self, text: str, stop: Callable[[], object]) -> None:
        """Something has begun; `stop` ends it."""
        self.hide()
        self.bar.setRange(0, 0)
        self.bar.show()
        self._set(text, "", [(tr("Cancel"), stop)])
        self._late.start()

    def progressed(self, done: int, total: int) -> None:
        """So much of so much is done."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def say(self, text: str, tone: str, *following: Next) -> None:
        """What came of it, toned good or caution, and what may be done next."""
        self._late.stop()
        self.bar.hide()
        self._set(text, tone, [*following, (tr("Close"), self.settle)])
        self.show()

    def settle(self) -> None:
        """Nothing to say any more."""
        self._late.stop()
        self.hide()

    def _set(self, text: str, tone: str, following: list[Next]) -> None:
        self.text.setText(text)
        self.text.setProperty("role", tone)
        restyle(self.text)
        clear(self.next)
        for words, run in following:
            self.next.addWidget(button(words, "link", run))
