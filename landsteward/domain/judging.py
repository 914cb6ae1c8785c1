"""A pack's rules made ready for one day, and what they say of one supply.

Law is looked up once per rule and day, not per supply; sentences and facts are made only when
somebody reads them: most supplies are not suspected of anything.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.domain.findings import LegalBasis
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.rulepack import BasisRef, RulePack, ScreeningRule, contract_basis
from landsteward.domain.screening import Explanation, ScreeningSubject
from landsteward.domain.states import Severity
from landsteward.domain.text import Message, msg

NO_LAND_USE = msg("the land use is not recorded")


@dataclass(frozen=True, slots=True)
class _Basis:
    """A basis that counts on the day; `of_contract` where the supply's contract fills it in."""

    basis: LegalBasis
    of_contract: bool

    def for_supply(self, subject: ScreeningSubject) -> LegalBasis:
        if not self.of_contract:
            return self.basis
        contract = subject.contract
        return contract_basis(
            self.basis,
            number=contract.contract_no or contract.electronic_no,
            signed_on=contract.signed_on,
        )


@dataclass(frozen=True, slots=True)
class _Level:
    at_least: Decimal
    severity: Severity
    bases: tuple[_Basis, ...]


class RuleOnDay:
    """One rule on one day: which of its levels have a basis in force, and on which law."""

    def __init__(self, rule: ScreeningRule, pack: RulePack, on: date) -> None:
        self.rule = rule
        self.on = on
        predicate = PREDICATES[rule.predicate]
        self._measure = predicate.measure
        self._account = predicate.account
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

    def judge(self, subject: ScreeningSubject) -> "Suspicion | Message | None":
        """A suspicion; the reason why it cannot be judged; or None: not suspected.

        A supply signed after the day asked about did not exist then.
        """
        signed_on = subject.contract.signed_on
        if not self._levels or (signed_on is not None and signed_on > self.on):
            return None
        if self.rule.land_uses:
            land_use = subject.parcel.land_use
            if not land_use:
                return NO_LAND_USE
            if not self._is_for(land_use):
                return None
        measure = self._measure(subject, self.rule.params, self.on)
        if measure is None or isinstance(measure, Message):
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

    def explain(self, subject: ScreeningSubject, level: _Level) -> Explanation:
        """Facts, arithmetic and bases of a suspicion of this rule."""
        account = self._account(subject, self.rule.params, self.on)
        bases = level.bases + tuple(
            basis for group in account.groups for basis in self._groups.get(group, ())
        )
        stated = tuple(basis.for_supply(subject) for basis in bases)
        return Explanation(
            facts=account.facts,
            arithmetic=account.arithmetic + _younger(stated, account.act_on),
            bases=stated,
        )


def _counting(pack: RulePack, refs: tuple[BasisRef, ...], on: date) -> tuple[_Basis, ...]:
    found = ((ref, pack.basis_on(ref, on)) for ref in refs)
    return tuple(
        _Basis(basis, pack.law(ref.law).contract) for ref, basis in found if basis is not None
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
    """A supply suspected under a rule on a day. What speaks for it is put together when asked."""

    ready: RuleOnDay
    subject: ScreeningSubject
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


def rules_on(pack: RulePack, on: date) -> tuple[RuleOnDay, ...]:
    """The pack's rules made ready for a day."""
    return tuple(RuleOnDay(rule, pack, on) for rule in pack.rules)
