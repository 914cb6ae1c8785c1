"""Papers seen inside the window, and saved as they are."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from landsteward.app.context import Context
from landsteward.app.files import write_whole
from landsteward.app.language import tr
from landsteward.app.register_papers import paper_content
from landsteward.domain.documents import IssuedDocument, document_number
from landsteward.domain.exports import Exported
from ui import theme
from ui.exporting import note, refused
from ui.widgets.basics import button, column, label, row
from ui.widgets.pdf import PdfPages
from ui.widgets.signs import MessageBar
from ui.workbench import Workbench


def number_of(one: IssuedDocument) -> str:
    """The paper's 文号."""
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
        if refused(self._bench):
            return
        content = self.content

        def written(_done: object) -> None:
            self.message.say(tr("Saved {file}", file=target), "good")
            note(self._bench, Exported.PAPER, self._title, target)

        self._bench.operations.task(
            self,
            lambda _progress: write_whole(target, content),
            success=written,
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
    """A kept paper, bit for bit as it left the house."""

    def __init__(self, bench: Workbench, document: IssuedDocument, parent: QWidget) -> None:
        super().__init__(bench, number_of(document), parent)

        def read(ctx: Context) -> bytes:
            return paper_content(ctx, document=document)

        bench.operations.query(self, read, success=self.show_content, failure=self.message.fail)
