"""The desk: what is due, what waits for the person in use, and where all cases stand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landsteward.app.cases import progress_of
from landsteward.app.colours import board, standings
from landsteward.app.context import Context
from landsteward.app.extensions import decision_refusal
from landsteward.app.referrals import Slip, waiting_slips
from landsteward.app.views import BoardRow, ListFilter, ListKind, ListRow, Sort
from landsteward.domain.colours import Standing
from landsteward.domain.desk import (
    CaseOnDesk,
    Scope,
    Span,
    by_day,
    concerns,
    span_of,
    waits_for,
)
from landsteward.domain.follow_ups import Extension
from landsteward.domain.guidance import next_step
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action, may
from landsteward.domain.quantities import per_mu
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.states import CaseStage, NextStep, OrganisationKind, PlanStatus

FIRST_LINES = 40
"""So many lines are shown before somebody asks for more."""
_MOST_ENTERPRISES = 300
_PAGE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTask:
    """The next step of one case, a slip that waits for its reply, or an extension that waits for
    its decision (`about` says which); `due_on` is the day that counts for it. `mine`: the person in
    use may do it and it is theirs; `ours`: it is their organisation's.
    """

    case_id: str
    case_no: str
    subject: str
    stage: CaseStage
    open_findings: int
    step: NextStep
    due_on: date | None
    mine: bool
    ours: bool
    span: Span
    about: str = ""
    standing: Standing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """Everything on the desk. Per-mu tax in 万元/亩, of the enterprises under way.

    `tasks` are the first of a scope in order of their days, `spans` how many there are under each
    heading in all. `tax_before` is the figure of the year before, of the same enterprises;
    `oldest_plan_days` how long the plan that waits longest has waited, None where none waits.
    """

    today: date
    scope: Scope
    tasks: tuple[DeskTask, ...]
    spans: dict[Span, int]
    due_today: int
    overdue: int
    open_cases: int
    opened_this_month: int
    closed_this_month: int
    open_findings: int
    overdue_findings: int
    plans_waiting: int
    oldest_plan_days: int | None
    tax_per_mu: Decimal | None
    tax_year: int | None
    tax_before: Decimal | None
    board: tuple[BoardRow, ...]
    enterprises: int


def look_at_desk(ctx: Context, *, scope: Scope = Scope.ALL, most: int = FIRST_LINES) -> DeskView:
    """The desk of the person in use, as of today: of a scope so many lines at most."""
    space, today = ctx.workspace, ctx.today()
    cases = space.desk.cases()
    lines = desk_lines(ctx, cases)
    mine = [one for one in lines if one.mine]
    shown = [one for one in lines if _within(one, scope)]
    waiting = space.remedy_plans.where(status=PlanStatus.SUBMITTED)
    waited = [(ctx.clock.now() - plan.submitted_at).days for plan in waiting if plan.submitted_at]
    month = today.replace(day=1).isoformat()
    tax, year, before = _tax(ctx, {one.enterprise_id for one in cases if one.enterprise_id})
    late = [
        finding
        for case in cases
        for finding in case.findings
        if finding.state not in SETTLED_FINDING_STATES
        and finding.deadline_on is not None
        and finding.deadline_on < today
    ]
    return DeskView(
        today=today,
        scope=scope,
        tasks=_told(ctx, shown[:most]),
        spans=dict(Counter(one.span for one in shown)),
        due_today=sum(one.span is Span.TODAY for one in mine),
        overdue=sum(one.span is Span.OVERDUE for one in mine),
        open_cases=sum(one.stage is not CaseStage.CLOSED for one in cases),
        opened_this_month=_count_since(ctx, "opened_on", month),
        closed_this_month=_count_since(ctx, "closed_on", month),
        open_findings=sum(one.open_findings for one in cases),
        overdue_findings=len(late),
        plans_waiting=len(waiting),
        oldest_plan_days=max(waited, default=None),
        tax_per_mu=tax,
        tax_year=year,
        tax_before=before,
        board=board(ctx),
        enterprises=space.enterprises.count(),
    )


def cases_of(ctx: Context, cases: list[CaseOnDesk]) -> frozenset[str]:
    """The keys of those cases that are the person's organisation's; whoever belongs to none that
    is on record (the command line, who only reads) has them all before them.
    """
    organisation = ctx.workspace.organisations.find(ctx.actor.organisation_id)
    if organisation is None:
        return frozenset(one.id for one in cases)
    engaged: frozenset[str] = frozenset()
    if organisation.kind is OrganisationKind.SERVICE_FIRM:
        engaged = ctx.workspace.firms.engaged_for(organisation.id, ctx.today())
    return frozenset(one.id for one in cases if concerns(one, organisation, engaged))


def desk_lines(ctx: Context, cases: list[CaseOnDesk]) -> list[DeskTask]:
    """A line for the next thing of every case, for every slip and every extension that waits; in
    the order of their days.
    """
    today, own = ctx.today(), cases_of(ctx, cases)
    by_id = {one.id: one for one in cases}
    lines: list[tuple[CaseOnDesk, DeskTask]] = []
    for case in cases:
        step = case.step
        # Each slip that waits has a line of its own.
        if step in (NextStep.NOTHING, NextStep.LOG_REPLY):
            continue
        ours = case.id in own
        mine = ours and waits_for(case, step, ctx.actor)
        lines.append((case, _line(case, step, case.due(step), today, mine=mine, ours=ours)))
    for slip in waiting_slips(ctx):
        if (of := by_id.get(slip.referral.case_id)) is not None:
            lines.append((of, _slip(ctx, of, slip)))
    for asked in ctx.workspace.extensions.where(granted=None):
        if (of := by_id.get(asked.case_id)) is not None:
            lines.append((of, _extension(ctx, of, asked, ours=of.id in own)))
    lines.sort(key=lambda pair: by_day(pair[1].due_on, pair[0].opened_on, pair[0].id))
    return [line for _, line in lines]


def _within(task: DeskTask, scope: Scope) -> bool:
    if scope is Scope.ALL:
        return True
    return task.mine if scope is Scope.ME else task.ours


def _line(
    case: CaseOnDesk,
    step: NextStep,
    due_on: date | None,
    today: date,
    *,
    mine: bool,
    ours: bool,
    about: str = "",
) -> DeskTask:
    return DeskTask(
        case_id=case.id,
        case_no=case.case_no,
        subject=case.subject,
        stage=case.stage,
        open_findings=0 if about else case.open_findings,
        step=step,
        due_on=due_on,
        mine=mine,
        ours=ours,
        span=span_of(due_on, today),
        about=about,
    )


def _slip(ctx: Context, case: CaseOnDesk, slip: Slip) -> DeskTask:
    """A slip (移送, 抄告) whose reply is wanted and not in: the sender's."""
    ours = slip.referral.from_organisation_id == ctx.actor.organisation_id
    return _line(
        case,
        NextStep.LOG_REPLY,
        slip.referral.reply_by,
        ctx.today(),
        mine=ours and may(ctx.actor.role, Action.DECIDE_FINDING),
        ours=ours,
        about=f"{slip.number} → {slip.referral.recipient}",
    )


