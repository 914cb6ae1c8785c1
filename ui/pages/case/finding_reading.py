"""What the page of a finding reads: gathered on the database thread, no widgets."""

from dataclasses import dataclass
from datetime import date, timedelta

from landsteward.app.cases import case_parcel_ids
from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of
from landsteward.app.finding_facts import why_not
from landsteward.app.immediate_fixes import why_not_on_the_spot
from landsteward.app.joint_disposals import Joint, Suggestion, joint_of, suggested_joints
from landsteward.app.referrals import Slip, slips_of, why_no_slip
from landsteward.app.ways_out import WaysOut, ways_out
from landsteward.domain.casework import Evidence
from landsteward.domain.disposals import Objection
from landsteward.domain.findings import Finding, FindingEvent
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES, open_finding_moves
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import FindingMove, FindingState, SlipKind, SubjectKind
from landsteward.domain.text import Message
from ui.pages.case.finding_form import FormFacts
from ui.pages.case.finding_moves import MOVES_HERE

AnyMove = FindingMove | SlipKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingSheet:
    """A finding with its history, photos, and the moves of its state with what stands against.

    `today` is also the day by which editions are chosen where no day of violation is known.
    `letters` are the evidence of objections and slips by their keys; `ours` are the slips that who
    acts may say something about; `parcels` are those of the case with their names.
    """

    finding: Finding
    today: date
    events: tuple[FindingEvent, ...]
    photos: tuple[Evidence, ...]
    proof: tuple[Evidence, ...]
    moves: tuple[tuple[AnyMove, Message | None], ...]
    forms: FormFacts
    editable: bool
    decides: bool
    objections: tuple[Objection, ...]
    slips: tuple[Slip, ...]
    ours: frozenset[str]
    letters: dict[str, tuple[Evidence, ...]]
    joint: Joint | None
    suggestion: Suggestion | None
    free: tuple[Finding, ...]
    parcels: tuple[tuple[str, str], ...]
    ways: WaysOut


def read_finding(ctx: Context, finding: Finding) -> FindingSheet:
    """Everything the detail shows."""
    space = ctx.workspace
    photos = tuple(evidence_of(ctx, subject_kind=SubjectKind.FINDING, subject_id=finding.id))
    objections = tuple(space.objections.where(finding_id=finding.id))
    slips = slips_of(ctx, finding_id=finding.id)
    joint = joint_of(ctx, finding_id=finding.id)
    suggestions = suggested_joints(ctx, case_id=finding.case_id) if joint is None else ()
    letters = {
        key: tuple(evidence_of(ctx, subject_kind=kind, subject_id=key))
        for kind, keys in (
            (SubjectKind.OBJECTION, [one.id for one in objections]),
            (SubjectKind.REFERRAL, [one.referral.id for one in slips]),
        )
        for key in keys
    }
    decides = may(ctx.actor.role, Action.DECIDE_FINDING)
    return FindingSheet(
        finding=finding,
        today=ctx.today(),
        events=tuple(space.finding_events.where(finding_id=finding.id)),
        photos=photos,
        proof=tuple(
            evidence_of(ctx, subject_kind=SubjectKind.RECTIFICATION, subject_id=finding.id)
        ),
        moves=_moves(ctx, finding),
        forms=_form_facts(ctx, finding, photos),
        editable=may(ctx.actor.role, Action.CHECK),
        decides=decides,
        objections=objections,
        slips=slips,
        ours=frozenset(
            one.referral.id
            for one in slips
            if decides and one.referral.from_organisation_id == ctx.actor.organisation_id
        ),
        letters=letters,
        joint=joint,
        suggestion=next(
            (one for one in suggestions if finding.id in [other.id for other in one.findings]),
            None,
        ),
        free=_free(ctx, finding) if joint is None else (),
        parcels=_parcels(ctx, finding),
        ways=ways_out(ctx, finding_id=finding.id),
    )


def _free(ctx: Context, finding: Finding) -> tuple[Finding, ...]:
    """What of the case could be bound with it, itself among them; nothing where it is settled."""
    if finding.state in SETTLED_FINDING_STATES:
        return ()
    space = ctx.workspace
    return tuple(
        one
        for one in space.findings.where(case_id=finding.case_id)
        if one.state not in SETTLED_FINDING_STATES
        and space.joint_findings.first(finding_id=one.id) is None
    )


def _moves(ctx: Context, finding: Finding) -> tuple[tuple[AnyMove, Message | None], ...]:
    """The moves of its state; what can be fixed on the spot may not even be confirmed yet."""
    open_ = {move for move in open_finding_moves(finding.state) if move in MOVES_HERE}
    moves: list[tuple[AnyMove, Message | None]] = [
        (move, why_not(ctx, finding=finding, move=move))
        for move in sorted(open_, key=MOVES_HERE.index)
        if move is not FindingMove.FIX_IMMEDIATELY
    ]
    if finding.state in (FindingState.DRAFT, FindingState.CONFIRMED, FindingState.ASSIGNED):
        moves.append((FindingMove.FIX_IMMEDIATELY, why_not_on_the_spot(ctx, finding=finding)))
    if finding.state not in (FindingState.DRAFT, FindingState.TERMINATED):
        moves.append((SlipKind.NOTICE, why_no_slip(ctx, finding=finding)))
    return tuple(moves)


def _form_facts(ctx: Context, finding: Finding, photos: tuple[Evidence, ...]) -> FormFacts:
    case = ctx.workspace.cases.get(finding.case_id)
    terms = ctx.packs.get(case.pack, case.pack_version).findings
    today = ctx.today()
    return FormFacts(
        today=today,
        answer_by=today + timedelta(days=terms.objections.answer_days),
        reply_by={one.kind: today + timedelta(days=one.reply_days) for one in terms.slips},
        evidence=tuple(one.caption or one.file_name for one in photos),
        beside=tuple(
            (one.id, f"{one.finding_no}  {one.title}")
            for one in ctx.workspace.findings.where(case_id=case.id)
            if one.id != finding.id
            and one.state not in SETTLED_FINDING_STATES | {FindingState.DRAFT}
        ),
    )


def _parcels(ctx: Context, finding: Finding) -> tuple[tuple[str, str], ...]:
    case = ctx.workspace.cases.get(finding.case_id)
    ids = case_parcel_ids(ctx, case=case)
    if finding.parcel_id and finding.parcel_id not in ids:
        ids.append(finding.parcel_id)
    found = ctx.workspace.reports.parcels_by_id(ids)
    return tuple((key, found[key].name) for key in ids if key in found)
