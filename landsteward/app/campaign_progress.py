"""How far a campaign is: by department, by carrier, and what to do next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from landsteward.app.campaign_joint import count_joinable
from landsteward.app.context import Context
from landsteward.app.visit_caps import CapView, cap_of_campaign
from landsteward.app.visit_lines import ProblemCount, VisitLine
from landsteward.domain.campaigns import Campaign
from landsteward.domain.states import CampaignState, VisitStage

NO_CARRIER = ""


class CampaignStep(StrEnum):
    """What to do next in a campaign."""

    CHOOSE = "choose"
    DRAW_TOGETHER = "draw_together"
    SET_DAYS = "set_days"
    VISIT = "visit"
    END = "end"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How many visits stand where. `key` is a department or a carrier ("" for none), `name` what
    the carrier is called. `with_problems` are visits that found any, `problems` how many.
    """

    key: str
    name: str = ""
    stages: dict[VisitStage, int]
    with_problems: int
    problems: int

    @property
    def total(self) -> int:
        """All visits."""
        return sum(self.stages.values())

    @property
    def done(self) -> int:
        """Visits whose checkup is over."""
        return self.stages[VisitStage.REPORTED]


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """A campaign with how far it is. `next_visit` is the first that is due, where one is.

    `late` are visits whose day has passed, `joinable` how many enterprises can be visited once
    instead of several times.
    """

    campaign: Campaign
    today: date
    enterprises: int
    overall: Progress
    departments: tuple[Progress, ...]
    carriers: tuple[Progress, ...]
    due_today: int
    late: int
    joinable: int
    cap: CapView
    step: CampaignStep
    next_visit: str | None


def campaign_view(ctx: Context, *, campaign_id: str) -> CampaignView:
    """Everything the head of a campaign's page shows. Raises RecordNotFoundError."""
    space, today = ctx.workspace, ctx.today()
    campaign = space.campaigns.get(campaign_id)
    lines = space.visit_reports.of_campaign(campaign_id)
    problems = space.visit_reports.problems(campaign_id)
    made = list({one.made_id: one for one in lines}.values())
    overall = _progress("", "", made, problems)
    living = campaign.state is not CampaignState.ENDED
    joinable = count_joinable(ctx, campaign_id=campaign_id) if living else 0
    waiting = [
        one for one in made if one.day and one.stage in (VisitStage.PLANNED, VisitStage.SCHEDULED)
    ]
    under_way = [one for one in made if one.stage is VisitStage.IN_CHECKUP]
    due = sorted(
        (one for one in waiting if one.day and one.day <= today),
        key=lambda one: (one.day or today, one.id),
    )
    following = [*under_way, *due]
    return CampaignView(
        campaign=campaign,
        today=today,
        enterprises=len({one.enterprise_id for one in lines}),
        overall=overall,
        departments=by_department(campaign, lines, problems),
        carriers=by_carrier(made, problems),
        due_today=sum(one.day == today for one in due),
        late=sum(one.day is not None and one.day < today for one in due),
        joinable=joinable,
        cap=cap_of_campaign(ctx, campaign_id=campaign_id),
        step=_next(campaign, overall, joinable),
        next_visit=following[0].made_id if following else None,
    )


def by_department(
    campaign: Campaign, lines: Iterable[VisitLine], problems: Iterable[ProblemCount]
) -> tuple[Progress, ...]:
    """A line for each department of the campaign; a joint visit counts for each of its own."""
    of_department: dict[str, list[ProblemCount]] = defaultdict(list)
    for one in problems:
        of_department[one.department].append(one)
    visits = list(lines)
    return tuple(
        _progress(
            key,
            "",
            {one.made_id: one for one in visits if key in one.departments}.values(),
            of_department[key],
        )
        for key in campaign.departments
    )


def by_carrier(made: Iterable[VisitLine], problems: Iterable[ProblemCount]) -> tuple[Progress, ...]:
    """A line for each carrier, those without one last."""
    groups: dict[tuple[str, str], list[VisitLine]] = defaultdict(list)
    for one in made:
        groups[one.carrier or "", one.carrier_id or NO_CARRIER].append(one)
    found = list(problems)
    ordered = sorted(groups.items(), key=lambda one: (not one[0][1], one[0]))
    return tuple(_progress(key, name, visits, found) for (name, key), visits in ordered)


def _progress(
    key: str, name: str, visits: Iterable[VisitLine], problems: Iterable[ProblemCount]
) -> Progress:
    stages = dict.fromkeys(VisitStage, 0)
    cases: set[str] = set()
    for one in visits:
        stages[one.stage] += 1
        if one.case_id is not None:
            cases.add(one.case_id)
    found: dict[str, int] = defaultdict(int)
    for problem in problems:
        if problem.case_id in cases:
            found[problem.case_id] += problem.count
    return Progress(
        key=key,
        name=name,
        stages=stages,
        with_problems=len(found),
        problems=sum(found.values()),
    )


def _next(campaign: Campaign, overall: Progress, joinable: int) -> CampaignStep:
    if campaign.state is CampaignState.ENDED:
        return CampaignStep.NOTHING
    if not overall.total:
        return CampaignStep.CHOOSE
    if joinable:
        return CampaignStep.DRAW_TOGETHER
    if overall.stages[VisitStage.PLANNED]:
        return CampaignStep.SET_DAYS
    return CampaignStep.END if overall.done == overall.total else CampaignStep.VISIT


def list_campaigns(ctx: Context) -> list[CampaignView]:
    """All campaigns, the newest first."""
    found = sorted(ctx.workspace.campaigns.where(), key=lambda one: (-one.year, one.name))
    return [campaign_view(ctx, campaign_id=one.id) for one in found]
