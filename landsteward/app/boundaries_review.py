"""Many boundaries before they are brought in: what each plot means, and how it fits what is known.

Nothing is written here; the import (`app.boundaries`) is given the same file and the same choices.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from landsteward.app.boundaries import Deviation, area_deviation
from landsteward.app.boundaries_file import BoundaryFile, BoundaryFiles, ParcelMark, ReadPlot
from landsteward.app.boundaries_matching import NO_CHOICES, Choices, matched_plots
from landsteward.app.context import Context
from landsteward.app.importing import Outcome, ReportProgress, RowNote
from landsteward.app.map_shapes import MapGeometry
from landsteward.app.rings import Rings
from landsteward.domain.boundaries import Extent, ParcelBoundary
from landsteward.domain.permissions import Action
from landsteward.domain.register import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotReview:
    """A plot with what becomes of it. `reasons` say why it is refused; `candidates` are the parcels
    it may mean, by the `mark` it bears.
    """

    plot: ReadPlot
    outcome: Outcome
    parcel: Parcel | None
    candidates: tuple[Parcel, ...]
    mark: ParcelMark | None
    boundary: ParcelBoundary | None
    deviation: Deviation | None
    reasons: tuple[RowNote, ...]

    @property
    def undecided(self) -> bool:
        """Whether it waits for somebody to say which parcel it is for."""
        return self.outcome is Outcome.REJECTED and self.plot.shape is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """Boundaries on record around the plots that the import leaves as they are."""

    names: tuple[str, ...]
    outlines: Rings


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryReview:
    """Every plot of a file, in its order; `notes` are remarks on what is no plot."""

    plots: tuple[PlotReview, ...]
    notes: tuple[RowNote, ...]
    neighbours: Neighbours

    @property
    def counts(self) -> Counter[Outcome]:
        """How many plots will end how."""
        return Counter(one.outcome for one in self.plots)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Land that another one claims too, in m²: another plot of the file, or a parcel on record."""

    name: str
    area_m2: Decimal
    in_file: bool


def review_boundaries(
    ctx: Context,
    *,
    read: BoundaryFile,
    files: BoundaryFiles,
    choices: Choices = NO_CHOICES,
    new_parcels: bool = False,
    progress: ReportProgress | None = None,
) -> BoundaryReview:
    """What an import would do with each plot; `progress` may raise to stop."""
    ctx.require(Action.IMPORT)
    matched = matched_plots(ctx, read, choices=choices, new_parcels=new_parcels)
    new = {one.id for one in matched.new_parcels}
    found: list[PlotReview] = []
    for at, (plot, one) in enumerate(zip(read.plots, matched.plots, strict=True)):
        if progress is not None:
            progress(at, len(read.plots))
        known = one.boundary is not None and one.boundary.parcel_id not in new
        found.append(
            PlotReview(
                plot=plot,
                outcome=one.outcome,
                parcel=one.parcel,
                candidates=one.candidates,
                mark=one.mark,
                boundary=one.boundary,
                deviation=area_deviation(ctx, boundary=one.boundary, files=files)
                if known and one.boundary is not None
                else None,
                reasons=matched.refused.get(at, ()),
            )
        )
    given = {one.parcel.id for one in found if one.parcel is not None}
    extents = [
        one.plot.shape.extent
        for one in found
        if one.plot.shape is not None and one.plot.shape.extent is not None
    ]
    return BoundaryReview(
        plots=tuple(found), notes=read.notes, neighbours=_neighbours(ctx, extents, given)
    )


def _neighbours(ctx: Context, extents: Sequence[Extent], given: set[str]) -> Neighbours:
    if not extents:
        return Neighbours(names=(), outlines=Rings())
    around = Extent(
        west=min(one.west for one in extents),
        south=min(one.south for one in extents),
        east=max(one.east for one in extents),
        north=max(one.north for one in extents),
    )
    names: list[str] = []
    outlines = Rings()
    for key, name, outline in ctx.workspace.boundary_search.outlines_in(around):
        if key not in given:
            names.append(name)
            outlines.add(outline)
    return Neighbours(names=tuple(names), outlines=outlines)


def claims_of(
    review: BoundaryReview,
    *,
    geometry: MapGeometry,
    least_m2: Decimal,
    progress: ReportProgress | None = None,
) -> dict[int, tuple[Claim, ...]]:
    """By their places the plots whose land others claim too, the largest share first.

    Plots that are refused are compared as well: somebody may yet say what they are. Needs no
    workspace, and takes a while.
    """
    outlines = Rings()
    for one in review.plots:
        outlines.add(one.plot.shape.outline if one.plot.shape is not None else ())
    count = len(outlines)
    outlines.extend(review.neighbours.outlines)
    shapes = geometry.shapes(outlines)
    found: dict[int, list[Claim]] = {}
    for overlap in shapes.overlaps(least_m2=float(least_m2), progress=progress).found:
        area = Decimal(str(round(overlap.area_m2, 2)))
        for this, other in ((overlap.one, overlap.other), (overlap.other, overlap.one)):
            if this >= count:
                continue
            in_file = other < count
            name = (
                review.plots[other].plot.label
                if in_file
                else review.neighbours.names[other - count]
            )
            found.setdefault(this, []).append(Claim(name=name, area_m2=area, in_file=in_file))
    return {at: tuple(claims) for at, claims in found.items()}
