"""Evidence: one pool of photos and files per case, each attachable to many things."""

import hashlib
import mimetypes
from dataclasses import replace
from datetime import datetime
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain.casework import Evidence, EvidenceLink
from landsteward.domain.errors import InputFileError, RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.photos import PhotoFacts
from landsteward.domain.states import FindingState, RecheckKind, SubjectKind
from landsteward.domain.text import msg

_KEEPS_PROOF = SETTLED_FINDING_STATES | {FindingState.LOOK_BACK}


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
    facts: PhotoFacts | None = None,
) -> Evidence:
    """Put a photo or file into the case's pool, bit for bit. The same content comes in once.

    `facts` are what it says of itself; without them its kind is taken from its name.

    An archived case takes none, except for a look-back (回访) that is under way.
    """
    ctx.require(Action.ADD_EVIDENCE)
    space = ctx.workspace
    if not space.rechecks.count(case_id=case_id, kind=RecheckKind.LOOK_BACK, done_on=None):
        living_case(ctx, case_id=case_id)
    if not content:
        raise InputFileError(
            msg("The file is empty."), where=file_name, remedy=msg("Choose another file.")
        )
    if facts is None:
        kind = mimetypes.guess_type(file_name)[0] or "application/octet-stream"
        facts = PhotoFacts(media_type=kind)
    sha256 = hashlib.sha256(content).hexdigest()
    if known := space.evidence.first(case_id=case_id, sha256=sha256):
        return known
    added = Evidence(
        id=ctx.ids.new(),
        case_id=case_id,
        sha256=sha256,
        file_name=file_name,
        media_type=facts.media_type,
        size_bytes=len(content),
        caption=caption,
        taken_at=taken_at or facts.taken_at,
        place=place,
        latitude=facts.latitude,
        longitude=facts.longitude,
        camera=facts.camera,
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
    evidence = ctx.workspace.evidence.get(evidence_id)
    links = ctx.workspace.evidence_links.where(evidence_id=evidence_id)
    if not links or not all(_looks_back(ctx, one.subject_kind, one.subject_id) for one in links):
        living_case(ctx, case_id=evidence.case_id)
    changed = replace(evidence, **changes)
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
    evidence = ctx.workspace.evidence.get(evidence_id)
    if evidence.case_id != _case_of(ctx, subject_kind, subject_id):
        raise RefusedMoveError(
            msg("This evidence belongs to another case."),
            where=evidence.file_name,
            remedy=msg("Add the file to this case's evidence first."),
        )
    refuse_locked(ctx, subject_kind, subject_id)
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
    """Take evidence off a subject; it stays in the pool. What closed a finding stays with it."""
    ctx.require(Action.ADD_EVIDENCE)
    refuse_locked(ctx, subject_kind, subject_id, settled=_KEEPS_PROOF)
    links = ctx.workspace.evidence_links
    with ctx.change():
        for link in links.where(
            evidence_id=evidence_id, subject_kind=subject_kind, subject_id=subject_id
        ):
            links.retire(link.id)


def finding_of_subject(ctx: Context, kind: SubjectKind, subject_id: str) -> Finding | None:
    """The finding that a subject belongs to, where it belongs to one."""
    space = ctx.workspace
    if kind in (SubjectKind.FINDING, SubjectKind.RECTIFICATION):
        return space.findings.get(subject_id)
    if kind is SubjectKind.RECHECK_RESULT:
        return space.findings.get(space.recheck_results.get(subject_id).finding_id)
    if kind is SubjectKind.CLOSURE:
        return space.findings.get(space.closures.get(subject_id).finding_id)
    return None


def _case_of(ctx: Context, kind: SubjectKind, subject_id: str) -> str:
    if (finding := finding_of_subject(ctx, kind, subject_id)) is not None:
        return finding.case_id
    space = ctx.workspace
    if kind is SubjectKind.ITEM_RESULT:
        return space.checkups.get(space.item_results.get(subject_id).checkup_id).case_id
    if kind is SubjectKind.FOLLOW_UP:
        return space.follow_ups.get(subject_id).case_id
    return space.cases.get(subject_id).id


def _looks_back(ctx: Context, kind: SubjectKind, subject_id: str) -> bool:
    """Whether it belongs to a look-back under way, which an archived case has as well."""
    if kind is not SubjectKind.RECHECK_RESULT:
        return False
    space = ctx.workspace
    recheck = space.rechecks.get(space.recheck_results.get(subject_id).recheck_id)
    return recheck.kind is RecheckKind.LOOK_BACK and recheck.done_on is None


def refuse_locked(
    ctx: Context,
    kind: SubjectKind,
    subject_id: str,
    settled: frozenset[FindingState] = SETTLED_FINDING_STATES,
) -> None:
    """What a decision rested on is no longer changed: an archived case, a settled finding, a
    finished checkup.
    """
    if not _looks_back(ctx, kind, subject_id):
        living_case(ctx, case_id=_case_of(ctx, kind, subject_id))
    finding = finding_of_subject(ctx, kind, subject_id)
    if finding is not None and finding.state in settled:
        raise RefusedMoveError(
            msg("The finding is settled; its evidence is no longer changed."), where=finding.title
        )
    if kind is SubjectKind.ITEM_RESULT:
        space = ctx.workspace
        checkup = space.checkups.get(space.item_results.get(subject_id).checkup_id)
        if checkup.finished_at is not None:
            raise RefusedMoveError(msg("The checkup is finished and locked."))


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
