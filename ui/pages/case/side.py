"""Beside the steps: the case's photos and everything that happened in it."""

from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextBrowser

from landsteward.app.language import tr
from landsteward.domain.states import CaseStage
from ui import theme
from ui.pages.case.history import Line, told
from ui.pages.case.pool import PoolPanel
from ui.pages.case.reading import CaseHead
from ui.pages.case.work import CaseWork
from ui.widgets.basics import Card, label

WIDTH = 244


class SidePanel(Card):
    """Photos above, timeline below. A photo can be dragged from here to what it proves."""

    def __init__(self, work: CaseWork) -> None:
        super().__init__(margin=14)
        self._work = work
        self.setFixedWidth(theme.current().px(WIDTH))
        self.pool = PoolPanel(work)
        self.photos = self.pool.strip
        self.timeline = _Timeline()
        self.add(self.pool)
        self.body.addSpacing(4)
        self.add(label(tr("What happened"), "heading"))
        self.add(self.timeline, 1)

    def present(self, head: CaseHead) -> None:
        """Show the pool and the timeline."""
        self.pool.present(
            head.pool, head.loose, fixed=head.overview.case.stage is CaseStage.ARCHIVED
        )
        self.timeline.present(head)


class _Timeline(QTextBrowser):
    """Who did what when, newest first; to be read and copied. A click opens a line of several."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._turn)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setObjectName("timeline")
        self.setAccessibleName(tr("What happened"))
        self.document().setDocumentMargin(0)
        self.viewport().setAutoFillBackground(False)
        self._shown: list[Line] = []
        self._open: set[Line] = set()

    def present(self, head: CaseHead) -> None:
        """Show the entries; nothing is touched where they are the same."""
        entries = told(head)
        if entries == self._shown:
            return
        self._shown = entries
        self._write()

    def _turn(self, link: QUrl) -> None:
        self._open ^= {self._shown[int(link.path())]}
        self._write()

    def _write(self) -> None:
        look = theme.current()
        time = QTextCharFormat()
        time.setForeground(look.colour("dim"))
        what = QTextCharFormat()
        what.setForeground(look.colour("ink"))
        block = QTextBlockFormat()
        block.setBottomMargin(6)
        top = self.verticalScrollBar().value()
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        inner = QTextBlockFormat()
        inner.setLeftMargin(look.px(14))
        inner.setBottomMargin(2)
        for number, line in enumerate(self._shown):
            if number:
                cursor.insertBlock()
            cursor.setBlockFormat(block)
            cursor.insertText(f"{line.when}  ", time)
            opened = line in self._open
            if line.parts:
                link = QTextCharFormat(what)
                link.setAnchor(True)
                link.setAnchorHref(str(number))
                link.setForeground(look.colour("accent"))
                cursor.insertText(f"{line.what} {'▾' if opened else '▸'}", link)
            else:
                cursor.insertText(line.what, what)
            if line.actor:
                cursor.insertText(f"  {line.actor}", time)
            for part in line.parts if opened else ():
                cursor.insertBlock(inner)
                cursor.insertText(part, time)
        cursor.endEditBlock()
        self.verticalScrollBar().setValue(top)
