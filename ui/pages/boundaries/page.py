"""Boundaries of many parcels: files chosen or dropped, looked through plot by plot, brought in."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QStackedWidget,
)

from landsteward.app.boundaries import BoundaryImport, import_read_boundaries
from landsteward.app.boundaries_file import BoundaryFile, read_together
from landsteward.app.boundaries_matching import PlotChoice
from landsteward.app.boundaries_review import (
    BoundaryReview,
    Claim,
    claims_of,
    review_boundaries,
)
from landsteward.app.context import Context
from landsteward.app.import_batches import TakenBack, undo_import
from landsteward.app.importing import Outcome
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action, may
from ui.operations import Progress, Work
from ui.pages.base import Page
from ui.pages.boundaries.detail import PlotDetail
from ui.pages.boundaries.parts import PartBar
from ui.pages.boundaries.plots import Part, PlotsModel, counts_of, plots_table
from ui.pages.register.sheet import head_line
from ui.widgets.basics import Card, box, button, changes, column, label, row
from ui.widgets.outcome import OutcomeLine
from ui.widgets.signs import EmptyState, MessageBar
from ui.workbench import Place, Workbench

_SUFFIXES = ("txt", "geojson", "json", "shp", "kml", "kmz", "dxf", "zip")


class BoundariesPage(Page):
    """Reads in the pool, matches on the database thread, imports on demand; all or nothing."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.review: BoundaryReview | None = None
        self.choices: dict[int, PlotChoice] = {}
        self._read: BoundaryFile | None = None
        self._claims: dict[int, tuple[Claim, ...]] | None = None
        self._part = Part.ALL
        self._work: Work | None = None
        self._claiming: Work | None = None
        self._may_import = may(bench.member().person.role, Action.IMPORT)
        self.message = MessageBar()
        self.line = OutcomeLine()
        self.choose = button(tr("Choose files…"), "", self._ask_files)
        self.folder = button(tr("Choose a folder…"), "", self._ask_folder)
        self.go = changes(button(tr("Import"), "primary", self._import))
        self.summary = label("", "dim", wrap=True)
        self.new_parcels = QCheckBox(tr("Make parcels of plots that are not on record"))
        self.new_parcels.toggled.connect(lambda _on: self._look_through())
        self.parts = PartBar()
        self.parts.chosen.connect(self._show_part)
        self.model = PlotsModel(self)
        self.table = plots_table(self.model)
        self.table.selectionModel().selectionChanged.connect(self._show_plot)
        self.detail = PlotDetail(bench, self)
        self.detail.decided.connect(self._decide)
        self.empty = EmptyState(
            tr("Drop boundary files here"),
            tr(
                "Boundary TXT, GeoJSON, Shapefile (also zipped), KML and DXF, any number of them, "
                "or a whole folder. Each plot finds its parcel by its number or name; you see all "
                "of them before anything is kept."
            ),
            tr("Choose files…"),
            self._ask_files,
            primary=False,
        )
        self._lay_out()
        for one in (self.choose, self.folder, self.empty.action):
            one.setEnabled(self._may_import)
        self.setAcceptDrops(self._may_import)
        self._ready()

    def _lay_out(self) -> None:
        plots = Card(margin=0, gap=0)
        bar = row(self.parts, 1, self.new_parcels)
        bar.setContentsMargins(12, 8, 12, 8)
        plots.add(bar)
        plots.add(self.table, 1)
        both = row(plots, self.detail, gap=12)
        both.setStretch(0, 1)
        whole = column(self.summary, gap=8)
        whole.addLayout(both, 1)
        nothing = Card(margin=0)
        nothing.add(self.empty, 1)
        self._whole = box(whole)
        self._stack = QStackedWidget()
        self._stack.addWidget(nothing)
        self._stack.addWidget(self._whole)
        head = head_line(
            self.bench,
            back_to=Place("register", step="map"),
            names=(label(tr("Import boundaries"), "title"),),
            actions=(self.choose, self.folder, self.go),
        )
        page = column(head, self.message, self.line, gap=8)
        page.addWidget(self._stack, 1)
        self.setLayout(page)

    def refresh(self) -> None:
        """What plots mean may be something else now; what was said last stays to be read."""
        if self._read is not None and self._work is None:
            self._look_through(quietly=True)

    def drop(self) -> None:
        """The page is about to go."""
        self._stop()

    # Files

    def take(self, paths: Sequence[Path]) -> None:
        """Read these files and folders, in place of those before."""
        if not paths or not self._may_import:
            return
        self._stop()
        self.message.hide()
        files = self.bench.services.boundary_files
        self.line.working(tr("Reading the files…"), self._stop)
        self._work = self.bench.operations.task(
            self,
            lambda progress: read_together(paths, files(), progress),
            success=self._taken,
            failure=self._failed,
            progressed=self.line.progressed,
        )

    def _taken(self, read: BoundaryFile) -> None:
        self._work = None
        self._read = read
        self.choices = {}
        self._look_through()

    def _ask_files(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileNames(
            self.window(),
            tr("Import boundaries"),
            "",
            tr("Boundary files") + " (" + " ".join(f"*.{one}" for one in _SUFFIXES) + ")",
        )
        self.take([Path(one) for one in chosen])

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self.window(), tr("Import boundaries"))
        if chosen:
            self.take([Path(chosen)])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders are welcome."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """They are read."""
        event.acceptProposedAction()
        self.take([Path(url.toLocalFile()) for url in event.mimeData().urls()])

    # Looking through

    def _look_through(self, *, quietly: bool = False) -> None:
        read = self._read
        if read is None:
            return
        if not quietly:
            self._stop()
            self.line.working(tr("Comparing with the register…"), self._stop)
        files, choices = self.bench.services.boundary_files, dict(self.choices)
        new_parcels = self.new_parcels.isChecked()

        def work(ctx: Context, progress: Progress) -> BoundaryReview:
            return review_boundaries(
                ctx,
                read=read,
                files=files(),
                choices=choices,
                new_parcels=new_parcels,
                progress=progress,
            )

        self._work = self.bench.operations.long_change(
            self,
            work,
            success=partial(self._show, quietly=quietly),
            failure=self._failed,
            progressed=self.line.progressed,
            writes=False,
        )

    def _show(self, review: BoundaryReview, *, quietly: bool) -> None:
        self._work = None
        if not quietly:
            self.line.settle()
        at = self._in_front()
        self.review = review
        self._stack.setCurrentWidget(self._whole)
        self.parts.show_counts(counts_of(review))
        self._fill()
        self._select(at)
        self._ready()
        self._look_for_claims(review)

    def _look_for_claims(self, review: BoundaryReview) -> None:
        services = self.bench.services

        def work(progress: Progress) -> dict[int, tuple[Claim, ...]]:
            least = services.boundary_files().limits.overlap_m2
            return claims_of(
                review, geometry=services.map_geometry(), least_m2=least, progress=progress
            )

        self._claiming = self.bench.operations.task(self, work, success=self._show_claims)

    def _show_claims(self, claims: dict[int, tuple[Claim, ...]]) -> None:
        self._claiming = None
        self._claims = claims
        self.model.show_claims(claims)
        self._show_plot()

    def _show_part(self, part: Part) -> None:
        self._part = part
        if self.review is not None:
            self._fill()
            self._select(None)

    def _fill(self) -> None:
        assert self.review is not None
        self.model.show_review(self.review, self._part)
        self.model.show_claims(self._claims)

    def _in_front(self) -> int | None:
        """The plot in front, by its place in the file."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.places[rows[0].row()] if rows else None

    def _select(self, at: int | None) -> None:
        """Have a plot in front, else the first one."""
        places = self.model.places
        if places:
            self.table.selectRow(places.index(at) if at in places else 0)
        self._show_plot()

    def _show_plot(self) -> None:
        at = self._in_front()
        if at is None or self.review is None:
            self.detail.show_plot(None, (), None)
            return
        claims = (self._claims or {}).get(at, ())
        self.detail.show_plot(self.review.plots[at], claims, self.choices.get(at))

    def _decide(self, choice: PlotChoice | None) -> None:
        at = self._in_front()
        if at is None:
            return
        if choice is None:
            self.choices.pop(at, None)
        else:
            self.choices[at] = choice
        self._look_through()

    def _ready(self) -> None:
        """Say what an import would do."""
        review = self.review
        count = 0
        if review is not None and self._read is not None:
            counts = review.counts
            count = counts[Outcome.CREATED] + counts[Outcome.UPDATED]
            self.summary.setText(
                tr(
                    "{file}: {plots} plots. {new} new, {updated} updated, {unchanged} unchanged, "
                    "{refused} left over.",
                    file=self._read.file_name,
                    plots=f"{len(review.plots):,}",
                    new=f"{counts[Outcome.CREATED]:,}",
                    updated=f"{counts[Outcome.UPDATED]:,}",
                    unchanged=f"{counts[Outcome.UNCHANGED]:,}",
                    refused=f"{counts[Outcome.REJECTED]:,}",
                )
            )
        self.go.setText(
            tr("Import {count} boundaries", count=f"{count:,}") if count else tr("Import")
        )
        self.go.setEnabled(bool(count) and self._may_import)

    # Bringing in, and taking back

    def _import(self) -> None:
        read = self._read
        if read is None:
            return
        self._stop()
        choices, new_parcels = dict(self.choices), self.new_parcels.isChecked()

        def work(ctx: Context, progress: Progress) -> BoundaryImport:
            return import_read_boundaries(
                ctx, read=read, choices=choices, new_parcels=new_parcels, progress=progress
            )

        self.go.setEnabled(False)
        self.line.working(tr("Importing… all of it is kept, or nothing."), self._stop)
        self._work = self.bench.operations.long_change(
            self,
            work,
            success=self._imported,
            failure=self._failed,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )

    def _imported(self, done: BoundaryImport) -> None:
        self._work = None
        counts = done.counts
        said = tr(
            "Brought in: {new} new, {updated} updated. Left over: {refused}.",
            new=f"{counts[Outcome.CREATED]:,}",
            updated=f"{counts[Outcome.UPDATED]:,}",
            refused=f"{counts[Outcome.REJECTED]:,}",
        )
        following = [(tr("Show on the map"), partial(self._to_map, done))]
        if done.rejects:
            following.append((tr("Save what is left over…"), partial(self._ask_where, done)))
        if done.batch is not None:
            following.append((tr("Take back"), partial(self._take_back, done.batch.id)))
        self.line.say(said, "good", *following)

    def _to_map(self, done: BoundaryImport) -> None:
        first = next((one.parcel for one in done.plots if one.parcel is not None), None)
        self.bench.go(Place("register", step=f"map:{first.id}" if first is not None else "map"))

    def _ask_where(self, done: BoundaryImport) -> None:
        chosen, _kind = QFileDialog.getSaveFileName(
            self, tr("Save what is left over"), f"{tr('refused')}.xlsx", "Excel (*.xlsx)"
        )
        if chosen:
            file, writer = Path(chosen), self.bench.services.refused_rows_writer
            self.bench.operations.task(
                self,
                lambda _progress: writer.write(file, done.rejects),
                success=lambda _none: self.message.say(tr("Saved {file}", file=file.name), "good"),
                failure=self.message.fail,
            )

    def _take_back(self, batch_id: str) -> None:
        def work(ctx: Context, progress: Progress) -> TakenBack:
            return undo_import(ctx, batch_id=batch_id, progress=progress)

        self.line.working(tr("Taking back…"), self._stop)
        self._work = self.bench.operations.long_change(
            self,
            work,
            success=self._taken_back,
            failure=self._failed,
            progressed=self.line.progressed,
            stopped=self._stopped,
        )

    def _taken_back(self, done: TakenBack) -> None:
        self._work = None
        self.line.say(
            tr(
                "Taken back: {removed} removed, {restored} as they were.",
                removed=done.removed,
                restored=done.restored,
            ),
            "good",
        )

    # What ends otherwise

    def _stop(self) -> None:
        for work in (self._work, self._claiming):
            if work is not None:
                work.cancel()
        self._work = self._claiming = None
        self.line.settle()

    def _stopped(self) -> None:
        self._work = None
        self.line.say(tr("Stopped. Nothing was kept."), "caution")
        self._ready()

    def _failed(self, error: KnownError) -> None:
        self._work = None
        self.line.settle()
        self.message.fail(error)
        self._ready()
