"""Follow-up (跟踪问效): what was done, what it shows in figures, what stands in the way, and until
when more time was given.

Source: plan item 17 (提出解决路径和方案，并跟踪问效).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """One entry: what was done and how far it is (0–100 %), of a step or of the plan as a whole.

    An entry is never changed. One that was wrong is followed by another that names it
    (`corrects_id`); the old one stays to be read and counts no more.
    """

    id: str
    case_id: str
    happened_on: date
    content: str
    author_id: str
    percent: int | None = None
    plan_id: str | None = None
    step_id: str | None = None
    corrects_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricReading:
    """What a metric of the pack was in a year or one of its quarters, as an entry reports it.

    `unit` is the pack's when it was read, `source` who or what says so (e.g. 税务局).
    """

    id: str
    follow_up_id: str
    case_id: str
    metric: str
    year: int
    quarter: int | None = None
    value: Decimal
    unit: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """What keeps a step or the whole case from going on (阻碍), until it is cleared."""

    id: str
    case_id: str
    step_id: str | None = None
    cause: str
    since_on: date
    must_act: str
    reported_by: str
    cleared_on: date | None = None
    cleared_by: str | None = None
    cleared_how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extension:
    """More time (延期) asked for a finding or for a step of its plan, and what was decided.

    `was_on` is the day that stood when it was asked; `granted` None while nobody decided.
    """

    id: str
    case_id: str
    finding_id: str | None = None
    step_id: str | None = None
    was_on: date
    to_on: date
    reason: str
    asked_by: str
    asked_on: date
    granted: bool | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    opinion: str = ""

    @property
    def days(self) -> int:
        """By how many days it is longer."""
        return (self.to_on - self.was_on).days
