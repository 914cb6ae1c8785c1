"""What people do with findings: record, edit, and move them along the lifecycle."""

from dataclasses import replace
from datetime import date, timedelta
from typing import TypedDict, Unpack

from landsteward.app.cases import contracts_of, living_case, move_case
from landsteward.app.checkup_items import bases_of, item_of
from landsteward.app.closing_conditions import conditions_of, held, plan_of
from landsteward.app.context import Context
from landsteward.app.finding_facts import NEEDS, move_facts, open_objection, stage_refusal
from landsteward.app.language import for_paper
from landsteward.app.look_backs import count_rebound, set_look_backs
from landsteward.domain.basis_search import on_day
from landsteward.domain.casework import Case, EvidenceLink, ItemResult
from landsteward.domain.checklist import breach, limit_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding, FindingEvent, LegalBasis
from landsteward.domain.lifecycle import (
    FINDING_RULES,
    SETTLED_FINDING_STATES,
    check_finding_move,
)
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import ChecklistItem, RulePack
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

_NEEDS_NEW_DEADLINE = frozenset({FindingMove.EXTEND, FindingMove.REOPEN})
_SETS_DEADLINE = _NEEDS_NEW_DEADLINE | {FindingMove.ASSIGN}
_ANSWERS = {FindingMove.REJECT_OBJECTION: False, FindingMove.UPHOLD_OBJECTION: True}
_ALWAYS_OPEN = frozenset(
    {"category", "root_cause", "root_cause_key", "parcel_id", "supervised", "interviewed"}
)
"""What says more about a finding and demands nothing."""


