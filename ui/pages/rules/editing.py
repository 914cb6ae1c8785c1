"""One entry of a draft as a form: each value is kept as it is left, or refused under its field."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from landsteward.app.language import tr
from landsteward.app.pack_files import FieldShape, PackFiles, ValueKind
from landsteward.app.pack_reading import PackView
from landsteward.app.rule_packs import edit_pack
from landsteward.domain.errors import KnownError
from landsteward.domain.pack_places import Place, is_entries, name_of, value_at
from ui import theme, words
from ui.operations import Operations
from ui.pages.rules.bases import BasesField
from ui.pages.rules.content import Entry
from ui.pages.rules.field_words import field_word
from ui.pages.rules.words import PackWords
from ui.widgets.basics import box, button, column, label, row
from ui.widgets.fields import (
    ChoiceField,
    DateField,
    DecimalField,
    Field,
    LongField,
    NoteField,
    TextField,
    WholeField,
)

_LONG = frozenset({"demand", "conditions", "blocks", "note"})
_FIXED = frozenset({"key", "level", "version", "predicate", "department"})
"""What an entry is known by; it stands in the head and is not changed."""


class EntryForm(QWidget):
    """The fields of an entry by their places. `removed` tells that the entry is to go."""

    edition_asked = Signal(object)

    def __init__(
        self, operations: Operations, files: PackFiles, view: PackView, entry: Entry
    ) -> None:
        super().__init__()
        self.file = entry.file
        self.place = entry.place
        self.fields: dict[Place, Field] = {}
        self._operations = operations
        self._files = files
        self._words = PackWords(view.tables)
        self._remarks = view.remarks
        layout = column(gap=10)
        self._table(entry.table, entry.place, layout)
        layout.addStretch(1)
        self.setLayout(layout)
        self.show_values(view)

    def show_values(self, view: PackView) -> bool:
        """Show what the draft says now; False where it has other fields than these."""
        table = view.tables.get(self.file, {})
        entry = value_at(table, self.place) if self.place else table
        if not isinstance(entry, Mapping) or self._wanted(entry, self.place) != set(self.fields):
            return False
        for place, field in self.fields.items():
            value = value_at(table, place)
            blank = value is None and isinstance(field, TextField | LongField)
            field.set_value("" if blank and not isinstance(field, _ListField) else value)
        return True

    def _shapes(self, table: Mapping[str, Any], place: Place) -> list[FieldShape]:
        """The fields the table may have; of one that is not known, those it has."""
        known = list(self._files.fields(self.file, place))
        names = {one.name for one in known}
        others = [
            FieldShape(name=name, kind=_kind_of(value, place), required=True)
            for name, value in table.items()
            if name not in names and not (name in _FIXED and (known or not place))
        ]
        if not place:
            others = [one for one in others if not isinstance(table[one.name], Mapping | list)]
        return known + others

    def _wanted(self, table: Mapping[str, Any], place: Place) -> set[Place]:
        found: set[Place] = set()
        for shape in self._shapes(table, place):
            value, here = table.get(shape.name), (*place, shape.name)
            if isinstance(value, Mapping):
                found |= self._wanted(value, here)
            elif is_entries(value) and shape.kind is not ValueKind.BASES:
                for at, one in enumerate(value):
                    found |= self._wanted(one, (*here, name_of(one, at)))
            elif shape.kind not in (ValueKind.ENTRIES, ValueKind.OTHER):
                found.add(here)
        return found

    def _table(self, table: Mapping[str, Any], place: Place, layout: QVBoxLayout) -> None:
        for shape in self._shapes(table, place):
            value, here = table.get(shape.name), (*place, shape.name)
            if isinstance(value, Mapping):
                layout.addWidget(label(field_word(shape.name), "heading"))
                layout.addWidget(self._inside(value, here))
            elif is_entries(value) and shape.kind is not ValueKind.BASES:
                layout.addWidget(label(field_word(shape.name), "heading"))
                for at, one in enumerate(value):
                    name = name_of(one, at)
                    layout.addLayout(self._inner_head(shape.name, name, (*here, name)))
                    layout.addWidget(self._inside(one, (*here, name)))
                if shape.name == "versions":
                    layout.addLayout(row(self._more_editions(here), 1))
            elif shape.kind not in (ValueKind.ENTRIES, ValueKind.OTHER):
                self._add(shape, here, layout)

    def _more_editions(self, place: Place) -> QPushButton:
        return button(tr("Another edition…"), "link", lambda: self.edition_asked.emit(place))

    def _inner_head(self, kind: str, name: str, place: Place) -> Any:
        head = row(label(name if kind == "versions" else f"{field_word(kind)} {name}", "label"), 1)
        if kind == "versions":
            head.addWidget(button(tr("Remove"), "quiet", lambda: self._keep(place, None)))
        return head

    def _inside(self, table: Mapping[str, Any], place: Place) -> QWidget:
        inside = column(gap=8)
        inside.setContentsMargins(theme.current().px(12), 0, 0, 0)
        self._table(table, place, inside)
        return box(inside)

    def _add(self, shape: FieldShape, place: Place, layout: QVBoxLayout) -> None:
        field = self._field(shape, known=bool(self._files.fields(self.file, place[:-1])))
        field.autosaves = True
        field.setObjectName("/".join(place))
        held = column(field, gap=0)
        if remark := self._remarks.get((self.file, place), ""):
            held.addWidget(label(remark, "dim", wrap=True))
        self.fields[place] = field
        field.committed.connect(
            lambda value, place=place, field=field: self._keep(place, value, field)
        )
        layout.addLayout(held)

    def _keep(self, place: Place, value: Any, field: Field | None = None) -> None:
        gone = value is None or (value == "" and place[-1] not in ("title", "name"))
        files, file = self._files, self.file
        refused: Callable[[KnownError], None] | None = field.refused if field else None
        self._operations.change(
            field or self,
            lambda ctx: edit_pack(
                ctx, files=files, file=file, place=place, value=None if gone else value
            ),
            failure=refused,
        )

    def _field(self, shape: FieldShape, *, known: bool) -> Field:
        word = field_word(shape.name)
        if known and shape.name == "department":
            return ChoiceField(
                word,
                [(key, self._words.title(one)) for key, one in self._words.departments.items()],
            )
        match shape.kind:
            case ValueKind.BASES:
                return BasesField(word, self._words)
            case ValueKind.CHOICE:
                return ChoiceField(word, self._choices(shape))
            case ValueKind.TRUTH:
                return ChoiceField(word, [(True, tr("Yes")), (False, tr("No"))])
            case ValueKind.WHOLE:
                return WholeField(word)
            case ValueKind.FIGURE:
                return DecimalField(word, places=6, minimum=None)
            case ValueKind.DAY:
                return DateField(word)
            case ValueKind.TEXTS:
                return _ListField(word)
        if shape.name.removesuffix("_en") in _LONG:
            return NoteField(word, rows=2)
        return TextField(word)

    def _choices(self, shape: FieldShape) -> list[tuple[Any, str]]:
        if shape.name == "severity":
            return [(one, self._words.severity(one)) for one in shape.choices]
        said = words.disposal if shape.name == "disposal" else str
        found: list[tuple[Any, str]] = [(one, said(str(one))) for one in shape.choices]
        return found if shape.required else [(None, tr("Not set")), *found]


class _ListField(NoteField):
    """Several texts, one a line."""

    def __init__(self, text: str) -> None:
        super().__init__(text, rows=2, hint=tr("One a line"))

    def value(self) -> Any:
        """The lines that say something."""
        return [one.strip() for one in super().value().splitlines() if one.strip()] or None

    def write(self, value: Any) -> None:
        """Show them."""
        super().write("\n".join(value or ()))


def _kind_of(value: object, table: Place) -> ValueKind:
    """How a value of a table that is not known is entered."""
    if table[-1:] == ("extra_bases",):
        return ValueKind.BASES
    if isinstance(value, bool):
        return ValueKind.TRUTH
    if isinstance(value, int | Decimal):
        return ValueKind.FIGURE
    if isinstance(value, list):
        texts = all(isinstance(one, str) for one in value)
        return ValueKind.TEXTS if texts else ValueKind.OTHER
    return ValueKind.TEXT if isinstance(value, str) else ValueKind.OTHER
