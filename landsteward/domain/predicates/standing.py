"""How an enterprise stands: its yearly figures against the county's baselines, its grade, whether
it works.

Source: plan item 11 (亩均效益评价 and what follows for D); `domain.md` §2, §6 (经信).
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from landsteward.domain.indicators import Indicator, yearly_indicator
from landsteward.domain.predicates.building import gap_percent
from landsteward.domain.quantities import full_years, shown
from landsteward.domain.register import YearlyMetrics
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
from landsteward.domain.states import Production, Scale
from landsteward.domain.subjects import EnterpriseSubject
from landsteward.domain.text import Bilingual, Message, msg

NO_SCALE = Missing(
    msg("whether it is above the threshold (规上, 规下) is not recorded"), EnteredAt.ENTERPRISE
)
NO_GRADE = Missing(msg("no grade is recorded"), EnteredAt.YEARS)
NO_FIGURES = Missing(msg("no figures of a full year are recorded"), EnteredAt.YEARS)
NO_PRODUCTION = Missing(msg("whether it is producing is not recorded"), EnteredAt.ENTERPRISE)
NO_REVENUE = Missing(msg("revenue is not recorded"), EnteredAt.YEARS)
_D = "D"


def _over(subject: EnterpriseSubject, on: date) -> Iterator[YearlyMetrics]:
    """The years that are over, latest first."""
    return (one for one in subject.years if one.year < on.year)


# 亩均低于基准值


def _baseline(subject: EnterpriseSubject, terms: Terms) -> Decimal | Missing | None:
    """The county's baseline for its scale; None where it set one for the other scale only."""
    assert terms.metric is not None, "a rule by a yearly figure names it"
    scale = subject.holder.scale
    if scale is None:
        return NO_SCALE
    return terms.metric.baseline(scale)


def _latest(
    subject: EnterpriseSubject, terms: Terms, on: date
) -> tuple[YearlyMetrics, Indicator] | Missing:
    """The indicator of the latest year that is over and has figures."""
    assert terms.metric is not None, "a rule by a yearly figure names it"
    latest = next(_over(subject, on), None)
    if latest is None:
        return NO_FIGURES
    found = yearly_indicator(terms.metric.key, latest, subject.land(latest))
    if found.missing is not None:
        because = msg("{year}: {missing}", year=latest.year, missing=found.missing)
        return Missing(because, EnteredAt.YEARS)
    return latest, found


def _below(subject: EnterpriseSubject, terms: Terms, on: date) -> Measured:
    """By how much of the baseline, in %, the latest full year lies below it (item 11)."""
    baseline = _baseline(subject, terms)
    if baseline is None or isinstance(baseline, Missing):
        return baseline
    found = _latest(subject, terms, on)
    if isinstance(found, Missing):
        return found
    _year, indicator = found
    assert indicator.value is not None, "an indicator that is not missing"
    if indicator.reaches(baseline):
        return None
    return gap_percent(indicator.value, baseline, at_least=True)


def _below_account(subject: EnterpriseSubject, terms: Terms, on: date) -> Account:
    baseline, found, metric = _baseline(subject, terms), _latest(subject, terms, on), terms.metric
    assert isinstance(baseline, Decimal), "measured without a baseline"
    assert not isinstance(found, Missing), "measured without a figure"
    assert metric is not None, "a rule by a yearly figure names it"
    year, one = found
    assert one.value is not None, "measured without a figure"
    assert one.part is not None, "measured without a figure"
    assert one.whole is not None, "measured without a figure"
    land = subject.land(year)
    return Account(
        facts=(
            ("year", year.year),
            ("metric", metric.key),
            (one.formula.part, one.part),
            ("land_mu" if one.formula.whole == "land" else one.formula.whole, _short(one.whole)),
            ("land_source", land.source.value if land is not None else None),
            ("value", one.value.quantize(Decimal("0.0001"))),
            ("scale", subject.holder.scale.value if subject.holder.scale else None),
            ("baseline", baseline),
            ("asked_on", on),
        ),
        arithmetic=(
            msg(
                "{year}: {part} ÷ {whole} = {value} {unit}.",
                year=year.year,
                part=shown(one.part),
                whole=shown(one.whole),
                value=shown(one.value),
                unit=metric.unit,
            ),
            msg(
                "The county's baseline for {name}: {baseline} {unit}.",
                name=Bilingual(metric.name, metric.name_en),
                baseline=baseline,
                unit=metric.unit,
            ),
            msg(
                "Off by {gap}, {share} % of the limit.",
                gap=f"{shown(baseline - one.value)} {metric.unit}",
                share=shown((baseline - one.value) * 100 / baseline, 1),
            ),
        ),
    )


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.0001"))


# D类


