"""A case and its checkup: what was looked at, what was answered, what proves it.

Source: plan item 17 (健康体检); the steps are `domain.md` §8.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


class CaseStage(StrEnum):
    """建档 → 排期 → 体检中 → 已出报告 → 整改中 → 销号 → 归档."""

    REGISTERED = "registered"
    SCHEDULED = "scheduled"
    IN_CHECKUP = "in_checkup"
    REPORTED = "reported"
    IN_REMEDY = "in_remedy"
    CLOSED = "closed"
    ARCHIVED = "archived"


class CaseOrigin(StrEnum):
    """What opened the case: a person, or a suspicion of the automatic rules."""

    MANUAL = "manual"
    SCREENING = "screening"


class ItemOutcome(StrEnum):
    """无问题 / 有问题 / 不适用."""

    OK = "ok"
    PROBLEM = "problem"
    NOT_APPLICABLE = "not_applicable"


class SubjectKind(StrEnum):
    """What a piece of evidence can be attached to.

    `FINDING` shows the problem, `RECTIFICATION` (also keyed by the finding) that it was put right.
    """

    CASE = "case"
    ITEM_RESULT = "item_result"
    FINDING = "finding"
    RECTIFICATION = "rectification"
    FOLLOW_UP = "follow_up"
    RECHECK_RESULT = "recheck_result"
    CLOSURE = "closure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One enterprise's way from register to closure. `case_no` reads like 体检〔2026〕23号.

    `enterprise_id` is None for a parcel whose holder is unknown. `pack` and `pack_version` name
    the rule pack the case was opened with.
    """

    id: str
    case_no: str
    enterprise_id: str | None
    parcel_id: str | None
    stage: CaseStage = CaseStage.REGISTERED
    origin: CaseOrigin = CaseOrigin.MANUAL
    carrier_id: str | None = None
    opened_on: date
    due_on: date | None = None
    closed_on: date | None = None
    archived_on: date | None = None
    pack: str
    pack_version: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """One joint visit (联合体检). Departments are keys of the rule pack named here.

    After `finished_at` its answers are locked.
    """

    id: str
    case_id: str
    pack: str
    pack_version: str
    departments: tuple[str, ...]
    scheduled_on: date | None = None
    started_on: date | None = None
    finished_at: datetime | None = None
    finished_by: str | None = None
    enterprise_representative: str = ""
    representative_refused: bool = False
    witness: str = ""
    conclusion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckupInspector:
    """An inspector who takes part in a checkup for a department."""

    id: str
    checkup_id: str
    person_id: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """The answer to one item of the checklist; `outcome` None means not answered yet."""

    id: str
    checkup_id: str
    item_key: str
    department: str
    outcome: ItemOutcome | None = None
    value: Decimal | None = None
    note: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A photo or file of the case's one pool; its bytes are kept once, under their SHA-256."""

    id: str
    case_id: str
    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    caption: str = ""
    taken_at: datetime | None = None
    place: str = ""
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """One piece of evidence attached to one thing it proves."""

    id: str
    evidence_id: str
    subject_kind: SubjectKind
    subject_id: str
