"""A service firm's record (履约记录), computed from what its plans became; nothing of it is typed.

Source: plan item 17 (跟踪问效). What each number counts:

- submitted, returned, accepted: versions of plans, on the day they were handed in or decided;
- days to plan: for each finding, from the day it was assigned (or the firm was engaged for the
  enterprise, if that was later) to the day the firm first handed in a plan for it;
- dates kept and missed: steps of accepted plans that were due by the day of the record, at the day
  that counts after extensions; a step not done by then is missed;
- closed, rebounds: findings closed, or found again, whose plan in force was the firm's;
- gain: the latest whole year's reading of a metric, less the plan's baseline;
- fee: each contract's fee by the share of its days that lie in the time so far; one without a last
  day counts whole in the time it begins in.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction

from landsteward.domain.engagements import Engagement, Term, joined, term_of
from landsteward.domain.states import FindingMove, PlanStatus

_YUAN = Decimal("0.0001")


class Measure(StrEnum):
    """What is counted of a firm."""

    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    DAYS = "days"
    KEPT = "kept"
    MISSED = "missed"
    CLOSED = "closed"
    REBOUND = "rebound"
    TAX_GAIN = "tax_gain"
    REVENUE_GAIN = "revenue_gain"


GAINS: dict[str, Measure] = {
    "tax_per_mu": Measure.TAX_GAIN,
    "revenue_per_mu": Measure.REVENUE_GAIN,
}
"""The metrics of the rule pack whose gain is counted, in 万元/亩."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFact:
    """A version of a plan."""

    plan_id: str
    firm_id: str
    case_id: str
    enterprise_id: str | None
    status: PlanStatus
    submitted_on: date | None
    decided_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerFact:
    """A finding that a version answers."""

    plan_id: str
    finding_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFact:
    """A finding was assigned, closed or found again."""

    finding_id: str
    move: FindingMove
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFact:
    """A step of the chosen alternative of a version: the day that counts, and when it was done."""

    plan_id: str
    step_id: str
    until: date
    done_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class GainFact:
    """A whole year's reading of a metric beside the baseline of the version in force."""

    plan_id: str
    metric: str
    baseline: Decimal
    value: Decimal
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmFacts:
    """What a record is computed from. `covers` are a firm's days for an enterprise."""

    plans: Sequence[PlanFact] = ()
    answers: Sequence[AnswerFact] = ()
    moves: Sequence[MoveFact] = ()
    steps: Sequence[StepFact] = ()
    gains: Sequence[GainFact] = ()
    engagements: Sequence[Engagement] = ()
    covers: Mapping[tuple[str, str], Sequence[Term]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One thing that counts: which plan, step or finding, in which case, on which day.

    `value` is the number of days to plan, or a gain; None where things are only counted.
    """

    measure: Measure
    case_id: str
    record_id: str
    on: date
    value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRecord:
    """Everything that counts for a firm in a time, and what it was paid for it in 万元."""

    firm_id: str
    counted: tuple[Counted, ...]
    fee_wan: Decimal

    def of(self, measure: Measure) -> tuple[Counted, ...]:
        """What one number counts."""
        return tuple(one for one in self.counted if one.measure is measure)

    def count(self, measure: Measure) -> int:
        """How many there are."""
        return sum(one.measure is measure for one in self.counted)

    def mean(self, measure: Measure) -> Decimal | None:
        """The mean of the days or gains; None where there is nothing to take it of."""
        values = [one.value for one in self.of(measure) if one.value is not None]
        return _divided(sum(values, Decimal(0)), len(values))

    @property
    def kept_share(self) -> Decimal | None:
        """Dates kept, of all that came: 0 to 1."""
        kept = self.count(Measure.KEPT)
        return _divided(Decimal(kept), kept + self.count(Measure.MISSED))

    @property
    def fee_per_closed_wan(self) -> Decimal | None:
        """The fee for each closed finding."""
        return _divided(self.fee_wan, self.count(Measure.CLOSED))


def firm_records(
    facts: FirmFacts, *, firm_ids: Iterable[str], within: Term, on: date
) -> dict[str, FirmRecord]:
    """The record of each of these firms within a time, as it is known on a day."""
    so_far = Term(first=within.first, last=min(within.last, on))
    counted: dict[str, list[Counted]] = defaultdict(list)
    plans = {one.plan_id: one for one in facts.plans}
    for firm_id, one in (
        *_of_plans(facts),
        *_of_days(facts, plans),
        *_of_steps(facts, plans, on),
        *_of_findings(facts, plans),
        *_of_gains(facts, plans, min(within.last, on)),
    ):
        if one.on <= on and within.holds_on(one.on):
            counted[firm_id].append(one)
    return {
        firm_id: FirmRecord(
            firm_id=firm_id,
            counted=tuple(sorted(counted[firm_id], key=_by_day)),
            fee_wan=_fee(facts.engagements, firm_id, so_far),
        )
        for firm_id in firm_ids
    }


def _by_day(one: Counted) -> tuple[str, date, str]:
    return one.measure, one.on, one.record_id


def _of_plans(facts: FirmFacts) -> Iterable[tuple[str, Counted]]:
    decided = {
        PlanStatus.RETURNED: Measure.RETURNED,
        PlanStatus.ACCEPTED: Measure.ACCEPTED,
        PlanStatus.SUPERSEDED: Measure.ACCEPTED,
    }
    for one in facts.plans:
        days = {Measure.SUBMITTED: one.submitted_on}
        if one.status in decided:
            days[decided[one.status]] = one.decided_on
        for measure, day in days.items():
            if day is not None:
                yield (
                    one.firm_id,
                    Counted(measure=measure, case_id=one.case_id, record_id=one.plan_id, on=day),
                )


def _of_days(facts: FirmFacts, plans: Mapping[str, PlanFact]) -> Iterable[tuple[str, Counted]]:
    first: dict[tuple[str, str], PlanFact] = {}
    for answer in facts.answers:
        plan = plans[answer.plan_id]
        if plan.submitted_on is None:
            continue
        key = plan.firm_id, answer.finding_id
        before = first.get(key)
        if before is None or _handed_in(plan) < _handed_in(before):
            first[key] = plan
    assigned = _first_days(facts.moves, FindingMove.ASSIGN)
    for (firm_id, finding_id), plan in first.items():
        start, end = assigned.get(finding_id), plan.submitted_on
        if start is None or end is None:
            continue
        terms = facts.covers.get((firm_id, plan.enterprise_id or ""), ())
        since = next((one.first for one in joined(terms) if one.holds_on(end)), start)
        begun = max(start, since)
        yield (
            firm_id,
            Counted(
                measure=Measure.DAYS,
                case_id=plan.case_id,
                record_id=finding_id,
                on=end,
                value=Decimal(max(0, (end - begun).days)),
            ),
        )


def _handed_in(plan: PlanFact) -> tuple[date, str]:
    return plan.submitted_on or date.max, plan.plan_id


def _of_steps(
    facts: FirmFacts, plans: Mapping[str, PlanFact], on: date
) -> Iterable[tuple[str, Counted]]:
    for step in facts.steps:
        plan = plans[step.plan_id]
        if plan.status is not PlanStatus.ACCEPTED:
            continue
        kept = step.done_on is not None and step.done_on <= step.until
        if not kept and step.until >= on and step.done_on is None:
            continue
        yield (
            plan.firm_id,
            Counted(
                measure=Measure.KEPT if kept else Measure.MISSED,
                case_id=plan.case_id,
                record_id=step.step_id,
                on=step.until,
            ),
        )


def _of_findings(facts: FirmFacts, plans: Mapping[str, PlanFact]) -> Iterable[tuple[str, Counted]]:
    measures = {FindingMove.CLOSE: Measure.CLOSED, FindingMove.REBOUND: Measure.REBOUND}
    answered: dict[str, list[PlanFact]] = defaultdict(list)
    for answer in facts.answers:
        plan = plans[answer.plan_id]
        if plan.status in (PlanStatus.ACCEPTED, PlanStatus.SUPERSEDED) and plan.decided_on:
            answered[answer.finding_id].append(plan)
    for move in facts.moves:
        if move.move not in measures:
            continue
        in_force = [one for one in answered[move.finding_id] if _decided(one) <= move.on]
        if in_force:
            plan = max(in_force, key=lambda one: (_decided(one), one.plan_id))
            yield (
                plan.firm_id,
                Counted(
                    measure=measures[move.move],
                    case_id=plan.case_id,
                    record_id=move.finding_id,
                    on=move.on,
                ),
            )


def _decided(plan: PlanFact) -> date:
    return plan.decided_on or date.max


def _of_gains(
    facts: FirmFacts, plans: Mapping[str, PlanFact], last: date
) -> Iterable[tuple[str, Counted]]:
    latest: dict[tuple[str, str], GainFact] = {}
    for gain in facts.gains:
        if plans[gain.plan_id].status is PlanStatus.ACCEPTED and gain.read_on <= last:
            key = gain.plan_id, gain.metric
            if key not in latest or latest[key].read_on <= gain.read_on:
                latest[key] = gain
    for (plan_id, metric), gain in latest.items():
        if metric in GAINS:
            plan = plans[plan_id]
            yield (
                plan.firm_id,
                Counted(
                    measure=GAINS[metric],
                    case_id=plan.case_id,
                    record_id=plan_id,
                    on=gain.read_on,
                    value=gain.value - gain.baseline,
                ),
            )


def _fee(engagements: Iterable[Engagement], firm_id: str, within: Term) -> Decimal:
    whole = Fraction(0)
    for one in engagements:
        term = term_of(one)
        if one.firm_id != firm_id or one.fee_wan is None or term is None:
            continue
        if one.to_on is None:
            whole += Fraction(one.fee_wan) if within.holds_on(one.from_on) else 0
            continue
        shared = term.shared_with(within)
        if shared is not None:
            agreed = Term(first=one.from_on, last=one.to_on)
            whole += Fraction(one.fee_wan) * _length(shared) / _length(agreed)
    return (Decimal(whole.numerator) / Decimal(whole.denominator)).quantize(
        _YUAN, rounding=ROUND_HALF_UP
    )


def _length(term: Term) -> int:
    return (term.last - term.first).days + 1


def _first_days(moves: Iterable[MoveFact], wanted: FindingMove) -> dict[str, date]:
    found: dict[str, date] = {}
    for one in moves:
        if one.move is wanted:
            found[one.finding_id] = min(one.on, found.get(one.finding_id, date.max))
    return found


def _divided(value: Decimal, count: int) -> Decimal | None:
    return value / count if count else None
