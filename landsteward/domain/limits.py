"""Which limit applies to what was built: the contract's, else the county's, else the nation's.

Source: `domain.md` §3 (contract > county > nation). The county's and the nation's are data of the
rule pack: some go by industry, some count for contracts of certain years (editions of
工业项目建设用地控制指标). The answer says whose limit it is.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.register import OutputContract, SupplyContract
from landsteward.domain.text import Message, msg


class LimitOf(StrEnum):
    """Whose limit it is: 产出监管合同 / 出让合同 / 县区 / 国家."""

    OUTPUT_CONTRACT = "output_contract"
    SUPPLY_CONTRACT = "supply_contract"
    COUNTY = "county"
    NATION = "nation"


_IN_A_PACK = (LimitOf.COUNTY, LimitOf.NATION)

TERMS = frozenset(
    {
        "plot_ratio_min",
        "coefficient_min",
        "office_land_max",
        "office_floor_max",
        "service_floor_max",
        "investment_wan_per_mu",
    }
)
"""What is limited: a ratio, shares in %, and 万元/亩. Contracts call their terms the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackLimit:
    """A limit of a rule pack. `industries` are codes of GB/T 4754-2017 or their beginnings; none:
    every industry. `signed_from`, `signed_to`: only contracts signed in between, both included.
    """

    term: str
    of: LimitOf
    value: Decimal
    edition: str
    edition_en: str
    industries: tuple[str, ...] = ()
    signed_from: date | None = None
    signed_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """The limit that applies, whose it is, and of a pack's by which entry."""

    value: Decimal
    of: LimitOf
    entry: PackLimit | None = None


@dataclass(frozen=True, slots=True)
class Unlimited:
    """That no limit can be found: because a fact is missing that decides, or there is none.

    `industry`, `signing`: what would have to be known.
    """

    because: Message
    industry: bool = False
    signing: bool = False


class Limits:
    """The limits of a pack. What was answered is kept, by industry and edition: a register knows
    few of them.
    """

    def __init__(self, entries: Iterable[PackLimit] = ()) -> None:
        self._by_term: dict[str, tuple[PackLimit, ...]] = {}
        for one in entries:
            self._by_term[one.term] = (*self._by_term.get(one.term, ()), one)
        self._turns = {term: _turns(found) for term, found in self._by_term.items()}
        self._kept: dict[tuple[str, str | None, int], Applied | Unlimited] = {}

    def on(
        self,
        term: str,
        *,
        supply: SupplyContract | None,
        output: OutputContract | None,
        industry: str | None,
    ) -> Applied | Unlimited:
        """The limit of a term for a parcel with these contracts and its holder's industry.

        The output contract is the later promise, so it comes first.
        """
        for record, of in (
            (output, LimitOf.OUTPUT_CONTRACT),
            (supply, LimitOf.SUPPLY_CONTRACT),
        ):
            agreed = getattr(record, term, None)
            if agreed is not None:
                return Applied(value=agreed, of=of)
        signed_on = supply.signed_on if supply is not None else None
        turns = self._turns.get(term, ())
        edition = -1 if signed_on is None or not turns else bisect_right(turns, signed_on)
        place = (term, industry, edition)
        found = self._kept.get(place)
        if found is None:
            found = self._kept[place] = self._of_pack(term, industry, signed_on)
        return found

    def _of_pack(
        self, term: str, industry: str | None, signed_on: date | None
    ) -> Applied | Unlimited:
        entries = self._by_term.get(term, ())
        for of in _IN_A_PACK:
            level = [one for one in entries if one.of is of]
            fitting = list(_fitting(level, industry, signed_on))
            if fitting:
                _, entry = max(fitting, key=lambda one: one[0])
                return Applied(value=entry.value, of=of, entry=entry)
            if unknown := _unknown(level, industry, signed_on):
                return unknown
        return Unlimited(msg("neither a contract nor the county nor the nation sets a limit"))


def _turns(entries: Iterable[PackLimit]) -> tuple[date, ...]:
    """The days from which on other entries count."""
    begins = [one.signed_from for one in entries if one.signed_from is not None]
    ends = [one.signed_to + timedelta(days=1) for one in entries if one.signed_to is not None]
    return tuple(sorted({*begins, *ends}))


def _fitting(
    entries: Iterable[PackLimit], industry: str | None, signed_on: date | None
) -> Iterator[tuple[int, PackLimit]]:
    """Entries that count, each with how closely it fits the industry."""
    for one in entries:
        if not _counts(one, signed_on):
            continue
        if not one.industries:
            yield 0, one
            continue
        close = [len(code) for code in one.industries if industry and industry.startswith(code)]
        if close:
            yield max(close), one


def _counts(one: PackLimit, signed_on: date | None) -> bool:
    if one.signed_from is None and one.signed_to is None:
        return True
    if signed_on is None:
        return False
    begun = one.signed_from is None or one.signed_from <= signed_on
    return begun and (one.signed_to is None or signed_on <= one.signed_to)


def _unknown(
    entries: Iterable[PackLimit], industry: str | None, signed_on: date | None
) -> Unlimited | None:
    """What would have to be known before the next level may be asked."""
    for one in entries:
        dated = one.signed_from is not None or one.signed_to is not None
        if dated and signed_on is None:
            return Unlimited(
                msg("the limit goes by the day of signing, which is not on record"), signing=True
            )
        if not _counts(one, signed_on) or not one.industries:
            continue
        if not industry:
            return Unlimited(
                msg("the limit goes by industry, and that is not on record"), industry=True
            )
        if any(code.startswith(industry) for code in one.industries):
            return Unlimited(
                msg("limits differ within the industry {code}; enter it closer", code=industry),
                industry=True,
            )
    return None
