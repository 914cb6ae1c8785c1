"""Ctrl+K: find an enterprise, parcel or case from anywhere; results as you type."""

from collections.abc import Collection

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.views import Hit
from ui import theme
from ui.operations import Operations, Work
from ui.widgets.basics import label

_SHOWN = 10
_LOOKED_AT = 60
"""Of so many hits those of some kinds are picked."""


class SearchBox(QLineEdit):
    """The box in the top bar; its results hang below it over the page."""

    found = Signal(object)
    """The `Hit` a person chose."""

    def __init__(
        self,
        operations: Operations,
        over: QWidget,
        *,
        hint: str = "",
        keys: str = "",
        kinds: Collection[str] = (),
    ) -> None:
        """`hint` stands in the box while it is empty, and `keys` that lead to it. With `kinds`
        only hits of these kinds are shown.
        """
        super().__init__()
        self.setProperty("role", "search")
        self.setPlaceholderText(hint or tr("Enterprise, parcel, case number, pinyin initials…"))
        self.setAccessibleName(tr("Search"))
        self.setClearButtonEnabled(True)
        look = theme.current()
        self._operations = operations
        self._kinds = kinds
        self._work: Work | None = None
        self._waiting = False
        self._entered = False
        self._over = over
        self._keys = label(keys, "dim")
        self._keys.setParent(self)
        self._keys.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.popup = QFrame(over)
        self.popup.setProperty("role", "card")
        self.results = QListWidget()
        self.results.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.results.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.results.itemClicked.connect(self._choose)
        self.nothing = label("", "dim")
        self.nothing.setContentsMargins(12, 8, 12, 8)
        layout = QVBoxLayout(self.popup)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(self.results)
        layout.addWidget(self.nothing)
        self.popup.hide()
        self._row_height = look.px(48)
        self.textEdited.connect(self._ask)
        self.textChanged.connect(self._text_changed)
        self.installEventFilter(self)

    def _text_changed(self, text: str) -> None:
        self._keys.setVisible(not text)
        self._make_room()
        if not text.strip():
            self.popup.hide()

    def _make_room(self) -> None:
        """The hint ends before the keys' name."""
        named = bool(self._keys.text()) and not self.text()
        taken = self._keys.sizeHint().width() + 8 if named else 0
        self.setTextMargins(0, 0, taken, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the keys' name at the right."""
        super().resizeEvent(event)
        size = self._keys.sizeHint()
        self._make_room()
        self._keys.setGeometry(
            self.width() - size.width() - 12,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def _ask(self) -> None:
        # At once: of several key strokes that wait for their answer the latest wins.
        if self._work is not None:
            self._work.cancel()
        text = self.text().strip()
        self._waiting = bool(text)
        self._entered = False
        if not text:
            self.popup.hide()
            return

        def search(ctx: Context) -> list[Hit]:
            if not self._kinds:
                return ctx.workspace.reports.search(text, _SHOWN)
            hits = ctx.workspace.reports.search(text, _LOOKED_AT)
            return [hit for hit in hits if hit.kind in self._kinds][:_SHOWN]

        self._work = self._operations.query(self, search, success=self._show)

    def _show(self, hits: list[Hit]) -> None:
        self._waiting = False
        self.results.clear()
        kinds = {
            "enterprise": tr("Enterprise"),
            "parcel": tr("Parcel"),
            "case": tr("Case"),
            "firm": tr("Service firm"),
        }
        for hit in hits:
            below = " · ".join(part for part in (kinds.get(hit.kind, ""), hit.subtitle) if part)
            item = QListWidgetItem(f"{hit.title}\n{below}")
            item.setData(Qt.ItemDataRole.UserRole, hit)
            self.results.addItem(item)
        self.results.setVisible(bool(hits))
        self.nothing.setVisible(not hits)
        self.nothing.setText(self._nothing_found())
        if hits:
            self.results.setCurrentRow(0)
        height = self._row_height
        if hits:
            height = min(len(hits), _SHOWN) * self.results.sizeHintForRow(0) + 14
        at = self.mapTo(self._over, QPoint(0, self.height() + 4))
        self.popup.setGeometry(at.x(), at.y(), max(self.width(), 420), height)
        self.popup.show()
        self.popup.raise_()
        if self._entered and hits:
            self._choose(self.results.item(0))
        self._entered = False

    def _nothing_found(self) -> str:
        text = self.text().strip()
        if left := self._operations.left_to_follow:
            return tr(
                "Nothing found for “{text}” so far; {count} changes are still being indexed.",
                text=text,
                count=f"{left:,}",
            )
        return tr("Nothing found for “{text}”.", text=text)

    def _choose(self, item: QListWidgetItem) -> None:
        hit: Hit = item.data(Qt.ItemDataRole.UserRole)
        self.popup.hide()
        self.clear()
        self.clearFocus()
        self.found.emit(hit)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move among the results, Enter opens one, Escape closes them."""
        if event.type() == QEvent.Type.FocusOut:
            self.popup.hide()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key == Qt.Key.Key_Escape:
                self.popup.hide()
                self.clear()
                self.clearFocus()
                return True
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.results.count():
                step = 1 if key == Qt.Key.Key_Down else -1
                self.results.setCurrentRow(
                    (self.results.currentRow() + step) % self.results.count()
                )
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self.results.currentItem()
                if self._waiting:
                    # Whoever types fast, or scans, means what was typed, not what is shown so far.
                    self._entered = True
                elif self.popup.isVisible() and item is not None:
                    self._choose(item)
                else:
                    self._ask()
                return True
        return super().eventFilter(watched, event)
