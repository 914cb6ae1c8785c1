"""Findings (问题): what is wrong, by which law, what is demanded, and what became of it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class Severity(IntEnum):
    """1 重大, 2 较重, 3 一般, 4 提示."""

    MAJOR = 1
    SERIOUS = 2
    ORDINARY = 3
    HINT = 4


class FindingOrigin(StrEnum):
    """A checklist item, an automatic rule, or a person's own observation."""

    ITEM = "item"
    RULE = "rule"
    MANUAL = "manual"


class FindingState(StrEnum):
    """Where a finding stands (`domain.md` §8)."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    ASSIGNED = "assigned"
    PLANNING = "planning"
    PLAN_REVIEW = "plan_review"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    RECHECK = "recheck"
    CLOSED = "closed"
    RETURNED = "returned"
    LOOK_BACK = "look_back"
    REBOUND = "rebound"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Disposal(StrEnum):
    """立行立改 / 限期整改 / 立案查处 / 移送 / 提示."""

    IMMEDIATE_FIX = "immediate_fix"
    RECTIFY = "rectify"
    INVESTIGATE = "investigate"
    REFER = "refer"
    ADVISE = "advise"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A rule a finding rests on, as it stood on the day that counts; always printed whole.

    `law` is the full title, `article` its article or item (第十四条, 第25项), `version` the edition
    (e.g. 国土资源部令第53号), `valid_from`/`valid_to` the days it is in force, None where open or
    not established.
    """

    law: str
    article: str
    version: str
    valid_from: date | None = None
    valid_to: date | None = None
    law_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One problem of one case. `finding_no` counts from 1 within the case.

    `department` is the key of the department that answers for it; `assigned_by` is the
    organisation that assigned it (交办), the only one that may close it. `rule_key` names the rule
    and the supply it suspected (`landsteward.app.screening.suspicion_key`).
    """

    id: str
    case_id: str
    finding_no: int
    origin: FindingOrigin
    department: str
    severity: Severity
    title: str
    description: str = ""
    item_key: str | None = None
    rule_key: str | None = None
    bases: tuple[LegalBasis, ...] = ()
    demand: str = ""
    deadline_on: date | None = None
    root_cause: str = ""
    disposal: Disposal = Disposal.RECTIFY
    state: FindingState = FindingState.DRAFT
    assigned_by: str | None = None
    assigned_on: date | None = None
    supervised: bool = False
    interviewed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEvent:
    """One move of a finding: who, when, from where to where, and why."""

    id: str
    finding_id: str
    at: datetime
    actor_id: str
    move: str
    from_state: FindingState
    to_state: FindingState
    reason: str = ""
