"""Large industrial supplies go by phases, unless all of it is begun within a year.

Source: plan item 25: above 100 亩, supply and building by phases; supplied at once where by the
investment plan it is fully started within one year (floor area started ≥ 80 % of what is planned
for the parcel); what is reserved for a later phase is reserved for two years at most.
"""

from datetime import date
from decimal import Decimal

from landsteward.domain.predicates.timing import NO_START_TERM, start_due
from landsteward.domain.quantities import add_years, m2_to_mu, shown
from landsteward.domain.screening import (
    About,
    Account,
    EnteredAt,
    Measured,
    Missing,
    Predicate,
    Terms,
)
from landsteward.domain.subjects import SupplySubject
from landsteward.domain.text import Message, msg

NO_AREA = Missing(msg("the area is not recorded"), EnteredAt.SUPPLY)
NO_FLOOR = Missing(
    msg("the floor area planned or the floor area started is not recorded"), EnteredAt.SUPPLY
)
NO_RESERVATION = Missing(
    msg("supplied by phases, but since when land is reserved is not recorded"), EnteredAt.SUPPLY
)


def _area(subject: SupplySubject) -> Decimal | None:
    return subject.contract.area_m2 or subject.parcel.area_m2


def _started_share(subject: SupplySubject) -> Decimal | None:
    """% of the planned floor area that was started; None where that is not known."""
    planned, started = subject.contract.planned_floor_m2, subject.contract.started_floor_m2
    if planned is None or started is None or planned <= 0:
        return None
    return started * 100 / planned


def _large(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """亩 of a supply above the size from which supply and building go by phases (item 25), where
    neither phases nor a full start are on record. For which land uses, the rule's `land_uses` say.
    """
    if subject.contract.phased:
        return None
    area = _area(subject)
    if area is None:
        return NO_AREA
    mu = m2_to_mu(area)
    if mu <= terms.params["above_mu"]:
        return None
    share = _started_share(subject)
    return None if share is not None and share >= terms.params["full_start_percent"] else mu


def _large_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    contract, area = subject.contract, _area(subject)
    assert area is not None, "measured without an area"
    mu = m2_to_mu(area)
    return Account(
        facts=(
            ("area_m2", area),
            ("area_mu", mu.quantize(Decimal("0.01"))),
            ("land_use", subject.parcel.land_use),
            ("phased", contract.phased),
            ("planned_floor_m2", contract.planned_floor_m2),
            ("started_floor_m2", contract.started_floor_m2),
            ("signed_on", contract.signed_on),
            ("asked_on", on),
        ),
        arithmetic=(
            msg("{area} m² × 15 ÷ 10 000 = {mu} mu.", area=shown(area), mu=shown(mu)),
            msg(
                "More than {limit} mu, and no phased supply is on record.",
                limit=terms.params["above_mu"],
            ),
            *_shares(subject, terms),
        ),
        act_on=contract.signed_on,
    )


def _shares(subject: SupplySubject, terms: Terms) -> tuple[Message, ...]:
    share = _started_share(subject)
    planned, started = subject.contract.planned_floor_m2, subject.contract.started_floor_m2
    if share is None or planned is None or started is None:
        return ()
    return (
        msg(
            "Floor area started: {started} of {planned} m², {share} %; a full start is {limit} %.",
            started=shown(started),
            planned=shown(planned),
            share=shown(share),
            limit=terms.params["full_start_percent"],
        ),
    )


def _full_start(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """Days since a large supply made at once should have been fully started (item 25)."""
    contract, area = subject.contract, _area(subject)
    if contract.phased:
        return None
    if area is None:
        return NO_AREA
    if m2_to_mu(area) <= terms.params["above_mu"]:
        return None
    done = contract.actual_completion_on
    if done is not None and done <= on:
        return None
    begin = start_due(contract, terms)
    if begin is None:
        return NO_START_TERM
    due = add_years(begin, int(terms.params["years"]))
    if on <= due:
        return None
    share = _started_share(subject)
    if share is None:
        return NO_FLOOR
    return None if share >= terms.params["full_start_percent"] else (on - due).days


def _full_start_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    contract, begin, area = subject.contract, start_due(subject.contract, terms), _area(subject)
    assert begin is not None, "measured without a day to measure from"
    assert area is not None, "measured without an area"
    due = add_years(begin, int(terms.params["years"]))
    days = (on - due).days
    return Account(
        facts=(
            ("area_m2", area),
            ("start_due_on", begin),
            ("full_start_due_on", due),
            ("planned_floor_m2", contract.planned_floor_m2),
            ("started_floor_m2", contract.started_floor_m2),
            ("asked_on", on),
            ("days_overdue", days),
        ),
        arithmetic=(
            msg(
                "{mu} mu supplied at once: fully started {years} year(s) after {begin}, by {due}.",
                mu=shown(m2_to_mu(area)),
                years=terms.params["years"],
                begin=begin,
                due=due,
            ),
            *_shares(subject, terms),
            msg("From {due} to {on}: {days} days.", due=due, on=on, days=days),
        ),
        act_on=contract.signed_on,
    )


def _reserved(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """Days since land was reserved for a later phase longer than it may be (item 25)."""
    contract = subject.contract
    if not contract.phased or contract.reserved_m2 == 0:
        return None
    since = contract.reserved_on
    if since is None:
        return NO_RESERVATION
    due = add_years(since, int(terms.params["years"]))
    return (on - due).days if on > due else None


def _reserved_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    contract = subject.contract
    since = contract.reserved_on
    assert since is not None, "measured without a day to measure from"
    due = add_years(since, int(terms.params["years"]))
    days = (on - due).days
    return Account(
        facts=(
            ("reserved_on", since),
            ("reserved_m2", contract.reserved_m2),
            ("asked_on", on),
            ("days_overdue", days),
        ),
        arithmetic=(
            msg(
                "Reserved since {since}; {years} year(s) later is {due}.",
                since=since,
                years=terms.params["years"],
                due=due,
            ),
            msg("From {due} to {on}: {days} days.", due=due, on=on, days=days),
        ),
        act_on=contract.signed_on,
    )


PREDICATES: dict[str, Predicate[SupplySubject]] = {
    "large_unphased": Predicate(
        about=About.SUPPLY,
        measure=_large,
        account=_large_account,
        params=frozenset({"above_mu", "full_start_percent"}),
    ),
    "full_start_overdue": Predicate(
        about=About.SUPPLY,
        measure=_full_start,
        account=_full_start_account,
        params=frozenset({"above_mu", "full_start_percent", "years", "years_after_delivery"}),
    ),
    "reservation_overdue": Predicate(
        about=About.SUPPLY,
        measure=_reserved,
        account=_reserved_account,
        params=frozenset({"years"}),
    ),
}
