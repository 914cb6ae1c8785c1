"""Arrows, boxes and texts over a photo, and how it is turned; the original stays as it is."""

from collections.abc import Sequence
from dataclasses import replace

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.evidence import refuse_locked
from landsteward.domain.casework import Evidence
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.photos import LONGEST_MARK_TEXT, MOST_MARKS, Mark
from landsteward.domain.text import Message, msg

_QUARTERS = 4


def set_marks(ctx: Context, *, evidence_id: str, marks: Sequence[Mark]) -> Evidence:
    """Let these be the marks of a photo; who changed them is in the trail.

    Refused where a decision rests on the photo already: a finished checkup, a settled finding.
    """
    evidence = _open(ctx, evidence_id)
    if len(marks) > MOST_MARKS:
        raise RefusedMoveError(
            msg("A photo takes {count} marks at most.", count=MOST_MARKS), where=evidence.file_name
        )
    for mark in marks:
        if len(mark.text) > LONGEST_MARK_TEXT:
            raise RefusedMoveError(
                msg("A text on a photo has {count} characters at most.", count=LONGEST_MARK_TEXT),
                where=evidence.file_name,
                remedy=msg("Write the rest into the caption."),
            )
    return _keep(ctx, replace(evidence, marks=tuple(marks)))


def turn_photo(ctx: Context, *, evidence_id: str, by: int) -> Evidence:
    """Show a photo turned by so many quarters more, clockwise."""
    evidence = _open(ctx, evidence_id)
    return _keep(ctx, replace(evidence, turn=(evidence.turn + by) % _QUARTERS))


def why_not_marked(ctx: Context, *, evidence_id: str) -> Message | None:
    """Why a photo takes no marks (any more); None where it does."""
    try:
        _open(ctx, evidence_id)
    except RefusedMoveError as refused:
        return refused.what
    return None


def _open(ctx: Context, evidence_id: str) -> Evidence:
    ctx.require(Action.ADD_EVIDENCE)
    evidence = ctx.workspace.evidence.get(evidence_id)
    links = ctx.workspace.evidence_links.where(evidence_id=evidence_id)
    if not links:
        living_case(ctx, case_id=evidence.case_id)
    for link in links:
        refuse_locked(ctx, link.subject_kind, link.subject_id)
    return evidence


def _keep(ctx: Context, changed: Evidence) -> Evidence:
    with ctx.change():
        ctx.workspace.evidence.save(changed)
    return changed
