"""Cells as they come, understood: texts, dates, areas, money and other figures.

Each reader takes a raw cell (text, number, date, truth value or nothing) and gives its value, None
for "none", `Unreadable` with the reason, or `Doubtful` with a value and what is odd about it.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeAlias, TypeVar

from landsteward.domain.identifiers import compact, half_width
from landsteward.domain.text import Message, msg
from landsteward.tabular.vocabulary import Placeholders, Units, Vocabulary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that cannot be what its column holds."""

    reason: Message


@dataclass(frozen=True, slots=True)
class Doubtful(Generic[T]):
    """A cell that was read, and what is odd about it."""

    value: T
    reason: Message


Read: TypeAlias = Unreadable | Doubtful[T] | T
Reader = Callable[[object], T | Unreadable | Doubtful[T]]

_LINE_BREAKS = re.compile(r"\s*[\r\n\x0b\x0c\x85\u2028\u2029]+\s*")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_TAKES_NO_ROOM = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_ASCII_WORD_END = re.compile(r"[\x21-\x7e]$")


def shown_cell(raw: object) -> str:
    """A cell as a person sees it in the file: whole numbers without a point, days as ISO."""
    if isinstance(raw, str):
        return raw
    if raw is None:
        return ""
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float):
        return f"{raw:.15g}" if raw != int_or_nan(raw) else str(int(raw))
    if isinstance(raw, datetime):
        plain = (raw.hour, raw.minute, raw.second, raw.microsecond) == (0, 0, 0, 0)
        return raw.date().isoformat() if plain else raw.isoformat(sep=" ")
    return str(raw)


def int_or_nan(number: float) -> float:
    """The number's whole part where it can be written out, otherwise something unequal to it."""
    return float(int(number)) if abs(number) < 1e15 else float("nan")


def clean_text(raw: object) -> str:
    """A cell's text in one line, without spaces around it or characters that take no room.

    A line broken inside Chinese text is joined as it is, between Latin words with a space.
    """
    text = raw if isinstance(raw, str) else shown_cell(raw)
    if text.isprintable() and "  " not in text:
        return text.strip()
    text = _TAKES_NO_ROOM.sub("", text)
    if _LINE_BREAKS.search(text):
        pieces = [piece for piece in _LINE_BREAKS.split(text) if piece]
        text = ""
        for piece in pieces:
            latin = _ASCII_WORD_END.search(text) and piece[0].isascii()
            text += f" {piece}" if latin else piece
    return _SPACES.sub(" ", text).strip()


def text_reader(placeholders: Placeholders) -> Reader[str]:
    """Reads texts; "none" is ""."""

    def read(raw: object) -> str:
        text = clean_text(raw)
        if len(text) > _LONGEST_PLACEHOLDER:
            return text
        return "" if _is_placeholder(text, placeholders) else text

    return read


_LONGEST_PLACEHOLDER = 12


def _is_placeholder(text: str, placeholders: Placeholders) -> bool:
    if len(text) > _LONGEST_PLACEHOLDER or not text:
        return False
    # Ordinary characters stay what they are: most texts begin like no placeholder.
    if "\u4e00" <= text[0] <= "\u9fff" and text[0] not in placeholders.beginnings:
        return False
    return compact(text).casefold() in placeholders.texts or text in placeholders.dates


_DESTROYED_CODE = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)


def code_reader(placeholders: Placeholders) -> Reader[str]:
    """Reads 电子监管号 in their one form; one that a spreadsheet made a number of is lost."""
    plain = text_reader(placeholders)

    def read(raw: object) -> Read[str]:
        text = plain(raw)
        if not isinstance(text, str) or not text:
            return text
        code = compact(text).upper()
        if _DESTROYED_CODE.fullmatch(code):
            return Doubtful(
                "",
                msg("A spreadsheet program turned the number into a figure; it is not used."),
            )
        return code

    return read


def choice_reader(
    placeholders: Placeholders, choices: Mapping[str, Collection[str]]
) -> Reader[str | None]:
    """Reads one of several known words; gives what it stands for."""
    plain = text_reader(placeholders)
    by_word = {word: value for value, words in choices.items() for word in words}

    def read(raw: object) -> Read[str | None]:
        text = plain(raw)
        if not isinstance(text, str) or not text:
            return None
        found = by_word.get(compact(text).casefold())
        if found is None:
            return Unreadable(
                msg(
                    "This is none of the known values: {values}.",
                    values=", ".join(words[0] for words in map(tuple, choices.values())),
                )
            )
        return found

    return read


