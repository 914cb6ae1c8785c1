"""A case and its checkup: what was looked at, what was answered, what proves it.

Source: plan item 17 (健康体检); the steps are `domain.md` §8.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from landsteward.domain.photos import Mark
from landsteward.domain.states import CaseOrigin, CaseStage, ItemOutcome, SubjectKind


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

    `campaign_id` is the campaign (体检批次) it was scheduled for, None where it was for none. After
    `finished_at` its answers are locked; `content_hash` is that of the form as it was then.
    """

    id: str
    case_id: str
    pack: str
    pack_version: str
    departments: tuple[str, ...]
    campaign_id: str | None = None
    scheduled_on: date | None = None
    started_on: date | None = None
    finished_at: datetime | None = None
    finished_by: str | None = None
    enterprise_representative: str = ""
    representative_refused: bool = False
    witness: str = ""
    refusal_reason: str = ""
    conclusion: str = ""
    content_hash: str = ""


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
    """A photo or file of the case's one pool; its bytes are kept once, under their SHA-256.

    `taken_at` has an offset from UTC only where the camera wrote one. `turn` is by how many
    quarters clockwise a picture is shown turned, beyond what its EXIF says; `marks` are drawn
    over it.
    """

    id: str
    case_id: str
    sha256: str
    file_name: str
    media_type: str
    size_bytes: int
    caption: str = ""
    taken_at: datetime | None = None
    place: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    camera: str = ""
    turn: int = 0
    marks: tuple[Mark, ...] = ()
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceLink:
    """One piece of evidence attached to one thing it proves."""

    id: str
    evidence_id: str
    subject_kind: SubjectKind
    subject_id: str