def _latest_d(subject: EnterpriseSubject, on: date) -> tuple[int, ...] | None:
    """The years running, up to the latest grade, with grade D; None where no grade is on record."""
    years: list[int] = []
    graded = (one for one in _over(subject, on) if one.grade)
    for one in graded:
        if one.grade != _D or (years and one.year != years[-1] - 1):
            return tuple(years)
        years.append(one.year)
    return tuple(years) if years else None


def _grade_d(subject: EnterpriseSubject, terms: Terms, on: date) -> Measured:
    """Years running with grade D, up to the latest grade on record (item 11)."""
    years = _latest_d(subject, on)
    return NO_GRADE if years is None else len(years) or None


def _grade_d_account(subject: EnterpriseSubject, terms: Terms, on: date) -> Account:
    years = _latest_d(subject, on)
    assert years, "measured without a grade D"
    listed, count = ", ".join(map(str, years)), len(years)
    sentences = [msg("Graded D in {years}: {count} year(s) running.", years=listed, count=count)]
    if years[0] < on.year - 1:
        sentences.append(msg("No later grade is on record."))
    return Account(
        facts=(
            ("grade", _D),
            ("grade_year", years[0]),
            ("years_of_d", count),
            ("asked_on", on),
        ),
        arithmetic=tuple(sentences),
    )


# 停产、半停产

_STATES = {
    Production.STOPPED: msg("production stopped"),
    Production.HALF_STOPPED: msg("production half stopped"),
}


def production_facts(subject: EnterpriseSubject, on: date) -> Facts:
    """What is on record of its production."""
    one = subject.holder
    return (
        ("production", one.production.value if one.production else None),
        ("production_since", one.production_since),
        ("asked_on", on),
    )


def _stopped(subject: EnterpriseSubject, terms: Terms, on: date) -> Measured:
    """Full years since production stopped or half stopped (`domain.md` §6 经信)."""
    one = subject.holder
    if one.production is None:
        return NO_PRODUCTION
    since = one.production_since
    if one.production is Production.NORMAL or (since is not None and since > on):
        return None
    return 0 if since is None else full_years(since, on)


def _stopped_account(subject: EnterpriseSubject, terms: Terms, on: date) -> Account:
    one = subject.holder
    assert one.production is not None, "measured without a state"
    since = one.production_since
    years = None if since is None else full_years(since, on)
    return Account(
        facts=(*production_facts(subject, on), ("full_years_stopped", years)),
        arithmetic=(stopped_words(one.production, since, on),),
    )


def stopped_words(production: Production, since: date | None, on: date) -> Message:
    """Since when it does not produce, and for how long."""
    if since is None:
        return msg("On record: {state}; since when is not.", state=_STATES[production])
    return msg(
        "On record: {state} since {since}; {years} full year(s) up to {on}.",
        state=_STATES[production],
        since=since,
        years=full_years(since, on),
        on=on,
    )


# 达到规模标准未纳入统计


def _uncounted(subject: EnterpriseSubject, terms: Terms, on: date) -> Measured:
    """Revenue of the latest full year from the threshold on, where it counts as 规下."""
    scale = subject.holder.scale
    if scale is Scale.ABOVE:
        return None
    latest = next(_over(subject, on), None)
    if latest is None:
        return NO_FIGURES
    revenue = latest.revenue_wan
    if revenue is None:
        return NO_REVENUE
    if revenue < terms.params["revenue_wan"]:
        return None
    return NO_SCALE if scale is None else revenue


def _uncounted_account(subject: EnterpriseSubject, terms: Terms, on: date) -> Account:
    year = next(_over(subject, on))
    assert year.revenue_wan is not None, "measured without a revenue"
    return Account(
        facts=(
            ("year", year.year),
            ("revenue_wan", year.revenue_wan),
            ("scale", Scale.BELOW.value),
            ("asked_on", on),
        ),
        arithmetic=(
            msg(
                "Revenue of {year}: {revenue} (10 000 yuan), from {limit} on it is above the "
                "threshold; on record it is below.",
                year=year.year,
                revenue=shown(year.revenue_wan),
                limit=terms.params["revenue_wan"],
            ),
        ),
    )


PREDICATES: dict[str, Predicate[EnterpriseSubject]] = {
    "below_baseline": Predicate(
        about=About.ENTERPRISE, measure=_below, account=_below_account, by_metric=True
    ),
    "grade_d": Predicate(about=About.ENTERPRISE, measure=_grade_d, account=_grade_d_account),
    "production_stopped": Predicate(
        about=About.ENTERPRISE, measure=_stopped, account=_stopped_account
    ),
    "above_threshold_uncounted": Predicate(
        about=About.ENTERPRISE,
        measure=_uncounted,
        account=_uncounted_account,
        params=frozenset({"revenue_wan"}),
    ),
}
