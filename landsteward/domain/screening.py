"""Automatic rules: what a predicate is, what it is given, what a suspicion says.

Suspected, not suspected, or cannot be judged; never a verdict. A predicate is a named pair of
pure functions of the facts of one subject (`landsteward.domain.subjects`), of the rule's terms and
the day asked about. It measures; which severity and which law follow from the measure is the
pack's to say. The predicates are in `landsteward.domain.predicates`, their use in
`landsteward.domain.judging`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from landsteward.domain.findings import LegalBasis
from landsteward.domain.limits import Limits
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.text import Message

FactValue = str | int | Decimal | date | bool | None
Facts = tuple[tuple[str, FactValue], ...]
S = TypeVar("S")


class About(StrEnum):
    """What a rule is applied to: 供地 / 宗地 / 企业 / 产出监管合同 / 许可."""

    SUPPLY = "supply"
    PARCEL = "parcel"
    ENTERPRISE = "enterprise"
    OUTPUT = "output"
    PERMIT = "permit"


class EnteredAt(StrEnum):
    """Where a fact is entered: a part of a page, the plan of the case, or the rule pack."""

    PARCEL = "parcel"
    SUPPLY = "supply"
    CONSTRUCTION = "construction"
    OUTPUT = "output"
    ENTERPRISE = "enterprise"
    YEARS = "years"
    PERMITS = "permits"
    STANDING = "standing"
    CASE = "case"
    FINDING = "finding"
    PACK = "pack"


@dataclass(frozen=True, slots=True)
class Missing:
    """Why something cannot be judged, and where what is missing is entered."""

    because: Message
    at: EnteredAt

    def __str__(self) -> str:
        return str(self.because)

    def __hash__(self) -> int:
        # A county gives hundreds of thousands of these: the words' own hash is worked out once.
        return hash(self.because.template)


Measured = Decimal | int | Missing | None
"""What measuring gave: a figure to hold against the levels; why it cannot be judged; or None: the
condition is not met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a rule gives its predicate to judge by.

    `limits` are the pack's, by term; `metric` is the yearly figure the rule is about with the
    county's baselines; `criteria` and `kinds` are those the rule counts, `checked_by` the
    departments whose checkups it looks at.
    """

    params: Mapping[str, Decimal] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    metric: MetricKind | None = None
    criteria: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    checked_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A measure explained: the facts it used, and the arithmetic in sentences.

    Keys of facts are English in snake_case. `groups` names the rule's extra bases that count
    here. `act_on` is the day of the act the rule is about, where it is about one: a basis younger
    than that is said to be.
    """

    facts: Facts
    arithmetic: tuple[Message, ...]
    groups: tuple[str, ...] = ()
    act_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate(Generic[S]):
    """A measure, its account (asked only where the measure reached a level), and what both need.

    `params` are the parameters a rule must give, `groups` the extra bases the account may name,
    `criteria` those a rule may choose of. `by_metric` and `by_kind`: the rule must name a yearly
    figure, or kinds of permits.
    """

    about: About
    measure: Callable[[S, Terms, date], Measured]
    account: Callable[[S, Terms, date], Account]
    params: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    criteria: frozenset[str] = frozenset()
    by_metric: bool = False
    by_kind: bool = False


AnyPredicate = Predicate[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that speaks for a suspicion."""

    facts: Facts
    arithmetic: tuple[Message, ...]
    bases: tuple[LegalBasis, ...]


_WITH_THE_DAY = frozenset(
    {
        "asked_on",
        "days_overdue",
        "days_left",
        "full_years_overdue",
        "full_years_suspended",
        "full_years_stopped",
    }
)
"""Facts that change by themselves from day to day."""


def fingerprint(facts: Facts, severity: int) -> str:
    """The facts a suspicion stands on, as one word; it stays while only time goes by.

    A graver level is another one: what was dismissed as one year late is not so as two.
    """
    kept = [[name, str(value)] for name, value in facts if name not in _WITH_THE_DAY]
    written = json.dumps([severity, kept], ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()
