"""What is asked over engagements of service firms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol


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
