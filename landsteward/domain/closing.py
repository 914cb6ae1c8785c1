"""销号: the three conditions a closure rests on, what is still missing, and 回头看 after it.

Source: `domain.md` §8 (closing needs evidence, the department that assigned it and a second
person) and plan item 17 (跟踪问效): recheck passed; nothing left unexplained; benefit shown, or a
reason why none is due. All rules here are pure; `landsteward.app.closing_conditions` gathers what
they look at.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from landsteward.domain.states import CaseStep
from landsteward.domain.text import Message, msg


class ConditionKey(StrEnum):
    """复检通过 / 无未说明事项 / 有成效证据或理由."""

    RECHECK = "recheck"
    EXPLAINED = "explained"
    BENEFIT = "benefit"


class EndKind(StrEnum):
    """What can be left open when closure is asked for."""

    DEADLINE = "deadline"
    STEP = "step"
    EXTENSION = "extension"
    REPLY = "reply"
    COMMENT = "comment"
    OBSTACLE = "obstacle"
    MEASURE = "measure"
    VALUE = "value"
    REFUSAL = "refusal"
    TARGET = "target"
    FINDING = "finding"
    JOINT = "joint"
    PLAN = "plan"


SETTLED_AT: dict[EndKind, CaseStep] = {
    EndKind.DEADLINE: CaseStep.CLOSURE,
    EndKind.STEP: CaseStep.FOLLOW_UP,
    EndKind.EXTENSION: CaseStep.FOLLOW_UP,
    EndKind.REPLY: CaseStep.FINDINGS,
    EndKind.COMMENT: CaseStep.PLAN,
    EndKind.OBSTACLE: CaseStep.FOLLOW_UP,
    EndKind.MEASURE: CaseStep.FINDINGS,
    EndKind.VALUE: CaseStep.CLOSURE,
    EndKind.REFUSAL: CaseStep.CLOSURE,
    EndKind.TARGET: CaseStep.FOLLOW_UP,
    EndKind.FINDING: CaseStep.FINDINGS,
    EndKind.JOINT: CaseStep.FINDINGS,
    EndKind.PLAN: CaseStep.PLAN,
}
"""Where each is settled, if it is not explained in words."""

NEVER_EXPLAINED = frozenset({EndKind.FINDING})
"""Words do not settle these: an open finding stays open whatever is written about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LooseEnd:
    """Something that is not settled. `explanation` is what somebody wrote about it, or empty."""

    kind: EndKind
    subject_id: str
    what: Message
    explanation: str = ""

    @property
    def about(self) -> str:
        """By which an explanation names it."""
        return f"{self.kind}/{self.subject_id}"

    @property
    def open(self) -> bool:
        """Whether it stands in the way of closing."""
        return self.kind in NEVER_EXPLAINED or not self.explanation.strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingFacts:
    """What the conditions of one finding look at, or of the case as a whole.

    `recheck_passed` is the result of the latest finished recheck, None without one; `proofs` counts
    evidence of the cure. `readings` are figures read beside their targets, `benefit_proofs` counts
    evidence of benefit, `no_benefit` is the pack's reason why none is due.
    """

    recheck_passed: bool | None = None
    proofs: int = 0
    ends: Sequence[LooseEnd] = ()
    readings: Sequence[Message] = ()
    benefit_proofs: int = 0
    no_benefit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that is missing, and the step where it is settled."""

    what: Message
    step: CaseStep
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """One of the three: what speaks for it, what is missing."""

    key: ConditionKey
    shown: tuple[Message, ...] = ()
    lacks: tuple[Lack, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldCondition:
    """How a condition stood at a moment, in the words of the papers."""

    key: ConditionKey
    met: bool
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a refused closure misses, of one condition."""

    key: ConditionKey
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What was left open, settled in words; without a finding it is about the case as a whole."""

    id: str
    case_id: str
    about: str
    text: str
    given_by: str
    given_at: datetime
    finding_id: str | None = None


class LookBackState(StrEnum):
    """未到期 / 已安排 / 到期 / 逾期 / 已办: where a look-back stands on a day."""

    AHEAD = "ahead"
    PLANNED = "planned"
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class LookBack:
    """One 回头看 at a closed finding: due on a day, perhaps planned, once done with its result.

    `result_id` is the line of the second look that did it; `stayed` whether the problem stayed
    away. One that a rebound overtook is done on that day with no result of its own.
    """

    id: str
    case_id: str
    finding_id: str
    closure_id: str
    due_on: date
    planned_on: date | None = None
    inspector_id: str | None = None
    result_id: str | None = None
    done_on: date | None = None
    stayed: bool | None = None

    def state_on(self, day: date, *, near_days: int) -> LookBackState:
        """Where it stands; within `near_days` of its day it is due."""
        if self.done_on is not None:
            return LookBackState.DONE
        if self.due_on < day:
            return LookBackState.OVERDUE
        if self.planned_on is not None:
            return LookBackState.PLANNED
        near = (self.due_on - day).days <= near_days
        return LookBackState.DUE if near else LookBackState.AHEAD


def closing_conditions(facts: ClosingFacts) -> tuple[Condition, ...]:
    """The three conditions of a finding, each with what shows it and what is missing."""
    return (_recheck(facts), explained(facts.ends), _benefit(facts))


def missing_of(conditions: Sequence[Condition]) -> tuple[Lack, ...]:
    """Everything that is missing, condition by condition."""
    return tuple(lack for one in conditions for lack in one.lacks)


def explained(ends: Sequence[LooseEnd]) -> Condition:
    """Nothing left unexplained: every loose end settled, or explained in words."""
    return Condition(
        key=ConditionKey.EXPLAINED,
        shown=tuple(
            msg("{what}: {explanation}", what=one.what, explanation=one.explanation)
            for one in ends
            if not one.open
        ),
        lacks=tuple(
            Lack(what=one.what, step=SETTLED_AT[one.kind], about=one.about)
            for one in ends
            if one.open
        ),
    )


def _recheck(facts: ClosingFacts) -> Condition:
    lacks = []
    if facts.recheck_passed is None:
        lacks.append(Lack(what=msg("The recheck has no result yet."), step=CaseStep.CLOSURE))
    elif not facts.recheck_passed:
        lacks.append(
            Lack(what=msg("The recheck did not pass; return the finding."), step=CaseStep.CLOSURE)
        )
    if not facts.proofs:
        lacks.append(
            Lack(
                what=msg(
                    "Evidence is missing: attach at least one photo or file that shows the result."
                ),
                step=CaseStep.FOLLOW_UP,
            )
        )
    return Condition(
        key=ConditionKey.RECHECK,
        shown=()
        if lacks
        else (msg("The recheck passed; pieces of proof: {count}.", count=facts.proofs),),
        lacks=tuple(lacks),
    )


def _benefit(facts: ClosingFacts) -> Condition:
    shown = list(facts.readings)
    if facts.benefit_proofs:
        shown.append(msg("Pieces of evidence of benefit: {count}.", count=facts.benefit_proofs))
    if facts.no_benefit:
        shown.append(msg("No benefit is due: {reason}", reason=facts.no_benefit))
    lacks: tuple[Lack, ...] = ()
    if not shown:
        lacks = (
            Lack(
                what=msg(
                    "Neither a reading beside its target nor evidence shows a benefit, and no "
                    "reason says why none is due."
                ),
                step=CaseStep.FOLLOW_UP,
            ),
        )
    return Condition(key=ConditionKey.BENEFIT, shown=tuple(shown), lacks=lacks)
