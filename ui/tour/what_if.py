"""The leg of the tour through 测算: a lever moved, what comes of it, the least for each grade."""

from landsteward.domain.text import msg
from ui.pages.register.enterprise import EnterprisePage
from ui.pages.what_if.page import WhatIfPage
from ui.tour.walker import Walker


class WhatIfLeg(Walker):
    """From an enterprise's page, through its levers, to what each grade asks at least."""

    def _what_if(self, enterprise: EnterprisePage) -> None:
        self._do(msg("Working out what would become of it"))
        hand = self._hand
        hand.click(enterprise.what_if)
        hand.until(lambda: isinstance(self._page, WhatIfPage), msg("the what-if"))
        page = self._page
        assert isinstance(page, WhatIfPage)
        hand.until(lambda: page.ground is not None, msg("the field of the grading"))
        hand.click(page.levers.rows["tax_wan"].more)
        hand.until(lambda: page.scenario is not None, msg("the scenario"))
        self._picture("what-if")
        hand.click(page.tabs.buttons["least"])
        hand.until(lambda: bool(page.least.shown), msg("the least for each grade"))
        self._picture("what-if-least")
