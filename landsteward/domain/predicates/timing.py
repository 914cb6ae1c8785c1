"""Start, completion and suspension of building: idle land, and dates that were agreed.

Sources: 闲置土地处置办法 (53号令) art. 2, 8, 12, 14, 22, 30; the supply contract. A corresponding
day completes a year (民法典 art. 202).
"""

from datetime import date
from decimal import Decimal

from landsteward.domain.quantities import add_years, full_years, shown
from landsteward.domain.register import ConstructionProgress, SupplyContract
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
from landsteward.domain.states import DelayCause
from landsteward.domain.subjects import SupplySubject
from landsteward.domain.text import Message, msg

NO_START_TERM = Missing(
    msg("no start date was agreed and the actual delivery of the land is not recorded"),
    EnteredAt.SUPPLY,
)
NO_COMPLETION_TERM = Missing(msg("no completion date was agreed"), EnteredAt.SUPPLY)
CONTRADICTION = Missing(
    msg("the recorded completion lies before the recorded start"), EnteredAt.SUPPLY
)
NO_PROGRESS = Missing(msg("no construction progress is on record"), EnteredAt.CONSTRUCTION)
NO_START = Missing(
    msg("work is recorded as suspended, but no actual start is on record"), EnteredAt.SUPPLY
)
NO_SHARE = Missing(
    msg("the share built or the share invested is not recorded"), EnteredAt.CONSTRUCTION
)

_CAUSES = {
    DelayCause.GOVERNMENT: msg("government"),
    DelayCause.FORCE_MAJEURE: msg("force majeure"),
}


def last_look(subject: SupplySubject, on: date) -> ConstructionProgress | None:
    """The last look at the parcel, unless it came after the day asked about."""
    progress = subject.progress
    return progress if progress is not None and progress.observed_on <= on else None


def known(day: date | None, on: date) -> date | None:
    return day if day is not None and day <= on else None


def building_seen(progress: ConstructionProgress | None) -> bool:
    return (
        progress is not None
        and progress.developed_area_m2 is not None
        and progress.developed_area_m2 > 0
    )


def start_due(contract: SupplyContract, terms: Terms) -> date | None:
    """The agreed start; where none was agreed, actual delivery and so many years (art. 22)."""
    if contract.agreed_start_on is not None:
        return contract.agreed_start_on
    if contract.actual_delivery_on is not None:
        return add_years(contract.actual_delivery_on, int(terms.params["years_after_delivery"]))
    return None


