"""What is odd about a photo: the camera's clock beside ours, the place beside the parcel.

From when on something is said is data of the rule pack; nothing is refused or changed for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import cos, hypot, radians
from typing import TYPE_CHECKING

from landsteward.domain.text import Message, msg

if TYPE_CHECKING:
    from landsteward.domain.boundaries import Outline

_M_PER_DEGREE = 111_320.0
"""Of latitude; true to half a percent, which is more than is asked here."""
_KM = 1000
Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLimits:
    """From when on a file is asked about and a photo's facts are doubted.

    `ask_above_mb`: larger files are taken in only when a person says so. A photo taken so many
    minutes after, or so many days before, it was taken in speaks of a clock that is wrong, or of
    an old photo. `far_from_parcel_m`: from the nearest of the case's parcels.
    """

    ask_above_mb: int
    clock_ahead_minutes: int
    clock_behind_days: int
    far_from_parcel_m: int


def clock_doubt(taken_at: datetime, added_at: datetime, limits: EvidenceLimits) -> Message | None:
    """What is odd about when a photo was taken; a time without an offset is read by our clock's."""
    if taken_at.tzinfo is None:
        taken_at = taken_at.replace(tzinfo=added_at.tzinfo)
    if taken_at - added_at > timedelta(minutes=limits.clock_ahead_minutes):
        return msg(
            "taken after it was added, by the camera's clock ({at}): check the clock",
            at=f"{taken_at:%Y-%m-%d %H:%M}",
        )
    behind = added_at - taken_at
    if behind > timedelta(days=limits.clock_behind_days):
        return msg(
            "taken {days} days ago by the camera's clock ({at}): an old photo, or its clock is "
            "wrong",
            days=behind.days,
            at=f"{taken_at:%Y-%m-%d %H:%M}",
        )
    return None


def place_doubt(
    here: tuple[Decimal, Decimal], outlines: Iterable[Outline], limits: EvidenceLimits
) -> Message | None:
    """What is odd about where a photo was taken (longitude, latitude), as far as outlines are
    known.
    """
    far = [away for outline in outlines if (away := distance_m(*here, outline)) is not None]
    if not far or min(far) <= limits.far_from_parcel_m:
        return None
    return msg("taken {km} km from the parcel by its GPS", km=f"{min(far) / _KM:.1f}")


def distance_m(longitude: Decimal, latitude: Decimal, outline: Outline) -> float | None:
    """How far a place is from an outline in degrees, in metres; 0 inside, None without rings."""
    here = float(longitude), float(latitude)
    rings = [ring for ring in outline if len(ring) > 2]
    if not rings:
        return None
    # Even-odd over all rings at once: holes count as outside.
    if sum(_crossed(here, ring) for ring in rings) % 2:
        return 0.0
    return min(
        _to_edge(here, one, ring[number - 1]) for ring in rings for number, one in enumerate(ring)
    )


def _crossed(here: Place, ring: tuple[Place, ...]) -> int:
    """How many edges of a ring a ray to the east of a place crosses."""
    x, y = here
    count = 0
    for number, (x2, y2) in enumerate(ring):
        x1, y1 = ring[number - 1]
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            count += 1
    return count


def _to_edge(here: Place, one: Place, other: Place) -> float:
    """From a place to an edge, in metres, in a plane around the place."""
    across = _M_PER_DEGREE * cos(radians(here[1]))
    ax, ay = (one[0] - here[0]) * across, (one[1] - here[1]) * _M_PER_DEGREE
    bx, by = (other[0] - here[0]) * across, (other[1] - here[1]) * _M_PER_DEGREE
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(max(-(ax * dx + ay * dy) / length, 0.0), 1.0)
    return hypot(ax + along * dx, ay + along * dy)
