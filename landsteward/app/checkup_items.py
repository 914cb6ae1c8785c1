"""The items of one checkup's form: its pack's, those added on the spot, and which are asked."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from landsteward.app.context import Context
from landsteward.domain import order
from landsteward.domain.added_items import PREFIX, AddedItem
from landsteward.domain.casework import Checkup, Evidence, ItemResult
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import LegalBasis
from landsteward.domain.following import asked, followers
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import ChecklistItem, RulePack
from landsteward.domain.states import FindingState, ItemOutcome, Severity, SubjectKind
from landsteward.domain.text import msg


def form_items(ctx: Context, *, checkup: Checkup) -> list[tuple[ChecklistItem, AddedItem | None]]:
    """All items a checkup can ask, in the order of the form: each department's own, then what was
    added to them; with an added one its record.
    """
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    added = ctx.workspace.added_items.where(checkup_id=checkup.id)
    found: list[tuple[ChecklistItem, AddedItem | None]] = []
    for department in pack.departments:
        found += [(one, None) for one in pack.items if one.department == department.key]
        found += [(one.as_item(), one) for one in added if one.department == department.key]
    return found


def item_of(ctx: Context, *, pack: RulePack, item_key: str) -> ChecklistItem:
    """The item an answer or a finding names, of the pack or added on the spot."""
    if item_key.startswith(PREFIX):
        return ctx.workspace.added_items.get(item_key.removeprefix(PREFIX)).as_item()
    return pack.item(item_key)


def bases_of(ctx: Context, *, checkup: Checkup, item: ChecklistItem) -> tuple[LegalBasis, ...]:
    """What an item rests on, as it was in force on the day of the visit."""
    if item.key.startswith(PREFIX):
        return ctx.workspace.added_items.get(item.key.removeprefix(PREFIX)).bases
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    return pack.bases_on(item.bases, checkup.started_on or ctx.today())


def asked_results(
    ctx: Context, *, checkup: Checkup, results: Sequence[ItemResult]
) -> list[ItemResult]:
    """The lines of the form that are asked as it stands; see `landsteward.domain.following`."""
    keys = asked_keys((item for item, _ in form_items(ctx, checkup=checkup)), results)
    return [one for one in results if one.item_key in keys]


def asked_keys(items: Iterable[ChecklistItem], results: Iterable[ItemResult]) -> frozenset[str]:
    """The keys of the items that are asked, with these answers."""
    return asked(items, {one.item_key: one.outcome for one in results})


def photos_by_result(ctx: Context, *, checkup: Checkup) -> dict[str, list[Evidence]]:
    """What hangs on each line of the form, in the order it came into the pool."""
    space = ctx.workspace
    found: dict[str, list[Evidence]] = defaultdict(list)
    for one in space.evidence.where(case_id=checkup.case_id):
        for link in space.evidence_links.where(evidence_id=one.id):
            if link.subject_kind is SubjectKind.ITEM_RESULT:
                found[link.subject_id].append(one)
    return found


def no_longer_asked(
    ctx: Context, *, checkup: Checkup, result: ItemResult, outcome: ItemOutcome | None
) -> set[str]:
    """What follows from an item and would not be asked after another answer to it."""
    items = [item for item, _ in form_items(ctx, checkup=checkup)]
    if not (behind := followers(items, result.item_key)):
        return set()
    results = ctx.workspace.item_results.where(checkup_id=checkup.id)
    then = [replace(one, outcome=outcome) if one.id == result.id else one for one in results]
    return set((asked_keys(items, results) - asked_keys(items, then)) & behind)


def refuse_under_finding(ctx: Context, *, checkup: Checkup, keys: set[str]) -> None:
    """Refuse to change items of these keys while a finding rests on one."""
    if not keys:
        return
    for finding in ctx.workspace.findings.where(case_id=checkup.case_id):
        if finding.item_key in keys and finding.state is not FindingState.TERMINATED:
            raise RefusedMoveError(
                msg("This item is finding {number} already.", number=finding.finding_no),
                where=finding.title,
                remedy=msg("Dismiss the finding first, with the reason."),
            )


def last_answers(ctx: Context, *, checkup: Checkup) -> dict[str, ItemResult]:
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


def numbers_of(
    items: Sequence[tuple[ChecklistItem, AddedItem | None]], laid: Mapping[str, ItemResult]
) -> dict[str, int]:
    """The items' numbers, the same on screen and on paper: what was added is counted last."""
    listed = [item.key for item, added in items if added is None and item.key in laid]
    listed += [item.key for item, added in items if added is not None]
    return {key: number for number, key in enumerate(listed, start=1)}


def add_item(
    ctx: Context,
    *,
    checkup_id: str,
    department: str,
    title: str,
    severity: Severity,
    bases: tuple[LegalBasis, ...] = (),
    outcome: ItemOutcome | None = None,
) -> ItemResult:
    """Put an item on the form that is on no list, with its answer where that is known already."""
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    open_form(checkup)
    if not title.strip():
        raise RefusedMoveError(msg("Say what is to be checked."))
    if department not in checkup.departments:
        raise RefusedMoveError(msg("This department does not take part in the visit."))
    moment = ctx.clock.now()
    added = AddedItem(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        department=department,
        title=title.strip(),
        severity=severity,
        bases=bases,
        added_by=ctx.actor.id,
        added_at=moment,
    )
    result = ItemResult(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        item_key=added.item_key,
        department=department,
        outcome=outcome,
        answered_by=ctx.actor.id if outcome else None,
        answered_at=moment if outcome else None,
    )
    with ctx.change():
        space.added_items.add(added)
        space.item_results.add(result)
    return result


def take_item_off(ctx: Context, *, result_id: str) -> None:
    """Take an item that was added on the spot off the form again.

    Not while a finding rests on it. Its photos stay in the pool.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    result = space.item_results.get(result_id)
    checkup = space.checkups.get(result.checkup_id)
    open_form(checkup)
    if not result.item_key.startswith(PREFIX):
        raise RefusedMoveError(
            msg("This item is of the pack's list."), remedy=msg("Answer it “not applicable”.")
        )
    refuse_under_finding(ctx, checkup=checkup, keys={result.item_key})
    with ctx.change():
        space.item_results.retire(result.id)
        space.added_items.retire(result.item_key.removeprefix(PREFIX))


def open_form(checkup: Checkup) -> None:
    """Refuse where the form is locked, or not begun."""
    if checkup.finished_at is not None:
        raise RefusedMoveError(
            msg("The checkup is finished and locked."),
            remedy=msg("Write an addendum with its reason; the form stays as it was signed."),
        )
    if checkup.started_on is None:
        raise RefusedMoveError(
            msg("The checkup has not started yet."), remedy=msg("Start the checkup first.")
        )
