"""One entry of a pack to read: every field under its word, whatever table it is."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout

from landsteward.app.language import tr
from landsteward.app.pack_reading import PackView
from landsteward.domain.pack_places import Place, is_entries, name_of
from ui import theme
from ui.pages.rules.bases import BasisLine, edition_in_words
from ui.pages.rules.content import Entry, shown_fields
from ui.pages.rules.field_words import field_word
from ui.pages.rules.words import PackWords
from ui.widgets.basics import box, column, label, selectable

_IN_A_LINE = 4
_HEAD = frozenset({"title", "title_en", "name", "name_en"})


def entry_to_read(view: PackView, entry: Entry) -> QVBoxLayout:
    """The fields of an entry, one under the other."""
    return _Reader(view, entry).layout


class _Reader:
    """Lays out one entry."""

    def __init__(self, view: PackView, entry: Entry) -> None:
        self._remarks = view.remarks
        self._file = entry.file
        self._words = PackWords(view.tables)
        self.layout = column(gap=10)
        self.layout.addWidget(label(entry.title, "heading", wrap=True))
        skipped = _HEAD if len(entry.place) == 2 else frozenset()
        self._table(entry.table, entry.place, self.layout, skipped)
        known = [entry.table[name] for name in ("key", "predicate") if name in entry.table]
        if known:
            said = tr("In the program: {names}", names=" · ".join(dict.fromkeys(known)))
            self.layout.addWidget(selectable(said, "dim"))
        self.layout.addStretch(1)

    def _table(
        self,
        table: Mapping[str, Any],
        place: Place,
        layout: QVBoxLayout,
        skipped: frozenset[str] = frozenset(),
    ) -> None:
        for name in shown_fields(table):
            if name in skipped or table[name] == "":
                continue
            self._field(name, table[name], (*place, name), layout)

    def _field(self, name: str, value: Any, place: Place, layout: QVBoxLayout) -> None:
        word = field_word(name.removesuffix("_en"))
        if isinstance(value, list) and (name == "bases" or place[-2:-1] == ("extra_bases",)):
            lines = [BasisLine(self._words, one) for one in value]
            layout.addLayout(column(label(word, "label"), *lines, gap=2))
        elif name == "versions" and is_entries(value):
            said = "\n".join(edition_in_words(one) for one in value)
            layout.addLayout(column(label(word, "label"), selectable(said), gap=2))
        elif is_entries(value) and all(_is_flat(one) for one in value):
            said = "\n".join(self._in_one_line(one) for one in value)
            layout.addLayout(column(label(word, "label"), selectable(said), gap=2))
        elif is_entries(value):
            layout.addWidget(label(word, "label"))
            for at, one in enumerate(value):
                self._inner(one, (*place, name_of(one, at)), layout)
        elif isinstance(value, Mapping):
            layout.addWidget(label(word, "label"))
            self._inner(value, place, layout)
        else:
            self._plain(word, self._words.value(name, value), place, layout)

    def _in_one_line(self, table: Mapping[str, Any]) -> str:
        return " · ".join(
            f"{field_word(name.removesuffix('_en'))} {self._words.value(name, table[name])}"
            for name in shown_fields(table)
        )

    def _inner(self, table: Mapping[str, Any], place: Place, layout: QVBoxLayout) -> None:
        inside = column(gap=6)
        inside.setContentsMargins(theme.current().px(12), 0, 0, 0)
        self._table(table, place, inside)
        layout.addWidget(box(inside))

    def _plain(self, word: str, value: str, place: Place, layout: QVBoxLayout) -> None:
        held = column(label(word, "label", wrap=True), selectable(value), gap=2)
        if remark := self._remarks.get((self._file, place), ""):
            held.addWidget(label(remark, "dim", wrap=True))
        layout.addLayout(held)


def _is_flat(table: Mapping[str, Any]) -> bool:
    """Whether it is a handful of plain values, which fit into a line."""
    plain = not any(isinstance(one, Mapping | list) for one in table.values())
    return plain and len(list(shown_fields(table))) <= _IN_A_LINE
