"""What is said about engagements and conflicts of interest."""

from collections.abc import Sequence
from datetime import date

from landsteward.app.conflicts import DeclarationView, FirmStanding
from landsteward.app.firms import EngagementCard
from landsteward.app.language import localised, tr
from landsteward.app.ports.firms import Overlap
from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.engagements import ConflictDeclaration, Engagement, term_of
from ui import formats


def question(terms: ConflictTerms) -> str:
    """What a firm is asked, in the terms of the pack."""
    if terms.years is None:
        return tr("Does one of these hold between the firm and the enterprise, now or lately?")
    return tr(
        "Does one of these hold between the firm and the enterprise, now or in the last "
        "{years} years?",
        years=terms.years,
    )


def kinds(terms: ConflictTerms, keys: tuple[str, ...]) -> str:
    """The ties of a declaration by name."""
    known = [terms.kind(key) for key in keys]
    return tr("; ").join(localised(one.name, one.name_en) for one in known)


def answer(terms: ConflictTerms, view: DeclarationView) -> str:
    """Who declared what and when, and what was decided, in one paragraph."""
    one = view.declaration
    who = tr(
        "{person} ({organisation}), {at}",
        person=view.declared_by,
        organisation=view.declared_for,
        at=formats.moment(one.declared_at),
    )
    if not one.kinds:
        said = tr("{who}: no conflict of interest.", who=who)
        return f"{said} {one.detail}".strip()
    text = tr("{who}: {kinds}. {detail}", who=who, kinds=kinds(terms, one.kinds), detail=one.detail)
    return f"{text}\n{decision(view)}"


def decision(view: DeclarationView) -> str:
    """What became of a declared conflict."""
    one = view.declaration
    if one.approved is None or one.decided_at is None:
        return tr("Not decided yet; plans wait.")
    given = {
        "person": view.decided_by,
        "at": formats.moment(one.decided_at),
        "reason": one.decision_note,
    }
    if one.approved:
        return tr("Approved by {person}, {at}: {reason}", **given)
    return tr("Refused by {person}, {at}: {reason}", **given)


def declaration_state(one: ConflictDeclaration) -> tuple[str, str]:
    """A declaration in one word, and its tone."""
    if not one.kinds:
        return tr("No conflict"), "good"
    if one.approved is None:
        return tr("To be decided"), "caution"
    return (tr("Approved"), "accent") if one.approved else (tr("Refused"), "bad")


def standing_state(standing: FirmStanding) -> tuple[str, str]:
    """How a firm stands to an enterprise in one word, and its tone."""
    if not standing.engagements:
        return tr("Not engaged"), "bad"
    if any(one.blocks for one in standing.declarations):
        return tr("Conflict of interest"), "bad"
    if standing.to_be_asked:
        return tr("To be declared"), "caution"
    return tr("Engaged"), "good"


def engagement_state(one: Engagement, today: date) -> tuple[str, str]:
    """Whether a contract runs, in one word, and its tone."""
    term = term_of(one)
    if term is None or term.last < today:
        ended = one.ended_on is not None
        return (tr("Ended early"), "bad") if ended else (tr("Expired"), "plain")
    if term.first > today:
        return tr("Not begun"), "plain"
    return (tr("Ends soon"), "caution") if (term.last - today).days < 30 else (tr("Runs"), "good")


def days(one: Engagement) -> str:
    """The days of a contract, as agreed or as it was ended."""
    last = one.ended_on or one.to_on
    return (
        f"{formats.day(one.from_on)} – {formats.day(last)}"
        if last
        else tr("from {day}", day=formats.day(one.from_on))
    )


def covered(card: EngagementCard) -> str:
    """For which enterprises a contract is."""
    if card.engagement.covers_all:
        return tr("all {count} enterprises of the carrier", count=f"{card.enterprises:,}")
    return tr("{count} enterprises", count=f"{card.enterprises:,}")


def overlapping(overlaps: Sequence[tuple[Overlap, str]]) -> list[str]:
    """Which other firms are engaged for the same enterprises at the same time."""
    return [
        tr(
            "{firm} is engaged for {count} of these enterprises too, {days}.",
            firm=firm,
            count=f"{one.enterprises:,}",
            days=_span(one.from_on, one.last_on),
        )
        for one, firm in overlaps
    ]


def declared(state: str | None) -> tuple[str, str]:
    """What was declared about an enterprise listed with a contract, and its tone."""
    return {
        None: (tr("To be declared"), "plain"),
        "none": (tr("No conflict"), "good"),
        "open": (tr("To be decided"), "caution"),
        "approved": (tr("Approved"), "accent"),
        "refused": (tr("Refused"), "bad"),
    }[state]


def _span(first: date, last: date) -> str:
    if last == date.max:
        return tr("from {day}", day=formats.day(first))
    return f"{formats.day(first)} – {formats.day(last)}"
