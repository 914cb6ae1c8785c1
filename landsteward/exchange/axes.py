"""Which coordinate is north, and whether eastings carry their zone: told by magnitude.

In China northings lie between 1 900 and 6 000 km. Eastings lie around 500 km without the zone in
front; with it they have eight digits. Degrees north are below 56, degrees east above 72.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from landsteward.domain.boundaries import Vertex
from landsteward.domain.boundary_remarks import Remark, RemarkKind

_NORTH = (Decimal(1_600_000), Decimal(6_200_000))
_EAST = (Decimal(100_000), Decimal(900_000))
_ZONES = range(13, 46)
_PREFIX = 1_000_000
_LATITUDE = (Decimal(3), Decimal(56))
_LONGITUDE = (Decimal(72), Decimal(137))


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinates:
    """What the figures of a plot are. `zone` is the one in front of its eastings."""

    degrees: bool = False
    swapped: bool = False
    zone: int | None = None
    mixed: bool = False
    remarks: tuple[Remark, ...] = ()


def coordinates_of(vertices: Sequence[Vertex]) -> Coordinates:
    """What the figures are; the first is taken for north where that cannot be told."""
    if all(abs(value) <= 180 for one in vertices for value in one.place):
        return _degrees(vertices)
    straight = [_fits(one.north, one.east) for one in vertices]
    swapped = [_fits(one.east, one.north) for one in vertices]
    if all(straight):
        return _zones([one.east for one in vertices], swapped=False)
    if all(swapped):
        return _zones([one.north for one in vertices], swapped=True)
    return Coordinates(mixed=True, remarks=(Remark(kind=RemarkKind.AXES_UNCLEAR),))


def _degrees(vertices: Sequence[Vertex]) -> Coordinates:
    if all(_in(one.north, _LATITUDE) and _in(one.east, _LONGITUDE) for one in vertices):
        return Coordinates(degrees=True)
    if all(_in(one.east, _LATITUDE) and _in(one.north, _LONGITUDE) for one in vertices):
        return Coordinates(
            degrees=True, swapped=True, remarks=(Remark(kind=RemarkKind.AXES_SWAPPED),)
        )
    # Small figures that are no place in China: some local grid.
    return Coordinates(mixed=True, remarks=(Remark(kind=RemarkKind.AXES_UNCLEAR),))


def _zones(eastings: Sequence[Decimal], *, swapped: bool) -> Coordinates:
    remarks = (Remark(kind=RemarkKind.AXES_SWAPPED),) if swapped else ()
    zones = {int(value // _PREFIX) for value in eastings}
    if len(zones) > 1:
        unclear = (*remarks, Remark(kind=RemarkKind.AXES_UNCLEAR))
        return Coordinates(swapped=swapped, mixed=True, remarks=unclear)
    (zone,) = zones
    return Coordinates(swapped=swapped, zone=zone or None, remarks=remarks)


def _fits(north: Decimal, east: Decimal) -> bool:
    zone, offset = divmod(east, _PREFIX)
    return _in(north, _NORTH) and _in(offset, _EAST) and (zone == 0 or int(zone) in _ZONES)


def _in(value: Decimal, span: tuple[Decimal, Decimal]) -> bool:
    return span[0] <= value <= span[1]
