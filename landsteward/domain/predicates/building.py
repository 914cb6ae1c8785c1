"""How a parcel is built against the control indicators of industrial land.

Source: 工业项目建设用地控制指标 as `domain.md` §3 has it; plan item 26 for mixed uses:
容积率 = floor area that counts / land; 建筑系数 = (buildings + structures + open yards) / land;
投资强度 = (plant + equipment + land price) / land; shares of offices and living, and of compatible
production services, in %. Which limit applies: contract, else county, else nation
(`landsteward.domain.limits`). A value exactly at its limit keeps it. What is still being built is
not judged before the day it was to be completed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.domain.limits import Applied, LimitOf, Limits, Unlimited
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.register import ConstructionProgress
from landsteward.domain.screening import (
    About,
    Account,
    EnteredAt,
    Facts,
    Measured,
    Missing,
    Predicate,
    Terms,
)
from landsteward.domain.subjects import ParcelSubject
from landsteward.domain.text import Bilingual, Message, msg

LAND = "area_m2"
_NAMES = {
    LAND: msg("the land area"),
    "ratio_floor_m2": msg("the floor area that counts for the plot ratio"),
    "floor_m2": msg("the floor area above ground"),
    "footprint_m2": msg("the land covered by buildings, structures and yards"),
    "office_land_m2": msg("the land for offices and living"),
    "office_floor_m2": msg("the floor area for offices and living"),
    "service_floor_m2": msg("the floor area for production services"),
}


_UNKNOWN = {
    name: Missing(msg("{figure} is not recorded", figure=word), EnteredAt.PARCEL)
    for name, word in _NAMES.items()
}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One area of the parcel over another, in percent where `percent`, and its term's limit."""

    term: str
    part: str
    whole: str
    at_least: bool
    percent: bool = True


INDICATORS = {
    "plot_ratio_low": Indicator("plot_ratio_min", "ratio_floor_m2", LAND, True, percent=False),
    "coefficient_low": Indicator("coefficient_min", "footprint_m2", LAND, True),
    "office_land_high": Indicator("office_land_max", "office_land_m2", LAND, False),
    "office_floor_high": Indicator("office_floor_max", "office_floor_m2", "floor_m2", False),
    "service_floor_high": Indicator("service_floor_max", "service_floor_m2", "floor_m2", False),
}


def _land(subject: ParcelSubject) -> Decimal | None:
    supplied = subject.contract.area_m2 if subject.contract is not None else None
    return supplied or subject.parcel.area_m2


def _figure(subject: ParcelSubject, name: str) -> Decimal | None:
    if name == LAND:
        return _land(subject)
    value: Decimal | None = getattr(subject.parcel, name)
    return value


def value_of(subject: ParcelSubject, one: Indicator) -> Decimal | Missing:
    """The indicator, exact; or what is missing for it."""
    part, whole = _figure(subject, one.part), _figure(subject, one.whole)
    if part is None or whole is None or whole <= 0:
        return _UNKNOWN[one.part if part is None else one.whole]
    return part * (100 if one.percent else 1) / whole


def built(subject: ParcelSubject, on: date) -> bool:
    """Whether it is time to judge: completed, or the day it was to be completed has passed.

    Where no such day is known, what is on record about the buildings is judged as it stands.
    """
    contract = subject.contract
    if contract is None:
        return True
    done, due = contract.actual_completion_on, contract.agreed_completion_on
    if done is not None:
        return done <= on
    return due is None or due < on


def limit_of(subject: ParcelSubject, limits: Limits, term: str) -> Applied | Missing:
    """The limit that applies to a parcel, or why none is known."""
    found = limits.on(
        term,
        supply=subject.contract,
        output=subject.output,
        industry=subject.holder.industry_code if subject.holder is not None else None,
    )
    return missing_limit(found) if isinstance(found, Unlimited) else found


