"""Which parcel each plot of a boundary file means, and what would be written for it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from landsteward.app.boundaries_file import BoundaryFile, ParcelMark, ReadPlot
from landsteward.app.context import Context
from landsteward.app.importing import Outcome, RowNote
from landsteward.domain.boundaries import ParcelBoundary, boundary_of
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import check_unit_code, compact
from landsteward.domain.register import Parcel
from landsteward.domain.text import Message, msg

_LAND_CODE = 19


class Verdict(StrEnum):
    """What a person says of a plot: for this parcel, for a new one, for none."""

    PARCEL = "parcel"
    NEW = "new"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotChoice:
    """A plot's verdict; `parcel_id` is the parcel it is for."""

    verdict: Verdict
    parcel_id: str = ""


Choices = Mapping[int, PlotChoice]
"""What was chosen by hand, by the plots' places in their file."""
NO_CHOICES: Choices = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotMatch:
    """What becomes of a plot. `candidates` are the parcels it may mean, by the `mark` it bears;
    `boundary` is what it is on record then, None where it is refused.
    """

    outcome: Outcome
    parcel: Parcel | None = None
    candidates: tuple[Parcel, ...] = ()
    mark: ParcelMark | None = None
    boundary: ParcelBoundary | None = None


@dataclass(slots=True, kw_only=True)
class Matched:
    """Records to write, and what becomes of each plot, in the order of the file."""

    batch_id: str
    plots: list[PlotMatch] = field(default_factory=list)
    refused: dict[int, tuple[RowNote, ...]] = field(default_factory=dict)
    new_parcels: list[Parcel] = field(default_factory=list)
    added: list[ParcelBoundary] = field(default_factory=list)
    changed: list[ParcelBoundary] = field(default_factory=list)


def matched_plots(
    ctx: Context, read: BoundaryFile, *, choices: Choices, new_parcels: bool
) -> Matched:
    """Each plot by what was chosen for it, else by unit code, plot number, supervision number,
    then name.
    """
    chosen = {
        at: ctx.workspace.parcels.get(one.parcel_id)
        for at, one in choices.items()
        if one.verdict is Verdict.PARCEL
    }
    found = _candidates(ctx, read.plots)
    work = _Work(ctx, read, choices=choices, new_parcels=new_parcels)
    plots = [
        _Plot(at=at, plot=plot, mark=mark, candidates=parcels, chosen=chosen.get(at))
        for at, (plot, (mark, parcels)) in enumerate(zip(read.plots, found, strict=True))
    ]
    decided = [
        one.parcel
        for one in plots
        if one.plot.shape is not None and one.at not in work.apart and one.parcel is not None
    ]
    meant = Counter(parcel.id for parcel in decided)
    known = ctx.workspace.boundary_search.of_parcels(list(meant))
    for one in plots:
        work.take(one, meant, known)
    return work.matched


def plot_for(ctx: Context, read: BoundaryFile, parcel_id: str) -> BoundaryFile:
    """The file with the one plot for a parcel: its only one, or the one that names the parcel.

    Raises InputFileError where that is none, or several.
    """
    if len(read.plots) == 1:
        return read
    meant = [
        plot
        for plot, (_mark, parcels) in zip(read.plots, _candidates(ctx, read.plots), strict=True)
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
            remedy=msg("Bring it in under “Import boundaries”: each plot finds its own there."),
        )
    return replace(read, plots=tuple(meant))


