"""What was to be built: investment, plot ratio, and the dates of the supply contract."""

from datetime import date
from decimal import Decimal

from landsteward.domain import order
from landsteward.domain.checklist import LimitSource
from landsteward.domain.output_terms import Reality, Standing, Term, TermLine, limit_on
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.register import OutputContract
from landsteward.domain.text import Message, msg


def _due(contract: OutputContract, reality: Reality) -> date | None:
    completion = reality.supply.agreed_completion_on if reality.supply is not None else None
    return completion or contract.reach_on


def _standing(
    meets: bool, seen_on: date, due_on: date | None, today: date
) -> tuple[Standing, Message | None]:
    """What follows from a value seen on a day; one that was seen too early decides nothing."""
    if meets:
        return Standing.MET, None
    if due_on is None:
        return Standing.UNJUDGED, msg("no day is agreed by which it is due")
    if today <= due_on:
        return Standing.NOT_YET_DUE, None
    if seen_on < due_on:
        return Standing.UNJUDGED, msg(
            "last looked at on {seen}, before it was due on {due}", seen=seen_on, due=due_on
        )
    return Standing.NOT_MET, None


def _unseen(due_on: date | None, today: date, why: Message) -> tuple[Standing, Message | None]:
    if due_on is not None and today <= due_on:
        return Standing.NOT_YET_DUE, None
    return Standing.UNJUDGED, why


def _last_invested(reality: Reality) -> tuple[Decimal, date] | None:
    looks = [one for one in reality.looks if one.observed_on <= reality.today]
    for look in sorted(looks, key=order.observed, reverse=True):
        if look.invested_wan is not None:
            return look.invested_wan, look.observed_on
    return None


def investment(contract: OutputContract, reality: Reality) -> TermLine | None:
    """投资总额."""
    return _invested(Term.INVESTMENT, contract.investment_wan, Decimal(1), contract, reality)


def investment_per_mu(contract: OutputContract, reality: Reality) -> TermLine | None:
    """亩均投资, over the land supplied."""
    supplied = reality.supply.area_m2 if reality.supply is not None else None
    area = supplied or reality.parcel.area_m2
    mu = m2_to_mu(area) if area else None
    return _invested(Term.INVESTMENT_PER_MU, contract.investment_wan_per_mu, mu, contract, reality)


def _invested(
    term: Term,
    agreed: Decimal | None,
    shares: Decimal | None,
    contract: OutputContract,
    reality: Reality,
) -> TermLine | None:
    """Investment as contracts count it: buildings, plant, equipment, and the price of the land
    (`domain.md` §3). Looks leave out the price: where it is not on record, only what reaches the
    goal without it is judged.
    """
    if agreed is None:
        return None
    due_on, today = _due(contract, reality), reality.today
    price = reality.supply.price_wan if reality.supply is not None else None
    seen = _last_invested(reality)
    if seen is None or shares is None:
        why = (
            msg("no investment is on record")
            if seen is None
            else msg("the area of the parcel is not on record")
        )
        standing, why_not = _unseen(due_on, today, why)
        return TermLine(
            term=term,
            agreed=agreed,
            source=LimitSource.OUTPUT_CONTRACT,
            due_on=due_on,
            standing=standing,
            why=why_not,
        )
    invested, seen_on = seen
    whole = invested + (price or Decimal(0))
    standing, why_not = _standing(whole >= agreed * shares, seen_on, due_on, today)
    if standing is Standing.NOT_MET and price is None:
        standing = Standing.UNJUDGED
        why_not = msg("the price of the land is not on record, and it counts")
    remarks = (
        [msg("with the price of the land, {price} (10 000 yuan)", price=shown(price))]
        if price
        else []
    )
    if price is None:
        remarks.append(msg("without the price of the land, which is not on record"))
    if term is Term.INVESTMENT_PER_MU:
        remarks.append(msg("÷ {mu} mu", mu=shown(shares)))
    return TermLine(
        term=term,
        agreed=agreed,
        source=LimitSource.OUTPUT_CONTRACT,
        actual=whole / shares,
        as_of=seen_on,
        due_on=due_on,
        gap=whole / shares - agreed,
        standing=standing,
        why=why_not,
        remarks=tuple(remarks),
    )


