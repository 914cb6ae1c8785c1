"""Who may do what, row by row (plan item 17)."""

import pytest

from landsteward.domain.permissions import GRANTS, ROLE_SEES, Action, Sees, may, who_may
from landsteward.domain.states import Role

# Columns: inspector, department lead, carrier officer, consultant, administrator, reader.
ROLES = (
    Role.INSPECTOR,
    Role.DEPARTMENT_LEAD,
    Role.CARRIER_OFFICER,
    Role.CONSULTANT,
    Role.ADMINISTRATOR,
    Role.READER,
)
TABLE = {
    Action.EDIT_REGISTER: "y y y - y -",
    Action.MERGE: "y y y - y -",
    Action.IMPORT: "y y y - y -",
    Action.TAKE_BACK_IMPORT: "y y y - y -",
    Action.SCREEN: "y y y - y -",
    Action.OPEN_CASE: "y y y - y -",
    Action.PLAN_VISITS: "y y y - y -",
    Action.CHECK: "y y - - y -",
    Action.DECIDE_FINDING: "y y - - y -",
    Action.ISSUE_PAPER: "y y - - y -",
    Action.ADD_EVIDENCE: "y y y y y -",
    Action.ENGAGE_FIRM: "y y y - y -",
    Action.APPROVE_CONFLICT: "- y y - y -",
    Action.WRITE_PLAN: "y y y y y -",
    Action.COMMENT_PLAN: "y y y y y -",
    Action.DECIDE_PLAN: "y y y - y -",
    Action.FOLLOW_UP: "y y y y y -",
    Action.GRANT_EXTENSION: "y y - - y -",
    Action.REQUEST_CLOSURE: "y y y y y -",
    Action.RECHECK: "y y - - y -",
    Action.CLOSE: "y y - - y -",
    Action.ARCHIVE: "y y y - y -",
    Action.GRADE: "y y - - y -",
    Action.READ_TRAIL: "y y y - y y",
    Action.EXPORT: "y y y y y -",
    Action.READ_EXPORT_LOG: "- - - - y -",
    Action.MANAGE_PEOPLE: "y y y - y -",
    Action.EDIT_RULES: "- - - - y -",
    Action.SET_ACCESS: "- - - - y -",
}
SEES = {
    Role.INSPECTOR: Sees.ALL,
    Role.DEPARTMENT_LEAD: Sees.ALL,
    Role.CARRIER_OFFICER: Sees.OWN_CARRIER,
    Role.CONSULTANT: Sees.ENGAGED,
    Role.ADMINISTRATOR: Sees.ALL,
    Role.READER: Sees.ALL,
}


def test_the_table_has_a_row_for_every_action_and_a_column_for_every_role() -> None:
    assert set(TABLE) == set(GRANTS) == set(Action)
    assert set(ROLES) == set(SEES) == set(Role)


@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_its_column_says(action: Action) -> None:
    row = " ".join("y" if may(role, action) else "-" for role in ROLES)
    assert row == TABLE[action]


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_what_its_row_says(role: Role) -> None:
    assert ROLE_SEES[role] is SEES[role]


@pytest.mark.parametrize("action", Action)
def test_every_row_says_who_and_why(action: Action) -> None:
    assert str(GRANTS[action].why).endswith(".")
    assert who_may(action) == tuple(role for role in Role if may(role, action))
