"""Campaigns (体检批次): planned, changed, ended. Their visits are in `campaign_visits`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from landsteward.app.context import Context
from landsteward.domain.campaigns import Campaign, Visit, united, without
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.states import CampaignState
from landsteward.domain.text import msg

_YEARS = range(2000, 2101)
CHANGED_FIELDS = frozenset(
    {"year", "name", "departments", "inspectors", "from_on", "to_on", "together", "note"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignRemoved:
    """A campaign that was taken away with its visits, to bring it back."""

    campaign: Campaign
    visit_ids: tuple[str, ...]


def plan_campaign(
    ctx: Context,
    *,
    name: str,
    year: int | None = None,
    departments: Sequence[str] | None = None,
    inspectors: Sequence[str] = (),
    from_on: date | None = None,
    to_on: date | None = None,
    together: bool = True,
) -> Campaign:
    """Plan a campaign of a year (this one, unless another is named).

    Without departments, those that the pack has on by default.
    """
    ctx.require(Action.PLAN_VISITS)
    usual = [one.key for one in ctx.pack().departments if one.on]
    campaign = Campaign(
        id=ctx.ids.new(),
        year=ctx.today().year if year is None else year,
        name=" ".join(name.split()),
        departments=_known(ctx, usual if departments is None else departments),
        inspectors=tuple(inspectors),
        from_on=from_on,
        to_on=to_on,
        together=together,
    )
    _refuse_nonsense(ctx, campaign)
    with ctx.change():
        ctx.workspace.campaigns.add(campaign)
    return campaign


def next_name(ctx: Context) -> str:
    """A name nobody has used yet, as counties number their rounds: 2026年第2批企业健康体检."""
    year = ctx.today().year
    taken = {one.name for one in ctx.workspace.campaigns.where()}
    number = ctx.workspace.campaigns.count(year=year) + 1
    while (name := f"{year}年第{number}批企业健康体检") in taken:
        number += 1
    return name


def edit_campaign(ctx: Context, *, campaign_id: str, **values: Any) -> Campaign:
    """Change what is said of a campaign: any of CHANGED_FIELDS.

    Visits that have not been opened follow its departments: where all come together they are made
    by the new ones; where each comes by itself, those of a department that joins are added and
    those of one that leaves are taken out.
    """
    ctx.require(Action.PLAN_VISITS)
    unknown = values.keys() - CHANGED_FIELDS
    if unknown:
        raise TypeError(f"not changed here: {', '.join(sorted(unknown))}")
    before = living_campaign(ctx, campaign_id=campaign_id)
    if "name" in values:
        values["name"] = " ".join(values["name"].split())
    if "departments" in values:
        values["departments"] = _known(ctx, values["departments"])
    campaign = replace(before, **values)
    _refuse_nonsense(ctx, campaign)
    if campaign.together != before.together and ctx.workspace.visits.count(campaign_id=campaign_id):
        raise RefusedMoveError(
            msg("Enterprises have been chosen already."),
            where=campaign.name,
            remedy=msg("Draw visits together, or plan another campaign."),
        )
    with ctx.change():
        ctx.workspace.campaigns.save(campaign)
        if campaign.departments != before.departments:
            _follow_departments(ctx, before, campaign)
    return campaign


def _follow_departments(ctx: Context, before: Campaign, now: Campaign) -> None:
    visits = ctx.workspace.visits
    joining = without(now.departments, before.departments)
    leaving = without(before.departments, now.departments)
    of_campaign = visits.where(campaign_id=now.id)
    waiting = [one for one in of_campaign if not _is_opened(ctx, one)]
    if now.together:
        for one in waiting:
            left = united([without(one.departments, leaving), joining])
            in_order = tuple(key for key in now.departments if key in left)
            visits.save(replace(one, departments=in_order or now.departments))
        return
    for one in waiting:
        if not without(one.departments, leaving):
            _refuse_joint(ctx, one)
            visits.retire(one.id)
    enterprises = dict.fromkeys(one.enterprise_id for one in of_campaign)
    by_department = inspectors_by_department(ctx, now)
    visits.add_many(
        Visit(
            id=ctx.ids.new(),
            campaign_id=now.id,
            enterprise_id=enterprise_id,
            departments=(department,),
            inspectors=by_department.get(department, ()),
        )
        for enterprise_id in enterprises
        for department in joining
    )


def _is_opened(ctx: Context, visit: Visit) -> bool:
    made = ctx.workspace.visits.get(visit.joined_into) if visit.joined_into else visit
    return made.checkup_id is not None


def _refuse_joint(ctx: Context, visit: Visit) -> None:
    if visit.joined_into is not None or ctx.workspace.visits.count(joined_into=visit.id):
        raise RefusedMoveError(
            msg("This visit was drawn together with others."),
            where=ctx.workspace.enterprises.get(visit.enterprise_id).name,
            remedy=msg("Take the joint visit apart first."),
        )


def inspectors_by_department(ctx: Context, campaign: Campaign) -> dict[str, tuple[str, ...]]:
    """The campaign's inspectors by the department they work for."""
    found: dict[str, list[str]] = {}
    for person_id in campaign.inspectors:
        person = ctx.workspace.people.get(person_id)
        department = ctx.workspace.organisations.get(person.organisation_id).department
        found.setdefault(department or "", []).append(person_id)
    return {department: tuple(people) for department, people in found.items()}


