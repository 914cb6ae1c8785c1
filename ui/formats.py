"""How dates, areas and figures are shown and typed."""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from landsteward.app.language import tr
from landsteward.domain.quantities import m2_to_mu, shown

NONE = "–"
_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－／", "0123456789.,-/")
_LARGEST_POWER = 18
"""Of ten; larger figures are slips of the finger, and some are too large to reckon with."""

_DATES = (
    re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)


def parse_date(text: str) -> date | None:
    """A date as people type it: 2026-11-22, 2026/11/22, 20261122, 2026年11月22日.

    None for an empty text; ValueError for anything else.
    """
    typed = text.translate(_FULL_WIDTH).strip()
    if not typed:
        return None
    for pattern in _DATES:
        if found := pattern.fullmatch(typed):
            year, month, day = (int(part) for part in found.groups())
            return date(year, month, day)
    raise ValueError(text)


def parse_decimal(text: str) -> Decimal | None:
    """A figure as people type it: thousands commas and full-width digits are understood.

    None for an empty text; ValueError for anything else.
    """
    typed = text.translate(_FULL_WIDTH).replace(",", "").replace(" ", "")
    if not typed:
        return None
    try:
        value = Decimal(typed)
    except InvalidOperation as error:
        raise ValueError(text) from error
    if not value.is_finite() or abs(value.adjusted()) > _LARGEST_POWER:
        raise ValueError(text)
    return value


def plain(value: Decimal | None) -> str:
    """A figure as it is edited: exact, without exponent or needless zeros."""
    if value is None:
        return ""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(value: Decimal) -> str:
    """A figure to read, exact: thousands apart, without needless zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def with_unit(figure: str, unit: str) -> str:
    """A figure with its unit behind; a unit that begins with a figure of its own stands apart."""
    if unit[:1].isdigit():
        return tr("{figure} ({unit})", figure=figure, unit=unit)
    return f"{figure} {unit}" if unit else figure


def named(name: str, unit: str) -> str:
    """A name with its unit, or what else tells it apart, in brackets."""
    return tr("{name} ({unit})", name=name, unit=unit) if unit else name


def day(value: date | None) -> str:
    """A day, e.g. 2026-11-22, or a dash."""
    return NONE if value is None else value.isoformat()


def moment(value: datetime) -> str:
    """A moment as the reader's clock shows it, e.g. 2026-11-22 14:32."""
    return f"{value.astimezone():%Y-%m-%d %H:%M}"


def long_day(value: date) -> str:
    """A day in words, e.g. 11 月 22 日."""
    return tr("{month}/{day}", month=value.month, day=value.day)


def figure(value: Decimal | None, places: int = 2) -> str:
    """A figure to read, rounded, or a dash."""
    return NONE if value is None else shown(value, places)


def signed(value: Decimal) -> str:
    """A difference with its sign; none where it is nothing but rounding."""
    text = f"{value:+.2f}".replace("-", "−")
    return text[1:] if text[1:] == "0.00" else text


def mu(value_m2: Decimal | None) -> str:
    """An area in 亩, without its unit, or a dash."""
    return NONE if value_m2 is None else shown(m2_to_mu(value_m2))


def area(value_m2: Decimal | None) -> str:
    """An area in 亩 with its m² behind, or a dash."""
    if value_m2 is None:
        return NONE
    return tr("{mu} mu ({m2} m²)", mu=shown(m2_to_mu(value_m2)), m2=shown(value_m2, 0))
