"""A campaign in a workspace that is open for reading only: seen whole, changed nowhere."""

import hashlib
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton

from landsteward.bootstrap import create_sample
from tests.helpers.office import SteppingClock
from tests.helpers.windows import Driver
from tests.ui.campaigns.conftest import asked
from ui.pages.campaigns.page import CampaignPage
from ui.widgets.basics import CHANGES
from ui.widgets.field import Field


def test_every_part_can_be_seen_and_none_be_changed(
    driver: Driver, tmp_path: Path, clock: SteppingClock
) -> None:
    file = tmp_path / "park.lsw"
    create_sample(file, today=clock.today())
    file.chmod(0o444)
    before = hashlib.sha256(file.read_bytes()).hexdigest()
    driver.window.open_file(file)
    driver.settle()
    driver.click(driver.window.welcome.message.action)
    driver.settle()
    for campaign in asked(driver, lambda ctx: ctx.workspace.campaigns.where()):
        for part in ("overview", "visits", "joint", "plan"):
            driver.go("campaign", campaign.id, part)
            driver.qtbot.wait(300)
            driver.settle()
            page = driver.shell.page
            assert isinstance(page, CampaignPage)
            assert page.tabs.current == part
            assert not driver.shell.message.isVisible(), driver.shell.message.text.text()
            assert not page.next.isVisible()
            assert not page.more.isEnabled()
            assert not page.tabs.buttons["choose"].isVisible()
            for made in page.findChildren(QAbstractButton):
                if made.isVisible() and made.property(CHANGES):
                    assert not made.isEnabled(), (part, made.text())
            for field in page.findChildren(Field):
                if field.isVisible() and field.autosaves:
                    assert field.locked, (part, field.caption.text())
    for part in ("visits", "plan", "campaigns", "cases"):
        driver.go("checkups", step=part)
        assert not driver.shell.message.isVisible(), driver.shell.message.text.text()
    driver.close()
    assert hashlib.sha256(file.read_bytes()).hexdigest() == before
