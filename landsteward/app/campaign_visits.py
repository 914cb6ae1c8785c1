"""The visits of a campaign: enterprises chosen, days and inspectors set, visits opened."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.bulk import many_records
from landsteward.app.campaigns import inspectors_by_department, living_campaign
from landsteward.app.cases import current_checkup, find_open_case, open_case
from landsteward.app.checkups import schedule_checkup
from landsteward.app.context import Context
from landsteward.domain.campaigns import Campaign, Visit, united, without, working_days
from landsteward.domain.casework import Case, Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.states import CampaignState, CaseOrigin, CaseStage
from landsteward.domain.text import msg

Told = Callable[[int, int], None]
"""Hears how many of how many are done; what it raises takes everything back."""
_BLOCK = 500


def _nothing_told(done: int, total: int) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterprisesAdded:
    """What became of choosing enterprises: new visits, and how many were there already."""

    visit_ids: tuple[str, ...]
    enterprises: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """A visit's day and inspectors."""

    visit_id: str
    day: date | None
    inspectors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsArranged:
    """What was changed, to take it back: how it was before, and how many had begun already."""

    before: tuple[Arrangement, ...]
    begun: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitsRemoved:
    """Visits taken out, to bring them back, and how many had begun and stay."""

    visit_ids: tuple[str, ...]
    begun: int


def add_enterprises(
    ctx: Context, *, campaign_id: str, enterprise_ids: Sequence[str], told: Told = _nothing_told
) -> EnterprisesAdded:
    """Choose enterprises for a campaign, all or none of them; those in it already stay as they are.

    Each gets one visit by all departments, or one by each, as the campaign says.
    """
    ctx.require(Action.PLAN_VISITS)
    campaign = living_campaign(ctx, campaign_id=campaign_id)
    known = {one.enterprise_id for one in ctx.workspace.visits.where(campaign_id=campaign_id)}
    asked = list(dict.fromkeys(enterprise_ids))
    wanted = [one for one in asked if one not in known]
    by_department = inspectors_by_department(ctx, campaign)
    made: list[str] = []
    with many_records(), ctx.change():
        enterprises = 0
        for start in range(0, len(wanted), _BLOCK):
            block = wanted[start : start + _BLOCK]
            living = ctx.workspace.reports.enterprises_by_id(block)
            visits = [
                visit
                for enterprise_id in block
                if enterprise_id in living
                for visit in _visits_to(ctx, campaign, enterprise_id, by_department)
            ]
            ctx.workspace.visits.add_many(visits)
            made += [one.id for one in visits]
            enterprises += len(living)
            told(start + len(block), len(wanted))
    return EnterprisesAdded(
        visit_ids=tuple(made), enterprises=enterprises, known=len(asked) - len(wanted)
    )


def _visits_to(
    ctx: Context,
    campaign: Campaign,
    enterprise_id: str,
    by_department: dict[str, tuple[str, ...]],
) -> list[Visit]:
    together = [(campaign.departments, campaign.inspectors)]
    apart = [((key,), by_department.get(key, ())) for key in campaign.departments]
    return [
        Visit(
            id=ctx.ids.new(),
            campaign_id=campaign.id,
            enterprise_id=enterprise_id,
            departments=departments,
            inspectors=inspectors,
        )
        for departments, inspectors in (together if campaign.together else apart)
    ]


def remove_visits(
    ctx: Context, *, visit_ids: Sequence[str], told: Told = _nothing_told
) -> VisitsRemoved:
    """Take visits out of their campaign; those that have begun stay.

    The case of one that has been opened stays too, without the campaign. Visits that were drawn
    into one of them stand for themselves again; one of them that was drawn into another visit
    leaves that, and comes back by itself.
    """
    ctx.require(Action.PLAN_VISITS)
    space = ctx.workspace
    gone: list[str] = []
    begun = 0
    with many_records(), ctx.change():
        for number, visit_id in enumerate(visit_ids, start=1):
            visit = space.visits.get(visit_id)
            living_campaign(ctx, campaign_id=visit.campaign_id)
            checkup = _checkup(ctx, made_visit(ctx, visit_id=visit_id))
            if checkup is not None and checkup.started_on is not None:
                begun += 1
            else:
                if visit.joined_into is None:
                    _set_free(ctx, visit)
                else:
                    space.visits.save(replace(visit, joined_into=None))
                    leave_checkup(ctx, host_id=visit.joined_into, gone=[visit])
                space.visits.retire(visit_id)
                gone.append(visit_id)
            told(number, len(visit_ids))
    return VisitsRemoved(visit_ids=tuple(gone), begun=begun)


def _set_free(ctx: Context, host: Visit) -> None:
    space = ctx.workspace
    for one in space.visits.where(joined_into=host.id):
        space.visits.save(replace(one, joined_into=None))
    checkup = _checkup(ctx, host)
    if checkup is not None:
        space.checkups.save(replace(checkup, campaign_id=None))
        space.visits.save(replace(host, checkup_id=None))