def missing_limit(found: Unlimited) -> Missing:
    """Why no limit is known, and where what decides is entered."""
    if found.industry:
        return Missing(found.because, EnteredAt.ENTERPRISE)
    return Missing(found.because, EnteredAt.SUPPLY if found.signing else EnteredAt.PACK)


def gap_percent(value: Decimal, limit: Decimal, *, at_least: bool) -> Decimal | None:
    """By how much of the limit, in %, a value misses it; None where it keeps it."""
    missed = limit - value if at_least else value - limit
    if missed <= 0:
        return None
    return missed * 100 / limit if limit else Decimal(100)


def limit_words(limit: Applied, *, at_least: bool, unit: str | Message) -> Message:
    """The limit, and whose it is."""
    value = amount(limit.value, unit)
    bound = (
        msg("at least {value}", value=value) if at_least else msg("at most {value}", value=value)
    )
    if limit.entry is not None:
        edition = Bilingual(limit.entry.edition, limit.entry.edition_en)
        return (
            msg("Limit: {bound}, the county's ({edition}).", bound=bound, edition=edition)
            if limit.of is LimitOf.COUNTY
            else msg("Limit: {bound}, the nation's ({edition}).", bound=bound, edition=edition)
        )
    return (
        msg("Limit: {bound}, agreed in the output contract.", bound=bound)
        if limit.of is LimitOf.OUTPUT_CONTRACT
        else msg("Limit: {bound}, agreed in the supply contract.", bound=bound)
    )


def limit_facts(limit: Applied) -> Facts:
    """The limit among the facts."""
    facts: Facts = (("limit", limit.value), ("limit_of", limit.of.value))
    return (*facts, ("limit_edition", limit.entry.edition)) if limit.entry is not None else facts


def missed_words(value: Decimal, limit: Decimal, unit: str | Message) -> Message:
    """How far a value is from its limit."""
    gap = abs(value - limit)
    if not limit:
        return msg("Off by {gap}.", gap=amount(gap, unit))
    return msg(
        "Off by {gap}, {share} % of the limit.",
        gap=amount(gap, unit),
        share=shown(gap * 100 / limit, 1),
    )


def amount(value: Decimal, unit: str | Message) -> str | Message:
    """A figure with its unit."""
    if isinstance(unit, Message):
        return msg("{value} {unit}", value=shown(value), unit=unit)
    return f"{shown(value)} {unit}".strip()


WAN_PER_MU = msg("(10 000 yuan/mu)")


def _measure(one: Indicator) -> Callable[[ParcelSubject, Terms, date], Measured]:
    def measure(subject: ParcelSubject, terms: Terms, on: date) -> Measured:
        if not built(subject, on):
            return None
        value = value_of(subject, one)
        if isinstance(value, Missing):
            return value
        limit = limit_of(subject, terms.limits, one.term)
        if isinstance(limit, Missing):
            return limit
        return gap_percent(value, limit.value, at_least=one.at_least)

    return measure


def _account(one: Indicator) -> Callable[[ParcelSubject, Terms, date], Account]:
    unit = "%" if one.percent else ""

    def account(subject: ParcelSubject, terms: Terms, on: date) -> Account:
        value, limit = value_of(subject, one), limit_of(subject, terms.limits, one.term)
        part, whole = _figure(subject, one.part), _figure(subject, one.whole)
        assert isinstance(value, Decimal), "measured without a value"
        assert isinstance(limit, Applied), "measured without a limit"
        assert part is not None, "measured without a value"
        assert whole is not None, "measured without a value"
        return Account(
            facts=(
                (one.part, part),
                (one.whole, whole),
                ("value", value.quantize(Decimal("0.0001"))),
                *limit_facts(limit),
                *_industry(subject),
                ("asked_on", on),
            ),
            arithmetic=(
                msg(
                    "{part} ÷ {whole}: {a} ÷ {b} m² = {value}.",
                    part=_NAMES[one.part],
                    whole=_NAMES[one.whole],
                    a=shown(part),
                    b=shown(whole),
                    value=amount(value, unit),
                ),
                limit_words(limit, at_least=one.at_least, unit=unit),
                missed_words(value, limit.value, unit),
            ),
            groups=(f"by_{limit.of.value}",),
        )

    return account


