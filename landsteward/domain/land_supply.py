"""One row of published land supply (供地结果) as it was understood, and what is odd about it.

A row says what one file says of one supply; blanks mean "the file does not say". What is on
record, and what becomes of it, is the use case's matter (`landsteward.app.land_supply`).
"""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from operator import attrgetter

from landsteward.domain.identifiers import (
    check_electronic_no,
    half_width,
    is_electronic_no,
    name_key,
)
from landsteward.domain.quantities import MU_PER_HECTARE, m2_to_mu, shown
from landsteward.domain.states import EnterpriseKind
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyRow:
    """What one row says of one supply. Area in m², price in 万元; "" and None: it does not say.

    `holder_named` is False where in the holder's place stands only what it is (个人, 自然人).
    """

    electronic_no: str = ""
    contract_no: str = ""
    holder: str = ""
    holder_kind: EnterpriseKind = EnterpriseKind.ORGANISATION
    holder_named: bool = True
    district: str = ""
    location: str = ""
    project_name: str = ""
    land_use: str = ""
    land_source: str = ""
    land_grade: str = ""
    supply_method: str = ""
    industry_name: str = ""
    term_years: str = ""
    approved_by: str = ""
    source_link: str = ""
    area_m2: Decimal | None = None
    price_wan: Decimal | None = None
    plot_ratio_min: Decimal | None = None
    plot_ratio_max: Decimal | None = None
    signed_on: date | None = None
    agreed_delivery_on: date | None = None
    agreed_start_on: date | None = None
    agreed_completion_on: date | None = None
    actual_delivery_on: date | None = None
    actual_start_on: date | None = None
    actual_completion_on: date | None = None


_OF_HOLDER = ("holder_kind", "holder_named")
FIELDS = tuple(field.name for field in fields(SupplyRow) if field.name not in _OF_HOLDER)


def supply_identity(row: SupplyRow) -> str:
    """By what this supply is known when it comes again; "" where the row says too little.

    The 电子监管号 where there is one, otherwise holder, location, signing date and area; of these
    a place or a named holder, and a date or an area, must be there.
    """
    if row.electronic_no:
        return row.electronic_no
    if not is_described(row):
        return ""
    return described_identity(row.holder, row.location, row.signed_on, row.area_m2)


def is_described(row: SupplyRow) -> bool:
    """Whether a row says enough to know its supply without a number."""
    told = row.location or (row.holder and row.holder_named)
    return bool(told) and not (row.signed_on is None and row.area_m2 is None)


_PART = "|"


def described_identity(
    holder: str, location: str, signed_on: date | None, area_m2: Decimal | None
) -> str:
    """What describes a supply without its number, as one text: holder|location|day|area (m²)."""
    signed = "" if signed_on is None else signed_on.isoformat()
    area = "" if area_m2 is None else f"{area_m2.normalize():f}"
    named = name_key(holder).replace(_PART, "/")
    place = name_key(location).replace(_PART, "/")
    return _PART.join((named, place, signed, area))


def description_without_holder(description: str) -> str:
    """The same description where the holder is not known."""
    _, mark, rest = description.partition(_PART)
    return mark + rest


def same_value(one: object, other: object) -> bool:
    """Whether two cells say the same: names by their key, everything else by value."""
    if isinstance(one, str) and isinstance(other, str):
        return one == other or name_key(one) == name_key(other)
    return one == other


def join_rows(first: SupplyRow, later: SupplyRow) -> tuple[SupplyRow, tuple[str, ...]]:
    """Two rows of one supply as one: blanks fill each other.

    Second: the fields in which the two contradict each other; the joined row keeps the first's.
    """
    filled: dict[str, object] = {}
    against = []
    for name in FIELDS:
        mine, theirs = getattr(first, name), getattr(later, name)
        if theirs in ("", None):
            continue
        if mine in ("", None):
            filled[name] = theirs
        elif not same_value(mine, theirs):
            against.append(name)
    if "holder" in filled:
        filled |= {name: getattr(later, name) for name in _OF_HOLDER}
    joined = replace(first, **filled) if filled else first  # type: ignore[arg-type]
    return joined, tuple(against)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlausibleLimits:
    """Above which a value is asked about: m², 万元 per m², a plot ratio."""

    area_m2: Decimal
    price_wan_per_m2: Decimal
    plot_ratio: Decimal


