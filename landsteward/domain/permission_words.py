"""What the table of roles is called where people read it."""

from functools import reduce

from landsteward.domain.permissions import Action, Sees, who_may
from landsteward.domain.sight import Restricted
from landsteward.domain.states import Role
from landsteward.domain.text import Message, msg

ROLE_WORDS = {
    Role.INSPECTOR: msg("Inspector"),
    Role.DEPARTMENT_LEAD: msg("Head of department"),
    Role.CARRIER_OFFICER: msg("Carrier's officer"),
    Role.CONSULTANT: msg("Consultant"),
    Role.ADMINISTRATOR: msg("Administrator"),
    Role.READER: msg("Reader"),
}

SEES_WORDS = {
    Sees.ALL: msg("all enterprises"),
    Sees.OWN_CARRIER: msg("the own carrier's, and those without a carrier"),
    Sees.ENGAGED: msg("those the firm is engaged for"),
    Sees.NOTHING: msg("none"),
}

RESTRICTED_WORDS = {
    Restricted.TAX: msg("Tax figures and what is worked out from them"),
    Restricted.COORDINATES: msg("Precise coordinates"),
    Restricted.PHONES: msg("Phone numbers"),
    Restricted.ID_NUMBERS: msg("ID numbers of natural persons"),
}

ACTION_WORDS = {
    Action.EDIT_REGISTER: msg("Keep the register"),
    Action.MERGE: msg("Merge enterprises"),
    Action.IMPORT: msg("Import rosters and boundaries"),
    Action.TAKE_BACK_IMPORT: msg("Take an import back"),
    Action.SCREEN: msg("Look into suspicions"),
    Action.OPEN_CASE: msg("Open cases"),
    Action.PLAN_VISITS: msg("Plan campaigns and visits"),
    Action.CHECK: msg("Give checkups, write findings"),
    Action.DECIDE_FINDING: msg("Confirm and assign findings"),
    Action.ISSUE_PAPER: msg("Issue numbered papers"),
    Action.ADD_EVIDENCE: msg("Add evidence"),
    Action.ENGAGE_FIRM: msg("Engage service firms"),
    Action.APPROVE_CONFLICT: msg("Decide on conflicts of interest"),
    Action.WRITE_PLAN: msg("Write remedy plans"),
    Action.COMMENT_PLAN: msg("Comment on plans"),
    Action.DECIDE_PLAN: msg("Accept or return plans"),
    Action.FOLLOW_UP: msg("Record follow-up, ask for more time"),
    Action.GRANT_EXTENSION: msg("Grant more time"),
    Action.REQUEST_CLOSURE: msg("Ask for closure"),
    Action.RECHECK: msg("Recheck and look back"),
    Action.CLOSE: msg("Approve closure"),
    Action.ARCHIVE: msg("Archive cases"),
    Action.GRADE: msg("Grade enterprises"),
    Action.READ_TRAIL: msg("Look at the trail and at earlier days"),
    Action.EXPORT: msg("Export lists and papers"),
    Action.READ_EXPORT_LOG: msg("Look at the log of exports"),
    Action.MANAGE_PEOPLE: msg("Manage people and organisations"),
    Action.EDIT_RULES: msg("Change the rule pack"),
    Action.SET_ACCESS: msg("Set who sees what"),
}
"""An action in a few words, as the start of a row."""


def roles_in_words(action: Action) -> Message:
    """The roles that may do an action, one after another."""
    names = [ROLE_WORDS[role] for role in who_may(action)]
    return reduce(lambda some, other: msg("{some}, {other}", some=some, other=other), names)