def leave_checkup(ctx: Context, *, host_id: str, gone: Sequence[Visit]) -> None:
    """Visits were parted from the one that is made: where it has been opened, its checkup goes on
    without the departments and inspectors that only they brought along.
    """
    host = ctx.workspace.visits.get(host_id)
    checkup = _checkup(ctx, host)
    if checkup is None:
        return
    left = _with_joined(ctx, host)
    departments = without(
        united(one.departments for one in gone), united(one.departments for one in left)
    )
    people = without(united(one.inspectors for one in gone), united(one.inspectors for one in left))
    known = ctx.workspace.checkup_inspectors.where(checkup_id=checkup.id)
    reschedule(
        ctx,
        checkup=checkup,
        departments=without(checkup.departments, departments),
        inspectors=without([one.person_id for one in known], people),
    )


def bring_visits_back(ctx: Context, *, removed: VisitsRemoved) -> None:
    """Undo a removal."""
    ctx.require(Action.PLAN_VISITS)
    with ctx.change():
        for visit_id in removed.visit_ids:
            ctx.workspace.reversals.bring_back("visits", visit_id)


def set_days(
    ctx: Context,
    *,
    visit_ids: Sequence[str],
    first: date,
    a_day: int | None = None,
    told: Told = _nothing_told,
) -> VisitsArranged:
    """Set the day of visits, in their order: all on one, or so many a day from the first on, none
    on Saturdays and Sundays. Those that have begun keep theirs.
    """
    if a_day is not None and a_day < 1:
        raise RefusedMoveError(msg("At least one visit a day."))
    waiting = _not_begun(ctx, visit_ids)
    days = working_days(first, len(waiting), a_day=a_day)
    return _arrange(
        ctx,
        [replace(_arrangement(ctx, one), day=day) for one, day in zip(waiting, days, strict=True)],
        of=len(made_visits(ctx, visit_ids)),
        told=told,
    )


def assign_inspectors(
    ctx: Context,
    *,
    visit_ids: Sequence[str],
    inspector_ids: Sequence[str],
    told: Told = _nothing_told,
) -> VisitsArranged:
    """Say who makes these visits; those that have begun keep theirs."""
    waiting = _not_begun(ctx, visit_ids)
    chosen = tuple(inspector_ids)
    return _arrange(
        ctx,
        [replace(_arrangement(ctx, one), inspectors=chosen) for one in waiting],
        of=len(made_visits(ctx, visit_ids)),
        told=told,
    )


def undo_arrangement(
    ctx: Context, *, arranged: VisitsArranged, told: Told = _nothing_told
) -> VisitsArranged:
    """Give visits back the day and the inspectors they had; those that have begun since keep
    theirs.
    """
    waiting = {one.id for one in _not_begun(ctx, [one.visit_id for one in arranged.before])}
    wanted = [one for one in arranged.before if one.visit_id in waiting]
    return _arrange(ctx, wanted, of=len(arranged.before), told=told)


def _arrange(ctx: Context, wanted: Sequence[Arrangement], *, of: int, told: Told) -> VisitsArranged:
    ctx.require(Action.PLAN_VISITS)
    space = ctx.workspace
    before: list[Arrangement] = []
    with many_records(), ctx.change():
        for number, one in enumerate(wanted, start=1):
            visit = space.visits.get(one.visit_id)
            living_campaign(ctx, campaign_id=visit.campaign_id)
            was = _arrangement(ctx, visit)
            if was != one:
                before.append(was)
                space.visits.save(replace(visit, planned_on=one.day, inspectors=one.inspectors))
                for other in space.visits.where(joined_into=visit.id):
                    space.visits.save(replace(other, inspectors=one.inspectors))
                checkup = _checkup(ctx, visit)
                if checkup is not None:
                    reschedule(ctx, checkup=checkup, day=one.day, inspectors=one.inspectors)
            told(number, len(wanted))
    return VisitsArranged(before=tuple(before), begun=of - len(wanted))


def reschedule(
    ctx: Context,
    *,
    checkup: Checkup,
    day: date | None = None,
    departments: Sequence[str] | None = None,
    inspectors: Sequence[str] | None = None,
) -> Checkup:
    """Schedule a checkup anew; what is not said stays as it is."""
    known = ctx.workspace.checkup_inspectors.where(checkup_id=checkup.id)
    return schedule_checkup(
        ctx,
        case_id=checkup.case_id,
        scheduled_on=day or checkup.scheduled_on or ctx.today(),
        departments=checkup.departments if departments is None else departments,
        inspector_ids=[one.person_id for one in known] if inspectors is None else inspectors,
    )


def _arrangement(ctx: Context, visit: Visit) -> Arrangement:
    """How a visit that is made stands: by its checkup once it has one."""
    checkup = _checkup(ctx, visit)
    if checkup is None:
        people = united(one.inspectors for one in _with_joined(ctx, visit))
        return Arrangement(visit_id=visit.id, day=visit.planned_on, inspectors=people)
    known = ctx.workspace.checkup_inspectors.where(checkup_id=checkup.id)
    return Arrangement(
        visit_id=visit.id,
        day=checkup.scheduled_on,
        inspectors=tuple(one.person_id for one in known),
    )


