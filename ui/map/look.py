"""What parcels are coloured by, and how each kind looks: a colour, a sign, a pattern.

Colour never says it alone: each kind has a short sign that stands on the land once there is room,
and what is not known is hatched.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from landsteward.app.language import tr
from landsteward.app.parcel_map import MapParcel
from landsteward.domain.states import CaseStage, Severity
from ui import theme, words

_FILL_ALPHA = 205
_GRADE_TOKENS = {"A": "map_blue", "B": "map_teal", "C": "map_amber", "D": "map_vermilion"}
_OTHER_TOKENS = ("map_purple", "map_sky", "map_orange", "map_steel")
_STAGE_TOKENS = {
    CaseStage.REGISTERED: "map_slate",
    CaseStage.SCHEDULED: "map_sky",
    CaseStage.IN_CHECKUP: "map_blue",
    CaseStage.REPORTED: "map_yellow",
    CaseStage.IN_REMEDY: "map_orange",
    CaseStage.CLOSED: "map_teal",
    CaseStage.ARCHIVED: "map_steel",
}
_SEVERITY_TOKENS = {
    Severity.MAJOR: "map_red",
    Severity.SERIOUS: "map_orange",
    Severity.ORDINARY: "map_yellow",
    Severity.HINT: "map_sky",
}
_NO_PROBLEM = "none open"


class Colouring(StrEnum):
    """What the colours say."""

    GRADE = "grade"
    STAGE = "stage"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Kind:
    """Parcels that look alike: their word, the sign on their land, a token; `known` or hatched."""

    key: str
    word: str
    sign: str
    token: str
    known: bool = True


def key_of(colouring: Colouring, parcel: MapParcel) -> str:
    """Which kind a parcel is of."""
    if colouring is Colouring.GRADE:
        return parcel.grade or ""
    if colouring is Colouring.STAGE:
        return parcel.stage or ""
    if parcel.severity is not None:
        return str(parcel.severity)
    return _NO_PROBLEM if parcel.stage is not None else ""


def counted(colouring: Colouring, parcels: Iterable[MapParcel]) -> Counter[str]:
    """How many there are of each kind."""
    return Counter(key_of(colouring, one) for one in parcels)


def kinds_of(colouring: Colouring, there: Iterable[str]) -> list[Kind]:
    """The kinds of a colouring in their order; of grades also others than A to D, if there are."""
    if colouring is Colouring.GRADE:
        others = sorted(set(there) - set(_GRADE_TOKENS) - {""})
        return [
            *(Kind(one, one, one, token) for one, token in _GRADE_TOKENS.items()),
            *(
                Kind(one, one, one[:2], _OTHER_TOKENS[at % len(_OTHER_TOKENS)])
                for at, one in enumerate(others)
            ),
            Kind("", tr("Not graded"), "–", "map_none", known=False),
        ]
    if colouring is Colouring.STAGE:
        return [
            *(
                Kind(one.value, words.stage(one), _stage_sign(one), token)
                for one, token in _STAGE_TOKENS.items()
            ),
            Kind("", tr("No case"), "–", "map_none", known=False),
        ]
    return [
        *(
            Kind(str(one.value), words.severity(one), str(one.value), token)
            for one, token in _SEVERITY_TOKENS.items()
        ),
        Kind(_NO_PROBLEM, tr("No open problem"), "✓", "map_teal"),
        Kind("", tr("No case"), "–", "map_none", known=False),
    ]


def _stage_sign(stage: CaseStage) -> str:
    return {
        CaseStage.REGISTERED: tr("Rg"),
        CaseStage.SCHEDULED: tr("Sc"),
        CaseStage.IN_CHECKUP: tr("Ck"),
        CaseStage.REPORTED: tr("Rp"),
        CaseStage.IN_REMEDY: tr("Rm"),
        CaseStage.CLOSED: tr("Cl"),
        CaseStage.ARCHIVED: tr("Ar"),
    }[stage]


def colouring_word(colouring: Colouring) -> str:
    """What the colours say, in a word."""
    return {
        Colouring.GRADE: tr("Grade"),
        Colouring.STAGE: tr("Stage"),
        Colouring.PROBLEM: tr("Worst problem"),
    }[colouring]


@dataclass(frozen=True, slots=True)
class Strokes:
    """Brush and pen of a kind; `hatch` is laid over the brush, None where there is none."""

    brush: QBrush
    pen: QPen
    hatch: QBrush | None


def strokes_of(kind: Kind, look: theme.Theme) -> Strokes:
    """How a kind is painted."""
    colour = look.colour(kind.token)
    fill = QColor(colour)
    fill.setAlpha(_FILL_ALPHA)
    dark = look.name == "dark"
    edge = colour.lighter(135) if dark else colour.darker(135)
    hatch = None
    if not kind.known:
        edge = look.colour("map_outline")
        hatch = QBrush(edge, Qt.BrushStyle.BDiagPattern)
    return Strokes(QBrush(fill), _pen(edge, 1), hatch)


def faint_pen(look: theme.Theme) -> QPen:
    """What the filter leaves out: a thin outline."""
    colour = QColor(look.colour("map_outline"))
    colour.setAlpha(110)
    return _pen(colour, 1)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen


def strokes(kinds: Sequence[Kind], look: theme.Theme) -> list[Strokes]:
    """How these kinds are painted, in their order."""
    return [strokes_of(one, look) for one in kinds]
