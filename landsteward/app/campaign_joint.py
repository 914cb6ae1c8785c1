"""Joint visits: several departments' visits to one enterprise become one, and may be parted again
as long as it has not begun.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from landsteward.app.bulk import many_records
from landsteward.app.campaign_visits import (
    Told,
    as_made,
    has_begun,
    leave_checkup,
    made_visit,
    made_visits,
    reschedule,
)
from landsteward.app.campaigns import living_campaign
from landsteward.app.context import Context
from landsteward.domain.campaigns import (
    Campaign,
    JointVisit,
    Visit,
    joint_visit,
    meet,
)
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg


def _nothing_told(done: int, total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointProposal:
    """Visits to one enterprise that can be made together, and what they would become."""

    enterprise_id: str
    enterprise: str
    joint: JointVisit
    campaigns: tuple[Campaign, ...]

    @property
    def visit_ids(self) -> tuple[str, ...]:
        """All of them, the one that is made first."""
        return (self.joint.host.id, *(one.id for one in self.joint.others))


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnTogether:
    """What was drawn together, to part it again: the visits that are made, and how many went."""

    host_ids: tuple[str, ...]
    visits: int


def joint_proposals(
    ctx: Context, *, campaign_id: str, visit_ids: Sequence[str] | None = None
) -> list[JointProposal]:
    """What of a campaign can be drawn together, within it and with campaigns on the same days.

    With `visit_ids` only enterprises of these visits are looked at.
    """
    groups = list(_groups(ctx, campaign_id))
    if visit_ids is not None:
        wanted = {one.enterprise_id for one in made_visits(ctx, visit_ids)}
        groups = [one for one in groups if one[0].enterprise_id in wanted]
    campaigns = {one.id: one for one in ctx.workspace.campaigns.where()}
    names = ctx.workspace.reports.enterprises_by_id([one[0].enterprise_id for one in groups])
    found = []
    for group in groups:
        made = [as_made(ctx, one) for one in group]
        enterprise_id = group[0].enterprise_id
        found.append(
            JointProposal(
                enterprise_id=enterprise_id,
                enterprise=names[enterprise_id].name,
                joint=_in_pack_order(ctx, joint_visit(made)),
                campaigns=tuple(campaigns[one.campaign_id] for one in made),
            )
        )
    return found


def count_joinable(ctx: Context, *, campaign_id: str) -> int:
    """At how many enterprises of a campaign visits can be drawn together."""
    return sum(1 for _group in _groups(ctx, campaign_id))


def _groups(ctx: Context, campaign_id: str) -> Iterator[list[Visit]]:
    """Visits to one enterprise that can be made together, one of them the campaign's."""
    space = ctx.workspace
    own = {one.made_id for one in space.visit_reports.of_campaign(campaign_id)}
    campaigns = {one.id: one for one in space.campaigns.where()}
    waiting = space.visit_reports.joinable(campaign_id)
    for _enterprise_id, visits in groupby(waiting, key=lambda one: one.enterprise_id):
        group = _that_meet(visits, own, campaigns)
        if len(group) > 1:
            yield group


def _that_meet(
    visits: Iterable[Visit], own: set[str], campaigns: dict[str, Campaign]
) -> list[Visit]:
    """Those of the campaign, and of the others each that meets all taken so far."""
    taken: list[Visit] = []
    for one in sorted(visits, key=lambda visit: (visit.id not in own, visit.id)):
        campaign = campaigns[one.campaign_id]
        if all(meet(campaign, campaigns[other.campaign_id]) for other in taken):
            taken.append(one)
    return taken


def _in_pack_order(ctx: Context, joint: JointVisit) -> JointVisit:
    order = [one.key for one in ctx.pack().departments]
    ordered = sorted(
        joint.departments, key=lambda key: order.index(key) if key in order else len(order)
    )
    return replace(joint, departments=tuple(ordered))


def draw_together(
    ctx: Context, *, proposals: Sequence[JointProposal], told: Told = _nothing_told
) -> DrawnTogether:
    """Draw visits together as proposed, all or none of them. Each visit keeps what it was, so that
    it can be parted again.
    """
    ctx.require(Action.PLAN_VISITS)
    gone = 0
    with many_records(), ctx.change():
        for number, proposal in enumerate(proposals, start=1):
            gone += _draw(ctx, proposal)
            told(number, len(proposals))
    return DrawnTogether(host_ids=tuple(one.joint.host.id for one in proposals), visits=gone)


def _draw(ctx: Context, proposal: JointProposal) -> int:
    space = ctx.workspace
    visits = [space.visits.get(key) for key in proposal.visit_ids]
    for one in visits:
        living_campaign(ctx, campaign_id=one.campaign_id)
        if one.joined_into is not None or has_begun(ctx, one):
            raise RefusedMoveError(
                msg("One of these visits has begun or was drawn together meanwhile."),
                where=proposal.enterprise,
                remedy=msg("Look at what can be drawn together anew."),
            )
    joint = _in_pack_order(ctx, joint_visit([as_made(ctx, one) for one in visits]))
    for one in joint.others:
        for member in space.visits.where(joined_into=one.id):
            space.visits.save(replace(member, joined_into=joint.host.id))
        stored = space.visits.get(one.id)
        space.visits.save(replace(stored, joined_into=joint.host.id))
    host = space.visits.get(joint.host.id)
    if host.checkup_id is not None:
        reschedule(
            ctx,
            checkup=space.checkups.get(host.checkup_id),
            departments=joint.departments,
            inspectors=joint.inspectors,
        )
    return len(joint.others)


def take_apart(ctx: Context, *, visit_ids: Sequence[str], told: Told = _nothing_told) -> list[str]:
    """Part joint visits again, each visit as it was; says which stand for themselves again.

    Raises RefusedMoveError for one that has begun: what was answered belongs to all of them.
    """
    ctx.require(Action.PLAN_VISITS)
    free: list[str] = []
    with many_records(), ctx.change():
        hosts = made_visits(ctx, visit_ids)
        for number, host in enumerate(hosts, start=1):
            free += _part(ctx, host)
            told(number, len(hosts))
    return free


def _part(ctx: Context, host: Visit) -> list[str]:
    space = ctx.workspace
    if has_begun(ctx, host):
        raise RefusedMoveError(
            msg("This visit has begun: it is made together."),
            where=space.enterprises.get(host.enterprise_id).name,
        )
    members = space.visits.where(joined_into=host.id)
    if not members:
        return []
    for one in members:
        living_campaign(ctx, campaign_id=one.campaign_id)
        space.visits.save(replace(one, joined_into=None))
    leave_checkup(ctx, host_id=host.id, gone=members)
    return [one.id for one in members]


def joined_with(ctx: Context, *, visit_id: str) -> list[Visit]:
    """The visits that are made by one with this one; empty where it is no joint visit."""
    host = made_visit(ctx, visit_id=visit_id)
    members = ctx.workspace.visits.where(joined_into=host.id)
    return [host, *members] if members else []
