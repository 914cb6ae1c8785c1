"""What ways out are judged by: the finding, and what is on record around it on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from landsteward.domain.chosen_ways import WayFact
from landsteward.domain.findings import Finding
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.predicates.timing import last_look
from landsteward.domain.register import (
    ConstructionProgress,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.rulepack import RulePack, ScreeningRule
from landsteward.domain.screening import EnteredAt, Measured, Missing, Terms
from landsteward.domain.standings import CaseFact, LandStanding
from landsteward.domain.subjects import SupplySubject


class IdleKind(StrEnum):
    """未闲置 / 未动工 (第一类) / 停建 (第二类): 闲置土地处置办法 art. 2."""

    NOT_IDLE = "not_idle"
    NOT_STARTED = "not_started"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Idle:
    """Whether land is idle, of which kind, for how many full years; None where that is not known.

    `facts` are what says the kind, `since` what says the years.
    """

    kind: IdleKind | None = None
    full_years: int | None = None
    facts: tuple[WayFact, ...] = ()
    since: tuple[WayFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WayFacts:
    """Everything the conditions of ways out look at, as known on a day.

    `graded` is the latest year with a grade, which only a final grading or a person writes;
    `answers` are what was found out for the case, by the pack's keys.
    """

    on: date
    parcel: Parcel | None = None
    standing: LandStanding | None = None
    supply: SupplyContract | None = None
    look: ConstructionProgress | None = None
    output: OutputContract | None = None
    graded: YearlyMetrics | None = None
    idle: Idle = field(default_factory=Idle)
    answers: Mapping[str, CaseFact] = field(default_factory=dict)


def fact(
    name: str, value: bool | date | Decimal | int | str | None, at: EnteredAt, record: object = None
) -> WayFact:
    """A fact in plain text, with the record it comes from."""
    if isinstance(value, bool):
        said: str | None = "yes" if value else "no"
    elif isinstance(value, date):
        said = value.isoformat()
    elif isinstance(value, Decimal):
        said = f"{value:f}"
    else:
        said = None if value is None or value == "" else str(value)
    return WayFact(name=name, value=said, at=at, record_id=getattr(record, "id", None))


def idle_of(pack: RulePack, finding: Finding, subject: SupplySubject | None, on: date) -> Idle:
    """Idle of which kind, by the finding where it says so, otherwise by the register.

    Both by the pack's own rules (`idle_not_started`, `idle_suspended`). A finding says the kind,
    never the years: those are counted from what is on record.
    """
    not_started = _rule(pack, "idle_not_started")
    suspended = _rule(pack, "idle_suspended")
    items = pack.items_of(finding)
    by_finding = (fact("finding_title", finding.title, EnteredAt.FINDING, finding),)
    years_not_started = _measure(not_started, subject, on)
    years_suspended = _measure(suspended, subject, on)
    if _says(finding, items, not_started):
        return Idle(
            kind=IdleKind.NOT_STARTED,
            full_years=_years(years_not_started),
            facts=by_finding,
            since=_since_due(subject),
        )
    if _says(finding, items, suspended):
        return Idle(
            kind=IdleKind.SUSPENDED,
            full_years=_years(years_suspended),
            facts=by_finding,
            since=_since_suspension(subject, on),
        )
    return _by_register(subject, on, years_not_started, years_suspended)


def _by_register(
    subject: SupplySubject | None, on: date, not_started: Measured, suspended: Measured
) -> Idle:
    first, second = _since_due(subject), _since_suspension(subject, on)
    years = _years(not_started)
    if years is not None:
        kind = IdleKind.NOT_STARTED if years >= 1 else IdleKind.NOT_IDLE
        return Idle(kind=kind, full_years=years, facts=first, since=first)
    years = _years(suspended)
    if years is not None and years >= 1:
        return Idle(kind=IdleKind.SUSPENDED, full_years=years, facts=second, since=second)
    if subject is None or isinstance(not_started, Missing) or isinstance(suspended, Missing):
        return Idle(facts=first + second, since=first)
    return Idle(kind=IdleKind.NOT_IDLE, facts=first + second, since=first)


def _rule(pack: RulePack, predicate: str) -> ScreeningRule | None:
    return next((one for one in pack.rules if one.predicate == predicate), None)


def _says(finding: Finding, items: frozenset[str], rule: ScreeningRule | None) -> bool:
    if rule is None:
        return False
    return (finding.rule_key or "").partition(":")[0] == rule.key or not items.isdisjoint(
        rule.items
    )


def _measure(rule: ScreeningRule | None, subject: SupplySubject | None, on: date) -> Measured:
    if rule is None or subject is None:
        return None
    return PREDICATES[rule.predicate].measure(subject, Terms(params=rule.params), on)


def _years(measured: Measured) -> int | None:
    return int(measured) if isinstance(measured, Decimal | int) else None


def _since_due(subject: SupplySubject | None) -> tuple[WayFact, ...]:
    supply = subject.contract if subject is not None else None
    agreed = supply.agreed_start_on if supply is not None else None
    actual = supply.actual_start_on if supply is not None else None
    return (
        fact("agreed_start_on", agreed, EnteredAt.SUPPLY, supply),
        fact("actual_start_on", actual, EnteredAt.SUPPLY, supply),
    )


def _since_suspension(subject: SupplySubject | None, on: date) -> tuple[WayFact, ...]:
    look = last_look(subject, on) if subject is not None else None
    since = look.suspended_since if look is not None else None
    return (fact("suspended_since", since, EnteredAt.CONSTRUCTION, look),)
