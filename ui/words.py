"""The field's words for the domain's states and kinds, and the tone each is shown in."""

from datetime import date

from landsteward.app.language import render, tr
from landsteward.domain.colours import Colour
from landsteward.domain.permission_words import ROLE_WORDS
from landsteward.domain.states import (
    CampaignState,
    CaseStage,
    DelayCause,
    Disposal,
    EnterpriseKind,
    FindingMove,
    FindingState,
    FirmKind,
    IndustryPolicy,
    ItemOutcome,
    Likelihood,
    OrganisationKind,
    PlanStatus,
    Production,
    RecheckKind,
    Role,
    Scale,
    Severity,
    Tenure,
    Verdict,
    VisitStage,
)


def stage(value: CaseStage | str) -> str:
    """A case's stage."""
    return {
        CaseStage.REGISTERED: tr("Registered"),
        CaseStage.SCHEDULED: tr("Scheduled"),
        CaseStage.IN_CHECKUP: tr("In checkup"),
        CaseStage.REPORTED: tr("Reported"),
        CaseStage.IN_REMEDY: tr("In remedy"),
        CaseStage.CLOSED: tr("Closed"),
        CaseStage.ARCHIVED: tr("Archived"),
    }[CaseStage(value)]


def stage_tone(value: CaseStage | str) -> str:
    """The tone of a case's stage."""
    settled = {CaseStage.CLOSED: "good", CaseStage.ARCHIVED: "plain", CaseStage.REGISTERED: "plain"}
    return settled.get(CaseStage(value), "accent")


def campaign_state(value: CampaignState | str) -> str:
    """筹备 / 进行中 / 已结束."""
    return {
        CampaignState.PREPARED: tr("In preparation"),
        CampaignState.RUNNING: tr("Under way"),
        CampaignState.ENDED: tr("Ended"),
    }[CampaignState(value)]


def campaign_tone(value: CampaignState | str) -> str:
    """The tone of a campaign's state."""
    tones = {CampaignState.RUNNING: "accent", CampaignState.ENDED: "good"}
    return tones.get(CampaignState(value), "plain")


def visit_stage(value: VisitStage | str) -> str:
    """Where a visit stands."""
    return {
        VisitStage.PLANNED: tr("No day yet"),
        VisitStage.SCHEDULED: tr("Scheduled"),
        VisitStage.IN_CHECKUP: tr("In checkup"),
        VisitStage.REPORTED: tr("Reported"),
    }[VisitStage(value)]


def visit_tone(value: VisitStage | str) -> str:
    """The tone of a visit's stage."""
    tones = {VisitStage.PLANNED: "plain", VisitStage.REPORTED: "good"}
    return tones.get(VisitStage(value), "accent")


def finding_state(value: FindingState | str) -> str:
    """Where a finding stands."""
    return {
        FindingState.DRAFT: tr("To be confirmed"),
        FindingState.CONFIRMED: tr("Confirmed"),
        FindingState.OBJECTED: tr("Objected"),
        FindingState.ASSIGNED: tr("Assigned"),
        FindingState.PLANNING: tr("Plan being written"),
        FindingState.PLAN_REVIEW: tr("Plan under review"),
        FindingState.RECTIFYING: tr("Being rectified"),
        FindingState.SUBMITTED: tr("Acceptance requested"),
        FindingState.RECHECK: tr("In recheck"),
        FindingState.CLOSED: tr("Closed"),
        FindingState.RETURNED: tr("Returned"),
        FindingState.LOOK_BACK: tr("Look-back"),
        FindingState.REBOUND: tr("Rebounded"),
        FindingState.TRANSFERRED: tr("Transferred"),
        FindingState.SUSPENDED: tr("Suspended"),
        FindingState.TERMINATED: tr("Terminated"),
    }[FindingState(value)]


def end_state(value: FindingState, move: str) -> str:
    """Where a finding stands; of a terminated one, by which move it came to that."""
    if value is not FindingState.TERMINATED:
        return finding_state(value)
    return {
        FindingMove.DISMISS.value: tr("Dismissed"),
        FindingMove.UPHOLD_OBJECTION.value: tr("Objection upheld"),
    }.get(move, finding_state(value))


