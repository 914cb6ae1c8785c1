"""The legs of the tour on which photos are looked at closely, marked and set side by side."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu

from landsteward.domain.photos import MarkKind
from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.pairs import PairSlot
from ui.tour.walker import Walker
from ui.viewer.dialog import PhotoDialog
from ui.widgets.photos import PhotoTile

_TAIL, _TIP, _WORDS = (0.22, 0.3), (0.47, 0.62), (0.08, 0.14)
"""Where the tour draws: parts of the picture."""


class PhotoLegs(Walker):
    """To be walked where a case has photos."""

    def _mark_photo(self, tile: PhotoTile) -> None:
        """Open a photo, draw an arrow, write beside it, close it again."""
        self._do(msg("Marking the photo"))
        hand = self._hand
        hand.click(tile)
        hand.until(lambda: bool(self._case.findChildren(PhotoDialog)), msg("the photo in large"))
        dialog = self._case.findChildren(PhotoDialog)[-1]
        hand.until(lambda: "✓" in dialog.facts.check.text(), msg("the content checked"))
        canvas, tools = dialog.canvas, dialog.tools
        hand.click(tools.tools[MarkKind.ARROW])
        hand.draw(canvas, canvas.shown_at(*_TAIL), canvas.shown_at(*_TIP))
        hand.click(tools.tools[MarkKind.TEXT])
        hand.click(canvas, canvas.shown_at(*_WORDS).toPoint())
        (line,) = canvas.findChildren(QLineEdit)
        line.setFocus()
        hand.type(self._script.mark)
        QTest.keyClick(line, Qt.Key.Key_Return)
        hand.until(lambda: len(dialog.evidence.marks) == 2, msg("both marks"))
        hand.click(tools.tools[MarkKind.TEXT])
        self._picture("photo", over=dialog)
        dialog.close()
        hand.settle()
        self._window.activateWindow()
        hand.settle()

    def _pair_photos(self, back: CaseStep) -> None:
        """Set the photo of the problem beside that of its cure, and go on where the tour was."""
        self._do(msg("Setting before and after side by side"))
        hand = self._hand
        self._case.show_step(CaseStep.FINDINGS)
        step = self._step(CaseStep.FINDINGS, FindingsStep)
        hand.until(
            lambda: step.detail is not None and step.detail.pairs.after.isVisibleTo(step),
            msg("the places for a pair"),
        )
        pairs = self._sure(step.detail).pairs
        for slot in (pairs.before, pairs.after):
            self._choose_first(slot)
        hand.until(lambda: len(pairs.rows) == 1, msg("the pair"))
        hand.bring_up(pairs)
        self._picture("case-pairs")
        # Without a window manager a menu that closes hands the keyboard to nobody.
        self._window.activateWindow()
        self._case.show_step(back)
        hand.until(lambda: self._case.shown is back, msg("the step {step}", step=back))

    def _choose_first(self, slot: PairSlot) -> None:
        self._hand.bring_up(slot)
        slot.setFocus()
        QTest.keyClick(slot, Qt.Key.Key_Return)
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            self._fail(msg("the photos to choose from"))
            return
        QTest.keyClick(menu, Qt.Key.Key_Down)
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self._hand.settle()
