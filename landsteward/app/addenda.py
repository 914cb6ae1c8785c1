"""Addenda (补充更正): corrections to a locked form, numbered and signed, never an overwrite."""

from collections.abc import Sequence

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain.casework import Checkup
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.signatures import Addendum, Signature, SignatureRole, content_hash
from landsteward.domain.strokes import Stroke, is_signature
from landsteward.domain.text import msg


def add_addendum(
    ctx: Context,
    *,
    checkup_id: str,
    item_key: str | None,
    text: str,
    reason: str,
    strokes: Sequence[Stroke],
    width: int,
    height: int,
) -> Addendum:
    """Correct a locked form by a numbered addendum, signed by who writes it. It stays for ever.

    Raises RefusedMoveError while the form is open (it is corrected in place then) and once the
    case is archived.
    """
    ctx.require(Action.CHECK)
    space = ctx.workspace
    checkup = space.checkups.get(checkup_id)
    case = living_case(ctx, case_id=checkup.case_id)
    refusal = None
    if checkup.finished_at is None:
        refusal = msg("The form is still open: correct it in place.")
    elif not text.strip():
        refusal = msg("Say what is corrected.")
    elif not reason.strip():
        refusal = msg("Say why it is corrected.")
    elif not is_signature(strokes):
        refusal = msg("The addendum is not signed yet.")
    elif item_key is not None and not space.item_results.count(
        checkup_id=checkup_id, item_key=item_key
    ):
        refusal = msg("This item is not on the form.")
    if refusal is not None:
        raise RefusedMoveError(refusal, where=case.case_no)
    moment = ctx.clock.now()
    addendum = Addendum(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        number=space.addenda.count(checkup_id=checkup_id) + 1,
        item_key=item_key,
        text=text.strip(),
        reason=reason.strip(),
        written_by=ctx.actor.id,
        written_at=moment,
    )
    signature = Signature(
        id=ctx.ids.new(),
        checkup_id=checkup_id,
        role=SignatureRole.ADDENDUM,
        name=ctx.actor.name,
        person_id=ctx.actor.id,
        addendum_id=addendum.id,
        strokes=tuple(strokes),
        width=width,
        height=height,
        signed_at=moment,
        content_hash=addendum_hash(checkup, addendum),
    )
    with ctx.change():
        space.addenda.add(addendum)
        space.signatures.add(signature)
    return addendum


def addendum_hash(checkup: Checkup, addendum: Addendum) -> str:
    """The hash of what an addendum says, and of the form it corrects."""
    return content_hash(
        {
            "form": checkup.content_hash,
            "number": addendum.number,
            "item": addendum.item_key,
            "text": addendum.text,
            "reason": addendum.reason,
        }
    )
