"""Boundaries of parcels: brought in from files, compared with contracts and neighbours, handed out.

One transaction for each import: all of it is kept, or nothing. A plot that means no parcel on
record, or several, is reported and kept with the refused rows; it never takes others with it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from landsteward.app.boundaries_file import BoundaryFile, BoundaryFiles, BoundaryFormat, ReadPlot
from landsteward.app.boundaries_matching import (
    NO_CHOICES,
    Choices,
    Matched,
    PlotChoice,
    Verdict,
    matched_plots,
    plot_for,
)
from landsteward.app.context import Context
from landsteward.app.importing import Outcome, ReportProgress, RowNote, import_document, rejects_of
from landsteward.domain import order
from landsteward.domain.boundaries import ParcelBoundary
from landsteward.domain.boundary_remarks import is_fault, worded
from landsteward.domain.documents import ImportBatch, ImportReject
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action
from landsteward.domain.register import Parcel
from landsteward.domain.text import msg

KIND = "boundaries"
_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotOutcome:
    """What became of one plot; `parcel` is the one it was taken for."""

    plot: ReadPlot
    outcome: Outcome
    parcel: Parcel | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundaryImport:
    """What an import did, or would do. `rejects` are the refused plots with their columns; `batch`
    is None where nothing was written.
    """

    plots: tuple[PlotOutcome, ...]
    refused: tuple[RowNote, ...]
    warnings: tuple[RowNote, ...]
    rejects: tuple[ImportReject, ...]
    batch: ImportBatch | None = None

    @property
    def counts(self) -> Counter[Outcome]:
        """How many plots ended how."""
        return Counter(one.outcome for one in self.plots)

    def as_json(self) -> dict[str, Any]:
        """The document of `landsteward import boundaries --json`; rows are plots."""
        return import_document(self.counts, self.refused, self.warnings)


def plan_boundary_import(
    ctx: Context,
    *,
    path: Path,
    files: BoundaryFiles,
    parcel_id: str | None = None,
    new_parcels: bool = False,
) -> BoundaryImport:
    """What an import of this file would do. Raises InputFileError; writes nothing."""
    ctx.require(Action.IMPORT)
    read, choices = _for_parcel(ctx, files.read(path), parcel_id)
    matched = matched_plots(ctx, read, choices=choices, new_parcels=new_parcels)
    return _result(ctx, read, matched, None)


def import_boundaries(
    ctx: Context,
    *,
    path: Path,
    files: BoundaryFiles,
    parcel_id: str | None = None,
    new_parcels: bool = False,
) -> BoundaryImport:
    """Bring in the boundaries of a file. Raises InputFileError before anything is written.

    Each plot goes to the parcel it names; with `parcel_id` only one goes in, to that parcel.
    With `new_parcels` plots that mean no parcel on record make one.
    """
    ctx.require(Action.IMPORT)
    read, choices = _for_parcel(ctx, files.read(path), parcel_id)
    return import_read_boundaries(ctx, read=read, choices=choices, new_parcels=new_parcels)


def import_boundary_of(ctx: Context, *, read: BoundaryFile, parcel_id: str) -> BoundaryImport:
    """Bring in the boundary of one parcel: of several plots the one that names it."""
    ctx.require(Action.IMPORT)
    read, choices = _for_parcel(ctx, read, parcel_id)
    return import_read_boundaries(ctx, read=read, choices=choices)


def import_read_boundaries(
    ctx: Context,
    *,
    read: BoundaryFile,
    choices: Choices = NO_CHOICES,
    new_parcels: bool = False,
    progress: ReportProgress | None = None,
) -> BoundaryImport:
    """Bring in boundaries that were read already; `progress` may raise: then nothing is kept.

    `choices` are what a person said of single plots.
    """
    ctx.require(Action.IMPORT)
    space = ctx.workspace
    with ctx.change():
        matched = matched_plots(ctx, read, choices=choices, new_parcels=new_parcels)
        planned = _result(ctx, read, matched, None)
        known = space.import_batches.first(kind=KIND, sha256=read.sha256) is not None
        counts = planned.counts
        if known and not counts[Outcome.CREATED] and not counts[Outcome.UPDATED]:
            return planned
        batch = ImportBatch(
            id=matched.batch_id,
            kind=KIND,
            file_name=read.file_name,
            sha256=read.sha256,
            imported_at=ctx.clock.now(),
            imported_by=ctx.actor.id,
            rows=len(planned.plots),
            created=counts[Outcome.CREATED],
            updated=counts[Outcome.UPDATED],
            unchanged=counts[Outcome.UNCHANGED],
            rejected=counts[Outcome.REJECTED],
        )
        space.import_batches.add(batch)
        space.parcels.add_many(matched.new_parcels)
        _write(ctx, matched, progress)
        result = _result(ctx, read, matched, batch)
        space.import_rejects.add_many(result.rejects)
        return result


def _write(ctx: Context, matched: Matched, progress: ReportProgress | None) -> None:
    store, total = ctx.workspace.parcel_boundaries, len(matched.added) + len(matched.changed)
    for start in range(0, len(matched.added), _AT_ONCE):
        if progress is not None:
            progress(start, total)
        store.add_many(matched.added[start : start + _AT_ONCE])
    for at, boundary in enumerate(matched.changed):
        if progress is not None:
            progress(len(matched.added) + at, total)
        store.save(boundary)


def _for_parcel(
    ctx: Context, read: BoundaryFile, parcel_id: str | None
) -> tuple[BoundaryFile, Choices]:
    """All plots, or the one that is for a parcel."""
    if parcel_id is None:
        return read, NO_CHOICES
    choice = PlotChoice(verdict=Verdict.PARCEL, parcel_id=parcel_id)
    return plot_for(ctx, read, parcel_id), {0: choice}


def _cells(plot: ReadPlot) -> tuple[tuple[str, str], ...]:
    """What is kept of a refused plot: its columns; its points stay in the file."""
    known = {"地块编号": plot.plot_no, "地块名称": plot.name, **dict(plot.attributes)}
    return tuple((key, value) for key, value in known.items() if value)


def _result(
    ctx: Context, read: BoundaryFile, matched: Matched, batch: ImportBatch | None
) -> BoundaryImport:
    warnings = list(read.notes)
    for at, plot in enumerate(read.plots):
        if plot.shape is not None and at not in matched.refused:
            warnings += [
                RowNote(row=plot.row, column="", value=plot.label, reason=worded(remark))
                for remark in plot.shape.remarks
            ]
    return BoundaryImport(
        plots=tuple(
            PlotOutcome(plot=plot, outcome=one.outcome, parcel=one.parcel)
            for plot, one in zip(read.plots, matched.plots, strict=True)
        ),
        refused=tuple(note for notes in matched.refused.values() for note in notes),
        warnings=tuple(warnings),
        rejects=rejects_of(
            ctx, matched.batch_id, matched.refused, lambda at: _cells(read.plots[at])
        ),
        batch=batch,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """The computed area beside what a contract or the register says; areas in m².

    `percent` is the difference as a share of the agreed area; `beyond` the tolerance.
    """

    agreed_m2: Decimal
    computed_m2: Decimal
    percent: Decimal
    beyond: bool
    by_contract: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Land that another parcel's boundary claims too; None where it cannot be computed."""

    parcel: Parcel
    area_m2: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BoundarySheet:
    """A parcel's boundary and what it says beside contract and neighbours."""

    boundary: ParcelBoundary
    deviation: Deviation | None
    overlaps: tuple[Overlap, ...]

    @property
    def faults(self) -> int:
        """How many things somebody should look into."""
        found = sum(map(is_fault, self.boundary.remarks)) + len(self.overlaps)
        return found + (self.deviation is not None and self.deviation.beyond)


