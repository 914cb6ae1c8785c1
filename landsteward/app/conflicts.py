"""Conflicts of interest (利益冲突): asked before a firm works for an enterprise, answered on
record, and what they leave open to the firm.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from landsteward.app.bulk import many_records
from landsteward.app.context import Context
from landsteward.domain.casework import Case
from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.engagements import ConflictDeclaration, Engagement, term_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.organisations import Organisation
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import OrganisationKind
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmStanding:
    """How a firm stands to an enterprise on the day: its running contracts, what was declared under
    them, whether the person asked for is still to be asked, and what stands against a plan.
    """

    firm_id: str
    engagements: tuple[Engagement, ...]
    declarations: tuple[ConflictDeclaration, ...]
    to_be_asked: bool
    refusal: Message | None
    remedy: Message | None

    @property
    def may_plan(self) -> bool:
        """Whether a plan may be written."""
        return self.refusal is None


def firm_standing(
    ctx: Context, *, firm_id: str, enterprise_id: str | None, carrier_id: str | None = None
) -> FirmStanding:
    """How a firm stands to an enterprise today. One of its own people is asked personally.

    Without an enterprise (a case of a parcel alone) a contract for all of the carrier's counts, and
    nobody is asked.
    """
    engagements = _running(ctx, firm_id, enterprise_id, carrier_id)
    declarations = tuple(
        declaration
        for engagement in engagements
        if enterprise_id is not None
        for declaration in ctx.workspace.conflict_declarations.where(
            engagement_id=engagement.id, enterprise_id=enterprise_id
        )
    )
    of_firm = ctx.actor.organisation_id == firm_id
    answered = any(not of_firm or one.declared_by == ctx.actor.id for one in declarations)
    to_be_asked = bool(engagements) and enterprise_id is not None and not answered
    refusal = remedy = None
    if not engagements:
        refusal = msg("The firm is not engaged for this enterprise today.")
        remedy = msg("Ask the carrier to enter or extend the engagement.")
    elif any(one.blocks for one in declarations):
        refusal = msg("The firm declared a conflict of interest with this enterprise.")
        remedy = msg("The carrier approves it with a reason, or assigns another firm.")
    elif to_be_asked:
        refusal = msg("Whether there is a conflict of interest has not been declared.")
        remedy = msg("Answer the question above the plan first.")
    return FirmStanding(
        firm_id=firm_id,
        engagements=engagements,
        declarations=declarations,
        to_be_asked=to_be_asked,
        refusal=refusal,
        remedy=remedy,
    )


def refuse_unfit_firm(ctx: Context, *, case: Case, firm_id: str | None = None) -> None:
    """Refuse a plan for a case by a firm that is not engaged, has not declared, or has a conflict.

    `firm_id` is the firm whose plan it is; without one only the firm's own people are asked.
    """
    if firm_id is None:
        own = _own_firm(ctx)
        if own is None:
            return
        firm_id = own.id
    standing = firm_standing(
        ctx, firm_id=firm_id, enterprise_id=case.enterprise_id, carrier_id=case.carrier_id
    )
    if standing.refusal is not None:
        raise RefusedMoveError(
            standing.refusal,
            where=ctx.workspace.organisations.get(firm_id).name,
            remedy=standing.remedy,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationView:
    """A declaration with the names that belong to it; `own` says the acting person made it."""

    declaration: ConflictDeclaration
    firm: str
    enterprise: str
    declared_by: str
    declared_for: str
    decided_by: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmOnCase:
    """The firm that plans in a case: how it stands to its enterprise, and what may be done about it
    by the acting person.
    """

    firm: Organisation
    standing: FirmStanding
    declarations: tuple[DeclarationView, ...]
    terms: ConflictTerms
    enterprise_id: str | None
    carrier_id: str | None
    own: bool
    may_engage: bool


def firm_on_case(ctx: Context, *, case_id: str, firm_id: str | None = None) -> FirmOnCase | None:
    """The acting person's own firm, or else the plan's; None where there is neither."""
    space = ctx.workspace
    case = space.cases.get(case_id)
    own = _own_firm(ctx)
    firm_id = own.id if own is not None else firm_id
    if firm_id is None:
        return None
    standing = firm_standing(
        ctx, firm_id=firm_id, enterprise_id=case.enterprise_id, carrier_id=case.carrier_id
    )
    return FirmOnCase(
        firm=space.organisations.get(firm_id),
        standing=standing,
        declarations=tuple(declaration_view(ctx, one) for one in standing.declarations),
        terms=ctx.packs.get(case.pack, case.pack_version).conflicts,
        enterprise_id=case.enterprise_id,
        carrier_id=case.carrier_id,
        own=own is not None,
        may_engage=may(ctx.actor.role, Action.ENGAGE_FIRM),
    )


def declaration_view(ctx: Context, declaration: ConflictDeclaration) -> DeclarationView:
    """A declaration with its names; empty where somebody is not known any more."""
    space = ctx.workspace
    engagement = space.engagements.get(declaration.engagement_id)
    firm = space.organisations.find(engagement.firm_id)
    enterprise = space.enterprises.find(declaration.enterprise_id)
    declarer = space.people.find(declaration.declared_by)
    decider = space.people.find(declaration.decided_by) if declaration.decided_by else None
    organisation = space.organisations.find(declarer.organisation_id) if declarer else None
    return DeclarationView(
        declaration=declaration,
        firm=firm.name if firm else "",
        enterprise=enterprise.name if enterprise else "",
        declared_by=declarer.name if declarer else "",
        declared_for=organisation.name if organisation else "",
        decided_by=decider.name if decider else "",
        own=declaration.declared_by == ctx.actor.id,
    )


def _own_firm(ctx: Context) -> Organisation | None:
    own = ctx.workspace.organisations.find(ctx.actor.organisation_id)
    return own if own is not None and own.kind is OrganisationKind.SERVICE_FIRM else None


def declare_conflicts(
    ctx: Context,
    *,
    engagement_id: str,
    enterprise_ids: Sequence[str],
    kinds: Sequence[str] = (),
    detail: str = "",
) -> tuple[ConflictDeclaration, ...]:
    """Record what a firm answered when asked about conflicts with enterprises; no kinds: none.

    The firm's people answer for the firm and themselves; the carrier writes the firm's answer down.
    """
    space = ctx.workspace
    engagement = space.engagements.get(engagement_id)
    own = ctx.actor.organisation_id == engagement.firm_id
    ctx.require(Action.WRITE_PLAN if own else Action.ENGAGE_FIRM)
    if kinds and not detail.strip():
        raise RefusedMoveError(msg("Say what the conflict is."), where=engagement.contract_no)
    declared = tuple(
        ConflictDeclaration(
            id=ctx.ids.new(),
            engagement_id=engagement_id,
            enterprise_id=enterprise_id,
            declared_by=ctx.actor.id,
            declared_at=ctx.clock.now(),
            kinds=tuple(kinds),
            detail=detail.strip(),
        )
        for enterprise_id in dict.fromkeys(enterprise_ids)
    )
    with many_records(), ctx.change():
        space.conflict_declarations.add_many(declared)
    return declared


def decide_conflict(
    ctx: Context, *, declaration_id: str, approved: bool, reason: str
) -> ConflictDeclaration:
    """Decide, as somebody else and with a reason, whether a firm works in spite of a conflict."""
    ctx.require(Action.APPROVE_CONFLICT)
    space = ctx.workspace
    declaration = space.conflict_declarations.get(declaration_id)
    where = space.enterprises.get(declaration.enterprise_id).name
    if not declaration.kinds:
        raise RefusedMoveError(msg("No conflict was declared; there is nothing to decide."))
    if declaration.declared_by == ctx.actor.id:
        raise RefusedMoveError(
            msg("Who declared a conflict does not decide on it."),
            where=where,
            remedy=msg("Ask a colleague of the carrier."),
        )
    if not reason.strip():
        raise RefusedMoveError(msg("Say why."), where=where)
    decided = replace(
        declaration,
        approved=approved,
        decided_by=ctx.actor.id,
        decided_at=ctx.clock.now(),
        decision_note=reason.strip(),
    )
    with ctx.change():
        space.conflict_declarations.save(decided)
    return decided


def _running(
    ctx: Context, firm_id: str, enterprise_id: str | None, carrier_id: str | None
) -> tuple[Engagement, ...]:
    space, today = ctx.workspace, ctx.today()
    if enterprise_id is not None:
        return tuple(
            space.engagements.get(one.engagement_id)
            for one in space.firms.covers(enterprise_id)
            if one.firm_id == firm_id and one.from_on <= today <= one.last_on
        )
    return tuple(
        one
        for one in space.engagements.where(firm_id=firm_id, carrier_id=carrier_id, covers_all=True)
        if (term := term_of(one)) is not None and term.holds_on(today)
    )
