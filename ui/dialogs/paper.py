"""A kept paper, seen as it left the house, and saved as it is."""

from PySide6.QtWidgets import QWidget

from landsteward.app.context import Context
from landsteward.app.register_papers import Paper, paper_content
from landsteward.domain.documents import document_number
from ui.dialogs.pdf import PdfDialog
from ui.workbench import Workbench


def number_of(paper: Paper) -> str:
    """The paper's 文号."""
    one = paper.document
    return document_number(one.code, one.year, one.number)


class PaperDialog(PdfDialog):
    """Shows the bytes that are kept."""

    def __init__(self, bench: Workbench, paper: Paper, parent: QWidget) -> None:
        super().__init__(bench, number_of(paper), parent)

        def read(ctx: Context) -> bytes:
            return paper_content(ctx, document=paper.document)

        bench.operations.query(self, read, success=self.show_content, failure=self.message.fail)
