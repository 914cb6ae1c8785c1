"""Slips to other authorities (移送, 抄告): numbered, kept, tracked until the reply is in.

A slip is laid out away from the workspace, like a dossier (`landsteward.app.archiving`): prepared
with the number it would bear, laid out, and kept only if things still stand as it says.
"""

from dataclasses import dataclass, replace
from datetime import date

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.app.findings import move_finding
from landsteward.app.language import for_paper
from landsteward.app.slip_view import SlipView
from landsteward.app.slips_about import findings_of, slips_about
from landsteward.domain.disposals import Referral, ReferralFinding, SlipReply
from landsteward.domain.documents import IssuedDocument, document_number
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.permissions import Action, may
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import (
    CaseStage,
    Disposal,
    FindingMove,
    FindingState,
    OrganisationKind,
    SlipKind,
)
from landsteward.domain.text import Message, msg

_NOT_TOLD_OF = frozenset({FindingState.DRAFT, FindingState.TERMINATED})
SLIP_KINDS = {SlipKind.TRANSFER: "transfer_slip", SlipKind.NOTICE: "notice_slip"}
"""What the papers of slips are called among the issued documents."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipDraft:
    """What a person writes on a slip; `beside` are further findings of the case it is about."""

    kind: SlipKind
    recipient: str
    facts: str
    request: str = ""
    attachments: tuple[str, ...] = ()
    reply_by: date | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """A slip as it left the house, what it is about, and what came back: every entry of it."""

    referral: Referral
    document: IssuedDocument
    findings: tuple[Finding, ...] = ()
    replies: tuple[SlipReply, ...] = ()

    @property
    def number(self) -> str:
        """Its 文号."""
        return document_number(self.document.code, self.document.year, self.document.number)

    @property
    def waits(self) -> bool:
        """Whether a reply is wanted and not in."""
        one = self.referral
        return (
            one.reply_by is not None and one.replied_on is None and self.document.voided_on is None
        )


def slips_of(ctx: Context, *, finding_id: str) -> tuple[Slip, ...]:
    """The slips of a finding, in the order they went out; voided ones too."""
    return tuple(_slip(ctx, one) for one in slips_about(ctx, finding_id=finding_id))


def _slip(ctx: Context, referral: Referral) -> Slip:
    space = ctx.workspace
    replies = space.slip_replies.where(referral_id=referral.id)
    return Slip(
        referral=referral,
        document=space.issued_documents.get(referral.document_id),
        findings=findings_of(ctx, slip=referral),
        replies=tuple(sorted(replies, key=lambda one: one.number)),
    )


def waiting_slips(ctx: Context) -> list[Slip]:
    """All slips whose reply is wanted and not in, the earliest day first."""
    space = ctx.workspace
    wanted = [one for one in space.referrals.where(replied_on=None) if one.reply_by is not None]
    slips = [
        Slip(referral=one, document=space.issued_documents.get(one.document_id)) for one in wanted
    ]
    return sorted(
        (one for one in slips if one.waits),
        key=lambda one: (one.referral.reply_by or date.max, one.referral.id),
    )


def why_no_slip(ctx: Context, *, finding: Finding) -> Message | None:
    """Why the acting person cannot send a slip about a finding, or None. For buttons."""
    if not may(ctx.actor.role, Action.ISSUE_PAPER):
        return msg("Your role does not allow this step.")
    if ctx.organisation().kind is not OrganisationKind.DEPARTMENT:
        return msg("Only a department sends slips.")
    if ctx.workspace.cases.get(finding.case_id).stage is CaseStage.ARCHIVED:
        return msg("The case is archived.")
    return None


def slip_to_issue(ctx: Context, *, finding_id: str, draft: SlipDraft) -> SlipView:
    """The slip as it would go out today, with the number it would bear.

    Only looked up: nothing is kept, and the number stays free, until `issue_slip`.
    """
    ctx.require(Action.ISSUE_PAPER)
    return _as_issued(
        ctx,
        finding_id=finding_id,
        draft=draft,
        referral_id=ctx.ids.new(),
        document_id=ctx.ids.new(),
    )


def issue_slip(ctx: Context, *, printed: SlipView, content: bytes, pages: int) -> Referral:
    """Keep the slip, the PDF made of `printed`, under its number; a transfer moves the finding.

    Raises RefusedMoveError where the finding, the number or the day is no longer what was printed.
    """
    ctx.require(Action.ISSUE_PAPER)
    space = ctx.workspace
    slip, paper = printed.referral, printed.document
    draft = SlipDraft(
        kind=slip.kind,
        recipient=slip.recipient,
        facts=slip.facts,
        request=slip.request,
        attachments=slip.attachments,
        reply_by=slip.reply_by,
        beside=tuple(one.id for one in printed.beside),
    )
    with ctx.change():
        standing = _as_issued(
            ctx,
            finding_id=slip.finding_id,
            draft=draft,
            referral_id=slip.id,
            document_id=paper.id,
        )
        if standing != printed:
            raise RefusedMoveError(
                msg("The finding changed while its slip was laid out; nothing was issued."),
                where=printed.finding.title,
                remedy=msg("Look the slip over and issue it again."),
            )
        space.take_number(paper.code, paper.year)
        space.issued_documents.add(replace(paper, sha256=space.blobs.put(content), pages=pages))
        space.referrals.add(slip)
        space.referral_findings.add_many(
            ReferralFinding(id=ctx.ids.new(), referral_id=slip.id, finding_id=one.id)
            for one in printed.beside
        )
        if slip.kind is SlipKind.TRANSFER:
            _transfer(ctx, printed)
    return slip


def _transfer(ctx: Context, printed: SlipView) -> None:
    slip, paper = printed.referral, printed.document
    space = ctx.workspace
    number = document_number(paper.code, paper.year, paper.number)
    reason = msg("{number} to {recipient}", number=number, recipient=slip.recipient)
    for finding in (printed.finding, *printed.beside):
        moved = move_finding(
            ctx, finding_id=finding.id, move=FindingMove.TRANSFER, reason=for_paper(reason)
        )
        space.findings.save(replace(moved, disposal=Disposal.REFER))


def _as_issued(
    ctx: Context, *, finding_id: str, draft: SlipDraft, referral_id: str, document_id: str
) -> SlipView:
    ctx.require(Action.DECIDE_FINDING)
    space, today = ctx.workspace, ctx.today()
    finding = space.findings.get(finding_id)
    case = living_case(ctx, case_id=finding.case_id)
    organisation = ctx.organisation()
    if organisation.kind is not OrganisationKind.DEPARTMENT:
        raise RefusedMoveError(msg("Only a department sends slips."), where=organisation.name)
    further = (one for one in dict.fromkeys(draft.beside) if one != finding_id)
    beside = tuple(space.findings.get(one) for one in further)
    for one in (finding, *beside):
        if one.case_id != case.id:
            raise RefusedMoveError(msg("One slip is about findings of one case."), where=one.title)
        _check(ctx, one, draft)
    pack = ctx.packs.get(case.pack, case.pack_version)
    terms = pack.findings.slip(draft.kind)
    if terms is None:
        raise RefusedMoveError(
            msg("The rule pack has no series of numbers for slips of this kind."),
            where=pack.name,
            remedy=msg("Add it to findings.toml of the rule pack."),
        )
    enterprise = space.enterprises.find(case.enterprise_id) if case.enterprise_id else None
    parcel_id = finding.parcel_id or case.parcel_id
    parcel = space.parcels.find(parcel_id) if parcel_id else None
    document = IssuedDocument(
        id=document_id,
        case_id=case.id,
        kind=SLIP_KINDS[draft.kind],
        code=terms.code,
        year=today.year,
        number=space.next_number(terms.code, today.year),
        title=_title(pack, terms.name, finding, len(beside)),
        issued_on=today,
        issued_by=ctx.actor.id,
        sha256="",
        pages=0,
    )
    referral = Referral(
        id=referral_id,
        case_id=case.id,
        finding_id=finding_id,
        document_id=document_id,
        kind=draft.kind,
        recipient=draft.recipient.strip(),
        from_organisation_id=organisation.id,
        facts=draft.facts.strip(),
        request=draft.request.strip(),
        attachments=draft.attachments,
        reply_by=draft.reply_by,
    )
    return SlipView(
        referral=referral,
        document=document,
        finding=finding,
        beside=beside,
        case_no=case.case_no,
        enterprise=enterprise.name if enterprise else "",
        uscc=(enterprise.uscc if enterprise else None) or "",
        parcel=parcel.name if parcel else "",
        from_name=organisation.name,
        contact=ctx.actor.name,
        phone=ctx.actor.phone,
        wording=pack.wording,
    )


def _title(pack: RulePack, name: str, finding: Finding, more: int) -> str:
    if more:
        said = msg("{name}: {title} and {count} more", name=name, title=finding.title, count=more)
        return for_paper(said)
    return for_paper(msg("{name}: {title}", name=name, title=finding.title))


def _check(ctx: Context, finding: Finding, draft: SlipDraft) -> None:
    """Refuse what cannot go out."""
    if finding.state in _NOT_TOLD_OF:
        raise RefusedMoveError(
            msg("Only a confirmed finding goes to another authority."), where=finding.title
        )
    if not draft.recipient.strip():
        raise RefusedMoveError(msg("Say to which authority the slip goes."), where=finding.title)
    if not draft.facts.strip():
        raise RefusedMoveError(msg("Say what the facts are."), where=finding.title)
    if draft.reply_by is not None and draft.reply_by < ctx.today():
        raise RefusedMoveError(
            msg("The reply cannot be due before the slip goes out."), where=finding.title
        )


def void_slip(ctx: Context, *, referral_id: str, reason: str) -> None:
    """Void a slip that was not answered; its number stays used up.

    A transferred finding comes back and is confirmed again.
    """
    slip = _ours(ctx, referral_id)
    if not reason.strip():
        raise RefusedMoveError(msg("A reason must be given."), where=slip.number)
    if slip.referral.replied_on is not None:
        raise RefusedMoveError(msg("The slip has been answered already."), where=slip.number)
    space = ctx.workspace
    with ctx.change():
        if slip.referral.kind is SlipKind.TRANSFER:
            _take_back(ctx, slip, reason)
        space.issued_documents.save(
            replace(slip.document, voided_on=ctx.today(), void_reason=reason.strip())
        )


def log_receipt(ctx: Context, *, referral_id: str, received_on: date, received_by: str) -> Referral:
    """Keep who received a slip, and when."""
    slip = _ours(ctx, referral_id)
    if not received_by.strip():
        raise RefusedMoveError(msg("Say who received it."), where=slip.number)
    _check_day(ctx, slip, received_on)
    kept = replace(slip.referral, received_on=received_on, received_by=received_by.strip())
    with ctx.change():
        ctx.workspace.referrals.save(kept)
    return kept


def log_reply(
    ctx: Context,
    *,
    referral_id: str,
    replied_on: date,
    reply: str,
    accepted: bool | None = None,
) -> Referral:
    """Keep what was answered and when. A transfer that was not accepted brings the finding back."""
    slip = _ours(ctx, referral_id)
    transfer = slip.referral.kind is SlipKind.TRANSFER
    if not reply.strip():
        raise RefusedMoveError(msg("Say what was answered."), where=slip.number)
    if transfer and accepted is None:
        raise RefusedMoveError(msg("Say whether the other side took it over."), where=slip.number)
    _check_day(ctx, slip, replied_on)
    if slip.referral.replied_on is not None:
        raise RefusedMoveError(
            msg("The slip has been answered already."),
            where=slip.number,
            remedy=msg("Correct the reply by a new entry; the old one stays to be read."),
        )
    return _keep_reply(ctx, slip, replied_on, reply, accepted if transfer else None)


def correct_reply(
    ctx: Context,
    *,
    referral_id: str,
    replied_on: date,
    reply: str,
    reason: str,
    accepted: bool | None = None,
) -> Referral:
    """Correct a reply by a new entry that names the one it stands in for, and says why.

    A transfer that turns out not to be taken over brings its findings back; the other way round
    it needs a slip of its own, for they have come back already.
    """
    slip = _ours(ctx, referral_id)
    transfer = slip.referral.kind is SlipKind.TRANSFER
    if slip.referral.replied_on is None:
        raise RefusedMoveError(msg("No reply was logged yet."), where=slip.number)
    if not reply.strip():
        raise RefusedMoveError(msg("Say what was answered."), where=slip.number)
    if not reason.strip():
        raise RefusedMoveError(msg("Say what was wrong with the entry."), where=slip.number)
    if transfer and accepted is None:
        raise RefusedMoveError(msg("Say whether the other side took it over."), where=slip.number)
    if transfer and accepted and slip.referral.accepted is False:
        raise RefusedMoveError(
            msg("The finding has come back already."),
            where=slip.number,
            remedy=msg("Transfer it anew by another slip."),
        )
    _check_day(ctx, slip, replied_on)
    return _keep_reply(
        ctx, slip, replied_on, reply, accepted if transfer else None, reason=reason.strip()
    )


def _keep_reply(
    ctx: Context,
    slip: Slip,
    replied_on: date,
    reply: str,
    accepted: bool | None,
    *,
    reason: str = "",
) -> Referral:
    """Add the entry; the slip itself says what the last one says."""
    space, before = ctx.workspace, slip.replies
    kept = replace(slip.referral, replied_on=replied_on, reply=reply.strip(), accepted=accepted)
    with ctx.change():
        if accepted is False and slip.referral.accepted is not False:
            _take_back(ctx, slip, reply)
        space.slip_replies.add(
            SlipReply(
                id=ctx.ids.new(),
                referral_id=slip.referral.id,
                number=len(before) + 1,
                replied_on=replied_on,
                reply=kept.reply,
                accepted=accepted,
                corrects=before[-1].id if before else None,
                reason=reason,
                logged_by=ctx.actor.id,
                logged_at=ctx.clock.now(),
            )
        )
        space.referrals.save(kept)
    return kept


def _take_back(ctx: Context, slip: Slip, reason: str) -> None:
    said = for_paper(msg("{number}: {reason}", number=slip.number, reason=reason.strip()))
    for finding in slip.findings:
        if finding.state is FindingState.TRANSFERRED:
            move_finding(ctx, finding_id=finding.id, move=FindingMove.TAKE_BACK, reason=said)


def _ours(ctx: Context, referral_id: str) -> Slip:
    """A slip that stands, for whoever may say something about it: the department that sent it."""
    ctx.require(Action.DECIDE_FINDING)
    space = ctx.workspace
    referral = space.referrals.get(referral_id)
    slip = _slip(ctx, referral)
    living_case(ctx, case_id=referral.case_id)
    if slip.document.voided_on is not None:
        raise RefusedMoveError(msg("The slip was voided."), where=slip.number)
    if referral.from_organisation_id != ctx.actor.organisation_id:
        raise RefusedMoveError(
            msg("Another department sent this slip; the step belongs to that department."),
            where=slip.number,
        )
    return slip


def _check_day(ctx: Context, slip: Slip, day: date) -> None:
    if day < slip.document.issued_on:
        raise RefusedMoveError(
            msg("The slip went out on {day}; this is earlier.", day=slip.document.issued_on),
            where=slip.number,
        )
    if day > ctx.today():
        raise RefusedMoveError(msg("This day lies in the future."), where=slip.number)
