"""What a slip prints, frozen: nothing left to look up."""

from collections.abc import Mapping
from dataclasses import dataclass

from landsteward.domain.disposals import Referral
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipView:
    """One slip with its number, and what it is about. `contact` is who made it out.

    `beside` are the further findings it names.
    """

    referral: Referral
    document: IssuedDocument
    finding: Finding
    case_no: str
    enterprise: str
    uscc: str
    parcel: str
    from_name: str
    contact: str
    phone: str
    wording: Mapping[str, str]
    beside: tuple[Finding, ...] = ()
