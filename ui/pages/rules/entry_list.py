"""The entries of a section as a list: a title, what is said under it, a mark where it changed."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from landsteward.app.language import tr
from ui import theme
from ui.pages.rules.content import Entry

_ENTRY = int(Qt.ItemDataRole.UserRole) + 1
_TOP = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class EntryModel(QAbstractListModel):
    """Entries in their order."""

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these; where they are as many as before, what is marked stays marked."""
        if len(entries) == len(self.entries):
            self.entries = list(entries)
            self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _TOP) -> int:
        """How many."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: AnyIndex, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Its title, what stands under it, and the entry itself."""
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{entry.title}\n{entry.under}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            changed = tr("changed") if entry.changed else ""
            return " ".join(filter(None, (entry.title, entry.under, changed)))
        return entry if role == _ENTRY else None


class _Painter(QStyledItemDelegate):
    """Paints an entry."""

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """Two lines."""
        return QSize(100, theme.current().px(52))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Title, what is said under it, and a word where a draft changed it."""
        entry: Entry = index.data(_ENTRY)
        look = theme.current()
        rect = option.rect
        state = option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look.colour("selection"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, look.colour("hover"))
        painter.setPen(look.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inside = rect.adjusted(look.px(12), look.px(6), -look.px(10), -look.px(6))
        title, under = QRect(inside), QRect(inside)
        title.setHeight(inside.height() // 2)
        under.setTop(title.bottom())
        if entry.changed:
            word = tr("changed")
            painter.setPen(look.colour("accent"))
            painter.setFont(_small(painter.font()))
            right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(title, right, word)
            title.setRight(title.right() - painter.fontMetrics().horizontalAdvance(word) - 8)
        painter.setFont(theme.application_font())
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        cut = Qt.TextElideMode.ElideRight
        painter.setPen(look.colour("ink"))
        words = painter.fontMetrics().elidedText(entry.title, cut, title.width())
        painter.drawText(title if entry.under else inside, left, words)
        painter.setFont(_small(painter.font()))
        painter.setPen(look.colour("dim"))
        painter.drawText(
            under, left, painter.fontMetrics().elidedText(entry.under, cut, under.width())
        )
        painter.restore()


def _small(font: QFont) -> QFont:
    made = QFont(font)
    made.setPixelSize(theme.current().px(12.5))
    return made


class EntryList(QListView):
    """`chosen` carries the entry that is looked at."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.entries = EntryModel()
        self.entries.setParent(self)
        self.setModel(self.entries)
        self.setItemDelegate(_Painter(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Entries"))

    def show_entries(self, entries: Sequence[Entry], wanted: tuple[str, ...] = ()) -> None:
        """Show these, with the wanted place (file, then place) or the first of them chosen."""
        self.entries.show_entries(entries)
        rows = [n for n, one in enumerate(entries) if (one.file, *one.place) == wanted]
        at = rows[0] if rows else 0
        if entries:
            self.setCurrentIndex(self.entries.index(at))
        self.chosen.emit(entries[at] if entries else None)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Another one is looked at."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.entries.entries[current.row()])
