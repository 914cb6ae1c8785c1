"""Campaigns to begin a test with, by use cases only."""

from datetime import date
from typing import Any

from landsteward.app.campaign_visits import add_enterprises
from landsteward.app.campaigns import plan_campaign
from landsteward.app.register import add_enterprise
from landsteward.domain.campaigns import Campaign, Visit
from tests.helpers.office import Office


def enterprises(office: Office, count: int) -> list[str]:
    """So many more enterprises, 样品00号厂 and so on."""
    with office.land_inspector.change():
        return [
            add_enterprise(office.land_inspector, name=f"样品{number:02}号厂").id
            for number in range(count)
        ]


def campaign(office: Office, name: str = "第一批", **values: Any) -> Campaign:
    """A campaign of this year; both departments of the pack take part unless others are named."""
    return plan_campaign(office.land_inspector, name=name, **values)


def chosen(office: Office, campaign_: Campaign, *enterprise_ids: str) -> list[Visit]:
    """These enterprises in a campaign: its visits to them."""
    add_enterprises(office.land_inspector, campaign_id=campaign_.id, enterprise_ids=enterprise_ids)
    return visits(office, campaign_)


def visits(office: Office, campaign_: Campaign) -> list[Visit]:
    """The visits of a campaign as they stand."""
    return office.workspace.visits.where(campaign_id=campaign_.id)


def visit(office: Office, one: Visit) -> Visit:
    """A visit as it stands."""
    return office.workspace.visits.get(one.id)


NEXT_WEEK = date(2026, 3, 9)
"""A Monday, a week after the office's first day."""