def end_campaign(ctx: Context, *, campaign_id: str) -> Campaign:
    """End a campaign: what was not visited is not visited any more, and counts no longer.

    Visits of other campaigns that were drawn into one of those stand for themselves again.
    """
    ctx.require(Action.PLAN_VISITS)
    campaign = living_campaign(ctx, campaign_id=campaign_id)
    ended = replace(campaign, state=CampaignState.ENDED)
    with ctx.change():
        visits = ctx.workspace.visits
        for host in visits.where(campaign_id=campaign_id, checkup_id=None, joined_into=None):
            for one in visits.where(joined_into=host.id):
                if one.campaign_id != campaign_id:
                    visits.save(replace(one, joined_into=None))
        ctx.workspace.campaigns.save(ended)
    return ended


def reopen_campaign(ctx: Context, *, campaign_id: str) -> Campaign:
    """Take up a campaign that was ended."""
    ctx.require(Action.PLAN_VISITS)
    campaign = replace(ctx.workspace.campaigns.get(campaign_id), state=CampaignState.RUNNING)
    with ctx.change():
        ctx.workspace.campaigns.save(campaign)
    return campaign


def remove_campaign(ctx: Context, *, campaign_id: str) -> CampaignRemoved:
    """Take a campaign away with its visits, as long as none has been opened."""
    ctx.require(Action.PLAN_VISITS)
    space = ctx.workspace
    campaign = space.campaigns.get(campaign_id)
    visits = space.visits.where(campaign_id=campaign_id)
    for one in visits:
        if _is_opened(ctx, one):
            raise RefusedMoveError(
                msg("Visits of this campaign have been opened already."),
                where=campaign.name,
                remedy=msg("End the campaign instead."),
            )
        for other in space.visits.where(joined_into=one.id):
            if other.campaign_id != campaign_id:
                _refuse_joint(ctx, one)
    with ctx.change():
        for one in visits:
            space.visits.retire(one.id)
        space.campaigns.retire(campaign_id)
    return CampaignRemoved(campaign=campaign, visit_ids=tuple(one.id for one in visits))


def bring_campaign_back(ctx: Context, *, removed: CampaignRemoved) -> None:
    """Undo a removal."""
    ctx.require(Action.PLAN_VISITS)
    with ctx.change():
        ctx.workspace.reversals.bring_back("campaigns", removed.campaign.id)
        for visit_id in removed.visit_ids:
            ctx.workspace.reversals.bring_back("visits", visit_id)


def living_campaign(ctx: Context, *, campaign_id: str) -> Campaign:
    """The campaign, for whoever is about to change it or its visits. Raises RefusedMoveError."""
    campaign = ctx.workspace.campaigns.get(campaign_id)
    if campaign.state is CampaignState.ENDED:
        raise RefusedMoveError(
            msg("The campaign has ended."),
            where=campaign.name,
            remedy=msg("Take it up again, or plan another one."),
        )
    return campaign


def _known(ctx: Context, keys: Sequence[str]) -> tuple[str, ...]:
    """The departments of the pack among these, in its order."""
    return tuple(one.key for one in ctx.pack().departments if one.key in keys)


def _refuse_nonsense(ctx: Context, campaign: Campaign) -> None:
    refusal = None
    if not campaign.name:
        refusal = msg("A campaign needs a name.")
    elif campaign.year not in _YEARS:
        refusal = msg("{year} is no year of a campaign.", year=campaign.year)
    elif not campaign.departments:
        refusal = msg("At least one department has to take part.")
    elif campaign.from_on and campaign.to_on and campaign.from_on > campaign.to_on:
        refusal = msg("The last day lies before the first.")
    else:
        same = ctx.workspace.campaigns.first(name=campaign.name)
        if same is not None and same.id != campaign.id:
            refusal = msg("There is a campaign named {name} already.", name=campaign.name)
    if refusal is not None:
        raise RefusedMoveError(refusal, where=campaign.name)
