"""F1: the user guide, inside the program."""

from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QTextBrowser

from landsteward.app.language import current_language, tr
from ui import theme
from ui.pages.base import Page
from ui.widgets.basics import Card, column, label
from ui.workbench import Place, Workbench


class HelpPage(Page):
    """The guide in the language of the window."""

    def __init__(self, bench: Workbench, place: Place) -> None:
        super().__init__(bench, place)
        self.text = QTextBrowser()
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.setOpenLinks(False)
        self.text.document().setDocumentMargin(24)
        file = theme.RESOURCES / "help" / f"{current_language()}.md"
        self.text.setMarkdown(file.read_text(encoding="utf-8"))
        _use_semibold(self.text.document())
        card = Card(margin=0)
        card.add(self.text)
        self.setLayout(column(label(tr("User guide"), "title"), card, gap=12))

    def refresh(self) -> None:
        """The guide does not change."""


def _use_semibold(document: QTextDocument) -> None:
    """The bundled fonts have no bold, and a made-up one looks smeared."""
    bold: list[tuple[int, int]] = []
    block = document.begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            piece = pieces.fragment()
            if piece.charFormat().fontWeight() > QFont.Weight.DemiBold:
                bold.append((piece.position(), piece.length()))
            pieces += 1
        block = block.next()
    weight = QTextCharFormat()
    weight.setFontWeight(QFont.Weight.DemiBold)
    cursor = QTextCursor(document)
    for start, length in bold:
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(weight)
