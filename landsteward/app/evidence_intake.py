"""Taking files in: the original bit for bit, its copies, what it proves, and what is odd of it."""

from dataclasses import dataclass

from landsteward.app.cases import case_parcel_ids
from landsteward.app.context import Context
from landsteward.app.evidence import add_evidence, attach_evidence
from landsteward.app.pictures import ReadFile, copies_of, keep_copies
from landsteward.domain.casework import Evidence
from landsteward.domain.permissions import Action
from landsteward.domain.photo_doubts import clock_doubt, place_doubt
from landsteward.domain.photos import PictureTrouble
from landsteward.domain.states import SubjectKind
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """What became of one file. `new` is False where the case had this content already.

    `doubts` are what is odd about it; it was taken in all the same.
    """

    evidence: Evidence
    new: bool
    doubts: tuple[Message, ...]


def take_in(
    ctx: Context,
    *,
    case_id: str,
    file: ReadFile,
    subject_kind: SubjectKind | None = None,
    subject_id: str = "",
    caption: str = "",
    place: str = "",
) -> TakenIn:
    """Keep a file that was read, with its copies, and attach it to what it proves: all or nothing.

    What the case has already is attached, not kept twice, and keeps its words.
    """
    ctx.require(Action.ADD_EVIDENCE)
    space = ctx.workspace
    known = space.evidence.first(case_id=case_id, sha256=file.sha256)
    with ctx.change():
        evidence = add_evidence(
            ctx,
            case_id=case_id,
            file_name=file.name,
            content=file.content,
            caption=caption,
            place=place,
            facts=file.facts,
        )
        if file.copies is not None:
            keep_copies(ctx, sha256=evidence.sha256, made=file.copies)
        if subject_kind is not None:
            attach_evidence(
                ctx, evidence_id=evidence.id, subject_kind=subject_kind, subject_id=subject_id
            )
    new = known is None
    return TakenIn(evidence=evidence, new=new, doubts=doubts_of(ctx, evidence) if new else ())


def doubts_of(ctx: Context, evidence: Evidence) -> tuple[Message, ...]:
    """What is odd about it: it cannot be shown, the camera's clock, the place."""
    limits = ctx.pack().evidence
    copies = copies_of(ctx, sha256=evidence.sha256)
    found: list[Message | None] = []
    if copies is not None and copies.trouble is not None:
        found.append(trouble_in_words(copies.trouble))
    if evidence.taken_at is not None:
        found.append(clock_doubt(evidence.taken_at, evidence.added_at, limits))
    if evidence.latitude is not None and evidence.longitude is not None:
        here = evidence.longitude, evidence.latitude
        case = ctx.workspace.cases.get(evidence.case_id)
        boundaries = ctx.workspace.parcel_boundaries
        outlines = [
            boundary.outline
            for parcel_id in case_parcel_ids(ctx, case=case)
            if (boundary := boundaries.first(parcel_id=parcel_id)) is not None
        ]
        found.append(place_doubt(here, outlines, limits))
    return tuple(one for one in found if one is not None)


def trouble_in_words(trouble: PictureTrouble) -> Message:
    """Why a picture cannot be shown; the file itself is kept."""
    if trouble is PictureTrouble.HEIC:
        return msg(
            "kept, but HEIC cannot be shown or printed here; save it as JPEG as well, or set the "
            "phone's camera to “most compatible”"
        )
    if trouble is PictureTrouble.TOO_LARGE:
        return msg("kept, but the picture has too many pixels to be shown")
    return msg("kept, but the picture is damaged and cannot be shown")
