"""Closing a case (销号) once every finding is settled and nothing is left unexplained."""

from dataclasses import replace

from landsteward.app.cases import case_facts, move_case
from landsteward.app.closing_conditions import case_conditions
from landsteward.app.context import Context
from landsteward.domain.casework import Case
from landsteward.domain.closing import ConditionKey
from landsteward.domain.permissions import Action
from landsteward.domain.states import CaseMove


def close_case(ctx: Context, *, case_id: str) -> Case:
    """Close a case that deserves it; refuses in words what is still missing."""
    ctx.require(Action.CLOSE)
    case = ctx.workspace.cases.get(case_id)
    lacks = tuple(
        lack.what
        for one in case_conditions(ctx, case=case)
        if one.key is not ConditionKey.RECHECK
        for lack in one.lacks
    )
    facts = replace(case_facts(ctx, case_id=case_id), unexplained=lacks)
    return move_case(ctx, case=case, move=CaseMove.CLOSE, facts=facts)
