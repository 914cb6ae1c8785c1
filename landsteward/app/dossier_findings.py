"""What a dossier says of findings: names resolved, objections, slips, joint disposal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from landsteward.app.context import Context
from landsteward.app.dossier_view import DossierFinding, DossierJoint
from landsteward.app.joint_disposals import joints_of
from landsteward.app.referrals import slips_of
from landsteward.domain.casework import Case
from landsteward.domain.findings import Finding
from landsteward.domain.rulepack import RulePack


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingNames:
    """Who is called what; empty where nobody is meant or known any more."""

    pack: RulePack
    person: Callable[[str | None], str]
    organisation: Callable[[str | None], str]

    def department(self, key: str) -> str:
        """A department's name; its key where the pack has none such."""
        return next((one.name for one in self.pack.departments if one.key == key), key)


def dossier_findings(ctx: Context, *, case: Case, names: FindingNames) -> dict[str, DossierFinding]:
    """The findings of a case by their keys, in the order of their numbers."""
    found = ctx.workspace.findings.where(case_id=case.id)
    return {
        one.id: _finding(ctx, one, names) for one in sorted(found, key=lambda one: one.finding_no)
    }


def _finding(ctx: Context, one: Finding, names: FindingNames) -> DossierFinding:
    space, pack = ctx.workspace, names.pack
    category = pack.findings.category(one.category)
    cause = pack.findings.root_cause(one.root_cause_key)
    parcel = space.parcels.find(one.parcel_id) if one.parcel_id else None
    return DossierFinding(
        finding=one,
        department=names.department(one.department),
        severity=pack.severity(one.severity).name,
        assigned_by=names.organisation(one.assigned_by),
        events=tuple(
            (event, names.person(event.actor_id))
            for event in space.finding_events.where(finding_id=one.id)
        ),
        category=category.name if category else "",
        root_cause=cause.name if cause else "",
        parcel=parcel.name if parcel else "",
        objections=tuple(
            (objection, names.person(objection.answered_by))
            for objection in space.objections.where(finding_id=one.id)
        ),
        slips=slips_of(ctx, finding_id=one.id),
    )


def dossier_joints(
    ctx: Context, *, case: Case, names: FindingNames, findings: Mapping[str, DossierFinding]
) -> tuple[DossierJoint, ...]:
    """The joint disposals of a case, by number."""
    return tuple(
        DossierJoint(
            disposal=one.disposal,
            lead=names.department(one.disposal.lead),
            departments=tuple(names.department(key) for key in one.disposal.departments),
            findings=tuple(findings[finding.id] for finding in one.findings),
            measures=tuple(
                (measure, names.department(measure.department)) for measure in one.measures
            ),
            concluded_by=names.person(one.disposal.concluded_by),
        )
        for one in joints_of(ctx, case_id=case.id)
    )
