"""Everything that has a day: what is due by when, whose it is, and which record it comes from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DueKind(StrEnum):
    """问题整改 / 方案步骤 / 函件回复 / 异议答复 / 入企体检 / 复检 / 回头看 / 委托到期."""

    FINDING = "finding"
    STEP = "step"
    REPLY = "reply"
    ANSWER = "answer"
    VISIT = "visit"
    RECHECK = "recheck"
    LOOK_BACK = "look_back"
    ENGAGEMENT = "engagement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One deadline. `id` is its record's key; an engagement belongs to no case ("" for both).

    `subject` is the enterprise or parcel, `who` is responsible (an organisation or, as the plan
    words it, anybody).
    """

    kind: DueKind
    id: str
    case_id: str
    case_no: str
    subject: str
    title: str
    who: str
    due_on: date
