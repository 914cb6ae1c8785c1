"""The leg of the tour before the next visit: permits, and the preparation sheet."""

from landsteward.domain.states import CaseStep
from landsteward.domain.text import msg
from ui.pages.case.checkup_step import CheckupStep
from ui.pages.case.page import CasePage
from ui.pages.preparation.page import PreparationPage
from ui.pages.register.enterprise import EnterprisePage
from ui.tour.walker import Walker


class PreparationLeg(Walker):
    """From an enterprise's page through a new case to its preparation sheet."""

    def _preparation(self, page: EnterprisePage) -> None:
        hand = self._hand
        hand.click(page.tabs.buttons["permits"])
        self._picture("enterprise-permits")
        hand.click(page.start)
        hand.until(lambda: isinstance(self._page, CasePage), msg("the case's page"))
        hand.until(lambda: self._case.shown is CaseStep.REGISTER, msg("the schedule"))
        self._case.show_step(CaseStep.CHECKUP)
        step = self._step(CaseStep.CHECKUP, CheckupStep)
        hand.until(step.preparation.isVisible, msg("the way to the preparation sheet"))
        hand.click(step.preparation)
        hand.until(lambda: isinstance(self._page, PreparationPage), msg("the preparation sheet"))
        sheet = self._page
        assert isinstance(sheet, PreparationPage)
        hand.until(lambda: bool(sheet.suspicions.all), msg("what is suspected"))
        self._picture("preparation")
        hand.click(sheet.tabs.buttons["paper"])
        shown = sheet.pages.document_shown
        hand.until(lambda: shown.pageCount() > 0, msg("the sheet as paper"))
        self._picture("preparation-paper")
