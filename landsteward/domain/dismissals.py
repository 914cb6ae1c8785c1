"""A suspicion that somebody looked at and did not accept: why, and on what facts."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Dismissal:
    """A dismissed suspicion. `rule_key` says which rule suspected what, as in a finding.

    `facts` are those it stood on (`landsteward.domain.screening.fingerprint`): while they are the
    same, the suspicion counts as looked at. `case_id` is the case it was looked at in, if in one.
    """

    id: str
    rule_key: str
    case_id: str | None = None
    facts: str
    reason: str
    dismissed_on: date
    dismissed_by: str
