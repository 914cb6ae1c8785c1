"""产出监管合同 against reality: what is asked, and what an answer is.

Source: plan item 13. Four answers and no fifth: met, not met, not yet due, cannot be judged
because. They are given by `landsteward.domain.output_judging`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.checklist import Limit, LimitSource, limit_of
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.register import (
    ConstructionProgress,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.text import Message


class Term(StrEnum):
    """投资总额, 亩均投资, 亩均税收, 亩均营业收入, 容积率, 交地, 开工, 竣工, 达产."""

    INVESTMENT = "investment"
    INVESTMENT_PER_MU = "investment_per_mu"
    TAX_PER_MU = "tax_per_mu"
    REVENUE_PER_MU = "revenue_per_mu"
    PLOT_RATIO = "plot_ratio"
    DELIVERY = "delivery"
    START = "start"
    COMPLETION = "completion"
    REACH = "reach"


class Standing(StrEnum):
    """达到 / 未达到 / 未到期 / 无法判断."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_YET_DUE = "not_yet_due"
    UNJUDGED = "unjudged"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermLine:
    """One term. Amounts are in the term's own unit, days are dates, 达产 is reached in a year.

    `as_of` is the day or year the actual value is of, `gap` what is missing (−) or over (+), of
    dates the days late (+) or early (−), of 达产 the years late. `why` says why it cannot be
    judged, `remarks` how the actual value came about.
    """

    term: Term
    agreed: Decimal | date
    at_most: Decimal | None = None
    source: LimitSource
    actual: Decimal | date | int | None = None
    as_of: date | int | None = None
    due_on: date | None = None
    gap: Decimal | int | None = None
    standing: Standing
    why: Message | None = None
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reality:
    """What is on record about what was agreed, up to `today`.

    `years` are the contract's enterprise's with the land they are divided by; `plot_ratio` is the
    ratio last measured and on which day; `items` are those of the rule pack with a limit.
    """

    today: date
    parcel: Parcel
    supply: SupplyContract | None
    looks: Sequence[ConstructionProgress] = ()
    years: Sequence[tuple[YearlyMetrics, LandBasis | None]] = ()
    plot_ratio: tuple[Decimal, date] | None = None
    items: Sequence[ChecklistItem] = ()


def limit_on(name: str, contract: OutputContract, reality: Reality) -> Limit | None:
    """The limit of a term: the contracts', else that of the pack's item that asks for it."""
    item = next((one for one in reality.items if one.limit_from == name), None)
    if item is not None:
        return limit_of(item, reality.supply, contract)
    for record, source in (
        (contract, LimitSource.OUTPUT_CONTRACT),
        (reality.supply, LimitSource.SUPPLY_CONTRACT),
    ):
        agreed = getattr(record, name, None)
        if agreed is not None:
            return Limit(minimum=agreed, maximum=None, source=source)
    return None
