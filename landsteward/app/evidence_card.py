"""All that is known of one piece of evidence, for whoever looks at it closely."""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.evidence_intake import doubts_of
from landsteward.app.evidence_marks import why_not_marked
from landsteward.app.evidence_subjects import EvidenceSubject, subjects_of
from landsteward.app.pictures import copies_of, large_picture
from landsteward.domain.casework import Evidence
from landsteward.domain.photos import PictureCopies
from landsteward.domain.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCard:
    """A piece of evidence with who added it, what it belongs to and what is odd about it.

    `picture` is its copy for the screen; `unmarked` says why it takes no marks, None where it does.
    """

    evidence: Evidence
    added_by: str
    subjects: tuple[EvidenceSubject, ...]
    doubts: tuple[Message, ...]
    copies: PictureCopies | None
    picture: bytes | None
    unmarked: Message | None


def evidence_card(ctx: Context, *, evidence_id: str) -> EvidenceCard:
    """Gather it. Raises RecordNotFoundError."""
    evidence = ctx.workspace.evidence.get(evidence_id)
    names = ctx.workspace.chronicle.names([evidence.added_by])
    return EvidenceCard(
        evidence=evidence,
        added_by=names.get(evidence.added_by, ""),
        subjects=subjects_of(ctx, evidence_id=evidence_id),
        doubts=doubts_of(ctx, evidence),
        copies=copies_of(ctx, sha256=evidence.sha256),
        picture=large_picture(ctx, sha256=evidence.sha256),
        unmarked=why_not_marked(ctx, evidence_id=evidence_id),
    )
