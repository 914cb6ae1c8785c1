"""The steps of the stories in `resources/sample/cases.toml`, typed; one class a use case."""

from decimal import Decimal

import msgspec

from landsteward.domain.closing import EndKind
from landsteward.domain.states import Likelihood, SlipKind
from landsteward.sample.content import FOLDER, Table


class Step(Table, tag_field="do"):
    """One thing somebody does in a case on a day."""

    day: int
    who: str


class Open(Step, tag="open"):
    """Open the case."""

    summary: str


class OpenFromRule(Step, tag="open_from_rule"):
    """Open the case from a suspicion of an automatic rule."""

    rule: str


class Visit(Step, tag="visit"):
    """Open the visit that a campaign has planned: its case and its checkup."""

    summary: str


class Schedule(Step, tag="schedule"):
    """Set the joint visit."""

    on: int
    inspectors: list[str]
    departments: list[str] | None = None


class Start(Step, tag="start"):
    """Begin the visit."""


class Measure(Step, tag="measure"):
    """Keep a measured value of an item."""

    item: str
    value: Decimal


class Problem(Step, tag="problem"):
    """Answer an item 有问题, with photo, and make it a finding."""

    item: str
    note: str
    photo: str | None = None
    caption: str = ""


class NotApplicable(Step, tag="not_applicable"):
    """Answer an item 不适用."""

    item: str
    note: str


class RestOk(Step, tag="rest_ok"):
    """其余无问题, for one department or for all."""

    department: str | None = None


class Finish(Step, tag="finish"):
    """End the visit."""

    conclusion: str
    representative: str = ""
    refused: bool = False
    witness: str = ""
    reason: str = ""


class Confirm(Step, tag="confirm"):
    """Confirm a finding."""

    finding: int


class Object(Step, tag="object"):
    """Note the enterprise's objection; `by` spoke for it."""

    finding: int
    by: str
    reason: str


class Cause(Step, tag="cause"):
    """Say the root cause by the pack's list."""

    finding: int
    cause: str


class SendSlip(Step, tag="slip"):
    """A slip to another authority; a reply is wanted by that day."""

    finding: int
    kind: SlipKind
    to: str
    facts: str
    reply_by: int | None = None
    attachments: tuple[str, ...] = ()


class Receipt(Step, tag="receipt"):
    """Who received the latest slip of a finding."""

    finding: int
    by: str


class Reply(Step, tag="reply"):
    """What was answered to the latest slip of a finding."""

    finding: int
    text: str
    accepted: bool | None = None


class MeasureEntry(Table):
    """What a department does in a joint disposal."""

    department: str
    measure: str
    responsible: str
    due: int


class Bind(Step, tag="bind"):
    """Bind findings to a joint disposal with its measures."""

    findings: list[int]
    lead: str
    measures: list[MeasureEntry]


class Assign(Step, tag="assign"):
    """Assign a finding until a day."""

    finding: int
    deadline: int


class FixImmediately(Step, tag="fix_immediately"):
    """立行立改."""

    finding: int
    reason: str


class NoPlan(Step, tag="no_plan"):
    """Let rectification begin without a plan."""

    finding: int
    reason: str


class Supervise(Step, tag="supervise"):
    """重点督办, with the root cause."""

    finding: int
    root_cause: str


class PlanStepEntry(Table):
    """A step of a plan; one without a start is a milestone. Cost in 万元."""

    title: str
    responsible: str
    due: int
    result: str
    starts: int | None = None
    cost: Decimal | None = None
    payer: str = ""


class TargetEntry(Table):
    """An expected figure; `year` counts from this year."""

    metric: str
    year: int
    baseline: Decimal
    target: Decimal


class WayEntry(Table):
    """A way out chosen for a finding, and why where it is not simply open."""

    finding: int
    way: str
    why: str = ""


class RiskEntry(Table):
    """A risk of a plan, and what is done about it."""

    risk: str
    likelihood: Likelihood | None = None
    answer: str = ""


class AlternativeEntry(Table):
    """One way to go: the ways out, what is done, what it should bring."""

    ways: list[WayEntry]
    measures: str
    steps: list[PlanStepEntry]
    targets: list[TargetEntry]
    risks: tuple[RiskEntry, ...] = ()
    name: str = ""
    no_target_reason: str = ""


class WritePlan(Step, tag="plan"):
    """Write a plan for some findings."""

    findings: list[int]
    cause: str
    alternatives: list[AlternativeEntry]


