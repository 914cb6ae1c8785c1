"""The stores of records, one for each kind: made when they are first asked for.

A start needs two of them. Loading every kind of record and what describes it takes some 80 ms.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from db.stores import SqlStore

if TYPE_CHECKING:
    from db.connection import Session
    from landsteward.domain import added_items as _added_items
    from landsteward.domain import boundaries as _boundaries
    from landsteward.domain import campaigns as _campaigns
    from landsteward.domain import casework as _casework
    from landsteward.domain import chosen_ways as _chosen_ways
    from landsteward.domain import closing as _closing
    from landsteward.domain import dismissals as _dismissals
    from landsteward.domain import disposals as _disposals
    from landsteward.domain import documents as _documents
    from landsteward.domain import duplicates as _duplicates
    from landsteward.domain import engagements as _engagements
    from landsteward.domain import exports as _exports
    from landsteward.domain import findings as _findings
    from landsteward.domain import follow_ups as _follow_ups
    from landsteward.domain import gradings as _gradings
    from landsteward.domain import organisations as _organisations
    from landsteward.domain import pack_versions as _pack_versions
    from landsteward.domain import photos as _photos
    from landsteward.domain import plan_templates as _plan_templates
    from landsteward.domain import plans as _plans
    from landsteward.domain import register as _register
    from landsteward.domain import remedies as _remedies
    from landsteward.domain import scenarios as _scenarios
    from landsteward.domain import signatures as _signatures
    from landsteward.domain import standings as _standings


class RecordStores:
    """The stores of one open file, each in the table of its name."""

    organisations: SqlStore[_organisations.Organisation]
    people: SqlStore[_organisations.Person]
    enterprises: SqlStore[_register.Enterprise]
    parcels: SqlStore[_register.Parcel]
    parcel_boundaries: SqlStore[_boundaries.ParcelBoundary]
    supply_contracts: SqlStore[_register.SupplyContract]
    supply_aliases: SqlStore[_register.SupplyAlias]
    output_contracts: SqlStore[_register.OutputContract]
    construction_progress: SqlStore[_register.ConstructionProgress]
    land_standings: SqlStore[_standings.LandStanding]
    occupancies: SqlStore[_register.Occupancy]
    yearly_metrics: SqlStore[_register.YearlyMetrics]
    permits: SqlStore[_register.Permit]
    not_the_same: SqlStore[_duplicates.NotTheSame]
    campaigns: SqlStore[_campaigns.Campaign]
    visits: SqlStore[_campaigns.Visit]
    cases: SqlStore[_casework.Case]
    checkups: SqlStore[_casework.Checkup]
    checkup_inspectors: SqlStore[_casework.CheckupInspector]
    item_results: SqlStore[_casework.ItemResult]
    added_items: SqlStore[_added_items.AddedItem]
    signatures: SqlStore[_signatures.Signature]
    addenda: SqlStore[_signatures.Addendum]
    evidence: SqlStore[_casework.Evidence]
    evidence_links: SqlStore[_casework.EvidenceLink]
    picture_copies: SqlStore[_photos.PictureCopies]
    photo_pairs: SqlStore[_photos.PhotoPair]
    findings: SqlStore[_findings.Finding]
    finding_events: SqlStore[_findings.FindingEvent]
    objections: SqlStore[_disposals.Objection]
    referrals: SqlStore[_disposals.Referral]
    referral_findings: SqlStore[_disposals.ReferralFinding]
    slip_replies: SqlStore[_disposals.SlipReply]
    joint_disposals: SqlStore[_disposals.JointDisposal]
    joint_findings: SqlStore[_disposals.JointFinding]
    joint_measures: SqlStore[_disposals.JointMeasure]
    engagements: SqlStore[_engagements.Engagement]
    engagement_enterprises: SqlStore[_engagements.EngagementEnterprise]
    conflict_declarations: SqlStore[_engagements.ConflictDeclaration]
    remedy_plans: SqlStore[_plans.RemedyPlan]
    plan_findings: SqlStore[_plans.PlanFinding]
    chosen_ways: SqlStore[_chosen_ways.ChosenWay]
    case_facts: SqlStore[_standings.CaseFact]
    plan_templates: SqlStore[_plan_templates.SavedTemplate]
    plan_alternatives: SqlStore[_plans.PlanAlternative]
    plan_steps: SqlStore[_plans.PlanStep]
    plan_risks: SqlStore[_plans.PlanRisk]
    plan_targets: SqlStore[_plans.PlanTarget]
    plan_comments: SqlStore[_plans.PlanComment]
    plan_consents: SqlStore[_plans.PlanConsent]
    follow_ups: SqlStore[_follow_ups.FollowUp]
    metric_readings: SqlStore[_follow_ups.MetricReading]
    obstacles: SqlStore[_follow_ups.Obstacle]
    extensions: SqlStore[_follow_ups.Extension]
    rechecks: SqlStore[_remedies.Recheck]
    recheck_results: SqlStore[_remedies.RecheckResult]
    closures: SqlStore[_remedies.Closure]
    explanations: SqlStore[_closing.Explanation]
    look_backs: SqlStore[_closing.LookBack]
    dismissals: SqlStore[_dismissals.Dismissal]
    issued_documents: SqlStore[_documents.IssuedDocument]
    export_notes: SqlStore[_exports.ExportNote]
    import_batches: SqlStore[_documents.ImportBatch]
    import_rejects: SqlStore[_documents.ImportReject]
    grading_runs: SqlStore[_gradings.GradingRun]
    grading_subjects: SqlStore[_gradings.GradingSubject]
    grading_results: SqlStore[_gradings.GradingResult]
    grading_marks: SqlStore[_gradings.GradingMark]
    grading_objections: SqlStore[_gradings.GradingObjection]
    scenarios: SqlStore[_scenarios.Scenario]
    plan_effects: SqlStore[_scenarios.PlanEffect]
    pack_drafts: SqlStore[_pack_versions.PackDraft]
    pack_edits: SqlStore[_pack_versions.PackEdit]
    pack_versions: SqlStore[_pack_versions.PackVersion]

    def __init__(self, session: Session) -> None:
        self._session = session

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> SqlStore[Any]:
            """A store, of the records that its annotation says: `SqlStore[_module.Record]`."""
            said = RecordStores.__annotations__.get(name)
            if said is None:
                raise AttributeError(name)
            module, record = said[len("SqlStore[_") : -1].split(".")
            records = import_module(f"landsteward.domain.{module}")
            store = SqlStore(self._session, getattr(records, record), name)
            setattr(self, name, store)
            return store
