"""The four colours (完成 / 正常 / 有困难 / 停滞): computed from facts, with the reason in words.

Source: `domain.md` §8 (blue done, green on track, yellow difficult, red stuck). From which numbers
on something is difficult or stuck, the rule pack says (`ColourTerms`). Whoever shows a colour asks
here: board, lists, the case's head, the dossier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from landsteward.domain.text import Message, msg


class Colour(StrEnum):
    """完成 / 正常 / 有困难 / 停滞, from the best to the worst."""

    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


_WORSE = {Colour.BLUE: 0, Colour.GREEN: 1, Colour.YELLOW: 2, Colour.RED: 3}


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourTerms:
    """From when on something is difficult or stuck. A number of 0 turns a red rule off.

    `near_days`: a deadline within so many days is near (difficult). A step that is late is
    difficult, from `stuck_late_days` days on stuck; a finding or a case past its deadline is stuck
    at once. Progress behind the plan by `behind_points` percentage points is difficult, by
    `stuck_behind_points` stuck. An obstacle is difficult, stuck from `stuck_blocked_days` days on.
    A plan that was returned is difficult, returned `stuck_returns` times stuck. A reading short of
    its target by more than `short_percent` % of the target is difficult.
    """

    near_days: int = 7
    stuck_late_days: int = 7
    behind_points: int = 10
    stuck_behind_points: int = 20
    stuck_blocked_days: int = 15
    stuck_returns: int = 3
    short_percent: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFacts:
    """A step of an accepted plan: number within the plan, days, and how far it is (0–100 %)."""

    id: str
    number: int
    starts_on: date | None = None
    until: date | None = None
    done_on: date | None = None
    percent: int | None = None

    @property
    def reached(self) -> int:
        """How far it is: 100 once it is done."""
        return 100 if self.done_on is not None else self.percent or 0


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFacts:
    """A finding: `came_back` after a recheck or a closure, and how often it was given more time."""

    id: str
    number: int
    settled: bool = False
    deadline_on: date | None = None
    came_back: bool = False
    extended: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ObstacleFacts:
    """An obstacle that is not cleared; `step_id` None where it is the whole case's."""

    since_on: date
    cause: str
    step_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFacts:
    """A target whose year has a reading, beside its latest one."""

    metric: str
    year: int
    target: Decimal
    reading: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What a case's colour follows from. `percent` is the latest said of the plan as a whole,
    `returns` how often a plan was returned since one was accepted.
    """

    id: str
    stage: str
    ended: bool = False
    due_on: date | None = None
    findings: tuple[FindingFacts, ...] = ()
    steps: tuple[StepFacts, ...] = ()
    obstacles: tuple[ObstacleFacts, ...] = ()
    targets: tuple[TargetFacts, ...] = ()
    percent: int | None = None
    returns: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A colour with the reasons in words, the gravest first. Progress in %, None without a plan."""

    colour: Colour
    reasons: tuple[Message, ...] = ()
    percent: int | None = None
    planned: int | None = None


_Reason = tuple[Colour, Message]


def planned_share(step: StepFacts, today: date) -> Decimal | None:
    """How far a step should be by its dates (0–1), evenly from its start to its end.

    From 1 to 11 March, on 6 March: 5 days of 10, 0.5. Without a start all of it falls on the last
    day; without a last day it plans nothing.
    """
    if step.until is None:
        return None
    if today >= step.until:
        return Decimal(1)
    if step.starts_on is None or today <= step.starts_on:
        return Decimal(0)
    return Decimal((today - step.starts_on).days) / (step.until - step.starts_on).days


def progress(steps: Sequence[StepFacts], said: int | None = None) -> int | None:
    """How far a plan is, in %: its steps on average, or what was said of the whole if more.

    Steps of 100, 50 and 0 % make 50 %.
    """
    if not steps:
        return said
    average = _whole(Decimal(sum(one.reached for one in steps)) / len(steps))
    return average if said is None else max(average, said)


def planned_progress(steps: Sequence[StepFacts], today: date) -> int | None:
    """How far a plan should be by the dates of its steps, in %."""
    shares = [planned_share(one, today) for one in steps]
    known = [one for one in shares if one is not None]
    return _whole(100 * sum(known, Decimal(0)) / len(known)) if known else None


def standing_of_case(facts: CaseFacts, terms: ColourTerms, today: date) -> Standing:
    """The colour of a case: the gravest of all that is said of it."""
    percent = progress(facts.steps, facts.percent)
    planned = planned_progress(facts.steps, today)
    if facts.ended:
        return Standing(colour=Colour.BLUE, percent=percent, planned=planned)
    found = [*_deadline(facts.due_on, msg("The case"), terms, today)]
    for finding in facts.findings:
        if not finding.settled:
            found += _finding(finding, terms, today)
    for step in facts.steps:
        found += _step(step, terms, today)
    numbers = {one.id: one.number for one in facts.steps}
    for obstacle in facts.obstacles:
        found += _obstacle(obstacle, numbers.get(obstacle.step_id or ""), terms, today)
    if percent is not None and planned is not None:
        found += _behind(planned - percent, terms)
    found += _returns(facts.returns, terms)
    for target in facts.targets:
        found += _short(target, terms)
    return _standing(found, percent, planned)


