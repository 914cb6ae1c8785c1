"""Sheets into the open workspace, copies out of it."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.language import tr
from ui.pages.welcome.page import SUFFIX, file_filter
from ui.workbench import Place, Workbench

SHEETS = (".xls", ".xlsx", ".xlsm", ".csv", ".txt", ".tsv")
"""File names that are taken as a sheet to import."""


def first_of(dropped: QMimeData, suffixes: Sequence[str]) -> Path | None:
    """The first file among what was dropped whose name ends in one of these."""
    files = (Path(url.toLocalFile()) for url in dropped.urls())
    return next((file for file in files if file.suffix.lower() in suffixes), None)


class Traffic(QObject):
    """What goes in and out of one open workspace.

    Nothing does while `commit` says that a field of the page in front cannot be saved.
    """

    def __init__(
        self, over: QWidget, file: Path, bench: Workbench, commit: Callable[[], bool]
    ) -> None:
        super().__init__(over)
        self._over = over
        self._file = file
        self._bench = bench
        self._commit = commit

    def ask_import(self) -> None:
        """Ask for a file and bring it on its way into the register."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._over.window(),
            tr("Import a sheet"),
            "",
            tr("Sheets") + " (" + " ".join(f"*{suffix}" for suffix in SHEETS) + ")",
        )
        if chosen:
            self.import_file(Path(chosen))

    def import_file(self, file: Path) -> None:
        """Show a file's columns, and then what importing it would do."""
        self._bench.go(Place("import", str(file.absolute()), "columns"))

    def boundaries_in(self, dropped: QMimeData) -> list[Path]:
        """Which of the files that were dropped look like boundaries."""
        files = (Path(url.toLocalFile()) for url in dropped.urls())
        recognises = self._bench.services.boundary_files().recognises
        return [file for file in files if recognises(file)]

    def look_through_boundaries(self, files: Sequence[Path]) -> None:
        """Show what importing these boundary files would do, plot by plot."""
        from ui.pages.boundaries.page import BoundariesPage

        shell = self._over
        self._bench.go(Place("boundaries"))
        page = shell.findChild(BoundariesPage)
        if page is not None and page.isVisible():
            page.take(files)

    def ask_backup(self) -> None:
        """Ask where a copy of the workspace goes, and write it."""
        day = self._bench.services.clock.today()
        chosen, _kind = QFileDialog.getSaveFileName(
            self._over.window(),
            tr("Back up"),
            str(self._file.with_name(f"{self._file.stem}-{day:%Y%m%d}{SUFFIX}").absolute()),
            file_filter(),
        )
        if chosen:
            self.back_up(Path(chosen))

    def back_up(self, target: Path) -> None:
        """Write a consistent copy of the workspace."""
        if not self._commit():
            return
        bench = self._bench
        bench.say(tr("Backing up…"), "accent")
        bench.operations.query(
            self,
            lambda ctx: ctx.workspace.backup(str(target)),
            success=lambda _nothing: bench.say(tr("Backed up to {file}", file=target.name), "good"),
        )
