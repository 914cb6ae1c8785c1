"""Papers seen inside the window, and saved as they are."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.app.register_papers import Paper, paper_content
from landsteward.domain.documents import document_number
from ui import theme
from ui.widgets.basics import button, column, label, row
from ui.widgets.pdf import PdfPages
from ui.widgets.signs import MessageBar
from ui.workbench import Workbench


def number_of(paper: Paper) -> str:
    """The paper's 文号."""
    one = paper.document
    return document_number(one.code, one.year, one.number)


class PdfDialog(QDialog):
    """A PDF, looked at and saved as it is. Use `open()`; it goes by itself."""

    def __init__(self, bench: Workbench, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._bench = bench
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
        """Show these bytes; from now on they can be saved."""
        self.content = content
        self.save.setEnabled(True)
        self.count.setText(tr("{count} pages", count=self.pages.show_bytes(content)))

    def save_to(self, target: Path) -> None:
        """Write the very bytes that are shown into a file."""
        content = self.content
        self._bench.operations.task(
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


class PaperDialog(PdfDialog):
    """A kept paper, as it left the house."""

    def __init__(self, bench: Workbench, paper: Paper, parent: QWidget) -> None:
        super().__init__(bench, number_of(paper), parent)

        def read(ctx: Context) -> bytes:
            return paper_content(ctx, document=paper.document)

        bench.operations.query(self, read, success=self.show_content, failure=self.message.fail)
