"""销号: asked for by one person on three conditions, decided by the assigning department's second.

What the conditions are: `landsteward.domain.closing`.
"""

from collections.abc import Mapping
from dataclasses import replace

from landsteward.app.cases import latest_look
from landsteward.app.closing_conditions import conditions_of, held
from landsteward.app.context import Context
from landsteward.app.finding_facts import move_facts
from landsteward.app.findings import move_finding
from landsteward.domain.closing import ConditionKey, Missing, missing_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import closing_person_refusal
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import Closure
from landsteward.domain.states import FindingMove, FindingState
from landsteward.domain.text import msg


def request_closure(
    ctx: Context, *, finding_id: str, ground: str, benefit: str, no_benefit: str | None = None
) -> Closure:
    """Ask for a finding to be closed: on what ground, and what benefit shows or why none is due.

    `no_benefit` is the pack's reason why none is due, where neither reading nor evidence shows it.
    Refused as long as a condition misses something.
    """
    ctx.require(Action.REQUEST_CLOSURE)
    space = ctx.workspace
    finding = space.findings.get(finding_id)
    _must_be_rechecked(ctx, finding)
    if not ground.strip():
        raise RefusedMoveError(msg("Say on what ground it can be closed."), where=finding.title)
    if not benefit.strip():
        raise RefusedMoveError(
            msg("Say what benefit shows, or why none is due."), where=finding.title
        )
    conditions = conditions_of(ctx, finding=finding, no_benefit=no_benefit)
    if lacks := missing_of(conditions):
        raise RefusedMoveError(
            lacks[0].what,
            where=finding.title,
            remedy=msg(
                "The list above says what is missing, and where each thing is settled: {count}.",
                count=len(lacks),
            ),
        )
    request = Closure(
        id=ctx.ids.new(),
        finding_id=finding_id,
        requested_by=ctx.actor.id,
        requested_at=ctx.clock.now(),
        ground=ground.strip(),
        benefit=benefit.strip(),
        no_benefit=no_benefit or None,
        conditions=held(conditions),
    )
    with ctx.change():
        space.closures.add(request)
    return request


def _must_be_rechecked(ctx: Context, finding: Finding) -> None:
    if finding.state is not FindingState.RECHECK:
        raise RefusedMoveError(msg("Closure is requested after the recheck."), where=finding.title)
    if ctx.workspace.closures.where(finding_id=finding.id, decided_at=None):
        raise RefusedMoveError(msg("Closure has been requested already."), where=finding.title)
    look = latest_look(ctx, finding_id=finding.id)
    if look is None or look[0].passed is not True:
        raise RefusedMoveError(msg("The recheck did not pass yet."), where=finding.title)
    if look[1].done_on is None:
        raise RefusedMoveError(
            msg("The recheck is not finished yet."),
            where=finding.title,
            remedy=msg("Finish the recheck first; its results are kept."),
        )


def decide_closure(
    ctx: Context,
    *,
    closure_id: str,
    approved: bool,
    opinion: str = "",
    missing: Mapping[ConditionKey, str] | None = None,
) -> Closure:
    """Approve a closure as the second person, or refuse it, saying what is missing.

    Both are for the assigning department and for somebody else than who asked; approval needs all
    three conditions. A refusal says item by item what is missing (`missing`, of each condition a
    line an item), or why in an opinion; it returns the finding to rectification (退回).
    """
    ctx.require(Action.CLOSE)
    space = ctx.workspace
    request = space.closures.get(closure_id)
    finding = space.findings.get(request.finding_id)
    if request.decided_at is not None:
        raise RefusedMoveError(msg("This request has been decided already."), where=finding.title)
    if approved:
        move_finding(ctx, finding_id=finding.id, move=FindingMove.CLOSE, reason=opinion)
        return space.closures.get(closure_id)
    lacking = tuple(
        Missing(key=key, text=line.strip())
        for key, text in (missing or {}).items()
        for line in text.splitlines()
        if line.strip()
    )
    if not opinion.strip() and not lacking:
        raise RefusedMoveError(msg("Say why the closure is refused."), where=finding.title)
    # Who may not close it may not refuse it either: asked as if it were to be closed.
    facts = move_facts(ctx, finding=finding)
    if refusal := closing_person_refusal(facts):
        raise RefusedMoveError(refusal, where=finding.title)
    said = opinion.strip() or "；".join(one.text for one in lacking)
    with ctx.change():
        space.closures.save(
            replace(
                request,
                decided_by=ctx.actor.id,
                decided_at=ctx.clock.now(),
                approved=False,
                opinion=opinion.strip(),
                conditions=held(conditions_of(ctx, finding=finding)),
                missing=lacking,
            )
        )
        move_finding(ctx, finding_id=finding.id, move=FindingMove.RETURN, reason=said)
    return space.closures.get(closure_id)