def finding_tone(value: FindingState | str) -> str:
    """The tone of a finding's state."""
    tones = {
        FindingState.DRAFT: "caution",
        FindingState.OBJECTED: "caution",
        FindingState.CLOSED: "good",
        FindingState.RETURNED: "bad",
        FindingState.REBOUND: "bad",
        FindingState.TRANSFERRED: "plain",
        FindingState.SUSPENDED: "plain",
        FindingState.TERMINATED: "plain",
    }
    return tones.get(FindingState(value), "accent")


def severity(value: Severity | int) -> str:
    """重大, 较重, 一般, 提示."""
    return {
        Severity.MAJOR: tr("Major"),
        Severity.SERIOUS: tr("Serious"),
        Severity.ORDINARY: tr("Ordinary"),
        Severity.HINT: tr("Hint"),
    }[Severity(value)]


def severity_tone(value: Severity | int) -> str:
    """The tone of a severity."""
    return {1: "bad", 2: "caution", 3: "accent", 4: "plain"}[int(value)]


def outcome(value: ItemOutcome | str) -> str:
    """无问题 / 有问题 / 不适用."""
    return {
        ItemOutcome.OK: tr("No problem"),
        ItemOutcome.PROBLEM: tr("Problem"),
        ItemOutcome.NOT_APPLICABLE: tr("Not applicable"),
    }[ItemOutcome(value)]


def disposal(value: Disposal | str) -> str:
    """How a finding is dealt with."""
    return {
        Disposal.IMMEDIATE_FIX: tr("Fix on the spot"),
        Disposal.RECTIFY: tr("Rectify by a deadline"),
        Disposal.INVESTIGATE: tr("Investigate by law"),
        Disposal.REFER: tr("Refer to another authority"),
        Disposal.NOTIFY: tr("Notify another authority"),
        Disposal.ADVISE: tr("Advise"),
    }[Disposal(value)]


def paper_kind(value: str) -> str:
    """What a kept paper is."""
    return {
        "dossier": tr("Dossier"),
        "transfer_slip": tr("Transfer slip"),
        "notice_slip": tr("Copy notice"),
    }.get(value, value)


def plan_status(value: PlanStatus | str) -> str:
    """Where a remedy plan stands."""
    return {
        PlanStatus.DRAFT: tr("Draft"),
        PlanStatus.SUBMITTED: tr("Submitted"),
        PlanStatus.RETURNED: tr("Returned"),
        PlanStatus.ACCEPTED: tr("Accepted"),
        PlanStatus.SUPERSEDED: tr("Superseded"),
    }[PlanStatus(value)]


def likelihood(value: Likelihood | str) -> str:
    """How likely a risk is."""
    return {
        Likelihood.LOW: tr("Low"),
        Likelihood.MEDIUM: tr("Medium"),
        Likelihood.HIGH: tr("High"),
    }[Likelihood(value)]


def plan_waits_for(value: str) -> str:
    """Whose turn it is with a plan."""
    return {
        "writer": tr("Writer"),
        "carrier": tr("Carrier"),
        "enterprise": tr("Enterprise"),
    }.get(value, value)


def plan_tone(value: PlanStatus | str) -> str:
    """The tone of a plan's status."""
    tones = {
        PlanStatus.SUBMITTED: "caution",
        PlanStatus.RETURNED: "bad",
        PlanStatus.ACCEPTED: "good",
        PlanStatus.DRAFT: "accent",
    }
    return tones.get(PlanStatus(value), "plain")


def recheck_kind(value: RecheckKind | str) -> str:
    """复检 / 回头看."""
    return tr("Look-back") if RecheckKind(value) is RecheckKind.LOOK_BACK else tr("Recheck")


def role(value: Role | str) -> str:
    """A person's role."""
    return render(ROLE_WORDS[Role(value)])


def look_back_outcome(value: str) -> str:
    """未办 / 已安排 / 未反弹 / 反弹 / 已被反弹终止."""
    return {
        "open": tr("Not planned"),
        "planned": tr("Visit planned"),
        "stayed": tr("Stayed away"),
        "came_back": tr("Came back"),
        "overtaken": tr("Overtaken by a rebound"),
    }[value]


def occurrence(value: str | int) -> str:
    """The how many-th time a problem is there: 第2次."""
    return tr("Occurrence {number}", number=value)


def verdict(value: Verdict | str) -> str:
    """通过 / 部分整改 / 未通过."""
    return {
        Verdict.PASSED: tr("Passed"),
        Verdict.PARTLY: tr("Partly"),
        Verdict.FAILED: tr("Not passed"),
    }[Verdict(value)]


