"""Signing a checkup's form: each signature keeps the hash of what was signed."""

from collections.abc import Sequence
from dataclasses import dataclass

from landsteward.app.checkup_items import asked_keys, form_items, open_form, photos_by_result
from landsteward.app.context import Context
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.signatures import Signature, SignatureRole, content_hash
from landsteward.domain.strokes import Stroke, is_signature
from landsteward.domain.text import msg


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


def sign_form(
    ctx: Context,
    *,
    checkup_id: str,
    role: SignatureRole,
    name: str,
    strokes: Sequence[Stroke],
    width: int,
    height: int,
    person_id: str | None = None,
) -> Signature:
    """Keep a signature under the form as it stands. Who has signed before signs anew instead.

    `person_id` says which of the checkup's inspectors signs.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    open_form(checkup)
    if role is SignatureRole.ADDENDUM:
        raise RefusedMoveError(msg("An addendum is signed with the addendum."))
    if not name.strip():
        raise RefusedMoveError(msg("Say who signs."))
    if not is_signature(strokes):
        raise RefusedMoveError(msg("Nothing was signed yet."))
    signature = Signature(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        role=role,
        name=name.strip(),
        person_id=person_id,
        strokes=tuple(strokes),
        width=width,
        height=height,
        signed_at=ctx.clock.now(),
        content_hash=form_hash(ctx, checkup=checkup),
    )
    with ctx.change():
        for known in space.signatures.where(checkup_id=checkup_id, role=role, person_id=person_id):
            space.signatures.retire(known.id)
        space.signatures.add(signature)
    return signature


def take_signature_back(ctx: Context, *, signature_id: str) -> None:
    """Take a signature off a form that is not locked yet."""
    ctx.require(Action.CHECK)
    signature = ctx.workspace.signatures.get(signature_id)
    open_form(ctx.workspace.checkups.get(signature.checkup_id))
    with ctx.change():
        ctx.workspace.signatures.retire(signature_id)


def signatures_of(ctx: Context, *, checkup: Checkup, now: str) -> tuple[Signed, ...]:
    """The signatures under a form, oldest first; `now` is the hash of what the form says now."""
    return tuple(
        Signed(signature=one, current=one.content_hash == now)
        for one in ctx.workspace.signatures.where(checkup_id=checkup.id, addendum_id=None)
    )


def refuse_stale(ctx: Context, *, checkup: Checkup, now: str) -> None:
    """Refuse to lock what is not what was signed."""
    stale = [
        one.signature.name
        for one in signatures_of(ctx, checkup=checkup, now=now)
        if not one.current
    ]
    if stale:
        raise RefusedMoveError(
            msg("The form was changed after {names} had signed.", names="、".join(stale)),
            remedy=msg("Let them sign again, or take their signature off."),
        )
