"""Gathering everything a dossier prints into its view.

The same view gives the same paper. A checkup is read with the rule pack it was made with, so that
an old dossier prints the same again; wording and ways out come from the case's own pack.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from landsteward.app.cases import case_parcel_ids
from landsteward.app.checkup_items import item_of
from landsteward.app.colours import standing_then
from landsteward.app.context import Context
from landsteward.app.dossier_findings import FindingNames, dossier_findings, dossier_joints
from landsteward.app.dossier_plan_view import DossierPlan
from landsteward.app.dossier_plans import PlanNames, dossier_plans
from landsteward.app.dossier_view import (
    DossierClosure,
    DossierConflict,
    DossierEvidence,
    DossierExtension,
    DossierFinding,
    DossierFollowUp,
    DossierPair,
    DossierParcel,
    DossierRecheck,
    DossierView,
    DossierYear,
    EvidenceNumbers,
)
from landsteward.app.follow_ups import entries_of
from landsteward.app.form_assembly import dossier_checkup
from landsteward.app.ledgers import ledger
from landsteward.app.obstacles import obstacles_of
from landsteward.app.occupancies import enterprise_land
from landsteward.app.photo_pairs import pairs_of
from landsteward.app.pictures import copies_of
from landsteward.app.recheck_forms import dossier_recheck
from landsteward.domain import order
from landsteward.domain.casework import Case
from landsteward.domain.documents import document_number
from landsteward.domain.engagements import Engagement
from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.organisations import Organisation
from landsteward.domain.rulepack import MetricKind, RulePack
from landsteward.domain.states import CaseStage, SubjectKind


def assemble_dossier(ctx: Context, *, case_id: str, on: date) -> DossierView:
    """Gather a case as it stands; `on` is the day the paper is made.

    Raises RecordNotFoundError, and RulePackError where a pack of that version is not there.
    """
    return _Assembly(ctx, ctx.workspace.cases.get(case_id)).view(on)


class _Assembly:
    """One run over the records of one case; people and organisations are read once each."""

    def __init__(self, ctx: Context, case: Case) -> None:
        self.ctx = ctx
        self.space = ctx.workspace
        self.case = case
        self.pack: RulePack = ctx.packs.get(case.pack, case.pack_version)
        self._organisations: dict[str, Organisation | None] = {}

    def view(self, on: date) -> DossierView:
        space, case, pack = self.space, self.case, self.pack
        enterprise = space.enterprises.find(case.enterprise_id) if case.enterprise_id else None
        years = self._years()
        names = FindingNames(
            pack=pack,
            person=lambda key: self._person(key)[0],
            organisation=self._organisation_name,
        )
        findings = dossier_findings(self.ctx, case=case, names=names)
        evidence, numbers = self._evidence(findings)
        issued = [
            one
            for one in space.issued_documents.where(case_id=case.id, kind="dossier")
            if one.voided_on is None and case.stage is CaseStage.ARCHIVED
        ]
        return DossierView(
            on=on,
            case=case,
            enterprise=enterprise,
            carrier=self._organisation_name(case.carrier_id),
            pack_name=pack.name,
            pack_version=pack.version,
            wording=pack.wording,
            issued=max(issued, key=order.issued, default=None),
            parcels=tuple(self._parcel(one) for one in case_parcel_ids(self.ctx, case=case)),
            years=years,
            metrics=pack.metrics,
            checkups=tuple(
                dossier_checkup(self.ctx, checkup=one, name_of=lambda key: self._person(key)[0])
                for one in sorted(space.checkups.where(case_id=case.id), key=order.visited)
            ),
            findings=tuple(findings.values()),
            engagements=self._engagements(),
            conflicts=self._conflicts(),
            plans=self._plans(findings),
            follow_ups=self._follow_ups(),
            ledger=tuple(ledger(self.ctx, case_id=case.id)),
            masked=self.ctx.sight.masked,
            rechecks=self._rechecks(),
            closures=self._closures(findings),
            evidence=evidence,
            pairs=self._pairs(findings, evidence),
            evidence_numbers=numbers,
            content=space.blobs.get,
            joints=dossier_joints(self.ctx, case=case, names=names, findings=findings),
            standing=standing_then(self.ctx, case_id=case.id, pack=pack, on=on),
            obstacles=tuple(
                (one, self._step_title(one.step_id))
                for one in obstacles_of(self.ctx, case_id=case.id)
            ),
            extensions=self._extensions(),
        )

    def _person(self, person_id: str | None) -> tuple[str, str]:
        """Name and organisation's name; empty where nobody is named or known any more."""
        person = self.space.people.find(person_id) if person_id else None
        if person is None:
            return "", ""
        return person.name, self._organisation_name(person.organisation_id)

    def _organisation_name(self, organisation_id: str | None) -> str:
        if not organisation_id:
            return ""
        if organisation_id not in self._organisations:
            self._organisations[organisation_id] = self.space.organisations.find(organisation_id)
        found = self._organisations[organisation_id]
        return found.name if found else ""

    def _enterprise_name(self, enterprise_id: str) -> str:
        found = self.space.enterprises.find(enterprise_id)
        return found.name if found else ""

    def _metric(self, key: str) -> MetricKind:
        found = next((one for one in self.pack.metrics if one.key == key), None)
        return found or MetricKind(key=key, name=key, name_en=key, unit="")

    def _parcel(self, parcel_id: str) -> DossierParcel:
        space = self.space
        return DossierParcel(
            parcel=space.parcels.get(parcel_id),
            supplies=tuple(
                sorted(space.supply_contracts.where(parcel_id=parcel_id), key=order.signed)
            ),
            outputs=tuple(
                sorted(space.output_contracts.where(parcel_id=parcel_id), key=order.signed)
            ),
            progress=tuple(
                sorted(space.construction_progress.where(parcel_id=parcel_id), key=order.observed)
            ),
            occupancies=tuple(
                (one, self._enterprise_name(one.enterprise_id))
                for one in sorted(space.occupancies.where(parcel_id=parcel_id), key=order.occupied)
            ),
            boundary=space.parcel_boundaries.first(parcel_id=parcel_id),
        )

    def _years(self) -> tuple[DossierYear, ...]:
        if self.case.enterprise_id is None:
            return ()
        land = enterprise_land(self.ctx, enterprise_id=self.case.enterprise_id).years
        found = self.space.yearly_metrics.where(enterprise_id=self.case.enterprise_id)
        return tuple(
            DossierYear(
                figures=one,
                indicators=yearly_indicators(one, land.get(one.year)),
                land=land.get(one.year),
            )
            for one in sorted(found, key=lambda one: one.year)
        )

    def _engagements(self) -> tuple[tuple[Engagement, str, str], ...]:
        """The contracts under which the plans' firms worked for this case."""
        space, enterprise_id = self.space, self.case.enterprise_id
        firms = {one.firm_id for one in space.remedy_plans.where(case_id=self.case.id)}
        if enterprise_id is not None:
            covering = [
                space.engagements.get(one.engagement_id)
                for one in space.firms.covers(enterprise_id)
            ]
        else:
            covering = space.engagements.where(carrier_id=self.case.carrier_id, covers_all=True)
        return tuple(
            (one, self._organisation_name(one.firm_id), self._organisation_name(one.carrier_id))
            for one in sorted(covering, key=lambda one: (one.firm_id, one.from_on, one.id))
            if one.firm_id in firms
        )

    def _conflicts(self) -> tuple[DossierConflict, ...]:
        """What these firms declared about the enterprise, the oldest first."""
        if self.case.enterprise_id is None:
            return ()
        terms = self.pack.conflicts
        found = [
            DossierConflict(
                declaration=one,
                firm=firm,
                declared_by=self._person(one.declared_by)[0],
                ties=tuple(terms.kind(key).name for key in one.kinds),
                decided_by=self._person(one.decided_by)[0],
            )
            for engagement, firm, _carrier in self._engagements()
            for one in self.space.conflict_declarations.where(
                engagement_id=engagement.id, enterprise_id=self.case.enterprise_id
            )
        ]
        return tuple(
            sorted(found, key=lambda one: (one.declaration.declared_at, one.declaration.id))
        )

    def _plans(self, findings: Mapping[str, DossierFinding]) -> tuple[DossierPlan, ...]:
        names = PlanNames(
            pack=self.pack,
            person=lambda key: self._person(key)[0],
            organisation=self._organisation_name,
            metric=self._metric,
            finding_nos={key: one.finding.finding_no for key, one in findings.items()},
        )
        return dossier_plans(self.ctx, case=self.case, names=names)

    def _follow_ups(self) -> tuple[DossierFollowUp, ...]:
        found = entries_of(self.ctx, case_id=self.case.id)
        days = {one.entry.id: one.entry.happened_on for one in found}
        return tuple(
            DossierFollowUp(
                entry=one.entry,
                author=self._person(one.entry.author_id)[0],
                step=self._step_title(one.entry.step_id),
                readings=tuple(
                    (self._metric(reading.metric).name, reading) for reading in one.readings
                ),
                corrected_on=days.get(one.corrected_by or ""),
            )
            for one in reversed(found)
        )

    def _step_title(self, step_id: str | None) -> str:
        step = self.space.plan_steps.find(step_id) if step_id else None
        return step.title if step else ""

    def _extensions(self) -> tuple[DossierExtension, ...]:
        found = []
        for one in self.space.extensions.where(case_id=self.case.id):
            finding = self.space.findings.find(one.finding_id) if one.finding_id else None
            found.append(
                DossierExtension(
                    extension=one,
                    subject=finding.title if finding else self._step_title(one.step_id),
                    asked_by=self._person(one.asked_by)[0],
                    decided_by=self._person(one.decided_by)[0],
                )
            )
        return tuple(sorted(found, key=lambda one: (one.extension.asked_on, one.extension.id)))

    def _rechecks(self) -> tuple[DossierRecheck, ...]:
        rechecks = sorted(self.space.rechecks.where(case_id=self.case.id), key=order.looked)
        return tuple(
            dossier_recheck(self.ctx, recheck=one, inspector=self._person(one.inspector_id)[0])
            for one in rechecks
        )

    def _closures(self, findings: Mapping[str, DossierFinding]) -> tuple[DossierClosure, ...]:
        found = []
        for finding in findings.values():
            requests = self.space.closures.where(finding_id=finding.finding.id)
            for one in sorted(requests, key=order.requested):
                requested, decided = self._person(one.requested_by), self._person(one.decided_by)
                found.append(
                    DossierClosure(
                        closure=one,
                        finding=finding,
                        requested_by=requested[0],
                        requested_for=requested[1],
                        decided_by=decided[0],
                        decided_for=decided[1],
                    )
                )
        return tuple(found)

    def _evidence(
        self, findings: Mapping[str, DossierFinding]
    ) -> tuple[tuple[DossierEvidence, ...], Mapping[tuple[SubjectKind, str], EvidenceNumbers]]:
        space = self.space
        numbers: dict[tuple[SubjectKind, str], list[int]] = defaultdict(list)
        found = []
        pool = sorted(space.evidence.where(case_id=self.case.id), key=lambda one: one.id)
        for number, one in enumerate(pool, start=1):
            proves = []
            for link in space.evidence_links.where(evidence_id=one.id):
                numbers[(link.subject_kind, link.subject_id)].append(number)
                proves.append(
                    (
                        link.subject_kind,
                        self._subject(link.subject_kind, link.subject_id, findings),
                    )
                )
            found.append(
                DossierEvidence(
                    number=number,
                    evidence=one,
                    added_by=self._person(one.added_by)[0],
                    proves=tuple(proves),
                    picture=self._picture(one.sha256),
                )
            )
        return tuple(found), {key: tuple(value) for key, value in numbers.items()}

    def _picture(self, sha256: str) -> str | None:
        copies = copies_of(self.ctx, sha256=sha256)
        return copies.large if copies is not None else None

    def _pairs(
        self, findings: Mapping[str, DossierFinding], pool: tuple[DossierEvidence, ...]
    ) -> tuple[DossierPair, ...]:
        pieces = {one.evidence.id: one for one in pool}
        return tuple(
            DossierPair(
                finding_no=finding.finding.finding_no,
                title=finding.finding.title,
                before=pieces[before.id],
                after=pieces[after.id],
            )
            for key, finding in findings.items()
            for _pair, before, after in pairs_of(self.ctx, finding_id=key)
        )

    def _subject(
        self, kind: SubjectKind, subject_id: str, findings: Mapping[str, DossierFinding]
    ) -> str:
        """A short name of what evidence is tied to."""
        space = self.space
        finding_id: str | None = None
        if kind in (SubjectKind.FINDING, SubjectKind.RECTIFICATION):
            finding_id = subject_id
        elif kind is SubjectKind.ITEM_RESULT:
            result = space.item_results.find(subject_id)
            if result is not None:
                checkup = space.checkups.get(result.checkup_id)
                pack = self.ctx.packs.get(checkup.pack, checkup.pack_version)
                return item_of(self.ctx, pack=pack, item_key=result.item_key).title
        elif kind is SubjectKind.FOLLOW_UP:
            entry = space.follow_ups.find(subject_id)
            return entry.happened_on.isoformat() if entry else ""
        elif kind is SubjectKind.RECHECK_RESULT:
            looked = space.recheck_results.find(subject_id)
            finding_id = looked.finding_id if looked else None
        elif kind is SubjectKind.CLOSURE:
            closure = space.closures.find(subject_id)
            finding_id = closure.finding_id if closure else None
        elif kind is SubjectKind.OBJECTION:
            objection = space.objections.find(subject_id)
            finding_id = objection.finding_id if objection else None
        elif kind is SubjectKind.REFERRAL:
            return self._slip_number(subject_id)
        finding = findings.get(finding_id) if finding_id else None
        return str(finding.finding.finding_no) if finding else ""

    def _slip_number(self, referral_id: str) -> str:
        slip = self.space.referrals.find(referral_id)
        if slip is None:
            return ""
        paper = self.space.issued_documents.get(slip.document_id)
        return document_number(paper.code, paper.year, paper.number)