def boundary_sheet(ctx: Context, *, parcel_id: str, files: BoundaryFiles) -> BoundarySheet | None:
    """A parcel's boundary with its deviation and overlaps; None where it has none."""
    boundary = ctx.workspace.parcel_boundaries.first(parcel_id=parcel_id)
    if boundary is None:
        return None
    return BoundarySheet(
        boundary=boundary,
        deviation=area_deviation(ctx, boundary=boundary, files=files),
        overlaps=overlaps_of(ctx, boundary=boundary, files=files),
    )


def area_deviation(
    ctx: Context, *, boundary: ParcelBoundary, files: BoundaryFiles
) -> Deviation | None:
    """The computed area beside the latest contract's, else the register's."""
    space = ctx.workspace
    supplies = space.supply_contracts.where(parcel_id=boundary.parcel_id)
    agreed = next(
        (one.area_m2 for one in sorted(supplies, key=order.signed, reverse=True) if one.area_m2),
        None,
    )
    by_contract = agreed is not None
    agreed = agreed or space.parcels.get(boundary.parcel_id).area_m2
    computed = boundary.area_m2
    if not agreed or agreed < 0 or computed is None:
        return None
    percent = (computed - agreed) / agreed * 100
    return Deviation(
        agreed_m2=agreed,
        computed_m2=computed,
        percent=percent,
        beyond=abs(percent) > files.limits.deviation_percent,
        by_contract=by_contract,
    )


def overlaps_of(
    ctx: Context, *, boundary: ParcelBoundary, files: BoundaryFiles
) -> tuple[Overlap, ...]:
    """The parcels whose land this one claims too, the largest share first.

    Candidates come from the spatial index; the area is that of the true outlines. What surveying
    explains (`BoundaryLimits.overlap_m2`) is left out.
    """
    if boundary.extent is None:
        return ()
    found: list[Overlap] = []
    for other in ctx.workspace.boundary_search.near(boundary.extent):
        if other.parcel_id == boundary.parcel_id:
            continue
        shared = files.shared_area(boundary, other)
        if shared is None or shared > files.limits.overlap_m2:
            parcel = ctx.workspace.parcels.find(other.parcel_id)
            if parcel is not None:
                found.append(Overlap(parcel=parcel, area_m2=shared))
    return tuple(sorted(found, key=lambda one: one.area_m2 or Decimal(0), reverse=True))


def export_boundaries(
    ctx: Context, *, parcel_ids: Sequence[str], form: BoundaryFormat, files: BoundaryFiles
) -> bytes:
    """The boundaries of parcels as one file for other programs.

    Raises KnownError where none has a boundary, or where they are in several systems.
    """
    known = ctx.workspace.boundary_search.of_parcels(parcel_ids)
    boundaries = [known[one] for one in dict.fromkeys(parcel_ids) if one in known]
    if not boundaries:
        raise KnownError(
            msg("There is no boundary to hand out."),
            remedy=msg("Import a boundary file first."),
        )
    return files.written(boundaries, form)