def doubt_about_area(area_m2: Decimal, limits: PlausibleLimits) -> Message | None:
    """What is asked about an area that can hardly be meant: 公顷 and 亩 are easily mistaken."""
    if area_m2 <= limits.area_m2:
        return None
    return msg(
        "Very large: {area} m² = {mu} 亩. Is it 公顷 or 亩, or m²? Check the unit.",
        area=shown(area_m2, 0),
        mu=shown(m2_to_mu(area_m2), 0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Something readable that can hardly be meant: which field, and why."""

    field: str
    reason: Message


# (earlier, later, sentence): signed, delivered, started, completed cannot come in another order. Of
# one day the nearest before it comes first, and one contradiction of it is enough.
_ORDER = (
    ("signed_on", "agreed_delivery_on", msg("Agreed delivery lies before the signing.")),
    ("agreed_delivery_on", "agreed_start_on", msg("Agreed start lies before agreed delivery.")),
    ("signed_on", "agreed_start_on", msg("Agreed start lies before the signing.")),
    ("agreed_start_on", "agreed_completion_on", msg("Agreed completion lies before agreed start.")),
    (
        "agreed_delivery_on",
        "agreed_completion_on",
        msg("Agreed completion lies before agreed delivery."),
    ),
    ("signed_on", "agreed_completion_on", msg("Agreed completion lies before the signing.")),
    ("signed_on", "actual_delivery_on", msg("Delivery lies before the signing.")),
    ("actual_delivery_on", "actual_start_on", msg("The start of work lies before delivery.")),
    ("signed_on", "actual_start_on", msg("The start of work lies before the signing.")),
    ("actual_start_on", "actual_completion_on", msg("Completion lies before the start of work.")),
    ("actual_delivery_on", "actual_completion_on", msg("Completion lies before delivery.")),
    ("signed_on", "actual_completion_on", msg("Completion lies before the signing.")),
)
_FUTURE = ("signed_on", "actual_delivery_on", "actual_start_on", "actual_completion_on")
_DAYS = (*_FUTURE, "agreed_delivery_on", "agreed_start_on", "agreed_completion_on")


_agreed_days = attrgetter(
    "signed_on", "agreed_delivery_on", "agreed_start_on", "agreed_completion_on"
)
_actual_days = attrgetter(*_FUTURE)


def _odd_days(row: SupplyRow, today: date) -> list[tuple[str, Message]]:
    """Days that come in another order than they can, and days that are still to come."""
    agreed = [day for day in _agreed_days(row) if day is not None]
    actual = [day for day in _actual_days(row) if day is not None]
    # Nearly all come in order: then nothing needs to be looked at one by one.
    if agreed == sorted(agreed) and actual == sorted(actual) and actual[-1:] <= [today]:
        return []
    odd: list[tuple[str, Message]] = []
    days = {name: day for name in _DAYS if (day := getattr(row, name)) is not None}
    turned: set[str] = set()
    for earlier, later, sentence in _ORDER:
        if later in turned or earlier not in days or later not in days:
            continue
        if days[later] < days[earlier]:
            turned.add(later)
            odd.append((later, sentence))
    still_to_come = msg("This day is still to come.")
    return odd + [(name, still_to_come) for name in _FUTURE if name in days and days[name] > today]


def doubts_about(row: SupplyRow, limits: PlausibleLimits, today: date) -> list[Doubt]:
    """What is odd about a row that can be read. None of it keeps the row out."""
    doubts: list[Doubt] = []

    def doubt(field: str, reason: Message) -> None:
        doubts.append(Doubt(field=field, reason=reason))

    number = row.electronic_no
    if number and not is_electronic_no(number) and (odd := check_electronic_no(number).doubtful):
        doubt("electronic_no", odd)
    if row.district.isdigit():
        doubt("district", msg("A code stands where the name of the district should be."))
    area = row.area_m2
    if area is not None and (odd := doubt_about_area(area, limits)):
        doubt("area_m2", odd)
    if area and row.price_wan is not None and row.price_wan > limits.price_wan_per_m2 * area:
        per_mu = row.price_wan * (Decimal(10_000) / MU_PER_HECTARE) / area
        doubt(
            "price_wan",
            msg("Very dear: {price} 万元/亩. Is the column's unit right?", price=shown(per_mu)),
        )
    low, high = row.plot_ratio_min, row.plot_ratio_max
    if low is not None and high is not None and high < low:
        doubt(
            "plot_ratio_max",
            msg("The upper limit {high} is below the lower limit {low}.", high=high, low=low),
        )
    for name, ratio in (("plot_ratio_min", low), ("plot_ratio_max", high)):
        if ratio is not None and ratio > limits.plot_ratio:
            doubt(name, msg("A plot ratio this high can hardly be meant."))
    for name, sentence in _odd_days(row, today):
        doubt(name, sentence)
    if not row.holder:
        doubt("holder", msg("No holder is named: the parcel is kept with its holder unknown."))
    elif not row.holder_named:
        doubt("holder", msg("This names nobody: such holders are never taken for one another."))
    return doubts


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderWords:
    """By what a person is told from an organisation; data, see resources/tabular/holders.toml.

    `unnamed`: what stands alone where a name should be (个人, anonymous). `person`: words that make
    it a person (个人). `organisation`: words, and `endings`, that make it an organisation.
    `surnames` and `compound_surnames`: how a person's name may begin.
    """

    unnamed: tuple[str, ...]
    person: tuple[str, ...]
    organisation: tuple[str, ...]
    endings: tuple[str, ...]
    surnames: frozenset[str]
    compound_surnames: tuple[str, ...]


_REMARK = re.compile(r"\([^)]*\)")
_AND_OTHERS = re.compile(r"等(?:\d+|[一二三四五六七八九十]+)?(?:户|人|个人)?$")
_BETWEEN_NAMES = re.compile(r"[、,;/和与]")
_HAN_NAME = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}")
_DOTTED_NAME = re.compile(r"[^\W\d_]+(?:·[^\W\d_]+)+")


def is_holder_named(name: str, words: HolderWords) -> bool:
    """Whether a holder's cell holds a name, not only that it is somebody (个人, 自然人等3户)."""
    return _AND_OTHERS.sub("", name_key(name).strip("()")) not in words.unnamed


def holder_kind(name: str, words: HolderWords) -> EnterpriseKind:
    """Whether a holder's name is a person's (one or several), or an organisation's.

    A person's: 2–3 Chinese characters, 4 after a compound surname, or names joined by a dot, with
    no word of an organisation in it; or the name says so itself (个人).
    """
    if not is_holder_named(name, words):
        return EnterpriseKind.PERSON
    text = half_width(name).strip()
    bare = _REMARK.sub("", text)
    if any(word in bare for word in words.organisation) or bare.endswith(words.endings):
        return EnterpriseKind.ORGANISATION
    if any(word in text for word in words.person):
        return EnterpriseKind.PERSON
    names = [part.strip() for part in _BETWEEN_NAMES.split(_AND_OTHERS.sub("", bare))]
    if names and all(_is_persons_name(part, words) for part in names):
        return EnterpriseKind.PERSON
    return EnterpriseKind.ORGANISATION


def _is_persons_name(text: str, words: HolderWords) -> bool:
    name = "".join(text.split())
    if _DOTTED_NAME.fullmatch(name):
        return True
    if not _HAN_NAME.fullmatch(name):
        return False
    if len(name) == 4:
        return name.startswith(words.compound_surnames)
    return name[0] in words.surnames or name.startswith(words.compound_surnames)
