"""What the map shows: parcels by the numbers of their shapes, sorted into kinds."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from landsteward.app.map_shapes import MapShapes
from landsteward.app.parcel_map import MapParcel, OddBoundary, ParcelMap
from landsteward.domain.boundary_remarks import RemarkKind
from ui.map.look import Colouring, Kind, counted, key_of, kinds_of


@dataclass(frozen=True, slots=True)
class Outlines:
    """Shapes in the plane, the parcels they belong to, and what is odd about boundaries."""

    stamp: str
    parcel_ids: tuple[str, ...]
    shapes: MapShapes
    odd: tuple[OddBoundary, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """One state of the map.

    `parcels` are in the order of the shapes, None where a parcel went meanwhile; `shape_of` finds
    a shape by its parcel; `core` are the shapes inside the county, where there are any.
    """

    outlines: Outlines
    parcels: tuple[MapParcel | None, ...]
    shape_of: dict[str, int]
    without: int
    kinds: dict[Colouring, list[Kind]]
    kind_of: dict[Colouring, list[int]]
    counts: dict[Colouring, Counter[str]]
    core: tuple[int, ...]
    faulty: tuple[int, ...]
    hidden: bool = False

    def of_enterprise(self, enterprise_id: str) -> list[int]:
        """The shapes of an enterprise's parcels."""
        return [
            shape
            for shape, one in enumerate(self.parcels)
            if one is not None and one.enterprise_id == enterprise_id
        ]


def content_of(parcel_map: ParcelMap, outlines: Outlines) -> Content:
    """What is on record now, put to the shapes. A county's worth takes a while: not for the GUI."""
    by_id = {one.parcel_id: one for one in parcel_map.parcels}
    parcels = tuple(by_id.get(key) for key in outlines.parcel_ids)
    shape_of = {key: at for at, key in enumerate(outlines.parcel_ids)}
    there = [one for one in parcels if one is not None]
    kinds: dict[Colouring, list[Kind]] = {}
    kind_of: dict[Colouring, list[int]] = {}
    counts: dict[Colouring, Counter[str]] = {}
    for colouring in Colouring:
        counts[colouring] = counted(colouring, there)
        kinds[colouring] = kinds_of(colouring, counts[colouring])
        number = {kind.key: at for at, kind in enumerate(kinds[colouring])}
        kind_of[colouring] = [
            -1 if one is None else number[key_of(colouring, one)] for one in parcels
        ]
    odd = [one for one in outlines.odd if one.parcel_id in shape_of]
    outside = {shape_of[one.parcel_id] for one in odd if lies_outside(one)}
    outside.update(outlines.shapes.lost)
    return Content(
        outlines=outlines,
        parcels=parcels,
        shape_of=shape_of,
        without=parcel_map.without,
        hidden=parcel_map.hidden,
        kinds=kinds,
        kind_of=kind_of,
        counts=counts,
        core=tuple(at for at in range(len(parcels)) if at not in outside),
        faulty=tuple(sorted(shape_of[one.parcel_id] for one in odd if marked(one))),
    )


_MARKED = frozenset(
    {
        RemarkKind.OUTSIDE,
        RemarkKind.SELF_CROSSING,
        RemarkKind.RINGS_CROSS,
        RemarkKind.TOO_FEW_POINTS,
        RemarkKind.NO_AREA,
    }
)
"""What is wrong with the shape itself gets a sign on the map; the rest is said on its page."""


def marked(odd: OddBoundary) -> bool:
    """Whether the map shows a sign on it."""
    return any(remark.kind in _MARKED for remark in odd.remarks)


def lies_outside(odd: OddBoundary) -> bool:
    """Whether it lies outside the county."""
    return any(remark.kind is RemarkKind.OUTSIDE for remark in odd.remarks)


def faint_shapes(
    content: Content, colouring: Colouring, chosen: Sequence[str], parcel_ids: frozenset[str] | None
) -> frozenset[int]:
    """What stands back: other kinds than the chosen ones, parcels that do not fit the filter."""
    wanted = {at for at, kind in enumerate(content.kinds[colouring]) if kind.key in chosen}
    kind_of = content.kind_of[colouring]
    return frozenset(
        shape
        for shape, parcel in enumerate(content.parcels)
        if parcel is not None
        and (
            (wanted and kind_of[shape] not in wanted)
            or (parcel_ids is not None and parcel.parcel_id not in parcel_ids)
        )
    )
