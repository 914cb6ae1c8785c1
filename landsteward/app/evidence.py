"""Evidence: one pool of photos and files per case, each attachable to many things."""

import hashlib
import mimetypes
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain.casework import Evidence, EvidenceLink, SubjectKind
from landsteward.domain.errors import InputFileError
from landsteward.domain.permissions import Action
from landsteward.domain.text import msg


class EvidenceChanges(TypedDict, total=False):
    """What may be said about a piece of evidence; its content never changes."""

    caption: str
    taken_at: datetime | None
    place: str


def add_evidence(
    ctx: Context,
    *,
    case_id: str,
    file_name: str,
    content: bytes,
    caption: str = "",
    taken_at: datetime | None = None,
    place: str = "",
) -> Evidence:
    """Put a photo or file into the case's pool, bit for bit. The same content comes in once."""
    ctx.require(Action.ADD_EVIDENCE)
    space = ctx.workspace
    if not content:
        raise InputFileError(
            msg("The file is empty."), where=file_name, remedy=msg("Choose another file.")
        )
    sha256 = hashlib.sha256(content).hexdigest()
    if known := space.evidence.first(case_id=case_id, sha256=sha256):
        return known
    added = Evidence(
        id=ctx.ids.new(),
        case_id=case_id,
        sha256=sha256,
        file_name=file_name,
        media_type=mimetypes.guess_type(file_name)[0] or "application/octet-stream",
        size_bytes=len(content),
        caption=caption,
        taken_at=taken_at,
        place=place,
        added_by=ctx.actor.id,
        added_at=ctx.clock.now(),
    )
    with ctx.change():
        space.blobs.put(content)
        space.evidence.add(added)
    return added


def describe_evidence(
    ctx: Context, *, evidence_id: str, **changes: Unpack[EvidenceChanges]
) -> Evidence:
    """Change caption, time or place of a piece of evidence."""
    ctx.require(Action.ADD_EVIDENCE)
    changed = replace(ctx.workspace.evidence.get(evidence_id), **changes)
    with ctx.change():
        ctx.workspace.evidence.save(changed)
    return changed


def attach_evidence(
    ctx: Context, *, evidence_id: str, subject_kind: SubjectKind, subject_id: str
) -> None:
    """Attach evidence of the pool to what it proves; attaching twice changes nothing."""
    ctx.require(Action.ADD_EVIDENCE)
    links = ctx.workspace.evidence_links
    if links.first(evidence_id=evidence_id, subject_kind=subject_kind, subject_id=subject_id):
        return
    with ctx.change():
        links.add(
            EvidenceLink(
                id=ctx.ids.new(),
                evidence_id=evidence_id,
                subject_kind=subject_kind,
                subject_id=subject_id,
            )
        )


def detach_evidence(
    ctx: Context, *, evidence_id: str, subject_kind: SubjectKind, subject_id: str
) -> None:
    """Take evidence off a subject; it stays in the pool."""
    ctx.require(Action.ADD_EVIDENCE)
    links = ctx.workspace.evidence_links
    with ctx.change():
        for link in links.where(
            evidence_id=evidence_id, subject_kind=subject_kind, subject_id=subject_id
        ):
            links.retire(link.id)


def evidence_of(ctx: Context, *, subject_kind: SubjectKind, subject_id: str) -> list[Evidence]:
    """The evidence attached to one subject, in the order it was attached."""
    return [
        ctx.workspace.evidence.get(link.evidence_id)
        for link in ctx.workspace.evidence_links.where(
            subject_kind=subject_kind, subject_id=subject_id
        )
    ]


def evidence_pool(ctx: Context, *, case_id: str) -> list[Evidence]:
    """All evidence of a case."""
    return ctx.workspace.evidence.where(case_id=case_id)


def evidence_content(ctx: Context, *, evidence_id: str) -> bytes:
    """The original bytes."""
    return ctx.workspace.blobs.get(ctx.workspace.evidence.get(evidence_id).sha256)


def rectification_evidence(ctx: Context, *, finding_id: str) -> list[Evidence]:
    """What shows that a finding was put right; proof of the problem itself does not count."""
    shown = evidence_of(ctx, subject_kind=SubjectKind.RECTIFICATION, subject_id=finding_id)
    for result in ctx.workspace.recheck_results.where(finding_id=finding_id):
        shown += evidence_of(ctx, subject_kind=SubjectKind.RECHECK_RESULT, subject_id=result.id)
    return shown
