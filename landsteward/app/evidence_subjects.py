"""To what evidence belongs, and to what else it may be attached, by name."""

from dataclasses import dataclass

from landsteward.app.cases import current_checkup
from landsteward.app.context import Context
from landsteward.app.evidence import finding_of_subject
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import ItemOutcome, SubjectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceSubject:
    """Something evidence is attached to: an item of a checkup, a finding, the remedy of one …

    `number` is the finding's; `name` and `name_en` say which it is, empty where its kind does.
    """

    kind: SubjectKind
    subject_id: str
    name: str = ""
    name_en: str = ""
    number: int | None = None


def subjects_of(ctx: Context, *, evidence_id: str) -> tuple[EvidenceSubject, ...]:
    """What a piece of evidence is attached to, in the order it was."""
    return tuple(
        _named(ctx, link.subject_kind, link.subject_id)
        for link in ctx.workspace.evidence_links.where(evidence_id=evidence_id)
    )


def open_subjects(ctx: Context, *, case_id: str) -> tuple[EvidenceSubject, ...]:
    """What evidence of a case is attached to most: problems of a visit under way, findings that
    are not settled, and once those are assigned, how they were put right.
    """
    space = ctx.workspace
    found: list[EvidenceSubject] = []
    checkup = current_checkup(ctx, case_id=case_id)
    if checkup is not None and checkup.finished_at is None:
        found += [
            _named(ctx, SubjectKind.ITEM_RESULT, one.id)
            for one in space.item_results.where(checkup_id=checkup.id, outcome=ItemOutcome.PROBLEM)
        ]
    findings = [
        one
        for one in space.findings.where(case_id=case_id)
        if one.state not in SETTLED_FINDING_STATES
    ]
    findings.sort(key=lambda one: one.finding_no)
    for one in findings:
        found.append(_of_finding(SubjectKind.FINDING, one.id, one))
        if one.assigned_by is not None:
            found.append(_of_finding(SubjectKind.RECTIFICATION, one.id, one))
    return tuple(found)


def loose_evidence(ctx: Context, *, case_id: str) -> frozenset[str]:
    """The keys of what lies in the pool and is attached to nothing."""
    space = ctx.workspace
    return frozenset(
        one.id
        for one in space.evidence.where(case_id=case_id)
        if not space.evidence_links.count(evidence_id=one.id)
    )


def _named(ctx: Context, kind: SubjectKind, subject_id: str) -> EvidenceSubject:
    space = ctx.workspace
    finding = finding_of_subject(ctx, kind, subject_id)
    if finding is not None:
        return _of_finding(kind, subject_id, finding)
    if kind is SubjectKind.ITEM_RESULT:
        result = space.item_results.get(subject_id)
        checkup = space.checkups.get(result.checkup_id)
        items = ctx.packs.get(checkup.pack, checkup.pack_version).items
        item = next((one for one in items if one.key == result.item_key), None)
        return EvidenceSubject(
            kind=kind,
            subject_id=subject_id,
            name=item.title if item else result.item_key,
            name_en=item.title_en if item else result.item_key,
        )
    if kind is SubjectKind.FOLLOW_UP:
        day = space.follow_ups.get(subject_id).happened_on.isoformat()
        return EvidenceSubject(kind=kind, subject_id=subject_id, name=day, name_en=day)
    return EvidenceSubject(kind=kind, subject_id=subject_id)


def _of_finding(kind: SubjectKind, subject_id: str, finding: Finding) -> EvidenceSubject:
    return EvidenceSubject(
        kind=kind,
        subject_id=subject_id,
        name=finding.title,
        name_en=finding.title,
        number=finding.finding_no,
    )
