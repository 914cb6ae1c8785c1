"""Signatures under a checkup's or a recheck's form, and addenda to one that is locked.

A signature keeps the hash of what was signed: where the form says something else later, the two
differ and everybody sees it.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from landsteward.domain.strokes import Stroke


class SignatureRole(StrEnum):
    """检查人员 / 企业代表 / 见证人 / 补充更正的书写人."""

    INSPECTOR = "inspector"
    REPRESENTATIVE = "representative"
    WITNESS = "witness"
    ADDENDUM = "addendum"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One signature, under the form of a checkup or of a recheck. `person_id` is an inspector's, or
    that of the writer of an addendum.

    `content_hash` is the hash of the form (or addendum) as it was signed, `width` and `height` are
    those of the pad, in the unit of the strokes.
    """

    id: str
    checkup_id: str | None = None
    recheck_id: str | None = None
    role: SignatureRole
    name: str
    person_id: str | None = None
    addendum_id: str | None = None
    strokes: tuple[Stroke, ...]
    width: int
    height: int
    signed_at: datetime
    content_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addendum:
    """A correction to a locked form, beside what stands there. `number` counts from 1 in the form.

    `item_key` is None where it is about the form as a whole.
    """

    id: str
    checkup_id: str
    number: int
    item_key: str | None
    text: str
    reason: str
    written_by: str
    written_at: datetime


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 (hex) of a form's content: JSON, keys in order, UTF-8."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
