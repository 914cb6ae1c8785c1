"""Bases: the law behind one is a click away; in a draft they are chosen and typed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from landsteward.app.language import localised, tr
from landsteward.domain.pack_places import is_entries
from ui import theme
from ui.pages.rules.words import PackWords, parts_of
from ui.widgets.basics import box, button, clear, column, row, selectable
from ui.widgets.fields import ChoiceField, Field, TextField


class BasisLine(QWidget):
    """A law and article; a click tells the law's editions and what has to be known of it."""

    def __init__(self, words: PackWords, ref: object) -> None:
        super().__init__()
        self._words = words
        self._law, _article = parts_of(ref)
        self.head = button("▸ " + words.basis(ref), "caption", self._turn)
        self.head.setToolTip(tr("The law's editions and their validity"))
        self.told = selectable("", "dim")
        self.told.setContentsMargins(theme.current().px(14), 0, 0, 4)
        self.told.hide()
        self._text = words.basis(ref)
        self.setLayout(column(self.head, self.told, gap=2))

    def _turn(self) -> None:
        shown = not self.told.isVisibleTo(self)
        self.told.setText(editions_in_words(self._words, self._law))
        self.told.setVisible(shown)
        self.head.setText(("▾ " if shown else "▸ ") + self._text)


def editions_in_words(words: PackWords, key: str) -> str:
    """The editions of a law with the days they are in force, and what has to be verified."""
    law = words.laws.get(key)
    if law is None:
        return tr("This law is not in the pack.")
    lines = [edition_in_words(one) for one in law.get("versions", [])]
    if note := localised(str(law.get("note", "")), str(law.get("note_en", ""))):
        lines.append(note)
    return "\n".join(lines)


def edition_in_words(edition: Any) -> str:
    """An edition and the days it is in force."""
    name = str(edition.get("version", ""))
    begin, end = edition.get("valid_from"), edition.get("valid_to")
    if isinstance(begin, date) and isinstance(end, date):
        return tr("{edition}, in force from {begin} to {end}", edition=name, begin=begin, end=end)
    if isinstance(begin, date):
        return tr("{edition}, in force from {begin}", edition=name, begin=begin)
    if isinstance(end, date):
        return tr("{edition}, in force until {end}", edition=name, end=end)
    return tr("{edition}, no days on record", edition=name)


class BasesField(Field):
    """A list of bases: for each a law of the pack and an article; the value is as TOML has it."""

    def __init__(self, text: str, words: PackWords) -> None:
        self._laws = [
            (key, words.title(law)) for key, law in words.laws.items() if is_entries([law])
        ]
        self._plain: list[Any] = []
        self._lines: list[tuple[ChoiceField, TextField]] = []
        self._column = column(gap=4)
        self.add = button(tr("Another basis"), "link", self._add)
        super().__init__(text, box(column(self._column, row(self.add, 1), gap=2)))

    def value(self) -> list[Any]:
        """The bases; one that was not touched is as it was, with its editions."""
        found: list[Any] = []
        for law, article in self._lines:
            if not article.value():
                raise ValueError(tr("Say which article, e.g. 第十四条."))
            short = f"{law.value()} {article.value()}"
            same = [one for one in self._plain if parts_of(one) == parts_of(short)]
            found.append(same[0] if same else short)
        return found

    def write(self, value: Sequence[Any] | None) -> None:
        """Show these."""
        self._plain = list(value or ())
        clear(self._column)
        self._lines = []
        for ref in self._plain:
            self._line(*parts_of(ref))

    def _fix(self, fixed: bool) -> None:
        self.editor.setEnabled(not fixed)

    def _line(self, law: str, article: str) -> TextField:
        choice = ChoiceField("", self._laws)
        choice.editor.setAccessibleName(tr("Law"))
        choice.set_value(law)
        choice.committed.connect(self._touched)
        words = TextField("")
        words.editor.setAccessibleName(tr("Article"))
        words.line.setFixedWidth(theme.current().px(110))
        words.set_value(article)
        words.committed.connect(self._touched)
        pair = (choice, words)
        gone = button("×", "quiet", lambda: self._remove(pair), hint=tr("Remove this basis"))
        gone.setFixedWidth(theme.current().px(28))
        held = row(choice, words, gone, gap=4)
        held.setStretch(0, 1)
        held.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._lines.append(pair)
        self._column.addWidget(box(held))
        return words

    def _touched(self) -> None:
        self.edited.emit()
        self.commit()

    def _add(self) -> None:
        if self._laws:
            self._line(self._laws[0][0], "").setFocus()

    def _remove(self, pair: tuple[ChoiceField, TextField]) -> None:
        at = self._lines.index(pair)
        del self._lines[at]
        item = self._column.takeAt(at)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        self._touched()
