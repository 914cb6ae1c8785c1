"""Lines of the register taken out because they were entered by mistake, and brought back."""

from enum import StrEnum
from typing import Any

from landsteward.app.context import Context
from landsteward.domain.permissions import Action


class Removable(StrEnum):
    """What can be taken out of an enterprise's or a parcel's page, by its store."""

    OCCUPANCY = "occupancies"
    OUTPUT_CONTRACT = "output_contracts"
    YEAR = "yearly_metrics"
    LOOK = "construction_progress"
    PERMIT = "permits"


def remove(ctx: Context, *, kind: Removable, record_id: str) -> None:
    """Mark a line as deleted; it stays in the trail and can be brought back."""
    ctx.require(Action.EDIT_REGISTER)
    stores: Any = ctx.workspace
    with ctx.change():
        getattr(stores, kind.value).retire(record_id)


def bring_back(ctx: Context, *, kind: Removable, record_id: str) -> None:
    """Undo a removal. Raises KnownError where something else has taken the line's place."""
    ctx.require(Action.EDIT_REGISTER)
    with ctx.change():
        ctx.workspace.reversals.bring_back(kind.value, record_id)
