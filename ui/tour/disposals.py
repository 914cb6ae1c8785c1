"""The leg of the tour through what is done about findings beside their rectification."""

from PySide6.QtCore import Qt

from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.findings_step import FindingsStep
from ui.pages.case.page import CasePage
from ui.pages.lists.page import ListPage
from ui.tour.walker import Walker


class DisposalsLeg(Walker):
    """Looks two findings up in the list: one that was sent on, one in a joint disposal."""

    def _disposals(self) -> None:
        self._do(msg("Looking at a slip to another authority"))
        step = self._finding(self._script.slip)
        step.detail_area.ensureWidgetVisible(self._sure(step.detail).slips)
        self._picture("finding-slip")
        self._do(msg("Looking at a joint disposal"))
        step = self._finding(self._script.joint)
        step.detail_area.ensureWidgetVisible(self._sure(step.detail).joint.bound.measures)
        self._picture("finding-joint")

    def _finding(self, title: str) -> FindingsStep:
        """Look a finding up in the list and open it."""
        hand = self._hand
        hand.click(self._shell.rail.buttons["findings"])
        page = self._page
        assert isinstance(page, ListPage)
        hand.click(page.panel.filter)
        hand.press(Qt.Key.Key_A, ctrl=True)
        hand.type(title)
        hand.until(lambda: len(page.model.ids) == 1, msg("the finding {title}", title=title))
        wanted = page.model.ids[0]
        hand.press(Qt.Key.Key_Down)
        hand.press(Qt.Key.Key_Return)
        hand.until(lambda: isinstance(self._page, CasePage), msg("the case's page"))
        step = self._step(CaseStep.FINDINGS, FindingsStep)
        hand.until(
            lambda: step.detail is not None and step.detail.finding_id == wanted,
            msg("the finding {title}", title=title),
        )
        return step
