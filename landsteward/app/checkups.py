"""The checkup (健康体检): schedule it, answer its items, finish it.

Every answer is kept the moment it is given; a finished checkup is locked.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from landsteward.app.cases import case_facts, contracts_of, current_checkup, move_case
from landsteward.app.checkup_items import (
    asked_keys,
    asked_results,
    form_items,
    last_answers,
    no_longer_asked,
    numbers_of,
    open_form,
    photos_by_result,
    refuse_under_finding,
)
from landsteward.app.context import Context
from landsteward.app.signing import Signed, form_hash, refuse_stale, signatures_of
from landsteward.domain.casework import Checkup, CheckupInspector, Evidence, ItemResult
from landsteward.domain.checklist import Limit, breach, limit_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.lifecycle import check_case_move
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import ChecklistItem, Department, RulePack
from landsteward.domain.signatures import Addendum, SignatureRole
from landsteward.domain.states import CaseMove, FindingState, ItemOutcome
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetItem:
    """One line of the form: the item, its answer, its limit and what hangs on it.

    `number` counts through the whole form, whether or not an item is asked. It may have been
    `added` on the spot; `addenda` correct it once the form is locked.
    """

    item: ChecklistItem
    result: ItemResult
    limit: Limit | None
    breach: Message | None
    bases: tuple[LegalBasis, ...]
    finding: Finding | None
    evidence_count: int
    last_year: ItemResult | None
    number: int = 0
    evidence: tuple[Evidence, ...] = ()
    added: bool = False
    addenda: tuple[Addendum, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """One department's part of the form."""

    department: Department
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupSheet:
    """The whole form of a checkup, as far as it is asked.

    `intact` says of a locked form whether it still says what it said then; None: it is not locked,
    or was locked when nothing was kept to tell by.
    """

    checkup: Checkup
    inspectors: tuple[CheckupInspector, ...]
    sections: tuple[SheetSection, ...]
    signatures: tuple[Signed, ...] = ()
    addenda: tuple[Addendum, ...] = ()
    intact: bool | None = None


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

    While a finding rests on the item, its answer stays “problem”; while one rests on an item that
    follows from it, that item stays asked.
    """
    result = _open_result(ctx, result_id)
    checkup = ctx.workspace.checkups.get(result.checkup_id)
    if outcome is not ItemOutcome.PROBLEM:
        refuse_under_finding(ctx, checkup=checkup, keys={result.item_key})
    gone = no_longer_asked(ctx, checkup=checkup, result=result, outcome=outcome)
    refuse_under_finding(ctx, checkup=checkup, keys=gone)
    return _keep_answer(ctx, result, outcome)


def set_item_value(ctx: Context, *, result_id: str, value: Decimal | None) -> ItemResult:
    """Keep a measured value, in the item's unit. A breach of the limit is for people to judge."""
    return _keep(ctx, replace(_open_result(ctx, result_id), value=value))


def set_item_note(ctx: Context, *, result_id: str, note: str) -> ItemResult:
    """Keep what the inspector writes beside an item."""
    return _keep(ctx, replace(_open_result(ctx, result_id), note=note))


