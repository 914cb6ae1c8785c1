"""A pack's rules made ready for one day, and what they say of one subject.

Law is looked up once per rule and day, not per subject; sentences and facts are made only when
somebody reads them: most subjects are not suspected of anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from landsteward.domain.findings import LegalBasis
from landsteward.domain.laws import BasisRef
from landsteward.domain.limits import Limits
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.rulepack import RulePack, ScreeningRule, contract_basis
from landsteward.domain.screening import (
    About,
    EnteredAt,
    Explanation,
    Missing,
    Terms,
    fingerprint,
)
from landsteward.domain.states import Severity
from landsteward.domain.subjects import OutputSubject, ParcelSubject, Subject, SupplySubject
from landsteward.domain.text import Message, msg

NO_LAND_USE = Missing(msg("the land use is not recorded"), EnteredAt.PARCEL)
NO_BASELINE = msg("the county has set no baseline for this figure")

_OUTPUT_CONTRACT = "output_contract"
"""The law that stands for the output contract; every other contract is the supply's."""


@dataclass(frozen=True, slots=True)
class _Basis:
    """A basis that counts on the day; `contract` is the law where a contract fills it in."""

    basis: LegalBasis
    contract: str

    def for_subject(self, subject: Subject) -> LegalBasis:
        signed = _signed(subject, self.contract)
        if signed is None:
            return self.basis
        number, signed_on = signed
        return contract_basis(self.basis, number=number, signed_on=signed_on)


def _signed(subject: Subject, contract: str) -> tuple[str | None, date | None] | None:
    """Number and day of signing of the subject's contract that a basis is a term of."""
    if not contract or not isinstance(subject, SupplySubject | ParcelSubject | OutputSubject):
        return None
    if contract == _OUTPUT_CONTRACT:
        output = None if isinstance(subject, SupplySubject) else subject.output
        return None if output is None else (None, output.signed_on)
    supply = subject.contract
    if supply is None:
        return None
    return supply.contract_no or supply.electronic_no, supply.signed_on


@dataclass(frozen=True, slots=True)
class _Level:
    at_least: Decimal
    severity: Severity
    bases: tuple[_Basis, ...]


class RuleOnDay:
    """One rule on one day: which of its levels have a basis in force, and on which law."""

    def __init__(self, rule: ScreeningRule, pack: RulePack, limits: Limits, on: date) -> None:
        self.rule = rule
        self.on = on
        predicate = PREDICATES[rule.predicate]
        self.about: About = predicate.about
        self._measure = predicate.measure
        self._account = predicate.account
        metric = next((one for one in pack.metrics if one.key == rule.metric), None)
        self._terms = Terms(
            params=rule.params,
            limits=limits,
            metric=metric,
            criteria=rule.criteria,
            kinds=rule.permit_kinds,
            checked_by=rule.checked_by,
        )
        self.by_metric = predicate.by_metric
        self.lacks: Message | None = None
        if metric is not None and metric.baseline_above is metric.baseline_below is None:
            self.lacks = NO_BASELINE
        levels = (
            _Level(level.at_least, level.severity, _counting(pack, level.bases, on))
            for level in reversed(rule.levels)
        )
        self._levels = tuple(level for level in levels if level.bases)
        self._uses: dict[str, bool] = {}
        self._groups = {name: _counting(pack, refs, on) for name, refs in rule.extra_bases.items()}

    @property
    def in_force(self) -> bool:
        """Whether any level rests on a basis that is in force on the day."""
        return bool(self._levels)

    def judge(self, subject: Subject) -> "Suspicion | Missing | None":
        """A suspicion; the reason why it cannot be judged; or None: not suspected.

        What began after the day asked about did not exist then.
        """
        since = subject.since
        if not self._levels or (since is not None and since > self.on):
            return None
        fits = self.fits(subject)
        return self.measured(subject) if fits is None else fits or None

    def fits(self, subject: Subject) -> Missing | Literal[False] | None:
        """None: the rule is about the land use of the subject; False: it is not; or why it cannot
        be told. The same for all rules that name the same land uses.
        """
        parcel = subject.parcel
        if not self.rule.land_uses or parcel is None:
            return None
        if not parcel.land_use:
            return NO_LAND_USE
        return None if self._is_for(parcel.land_use) else False

    def measured(self, subject: Subject) -> "Suspicion | Missing | None":
        """What the rule says of a subject that it is about, and that was there on the day."""
        measure = self._measure(subject, self._terms, self.on)
        if measure is None or isinstance(measure, Missing):
            return measure
        for level in self._levels:
            if measure >= level.at_least:
                return Suspicion(self, subject, level)
        return None

    def _is_for(self, land_use: str) -> bool:
        """Whether the rule is about this land use; a register knows few, so answers are kept."""
        known = self._uses.get(land_use)
        if known is None:
            known = any(use in land_use for use in self.rule.land_uses)
            self._uses[land_use] = known
        return known

    def explain(self, subject: Subject, level: _Level) -> Explanation:
        """Facts, arithmetic and bases of a suspicion of this rule."""
        account = self._account(subject, self._terms, self.on)
        bases = level.bases + tuple(
            basis for group in account.groups for basis in self._groups.get(group, ())
        )
        stated = tuple(basis.for_subject(subject) for basis in bases)
        return Explanation(
            facts=account.facts,
            arithmetic=account.arithmetic + _younger(stated, account.act_on),
            bases=stated,
        )


def _counting(pack: RulePack, refs: tuple[BasisRef, ...], on: date) -> tuple[_Basis, ...]:
    found = ((ref, pack.basis_on(ref, on)) for ref in refs)
    return tuple(
        _Basis(basis, ref.law if pack.law(ref.law).contract else "")
        for ref, basis in found
        if basis is not None
    )


def _younger(bases: tuple[LegalBasis, ...], act_on: date | None) -> tuple[Message, ...]:
    """That the act is older than a basis, which then binds only what is still to be done."""
    if act_on is None:
        return ()
    return tuple(
        msg(
            "Signed {day}, before this basis took effect ({since}): check whether it applies.",
            day=act_on,
            since=basis.valid_from,
        )
        for basis in bases
        if basis.valid_from is not None and act_on < basis.valid_from
    )


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A subject suspected under a rule on a day. What speaks for it is put together when asked."""

    ready: RuleOnDay
    subject: Subject
    level: _Level

    @property
    def rule(self) -> ScreeningRule:
        """The rule that suspects it."""
        return self.ready.rule

    @property
    def severity(self) -> Severity:
        """How grave it would be."""
        return self.level.severity

    @property
    def on(self) -> date:
        """The day asked about."""
        return self.ready.on

    def explain(self) -> Explanation:
        """Everything that speaks for it: facts, arithmetic, bases."""
        return self.ready.explain(self.subject, self.level)

    def fingerprint(self) -> str:
        """The facts it stands on, as one word."""
        return fingerprint(self.explain().facts, self.severity)


def rules_on(pack: RulePack, on: date) -> tuple[RuleOnDay, ...]:
    """The pack's rules made ready for a day."""
    limits = Limits(pack.limits)
    return tuple(RuleOnDay(rule, pack, limits, on) for rule in pack.rules)
