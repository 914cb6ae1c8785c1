"""The leg of the tour through the checkup: measured, noted, printed, signed and locked."""

import math

from PySide6.QtCore import QPoint, Qt

from landsteward.domain.states import CaseStep, NextStep
from landsteward.domain.text import msg
from ui.dialogs.form_paper import FormPaperDialog
from ui.pages.case.checkup_line import CheckLine
from ui.pages.case.checkup_signers import SignerRow
from ui.pages.case.checkup_step import CheckupStep
from ui.tour.photos import PhotoLegs

_SIGNATURE = [
    [
        (
            0.16 + 0.22 * number + 0.18 * turn / 24,
            0.45 + 0.14 * math.sin(turn / 2.6 + number) - 0.05 * math.cos(turn / 1.3),
        )
        for turn in range(25)
    ]
    for number in range(3)
]
"""Three strokes, as shares of the pad."""


class CheckupLeg(PhotoLegs):
    """Works on the form as an inspector does."""

    def _checkup(self) -> None:
        self._do(msg("Starting the checkup"))
        hand, script = self._hand, self._script
        self._next(NextStep.START_CHECKUP, then=NextStep.ANSWER_ITEMS)
        step = self._step(CaseStep.CHECKUP, CheckupStep)
        hand.until(lambda: self._line(step) is not None, msg("the item {item}", item=script.item))
        self._do(msg("Measuring"))
        line = self._sure(self._line(step))
        assert line.value is not None
        hand.click(line.value.line)
        hand.type(script.value)
        hand.press(Qt.Key.Key_Return)
        hand.until(lambda: line.strip is not None and line.strip.isVisible(), msg("the breach"))
        self._do(msg("Noting and attaching a photo"))
        line.setFocus()
        hand.press(Qt.Key.Key_N)
        detail = line.detail
        assert detail is not None
        hand.write(detail.note.edit, script.note)
        line.setFocus()
        hand.paste_file(script.before)
        hand.until(lambda: len(detail.photos.tiles) == 1, msg("the photo"))
        self._mark_photo(detail.photos.tiles[0])
        assert line.strip is not None
        hand.click(line.strip.action)
        hand.until(
            lambda: line.data is not None and line.data.sheet.finding is not None,
            msg("the finding"),
        )
        self._picture("case-checkup")
        self._blank_form(step)
        self._do(msg("Answering the rest"))
        for key, chosen in list(step.sections.items()):
            if key in self._departments:
                hand.click(chosen)
                if step.rest.isVisible() and step.rest.isEnabled():
                    hand.click(step.rest)
        hand.until(lambda: self._now is NextStep.FINISH_CHECKUP, msg("all items answered"))
        self._do(msg("Finishing the checkup"))
        hand.click(self._case.header.next)
        hand.write(step.finish.conclusion.edit, script.conclusion)
        hand.write(step.finish.signing.representative.line, script.representative)
        self._do(msg("Signing"))
        self._sign(step.finish.signing.inspectors.all[0])
        self._sign(step.finish.signing.signs, picture="case-checkup-sign")
        self._picture("case-checkup-finish")
        hand.click(step.finish.button)
        hand.until(lambda: self._now is NextStep.CONFIRM_FINDINGS, msg("the report"))

    def _blank_form(self, step: CheckupStep) -> None:
        self._do(msg("Looking at the blank form"))
        step.side.blank.trigger()
        self._hand.until(
            lambda: any(one.content for one in step.findChildren(FormPaperDialog)),
            msg("the blank form"),
        )
        (paper,) = step.findChildren(FormPaperDialog)
        self._picture("case-checkup-blank", over=paper)
        paper.close()
        self._back_to_the_window()

    def _sign(self, row: SignerRow, *, picture: str = "") -> None:
        """Sign on the pad as a hand does."""
        self._hand.click(row.sign)
        dialog = self._sure(row.dialog)
        self._hand.until(dialog.isVisible, msg("the pad"))
        width, height = dialog.pad.width(), dialog.pad.height()
        for stroke in _SIGNATURE:
            self._hand.draw_along(
                dialog.pad, [QPoint(round(x * width), round(y * height)) for x, y in stroke]
            )
        if picture:
            self._picture(picture, over=dialog)
        self._hand.click(dialog.keep)
        self._back_to_the_window()
        self._hand.until(lambda: row.signed is not None, msg("the signature"))

    def _back_to_the_window(self) -> None:
        """Without a window manager nobody hands the keyboard back to the window."""
        self._window.activateWindow()
        self._hand.settle()

    def _line(self, step: CheckupStep) -> CheckLine | None:
        for one in step.lines.all:
            if one.data is not None and one.data.sheet.item.key == self._script.item:
                return one
        return None

    @property
    def _departments(self) -> set[str]:
        head = self._sure(self._case.work.head)
        return set(self._sure(head.checkup).departments)
