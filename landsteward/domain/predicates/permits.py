"""Permits and inspections that ran out or are about to.

Which kinds there are, and on what law each rests, is the pack's. A permit is good on its last day.
"""

from datetime import date

from landsteward.domain.screening import (
    About,
    Account,
    EnteredAt,
    Measured,
    Missing,
    Predicate,
    Terms,
)
from landsteward.domain.subjects import PermitSubject
from landsteward.domain.text import msg

NO_END = Missing(msg("until when the permit is good is not recorded"), EnteredAt.PERMITS)


def _days_past(subject: PermitSubject, terms: Terms, on: date) -> int | Missing | None:
    """Days since the last day it was good, below 0 while it is; None where it never ends."""
    permit = subject.permit
    if permit.kind not in terms.kinds or permit.unlimited:
        return None
    return NO_END if permit.valid_to is None else (on - permit.valid_to).days


def _expired(subject: PermitSubject, terms: Terms, on: date) -> Measured:
    """Days since the last day it was good."""
    days = _days_past(subject, terms, on)
    return days if not isinstance(days, int) or days > 0 else None


def _running_out(subject: PermitSubject, terms: Terms, on: date) -> Measured:
    """How many days nearer than so many days before its last day, while it is still good."""
    days = _days_past(subject, terms, on)
    if not isinstance(days, int):
        # That it cannot be judged is said once, by the rule on permits that expired.
        return None
    nearer = int(terms.params["days_before"]) + days
    return nearer if days <= 0 <= nearer else None


def _account(subject: PermitSubject, terms: Terms, on: date) -> Account:
    permit = subject.permit
    assert permit.valid_to is not None, "measured without a day to measure to"
    days = (on - permit.valid_to).days
    sentence = (
        msg(
            "Good until {day}; {days} days have passed on {on}.",
            day=permit.valid_to,
            days=days,
            on=on,
        )
        if days > 0
        else msg(
            "Good until {day}; {days} days are left on {on}.",
            day=permit.valid_to,
            days=-days,
            on=on,
        )
    )
    return Account(
        facts=(
            ("permit_kind", permit.kind),
            ("permit_number", permit.number),
            ("permit_subject", permit.subject),
            ("valid_from", permit.valid_from),
            ("valid_to", permit.valid_to),
            ("asked_on", on),
            ("days_left", -days),
        ),
        arithmetic=(sentence,),
    )


PREDICATES: dict[str, Predicate[PermitSubject]] = {
    "permit_expired": Predicate(
        about=About.PERMIT, measure=_expired, account=_account, by_kind=True
    ),
    "permit_running_out": Predicate(
        about=About.PERMIT,
        measure=_running_out,
        account=_account,
        params=frozenset({"days_before"}),
        by_kind=True,
    ),
}
