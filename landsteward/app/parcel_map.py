"""The parcels as a map shows them: outlines, what they are coloured by, what cannot be drawn."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from landsteward.app.rings import Rings
from landsteward.domain.boundary_remarks import Remark
from landsteward.domain.sight import Restricted

if TYPE_CHECKING:
    from landsteward.app.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class MapParcel:
    """A parcel that is on the map, and what it is coloured by.

    The enterprise is who holds it by the latest supply, else its owner; `others` is how many more
    use it now. `grade` is that enterprise's latest; `stage` that of the latest case (under way
    before ended, the parcel's own before the enterprise's); `severity` the worst of that case's
    `open_findings` (1 重大).
    """

    parcel_id: str
    name: str
    enterprise_id: str | None
    enterprise: str
    others: int
    grade: str | None
    stage: str | None
    severity: int | None
    open_findings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OddBoundary:
    """A boundary with something to look into; `placed`: it is on the map all the same."""

    parcel_id: str
    name: str
    remarks: tuple[Remark, ...]
    placed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlinePage:
    """Some boundaries: those that can be drawn by the keys of their parcels, and what is odd.

    `next` is where to go on; None after the last.
    """

    parcel_ids: tuple[str, ...]
    outlines: Rings
    odd: tuple[OddBoundary, ...]
    next: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelMap:
    """What is on the map now.

    `stamp` is another one as soon as an outline may be another one; `without` is how many parcels
    have no boundary on record. `hidden`: where things lie is not shown to the person at work, and
    nothing is said of it.
    """

    stamp: str
    parcels: tuple[MapParcel, ...]
    without: int
    hidden: bool = False


def parcel_map(ctx: "Context") -> ParcelMap:
    """Every parcel whose boundary can be put on the map."""
    found = ctx.workspace.boundary_search.parcel_map(ctx.today())
    if Restricted.COORDINATES in ctx.sight.masked:
        return replace(found, without=0, hidden=True)
    return found


def map_outlines(ctx: "Context", *, after: int = 0, most: int = 2000) -> OutlinePage:
    """Some of the outlines in degrees of CGCS2000, beginning behind a place that was told before.

    By pieces, so that others who wait for the workspace are served in between.
    """
    return ctx.workspace.boundary_search.outlines(after, most)
