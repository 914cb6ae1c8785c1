"""What stands in a table edited in place: rows by key, the blank one, and what makes no sense."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from landsteward.app.language import tr
from ui import formats, theme

AnyIndex = QModelIndex | QPersistentModelIndex
WRONG = int(Qt.ItemDataRole.UserRole) + 1
"""Role: whether the text of a cell makes no sense."""
CHOICES = int(Qt.ItemDataRole.UserRole) + 2
"""Role: the words there are to choose from in a cell."""
_INK = int(Qt.ItemDataRole.ForegroundRole)
_REMOVE = "×"


@dataclass(frozen=True, slots=True)
class EditColumn:
    """A column: `kind` is text, date, decimal or choice; `width` in pixels, 0 stretches.

    `choices` are the values to choose from, each with its words.
    """

    key: str
    header: str
    kind: str = "text"
    width: int = 0
    fixed: bool = False
    choices: tuple[tuple[str, str], ...] = ()


class EditModel(QAbstractTableModel):
    committed = Signal(str, str, object)
    row_wanted = Signal(str, object)
    row_more = Signal(str, object)
    told = Signal()

    def __init__(self, columns: Sequence[EditColumn], *, blank: bool) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.blank = blank
        self.fixed = False
        self.keys: list[str] = []
        self.values: list[dict[str, Any]] = []
        self.wrong: dict[tuple[str, str], tuple[str, str]] = {}
        self._blank: dict[str, Any] = {}
        self._creating = False
        self._sent: set[str] = set()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Rows on record and the blank one."""
        return 0 if parent.isValid() else len(self.keys) + (self.blank and not self.fixed)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """The columns, and the one that takes a row out."""
        return 0 if parent.isValid() else len(self.columns) + (not self.fixed)

    def key_at(self, row: int) -> str:
        """The key of a row; empty for the blank one."""
        return self.keys[row] if row < len(self.keys) else ""

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        """Which cells can be edited."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() >= len(self.columns):
            return Qt.ItemFlag.ItemIsEnabled
        if not self.fixed and not self.columns[index.column()].fixed:
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The words over the columns."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].header
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(section)
        return None

    def _align(self, column: int) -> Qt.AlignmentFlag:
        right = self.columns[column].kind == "decimal"
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell as read and as edited."""
        row, place = index.row(), index.column()
        if place >= len(self.columns):
            if role == Qt.ItemDataRole.DisplayRole and self.key_at(row):
                return _REMOVE
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return Qt.AlignmentFlag.AlignCenter
            if role == Qt.ItemDataRole.ToolTipRole and self.key_at(row):
                return tr("Take this row out")
            return QColor(theme.current().colour("dim")) if role == _INK else None
        column = self.columns[place]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            wrong = self.wrong.get((self.key_at(row), column.key))
            return wrong[0] if wrong else _text(column, self._value(row, column.key))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self._align(place)
        if role == CHOICES:
            return [words for _value, words in column.choices]
        if role == WRONG:
            return (self.key_at(row), column.key) in self.wrong
        if role == Qt.ItemDataRole.ToolTipRole:
            wrong = self.wrong.get((self.key_at(row), column.key))
            return wrong[1] if wrong else None
        return None

    def _value(self, row: int, key: str) -> Any:
        values = self.values[row] if row < len(self.keys) else self._blank
        return values.get(key)

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was typed, or mark it as making no sense."""
        row, column = index.row(), self.columns[index.column()]
        key = self.key_at(row)
        typed = str(value).strip()
        try:
            meant = _parse(column, typed)
        except ValueError as error:
            self.wrong[(key, column.key)] = (typed, str(error))
            self.told.emit()
            self.dataChanged.emit(index, index)
            return True
        refused = self.wrong.pop((key, column.key), None) is not None
        self.told.emit()
        kept = self._value(row, column.key)
        if (meant == kept and not refused) or (not typed and not kept):
            return True
        if key:
            self.values[row] = {**self.values[row], column.key: meant}
            self.committed.emit(key, column.key, meant)
            self._try_again(row)
        else:
            self._blank = {**self._blank, column.key: meant}
            wanted = self.row_more if self._creating else self.row_wanted
            self._creating = True
            self._sent.add(column.key)
            wanted.emit(column.key, meant)
        self.dataChanged.emit(index, index)
        return True

    def _try_again(self, row: int) -> None:
        """What was refused beside the value just kept may be right now: two dates, say."""
        key = self.keys[row]
        for place, column in enumerate(self.columns):
            typed = self.wrong.get((key, column.key))
            if typed is None:
                continue
            try:
                meant = _parse(column, typed[0])
            except ValueError:
                continue
            del self.wrong[(key, column.key)]
            self.values[row] = {**self.values[row], column.key: meant}
            self.committed.emit(key, column.key, meant)
            self.dataChanged.emit(self.index(row, place), self.index(row, place))
        self.told.emit()

    def row_made(self, key: str) -> None:
        """The blank row is on record now: what it held before and was not sent yet follows."""
        rest = {name: value for name, value in self._blank.items() if name not in self._sent}
        values, self._blank, self._creating, self._sent = self._blank, {}, False, set()
        place = len(self.keys)
        self.beginInsertRows(QModelIndex(), place + 1, place + 1)
        self.keys.append(key)
        self.values.append(values)
        self.endInsertRows()
        for name, value in rest.items():
            self.committed.emit(key, name, value)

    def not_made(self) -> None:
        """The blank row could not be kept; what was typed stays in it."""
        self._creating, self._sent = False, set()

    def refuse(self, key: str, column: str, words: str) -> None:
        """A value was not kept."""
        row = self.keys.index(key) if key in self.keys else len(self.keys)
        place = next(n for n, one in enumerate(self.columns) if one.key == column)
        typed = _text(self.columns[place], self._value(row, column))
        self.wrong[(key, column)] = (typed, words)
        index = self.index(row, place)
        self.dataChanged.emit(index, index)
        self.told.emit()

    def show_rows(self, rows: Sequence[tuple[str, dict[str, Any]]], *, fixed: bool) -> None:
        """Show these; what is unchanged stays untouched, also an open editor."""
        keys = [key for key, _values in rows]
        values = [dict(one) for _key, one in rows]
        if keys == self.keys and fixed == self.fixed:
            if values != self.values:
                self.values = values
                self.dataChanged.emit(
                    self.index(0, 0), self.index(len(keys) - 1, len(self.columns) - 1)
                )
            return
        if self._creating and keys[:-1] == self.keys and fixed == self.fixed:
            return  # `row_made` is on its way and puts it in without closing the editor
        self.beginResetModel()
        self.keys, self.values, self.fixed = keys, values, fixed
        self.wrong = {place: why for place, why in self.wrong.items() if place[0] in {*keys, ""}}
        self.endResetModel()
        self.told.emit()

    def meant_by(self, at: AnyIndex, cells: Sequence[Sequence[str]]) -> "Pasted":
        """What a block of texts says from a cell on, across and down; nothing is kept yet.

        What makes no sense in its column is left out and named, and so is what has no column.
        """
        changed: list[tuple[str, dict[str, Any]]] = []
        added: list[dict[str, Any]] = []
        left_out: list[str] = []
        for down, texts in enumerate(cells):
            meant: dict[str, Any] = {}
            for across, text in enumerate(texts):
                place = at.column() + across
                typed = text.strip()
                if place >= len(self.columns) or self.columns[place].fixed:
                    left_out += [typed] if typed else []
                    continue
                try:
                    meant[self.columns[place].key] = _parse(self.columns[place], typed)
                except ValueError:
                    left_out.append(typed)
            row = at.row() + down
            if row < len(self.keys):
                changed.append((self.keys[row], meant))
            elif any(value not in (None, "") for value in meant.values()):
                added.append(meant)
        return Pasted(tuple(changed), tuple(added if self.blank else ()), tuple(left_out))


@dataclass(frozen=True, slots=True)
class Pasted:
    """A block that was pasted: new values by row key, rows to add, and texts that found no use."""

    changed: tuple[tuple[str, dict[str, Any]], ...]
    added: tuple[dict[str, Any], ...]
    left_out: tuple[str, ...]


def _text(column: EditColumn, value: Any) -> str:
    if value is None:
        return ""
    if column.kind == "date":
        return str(value.isoformat())
    if column.kind == "choice":
        return dict(column.choices).get(str(value), str(value))
    return formats.plain(value) if column.kind == "decimal" else str(value)


def _parse(column: EditColumn, typed: str) -> Any:
    if column.kind == "date":
        try:
            return formats.parse_date(typed)
        except ValueError as error:
            raise ValueError(tr("Not a date. Write it like 2026-11-22.")) from error
    if column.kind == "decimal":
        try:
            return formats.parse_decimal(typed)
        except ValueError as error:
            raise ValueError(tr("Enter a number, e.g. 12.5.")) from error
    if column.kind == "choice":
        return _chosen(column, typed)
    return typed


def _chosen(column: EditColumn, typed: str) -> str | None:
    """The one choice whose words begin like this; None where nothing was typed."""
    if not typed:
        return None
    begun = [value for value, words in column.choices if words.lower().startswith(typed.lower())]
    if len(begun) != 1:
        words = " / ".join(words for _value, words in column.choices)
        raise ValueError(tr("Choose one of: {words}", words=words))
    return begun[0]
