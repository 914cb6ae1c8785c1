"""The legend: what the colours mean, how many there are of each, and a filter at once."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QPushButton

from landsteward.app.language import tr
from ui import theme
from ui.map.look import Kind
from ui.map.swatch import paint_swatch
from ui.widgets.basics import Card, button, clear, column, label, row

_SWATCH = 22
_SHARPNESS = 2


class Legend(Card):
    """One line a kind; chosen ones are shown alone. `chosen` holds their keys, none: all."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__(margin=8, gap=0)
        self.chosen: tuple[str, ...] = ()
        self.lines: dict[str, QPushButton] = {}
        self._shown: tuple[Sequence[Kind], Counter[str]] | None = None
        self._list = column(gap=0)
        self.all = button(tr("Show all"), "link", self.show_all)
        self.all.hide()
        self.add(self._list)
        self.add(row(self.all, 1))

    def show_kinds(self, kinds: Sequence[Kind], counts: Counter[str]) -> None:
        """Show these kinds with how many there are of each."""
        if self._shown == (kinds, counts):
            return
        self._shown = kinds, Counter(counts)
        self.chosen = tuple(one for one in self.chosen if one in {kind.key for kind in kinds})
        clear(self._list)
        self.lines = {}
        for kind in kinds:
            line = button(kind.word, "side", partial(self._toggle, kind.key))
            line.setCheckable(True)
            line.setChecked(kind.key in self.chosen)
            line.setIcon(_swatch(kind))
            line.setIconSize(QSize(theme.current().px(_SWATCH), theme.current().px(16)))
            count = counts[kind.key]
            line.setAccessibleName(tr("{kind}: {count}", kind=kind.word, count=f"{count:,}"))
            line.setToolTip(tr("Click to show only these; click again for all"))
            figure = label(f"{count:,}", "dim")
            figure.setFont(theme.tabular(figure.font()))
            figure.setContentsMargins(0, 0, 8, 0)
            line.setEnabled(count > 0)
            held = row(line, figure, gap=4)
            held.setStretch(0, 1)
            self._list.addLayout(held)
            self.lines[kind.key] = line
        self.all.setVisible(bool(self.chosen))

    def forget(self) -> None:
        """Choose none: the colours mean something else now."""
        self.chosen = ()

    def show_all(self) -> None:
        """Take the choice away."""
        self._choose(())

    def _toggle(self, key: str) -> None:
        if key in self.chosen:
            self._choose(tuple(one for one in self.chosen if one != key))
        else:
            self._choose((*self.chosen, key))

    def _choose(self, chosen: tuple[str, ...]) -> None:
        self.chosen = chosen
        for key, line in self.lines.items():
            line.setChecked(key in chosen)
        self.all.setVisible(bool(chosen))
        self.changed.emit()


def _swatch(kind: Kind) -> QIcon:
    look = theme.current()
    width, height = look.px(_SWATCH), look.px(16)
    pixmap = QPixmap(width * _SHARPNESS, height * _SHARPNESS)
    pixmap.setDevicePixelRatio(_SHARPNESS)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(theme.FAMILY)
    font.setPixelSize(look.px(11))
    font.setWeight(QFont.Weight.DemiBold)
    paint_swatch(painter, QRectF(0.5, 0.5, width - 1, height - 1), kind, font, look)
    painter.end()
    return QIcon(pixmap)
