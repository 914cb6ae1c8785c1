"""Before and after, large and side by side; zoomed together."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.pictures import large_picture
from landsteward.domain.casework import Evidence
from ui import theme
from ui.viewer.canvas import PhotoCanvas
from ui.viewer.facts import taken_in_words
from ui.widgets.basics import ElidedLabel, button, column, label, row
from ui.workbench import Workbench


class CompareDialog(QDialog):
    """Use `open()`; it goes by itself."""

    def __init__(
        self, bench: Workbench, before: Evidence, after: Evidence, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle(tr("Before and after"))
        self._bench = bench
        self.canvases = (PhotoCanvas(), PhotoCanvas())
        sides = row(gap=12)
        words = (tr("Before"), tr("After"))
        for canvas, one, word in zip(self.canvases, (before, after), words, strict=True):
            sides.addLayout(self._side(canvas, one, word), 1)
        zoom = row(
            button("－", "small", lambda: self._zoom(0.8), hint=tr("Smaller")),
            button("＋", "small", lambda: self._zoom(1.25), hint=tr("Larger")),
            1,
            button(tr("Close"), "", self.close),
        )
        layout = column(gap=10, margin=16)
        layout.addLayout(sides, 1)
        layout.addLayout(zoom)
        self.setLayout(layout)
        look = theme.current()
        self.resize(look.px(1120), look.px(600))

    def _side(self, canvas: PhotoCanvas, one: Evidence, word: str) -> QVBoxLayout:
        canvas.show_marks(one.marks, one.turn)

        def read(ctx: Context) -> QImage:
            content = large_picture(ctx, sha256=one.sha256)
            return QImage.fromData(content) if content is not None else QImage()

        def arrived(image: QImage) -> None:
            if image.isNull():
                canvas.show_nothing(one.file_name)
            canvas.show_picture(image)

        self._bench.operations.query(canvas, read, success=arrived)
        said = " · ".join(part for part in (one.caption, taken_in_words(one)) if part)
        made = column(label(word, "heading"), ElidedLabel(said or one.file_name, "dim"), gap=4)
        made.addWidget(canvas, 1)
        return made

    def _zoom(self, factor: float) -> None:
        for canvas in self.canvases:
            canvas.zoom_by(factor)
