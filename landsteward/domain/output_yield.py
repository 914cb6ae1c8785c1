"""What the land was to yield: tax and revenue per mu, and the year in which all is reached."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from landsteward.domain.checklist import LimitSource
from landsteward.domain.indicators import Indicator, yearly_indicator
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.output_terms import Reality, Standing, Term, TermLine, limit_on
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.register import OutputContract, YearlyMetrics
from landsteward.domain.text import Message, msg


class YearIndicators:
    """The indicators of a year by key, each computed when it is asked for."""

    def __init__(self, figures: YearlyMetrics, land: LandBasis | None) -> None:
        self._figures = figures
        self._land = land

    def __getitem__(self, key: str) -> Indicator:
        return yearly_indicator(key, self._figures, self._land)


YearValues = Mapping[int, tuple[YearIndicators, LandBasis | None]]
"""By year, newest first: the indicators and the land they are divided by."""


def first_full_year(reach_on: date) -> int:
    """The first calendar year that lies wholly behind the day output is due in full."""
    return reach_on.year if (reach_on.month, reach_on.day) == (1, 1) else reach_on.year + 1


def complete_years(reality: Reality) -> YearValues:
    """The indicators of the years that are over, newest first."""
    over = [one for one in reality.years if one[0].year < reality.today.year]
    over.sort(key=lambda one: one[0].year, reverse=True)
    return {figures.year: (YearIndicators(figures, land), land) for figures, land in over}


def output_per_mu(
    term: Term, name: str, contract: OutputContract, reality: Reality, years: YearValues
) -> TermLine | None:
    """Tax or revenue per mu by the latest whole year behind 达产; before that, as it stands."""
    limit = limit_on(name, contract, reality)
    if limit is None or limit.minimum is None:
        return None
    agreed, reach_on = limit.minimum, contract.reach_on
    known = {
        year: (indicator, land)
        for year, (found, land) in years.items()
        if (indicator := found[term.value]).value is not None
    }
    first = first_full_year(reach_on) if reach_on is not None else None
    counted = [year for year in known if first is None or year >= first]
    shown_year = next(iter(counted or known), None)
    actual: Decimal | None = None
    remarks: list[Message] = []
    meets = False
    if shown_year is not None:
        indicator, land = known[shown_year]
        actual, meets = indicator.value, indicator.reaches(agreed)
        remarks = _of_year(indicator, land)
    standing, why = _judged_by_year(reality.today, first, bool(counted), meets, years, term)
    if first is not None:
        remarks.append(msg("counts from {year} on", year=first))
    last = reality.today.year - 1
    if counted and counted[0] < last:
        remarks.append(msg("no value for {year}", year=last))
    return TermLine(
        term=term,
        agreed=agreed,
        source=limit.source,
        actual=actual,
        as_of=shown_year,
        due_on=date(first, 12, 31) if first is not None else None,
        gap=None if actual is None else actual - agreed,
        standing=standing,
        why=why,
        remarks=tuple(remarks),
    )


def _judged_by_year(
    today: date, first: int | None, counts: bool, meets: bool, years: YearValues, term: Term
) -> tuple[Standing, Message | None]:
    if first is None:
        return (
            (Standing.MET, None)
            if meets
            else (Standing.UNJUDGED, msg("no day is agreed by which it is due"))
        )
    if counts:
        return (Standing.MET if meets else Standing.NOT_MET), None
    if today <= date(first, 12, 31):
        return Standing.NOT_YET_DUE, None
    for year, (found, _land) in years.items():
        if year >= first and (missing := found[term.value].missing) is not None:
            return Standing.UNJUDGED, msg("{year}: {missing}", year=year, missing=missing)
    return Standing.UNJUDGED, msg("no figures are on record from {year} on", year=first)


def _of_year(indicator: Indicator, land: LandBasis | None) -> list[Message]:
    assert indicator.part is not None, "an indicator that could not be computed"
    assert land is not None, "an indicator that could not be computed"
    return [
        msg(
            "{part} (10 000 yuan) ÷ {mu} mu, all its land",
            part=shown(indicator.part),
            mu=shown(m2_to_mu(land.area_m2)),
        )
    ]


def reach(contract: OutputContract, reality: Reality, years: YearValues) -> TermLine | None:
    """达产: the first year in which everything agreed per mu was reached."""
    reach_on = contract.reach_on
    if reach_on is None:
        return None
    goals = {
        term.value: agreed
        for term, agreed in (
            (Term.TAX_PER_MU, contract.tax_wan_per_mu),
            (Term.REVENUE_PER_MU, contract.revenue_wan_per_mu),
        )
        if agreed is not None
    }
    first = first_full_year(reach_on)
    reached = next((one for one in sorted(years) if _all_reached(years[one][0], goals)), None)
    standing, why = _reached(reality.today, first, reached, goals, years)
    return TermLine(
        term=Term.REACH,
        agreed=reach_on,
        source=LimitSource.OUTPUT_CONTRACT,
        actual=reached,
        as_of=reached,
        due_on=reach_on,
        gap=max(0, reached - first) if reached is not None else None,
        standing=standing,
        why=why,
        remarks=(msg("judged by the year {year}", year=first),),
    )


def _all_reached(found: YearIndicators, goals: Mapping[str, Decimal]) -> bool:
    return bool(goals) and all(
        found[key].value is not None and found[key].reaches(goal) for key, goal in goals.items()
    )


def _reached(
    today: date,
    first: int,
    reached: int | None,
    goals: Mapping[str, Decimal],
    years: YearValues,
) -> tuple[Standing, Message | None]:
    if reached is not None and reached <= first:
        return Standing.MET, None
    if today <= date(first, 12, 31):
        return Standing.NOT_YET_DUE, None
    if not goals:
        return Standing.UNJUDGED, msg("neither tax nor revenue per mu is agreed")
    known = years.get(first)
    if known is None or any(known[0][key].value is None for key in goals):
        return Standing.UNJUDGED, msg("the figures of {year} are not on record in full", year=first)
    return Standing.NOT_MET, None