def plot_ratio(contract: OutputContract, reality: Reality) -> TermLine | None:
    """容积率, as a checkup measured it last; the contracts' limit, else the county's."""
    limit = limit_on("plot_ratio_min", contract, reality)
    if limit is None or limit.minimum is None:
        return None
    due_on, today = _due(contract, reality), reality.today
    at_most = reality.supply.plot_ratio_max if reality.supply is not None else None
    at_most = at_most or limit.maximum
    if reality.plot_ratio is None:
        standing, why = _unseen(due_on, today, msg("no checkup has measured it yet"))
        return TermLine(
            term=Term.PLOT_RATIO,
            agreed=limit.minimum,
            at_most=at_most,
            source=limit.source,
            due_on=due_on,
            standing=standing,
            why=why,
        )
    value, seen_on = reality.plot_ratio
    if at_most is not None and value > at_most:
        standing, why, gap = Standing.NOT_MET, None, value - at_most
    else:
        standing, why = _standing(value >= limit.minimum, seen_on, due_on, today)
        gap = value - limit.minimum
    return TermLine(
        term=Term.PLOT_RATIO,
        agreed=limit.minimum,
        at_most=at_most,
        source=limit.source,
        actual=value,
        as_of=seen_on,
        due_on=due_on,
        gap=gap,
        standing=standing,
        why=why,
        remarks=(msg("measured in a checkup"),),
    )


def dates(reality: Reality) -> list[TermLine | None]:
    """交地, 开工, 竣工. The delivery is the authority's to make."""
    supply, today = reality.supply, reality.today
    if supply is None:
        return []
    delivered, started, completed = (
        day if day is not None and day <= today else None
        for day in (
            supply.actual_delivery_on,
            supply.actual_start_on,
            supply.actual_completion_on,
        )
    )
    looks = sorted((one for one in reality.looks if one.observed_on <= today), key=order.observed)
    building = next((one.observed_on for one in looks if one.developed_area_m2), None)
    return [
        _day(
            Term.DELIVERY,
            supply.agreed_delivery_on,
            delivered,
            today,
            msg("the day of the delivery is not on record"),
        ),
        _day(
            Term.START,
            supply.agreed_start_on,
            started,
            today,
            msg("completed on {day}; the day of the start is not on record", day=completed)
            if completed is not None
            else msg(
                "building was seen on {day}; the day of the start is not on record", day=building
            )
            if building is not None
            else None,
        ),
        _day(Term.COMPLETION, supply.agreed_completion_on, completed, today, None),
    ]


def _day(
    term: Term, agreed: date | None, actual: date | None, today: date, unknown: Message | None
) -> TermLine | None:
    """A date against its term. `unknown` says why a missing one proves nothing; without it a day
    that passed with nothing on record is not met, as the screening rules have it.
    """
    if agreed is None:
        return None
    why: Message | None = None
    remarks: tuple[Message, ...] = ()
    gap: int | None = None
    if actual is not None:
        gap = (actual - agreed).days
        standing = Standing.MET if gap <= 0 else Standing.NOT_MET
    elif today <= agreed:
        standing = Standing.NOT_YET_DUE
    elif unknown is not None:
        standing, why = Standing.UNJUDGED, unknown
    else:
        standing, gap = Standing.NOT_MET, (today - agreed).days
        remarks = (msg("nothing on record up to {day}", day=today),)
    return TermLine(
        term=term,
        agreed=agreed,
        source=LimitSource.SUPPLY_CONTRACT,
        actual=actual,
        as_of=actual,
        due_on=agreed,
        gap=gap,
        standing=standing,
        why=why,
        remarks=remarks,
    )
