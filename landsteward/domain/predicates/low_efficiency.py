"""低效用地: the criteria by which a county recognises it, each on its own, and which are met.

Source: plan item 16 (counties set their criteria), `domain.md` §5 (利辛 as an example). A parcel is
suspected as soon as one criterion the rule counts is met. It cannot be judged where none is and
something that decides another one is not on record.
"""

from collections.abc import Callable, Mapping
from datetime import date

from landsteward.domain.limits import Applied
from landsteward.domain.predicates.building import (
    INDICATORS,
    built,
    limit_words,
    missing_limit,
    value_of,
)
from landsteward.domain.predicates.standing import NO_PRODUCTION, stopped_words
from landsteward.domain.predicates.timing import NO_PROGRESS, NO_SHARE, below_share, known
from landsteward.domain.quantities import full_years, m2_to_mu, shown
from landsteward.domain.screening import (
    About,
    Account,
    EnteredAt,
    Measured,
    Missing,
    Predicate,
    Terms,
)
from landsteward.domain.states import IndustryPolicy, Production
from landsteward.domain.subjects import ParcelSubject
from landsteward.domain.text import Message, msg

NO_HOLDER = Missing(msg("who holds the land is not recorded"), EnteredAt.SUPPLY)
NO_POLICY = Missing(
    msg("whether its industry is restricted or phased out is not recorded"), EnteredAt.ENTERPRISE
)
NO_EMPTY = Missing(msg("how much of the parcel lies empty is not recorded"), EnteredAt.PARCEL)

NO_CHECKUP = Missing(
    msg("not every department of safety and environment has finished a checkup of the holder"),
    EnteredAt.ENTERPRISE,
)

FAILS_CHECKS = "fails_safety_or_environment"
"""The criterion that looks at checkups: its rule names the departments."""

Criterion = Callable[[ParcelSubject, Terms, date], Message | Missing | None]
"""Says how it is met; why it cannot be judged; or None: not met."""


def _restricted_industry(
    subject: ParcelSubject, terms: Terms, on: date
) -> Message | Missing | None:
    """Restricted or phased-out industry."""
    if subject.holder is None:
        return NO_HOLDER
    policy = subject.holder.industry_policy
    if policy is None:
        return NO_POLICY
    if policy is IndustryPolicy.RESTRICTED:
        return msg("Its industry is on record as restricted.")
    if policy is IndustryPolicy.PHASED_OUT:
        return msg("Its industry is on record as to be phased out.")
    return None


def _empty_land(subject: ParcelSubject, terms: Terms, on: date) -> Message | Missing | None:
    """More than so many 亩 contiguous empty."""
    empty = subject.parcel.empty_m2
    if empty is None:
        return NO_EMPTY
    mu, limit = m2_to_mu(empty), terms.params["empty_over_mu"]
    if mu <= limit:
        return None
    return msg("Empty in one piece: {mu} mu, more than {limit}.", mu=shown(mu), limit=limit)


def _suspended_not_idle(subject: ParcelSubject, terms: Terms, on: date) -> Message | Missing | None:
    """Building stopped for a year, yet not idle land: a third is built and a quarter invested."""
    contract, look = subject.contract, subject.progress
    if contract is not None and known(contract.actual_completion_on, on) is not None:
        return None
    if look is None:
        return NO_PROGRESS
    since = look.suspended_since
    if since is None or since > on or full_years(since, on) < terms.params["years"]:
        return None
    shares = (
        below_share(
            look.developed_area_m2,
            look.area_to_develop_m2,
            terms.params["built_less_than_one_in"],
        ),
        below_share(
            look.invested_wan,
            look.total_investment_wan,
            terms.params["invested_less_than_one_in"],
        ),
    )
    if True in shares:
        return None
    if None in shares:
        return NO_SHARE
    return msg(
        "Building suspended since {since}, {years} full year(s), without being idle land.",
        since=since,
        years=full_years(since, on),
    )


