"""What is done about findings beside their rectification: objections, slips, joint disposal.

Source: plan item 17 (依法处置, 形成处置合力); the words are `domain.md` §8.
"""

from dataclasses import dataclass
from datetime import date, datetime

from landsteward.domain.states import SlipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """The enterprise objects to a finding (异议), and the answer of another person.

    `raised_by` is who spoke for the enterprise. `upheld` is None while no answer was given.
    """

    id: str
    finding_id: str
    raised_on: date
    raised_by: str
    ground: str
    recorded_by: str
    answer_by: date
    answered_on: date | None = None
    answered_by: str | None = None
    upheld: bool | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Referral:
    """A slip to another authority (移送, 抄告) and what came back. Its number is its document's.

    `request` is what the other side is asked to do; `reply_by` is None where no reply is wanted.
    `accepted` is None while a transfer is not answered, and for notices.
    """

    id: str
    case_id: str
    finding_id: str
    document_id: str
    kind: SlipKind
    recipient: str
    from_organisation_id: str
    facts: str
    request: str = ""
    attachments: tuple[str, ...] = ()
    reply_by: date | None = None
    received_on: date | None = None
    received_by: str = ""
    replied_on: date | None = None
    accepted: bool | None = None
    reply: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFinding:
    """A further finding that a slip is about, beside the one it went out from."""

    id: str
    referral_id: str
    finding_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipReply:
    """A reply as it was logged. `number` counts from 1 within the slip.

    What was logged stays: `corrects` is the entry that this one stands in for, `reason` why.
    """

    id: str
    referral_id: str
    number: int
    replied_on: date
    reply: str
    logged_by: str
    logged_at: datetime
    accepted: bool | None = None
    corrects: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointDisposal:
    """Findings of several departments with one cause, dealt with together (联合处置).

    `joint_no` counts from 1 within the case; `lead` and `departments` are keys of the pack, the
    lead among them. `record` says how it went; it is under way until `concluded_on`.
    """

    id: str
    case_id: str
    joint_no: int
    cause: str
    lead: str
    departments: tuple[str, ...]
    opened_on: date
    opened_by: str
    root_cause_key: str | None = None
    record: str = ""
    concluded_on: date | None = None
    concluded_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JointFinding:
    """A finding bound to a joint disposal; to one at a time."""

    id: str
    joint_id: str
    finding_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JointMeasure:
    """What a department does in a joint disposal, by whom and until when."""

    id: str
    joint_id: str
    position: int
    department: str
    measure: str
    responsible: str = ""
    due_on: date | None = None
    done_on: date | None = None
    result: str = ""
