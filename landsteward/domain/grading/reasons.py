"""Why an enterprise cannot be scored: kept as keys, worded where they are read.

A key is a figure of `landsteward.domain.indicators.FIGURE_NAMES` that is not on record, a figure
after `zero:` that is zero and cannot be divided by, `scale`, or `figures` (none of the year).
"""

from collections.abc import Iterable

from landsteward.domain.indicators import FIGURE_NAMES, LAND, Quotient
from landsteward.domain.text import Message, msg

SCALE = "scale"
FIGURES = "figures"
_ZERO = "zero:"


def lacking_of(quotients: Iterable[Quotient]) -> tuple[str, ...]:
    """What is lacking for indicators made of these, each once, land last."""
    found: dict[str, None] = {}
    for one in quotients:
        if one.known:
            continue
        formula = one.formula
        if one.part is None:
            found[formula.part] = None
        if one.whole is None:
            found[formula.whole] = None
        elif one.whole <= 0:
            found[f"{_ZERO}{formula.whole}"] = None
    return tuple(sorted(found, key=lambda key: key.endswith(LAND)))


def because(lacking: Iterable[str]) -> Message | None:
    """Why somebody cannot be scored, as one sentence without its end; None where nothing lacks."""
    said: Message | None = None
    for key in lacking:
        one = _because(key)
        said = one if said is None else msg("{reason}; {other}", reason=said, other=one)
    return said


def _because(key: str) -> Message:
    if key == SCALE:
        return msg("neither its scale nor its revenue is on record")
    if key == FIGURES:
        return msg("no figures of the year are on record")
    if key.startswith(_ZERO):
        return msg("{figure} is zero", figure=FIGURE_NAMES[key.removeprefix(_ZERO)])
    return msg("{figure} is not on record", figure=FIGURE_NAMES[key])
