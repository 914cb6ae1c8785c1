"""What a dossier prints, frozen: one case's records, names resolved, nothing left to look up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from landsteward.app.checkups import SheetSection
from landsteward.app.dossier_plan_view import DossierPlan
from landsteward.app.ledgers import LedgerLine
from landsteward.app.recheck_sheet import RecheckLine
from landsteward.app.referrals import Slip
from landsteward.domain.boundaries import ParcelBoundary
from landsteward.domain.casework import Case, Checkup, Evidence
from landsteward.domain.colours import Standing
from landsteward.domain.disposals import JointDisposal, JointMeasure, Objection
from landsteward.domain.documents import IssuedDocument
from landsteward.domain.engagements import ConflictDeclaration, Engagement
from landsteward.domain.findings import Finding, FindingEvent
from landsteward.domain.follow_ups import Extension, FollowUp, MetricReading, Obstacle
from landsteward.domain.indicators import Indicator
from landsteward.domain.occupancy import LandBasis
from landsteward.domain.register import (
    ConstructionProgress,
    Enterprise,
    Occupancy,
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.remedies import (
    Closure,
    Recheck,
)
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.sight import Restricted
from landsteward.domain.signatures import Addendum, Signature
from landsteward.domain.states import SubjectKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierParcel:
    """A parcel with what was agreed for it, what was seen on it, and who uses it."""

    parcel: Parcel
    supplies: tuple[SupplyContract, ...]
    outputs: tuple[OutputContract, ...]
    progress: tuple[ConstructionProgress, ...]
    occupancies: tuple[tuple[Occupancy, str], ...]
    """Each with the user's name."""
    boundary: ParcelBoundary | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierYear:
    """A year's figures and the indicators computed from them, by the pack's metric keys.

    `land` is what per-mu indicators are divided by, None where nothing is known of it.
    """

    figures: YearlyMetrics
    indicators: Mapping[str, Indicator]
    land: LandBasis | None = None

    def value(self, key: str) -> Decimal | None:
        """An indicator's value, None where it cannot be computed or is not one of ours."""
        found = self.indicators.get(key)
        return found.value if found is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAddendum:
    """A correction to a locked form, who wrote it, its signature, and the number of the item."""

    addendum: Addendum
    written_by: str
    signature: Signature | None
    item_number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierCheckup:
    """A checkup's whole form. `inspectors`: department key → names, in the order they joined.

    `intact`: a locked form still says what it said then (`CheckupSheet.intact`).
    """

    checkup: Checkup
    pack_name: str
    departments: tuple[str, ...]
    sections: tuple[SheetSection, ...]
    inspectors: Mapping[str, tuple[str, ...]]
    finished_by: str
    signatures: tuple[Signature, ...] = ()
    addenda: tuple[DossierAddendum, ...] = ()
    intact: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFinding:
    """A finding with its names and its whole history; events each with the actor's name,
    objections with who answered.
    """

    finding: Finding
    department: str
    severity: str
    assigned_by: str
    events: tuple[tuple[FindingEvent, str], ...]
    category: str = ""
    root_cause: str = ""
    parcel: str = ""
    objections: tuple[tuple[Objection, str], ...] = ()
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierJoint:
    """A joint disposal with the names of departments; measures each with its department's."""

    disposal: JointDisposal
    lead: str
    departments: tuple[str, ...]
    findings: tuple[DossierFinding, ...]
    measures: tuple[tuple[JointMeasure, str], ...]
    concluded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierFollowUp:
    """One follow-up entry; `step` is the title of the step it is about, `corrected_on` the day of
    the entry that took its place. Readings each with the metric's name.
    """

    entry: FollowUp
    author: str
    step: str
    readings: tuple[tuple[str, MetricReading], ...] = ()
    corrected_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierExtension:
    """More time that was asked for; `subject` is the title of the finding or step."""

    extension: Extension
    subject: str
    asked_by: str
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierRecheck:
    """A second look's form with names, its lines, its signatures."""

    recheck: Recheck
    inspector: str
    lines: tuple[RecheckLine, ...]
    signatures: tuple[Signature, ...] = ()
    intact: bool | None = None


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
    title, a day). `picture` is the SHA-256 of the copy to print, None where none was made yet:
    whether there is one makes no difference to what is printed.
    """

    number: int
    evidence: Evidence
    added_by: str
    proves: tuple[tuple[SubjectKind, str], ...]
    picture: str | None = field(default=None, compare=False)

    @property
    def is_picture(self) -> bool:
        """Whether it is printed as a picture."""
        return self.evidence.media_type.startswith("image/")

    @property
    def printed(self) -> str:
        """The SHA-256 of the content its picture is printed from."""
        return self.picture or self.evidence.sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPair:
    """整改前后对照: two pieces of the pool side by side, for a finding."""

    finding_no: int
    title: str
    before: DossierEvidence
    after: DossierEvidence


EvidenceNumbers = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierConflict:
    """What a firm declared about a conflict of interest; `ties` are the names of its kinds."""

    declaration: ConflictDeclaration
    firm: str
    declared_by: str
    ties: tuple[str, ...]
    decided_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierView:
    """One case, whole. `content` reads by SHA-256 what a picture of the evidence is printed from.

    `content` belongs to the thread that opened the workspace, like everything of a workspace.
    `evidence_numbers` says which evidence is tied to a subject.
    """

    on: date
    case: Case
    enterprise: Enterprise | None
    carrier: str
    pack_name: str
    pack_version: str
    wording: Mapping[str, str]
    issued: IssuedDocument | None
    parcels: tuple[DossierParcel, ...]
    years: tuple[DossierYear, ...]
    metrics: tuple[MetricKind, ...]
    checkups: tuple[DossierCheckup, ...]
    findings: tuple[DossierFinding, ...]
    engagements: tuple[tuple[Engagement, str, str], ...]
    """Each with the names of firm and carrier."""
    conflicts: tuple[DossierConflict, ...] = ()
    plans: tuple[DossierPlan, ...]
    follow_ups: tuple[DossierFollowUp, ...]
    ledger: tuple[LedgerLine, ...]
    rechecks: tuple[DossierRecheck, ...]
    closures: tuple[DossierClosure, ...]
    evidence: tuple[DossierEvidence, ...]
    pairs: tuple[DossierPair, ...] = ()
    evidence_numbers: Mapping[tuple[SubjectKind, str], EvidenceNumbers]
    content: Callable[[str], bytes]
    joints: tuple[DossierJoint, ...] = ()
    standing: Standing | None = None
    obstacles: tuple[tuple[Obstacle, str], ...] = ()
    """Each with the title of its step."""
    extensions: tuple[DossierExtension, ...] = ()
    masked: frozenset[Restricted] = frozenset()
    """What the person who prints may not see; it says so where it would stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecheckFormView:
    """A recheck's form as a paper of its own; a `blank` one is for filling in by hand."""

    on: date
    case: Case
    enterprise: Enterprise | None
    parcel: Parcel | None
    carrier: str
    wording: Mapping[str, str]
    form: DossierRecheck
    evidence_numbers: Mapping[tuple[SubjectKind, str], EvidenceNumbers]
    blank: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """One checkup's form as a paper of its own. `code` finds it again (`domain.form_codes`).

    `evidence_numbers` are those of the case's list of evidence.
    """

    on: date
    case: Case
    enterprise: Enterprise | None
    parcel: Parcel | None
    carrier: str
    wording: Mapping[str, str]
    form: DossierCheckup
    evidence_numbers: Mapping[tuple[SubjectKind, str], EvidenceNumbers]
    code: str
