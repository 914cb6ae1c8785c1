"""The case page's words: steps, grades, moves, and what happened."""

from landsteward.app.language import localised, render, tr
from landsteward.domain.checklist import Limit, LimitSource
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.guidance import words_for
from landsteward.domain.states import CaseStep, FindingMove, NextStep
from ui import formats


def step(value: CaseStep) -> str:
    """A step of the way."""
    return {
        CaseStep.REGISTER: tr("Registration"),
        CaseStep.CHECKUP: tr("Checkup"),
        CaseStep.FINDINGS: tr("Findings"),
        CaseStep.PLAN: tr("Plan"),
        CaseStep.FOLLOW_UP: tr("Follow-up"),
        CaseStep.CLOSURE: tr("Recheck and closure"),
        CaseStep.DOSSIER: tr("Archive"),
    }[value]


def next_step(value: NextStep, findings: int = 0) -> str:
    """The filled button's word; with how many findings it acts on, where it acts on several."""
    if findings and value is NextStep.CONFIRM_FINDINGS:
        return tr("Confirm findings ({count})", count=findings)
    if findings and value is NextStep.ASSIGN_FINDINGS:
        return tr("Assign findings ({count})", count=findings)
    return render(words_for(value))


def grade(value: str) -> tuple[str, str]:
    """A grade of the per-mu evaluation with its name, and its tone (plan item 11)."""
    names = {
        "A": (tr("A preferred"), "good"),
        "B": (tr("B encouraged"), "accent"),
        "C": (tr("C to be regulated"), "caution"),
        "D": (tr("D to be restructured"), "bad"),
    }
    return names.get(value, (value, "plain"))


def move(value: FindingMove) -> str:
    """The button of a move that is made on a finding itself, or in its follow-up."""
    return {
        FindingMove.CONFIRM: tr("Confirm"),
        FindingMove.DISMISS: tr("Dismiss…"),
        FindingMove.OBJECT: tr("Record an objection…"),
        FindingMove.REJECT_OBJECTION: tr("Reject the objection…"),
        FindingMove.UPHOLD_OBJECTION: tr("Uphold the objection…"),
        FindingMove.ASSIGN: tr("Assign…"),
        FindingMove.FIX_IMMEDIATELY: tr("Fixed on the spot…"),
        FindingMove.RECTIFY_WITHOUT_PLAN: tr("Rectify without a plan…"),
        FindingMove.EXTEND: tr("Extend…"),
        FindingMove.SUBMIT: tr("Request acceptance"),
        FindingMove.RESUME: tr("Go on rectifying"),
        FindingMove.REOPEN: tr("Assign again…"),
        FindingMove.TRANSFER: tr("Transfer slip…"),
        FindingMove.SUSPEND: tr("Suspend…"),
        FindingMove.CONTINUE: tr("Continue…"),
        FindingMove.TERMINATE: tr("Terminate…"),
    }[value]


def moved(value: str) -> str:
    """A move that was made, for histories."""
    known = {
        "record": tr("Recorded"),
        FindingMove.CONFIRM: tr("Confirmed"),
        FindingMove.DISMISS: tr("Dismissed"),
        FindingMove.OBJECT: tr("Objected"),
        FindingMove.REJECT_OBJECTION: tr("Objection rejected"),
        FindingMove.UPHOLD_OBJECTION: tr("Objection upheld"),
        FindingMove.ASSIGN: tr("Assigned"),
        FindingMove.FIX_IMMEDIATELY: tr("Fixed on the spot"),
        FindingMove.START_PLANNING: tr("Plan begun"),
        FindingMove.SUBMIT_PLAN: tr("Plan submitted"),
        FindingMove.RETURN_PLAN: tr("Plan returned"),
        FindingMove.ACCEPT_PLAN: tr("Plan accepted"),
        FindingMove.RECTIFY_WITHOUT_PLAN: tr("Rectifying without a plan"),
        FindingMove.EXTEND: tr("Deadline extended"),
        FindingMove.SUBMIT: tr("Acceptance requested"),
        FindingMove.START_RECHECK: tr("Recheck begun"),
        FindingMove.RETURN: tr("Returned"),
        FindingMove.RESUME: tr("Rectifying again"),
        FindingMove.CLOSE: tr("Closed"),
        FindingMove.LOOK_BACK: tr("Looked back"),
        FindingMove.STAY_CLOSED: tr("Stays closed"),
        FindingMove.REBOUND: tr("Rebounded"),
        FindingMove.REOPEN: tr("Assigned again"),
        FindingMove.TRANSFER: tr("Transferred"),
        FindingMove.TAKE_BACK: tr("Came back from the other authority"),
        FindingMove.SUSPEND: tr("Suspended"),
        FindingMove.CONTINUE: tr("Continued"),
        FindingMove.TERMINATE: tr("Terminated"),
    }
    return known.get(value, value)


def finding_title(value: Finding) -> str:
    """Its title; after a rebound with the how many-th time the problem is there (第2次)."""
    if not value.rebounds:
        return value.title
    return tr("{title} (occurrence {number})", title=value.title, number=value.occurrence)


def basis(value: LegalBasis) -> str:
    """A legal basis whole: title, article, edition and the days it is in force."""
    if value.own_words:
        return tr("{text} (in own words)", text=value.law)
    text = tr("“{law}” {article}", law=law_title(value), article=value.article)
    inside = [value.version] if value.version else []
    if value.valid_from is not None and value.valid_to is not None:
        inside.append(
            tr(
                "in force {begin} to {end}",
                begin=formats.day(value.valid_from),
                end=formats.day(value.valid_to),
            )
        )
    elif value.valid_from is not None:
        inside.append(tr("in force from {begin}", begin=formats.day(value.valid_from)))
    return f"{text}（{'，'.join(inside)}）" if inside else text


def law_title(value: LegalBasis) -> str:
    """The title in the language of the window."""
    return localised(value.law, value.law_en)


def limit(value: Limit, unit: str) -> str:
    """A limit and where it comes from: 合同 ≥ 1.20."""
    source = {
        LimitSource.SUPPLY_CONTRACT: tr("Supply contract"),
        LimitSource.OUTPUT_CONTRACT: tr("Output contract"),
        LimitSource.PACK: tr("Limit"),
    }[value.source]
    parts = []
    if value.minimum is not None:
        parts.append(f"≥ {formats.plain(value.minimum)}")
    if value.maximum is not None:
        parts.append(f"≤ {formats.plain(value.maximum)}")
    return " ".join(part for part in (source, " ".join(parts), unit) if part)
