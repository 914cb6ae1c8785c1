"""The words by which sheets are understood, read from resources/tabular/*.toml.

What all kinds of sheets share stands in common.toml; each kind has a file of its own on top of it.
"""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import msgspec

from landsteward.app.rosters_table import RosterKind
from landsteward.domain.land_supply import HolderWords, PlausibleLimits

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "tabular"

Kind = Literal[
    "code",
    "text",
    "choice",
    "date",
    "year",
    "area",
    "money",
    "energy",
    "mass",
    "count",
    "ratio",
    "range",
]


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units of one kind of quantity; a factor is numerator and denominator.

    `sure`: such sheets are always in the default unit, nobody needs to be told it was taken.
    """

    default: str
    factors: dict[str, tuple[int, int]]
    sure: bool = False


class Placeholders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cells that mean "none": any cell, a date, and what says so in a date column only."""

    texts: frozenset[str]
    dates: frozenset[str]
    date_texts: frozenset[str]
    beginnings: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Note how the cells begin that mean "none"."""
        begin = frozenset(text[0] for text in self.texts)
        msgspec.structs.force_setattr(self, "beginnings", begin)


class Plausible(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits above which a value is asked about, and the years a date may lie in."""

    area_m2: Decimal
    price_wan_per_m2: Decimal
    plot_ratio: Decimal
    first_year: int
    last_year: int


class HeaderNeeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a row must offer to be taken for the header; `years`: headers may name years."""

    at_least: int
    one_of: tuple[str, ...]
    years: bool = False


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows one file may have."""

    rows: int


class PartWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words behind an area in a column of texts: how much it is of the area in field `of`."""

    of: str
    all_of_it: str
    none_of_it: str
    part_of_it: str


class FieldWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a field holds, and the headers it goes by.

    `negative`: figures below zero are asked about, not refused. `choices`: what may stand in the
    cells for each value of a field of that kind. `part`: what an area in a text's cell means.
    """

    kind: Kind
    names: tuple[str, ...]
    negative: bool = False
    choices: dict[str, tuple[str, ...]] = {}
    part: PartWords | None = None


class OtherWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headers and words that are known but carry nothing to keep."""

    numbering: frozenset[str]
    payment: frozenset[str]
    groups: frozenset[str]
    totals: frozenset[str]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one kind of sheet."""

    units: dict[str, Units]
    placeholders: Placeholders
    plausible: Plausible
    header: HeaderNeeds
    size: Size
    fields: dict[str, FieldWords]
    others: OtherWords

    def limits(self) -> PlausibleLimits:
        """The limits as the domain asks for them."""
        return PlausibleLimits(
            area_m2=self.plausible.area_m2,
            price_wan_per_m2=self.plausible.price_wan_per_m2,
            plot_ratio=self.plausible.plot_ratio,
        )


class _HolderFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unnamed: tuple[str, ...]
    person: tuple[str, ...]
    organisation: tuple[str, ...]
    endings: tuple[str, ...]
    surnames: str
    compound_surnames: tuple[str, ...]


def _over(common: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Tables merged, everything else the second's where it says it."""
    merged = dict(common)
    for key, value in own.items():
        before = merged.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            merged[key] = _over(before, value)
        else:
            merged[key] = value
    return merged


@lru_cache(maxsize=8)
def roster_words(kind: RosterKind) -> Vocabulary:
    """The vocabulary of a kind of sheet: its file over the common one (resources/tabular)."""
    names = ("common", kind.value.replace("-", "_"))
    common, own = (msgspec.toml.decode((RESOURCES / f"{name}.toml").read_bytes()) for name in names)
    return msgspec.convert(_over(common, own), Vocabulary)


@lru_cache(maxsize=1)
def holder_words() -> HolderWords:
    """The words that tell persons from organisations."""
    data = msgspec.toml.decode((RESOURCES / "holders.toml").read_bytes(), type=_HolderFile)
    return HolderWords(
        unnamed=data.unnamed,
        person=data.person,
        organisation=data.organisation,
        endings=data.endings,
        surnames=frozenset("".join(data.surnames.split())),
        compound_surnames=data.compound_surnames,
    )
