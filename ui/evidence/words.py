"""What evidence is attached to, worded."""

from landsteward.app.evidence_subjects import EvidenceSubject
from landsteward.app.language import localised, tr
from landsteward.domain.states import SubjectKind


def subject_in_words(one: EvidenceSubject) -> str:
    """E.g. 体检：未按期开工 · 问题 2：标签缺失 · 问题 2 的整改."""
    name = localised(one.name, one.name_en)
    if one.kind is SubjectKind.ITEM_RESULT:
        return tr("Checkup: {item}", item=name)
    if one.kind is SubjectKind.FOLLOW_UP:
        return tr("Follow-up of {day}", day=name)
    if one.number is None:
        return tr("The whole case")
    words = {
        SubjectKind.FINDING: tr("Finding {number}: {title}", number=one.number, title=name),
        SubjectKind.RECTIFICATION: tr(
            "Finding {number}, put right: {title}", number=one.number, title=name
        ),
        SubjectKind.RECHECK_RESULT: tr("Finding {number}, rechecked", number=one.number),
        SubjectKind.CLOSURE: tr("Finding {number}, closed", number=one.number),
    }
    return words.get(one.kind, name)
