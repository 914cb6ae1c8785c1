"""Which ways out are open for a finding on a day, which only if, which are barred, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from landsteward.domain.chosen_ways import ReasonKind, WayFact, WayReason, WayState
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.laws import BasisRef
from landsteward.domain.rulepack import RulePack, contract_basis
from landsteward.domain.screening import EnteredAt
from landsteward.domain.ways.facts import WayFacts, fact
from landsteward.domain.ways.paths import RemedyPath, WayCondition
from landsteward.domain.ways.predicates import CONDITIONS

NOT_IN_FORCE = "basis"
"""The condition that a way whose law is not in force on the day does not meet."""

_OUTPUT = "output_contract"
"""The law that stands for the output contract; every other contract is the supply's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One way out of one finding. `fits`: the pack names it for such findings.

    `bases` and those of the reasons are the editions of the day.
    """

    path: RemedyPath
    fits: bool
    bases: tuple[LegalBasis, ...]
    state: WayState
    reasons: tuple[WayReason, ...]

    def of_kind(self, *kinds: ReasonKind) -> tuple[WayReason, ...]:
        """The reasons of these kinds, in the pack's order."""
        return tuple(one for one in self.reasons if one.kind in kinds)


def judge_ways(pack: RulePack, finding: Finding, facts: WayFacts) -> tuple[WayOut, ...]:
    """Every way out of the pack, in its order."""
    return tuple(_judge(pack, finding, path, facts) for path in pack.paths)


def state_of(reasons: tuple[WayReason, ...]) -> WayState:
    """Barred by any one reason; open where every condition is met; otherwise open if."""
    kinds = {one.kind for one in reasons}
    if ReasonKind.BARRED in kinds:
        return WayState.BARRED
    return WayState.OPEN if kinds <= {ReasonKind.MET} else WayState.OPEN_IF


def _judge(pack: RulePack, finding: Finding, path: RemedyPath, facts: WayFacts) -> WayOut:
    bases = _bases(pack, path.bases, facts)
    reasons = tuple(_reasons(pack, path, facts, in_force=bool(bases) or not path.bases))
    rule = pack.rule_of(finding)
    return WayOut(
        path=path,
        fits=path.answers(
            category=finding.category,
            items=pack.items_of(finding),
            rule=rule.key if rule is not None else None,
        ),
        bases=bases,
        state=state_of(reasons),
        reasons=reasons,
    )


def _reasons(
    pack: RulePack, path: RemedyPath, facts: WayFacts, *, in_force: bool
) -> Iterator[WayReason]:
    if not in_force:
        yield WayReason(
            condition=NOT_IN_FORCE,
            kind=ReasonKind.UNKNOWN,
            text="所依据的规定当日未施行",
            text_en="What it rests on is not in force on that day",
            facts=(_asked(facts.on),),
        )
    for block in path.blocks:
        yield _reason(pack, block, facts, blocks=True)
    for condition in path.conditions:
        yield _reason(pack, condition, facts, blocks=False)


def _reason(pack: RulePack, condition: WayCondition, facts: WayFacts, *, blocks: bool) -> WayReason:
    looked = CONDITIONS[condition.predicate].look(facts, condition)
    bases = _bases(pack, condition.bases, facts)
    known = looked.facts
    if condition.bases and not bases:
        # Law that is not in force closes nothing and opens nothing.
        kind, known = ReasonKind.UNKNOWN, (_asked(facts.on), *known)
    elif looked.holds is None:
        kind = ReasonKind.UNKNOWN
    elif looked.holds is not blocks:
        kind = ReasonKind.MET
    else:
        kind = ReasonKind.TO_MEET if condition.can_be_met else ReasonKind.BARRED
    return WayReason(
        condition=condition.key,
        kind=kind,
        text=condition.text,
        text_en=condition.text_en,
        bases=bases,
        facts=known,
        fact=condition.fact,
    )


def _asked(on: date) -> WayFact:
    return fact("asked_on", on, EnteredAt.PACK)


def _bases(pack: RulePack, refs: tuple[BasisRef, ...], facts: WayFacts) -> tuple[LegalBasis, ...]:
    """The editions of the day; a term of a contract with that contract's own number and day."""
    found: list[LegalBasis] = []
    for ref in refs:
        basis = pack.basis_on(ref, facts.on)
        if basis is None:
            continue
        if pack.law(ref.law).contract:
            basis = _own_contract(ref.law, basis, facts)
        found.append(basis)
    return tuple(found)


def _own_contract(law: str, basis: LegalBasis, facts: WayFacts) -> LegalBasis:
    if law == _OUTPUT:
        output = facts.output
        return (
            basis
            if output is None
            else contract_basis(basis, number=None, signed_on=output.signed_on)
        )
    supply = facts.supply
    if supply is None:
        return basis
    return contract_basis(
        basis, number=supply.contract_no or supply.electronic_no, signed_on=supply.signed_on
    )
