"""Who works here: introduce oneself, keep organisations and people."""

from dataclasses import dataclass, replace
from typing import TypedDict, Unpack

from landsteward.app.context import Context
from landsteward.app.ports.surroundings import Clock, IdSource
from landsteward.app.ports.workspace import Workspace
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.permissions import Action
from landsteward.domain.states import FirmKind, OrganisationKind, Role
from landsteward.domain.text import msg

COMMAND_LINE = "命令行 Command line"
"""The organisation of whoever works without a window; the same in every language, so that one
user is one person in the trail.
"""
NEWCOMER = Person(id="", organisation_id="", name="", role=Role.READER)
"""Stands for whoever has not said yet who they are: may look around, may change nothing."""

ROLES_OF: dict[OrganisationKind, tuple[Role, ...]] = {
    OrganisationKind.DEPARTMENT: (Role.INSPECTOR, Role.DEPARTMENT_LEAD, Role.ADMINISTRATOR),
    OrganisationKind.CARRIER: (Role.CARRIER_OFFICER, Role.ADMINISTRATOR),
    OrganisationKind.SERVICE_FIRM: (Role.CONSULTANT,),
    OrganisationKind.OTHER: (Role.READER, Role.ADMINISTRATOR),
}
"""Which roles there are where (plan item 17: third parties only propose and track)."""


def _refuse_role(role: Role, kind: OrganisationKind, where: str) -> None:
    if role not in ROLES_OF[kind]:
        raise RefusedMoveError(
            msg("An organisation of this kind has nobody in this role."),
            where=where,
            remedy=msg("Choose one of the roles offered for it, or another organisation."),
        )


def _refuse_appointing(ctx: Context, role: Role) -> None:
    """Administrators are made by administrators; by anybody only while there is none yet."""
    if role is not Role.ADMINISTRATOR or ctx.actor.role is Role.ADMINISTRATOR:
        return
    if ctx.workspace.people.count(role=Role.ADMINISTRATOR, active=True):
        raise RefusedMoveError(
            msg("Only an administrator can make somebody an administrator."),
            remedy=msg("Ask an administrator of this workspace."),
        )


def _refuse_last_leaving(ctx: Context, before: Person, after: Person) -> None:
    """Somebody must remain who can appoint administrators."""
    if not _administers(before) or _administers(after):
        return
    if ctx.workspace.people.count(role=Role.ADMINISTRATOR, active=True) == 1:
        raise RefusedMoveError(
            msg("This is the last administrator of the workspace."),
            where=before.name,
            remedy=msg("Make somebody else an administrator first."),
        )