def organisation_kind(value: OrganisationKind | str) -> str:
    """部门 / 平台载体 / 第三方机构 / 其他."""
    return {
        OrganisationKind.DEPARTMENT: tr("Department"),
        OrganisationKind.CARRIER: tr("Carrier (county or zone)"),
        OrganisationKind.SERVICE_FIRM: tr("Service firm"),
        OrganisationKind.OTHER: tr("Other"),
    }[OrganisationKind(value)]


def firm_kind(value: FirmKind | str) -> str:
    """律师事务所 / 会计师事务所 / 其他."""
    return {
        FirmKind.LAW: tr("Law firm"),
        FirmKind.ACCOUNTING: tr("Accounting firm"),
        FirmKind.OTHER: tr("Other"),
    }[FirmKind(value)]


def enterprise_kind(value: EnterpriseKind | str) -> str:
    """企业 / 个人."""
    person = EnterpriseKind(value) is EnterpriseKind.PERSON
    return tr("Private person") if person else tr("Enterprise")


def scale(value: Scale | str) -> str:
    """规上 / 规下."""
    return tr("Above threshold") if Scale(value) is Scale.ABOVE else tr("Below threshold")


def tenure(value: Tenure | str) -> str:
    """权利人 / 承租人."""
    return tr("Holder") if Tenure(value) is Tenure.OWNER else tr("Lessee")


def delay_cause(value: DelayCause | str) -> str:
    """Whose doing a delay is."""
    return {
        DelayCause.OWN: tr("The enterprise's own"),
        DelayCause.GOVERNMENT: tr("The government's side"),
        DelayCause.FORCE_MAJEURE: tr("Force majeure"),
    }[DelayCause(value)]


def board_colour(value: Colour | str) -> str:
    """The four colours of the board, in words."""
    return {
        Colour.BLUE: tr("Done"),
        Colour.GREEN: tr("On track"),
        Colour.YELLOW: tr("In difficulty"),
        Colour.RED: tr("Stuck"),
    }[Colour(value)]


def due(due_on: date | None, today: date) -> tuple[str, str]:
    """A deadline as word and tone: 逾期 6 天, 今天到期, 3 天后."""
    if due_on is None:
        return "", "plain"
    days = (due_on - today).days
    if days == -1:
        return tr("1 day overdue"), "bad"
    if days < 0:
        return tr("{days} days overdue", days=-days), "bad"
    if days == 0:
        return tr("Today"), "caution"
    if days == 1:
        return tr("Tomorrow"), "accent"
    return tr("in {days} days", days=days), "accent" if days <= 7 else "plain"


def production(value: Production | str) -> str:
    """正常生产, 半停产, 停产."""
    return {
        Production.NORMAL: tr("Producing"),
        Production.HALF_STOPPED: tr("Half stopped"),
        Production.STOPPED: tr("Stopped"),
    }[Production(value)]


def industry_policy(value: IndustryPolicy | str) -> str:
    """鼓励类, 允许类, 限制类, 淘汰类."""
    return {
        IndustryPolicy.ENCOURAGED: tr("Encouraged"),
        IndustryPolicy.ALLOWED: tr("Allowed"),
        IndustryPolicy.RESTRICTED: tr("Restricted"),
        IndustryPolicy.PHASED_OUT: tr("To be phased out"),
    }[IndustryPolicy(value)]


def quarter(value: int) -> str:
    """一季度 … 四季度."""
    return {
        1: tr("1st quarter"),
        2: tr("2nd quarter"),
        3: tr("3rd quarter"),
        4: tr("4th quarter"),
    }[value]


def year_and_quarter(year: int, of: int | None) -> str:
    """2026年, 2026年一季度."""
    if of is None:
        return tr("in {year}", year=year)
    return tr("{year}, {quarter}", year=year, quarter=quarter(of))


def colour_tone(value: Colour | str) -> str:
    """The tone of one of the four colours."""
    return {
        Colour.BLUE: "accent",
        Colour.GREEN: "good",
        Colour.YELLOW: "caution",
        Colour.RED: "bad",
    }[Colour(value)]


def tracked(value: str) -> str:
    """What is followed: a finding or a step of a plan."""
    return {"finding": tr("Finding"), "step": tr("Step")}[value]
