"""The leg of the tour through 回头看: what is due, and a closed case that is looked at again."""

from PySide6.QtCore import Qt

from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.closure_step import ClosureStep
from ui.pages.case.page import CasePage
from ui.pages.tracking.page import TrackingPage
from ui.tour.walker import Walker


class LookBackLeg(Walker):
    """From the list of look-backs to the one that is due first."""

    def _look_backs(self) -> None:
        self._do(msg("Looking back at what was closed"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["follow_ups"])
        tracking = self._page
        assert isinstance(tracking, TrackingPage)
        hand.click(tracking.tabs.buttons["look_backs"])
        tab = tracking.look_backs
        assert tab is not None
        panel = tab.panel
        hand.until(lambda: len(panel.model.ids) > 0, msg("what is to be looked back at"))
        self._picture("look-backs")
        panel.table.setFocus()
        panel.table.selectRow(0)
        hand.press(Qt.Key.Key_Return)
        hand.until(lambda: isinstance(self._page, CasePage), msg("the case's page"))
        hand.until(lambda: self._case.shown is CaseStep.CLOSURE, msg("the closure"))
        step = self._step(CaseStep.CLOSURE, ClosureStep)
        hand.until(step.look_back.isVisible, msg("the look-back"))
        self._picture("case-look-back")
