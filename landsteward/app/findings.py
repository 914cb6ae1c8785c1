"""What people do with findings: record, edit, and move them along the lifecycle."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TypedDict, Unpack

from landsteward.app.cases import contracts_of, latest_look, living_case, move_case
from landsteward.app.checkup_items import bases_of, item_of
from landsteward.app.context import Context
from landsteward.app.evidence import rectification_evidence
from landsteward.app.language import for_paper
from landsteward.domain import order
from landsteward.domain.casework import Case, EvidenceLink, ItemResult
from landsteward.domain.checklist import breach, limit_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding, FindingEvent, LegalBasis
from landsteward.domain.identifiers import name_key
from landsteward.domain.lifecycle import (
    FINDING_RULES,
    SETTLED_FINDING_STATES,
    MoveFacts,
    check_finding_move,
)
from landsteward.domain.permissions import Action, may
from landsteward.domain.remedies import Closure, Recheck, RecheckResult
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import (
    CaseMove,
    CaseStage,
    Disposal,
    FindingMove,
    FindingOrigin,
    FindingState,
    ItemOutcome,
    Severity,
    SubjectKind,
)
from landsteward.domain.text import Message, msg

_EDITABLE = frozenset({FindingState.DRAFT, FindingState.CONFIRMED, FindingState.OBJECTED})

_NEEDS: dict[FindingMove, Action] = {
    FindingMove.START_PLANNING: Action.WRITE_PLAN,
    FindingMove.SUBMIT_PLAN: Action.WRITE_PLAN,
    FindingMove.RETURN_PLAN: Action.DECIDE_PLAN,
    FindingMove.ACCEPT_PLAN: Action.DECIDE_PLAN,
    FindingMove.SUBMIT: Action.FOLLOW_UP,
    FindingMove.RESUME: Action.FOLLOW_UP,
    FindingMove.START_RECHECK: Action.RECHECK,
    FindingMove.RETURN: Action.RECHECK,
    FindingMove.LOOK_BACK: Action.RECHECK,
    FindingMove.STAY_CLOSED: Action.RECHECK,
    FindingMove.REBOUND: Action.RECHECK,
    FindingMove.CLOSE: Action.CLOSE,
}
"""Moves not named here need `Action.DECIDE_FINDING`."""


_NEEDS_NEW_DEADLINE = frozenset({FindingMove.EXTEND, FindingMove.REOPEN})
_SETS_DEADLINE = _NEEDS_NEW_DEADLINE | {FindingMove.ASSIGN}


class FindingChanges(TypedDict, total=False):
    """Fields of a finding a person may edit before it is assigned."""

    title: str
    description: str
    demand: str
    deadline_on: date | None
    severity: Severity
    department: str
    root_cause: str
    disposal: Disposal
    supervised: bool
    interviewed: bool


def record_finding(
    ctx: Context,
    *,
    case_id: str,
    origin: FindingOrigin,
    department: str,
    severity: Severity,
    title: str,
    description: str = "",
    bases: tuple[LegalBasis, ...] = (),
    demand: str = "",
    deadline_on: date | None = None,
    item_key: str | None = None,
    rule_key: str | None = None,
    disposal: Disposal = Disposal.RECTIFY,
) -> Finding:
    """Record a finding as a draft; it counts once the department confirms it.

    Without a deadline the pack's usual days for the severity are counted from today.
    """
    ctx.require(Action.SCREEN if origin is FindingOrigin.RULE else Action.CHECK)
    case = ctx.workspace.cases.get(case_id)
    if case.stage in (CaseStage.CLOSED, CaseStage.ARCHIVED):
        raise RefusedMoveError(
            msg("The case is closed; a new problem needs a new case."), where=case.case_no
        )
    if not title.strip():
        raise RefusedMoveError(msg("A finding needs a title."), where=case.case_no)
    if deadline_on is None:
        days = ctx.packs.get(case.pack, case.pack_version).severity(severity).deadline_days
        deadline_on = ctx.today() + timedelta(days=days)
    finding = Finding(
        id=ctx.ids.new(),
        case_id=case_id,
        finding_no=ctx.workspace.findings.count(case_id=case_id) + 1,
        origin=origin,
        department=department,
        severity=severity,
        title=title.strip(),
        description=description,
        item_key=item_key,
        rule_key=rule_key,
        bases=bases,
        demand=demand,
        deadline_on=deadline_on,
        disposal=disposal,
    )
    with ctx.change():
        ctx.workspace.findings.add(finding)
        _note(ctx, finding, "record", finding.state, "")
    return finding


def finding_from_item(ctx: Context, *, result_id: str) -> Finding:
    """Turn an item answered 有问题 into a finding, with basis, demand and deadline filled in.

    The basis is that in force on the day of the checkup. Evidence of the item goes along.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    result = space.item_results.get(result_id)
    checkup = space.checkups.get(result.checkup_id)
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    item = item_of(ctx, pack=pack, item_key=result.item_key)
    if result.outcome is not ItemOutcome.PROBLEM:
        raise RefusedMoveError(
            msg("Only an item answered “problem” becomes a finding."), where=item.title
        )
    if known := finding_of_item(ctx, case_id=checkup.case_id, item_key=item.key):
        raise RefusedMoveError(
            msg("This item is finding {number} already.", number=known.finding_no), where=item.title
        )
    with ctx.change():
        finding = record_finding(
            ctx,
            case_id=checkup.case_id,
            origin=FindingOrigin.ITEM,
            department=item.department,
            severity=item.severity,
            title=item.title,
            description=_describe(ctx, result, item),
            bases=bases_of(ctx, checkup=checkup, item=item),
            demand=item.demand,
            item_key=item.key,
            disposal=item.disposal,
        )
        for link in space.evidence_links.where(
            subject_kind=SubjectKind.ITEM_RESULT, subject_id=result.id
        ):
            space.evidence_links.add(
                EvidenceLink(
                    id=ctx.ids.new(),
                    evidence_id=link.evidence_id,
                    subject_kind=SubjectKind.FINDING,
                    subject_id=finding.id,
                )
            )
    return finding