class SubmitPlan(Step, tag="submit_plan"):
    """Hand the plan in."""


class CommentPlan(Step, tag="comment_plan"):
    """Comment on a step of the plan that is in front."""

    step: int
    text: str


class ReturnPlan(Step, tag="return_plan"):
    """Send the plan back."""

    comment: str


class NewVersion(Step, tag="new_version"):
    """Begin a new version of the plan."""


class AcceptPlan(Step, tag="accept_plan"):
    """Accept the plan."""

    comment: str


class Figure(Table):
    """A metric read in an entry; `year` counts from that of the entry."""

    metric: str
    year: int
    value: Decimal
    source: str
    quarter: int | None = None


class FollowUpEntry(Step, tag="follow_up"):
    """An entry of the follow-up; `step` counts from 1, `corrects` the entry before."""

    content: str
    percent: int | None = None
    step: int | None = None
    corrects: bool = False
    readings: tuple[Figure, ...] = ()


class Blocked(Step, tag="blocked"):
    """An obstacle since that day; `step` counts from 1, None for the case as a whole."""

    cause: str
    must_act: str
    step: int | None = None


class Cleared(Step, tag="cleared"):
    """The obstacle that stands is out of the way."""

    how: str


class AskTime(Step, tag="ask_time"):
    """More time is asked for a step of the plan, counted from 1: so many days."""

    step: int
    days: int
    reason: str


class GiveTime(Step, tag="give_time"):
    """The extension that waits is decided."""

    granted: bool
    opinion: str = ""


class Prove(Step, tag="prove"):
    """Attach a photo that shows a finding was put right."""

    finding: int
    photo: str
    caption: str


class Submit(Step, tag="submit"):
    """Report a finding as put right."""

    finding: int


class Resume(Step, tag="resume"):
    """Take a returned finding up again."""

    finding: int


class LookResult(Table):
    """What the recheck found of one finding."""

    finding: int
    passed: bool
    note: str
    value: Decimal | None = None


class Look(Step, tag="recheck"):
    """A whole recheck."""

    results: list[LookResult]
    summary: str
    representative: str


class Request(Step, tag="request"):
    """Ask for closure; `no_benefit` is the pack's reason why no benefit is due."""

    finding: int
    ground: str
    benefit: str
    no_benefit: str | None = None


class LookBackAt(Step, tag="look_back"):
    """A whole look-back at closed findings."""

    results: list[LookResult]
    summary: str


class BeginRecheck(Step, tag="begin_recheck"):
    """A recheck that is still under way."""


class Reopen(Step, tag="reopen"):
    """Assign again what came back, until a day."""

    finding: int
    deadline: int


class Explain(Step, tag="explain"):
    """Settle in words what was left open about a finding, of one kind."""

    finding: int
    kind: EndKind
    text: str


class Approve(Step, tag="approve"):
    """Approve the closure."""

    finding: int
    opinion: str


class Close(Step, tag="close"):
    """Close the case."""


class Archive(Step, tag="archive"):
    """Archive the case with its dossier."""


AnyStep = (
    Open
    | OpenFromRule
    | Visit
    | Schedule
    | Start
    | Measure
    | Problem
    | NotApplicable
    | RestOk
    | Finish
    | Confirm
    | Object
    | Cause
    | SendSlip
    | Receipt
    | Reply
    | Bind
    | Assign
    | FixImmediately
    | NoPlan
    | Supervise
    | WritePlan
    | SubmitPlan
    | CommentPlan
    | ReturnPlan
    | NewVersion
    | AcceptPlan
    | FollowUpEntry
    | Blocked
    | Cleared
    | AskTime
    | GiveTime
    | Prove
    | Submit
    | Resume
    | Look
    | LookBackAt
    | BeginRecheck
    | Reopen
    | Explain
    | Request
    | Approve
    | Close
    | Archive
)


class CaseEntry(Table):
    """The story of one case."""

    enterprise: str
    steps: list[AnyStep]


class Cases(Table):
    """cases.toml."""

    cases: list[CaseEntry]


def read_cases() -> list[CaseEntry]:
    """The stories, each in its own order."""
    return [
        case
        for name in ("cases.toml", "look_backs.toml")
        for case in msgspec.toml.decode((FOLDER / name).read_bytes(), type=Cases).cases
    ]