def _with_joined(ctx: Context, visit: Visit) -> tuple[Visit, ...]:
    return visit, *ctx.workspace.visits.where(joined_into=visit.id)


def as_made(ctx: Context, visit: Visit) -> Visit:
    """A visit that is made with the departments and inspectors of all that were drawn into it; once
    it has a checkup, with what that says.
    """
    arranged = _arrangement(ctx, visit)
    checkup = _checkup(ctx, visit)
    departments = united(one.departments for one in _with_joined(ctx, visit))
    return replace(
        visit,
        departments=departments if checkup is None else checkup.departments,
        inspectors=arranged.inspectors,
        planned_on=arranged.day,
    )


def made_visit(ctx: Context, *, visit_id: str) -> Visit:
    """The visit that is made: this one, or the one it was drawn into."""
    visit = ctx.workspace.visits.get(visit_id)
    return ctx.workspace.visits.get(visit.joined_into) if visit.joined_into else visit


def made_visits(ctx: Context, visit_ids: Iterable[str]) -> list[Visit]:
    """The visits that are made for these, once each, in their order."""
    found = {one.id: one for key in visit_ids for one in [made_visit(ctx, visit_id=key)]}
    return list(found.values())


def _not_begun(ctx: Context, visit_ids: Iterable[str]) -> list[Visit]:
    return [one for one in made_visits(ctx, visit_ids) if not has_begun(ctx, one)]


def has_begun(ctx: Context, visit: Visit) -> bool:
    """Whether the checkup of a visit that is made has begun."""
    checkup = _checkup(ctx, visit)
    return checkup is not None and checkup.started_on is not None


def _checkup(ctx: Context, visit: Visit) -> Checkup | None:
    return ctx.workspace.checkups.get(visit.checkup_id) if visit.checkup_id else None


def case_of_visit(ctx: Context, *, visit_id: str) -> Case | None:
    """The case a visit was opened in, None where it was not opened yet."""
    known = _checkup(ctx, made_visit(ctx, visit_id=visit_id))
    return ctx.workspace.cases.get(known.case_id) if known is not None else None


def open_visit(ctx: Context, *, visit_id: str) -> Case:
    """Open a visit: its case and checkup are made, or taken up where they stand already.

    A case that is only registered gets its checkup; a checkup scheduled by hand becomes the
    visit's, with the departments and inspectors of both. Raises RefusedMoveError where the
    enterprise's case is past its checkup, or its checkup is another visit's.
    """
    ctx.require(Action.CHECK)
    if (known := case_of_visit(ctx, visit_id=visit_id)) is not None:
        return known
    space = ctx.workspace
    visit = made_visit(ctx, visit_id=visit_id)
    campaign = living_campaign(ctx, campaign_id=visit.campaign_id)
    made = as_made(ctx, visit)
    with ctx.change():
        case = find_open_case(ctx, enterprise_id=visit.enterprise_id, parcel_id=None)
        if case is None:
            case = open_case(
                ctx,
                enterprise_id=visit.enterprise_id,
                parcel_id=None,
                origin=CaseOrigin.CAMPAIGN,
            )
        checkup = _schedule(ctx, case, made)
        space.visits.save(replace(visit, checkup_id=checkup.id, planned_on=checkup.scheduled_on))
        if campaign.state is CampaignState.PREPARED:
            space.campaigns.save(replace(campaign, state=CampaignState.RUNNING))
    return space.cases.get(case.id)


def _schedule(ctx: Context, case: Case, visit: Visit) -> Checkup:
    """The checkup of a visit in a case that has none yet, or one nobody visits for."""
    if case.stage not in (CaseStage.REGISTERED, CaseStage.SCHEDULED):
        raise RefusedMoveError(
            msg("The checkup of case {case_no} has begun already.", case_no=case.case_no),
            where=ctx.workspace.enterprises.get(visit.enterprise_id).name,
            remedy=msg("Go on in that case and close it, or take this visit out of the campaign."),
        )
    departments, inspectors = visit.departments, visit.inspectors
    day = visit.planned_on
    standing = current_checkup(ctx, case_id=case.id)
    if standing is not None:
        owner = ctx.workspace.visits.first(checkup_id=standing.id)
        if owner is not None:
            raise RefusedMoveError(
                msg(
                    "A visit of {campaign} has opened case {case_no} already.",
                    campaign=ctx.workspace.campaigns.get(owner.campaign_id).name,
                    case_no=case.case_no,
                ),
                where=ctx.workspace.enterprises.get(visit.enterprise_id).name,
                remedy=msg("Draw the two visits together."),
            )
        known = ctx.workspace.checkup_inspectors.where(checkup_id=standing.id)
        departments = united([standing.departments, departments])
        inspectors = united([[one.person_id for one in known], inspectors])
        day = standing.scheduled_on or day
    return schedule_checkup(
        ctx,
        case_id=case.id,
        scheduled_on=day or ctx.today(),
        departments=departments,
        inspector_ids=inspectors,
        campaign_id=visit.campaign_id,
    )
