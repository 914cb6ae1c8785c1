"""国民经济行业分类 (GB/T 4754-2017): names by code, codes by name, and checks of what was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from landsteward.domain.identifiers import CodeCheck, compact, name_key
from landsteward.domain.text import msg

_CODE = re.compile(r"([A-T]?)(\d{2,4})?")
_GROUP, _CLASS = 3, 4


@dataclass(frozen=True, slots=True)
class Industry:
    """A section, division, group or class: its code with the letter, and its name.

    A class bears the name of its group: the standard's classes are not listed.
    """

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Industries:
    """The standard's sections by letter, divisions by letter and digits, groups by digits."""

    sections: Mapping[str, str]
    divisions: Mapping[str, str]
    groups: Mapping[str, str]
    _letters: dict[str, str] = field(init=False, default_factory=dict)
    _by_name: dict[str, Industry] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for code in self.divisions:
            self._letters[code[1:]] = code[0]
        # The broadest first: where two levels share a name, the narrower one is meant by it.
        for one in self.all():
            self._by_name[name_key(one.name)] = one

    def all(self) -> tuple[Industry, ...]:
        """Everything that is listed: sections, then divisions, then groups."""
        listed = [*self.sections.items(), *self.divisions.items()]
        listed += [(self._letters[code[:2]] + code, name) for code, name in self.groups.items()]
        return tuple(Industry(code, name) for code, name in listed)

    def find(self, code: str) -> Industry | None:
        """What a code stands for, with or without its letter; None where it is not listed."""
        matched = _CODE.fullmatch(compact(code).upper())
        if matched is None or not (matched[1] or matched[2]):
            return None
        letter, digits = matched[1], matched[2] or ""
        if not digits:
            return Industry(letter, self.sections[letter])
        own = self._letters.get(digits[:2])
        if own is None or letter not in ("", own):
            return None
        if len(digits) < _GROUP:
            name = self.divisions.get(own + digits)
        else:
            name = self.groups.get(digits[:_GROUP])
        return None if name is None else Industry(own + digits, name)

    def named(self, name: str) -> Industry | None:
        """The industry of exactly that name (spaces and kinds of brackets do not count)."""
        return self._by_name.get(name_key(name))

    def read(self, text: str) -> Industry | None:
        """The industry a person means by a code, by a name, or by both in one cell.

        For importers: `C3411`, `3411`, `锅炉及原动设备制造`, `C34 通用设备制造业`.
        """
        found = self.find(text) or self.named(text)
        if found is None and (both := re.fullmatch(r"([A-Ta-t]?\d{2,4})\D+", text.strip())):
            found = self.find(both[1])
        return found

    def like(self, text: str, limit: int = 12) -> list[Industry]:
        """What a person may be typing: codes that begin so, then names that hold it."""
        typed = compact(text).upper()
        if not typed:
            return []
        listed = self.all()
        begin = [one for one in listed if one.code.startswith(typed) or one.code[1:] == typed]
        begin += [one for one in listed if one.code[1:].startswith(typed) and one not in begin]
        key = name_key(text)
        begin += [one for one in listed if key in name_key(one.name) and one not in begin]
        known = self.find(typed)
        if known is not None and known not in begin:
            begin.insert(0, known)
        return begin[:limit]


def check_industry_code(text: str, industries: Industries) -> CodeCheck:
    """Look over an industry code: `^[A-T](\\d{2,4})?$`, the letter may be missing; it is added.

    A class (four digits) passes where its group is listed.
    """
    value = compact(text).upper()
    matched = _CODE.fullmatch(value)
    if matched is None or not value:
        return CodeCheck(
            value=value,
            refused=msg("An industry code is a letter A–T and 2 to 4 digits, e.g. C341."),
        )
    found = industries.find(value)
    if found is not None:
        return CodeCheck(value=found.code)
    digits = matched[2] or ""
    other = industries.find(digits) if matched[1] else None
    if other is not None:
        wrong = msg("{digits} belongs to section {letter}.", digits=digits, letter=other.code[0])
        return CodeCheck(value=value, refused=wrong)
    return CodeCheck(value=value, refused=msg("GB/T 4754-2017 has no industry of this code."))
