"""What people do with cases: open, move on, close; and where a case stands."""

from dataclasses import dataclass, replace

from landsteward.app.checkup_items import asked_results
from landsteward.app.context import Context
from landsteward.app.language import for_paper
from landsteward.domain import order
from landsteward.domain.casework import Case, Checkup
from landsteward.domain.documents import document_number
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.guidance import Progress, next_step
from landsteward.domain.identifiers import compact
from landsteward.domain.lifecycle import (
    CASE_RULES,
    ENDED_CASE_STAGES,
    SETTLED_FINDING_STATES,
    CaseFacts,
    check_case_move,
)
from landsteward.domain.permissions import Action
from landsteward.domain.register import Enterprise, OutputContract, Parcel, SupplyContract
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.states import (
    CaseMove,
    CaseOrigin,
    CaseStage,
    FindingState,
    ItemOutcome,
    NextStep,
)
from landsteward.domain.text import msg

_BRACKETS = str.maketrans("[]()【】", "〔〕〔〕〔〕")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOverview:
    """A case with what its page and the command line say of it."""

    case: Case
    enterprise: Enterprise | None
    parcel: Parcel | None
    findings: tuple[Finding, ...]
    open_findings: int
    next_step: NextStep


def open_case(
    ctx: Context,
    *,
    enterprise_id: str | None,
    parcel_id: str | None,
    origin: CaseOrigin = CaseOrigin.MANUAL,
    summary: str = "",
) -> Case:
    """Open a case (建档) for an enterprise, or for a parcel whose holder is unknown.

    One enterprise has one open case at a time. Without a parcel the enterprise's only parcel, if
    there is just one, is taken.
    """
    ctx.require(Action.OPEN_CASE)
    if enterprise_id is None and parcel_id is None:
        raise RefusedMoveError(msg("A case needs an enterprise or a parcel."))
    if known := find_open_case(ctx, enterprise_id=enterprise_id, parcel_id=parcel_id):
        raise RefusedMoveError(
            msg("There is an open case already: {case_no}.", case_no=known.case_no),
            remedy=msg("Open that case and go on there."),
        )
    space = ctx.workspace
    if parcel_id is None and enterprise_id is not None:
        held = {one.parcel_id for one in space.occupancies.where(enterprise_id=enterprise_id)}
        parcel_id = held.pop() if len(held) == 1 else None
    enterprise = space.enterprises.get(enterprise_id) if enterprise_id else None
    parcel = space.parcels.get(parcel_id) if parcel_id else None
    carrier_id = (enterprise and enterprise.carrier_id) or (parcel and parcel.carrier_id) or None
    pack = ctx.pack()
    today = ctx.today()
    with ctx.change():
        number = space.take_number(pack.numbering.case_code, today.year)
        case = Case(
            id=ctx.ids.new(),
            case_no=document_number(pack.numbering.case_code, today.year, number),
            enterprise_id=enterprise_id,
            parcel_id=parcel_id,
            carrier_id=carrier_id,
            origin=origin,
            opened_on=today,
            pack=pack.key,
            pack_version=pack.version,
            summary=summary,
        )
        space.cases.add(case)
    return case


def open_case_of_parcel(ctx: Context, *, parcel_id: str) -> Case:
    """Open a case for a parcel and, where that is known, whoever it was supplied to last."""
    supplies = ctx.workspace.supply_contracts.where(parcel_id=parcel_id)
    latest = max(supplies, key=order.signed, default=None)
    return open_case(ctx, enterprise_id=latest.holder_id if latest else None, parcel_id=parcel_id)


def find_open_case(
    ctx: Context, *, enterprise_id: str | None, parcel_id: str | None
) -> Case | None:
    """The case under way for this enterprise, or for this parcel of unknown holder."""
    if enterprise_id is not None:
        found = ctx.workspace.cases.where(enterprise_id=enterprise_id)
    else:
        found = ctx.workspace.cases.where(enterprise_id=None, parcel_id=parcel_id)
    return next((case for case in found if case.stage not in ENDED_CASE_STAGES), None)