def _industry(subject: ParcelSubject) -> Facts:
    code = subject.holder.industry_code if subject.holder is not None else None
    return (("industry_code", code),) if code else ()


# 投资强度

NO_INVESTMENT = Missing(
    msg("what was invested in plant and equipment is not recorded"), EnteredAt.CONSTRUCTION
)
NO_LAND = _UNKNOWN[LAND]
NO_PRICE = Missing(msg("the price of the land is not recorded, and it counts"), EnteredAt.SUPPLY)


def _invested(subject: ParcelSubject) -> tuple[ConstructionProgress, Decimal] | None:
    look = subject.progress
    if look is None or look.invested_wan is None:
        return None
    return look, look.invested_wan


def investment_of(subject: ParcelSubject) -> tuple[Decimal, bool] | Missing:
    """投资强度 in 万元/亩, and whether the price of the land is known and in it."""
    found, land = _invested(subject), _land(subject)
    if found is None:
        return NO_INVESTMENT
    if land is None or land <= 0:
        return NO_LAND
    price = subject.contract.price_wan if subject.contract is not None else None
    return (found[1] + (price or Decimal(0))) / m2_to_mu(land), price is not None


def _investment(subject: ParcelSubject, terms: Terms, on: date) -> Measured:
    """By how much of the limit the investment per 亩 falls short (投资强度)."""
    if not built(subject, on):
        return None
    limit = limit_of(subject, terms.limits, "investment_wan_per_mu")
    if isinstance(limit, Missing):
        return limit
    found = investment_of(subject)
    if isinstance(found, Missing):
        return found
    value, priced = found
    gap = gap_percent(value, limit.value, at_least=True)
    return NO_PRICE if gap is not None and not priced else gap


def _investment_account(subject: ParcelSubject, terms: Terms, on: date) -> Account:
    limit, found = limit_of(subject, terms.limits, "investment_wan_per_mu"), _invested(subject)
    land = _land(subject)
    price = subject.contract.price_wan if subject.contract is not None else None
    assert isinstance(limit, Applied), "measured without a limit"
    assert found is not None, "measured without an investment"
    assert land is not None, "measured without an area"
    assert price is not None, "measured without a price"
    look, invested = found
    value = (invested + price) / m2_to_mu(land)
    return Account(
        facts=(
            ("invested_wan", invested),
            ("price_wan", price),
            (LAND, land),
            ("observed_on", look.observed_on),
            ("value", value.quantize(Decimal("0.0001"))),
            *limit_facts(limit),
            ("asked_on", on),
        ),
        arithmetic=(
            msg(
                "({invested} invested by {day} + {price} price of the land, in 10 000 yuan) ÷ {mu} "
                "mu = {value}.",
                invested=shown(invested),
                day=look.observed_on,
                price=shown(price),
                mu=shown(m2_to_mu(land)),
                value=shown(value),
            ),
            limit_words(limit, at_least=True, unit=WAN_PER_MU),
            missed_words(value, limit.value, WAN_PER_MU),
        ),
        groups=(f"by_{limit.of.value}",),
    )


_GROUPS = frozenset(f"by_{one.value}" for one in LimitOf)

PREDICATES: dict[str, Predicate[ParcelSubject]] = {
    **{
        name: Predicate(
            about=About.PARCEL, measure=_measure(one), account=_account(one), groups=_GROUPS
        )
        for name, one in INDICATORS.items()
    },
    "investment_low": Predicate(
        about=About.PARCEL,
        measure=_investment,
        account=_investment_account,
        groups=_GROUPS,
    ),
}
