"""Which of the plots are listed: a button for each part, with how many there are."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from ui.pages.boundaries.plots import Part, part_word
from ui.widgets.basics import button, row


class PartBar(QWidget):
    """All parts side by side; `chosen` carries the one to list."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.buttons: dict[Part, QPushButton] = {}
        group = QButtonGroup(self)
        for part in Part:
            one = button(part_word(part), "segment", partial(self.chosen.emit, part))
            one.setCheckable(True)
            one.setChecked(part is Part.ALL)
            group.addButton(one)
            self.buttons[part] = one
        self.setLayout(row(*self.buttons.values(), gap=6))

    def show_counts(self, counts: Mapping[Part, int]) -> None:
        """Say how many plots each part has."""
        for part, one in self.buttons.items():
            one.setText(f"{part_word(part)} {counts[part]:,}")
