"""The enterprise objects to a finding (异议): recorded, answered by another person, until a day.

Answering is a move of the finding (`move_finding` with REJECT_OBJECTION or UPHOLD_OBJECTION).
"""

from datetime import date, timedelta

from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.domain.disposals import Objection
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.permissions import Action
from landsteward.domain.states import FindingMove
from landsteward.domain.text import msg


def raise_objection(
    ctx: Context,
    *,
    finding_id: str,
    raised_on: date,
    raised_by: str,
    ground: str,
    answer_by: date | None = None,
) -> Objection:
    """Record who objects to a finding, when and to what; the finding waits for the answer.

    Without a day the pack's days for the answer are counted from that on which it was raised.
    """
    ctx.require(Action.DECIDE_FINDING)
    space = ctx.workspace
    finding = space.findings.get(finding_id)
    case = space.cases.get(finding.case_id)
    if not raised_by.strip():
        raise RefusedMoveError(
            msg("Say who objects on the enterprise's behalf."), where=finding.title
        )
    if raised_on > ctx.today():
        raise RefusedMoveError(msg("The objection cannot lie in the future."), where=finding.title)
    days = ctx.packs.get(case.pack, case.pack_version).findings.objections.answer_days
    due = answer_by or raised_on + timedelta(days=days)
    if due < raised_on:
        raise RefusedMoveError(
            msg("The answer cannot be due before the objection."), where=finding.title
        )
    objection = Objection(
        id=ctx.ids.new(),
        finding_id=finding_id,
        raised_on=raised_on,
        raised_by=raised_by.strip(),
        ground=ground.strip(),
        recorded_by=ctx.actor.id,
        answer_by=due,
    )
    with ctx.change():
        space.objections.add(objection)
        move_finding(ctx, finding_id=finding_id, move=FindingMove.OBJECT, reason=ground)
    return objection