def answer_rest_ok(ctx: Context, *, checkup_id: str, department: str) -> list[str]:
    """其余无问题: answer all unanswered items of a department, and say which (to undo it).

    What follows from them is answered along, as far as it is asked then.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    answered: list[str] = []
    with ctx.change():
        while True:
            results = space.item_results.where(checkup_id=checkup_id)
            left = [
                one.id
                for one in asked_results(ctx, checkup=checkup, results=results)
                if one.department == department and one.outcome is None
            ]
            if not left:
                return answered
            for result_id in left:
                _keep_answer(ctx, _open_result(ctx, result_id), ItemOutcome.OK)
            answered += left


def take_answers_back(ctx: Context, *, result_ids: Sequence[str]) -> None:
    """Undo `answer_rest_ok`."""
    ctx.require(Action.CHECK)
    with ctx.change():
        for result_id in result_ids:
            _keep_answer(ctx, _open_result(ctx, result_id), None)


def set_conclusion(ctx: Context, *, checkup_id: str, conclusion: str) -> Checkup:
    """Keep what is written under the form; it is part of what is signed."""
    ctx.require(Action.CHECK)
    checkup = ctx.workspace.checkups.get(checkup_id)
    open_form(checkup)
    changed = replace(checkup, conclusion=conclusion)
    with ctx.change():
        ctx.workspace.checkups.save(changed)
    return changed


def finish_checkup(
    ctx: Context,
    *,
    checkup_id: str,
    conclusion: str | None = None,
    representative: str = "",
    representative_refused: bool = False,
    witness: str = "",
    refusal_reason: str = "",
    on_paper: bool = True,
) -> Checkup:
    """Finish and lock the checkup. Every item needs an answer, every problem its finding.

    The enterprise's representative has signed, is named to sign the printed form, or has refused
    with a reason before a witness; unless it is signed `on_paper`, an inspector has signed as well.
    What was signed must be what is locked. Without a conclusion that on record stays.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    case = space.cases.get(checkup.case_id)
    refusal = check_case_move(case.stage, CaseMove.REPORT, case_facts(ctx, case_id=case.id))
    signed = space.signatures.first(checkup_id=checkup.id, role=SignatureRole.REPRESENTATIVE)
    if signed is not None and not representative_refused:
        representative = signed.name
    if refusal is None and representative_refused and signed is not None:
        refusal = msg("The representative has signed; take the signature off first.")
    if refusal is None and representative_refused and not witness.strip():
        refusal = msg("Where the representative refuses to sign, a witness must be named.")
    if refusal is None and representative_refused and not refusal_reason.strip():
        refusal = msg("Where the representative refuses to sign, the reason must be noted.")
    if refusal is None and not representative_refused and not representative.strip():
        refusal = msg("Name the enterprise's representative, or note that they refused to sign.")
    if refusal is None and not on_paper:
        refusal = _unsigned(ctx, checkup, refused=representative_refused)
    if refusal is not None:
        raise RefusedMoveError(refusal, where=case.case_no)
    said = checkup if conclusion is None else replace(checkup, conclusion=conclusion)
    now = form_hash(ctx, checkup=said)
    refuse_stale(ctx, checkup=said, now=now)
    finished = replace(
        said,
        finished_at=ctx.clock.now(),
        finished_by=ctx.actor.id,
        content_hash=now,
        enterprise_representative=representative.strip(),
        representative_refused=representative_refused,
        witness=witness.strip(),
        refusal_reason=refusal_reason.strip(),
    )
    with ctx.change():
        move_case(ctx, case=case, move=CaseMove.REPORT)
        space.checkups.save(finished)
    return finished


def _unsigned(ctx: Context, checkup: Checkup, *, refused: bool) -> Message | None:
    """What is missing where all sign here and none on paper."""
    signatures = ctx.workspace.signatures
    if not signatures.count(checkup_id=checkup.id, role=SignatureRole.INSPECTOR):
        return msg("No inspector has signed yet.")
    if not refused and not signatures.count(
        checkup_id=checkup.id, role=SignatureRole.REPRESENTATIVE
    ):
        return msg("The representative has not signed yet.")
    return None


def checkup_sheet(ctx: Context, *, checkup_id: str, whole: bool = False) -> CheckupSheet:
    """The form with everything that stands beside each line.

    `whole`: with the items that are not asked as it stands, for a form to be filled in by hand.
    """
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
    items = form_items(ctx, checkup=checkup)
    shown = asked_keys((item for item, _ in items), results.values())
    photos = photos_by_result(ctx, checkup=checkup)
    addenda = space.addenda.where(checkup_id=checkup_id)
    earlier = last_answers(ctx, checkup=checkup)
    day = checkup.started_on or ctx.today()
    lines: dict[str, list[SheetItem]] = {one.key: [] for one in pack.departments}
    numbers = numbers_of(items, results)
    for item, added in items:
        if item.key not in (results if whole else shown):
            continue
        result = results[item.key]
        limit = limit_of(item, supply, output)
        missed = breach(result.value, limit) if limit and result.value is not None else None
        lines[item.department].append(
            SheetItem(
                item=item,
                result=result,
                limit=limit,
                breach=missed,
                bases=pack.bases_on(item.bases, day) if added is None else added.bases,
                finding=findings.get(item.key),
                evidence_count=len(photos.get(result.id, ())),
                last_year=earlier.get(item.key),
                number=numbers[item.key],
                evidence=tuple(photos.get(result.id, ())),
                added=added is not None,
                addenda=tuple(one for one in addenda if one.item_key == item.key),
            )
        )
    locked = bool(checkup.content_hash)
    signed = locked or space.signatures.count(checkup_id=checkup_id) > 0
    now = form_hash(ctx, checkup=checkup) if signed else ""
    return CheckupSheet(
        checkup=checkup,
        inspectors=tuple(space.checkup_inspectors.where(checkup_id=checkup_id)),
        sections=tuple(
            SheetSection(department=one, items=tuple(lines[one.key]))
            for one in pack.departments
            if lines[one.key]
        ),
        signatures=signatures_of(ctx, checkup=checkup, now=now),
        addenda=tuple(addenda),
        intact=now == checkup.content_hash if locked else None,
    )


def _open_result(ctx: Context, result_id: str) -> ItemResult:
    ctx.require(Action.CHECK)
    result = ctx.workspace.item_results.get(result_id)
    open_form(ctx.workspace.checkups.get(result.checkup_id))
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
