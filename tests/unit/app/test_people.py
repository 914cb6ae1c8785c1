"""Who works here: introductions, organisations, and leaving."""

from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from db.workspace import create_workspace
from landsteward.app.context import Context
from landsteward.app.people import (
    NEWCOMER,
    ROLES_OF,
    add_organisation,
    add_person,
    edit_person,
    introduce,
    list_members,
    note_who_acts,
)
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import OrganisationKind, Role
from tests.helpers.office import Office, SteppingClock, steady_ids
from tests.helpers.rule_packs import OnePack


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


def test_nobody_changes_their_own_role(office: Office) -> None:
    lead = office.land_lead
    for role in (Role.INSPECTOR, Role.ADMINISTRATOR):
        with pytest.raises(RefusedMoveError, match="own role"):
            edit_person(lead, person_id=lead.actor.id, role=role)
    edit_person(lead, person_id=lead.actor.id, role=lead.actor.role, phone="0558-1")
    assert office.workspace.people.get(lead.actor.id).role is Role.DEPARTMENT_LEAD
    raised = edit_person(lead, person_id=office.land_inspector.actor.id, role=Role.DEPARTMENT_LEAD)
    assert raised.role is Role.DEPARTMENT_LEAD


def test_only_an_administrator_makes_administrators(office: Office) -> None:
    """Not even by way of a second record of one's own name."""
    lead, organisation = office.land_lead, office.land_lead.actor.organisation_id
    for name in (lead.actor.name, "新来的"):
        with pytest.raises(RefusedMoveError, match="Only an administrator"):
            add_person(lead, organisation_id=organisation, name=name, role=Role.ADMINISTRATOR)
    with pytest.raises(RefusedMoveError, match="Only an administrator"):
        edit_person(lead, person_id=office.land_inspector.actor.id, role=Role.ADMINISTRATOR)
    made = add_person(
        office.administrator, organisation_id=organisation, name="新来的", role=Role.ADMINISTRATOR
    )
    assert made.role is Role.ADMINISTRATOR


def test_a_workspace_without_an_administrator_can_have_its_first(tmp_path: Path) -> None:
    clock = SteppingClock()
    with closing(create_workspace(tmp_path / "x.lsw")) as workspace:
        first = introduce(
            workspace,
            clock=clock,
            ids=steady_ids(clock),
            name="第一人",
            role=Role.INSPECTOR,
            organisation_name="示例局",
            organisation_kind=OrganisationKind.DEPARTMENT,
        )
        ctx = Context(
            file=workspace, actor=first, clock=clock, ids=steady_ids(clock, 2), packs=OnePack()
        )
        for name, refused in (("甲", False), ("乙", True)):
            with pytest.raises(RefusedMoveError) if refused else nullcontext():
                add_person(
                    ctx,
                    organisation_id=first.organisation_id,
                    name=name,
                    role=Role.ADMINISTRATOR,
                )


def test_the_last_administrator_stays(office: Office) -> None:
    chief = office.administrator
    with pytest.raises(RefusedMoveError, match="last administrator"):
        edit_person(chief, person_id=chief.actor.id, active=False)
    with pytest.raises(RefusedMoveError, match="last administrator"):
        edit_person(office.land_lead, person_id=chief.actor.id, role=Role.READER)
    add_person(
        chief,
        organisation_id=chief.actor.organisation_id,
        name="第二管理员",
        role=Role.ADMINISTRATOR,
    )
    edit_person(chief, person_id=chief.actor.id, active=False)
    assert not office.workspace.people.get(chief.actor.id).active


def test_the_trail_says_which_login_acts_as_whom(office: Office) -> None:
    def length() -> int:
        return office.workspace.check().audit_chain.length

    before = length()
    note_who_acts(office.land_lead, machine_user="lu@office-3")
    assert length() == before + 1
    note_who_acts(office.land_lead, machine_user="lu@office-3")
    assert length() == before + 1
    note_who_acts(office.land_inspector, machine_user="lu@office-3")
    note_who_acts(office.land_lead, machine_user="lu@office-3")
    assert length() == before + 3
    assert office.workspace.setting("acting lu@office-3") == office.land_lead.actor.id
