"""The checkup (健康体检): schedule it, answer its items, finish it.

Every answer is kept the moment it is given; a finished checkup is locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landsteward.app.cases import case_facts, contracts_of, current_checkup, move_case
from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.casework import Checkup, CheckupInspector, ItemResult
from landsteward.domain.checklist import Limit, breach, limit_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.lifecycle import check_case_move
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import ChecklistItem, Department, RulePack
from landsteward.domain.states import CaseMove, FindingState, ItemOutcome, SubjectKind
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One line of the form: the item, its answer, its limit and what hangs on it."""

    item: ChecklistItem
    result: ItemResult
    limit: Limit | None
    breach: Message | None
    bases: tuple[LegalBasis, ...]
    finding: Finding | None
    evidence_count: int
    last_year: ItemResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """One department's part of the form."""

    department: Department
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupSheet:
    """The whole form of a checkup."""

    checkup: Checkup
    inspectors: tuple[CheckupInspector, ...]
    sections: tuple[SheetSection, ...]


def schedule_checkup(
    ctx: Context,
    *,
    case_id: str,
    scheduled_on: date,
    departments: Sequence[str] | None = None,
    inspector_ids: Sequence[str] = (),
    campaign_id: str | None = None,
) -> Checkup:
    """Set date, departments and inspectors of the joint visit; may be repeated until it starts.

    Without departments, those that the pack has on by default; without a campaign, the one it
    belongs to already. The form's lines are laid at once, so that nothing is forgotten by not
    being asked.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    case = space.cases.get(case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    chosen = tuple(
        one.key
        for one in pack.departments
        if (one.on if departments is None else one.key in departments)
    )
    if not chosen:
        raise RefusedMoveError(msg("At least one department has to take part."), where=case.case_no)
    with ctx.change():
        checkup = current_checkup(ctx, case_id=case_id)
        if checkup is None:
            checkup = Checkup(
                id=ctx.ids.new(),
                case_id=case_id,
                pack=pack.key,
                pack_version=pack.version,
                departments=chosen,
                campaign_id=campaign_id,
                scheduled_on=scheduled_on,
            )
            space.checkups.add(checkup)
        else:
            checkup = replace(
                checkup,
                departments=chosen,
                campaign_id=campaign_id or checkup.campaign_id,
                scheduled_on=scheduled_on,
            )
            space.checkups.save(checkup)
        move_case(ctx, case=case, move=CaseMove.SCHEDULE)
        _lay_lines(ctx, checkup, pack)
        _set_inspectors(ctx, checkup, inspector_ids)
    return checkup


def _lay_lines(ctx: Context, checkup: Checkup, pack: RulePack) -> None:
    results = ctx.workspace.item_results
    laid = {one.item_key: one for one in results.where(checkup_id=checkup.id)}
    for result in laid.values():
        if result.department not in checkup.departments and result.outcome is None:
            results.retire(result.id)
    results.add_many(
        ItemResult(
            id=ctx.ids.new(),
            checkup_id=checkup.id,
            item_key=item.key,
            department=item.department,
        )
        for item in pack.items
        if item.department in checkup.departments and item.key not in laid
    )


def _set_inspectors(ctx: Context, checkup: Checkup, inspector_ids: Sequence[str]) -> None:
    space = ctx.workspace
    known = {one.person_id: one for one in space.checkup_inspectors.where(checkup_id=checkup.id)}
    for person_id, one in known.items():
        if person_id not in inspector_ids:
            space.checkup_inspectors.retire(one.id)
    for person_id in inspector_ids:
        if person_id not in known:
            organisation = space.organisations.get(space.people.get(person_id).organisation_id)
            space.checkup_inspectors.add(
                CheckupInspector(
                    id=ctx.ids.new(),
                    checkup_id=checkup.id,
                    person_id=person_id,
                    department=organisation.department or "",
                )
            )


def start_checkup(ctx: Context, *, checkup_id: str) -> Checkup:
    """Begin the visit today."""
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    started = replace(checkup, started_on=ctx.today())
    with ctx.change():
        move_case(ctx, case=space.cases.get(checkup.case_id), move=CaseMove.START_CHECKUP)
        space.checkups.save(started)
    return started


def answer_item(ctx: Context, *, result_id: str, outcome: ItemOutcome | None) -> ItemResult:
    """Answer one item, or take the answer back (None).

    While a finding rests on the item, its answer stays “problem”.
    """
    result = _open_result(ctx, result_id)
    if outcome is not ItemOutcome.PROBLEM:
        _refuse_under_finding(ctx, result)
    return _keep_answer(ctx, result, outcome)


def _refuse_under_finding(ctx: Context, result: ItemResult) -> None:
    case_id = ctx.workspace.checkups.get(result.checkup_id).case_id
    for finding in ctx.workspace.findings.where(case_id=case_id, item_key=result.item_key):
        if finding.state is not FindingState.TERMINATED:
            raise RefusedMoveError(
                msg("This item is finding {number} already.", number=finding.finding_no),
                where=finding.title,
                remedy=msg("Dismiss the finding first, with the reason."),
            )


def set_item_value(ctx: Context, *, result_id: str, value: Decimal | None) -> ItemResult:
    """Keep a measured value, in the item's unit. A breach of the limit is for people to judge."""
    return _keep(ctx, replace(_open_result(ctx, result_id), value=value))


