"""How a way out stands, why, and the choice of one in a plan."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from landsteward.domain.findings import LegalBasis
from landsteward.domain.screening import EnteredAt


class WayState(StrEnum):
    """可走 / 附条件可走 / 不可走."""

    OPEN = "open"
    OPEN_IF = "open_if"
    BARRED = "barred"


class ReasonKind(StrEnum):
    """已满足 / 待查明 / 待落实 / 不满足: what one condition comes to."""

    MET = "met"
    UNKNOWN = "unknown"
    TO_MEET = "to_meet"
    BARRED = "barred"

    @property
    def sign(self) -> str:
        """A sign for those who do not see colours."""
        return {"met": "✓", "unknown": "?", "to_meet": "○", "barred": "✕"}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFact:
    """A fact a reason rests on, with where it is entered and, where there is one, its record.

    `value` is plain text: ISO days, figures in full, `yes` and `no`; None: not on record. The
    unit is in the name.
    """

    name: str
    value: str | None
    at: EnteredAt
    record_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayReason:
    """One condition of a way out on one day: what it comes to, its basis, the facts it rests on.

    `condition` is its key within the way, `fact` the key of what is answered in the case.
    """

    condition: str
    kind: ReasonKind
    text: str
    text_en: str
    bases: tuple[LegalBasis, ...] = ()
    facts: tuple[WayFact, ...] = ()
    fact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenWay:
    """A way out (a key of the rule pack) that an alternative of a plan chooses for a finding.

    `state` and `reasons` are those of `chosen_on`, or of the day the plan was handed in. Where it
    was not simply open, `why` says why it is chosen nevertheless.
    """

    id: str
    alternative_id: str
    finding_id: str
    way: str
    state: WayState
    chosen_on: date
    chosen_by: str
    reasons: tuple[WayReason, ...] = ()
    why: str = ""

    @property
    def needs_why(self) -> bool:
        """Whether it may not be handed in without a reason."""
        return self.state is not WayState.OPEN
