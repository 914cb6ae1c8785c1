"""Saving the dossiers of chosen cases as PDF files."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QProgressBar, QVBoxLayout, QWidget

from landsteward.app.archiving import archived_dossier
from landsteward.app.context import Context
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.dossier_view import DossierView
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from ui.exporting import note, refused
from ui.operations import Progress, Work
from ui.papers import detached
from ui.widgets.basics import button, label, row
from ui.workbench import Workbench

Paper = tuple[str, DossierView | bytes]
"""A case's number, and its view or, where it is archived, the paper as it was kept."""


class DossierSaver(QWidget):
    """One case after another: gathered on the database thread, laid out and written in the pool.

    To be seen only while it works: says which dossier and which page, and can be stopped.
    """

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._folder = Path()
        self._left: list[str] = []
        self._files: list[Path] = []
        self._work: Work | None = None
        self.doing = label("")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = button(tr("Cancel"), "small", self.cancel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row(self.doing, self.bar, self.stop, gap=12))
        self.hide()

    def ask(self, case_ids: list[str]) -> None:
        """Ask for a folder, and write one PDF for each case into it."""
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder for the dossiers"))
        if chosen:
            self.save_into(Path(chosen), case_ids)

    def save_into(self, folder: Path, case_ids: list[str]) -> None:
        """Write one PDF for each case, named by its number; takes the place of what was asked."""
        if refused(self._bench):
            return
        if self._work is not None:
            self._work.cancel()
        self._folder, self._left, self._files = folder, list(case_ids), []
        self.bar.setRange(0, len(case_ids))
        self.show()
        self._next()

    def cancel(self) -> None:
        """Stop: the dossiers that are written stay, the one under way leaves nothing."""
        if self._work is not None:
            self._work.cancel()
        self._end()
        self._bench.say(
            tr("Stopped; {count} dossiers were saved before.", count=len(self._files)), "caution"
        )

    def _next(self) -> None:
        self.bar.setValue(len(self._files))
        if not self._left:
            self._end()
            self._say()
            return
        case_id = self._left.pop(0)
        today = self._bench.services.clock.today()
        self.doing.setText(tr("Laying out the dossier…"))

        def gather(ctx: Context) -> Paper:
            case = ctx.workspace.cases.get(case_id)
            if kept := archived_dossier(ctx, case=case):
                return case.case_no, kept[1]
            return case.case_no, detached(assemble_dossier(ctx, case_id=case_id, on=today))

        self._work = self._bench.operations.query(
            self, gather, success=self._write, failure=self._fail
        )

    def _write(self, paper: Paper) -> None:
        case_no, content = paper
        file = self._folder / f"{case_no}.pdf"
        build = self._bench.services.build_dossier

        def run(progress: Progress) -> Path:
            if isinstance(content, bytes):
                write_whole(file, content)
            else:
                write_whole(file, build(content, on_page=lambda page: progress(page, 0)))
            return file

        self._work = self._bench.operations.task(
            self,
            run,
            success=self._written,
            failure=self._fail,
            progressed=lambda page, _total: self.doing.setText(
                tr("{case_no}: page {page}", case_no=case_no, page=page)
            ),
        )

    def _written(self, file: Path) -> None:
        self._files.append(file)
        note(self._bench, Exported.DOSSIER, file.stem, file)
        self._next()

    def _fail(self, error: KnownError) -> None:
        self._end()
        self._bench.operations.failed.emit(error)

    def _end(self) -> None:
        self._work = None
        self._left = []
        self.hide()

    def _say(self) -> None:
        files = self._files
        if len(files) == 1:
            self._bench.say(tr("Saved {file}", file=files[0]), "good")
        elif files:
            self._bench.say(
                tr("Saved {count} dossiers in {folder}", count=len(files), folder=self._folder),
                "good",
            )
