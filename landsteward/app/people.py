"""Who works in a workspace: introducing oneself, organisations and people."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.organisations import FirmKind, Organisation, OrganisationKind, Person, Role
from landsteward.domain.permissions import Action
from landsteward.domain.text import Message, msg

NEWCOMER = Person(id="", organisation_id="", name="", role=Role.READER)
"""Stands for whoever has not said yet who they are: may look around, may change nothing."""

ROLES_OF: dict[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.DEPARTMENT: (Role.INSPECTOR, Role.DEPARTMENT_LEAD, Role.ADMINISTRATOR),
    OrganisationKind.CARRIER: (Role.CARRIER_OFFICER, Role.ADMINISTRATOR),
    OrganisationKind.SERVICE_FIRM: (Role.CONSULTANT,),
    OrganisationKind.OTHER: (Role.READER, Role.ADMINISTRATOR),
}
"""Which roles make sense where (plan item 17: third parties only propose and track)."""


class OrganisationChanges(TypedDict, total=False):
    """Fields of an organisation that may be edited."""

    name: str
    code: str | None
    department: str | None
    firm_kind: FirmKind | None
    contact: str
    phone: str
    note: str


class PersonChanges(TypedDict, total=False):
    """Fields of a person that may be edited."""

    name: str
    role: Role
    phone: str
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with the organisation they belong to."""

    person: Person
    organisation: Organisation


def people(ctx: Context) -> list[Member]:
    """Everybody who may still act, organisation by organisation."""
    organisations = {one.id: one for one in ctx.workspace.organisations.where()}
    members = [
        Member(person=person, organisation=organisations[person.organisation_id])
        for person in ctx.workspace.people.where(active=True)
        if person.organisation_id in organisations
    ]
    return sorted(members, key=lambda one: (one.organisation.kind, one.organisation.name))


def organisations(ctx: Context) -> list[Organisation]:
    """All organisations, departments first."""
    order = list(OrganisationKind)
    found = ctx.workspace.organisations.where()
    return sorted(found, key=lambda one: (order.index(one.kind), one.name))


def introduce(
    ctx: Context,
    *,
    name: str,
    role: Role,
    organisation_id: str | None = None,
    organisation_name: str = "",
    kind: OrganisationKind = OrganisationKind.DEPARTMENT,
    department: str | None = None,
    firm_kind: FirmKind | None = None,
) -> Member:
    """Say who you are: in an organisation already there, or in one named now.

    A workspace without people takes anybody's word; later only who manages people may add one.
    """
    if ctx.workspace.people.count() > 0:
        ctx.require(Action.MANAGE_PEOPLE)
    _require_name(name, msg("A person needs a name."))
    person = Person(id=ctx.ids.new(), organisation_id="", name=name.strip(), role=role)
    own = ctx if ctx.actor.id else ctx.as_person(person)
    with own.change():
        organisation = _organisation(
            own,
            organisation_id=organisation_id,
            name=organisation_name,
            kind=kind,
            department=department,
            firm_kind=firm_kind,
        )
        if role not in ROLES_OF[organisation.kind]:
            raise RefusedMoveError(
                msg("This role does not fit this kind of organisation."), where=organisation.name
            )
        person = replace(person, organisation_id=organisation.id)
        own.workspace.people.add(person)
    return Member(person=person, organisation=organisation)


def _organisation(
    ctx: Context,
    *,
    organisation_id: str | None,
    name: str,
    kind: OrganisationKind,
    department: str | None,
    firm_kind: FirmKind | None,
) -> Organisation:
    if organisation_id is not None:
        return ctx.workspace.organisations.get(organisation_id)
    known = ctx.workspace.organisations.first(name=name.strip(), kind=kind)
    if known is not None:
        return known
    return _add(ctx, kind=kind, name=name, department=department, firm_kind=firm_kind)


def add_organisation(
    ctx: Context,
    *,
    kind: OrganisationKind,
    name: str,
    code: str | None = None,
    department: str | None = None,
    firm_kind: FirmKind | None = None,
) -> Organisation:
    """Add a department, carrier or service firm. Two of a kind cannot share a name."""
    ctx.require(Action.MANAGE_PEOPLE)
    if ctx.workspace.organisations.first(name=name.strip(), kind=kind) is not None:
        raise RefusedMoveError(msg("This organisation is there already."), where=name.strip())
    with ctx.change():
        return _add(
            ctx, kind=kind, name=name, code=code, department=department, firm_kind=firm_kind
        )


def _add(
    ctx: Context,
    *,
    kind: OrganisationKind,
    name: str,
    code: str | None = None,
    department: str | None = None,
    firm_kind: FirmKind | None = None,
) -> Organisation:
    _require_name(name, msg("An organisation needs a name."))
    organisation = Organisation(
        id=ctx.ids.new(),
        kind=kind,
        name=name.strip(),
        code=code,
        department=department if kind is OrganisationKind.DEPARTMENT else None,
        firm_kind=firm_kind if kind is OrganisationKind.SERVICE_FIRM else None,
    )
    ctx.workspace.organisations.add(organisation)
    return organisation


def add_person(ctx: Context, *, organisation_id: str, name: str, role: Role) -> Person:
    """Add a colleague or partner, with a role that fits their organisation."""
    ctx.require(Action.MANAGE_PEOPLE)
    return introduce(ctx, name=name, role=role, organisation_id=organisation_id).person


def edit_organisation(
    ctx: Context, *, organisation_id: str, **changes: Unpack[OrganisationChanges]
) -> Organisation:
    """Change an organisation's particulars; its kind stays."""
    ctx.require(Action.MANAGE_PEOPLE)
    _require_name(changes.get("name", "-"), msg("An organisation needs a name."))
    edited = replace(ctx.workspace.organisations.get(organisation_id), **changes)
    with ctx.change():
        ctx.workspace.organisations.save(edited)
    return edited


def edit_person(ctx: Context, *, person_id: str, **changes: Unpack[PersonChanges]) -> Person:
    """Change a person's particulars. Who leaves becomes inactive and stays in the trail."""
    ctx.require(Action.MANAGE_PEOPLE)
    _require_name(changes.get("name", "-"), msg("A person needs a name."))
    person = ctx.workspace.people.get(person_id)
    organisation = ctx.workspace.organisations.get(person.organisation_id)
    if changes.get("role", person.role) not in ROLES_OF[organisation.kind]:
        raise RefusedMoveError(
            msg("This role does not fit this kind of organisation."), where=organisation.name
        )
    if changes.get("active") is False and person_id == ctx.actor.id:
        raise RefusedMoveError(
            msg("Whoever is in use cannot leave."),
            where=person.name,
            remedy=msg("Switch to another person first."),
        )
    edited = replace(person, **changes)
    with ctx.change():
        ctx.workspace.people.save(edited)
    return edited


def of_kind(ctx: Context, *, kinds: Sequence[OrganisationKind]) -> list[Organisation]:
    """Organisations of these kinds, by name."""
    return [one for one in organisations(ctx) if one.kind in kinds]


def _require_name(name: str, refusal: Message) -> None:
    if not name.strip():
        raise KnownError(refusal)
