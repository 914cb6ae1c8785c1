"""Which role may do what, and of which enterprises it sees anything: one table, asked by every use
case.

Sources: plan item 17 (departments find and dispose, together; carriers buy the service of third
parties; these propose ways out and follow their effect); `domain.md` §0.2 (third parties only
propose and track), §0.4 (visits are capped and joined) and §8 (closing needs the department that
assigned it and a second person; a third party never closes). Where these are silent the row says
that it is the program's own choice. The lifecycle's guards come on top of all of it.
"""

from dataclasses import dataclass
from enum import StrEnum

from landsteward.domain.states import Role
from landsteward.domain.text import Message, msg


class Action(StrEnum):
    """What a person does, coarse enough to be put in a table."""

    EDIT_REGISTER = "edit_register"
    MERGE = "merge"
    IMPORT = "import"
    TAKE_BACK_IMPORT = "take_back_import"
    SCREEN = "screen"
    OPEN_CASE = "open_case"
    PLAN_VISITS = "plan_visits"
    CHECK = "check"
    DECIDE_FINDING = "decide_finding"
    ISSUE_PAPER = "issue_paper"
    ADD_EVIDENCE = "add_evidence"
    ENGAGE_FIRM = "engage_firm"
    APPROVE_CONFLICT = "approve_conflict"
    WRITE_PLAN = "write_plan"
    COMMENT_PLAN = "comment_plan"
    DECIDE_PLAN = "decide_plan"
    FOLLOW_UP = "follow_up"
    GRANT_EXTENSION = "grant_extension"
    REQUEST_CLOSURE = "request_closure"
    RECHECK = "recheck"
    CLOSE = "close"
    ARCHIVE = "archive"
    GRADE = "grade"
    READ_TRAIL = "read_trail"
    EXPORT = "export"
    READ_EXPORT_LOG = "read_export_log"
    MANAGE_PEOPLE = "manage_people"
    EDIT_RULES = "edit_rules"
    SET_ACCESS = "set_access"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A row of the table: who may do it, why just they, and where that is written."""

    roles: frozenset[Role]
    why: Message
    source: str


_DEPARTMENT = (Role.INSPECTOR, Role.DEPARTMENT_LEAD)
_OFFICES = (*_DEPARTMENT, Role.CARRIER_OFFICER)
_STEWARDS = (*_OFFICES, Role.CONSULTANT)
_OWN_CHOICE = ""
"""Written nowhere: chosen so that whoever answers for a thing is who does it."""


def _grant(*roles: Role, why: Message, source: str) -> Grant:
    return Grant(roles=frozenset({*roles, Role.ADMINISTRATOR}), why=why, source=source)


GRANTS: dict[Action, Grant] = {
    Action.EDIT_REGISTER: _grant(
        *_OFFICES,
        why=msg("The register is kept by who supervises enterprises and who hosts them."),
        source="17",
    ),
    Action.MERGE: _grant(
        *_OFFICES,
        why=msg("Whoever keeps the register says which records are one enterprise."),
        source=_OWN_CHOICE,
    ),
    Action.IMPORT: _grant(
        *_OFFICES, why=msg("Rosters come from who keeps the register."), source=_OWN_CHOICE
    ),
    Action.TAKE_BACK_IMPORT: _grant(
        *_OFFICES, why=msg("Whoever may import may take it back."), source=_OWN_CHOICE
    ),
    Action.SCREEN: _grant(
        *_OFFICES,
        why=msg("Suspicions are looked into by who can go there or answers for the place."),
        source="17",
    ),
    Action.OPEN_CASE: _grant(
        *_OFFICES,
        why=msg("Departments and carriers start the work on an enterprise."),
        source="17",
    ),
    Action.PLAN_VISITS: _grant(
        *_OFFICES,
        why=msg("Visits are joined and capped: who coordinates them plans them."),
        source="17",
    ),
    Action.CHECK: _grant(
        *_DEPARTMENT, why=msg("Departments give the checkup, by law."), source="17"
    ),
    Action.DECIDE_FINDING: _grant(
        *_DEPARTMENT,
        why=msg("Departments find problems and dispose of them; nobody else does."),
        source="17",
    ),
    Action.ISSUE_PAPER: _grant(
        *_DEPARTMENT,
        why=msg("A numbered paper goes out in the name of a department."),
        source="17",
    ),
    Action.ADD_EVIDENCE: _grant(
        *_STEWARDS, why=msg("Whoever works on a case adds what shows it."), source=_OWN_CHOICE
    ),
    Action.ENGAGE_FIRM: _grant(
        *_OFFICES,
        why=msg("Carriers buy the service of third parties; departments may help them."),
        source="17",
    ),
    Action.APPROVE_CONFLICT: _grant(
        Role.DEPARTMENT_LEAD,
        Role.CARRIER_OFFICER,
        why=msg("Who pays the firm, or leads the department, answers for its independence."),
        source=_OWN_CHOICE,
    ),
    Action.WRITE_PLAN: _grant(
        *_STEWARDS,
        why=msg("Third parties propose ways out and plans; who engaged them may write too."),
        source="17",
    ),
    Action.COMMENT_PLAN: _grant(
        *_STEWARDS,
        why=msg("A plan is better for what everybody who works on the case sees in it."),
        source=_OWN_CHOICE,
    ),
    Action.DECIDE_PLAN: _grant(
        *_OFFICES,
        why=msg("Who engaged the firm takes its plan or gives it back; the firm never does."),
        source="17",
    ),
    Action.FOLLOW_UP: _grant(
        *_STEWARDS, why=msg("Following the effect is everybody's who works on it."), source="17"
    ),
    Action.GRANT_EXTENSION: _grant(
        *_DEPARTMENT,
        why=msg("A deadline is moved by the side that set it."),
        source=_OWN_CHOICE,
    ),
    Action.REQUEST_CLOSURE: _grant(
        *_STEWARDS,
        why=msg("Whoever followed the work may ask for its closure."),
        source=_OWN_CHOICE,
    ),
    Action.RECHECK: _grant(
        *_DEPARTMENT, why=msg("Who found the problem looks whether it is gone."), source="17"
    ),
    Action.CLOSE: _grant(
        *_DEPARTMENT,
        why=msg("The department that assigned it closes it; a third party never does."),
        source="17",
    ),
    Action.ARCHIVE: _grant(
        *_OFFICES, why=msg("Departments and carriers keep the files."), source=_OWN_CHOICE
    ),
    Action.GRADE: _grant(
        *_DEPARTMENT, why=msg("Grades are given by departments, with a notice."), source="11"
    ),
    Action.READ_TRAIL: _grant(
        *_OFFICES,
        Role.READER,
        why=msg("What was on record before, and who changed it, is for the offices."),
        source=_OWN_CHOICE,
    ),
    Action.EXPORT: _grant(
        *_STEWARDS,
        why=msg("Whoever works with a list may take it along; it is noted who did."),
        source=_OWN_CHOICE,
    ),
    Action.READ_EXPORT_LOG: _grant(
        why=msg("Who answers for the workspace sees what left it."), source=_OWN_CHOICE
    ),
    Action.MANAGE_PEOPLE: _grant(
        *_OFFICES, why=msg("Offices know who works for them."), source=_OWN_CHOICE
    ),
    Action.EDIT_RULES: _grant(
        why=msg("Law and thresholds are changed in one hand, by versions."), source=_OWN_CHOICE
    ),
    Action.SET_ACCESS: _grant(why=msg("Who sees what is settled in one hand."), source=_OWN_CHOICE),
}
"""The table. `source` is the item of the plan, "" where the program chose."""


class Sees(StrEnum):
    """Of which enterprises, and all that belongs to them, a role sees anything."""

    ALL = "all"
    OWN_CARRIER = "own_carrier"
    ENGAGED = "engaged"
    NOTHING = "nothing"


ROLE_SEES: dict[Role, Sees] = {
    Role.INSPECTOR: Sees.ALL,
    Role.DEPARTMENT_LEAD: Sees.ALL,
    Role.CARRIER_OFFICER: Sees.OWN_CARRIER,
    Role.CONSULTANT: Sees.ENGAGED,
    Role.ADMINISTRATOR: Sees.ALL,
    Role.READER: Sees.ALL,
}
"""Supervision is by law and knows no carrier's borders; a carrier sees its own, unless the county
lets all see all (a setting); a third party sees whom it is engaged for (plan item 17).
"""


def may(role: Role, action: Action) -> bool:
    """Whether a role may do an action at all; the lifecycle's guards come on top."""
    return role in GRANTS[action].roles


def who_may(action: Action) -> tuple[Role, ...]:
    """The roles that may do an action, in the order of the table's columns."""
    return tuple(role for role in Role if role in GRANTS[action].roles)
