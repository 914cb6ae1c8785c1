"""联合处置: findings of several departments that meet in one cause are dealt with together.

Source: plan item 17 (形成处置合力). One department leads, the others take part; who does what until
when is kept, and how it went. Each finding still goes its own way to closure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypedDict, Unpack

from landsteward.app.cases import living_case
from landsteward.app.context import Context
from landsteward.domain.disposals import JointDisposal, JointFinding, JointMeasure
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.findings import Finding
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.permissions import Action
from landsteward.domain.rulepack import RulePack
from landsteward.domain.text import msg


class JointChanges(TypedDict, total=False):
    """What may be said about a joint disposal while it is under way."""

    cause: str
    lead: str
    departments: tuple[str, ...]
    record: str


class MeasureChanges(TypedDict, total=False):
    """Fields of a measure."""

    department: str
    measure: str
    responsible: str
    due_on: date | None
    done_on: date | None
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """Findings that could be dealt with together: of one cause, or about one parcel."""

    findings: tuple[Finding, ...]
    root_cause_key: str | None = None
    parcel_id: str | None = None

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments that answer for them."""
        return tuple(dict.fromkeys(one.department for one in self.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """A joint disposal whole."""

    disposal: JointDisposal
    findings: tuple[Finding, ...]
    measures: tuple[JointMeasure, ...]


def joints_of(ctx: Context, *, case_id: str) -> tuple[Joint, ...]:
    """The joint disposals of a case, by number."""
    space = ctx.workspace
    found = sorted(space.joint_disposals.where(case_id=case_id), key=lambda one: one.joint_no)
    return tuple(_whole(ctx, one) for one in found)


def _whole(ctx: Context, disposal: JointDisposal) -> Joint:
    space = ctx.workspace
    bound = [
        space.findings.get(one.finding_id)
        for one in space.joint_findings.where(joint_id=disposal.id)
    ]
    measures = space.joint_measures.where(joint_id=disposal.id)
    return Joint(
        disposal=disposal,
        findings=tuple(sorted(bound, key=lambda one: one.finding_no)),
        measures=tuple(sorted(measures, key=lambda one: (one.position, one.id))),
    )


def suggested_joints(ctx: Context, *, case_id: str) -> tuple[Suggestion, ...]:
    """Findings of one case and several departments that share a root cause, or else a parcel.

    Settled findings and those that are bound already are left out.
    """
    space = ctx.workspace
    free = [
        one
        for one in space.findings.where(case_id=case_id)
        if one.state not in SETTLED_FINDING_STATES and not _bound(ctx, one.id)
    ]
    found: list[Suggestion] = []
    taken: set[str] = set()
    for key in dict.fromkeys(one.root_cause_key for one in free if one.root_cause_key):
        alike = [one for one in free if one.root_cause_key == key]
        suggestion = Suggestion(findings=tuple(alike), root_cause_key=key)
        if len(suggestion.departments) > 1:
            found.append(suggestion)
            taken.update(one.id for one in alike)
    left = [one for one in free if one.id not in taken]
    for parcel in dict.fromkeys(one.parcel_id for one in left if one.parcel_id):
        alike = [one for one in left if one.parcel_id == parcel]
        suggestion = Suggestion(findings=tuple(alike), parcel_id=parcel)
        if len(suggestion.departments) > 1:
            found.append(suggestion)
    return tuple(found)


def _bound(ctx: Context, finding_id: str) -> JointFinding | None:
    return ctx.workspace.joint_findings.first(finding_id=finding_id)


def joint_of(ctx: Context, *, finding_id: str) -> Joint | None:
    """The joint disposal a finding is bound to."""
    link = _bound(ctx, finding_id)
    if link is None:
        return None
    return _whole(ctx, ctx.workspace.joint_disposals.get(link.joint_id))


def bind_findings(
    ctx: Context, *, finding_ids: Sequence[str], lead: str = "", cause: str = ""
) -> JointDisposal:
    """Bind findings of one case and several departments to a joint disposal.

    Without a lead the department of the gravest finding leads; without a cause the one they share
    is taken.
    """
    ctx.require(Action.DECIDE_FINDING)
    space = ctx.workspace
    findings = [space.findings.get(one) for one in dict.fromkeys(finding_ids)]
    if not findings:
        raise RefusedMoveError(msg("A joint disposal needs findings of several departments."))
    case = living_case(ctx, case_id=findings[0].case_id)
    pack = ctx.packs.get(case.pack, case.pack_version)
    departments = tuple(dict.fromkeys(one.department for one in findings))
    if len({one.case_id for one in findings}) > 1:
        raise RefusedMoveError(
            msg("Findings of different cases are not bound together."), where=case.case_no
        )
    if len(departments) < 2:
        raise RefusedMoveError(
            msg("A joint disposal needs findings of several departments."), where=case.case_no
        )
    for one in findings:
        _must_be_free(ctx, one)
    lead = lead or min(findings, key=lambda one: (one.severity, one.finding_no)).department
    shared = {one.root_cause_key for one in findings}
    key = shared.pop() if len(shared) == 1 else None
    known = pack.findings.root_cause(key)
    disposal = JointDisposal(
        id=ctx.ids.new(),
        case_id=case.id,
        joint_no=space.joint_disposals.count(case_id=case.id) + 1,
        cause=cause.strip() or (known.name if known else ""),
        root_cause_key=key,
        lead=_known(pack, lead),
        departments=tuple(dict.fromkeys((*departments, lead))),
        opened_on=ctx.today(),
        opened_by=ctx.actor.id,
    )
    with ctx.change():
        space.joint_disposals.add(disposal)
        for one in findings:
            _bind(ctx, disposal, one)
    return disposal


def _must_be_free(ctx: Context, finding: Finding) -> None:
    if finding.state in SETTLED_FINDING_STATES:
        raise RefusedMoveError(msg("A settled finding is no longer changed."), where=finding.title)
    if _bound(ctx, finding.id) is not None:
        raise RefusedMoveError(
            msg("The finding is bound to a joint disposal already."), where=finding.title
        )


def _bind(ctx: Context, disposal: JointDisposal, finding: Finding) -> None:
    ctx.workspace.joint_findings.add(
        JointFinding(id=ctx.ids.new(), joint_id=disposal.id, finding_id=finding.id)
    )


def _known(pack: RulePack, department: str) -> str:
    if department not in [one.key for one in pack.departments]:
        raise RefusedMoveError(
            msg("The rule pack has no department {key}.", key=department), where=pack.name
        )
    return department


def _under_way(ctx: Context, joint_id: str) -> tuple[JointDisposal, RulePack]:
    ctx.require(Action.DECIDE_FINDING)
    disposal = ctx.workspace.joint_disposals.get(joint_id)
    case = living_case(ctx, case_id=disposal.case_id)
    if disposal.concluded_on is not None:
        raise RefusedMoveError(
            msg("The joint disposal is concluded and no longer changed."), where=case.case_no
        )
    return disposal, ctx.packs.get(case.pack, case.pack_version)


def add_to_joint(ctx: Context, *, joint_id: str, finding_id: str) -> None:
    """Bind one more finding of the case; its department takes part."""
    disposal, _pack = _under_way(ctx, joint_id)
    finding = ctx.workspace.findings.get(finding_id)
    if finding.case_id != disposal.case_id:
        raise RefusedMoveError(
            msg("Findings of different cases are not bound together."), where=finding.title
        )
    _must_be_free(ctx, finding)
    with ctx.change():
        _bind(ctx, disposal, finding)
        taking_part = tuple(dict.fromkeys((*disposal.departments, finding.department)))
        ctx.workspace.joint_disposals.save(replace(disposal, departments=taking_part))


def release_from_joint(ctx: Context, *, finding_id: str) -> None:
    """Take a finding out; the joint disposal with its record stays, its number too."""
    link = _bound(ctx, finding_id)
    if link is None:
        return
    _under_way(ctx, link.joint_id)
    with ctx.change():
        ctx.workspace.joint_findings.retire(link.id)


def edit_joint(ctx: Context, *, joint_id: str, **changes: Unpack[JointChanges]) -> JointDisposal:
    """Change cause, lead, who takes part, or the record. The lead always takes part."""
    disposal, pack = _under_way(ctx, joint_id)
    edited = replace(disposal, **changes)
    for one in (edited.lead, *edited.departments):
        _known(pack, one)
    if edited.lead not in edited.departments:
        edited = replace(edited, departments=(*edited.departments, edited.lead))
    with ctx.change():
        ctx.workspace.joint_disposals.save(edited)
    return edited


def add_measure(
    ctx: Context,
    *,
    joint_id: str,
    department: str,
    measure: str,
    responsible: str = "",
    due_on: date | None = None,
) -> JointMeasure:
    """Say what a department does, by whom and until when; it takes part from then on."""
    disposal, pack = _under_way(ctx, joint_id)
    _said(measure)
    added = JointMeasure(
        id=ctx.ids.new(),
        joint_id=joint_id,
        position=len(ctx.workspace.joint_measures.where(joint_id=joint_id)) + 1,
        department=_known(pack, department),
        measure=measure.strip(),
        responsible=responsible.strip(),
        due_on=due_on,
    )
    taking_part = tuple(dict.fromkeys((*disposal.departments, department)))
    with ctx.change():
        ctx.workspace.joint_measures.add(added)
        ctx.workspace.joint_disposals.save(replace(disposal, departments=taking_part))
    return added


def edit_measure(
    ctx: Context, *, measure_id: str, **changes: Unpack[MeasureChanges]
) -> JointMeasure:
    """Change a measure, or say when it was done and what came of it."""
    space = ctx.workspace
    known = space.joint_measures.get(measure_id)
    _disposal, pack = _under_way(ctx, known.joint_id)
    edited = replace(known, **changes)
    _said(edited.measure)
    _known(pack, edited.department)
    with ctx.change():
        space.joint_measures.save(edited)
    return edited


def remove_measure(ctx: Context, *, measure_id: str) -> None:
    """Take a measure out; it stays in the trail."""
    known = ctx.workspace.joint_measures.get(measure_id)
    _under_way(ctx, known.joint_id)
    with ctx.change():
        ctx.workspace.joint_measures.retire(measure_id)


def bring_measure_back(ctx: Context, *, joint_id: str, measure_id: str) -> None:
    """Undo the removal of a measure."""
    _under_way(ctx, joint_id)
    with ctx.change():
        ctx.workspace.reversals.bring_back("joint_measures", measure_id)


def _said(measure: str) -> None:
    if not measure.strip():
        raise RefusedMoveError(msg("Say what is done."))


def conclude_joint(ctx: Context, *, joint_id: str, record: str) -> JointDisposal:
    """Say how it went, and end it. Every measure must be done before. For the lead department."""
    disposal, pack = _under_way(ctx, joint_id)
    department = ctx.organisation().department
    name = next((one.name for one in pack.departments if one.key == disposal.lead), disposal.lead)
    if department != disposal.lead:
        raise RefusedMoveError(msg("Only the lead department concludes it: {name}.", name=name))
    left = [
        one for one in ctx.workspace.joint_measures.where(joint_id=joint_id) if one.done_on is None
    ]
    if left:
        raise RefusedMoveError(msg("{count} measures are not done yet.", count=len(left)))
    if not record.strip():
        raise RefusedMoveError(msg("Say how the joint disposal went."))
    ended = replace(
        disposal,
        record=record.strip(),
        concluded_on=ctx.today(),
        concluded_by=ctx.actor.id,
    )
    with ctx.change():
        ctx.workspace.joint_disposals.save(ended)
    return ended
