"""The conditions that packs name for ways out: pure, each with its source.

A predicate says yes, no, or that it is not known, and the facts it looked at. Whether yes closes a
way or opens it, on which law and in which words, is the pack's to say.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from landsteward.domain.chosen_ways import WayFact
from landsteward.domain.quantities import m2_to_mu
from landsteward.domain.screening import EnteredAt
from landsteward.domain.states import DelayCause
from landsteward.domain.ways.facts import IdleKind, WayFacts, fact
from landsteward.domain.ways.paths import WayCondition


@dataclass(frozen=True, slots=True)
class Looked:
    """Whether it holds (None: not known), and by which facts."""

    holds: bool | None
    facts: tuple[WayFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayPredicate:
    """A look at the facts, and what a condition must give it: `params`, or a case's `fact`."""

    look: Callable[[WayFacts, WayCondition], Looked]
    params: frozenset[str] = frozenset()
    by_fact: bool = False


def _seized(facts: WayFacts, _condition: WayCondition) -> Looked:
    """查封, while it lasts: 城市房地产管理法 art. 38."""
    one = facts.standing
    seized = one.seized if one is not None else None
    until = one.seized_until if one is not None and seized else None
    known = [fact("seized", seized, EnteredAt.STANDING, one)]
    if one is not None and seized:
        known += [
            fact("seized_by", one.seized_by, EnteredAt.STANDING, one),
            fact("seized_until", until, EnteredAt.STANDING, one),
        ]
        if until is not None and until < facts.on:
            seized = False
    return Looked(seized, tuple(known))


def _soil_unsurveyed(facts: WayFacts, _condition: WayCondition) -> Looked:
    """A unit under soil supervision whose survey is not done (`domain.md` §5, gates)."""
    one = facts.standing
    supervised = one.soil_supervised if one is not None else None
    surveyed = one.soil_surveyed if one is not None else None
    supervision = fact("soil_supervised", supervised, EnteredAt.STANDING, one)
    survey = fact("soil_surveyed", surveyed, EnteredAt.STANDING, one)
    if supervised is False:
        return Looked(False, (supervision,))
    if surveyed:
        return Looked(False, (survey,))
    holds = True if supervised and surveyed is False else None
    return Looked(holds, (supervision, survey))


def _mortgagee_agrees(facts: WayFacts, _condition: WayCondition) -> Looked:
    """No mortgage, or the mortgagee agrees: 民法典 art. 406, 闲置土地处置办法 art. 13."""
    one = facts.standing
    mortgaged = one.mortgaged if one is not None else None
    agrees = one.mortgagee_agrees if one is not None else None
    mortgage = fact("mortgaged", mortgaged, EnteredAt.STANDING, one)
    if mortgaged is False:
        return Looked(True, (mortgage,))
    known = (mortgage, fact("mortgagee_agrees", agrees, EnteredAt.STANDING, one))
    return Looked(agrees, known)


def _outside_park(facts: WayFacts, _condition: WayCondition) -> Looked:
    """Plan item 10: what lies scattered outside parks."""
    one = facts.standing
    inside = one.in_park if one is not None else None
    known = (fact("in_park", inside, EnteredAt.STANDING, one),)
    return Looked(None if inside is None else not inside, known)


def _low_efficient(facts: WayFacts, _condition: WayCondition) -> Looked:
    """Plan item 16: recognised by the county's criteria."""
    one = facts.standing
    recognised = one.low_efficient if one is not None else None
    return Looked(recognised, (fact("low_efficient", recognised, EnteredAt.STANDING, one),))


def _idle_type_one(facts: WayFacts, _condition: WayCondition) -> Looked:
    """Never started: 闲置土地处置办法 art. 2, 14. Started and suspended is art. 12's alone."""
    idle = facts.idle
    kind = fact("idle_kind", idle.kind, EnteredAt.FINDING)
    holds = None if idle.kind is None else idle.kind is IdleKind.NOT_STARTED
    return Looked(holds, (*((kind,) if idle.kind is not None else ()), *idle.facts))


