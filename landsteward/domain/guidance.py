"""The one next thing to do in a case: what the page's filled button does.

A case never needs a manual; what comes next follows from what is on record.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.states import CaseStage, CaseStep, NextStep
from landsteward.domain.states import FindingState as S
from landsteward.domain.text import Message, msg

STEP_OF: dict[NextStep, CaseStep] = {
    NextStep.SCHEDULE_CHECKUP: CaseStep.REGISTER,
    NextStep.START_CHECKUP: CaseStep.CHECKUP,
    NextStep.ANSWER_ITEMS: CaseStep.CHECKUP,
    NextStep.MAKE_FINDINGS: CaseStep.CHECKUP,
    NextStep.FINISH_CHECKUP: CaseStep.CHECKUP,
    NextStep.CONFIRM_FINDINGS: CaseStep.FINDINGS,
    NextStep.ANSWER_OBJECTION: CaseStep.FINDINGS,
    NextStep.ASSIGN_FINDINGS: CaseStep.FINDINGS,
    NextStep.LOG_REPLY: CaseStep.FINDINGS,
    NextStep.WRITE_PLAN: CaseStep.PLAN,
    NextStep.SUBMIT_PLAN: CaseStep.PLAN,
    NextStep.DECIDE_PLAN: CaseStep.PLAN,
    NextStep.RECORD_FOLLOW_UP: CaseStep.FOLLOW_UP,
    NextStep.DECIDE_EXTENSION: CaseStep.FOLLOW_UP,
    NextStep.START_RECHECK: CaseStep.CLOSURE,
    NextStep.JUDGE_RECHECK: CaseStep.CLOSURE,
    NextStep.REQUEST_CLOSURE: CaseStep.CLOSURE,
    NextStep.APPROVE_CLOSURE: CaseStep.CLOSURE,
    NextStep.REASSIGN_REBOUND: CaseStep.FINDINGS,
    NextStep.CONTINUE_SUSPENDED: CaseStep.FINDINGS,
    NextStep.CLOSE_CASE: CaseStep.CLOSURE,
    NextStep.ARCHIVE: CaseStep.DOSSIER,
    NextStep.NOTHING: CaseStep.DOSSIER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What the next step depends on. `unjudged`: findings in recheck without a result yet."""

    stage: CaseStage
    unanswered_items: int = 0
    unresolved_problems: int = 0
    finding_states: Sequence[S] = ()
    unjudged: int = 0
    passed_without_request: int = 0
    awaiting_approval: int = 0
    waiting_replies: int = 0


_BEFORE_REPORT = {
    CaseStage.REGISTERED: NextStep.SCHEDULE_CHECKUP,
    CaseStage.SCHEDULED: NextStep.START_CHECKUP,
}

_BY_STATE: tuple[tuple[S, NextStep], ...] = (
    (S.DRAFT, NextStep.CONFIRM_FINDINGS),
    (S.OBJECTED, NextStep.ANSWER_OBJECTION),
    (S.CONFIRMED, NextStep.ASSIGN_FINDINGS),
    (S.REBOUND, NextStep.REASSIGN_REBOUND),
    (S.ASSIGNED, NextStep.WRITE_PLAN),
    (S.PLANNING, NextStep.SUBMIT_PLAN),
    (S.PLAN_REVIEW, NextStep.DECIDE_PLAN),
)


def next_step(progress: Progress) -> NextStep:
    """The next thing to do, earliest step of the way first."""
    stage = progress.stage
    if stage in _BEFORE_REPORT:
        return _BEFORE_REPORT[stage]
    if stage is CaseStage.IN_CHECKUP:
        if progress.unanswered_items:
            return NextStep.ANSWER_ITEMS
        return NextStep.MAKE_FINDINGS if progress.unresolved_problems else NextStep.FINISH_CHECKUP
    if stage is CaseStage.ARCHIVED:
        looking_back = S.LOOK_BACK in progress.finding_states
        return NextStep.JUDGE_RECHECK if looking_back else NextStep.NOTHING
    return _after_report(progress)


def _after_report(progress: Progress) -> NextStep:
    states = Counter(progress.finding_states)
    for state, step in _BY_STATE:
        if states[state]:
            return step
    if states[S.RECHECK]:
        if progress.unjudged:
            return NextStep.JUDGE_RECHECK
        if progress.passed_without_request:
            return NextStep.REQUEST_CLOSURE
        if progress.awaiting_approval:
            return NextStep.APPROVE_CLOSURE
    if states[S.LOOK_BACK]:
        return NextStep.JUDGE_RECHECK
    if states[S.SUBMITTED] and not states[S.RECTIFYING] and not states[S.RETURNED]:
        return NextStep.START_RECHECK
    if states[S.RECTIFYING] or states[S.RETURNED]:
        return NextStep.RECORD_FOLLOW_UP
    if states[S.SUSPENDED]:
        return NextStep.CONTINUE_SUSPENDED
    if any(state not in SETTLED_FINDING_STATES for state in progress.finding_states):
        return NextStep.JUDGE_RECHECK
    if progress.stage is CaseStage.CLOSED:
        return NextStep.LOG_REPLY if progress.waiting_replies else NextStep.ARCHIVE
    return NextStep.CLOSE_CASE


_WORDS: dict[NextStep, Message] = {
    NextStep.SCHEDULE_CHECKUP: msg("Schedule the checkup"),
    NextStep.START_CHECKUP: msg("Start the checkup"),
    NextStep.ANSWER_ITEMS: msg("Answer the remaining items"),
    NextStep.MAKE_FINDINGS: msg("Turn problems into findings"),
    NextStep.FINISH_CHECKUP: msg("Finish the checkup"),
    NextStep.CONFIRM_FINDINGS: msg("Confirm the findings"),
    NextStep.ANSWER_OBJECTION: msg("Answer the objection"),
    NextStep.ASSIGN_FINDINGS: msg("Assign the findings"),
    NextStep.LOG_REPLY: msg("Log the reply to the slip"),
    NextStep.WRITE_PLAN: msg("Write the remedy plan"),
    NextStep.SUBMIT_PLAN: msg("Submit the remedy plan"),
    NextStep.DECIDE_PLAN: msg("Review the remedy plan"),
    NextStep.RECORD_FOLLOW_UP: msg("Record the follow-up"),
    NextStep.DECIDE_EXTENSION: msg("Decide on the extension"),
    NextStep.START_RECHECK: msg("Start the recheck"),
    NextStep.JUDGE_RECHECK: msg("Record the recheck results"),
    NextStep.REQUEST_CLOSURE: msg("Request closure"),
    NextStep.APPROVE_CLOSURE: msg("Approve the closure"),
    NextStep.REASSIGN_REBOUND: msg("Assign the rebound finding again"),
    NextStep.CONTINUE_SUSPENDED: msg("Decide on the suspended finding"),
    NextStep.CLOSE_CASE: msg("Close the case"),
    NextStep.ARCHIVE: msg("Archive the dossier"),
    NextStep.NOTHING: msg("Nothing left to do"),
}


def words_for(step: NextStep) -> Message:
    """How the next step reads on its button."""
    return _WORDS[step]
