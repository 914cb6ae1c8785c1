"""Plot ratios as they come: one limit in a cell, or both."""

import re
from decimal import Decimal

from landsteward.domain.identifiers import compact
from landsteward.domain.text import msg
from landsteward.tabular.values import Doubtful, Read, Reader, Unreadable, number_reader, shown_cell
from landsteward.tabular.vocabulary import Vocabulary

_AT_LEAST = re.compile(
    r"^(?:≥|>=|≧|>|﹥|大于等于|大于或等于|不小于|不低于|大于|下限)|(?:以上|及以上)$"
)
_AT_MOST = re.compile(
    r"^(?:≤|<=|≦|<|﹤|小于等于|小于或等于|不大于|不高于|不超过|小于|上限)|(?:以下|及以下)$"
)
_RANGE = re.compile(r"[-~—–－～至到<≤]+")

Limits = tuple[Decimal | None, Decimal | None]


def ratio_reader(words: Vocabulary, *, upper: bool) -> Reader[Decimal | None]:
    """Reads one limit of the plot ratio; a sign or word of the right direction may go with it."""
    figure = number_reader(words, "ratio", zero_is_none=upper)
    direction = _AT_MOST if upper else _AT_LEAST

    def read(raw: object) -> Read[Decimal | None]:
        return figure(direction.sub("", compact(raw)) if isinstance(raw, str) else raw)

    return read


def range_reader(words: Vocabulary) -> Reader[Limits]:
    """Reads both limits of the plot ratio from one cell: 1.0-2.5, ≥1.0, ≤2.5, 1.0≤容积率≤2.5."""
    figure = number_reader(words, "ratio")

    def limit(text: str) -> Decimal | Unreadable | None:
        value = figure(text)
        return value.value if isinstance(value, Doubtful) else value

    def read(raw: object) -> Read[Limits]:
        text = compact(shown_cell(raw)).replace("容积率", "").replace("FAR", "")
        text = re.sub(r"^[:=]|[,;，；。]$", "", text)
        low: Decimal | Unreadable | None = None
        high: Decimal | Unreadable | None = None
        if _AT_LEAST.search(text) and not _AT_MOST.search(text):
            low = limit(_AT_LEAST.sub("", text))
        elif _AT_MOST.search(text):
            high = limit(_AT_MOST.sub("", text))
        elif len(parts := [part for part in _RANGE.split(text) if part]) == 2:
            low, high = limit(parts[0]), limit(parts[1])
        else:
            value = limit(text)
            if isinstance(value, Unreadable):
                return value
            if value is not None:
                return Doubtful(
                    (None, None),
                    msg("Does not say whether it is the lower or the upper limit: left out."),
                )
        if isinstance(low, Unreadable):
            return low
        if isinstance(high, Unreadable):
            return high
        return low, high

    return read
