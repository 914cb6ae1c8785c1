"""Signing the form of a checkup or recheck: each signature keeps the hash of what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from landsteward.app.checkup_items import asked_keys, form_items, open_form, photos_by_result
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import Recheck
from landsteward.domain.signatures import Signature, SignatureRole, content_hash
from landsteward.domain.states import RecheckKind, SubjectKind
from landsteward.domain.strokes import Stroke, is_signature
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A signature, and whether the form still says what was signed."""

    signature: Signature
    current: bool


def form_hash(ctx: Context, *, checkup: Checkup) -> str:
    """The hash of what the form says: its items and answers, the photos at them, its conclusion."""
    space = ctx.workspace
    items = {item.key: (item, added) for item, added in form_items(ctx, checkup=checkup)}
    results = space.item_results.where(checkup_id=checkup.id)
    photos = photos_by_result(ctx, checkup=checkup)
    shown = asked_keys((item for item, _ in items.values()), results)
    lines = []
    for one in sorted(results, key=lambda result: result.item_key):
        if one.item_key not in shown:
            continue
        item, added = items[one.item_key]
        line: dict[str, object] = {
            "item": one.item_key,
            "title": item.title,
            "department": one.department,
            "outcome": one.outcome,
            "value": None if one.value is None else str(one.value),
            "note": one.note,
            "photos": sorted(photo.sha256 for photo in photos.get(one.id, ())),
        }
        if added is not None:
            line["severity"] = added.severity
            line["bases"] = [
                f"{basis.law} {basis.article} {basis.version}" for basis in added.bases
            ]
        lines.append(line)
    return content_hash(
        {
            "checkup": checkup.id,
            "pack": checkup.pack,
            "pack_version": checkup.pack_version,
            "departments": list(checkup.departments),
            "started_on": checkup.started_on.isoformat() if checkup.started_on else None,
            "lines": lines,
            "conclusion": checkup.conclusion,
        }
    )


def recheck_hash(ctx: Context, *, recheck: Recheck) -> str:
    """The hash of what a recheck's form says: its findings, what was found of each, its summary."""
    space = ctx.workspace
    lines = []
    results = space.recheck_results.where(recheck_id=recheck.id)
    for one in sorted(results, key=lambda result: result.finding_id):
        finding = space.findings.get(one.finding_id)
        photos = evidence_of(ctx, subject_kind=SubjectKind.RECHECK_RESULT, subject_id=one.id)
        lines.append(
            {
                "finding": finding.finding_no,
                "title": finding.title,
                "passed": one.passed,
                "partly": one.partly,
                "value": None if one.value is None else str(one.value),
                "note": one.note,
                "remains": one.remains,
                "new_deadline_on": one.new_deadline_on.isoformat() if one.new_deadline_on else None,
                "photos": sorted(photo.sha256 for photo in photos),
            }
        )
    return content_hash(
        {
            "recheck": recheck.id,
            "kind": recheck.kind,
            "planned_on": recheck.planned_on.isoformat() if recheck.planned_on else None,
            "lines": lines,
            "summary": recheck.summary,
        }
    )


def sign_form(
    ctx: Context,
    *,
    role: SignatureRole,
    name: str,
    strokes: Sequence[Stroke],
    width: int,
    height: int,
    person_id: str | None = None,
    checkup_id: str | None = None,
    recheck_id: str | None = None,
) -> Signature:
    """Keep a signature under a form as it stands: a checkup's, or a recheck's.

    Who has signed before signs anew instead. `person_id` says which of the inspectors signs.
    """
    now = _open_hash(ctx, checkup_id, recheck_id)
    space = ctx.workspace
    if role is SignatureRole.ADDENDUM:
        raise RefusedMoveError(msg("An addendum is signed with the addendum."))
    if not name.strip():
        raise RefusedMoveError(msg("Say who signs."))
    if not is_signature(strokes):
        raise RefusedMoveError(msg("Nothing was signed yet."))
    signature = Signature(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        recheck_id=recheck_id,
        role=role,
        name=name.strip(),
        person_id=person_id,
        strokes=tuple(strokes),
        width=width,
        height=height,
        signed_at=ctx.clock.now(),
        content_hash=now,
    )
    with ctx.change():
        for known in space.signatures.where(
            checkup_id=checkup_id, recheck_id=recheck_id, role=role, person_id=person_id
        ):
            space.signatures.retire(known.id)
        space.signatures.add(signature)
    return signature


def take_signature_back(ctx: Context, *, signature_id: str) -> None:
    """Take a signature off a form that is not locked yet."""
    signature = ctx.workspace.signatures.get(signature_id)
    _open_hash(ctx, signature.checkup_id, signature.recheck_id)
    with ctx.change():
        ctx.workspace.signatures.retire(signature_id)


def _open_hash(ctx: Context, checkup_id: str | None, recheck_id: str | None) -> str:
    """The hash of what an open form says now; refuses where it is locked, or not for this role."""
    if checkup_id is not None:
        ctx.require(Action.CHECK)
        checkup = ctx.workspace.checkups.get(checkup_id)
        open_form(checkup)
        return form_hash(ctx, checkup=checkup)
    ctx.require(Action.RECHECK)
    recheck = ctx.workspace.rechecks.get(recheck_id or "")
    if recheck.done_on is not None:
        raise RefusedMoveError(msg("This recheck is finished; start another one."))
    return recheck_hash(ctx, recheck=recheck)


def recheck_signatures(ctx: Context, *, recheck: Recheck, now: str) -> tuple[Signed, ...]:
    """The signatures under a recheck's form; see `signatures_of`."""
    return tuple(
        Signed(signature=one, current=one.content_hash == now)
        for one in ctx.workspace.signatures.where(recheck_id=recheck.id)
    )


def unsigned_recheck(ctx: Context, *, recheck: Recheck) -> Message | None:
    """What is missing where all sign a recheck here and none on paper."""
    signed = {one.role for one in ctx.workspace.signatures.where(recheck_id=recheck.id)}
    if SignatureRole.INSPECTOR not in signed:
        return msg("No inspector has signed yet.")
    needed = recheck.kind is RecheckKind.RECHECK and not recheck.representative_refused
    if needed and SignatureRole.REPRESENTATIVE not in signed:
        return msg("The representative has not signed yet.")
    return None


def refuse_stale_recheck(ctx: Context, *, recheck: Recheck, now: str) -> None:
    """Refuse to lock a recheck's form that is not what was signed."""
    _refuse_stale(recheck_signatures(ctx, recheck=recheck, now=now))


def signatures_of(ctx: Context, *, checkup: Checkup, now: str) -> tuple[Signed, ...]:
    """The signatures under a form, oldest first; `now` is the hash of what the form says now."""
    return tuple(
        Signed(signature=one, current=one.content_hash == now)
        for one in ctx.workspace.signatures.where(checkup_id=checkup.id, addendum_id=None)
    )


def refuse_stale(ctx: Context, *, checkup: Checkup, now: str) -> None:
    """Refuse to lock what is not what was signed."""
    _refuse_stale(signatures_of(ctx, checkup=checkup, now=now))


def _refuse_stale(signatures: Sequence[Signed]) -> None:
    stale = [one.signature.name for one in signatures if not one.current]
    if stale:
        raise RefusedMoveError(
            msg("The form was changed after {names} had signed.", names="、".join(stale)),
            remedy=msg("Let them sign again, or take their signature off."),
        )
