"""One open workspace file: its stores, the questions over them, transactions, numbers."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from landsteward.app.boundaries_file import BoundarySearch
    from landsteward.app.grading_sources import GradingSources
    from landsteward.app.ports.questions import (
        Batches,
        Chronicle,
        Derived,
        Lists,
        Reports,
        Reversals,
        Rosters,
        Screening,
    )
    from landsteward.app.ports.stores import BlobStore, Store
    from landsteward.app.views import CheckReport
    from landsteward.app.visit_lines import VisitReports
    from landsteward.domain.added_items import AddedItem
    from landsteward.domain.boundaries import ParcelBoundary
    from landsteward.domain.campaigns import Campaign, Visit
    from landsteward.domain.casework import (
        Case,
        Checkup,
        CheckupInspector,
        Evidence,
        EvidenceLink,
        ItemResult,
    )
    from landsteward.domain.chosen_ways import ChosenWay
    from landsteward.domain.dismissals import Dismissal
    from landsteward.domain.disposals import (
        JointDisposal,
        JointFinding,
        JointMeasure,
        Objection,
        Referral,
    )
    from landsteward.domain.documents import ImportBatch, ImportReject, IssuedDocument
    from landsteward.domain.duplicates import NotTheSame
    from landsteward.domain.findings import Finding, FindingEvent
    from landsteward.domain.gradings import (
        GradingMark,
        GradingObjection,
        GradingResult,
        GradingRun,
        GradingSubject,
    )
    from landsteward.domain.organisations import Organisation, Person
    from landsteward.domain.pack_versions import PackDraft, PackEdit, PackVersion
    from landsteward.domain.photos import PhotoPair, PictureCopies
    from landsteward.domain.register import (
        ConstructionProgress,
        Enterprise,
        Occupancy,
        OutputContract,
        Parcel,
        Permit,
        SupplyAlias,
        SupplyContract,
        YearlyMetrics,
    )
    from landsteward.domain.remedies import (
        Closure,
        Engagement,
        FollowUp,
        PlanFinding,
        PlanStep,
        PlanTarget,
        Recheck,
        RecheckResult,
        RemedyPlan,
    )
    from landsteward.domain.scenarios import PlanEffect, Scenario
    from landsteward.domain.signatures import Addendum, Signature
    from landsteward.domain.standings import CaseFact, LandStanding


class Workspace(Protocol):
    """One open workspace file. Belongs to the thread that opened it."""

    @property
    def organisations(self) -> Store[Organisation]: ...
    @property
    def people(self) -> Store[Person]: ...
    @property
    def enterprises(self) -> Store[Enterprise]: ...
    @property
    def parcels(self) -> Store[Parcel]: ...
    @property
    def parcel_boundaries(self) -> Store[ParcelBoundary]: ...
    @property
    def supply_contracts(self) -> Store[SupplyContract]: ...
    @property
    def supply_aliases(self) -> Store[SupplyAlias]: ...
    @property
    def output_contracts(self) -> Store[OutputContract]: ...
    @property
    def construction_progress(self) -> Store[ConstructionProgress]: ...
    @property
    def land_standings(self) -> Store[LandStanding]: ...
    @property
    def occupancies(self) -> Store[Occupancy]: ...
    @property
    def yearly_metrics(self) -> Store[YearlyMetrics]: ...
    @property
    def permits(self) -> Store[Permit]: ...
    @property
    def not_the_same(self) -> Store[NotTheSame]: ...
    @property
    def campaigns(self) -> Store[Campaign]: ...
    @property
    def visits(self) -> Store[Visit]: ...
    @property
    def cases(self) -> Store[Case]: ...
    @property
    def checkups(self) -> Store[Checkup]: ...
    @property
    def checkup_inspectors(self) -> Store[CheckupInspector]: ...
    @property
    def item_results(self) -> Store[ItemResult]: ...
    @property
    def added_items(self) -> Store[AddedItem]: ...
    @property
    def signatures(self) -> Store[Signature]: ...
    @property
    def addenda(self) -> Store[Addendum]: ...
    @property
    def evidence(self) -> Store[Evidence]: ...
    @property
    def evidence_links(self) -> Store[EvidenceLink]: ...
    @property
    def picture_copies(self) -> Store[PictureCopies]: ...
    @property
    def photo_pairs(self) -> Store[PhotoPair]: ...
    @property
    def findings(self) -> Store[Finding]: ...
    @property
    def finding_events(self) -> Store[FindingEvent]: ...
    @property
    def objections(self) -> Store[Objection]: ...
    @property
    def referrals(self) -> Store[Referral]: ...
    @property
    def joint_disposals(self) -> Store[JointDisposal]: ...
    @property
    def joint_findings(self) -> Store[JointFinding]: ...
    @property
    def joint_measures(self) -> Store[JointMeasure]: ...
    @property
    def engagements(self) -> Store[Engagement]: ...
    @property
    def remedy_plans(self) -> Store[RemedyPlan]: ...
    @property
    def chosen_ways(self) -> Store[ChosenWay]: ...
    @property
    def case_facts(self) -> Store[CaseFact]: ...
    @property
    def plan_findings(self) -> Store[PlanFinding]: ...
    @property
    def plan_steps(self) -> Store[PlanStep]: ...
    @property
    def plan_targets(self) -> Store[PlanTarget]: ...
    @property
    def follow_ups(self) -> Store[FollowUp]: ...
    @property
    def rechecks(self) -> Store[Recheck]: ...
    @property
    def recheck_results(self) -> Store[RecheckResult]: ...
    @property
    def closures(self) -> Store[Closure]: ...
    @property
    def dismissals(self) -> Store[Dismissal]: ...
    @property
    def issued_documents(self) -> Store[IssuedDocument]: ...
    @property
    def import_batches(self) -> Store[ImportBatch]: ...
    @property
    def import_rejects(self) -> Store[ImportReject]: ...
    @property
    def grading_runs(self) -> Store[GradingRun]: ...
    @property
    def grading_subjects(self) -> Store[GradingSubject]: ...
    @property
    def grading_results(self) -> Store[GradingResult]: ...
    @property
    def grading_marks(self) -> Store[GradingMark]: ...
    @property
    def grading_objections(self) -> Store[GradingObjection]: ...
    @property
    def scenarios(self) -> Store[Scenario]: ...
    @property
    def plan_effects(self) -> Store[PlanEffect]: ...
    @property
    def pack_drafts(self) -> Store[PackDraft]: ...
    @property
    def pack_edits(self) -> Store[PackEdit]: ...
    @property
    def pack_versions(self) -> Store[PackVersion]: ...
    @property
    def blobs(self) -> BlobStore: ...
    @property
    def lists(self) -> Lists: ...
    @property
    def reports(self) -> Reports: ...
    @property
    def screening(self) -> Screening: ...
    @property
    def boundary_search(self) -> BoundarySearch: ...
    @property
    def gradings(self) -> GradingSources: ...
    @property
    def visit_reports(self) -> VisitReports: ...
    @property
    def rosters(self) -> Rosters: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def derived(self) -> Derived: ...
    @property
    def chronicle(self) -> Chronicle: ...
    @property
    def reversals(self) -> Reversals: ...

    def as_of(self, moment: datetime) -> Workspace:
        """The same workspace as it was recorded at a moment: its records, and what is asked over
        those of one enterprise or parcel. It can only be read.
        """
        ...

    def transaction(self, *, actor_id: str, at: datetime) -> AbstractContextManager[None]:
        """All writes inside are kept together in that person's name, or none; may be nested."""
        ...

    def take_number(self, code: str, year: int) -> int:
        """The next number of a 代字 in a year, from 1, gapless; inside a transaction."""
        ...

    def next_number(self, code: str, year: int) -> int:
        """The number `take_number` would give next; it stays free."""
        ...

    def setting(self, key: str) -> str | None:
        """A setting of this workspace (e.g. its name), or None."""
        ...

    def set_setting(self, key: str, value: str) -> None:
        """Keep a setting; inside a transaction."""
        ...

    def check(self) -> CheckReport:
        """Look the whole file over: integrity, foreign keys, audit chain."""
        ...

    def backup(self, target: str) -> None:
        """Write a consistent copy. Raises WorkspaceError."""
        ...

    def close(self) -> None:
        """Release the file and its lock."""
        ...
