"""Permits and inspections of an enterprise: recorded by hand, judged by the automatic rules."""

from dataclasses import replace
from datetime import date
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError
from landsteward.domain.permissions import Action
from landsteward.domain.register import Permit
from landsteward.domain.text import msg


class PermitFields(TypedDict, total=False):
    """What is kept of a permit beside whose it is."""

    kind: str
    number: str
    subject: str
    valid_from: date | None
    valid_to: date | None
    unlimited: bool
    note: str


def permits_of(ctx: Context, *, enterprise_id: str) -> tuple[Permit, ...]:
    """An enterprise's permits by kind, those that run out first before others."""
    order = {one.key: at for at, one in enumerate(ctx.pack().permits)}
    found = ctx.workspace.permits.where(enterprise_id=enterprise_id)
    return tuple(
        sorted(
            found,
            key=lambda one: (order.get(one.kind, len(order)), one.valid_to or date.max, one.id),
        )
    )


def record_permit(ctx: Context, *, enterprise_id: str, **fields: Unpack[PermitFields]) -> Permit:
    """Record a permit or an inspection of an enterprise."""
    ctx.require(Action.EDIT_REGISTER)
    ctx.workspace.enterprises.get(enterprise_id)
    fields.setdefault("kind", next((one.key for one in ctx.pack().permits), ""))
    added = _checked(ctx, Permit(id=ctx.ids.new(), enterprise_id=enterprise_id, **fields))
    with ctx.change():
        ctx.workspace.permits.add(added)
    return added


def edit_permit(ctx: Context, *, permit_id: str, **changes: Unpack[PermitFields]) -> Permit:
    """Change a permit's particulars."""
    ctx.require(Action.EDIT_REGISTER)
    edited = _checked(ctx, replace(ctx.workspace.permits.get(permit_id), **changes))
    with ctx.change():
        ctx.workspace.permits.save(edited)
    return edited


def _checked(ctx: Context, permit: Permit) -> Permit:
    if permit.kind not in {one.key for one in ctx.pack().permits}:
        raise KnownError(
            msg("The rule pack has no such kind of permit."),
            where=permit.kind,
            remedy=msg("Choose one of the kinds, or add it to permits.toml of the pack."),
        )
    begin, end = permit.valid_from, permit.valid_to
    if begin is not None and end is not None and end < begin:
        raise KnownError(msg("It would end before it begins."), where=str(end))
    return permit
