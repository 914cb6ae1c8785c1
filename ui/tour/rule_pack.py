"""The tour's look at the rule pack: a checklist and the law behind one of its items."""

from landsteward.domain.text import msg
from ui.pages.rules.bases import BasisLine
from ui.pages.rules.page import RulePackPage
from ui.pages.settings.page import SettingsPage
from ui.tour.walker import Walker


class RulePackLeg(Walker):
    """From the settings to what an item rests on."""

    def _rule_pack(self) -> None:
        self._do(msg("Looking at the rule pack"))
        hand = self._hand
        hand.click(self._shell.rail.buttons["settings"])
        hand.until(lambda: isinstance(self._page, SettingsPage), msg("the settings"))
        settings = self._page
        assert isinstance(settings, SettingsPage)
        hand.click(settings.tabs.buttons["rules"])
        hand.click(settings.look_at_rules)
        hand.until(
            lambda: isinstance(self._page, RulePackPage) and self._page.view is not None,
            msg("the rule pack"),
        )
        page = self._page
        assert isinstance(page, RulePackPage)
        hand.click(next(made for key, made in page.sides.items() if key.startswith("items/")))
        hand.until(lambda: bool(page.detail.findChildren(BasisLine)), msg("what an item rests on"))
        hand.click(page.detail.findChildren(BasisLine)[0].head)
        self._picture("rule-pack")
