"""A rule pack: law, checklists, thresholds, ways out and wording, as data.

Read from `resources/rules/<pack>/*.toml` by `landsteward.packs`; nothing here reads files.
Counties copy a pack and change it; a checkup keeps the version it was made with. A law's
`versions` say from when to when each edition is in force: a basis counts only where one is in
force on the day asked about (`domain.md` §0.3).
"""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from landsteward.domain.closing_terms import ClosingTerms
from landsteward.domain.conflict_terms import ConflictTerms
from landsteward.domain.finding_terms import FindingTerms
from landsteward.domain.findings import Finding, LegalBasis
from landsteward.domain.follow_up_terms import FollowUpTerms
from landsteward.domain.following import Follows
from landsteward.domain.grading.scheme import Scheme
from landsteward.domain.laws import BasisRef, Law
from landsteward.domain.limits import PackLimit
from landsteward.domain.photo_doubts import EvidenceLimits
from landsteward.domain.plan_templates import PlanTemplate
from landsteward.domain.states import Disposal, Scale, Severity
from landsteward.domain.visit_cap import VisitCap
from landsteward.domain.ways.paths import RemedyPath


@dataclass(frozen=True, slots=True, kw_only=True)
class Department:
    """A department that takes part in checkups; `on` says whether it does by default."""

    key: str
    name: str
    name_en: str
    short_name: str
    on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecklistItem:
    """One line of the checklist.

    `unit`, `minimum`, `maximum` are for items with a measured value: the limit is the contract's
    where `limit_from` names a term of it, otherwise the pack's. One that `follows` another is asked
    only after certain answers to that. `note` says what a county should
    know before it relies on the item, e.g. that its limit has to be verified.
    """

    key: str
    department: str
    title: str
    title_en: str
    severity: Severity
    bases: tuple[BasisRef, ...]
    demand: str = ""
    demand_en: str = ""
    unit: str = ""
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    limit_from: str | None = None
    disposal: Disposal = Disposal.RECTIFY
    follows: Follows | None = None
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityGrade:
    """A level of severity, its name, and the days usually given to put things right."""

    level: Severity
    name: str
    name_en: str
    deadline_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningLevel:
    """From which value of the rule's measure on which severity applies, and on what basis."""

    at_least: Decimal
    severity: Severity
    bases: tuple[BasisRef, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreeningRule:
    """An automatic rule: a predicate of `landsteward.domain.predicates` and its parameters.

    `levels` rise by `at_least`, and the highest one reached counts; what the measure is, which
    `params` it needs and which groups of `extra_bases` it may call on, the predicate says.
    `metric` is the yearly figure it is about, `permit_kinds` and `criteria` are those it counts,
    where the predicate asks for such; `checked_by` are departments of whose checkups a criterion
    speaks. `items` are the items of the checklist that ask about the
    same fact. `confirmed_title` is what a suspicion is called once a person has confirmed it;
    empty where the title says so already.
    """

    key: str
    predicate: str
    title: str
    title_en: str
    department: str
    levels: tuple[ScreeningLevel, ...]
    params: dict[str, Decimal] = field(default_factory=dict)
    extra_bases: dict[str, tuple[BasisRef, ...]] = field(default_factory=dict)
    land_uses: tuple[str, ...] = ()
    metric: str = ""
    permit_kinds: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    checked_by: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    demand: str = ""
    confirmed_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricKind:
    """A yearly figure a plan can aim at, with its unit, e.g. 亩均税收 in 万元/亩.

    The baselines (基准值) are the county's for 规上 and 规下, which are ranked apart.
    """

    key: str
    name: str
    name_en: str
    unit: str
    baseline_above: Decimal | None = None
    baseline_below: Decimal | None = None

    def baseline(self, scale: Scale | None) -> Decimal | None:
        """The county's baseline for enterprises of that scale, where it has set one."""
        if scale is None:
            return None
        return self.baseline_above if scale is Scale.ABOVE else self.baseline_below


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitKind:
    """A kind of permit or inspection that runs out, and the department it concerns."""

    key: str
    name: str
    name_en: str
    department: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbering:
    """代字 of the papers numbered here: cases and dossiers.

    Numbers are unique per 代字 and year, so no two kinds share one.
    """

    case_code: str
    dossier_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Everything a county can set without touching the program. `wording` is for papers."""

    key: str
    version: str
    name: str
    name_en: str
    numbering: Numbering
    departments: tuple[Department, ...]
    laws: tuple[Law, ...]
    severities: tuple[SeverityGrade, ...]
    items: tuple[ChecklistItem, ...]
    rules: tuple[ScreeningRule, ...]
    paths: tuple[RemedyPath, ...]
    metrics: tuple[MetricKind, ...]
    evidence: EvidenceLimits
    wording: dict[str, str]
    gradings: tuple[Scheme, ...] = ()
    findings: FindingTerms = field(default_factory=FindingTerms)
    limits: tuple[PackLimit, ...] = ()
    permits: tuple[PermitKind, ...] = ()
    visit_cap: VisitCap = field(default_factory=VisitCap)
    conflicts: ConflictTerms = field(default_factory=ConflictTerms)
    closing: ClosingTerms = field(default_factory=ClosingTerms)
    follow_up: FollowUpTerms = field(default_factory=FollowUpTerms)
    plan_templates: tuple[PlanTemplate, ...] = ()

    def law(self, key: str) -> Law:
        """The law of that key; the loader has checked that every reference has one."""
        return next(law for law in self.laws if law.key == key)

    def item(self, key: str) -> ChecklistItem:
        """The checklist item of that key."""
        return next(item for item in self.items if item.key == key)

    def items_of(self, finding: Finding) -> frozenset[str]:
        """The items a finding answers: its own, or those that ask what its rule suspected."""
        if finding.item_key is not None:
            return frozenset({finding.item_key})
        if finding.rule_key is None:
            return frozenset()
        rule = self.rule_of(finding)
        return frozenset(rule.items) if rule is not None else frozenset()

    def rule_of(self, finding: Finding) -> ScreeningRule | None:
        """The rule that suspected what became the finding, if one did."""
        key = (finding.rule_key or "").partition(":")[0]
        return next((rule for rule in self.rules if rule.key == key), None)

    def confirmed_title(self, finding: Finding) -> str:
        """The finding's title once it is confirmed: a suspicion's, where nobody worded it anew."""
        rule = self.rule_of(finding)
        if rule is not None and finding.title == rule.title and rule.confirmed_title:
            return rule.confirmed_title
        return finding.title

    def department(self, key: str) -> Department:
        """The department of that key."""
        return next(department for department in self.departments if department.key == key)

    def severity(self, level: Severity) -> SeverityGrade:
        """The grade of that level."""
        return next(grade for grade in self.severities if grade.level == level)

    def basis_on(self, ref: BasisRef, day: date) -> LegalBasis | None:
        """The reference with the edition in force on a day, or None where it does not count."""
        law = self.law(ref.law)
        edition = law.version_on(day)
        if edition is None or (ref.versions and edition.version not in ref.versions):
            return None
        return LegalBasis(
            law=law.title,
            law_en=law.title_en,
            article=ref.article,
            version=edition.version,
            valid_from=edition.valid_from,
            valid_to=edition.valid_to,
        )

    def bases_on(self, refs: tuple[BasisRef, ...], day: date) -> tuple[LegalBasis, ...]:
        """The references that count on a day, each with the edition then in force."""
        found = (self.basis_on(ref, day) for ref in refs)
        return tuple(basis for basis in found if basis is not None)


def contract_basis(basis: LegalBasis, *, number: str | None, signed_on: date | None) -> LegalBasis:
    """A term of a contract as a basis: the contract's own number, binding from its signing on."""
    return replace(basis, version=number or basis.version, valid_from=signed_on)
