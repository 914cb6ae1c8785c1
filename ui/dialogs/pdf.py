"""A paper seen inside the program before it is saved; what shows which one comes from below."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from landsteward.app.files import write_whole
from landsteward.app.language import tr
from ui import theme
from ui.widgets.basics import button, column, label, row
from ui.widgets.pdf import PdfPages
from ui.widgets.signs import MessageBar
from ui.workbench import Workbench


class PdfDialog(QDialog):
    """Use `open()`; it goes by itself. `show_content` puts the paper on the screen."""

    def __init__(self, bench: Workbench, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.bench = bench
        self._title = title
        self.content = b""
        self.message = MessageBar()
        self.pages = PdfPages(self)
        self.count = label("", "dim")
        self.save = button(tr("Save as PDF…"), "", self._ask_target)
        self.save.setEnabled(False)
        middle = row(gap=0)
        middle.addWidget(self.pages)
        close = button(tr("Close"), "", self.close)
        buttons = row(self.count, 1, self.pages.fit, self.save, close)
        layout = column(self.message, gap=10, margin=16)
        layout.addLayout(middle, 1)
        layout.addLayout(buttons)
        self.setLayout(layout)
        look = theme.current()
        self.resize(look.px(900), look.px(680))

    def show_content(self, content: bytes) -> None:
        """Show the paper."""
        self.content = content
        self.save.setEnabled(True)
        self.count.setText(tr("{count} pages", count=self.pages.show_bytes(content)))

    def save_to(self, target: Path) -> None:
        """Write the very bytes that are seen into a file."""
        content = self.content
        self.bench.operations.task(
            self,
            lambda _progress: write_whole(target, content),
            success=lambda _done: self.message.say(tr("Saved {file}", file=target), "good"),
            failure=self.message.fail,
        )

    def done(self, result: int) -> None:
        """Let go of the paper before the dialog goes."""
        self.pages.document_shown.close()
        super().done(result)
        self.deleteLater()

    def _ask_target(self) -> None:
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            tr("Save the paper"),
            str(Path.home() / f"{self._title}.pdf"),
            "PDF (*.pdf)",
        )
        if chosen:
            self.save_to(Path(chosen))
