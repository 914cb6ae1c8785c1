"""A small question: one name, or yes and no."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from landsteward.app.language import tr
from ui import theme
from ui.widgets.basics import button, column, label, row
from ui.widgets.fields import TextField


class AskName(QDialog):
    """Asks for one name; `named` carries it. Use `open()`; it goes by itself."""

    named = Signal(str)

    def __init__(self, parent: QWidget, title: str, caption: str, *, yes: str = "") -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.current().px(420))
        self.name = TextField(caption, required=True)
        self.ok = button(yes or tr("Add"), "primary", self._take)
        self.setLayout(
            column(
                label(title, "title"),
                self.name,
                row(1, button(tr("Cancel"), "", self.reject), self.ok),
                gap=12,
                margin=20,
            )
        )
        self.name.line.returnPressed.disconnect()
        self.name.line.returnPressed.connect(self._take)
        self.name.setFocus()

    def _take(self) -> None:
        if self.name.commit():
            self.named.emit(self.name.value())
            self.accept()


class AskFirst(QDialog):
    """Says what will happen and asks before it does."""

    def __init__(
        self,
        parent: QWidget,
        *,
        title: str,
        text: str,
        yes: str,
        run: Callable[[], object],
        look: str = "danger",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.current().px(420))
        self.yes = button(yes, look, self.accept)
        self.no = button(tr("Cancel"), "", self.reject)
        self.accepted.connect(run)
        self.setLayout(
            column(
                label(title, "title"),
                label(text, wrap=True),
                row(1, self.no, self.yes),
                gap=12,
                margin=20,
            )
        )
        self.no.setFocus()