def _idle_for_years(facts: WayFacts, condition: WayCondition) -> Looked:
    years = facts.idle.full_years
    holds = None if years is None else years >= condition.params["years"]
    return Looked(holds, _idle_since(facts))


def _idle_less_than_years(facts: WayFacts, condition: WayCondition) -> Looked:
    years = facts.idle.full_years
    holds = None if years is None else years < condition.params["years"]
    return Looked(holds, _idle_since(facts))


def _idle_since(facts: WayFacts) -> tuple[WayFact, ...]:
    years = fact("full_years", facts.idle.full_years, EnteredAt.SUPPLY, facts.supply)
    return (years, *facts.idle.since)


def _own_cause(facts: WayFacts, _condition: WayCondition) -> Looked:
    """闲置土地处置办法 art. 8, 14: of the enterprise's own making."""
    cause = facts.look.cause if facts.look is not None else None
    known = (fact("delay_cause", cause, EnteredAt.CONSTRUCTION, facts.look),)
    return Looked(None if cause is None else cause is DelayCause.OWN, known)


def _area_above(facts: WayFacts, condition: WayCondition) -> Looked:
    """Plan item 25: land supplied at once, in 亩."""
    supply, parcel = facts.supply, facts.parcel
    if supply is not None and supply.area_m2 is not None:
        return _larger(supply.area_m2, condition.params["above_mu"], EnteredAt.SUPPLY, supply)
    area = parcel.area_m2 if parcel is not None else None
    return _larger(area, condition.params["above_mu"], EnteredAt.PARCEL, parcel)


def _larger(area_m2: Decimal | None, above: Decimal, at: EnteredAt, record: object) -> Looked:
    mu = None if area_m2 is None else m2_to_mu(area_m2)
    shown = None if mu is None else mu.quantize(Decimal("0.01"))
    return Looked(None if mu is None else mu > above, (fact("area_mu", shown, at, record),))


def _graded_d(facts: WayFacts, _condition: WayCondition) -> Looked:
    """Plan item 11: D by the last final grading."""
    one = facts.graded
    grade = one.grade if one is not None else None
    known = [fact("grade", grade, EnteredAt.YEARS, one)]
    if one is not None:
        known.append(fact("grade_year", one.year, EnteredAt.YEARS, one))
    return Looked(None if grade is None else grade == "D", tuple(known))


def _invested_at_least(facts: WayFacts, condition: WayCondition) -> Looked:
    """城市房地产管理法 art. 39: the share invested, in %, without the price of the land."""
    look = facts.look
    part = look.invested_wan if look is not None else None
    whole = look.total_investment_wan if look is not None else None
    known = (
        fact("invested_wan", part, EnteredAt.CONSTRUCTION, look),
        fact("total_investment_wan", whole, EnteredAt.CONSTRUCTION, look),
    )
    if part is None or whole is None or whole <= 0:
        return Looked(None, known)
    return Looked(part * 100 >= condition.params["percent"] * whole, known)


def _splitting_allowed(facts: WayFacts, condition: WayCondition) -> Looked:
    """Plan item 29: a contract that forbids splitting needs consent and a new contract."""
    supply = facts.supply
    forbidden = supply.split_forbidden if supply is not None else None
    clause = fact("split_forbidden", forbidden, EnteredAt.SUPPLY, supply)
    if forbidden is False:
        return Looked(True, (clause,))
    if forbidden is None:
        return Looked(None, (clause,))
    answered = _answered(facts, condition)
    return Looked(answered.holds, (clause, *answered.facts))


