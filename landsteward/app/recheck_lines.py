"""What a second look has before it of one finding: the checklist's line it came of, its limit."""

from decimal import Decimal

from landsteward.app.cases import contracts_of, current_checkup
from landsteward.app.checkup_items import item_of
from landsteward.app.context import Context
from landsteward.domain.casework import Case, ItemResult
from landsteward.domain.checklist import Limit, breach, limit_of
from landsteward.domain.findings import Finding
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import ItemOutcome
from landsteward.domain.text import Message


def line_of(ctx: Context, *, finding: Finding) -> tuple[ChecklistItem, ItemResult] | None:
    """The item a finding came of and its answer in the checkup; None where it came of none.

    Of a finding that a rule suspected, the item that asked the same and was answered 有问题.
    """
    case = ctx.workspace.cases.get(finding.case_id)
    checkup = current_checkup(ctx, case_id=case.id)
    if checkup is None:
        return None
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    for key in sorted(pack.items_of(finding)):
        result = ctx.workspace.item_results.first(checkup_id=checkup.id, item_key=key)
        if result is not None and result.outcome is ItemOutcome.PROBLEM:
            return item_of(ctx, pack=pack, item_key=key), result
    return None


def limit_for(ctx: Context, *, case: Case, item: ChecklistItem) -> Limit | None:
    """The limit that applies to an item in a case: the contract's, else the pack's."""
    supply, output = contracts_of(ctx, case)
    return limit_of(item, supply, output)


def missed_again(ctx: Context, *, finding: Finding, value: Decimal | None) -> Message | None:
    """How a value measured at the second look misses the limit of the finding's item, or None."""
    line = line_of(ctx, finding=finding) if value is not None else None
    if line is None or value is None:
        return None
    limit = limit_for(ctx, case=ctx.workspace.cases.get(finding.case_id), item=line[0])
    return breach(value, limit) if limit is not None else None
