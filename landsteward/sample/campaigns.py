"""The campaigns of `resources/sample/campaigns.toml`: planned on their day, visited by stories."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta

import msgspec

from landsteward.app.campaign_visits import add_enterprises, set_days
from landsteward.app.campaigns import plan_campaign
from landsteward.app.context import Context
from landsteward.domain.register import Enterprise
from landsteward.sample.content import FOLDER, Table


class VisitEntry(Table):
    """An enterprise to visit, on a day where one is set."""

    enterprise: str
    on: int | None = None


class CampaignEntry(Table):
    """A campaign; `{year}` in its name is the year it is planned in."""

    name: str
    who: str
    day: int
    from_on: int
    to_on: int
    inspectors: list[str]
    visits: list[VisitEntry]
    departments: list[str] | None = None
    together: bool = True


class _Campaigns(Table):
    campaigns: list[CampaignEntry]


def read_campaigns() -> list[CampaignEntry]:
    """The campaigns, oldest first."""
    return msgspec.toml.decode((FOLDER / "campaigns.toml").read_bytes(), type=_Campaigns).campaigns


def happenings(
    staff: Mapping[str, Context], today: date, enterprises: Mapping[str, Enterprise]
) -> list[tuple[int, Callable[[], None]]]:
    """What plans them, each with its day."""

    def plan(entry: CampaignEntry) -> None:
        ctx = staff[entry.who]
        campaign = plan_campaign(
            ctx,
            name=entry.name.format(year=ctx.today().year),
            departments=entry.departments,
            inspectors=[staff[key].actor.id for key in entry.inspectors],
            from_on=today + timedelta(days=entry.from_on),
            to_on=today + timedelta(days=entry.to_on),
            together=entry.together,
        )
        by_key = {enterprises[one.enterprise].id: one for one in entry.visits}
        add_enterprises(ctx, campaign_id=campaign.id, enterprise_ids=list(by_key))
        for visit in ctx.workspace.visits.where(campaign_id=campaign.id):
            on = by_key[visit.enterprise_id].on
            if on is not None:
                set_days(ctx, visit_ids=[visit.id], first=today + timedelta(days=on))

    def told(entry: CampaignEntry) -> Callable[[], None]:
        return lambda: plan(entry)

    return [(entry.day, told(entry)) for entry in read_campaigns()]
