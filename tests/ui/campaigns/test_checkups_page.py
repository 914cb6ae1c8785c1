"""体检: visits that are due, today's, mine; campaigns; cases by stage."""

from datetime import timedelta

from landsteward.app.campaign_visits import assign_inspectors, set_days
from landsteward.app.cases import open_case
from landsteward.app.context import Context
from landsteward.domain.campaigns import Campaign
from tests.helpers.windows import Driver
from tests.ui.campaigns.conftest import asked, done
from ui.pages.campaigns.page import CampaignPage
from ui.pages.checkups.page import CheckupsPage


def page_of(driver: Driver, step: str = "") -> CheckupsPage:
    driver.go("checkups", step=step)
    page = driver.shell.page
    assert isinstance(page, CheckupsPage)
    return page


def schedule(driver: Driver, campaign: Campaign) -> None:
    """One visit yesterday, two today of which one is a colleague's, the rest without a day."""

    def work(ctx: Context) -> None:
        ids = [one.id for one in ctx.workspace.visits.where(campaign_id=campaign.id)]
        set_days(ctx, visit_ids=ids[:1], first=ctx.today() - timedelta(days=1))
        set_days(ctx, visit_ids=ids[1:3], first=ctx.today())
        colleague = ctx.workspace.people.where(name="沈负责")[0]
        assign_inspectors(ctx, visit_ids=ids[2:3], inspector_ids=[colleague.id])

    done(driver, work)


def test_due_today_and_mine_are_one_click_each(county: Driver, planned: Campaign) -> None:
    schedule(county, planned)
    page = page_of(county)
    rows = page.visits.count
    county.qtbot.waitUntil(lambda: rows.text() == "5 rows")
    county.click(page.visits.quick["today"])
    county.settle()
    assert rows.text() == "2 rows"
    county.click(page.visits.quick["mine"])
    county.settle()
    assert rows.text() == "1 rows"
    county.click(page.visits.quick["late"])
    county.settle()
    assert rows.text() == "1 rows"
    assert not page.visits.quick["today"].isChecked()
    county.click(page.visits.filters.chips()[-1])
    county.settle()
    assert rows.text() == "5 rows"
    assert not any(one.isChecked() for one in page.visits.quick.values())


def test_a_campaign_of_the_list_opens(county: Driver, planned: Campaign) -> None:
    page = page_of(county, "campaigns")
    table = page.campaigns.table
    assert page.campaigns.model.index(0, 0).data() == planned.name
    table.opened.emit(0)
    county.settle()
    assert isinstance(county.shell.page, CampaignPage)
    assert county.shell.page.place().record_id == planned.id


def test_a_stage_leads_to_the_cases_of_it(county: Driver) -> None:
    enterprise = asked(county, lambda ctx: ctx.workspace.enterprises.where()[0].id)
    done(county, lambda ctx: open_case(ctx, enterprise_id=enterprise, parcel_id=None))
    page = page_of(county, "registered")
    assert page.tabs.current == "cases"
    assert page.cases.count.text() == "1 rows"
    assert page.place().step == "registered"
    county.go("checkups", step="closed")
    assert page.cases.model.rowCount() == 0


def test_without_visits_the_page_offers_a_campaign(county: Driver) -> None:
    page = page_of(county)
    county.qtbot.waitUntil(page.visits.empty.isVisible)
    assert page.visits.empty.action.text() == "New campaign"
