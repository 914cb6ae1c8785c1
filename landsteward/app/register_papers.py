"""The cases of an enterprise or a parcel, and everything kept in them: papers and evidence."""

from dataclasses import dataclass

from landsteward.app.cases import CaseOverview, case_overview
from landsteward.app.context import Context
from landsteward.app.register_sheets import cases_of_parcel
from landsteward.domain import order
from landsteward.domain.casework import Case, Evidence
from landsteward.domain.documents import IssuedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A paper as it left the house, the case it belongs to, and who issued it."""

    document: IssuedDocument
    case: Case
    issued_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePool:
    """The evidence of one case; `added_by` names people by their keys."""

    case: Case
    evidence: tuple[Evidence, ...]
    added_by: dict[str, str]


def enterprise_cases(ctx: Context, *, enterprise_id: str) -> tuple[Case, ...]:
    """The cases of an enterprise, latest first."""
    found = ctx.workspace.cases.where(enterprise_id=enterprise_id)
    return tuple(sorted(found, key=order.opened, reverse=True))


def parcel_cases(ctx: Context, *, parcel_id: str) -> tuple[Case, ...]:
    """The cases of a parcel and of whoever it was supplied to last, latest first."""
    supplies = ctx.workspace.supply_contracts.where(parcel_id=parcel_id)
    latest = max(supplies, key=order.signed, default=None)
    return cases_of_parcel(
        ctx, parcel_id=parcel_id, holder_id=latest.holder_id if latest is not None else None
    )


def overviews(ctx: Context, cases: tuple[Case, ...]) -> tuple[CaseOverview, ...]:
    """The cases with their findings and next steps."""
    return tuple(case_overview(ctx, case_id=case.id) for case in cases)


def papers(ctx: Context, cases: tuple[Case, ...]) -> tuple[Paper, ...]:
    """The papers issued in these cases, latest first; voided ones too."""
    space = ctx.workspace
    found = [
        (document, case)
        for case in cases
        for document in space.issued_documents.where(case_id=case.id)
    ]
    found.sort(key=lambda one: order.issued(one[0]), reverse=True)
    names = space.chronicle.names(sorted({one.issued_by for one, _case in found}))
    return tuple(
        Paper(document=one, case=case, issued_by=names.get(one.issued_by, ""))
        for one, case in found
    )


def paper_content(ctx: Context, *, document: IssuedDocument) -> bytes:
    """The paper's very bytes, as kept."""
    return ctx.workspace.blobs.get(document.sha256)


def pools(ctx: Context, cases: tuple[Case, ...]) -> tuple[CasePool, ...]:
    """The evidence of each of these cases that has any."""
    space = ctx.workspace
    found = [(case, tuple(space.evidence.where(case_id=case.id))) for case in cases]
    people = sorted({one.added_by for _case, pool in found for one in pool})
    names = space.chronicle.names(people)
    return tuple(CasePool(case=case, evidence=pool, added_by=names) for case, pool in found if pool)
