"""Who works here: introductions, organisations, and leaving."""

import pytest

from landsteward.app.people import (
    NEWCOMER,
    ROLES_OF,
    add_organisation,
    add_person,
    edit_person,
    introduce,
    list_members,
)
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.organisations import OrganisationKind, Role
from tests.helpers.office import Office


def test_members_stand_by_organisation_departments_first(office: Office) -> None:
    members = list_members(office.reader)
    kinds = [one.organisation.kind for one in members]
    assert kinds == sorted(kinds, key=list(OrganisationKind).index)
    assert {one.person.name for one in members} >= {"林检查", "顾律师"}
    assert len(members) == 7


def test_who_has_left_can_no_longer_be_chosen(office: Office) -> None:
    edit_person(office.administrator, person_id=office.consultant.actor.id, active=False)
    names = {one.person.name for one in list_members(office.administrator)}
    assert office.consultant.actor.name not in names


def test_saying_who_you_are_twice_makes_one_person(office: Office) -> None:
    before = office.workspace.people.count()
    known = office.land_lead.actor
    again = introduce(
        office.workspace,
        clock=office.clock,
        ids=office.administrator.ids,
        name=f" {known.name} ",
        role=known.role,
        organisation_name="示例自然资源局",
        organisation_kind=OrganisationKind.DEPARTMENT,
    )
    assert again.id == known.id
    assert office.workspace.people.count() == before


def test_who_has_not_said_who_they_are_changes_nothing(office: Office) -> None:
    newcomer = office.administrator.as_person(NEWCOMER)
    with pytest.raises(RefusedMoveError):
        add_organisation(newcomer, kind=OrganisationKind.OTHER, name="X")
    with pytest.raises(RefusedMoveError):
        edit_person(newcomer, person_id=office.reader.actor.id, name="X")


def test_third_parties_are_only_consultants() -> None:
    assert ROLES_OF[OrganisationKind.SERVICE_FIRM] == (Role.CONSULTANT,)
    assert set(ROLES_OF) == set(OrganisationKind)


def test_a_third_party_gets_no_role_of_a_department(office: Office) -> None:
    before = office.workspace.people.count()
    firm = office.consultant.actor.organisation_id
    with pytest.raises(RefusedMoveError, match="role"):
        add_person(
            office.administrator, organisation_id=firm, name="顾律师", role=Role.DEPARTMENT_LEAD
        )
    with pytest.raises(RefusedMoveError, match="role"):
        introduce(
            office.workspace,
            clock=office.clock,
            ids=office.administrator.ids,
            name="顾律师",
            role=Role.ADMINISTRATOR,
            organisation_name="另一律师事务所",
            organisation_kind=OrganisationKind.SERVICE_FIRM,
        )
    with pytest.raises(RefusedMoveError, match="role"):
        edit_person(office.administrator, person_id=office.consultant.actor.id, role=Role.INSPECTOR)
    assert office.workspace.people.count() == before
    assert office.workspace.people.get(office.consultant.actor.id).role is Role.CONSULTANT
