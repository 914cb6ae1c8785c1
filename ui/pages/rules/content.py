"""A pack cut up for reading: sections, the entries of each, and which fit what is searched for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landsteward.app.language import Language, current_language, tr
from landsteward.app.pack_reading import PackView
from landsteward.domain.pack_places import Place, is_entries, name_of
from ui.pages.rules.field_words import field_word
from ui.pages.rules.words import PackWords

_FIRST = ("pack.toml", "departments.toml")
_LAST = ("laws.toml", "rules.toml", "paths.toml", "metrics.toml", "wording.toml")
_SAID = ("severity", "deadline_days", "unit", "department", "on", "versions", "bases")
"""What is said of an entry under its title, where it has it."""
_INTERNAL = frozenset({"key", "predicate"})
"""What the program knows an entry by; it stands below all that is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a section: where it stands, what it is called, what is said under it."""

    file: str
    place: Place
    title: str
    under: str
    table: Mapping[str, Any]
    changed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a pack under one word."""

    key: str
    word: str
    entries: tuple[Entry, ...]

    @property
    def changed(self) -> bool:
        """Whether a draft changed something in it."""
        return any(one.changed for one in self.entries)


def sections_of(view: PackView) -> list[Section]:
    """All of a pack, whatever tables it has: the checklists first, then the rest."""
    words = PackWords(view.tables)
    found: dict[str, list[Entry]] = {}
    named: dict[str, str] = {}
    for file in _files(view, words):
        for entry in _entries(view, words, file):
            key = section_key(entry)
            named.setdefault(key, words.section(file, entry.place))
            found.setdefault(key, []).append(entry)
    return [
        Section(key=key, word=named[key], entries=tuple(entries)) for key, entries in found.items()
    ]


def section_key(entry: Entry) -> str:
    """What the section of an entry is known by; severities stand apart from their file."""
    apart = entry.file == "pack.toml" and entry.place[:1] == ("severities",)
    return f"{entry.file}/severities" if apart else entry.file


def fitting(sections: list[Section], text: str) -> list[Entry]:
    """Every entry in which all the words stand, in whatever language they are."""
    wanted = text.lower().split()
    return [
        entry
        for section in sections
        for entry in section.entries
        if _fits(f"{section.word} {entry.title} {entry.under} {_all_text(entry.table)}", wanted)
    ]


def _fits(text: str, wanted: list[str]) -> bool:
    plain = text.lower()
    return all(one in plain for one in wanted)


def _all_text(value: object) -> str:
    if isinstance(value, Mapping):
        return " ".join(_all_text(one) for one in value.values())
    if isinstance(value, list):
        return " ".join(_all_text(one) for one in value)
    return str(value)


def shown_fields(table: Mapping[str, Any]) -> Iterator[str]:
    """The fields to read, in their order: of a text in two languages the one of the window."""
    english = current_language() is Language.ENGLISH
    for name in table:
        if name in _INTERNAL:
            continue
        base, is_english = name.removesuffix("_en"), name.endswith("_en")
        if is_english and base in table:
            if english:
                yield name
        elif not (english and f"{name}_en" in table):
            yield name


def _files(view: PackView, words: PackWords) -> list[str]:
    order = list(words.departments)

    def place(file: str) -> tuple[int, int, str]:
        if file in _FIRST:
            return 0, _FIRST.index(file), ""
        if file.startswith("items/"):
            department = str(view.tables[file].get("department", ""))
            return 1, order.index(department) if department in order else len(order), file
        return (2, _LAST.index(file), "") if file in _LAST else (3, 0, file)

    return sorted(view.tables, key=place)


def _entries(view: PackView, words: PackWords, file: str) -> Iterator[Entry]:
    """The entries of a file: each of its lists' tables, each table, and what stands at its top."""
    tables = view.tables[file]
    loose = {
        name: value
        for name, value in tables.items()
        if not isinstance(value, Mapping) and not is_entries(value)
    }
    if loose and not file.startswith("items/"):
        head = tr("Name and version") if file == "pack.toml" else words.section(file, ())
        yield _entry(view, words, file, (), head, loose)
    for name, value in tables.items():
        if isinstance(value, Mapping):
            yield _entry(view, words, file, (name,), words.part(file, name), value)
        elif is_entries(value):
            for at, one in enumerate(value):
                key = name_of(one, at)
                yield _entry(view, words, file, (name, key), words.title(one, key), one)


def _said(words: PackWords, name: str, value: Any) -> str:
    """A value under the title; one that says nothing by itself with its word before it."""
    word = words.value(name, value)
    return f"{field_word(name)} {word}" if name in ("deadline_days", "on") else word


def _entry(
    view: PackView,
    words: PackWords,
    file: str,
    place: Place,
    title: str,
    table: Mapping[str, Any],
) -> Entry:
    said = [_said(words, name, table[name]) for name in _SAID if table.get(name, "") != ""]
    if file == "wording.toml":
        said = []
    changed = any(
        one.file == file and (one.place[: len(place)] == place if place else len(one.place) == 1)
        for one in view.edits
    )
    return Entry(
        file=file,
        place=place,
        title=title,
        under=" · ".join(said),
        table=table,
        changed=changed,
    )
