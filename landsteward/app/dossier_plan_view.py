"""What a dossier prints of remedy plans, frozen: names resolved, nothing left to look up."""

from collections.abc import Mapping
from dataclasses import dataclass

from landsteward.app.plan_comparing import PlanChange
from landsteward.app.plan_reading import AlternativeSheet
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.findings import LegalBasis
from landsteward.domain.plans import PlanComment, PlanConsent, PlanTarget, RemedyPlan
from landsteward.domain.rulepack import MetricKind
from landsteward.domain.scenarios import PlanEffect


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWay:
    """A way out that was chosen: for which finding, how it stood then, on what law it rests."""

    finding_no: int
    name: str
    chosen: ChosenWay
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierEffect:
    """What an alternative took over from a what-if, with who did so and its metrics by key."""

    effect: PlanEffect
    taken_by: str
    metrics: Mapping[str, MetricKind]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAlternative:
    """One alternative; `ordinal` is 甲, 乙 … by its place."""

    ordinal: str
    sheet: AlternativeSheet
    ways: tuple[DossierWay, ...]
    targets: tuple[tuple[PlanTarget, MetricKind], ...]
    effect: DossierEffect | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierComment:
    """A comment on this version, with names; `step` is the number of the step it is about."""

    comment: PlanComment
    step: int | None
    written_by: str
    answered_by: str
    settled_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierConsent:
    """The enterprise's opinion on an alternative; `current`: the plan still says what it is about.

    `ordinal` is empty where the alternative was taken out.
    """

    consent: PlanConsent
    ordinal: str
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPlan:
    """One version of a remedy plan; `finding_nos` are the findings it answers."""

    plan: RemedyPlan
    firm: str
    prepared_by: str
    decided_by: str
    finding_nos: tuple[int, ...]
    alternatives: tuple[DossierAlternative, ...]
    comments: tuple[DossierComment, ...] = ()
    consents: tuple[DossierConsent, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    """What changed from the version before."""
