"""The parcels as a map shows them: outlines, and what they are coloured by."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from landsteward.domain.boundaries import Outline

if TYPE_CHECKING:
    from landsteward.app.context import Context


@dataclass(frozen=True, slots=True, kw_only=True)
class MapParcel:
    """A parcel with its outline in degrees of CGCS2000 (longitude first).

    `grade` is the holder's latest, `stage` that of the latest open case on the parcel or, where
    there is none, on its holder; `severity` the worst of that case's `open_findings` (1 重大).
    """

    parcel_id: str
    name: str
    outline: Outline
    enterprise_id: str | None
    enterprise: str
    grade: str | None
    stage: str | None
    severity: int | None
    open_findings: int


def map_parcels(ctx: "Context") -> list[MapParcel]:
    """Every parcel whose boundary can be put on the map."""
    return ctx.workspace.boundary_search.map_parcels()
