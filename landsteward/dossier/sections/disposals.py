"""Of a finding's sheet: the enterprise's objections, slips to other authorities, joint disposal."""

from reportlab.platypus import Flowable

from landsteward.app.dossier_view import DossierFinding, DossierJoint, DossierView
from landsteward.app.referrals import Slip
from landsteward.domain.disposals import Objection
from landsteward.domain.states import SubjectKind
from landsteward.dossier.paper import Column, Line, Pair, Paper
from landsteward.dossier.sections.checkup import evidence_note


def objections(paper: Paper, view: DossierView, one: DossierFinding) -> list[Flowable]:
    """What the enterprise objected, and the answers; nothing where it did not."""
    story: list[Flowable] = []
    for objection, answered_by in one.objections:
        story += paper.subheading("objection.heading")
        story.append(_objection(paper, view, objection, answered_by))
    return story


def _objection(paper: Paper, view: DossierView, objection: Objection, answered_by: str) -> Flowable:
    words = paper.words
    if objection.answered_on is not None:
        verdict = words("objection.upheld" if objection.upheld else "objection.rejected")
        said = words("objection.answered", day=words.day(objection.answered_on), name=answered_by)
        answer = "\n".join((f"{verdict}。{objection.answer}", said))
    else:
        days = (view.on - objection.answer_by).days
        answer = words("objection.overdue", days=days) if days > 0 else words("objection.open")
    raised = words("objection.raised", day=words.day(objection.raised_on), who=objection.raised_by)
    pairs = [
        Pair(words("objection.content"), f"{objection.ground}\n{raised}", wide=True),
        Pair(words("objection.answer_by"), words.day(objection.answer_by), wide=True),
        Pair(words("objection.answer"), answer, wide=True),
    ]
    if numbers := view.evidence_numbers.get((SubjectKind.OBJECTION, objection.id), ()):
        proof = evidence_note(paper, numbers)
        pairs.insert(1, Pair(words("objection.evidence"), proof, wide=True))
    return paper.sheet(pairs)


def slips(paper: Paper, view: DossierView, one: DossierFinding) -> list[Flowable]:
    """The slips with receipt and reply, voided ones too: their numbers are used up."""
    if not one.slips:
        return []
    words = paper.words
    columns = (
        Column(words("slips.number"), 37, "c"),
        Column(words("slips.recipient"), 30),
        Column(words("slips.issued_on"), 23, "c"),
        Column(words("slips.receipt"), 27, "c"),
        Column(words("slips.reply"), 39),
    )
    lines = [
        Line(
            (
                f"{slip.number}\n{words(f'slip_kind.{slip.referral.kind}')}",
                slip.referral.recipient,
                words.short_day(slip.document.issued_on),
                _receipt(paper, slip),
                _reply(paper, view, slip),
            )
        )
        for slip in one.slips
    ]
    return [*paper.subheading("slips.heading"), paper.table(columns, lines)]


def _receipt(paper: Paper, slip: Slip) -> str:
    words = paper.words
    if slip.referral.received_on is None:
        return words("common.none")
    day = words.short_day(slip.referral.received_on)
    return words("slips.received", day=day, who=slip.referral.received_by)


def _reply(paper: Paper, view: DossierView, slip: Slip) -> str:
    words, referral = paper.words, slip.referral
    proof = view.evidence_numbers.get((SubjectKind.REFERRAL, referral.id), ())
    file = [evidence_note(paper, proof)] if proof else []
    if slip.document.voided_on is not None:
        return words("slips.voided", reason=slip.document.void_reason)
    if referral.replied_on is not None:
        said = {
            True: words("slips.accepted", reply=referral.reply),
            False: words("slips.not_accepted", reply=referral.reply),
            None: referral.reply,
        }[referral.accepted]
        day = words.short_day(referral.replied_on)
        corrected = [
            words(
                "slips.corrected",
                day=words.short_day(slip.replies[one.number - 2].replied_on),
                reply=slip.replies[one.number - 2].reply,
                reason=one.reason,
            )
            for one in slip.replies[1:]
        ]
        return "\n".join([words("slips.replied", day=day, reply=said), *corrected, *file])
    if referral.reply_by is None:
        return "\n".join(file) or words("common.none")
    days = (view.on - referral.reply_by).days
    waiting = words("slips.overdue", days=days) if days > 0 else words("slips.waiting")
    return "\n".join([waiting, words.short_day(referral.reply_by), *file])


def joint(paper: Paper, together: DossierJoint) -> list[Flowable]:
    """One joint disposal: who leads, who takes part, which findings, who does what until when."""
    words, disposal = paper.words, together.disposal
    cause = disposal.cause.strip() or words("joint.no_cause")
    story = paper.heading(words("joint.heading", number=disposal.joint_no, cause=cause))
    concluded = words("joint.not_concluded")
    if disposal.concluded_on is not None:
        day = words.day(disposal.concluded_on)
        concluded = words("joint.concluded_by", day=day, name=together.concluded_by)
    listed = "\n".join(
        words(
            "joint.finding",
            number=one.finding.finding_no,
            title=one.finding.title,
            department=one.department,
        )
        for one in together.findings
    )
    separator = words("common.list_separator")
    story.append(
        paper.sheet(
            [
                Pair(words("joint.lead"), together.lead),
                Pair(words("joint.opened_on"), words.day(disposal.opened_on)),
                Pair(words("joint.departments"), separator.join(together.departments), wide=True),
                Pair(words("joint.findings"), words.typed(listed), wide=True),
                Pair(words("joint.record"), words.typed(disposal.record), wide=True),
                Pair(words("joint.concluded"), concluded, wide=True),
            ]
        )
    )
    if not together.measures:
        return story + paper.nothing("joint.no_measures")
    columns = (
        Column(words("joint.number"), 12, "c"),
        Column(words("joint.department"), 34, "c"),
        Column(words("joint.measure"), 36),
        Column(words("joint.responsible"), 20, "c"),
        Column(words("joint.due_on"), 23, "c"),
        Column(words("joint.result"), 31),
    )
    lines = [
        Line(
            (
                str(number),
                department,
                measure.measure,
                words.typed(measure.responsible),
                words.short_day(measure.due_on),
                _outcome(
                    paper,
                    measure.done_on is not None,
                    words.short_day(measure.done_on),
                    measure.result,
                ),
            )
        )
        for number, (measure, department) in enumerate(together.measures, start=1)
    ]
    return [*story, paper.table(columns, lines)]


def _outcome(paper: Paper, done: bool, day: str, result: str) -> str:
    """When it was done and what came of it; the sign for nothing where it is not."""
    if not done:
        return result.strip() or paper.words("common.none")
    return "\n".join(part for part in (day, result.strip()) if part)
