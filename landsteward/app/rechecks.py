"""Recheck, closure, look-back: the second look and the second person (复检, 销号, 回头看)."""

from dataclasses import replace

from landsteward.app.cases import latest_look
from landsteward.app.context import Context
from landsteward.app.finding_facts import move_facts
from landsteward.app.findings import move_finding
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.lifecycle import closing_person_refusal
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import Closure, Recheck, RecheckResult
from landsteward.domain.states import FindingMove, FindingState, RecheckKind
from landsteward.domain.text import msg

_LOOKED_AT = {
    RecheckKind.RECHECK: (FindingState.SUBMITTED, FindingMove.START_RECHECK),
    RecheckKind.LOOK_BACK: (FindingState.CLOSED, FindingMove.LOOK_BACK),
}
_UNDER_LOOK = {
    RecheckKind.RECHECK: FindingState.RECHECK,
    RecheckKind.LOOK_BACK: FindingState.LOOK_BACK,
}


def start_recheck(
    ctx: Context, *, case_id: str, kind: RecheckKind = RecheckKind.RECHECK
) -> Recheck:
    """Make a second look at exactly what waits for one.

    复检 takes the findings whose rectification was reported, 回头看 the closed ones.
    """
    ctx.require(Action.RECHECK)
    space = ctx.workspace
    state, move = _LOOKED_AT[kind]
    findings = space.findings.where(case_id=case_id, state=state)
    if not findings:
        raise RefusedMoveError(
            msg("No finding waits for a recheck."),
            remedy=msg("Submit the rectification of a finding first."),
        )
    recheck = Recheck(
        id=ctx.ids.new(),
        case_id=case_id,
        kind=kind,
        planned_on=ctx.today(),
        inspector_id=ctx.actor.id,
    )
    with ctx.change():
        space.rechecks.add(recheck)
        for finding in findings:
            space.recheck_results.add(
                RecheckResult(id=ctx.ids.new(), recheck_id=recheck.id, finding_id=finding.id)
            )
            move_finding(ctx, finding_id=finding.id, move=move)
    return recheck


def judge_recheck(
    ctx: Context, *, result_id: str, passed: bool | None, note: str = ""
) -> RecheckResult:
    """Keep what the second look found of one finding; open until the recheck is finished."""
    ctx.require(Action.RECHECK)
    result = ctx.workspace.recheck_results.get(result_id)
    if ctx.workspace.rechecks.get(result.recheck_id).done_on is not None:
        raise RefusedMoveError(msg("This recheck is finished; start another one."))
    judged = replace(result, passed=passed, note=note)
    with ctx.change():
        ctx.workspace.recheck_results.save(judged)
    return judged


def finish_recheck(ctx: Context, *, recheck_id: str, summary: str = "") -> Recheck:
    """Finish a recheck: what failed goes back (退回, 反弹), what passed may be closed.

    Findings that meanwhile went another way (移送, 中止 …) need no result.
    """
    ctx.require(Action.RECHECK)
    space = ctx.workspace
    recheck = space.rechecks.get(recheck_id)
    if recheck.done_on is not None:
        raise RefusedMoveError(msg("This recheck is finished; start another one."))
    results = [
        one
        for one in space.recheck_results.where(recheck_id=recheck_id)
        if space.findings.get(one.finding_id).state is _UNDER_LOOK[recheck.kind]
        and (look := latest_look(ctx, finding_id=one.finding_id)) is not None
        and look[0].id == one.id
    ]
    unjudged = sum(one.passed is None for one in results)
    if unjudged:
        raise RefusedMoveError(msg("{count} findings have no recheck result yet.", count=unjudged))
    for one in results:
        if one.passed is False and not one.note.strip():
            raise RefusedMoveError(
                msg("Say why the recheck did not pass."),
                where=space.findings.get(one.finding_id).title,
            )
    done = replace(recheck, done_on=ctx.today(), summary=summary)
    with ctx.change():
        space.rechecks.save(done)
        for one in results:
            _move_after_look(ctx, recheck.kind, one)
    return done


def _move_after_look(ctx: Context, kind: RecheckKind, result: RecheckResult) -> None:
    move = {
        (RecheckKind.RECHECK, False): FindingMove.RETURN,
        (RecheckKind.LOOK_BACK, True): FindingMove.STAY_CLOSED,
        (RecheckKind.LOOK_BACK, False): FindingMove.REBOUND,
    }.get((kind, bool(result.passed)))
    if move is not None:
        move_finding(ctx, finding_id=result.finding_id, move=move, reason=result.note)


def request_closure(ctx: Context, *, finding_id: str, ground: str, benefit: str) -> Closure:
    """Ask for a finding to be closed: on what ground, and what benefit shows or why none is due."""
    ctx.require(Action.REQUEST_CLOSURE)
    space = ctx.workspace
    finding = space.findings.get(finding_id)
    if finding.state is not FindingState.RECHECK:
        raise RefusedMoveError(msg("Closure is requested after the recheck."), where=finding.title)
    if space.closures.where(finding_id=finding_id, decided_at=None):
        raise RefusedMoveError(msg("Closure has been requested already."), where=finding.title)
    look = latest_look(ctx, finding_id=finding_id)
    if look is None or look[0].passed is not True:
        raise RefusedMoveError(msg("The recheck did not pass yet."), where=finding.title)
    if look[1].done_on is None:
        raise RefusedMoveError(
            msg("The recheck is not finished yet."),
            where=finding.title,
            remedy=msg("Finish the recheck first; its results are kept."),
        )
    if not ground.strip():
        raise RefusedMoveError(msg("Say on what ground it can be closed."), where=finding.title)
    if not benefit.strip():
        raise RefusedMoveError(
            msg("Say what benefit shows, or why none is due."), where=finding.title
        )
    request = Closure(
        id=ctx.ids.new(),
        finding_id=finding_id,
        requested_by=ctx.actor.id,
        requested_at=ctx.clock.now(),
        ground=ground.strip(),
        benefit=benefit.strip(),
    )
    with ctx.change():
        space.closures.add(request)
    return request


def decide_closure(ctx: Context, *, closure_id: str, approved: bool, opinion: str = "") -> Closure:
    """Approve a closure as the second person, or refuse it with an opinion.

    Both are for the assigning department and for somebody else than who asked; approval needs
    evidence and a recheck that passed. Refusing returns the finding to rectification (退回), with
    the opinion as reason.
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
    if not opinion.strip():
        raise RefusedMoveError(msg("Say why the closure is refused."), where=finding.title)
    # Who may not close it may not refuse it either: asked as if it were to be closed.
    facts = move_facts(ctx, finding=finding)
    if refusal := closing_person_refusal(facts):
        raise RefusedMoveError(refusal, where=finding.title)
    decided = replace(
        request,
        decided_by=ctx.actor.id,
        decided_at=ctx.clock.now(),
        approved=False,
        opinion=opinion.strip(),
    )
    with ctx.change():
        space.closures.save(decided)
        move_finding(ctx, finding_id=finding.id, move=FindingMove.RETURN, reason=opinion)
    return decided
