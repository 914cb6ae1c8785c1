"""The code lists that come with the program, read from `resources/codes` and checked."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from landsteward.domain.areas import Areas
from landsteward.domain.codes import CodeLists
from landsteward.domain.duplicates import NameWords
from landsteward.domain.industries import Industries
from landsteward.domain.text import msg
from landsteward.packs.folder import PackFolder
from landsteward.packs.mistakes import Mistake, PackMistakesError
from landsteward.packs.reading import PackFile


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counts:
    sections: int
    divisions: int
    groups: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _IndustryList:
    """What `industries.toml` says."""

    standard: str
    counts: _Counts
    sections: Mapping[str, str]
    divisions: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _AreaList:
    """What `areas.toml` says."""

    source: str
    areas: Mapping[str, str]
    townships: Mapping[str, str]


def load_codes(folder: Path) -> CodeLists:
    """The lists in a folder. Raises PackMistakesError with file, key and reason."""
    mistakes: list[Mistake] = []
    files = PackFolder(folder)
    industry_file = PackFile(files, "industries.toml", mistakes)
    industries = industry_file.record(industry_file.content, _IndustryList, ())
    if industries is not None:
        _check_industries(industry_file, industries)
    area_file = PackFile(files, "areas.toml", mistakes)
    areas = area_file.record(area_file.content, _AreaList, ())
    if areas is not None:
        for code in areas.areas:
            if not re.fullmatch(r"\d{6}", code):
                area_file.wrong(("areas", code), msg("an area code has six digits"))
        for code in areas.townships:
            if not re.fullmatch(r"\d{9}", code) or code[:6] not in areas.areas:
                area_file.wrong(
                    ("townships", code), msg("a township has nine digits, six of them an area's")
                )
    name_file = PackFile(files, "names.toml", mistakes)
    names = name_file.record(name_file.content, NameWords, ())
    if mistakes or industries is None or areas is None or names is None:
        raise PackMistakesError(folder.name, mistakes)
    return CodeLists(
        industries=Industries(industries.sections, industries.divisions, industries.groups),
        areas=Areas(names=areas.areas, townships=areas.townships),
        names=names,
    )


def _check_industries(file: PackFile, listed: _IndustryList) -> None:
    """Codes of the right shape, each below one that is there, and as many as the standard has."""
    shapes = {"sections": "[A-T]", "divisions": r"[A-T]\d\d", "groups": r"\d{3}"}
    below = {code[1:] for code in listed.divisions}
    for level, shape in shapes.items():
        codes: Mapping[str, str] = getattr(listed, level)
        expected: int = getattr(listed.counts, level)
        if len(codes) != expected:
            file.wrong(
                (level,),
                msg("{count} entries, {expected} expected", count=len(codes), expected=expected),
            )
        for code in codes:
            if not re.fullmatch(shape, code):
                file.wrong((level, code), msg("this is no code of this level"))
    for code in listed.divisions:
        if code[:1] not in listed.sections:
            file.wrong(("divisions", code), msg("there is no section {letter}", letter=code[:1]))
    for code in listed.groups:
        if code[:2] not in below:
            file.wrong(("groups", code), msg("there is no division {digits}", digits=code[:2]))