def _administers(person: Person) -> bool:
    return person.role is Role.ADMINISTRATOR and person.active


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A person with the organisation they belong to."""

    person: Person
    organisation: Organisation


class OrganisationFields(TypedDict, total=False):
    """What is kept of an organisation besides its kind and name."""

    code: str | None
    department: str | None
    firm_kind: FirmKind | None
    contact: str
    phone: str
    note: str


class PersonChanges(TypedDict, total=False):
    """What may change about a person."""

    name: str
    role: Role
    phone: str
    active: bool
    qualification: str
    licence_no: str


def list_members(ctx: Context) -> list[Member]:
    """Everybody who may still act, departments first."""
    by_id = {one.id: one for one in list_organisations(ctx)}
    order = list(by_id)
    members = [
        Member(person=person, organisation=by_id[person.organisation_id])
        for person in ctx.workspace.people.where(active=True)
    ]
    return sorted(members, key=lambda one: order.index(one.organisation.id))


def list_organisations(ctx: Context) -> list[Organisation]:
    """All organisations: departments, carriers, firms, others; by name."""
    order = list(OrganisationKind)
    found = ctx.workspace.organisations.where()
    return sorted(found, key=lambda one: (order.index(one.kind), one.name))


def introduce(
    workspace: Workspace,
    *,
    clock: Clock,
    ids: IdSource,
    name: str,
    role: Role,
    organisation_name: str,
    organisation_kind: OrganisationKind,
    department: str | None = None,
) -> Person:
    """The first start's page: say who you are. The same name, role and organisation are you again.

    Nobody acts before they are known, so this runs without a `Context` and in one's own name.
    """
    name, organisation_name = name.strip(), organisation_name.strip()
    if not name:
        raise RefusedMoveError(msg("Please enter your name."))
    if not organisation_name:
        raise RefusedMoveError(msg("Please enter your organisation."))
    _refuse_role(role, organisation_kind, organisation_name)
    organisation = workspace.organisations.first(name=organisation_name, kind=organisation_kind)
    if organisation is not None:
        known = workspace.people.first(organisation_id=organisation.id, name=name, role=role)
        if known is not None:
            return known
    person_id = ids.new()
    with workspace.transaction(actor_id=person_id, at=clock.now()):
        if organisation is None:
            organisation = Organisation(
                id=ids.new(),
                kind=organisation_kind,
                name=organisation_name,
                department=department,
            )
            workspace.organisations.add(organisation)
        person = Person(id=person_id, organisation_id=organisation.id, name=name, role=role)
        workspace.people.add(person)
    return person


def person_named(workspace: Workspace, *, name: str) -> Person:
    """The one person of that name who still acts here. Raises RefusedMoveError."""
    found = workspace.people.where(name=name, active=True)
    if len(found) != 1:
        raise RefusedMoveError(
            msg("{count} people of this name act in the workspace.", count=len(found)),
            where=name,
            remedy=msg("Look at the people in the settings; names are as they stand there."),
        )
    return found[0]


def add_organisation(
    ctx: Context, *, kind: OrganisationKind, name: str, **fields: Unpack[OrganisationFields]
) -> Organisation:
    """Add a department, carrier or firm; the same kind and name is there once."""
    ctx.require(Action.MANAGE_PEOPLE)
    name = name.strip()
    if not name:
        raise RefusedMoveError(msg("An organisation needs a name."))
    if known := ctx.workspace.organisations.first(kind=kind, name=name):
        return known
    organisation = Organisation(id=ctx.ids.new(), kind=kind, name=name, **fields)
    with ctx.change():
        ctx.workspace.organisations.add(organisation)
    return organisation


def add_person(ctx: Context, *, organisation_id: str, name: str, role: Role) -> Person:
    """Add a colleague; the same name, role and organisation is there once."""
    ctx.require(Action.MANAGE_PEOPLE)
    name = name.strip()
    if not name:
        raise RefusedMoveError(msg("Please enter a name."))
    known = ctx.workspace.people.first(organisation_id=organisation_id, name=name, role=role)
    if known is not None:
        return known
    organisation = ctx.workspace.organisations.get(organisation_id)
    _refuse_role(role, organisation.kind, organisation.name)
    _refuse_appointing(ctx, role)
    person = Person(id=ctx.ids.new(), organisation_id=organisation_id, name=name, role=role)
    with ctx.change():
        ctx.workspace.people.add(person)
    return person


def edit_person(ctx: Context, *, person_id: str, **changes: Unpack[PersonChanges]) -> Person:
    """Change a person's name, role or phone, or note that they no longer work here.

    Nobody changes their own role, and the last administrator stays one.
    """
    ctx.require(Action.MANAGE_PEOPLE)
    before = ctx.workspace.people.get(person_id)
    changed = replace(before, **changes)
    if not changed.name.strip():
        raise RefusedMoveError(msg("Please enter a name."))
    _refuse_last_leaving(ctx, before, changed)
    if changed.role is not before.role:
        if person_id == ctx.actor.id:
            raise RefusedMoveError(
                msg("Nobody changes their own role."),
                where=before.name,
                remedy=msg("Ask a colleague whose role allows it."),
            )
        _refuse_appointing(ctx, changed.role)
        organisation = ctx.workspace.organisations.get(changed.organisation_id)
        _refuse_role(changed.role, organisation.kind, organisation.name)
    with ctx.change():
        ctx.workspace.people.save(changed)
    return changed


def note_who_acts(ctx: Context, *, machine_user: str) -> None:
    """Leave in the trail that this user of this machine acts as this person from now on.

    There are no passwords: whoever sits at the machine may act as anybody of the workspace, and
    the trail says under which login (`user@machine`) that was done. Once for each switch.
    """
    key = f"acting {machine_user}"
    if ctx.workspace.setting(key) != ctx.actor.id:
        with ctx.change():
            ctx.workspace.set_setting(key, ctx.actor.id)
