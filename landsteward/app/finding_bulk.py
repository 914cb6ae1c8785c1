"""What is done to many findings of the list at once."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from landsteward.app.bulk_actions import Told
from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.app.joint_disposals import bind_findings, edit_joint, joint_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action
from landsteward.domain.states import FindingMove, FindingState
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    """A finding to which it was not done, and why."""

    id: str
    name: str
    reason: RefusedMoveError


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsDone:
    """What became of an action on many findings: how many it was done to, and what was refused."""

    done: int
    refused: tuple[NotDone, ...]


def _nothing_told(done: int, total: int) -> None:
    """Nobody listens."""


def assign_findings(
    ctx: Context, *, ids: Sequence[str], deadline_on: date | None, told: Told = _nothing_told
) -> FindingsDone:
    """Assign (交办) each of these with a deadline, drafts being confirmed with it.

    Without a day each keeps the deadline it has. What is refused for one stops no other.
    """
    ctx.require(Action.DECIDE_FINDING)

    def assign(finding: Finding) -> None:
        if finding.state is FindingState.DRAFT:
            move_finding(ctx, finding_id=finding.id, move=FindingMove.CONFIRM)
        move_finding(ctx, finding_id=finding.id, move=FindingMove.ASSIGN, deadline_on=deadline_on)

    return _each(ctx, ids, assign, told)


def set_lead_department(
    ctx: Context, *, ids: Sequence[str], lead: str, told: Told = _nothing_told
) -> FindingsDone:
    """Give these findings a lead department (牵头部门), case by case.

    What is bound to a joint disposal gets it as its lead; what is not is bound together with the
    others of its case that were chosen.
    """
    ctx.require(Action.DECIDE_FINDING)
    space = ctx.workspace
    loose: dict[str, list[Finding]] = defaultdict(list)
    for key in ids:
        finding = space.findings.find(key)
        if finding is not None and joint_of(ctx, finding_id=key) is None:
            loose[finding.case_id].append(finding)

    def give(finding: Finding) -> None:
        joint = joint_of(ctx, finding_id=finding.id)
        if joint is not None:
            edit_joint(ctx, joint_id=joint.disposal.id, lead=lead)
            return
        together = loose[finding.case_id]
        if len(together) < 2:
            raise RefusedMoveError(
                msg("A joint disposal needs findings of several departments."),
                where=finding.title,
            )
        bind_findings(ctx, finding_ids=[one.id for one in together], lead=lead)

    return _each(ctx, ids, give, told)


def _each(
    ctx: Context, ids: Sequence[str], action: Callable[[Finding], None], told: Told
) -> FindingsDone:
    """Each by itself, all in one transaction; stopped half way nothing is kept."""
    done = 0
    refused: list[NotDone] = []
    with ctx.change():
        for number, key in enumerate(ids, start=1):
            finding = ctx.workspace.findings.get(key)
            try:
                with ctx.change():
                    action(finding)
                done += 1
            except RefusedMoveError as reason:
                refused.append(NotDone(id=key, name=finding.title, reason=reason))
            told(number, len(ids))
    return FindingsDone(done=done, refused=tuple(refused))
