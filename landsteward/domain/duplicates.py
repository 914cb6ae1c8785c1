"""Records that may be one enterprise twice: by names that differ in form and place alone, or by the
organisation's own number within the credit code.

It is for asking a person only: nothing is ever merged by it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from landsteward.domain.identifiers import name_key

_SIGNS = re.compile(r"[\W_]+")
_FEWEST = 2
_ORGANISATION = slice(8, 17)
_CODE_LENGTH = 18


class Likeness(StrEnum):
    """By what two records are alike: 名称相近 / 主体标识码相同."""

    NAME = "name"
    CODE = "code"


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """Words that do not tell one enterprise's name from another's."""

    forms: tuple[str, ...]
    places: tuple[str, ...]

    @cached_property
    def _form(self) -> re.Pattern[str]:
        return re.compile(f"(?:{_either(self.forms)})+$")

    @cached_property
    def _place(self) -> re.Pattern[str]:
        places = _either(self.places)
        return re.compile(rf"^(?:\(?(?:{places})\)?)+|\((?:{places})\)")

    def loose_key(self, name: str) -> str:
        """What is left of a name without legal form, place, brackets and spaces.

        Where less than two characters would be left, the place stays in.
        """
        key = name_key(name)
        bare = _SIGNS.sub("", self._form.sub("", self._place.sub("", key)))
        if len(bare) >= _FEWEST:
            return bare
        return _SIGNS.sub("", self._form.sub("", key)) or key


def _either(words: Iterable[str]) -> str:
    """The longest first, so that no shorter one is taken for it."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Named:
    """What of a record is compared."""

    id: str
    name: str
    uscc: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two records that may be one."""

    first_id: str
    second_id: str
    by: tuple[Likeness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheSame:
    """What a person found: these two are different enterprises, however alike they look."""

    id: str
    first_id: str
    second_id: str


def alike(records: Iterable[Named], words: NameWords) -> list[Alike]:
    """Pairs among the records: each with the first of its group, so that n alike make n − 1.

    One look at every record, whatever their number.
    """
    first_by: dict[tuple[Likeness, str], str] = {}
    found: dict[tuple[str, str], list[Likeness]] = {}
    for one in records:
        keys = [(Likeness.NAME, words.loose_key(one.name))]
        if one.uscc and len(one.uscc) == _CODE_LENGTH:
            keys.append((Likeness.CODE, one.uscc[_ORGANISATION]))
        for key in keys:
            first = first_by.setdefault(key, one.id)
            if first != one.id:
                found.setdefault((first, one.id), []).append(key[0])
    return [
        Alike(first_id=first, second_id=second, by=tuple(by))
        for (first, second), by in found.items()
    ]


def could_be_same(first: Named, second: Named) -> bool:
    """False where both have codes of two different organisations: names may repeat."""
    codes = [one.uscc for one in (first, second) if one.uscc and len(one.uscc) == _CODE_LENGTH]
    return len(codes) < 2 or codes[0][_ORGANISATION] == codes[1][_ORGANISATION]