def _extension(ctx: Context, case: CaseOnDesk, asked: Extension, *, ours: bool) -> DeskTask:
    """More time that is asked for: it must be decided before the day that still stands."""
    known = ctx.workspace.organisations.find(ctx.actor.organisation_id) is not None
    mine = known and decision_refusal(ctx, asked) is None
    return _line(
        case,
        NextStep.DECIDE_EXTENSION,
        asked.was_on,
        ctx.today(),
        mine=mine,
        ours=ours or mine,
        about=f"{asked.was_on} → {asked.to_on} · {asked.reason}",
    )


def _told(ctx: Context, tasks: list[DeskTask]) -> tuple[DeskTask, ...]:
    """Lines that are shown: with the colour of their case, and during a checkup with the very step
    the form asks for.
    """
    colours = standings(ctx, case_ids=list(dict.fromkeys(one.case_id for one in tasks)))
    told = []
    for task in tasks:
        step = task.step
        if task.stage is CaseStage.IN_CHECKUP and not task.about:
            case = ctx.workspace.cases.get(task.case_id)
            step = next_step(progress_of(ctx, case=case))
        told.append(replace(task, step=step, standing=colours.get(task.case_id)))
    return tuple(told)


def _leading(
    ctx: Context, kind: ListKind, wanted: ListFilter, sort: Sort, fits: Callable[[ListRow], bool]
) -> int:
    """How many rows from the first on fit, in an order in which those that fit come first."""
    ids = ctx.workspace.lists.ids(kind, wanted, sort)
    for start in range(0, len(ids), _PAGE):
        rows = ctx.workspace.lists.rows(kind, ids[start : start + _PAGE])
        for number, row in enumerate(rows):
            if not fits(row):
                return start + number
    return len(ids)


def _count_since(ctx: Context, column: str, since: str) -> int:
    return _leading(
        ctx,
        ListKind.CASES,
        ListFilter(),
        Sort(column=column, descending=True),
        lambda row: str(row.cells[column] or "") >= since,
    )


def _tax(ctx: Context, enterprises: set[str]) -> tuple[Decimal | None, int | None, Decimal | None]:
    """亩均税收 of the enterprises under way: latest common year, and the year before."""
    years: dict[int, list[YearlyMetrics]] = {}
    for enterprise_id in sorted(enterprises)[:_MOST_ENTERPRISES]:
        for one in ctx.workspace.yearly_metrics.where(enterprise_id=enterprise_id):
            if one.tax_wan is not None and one.land_area_m2:
                years.setdefault(one.year, []).append(one)
    if not years:
        return None, None, None
    year = max(years)
    now = {one.enterprise_id: one for one in years[year]}
    before = {one.enterprise_id: one for one in years.get(year - 1, [])}
    both = now.keys() & before.keys()
    return (
        _mean([now[key] for key in now]),
        year,
        _mean([before[key] for key in both]) if both == now.keys() else None,
    )


def _mean(figures: list[YearlyMetrics]) -> Decimal | None:
    tax = sum((one.tax_wan or Decimal(0) for one in figures), Decimal(0))
    area = sum((one.land_area_m2 or Decimal(0) for one in figures), Decimal(0))
    return per_mu(tax, area)
