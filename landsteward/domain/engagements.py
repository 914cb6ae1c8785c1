"""Engagements (委托): a carrier's contracts with service firms, for whom they hold and when, and
what firms declared about conflicts of interest.

Source: plan item 17 (政府购买第三方服务). Contracts, their terms and what counts as a conflict are
the county's; here is only when what holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """A carrier's contract with a service firm; fee in 万元.

    It is for all enterprises of the carrier (`covers_all`), or for those listed with it
    (`EngagementEnterprise`). `to_on` and `ended_on` (ended before its time, `end_reason` says why)
    are last days; without either it holds until further notice.
    """

    id: str
    firm_id: str
    carrier_id: str
    from_on: date
    to_on: date | None = None
    contract_no: str = ""
    fee_wan: Decimal | None = None
    scope: str = ""
    covers_all: bool = True
    ended_on: date | None = None
    end_reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementEnterprise:
    """An enterprise that a contract is for, from a day to a last day (None: as long as it runs)."""

    id: str
    engagement_id: str
    enterprise_id: str
    from_on: date
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictDeclaration:
    """What was answered when a firm was asked about a conflict (利益冲突) with an enterprise.

    `kinds` are keys of the rule pack; none: no conflict. `declared_by` answered or wrote the firm's
    answer down. A conflict blocks until somebody else decides (`approved`) and says why.
    """

    id: str
    engagement_id: str
    enterprise_id: str
    declared_by: str
    declared_at: datetime
    kinds: tuple[str, ...] = ()
    detail: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved: bool | None = None
    decision_note: str = ""

    @property
    def blocks(self) -> bool:
        """Whether the firm may not work for the enterprise because of it."""
        return bool(self.kinds) and self.approved is not True


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Term:
    """Days from the first to the last one, both counted; without a last one, for good."""

    first: date
    last: date = date.max

    def holds_on(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def shared_with(self, other: "Term") -> "Term | None":
        """The days that lie in both; None where there are none."""
        first, last = max(self.first, other.first), min(self.last, other.last)
        return Term(first=first, last=last) if first <= last else None


def term_of(engagement: Engagement, listed: EngagementEnterprise | None = None) -> Term | None:
    """When a contract holds, or holds for an enterprise listed with it; None where on no day."""
    ends = [one for one in (engagement.to_on, engagement.ended_on) if one is not None]
    whole = _term(engagement.from_on, min(ends, default=None))
    if listed is None or whole is None:
        return whole
    own = _term(listed.from_on, listed.to_on)
    return own.shared_with(whole) if own is not None else None


def joined(terms: Iterable[Term]) -> list[Term]:
    """The same days as terms that neither overlap nor touch, in order."""
    found: list[Term] = []
    for one in sorted(terms):
        before = found[-1] if found else None
        if before is not None and (
            before.last == date.max or one.first.toordinal() <= before.last.toordinal() + 1
        ):
            found[-1] = Term(first=before.first, last=max(before.last, one.last))
        else:
            found.append(one)
    return found


def _term(first: date, last: date | None) -> Term | None:
    if last is not None and last < first:
        return None
    return Term(first=first, last=last or date.max)
