"""What a dossier prints of remedy plans, frozen: names resolved, nothing left to look up."""

from dataclasses import dataclass

from landsteward.app.plan_reading import AlternativeSheet
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.findings import LegalBasis
from landsteward.domain.plans import PlanTarget, RemedyPlan
from landsteward.domain.rulepack import MetricKind


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWay:
    """A way out that was chosen: for which finding, how it stood then, on what law it rests."""

    finding_no: int
    name: str
    chosen: ChosenWay
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierAlternative:
    """One alternative; `ordinal` is 甲, 乙 … by its place."""

    ordinal: str
    sheet: AlternativeSheet
    ways: tuple[DossierWay, ...]
    targets: tuple[tuple[PlanTarget, MetricKind], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPlan:
    """One version of a remedy plan; `finding_nos` are the findings it answers."""

    plan: RemedyPlan
    firm: str
    prepared_by: str
    decided_by: str
    finding_nos: tuple[int, ...]
    alternatives: tuple[DossierAlternative, ...]
