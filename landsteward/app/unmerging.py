"""Taking a merging back: both records stand again, each with what was its own.

What was done since is not lost: a field somebody changed afterwards keeps its value, and what was
entered for the record that stayed remains there. Whoever takes it back is told so before.
"""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.views import MergeTrace
from landsteward.domain.duplicates import NotTheSame
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmerging:
    """A merging as it would be taken back. `refused` says what stands against it."""

    trace: MergeTrace
    gone: str
    stays: str
    refused: Message | None


def unmerging(ctx: Context, *, gone_id: str) -> Unmerging:
    """What taking it back would do. Raises RecordNotFoundError where nothing was merged."""
    space = ctx.workspace
    trace = space.reversals.merge(gone_id)
    if trace is None:
        raise RecordNotFoundError(
            msg("This record was not merged into another one."), where=gone_id
        )
    names = space.chronicle.names([gone_id, trace.stays_id])
    refused = None
    if space.enterprises.find(trace.stays_id) is None:
        refused = msg(
            "{name} has itself been merged or deleted since. Take that back first.",
            name=names[trace.stays_id],
        )
    return Unmerging(trace=trace, gone=names[gone_id], stays=names[trace.stays_id], refused=refused)


def unmerge_enterprises(ctx: Context, *, gone_id: str) -> Enterprise:
    """Take the merging back by which this record went; says the record as it stands again.

    The two are not proposed as duplicates again: somebody has just said that they are two.
    """
    ctx.require(Action.MERGE)
    space = ctx.workspace
    found = unmerging(ctx, gone_id=gone_id)
    if found.refused is not None:
        raise RefusedMoveError(found.refused, where=found.gone)
    with ctx.change():
        space.reversals.take_back_merge(gone_id)
        space.not_the_same.add(
            NotTheSame(id=ctx.ids.new(), first_id=found.trace.stays_id, second_id=gone_id)
        )
    return space.enterprises.get(gone_id)
