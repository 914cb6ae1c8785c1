"""The desk: what is due, what waits for the person in use, and where all cases stand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.app.cases import case_overview, current_checkup
from landsteward.app.colours import board
from landsteward.app.context import Context
from landsteward.app.referrals import Slip, waiting_slips
from landsteward.app.views import BoardRow, Cell, ListFilter, ListKind, ListRow, Sort
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action, may
from landsteward.domain.quantities import per_mu
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.states import CaseStage, FindingState, NextStep, PlanStatus

MOST_TASKS = 60
_MOST_ENTERPRISES = 300
_PAGE = 200

ACTION_OF: dict[NextStep, Action] = {
    NextStep.SCHEDULE_CHECKUP: Action.CHECK,
    NextStep.START_CHECKUP: Action.CHECK,
    NextStep.ANSWER_ITEMS: Action.CHECK,
    NextStep.MAKE_FINDINGS: Action.CHECK,
    NextStep.FINISH_CHECKUP: Action.CHECK,
    NextStep.CONFIRM_FINDINGS: Action.DECIDE_FINDING,
    NextStep.ANSWER_OBJECTION: Action.DECIDE_FINDING,
    NextStep.ASSIGN_FINDINGS: Action.DECIDE_FINDING,
    NextStep.LOG_REPLY: Action.DECIDE_FINDING,
    NextStep.WRITE_PLAN: Action.WRITE_PLAN,
    NextStep.SUBMIT_PLAN: Action.WRITE_PLAN,
    NextStep.DECIDE_PLAN: Action.DECIDE_PLAN,
    NextStep.RECORD_FOLLOW_UP: Action.FOLLOW_UP,
    NextStep.START_RECHECK: Action.RECHECK,
    NextStep.JUDGE_RECHECK: Action.RECHECK,
    NextStep.REQUEST_CLOSURE: Action.REQUEST_CLOSURE,
    NextStep.APPROVE_CLOSURE: Action.CLOSE,
    NextStep.REASSIGN_REBOUND: Action.DECIDE_FINDING,
    NextStep.CONTINUE_SUSPENDED: Action.DECIDE_FINDING,
    NextStep.CLOSE_CASE: Action.CLOSE,
    NextStep.ARCHIVE: Action.ARCHIVE,
}
"""Which action each next step is, so that the desk knows whom it waits for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTask:
    """The next step of one case, or a slip that waits for its reply (`about` names it); `due_on` is
    the earliest day that counts for it.
    """

    case_id: str
    case_no: str
    subject: str
    stage: CaseStage
    open_findings: int
    step: NextStep
    due_on: date | None
    mine: bool
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskView:
    """Everything on the desk. Per-mu tax in 万元/亩, of the enterprises under way.

    `tax_before` is the figure of the year before, of the same enterprises; `oldest_plan_days`
    how long the plan that waits longest has waited, None where none waits.
    """

    today: date
    tasks: tuple[DeskTask, ...]
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


def look_at_desk(ctx: Context) -> DeskView:
    """The desk of the person in use, as of today."""
    space, today = ctx.workspace, ctx.today()
    rows = [row for stage in CaseStage for row in _open_rows(ctx, stage)]
    rows.sort(key=lambda row: _due(row, today))
    found = [_task(ctx, row) for row in rows[:MOST_TASKS]]
    # Each slip that waits has a line of its own.
    found = [one for one in found if one.step is not NextStep.LOG_REPLY] + _slips(ctx)
    tasks = tuple(sorted(found, key=lambda one: one.due_on or date.max))
    mine = [one for one in tasks if one.mine]
    waiting = space.remedy_plans.where(status=PlanStatus.SUBMITTED)
    waited = [(ctx.clock.now() - plan.submitted_at).days for plan in waiting if plan.submitted_at]
    month = today.replace(day=1).isoformat()
    tax, year, before = _tax(ctx, rows)
    return DeskView(
        today=today,
        tasks=tasks,
        due_today=sum(one.due_on == today for one in mine),
        overdue=sum(one.due_on is not None and one.due_on < today for one in mine),
        open_cases=sum(row.cells["stage"] != CaseStage.CLOSED for row in rows),
        opened_this_month=_count_since(ctx, "opened_on", month),
        closed_this_month=_count_since(ctx, "closed_on", month),
        open_findings=sum(int(row.cells["open_findings"] or 0) for row in rows),
        overdue_findings=_overdue_findings(ctx, today),
        plans_waiting=len(waiting),
        oldest_plan_days=max(waited, default=None),
        tax_per_mu=tax,
        tax_year=year,
        tax_before=before,
        board=board(ctx),
        enterprises=space.enterprises.count(),
    )