def _part_within_limits(facts: WayFacts, condition: WayCondition) -> Looked:
    """Plan item 29: least area of a part and its largest share; 0 where the county set none."""
    least, most = condition.params["min_mu"] or None, condition.params["max_percent"] or None
    if least is None and most is None:
        return Looked(None, (fact("county_limit", None, EnteredAt.PACK),))
    answer = facts.answers.get(condition.fact)
    part = answer.value if answer is not None else None
    known = [fact("part_mu", part, EnteredAt.CASE, answer)]
    holds: bool | None = None
    if part is not None:
        holds = least is None or part >= least
        if most is not None:
            area = facts.parcel.area_m2 if facts.parcel is not None else None
            known.append(fact("area_m2", area, EnteredAt.PARCEL, facts.parcel))
            if area is None or area <= 0:
                holds = None if holds else False
            else:
                holds = holds and part * 100 <= most * m2_to_mu(area)
    return Looked(holds, tuple(known))


def _office_floor_within(facts: WayFacts, condition: WayCondition) -> Looked:
    """Plan item 26: offices and living, in % of the floor area above ground."""
    return _floor_within(facts, condition, "office_floor_m2")


def _service_floor_within(facts: WayFacts, condition: WayCondition) -> Looked:
    """Plan item 26: compatible production services, in % of the floor area above ground."""
    return _floor_within(facts, condition, "service_floor_m2")


def _floor_within(facts: WayFacts, condition: WayCondition, name: str) -> Looked:
    parcel = facts.parcel
    part: Decimal | None = getattr(parcel, name, None)
    whole = parcel.floor_m2 if parcel is not None else None
    known = (
        fact(name, part, EnteredAt.PARCEL, parcel),
        fact("floor_m2", whole, EnteredAt.PARCEL, parcel),
    )
    if part is None or whole is None or whole <= 0:
        return Looked(None, known)
    return Looked(part * 100 <= condition.params["percent"] * whole, known)


def _output_contract(facts: WayFacts, _condition: WayCondition) -> Looked:
    """Plan item 13: something was promised that can be called in."""
    one = facts.output
    return Looked(
        None if one is None else True,
        (fact("output_contract", True if one is not None else None, EnteredAt.OUTPUT, one),),
    )


def _answered(facts: WayFacts, condition: WayCondition) -> Looked:
    """What no register keeps: somebody finds it out for the case and says so."""
    one = facts.answers.get(condition.fact)
    holds = one.holds if one is not None else None
    known = [fact("found_out", holds, EnteredAt.CASE, one)]
    if one is not None and one.note:
        known.append(fact("found_out_note", one.note, EnteredAt.CASE, one))
    return Looked(holds, tuple(known))


CONDITIONS: dict[str, WayPredicate] = {
    "seized": WayPredicate(look=_seized),
    "soil_unsurveyed": WayPredicate(look=_soil_unsurveyed),
    "mortgagee_agrees": WayPredicate(look=_mortgagee_agrees),
    "outside_park": WayPredicate(look=_outside_park),
    "low_efficient": WayPredicate(look=_low_efficient),
    "idle_type_one": WayPredicate(look=_idle_type_one),
    "idle_for_years": WayPredicate(look=_idle_for_years, params=frozenset({"years"})),
    "idle_less_than_years": WayPredicate(look=_idle_less_than_years, params=frozenset({"years"})),
    "own_cause": WayPredicate(look=_own_cause),
    "area_above": WayPredicate(look=_area_above, params=frozenset({"above_mu"})),
    "graded_d": WayPredicate(look=_graded_d),
    "invested_at_least": WayPredicate(look=_invested_at_least, params=frozenset({"percent"})),
    "splitting_allowed": WayPredicate(look=_splitting_allowed, by_fact=True),
    "part_within_limits": WayPredicate(
        look=_part_within_limits, params=frozenset({"min_mu", "max_percent"}), by_fact=True
    ),
    "office_floor_within": WayPredicate(look=_office_floor_within, params=frozenset({"percent"})),
    "service_floor_within": WayPredicate(look=_service_floor_within, params=frozenset({"percent"})),
    "output_contract": WayPredicate(look=_output_contract),
    "answered": WayPredicate(look=_answered, by_fact=True),
}
