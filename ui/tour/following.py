"""The leg of the tour through what is followed: the desk of all, the list, a case, its ledger."""

from PySide6.QtCore import Qt

from landsteward.domain.desk import Scope
from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.follow_up_step import FollowUpStep
from ui.pages.case.page import CasePage
from ui.pages.desk.page import DeskPage
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.tracking.page import TrackingPage
from ui.tour.walker import Walker


class FollowingLeg(Walker):
    """Opens the most urgent of all that is followed."""

    def _following(self) -> None:
        self._do(msg("Looking at what is due for all"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["desk"])
        desk = self._page
        assert isinstance(desk, DeskPage)
        hand.click(desk.segments[Scope.ALL])
        self._picture("desk-all")
        self._do(msg("Following the most urgent step"))
        hand.click(self._shell.rail.buttons["follow_ups"])
        tracking = self._page
        assert isinstance(tracking, TrackingPage)
        panel = tracking.under_way
        hand.until(lambda: len(panel.model.ids) > 1, msg("what is followed"))
        panel.table.setFocus()
        panel.table.selectRow(1)
        self._picture("tracking")
        hand.press(Qt.Key.Key_Return)
        hand.until(lambda: isinstance(self._page, CasePage), msg("the case's page"))
        hand.until(lambda: self._case.shown is CaseStep.FOLLOW_UP, msg("the follow-up"))
        step = self._step(CaseStep.FOLLOW_UP, FollowUpStep)
        hand.until(lambda: bool(step.extensions.all), msg("the extensions"))
        hand.bring_up(step.extensions.all[-1])
        self._picture("case-extensions")
        self._do(msg("Reading the per-mu ledger"))
        hand.click(self._case.header.register_link)
        hand.until(lambda: isinstance(self._page, EnterprisePage), msg("the enterprise's page"))
        page = self._page
        assert isinstance(page, EnterprisePage)
        hand.click(page.tabs.buttons["ledger"])
        self._picture("enterprise-ledger")
