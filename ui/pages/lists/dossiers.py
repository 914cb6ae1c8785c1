"""Saving the dossiers of chosen cases as PDF files."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.cases import archived_dossier
from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierView, assemble_dossier
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from ui.operations import Progress
from ui.papers import detached
from ui.workbench import Workbench

Paper = tuple[str, DossierView | bytes]
"""A case's number, and its view or, where it is archived, the paper as it was kept."""


class DossierSaver(QObject):
    """Gathers the cases on the database thread, lays them out and writes them in the pool."""

    def __init__(self, bench: Workbench, parent: QWidget) -> None:
        super().__init__(parent)
        self._bench = bench
        self._page = parent

    def ask(self, case_ids: list[str]) -> None:
        """Ask for a folder, and write one PDF for each case into it."""
        chosen = QFileDialog.getExistingDirectory(self._page, tr("Folder for the dossiers"))
        if chosen:
            self.save_into(Path(chosen), case_ids)

    def save_into(self, folder: Path, case_ids: list[str]) -> None:
        """Write one PDF for each case, named by its number."""
        today = self._bench.services.clock.today()

        def gather(ctx: Context, progress: Progress) -> list[Paper]:
            papers: list[Paper] = []
            for number, case_id in enumerate(case_ids):
                progress(number, len(case_ids))
                case = ctx.workspace.cases.get(case_id)
                if kept := archived_dossier(ctx, case=case):
                    papers.append((case.case_no, kept[1]))
                else:
                    view = detached(assemble_dossier(ctx, case_id=case_id, on=today))
                    papers.append((case.case_no, view))
            return papers

        def write(papers: list[Paper]) -> None:
            self._bench.operations.task(
                self._page,
                lambda progress: self._write(folder, papers, progress),
                success=self._say,
            )

        self._bench.say(tr("Laying out the dossier…"), "accent")
        self._bench.operations.long_change(self._page, gather, success=write, writes=False)

    def _write(self, folder: Path, papers: list[Paper], progress: Progress) -> list[Path]:
        files = []
        for number, (case_no, paper) in enumerate(papers):
            progress(number, len(papers))
            file = folder / f"{case_no}.pdf"
            content = (
                paper if isinstance(paper, bytes) else self._bench.services.build_dossier(paper)
            )
            write_whole(file, content)
            files.append(file)
        return files

    def _say(self, files: list[Path]) -> None:
        if len(files) == 1:
            self._bench.say(tr("Saved {file}", file=files[0]), "good")
        else:
            self._bench.say(
                tr("Saved {count} dossiers in {folder}", count=len(files), folder=files[0].parent),
                "good",
            )
