"""One TOML file of a pack: read, and its tables turned into the domain's records."""

import re
from collections.abc import Collection, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from functools import lru_cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from landsteward.domain.text import Message, msg
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import KeyPath, Mistake, key_text, line_of

Record = TypeVar("Record")


class PackFile:
    """The content of one file and the mistakes found in it so far."""

    def __init__(self, folder: PackFolder, name: str, mistakes: list[Mistake]) -> None:
        self.name = name
        self._mistakes = mistakes
        self._text = ""
        self.content: dict[str, Any] = self._read(folder)

    def wrong(self, path: KeyPath, reason: Message) -> None:
        """Note a mistake at a place of this file."""
        line = line_of(self._text, path)
        self._mistakes.append(Mistake(self.name, key_text(path), line, reason, path))

    def records(
        self, name: str, kind: type[Record], *, also: tuple[str, ...] = (), **shared: object
    ) -> list[Record | None]:
        """The entries of an array of tables, in their order; None where one cannot be used.

        Nothing else may stand at the top of the file but the keys in `also`. `shared` fields are
        the same for all entries and stand in none of them.
        """
        for other in self.content.keys() - {name, *also}:
            self.wrong((other,), msg("this key is not known here"))
        entries = self.content.get(name, [])
        if not isinstance(entries, list):
            self.wrong((name,), msg("a list of [[{name}]] entries is expected", name=name))
            return []
        return [self.record(entry, kind, (name, at), **shared) for at, entry in enumerate(entries)]

    def record(
        self, value: object, kind: type[Record], path: KeyPath, **shared: object
    ) -> Record | None:
        """A table as a record; every key that is missing, unknown or of a wrong kind is noted."""
        import msgspec

        before = len(self._mistakes)
        if not isinstance(value, dict):
            self.wrong(path, msg("a table is expected"))
            return None
        table = _with_references(value)
        self._keys(table, kind, path, shared.keys())
        try:
            record = msgspec.convert(table | shared, kind)
        except (msgspec.ValidationError, OverflowError) as error:
            self._kinds(table, kind, path)
            if len(self._mistakes) == before:
                self.wrong(path, msg("another kind of value is expected: {detail}", detail=error))
            return None
        self._contents(record, path)
        return record if len(self._mistakes) == before else None

    def _keys(
        self, table: dict[str, Any], kind: type, path: KeyPath, shared: Collection[str]
    ) -> None:
        """Note keys that are missing or not known, down to the tables within."""
        known = _fields(kind)
        for name in table.keys() - (known.keys() - shared):
            self.wrong((*path, name), msg("this key is not known here"))
        for name, (required, _, inner) in known.items():
            if name in shared:
                continue
            if name not in table:
                if required:
                    self.wrong((*path, name), msg("this key is missing"))
            elif inner is not None:
                value = table[name]
                within = enumerate(value) if isinstance(value, list) else [(None, value)]
                for at, one in within:
                    if isinstance(one, dict):
                        place = (*path, name) if at is None else (*path, name, at)
                        self._keys(one, inner, place, ())

    def _kinds(self, value: object, hint: Any, path: KeyPath) -> None:
        """Note each value that is not of the kind it should be, down to the innermost."""
        import msgspec

        record = _record_in(hint) if get_origin(hint) is not tuple else None
        if isinstance(value, dict) and record is not None:
            for name, (_, inner, _) in _fields(record).items():
                if name in value:
                    self._kinds(value[name], inner, (*path, name))
        elif isinstance(value, dict) and get_origin(hint) is dict:
            for name, one in value.items():
                self._kinds(one, get_args(hint)[1], (*path, name))
        elif isinstance(value, list) and get_origin(hint) is tuple:
            for at, one in enumerate(value):
                self._kinds(one, get_args(hint)[0], (*path, at))
        else:
            try:
                msgspec.convert(value, hint)
            except (msgspec.ValidationError, OverflowError) as error:
                detail, _, _ = str(error).partition(" - at `$")
                self.wrong(path, msg("another kind of value is expected: {detail}", detail=detail))

    def _contents(self, value: Any, path: KeyPath) -> None:
        """Note texts that say nothing where one is needed, and figures that are none."""
        if isinstance(value, Decimal):
            if not value.is_finite():
                self.wrong(path, msg("a figure is expected"))
        elif isinstance(value, tuple):
            for at, one in enumerate(value):
                self._contents(one, (*path, at))
        elif isinstance(value, dict):
            for name, one in value.items():
                self._contents(one, (*path, name))
        elif is_dataclass(value):
            kind: type = type(value)
            for name, (required, hint, _) in _fields(kind).items():
                inside = getattr(value, name)
                if required and hint is str and not inside.strip():
                    self.wrong((*path, name), msg("the text is empty"))
                self._contents(inside, (*path, name))

    def _read(self, folder: PackFolder) -> dict[str, Any]:
        import tomllib

        try:
            self._text = folder.read(self.name).decode("utf-8")
            return tomllib.loads(self._text, parse_float=Decimal)
        except FileNotFoundError:
            self.wrong((), msg("the file is missing"))
        except OSError as error:
            self.wrong((), msg("the file cannot be read: {detail}", detail=error.strerror))
        except UnicodeDecodeError:
            self.wrong((), msg("the file is not UTF-8 text"))
        except (ValueError, ArithmeticError, RecursionError) as error:
            # Beside TOML's own errors: numbers of thousands of digits, brackets without end.
            reason = msg("the file is not valid TOML: {detail}", detail=error)
            place = _PLACE.search(str(error))
            line = int(place[1]) if place else None
            self._mistakes.append(Mistake(self.name, key_text(()), line, reason))
        return {}


_PLACE = re.compile(r"\(at line (\d+),")
"""Where a TOML error says it is; the error has no attribute for that."""


@lru_cache(maxsize=64)
def _fields(kind: type) -> Mapping[str, tuple[bool, Any, type | None]]:
    """A record's fields: whether it is required, its type, and the record within, if any."""
    hints = get_type_hints(kind)
    return {
        one.name: (
            one.default is MISSING and one.default_factory is MISSING,
            hints[one.name],
            _record_in(hints[one.name]),
        )
        for one in fields(kind)
    }


def _record_in(hint: Any) -> type | None:
    """The kind of record a field holds, itself, in a tuple, or where it may also be empty."""
    for part in get_args(hint) if get_origin(hint) in (tuple, UnionType) else (hint,):
        if isinstance(part, type) and is_dataclass(part):
            return part
    return None


_HOLDING_BASES = ("levels", "conditions", "blocks")
"""Fields that hold tables with references of their own."""


def _with_references(table: dict[str, Any]) -> dict[str, Any]:
    """The table with short references (`"idle_land 第二条"`) spelt out as law and article."""
    spelt = dict(table)
    if isinstance(bases := table.get("bases"), list):
        spelt["bases"] = [_reference(one) for one in bases]
    if isinstance(groups := table.get("extra_bases"), dict):
        spelt["extra_bases"] = {
            name: [_reference(one) for one in refs] if isinstance(refs, list) else refs
            for name, refs in groups.items()
        }
    for name in _HOLDING_BASES:
        if isinstance(entries := table.get(name), list):
            spelt[name] = [
                _with_references(one) if isinstance(one, dict) else one for one in entries
            ]
    return spelt


def _reference(value: object) -> object:
    if not isinstance(value, str):
        return value
    law, _, article = value.partition(" ")
    return {"law": law, "article": article.strip()}
