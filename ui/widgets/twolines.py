"""A title with a dim line under it, painted as one widget; both wrap, nothing is cut."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme

_FLAGS = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop) | int(Qt.TextFlag.TextWordWrap)
_TALL = 10_000


class TwoLines(QWidget):
    """Title and subtitle of a row; its height follows from its width."""

    def __init__(self, title: str = "", under: str = "") -> None:
        super().__init__()
        self._title = title
        self._under = under
        self._known: dict[int, tuple[int, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_text(self, title: str, under: str) -> None:
        """Show these."""
        if (title, under) == (self._title, self._under):
            return
        self._title, self._under = title, under
        self._known.clear()
        self.setAccessibleName(f"{title} {under}".strip())
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> tuple[str, str]:
        """What is shown."""
        return self._title, self._under

    def _small(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(theme.current().px(12.5))
        return font

    def changeEvent(self, event: QEvent) -> None:
        """Another font takes another room."""
        self._known.clear()
        super().changeEvent(event)

    def _heights(self, width: int) -> tuple[int, int]:
        """Of title and subtitle; worked out once for each width, as layouts ask again and again."""
        if width not in self._known:
            self._known[width] = self._measured(width)
        return self._known[width]

    def _measured(self, width: int) -> tuple[int, int]:
        room = QRect(0, 0, max(width, 40), _TALL)
        title = QFontMetrics(self.font()).boundingRect(room, _FLAGS, self._title).height()
        if not self._under:
            return title, 0
        return title, QFontMetrics(self._small()).boundingRect(room, _FLAGS, self._under).height()

    def hasHeightForWidth(self) -> bool:
        """Its height follows from its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for both, wrapped."""
        return sum(self._heights(width))

    def sizeHint(self) -> QSize:
        """One line each."""
        return QSize(240, sum(self._heights(240)))

    def minimumSizeHint(self) -> QSize:
        """A few characters wide."""
        return QSize(96, sum(self._heights(max(self.width(), 96))))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Title, then what stands under it, centred together."""
        look = theme.current()
        painter = QPainter(self)
        title, under = self._heights(self.width())
        top = max(0, (self.height() - title - under) // 2)
        painter.setPen(look.colour("ink"))
        painter.drawText(QRect(0, top, self.width(), title), _FLAGS, self._title)
        if under:
            painter.setFont(self._small())
            painter.setPen(look.colour("dim"))
            painter.drawText(QRect(0, top + title, self.width(), under), _FLAGS, self._under)
