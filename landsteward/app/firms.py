"""Service firms: which there are, what they did, and their people."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, Unpack

from landsteward.app.conflicts import DeclarationView, declaration_view
from landsteward.app.context import Context
from landsteward.app.engagements import engaged_enterprises
from landsteward.app.ports.firms import ListedEnterprise, Overlap
from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.engagements import Engagement, Term, term_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.firm_records import Counted, FirmRecord, firm_records
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FirmKind, OrganisationKind
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRow:
    """A firm in the table of firms: its running contracts, how many enterprises it is engaged for,
    declared conflicts nobody decided on, and its record.
    """

    firm: Organisation
    running: int
    enterprises: int
    undecided: int
    record: FirmRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementCard:
    """A contract with the carrier's name, for how many enterprises it is on the day, and which
    other firms' contracts are for the same enterprises at the same time.
    """

    engagement: Engagement
    carrier: str
    enterprises: int
    overlaps: tuple[tuple[Overlap, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EngagementSheet:
    """A contract's page: its card, its firm, the enterprises listed with it."""

    card: EngagementCard
    firm: Organisation
    listed: tuple[ListedEnterprise, ...]
    terms: ConflictTerms
    may_engage: bool
    may_declare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmSheet:
    """A firm's page: its people (also those who left), contracts from the newest, declarations."""

    firm: Organisation
    people: tuple[Person, ...]
    engagements: tuple[EngagementCard, ...]
    declarations: tuple[DeclarationView, ...]
    terms: ConflictTerms
    carriers: tuple[Organisation, ...]
    may_engage: bool
    may_declare: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedLine:
    """What a number counts, with where it belongs."""

    counted: Counted
    case_no: str
    enterprise: str
    what: str


class FirmFields(TypedDict, total=False):
    """What may be changed about a firm."""

    name: str
    firm_kind: FirmKind | None
    contact: str
    phone: str
    note: str


def edit_firm(ctx: Context, *, firm_id: str, **changes: Unpack[FirmFields]) -> Organisation:
    """Change what is on record of a firm; two firms never have one name."""
    ctx.require(Action.ENGAGE_FIRM)
    space = ctx.workspace
    firm = replace(space.organisations.get(firm_id), **changes)
    firm = replace(firm, name=firm.name.strip())
    if not firm.name:
        raise RefusedMoveError(msg("A firm needs a name."))
    same = space.organisations.first(kind=OrganisationKind.SERVICE_FIRM, name=firm.name)
    if same is not None and same.id != firm_id:
        raise RefusedMoveError(msg("There is a firm of this name already."), where=firm.name)
    with ctx.change():
        space.organisations.save(firm)
    return firm


def list_firms(ctx: Context) -> list[Organisation]:
    """All service firms by name."""
    found = ctx.workspace.organisations.where(kind=OrganisationKind.SERVICE_FIRM)
    return sorted(found, key=lambda one: (one.name, one.id))


def firm_table(ctx: Context, *, within: Term, on: date | None = None) -> list[FirmRow]:
    """Every firm with its record within a time, as it is known on a day (today)."""
    day = on or ctx.today()
    space = ctx.workspace
    firms = list_firms(ctx)
    facts = space.firms.facts([one.id for one in firms])
    records = firm_records(facts, firm_ids=[one.id for one in firms], within=within, on=day)
    declarations = space.conflict_declarations.where(approved=None)
    firm_of = {one.id: one.firm_id for one in facts.engagements}
    undecided = [firm_of.get(one.engagement_id) for one in declarations if one.kinds]
    return [
        FirmRow(
            firm=one,
            running=sum(
                (term := term_of(contract)) is not None and term.holds_on(day)
                for contract in facts.engagements
                if contract.firm_id == one.id
            ),
            enterprises=len(engaged_enterprises(ctx, firm_id=one.id, on=day)),
            undecided=undecided.count(one.id),
            record=records[one.id],
        )
        for one in firms
    ]


def firm_record(ctx: Context, *, firm_id: str, within: Term, on: date | None = None) -> FirmRecord:
    """One firm's record within a time."""
    facts = ctx.workspace.firms.facts([firm_id])
    records = firm_records(facts, firm_ids=[firm_id], within=within, on=on or ctx.today())
    return records[firm_id]


