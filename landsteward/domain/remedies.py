"""The land steward's side: recheck and closure.

Source: plan item 17 (土地管家: 提出解决路径和方案，并跟踪问效).
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from landsteward.domain.closing import HeldCondition, Missing
from landsteward.domain.states import RecheckKind, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Recheck:
    """A second look (复检, 回头看) at the findings whose rectification was reported.

    Its form is signed like a checkup's; `content_hash` is that of the form as it was finished.
    """

    id: str
    case_id: str
    kind: RecheckKind = RecheckKind.RECHECK
    planned_on: date | None = None
    done_on: date | None = None
    inspector_id: str | None = None
    summary: str = ""
    enterprise_representative: str = ""
    representative_refused: bool = False
    witness: str = ""
    refusal_reason: str = ""
    content_hash: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckResult:
    """What the second look found of one finding; `passed` None while it is not judged.

    `value` is measured anew, in the unit of the item the finding came of. What was put right
    `partly` has not passed: `remains` says what is left, `new_deadline_on` until when it could be
    done; that is a proposal, no deadline moves by it.
    """

    id: str
    recheck_id: str
    finding_id: str
    passed: bool | None = None
    partly: bool = False
    value: Decimal | None = None
    note: str = ""
    remains: str = ""
    new_deadline_on: date | None = None

    @property
    def verdict(self) -> Verdict | None:
        """What was said of it, None while it is not judged."""
        if self.passed is None:
            return None
        if self.passed:
            return Verdict.PASSED
        return Verdict.PARTLY if self.partly else Verdict.FAILED


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A request to close a finding (销号) and the second person's decision on it.

    `no_benefit` is the pack's reason why no benefit is due, None where `benefit` is shown.
    `conditions` is how they stood when it was asked for, then when it was decided; `missing` what
    a refusal misses. `plan_id` is the plan it was closed on; a rebound counts against it from
    `rebounded_on` on.
    """

    id: str
    finding_id: str
    requested_by: str
    requested_at: datetime
    ground: str = ""
    benefit: str = ""
    no_benefit: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    approved: bool | None = None
    opinion: str = ""
    conditions: tuple[HeldCondition, ...] = ()
    missing: tuple[Missing, ...] = ()
    plan_id: str | None = None
    rebounded_on: date | None = None
