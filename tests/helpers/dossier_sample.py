"""Views of made-up cases: a rich one, an almost empty one, and one of any length."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from landsteward.app.dossier_view import (
    DossierCheckup,
    DossierConflict,
    DossierParcel,
    DossierRecheck,
    DossierView,
)
from landsteward.app.ledgers import LedgerLine, ReadingLine
from landsteward.app.recheck_sheet import RecheckLine
from landsteward.domain.casework import Case, Checkup
from landsteward.domain.engagements import ConflictDeclaration, Engagement
from landsteward.domain.plans import PlanTarget
from landsteward.domain.register import Enterprise, Occupancy
from landsteward.domain.remedies import (
    Recheck,
    RecheckResult,
)
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import CaseStage, Scale, Tenure
from tests.helpers.dossier_basics import moment, sample_pack
from tests.helpers.dossier_checkup import sample_evidence, sample_finding, sample_sections
from tests.helpers.dossier_register import sample_land, sample_years
from tests.helpers.dossier_remedies import (
    sample_closure,
    sample_follow_up,
    sample_plans,
    sample_reading,
)


def empty_view(pack: RulePack | None = None) -> DossierView:
    """A case that was just opened for a parcel whose holder is unknown."""
    pack = pack or sample_pack()
    case = Case(
        id="case",
        case_no="体检〔2026〕24号",
        enterprise_id=None,
        parcel_id=None,
        opened_on=date(2026, 3, 2),
        pack=pack.key,
        pack_version=pack.version,
    )

    def content(sha256: str) -> bytes:
        raise AssertionError(f"nothing to read: {sha256}")

    return DossierView(
        on=date(2026, 3, 5),
        case=case,
        enterprise=None,
        carrier="",
        pack_name=pack.name,
        pack_version=pack.version,
        wording=pack.wording,
        issued=None,
        parcels=(),
        years=(),
        metrics=pack.metrics,
        checkups=(),
        findings=(),
        engagements=(),
        plans=(),
        follow_ups=(),
        ledger=(),
        rechecks=(),
        closures=(),
        evidence=(),
        evidence_numbers={},
        content=content,
    )


def rich_view(
    *, findings: int = 3, follow_ups: int = 6, photos: int = 4, pack: RulePack | None = None
) -> DossierView:
    """A case on its whole way, with so many findings, follow-up entries and photos."""
    pack = pack or sample_pack()
    supply, output, parcel = sample_land()
    sections, problems = sample_sections(pack, supply, output, findings)
    made = tuple(
        sample_finding(pack, number, item) for number, item in enumerate(problems, start=1)
    )
    sections = tuple(
        replace(
            section,
            items=tuple(
                replace(
                    line,
                    finding=next(
                        (one.finding for one in made if one.finding.item_key == line.item.key), None
                    ),
                )
                for line in section.items
            ),
        )
        for section in sections
    )
    pool, contents, numbers = sample_evidence(photos, made)
    years = sample_years()
    metric = pack.metrics[0]
    target = PlanTarget(
        id="target",
        alternative_id="way2",
        metric=metric.key,
        year=2026,
        baseline=Decimal("3.42"),
        target=Decimal("12"),
    )
    case = Case(
        id="case",
        case_no="体检〔2026〕23号",
        enterprise_id="enterprise",
        parcel_id="parcel",
        stage=CaseStage.IN_REMEDY,
        carrier_id="carrier",
        opened_on=date(2026, 3, 2),
        pack=pack.key,
        pack_version=pack.version,
    )
    return replace(
        empty_view(pack),
        on=date(2026, 9, 30),
        case=case,
        enterprise=Enterprise(
            id="enterprise",
            name="谯城示例生物科技有限公司",
            name_key="谯城示例生物科技有限公司",
            uscc="91341602MA2RXXXX0A",
            industry_code="C2740",
            industry_name="中成药生产",
            scale=Scale.ABOVE,
            district="谯城区",
            address="示例园区创新大道 8 号",
            legal_representative="张示例",
            contact="李示例",
            phone="0558-0000000",
            note='备注原样：A&B <附件1> "x"，罕用字 㛃 与 𬭎，无字形者 😀 与 شكر。',
        ),
        carrier="示例现代产业园区管理委员会",
        parcels=(
            DossierParcel(
                parcel=parcel,
                supplies=(supply,),
                outputs=(output,),
                progress=(),
                occupancies=(
                    (
                        Occupancy(
                            id="occupancy1",
                            parcel_id="parcel",
                            enterprise_id="enterprise",
                            area_m2=Decimal("60000"),
                            from_on=date(2021, 3, 18),
                        ),
                        "谯城示例生物科技有限公司",
                    ),
                    (
                        Occupancy(
                            id="occupancy2",
                            parcel_id="parcel",
                            enterprise_id="other",
                            tenure=Tenure.LESSEE,
                            area_m2=Decimal("6666.67"),
                            from_on=date(2024, 1, 1),
                            to_on=date(2026, 12, 31),
                        ),
                        "示例包装有限公司",
                    ),
                ),
            ),
        ),
        years=years,
        checkups=(
            DossierCheckup(
                checkup=Checkup(
                    id="checkup",
                    case_id="case",
                    pack=pack.key,
                    pack_version=pack.version,
                    departments=tuple(one.department.key for one in sections),
                    scheduled_on=date(2026, 3, 9),
                    started_on=date(2026, 3, 10),
                    finished_at=moment(date(2026, 3, 10), 16, 40),
                    finished_by="inspector",
                    enterprise_representative="李示例",
                    conclusion="企业总体正常生产，用地效益低于约定，存在需要限期整改的问题。",
                ),
                pack_name=pack.name,
                departments=tuple(one.department.name for one in sections),
                sections=sections,
                inspectors={one.department.key: ("王示例", "赵示例") for one in sections},
                finished_by="王示例",
            ),
        ),
        findings=made,
        conflicts=(
            DossierConflict(
                declaration=ConflictDeclaration(
                    id="conflict",
                    engagement_id="engagement",
                    enterprise_id="enterprise",
                    declared_by="consultant",
                    declared_at=moment(date(2026, 3, 20), 9, 30),
                    kinds=("audit",),
                    detail="上年度审计，业务已结束",
                    decided_by="carrier",
                    decided_at=moment(date(2026, 3, 21), 10, 0),
                    approved=True,
                    decision_note="改由其他注册会计师办理",
                ),
                firm="示例律师事务所",
                declared_by="顾示例",
                ties=("为该企业审计、验资、评估或代理记账",),
                decided_by="柯示例",
            ),
        ),
        engagements=(
            (
                Engagement(
                    id="engagement",
                    firm_id="firm",
                    carrier_id="carrier",
                    contract_no="示服〔2026〕3号",
                    from_on=date(2026, 1, 1),
                    to_on=date(2026, 12, 31),
                    fee_wan=Decimal("18.5"),
                    scope="问题企业解决路径与方案、跟踪问效",
                ),
                "示例律师事务所",
                "示例现代产业园区管理委员会",
            ),
        ),
        plans=sample_plans(pack, made, target),
        follow_ups=tuple(sample_follow_up(pack, number) for number in range(1, follow_ups + 1)),
        ledger=(
            LedgerLine(
                case=case,
                metric=metric,
                year=target.year,
                target=target,
                plan=None,
                readings=(ReadingLine(reading=sample_reading(metric), read_on=date(2026, 8, 20)),),
                registered=years[-1].value("tax_per_mu"),
            ),
        ),
        rechecks=(
            DossierRecheck(
                recheck=Recheck(
                    id="recheck",
                    case_id="case",
                    planned_on=date(2026, 9, 10),
                    done_on=date(2026, 9, 12),
                    inspector_id="inspector",
                    summary="一项通过，一项退回继续整改。",
                ),
                inspector="王示例",
                lines=tuple(
                    RecheckLine(
                        result=RecheckResult(
                            id=f"result{one.finding.finding_no}",
                            recheck_id="recheck",
                            finding_id=one.finding.id,
                            passed=one.finding.finding_no == 1,
                            note="现场查看，已按要求完成。"
                            if one.finding.finding_no == 1
                            else "材料不全，退回。",
                        ),
                        finding=one.finding,
                    )
                    for one in made[:2]
                ),
            ),
        ),
        closures=tuple(sample_closure(one, decided=one is made[0]) for one in made[:2]),
        evidence=pool,
        evidence_numbers=numbers,
        content=contents.__getitem__,
    )
