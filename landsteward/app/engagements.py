"""Engagements (委托): contracts of a carrier with service firms, and whom they are for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.bulk import many_records
from landsteward.app.context import Context
from landsteward.domain.engagements import Engagement, EngagementEnterprise, Term, term_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action
from landsteward.domain.states import FirmKind, OrganisationKind
from landsteward.domain.text import msg

Told = Callable[[int, int], None]
"""Hears how many of how many are done; what it raises takes everything back."""
_BLOCK = 500


def _nothing_told(done: int, total: int) -> None:
    """Nobody listens."""


class EngagementTerms(TypedDict, total=False):
    """Terms of a contract; fee in 万元."""

    contract_no: str
    from_on: date
    to_on: date | None
    fee_wan: Decimal | None
    scope: str
    covers_all: bool
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterprisesAssigned:
    """What became of assigning enterprises: those that are new, and how many were there already.

    `narrowed` says that the contract was for all of the carrier's until now.
    """

    listed_ids: tuple[str, ...]
    known: int
    narrowed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterprisesTakenOut:
    """Enterprises taken out of a contract, as they were listed before, to put them back."""

    before: tuple[EngagementEnterprise, ...]


def find_or_add_firm(ctx: Context, *, name: str, kind: FirmKind = FirmKind.LAW) -> Organisation:
    """The service firm of that name; a new name becomes a new firm."""
    ctx.require(Action.ENGAGE_FIRM)
    name = name.strip()
    if not name:
        raise RefusedMoveError(msg("A firm needs a name."))
    space = ctx.workspace
    known = space.organisations.first(kind=OrganisationKind.SERVICE_FIRM, name=name)
    if known is not None:
        return known
    firm = Organisation(
        id=ctx.ids.new(), kind=OrganisationKind.SERVICE_FIRM, name=name, firm_kind=kind
    )
    with ctx.change():
        space.organisations.add(firm)
    return firm


def engage_firm(
    ctx: Context, *, firm_id: str, carrier_id: str | None = None, **terms: Unpack[EngagementTerms]
) -> Engagement:
    """Record a carrier's contract with a service firm: one's own carrier's, from today, for all its
    enterprises, where nothing else is said.
    """
    ctx.require(Action.ENGAGE_FIRM)
    carrier = ctx.workspace.organisations.get(carrier_id) if carrier_id else ctx.organisation()
    if carrier.kind is not OrganisationKind.CARRIER:
        raise RefusedMoveError(
            msg("A county or zone engages a firm."),
            where=carrier.name,
            remedy=msg("Say which carrier has the contract."),
        )
    firm = ctx.workspace.organisations.get(firm_id)
    if firm.kind is not OrganisationKind.SERVICE_FIRM:
        raise RefusedMoveError(msg("Only service firms are engaged."), where=firm.name)
    terms.setdefault("from_on", ctx.today())
    engagement = Engagement(id=ctx.ids.new(), firm_id=firm_id, carrier_id=carrier.id, **terms)
    _refuse_nonsense(ctx, engagement)
    with ctx.change():
        ctx.workspace.engagements.add(engagement)
    return engagement


def engage_for_case(ctx: Context, *, firm_id: str, case_id: str) -> Engagement:
    """Record that the case's carrier engages a firm for the case's enterprise, from today."""
    ctx.require(Action.ENGAGE_FIRM)
    case = ctx.workspace.cases.get(case_id)
    carrier_id = case.carrier_id
    if carrier_id is None and case.enterprise_id is not None:
        carrier_id = ctx.workspace.enterprises.get(case.enterprise_id).carrier_id
    with ctx.change():
        engagement = engage_firm(
            ctx, firm_id=firm_id, carrier_id=carrier_id, covers_all=case.enterprise_id is None
        )
        if case.enterprise_id is not None:
            assign_enterprises(
                ctx, engagement_id=engagement.id, enterprise_ids=[case.enterprise_id]
            )
    return engagement


def edit_engagement(
    ctx: Context, *, engagement_id: str, **terms: Unpack[EngagementTerms]
) -> Engagement:
    """Change the terms of a contract."""
    ctx.require(Action.ENGAGE_FIRM)
    engagement = replace(ctx.workspace.engagements.get(engagement_id), **terms)
    _refuse_nonsense(ctx, engagement)
    with ctx.change():
        ctx.workspace.engagements.save(engagement)
    return engagement


def end_engagement(ctx: Context, *, engagement_id: str, last_day: date, reason: str) -> Engagement:
    """End a contract before its time: after that day the firm writes no more plans under it."""
    ctx.require(Action.ENGAGE_FIRM)
    before = ctx.workspace.engagements.get(engagement_id)
    if not reason.strip():
        raise RefusedMoveError(msg("Say why the engagement ends early."), where=before.contract_no)
    term = term_of(before)
    if term is None or not term.holds_on(last_day):
        raise RefusedMoveError(
            msg("The contract does not run on that day."), where=before.contract_no
        )
    ended = replace(before, ended_on=last_day, end_reason=reason.strip())
    with ctx.change():
        ctx.workspace.engagements.save(ended)
    return ended


def resume_engagement(ctx: Context, *, engagement_id: str) -> Engagement:
    """Let a contract that was ended early run on as agreed."""
    ctx.require(Action.ENGAGE_FIRM)
    resumed = replace(ctx.workspace.engagements.get(engagement_id), ended_on=None, end_reason="")
    with ctx.change():
        ctx.workspace.engagements.save(resumed)
    return resumed


def assign_enterprises(
    ctx: Context,
    *,
    engagement_id: str,
    enterprise_ids: Sequence[str],
    from_on: date | None = None,
    told: Told = _nothing_told,
) -> EnterprisesAssigned:
    """List enterprises with a contract, all or none of them; those in it already stay as they are.

    From today, unless another day is said, but never before the contract begins. A contract for all
    of the carrier's enterprises is for those listed from now on.
    """
    ctx.require(Action.ENGAGE_FIRM)
    space = ctx.workspace
    engagement = space.engagements.get(engagement_id)
    term = term_of(engagement)
    first = max(from_on or ctx.today(), engagement.from_on)
    if term is None or not term.holds_on(first):
        raise RefusedMoveError(
            msg("The contract has run out by that day."),
            where=engagement.contract_no,
            remedy=msg("Extend it, or enter the new contract."),
        )
    new = Term(first=first, last=term.last)
    known = {
        one.enterprise_id
        for one in space.engagement_enterprises.where(engagement_id=engagement_id)
        if (own := term_of(engagement, one)) is not None and own.shared_with(new) is not None
    }
    asked = list(dict.fromkeys(enterprise_ids))
    wanted = [one for one in asked if one not in known]
    made: list[str] = []
    with many_records(), ctx.change():
        if engagement.covers_all and asked:
            space.engagements.save(replace(engagement, covers_all=False))
        for start in range(0, len(wanted), _BLOCK):
            block = wanted[start : start + _BLOCK]
            living = space.reports.enterprises_by_id(block)
            listed = [
                EngagementEnterprise(
                    id=ctx.ids.new(),
                    engagement_id=engagement_id,
                    enterprise_id=enterprise_id,
                    from_on=first,
                )
                for enterprise_id in block
                if enterprise_id in living
            ]
            space.engagement_enterprises.add_many(listed)
            made += [one.id for one in listed]
            told(start + len(block), len(wanted))
    return EnterprisesAssigned(
        listed_ids=tuple(made),
        known=len(asked) - len(wanted),
        narrowed=engagement.covers_all and bool(asked),
    )


def take_enterprises_out(
    ctx: Context, *, listed_ids: Sequence[str], last_day: date | None = None
) -> EnterprisesTakenOut:
    """Take enterprises out of a contract: it is for them to that day, to yesterday if none is said.

    One that would then have had no day is not listed any more.
    """
    ctx.require(Action.ENGAGE_FIRM)
    store = ctx.workspace.engagement_enterprises
    last = last_day or date.fromordinal(ctx.today().toordinal() - 1)
    before = tuple(store.get(one) for one in listed_ids)
    with many_records(), ctx.change():
        for one in before:
            if one.from_on > last:
                store.retire(one.id)
            else:
                store.save(replace(one, to_on=last))
    return EnterprisesTakenOut(before=before)


def put_enterprises_back(ctx: Context, *, taken: EnterprisesTakenOut) -> None:
    """Undo a taking out."""
    ctx.require(Action.ENGAGE_FIRM)
    space = ctx.workspace
    with many_records(), ctx.change():
        for one in taken.before:
            if space.engagement_enterprises.find(one.id) is None:
                space.reversals.bring_back("engagement_enterprises", one.id)
            space.engagement_enterprises.save(one)


def cover_all_enterprises(ctx: Context, *, engagement_id: str) -> Engagement:
    """Let a contract be for all enterprises of its carrier; what was listed stays on record."""
    return edit_engagement(ctx, engagement_id=engagement_id, covers_all=True)


def engaged_enterprises(ctx: Context, *, firm_id: str, on: date | None = None) -> frozenset[str]:
    """The keys of the enterprises a firm is engaged for on a day, today if none is said."""
    return ctx.workspace.firms.engaged_for(firm_id, on or ctx.today())


def _refuse_nonsense(ctx: Context, engagement: Engagement) -> None:
    refusal = None
    if engagement.to_on is not None and engagement.to_on < engagement.from_on:
        refusal = msg("The last day lies before the first.")
    elif engagement.fee_wan is not None and engagement.fee_wan < 0:
        refusal = msg("A fee is not below zero.")
    elif engagement.contract_no:
        same = ctx.workspace.engagements.first(
            carrier_id=engagement.carrier_id, contract_no=engagement.contract_no
        )
        if same is not None and same.id != engagement.id:
            refusal = msg("The carrier has a contract with this number already.")
    if refusal is not None:
        raise RefusedMoveError(refusal, where=engagement.contract_no)
