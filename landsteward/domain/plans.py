"""Remedy plans (解决方案): versions, alternatives (备选方案), comments, the enterprise's opinion.

A plan answers findings of one case. Each version is a record of its own that stays as it was handed
in; `copy_of` names the record a copy was made from, in versions, alternatives, steps and risks
alike, so that the same step is known again in every version. Source: plan item 17.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from landsteward.domain.states import ConsentKind, Likelihood, PlanPart, PlanStatus
from landsteward.domain.strokes import Stroke


@dataclass(frozen=True, slots=True, kw_only=True)
class RemedyPlan:
    """One version of a plan. Of its alternatives one is recommended; accepting it chooses one."""

    id: str
    case_id: str
    copy_of: str | None = None
    firm_id: str | None = None
    version: int = 1
    status: PlanStatus = PlanStatus.DRAFT
    cause_analysis: str = ""
    recommended_id: str | None = None
    chosen_id: str | None = None
    prepared_by: str | None = None
    submitted_at: datetime | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFinding:
    """A finding that a plan answers."""

    id: str
    plan_id: str
    finding_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAlternative:
    """One way to go (方案甲, 乙 …). Its ways out are `ChosenWay`s.

    Without expected figures `no_target_reason` says why there are none.
    """

    id: str
    plan_id: str
    position: int
    copy_of: str | None = None
    name: str = ""
    measures: str = ""
    no_target_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStep:
    """What is done by whom until when, and what shows it; cost in 万元.

    Of an accepted plan only `done_on` changes, and `extended_to` where more time was granted.
    """

    id: str
    alternative_id: str
    position: int
    copy_of: str | None = None
    title: str = ""
    responsible: str = ""
    starts_on: date | None = None
    due_on: date | None = None
    result: str = ""
    cost_wan: Decimal | None = None
    payer: str = ""
    done_on: date | None = None
    extended_to: date | None = None

    @property
    def until(self) -> date | None:
        """The day that counts: the extended one where more time was granted."""
        return self.extended_to or self.due_on


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRisk:
    """What may go wrong, how likely that is, and what is done about it."""

    id: str
    alternative_id: str
    position: int
    copy_of: str | None = None
    risk: str = ""
    likelihood: Likelihood | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTarget:
    """An expected metric of a year; `metric` is a key of the rule pack, units are its unit's."""

    id: str
    alternative_id: str
    metric: str
    year: int
    baseline: Decimal | None = None
    target: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanComment:
    """A remark on a version: on all of it, on a part, or on the record `record_id` of that part.

    It is settled by being answered by the writer, or by who reviews saying that it is.
    """

    id: str
    plan_id: str
    part: PlanPart
    record_id: str | None = None
    text: str
    written_by: str
    written_at: datetime
    answer: str = ""
    answered_by: str | None = None
    answered_at: datetime | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.answered_at is None and self.settled_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanConsent:
    """The enterprise's opinion (企业意见) on one alternative of a version.

    Signed on the pad (`strokes`, in a pad of `width` × `height`), signed on paper (`evidence_id` is
    the scan), or refused with a reason. `content_hash` is that of what it was about.
    """

    id: str
    plan_id: str
    alternative_id: str
    kind: ConsentKind
    name: str
    given_at: datetime
    recorded_by: str
    content_hash: str
    reason: str = ""
    strokes: tuple[Stroke, ...] = ()
    width: int = 0
    height: int = 0
    evidence_id: str | None = None


class Copied(Protocol):
    """A record that may be a copy of an earlier one."""

    @property
    def id(self) -> str: ...
    @property
    def copy_of(self) -> str | None: ...


def original(one: Copied, known: Mapping[str, Copied]) -> str:
    """The key of the first record of a row of copies, as far back as they are known."""
    while one.copy_of is not None and one.copy_of in known:
        one = known[one.copy_of]
    return one.copy_of or one.id


def row_of_versions(plans: Iterable[RemedyPlan], plan_id: str) -> tuple[RemedyPlan, ...]:
    """All versions of the plan that a version belongs to, oldest first."""
    known = {one.id: one for one in plans}
    first = original(known[plan_id], known)
    row = [one for one in known.values() if original(one, known) == first]
    return tuple(sorted(row, key=lambda one: (one.version, one.id)))


def latest_versions(plans: Iterable[RemedyPlan]) -> tuple[RemedyPlan, ...]:
    """Of each plan the version nothing came after, in the order the plans were begun."""
    known = {one.id: one for one in plans}
    copied = {one.copy_of for one in known.values()}
    last = [one for one in known.values() if one.id not in copied]
    return tuple(sorted(last, key=lambda one: (original(one, known), one.id)))


ORDINALS = "甲乙丙丁戊己庚辛壬癸"
"""What alternatives are called by their place, whatever language the window speaks."""