def set_item_note(ctx: Context, *, result_id: str, note: str) -> ItemResult:
    """Keep what the inspector writes beside an item."""
    return _keep(ctx, replace(_open_result(ctx, result_id), note=note))


def answer_rest_ok(ctx: Context, *, checkup_id: str, department: str) -> list[str]:
    """其余无问题: answer all unanswered items of a department, and say which (to undo it)."""
    ctx.require(Action.CHECK)
    answered = []
    with ctx.change():
        for result in ctx.workspace.item_results.where(
            checkup_id=checkup_id, department=department, outcome=None
        ):
            _keep_answer(ctx, _open_result(ctx, result.id), ItemOutcome.OK)
            answered.append(result.id)
    return answered


def take_answers_back(ctx: Context, *, result_ids: Sequence[str]) -> None:
    """Undo `answer_rest_ok`."""
    with ctx.change():
        for result_id in result_ids:
            _keep_answer(ctx, _open_result(ctx, result_id), None)


def finish_checkup(
    ctx: Context,
    *,
    checkup_id: str,
    conclusion: str = "",
    representative: str = "",
    representative_refused: bool = False,
    witness: str = "",
) -> Checkup:
    """Finish and lock the checkup. Every item needs an answer, every problem its finding.

    The enterprise's representative is named, or has refused before a witness.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    case = space.cases.get(checkup.case_id)
    refusal = check_case_move(case.stage, CaseMove.REPORT, case_facts(ctx, case_id=case.id))
    if refusal is None and representative_refused and not witness.strip():
        refusal = msg("Where the representative refuses to sign, a witness must be named.")
    if refusal is None and not representative_refused and not representative.strip():
        refusal = msg("Name the enterprise's representative, or note that they refused to sign.")
    if refusal is not None:
        raise RefusedMoveError(refusal, where=case.case_no)
    finished = replace(
        checkup,
        finished_at=ctx.clock.now(),
        finished_by=ctx.actor.id,
        conclusion=conclusion,
        enterprise_representative=representative.strip(),
        representative_refused=representative_refused,
        witness=witness.strip(),
    )
    with ctx.change():
        move_case(ctx, case=case, move=CaseMove.REPORT)
        space.checkups.save(finished)
    return finished


def checkup_sheet(ctx: Context, *, checkup_id: str) -> CheckupSheet:
    """The form with everything that stands beside each line."""
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    case = space.cases.get(checkup.case_id)
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    supply, output = contracts_of(ctx, case)
    findings = {
        item_key: one
        for one in space.findings.where(case_id=case.id)
        if one.state is not FindingState.TERMINATED
        for item_key in pack.items_of(one)
    }
    results = {one.item_key: one for one in space.item_results.where(checkup_id=checkup_id)}
    earlier = _last_answers(ctx, checkup)
    day = checkup.started_on or ctx.today()
    sections = []
    for department in pack.departments:
        lines = []
        for item in pack.items:
            result = results.get(item.key)
            if item.department != department.key or result is None:
                continue
            limit = limit_of(item, supply, output)
            lines.append(
                SheetItem(
                    item=item,
                    result=result,
                    limit=limit,
                    breach=breach(result.value, limit)
                    if limit and result.value is not None
                    else None,
                    bases=pack.bases_on(item.bases, day),
                    finding=findings.get(item.key),
                    evidence_count=space.evidence_links.count(
                        subject_kind=SubjectKind.ITEM_RESULT, subject_id=result.id
                    ),
                    last_year=earlier.get(item.key),
                )
            )
        if lines:
            sections.append(SheetSection(department=department, items=tuple(lines)))
    return CheckupSheet(
        checkup=checkup,
        inspectors=tuple(space.checkup_inspectors.where(checkup_id=checkup_id)),
        sections=tuple(sections),
    )


def _last_answers(ctx: Context, checkup: Checkup) -> dict[str, ItemResult]:
    """The enterprise's answers of its last finished checkup before this one."""
    space = ctx.workspace
    case = space.cases.get(checkup.case_id)
    if case.enterprise_id is None:
        return {}
    finished = [
        one
        for other in space.cases.where(enterprise_id=case.enterprise_id)
        for one in space.checkups.where(case_id=other.id)
        if one.finished_at is not None and order.visited(one) < order.visited(checkup)
    ]
    if not finished:
        return {}
    last = max(finished, key=order.visited)
    return {one.item_key: one for one in space.item_results.where(checkup_id=last.id)}


def _open_result(ctx: Context, result_id: str) -> ItemResult:
    ctx.require(Action.CHECK)
    result = ctx.workspace.item_results.get(result_id)
    checkup = ctx.workspace.checkups.get(result.checkup_id)
    if checkup.finished_at is not None:
        raise RefusedMoveError(
            msg("The checkup is finished and locked."),
            remedy=msg("Record a finding by hand if something was missed."),
        )
    if checkup.started_on is None:
        raise RefusedMoveError(
            msg("The checkup has not started yet."), remedy=msg("Start the checkup first.")
        )
    return result


def _keep_answer(ctx: Context, result: ItemResult, outcome: ItemOutcome | None) -> ItemResult:
    return _keep(
        ctx,
        replace(
            result,
            outcome=outcome,
            answered_by=ctx.actor.id if outcome else None,
            answered_at=ctx.clock.now() if outcome else None,
        ),
    )


def _keep(ctx: Context, result: ItemResult) -> ItemResult:
    with ctx.change():
        ctx.workspace.item_results.save(result)
    return result
