"""Which role may do what: one table, asked by every use case.

Source: plan item 17 and `domain.md` §0: departments find and dispose; carriers engage and
follow; third parties only propose and track.
"""

from enum import StrEnum

from landsteward.domain.states import Role


class Action(StrEnum):
    """What a person does, coarse enough to be put in a table."""

    EDIT_REGISTER = "edit_register"
    IMPORT = "import"
    SCREEN = "screen"
    OPEN_CASE = "open_case"
    CHECK = "check"
    DECIDE_FINDING = "decide_finding"
    ADD_EVIDENCE = "add_evidence"
    ENGAGE_FIRM = "engage_firm"
    WRITE_PLAN = "write_plan"
    DECIDE_PLAN = "decide_plan"
    FOLLOW_UP = "follow_up"
    REQUEST_CLOSURE = "request_closure"
    RECHECK = "recheck"
    CLOSE = "close"
    ARCHIVE = "archive"
    GRADE = "grade"
    MANAGE_PEOPLE = "manage_people"
    EDIT_RULES = "edit_rules"


_DEPARTMENT = frozenset(
    {
        Action.EDIT_REGISTER,
        Action.IMPORT,
        Action.SCREEN,
        Action.OPEN_CASE,
        Action.CHECK,
        Action.DECIDE_FINDING,
        Action.ADD_EVIDENCE,
        Action.FOLLOW_UP,
        Action.REQUEST_CLOSURE,
        Action.RECHECK,
        Action.CLOSE,
        Action.ARCHIVE,
        Action.GRADE,
        Action.MANAGE_PEOPLE,
    }
)

ROLE_MAY: dict[Role, frozenset[Action]] = {
    Role.INSPECTOR: _DEPARTMENT | {Action.WRITE_PLAN, Action.DECIDE_PLAN, Action.ENGAGE_FIRM},
    Role.DEPARTMENT_LEAD: _DEPARTMENT | {Action.WRITE_PLAN, Action.DECIDE_PLAN, Action.ENGAGE_FIRM},
    Role.CARRIER_OFFICER: frozenset(
        {
            Action.EDIT_REGISTER,
            Action.IMPORT,
            Action.SCREEN,
            Action.OPEN_CASE,
            Action.ADD_EVIDENCE,
            Action.ENGAGE_FIRM,
            Action.WRITE_PLAN,
            Action.DECIDE_PLAN,
            Action.FOLLOW_UP,
            Action.REQUEST_CLOSURE,
            Action.ARCHIVE,
            Action.MANAGE_PEOPLE,
        }
    ),
    Role.CONSULTANT: frozenset(
        {Action.ADD_EVIDENCE, Action.WRITE_PLAN, Action.FOLLOW_UP, Action.REQUEST_CLOSURE}
    ),
    Role.ADMINISTRATOR: frozenset(Action),
    Role.READER: frozenset(),
}


def may(role: Role, action: Action) -> bool:
    """Whether a role may do an action at all; the lifecycle's guards come on top."""
    return action in ROLE_MAY[role]
