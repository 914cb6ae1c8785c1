"""What people do with a suspicion: make it a finding of a case, or dismiss it with a reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from landsteward.app.cases import find_open_case, living_case, open_case
from landsteward.app.context import Context
from landsteward.app.findings import record_finding
from landsteward.app.language import for_paper
from landsteward.app.screening import FoundSuspicion, screen_some, suspicion_key
from landsteward.domain.casework import Case
from landsteward.domain.dismissals import Dismissal
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.judging import Suspicion
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.rulepack import RulePack
from landsteward.domain.screening import About
from landsteward.domain.states import CaseOrigin, Disposal, FindingOrigin, Severity
from landsteward.domain.text import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSuspicion:
    """What a suspicion became; `added` says whether the case was there already."""

    case: Case
    finding: Finding
    added: bool


def open_case_from_suspicion(
    ctx: Context, *, subject_id: str, rule_key: str, on: date
) -> OpenedSuspicion:
    """Turn a suspicion into a case with a finding; an open case of the holder gets the finding.

    The rule is applied once more: what no longer stands is refused, and so is a suspicion that
    became a finding before, unless it has grown graver since that one was settled.
    """
    ctx.require(Action.OPEN_CASE)
    pack = ctx.pack()
    found = suspicion_of(ctx, pack=pack, subject_id=subject_id, rule_key=rule_key, on=on)
    _refuse_repeated(ctx, found)
    subject = found.subject
    with ctx.change():
        known = find_open_case(
            ctx, enterprise_id=subject.enterprise_id, parcel_id=subject.parcel_id
        )
        case = known or open_case(
            ctx,
            enterprise_id=subject.enterprise_id,
            parcel_id=subject.parcel_id,
            origin=CaseOrigin.SCREENING,
        )
        finding = _record(ctx, case, found, pack)
    return OpenedSuspicion(case=case, finding=finding, added=known is not None)


def accept_suspicion(
    ctx: Context, *, case_id: str, subject_id: str, rule_key: str, on: date
) -> Finding:
    """Make a suspicion a finding of the case it was looked at in, by the case's own rule pack."""
    ctx.require(Action.SCREEN)
    case = living_case(ctx, case_id=case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    found = suspicion_of(ctx, pack=pack, subject_id=subject_id, rule_key=rule_key, on=on)
    _refuse_repeated(ctx, found)
    with ctx.change():
        return _record(ctx, case, found, pack)


def dismiss_suspicion(
    ctx: Context,
    *,
    subject_id: str,
    rule_key: str,
    on: date,
    reason: str,
    case_id: str | None = None,
) -> Dismissal:
    """Say why a suspicion is none. It counts for as long as the facts stay the same."""
    ctx.require(Action.SCREEN)
    if not reason.strip():
        raise KnownError(
            msg("A suspicion is dismissed with a reason."),
            remedy=msg("Say what was seen, or which paper shows it."),
        )
    pack = ctx.pack()
    if case_id is not None:
        case = living_case(ctx, case_id=case_id)
        pack = ctx.packs.get(case.pack, case.pack_version)
    found = suspicion_of(ctx, pack=pack, subject_id=subject_id, rule_key=rule_key, on=on)
    _refuse_repeated(ctx, found)
    dismissals = ctx.workspace.dismissals
    dismissal = Dismissal(
        id=ctx.ids.new(),
        rule_key=found.key,
        case_id=case_id,
        facts=found.suspicion.fingerprint(),
        reason=reason.strip(),
        dismissed_on=ctx.today(),
        dismissed_by=ctx.actor.id,
    )
    with ctx.change():
        for earlier in dismissals.where(rule_key=found.key):
            dismissals.retire(earlier.id)
        dismissals.add(dismissal)
    return dismissal


def take_dismissal_back(ctx: Context, *, dismissal_id: str) -> None:
    """Let a suspicion be open again."""
    ctx.require(Action.SCREEN)
    with ctx.change():
        ctx.workspace.dismissals.retire(dismissal_id)


def suspicion_of(
    ctx: Context, *, pack: RulePack, subject_id: str, rule_key: str, on: date
) -> FoundSuspicion:
    """The suspicion as it stands now. Raises KnownError where it does not any more."""
    rule = next((one for one in pack.rules if one.key == rule_key), None)
    if rule is None:
        raise RecordNotFoundError(
            msg("The rule pack has no rule {rule}.", rule=rule_key), where=pack.key
        )
    parcels, enterprises = _scope(ctx, PREDICATES[rule.predicate].about, subject_id)
    result = screen_some(
        ctx,
        pack=pack,
        on=on,
        parcel_ids=parcels,
        enterprise_ids=enterprises,
        rule_key=rule_key,
    )
    wanted = suspicion_key(rule_key, subject_id)
    for found in result.suspicions:
        if found.key == wanted:
            return found
    raise RefusedMoveError(
        msg("The suspicion no longer stands: the record has changed since."),
        remedy=msg("Run the screening again."),
    )


def _scope(ctx: Context, about: About, subject_id: str) -> tuple[Sequence[str], Sequence[str]]:
    """Which parcels and enterprises have to be read to judge a subject."""
    space = ctx.workspace
    if about is About.SUPPLY:
        return [space.supply_contracts.get(subject_id).parcel_id], []
    if about is About.PARCEL:
        return [subject_id], []
    if about is About.OUTPUT:
        output = space.output_contracts.get(subject_id)
        return [output.parcel_id], [output.enterprise_id]
    if about is About.PERMIT:
        return [], [space.permits.get(subject_id).enterprise_id]
    return [], [subject_id]


def _record(ctx: Context, case: Case, found: FoundSuspicion, pack: RulePack) -> Finding:
    suspicion = found.suspicion
    explained = suspicion.explain()
    return record_finding(
        ctx,
        case_id=case.id,
        origin=FindingOrigin.RULE,
        department=suspicion.rule.department,
        severity=suspicion.severity,
        title=suspicion.rule.title,
        description=_describe(suspicion, found, explained.arithmetic, pack),
        bases=explained.bases,
        demand=suspicion.rule.demand,
        rule_key=found.key,
        parcel_id=found.subject.parcel_id,
        violated_on=min(suspicion.on, ctx.today()),
        disposal=(Disposal.ADVISE if suspicion.severity is Severity.HINT else Disposal.RECTIFY),
    )


def _refuse_repeated(ctx: Context, found: FoundSuspicion) -> None:
    suspicion = found.suspicion
    for finding in ctx.workspace.findings.where(rule_key=found.key):
        settled = finding.state in SETTLED_FINDING_STATES
        if settled and suspicion.severity < finding.severity:
            continue
        case = ctx.workspace.cases.get(finding.case_id)
        where, number = case.case_no, finding.finding_no
        if settled:
            raise RefusedMoveError(
                msg("This suspicion was dealt with as finding {number}.", number=number),
                where=where,
                remedy=msg("Look back at that finding; if the problem is back, reopen it there."),
            )
        raise RefusedMoveError(
            msg("This suspicion is finding {number} already.", number=number),
            where=where,
            remedy=msg("Go on in that case."),
        )


def _describe(
    suspicion: Suspicion, found: FoundSuspicion, arithmetic: tuple[Message, ...], pack: RulePack
) -> str:
    """Facts and arithmetic as the finding's first description."""
    subject = found.subject
    about: list[Message] = []
    if subject.parcel:
        number = subject.electronic_no
        about.append(
            msg("Land: {parcel} ({number}).", parcel=subject.parcel, number=number)
            if number
            else msg("Land: {parcel}.", parcel=subject.parcel)
        )
    if subject.label:
        about.append(msg("Permit: {label}.", label=subject.label))
    sentences = (
        *about,
        *arithmetic,
        msg(
            "Suspected by the automatic rules on {day} (rule pack {pack} {version}); to be "
            "verified.",
            day=suspicion.on,
            pack=pack.key,
            version=pack.version,
        ),
    )
    return "\n".join(for_paper(sentence) for sentence in sentences)