class FindingChanges(TypedDict, total=False):
    """Fields of a finding a person may edit before it is assigned."""

    title: str
    category: str | None
    description: str
    violated_on: date | None
    parcel_id: str | None
    bases: tuple[LegalBasis, ...]
    demand: str
    deadline_on: date | None
    severity: Severity
    department: str
    root_cause_key: str | None
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
    category: str | None = None,
    violated_on: date | None = None,
    parcel_id: str | None = None,
) -> Finding:
    """Record a finding as a draft; it counts once the department confirms it.

    Without a deadline the pack's usual days for the severity are counted from today, calendar
    days; without a category the pack's own for the item or the department is taken.
    """
    ctx.require(Action.SCREEN if origin is FindingOrigin.RULE else Action.CHECK)
    case = ctx.workspace.cases.get(case_id)
    if case.stage in (CaseStage.CLOSED, CaseStage.ARCHIVED):
        raise RefusedMoveError(
            msg("The case is closed; a new problem needs a new case."), where=case.case_no
        )
    if not title.strip():
        raise RefusedMoveError(msg("A finding needs a title."), where=case.case_no)
    if violated_on is not None and violated_on > ctx.today():
        raise RefusedMoveError(msg("The violation cannot lie in the future."), where=title)
    pack = ctx.packs.get(case.pack, case.pack_version)
    if deadline_on is None:
        deadline_on = ctx.today() + timedelta(days=pack.severity(severity).deadline_days)
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
        category=category,
        violated_on=violated_on or ctx.today(),
        parcel_id=parcel_id,
    )
    if category is None:
        kind = pack.findings.category_of(pack.items_of(finding), department)
        finding = replace(finding, category=kind)
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
            violated_on=checkup.started_on or ctx.today(),
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
    """Change a finding's words; once assigned, only category, cause, land and flags are open.

    Of a finding that is settled nothing is. Another day of the violation takes the editions of the
    laws then in force; another severity of a draft, where nobody set the deadline, takes its usual
    days.
    """
    ctx.require(Action.CHECK)
    finding = ctx.workspace.findings.get(finding_id)
    living_case(ctx, case_id=finding.case_id)
    if finding.state in SETTLED_FINDING_STATES:
        raise RefusedMoveError(msg("A settled finding is no longer changed."), where=finding.title)
    if finding.state not in _EDITABLE and not set(changes) <= _ALWAYS_OPEN:
        raise RefusedMoveError(
            msg("An assigned finding is no longer changed."),
            where=finding.title,
            remedy=msg("Use an extension, a transfer or a new finding."),
        )
    if not changes.get("title", "-").strip():
        raise RefusedMoveError(msg("A finding needs a title."), where=finding.title)
    edited = replace(finding, **changes)
    case = ctx.workspace.cases.get(finding.case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    if edited.violated_on is not None and edited.violated_on != finding.violated_on:
        edited = replace(edited, bases=_editions(pack, edited, edited.violated_on, ctx.today()))
    if finding.state is FindingState.DRAFT and "deadline_on" not in changes:
        edited = replace(edited, deadline_on=_usual_deadline(ctx, pack, finding, edited))
    with ctx.change():
        ctx.workspace.findings.save(edited)
    return edited


def _editions(pack: RulePack, finding: Finding, day: date, today: date) -> tuple[LegalBasis, ...]:
    """The finding's bases as they stood on a day. Raises RefusedMoveError."""
    if day > today:
        raise RefusedMoveError(msg("The violation cannot lie in the future."), where=finding.title)
    found = []
    for basis in finding.bases:
        then = on_day(pack, basis, day)
        if then is None:
            raise RefusedMoveError(
                msg(
                    "The rule pack has no edition of “{law}” {article} in force on {day}.",
                    law=basis.law,
                    article=basis.article,
                    day=day,
                ),
                where=finding.title,
                remedy=msg("Take this basis out first, or check the day."),
            )
        found.append(then)
    return tuple(found)


def _usual_deadline(ctx: Context, pack: RulePack, before: Finding, after: Finding) -> date | None:
    """The deadline of another severity, counted from the day it was recorded; one that somebody
    set stays.
    """
    recorded = ctx.workspace.finding_events.first(finding_id=before.id)
    if recorded is None or before.severity is after.severity:
        return before.deadline_on
    day = recorded.at.date()
    usual = day + timedelta(days=pack.severity(before.severity).deadline_days)
    if before.deadline_on != usual:
        return before.deadline_on
    return day + timedelta(days=pack.severity(after.severity).deadline_days)


def move_finding(
    ctx: Context,
    *,
    finding_id: str,
    move: FindingMove,
    reason: str = "",
    deadline_on: date | None = None,
) -> Finding:
    """Make one move of the lifecycle, keep who, when and why, and take the case along.

    Closing decides the request for closure; any other way out of the recheck refuses it. Rejecting
    or upholding answers the objection.
    """
    ctx.require(NEEDS.get(move, Action.DECIDE_FINDING))
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
        or stage_refusal(finding, case, move)
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
        if move is FindingMove.REBOUND:
            changed = count_rebound(ctx, finding=changed)
        if move in _ANSWERS:
            _answer_objection(ctx, finding, upheld=_ANSWERS[move], answer=reason)
        ctx.workspace.findings.save(changed)
        _note(ctx, changed, move, finding.state, reason)
        _take_case_along(ctx, case, changed, move)
    return changed


def _answer_objection(ctx: Context, finding: Finding, *, upheld: bool, answer: str) -> None:
    objection = open_objection(ctx, finding_id=finding.id)
    if objection is None:
        return
    ctx.workspace.objections.save(
        replace(
            objection,
            answered_on=ctx.today(),
            answered_by=ctx.actor.id,
            upheld=upheld,
            answer=answer.strip(),
        )
    )


def _decide_requests(ctx: Context, finding: Finding, move: FindingMove, reason: str) -> None:
    closures = ctx.workspace.closures
    approved = move is FindingMove.CLOSE
    plan = plan_of(ctx, finding_id=finding.id) if approved else None
    for request in closures.where(finding_id=finding.id, decided_at=None):
        decided = replace(
            request,
            decided_by=ctx.actor.id,
            decided_at=ctx.clock.now(),
            approved=approved,
            opinion=reason.strip(),
            conditions=held(conditions_of(ctx, finding=finding)),
            plan_id=plan.id if plan is not None else None,
        )
        closures.save(decided)
        if approved:
            set_look_backs(ctx, finding=finding, closure=decided)


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


def _take_case_along(ctx: Context, case: Case, moved: Finding, move: FindingMove) -> None:
    stage = case.stage
    # What was assigned during the visit (立行立改) and goes on after it counts as well.
    assigned = moved.assigned_by is not None and moved.state not in SETTLED_FINDING_STATES
    if assigned and stage is CaseStage.REPORTED:
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