_YEAR = re.compile(r"(\d{4})(?:年度?)?")


def year_reader(words: Vocabulary) -> Reader[int | None]:
    """Reads years: 2023, 2023年, 2023年度, or a day in it."""
    days = date_reader(words)

    def read(raw: object) -> Read[int | None]:
        text = compact(shown_cell(raw))
        if not text or _is_placeholder(text, words.placeholders):
            return None
        if found := _YEAR.fullmatch(text):
            year = int(found[1])
            if not words.plausible.first_year <= year <= words.plausible.last_year:
                return Unreadable(msg("The year {year} cannot be right.", year=year))
            return year
        day = days(raw)
        return day.year if isinstance(day, date) else Unreadable(msg("Not a year."))

    return read


# --- dates ------------------------------------------------------------------------------------

_DAY = re.compile(
    r"(\d{4})(?:年|[-/.])(\d{1,2})(?:月|[-/.])(\d{1,2})(?:日|号)?"
    r"[( ]*(?:星期.|周.)?\)?"
    r"(?:[T ]*(?:上午|下午|[AP]M)? *\d{1,2}(?::\d{1,2}){1,2}(?:\.\d+)?"
    r"(?:Z|[+-]\d\d:?\d\d| ?[AP]M)?)?"
)
_EIGHT_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_WITHOUT_DAY = re.compile(r"\d{4}(?:年|[-/.])(?:\d{1,2}(?:月)?)?")
_CHINESE_DIGITS = str.maketrans("〇○零Ｏ一二三四五六七八九", "0000123456789")
_TENS = re.compile(r"([1-9])?十([1-9])?")
_EXCEL_EPOCH = date(1899, 12, 30)


def date_reader(words: Vocabulary) -> Reader[date | None]:
    """Reads days in every form met, Excel's serial numbers among them; a time of day is dropped."""
    placeholders = words.placeholders
    none_days = frozenset(map(date.fromisoformat, placeholders.dates))
    first, last = words.plausible.first_year, words.plausible.last_year

    def within(day: date) -> Read[date | None]:
        if day in none_days:
            return None
        if not first <= day.year <= last:
            return Unreadable(msg("The year {year} cannot be right.", year=day.year))
        return day

    def from_parts(year: str, month: str, day: str) -> Read[date | None]:
        try:
            return within(date(int(year), int(month), int(day)))
        except ValueError:
            return Unreadable(msg("There is no such day in the calendar."))

    def from_serial(number: float) -> Read[date | None]:
        if number == 0:
            return None
        if not 0 < number < 150_000:
            return Unreadable(msg("The number is not a date."))
        # Serial numbers from 61 on count from here; below, Excel's calendar has a day too many.
        return within(
            _EXCEL_EPOCH + timedelta(days=int(number) if number > 60 else int(number) + 1)
        )

    def read(raw: object) -> Read[date | None]:
        if isinstance(raw, str):
            if found := _DAY.fullmatch(raw):
                return from_parts(*found.groups())
            text = half_width(clean_text(raw))
            found = _DAY.fullmatch(text)
            return from_parts(*found.groups()) if found else from_text(text)
        if raw is None:
            return None
        if isinstance(raw, datetime):
            return within(raw.date())
        if isinstance(raw, date):
            return within(raw)
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            number = float(raw)
            if number == int_or_nan(number) and (
                whole := _EIGHT_DIGITS.fullmatch(str(int(number)))
            ):
                return from_parts(*whole.groups())
            return from_serial(number) if number == number else None
        return Unreadable(msg("Not a date."))

    def from_text(text: str) -> Read[date | None]:
        if not text or _is_placeholder(text, placeholders) or text in placeholders.date_texts:
            return None
        tight = re.sub(r"\s+(?=[年月日号/.-])|(?<=[年月/.-])\s+", "", text)
        if found := _DAY.fullmatch(tight) or _EIGHT_DIGITS.fullmatch(tight):
            return from_parts(*found.groups())
        if _SERIAL.fullmatch(tight):
            return from_serial(float(tight))
        if _WITHOUT_DAY.fullmatch(tight):
            return Unreadable(msg("The day is missing: write year, month and day."))
        digits = _chinese_number_day(tight)
        if found := _DAY.fullmatch(digits):
            return from_parts(*found.groups())
        return Unreadable(msg("Not a date: write it as 2019-06-01."))

    return read