def _open_rows(ctx: Context, stage: CaseStage) -> Iterator[ListRow]:
    """Rows of the cases in a stage, earliest deadline first; archived ones wait for nobody."""
    if stage is CaseStage.ARCHIVED:
        return
    lists = ctx.workspace.lists
    wanted = ListFilter(equal={"stage": stage.value})
    ids = lists.ids(ListKind.CASES, wanted, Sort(column="next_deadline_on"))
    for start in range(0, len(ids), _PAGE):
        yield from lists.rows(ListKind.CASES, ids[start : start + _PAGE])


def _day(cell: Cell) -> date | None:
    return date.fromisoformat(str(cell)) if cell else None


def _due(row: ListRow, today: date) -> tuple[date, str]:
    """What a row is ordered by; a checkup that is set or under way comes before any deadline."""
    if row.cells["stage"] in (CaseStage.SCHEDULED, CaseStage.IN_CHECKUP):
        return (date.min, str(row.cells["opened_on"]))
    due = _day(row.cells["next_deadline_on"]) or _day(row.cells["due_on"])
    opened = _day(row.cells["opened_on"]) or today
    return (due or date.max, opened.isoformat())


def _task(ctx: Context, row: ListRow) -> DeskTask:
    overview = case_overview(ctx, case_id=row.id)
    case, step = overview.case, overview.next_step
    due = _day(row.cells["next_deadline_on"]) or case.due_on
    if case.stage in (CaseStage.SCHEDULED, CaseStage.IN_CHECKUP):
        checkup = current_checkup(ctx, case_id=case.id)
        due = (checkup.scheduled_on if checkup else None) or due
    if step is NextStep.ANSWER_OBJECTION:
        due = _answer_due(ctx, case_id=case.id) or due
    subject = overview.enterprise or overview.parcel
    return DeskTask(
        case_id=case.id,
        case_no=case.case_no,
        subject=subject.name if subject else "",
        stage=case.stage,
        open_findings=overview.open_findings,
        step=step,
        due_on=due,
        mine=_waits_for(ctx, case_id=case.id, step=step),
    )


def _answer_due(ctx: Context, *, case_id: str) -> date | None:
    """The first day by which an objection of the case is to be answered."""
    space = ctx.workspace
    dues = [
        one.answer_by
        for finding in space.findings.where(case_id=case_id, state=FindingState.OBJECTED)
        for one in space.objections.where(finding_id=finding.id, answered_on=None)
    ]
    return min(dues, default=None)


def _slips(ctx: Context) -> list[DeskTask]:
    """Slips (移送, 抄告) whose reply is wanted and not in, the most urgent first."""
    waiting = waiting_slips(ctx)[:MOST_TASKS]
    return [_slip_task(ctx, one) for one in waiting]


def _slip_task(ctx: Context, slip: Slip) -> DeskTask:
    referral = slip.referral
    overview = case_overview(ctx, case_id=referral.case_id)
    subject = overview.enterprise or overview.parcel
    return DeskTask(
        case_id=referral.case_id,
        case_no=overview.case.case_no,
        subject=subject.name if subject else "",
        stage=overview.case.stage,
        open_findings=0,
        step=NextStep.LOG_REPLY,
        due_on=referral.reply_by,
        mine=may(ctx.actor.role, ACTION_OF[NextStep.LOG_REPLY])
        and referral.from_organisation_id == ctx.actor.organisation_id,
        about=f"{slip.number} → {referral.recipient}",
    )


def _waits_for(ctx: Context, *, case_id: str, step: NextStep) -> bool:
    """Whether the person in use may do the step; who asked for a closure cannot approve it."""
    action = ACTION_OF.get(step)
    if action is None or not may(ctx.actor.role, action):
        return False
    if step is not NextStep.APPROVE_CLOSURE:
        return True
    findings = ctx.workspace.findings.where(case_id=case_id, state=FindingState.RECHECK)
    return any(
        request.requested_by != ctx.actor.id and finding.assigned_by == ctx.actor.organisation_id
        for finding in findings
        for request in ctx.workspace.closures.where(finding_id=finding.id, decided_at=None)
    )


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


def _overdue_findings(ctx: Context, today: date) -> int:
    day = today.isoformat()
    return sum(
        _leading(
            ctx,
            ListKind.FINDINGS,
            ListFilter(equal={"state": state.value}),
            Sort(column="deadline_on"),
            lambda row: bool(row.cells["deadline_on"]) and str(row.cells["deadline_on"]) < day,
        )
        for state in FindingState
        if state not in SETTLED_FINDING_STATES
    )


def _tax(ctx: Context, rows: list[ListRow]) -> tuple[Decimal | None, int | None, Decimal | None]:
    """亩均税收 of the enterprises under way: latest common year, and the year before."""
    enterprises = {str(row.cells["enterprise_id"]) for row in rows if row.cells["enterprise_id"]}
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
