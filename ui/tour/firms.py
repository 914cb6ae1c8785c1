"""The leg of the tour through service firms: their records, one firm, its contract."""

from PySide6.QtCore import Qt

from landsteward.domain.text import msg
from ui.pages.firms.engagement import EngagementPage
from ui.pages.firms.firm import FirmPage
from ui.pages.firms.page import FirmsPage
from ui.pages.lists.page import ListPage
from ui.tour.walker import Walker


class FirmsLeg(Walker):
    """From the list of plans to the firms, into one and its contract."""

    def _firms(self) -> None:
        self._do(msg("Looking at the service firms"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["plans"])
        hand.until(lambda: isinstance(self._page, ListPage), msg("the list of plans"))
        plans = self._page
        assert isinstance(plans, ListPage)
        hand.click(plans.firms)
        hand.until(
            lambda: isinstance(self._page, FirmsPage) and bool(self._page.rows.rows),
            msg("the service firms"),
        )
        firms = self._page
        assert isinstance(firms, FirmsPage)
        self._picture("firms")
        names = [one.firm.name for one in firms.rows.rows]
        table = firms.table
        place = table.visualRect(firms.rows.index(names.index(self._script.firm), 0)).center()
        hand.click(table.viewport(), place)
        table.setFocus()
        hand.press(Qt.Key.Key_Return)
        hand.until(
            lambda: isinstance(self._page, FirmPage) and self._page.sheet is not None,
            msg("the firm's page"),
        )
        firm = self._page
        assert isinstance(firm, FirmPage)
        self._picture("firm")
        hand.click(firm.tabs.buttons["conflicts"])
        self._picture("firm-conflicts")
        hand.click(firm.tabs.buttons["contracts"])
        hand.click(next(iter(firm.contracts.links.values())))
        hand.until(
            lambda: isinstance(self._page, EngagementPage) and self._page.sheet is not None,
            msg("the contract's page"),
        )
        contract = self._page
        assert isinstance(contract, EngagementPage)
        self._picture("engagement")
        hand.click(contract.tabs.buttons["listed"])
        self._picture("engagement-enterprises")
