"""The leg of the tour through a campaign: how far it is, its visits, joint visits, the week."""

from PySide6.QtCore import Qt

from landsteward.domain.text import msg
from ui.pages.campaigns.joint import JointPanel
from ui.pages.campaigns.page import CampaignPage
from ui.pages.checkups.page import CheckupsPage
from ui.tour.walker import Walker


class CampaignLeg(Walker):
    """From the list of campaigns into one, and what can be visited once is visited once."""

    def walk_campaign(self) -> None:
        """Leaves pictures of every part of a campaign's page."""
        self._do(msg("Looking at the campaigns"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["checkups"])
        page = self._page
        assert isinstance(page, CheckupsPage)
        hand.click(page.tabs.buttons["campaigns"])
        hand.until(lambda: page.campaigns.model.rowCount() > 1, msg("the campaigns"))
        self._picture("campaigns")
        self._do(msg("Opening a campaign"))
        table = page.campaigns.table
        names = [
            str(page.campaigns.model.index(row, 0).data())
            for row in range(page.campaigns.model.rowCount())
        ]
        row = next(place for place, name in enumerate(names) if self._script.campaign in name)
        hand.click(table.viewport(), table.visualRect(table.model().index(row, 0)).center())
        table.setFocus()
        hand.press(Qt.Key.Key_Return)
        hand.until(
            lambda: isinstance(self._page, CampaignPage) and self._page.view is not None,
            msg("the campaign's page"),
        )
        campaign = self._page
        assert isinstance(campaign, CampaignPage)
        hand.click(campaign.tabs.buttons["overview"])
        self._picture("campaign")
        hand.click(campaign.tabs.buttons["choose"])
        self._picture("campaign-choose")
        self._do(msg("Drawing visits together"))
        hand.click(campaign.tabs.buttons["joint"])
        panel = campaign.tabs.stack.currentWidget()
        assert isinstance(panel, JointPanel)
        hand.until(lambda: bool(panel.proposals), msg("what can be drawn together"))
        self._picture("campaign-joint")
        hand.click(panel.draw)
        hand.until(lambda: not panel.proposals, msg("the joint visits"))
        hand.click(campaign.tabs.buttons["visits"])
        self._picture("campaign-visits")
        hand.click(campaign.tabs.buttons["plan"])
        self._picture("campaign-plan")
