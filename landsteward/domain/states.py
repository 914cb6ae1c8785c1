"""Kinds, stages, states and moves: the words that records, rules and the window have in common.

Apart from the records, so that who only words or sorts by them need not load those.
"""

from enum import IntEnum, StrEnum


class OrganisationKind(StrEnum):
    """部门 / 平台载体 / 第三方机构 / 其他."""

    DEPARTMENT = "department"
    CARRIER = "carrier"
    SERVICE_FIRM = "service_firm"
    OTHER = "other"


class FirmKind(StrEnum):
    """律师事务所 / 会计师事务所 / 其他."""

    LAW = "law"
    ACCOUNTING = "accounting"
    OTHER = "other"


class Role(StrEnum):
    """检查人员 / 部门负责人 / 载体工作人员 / 第三方顾问 / 管理员 / 查阅."""

    INSPECTOR = "inspector"
    DEPARTMENT_LEAD = "department_lead"
    CARRIER_OFFICER = "carrier_officer"
    CONSULTANT = "consultant"
    ADMINISTRATOR = "administrator"
    READER = "reader"


class EnterpriseKind(StrEnum):
    """企业或其他单位 / 个人."""

    ORGANISATION = "organisation"
    PERSON = "person"


class Scale(StrEnum):
    """规上 (main business income ≥ 2000 万元 a year) / 规下: ranked apart."""

    ABOVE = "above"
    BELOW = "below"


class Tenure(StrEnum):
    """权利人 / 承租人."""

    OWNER = "owner"
    LESSEE = "lessee"


class DelayCause(StrEnum):
    """Whose doing a delay is (闲置土地处置办法 art. 8): 企业自身 / 政府原因 / 不可抗力."""

    OWN = "own"
    GOVERNMENT = "government"
    FORCE_MAJEURE = "force_majeure"


class Production(StrEnum):
    """正常生产 / 半停产 / 停产."""

    NORMAL = "normal"
    HALF_STOPPED = "half_stopped"
    STOPPED = "stopped"


class IndustryPolicy(StrEnum):
    """Where its industry stands in the catalogue of guidance: 鼓励 / 允许 / 限制 / 淘汰."""

    ENCOURAGED = "encouraged"
    ALLOWED = "allowed"
    RESTRICTED = "restricted"
    PHASED_OUT = "phased_out"


class CaseStage(StrEnum):
    """建档 → 排期 → 体检中 → 已出报告 → 整改中 → 销号 → 归档."""

    REGISTERED = "registered"
    SCHEDULED = "scheduled"
    IN_CHECKUP = "in_checkup"
    REPORTED = "reported"
    IN_REMEDY = "in_remedy"
    CLOSED = "closed"
    ARCHIVED = "archived"


class CaseOrigin(StrEnum):
    """What opened the case: a person, a suspicion of the automatic rules, or a campaign."""

    MANUAL = "manual"
    SCREENING = "screening"
    CAMPAIGN = "campaign"


class CampaignState(StrEnum):
    """筹备 / 进行中 / 已结束."""

    PREPARED = "prepared"
    RUNNING = "running"
    ENDED = "ended"


class VisitStage(StrEnum):
    """未排期 → 已排期 → 体检中 → 已出报告: where a campaign's visit stands."""

    PLANNED = "planned"
    SCHEDULED = "scheduled"
    IN_CHECKUP = "in_checkup"
    REPORTED = "reported"


class ItemOutcome(StrEnum):
    """无问题 / 有问题 / 不适用."""

    OK = "ok"
    PROBLEM = "problem"
    NOT_APPLICABLE = "not_applicable"


class SubjectKind(StrEnum):
    """What a piece of evidence can be attached to.

    `FINDING` shows the problem, `RECTIFICATION` (also keyed by the finding) that it was put right,
    `BENEFIT` (keyed alike) what came of it; `OBJECTION` and `REFERRAL` are letters that came in.
    """

    CASE = "case"
    ITEM_RESULT = "item_result"
    FINDING = "finding"
    RECTIFICATION = "rectification"
    FOLLOW_UP = "follow_up"
    RECHECK_RESULT = "recheck_result"
    CLOSURE = "closure"
    OBJECTION = "objection"
    REFERRAL = "referral"
    BENEFIT = "benefit"


class Severity(IntEnum):
    """1 重大, 2 较重, 3 一般, 4 提示."""

    MAJOR = 1
    SERIOUS = 2
    ORDINARY = 3
    HINT = 4


class FindingOrigin(StrEnum):
    """A checklist item, an automatic rule, or a person's own observation."""

    ITEM = "item"
    RULE = "rule"
    MANUAL = "manual"


