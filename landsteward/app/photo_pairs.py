"""整改前后对照: two photos of a finding, the same view before and after, set side by side."""

from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of, rectification_evidence, refuse_locked
from landsteward.domain.casework import Evidence
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.photos import PhotoPair
from landsteward.domain.states import SubjectKind
from landsteward.domain.text import msg


def pairable(ctx: Context, *, finding_id: str) -> tuple[tuple[Evidence, ...], tuple[Evidence, ...]]:
    """The photos that may be the before and the after of a finding."""
    before = evidence_of(ctx, subject_kind=SubjectKind.FINDING, subject_id=finding_id)
    after = rectification_evidence(ctx, finding_id=finding_id)
    return _photos(before), _photos(after)


def pairs_of(ctx: Context, *, finding_id: str) -> tuple[tuple[PhotoPair, Evidence, Evidence], ...]:
    """The pairs of a finding that still hold: both photos are attached to it."""
    before, after = pairable(ctx, finding_id=finding_id)
    known = {one.id: one for one in (*before, *after)}
    return tuple(
        (pair, known[pair.before_id], known[pair.after_id])
        for pair in ctx.workspace.photo_pairs.where(finding_id=finding_id)
        if pair.before_id in known and pair.after_id in known
    )


def pair_photos(ctx: Context, *, finding_id: str, before_id: str, after_id: str) -> PhotoPair:
    """Set a photo of the problem and one of its cure side by side; twice changes nothing.

    Raises RefusedMoveError where one of them is no photo attached to the finding for that.
    """
    ctx.require(Action.ADD_EVIDENCE)
    space = ctx.workspace
    if known := space.photo_pairs.first(
        finding_id=finding_id, before_id=before_id, after_id=after_id
    ):
        return known
    refuse_locked(ctx, SubjectKind.RECTIFICATION, finding_id)
    before, after = pairable(ctx, finding_id=finding_id)
    if before_id == after_id or not (
        any(one.id == before_id for one in before) and any(one.id == after_id for one in after)
    ):
        raise RefusedMoveError(
            msg("A pair is a photo of the problem and another one of how it was put right."),
            where=space.findings.get(finding_id).title,
            remedy=msg("Attach both photos to the finding first."),
        )
    made = PhotoPair(
        id=ctx.ids.new(), finding_id=finding_id, before_id=before_id, after_id=after_id
    )
    with ctx.change():
        space.photo_pairs.add(made)
    return made


def part_photos(ctx: Context, *, pair_id: str) -> None:
    """Take a pair apart; both photos stay where they are attached."""
    ctx.require(Action.ADD_EVIDENCE)
    pair = ctx.workspace.photo_pairs.get(pair_id)
    refuse_locked(ctx, SubjectKind.RECTIFICATION, pair.finding_id)
    with ctx.change():
        ctx.workspace.photo_pairs.retire(pair_id)


def _photos(evidence: list[Evidence]) -> tuple[Evidence, ...]:
    found = {one.id: one for one in evidence if one.media_type.startswith("image/")}
    return tuple(found.values())