def case_by_number(ctx: Context, *, case_no: str) -> Case:
    """The case of that number, e.g. 体检〔2026〕23号. Half-width brackets are understood."""
    wanted = compact(case_no).translate(_BRACKETS)
    case = ctx.workspace.cases.first(case_no=wanted)
    if case is None:
        raise RefusedMoveError(
            msg("There is no case {case_no} in this workspace.", case_no=case_no),
            remedy=msg("The command “cases” lists all case numbers."),
        )
    return case


def living_case(ctx: Context, *, case_id: str) -> Case:
    """The case, for whoever is about to change it or what belongs to it.

    Raises RefusedMoveError where it is archived: its dossier says for ever how it stood.
    """
    case = ctx.workspace.cases.get(case_id)
    if case.stage is CaseStage.ARCHIVED:
        raise RefusedMoveError(msg("The case is archived."), where=case.case_no)
    return case


def case_parcel_ids(ctx: Context, *, case: Case) -> list[str]:
    """The case's parcel first, then every other the enterprise holds, uses or answers for."""
    space, holder = ctx.workspace, case.enterprise_id
    ids = [case.parcel_id] if case.parcel_id else []
    if holder:
        ids += [one.parcel_id for one in space.supply_contracts.where(holder_id=holder)]
        ids += [one.parcel_id for one in space.output_contracts.where(enterprise_id=holder)]
        ids += [one.parcel_id for one in space.occupancies.where(enterprise_id=holder)]
    return list(dict.fromkeys(ids))


def contracts_of(ctx: Context, case: Case) -> tuple[SupplyContract | None, OutputContract | None]:
    """The latest supply and output contract of the case's parcel: the ones limits come from."""
    if case.parcel_id is None:
        return None, None
    supplies = ctx.workspace.supply_contracts.where(parcel_id=case.parcel_id)
    outputs = ctx.workspace.output_contracts.where(parcel_id=case.parcel_id)
    if case.enterprise_id is not None:
        outputs = [one for one in outputs if one.enterprise_id == case.enterprise_id]
    return (
        max(supplies, key=order.signed, default=None),
        max(outputs, key=order.signed, default=None),
    )


def current_checkup(ctx: Context, *, case_id: str) -> Checkup | None:
    """The case's latest checkup."""
    return max(ctx.workspace.checkups.where(case_id=case_id), key=order.visited, default=None)


def latest_look(ctx: Context, *, finding_id: str) -> tuple[RecheckResult, Recheck] | None:
    """What the latest second look at a finding found, and that look; None without one."""
    space = ctx.workspace
    looks = [
        (result, space.rechecks.get(result.recheck_id))
        for result in space.recheck_results.where(finding_id=finding_id)
    ]
    return max(looks, key=lambda one: order.looked(one[1]), default=None)


def case_facts(ctx: Context, *, case_id: str) -> CaseFacts:
    """What the guards of the case look at, as it stands."""
    space = ctx.workspace
    findings = space.findings.where(case_id=case_id)
    checkup = current_checkup(ctx, case_id=case_id)
    results = []
    answered_by_finding: set[str] = set()
    if checkup is not None:
        laid = space.item_results.where(checkup_id=checkup.id)
        results = asked_results(ctx, checkup=checkup, results=laid)
        pack = ctx.packs.get(checkup.pack, checkup.pack_version)
        answered_by_finding.update(*(pack.items_of(one) for one in findings))
    return CaseFacts(
        has_checkup=checkup is not None,
        unanswered_items=sum(one.outcome is None for one in results),
        unresolved_problems=sum(
            one.outcome is ItemOutcome.PROBLEM and one.item_key not in answered_by_finding
            for one in results
        ),
        open_findings=sum(one.state not in SETTLED_FINDING_STATES for one in findings),
        assigned_findings=sum(one.assigned_by is not None for one in findings),
        waiting_replies=_waiting_replies(ctx, case_id=case_id),
    )