def finding_of_item(ctx: Context, *, case_id: str, item_key: str) -> Finding | None:
    """The finding that answers an item of the case, unless it was dismissed.

    That is the one made from it, or one of a rule that asks the same (`RulePack.items_of`).
    """
    case = ctx.workspace.cases.get(case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    for finding in ctx.workspace.findings.where(case_id=case_id):
        if finding.state is not FindingState.TERMINATED and item_key in pack.items_of(finding):
            return finding
    return None


def edit_finding(ctx: Context, *, finding_id: str, **changes: Unpack[FindingChanges]) -> Finding:
    """Change a finding's words; once assigned, only root cause and flags are still open.

    Of a finding that is settled nothing is.
    """
    ctx.require(Action.CHECK)
    finding = ctx.workspace.findings.get(finding_id)
    living_case(ctx, case_id=finding.case_id)
    if finding.state in SETTLED_FINDING_STATES:
        raise RefusedMoveError(msg("A settled finding is no longer changed."), where=finding.title)
    free = {"root_cause", "supervised", "interviewed"}
    if finding.state not in _EDITABLE and not set(changes) <= free:
        raise RefusedMoveError(
            msg("An assigned finding is no longer changed."),
            where=finding.title,
            remedy=msg("Use an extension, a transfer or a new finding."),
        )
    if not changes.get("title", "-").strip():
        raise RefusedMoveError(msg("A finding needs a title."), where=finding.title)
    edited = replace(finding, **changes)
    with ctx.change():
        ctx.workspace.findings.save(edited)
    return edited


def move_facts(
    ctx: Context, *, finding: Finding, reason: str = "", has_deadline: bool | None = None
) -> MoveFacts:
    """What the guards look at, for the acting person and this finding as it stands."""
    space = ctx.workspace
    look = latest_look(ctx, finding_id=finding.id)
    closures = sorted(space.closures.where(finding_id=finding.id), key=order.requested)
    requests = [one for one in closures if one.decided_at is None]
    organisation = ctx.organisation()
    return MoveFacts(
        actor_id=ctx.actor.id,
        actor_role=ctx.actor.role,
        actor_organisation_id=organisation.id,
        actor_organisation_kind=organisation.kind,
        reason=reason,
        has_deadline=finding.deadline_on is not None if has_deadline is None else has_deadline,
        evidence_count=len(rectification_evidence(ctx, finding_id=finding.id)),
        plan_count=space.plan_findings.count(finding_id=finding.id),
        assigning_organisation_id=finding.assigned_by,
        closure_requested_by=_as_one(ctx, requests[-1].requested_by) if requests else None,
        recheck_passed=look[0].passed if look and look[1].done_on is not None else None,
        closure_refused=bool(
            closures and look and closures[-1].approved is False and _is_after(closures[-1], *look)
        ),
    )


def _as_one(ctx: Context, person_id: str) -> str:
    """The actor's key where that person is the actor under another role, otherwise the person's.

    Whoever introduces themselves once as inspector and once as lead is two records, but no second
    person.
    """
    person, actor = ctx.workspace.people.find(person_id), ctx.actor
    if person is None or person.organisation_id != actor.organisation_id:
        return person_id
    return actor.id if name_key(person.name) == name_key(actor.name) else person_id


def _is_after(request: Closure, result: RecheckResult, look: Recheck) -> bool:
    """Whether closure was asked for on the ground of this look, and not of one before."""
    day, _ = order.looked(look)
    return (request.requested_at.date(), request.id) > (day, result.id)


def why_not(
    ctx: Context, *, finding: Finding, move: FindingMove, reason: str = "-"
) -> Message | None:
    """Why the acting person cannot make this move now, or None. For buttons and their hints."""
    if not may(ctx.actor.role, _NEEDS.get(move, Action.DECIDE_FINDING)):
        return msg("Your role does not allow this step.")
    facts = move_facts(ctx, finding=finding, reason=reason)
    case = ctx.workspace.cases.get(finding.case_id)
    return check_finding_move(finding.state, move, facts) or _stage_refusal(case, move)


def move_finding(
    ctx: Context,
    *,
    finding_id: str,
    move: FindingMove,
    reason: str = "",
    deadline_on: date | None = None,
) -> Finding:
    """Make one move of the lifecycle, keep who, when and why, and take the case along.

    Closing decides the request for closure; any other way out of the recheck refuses it.
    """
    ctx.require(_NEEDS.get(move, Action.DECIDE_FINDING))
    finding = ctx.workspace.findings.get(finding_id)
    case = ctx.workspace.cases.get(finding.case_id)
    facts = move_facts(
        ctx,
        finding=finding,
        reason=reason,
        has_deadline=deadline_on is not None
        or (finding.deadline_on is not None and move not in _NEEDS_NEW_DEADLINE),
    )
    refusal = (
        check_finding_move(finding.state, move, facts)
        or _stage_refusal(case, move)
        or _deadline_refusal(finding, move, deadline_on, ctx.today())
    )
    if refusal is not None:
        raise RefusedMoveError(refusal, where=finding.title)
    changed = replace(finding, state=FINDING_RULES[move].target)
    if move is FindingMove.CONFIRM:
        pack = ctx.packs.get(case.pack, case.pack_version)
        changed = replace(changed, title=pack.confirmed_title(finding))
    if deadline_on is not None:
        changed = replace(changed, deadline_on=deadline_on)
    if move in (FindingMove.ASSIGN, FindingMove.REOPEN):
        changed = replace(changed, assigned_by=ctx.actor.organisation_id, assigned_on=ctx.today())
    with ctx.change():
        if finding.state is FindingState.RECHECK:
            _decide_requests(ctx, finding, move, reason)
        ctx.workspace.findings.save(changed)
        _note(ctx, changed, move, finding.state, reason)
        _take_case_along(ctx, case, move)
    return changed


def _decide_requests(ctx: Context, finding: Finding, move: FindingMove, reason: str) -> None:
    closures = ctx.workspace.closures
    for request in closures.where(finding_id=finding.id, decided_at=None):
        closures.save(
            replace(
                request,
                decided_by=ctx.actor.id,
                decided_at=ctx.clock.now(),
                approved=move is FindingMove.CLOSE,
                opinion=reason.strip(),
            )
        )


def _stage_refusal(case: Case, move: FindingMove) -> Message | None:
    if move is FindingMove.ASSIGN and case.stage not in (
        CaseStage.REPORTED,
        CaseStage.IN_REMEDY,
    ):
        return msg("Finish the checkup first; findings are assigned after its report.")
    return None


def _deadline_refusal(
    finding: Finding, move: FindingMove, deadline_on: date | None, today: date
) -> Message | None:
    if move not in _SETS_DEADLINE:
        return None
    due = deadline_on or finding.deadline_on
    if due is not None and due < today:
        return msg("The deadline {day} has passed already; set a later one.", day=due)
    was = finding.deadline_on
    if move is FindingMove.EXTEND and due is not None and was is not None and due <= was:
        return msg("An extension needs a later day than {day}.", day=was)
    return None


def _take_case_along(ctx: Context, case: Case, move: FindingMove) -> None:
    stage = case.stage
    if move is FindingMove.ASSIGN and stage is CaseStage.REPORTED:
        move_case(ctx, case=case, move=CaseMove.START_REMEDY)
    if move is FindingMove.REBOUND and stage in (CaseStage.CLOSED, CaseStage.ARCHIVED):
        move_case(ctx, case=case, move=CaseMove.REOPEN)


def _note(ctx: Context, finding: Finding, move: str, from_state: FindingState, reason: str) -> None:
    ctx.workspace.finding_events.add(
        FindingEvent(
            id=ctx.ids.new(),
            finding_id=finding.id,
            at=ctx.clock.now(),
            actor_id=ctx.actor.id,
            move=move,
            from_state=from_state,
            to_state=finding.state,
            reason=reason,
        )
    )


def _describe(ctx: Context, result: ItemResult, item: ChecklistItem) -> str:
    """What the inspector wrote and measured, as the finding's first description."""
    lines = [result.note.strip()] if result.note.strip() else []
    if result.value is not None:
        checkup = ctx.workspace.checkups.get(result.checkup_id)
        case = ctx.workspace.cases.get(checkup.case_id)
        supply, output = contracts_of(ctx, case)
        limit = limit_of(item, supply, output)
        missed = breach(result.value, limit) if limit else None
        measured = msg("Measured: {value} {unit}", value=result.value, unit=item.unit)
        lines.append(for_paper(measured) + (f"；{for_paper(missed)}" if missed else ""))
    return "\n".join(lines)
