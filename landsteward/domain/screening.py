"""Automatic rules over supplies: what goes in, what a predicate is, what a suspicion says.

Suspected, not suspected, or cannot be judged; never a verdict. A predicate is a named pair of
pure functions of the facts of one supply, the rule's parameters and the day asked about. It
measures; which severity and which law follow from the measure is the pack's to say. The
predicates are in `landsteward.domain.predicates`, their use in `landsteward.domain.judging`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.domain.findings import LegalBasis
from landsteward.domain.register import ConstructionProgress, Enterprise, Parcel, SupplyContract
from landsteward.domain.text import Message

FactValue = str | int | Decimal | date | bool | None
Facts = tuple[tuple[str, FactValue], ...]
Params = Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningSubject:
    """What is known of one supply: the parcel, its contract, its holder, the last look at it."""

    parcel: Parcel
    contract: SupplyContract
    holder: Enterprise | None
    progress: ConstructionProgress | None = None


Measured = Decimal | int | Message | None
"""What measuring gave: a figure to hold against the levels; why it cannot be judged; or None: the
condition is not met."""


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
class Predicate:
    """A measure, its account (asked only where the measure reached a level), and what both need.

    `params` are the parameters a rule must give, `groups` the extra bases the account may name.
    """

    measure: Callable[[ScreeningSubject, Params, date], Measured]
    account: Callable[[ScreeningSubject, Params, date], Account]
    params: frozenset[str]
    groups: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Everything that speaks for a suspicion."""

    facts: Facts
    arithmetic: tuple[Message, ...]
    bases: tuple[LegalBasis, ...]
