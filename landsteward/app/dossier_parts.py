"""The parts of a dossier: records of one case with their names resolved."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from landsteward.app.checkups import SheetSection
from landsteward.app.follow_ups import LedgerLine
from landsteward.domain.casework import Checkup, Evidence, SubjectKind
from landsteward.domain.findings import Finding, FindingEvent, LegalBasis
from landsteward.domain.register import (
    ConstructionProgress,
    Occupancy,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.remedies import (
    Closure,
    FollowUp,
    PlanStep,
    PlanTarget,
    Recheck,
    RecheckResult,
    RemedyPlan,
)
from landsteward.domain.rulepack import MetricKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierParcel:
    """A parcel with what was agreed for it, what was seen on it, and who uses it."""

    parcel: Parcel
    supplies: tuple[SupplyContract, ...]
    outputs: tuple[OutputContract, ...]
    progress: tuple[ConstructionProgress, ...]
    occupancies: tuple[tuple[Occupancy, str], ...]
    """Each with the user's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierYear:
    """A year's figures and the indicators computed from them, by the pack's metric keys."""

    figures: YearlyMetrics
    indicators: Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCheckup:
    """A checkup's whole form. `inspectors`: department key → names, in the order they joined."""

    checkup: Checkup
    pack_name: str
    departments: tuple[str, ...]
    sections: tuple[SheetSection, ...]
    inspectors: Mapping[str, tuple[str, ...]]
    finished_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinding:
    """A finding with its names and its whole history; events each with the actor's name."""

    finding: Finding
    department: str
    severity: str
    assigned_by: str
    events: tuple[tuple[FindingEvent, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPath:
    """A way out as the pack names it, with the law it rests on when the plan was written."""

    name: str
    conditions: str
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPlan:
    """One version of a remedy plan; `finding_nos` are the findings it answers."""

    plan: RemedyPlan
    firm: str
    prepared_by: str
    decided_by: str
    paths: tuple[DossierPath, ...]
    finding_nos: tuple[int, ...]
    steps: tuple[PlanStep, ...]
    targets: tuple[tuple[PlanTarget, MetricKind], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFollowUp:
    """One follow-up entry; `step` is the title of the step it is about."""

    entry: FollowUp
    author: str
    step: str
    metric: MetricKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierLedgerLine:
    """An expected metric beside its latest reading and the year's own figure."""

    line: LedgerLine
    metric: MetricKind
    yearly: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecheck:
    """A second look; results each with number and title of the finding."""

    recheck: Recheck
    inspector: str
    results: tuple[tuple[RecheckResult, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierClosure:
    """A request to close and the decision on it, with names and organisations."""

    closure: Closure
    finding: DossierFinding
    requested_by: str
    requested_for: str
    decided_by: str
    decided_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEvidence:
    """A piece of the pool; `number` counts from 1 in the case, `proves` says what it is tied to.

    What it proves is the kind of subject and a short name of it (a finding's number, an item's
    title, a day).
    """

    number: int
    evidence: Evidence
    added_by: str
    proves: tuple[tuple[SubjectKind, str], ...]
