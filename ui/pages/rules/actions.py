"""What is done with a pack as a whole: copied, put aside, written out, taken in."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.pack_files import Texts
from landsteward.app.pack_reading import PackChoice, texts_of
from landsteward.app.rule_packs import copy_pack, discard_draft, import_pack, resume_draft
from landsteward.domain.pack_versions import PackDraft
from ui.dialogs.ask import AskFirst, AskName
from ui.operations import Progress
from ui.workbench import Workbench


class PackActions(QObject):
    """`begun` tells that there is a draft now, `put_aside` that there is none; `saved` carries the
    file written, `failed` why something was not done.
    """

    begun = Signal()
    put_aside = Signal()
    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, bench: Workbench, page: QWidget) -> None:
        super().__init__(page)
        self._bench = bench
        self._page = page

    def ask_copy(self) -> None:
        """Ask for whom the pack in force is copied."""
        ask = AskName(
            self._page,
            tr("Copy the pack for the county"),
            tr("County or zone the pack is for"),
            yes=tr("Copy"),
        )
        ask.named.connect(self.copy)
        ask.open()

    def copy(self, county: str) -> None:
        """Begin a draft for a county."""
        files = self._bench.services.pack_files()
        self._begin(lambda ctx: copy_pack(ctx, files=files, county=county))

    def resume(self) -> None:
        """Take up the draft that was put aside."""
        self._begin(resume_draft)

    def _begin(self, work: Callable[[Context], PackDraft]) -> None:
        self._bench.operations.change(
            self, work, success=lambda _draft: self.begun.emit(), failure=self.failed.emit
        )

    def ask_discard(self, count: int) -> None:
        """Say what becomes of so many changes, and put the draft aside on yes."""
        AskFirst(
            self._page,
            title=tr("Discard the draft?"),
            text=tr(
                "{count} changes are put aside. The draft can be taken up again until another one "
                "is begun.",
                count=count,
            ),
            yes=tr("Discard"),
            run=self._discard,
        ).open()

    def _discard(self) -> None:
        self._bench.operations.change(
            self,
            discard_draft,
            success=lambda _draft: self.put_aside.emit(),
            failure=self.failed.emit,
        )

    def ask_export(self, choice: PackChoice) -> None:
        """Ask where a version goes."""
        chosen, _kind = QFileDialog.getSaveFileName(
            self._page.window(),
            tr("Export the rule pack"),
            f"{choice.key}-{choice.version}.zip",
            tr("Archive") + " (*.zip);;" + tr("Folder") + " (*)",
        )
        if chosen:
            self.export_to(choice, Path(chosen))

    def export_to(self, choice: PackChoice, path: Path) -> None:
        """Write a version into a .zip or a new folder."""
        files = self._bench.services.pack_files()

        def texts(ctx: Context) -> Texts:
            return texts_of(ctx, files=files, which=choice.which)

        def write(found: Texts) -> None:
            def work(_progress: Progress) -> None:
                # The dialog has asked already whether a file of that name is to go.
                if path.is_file():
                    path.unlink()
                files.write(found, path)

            self._bench.operations.task(
                self,
                work,
                success=lambda _done: self.saved.emit(path),
                failure=self.failed.emit,
            )

        self._bench.operations.query(self, texts, success=write, failure=self.failed.emit)

    def ask_import(self) -> None:
        """Ask for a pack to take in."""
        chosen, _kind = QFileDialog.getOpenFileName(
            self._page.window(),
            tr("Import a rule pack"),
            "",
            tr("Rule packs") + " (*.zip pack.toml)",
        )
        if chosen:
            self.import_from(Path(chosen))

    def import_from(self, path: Path) -> None:
        """Begin a draft with what is in a .zip, or in the folder of a pack.toml."""
        source = path.parent if path.name == "pack.toml" else path
        files = self._bench.services.pack_files()

        def read(_progress: Progress) -> Texts:
            return files.taken_from(source)

        def begin(texts: Texts) -> None:
            self._begin(lambda ctx: import_pack(ctx, files=files, texts=texts, origin=source.name))

        self._bench.operations.task(self, read, success=begin, failure=self.failed.emit)
