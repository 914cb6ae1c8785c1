"""The tour's look at who may what: the table of roles, and the window in a consultant's hands."""

from landsteward.domain.text import msg
from ui.pages.settings.page import SettingsPage
from ui.tour.walker import Walker


class RolesLeg(Walker):
    """From the rail to the settings' table of roles."""

    def _roles(self) -> None:
        self._do(msg("Looking at who may do what"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["settings"])
        hand.until(lambda: isinstance(self._page, SettingsPage), msg("the settings"))
        settings = self._page
        assert isinstance(settings, SettingsPage)
        hand.click(settings.tabs.buttons["access"])
        hand.until(lambda: settings.access.model.rowCount() > 0, msg("the table of roles"))
        self._picture("roles")
