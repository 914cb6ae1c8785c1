"""Words about what is wrong that push nothing away: under a widget, or beside a button."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QSizePolicy, QWidget

from ui import theme
from ui.widgets.basics import restyle

_WIDEST = 420
_FOLLOWS = frozenset(
    {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.LayoutRequest}
)


class Callout(QLabel):
    """A red line under its anchor; it lets the mouse through to what it may cover.

    While it says something it belongs to the page its anchor scrolls with, otherwise to the
    anchor; so it goes with whichever of them goes.
    """

    def __init__(self, anchor: QWidget) -> None:
        super().__init__(anchor)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "error")
        self.setContentsMargins(6, 0, 6, 0)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._anchor = anchor
        self._under: QWidget = anchor
        self._watched: list[QWidget] = []
        self.hide()

    def say(self, text: str, under: QWidget | None = None) -> None:
        """Say it under the anchor, or a part of it; an empty text says nothing any more."""
        self.setText(text)
        self._under = under or self._anchor
        if not text:
            self._let_go()
            return
        host = _host_of(self._anchor)
        if self.parentWidget() is not host:
            self.setParent(host)
            restyle(self)
        self._watch(host)
        self._place()

    def settle(self) -> None:
        """Something was done about it."""
        self.say("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay where the anchor is, and go when it goes."""
        kind = event.type()
        if kind in _FOLLOWS:
            self._place()
        elif kind == QEvent.Type.Hide:
            self.hide()
        elif kind == QEvent.Type.DeferredDelete and watched is not self.parentWidget():
            self._let_go()
        return False

    def _watch(self, host: QWidget) -> None:
        if self._watched and (self._watched[0], self._watched[-1]) == (self._under, host):
            return
        self._unwatch()
        one: QWidget | None = self._under
        while one is not None:
            one.installEventFilter(self)
            self._watched.append(one)
            one = one.parentWidget() if one is not host else None

    def _unwatch(self) -> None:
        for one in self._watched:
            one.removeEventFilter(self)
        self._watched = []

    def _let_go(self) -> None:
        self.hide()
        self._unwatch()
        if self.parentWidget() is not self._anchor:
            self.setParent(self._anchor)

    def _place(self) -> None:
        host, under = self.parentWidget(), self._under
        if host is None or not self.text() or not under.isVisibleTo(host):
            self.hide()
            return
        look = theme.current()
        corner = under.mapTo(host, QPoint(0, under.height()))
        room = max(under.width(), min(look.px(_WIDEST), host.width() - corner.x() - 8))
        width = min(room, self.fontMetrics().horizontalAdvance(self.text()) + look.px(14))
        self.setGeometry(QRect(corner.x(), corner.y() + 1, width, self.heightForWidth(width)))
        self.raise_()
        self.show()


class Refusal(QLabel):
    """Why an action was refused, in the row of its button; room for two lines is always kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("role", "error")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setRetainSizeWhenHidden(True)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(theme.current().px(34))
        self.hide()

    def say(self, text: str) -> None:
        """Say it; an empty text says nothing any more."""
        self.setText(text)
        self.setVisible(bool(text))

    def settle(self) -> None:
        """Something was done about it."""
        self.say("")


def _host_of(anchor: QWidget) -> QWidget:
    """What the anchor scrolls with, or its window."""
    one = anchor
    while True:
        above = one.parentWidget()
        if above is None or one.isWindow():
            return one
        area = above.parentWidget()
        if isinstance(area, QAbstractScrollArea) and area.viewport() is above:
            return one
        one = above
