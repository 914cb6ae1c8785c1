"""体检准备单: what is known before the visit of one checkup, on one sheet.

What the rules suspect, what they cannot judge and so has to be asked, open findings, the problems
of the last checkup, what contracts ask, and what runs out.
"""

from dataclasses import dataclass
from datetime import date

from landsteward.app.cases import current_checkup
from landsteward.app.context import Context
from landsteward.app.occupancies import enterprise_land
from landsteward.app.output_contracts import OutputView, enterprise_outputs, parcel_outputs
from landsteward.app.permits import permits_of
from landsteward.app.screening import FoundSuspicion, SubjectRef, screen_some
from landsteward.domain import order
from landsteward.domain.casework import Case, Checkup, ItemResult
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, Parcel, Permit, SupplyContract
from landsteward.domain.rulepack import ChecklistItem, PermitKind, RulePack, ScreeningRule
from landsteward.domain.screening import EnteredAt, Missing
from landsteward.domain.states import ItemOutcome
from landsteward.domain.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """One fact that is missing: what of, why it matters, and where it is entered."""

    subject: SubjectRef
    missing: Missing
    rules: tuple[ScreeningRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastProblem:
    """An item that had a problem at the last checkup."""

    item: ChecklistItem
    result: ItemResult


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplied:
    """A parcel and the supply whose terms count."""

    parcel: Parcel
    supply: SupplyContract


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparationSheet:
    """Everything on the sheet, as it stands on a day.

    `findings` are those not settled, of any case of the enterprise. `idle` are rules that judge
    nothing today and why; `no_permit` the kinds of permits of which none is on record.
    """

    on: date
    case: Case
    enterprise: Enterprise | None
    parcels: tuple[Parcel, ...]
    checkup: Checkup | None
    pack: RulePack
    suspicions: tuple[FoundSuspicion, ...]
    to_ask: tuple[ToAsk, ...]
    idle: tuple[tuple[ScreeningRule, Message], ...]
    findings: tuple[tuple[Case, Finding], ...]
    last_checkup: Checkup | None
    problems: tuple[LastProblem, ...]
    supplies: tuple[Supplied, ...]
    outputs: tuple[OutputView, ...]
    permits: tuple[Permit, ...]
    no_permit: tuple[PermitKind, ...]

    @property
    def open(self) -> int:
        """How many suspicions somebody still has to say something about."""
        return sum(one.open for one in self.suspicions)


def preparation_sheet(ctx: Context, *, case_id: str, on: date | None = None) -> PreparationSheet:
    """The sheet of a case's checkup, by the rule pack of the case."""
    ctx.require(Action.CHECK)
    space = ctx.workspace
    case = space.cases.get(case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    day = on or ctx.today()
    enterprise = space.enterprises.find(case.enterprise_id) if case.enterprise_id else None
    parcel_ids = _parcels(ctx, case)
    result = screen_some(
        ctx,
        pack=pack,
        on=day,
        parcel_ids=parcel_ids,
        enterprise_ids=[enterprise.id] if enterprise is not None else [],
    )
    parcels = space.reports.parcels_by_id(parcel_ids)
    last = _last_checkup(ctx, case)
    permits = permits_of(ctx, enterprise_id=enterprise.id) if enterprise is not None else ()
    held = {one.kind for one in permits}
    return PreparationSheet(
        on=day,
        case=case,
        enterprise=enterprise,
        parcels=tuple(parcels[key] for key in parcel_ids if key in parcels),
        checkup=current_checkup(ctx, case_id=case_id),
        pack=pack,
        suspicions=result.suspicions,
        to_ask=_to_ask(
            [
                (one.missing, subject, one.rule)
                for one in result.cannot_judge
                for subject in one.subjects
            ]
        ),
        idle=result.idle,
        findings=_open_findings(ctx, case),
        last_checkup=last,
        problems=_problems(ctx, last) if last is not None else (),
        supplies=_supplies(ctx, parcels),
        outputs=(
            enterprise_outputs(ctx, enterprise_id=enterprise.id)
            if enterprise is not None
            else tuple(one for key in parcel_ids for one in parcel_outputs(ctx, parcel_id=key))
        ),
        permits=permits,
        no_permit=tuple(one for one in pack.permits if enterprise and one.key not in held),
    )


def _parcels(ctx: Context, case: Case) -> list[str]:
    """The case's parcel first, then every other the enterprise uses, was supplied, or promised."""
    space = ctx.workspace
    keys = [case.parcel_id] if case.parcel_id is not None else []
    if (key := case.enterprise_id) is not None:
        land = enterprise_land(ctx, enterprise_id=key)
        keys += [one.parcel.id for one in land.rows]
        keys += [one.parcel_id for one in space.supply_contracts.where(holder_id=key)]
        keys += [one.parcel_id for one in space.output_contracts.where(enterprise_id=key)]
    return list(dict.fromkeys(keys))


_What = tuple[Missing, str | None, str | None, str]


def _to_ask(found: list[tuple[Missing, SubjectRef, ScreeningRule]]) -> tuple[ToAsk, ...]:
    """Each missing fact once, with every rule that waits for it; the pack's own gaps last."""
    together: dict[_What, dict[str, ScreeningRule]] = {}
    subjects: dict[_What, SubjectRef] = {}
    for missing, subject, rule in found:
        key = (missing, subject.parcel_id, subject.enterprise_id, subject.label)
        together.setdefault(key, {})[rule.key] = rule
        subjects.setdefault(key, subject)
    asked = [
        ToAsk(subject=subjects[key], missing=key[0], rules=tuple(rules.values()))
        for key, rules in together.items()
    ]
    return tuple(sorted(asked, key=lambda one: one.missing.at is EnteredAt.PACK))


def _open_findings(ctx: Context, case: Case) -> tuple[tuple[Case, Finding], ...]:
    space = ctx.workspace
    cases = {case.id: case}
    if case.enterprise_id is not None:
        cases |= {one.id: one for one in space.cases.where(enterprise_id=case.enterprise_id)}
    return tuple(
        (one, finding)
        for one in sorted(cases.values(), key=order.opened)
        for finding in space.findings.where(case_id=one.id)
        if finding.state not in SETTLED_FINDING_STATES
    )


def _last_checkup(ctx: Context, case: Case) -> Checkup | None:
    """The enterprise's last finished checkup that is not this case's own."""
    space = ctx.workspace
    if case.enterprise_id is None:
        return None
    finished = [
        one
        for other in space.cases.where(enterprise_id=case.enterprise_id)
        if other.id != case.id
        for one in space.checkups.where(case_id=other.id)
        if one.finished_at is not None
    ]
    return max(finished, key=order.visited, default=None)


def _problems(ctx: Context, checkup: Checkup) -> tuple[LastProblem, ...]:
    pack = ctx.packs.get(checkup.pack, checkup.pack_version)
    items = {one.key: one for one in pack.items}
    results = ctx.workspace.item_results.where(checkup_id=checkup.id, outcome=ItemOutcome.PROBLEM)
    return tuple(
        LastProblem(item=items[one.item_key], result=one)
        for one in results
        if one.item_key in items
    )


def _supplies(ctx: Context, parcels: dict[str, Parcel]) -> tuple[Supplied, ...]:
    """The latest supply of each parcel."""
    found: list[Supplied] = []
    for parcel in parcels.values():
        supplies = ctx.workspace.supply_contracts.where(parcel_id=parcel.id)
        if supplies:
            found.append(Supplied(parcel=parcel, supply=max(supplies, key=order.signed)))
    return tuple(found)
