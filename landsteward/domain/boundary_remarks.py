"""What is said of a boundary: what is wrong with it, and how its file was understood."""

from dataclasses import dataclass
from enum import StrEnum

from landsteward.domain.text import Message, msg


class RemarkKind(StrEnum):
    """What is said of a boundary: first what is wrong with it, then how its file was understood."""

    TOO_FEW_POINTS = "too_few_points"
    SELF_CROSSING = "self_crossing"
    RINGS_CROSS = "rings_cross"
    REPEATED_POINT = "repeated_point"
    NO_AREA = "no_area"
    CRS_UNKNOWN = "crs_unknown"
    NO_TRANSFORMATION = "no_transformation"
    OUTSIDE = "outside"
    POINT_COUNT = "point_count"
    AREA_DIFFERS = "area_differs"
    AREA_IN_HECTARES = "area_in_hectares"
    AREA_IN_M2 = "area_in_m2"
    AREA_IN_MU = "area_in_mu"
    AXES_SWAPPED = "axes_swapped"
    AXES_UNCLEAR = "axes_unclear"
    ZONE_FROM_EASTING = "zone_from_easting"
    RING_AGAIN = "ring_again"
    HEIGHTS_LEFT_OUT = "heights_left_out"
    GEODESIC = "geodesic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One remark; `ring` counts from 1 (0: the whole boundary), `detail` is a figure or a name."""

    kind: RemarkKind
    ring: int = 0
    detail: str = ""


_FAULTS = frozenset(
    {
        RemarkKind.TOO_FEW_POINTS,
        RemarkKind.SELF_CROSSING,
        RemarkKind.RINGS_CROSS,
        RemarkKind.REPEATED_POINT,
        RemarkKind.NO_AREA,
        RemarkKind.CRS_UNKNOWN,
        RemarkKind.NO_TRANSFORMATION,
        RemarkKind.OUTSIDE,
        RemarkKind.POINT_COUNT,
        RemarkKind.AREA_DIFFERS,
        RemarkKind.AXES_UNCLEAR,
    }
)


def is_fault(remark: Remark) -> bool:
    """Whether somebody should look into it; the others only say how the file was read."""
    return remark.kind in _FAULTS


def worded(remark: Remark) -> Message:
    """A remark as a sentence."""
    ring, detail = remark.ring, remark.detail
    match remark.kind:
        case RemarkKind.TOO_FEW_POINTS:
            return msg("Ring {ring} has fewer than 3 points.", ring=ring)
        case RemarkKind.SELF_CROSSING:
            return msg("Ring {ring} crosses itself near {place}.", ring=ring, place=detail)
        case RemarkKind.RINGS_CROSS:
            return msg("The rings cross one another near {place}.", place=detail)
        case RemarkKind.REPEATED_POINT:
            return msg("Ring {ring} has point {point} twice in a row.", ring=ring, point=detail)
        case RemarkKind.NO_AREA:
            return msg("No area can be computed from these points.")
        case RemarkKind.CRS_UNKNOWN:
            return msg(
                "The coordinate system is not known ({name}): the shape is kept, "
                "but cannot be put on the map.",
                name=detail or "-",
            )
        case RemarkKind.NO_TRANSFORMATION:
            return msg(
                "{name} cannot be turned into CGCS2000: its local parameters are not known. "
                "The shape is kept as it is.",
                name=detail,
            )
        case RemarkKind.OUTSIDE:
            return msg("It lies outside the county: {place}.", place=detail)
        case RemarkKind.POINT_COUNT:
            return msg("The file says {count} points, there are others.", count=detail)
        case RemarkKind.AREA_DIFFERS:
            return msg(
                "The area stated in the file ({stated} m²) is not that of its points.",
                stated=detail,
            )
        case RemarkKind.AREA_IN_HECTARES:
            return msg("Area {area} was read as hectares.", area=detail)
        case RemarkKind.AREA_IN_M2:
            return msg("Area {area} was read as m²: that fits the points.", area=detail)
        case RemarkKind.AREA_IN_MU:
            return msg("Area {area} was read as mu: that fits the points.", area=detail)
        case RemarkKind.AXES_SWAPPED:
            return msg("The file gives east before north; it was read so.")
        case RemarkKind.AXES_UNCLEAR:
            return msg("Which coordinate is north cannot be told; the first was taken for it.")
        case RemarkKind.ZONE_FROM_EASTING:
            return msg("The zone ({zone}) was taken from the eastings.", zone=detail)
        case RemarkKind.RING_AGAIN:
            return msg("Ring {ring} goes on after it was closed: read as another ring.", ring=ring)
        case RemarkKind.HEIGHTS_LEFT_OUT:
            return msg("Heights in the file are left out.")
        case RemarkKind.GEODESIC:
            return msg("In degrees: area and lengths are measured on the ellipsoid.")