def _production_stopped(subject: ParcelSubject, terms: Terms, on: date) -> Message | Missing | None:
    """Production stopped or half stopped for a year."""
    if subject.holder is None:
        return NO_HOLDER
    production, since = subject.holder.production, subject.holder.production_since
    if production is None:
        return NO_PRODUCTION
    if production is Production.NORMAL:
        return None
    if since is None:
        return Missing(msg("since when it does not produce is not recorded"), EnteredAt.ENTERPRISE)
    if since > on or full_years(since, on) < terms.params["years"]:
        return None
    return stopped_words(production, since, on)


def _plot_ratio_low(subject: ParcelSubject, terms: Terms, on: date) -> Message | Missing | None:
    """Plot ratio below what the contract or the plan asks, by more than so many percent."""
    if not built(subject, on):
        return None
    indicator = INDICATORS["plot_ratio_low"]
    value = value_of(subject, indicator)
    if isinstance(value, Missing):
        return value
    limit = terms.limits.on(
        indicator.term,
        supply=subject.contract,
        output=subject.output,
        industry=subject.holder.industry_code if subject.holder is not None else None,
    )
    if not isinstance(limit, Applied):
        return missing_limit(limit)
    if value * 100 >= limit.value * (100 - terms.params["plot_ratio_below_percent"]):
        return None
    return msg(
        "Plot ratio {value}. {limit}",
        value=shown(value),
        limit=limit_words(limit, at_least=True, unit=""),
    )


def _fails_checks(subject: ParcelSubject, terms: Terms, on: date) -> Message | Missing | None:
    """Fails safety or environment: by a finding so grave, confirmed and not settled."""
    if subject.holder is None:
        return NO_HOLDER
    grave = [
        one
        for one in subject.checks.findings
        if one.department in terms.checked_by
        and one.severity <= terms.params["failing_severity"]
        and (one.since is None or one.since <= on)
    ]
    if grave:
        return msg("{count} open finding(s): {title}.", count=len(grave), title=grave[0].title)
    return None if subject.checks.departments.issuperset(terms.checked_by) else NO_CHECKUP


CRITERIA: Mapping[str, Criterion] = {
    "restricted_industry": _restricted_industry,
    "empty_land": _empty_land,
    "suspended_not_idle": _suspended_not_idle,
    "production_stopped": _production_stopped,
    "plot_ratio_low": _plot_ratio_low,
    FAILS_CHECKS: _fails_checks,
}


def _measure(subject: ParcelSubject, terms: Terms, on: date) -> Measured:
    """How many of the criteria the rule counts are met."""
    met, first = 0, None
    for name in terms.criteria:
        found = CRITERIA[name](subject, terms, on)
        if isinstance(found, Missing):
            first = first or found
        elif found is not None:
            met += 1
    return met or first


def _account(subject: ParcelSubject, terms: Terms, on: date) -> Account:
    found = {name: CRITERIA[name](subject, terms, on) for name in terms.criteria}
    met = {name: one for name, one in found.items() if isinstance(one, Message)}
    open_ = [one for one in found.values() if isinstance(one, Missing)]
    holder = subject.holder
    return Account(
        facts=(
            *((f"criterion_{name}", name in met) for name in found),
            ("industry_policy", holder.industry_policy if holder else None),
            ("production", holder.production if holder else None),
            ("empty_m2", subject.parcel.empty_m2),
            ("ratio_floor_m2", subject.parcel.ratio_floor_m2),
            ("asked_on", on),
        ),
        arithmetic=(
            *met.values(),
            msg("Criteria met: {met} of {all}.", met=len(met), all=len(found)),
            *(msg("Not judged: {reason}.", reason=one.because) for one in open_),
        ),
    )


PREDICATES: dict[str, Predicate[ParcelSubject]] = {
    "low_efficiency": Predicate(
        about=About.PARCEL,
        measure=_measure,
        account=_account,
        params=frozenset(
            {
                "empty_over_mu",
                "years",
                "plot_ratio_below_percent",
                "built_less_than_one_in",
                "invested_less_than_one_in",
                "failing_severity",
            }
        ),
        criteria=frozenset(CRITERIA),
    ),
}
