"""What is done to many rows of the register at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from landsteward.app.bulk import many_records
from landsteward.app.cases import open_case, open_case_of_parcel
from landsteward.app.context import Context
from landsteward.app.views import ListKind
from landsteward.domain.casework import Case
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.states import OrganisationKind
from landsteward.domain.text import msg

if TYPE_CHECKING:
    from landsteward.app.ports.stores import Store

Carried = TypeVar("Carried", Enterprise, Parcel)
Told = Callable[[int, int], None]
"""Hears how many of how many are done; what it raises takes everything back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarrierAssigned:
    """What an assignment changed: by key, the carrier that stood there before."""

    kind: ListKind
    carrier: Organisation | None
    before: dict[str, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotOpened:
    """An enterprise or parcel for which no case was opened, and why."""

    id: str
    name: str
    reason: RefusedMoveError


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesOpened:
    """What became of opening cases for many: those opened, and those refused with the reason."""

    opened: tuple[Case, ...]
    refused: tuple[NotOpened, ...]


def _nothing_told(done: int, total: int) -> None:
    """Nobody listens."""


def assign_carrier(
    ctx: Context,
    *,
    kind: ListKind,
    ids: Sequence[str],
    carrier_id: str | None,
    told: Told = _nothing_told,
) -> CarrierAssigned:
    """Put these enterprises or parcels under a carrier (None: under no one), all or none of them.

    Rows that stand there already are left as they are. Raises RefusedMoveError for an
    organisation that is no carrier.
    """
    ctx.require(Action.EDIT_REGISTER)
    carrier = ctx.workspace.organisations.get(carrier_id) if carrier_id else None
    if carrier is not None and carrier.kind is not OrganisationKind.CARRIER:
        raise RefusedMoveError(msg("{name} is no carrier.", name=carrier.name))
    before = _set_carriers(ctx, kind, dict.fromkeys(ids, carrier_id), told)
    return CarrierAssigned(kind=kind, carrier=carrier, before=before)


def undo_assignment(ctx: Context, *, assigned: CarrierAssigned, told: Told = _nothing_told) -> int:
    """Put back the carriers that stood there before; says how many rows.

    Rows that somebody gave another carrier meanwhile keep that one.
    """
    ctx.require(Action.EDIT_REGISTER)
    given = assigned.carrier.id if assigned.carrier is not None else None
    return len(_set_carriers(ctx, assigned.kind, assigned.before, told, only=(given,)))


def _set_carriers(
    ctx: Context,
    kind: ListKind,
    wanted: dict[str, str | None],
    told: Told,
    *,
    only: tuple[str | None] | None = None,
) -> dict[str, str | None]:
    """Set them in one transaction; the former carriers of those that changed."""
    with many_records(), ctx.change():
        if kind is ListKind.ENTERPRISES:
            return _set_in(ctx.workspace.enterprises, wanted, told, only)
        return _set_in(ctx.workspace.parcels, wanted, told, only)


def _set_in(
    store: "Store[Carried]",
    wanted: dict[str, str | None],
    told: Told,
    only: tuple[str | None] | None,
) -> dict[str, str | None]:
    before: dict[str, str | None] = {}
    for number, (record_id, carrier_id) in enumerate(wanted.items(), start=1):
        record = store.find(record_id)
        now = carrier_id if record is None else record.carrier_id
        if record is not None and now != carrier_id and (only is None or now in only):
            before[record_id] = now
            store.save(replace(record, carrier_id=carrier_id))
        told(number, len(wanted))
    return before


def open_cases(
    ctx: Context, *, kind: ListKind, ids: Sequence[str], told: Told = _nothing_told
) -> CasesOpened:
    """Open a case (建档) for each of these enterprises or parcels that has none under way.

    What is refused for one stops no other; the reasons come back. Stopped half way, no case is
    opened and no number is used up.
    """
    ctx.require(Action.OPEN_CASE)
    space = ctx.workspace
    opened: list[Case] = []
    refused: list[NotOpened] = []
    with ctx.change():
        for number, record_id in enumerate(ids, start=1):
            try:
                if kind is ListKind.ENTERPRISES:
                    case = open_case(ctx, enterprise_id=record_id, parcel_id=None)
                else:
                    case = open_case_of_parcel(ctx, parcel_id=record_id)
                opened.append(case)
            except RefusedMoveError as reason:
                if kind is ListKind.ENTERPRISES:
                    name = space.enterprises.get(record_id).name
                else:
                    name = space.parcels.get(record_id).name
                refused.append(NotOpened(id=record_id, name=name, reason=reason))
            told(number, len(ids))
    return CasesOpened(opened=tuple(opened), refused=tuple(refused))
