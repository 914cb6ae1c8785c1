"""Measured values of checklist items against the limit that applies.

Which limit applies: the contract's value, else the pack's (`domain.md` §3: contract > county >
nation), and the answer says which.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.quantities import rounded
from landsteward.domain.register import OutputContract, SupplyContract
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.text import Message, msg


class LimitSource(StrEnum):
    """Where a limit comes from."""

    SUPPLY_CONTRACT = "supply_contract"
    OUTPUT_CONTRACT = "output_contract"
    PACK = "pack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A least and a largest allowed value, in the item's unit, and where they come from."""

    minimum: Decimal | None
    maximum: Decimal | None
    source: LimitSource


def limit_of(
    item: ChecklistItem, supply: SupplyContract | None, output: OutputContract | None
) -> Limit | None:
    """The limit that applies to an item, or None where there is none.

    `item.limit_from` names the term: `plot_ratio_min` and the like of the 产出监管合同 first
    (it is the later promise), then of the supply contract.
    """
    if item.limit_from is not None:
        for record, source in (
            (output, LimitSource.OUTPUT_CONTRACT),
            (supply, LimitSource.SUPPLY_CONTRACT),
        ):
            agreed = getattr(record, item.limit_from, None)
            if agreed is not None:
                return Limit(minimum=agreed, maximum=None, source=source)
    if item.minimum is None and item.maximum is None:
        return None
    return Limit(minimum=item.minimum, maximum=item.maximum, source=LimitSource.PACK)


def breach(value: Decimal, limit: Limit) -> Message | None:
    """How a value misses its limit, with the difference and its share in %, or None."""
    if limit.minimum is not None and value < limit.minimum:
        gap = limit.minimum - value
        return _breach_sentence(
            {
                LimitSource.SUPPLY_CONTRACT: msg("below the supply contract"),
                LimitSource.OUTPUT_CONTRACT: msg("below the output contract"),
                LimitSource.PACK: msg("below the limit"),
            }[limit.source],
            limit.minimum,
            gap,
        )
    if limit.maximum is not None and value > limit.maximum:
        return _breach_sentence(msg("above the limit"), limit.maximum, value - limit.maximum)
    return None


def _breach_sentence(how: Message, bound: Decimal, gap: Decimal) -> Message:
    share = rounded(gap / bound * 100, 1) if bound else None
    if share is None:
        return msg("{how} {bound} by {gap}", how=how, bound=bound, gap=gap)
    return msg("{how} {bound} by {gap} ({share} %)", how=how, bound=bound, gap=gap, share=share)
