"""In which order records of one kind came: by the day or version they bear.

Keys for `sorted` and `max`. A record's own key decides only where that says nothing: it tells
when the row was made, on some laptop, not what is latest.
"""

from datetime import date, datetime

from landsteward.domain.casework import Case, Checkup
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.plans import RemedyPlan
from landsteward.domain.register import (
    ConstructionProgress,
    Occupancy,
    OutputContract,
    SupplyContract,
)
from landsteward.domain.remedies import Closure, Recheck


def signed(one: SupplyContract | OutputContract) -> tuple[date, str]:
    """Contracts by the day they were signed; of an unknown day first."""
    return one.signed_on or date.min, one.id


def observed(one: ConstructionProgress) -> tuple[date, str]:
    """Looks at a building site by their day."""
    return one.observed_on, one.id


def occupied(one: Occupancy) -> tuple[bool, date, str]:
    """Occupancies by the day they began; those that still go on come last."""
    return one.to_on is None, one.from_on or date.min, one.id


def opened(one: Case) -> tuple[date, str]:
    """Cases by the day they were opened."""
    return one.opened_on, one.id


def visited(one: Checkup) -> tuple[date, str]:
    """Checkups by the day of the visit, or the day that is set for it."""
    return one.started_on or one.scheduled_on or date.min, one.id


def versioned(one: RemedyPlan) -> tuple[int, str]:
    """Plans by version."""
    return one.version, one.id


def looked(one: Recheck) -> tuple[date, str]:
    """Second looks by the day they were done or, while under way, begun."""
    return one.done_on or one.planned_on or date.min, one.id


def requested(one: Closure) -> tuple[datetime, str]:
    """Requests to close by the moment they were made."""
    return one.requested_at, one.id


def issued(one: IssuedDocument) -> tuple[date, int, str]:
    """Papers by day and number."""
    return one.issued_on, one.number, one.id
