"""Which parcel each plot of a boundary file means, and what would be written for it."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from landsteward.app.boundaries_file import BoundaryFile, ParcelMark, ReadPlot
from landsteward.app.context import Context
from landsteward.app.importing import Outcome, RowNote
from landsteward.domain.boundaries import ParcelBoundary, boundary_of
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import check_unit_code, compact
from landsteward.domain.register import Parcel
from landsteward.domain.text import Message, msg

_LAND_CODE = 19


@dataclass(slots=True, kw_only=True)
class Matched:
    """Records to write, and what becomes of each plot, in the order of the file."""

    batch_id: str
    outcomes: list[tuple[Outcome, Parcel | None]] = field(default_factory=list)
    refused: dict[int, tuple[RowNote, ...]] = field(default_factory=dict)
    new_parcels: list[Parcel] = field(default_factory=list)
    added: list[ParcelBoundary] = field(default_factory=list)
    changed: list[ParcelBoundary] = field(default_factory=list)


def matched_plots(
    ctx: Context, read: BoundaryFile, *, parcel_id: str | None, new_parcels: bool
) -> Matched:
    """Each plot by unit code, plot number, supervision number, then name; or the one given."""
    given = ctx.workspace.parcels.get(parcel_id) if parcel_id is not None else None
    found: Sequence[list[Parcel]] = [[given]] if given is not None else _candidates(ctx, read.plots)
    work = _Work(ctx, read, new_parcels=new_parcels)
    meant = Counter(
        parcels[0].id
        for plot, parcels in zip(read.plots, found, strict=True)
        if len(parcels) == 1 and plot.shape is not None
    )
    known = ctx.workspace.boundary_search.of_parcels(list(meant))
    for at, parcels in enumerate(found):
        work.take(at, parcels, meant, known)
    return work.matched


def plot_for(ctx: Context, read: BoundaryFile, parcel_id: str) -> BoundaryFile:
    """The file with the one plot for a parcel: its only one, or the one that names the parcel.

    Raises InputFileError where that is none, or several.
    """
    if len(read.plots) == 1:
        return read
    meant = [
        plot
        for plot, parcels in zip(read.plots, _candidates(ctx, read.plots), strict=True)
        if [one.id for one in parcels] == [parcel_id]
    ]
    if len(meant) != 1:
        raise InputFileError(
            msg(
                "The file has {count} plots, and {named} of them name this parcel.",
                count=len(read.plots),
                named=len(meant),
            ),
            where=read.file_name,
            remedy=msg("Import it by `landsteward import boundaries`: each plot finds its own."),
        )
    return replace(read, plots=tuple(meant))


def _candidates(ctx: Context, plots: Sequence[ReadPlot]) -> list[list[Parcel]]:
    """The parcels each plot may mean: by the first of its marks that any parcel bears."""
    marks = [_marks(plot) for plot in plots]
    wanted: dict[ParcelMark, set[str]] = defaultdict(set)
    for one in marks:
        for mark, value in one:
            wanted[mark].add(value)
    search = ctx.workspace.boundary_search
    there = {mark: search.parcels(mark, sorted(values)) for mark, values in wanted.items()}
    return [
        next((found for mark, value in one if (found := there[mark].get(value))), [])
        for one in marks
    ]


def _marks(plot: ReadPlot) -> list[tuple[ParcelMark, str]]:
    found: list[tuple[ParcelMark, str]] = []
    for text in (plot.unit_code, plot.plot_no):
        code = compact(text).upper().replace("-", "")
        if len(code) == _LAND_CODE:
            found.append((ParcelMark.LAND_CODE, code))
        elif code:
            found.append((ParcelMark.UNIT_CODE, code))
    for text in (plot.electronic_no, plot.plot_no):
        if text:
            found.append((ParcelMark.ELECTRONIC_NO, compact(text).upper()))
    for text in (plot.plot_no, plot.name):
        if text:
            found.append((ParcelMark.NAME, text.strip()))
    return list(dict.fromkeys(found))


class _Work:
    """One plot after another."""

    def __init__(self, ctx: Context, read: BoundaryFile, *, new_parcels: bool) -> None:
        self._ctx = ctx
        self._read = read
        self._new_parcels = new_parcels
        self._made: set[str] = set()
        self.matched = Matched(batch_id=ctx.ids.new())

    def take(
        self,
        at: int,
        parcels: Sequence[Parcel],
        meant: Counter[str],
        known: dict[str, ParcelBoundary],
    ) -> None:
        """Decide on one plot."""
        plot = self._read.plots[at]
        if plot.shape is None:
            self._refuse(at, plot.refused)
        elif len(parcels) > 1:
            names = "；".join(one.name for one in parcels[:3])
            self._refuse_for(
                at, msg("It may mean {count} parcels: {names}.", count=len(parcels), names=names)
            )
        elif not parcels and not self._new_parcels:
            self._refuse_for(at, msg("No parcel on record has this number or name."))
        elif not parcels and not plot.label:
            self._refuse_for(at, msg("It has neither number nor name to make a parcel of."))
        elif not parcels and _own_mark(plot) in self._made:
            self._refuse_for(
                at, msg("Several plots of the file mean this parcel: {name}.", name=plot.label)
            )
        elif parcels and meant[parcels[0].id] > 1:
            self._refuse_for(
                at, msg("Several plots of the file mean this parcel: {name}.", name=parcels[0].name)
            )
        elif parcels:
            self._keep(plot, parcels[0], known.get(parcels[0].id))
        else:
            self._made.add(_own_mark(plot))
            parcel = self._parcel(plot)
            self.matched.new_parcels.append(parcel)
            self._keep(plot, parcel, None)

    def _refuse_for(self, at: int, reason: Message) -> None:
        plot = self._read.plots[at]
        self._refuse(at, (RowNote(row=plot.row, column="", value=plot.label, reason=reason),))

    def _refuse(self, at: int, notes: tuple[RowNote, ...]) -> None:
        self.matched.refused[at] = notes
        self.matched.outcomes.append((Outcome.REJECTED, None))

    def _parcel(self, plot: ReadPlot) -> Parcel:
        code = check_unit_code(plot.unit_code or plot.plot_no)
        return Parcel(
            id=self._ctx.ids.new(),
            name=plot.name or plot.label,
            area_m2=plot.shape.area_m2 if plot.shape is not None else None,
            land_use=plot.land_use,
            electronic_no=plot.electronic_no or None,
            unit_code=code.value if code.refused is None else None,
            batch_id=self.matched.batch_id,
        )

    def _keep(self, plot: ReadPlot, parcel: Parcel, known: ParcelBoundary | None) -> None:
        assert plot.shape is not None
        new = boundary_of(
            plot.shape,
            boundary_id=known.id if known is not None else self._ctx.ids.new(),
            parcel_id=parcel.id,
            stated_area_m2=plot.stated_area_m2,
            plot_no=plot.plot_no,
            plot_name=plot.name,
            header=plot.header,
            attributes=plot.attributes,
            file_name=self._read.file_name,
            file_sha256=self._read.sha256,
            batch_id=self.matched.batch_id,
        )
        if known is None:
            self.matched.added.append(new)
            self.matched.outcomes.append((Outcome.CREATED, parcel))
        elif _alike(known, new):
            self.matched.outcomes.append((Outcome.UNCHANGED, parcel))
        else:
            self.matched.changed.append(new)
            self.matched.outcomes.append((Outcome.UPDATED, parcel))


def _own_mark(plot: ReadPlot) -> str:
    """By what a plot is told from the others of its file."""
    return compact(plot.unit_code or plot.plot_no or plot.electronic_no or plot.name)


def _alike(known: ParcelBoundary, new: ParcelBoundary) -> bool:
    """Whether nothing but the file it came in is another."""
    same = replace(
        new,
        file_name=known.file_name,
        file_sha256=known.file_sha256,
        batch_id=known.batch_id,
    )
    return same == known
