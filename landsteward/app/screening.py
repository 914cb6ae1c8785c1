"""The automatic rules over all supplies, and the step from a suspicion to a case."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from landsteward.app.cases import find_open_case, open_case
from landsteward.app.context import Context
from landsteward.app.findings import record_finding
from landsteward.app.language import for_paper, localised, render
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.judging import RuleOnDay, Suspicion, rules_on
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import RulePack, ScreeningRule
from landsteward.domain.screening import FactValue, ScreeningSubject
from landsteward.domain.states import CaseOrigin, Disposal, FindingOrigin, Severity
from landsteward.domain.text import Message, msg

_REPORT_EVERY = 500


class SupplyRef(NamedTuple):
    """Which supply something is about. `enterprise` is None where no holder is known."""

    contract_id: str
    parcel_id: str
    enterprise_id: str | None
    enterprise: str | None
    parcel: str
    electronic_no: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSuspicion:
    """A suspicion about a supply; `finding_id` is the latest finding it became, if it did."""

    supply: SupplyRef
    suspicion: Suspicion
    finding_id: str | None = None

    def as_json(self) -> dict[str, object]:
        """The shape of `screen --json`; facts keep their keys, dates are ISO text."""
        explained = self.suspicion.explain()
        return {
            "enterprise": self.supply.enterprise,
            "parcel": self.supply.parcel,
            "electronic_no": self.supply.electronic_no,
            "rule": self.suspicion.rule.key,
            "severity": int(self.suspicion.severity),
            "facts": {name: _plain(value) for name, value in explained.facts},
            "legal_basis": [_basis_json(basis) for basis in explained.bases],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class NotJudged:
    """The supplies that one rule cannot be applied to, for one reason."""

    rule: ScreeningRule
    because: Message
    supplies: tuple[SupplyRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningResult:
    """What the rules say on a day. `supplies` is how many were looked at.

    `not_suspected` counts supplies by rule key; rules without a basis on the day are listed in
    `not_in_force` and judge nothing.
    """

    on: date
    pack: str
    pack_version: str
    supplies: int
    suspicions: tuple[FoundSuspicion, ...]
    cannot_judge: tuple[NotJudged, ...]
    not_suspected: dict[str, int]
    not_in_force: tuple[ScreeningRule, ...]

    def as_json(self) -> list[dict[str, object]]:
        """The suspicions, as `screen --json` prints them."""
        return [found.as_json() for found in self.suspicions]

    def lines(self) -> Iterator[str]:
        """The suspicions, one line each, for a terminal."""
        for found in self.suspicions:
            rule = found.suspicion.rule
            supply = found.supply
            yield "\t".join(
                (
                    str(int(found.suspicion.severity)),
                    localised(rule.title, rule.title_en),
                    supply.enterprise or render(msg("holder unknown")),
                    supply.parcel,
                    supply.electronic_no or "–",
                )
            )

    def summary(self) -> Iterator[Message]:
        """How many are suspected, and what could not be judged and why."""
        yield msg(
            "{count} suspicions in {supplies} supplies on {day}; every one is to be verified.",
            count=len(self.suspicions),
            supplies=self.supplies,
            day=self.on,
        )
        for rule in self.not_in_force:
            yield msg(
                "{rule}: no legal basis is in force on {day}.",
                rule=localised(rule.title, rule.title_en),
                day=self.on,
            )
        for one in self.cannot_judge:
            yield msg(
                "{rule}: {count} cannot be judged, because {reason}.",
                rule=localised(one.rule.title, one.rule.title_en),
                count=len(one.supplies),
                reason=one.because,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedSuspicion:
    """What a suspicion became; `added` says whether the case was there already."""

    case: Case
    finding: Finding
    added: bool


def suspicion_key(rule_key: str, contract_id: str) -> str:
    """The `rule_key` of a finding: which rule suspected which supply."""
    return f"{rule_key}:{contract_id}"


def run_screening(
    ctx: Context, *, on: date, progress: Callable[[int, int], None] | None = None
) -> ScreeningResult:
    """Apply every rule of the pack to every supply as it was known on a day.

    `progress` is called with how many of how many supplies; what it raises stops the run.
    """
    ctx.require(Action.SCREEN)
    space, pack = ctx.workspace, ctx.pack()
    rules = rules_on(pack, on)
    active = tuple((rule, rule.judge) for rule in rules if rule.in_force)
    total = space.supply_contracts.count() if progress else 0
    became = {one.rule_key: one.id for one in space.findings.where(origin=FindingOrigin.RULE)}
    suspicions: list[FoundSuspicion] = []
    unjudged: dict[tuple[str, str], tuple[ScreeningRule, Message, list[SupplyRef]]] = {}
    judged_less = dict.fromkeys((rule.rule.key for rule, _ in active), 0)
    done = 0
    for done, found in enumerate(space.reports.screening_subjects(), start=1):
        subject = _as_known_on(ctx, found, on)
        supply: SupplyRef | None = None
        for rule, judge in active:
            verdict = judge(subject)
            if verdict is None:
                continue
            supply = supply or _reference(subject)
            judged_less[rule.rule.key] += 1
            if isinstance(verdict, Message):
                key = (rule.rule.key, verdict.template)
                unjudged.setdefault(key, (rule.rule, verdict, []))[2].append(supply)
            else:
                known = became.get(suspicion_key(rule.rule.key, supply.contract_id))
                suspicions.append(
                    FoundSuspicion(supply=supply, suspicion=verdict, finding_id=known)
                )
        if progress and done % _REPORT_EVERY == 0:
            progress(done, max(done, total))
    if progress:
        progress(done, done)
    return ScreeningResult(
        on=on,
        pack=pack.key,
        pack_version=pack.version,
        supplies=done,
        suspicions=tuple(sorted(suspicions, key=lambda one: one.suspicion.severity)),
        cannot_judge=tuple(
            NotJudged(rule=rule, because=because, supplies=tuple(supplies))
            for rule, because, supplies in unjudged.values()
        ),
        not_suspected={key: done - other for key, other in judged_less.items()},
        not_in_force=tuple(rule.rule for rule in rules if not rule.in_force),
    )


def open_case_from_suspicion(
    ctx: Context, *, contract_id: str, rule_key: str, on: date
) -> OpenedSuspicion:
    """Turn a suspicion into a case with a finding; an open case of the holder gets the finding.

    The rule is applied once more: what no longer stands is refused, and so is a suspicion that
    became a finding before, unless it has grown graver since that one was settled.
    """
    ctx.require(Action.OPEN_CASE)
    pack = ctx.pack()
    suspicion = _suspicion(ctx, pack=pack, contract_id=contract_id, rule_key=rule_key, on=on)
    _refuse_repeated(ctx, suspicion)
    supply = _reference(suspicion.subject)
    explained = suspicion.explain()
    with ctx.change():
        known = find_open_case(ctx, enterprise_id=supply.enterprise_id, parcel_id=supply.parcel_id)
        case = known or open_case(
            ctx,
            enterprise_id=supply.enterprise_id,
            parcel_id=supply.parcel_id,
            origin=CaseOrigin.SCREENING,
        )
        finding = record_finding(
            ctx,
            case_id=case.id,
            origin=FindingOrigin.RULE,
            department=suspicion.rule.department,
            severity=suspicion.severity,
            title=suspicion.rule.title,
            description=_describe(suspicion, supply, explained.arithmetic, pack),
            bases=explained.bases,
            demand=suspicion.rule.demand,
            rule_key=suspicion_key(suspicion.rule.key, contract_id),
            parcel_id=supply.parcel_id,
            violated_on=min(on, ctx.today()),
            disposal=(Disposal.ADVISE if suspicion.severity is Severity.HINT else Disposal.RECTIFY),
        )
    return OpenedSuspicion(case=case, finding=finding, added=known is not None)


def _suspicion(
    ctx: Context, *, pack: RulePack, contract_id: str, rule_key: str, on: date
) -> Suspicion:
    rule = next((one for one in pack.rules if one.key == rule_key), None)
    if rule is None:
        raise RecordNotFoundError(
            msg("The rule pack has no rule {rule}.", rule=rule_key), where=pack.key
        )
    space = ctx.workspace
    contract = space.supply_contracts.get(contract_id)
    looks = space.construction_progress.where(parcel_id=contract.parcel_id)
    subject = ScreeningSubject(
        parcel=space.parcels.get(contract.parcel_id),
        contract=contract,
        holder=space.enterprises.get(contract.holder_id) if contract.holder_id else None,
        progress=max(looks, key=order.observed, default=None),
    )
    verdict = RuleOnDay(rule, pack, on).judge(_as_known_on(ctx, subject, on))
    if isinstance(verdict, Suspicion):
        return verdict
    raise RefusedMoveError(
        msg("The suspicion no longer stands: the record has changed since."),
        where=subject.parcel.name,
        remedy=msg("Run the screening again."),
    )


def _refuse_repeated(ctx: Context, suspicion: Suspicion) -> None:
    key = suspicion_key(suspicion.rule.key, suspicion.subject.contract.id)
    for finding in ctx.workspace.findings.where(rule_key=key):
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


def _as_known_on(ctx: Context, subject: ScreeningSubject, on: date) -> ScreeningSubject:
    """The subject with the last look on or before the day, where the last of all came later."""
    progress = subject.progress
    if progress is None or progress.observed_on <= on:
        return subject
    looks = ctx.workspace.construction_progress.where(parcel_id=subject.parcel.id)
    before = (look for look in looks if look.observed_on <= on)
    return replace(subject, progress=max(before, key=order.observed, default=None))


def _reference(subject: ScreeningSubject) -> SupplyRef:
    holder = subject.holder
    return SupplyRef(
        contract_id=subject.contract.id,
        parcel_id=subject.parcel.id,
        enterprise_id=holder.id if holder else None,
        enterprise=holder.name if holder else None,
        parcel=subject.parcel.name,
        electronic_no=subject.contract.electronic_no,
    )


def _describe(
    suspicion: Suspicion, supply: SupplyRef, arithmetic: tuple[Message, ...], pack: RulePack
) -> str:
    """Facts and arithmetic as the finding's first description."""
    number = supply.electronic_no
    sentences = (
        msg("Land: {parcel} ({number}).", parcel=supply.parcel, number=number)
        if number
        else msg("Land: {parcel}.", parcel=supply.parcel),
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


def _plain(value: FactValue) -> str | int | float | bool | None:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value


def _basis_json(basis: LegalBasis) -> dict[str, str | None]:
    return {
        "law": basis.law,
        "article": basis.article,
        "version": basis.version,
        "valid_from": basis.valid_from.isoformat() if basis.valid_from else None,
        "valid_to": basis.valid_to.isoformat() if basis.valid_to else None,
    }