def _candidates(
    ctx: Context, plots: Sequence[ReadPlot]
) -> list[tuple[ParcelMark | None, tuple[Parcel, ...]]]:
    """The parcels each plot may mean: by the first of its marks that any parcel bears."""
    marks = [_marks(plot) for plot in plots]
    wanted: dict[ParcelMark, set[str]] = defaultdict(set)
    for one in marks:
        for mark, value in one:
            wanted[mark].add(value)
    search = ctx.workspace.boundary_search
    there = {mark: search.parcels(mark, sorted(values)) for mark, values in wanted.items()}
    return [
        next(
            ((mark, tuple(found)) for mark, value in one if (found := there[mark].get(value))),
            (None, ()),
        )
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plot:
    """A plot at its place in the file, with what it may mean and what was chosen for it."""

    at: int
    plot: ReadPlot
    mark: ParcelMark | None
    candidates: tuple[Parcel, ...]
    chosen: Parcel | None

    @property
    def parcel(self) -> Parcel | None:
        """The one parcel it is for."""
        if self.chosen is not None:
            return self.chosen
        return self.candidates[0] if len(self.candidates) == 1 else None


class _Work:
    """One plot after another."""

    def __init__(
        self, ctx: Context, read: BoundaryFile, *, choices: Choices, new_parcels: bool
    ) -> None:
        self._ctx = ctx
        self._read = read
        self._choices = choices
        self._new_parcels = new_parcels
        self._made: set[str] = set()
        # For these it does not matter what parcels on record they may mean.
        self.apart = {at for at, one in choices.items() if one.verdict is not Verdict.PARCEL}
        self.matched = Matched(batch_id=ctx.ids.new())

    def take(self, one: _Plot, meant: Counter[str], known: Mapping[str, ParcelBoundary]) -> None:
        """Decide on one plot."""
        choice = self._choices.get(one.at)
        verdict = choice.verdict if choice is not None else None
        if one.plot.shape is None:
            self._refuse(one, one.plot.refused)
        elif verdict is Verdict.LEAVE:
            self._refuse_for(one, msg("Left out by hand."))
        elif verdict is Verdict.NEW:
            self._make(one)
        elif one.parcel is not None and meant[one.parcel.id] > 1:
            self._refuse_for(
                one,
                msg("Several plots of the file mean this parcel: {name}.", name=one.parcel.name),
            )
        elif one.parcel is not None:
            self._keep(one, one.parcel, known.get(one.parcel.id))
        elif one.candidates:
            names = "；".join(parcel.name for parcel in one.candidates[:3])
            self._refuse_for(
                one,
                msg(
                    "It may mean {count} parcels: {names}.",
                    count=len(one.candidates),
                    names=names,
                ),
            )
        elif not self._new_parcels:
            self._refuse_for(one, msg("No parcel on record has this number or name."))
        else:
            self._make(one)

    def _make(self, one: _Plot) -> None:
        """A new parcel for a plot."""
        plot = one.plot
        if not plot.label:
            self._refuse_for(one, msg("It has neither number nor name to make a parcel of."))
        elif _own_mark(plot) in self._made:
            self._refuse_for(
                one, msg("Several plots of the file mean this parcel: {name}.", name=plot.label)
            )
        else:
            self._made.add(_own_mark(plot))
            parcel = self._parcel(plot)
            self.matched.new_parcels.append(parcel)
            self._keep(one, parcel, None)

    def _refuse_for(self, one: _Plot, reason: Message) -> None:
        plot = one.plot
        self._refuse(one, (RowNote(row=plot.row, column="", value=plot.label, reason=reason),))

    def _refuse(self, one: _Plot, notes: tuple[RowNote, ...]) -> None:
        self.matched.refused[one.at] = notes
        self.matched.plots.append(
            PlotMatch(outcome=Outcome.REJECTED, candidates=one.candidates, mark=one.mark)
        )

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

    def _keep(self, one: _Plot, parcel: Parcel, known: ParcelBoundary | None) -> None:
        plot = one.plot
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
            file_name=plot.file or self._read.file_name,
            file_sha256=self._read.sha256,
            batch_id=self.matched.batch_id,
        )
        if known is None:
            self.matched.added.append(new)
            outcome = Outcome.CREATED
        elif _alike(known, new):
            outcome = Outcome.UNCHANGED
        else:
            self.matched.changed.append(new)
            outcome = Outcome.UPDATED
        self.matched.plots.append(
            PlotMatch(
                outcome=outcome,
                parcel=parcel,
                candidates=one.candidates,
                mark=one.mark if one.chosen is None else None,
                boundary=new,
            )
        )


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
