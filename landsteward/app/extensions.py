"""Extensions (延期): asked with reason and new day, decided by the assigning department.

The person who asked never decides, as nobody closes what they asked to close (`domain.md` §8).
"""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.finding_facts import as_one
from landsteward.app.findings import move_finding
from landsteward.app.plan_reading import plan_of_step
from landsteward.domain.casework import Case
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.follow_ups import Extension
from landsteward.domain.lifecycle import third_party_refusal
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FindingMove, FindingState, OrganisationKind, PlanStatus
from landsteward.domain.text import Message, msg

_PUT_RIGHT = frozenset({FindingState.RECTIFYING, FindingState.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtensionCount:
    """How often more time was granted to one finding or step, and by how many days in all."""

    times: int
    days: int


def ask_extension(
    ctx: Context,
    *,
    to_on: date,
    reason: str,
    finding_id: str | None = None,
    step_id: str | None = None,
) -> Extension:
    """Ask for more time for a finding that is being put right, or for a step of an accepted plan.

    Firm, carrier or department asks. Raises RefusedMoveError where one waits already or the pack's
    limits are reached.
    """
    ctx.require(Action.FOLLOW_UP)
    case, was_on, name = _subject(ctx, finding_id, step_id)
    if not reason.strip():
        raise RefusedMoveError(msg("A reason must be given."), where=name)
    if to_on <= was_on:
        raise RefusedMoveError(
            msg("An extension needs a later day than {day}.", day=was_on), where=name
        )
    if to_on < ctx.today():
        raise RefusedMoveError(
            msg("The deadline {day} has passed already; set a later one.", day=to_on), where=name
        )
    if ctx.workspace.extensions.first(finding_id=finding_id, step_id=step_id, granted=None):
        raise RefusedMoveError(
            msg("An extension was asked for already and waits for the decision."), where=name
        )
    asked = Extension(
        id=ctx.ids.new(),
        case_id=case.id,
        finding_id=finding_id,
        step_id=step_id,
        was_on=was_on,
        to_on=to_on,
        reason=reason.strip(),
        asked_by=ctx.actor.id,
        asked_on=ctx.today(),
    )
    refusal = _limit_refusal(ctx, case, asked)
    if refusal is not None:
        raise RefusedMoveError(refusal, where=name)
    with ctx.change():
        ctx.workspace.extensions.add(asked)
    return asked


def decide_extension(
    ctx: Context, *, extension_id: str, granted: bool, opinion: str = ""
) -> Extension:
    """Grant or refuse what was asked; a refusal says why.

    Granted, the finding moves (延期) or the step has its new day.
    """
    ctx.require(Action.GRANT_EXTENSION)
    asked = ctx.workspace.extensions.get(extension_id)
    living_case(ctx, case_id=asked.case_id)
    refusal = decision_refusal(ctx, asked)
    if refusal is not None:
        raise RefusedMoveError(refusal, where=asked.reason)
    if not granted and not opinion.strip():
        raise RefusedMoveError(msg("Say why the extension is refused."), where=asked.reason)
    decided = replace(
        asked,
        granted=granted,
        decided_by=ctx.actor.id,
        decided_at=ctx.clock.now(),
        opinion=opinion.strip(),
    )
    with ctx.change():
        if granted and asked.finding_id is not None:
            move_finding(
                ctx,
                finding_id=asked.finding_id,
                move=FindingMove.EXTEND,
                reason=opinion.strip() or asked.reason,
                deadline_on=asked.to_on,
            )
        elif granted and asked.step_id is not None:
            step = ctx.workspace.plan_steps.get(asked.step_id)
            ctx.workspace.plan_steps.save(replace(step, extended_to=asked.to_on))
        ctx.workspace.extensions.save(decided)
    return decided


def decision_refusal(ctx: Context, asked: Extension) -> Message | None:
    """Why the acting person may not decide on it, or None."""
    # Whoever has not said yet who they are decides nothing.
    if not ctx.actor.organisation_id or not may(ctx.actor.role, Action.GRANT_EXTENSION):
        return msg("Your role does not allow this step.")
    if asked.granted is not None:
        return msg("This extension was decided already.")
    third = third_party_refusal(ctx.actor.role, ctx.organisation().kind)
    if third is not None:
        return third
    if as_one(ctx, asked.asked_by) == ctx.actor.id:
        return msg("A second person decides: whoever asked for the extension cannot.")
    assigned = _assigned_by(ctx, asked)
    if assigned and ctx.actor.organisation_id not in assigned:
        return msg("Another department assigned this finding; the step belongs to that department.")
    if not assigned and ctx.organisation().kind is not OrganisationKind.DEPARTMENT:
        return msg("Only the department that assigned the finding gives more time.")
    return None


def extensions_of(ctx: Context, *, case_id: str) -> list[Extension]:
    """All that was asked in a case: what waits first, then the latest."""
    found = ctx.workspace.extensions.where(case_id=case_id)
    found.sort(key=lambda one: (one.asked_on, one.id), reverse=True)
    return sorted(found, key=lambda one: one.granted is not None)


def counted(extensions: list[Extension]) -> dict[str, ExtensionCount]:
    """What was granted, by the key of the finding or step."""
    counts: dict[str, ExtensionCount] = {}
    for one in extensions:
        if one.granted:
            key = one.finding_id or one.step_id or ""
            before = counts.get(key, ExtensionCount(times=0, days=0))
            counts[key] = ExtensionCount(times=before.times + 1, days=before.days + one.days)
    return counts


def _subject(ctx: Context, finding_id: str | None, step_id: str | None) -> tuple[Case, date, str]:
    """The case, the day that stands, and what it is called."""
    space = ctx.workspace
    if (finding_id is None) == (step_id is None):
        raise ValueError("either a finding or a step is extended")
    if finding_id is not None:
        finding = space.findings.get(finding_id)
        case = living_case(ctx, case_id=finding.case_id)
        if finding.state not in _PUT_RIGHT or finding.deadline_on is None:
            raise RefusedMoveError(
                msg("More time is given while a finding is being put right."), where=finding.title
            )
        return case, finding.deadline_on, finding.title
    step = space.plan_steps.get(step_id or "")
    plan = plan_of_step(ctx, step)
    case = living_case(ctx, case_id=plan.case_id)
    if plan.status is not PlanStatus.ACCEPTED or step.done_on is not None or step.until is None:
        raise RefusedMoveError(
            msg("More time is given for a step of an accepted plan that is not done."),
            where=step.title,
        )
    return case, step.until, step.title


def _limit_refusal(ctx: Context, case: Case, asked: Extension) -> Message | None:
    limits = ctx.packs.get(case.pack, case.pack_version).follow_up.extensions
    before = ctx.workspace.extensions.count(
        finding_id=asked.finding_id, step_id=asked.step_id, granted=True
    )
    if 0 < limits.most_times <= before:
        return msg(
            "The rule pack allows {most} extensions, and {times} were granted.",
            most=limits.most_times,
            times=before,
        )
    if 0 < limits.most_days < asked.days:
        return msg(
            "The rule pack allows {most} days each time; {days} are asked for.",
            most=limits.most_days,
            days=asked.days,
        )
    return None


def _assigned_by(ctx: Context, asked: Extension) -> set[str]:
    """Who assigned the finding, or the findings that the step's plan answers."""
    space = ctx.workspace
    if asked.finding_id is not None:
        findings: list[Finding] = [space.findings.get(asked.finding_id)]
    else:
        plan_id = plan_of_step(ctx, space.plan_steps.get(asked.step_id or "")).id
        links = space.plan_findings.where(plan_id=plan_id)
        findings = [space.findings.get(one.finding_id) for one in links]
    return {one.assigned_by for one in findings if one.assigned_by is not None}
