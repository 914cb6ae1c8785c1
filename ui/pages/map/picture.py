"""The present view as a picture for papers: PNG or PDF, with legend, scale bar and date."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from landsteward.app.language import tr
from landsteward.app.map_picture import (
    PictureCaptions,
    keep_mark,
    picture_captions,
    save_picture,
)
from landsteward.domain.errors import KnownError
from landsteward.domain.exports import Exported
from ui import formats, theme
from ui.exporting import note, refused
from ui.map.look import Kind, colouring_word
from ui.operations import Progress
from ui.widgets.basics import button, column, label, row
from ui.widgets.fields import TextField
from ui.workbench import Workbench

if TYPE_CHECKING:
    from ui.map.sheet import MapSheet
    from ui.pages.map.panel import MapPanel


class AskPicture(QDialog):
    """Asks what is written on the picture, and as what it is saved."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        mark: str,
        save: Callable[[str, str, str], object],
    ) -> None:
        """`save` is given title, mark and kind of file."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Save picture"))
        self.setMinimumWidth(theme.current().px(440))
        self._save = save
        self.heading = TextField(tr("Title"), required=True)
        self.heading.write(title)
        self.mark = TextField(tr("Mark, e.g. 内部资料"))
        self.mark.write(mark)
        self.png = button(tr("As PNG…"), "", lambda: self._done("png"))
        self.pdf = button(tr("As PDF…"), "primary", lambda: self._done("pdf"))
        self.setLayout(
            column(
                label(tr("Save picture"), "title"),
                label(
                    tr("What the map shows now, at a round scale on A4, with its legend."),
                    "dim",
                    wrap=True,
                ),
                self.heading,
                self.mark,
                row(1, button(tr("Cancel"), "", self.reject), self.png, self.pdf),
                gap=12,
                margin=20,
            )
        )

    def _done(self, kind: str) -> None:
        if self.heading.commit() and self.mark.commit():
            self._save(self.heading.value(), self.mark.value(), kind)
            self.accept()


class PictureSaver(QObject):
    """Asks and saves for one map."""

    def __init__(self, bench: Workbench, panel: "MapPanel") -> None:
        super().__init__(panel)
        self._bench = bench
        self._panel = panel
        self.asking: AskPicture | None = None

    def ask(self) -> None:
        """Ask for words and a file, and write it."""
        if self._panel.content is not None:
            self._bench.operations.query(self, picture_captions, success=self._ask)

    def _ask(self, captions: PictureCaptions) -> None:
        word = colouring_word(self._panel.colouring.value())
        title = tr("Map of the parcels: {what}", what=word)

        def chosen(heading: str, mark: str, kind: str) -> None:
            self._ask_file(captions, heading, mark, kind)

        self.asking = AskPicture(self._panel.window(), title, captions.mark, chosen)
        self.asking.open()

    def _ask_file(self, captions: PictureCaptions, title: str, mark: str, kind: str) -> None:
        name = "".join(one for one in title if one not in '\\/:*?"<>|')
        chosen, _kind = QFileDialog.getSaveFileName(
            self._panel.window(), tr("Save picture"), f"{name}.{kind}", f"*.{kind}"
        )
        if chosen:
            self.save_to(Path(chosen), captions, title=title, mark=mark)

    def save_to(self, file: Path, captions: PictureCaptions, *, title: str, mark: str) -> None:
        """Write the view into a PNG or, by its name, a PDF."""
        sheet = self._sheet(captions, title, mark)
        if sheet is None or refused(self._bench):
            return

        def written(_nothing: object) -> None:
            line.say(tr("Saved {file}", file=file.name), "good")
            note(self._bench, Exported.MAP, title, file)

        pdf = file.suffix.lower() == ".pdf"

        def work(progress: Progress) -> None:
            from ui.map.sheet import last_of

            content = last_of(sheet.as_pdf() if pdf else sheet.as_png(), lambda: progress(0, 0))
            save_picture(content, path=file)

        line = self._panel.line
        self._bench.operations.change(
            self, lambda ctx: keep_mark(ctx, mark=mark), failure=lambda _error: None
        )
        running = self._bench.operations.task(
            self,
            work,
            success=written,
            failure=self._failed,
            stopped=line.settle,
        )
        line.working(tr("Drawing the picture…"), running.cancel)

    def _failed(self, error: KnownError) -> None:
        self._panel.line.settle()
        self._bench.operations.failed.emit(error)

    def _sheet(self, captions: PictureCaptions, title: str, mark: str) -> "MapSheet | None":
        from ui.map.sheet import MapSheet, SheetWords, in_view

        panel = self._panel
        scene, camera = panel.canvas.scene, panel.canvas.camera
        if scene is None:
            return None
        counts = in_view(scene, camera)
        kinds: list[tuple[Kind, int]] = [(kind, counts[at]) for at, kind in enumerate(scene.kinds)]
        words = SheetWords(
            title=title,
            mark=mark,
            maker=captions.organisation,
            day=formats.day(captions.on),
            system=f"{scene.shapes.plane.name} (EPSG:{scene.shapes.plane.epsg})",
            legend=colouring_word(panel.colouring.value()),
        )
        return MapSheet(scene, camera, kinds, words, panel.written_name)
