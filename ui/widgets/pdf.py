"""A PDF seen inside the program, from its bytes: its own document, its own place, whole or wide."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QFrame, QWidget

from landsteward.app.language import tr
from ui import theme
from ui.widgets.basics import button

_PAPER_WIDTH = 980
"""A page as wide as the screen is read less easily than one as wide as paper."""


class PdfPages(QPdfView):
    """The pages below each other. `fit` switches between page width and whole page."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.document_shown = QPdfDocument(self)
        self._buffer: QBuffer | None = None
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocument(self.document_shown)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMaximumWidth(theme.current().px(_PAPER_WIDTH))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Dark, theme.current().colour("ground"))
        self.setPalette(palette)
        self.fit = button(tr("Whole page"), "small", self._switch_fit)

    def show_bytes(self, content: bytes) -> int:
        """Show this paper at the place the last one was read at; says how many pages it has."""
        place = self.verticalScrollBar().value() if self._buffer is not None else 0
        self.document_shown.close()
        buffer = QBuffer(self)
        buffer.setData(QByteArray(content))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document_shown.load(buffer)
        if self._buffer is not None:
            self._buffer.deleteLater()
        self._buffer = buffer
        self.verticalScrollBar().setValue(place)
        return self.document_shown.pageCount()

    def _switch_fit(self) -> None:
        whole = self.zoomMode() is QPdfView.ZoomMode.FitToWidth
        self.setZoomMode(QPdfView.ZoomMode.FitInView if whole else QPdfView.ZoomMode.FitToWidth)
        self.fit.setText(tr("Page width") if whole else tr("Whole page"))
