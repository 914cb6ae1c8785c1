"""A rule pack small enough to be read beside a test."""

from datetime import date
from decimal import Decimal

from landsteward.app.ports.workspace import Workspace
from landsteward.domain.closing_terms import ClosingTerms, LookBackTerm, NoBenefit
from landsteward.domain.codes import CodeLists
from landsteward.domain.errors import RulePackError
from landsteward.domain.finding_terms import (
    FindingCategory,
    FindingTerms,
    ObjectionTerms,
    RootCause,
    SlipTerms,
)
from landsteward.domain.laws import BasisRef, Law, LawVersion
from landsteward.domain.photo_doubts import EvidenceLimits
from landsteward.domain.rulepack import (
    ChecklistItem,
    Department,
    MetricKind,
    Numbering,
    RulePack,
    SeverityGrade,
)
from landsteward.domain.states import Disposal, Severity, SlipKind
from landsteward.domain.text import msg
from landsteward.domain.ways.paths import RemedyPath
from landsteward.packs.source import Packs

_CODES = Packs()

LAND = "natural_resources"
ECOLOGY = "ecology"
TAX = "tax"

_OLD_RULES = LawVersion(
    version="old edition", valid_from=date(2000, 1, 1), valid_to=date(2019, 12, 31)
)
_NEW_RULES = LawVersion(version="new edition", valid_from=date(2020, 1, 1))


def _item(key: str, department: str, severity: Severity, **more: object) -> ChecklistItem:
    return ChecklistItem(
        key=key,
        department=department,
        title=f"{key} 检查项",
        title_en=f"{key} item",
        severity=severity,
        bases=(BasisRef(law="rules", article="第七条"),),
        demand=f"{key} 整改",
        **more,  # type: ignore[arg-type]
    )


SMALL_PACK = RulePack(
    key="small",
    version="1",
    name="小规则包",
    name_en="Small pack",
    numbering=Numbering(case_code="体检", dossier_code="案卷"),
    departments=(
        Department(key=LAND, name="自然资源局", name_en="Land", short_name="自然资源"),
        Department(key=ECOLOGY, name="生态环境局", name_en="Ecology", short_name="生态环境"),
        Department(key=TAX, name="税务局", name_en="Tax", short_name="税务", on=False),
    ),
    laws=(Law(key="rules", title="示例办法", title_en="Rules", versions=(_OLD_RULES, _NEW_RULES)),),
    severities=tuple(
        SeverityGrade(level=level, name=str(level), name_en=str(level), deadline_days=days)
        for level, days in zip(Severity, (15, 30, 60, 90), strict=True)
    ),
    items=(
        _item("start", LAND, Severity.SERIOUS),
        _item(
            "ratio",
            LAND,
            Severity.ORDINARY,
            unit="–",
            minimum=Decimal("0.7"),
            limit_from="plot_ratio_min",
        ),
        _item("fence", LAND, Severity.HINT, disposal=Disposal.IMMEDIATE_FIX),
        _item("permit", ECOLOGY, Severity.MAJOR),
        _item("noise", ECOLOGY, Severity.SERIOUS, unit="dB", maximum=Decimal(65)),
        _item("arrears", TAX, Severity.SERIOUS),
    ),
    rules=(),
    paths=(
        RemedyPath(key="reach_output", name="限期达产", name_en="Reach output", bases=()),
        RemedyPath(key="raise_ratio", name="提高容积率", name_en="Raise ratio", bases=()),
    ),
    metrics=(MetricKind(key="tax_per_mu", name="亩均税收", name_en="Tax per mu", unit="万元/亩"),),
    evidence=EvidenceLimits(
        ask_above_mb=1, clock_ahead_minutes=60, clock_behind_days=3, far_from_parcel_m=1000
    ),
    wording={},
    closing=ClosingTerms(
        look_backs=(
            LookBackTerm(months=(3, 6), categories=("idle",)),
            LookBackTerm(months=(6,), severities=(Severity.MAJOR, Severity.SERIOUS)),
        ),
        no_benefit=(NoBenefit(key="papers", name="手续类问题", name_en="Papers only"),),
    ),
    findings=FindingTerms(
        categories=(
            FindingCategory(key="idle", name="闲置", name_en="Idle", items=("start",)),
            FindingCategory(key="land", name="用地", name_en="Land", departments=(LAND,)),
            FindingCategory(key="green", name="环境", name_en="Green", departments=(ECOLOGY,)),
        ),
        root_causes=(
            RootCause(key="funding", name="资金不足", name_en="Lack of funds"),
            RootCause(key="management", name="管理不到位", name_en="Poor management"),
        ),
        objections=ObjectionTerms(answer_days=10),
        slips=(
            SlipTerms(
                kind=SlipKind.TRANSFER, code="移", name="移送函", name_en="Transfer", reply_days=30
            ),
            SlipTerms(
                kind=SlipKind.NOTICE, code="抄", name="抄告函", name_en="Notice", reply_days=20
            ),
        ),
    ),
)


class OnePack:
    """A source with just one pack, the small one if no other is given."""

    def __init__(self, pack: RulePack = SMALL_PACK) -> None:
        self._pack = pack

    def current(self) -> RulePack:
        """The one pack."""
        return self._pack

    def get(self, key: str, version: str) -> RulePack:
        """The one pack, if that is the one asked for."""
        if (key, version) != (self._pack.key, self._pack.version):
            raise RulePackError(msg("no such pack"), where=f"{key} {version}")
        return self._pack

    def follow(self, workspace: Workspace) -> None:
        """Whatever is published there: it stays the one pack."""

    def codes(self) -> CodeLists:
        """The lists that come with the program."""
        return _CODES.codes()
