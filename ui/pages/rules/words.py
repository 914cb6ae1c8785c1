"""The parts and values of a pack in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from landsteward.app.language import localised, tr
from landsteward.domain.pack_places import Place, Tables, is_entries, value_at
from landsteward.domain.states import Disposal, Scale
from ui import formats, words
from ui.pages.rules.field_words import field_word, file_word, table_word

_LONG = 4
"""So many entries of a list are named in one line."""


class PackWords:
    """Values of one pack in words: laws by their titles, severities and departments by name."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.laws = _by(tables, "laws.toml", "laws", "key")
        self.departments = _by(tables, "departments.toml", "departments", "key")
        self.severities = _by(tables, "pack.toml", "severities", "level")
        self.metrics = _by(tables, "metrics.toml", "metrics", "key")
        self._named = {
            "categories": _by(tables, "findings.toml", "categories", "key"),
            "rules": _by(tables, "rules.toml", "rules", "key"),
            "ways": _by(tables, "paths.toml", "paths", "key"),
        }
        self.items = {
            key: self.title(item)
            for file in tables
            if file.startswith("items/")
            for key, item in _by(tables, file, "items", "key").items()
        }

    def title(self, entry: Mapping[str, Any], fallback: str = "") -> str:
        """What an entry is called."""
        for name in ("title", "name"):
            if name in entry:
                return localised(str(entry[name]), str(entry.get(f"{name}_en", "")))
        for name in ("version", "kind", "term", "grade", "metric", "scale", "key"):
            if name in entry:
                return str(entry[name])
        return fallback

    def law(self, key: str) -> str:
        """The title of a law, in book-title marks."""
        law = self.laws.get(key)
        return f"《{self.title(law)}》" if law is not None else key

    def basis(self, ref: object) -> str:
        """A basis: law and article."""
        law, article = parts_of(ref)
        return f"{self.law(law)}{article}"

    def severity(self, level: object) -> str:
        """A severity by its name."""
        found = self.severities.get(str(level))
        return f"{level} {self.title(found)}" if found is not None else str(level)

    def value(self, name: str, value: Any) -> str:
        """A value of a field of that name in one line."""
        if value is None:
            return "–"
        if name in ("severity", "level"):
            return self.severity(value)
        if name == "department":
            found = self.departments.get(str(value))
            return self.title(found) if found is not None else str(value)
        if name == "metric" and value in self.metrics:
            return self.title(self.metrics[value])
        if name == "scale" and value in list(Scale):
            return words.scale(value)
        if name == "disposal" and value in list(Disposal):
            return words.disposal(value)
        if name == "items" and isinstance(value, list):
            return tr("; ").join(self.items.get(str(one), str(one)) for one in value)
        if name in self._named and isinstance(value, list):
            known = self._named[name]
            named = (self.title(known.get(str(one), {}), str(one)) for one in value)
            return tr("; ").join(named)
        if name == "bases" and isinstance(value, list):
            return tr("; ").join(self.basis(one) for one in value)
        if is_entries(value):
            said = [self.title(one, f"#{at + 1}") for at, one in enumerate(value)]
            more = [tr("{count} more", count=len(said) - _LONG)] if len(said) > _LONG else []
            return tr("; ").join([*said[:_LONG], *more])
        return self.plain(value)

    def plain(self, value: Any) -> str:
        """A value whose field says nothing of it."""
        if isinstance(value, bool):
            return tr("Yes") if value else tr("No")
        if isinstance(value, Decimal):
            return formats.plain(value)
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, Mapping):
            if title := self.title(value):
                return title
            return tr("; ").join(
                f"{field_word(name)} {self.value(name, one)}" for name, one in value.items()
            )
        if isinstance(value, Sequence) and not isinstance(value, str):
            return tr("; ").join(self.plain(one) for one in value)
        return str(value)

    def section(self, file: str, place: Place) -> str:
        """What a table of a pack is about."""
        if file.startswith("items/"):
            key = str(self.tables.get(file, {}).get("department", file))
            found = self.departments.get(key)
            return self.title(found) if found is not None else key
        if file == "pack.toml" and place[:1] == ("severities",):
            return table_word("severities")
        return file_word(file)

    def part(self, file: str, name: str) -> str:
        """What a table of a file is called: of the words on paper, as the paper itself."""
        if file == "wording.toml":
            titles = self.tables.get(file, {}).get("titles", {})
            return str(titles.get(name) or table_word(name))
        return table_word(name)

    def place(self, file: str, place: Place, title: str = "") -> list[str]:
        """A place in words: section, entry, field. `title` names an entry that is not here."""
        said = [self.section(file, place)]
        for at in range(1, len(place) + 1):
            here = value_at(self.tables.get(file, {}), place[:at])
            if at == 2 and title:
                said.append(title)
            elif at == 1 and len(place) > 1:
                if isinstance(here, Mapping):
                    said.append(self.part(file, place[0]))
            elif isinstance(here, Mapping):
                said.append(self.title(here, field_word(place[at - 1])))
            else:
                said.append(field_word(place[at - 1]))
        return list(dict.fromkeys(said))


def parts_of(ref: object) -> tuple[str, str]:
    """Law and article of a reference, written short (`idle_land 第二条`) or as a table."""
    if isinstance(ref, Mapping):
        return str(ref.get("law", "")), str(ref.get("article", ""))
    law, _, article = str(ref).partition(" ")
    return law, article.strip()


def _by(tables: Tables, file: str, name: str, key: str) -> dict[str, Mapping[str, Any]]:
    found = tables.get(file, {}).get(name, [])
    return {str(one[key]): one for one in found if is_entries(found) and key in one}
