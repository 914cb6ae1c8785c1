"""What a column holds, chosen from a list that is searched by typing; and its unit and year."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from landsteward.app.language import tr
from landsteward.app.rosters_table import ColumnChoice, ColumnSeen, FieldOffer
from ui import theme
from ui.pages.imports.words import column_letter

AS_FOUND = "as found"
_YEARS_BACK = 12


class FieldChoice(QFrame):
    """A list under a column's head. `chosen` carries a field, "" (not imported) or AS_FOUND."""

    chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        column: ColumnSeen,
        offers: Sequence[FieldOffer],
        *,
        taken: Mapping[str, Sequence[int]],
        corrected: bool,
    ) -> None:
        """`taken`: by field, the columns that hold it now; `corrected`: a person said so."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "card")
        look = theme.current()
        self.search = QLineEdit()
        self.search.setProperty("role", "search")
        self.search.setPlaceholderText(tr("Search for a field"))
        self.search.setAccessibleName(tr("Search for a field"))
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMinimumHeight(look.px(260))
        self.list.setMinimumWidth(look.px(260))
        inside = QVBoxLayout(self)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.addWidget(self.search)
        inside.addWidget(self.list)
        self._add(tr("Not imported"), "")
        if corrected:
            self._add(tr("As the header says"), AS_FOUND)
        for offer in offers:
            others = [one for one in taken.get(offer.field, ()) if one != column.index]
            where = ", ".join(map(column_letter, others))
            words = tr("{field} (column {where})", field=offer.name, where=where)
            item = self._add(words if others else offer.name, offer.field)
            if others:
                item.setForeground(look.colour("dim"))
            if offer.field == column.field:
                self.list.setCurrentItem(item)
        if not column.field:
            self.list.setCurrentRow(0)
        self.search.textEdited.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemClicked.connect(self._take)

    def _add(self, words: str, field: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setData(Qt.ItemDataRole.UserRole, field)
        self.list.addItem(item)
        return item

    def show_at(self, place: QPoint) -> None:
        """Open under a column's head, inside the screen."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        left = min(place.x(), room.right() - self.width())
        top = min(place.y(), room.bottom() - self.height())
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        self.search.setFocus()

    def offered(self) -> list[str]:
        """What the list shows now."""
        items = (self.list.item(at) for at in range(self.list.count()))
        return [item.text() for item in items if not item.isHidden()]

    def _narrow(self, text: str) -> None:
        typed = text.strip().casefold()
        first = None
        for at in range(self.list.count()):
            item = self.list.item(at)
            field = str(item.data(Qt.ItemDataRole.UserRole))
            fits = typed in item.text().casefold() or typed in field
            item.setHidden(not fits)
            first = item if fits and first is None else first
        if first is not None:
            self.list.setCurrentItem(first)

    def _take(self, item: QListWidgetItem) -> None:
        self.close()
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the list, Enter takes, Escape closes it and nothing else."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.close()
            return True
        if event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._walk(-1 if event.key() == Qt.Key.Key_Up else 1)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                item = self.list.currentItem()
                if not item.isHidden():
                    self._take(item)
                return True
        return super().eventFilter(watched, event)

    def _walk(self, way: int) -> None:
        at = self.list.currentRow() + way
        while 0 <= at < self.list.count():
            if not self.list.item(at).isHidden():
                self.list.setCurrentRow(at)
                return
            at += way


def figures_menu(
    parent: QWidget,
    column: ColumnSeen,
    offer: FieldOffer,
    *,
    this_year: int,
    years: bool,
    take: Callable[[ColumnChoice], object],
) -> QMenu:
    """The units a column's figures may be in, and the years they may be of."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for unit in offer.units:
        action = menu.addAction(unit)
        action.setCheckable(True)
        action.setChecked(unit == column.unit)
        choice = ColumnChoice(field=column.field, unit=unit, year=column.year)
        action.triggered.connect(partial(_given, take, choice))
    if years:
        menu.addSeparator()
        for year in range(this_year, this_year - _YEARS_BACK, -1):
            action = menu.addAction(tr("of {year}", year=year))
            action.setCheckable(True)
            action.setChecked(year == column.year)
            said = column.unit if column.unit and column.unit_said else None
            choice = ColumnChoice(field=column.field, unit=said, year=year)
            action.triggered.connect(partial(_given, take, choice))
    return menu


def _given(take: Callable[[ColumnChoice], object], choice: ColumnChoice, _on: bool = False) -> None:
    take(choice)