class FindingState(StrEnum):
    """Where a finding stands (`domain.md` §8)."""

    DRAFT = "draft"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    ASSIGNED = "assigned"
    PLANNING = "planning"
    PLAN_REVIEW = "plan_review"
    RECTIFYING = "rectifying"
    SUBMITTED = "submitted"
    RECHECK = "recheck"
    CLOSED = "closed"
    RETURNED = "returned"
    LOOK_BACK = "look_back"
    REBOUND = "rebound"
    TRANSFERRED = "transferred"
    SUSPENDED = "suspended"
    TERMINATED = "terminated"


class Disposal(StrEnum):
    """立行立改 / 限期整改 / 立案查处 / 移送 / 抄告 / 提示."""

    IMMEDIATE_FIX = "immediate_fix"
    RECTIFY = "rectify"
    INVESTIGATE = "investigate"
    REFER = "refer"
    NOTIFY = "notify"
    ADVISE = "advise"


class SlipKind(StrEnum):
    """移送 hands a finding over to another authority, 抄告 lets one know of it."""

    TRANSFER = "transfer"
    NOTICE = "notice"


class FindingMove(StrEnum):
    """What can be done to a finding."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    OBJECT = "object"
    REJECT_OBJECTION = "reject_objection"
    UPHOLD_OBJECTION = "uphold_objection"
    ASSIGN = "assign"
    FIX_IMMEDIATELY = "fix_immediately"
    START_PLANNING = "start_planning"
    SUBMIT_PLAN = "submit_plan"
    RETURN_PLAN = "return_plan"
    ACCEPT_PLAN = "accept_plan"
    RECTIFY_WITHOUT_PLAN = "rectify_without_plan"
    EXTEND = "extend"
    SUBMIT = "submit"
    START_RECHECK = "start_recheck"
    RETURN = "return"
    RESUME = "resume"
    CLOSE = "close"
    LOOK_BACK = "look_back"
    STAY_CLOSED = "stay_closed"
    REBOUND = "rebound"
    REOPEN = "reopen"
    TRANSFER = "transfer"
    TAKE_BACK = "take_back"
    SUSPEND = "suspend"
    CONTINUE = "continue"
    TERMINATE = "terminate"


class CaseMove(StrEnum):
    """What can be done to a case."""

    SCHEDULE = "schedule"
    START_CHECKUP = "start_checkup"
    REPORT = "report"
    START_REMEDY = "start_remedy"
    CLOSE = "close"
    REOPEN = "reopen"
    ARCHIVE = "archive"


class PlanStatus(StrEnum):
    """编制中 / 已提交 / 已退回 / 已采纳 / 已被新版替代."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUPERSEDED = "superseded"


class PlanPart(StrEnum):
    """整体 / 原因分析 / 解决路径 / 措施 / 步骤 / 风险 / 预期指标: what a comment is about."""

    WHOLE = "whole"
    CAUSE = "cause"
    WAYS = "ways"
    MEASURES = "measures"
    STEPS = "steps"
    RISKS = "risks"
    TARGETS = "targets"


class Likelihood(StrEnum):
    """低 / 中 / 高."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ConsentKind(StrEnum):
    """当面签字 / 纸质签字 / 不同意."""

    SIGNED = "signed"
    PAPER = "paper"
    REFUSED = "refused"


class RecheckKind(StrEnum):
    """复检 / 回头看."""

    RECHECK = "recheck"
    LOOK_BACK = "look_back"


class Verdict(StrEnum):
    """通过 / 部分整改 / 未通过: what a second look says of a finding. In part is not passed."""

    PASSED = "passed"
    PARTLY = "partly"
    FAILED = "failed"


class CaseStep(StrEnum):
    """The steps of a case's page, in their order."""

    REGISTER = "register"
    CHECKUP = "checkup"
    FINDINGS = "findings"
    PLAN = "plan"
    FOLLOW_UP = "follow_up"
    CLOSURE = "closure"
    DOSSIER = "dossier"


class NextStep(StrEnum):
    """What to do next."""

    SCHEDULE_CHECKUP = "schedule_checkup"
    START_CHECKUP = "start_checkup"
    ANSWER_ITEMS = "answer_items"
    MAKE_FINDINGS = "make_findings"
    FINISH_CHECKUP = "finish_checkup"
    CONFIRM_FINDINGS = "confirm_findings"
    ANSWER_OBJECTION = "answer_objection"
    ASSIGN_FINDINGS = "assign_findings"
    LOG_REPLY = "log_reply"
    WRITE_PLAN = "write_plan"
    SUBMIT_PLAN = "submit_plan"
    DECIDE_PLAN = "decide_plan"
    RECORD_FOLLOW_UP = "record_follow_up"
    DECIDE_EXTENSION = "decide_extension"
    START_RECHECK = "start_recheck"
    JUDGE_RECHECK = "judge_recheck"
    REQUEST_CLOSURE = "request_closure"
    APPROVE_CLOSURE = "approve_closure"
    REASSIGN_REBOUND = "reassign_rebound"
    CONTINUE_SUSPENDED = "continue_suspended"
    CLOSE_CASE = "close_case"
    ARCHIVE = "archive"
    NOTHING = "nothing"