def standing_of_step(
    step: StepFacts, obstacles: Iterable[ObstacleFacts], terms: ColourTerms, today: date
) -> Standing:
    """The colour of one step: its days, its progress, what stands in its way."""
    share = planned_share(step, today)
    planned = None if share is None else _whole(100 * share)
    if step.done_on is not None:
        return Standing(colour=Colour.BLUE, percent=100, planned=planned)
    found = _step(step, terms, today)
    for obstacle in obstacles:
        if obstacle.step_id == step.id:
            found += _obstacle(obstacle, step.number, terms, today)
    late = step.until is not None and step.until < today
    if planned is not None and not late and step.percent is not None:
        found += _behind(planned - step.percent, terms)
    return _standing(found, step.reached, planned)


def standing_of_finding(finding: FindingFacts, terms: ColourTerms, today: date) -> Standing:
    """The colour of one finding: its deadline, and whether it came back."""
    if finding.settled:
        return Standing(colour=Colour.BLUE)
    return _standing(_finding(finding, terms, today), None, None)


def worst(colours: Iterable[Colour]) -> Colour:
    """The worst of some colours; of none, green."""
    return max(colours, key=_WORSE.__getitem__, default=Colour.GREEN)


def _standing(found: list[_Reason], percent: int | None, planned: int | None) -> Standing:
    found.sort(key=lambda one: -_WORSE[one[0]])
    return Standing(
        colour=worst(colour for colour, _ in found),
        reasons=tuple(reason for _, reason in found),
        percent=percent,
        planned=planned,
    )


def _deadline(
    due_on: date | None, subject: Message, terms: ColourTerms, today: date
) -> list[_Reason]:
    if due_on is None:
        return []
    left = (due_on - today).days
    if left < 0:
        return [(Colour.RED, msg("{subject} is {days} days overdue", subject=subject, days=-left))]
    if left <= terms.near_days:
        return [(Colour.YELLOW, msg("{subject} is due in {days} days", subject=subject, days=left))]
    return []


def _finding(finding: FindingFacts, terms: ColourTerms, today: date) -> list[_Reason]:
    subject = msg("Finding {number}", number=finding.number)
    found = _deadline(finding.deadline_on, subject, terms, today)
    if finding.came_back:
        found.append((Colour.YELLOW, msg("{subject} came back", subject=subject)))
    if finding.extended:
        found.append(
            (
                Colour.YELLOW,
                msg(
                    "{subject} was extended {times} times", subject=subject, times=finding.extended
                ),
            )
        )
    return found


def _step(step: StepFacts, terms: ColourTerms, today: date) -> list[_Reason]:
    if step.done_on is not None or step.until is None or step.until >= today:
        return []
    days = (today - step.until).days
    stuck = 0 < terms.stuck_late_days <= days
    said = msg("Step {number} is {days} days overdue", number=step.number, days=days)
    return [(Colour.RED if stuck else Colour.YELLOW, said)]


def _obstacle(
    obstacle: ObstacleFacts, number: int | None, terms: ColourTerms, today: date
) -> list[_Reason]:
    days = (today - obstacle.since_on).days
    stuck = 0 < terms.stuck_blocked_days <= days
    if number is None:
        said = msg("Blocked for {days} days: {cause}", days=days, cause=obstacle.cause)
    else:
        said = msg(
            "Step {number} blocked for {days} days: {cause}",
            number=number,
            days=days,
            cause=obstacle.cause,
        )
    return [(Colour.RED if stuck else Colour.YELLOW, said)]


def _behind(points: int, terms: ColourTerms) -> list[_Reason]:
    said = msg("Progress is {points} percentage points behind the plan", points=points)
    if 0 < terms.stuck_behind_points <= points:
        return [(Colour.RED, said)]
    return [(Colour.YELLOW, said)] if 0 < terms.behind_points <= points else []


def _returns(times: int, terms: ColourTerms) -> list[_Reason]:
    if not times:
        return []
    stuck = 0 < terms.stuck_returns <= times
    said = msg("The plan was returned {times} times", times=times)
    return [(Colour.RED if stuck else Colour.YELLOW, said)]


def _short(target: TargetFacts, terms: ColourTerms) -> list[_Reason]:
    """A reading of a year beside its target; a reading short by a little may still be rounding."""
    if target.target <= 0:
        return []
    short = 100 * (target.target - target.reading) / target.target
    if terms.short_percent <= 0 or short <= terms.short_percent:
        return []
    said = msg(
        "{year}: {reading}, short of the target {target} by {percent} %",
        year=target.year,
        reading=target.reading,
        target=target.target,
        percent=_whole(short),
    )
    return [(Colour.YELLOW, said)]


def _whole(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), ROUND_HALF_UP))
