"""Records that may be one enterprise twice: by names that differ in form and place alone or are one
slip of the pen apart, or by the organisation's own number within the credit code.

It is for asking a person only: nothing is ever merged by it.
"""

import re
import string
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import product

from landsteward.domain.identifiers import name_key
from landsteward.domain.near import SlipFilter, slips

_SIGNS = re.compile(r"[\W_]+")
_FEWEST = 2
_FEW = 5
_ORGANISATION = slice(8, 17)
_CODE_LENGTH = 18


class Likeness(StrEnum):
    """By what two records are alike: 名称相近 / 主体标识码相同 / 名称一字之差."""

    NAME = "name"
    CODE = "code"
    SPELLING = "spelling"


@dataclass(frozen=True, kw_only=True)
class NameWords:
    """Words that do not tell one enterprise's name from another's: legal forms at the end, places
    before or in brackets, `fillers` anywhere. `telling` are signs that always do.
    """

    forms: tuple[str, ...]
    places: tuple[str, ...]
    fillers: tuple[str, ...]
    telling: str

    @cached_property
    def tells(self) -> frozenset[str]:
        """Every sign in which names that are one enterprise's do not differ."""
        return frozenset(self.telling + string.ascii_lowercase + string.digits)

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
        for filler in self.fillers:
            key = key.replace(filler, "") if filler in key else key
        bare = _SIGNS.sub("", self._form.sub("", self._place.sub("", key)))
        if len(bare) >= _FEWEST:
            return bare
        return _SIGNS.sub("", self._form.sub("", key)) or name_key(name)


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
    """Pairs among the records: each with the first of its group, so that n alike make n − 1; and
    those whose names are one slip apart.

    Each record is looked at by itself, whatever their number.
    """
    first_by: dict[tuple[Likeness, str], Named] = {}
    by_name: dict[str, list[Named]] = defaultdict(list)
    found: dict[tuple[str, str], list[Likeness]] = {}
    for one in records:
        name = words.loose_key(one.name)
        by_name[name].append(one)
        keys = [(Likeness.NAME, name)]
        if one.uscc and len(one.uscc) == _CODE_LENGTH:
            keys.append((Likeness.CODE, one.uscc[_ORGANISATION]))
        for key in keys:
            first = first_by.setdefault(key, one)
            if first is not one:
                found.setdefault((first.id, one.id), []).append(key[0])
    # Of two with codes it is known whether they are one.
    open_ones = [name for name, same in by_name.items() if not all(one.uscc for one in same)]
    near = SlipFilter(open_ones, words.tells)
    names = [name for name in by_name if open_ones and near.may_be_near(name)]
    for place, other in slips(names, words.tells):
        for pair in product(by_name[names[place]][:_FEW], by_name[names[other]][:_FEW]):
            if could_be_same(*pair):
                ids = (pair[0].id, pair[1].id)
                known = ids if ids in found or ids[::-1] not in found else ids[::-1]
                found.setdefault(known, []).append(Likeness.SPELLING)
    return [
        Alike(first_id=first, second_id=second, by=tuple(by))
        for (first, second), by in found.items()
    ]


def could_be_same(first: Named, second: Named) -> bool:
    """False where both have codes of two different organisations: names may repeat."""
    codes = [one.uscc for one in (first, second) if one.uscc and len(one.uscc) == _CODE_LENGTH]
    return len(codes) < 2 or codes[0][_ORGANISATION] == codes[1][_ORGANISATION]
