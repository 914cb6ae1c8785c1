"""Automatic rules over parcels: suspected, not suspected, or cannot be judged. Never a verdict.

Each predicate is a named pure function of the facts of one supply, the rule's parameters from the
pack, and the day asked about. It measures; which severity and which law follow from the measure
is the pack's to say. Sources: 闲置土地处置办法 (53号令) art. 2, 12, 14, 22, 30; plan item 25.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.domain.findings import LegalBasis, Severity
from landsteward.domain.quantities import add_years, m2_to_mu, shown
from landsteward.domain.register import ConstructionProgress, Enterprise, Parcel, SupplyContract
from landsteward.domain.rulepack import BasisRef, RulePack, ScreeningRule
from landsteward.domain.text import Message, msg

FactValue = str | int | Decimal | date | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningSubject:
    """What is known of one supply: the parcel, its contract, its holder, the last look at it."""

    parcel: Parcel
    contract: SupplyContract
    holder: Enterprise | None
    progress: ConstructionProgress | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A predicate's result: the measure, the facts it used, and the arithmetic in sentences.

    `measure` None means the condition is not met. `extra` names groups of further bases of the
    rule that count here (e.g. `no_agreed_date`).
    """

    measure: Decimal | None
    facts: tuple[tuple[str, FactValue], ...]
    arithmetic: tuple[Message, ...]
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotJudge:
    """A rule that cannot be applied to a supply, and what is missing."""

    rule: str
    because: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspicion:
    """A suspected finding with everything that speaks for it."""

    rule: str
    severity: Severity
    facts: tuple[tuple[str, FactValue], ...]
    arithmetic: tuple[Message, ...]
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSuspected:
    """A rule that was applied and found nothing, or that is not in force on the day."""

    rule: str
    because: Message


Verdict = Suspicion | NotSuspected | CannotJudge
Predicate = Callable[[ScreeningSubject, dict[str, Decimal], date], Measured | Message]
"""Returns what was measured, or the reason why it cannot be judged."""


def _on_or_before(day: date | None, on: date) -> date | None:
    """A recorded day, unless it lies after the day asked about."""
    return day if day is not None and day <= on else None


def _full_years(since: date, on: date) -> int:
    years = on.year - since.year
    return years if add_years(since, years) <= on else years - 1


def idle_not_started(
    subject: ScreeningSubject, params: dict[str, Decimal], on: date
) -> Measured | Message:
    """Full years since work should have started, where it has not (idle land, type 1).

    Source: 闲置土地处置办法 art. 2 (one year after the agreed start), art. 22 (no agreed start:
    actual delivery and one year).
    """
    contract = subject.contract
    started = _on_or_before(contract.actual_start_on, on) or _on_or_before(
        contract.actual_completion_on, on
    )
    extra: tuple[str, ...] = ()
    if contract.agreed_start_on is not None:
        due = contract.agreed_start_on
        facts: tuple[tuple[str, FactValue], ...] = (("agreed_start_on", due),)
        arithmetic: tuple[Message, ...] = (msg("Agreed start: {day}.", day=due),)
    elif started is None and contract.actual_delivery_on is None:
        return msg("no start date was agreed and the actual delivery of the land is not recorded")
    elif contract.actual_delivery_on is not None:
        years = int(params["years_after_delivery"])
        due = add_years(contract.actual_delivery_on, years)
        extra = ("no_agreed_date",)
        facts = (
            ("agreed_start_on", None),
            ("actual_delivery_on", contract.actual_delivery_on),
            ("start_due_on", due),
        )
        arithmetic = (
            msg(
                "No start date agreed: delivered {day}, {years} year later is {due}.",
                day=contract.actual_delivery_on,
                years=years,
                due=due,
            ),
        )
    else:
        facts, arithmetic = (("agreed_start_on", None),), ()
        due = on
    facts += (("actual_start_on", started), ("asked_on", on))
    if started is not None:
        return Measured(
            measure=None, facts=facts, arithmetic=(*arithmetic, msg("Started: {day}.", day=started))
        )
    if on <= due:
        return Measured(
            measure=None,
            facts=facts,
            arithmetic=(*arithmetic, msg("Not due before {day}.", day=due)),
        )
    overdue = _full_years(due, on)
    days = (on - due).days
    return Measured(
        measure=Decimal(overdue),
        facts=(*facts, ("days_overdue", days), ("full_years_overdue", overdue)),
        arithmetic=(
            *arithmetic,
            msg("No actual start on record up to {day}.", day=on),
            msg(
                "{on} − {due} = {days} days, {years} full years.",
                on=on,
                due=due,
                days=days,
                years=overdue,
            ),
        ),
        extra=extra,
    )