def counted_lines(ctx: Context, *, counted: tuple[Counted, ...]) -> list[CountedLine]:
    """What a number counts in words: the case, the enterprise, the plan, step or finding."""
    space = ctx.workspace
    cases = {key: space.cases.get(key) for key in dict.fromkeys(one.case_id for one in counted)}
    enterprises = space.reports.enterprises_by_id(
        [one.enterprise_id for one in cases.values() if one.enterprise_id]
    )
    lines = []
    for one in counted:
        case = cases[one.case_id]
        enterprise = enterprises.get(case.enterprise_id or "")
        lines.append(
            CountedLine(
                counted=one,
                case_no=case.case_no,
                enterprise=enterprise.name if enterprise else "",
                what=_what(ctx, one.record_id),
            )
        )
    return lines


def _what(ctx: Context, record_id: str) -> str:
    """A version's number, a step's title, or a finding's number and title."""
    space = ctx.workspace
    if (plan := space.remedy_plans.find(record_id)) is not None:
        return str(plan.version)
    if (step := space.plan_steps.find(record_id)) is not None:
        return step.title
    finding = space.findings.find(record_id)
    return f"{finding.finding_no} {finding.title}" if finding else ""


def firm_sheet(ctx: Context, *, firm_id: str) -> FirmSheet:
    """A firm with everything its page shows. Raises RecordNotFoundError."""
    space = ctx.workspace
    firm = space.organisations.get(firm_id)
    people = sorted(
        space.people.where(organisation_id=firm_id), key=lambda one: (not one.active, one.name)
    )
    engagements = sorted(
        space.engagements.where(firm_id=firm_id),
        key=lambda one: (one.from_on, one.id),
        reverse=True,
    )
    declarations = [
        one
        for engagement in engagements
        for one in space.conflict_declarations.where(engagement_id=engagement.id)
    ]
    declarations.sort(key=lambda one: (not (one.kinds and one.approved is None), one.declared_at))
    carriers = sorted(
        space.organisations.where(kind=OrganisationKind.CARRIER), key=lambda one: one.name
    )
    return FirmSheet(
        firm=firm,
        people=tuple(people),
        engagements=tuple(engagement_card(ctx, engagement=one) for one in engagements),
        declarations=tuple(declaration_view(ctx, one) for one in declarations),
        terms=ctx.pack().conflicts,
        carriers=tuple(carriers),
        may_engage=may(ctx.actor.role, Action.ENGAGE_FIRM),
        may_declare=ctx.actor.organisation_id == firm_id and may(ctx.actor.role, Action.WRITE_PLAN),
    )


def engagement_card(ctx: Context, *, engagement: Engagement) -> EngagementCard:
    """A contract as its firm's page shows it."""
    space = ctx.workspace
    carrier = space.organisations.find(engagement.carrier_id)
    return EngagementCard(
        engagement=engagement,
        carrier=carrier.name if carrier else "",
        enterprises=space.firms.count_on(engagement.id, ctx.today()),
        overlaps=tuple(
            (one, _name(ctx, one.firm_id)) for one in space.firms.overlaps(engagement.id)
        ),
    )


def engagement_sheet(ctx: Context, *, engagement_id: str) -> EngagementSheet:
    """A contract with everything its page shows. Raises RecordNotFoundError."""
    space = ctx.workspace
    engagement = space.engagements.get(engagement_id)
    may_engage = may(ctx.actor.role, Action.ENGAGE_FIRM)
    own = ctx.actor.organisation_id == engagement.firm_id
    return EngagementSheet(
        card=engagement_card(ctx, engagement=engagement),
        firm=space.organisations.get(engagement.firm_id),
        listed=tuple(space.firms.listed(engagement_id)),
        terms=ctx.pack().conflicts,
        may_engage=may_engage,
        may_declare=may_engage or (own and may(ctx.actor.role, Action.WRITE_PLAN)),
    )


def _name(ctx: Context, organisation_id: str) -> str:
    found = ctx.workspace.organisations.find(organisation_id)
    return found.name if found else ""
