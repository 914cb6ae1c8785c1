"""A recheck's form whole: of each finding the checklist's line it came of, then and now."""

from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.evidence import evidence_of
from landsteward.app.recheck_lines import limit_for, line_of
from landsteward.app.rechecks import under_look
from landsteward.app.signing import Signed, recheck_hash, recheck_signatures
from landsteward.domain.casework import Evidence, ItemResult
from landsteward.domain.checklist import Limit, breach
from landsteward.domain.findings import Finding
from landsteward.domain.remedies import Recheck, RecheckResult
from landsteward.domain.rulepack import ChecklistItem
from landsteward.domain.states import SubjectKind
from landsteward.domain.text import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckLine:
    """One finding on the form.

    `item`, `earlier` and `missed_before` are the checklist's line in the checkup, its answer and
    how it missed its limit; None for a finding that came of no item. `missed` says so of the value
    measured anew. `tries` counts the second looks before this one that it did not pass.
    """

    result: RecheckResult
    finding: Finding
    item: ChecklistItem | None = None
    earlier: ItemResult | None = None
    limit: Limit | None = None
    missed_before: Message | None = None
    missed: Message | None = None
    tries: int = 0
    photos: tuple[Evidence, ...] = ()
    proof: tuple[Evidence, ...] = ()

    @property
    def measured(self) -> bool:
        """Whether there is something to measure."""
        return self.item is not None and (bool(self.item.unit) or self.limit is not None)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckSheet:
    """The form, its signatures, and of a finished one whether it still says what it said then."""

    recheck: Recheck
    lines: tuple[RecheckLine, ...]
    signatures: tuple[Signed, ...] = ()
    intact: bool | None = None


def recheck_sheet(ctx: Context, *, recheck_id: str) -> RecheckSheet:
    """The form of a recheck; of one under way the findings it still decides on."""
    space = ctx.workspace
    recheck = space.rechecks.get(recheck_id)
    results = (
        space.recheck_results.where(recheck_id=recheck_id)
        if recheck.done_on is not None
        else under_look(ctx, recheck=recheck)
    )
    lines = [recheck_line(ctx, result=one) for one in results]
    signed = space.signatures.count(recheck_id=recheck_id) > 0
    now = recheck_hash(ctx, recheck=recheck) if signed or recheck.content_hash else ""
    return RecheckSheet(
        recheck=recheck,
        lines=tuple(sorted(lines, key=lambda one: one.finding.finding_no)),
        signatures=recheck_signatures(ctx, recheck=recheck, now=now),
        intact=now == recheck.content_hash if recheck.content_hash else None,
    )


def recheck_line(ctx: Context, *, result: RecheckResult) -> RecheckLine:
    """One finding with everything that stands beside it."""
    space = ctx.workspace
    finding = space.findings.get(result.finding_id)
    case = space.cases.get(finding.case_id)
    found = line_of(ctx, finding=finding)
    item, earlier = found if found is not None else (None, None)
    limit = limit_for(ctx, case=case, item=item) if item is not None else None
    before = earlier.value if earlier is not None else None
    return RecheckLine(
        result=result,
        finding=finding,
        item=item,
        earlier=earlier,
        limit=limit,
        missed_before=breach(before, limit) if limit and before is not None else None,
        missed=breach(result.value, limit) if limit and result.value is not None else None,
        tries=sum(
            one.passed is False and one.id != result.id
            for one in space.recheck_results.where(finding_id=finding.id)
        ),
        photos=_photos(ctx, SubjectKind.RECHECK_RESULT, result.id),
        proof=_photos(ctx, SubjectKind.RECTIFICATION, finding.id),
    )


def _photos(ctx: Context, kind: SubjectKind, subject_id: str) -> tuple[Evidence, ...]:
    return tuple(evidence_of(ctx, subject_kind=kind, subject_id=subject_id))