def completion_overdue(
    subject: ScreeningSubject, params: dict[str, Decimal], on: date
) -> Measured | Message:
    """Days since the agreed completion, where none is on record. Source: the supply contract."""
    contract = subject.contract
    done = _on_or_before(contract.actual_completion_on, on)
    due = contract.agreed_completion_on
    if due is None:
        if done is not None:
            return Measured(
                measure=None,
                facts=(("actual_completion_on", done),),
                arithmetic=(msg("Completed: {day}.", day=done),),
            )
        return msg("no completion date was agreed")
    facts: tuple[tuple[str, FactValue], ...] = (
        ("agreed_completion_on", due),
        ("actual_completion_on", done),
        ("asked_on", on),
    )
    agreed = msg("Agreed completion: {day}.", day=due)
    if done is not None:
        return Measured(
            measure=None, facts=facts, arithmetic=(agreed, msg("Completed: {day}.", day=done))
        )
    if on <= due:
        return Measured(
            measure=None, facts=facts, arithmetic=(agreed, msg("Not due before {day}.", day=due))
        )
    days = (on - due).days
    return Measured(
        measure=Decimal(days),
        facts=(*facts, ("days_overdue", days)),
        arithmetic=(
            agreed,
            msg("No actual completion on record up to {day}.", day=on),
            msg("{on} − {due} = {days} days.", on=on, due=due, days=days),
        ),
    )


def _share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    return part / whole if part is not None and whole is not None and whole > 0 else None


def idle_suspended(
    subject: ScreeningSubject, params: dict[str, Decimal], on: date
) -> Measured | Message:
    """Full years of suspension, where less than a third is built or a quarter invested (type 2).

    Source: 闲置土地处置办法 art. 2 (second kind); only art. 12 follows from it, no fee and no
    recovery without compensation. Investment leaves out land price and taxes (art. 30).
    """
    progress = subject.progress
    if progress is None or progress.observed_on > on:
        return msg("no construction progress is on record")
    started = _on_or_before(subject.contract.actual_start_on, on)
    suspended = _on_or_before(progress.suspended_since, on)
    built = _share(progress.developed_area_m2, progress.area_to_develop_m2)
    invested = _share(progress.invested_wan, progress.total_investment_wan)
    facts: tuple[tuple[str, FactValue], ...] = (
        ("actual_start_on", started),
        ("suspended_since", suspended),
        ("observed_on", progress.observed_on),
        ("developed_area_m2", progress.developed_area_m2),
        ("area_to_develop_m2", progress.area_to_develop_m2),
        ("invested_wan", progress.invested_wan),
        ("total_investment_wan", progress.total_investment_wan),
        ("asked_on", on),
    )
    if suspended is None:
        return Measured(
            measure=None,
            facts=facts,
            arithmetic=(msg("No suspension on record, observed {day}.", day=progress.observed_on),),
        )
    if started is None:
        return msg("work is recorded as suspended, but no actual start is on record")
    arithmetic: list[Message] = []
    short = False
    for share, limit, sentence in (
        (
            built,
            params["developed_share_below"],
            msg("Built: {share} % of the area to develop.", share=_percent(built)),
        ),
        (
            invested,
            params["invested_share_below"],
            msg("Invested: {share} % of the total.", share=_percent(invested)),
        ),
    ):
        if share is not None:
            arithmetic.append(sentence)
            short = short or share < limit
    if not short and (built is None or invested is None):
        return msg("the share built or the share invested is not recorded")
    years = _full_years(suspended, on)
    arithmetic.append(
        msg(
            "Suspended since {day}: {years} full years up to {on}.",
            day=suspended,
            years=years,
            on=on,
        )
    )
    return Measured(
        measure=Decimal(years) if short else None,
        facts=(*facts, ("full_years_suspended", years)),
        arithmetic=tuple(arithmetic),
    )