def _chinese_number_day(text: str) -> str:
    """二〇一九年十二月三十一日 → 2019年12月31日."""
    if "年" not in text:
        return text
    return _TENS.sub(
        lambda tens: f"{tens[1] or '1'}{tens[2] or '0'}", text.translate(_CHINESE_DIGITS)
    )


# --- numbers ----------------------------------------------------------------------------------

_NUMBER = re.compile(
    r"(约|大约|≈|~)?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:E[+-]?\d{1,2})?|[+-]?\.\d+)(.*)",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,20})?")
_LARGEST = Decimal(10) ** 12
_SHORT_NUMBER = 12
_EVEN_PLACES = 12
_SMALLEST_STEP = Decimal("0.000001")


def number_reader(
    words: Vocabulary,
    kind: str,
    unit: str | None = None,
    *,
    zero_is_none: bool = False,
    negative: bool = False,
) -> Reader[Decimal | None]:
    """Reads figures of a kind of quantity (`area`, `money`, `ratio` …) in the program's unit.

    `unit`: what the header says; a unit in the cell itself goes first. Below zero a figure is
    asked about where it may be `negative`, and refused otherwise.
    """
    units = words.units[kind]
    by_header = units.factors.get(unit or units.default, (1, 1))

    def read(raw: object) -> Read[Decimal | None]:
        if isinstance(raw, str) and _PLAIN_NUMBER.fullmatch(raw) and len(raw) <= _SHORT_NUMBER:
            # As nearly all are: neither negative nor too large.
            plain = Decimal(raw)
            if plain:
                return in_unit(plain, by_header)
        number, factor, rough = _figure(raw, words.placeholders, units)
        if number is None or isinstance(number, Unreadable):
            return number
        if number < 0 and not negative:
            return Unreadable(msg("A negative number cannot be right here."))
        if abs(number) > _LARGEST:
            return Unreadable(msg("The number is too large."))
        if number == 0 and zero_is_none:
            return Doubtful(None, msg("A zero here is taken for “not given”."))
        value = in_unit(number, factor or by_header)
        if number < 0:
            return Doubtful(value, msg("Less than nothing: kept as it stands."))
        return (
            Doubtful(value, msg("An approximate figure, taken as it stands.")) if rough else value
        )

    return read


def in_unit(number: Decimal, factor: tuple[int, int]) -> Decimal:
    """The number times a fraction; exact where it comes out even, otherwise to six places."""
    top, bottom = factor
    if bottom == 1:
        return (number * top).normalize() + 0
    value = (number * top / bottom).normalize() + 0
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -_EVEN_PLACES:
        value = value.quantize(_SMALLEST_STEP).normalize() + 0
    return value


def _figure(
    raw: object, placeholders: Placeholders, units: Units
) -> tuple[Decimal | Unreadable | None, tuple[int, int] | None, bool]:
    """A cell's number, the factor of the unit in the cell, and whether it is approximate."""
    if raw is None:
        return None, None, False
    if not isinstance(raw, str) and (isinstance(raw, bool) or not isinstance(raw, (int, float))):
        return Unreadable(msg("Not a number.")), None, False
    text = compact(shown_cell(raw))
    if _PLAIN_NUMBER.fullmatch(text):
        return Decimal(text), None, False
    if not text or _is_placeholder(text, placeholders):
        return None, None, False
    found = _NUMBER.fullmatch(text)
    if found is None:
        return Unreadable(msg("Not a number.")), None, False
    rough, digits, unit = found.groups()
    factor = None
    if unit:
        factor = units.factors.get(unit.strip("()[]").lower())
        if factor is None:
            return (
                Unreadable(msg("“{rest}” behind the number is not understood.", rest=unit)),
                None,
                False,
            )
    try:
        return Decimal(digits.replace(",", "")), factor, bool(rough)
    except InvalidOperation:
        return Unreadable(msg("Not a number.")), None, False
