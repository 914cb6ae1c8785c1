"""The second look (复检, 回头看) at exactly what failed, on the checkup's form, signed like it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypedDict, Unpack

from landsteward.app.cases import latest_look
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of
from landsteward.app.extensions import ask_extension
from landsteward.app.findings import move_finding
from landsteward.app.look_backs import settle_look_back
from landsteward.app.recheck_lines import missed_again
from landsteward.app.signing import recheck_hash, refuse_stale_recheck, unsigned_recheck
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.signatures import SignatureRole
from landsteward.domain.states import FindingMove, FindingState, RecheckKind, SubjectKind
from landsteward.domain.text import Message, msg

_LOOKED_AT = {
    RecheckKind.RECHECK: (FindingState.SUBMITTED, FindingMove.START_RECHECK),
    RecheckKind.LOOK_BACK: (FindingState.CLOSED, FindingMove.LOOK_BACK),
}
_UNDER_LOOK = {
    RecheckKind.RECHECK: FindingState.RECHECK,
    RecheckKind.LOOK_BACK: FindingState.LOOK_BACK,
}


class Judgement(TypedDict, total=False):
    """What is said of one finding at a second look."""

    passed: bool | None
    partly: bool
    value: Decimal | None
    note: str
    remains: str
    new_deadline_on: date | None


def start_recheck(
    ctx: Context,
    *,
    case_id: str,
    kind: RecheckKind = RecheckKind.RECHECK,
    finding_ids: Sequence[str] | None = None,
) -> Recheck:
    """Make a second look at exactly what waits for one, or at those chosen of it.

    复检 takes the findings whose rectification was reported, 回头看 the closed ones.
    """
    ctx.require(Action.RECHECK)
    space = ctx.workspace
    state, move = _LOOKED_AT[kind]
    waiting = space.findings.where(case_id=case_id, state=state)
    findings = [one for one in waiting if finding_ids is None or one.id in finding_ids]
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


def judge_recheck(ctx: Context, *, result_id: str, **said: Unpack[Judgement]) -> RecheckResult:
    """Keep what the second look found of one finding; open until the recheck is finished.

    What passed or was not judged has nothing that remains in part.
    """
    ctx.require(Action.RECHECK)
    result = ctx.workspace.recheck_results.get(result_id)
    _open(ctx, result.recheck_id)
    judged = replace(result, **said)
    if judged.passed is not False:
        judged = replace(judged, partly=False)
    with ctx.change():
        ctx.workspace.recheck_results.save(judged)
    return judged


def summarise_recheck(ctx: Context, *, recheck_id: str, summary: str) -> Recheck:
    """Keep what is written under the form; it is part of what is signed."""
    ctx.require(Action.RECHECK)
    changed = replace(_open(ctx, recheck_id), summary=summary)
    with ctx.change():
        ctx.workspace.rechecks.save(changed)
    return changed


def finish_recheck(
    ctx: Context,
    *,
    recheck_id: str,
    summary: str | None = None,
    representative: str = "",
    representative_refused: bool = False,
    witness: str = "",
    refusal_reason: str = "",
    on_paper: bool = True,
) -> Recheck:
    """Finish and lock a recheck: what failed goes back (退回, 反弹), what passed may be closed.

    A later deadline proposed for what was put right in part is asked for as an extension.

    Findings that meanwhile went another way (移送, 中止 …) need no result. Who signs: as under a
    checkup's form (`finish_checkup`); at a look-back the enterprise need not be there. Without a
    summary that on record stays.
    """
    ctx.require(Action.RECHECK)
    space = ctx.workspace
    recheck = _open(ctx, recheck_id)
    results = under_look(ctx, recheck=recheck)
    unjudged = sum(one.passed is None for one in results)
    if unjudged:
        raise RefusedMoveError(msg("{count} findings have no recheck result yet.", count=unjudged))
    for one in results:
        finding = space.findings.get(one.finding_id)
        if refusal := _not_enough(ctx, recheck, one, finding):
            raise RefusedMoveError(refusal, where=finding.title)
    signed = space.signatures.first(recheck_id=recheck.id, role=SignatureRole.REPRESENTATIVE)
    if signed is not None and not representative_refused:
        representative = signed.name
    said = replace(
        recheck,
        summary=recheck.summary if summary is None else summary,
        enterprise_representative=representative.strip(),
        representative_refused=representative_refused,
        witness=witness.strip(),
        refusal_reason=refusal_reason.strip(),
    )
    refusal = _signing_refusal(said, signed=signed is not None)
    if refusal is None and not on_paper:
        refusal = unsigned_recheck(ctx, recheck=said)
    if refusal is not None:
        raise RefusedMoveError(refusal, where=space.cases.get(recheck.case_id).case_no)
    now = recheck_hash(ctx, recheck=said)
    refuse_stale_recheck(ctx, recheck=said, now=now)
    done = replace(said, done_on=ctx.today(), content_hash=now)
    with ctx.change():
        space.rechecks.save(done)
        for one in results:
            _move_after_look(ctx, recheck.kind, one)
    return done


def under_look(ctx: Context, *, recheck: Recheck) -> list[RecheckResult]:
    """The lines of a recheck under way whose findings it still decides on."""
    space = ctx.workspace
    return [
        one
        for one in space.recheck_results.where(recheck_id=recheck.id)
        if space.findings.get(one.finding_id).state is _UNDER_LOOK[recheck.kind]
        and (look := latest_look(ctx, finding_id=one.finding_id)) is not None
        and look[0].id == one.id
    ]


def _not_enough(
    ctx: Context, recheck: Recheck, result: RecheckResult, finding: Finding
) -> Message | None:
    """What a line of the form still lacks."""
    noted = bool(result.note.strip())
    if result.passed:
        if not noted and missed_again(ctx, finding=finding, value=result.value) is not None:
            return msg("The value still misses its limit: say why it passes all the same.")
        if recheck.kind is RecheckKind.LOOK_BACK and not noted and not _photos(ctx, result):
            return msg("Say what was seen, or attach evidence of it.")
        return None
    if result.partly and not result.remains.strip():
        return msg("Say what remains to be put right.")
    if not result.partly and not noted:
        return msg("Say why the recheck did not pass.")
    due = result.new_deadline_on
    if due is not None and due < ctx.today():
        return msg("The deadline {day} has passed already; set a later one.", day=due)
    return None


def _signing_refusal(recheck: Recheck, *, signed: bool) -> Message | None:
    if recheck.representative_refused:
        if signed:
            return msg("The representative has signed; take the signature off first.")
        if not recheck.witness:
            return msg("Where the representative refuses to sign, a witness must be named.")
        if not recheck.refusal_reason:
            return msg("Where the representative refuses to sign, the reason must be noted.")
        return None
    if recheck.kind is RecheckKind.RECHECK and not recheck.enterprise_representative:
        return msg("Name the enterprise's representative, or note that they refused to sign.")
    return None


def _photos(ctx: Context, result: RecheckResult) -> bool:
    return bool(evidence_of(ctx, subject_kind=SubjectKind.RECHECK_RESULT, subject_id=result.id))


def _open(ctx: Context, recheck_id: str) -> Recheck:
    recheck = ctx.workspace.rechecks.get(recheck_id)
    if recheck.done_on is not None:
        raise RefusedMoveError(msg("This recheck is finished; start another one."))
    return recheck


def _move_after_look(ctx: Context, kind: RecheckKind, result: RecheckResult) -> None:
    if kind is RecheckKind.LOOK_BACK:
        settle_look_back(ctx, finding_id=result.finding_id, result=result)
    move = {
        (RecheckKind.RECHECK, False): FindingMove.RETURN,
        (RecheckKind.LOOK_BACK, True): FindingMove.STAY_CLOSED,
        (RecheckKind.LOOK_BACK, False): FindingMove.REBOUND,
    }.get((kind, bool(result.passed)))
    if move is None:
        return
    reason = "；".join(one for one in (result.note.strip(), result.remains.strip()) if one)
    moved = move_finding(ctx, finding_id=result.finding_id, move=move, reason=reason)
    due = result.new_deadline_on
    if result.partly and due is not None and due > (moved.deadline_on or due):
        ask_extension(ctx, to_on=due, reason=result.remains, finding_id=moved.id)