def _percent(share: Decimal | None) -> str:
    return "–" if share is None else shown(share * 100, 1)


def large_unphased(
    subject: ScreeningSubject, params: dict[str, Decimal], on: date
) -> Measured | Message:
    """亩 of a supply above the size from which supply and building go by phases.

    Source: plan item 25 (industrial land above 100 亩).
    """
    area = subject.contract.area_m2 or subject.parcel.area_m2
    if area is None:
        return msg("the area is not recorded")
    mu = m2_to_mu(area)
    facts: tuple[tuple[str, FactValue], ...] = (
        ("area_m2", area),
        ("area_mu", mu.quantize(Decimal("0.01"))),
        ("phased", subject.contract.phased),
        ("signed_on", subject.contract.signed_on),
        ("asked_on", on),
    )
    arithmetic = [msg("{area} m² = {mu} 亩.", area=shown(area), mu=shown(mu))]
    if subject.contract.phased:
        return Measured(
            measure=None, facts=facts, arithmetic=(*arithmetic, msg("Supplied by phases."))
        )
    limit = params["above_mu"]
    if mu <= limit:
        return Measured(measure=None, facts=facts, arithmetic=tuple(arithmetic))
    arithmetic.append(msg("More than {limit} 亩, and no phased supply is on record.", limit=limit))
    return Measured(measure=mu, facts=facts, arithmetic=tuple(arithmetic))


PREDICATES: dict[str, Predicate] = {
    "idle_not_started": idle_not_started,
    "completion_overdue": completion_overdue,
    "idle_suspended": idle_suspended,
    "large_unphased": large_unphased,
}


def apply_rule(rule: ScreeningRule, subject: ScreeningSubject, pack: RulePack, on: date) -> Verdict:
    """One rule on one supply on one day. A level counts only with a basis in force that day."""
    uses = subject.parcel.land_use
    if rule.land_uses and not any(use in uses for use in rule.land_uses):
        return NotSuspected(
            rule=rule.key, because=msg("The rule is not for this land use: {use}.", use=uses or "–")
        )
    if not any(pack.bases_on(level.bases, on) for level in rule.levels):
        return NotSuspected(rule=rule.key, because=msg("No basis is in force on {day}.", day=on))
    result = PREDICATES[rule.predicate](subject, rule.params, on)
    if isinstance(result, Message):
        return CannotJudge(rule=rule.key, because=result)
    if result.measure is not None:
        for level in sorted(rule.levels, key=lambda one: one.at_least, reverse=True):
            bases = pack.bases_on(level.bases, on)
            if result.measure >= level.at_least and bases:
                extra = tuple(
                    basis
                    for group in result.extra
                    for basis in pack.bases_on(_group(rule, group), on)
                )
                return Suspicion(
                    rule=rule.key,
                    severity=level.severity,
                    facts=result.facts,
                    arithmetic=result.arithmetic,
                    bases=bases + extra,
                )
    return NotSuspected(
        rule=rule.key,
        because=result.arithmetic[-1] if result.arithmetic else msg("The condition is not met."),
    )


def _group(rule: ScreeningRule, name: str) -> tuple[BasisRef, ...]:
    return rule.extra_bases.get(name, ())