def _not_started(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """Full years since work should have started, where it has not (idle land, type 1).

    Source: 闲置土地处置办法 art. 2, 22. Building that was seen counts as a start.
    """
    contract = subject.contract
    started, done = contract.actual_start_on, contract.actual_completion_on
    if started is not None and started <= on:
        return None
    if done is not None and done <= on:
        return None if started is None else CONTRADICTION
    due = start_due(contract, terms)
    if due is None:
        return NO_START_TERM
    if on <= due or building_seen(last_look(subject, on)):
        return None
    return full_years(due, on)


def _not_started_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    contract = subject.contract
    due = start_due(contract, terms)
    assert due is not None, "measured without a day to measure from"
    facts: Facts = (("agreed_start_on", contract.agreed_start_on),)
    arithmetic: tuple[Message, ...]
    groups: tuple[str, ...] = ()
    if contract.agreed_start_on is None:
        groups = ("no_agreed_start",)
        facts += (("actual_delivery_on", contract.actual_delivery_on), ("start_due_on", due))
        arithmetic = (
            msg(
                "No start date was agreed. Delivered {day}; {years} year(s) later is {due}.",
                day=contract.actual_delivery_on,
                years=terms.params["years_after_delivery"],
                due=due,
            ),
        )
    else:
        arithmetic = (msg("Agreed start: {day}.", day=due),)
    days, years = (on - due).days, full_years(due, on)
    facts += (
        ("actual_start_on", None),
        ("asked_on", on),
        ("days_overdue", days),
        ("full_years_overdue", years),
    )
    arithmetic += (
        msg("No actual start on record up to {day}.", day=on),
        msg(
            "From {due} to {on}: {days} days, {years} full year(s).",
            due=due,
            on=on,
            days=days,
            years=years,
        ),
        *_agreed_dates_doubtful(contract),
    )
    cause_facts, sentences = _delay(subject, on)
    return Account(
        facts=facts + cause_facts,
        arithmetic=arithmetic + sentences,
        groups=groups + (("delay_cause",) if sentences else ()),
    )


def _agreed_dates_doubtful(contract: SupplyContract) -> tuple[Message, ...]:
    start, end = contract.agreed_start_on, contract.agreed_completion_on
    if start is None or end is None or start <= end:
        return ()
    return (msg("The agreed completion {end} lies before the agreed start; check it.", end=end),)


def _delay(subject: SupplySubject, on: date) -> tuple[Facts, tuple[Message, ...]]:
    """What speaks for a cause that is not the holder's (art. 8). The authority has to review it;
    until then a suspicion stays one.
    """
    facts: Facts = ()
    sentences: tuple[Message, ...] = ()
    contract, progress = subject.contract, last_look(subject, on)
    delivered = known(contract.actual_delivery_on, on)
    agreed = contract.agreed_delivery_on
    if agreed is not None and delivered is not None and delivered > agreed:
        late = (delivered - agreed).days
        facts += (("delivered_late_days", late),)
        sentences += (
            msg(
                "The land was delivered {days} days late ({agreed}, {delivered}): "
                "whether the delay has a government cause must be reviewed first.",
                days=late,
                agreed=agreed,
                delivered=delivered,
            ),
        )
    if progress is not None and progress.cause is not None:
        facts += (("delay_cause", progress.cause.value),)
        if progress.cause is not DelayCause.OWN:
            sentences += (
                msg(
                    "Cause of the delay on record: {cause}. It must be reviewed first.",
                    cause=_CAUSES[progress.cause],
                ),
            )
    return facts, sentences


def _completion(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """Days since the agreed completion, where none is on record. Source: the supply contract."""
    contract = subject.contract
    done = contract.actual_completion_on
    if done is not None and done <= on:
        started = contract.actual_start_on
        return CONTRADICTION if started is not None and started > done else None
    due = contract.agreed_completion_on
    if due is None:
        return NO_COMPLETION_TERM
    return (on - due).days if on > due else None


def _completion_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    contract = subject.contract
    due = contract.agreed_completion_on
    assert due is not None, "measured without a day to measure from"
    days = (on - due).days
    return Account(
        facts=(
            ("agreed_completion_on", due),
            ("actual_start_on", known(contract.actual_start_on, on)),
            ("actual_completion_on", None),
            ("asked_on", on),
            ("days_overdue", days),
        ),
        arithmetic=(
            msg("Agreed completion: {day}.", day=due),
            msg("No actual completion on record up to {day}.", day=on),
            msg("From {due} to {on}: {days} days.", due=due, on=on, days=days),
            *_agreed_dates_doubtful(contract),
        ),
    )


def _suspended(subject: SupplySubject, terms: Terms, on: date) -> Measured:
    """Full years of suspension where less than a third is built or a quarter invested (type 2).

    Source: 闲置土地处置办法 art. 2 (second kind). Investment leaves out land price and taxes
    (art. 30). Exactly a third, exactly a quarter is not less.
    """
    contract, progress = subject.contract, last_look(subject, on)
    started, done = contract.actual_start_on, contract.actual_completion_on
    if done is not None and done <= on:
        return CONTRADICTION if started is not None and started > done else None
    if progress is None:
        return NO_PROGRESS
    since = progress.suspended_since
    if since is None or since > on:
        return None
    if (started is None or started > on) and not building_seen(progress):
        return NO_START
    built = below_share(
        progress.developed_area_m2,
        progress.area_to_develop_m2,
        terms.params["built_less_than_one_in"],
    )
    invested = below_share(
        progress.invested_wan,
        progress.total_investment_wan,
        terms.params["invested_less_than_one_in"],
    )
    if built or invested:
        return full_years(since, on)
    return NO_SHARE if built is None or invested is None else None


def below_share(part: Decimal | None, whole: Decimal | None, one_in: Decimal) -> bool | None:
    """Whether a part is less than one in so many of the whole; None where that is unknown."""
    if part is None or whole is None or whole <= 0:
        return None
    return part * one_in < whole


def _suspended_account(subject: SupplySubject, terms: Terms, on: date) -> Account:
    progress = last_look(subject, on)
    assert progress is not None, "measured without a look at the parcel"
    since = progress.suspended_since
    assert since is not None, "measured without a suspension"
    years = full_years(since, on)
    cause_facts, sentences = _delay(subject, on)
    return Account(
        facts=(
            ("actual_start_on", known(subject.contract.actual_start_on, on)),
            ("suspended_since", since),
            ("observed_on", progress.observed_on),
            ("developed_area_m2", progress.developed_area_m2),
            ("area_to_develop_m2", progress.area_to_develop_m2),
            ("invested_wan", progress.invested_wan),
            ("total_investment_wan", progress.total_investment_wan),
            ("asked_on", on),
            ("full_years_suspended", years),
            *cause_facts,
        ),
        arithmetic=(
            msg("From {since} to {on}: {years} full year(s).", since=since, on=on, years=years),
            msg("Last seen {day}; work resumed since is not on record.", day=progress.observed_on),
            *_shares(progress, terms),
            *sentences,
        ),
        groups=("delay_cause",) if sentences else (),
    )


def _shares(progress: ConstructionProgress, terms: Terms) -> tuple[Message, ...]:
    """What is known of the two shares, in sentences."""
    sentences: tuple[Message, ...] = ()
    part, whole = progress.developed_area_m2, progress.area_to_develop_m2
    if part is not None and whole is not None and whole > 0:
        sentences += (
            msg(
                "Built: {part} of {whole} m², {share} %; the limit is one in {one_in}.",
                part=shown(part),
                whole=shown(whole),
                share=shown(part * 100 / whole, 1),
                one_in=terms.params["built_less_than_one_in"],
            ),
        )
    part, whole = progress.invested_wan, progress.total_investment_wan
    if part is not None and whole is not None and whole > 0:
        sentences += (
            msg(
                "Invested: {part} of {whole} (10 000 yuan), {share} %; "
                "the limit is one in {one_in}.",
                part=shown(part),
                whole=shown(whole),
                share=shown(part * 100 / whole, 1),
                one_in=terms.params["invested_less_than_one_in"],
            ),
        )
    return sentences


PREDICATES: dict[str, Predicate[SupplySubject]] = {
    "idle_not_started": Predicate(
        about=About.SUPPLY,
        measure=_not_started,
        account=_not_started_account,
        params=frozenset({"years_after_delivery"}),
        groups=frozenset({"no_agreed_start", "delay_cause"}),
    ),
    "completion_overdue": Predicate(
        about=About.SUPPLY, measure=_completion, account=_completion_account
    ),
    "idle_suspended": Predicate(
        about=About.SUPPLY,
        measure=_suspended,
        account=_suspended_account,
        params=frozenset({"built_less_than_one_in", "invested_less_than_one_in"}),
        groups=frozenset({"delay_cause"}),
    ),
}
