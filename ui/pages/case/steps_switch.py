"""列表 | 甘特: the same steps as rows or as bars, one of them in front."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from landsteward.app.language import tr
from ui.widgets.basics import button, row


class StepsSwitch(QWidget):
    """Two words; `as_bars` says that the bars are wanted, or the rows again."""

    as_bars = Signal(bool)

    def __init__(self, rows: QWidget, bars: QWidget) -> None:
        super().__init__()
        self._rows = rows
        self._bars = bars
        self._group = QButtonGroup(self)
        self.listed = self._word(tr("List"), bars=False)
        self.gantt = self._word(tr("Gantt"), bars=True)
        self.setLayout(row(self.listed, self.gantt, gap=2))
        self.listed.setChecked(True)
        bars.hide()

    def _word(self, word: str, *, bars: bool) -> QPushButton:
        made = button(word, "segment", lambda: self.show_bars(bars))
        made.setCheckable(True)
        self._group.addButton(made)
        return made

    @property
    def bars_shown(self) -> bool:
        """Whether the bars are in front."""
        return self.gantt.isChecked()

    def show_bars(self, bars: bool) -> None:
        """Put the bars, or the rows, in front."""
        (self.gantt if bars else self.listed).setChecked(True)
        self._rows.setVisible(not bars)
        self._bars.setVisible(bars)
        self.as_bars.emit(bars)
