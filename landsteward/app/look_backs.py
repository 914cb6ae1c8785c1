"""回头看: looked at again some months after it was closed, on days that the pack sets.

The days are set when a finding is closed, the second look itself is `landsteward.app.rechecks`'.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.closing import LookBack, LookBackState
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.remedies import Closure, RecheckResult
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class DueLookBack:
    """A look-back with whose it is and where it stands today."""

    look_back: LookBack
    finding: Finding
    case: Case
    enterprise: str
    state: LookBackState


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebound:
    """A problem that came back after it was closed: against which closure it counts.

    `plan` is the plan it was closed on, whose firm answers for it; None where there was none.
    """

    finding: Finding
    closure: Closure
    plan: RemedyPlan | None


def set_look_backs(ctx: Context, *, finding: Finding, closure: Closure) -> None:
    """Set the days on which a finding closed today is looked at again; inside a change."""
    case = ctx.workspace.cases.get(finding.case_id)
    terms = ctx.packs.get(case.pack, case.pack_version).closing
    days = terms.look_back_days(
        severity=finding.severity, category=finding.category, closed_on=ctx.today()
    )
    ctx.workspace.look_backs.add_many(
        LookBack(
            id=ctx.ids.new(),
            case_id=case.id,
            finding_id=finding.id,
            closure_id=closure.id,
            due_on=day,
        )
        for day in days
    )


def settle_look_back(ctx: Context, *, finding_id: str, result: RecheckResult) -> None:
    """Keep what a second look showed with the look-back that was next; inside a change."""
    waiting = open_look_backs(ctx, finding_id=finding_id)
    if waiting:
        ctx.workspace.look_backs.save(
            replace(
                waiting[0],
                result_id=result.id,
                done_on=ctx.today(),
                stayed=result.passed,
            )
        )


def count_rebound(ctx: Context, *, finding: Finding) -> Finding:
    """Count a rebound against the closure it follows, and end the look-backs it overtook.

    Says the finding as it is then; inside a change.
    """
    space = ctx.workspace
    closures = space.closures.where(finding_id=finding.id, approved=True)
    if closures:
        last = max(closures, key=order.requested)
        space.closures.save(replace(last, rebounded_on=ctx.today()))
    for one in open_look_backs(ctx, finding_id=finding.id):
        space.look_backs.save(replace(one, done_on=ctx.today()))
    return replace(finding, rebounds=finding.rebounds + 1)


def open_look_backs(ctx: Context, *, finding_id: str) -> list[LookBack]:
    """The look-backs at a finding that are not done, the earliest first."""
    return sorted(
        ctx.workspace.look_backs.where(finding_id=finding_id, done_on=None),
        key=lambda one: (one.due_on, one.id),
    )


def due_look_backs(
    ctx: Context, *, until: date | None = None, case_id: str | None = None
) -> list[DueLookBack]:
    """Look-backs that are not done and due by a day (without one: by the pack's days from today).

    The earliest first; of every finding the next one only.
    """
    space, today = ctx.workspace, ctx.today()
    found: dict[str, DueLookBack] = {}
    which = {"case_id": case_id} if case_id is not None else {}
    waiting = space.look_backs.where(done_on=None, **which)
    for one in sorted(waiting, key=lambda held: (held.due_on, held.id)):
        if one.finding_id in found or (until is not None and one.due_on > until):
            continue
        case = space.cases.get(one.case_id)
        near = ctx.packs.get(case.pack, case.pack_version).closing.near_days
        state = one.state_on(today, near_days=near)
        if until is None and state is LookBackState.AHEAD:
            continue
        enterprise = space.enterprises.find(case.enterprise_id) if case.enterprise_id else None
        found[one.finding_id] = DueLookBack(
            look_back=one,
            finding=space.findings.get(one.finding_id),
            case=case,
            enterprise=enterprise.name if enterprise else "",
            state=state,
        )
    return list(found.values())


def plan_look_backs(
    ctx: Context,
    *,
    look_back_ids: Sequence[str],
    planned_on: date,
    inspector_id: str | None = None,
) -> int:
    """Set the visit of look-backs, many at once; says how many were not set so before."""
    ctx.require(Action.RECHECK)
    if planned_on < ctx.today():
        raise RefusedMoveError(msg("A visit is planned for today or later."))
    space = ctx.workspace
    changed = 0
    with ctx.change():
        for look_back_id in look_back_ids:
            known = space.look_backs.get(look_back_id)
            if known.done_on is not None:
                raise RefusedMoveError(
                    msg("This look-back is done already."),
                    where=space.findings.get(known.finding_id).title,
                )
            planned = replace(known, planned_on=planned_on, inspector_id=inspector_id)
            if planned != known:
                space.look_backs.save(planned)
                changed += 1
    return changed


def rebounds(ctx: Context) -> list[Rebound]:
    """Every rebound of the workspace with the closure and plan it counts against."""
    space = ctx.workspace
    return [
        Rebound(
            finding=space.findings.get(one.finding_id),
            closure=one,
            plan=space.remedy_plans.find(one.plan_id) if one.plan_id else None,
        )
        for one in space.closures.where(approved=True)
        if one.rebounded_on is not None
    ]
