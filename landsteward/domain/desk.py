"""Whose turn it is in a case, by when, and under which heading of days it stands on the desk."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from landsteward.domain.guidance import Progress, next_step
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.organisations import Organisation, Person
from landsteward.domain.permissions import Action, may
from landsteward.domain.states import CaseStage, FindingState, NextStep, OrganisationKind

ACTION_OF: dict[NextStep, Action] = {
    NextStep.SCHEDULE_CHECKUP: Action.CHECK,
    NextStep.START_CHECKUP: Action.CHECK,
    NextStep.ANSWER_ITEMS: Action.CHECK,
    NextStep.MAKE_FINDINGS: Action.CHECK,
    NextStep.FINISH_CHECKUP: Action.CHECK,
    NextStep.CONFIRM_FINDINGS: Action.DECIDE_FINDING,
    NextStep.ANSWER_OBJECTION: Action.DECIDE_FINDING,
    NextStep.ASSIGN_FINDINGS: Action.DECIDE_FINDING,
    NextStep.LOG_REPLY: Action.DECIDE_FINDING,
    NextStep.WRITE_PLAN: Action.WRITE_PLAN,
    NextStep.SUBMIT_PLAN: Action.WRITE_PLAN,
    NextStep.DECIDE_PLAN: Action.DECIDE_PLAN,
    NextStep.RECORD_FOLLOW_UP: Action.FOLLOW_UP,
    NextStep.DECIDE_EXTENSION: Action.GRANT_EXTENSION,
    NextStep.START_RECHECK: Action.RECHECK,
    NextStep.JUDGE_RECHECK: Action.RECHECK,
    NextStep.REQUEST_CLOSURE: Action.REQUEST_CLOSURE,
    NextStep.APPROVE_CLOSURE: Action.CLOSE,
    NextStep.REASSIGN_REBOUND: Action.DECIDE_FINDING,
    NextStep.CONTINUE_SUSPENDED: Action.DECIDE_FINDING,
    NextStep.CLOSE_CASE: Action.CLOSE,
    NextStep.ARCHIVE: Action.ARCHIVE,
}
"""Which action each next step is, so that the desk knows whom it waits for."""

_VISIT_STEPS = frozenset({NextStep.START_CHECKUP, NextStep.ANSWER_ITEMS, NextStep.FINISH_CHECKUP})


class Scope(StrEnum):
    """我的 / 本单位 / 全部: whose tasks are shown."""

    ME = "me"
    ORGANISATION = "organisation"
    ALL = "all"


class Span(StrEnum):
    """已逾期 / 今天 / 本周 / 下周 / 以后 / 没有期限."""

    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    NEXT_WEEK = "next_week"
    LATER = "later"
    NO_DAY = "no_day"


def span_of(due_on: date | None, today: date) -> Span:
    """Under which heading a day stands; weeks go from Monday to Sunday."""
    if due_on is None:
        return Span.NO_DAY
    if due_on < today:
        return Span.OVERDUE
    if due_on == today:
        return Span.TODAY
    sunday = today + timedelta(days=6 - today.weekday())
    if due_on <= sunday:
        return Span.THIS_WEEK
    return Span.NEXT_WEEK if due_on <= sunday + timedelta(days=7) else Span.LATER


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingOnDesk:
    """A finding as far as it matters for whose turn it is. In recheck: whether the latest look
    passed and is done, and who asked for the closure that waits.
    """

    state: FindingState
    department: str
    deadline_on: date | None = None
    assigned_by: str | None = None
    passed: bool = False
    closure_requested_by: str | None = None
    answer_by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOnDesk:
    """A case that is not archived. `visit_on` is the day set for its checkup, `departments` and
    `inspectors` take part in it; `firms` wrote its plans; `step_on` is the first day of a step of
    the kept plan that is not done.
    """

    id: str
    case_no: str
    subject: str
    enterprise_id: str | None
    stage: CaseStage
    opened_on: date
    due_on: date | None = None
    carrier_id: str | None = None
    findings: tuple[FindingOnDesk, ...] = ()
    visit_on: date | None = None
    departments: tuple[str, ...] = ()
    inspectors: frozenset[str] = frozenset()
    firms: frozenset[str] = frozenset()
    step_on: date | None = None
    waiting_replies: int = 0

    @property
    def open_findings(self) -> int:
        """How many are not settled."""
        return sum(one.state not in SETTLED_FINDING_STATES for one in self.findings)

    @property
    def step(self) -> NextStep:
        """The next thing to do. During a checkup it is only said that items are to be answered:
        how far the form is, whoever shows the line looks up.
        """
        rechecked = [one for one in self.findings if one.state is FindingState.RECHECK]
        return next_step(
            Progress(
                stage=self.stage,
                unanswered_items=1,
                finding_states=[one.state for one in self.findings],
                unjudged=sum(not one.passed for one in rechecked),
                passed_without_request=sum(
                    one.passed and one.closure_requested_by is None for one in rechecked
                ),
                awaiting_approval=sum(
                    one.passed and one.closure_requested_by is not None for one in rechecked
                ),
                waiting_replies=self.waiting_replies,
            )
        )

    def due(self, step: NextStep) -> date | None:
        """The day that counts: of the visit before it is done, of the answer to an objection, else
        the first of all deadlines.
        """
        if self.stage in (CaseStage.SCHEDULED, CaseStage.IN_CHECKUP):
            return self.visit_on or self._first_deadline()
        if step is NextStep.ANSWER_OBJECTION:
            answers = [one.answer_by for one in self.findings if one.answer_by is not None]
            return min(answers, default=self._first_deadline())
        return self._first_deadline()

    def _first_deadline(self) -> date | None:
        days = [
            one.deadline_on
            for one in self.findings
            if one.deadline_on is not None and one.state not in SETTLED_FINDING_STATES
        ]
        days += [one for one in (self.due_on, self.step_on) if one is not None]
        return min(days, default=None)


def concerns(case: CaseOnDesk, organisation: Organisation, engaged: frozenset[str]) -> bool:
    """Whether a case is an organisation's: a department's that takes part, a carrier's of the
    place, a firm's that writes its plan or is `engaged` for the enterprise. What nobody has yet is
    everybody's of that kind.
    """
    kind = organisation.kind
    if kind is OrganisationKind.DEPARTMENT:
        assigned = {one.assigned_by for one in case.findings if one.assigned_by is not None}
        if organisation.id in assigned:
            return True
        involved = {one.department for one in case.findings if one.assigned_by is None}
        involved |= set(case.departments) if not case.findings else set()
        return organisation.department in involved if involved else not assigned
    if kind is OrganisationKind.CARRIER:
        return case.carrier_id in (None, organisation.id)
    if kind is OrganisationKind.SERVICE_FIRM:
        if case.firms:
            return organisation.id in case.firms
        return case.enterprise_id in engaged
    return True


def waits_for(case: CaseOnDesk, step: NextStep, person: Person) -> bool:
    """Whether a person may do the step; who asked for a closure cannot approve it, and a visit is
    its inspectors'.
    """
    action = ACTION_OF.get(step)
    if action is None or not may(person.role, action):
        return False
    if step in _VISIT_STEPS and case.inspectors:
        return person.id in case.inspectors
    if step is not NextStep.APPROVE_CLOSURE:
        return True
    return any(
        one.closure_requested_by not in (None, person.id)
        and one.assigned_by == person.organisation_id
        for one in case.findings
    )


def by_day(due_on: date | None, opened_on: date, key: str) -> tuple[date, date, str]:
    """What lines are ordered by: those without a day last, of one day the oldest case first."""
    return due_on or date.max, opened_on, key
