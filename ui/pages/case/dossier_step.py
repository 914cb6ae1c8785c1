"""归档: the dossier seen before it is saved, saved as PDF, and archived with its number."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QProgressBar, QStackedWidget

from landsteward.app.archiving import archive_case, dossier_to_archive
from landsteward.app.context import Context
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.dossier_view import DossierView
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.domain import order
from landsteward.domain.documents import IssuedDocument, document_number
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from landsteward.domain.states import CaseStage, CaseStep, NextStep
from ui import formats
from ui.dialogs.ask import AskFirst
from ui.exporting import note, refused
from ui.operations import Progress, Work
from ui.pages.case.step import StepPage, error_line
from ui.pages.case.work import CaseWork
from ui.papers import detached
from ui.widgets.basics import Card, box, button, column, label, row
from ui.widgets.pdf import PdfPages
from ui.widgets.signs import words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierData:
    """The archived paper, if there is one, and a mark that changes whenever the case does."""

    issued: IssuedDocument | None
    mark: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedDossier:
    """A dossier as laid out."""

    content: bytes
    pages: int


class DossierStep(StepPage[DossierData]):
    """A bar of actions above the pages."""

    step = CaseStep.DOSSIER

    def __init__(self, work: CaseWork) -> None:
        super().__init__(work)
        self._built: tuple[object, ...] | None = None
        self._building: Work | None = None
        self._wanted: tuple[object, ...] | None = None
        self._issued: IssuedDocument | None = None
        self.content = b""
        self.meta = label("", "dim")
        self.pages = label("", "dim")
        self.view = PdfPages(self)
        self.view.setObjectName("dossier")
        self.view.setAccessibleName(tr("Dossier"))
        self.document = self.view.document_shown
        self.save = button(tr("Save as PDF…"), "small", self.save_as)
        self.asking: AskFirst | None = None
        self.archive = button(tr("Archive"), "small", self.ask_archive, changing=True)
        self.error = error_line()
        head = row(self.meta, self.pages, 1, self.view.fit, self.save, self.archive, gap=10)
        bar = Card(margin=10, gap=6)
        bar.add(head)
        bar.add(self.error)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setFixedWidth(240)
        self.progress.setTextVisible(False)
        self.doing = label(tr("Laying out the dossier…"))
        self.stop = button(tr("Cancel"), "small", self.cancel)
        waiting = Card()
        middle = row(1, box(column(self.doing, self.progress, row(self.stop, 1), gap=12)), 1)
        waiting.add(box(column(1, middle, 2)), 1)
        failed = Card()
        self.trouble = label("", "error", wrap=True)
        again = button(tr("Lay it out again"), "small", self.build)
        failed.add(self.trouble)
        failed.add(row(again, 1))
        failed.body.addStretch(1)
        self.stack = QStackedWidget()
        paper = row(gap=0)
        paper.addWidget(self.view)
        for view in (waiting, box(paper), failed):
            self.stack.addWidget(view)
        self.outer.addWidget(bar)
        self.outer.addWidget(self.stack, 1)

    def read(self, ctx: Context) -> DossierData:
        """Whether it is archived, and how the case stands."""
        case_id = self.work.case_id
        papers = [
            one
            for one in ctx.workspace.issued_documents.where(case_id=case_id, kind="dossier")
            if one.voided_on is None
        ]
        case = ctx.workspace.cases.get(case_id)
        newest = ctx.workspace.reports.timeline(case_id)[:1]
        archived = case.stage is CaseStage.ARCHIVED
        issued = max(papers, key=order.issued, default=None) if archived else None
        return DossierData(issued=issued, mark=(case, tuple(newest), issued))

    def present(self, data: DossierData) -> None:
        """Lay out what is not laid out yet."""
        head = self.work.head
        assert head is not None
        stage = head.overview.case.stage
        self._issued = data.issued
        self.archive.setVisible(stage is CaseStage.CLOSED)
        if data.issued is not None:
            number = document_number(data.issued.code, data.issued.year, data.issued.number)
            self.meta.setText(
                tr(
                    "Archived as {number} on {day}",
                    number=number,
                    day=formats.day(data.issued.issued_on),
                )
            )
        elif stage is CaseStage.CLOSED:
            self.meta.setText(tr("As it will be archived"))
        else:
            self.meta.setText(tr("As the case stands today; archived once the case is closed"))
        if data.mark != self._built and data.mark != self._wanted:
            self._wanted = data.mark
            self.build()

    def do_next(self, step: NextStep) -> None:
        """Archive."""
        if step is NextStep.ARCHIVE:
            self.ask_archive()

    def ask_archive(self) -> None:
        """Say what archiving does before it is done: it cannot be taken back."""
        self.asking = AskFirst(
            self,
            title=tr("Archive this case?"),
            text=tr(
                "The dossier takes its number and is kept exactly as it is now. "
                "Nothing in the case can be changed afterwards."
            ),
            yes=tr("Archive"),
            run=self.archive_now,
            look="primary",
        )
        self.asking.open()

    def build(self) -> None:
        """Gather on the database thread, lay out in the pool; an archived one is just read."""
        self.cancel()
        if not self.content:
            self._wait(tr("Laying out the dossier…"))
        operations = self.work.bench.operations
        issued = self._issued
        if issued is not None:
            sha256 = issued.sha256
            self._building = operations.query(
                self,
                lambda ctx: ctx.workspace.blobs.get(sha256),
                success=self._show,
                failure=self._failed,
            )
            return
        case_id = self.work.case_id
        self._building = operations.query(
            self,
            lambda ctx: detached(assemble_dossier(ctx, case_id=case_id, on=ctx.today())),
            success=lambda view: self._print(view, lambda paper: self._show(paper.content)),
            failure=self._failed,
        )

    def cancel(self) -> None:
        """Nobody waits for the paper that is being laid out; nothing of it is kept."""
        if self._building is None:
            return
        self._building.cancel()
        self._building = None
        if not self.archive.isEnabled():
            self._end_archiving(tr("Archiving was cancelled; the case is as it was."))
        elif not self.content:
            self.trouble.setText(tr("Laying out was cancelled."))
            self.stack.setCurrentIndex(2)

    def archive_now(self) -> None:
        """Lay it out with its number, away from the workspace, then keep both for ever."""
        self.cancel()
        self.error.hide()
        self.archive.setEnabled(False)
        self._wait(tr("Archiving: the dossier is laid out with its number…"))
        case_id = self.work.case_id
        self._building = self.work.bench.operations.query(
            self,
            lambda ctx: detached(dossier_to_archive(ctx, case_id=case_id)),
            success=lambda view: self._print(view, lambda paper: self._keep(view, paper)),
            failure=self._not_archived,
        )

    def save_as(self) -> None:
        """Ask where, and write the PDF that is seen."""
        head = self.work.head
        if head is None or not self.content:
            return
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Save the dossier"),
            str(Path.home() / f"{head.overview.case.case_no}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            self.write_to(Path(chosen))

    def write_to(self, target: Path) -> None:
        """Write the PDF that is seen into a file."""
        bench, content = self.work.bench, self.content
        if refused(bench):
            return

        def written(_done: object) -> None:
            self.work.say(tr("Saved {file}", file=target), "good")
            head = self.work.head
            note(bench, Exported.DOSSIER, head.overview.case.case_no if head else "", target)

        self.work.bench.operations.task(
            self,
            lambda _progress: write_whole(target, content),
            success=written,
        )

    def drop(self) -> None:
        """Let go of the paper."""
        if self._building is not None:
            self._building.cancel()
        self.document.close()

    def _wait(self, doing: str) -> None:
        self.doing.setText(doing)
        self.progress.setRange(0, 0)
        self.stack.setCurrentIndex(0)

    def _print(self, view: DossierView, then: Callable[[PrintedDossier], None]) -> None:
        """Lay a paper out in the pool; its last version says how many pages to expect."""
        build = self.work.bench.services.build_dossier
        expected = self.document.pageCount()

        def run(progress: Progress) -> PrintedDossier:
            pages = 0

            def heard(page: int) -> None:
                nonlocal pages
                pages = page
                progress(page, max(page, expected))

            return PrintedDossier(content=build(view, on_page=heard), pages=pages)

        self._building = self.work.bench.operations.task(
            self,
            run,
            success=then,
            failure=self._failed if self.archive.isEnabled() else self._not_archived,
            progressed=self._tell_page,
        )

    def _tell_page(self, page: int, expected: int) -> None:
        self.progress.setRange(0, expected if self.content else 0)
        self.progress.setValue(page)

    def _keep(self, view: DossierView, paper: PrintedDossier) -> None:
        self._building = None
        self.work.bench.operations.change(
            self,
            lambda ctx: archive_case(ctx, printed=view, dossier=paper.content, pages=paper.pages),
            success=lambda _document: self._end_archiving(""),
            failure=self._not_archived,
        )

    def _show(self, content: bytes) -> None:
        self._building = None
        self._built = self._wanted
        self.content = content
        self.pages.setText(tr("{count} pages", count=self.view.show_bytes(content)))
        self.stack.setCurrentIndex(1)

    def _failed(self, error: KnownError) -> None:
        self._building = None
        self.trouble.setText(words_of(error))
        self.stack.setCurrentIndex(2)

    def _not_archived(self, error: KnownError) -> None:
        self._building = None
        self._end_archiving(words_of(error))
        self.work.refresh_asked.emit()

    def _end_archiving(self, trouble: str) -> None:
        """Back to what is seen; without trouble the page is about to be read again."""
        self.archive.setEnabled(True)
        self.error.setText(trouble)
        self.error.setVisible(bool(trouble))
        if self.content:
            self.stack.setCurrentIndex(1)
        elif trouble:
            self.build()