def _waiting_replies(ctx: Context, *, case_id: str) -> int:
    """How many slips of the case (移送, 抄告) want a reply that is not in."""
    space = ctx.workspace
    return sum(
        one.reply_by is not None and space.issued_documents.get(one.document_id).voided_on is None
        for one in space.referrals.where(case_id=case_id, replied_on=None)
    )


def case_after(ctx: Context, *, case: Case, move: CaseMove, facts: CaseFacts | None = None) -> Case:
    """The case as one move of its lifecycle would leave it; refuses in words."""
    refusal = check_case_move(case.stage, move, facts or case_facts(ctx, case_id=case.id))
    if refusal is not None:
        raise RefusedMoveError(refusal, where=case.case_no)
    moved = replace(case, stage=CASE_RULES[move].target)
    if move is CaseMove.REOPEN:
        moved = replace(moved, closed_on=None, archived_on=None)
    if moved.stage is CaseStage.CLOSED:
        moved = replace(moved, closed_on=ctx.today())
    if moved.stage is CaseStage.ARCHIVED:
        moved = replace(moved, archived_on=ctx.today())
    return moved


def move_case(ctx: Context, *, case: Case, move: CaseMove, facts: CaseFacts | None = None) -> Case:
    """Make one move of the case's lifecycle; refuses in words.

    Without `facts` they are gathered here; closing has more to look at (`case_closing`).
    """
    moved = case_after(ctx, case=case, move=move, facts=facts)
    with ctx.change():
        ctx.workspace.cases.save(moved)
        if move is CaseMove.REOPEN:
            _void_dossier(ctx, case_id=case.id)
    return moved


def _void_dossier(ctx: Context, *, case_id: str) -> None:
    """Void the dossier of a case that is open again: it no longer says how the case stands.

    Paper and number stay on record, so that the number is never given out again.
    """
    papers = ctx.workspace.issued_documents
    reason = for_paper(msg("The case was reopened after a problem came back."))
    for paper in papers.where(case_id=case_id, kind="dossier", voided_on=None):
        papers.save(replace(paper, voided_on=ctx.today(), void_reason=reason))


def progress_of(ctx: Context, *, case: Case) -> Progress:
    """What the case's next step depends on."""
    space = ctx.workspace
    facts = case_facts(ctx, case_id=case.id)
    findings = space.findings.where(case_id=case.id)
    unjudged = passed = awaiting = 0
    for finding in findings:
        if finding.state is not FindingState.RECHECK:
            continue
        look = latest_look(ctx, finding_id=finding.id)
        if look is None or look[0].passed is not True or look[1].done_on is None:
            unjudged += 1
        elif space.closures.where(finding_id=finding.id, decided_at=None):
            awaiting += 1
        else:
            passed += 1
    return Progress(
        stage=case.stage,
        unanswered_items=facts.unanswered_items,
        unresolved_problems=facts.unresolved_problems,
        finding_states=[one.state for one in findings],
        unjudged=unjudged,
        passed_without_request=passed,
        awaiting_approval=awaiting,
        waiting_replies=facts.waiting_replies,
    )


def case_overview(ctx: Context, *, case_id: str) -> CaseOverview:
    """Everything the head of a case's page shows."""
    space = ctx.workspace
    case = space.cases.get(case_id)
    findings = tuple(space.findings.where(case_id=case_id))
    return CaseOverview(
        case=case,
        enterprise=space.enterprises.find(case.enterprise_id) if case.enterprise_id else None,
        parcel=space.parcels.find(case.parcel_id) if case.parcel_id else None,
        findings=findings,
        open_findings=sum(one.state not in SETTLED_FINDING_STATES for one in findings),
        next_step=next_step(progress_of(ctx, case=case)),
    )


def list_cases(ctx: Context) -> list[CaseOverview]:
    """All cases, oldest first, with their next steps."""
    return [case_overview(ctx, case_id=case.id) for case in ctx.workspace.cases.where()]
