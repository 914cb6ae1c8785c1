"""Check boxes that flow: several of a few things."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from ui.widgets.basics import changes
from ui.widgets.flow import FlowLayout


class CheckBoxes(QWidget):
    """A box for each option; `chosen` are those that are ticked."""

    changed = Signal()
    """A person ticked one."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self.setLayout(FlowLayout(gap=12))

    def offer(self, options: list[tuple[str, str]], chosen: list[str]) -> None:
        """Offer these, with some ticked."""
        layout = self.layout()
        assert layout is not None
        for one in self.boxes.values():
            layout.removeWidget(one)
            one.deleteLater()
        self.boxes = {}
        for key, word in options:
            made = changes(QCheckBox(word))
            made.setChecked(key in chosen)
            made.clicked.connect(lambda _on: self.changed.emit())
            self.boxes[key] = made
            layout.addWidget(made)

    @property
    def chosen(self) -> list[str]:
        """Keys of the ticked ones."""
        return [key for key, one in self.boxes.items() if one.isChecked()]
