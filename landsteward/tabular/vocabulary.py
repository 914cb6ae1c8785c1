"""The words by which sheets of land supply are understood, read from resources/tabular/*.toml."""

from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from landsteward.domain.land_supply import HolderWords, PlausibleLimits

RESOURCES = Path(__file__).resolve().parents[2] / "resources" / "tabular"

Kind = Literal["code", "text", "date", "area", "money", "ratio", "range"]


class Units(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Units of one kind of quantity; a factor is numerator and denominator."""

    default: str
    factors: dict[str, tuple[int, int]]


class Placeholders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Cells that mean "none": any cell, a date, and what says so in a date column only."""

    texts: frozenset[str]
    dates: frozenset[str]
    date_texts: frozenset[str]


class Plausible(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Limits above which a value is asked about, and the years a date may lie in."""

    area_m2: Decimal
    price_wan_per_m2: Decimal
    plot_ratio: Decimal
    first_year: int
    last_year: int


class HeaderNeeds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a row must offer to be taken for the header."""

    at_least: int
    one_of: tuple[str, ...]


class Size(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows of supplies one file may have."""

    rows: int


class LandSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The words behind an area in the column of the land's source."""

    all_of_it: str
    none_of_it: str
    part_of_it: str


class FieldWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a field holds, and the headers it goes by."""

    kind: Kind
    names: tuple[str, ...]


class OtherWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Headers and words that are known but carry nothing to keep."""

    numbering: frozenset[str]
    payment: frozenset[str]
    groups: frozenset[str]
    totals: frozenset[str]


class Vocabulary(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of resources/tabular/land_supply.toml."""

    units: dict[str, Units]
    placeholders: Placeholders
    plausible: Plausible
    header: HeaderNeeds
    size: Size
    land_source: LandSource
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


@lru_cache(maxsize=1)
def land_supply_words() -> Vocabulary:
    """The vocabulary that came with the program."""
    return msgspec.toml.decode((RESOURCES / "land_supply.toml").read_bytes(), type=Vocabulary)


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
