"""What is asked over engagements of service firms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from landsteward.domain.firm_records import FirmFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """That a contract is for an enterprise; `last_on` is `date.max` without a last day."""

    engagement_id: str
    firm_id: str
    from_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """How many enterprises of a contract another firm's contract is for at the same time, and the
    first and the last such day."""

    engagement_id: str
    firm_id: str
    enterprises: int
    from_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEnterprise:
    """An enterprise listed with a contract: its row there, its days, and what was last declared
    about a conflict with it under the contract (`declared`: None, "none", "open", "approved",
    "refused").
    """

    listed_id: str
    enterprise_id: str
    name: str
    uscc: str
    from_on: date
    to_on: date | None
    declared: str | None


class Firms(Protocol):
    """Questions over engagements; in SQL the view `engaged_enterprises` answers the same."""

    def engaged_for(self, firm_id: str, on: date) -> frozenset[str]:
        """The keys of the enterprises a firm is engaged for on a day."""
        ...

    def covers(self, enterprise_id: str) -> list[Cover]:
        """Which contracts are, were or will be for an enterprise; by their first day."""
        ...

    def overlaps(self, engagement_id: str) -> list[Overlap]:
        """Other firms' contracts for the same enterprises on the same days."""
        ...

    def listed(self, engagement_id: str) -> list[ListedEnterprise]:
        """The enterprises listed with a contract, by name."""
        ...

    def count_on(self, engagement_id: str, on: date) -> int:
        """For how many enterprises a contract is on a day; after its end, on its last day."""
        ...

    def facts(self, firm_ids: Sequence[str]) -> FirmFacts:
        """What the records of these firms are computed from."""
        ...
