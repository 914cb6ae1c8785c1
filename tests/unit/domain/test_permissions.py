"""Who may do what, row by row (plan item 17)."""

import pytest

from landsteward.domain.permissions import ROLE_MAY, Action, may
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
    Action.IMPORT: "y y y - y -",
    Action.SCREEN: "y y y - y -",
    Action.OPEN_CASE: "y y y - y -",
    Action.CHECK: "y y - - y -",
    Action.DECIDE_FINDING: "y y - - y -",
    Action.ADD_EVIDENCE: "y y y y y -",
    Action.ENGAGE_FIRM: "y y y - y -",
    Action.WRITE_PLAN: "y y y y y -",
    Action.DECIDE_PLAN: "y y y - y -",
    Action.FOLLOW_UP: "y y y y y -",
    Action.REQUEST_CLOSURE: "y y y y y -",
    Action.RECHECK: "y y - - y -",
    Action.CLOSE: "y y - - y -",
    Action.ARCHIVE: "y y y - y -",
    Action.GRADE: "y y - - y -",
    Action.EDIT_RULES: "- - - - y -",
    Action.MANAGE_PEOPLE: "y y y - y -",
}


def test_the_table_has_a_row_for_every_action_and_a_column_for_every_role() -> None:
    assert set(TABLE) == set(Action)
    assert set(ROLES) == set(Role) == set(ROLE_MAY)


@pytest.mark.parametrize("action", Action)
def test_each_role_may_do_what_its_column_says(action: Action) -> None:
    row = " ".join("y" if may(role, action) else "-" for role in ROLES)
    assert row == TABLE[action]
