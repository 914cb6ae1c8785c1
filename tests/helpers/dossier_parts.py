"""The parts of the rich dossier of the tests: land, findings, plans, follow-up, evidence."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landsteward.app.checkups import SheetItem, SheetSection
from landsteward.app.dossier_view import (
    DossierClosure,
    DossierEvidence,
    DossierFinding,
    DossierFollowUp,
    DossierPath,
    DossierPlan,
    DossierYear,
)
from landsteward.domain.casework import (
    Evidence,
    ItemOutcome,
    ItemResult,
    SubjectKind,
)
from landsteward.domain.checklist import limit_of
from landsteward.domain.findings import (
    Finding,
    FindingEvent,
    FindingOrigin,
    FindingState,
    Severity,
)
from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.lifecycle import FindingMove
from landsteward.domain.register import (
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)
from landsteward.domain.remedies import (
    Closure,
    FollowUp,
    PlanStatus,
    PlanStep,
    PlanTarget,
    RemedyPlan,
)
from landsteward.domain.rulepack import RulePack
from tests.helpers.dossier_basics import IDLE_LAND, moment, picture


def sample_land() -> tuple[SupplyContract, OutputContract, Parcel]:
    parcel = Parcel(
        id="parcel",
        name="示例园区 2021-07 号地块",
        district="谯城区",
        location="创新大道以东、规划一路以北",
        area_m2=Decimal("66666.67"),
        land_use="工业用地",
        electronic_no="3416022021B00123",
        unit_code="341602001002GB00123F00010001",
    )
    supply = SupplyContract(
        id="supply",
        parcel_id="parcel",
        identity="3416022021B00123",
        holder_id="enterprise",
        contract_no="341602出让〔2021〕12号",
        project_name="年产 2000 吨中药提取物项目",
        supply_method="挂牌出让",
        term_years="50",
        area_m2=Decimal("66666.67"),
        price_wan=Decimal("1280.0000"),
        plot_ratio_min=Decimal("1.2"),
        plot_ratio_max=Decimal("2.0"),
        signed_on=date(2021, 3, 18),
        agreed_delivery_on=date(2021, 6, 18),
        actual_delivery_on=date(2021, 6, 20),
        agreed_start_on=date(2021, 12, 18),
        actual_start_on=date(2022, 2, 21),
        agreed_completion_on=date(2023, 12, 18),
        approved_by="示例区人民政府",
    )
    output = OutputContract(
        id="output",
        parcel_id="parcel",
        enterprise_id="enterprise",
        signed_on=date(2021, 3, 18),
        reach_on=date(2025, 12, 31),
        investment_wan=Decimal("30000"),
        investment_wan_per_mu=Decimal("300"),
        tax_wan_per_mu=Decimal("15"),
        revenue_wan_per_mu=Decimal("400"),
        plot_ratio_min=Decimal("1.2"),
    )
    return supply, output, parcel


def sample_sections(
    pack: RulePack, supply: SupplyContract, output: OutputContract, findings: int
) -> tuple[tuple[SheetSection, ...], list[SheetItem]]:
    sections = []
    problems: list[SheetItem] = []
    departments = [one for one in pack.departments if one.on]
    each = -(-findings // len(departments))
    for department in departments:
        lines = []
        items = [one for one in pack.items if one.department == department.key]
        for place, item in enumerate(items):
            bad = place % 3 == 0 and place // 3 < each and len(problems) < findings
            line = SheetItem(
                item=item,
                result=ItemResult(
                    id=f"result-{item.key}",
                    checkup_id="checkup",
                    item_key=item.key,
                    department=department.key,
                    outcome=ItemOutcome.PROBLEM
                    if bad
                    else ItemOutcome.NOT_APPLICABLE
                    if place % 5 == 4
                    else ItemOutcome.OK,
                    value=Decimal("0.83") if item.unit else None,
                    note="现场查看并与资料核对，差异已拍照留存。" if bad else "",
                ),
                limit=limit_of(item, supply, output),
                breach=None,
                bases=pack.bases_on(item.bases, date(2026, 3, 10)),
                finding=None,
                evidence_count=0,
                last_year=None,
            )
            if bad:
                problems.append(line)
            lines.append(line)
        sections.append(SheetSection(department=department, items=tuple(lines)))
    while len(problems) < findings:
        problems.append(problems[len(problems) % 12])
    return tuple(sections), problems


def sample_finding(pack: RulePack, number: int, line: SheetItem) -> DossierFinding:
    state = (FindingState.CLOSED, FindingState.RETURNED, FindingState.RECTIFYING)[(number - 1) % 3]
    finding = Finding(
        id=f"finding{number}",
        case_id="case",
        finding_no=number,
        origin=FindingOrigin.ITEM,
        department=line.item.department,
        severity=Severity(line.item.severity),
        title=line.item.title,
        description="体检中发现：现场情况与合同约定不符。企业说明主要原因是市场变化、"
        "资金安排推迟，设备已订购但未全部到货；已建厂房一座，另有约 20 亩未建设。",
        item_key=line.item.key,
        bases=line.bases or (IDLE_LAND,),
        demand=line.item.demand,
        deadline_on=date(2026, 8, 31),
        root_cause="资金安排与建设计划脱节，未及时向主管部门报告。",
        state=state,
        assigned_by="department",
        assigned_on=date(2026, 3, 12),
        supervised=number == 2,
    )
    way = (
        (FindingMove.CONFIRM, FindingState.DRAFT, FindingState.CONFIRMED, date(2026, 3, 11), ""),
        (
            FindingMove.ASSIGN,
            FindingState.CONFIRMED,
            FindingState.ASSIGNED,
            date(2026, 3, 12),
            "限期整改，每月报送进展。",
        ),
        (
            FindingMove.START_PLANNING,
            FindingState.ASSIGNED,
            FindingState.PLANNING,
            date(2026, 3, 20),
            "",
        ),
        (
            FindingMove.EXTEND,
            FindingState.RECTIFYING,
            FindingState.RECTIFYING,
            date(2026, 6, 30),
            "设备到货推迟，同意延期至 2026 年 8 月 31 日。",
        ),
    )
    return DossierFinding(
        finding=finding,
        department=pack.department(line.item.department).name,
        severity=pack.severity(finding.severity).name,
        assigned_by="示例市自然资源和规划局",
        events=tuple(
            (
                FindingEvent(
                    id=f"event{number}-{place}",
                    finding_id=finding.id,
                    at=moment(day),
                    actor_id="inspector",
                    move=move,
                    from_state=begin,
                    to_state=end,
                    reason=reason,
                ),
                "王示例",
            )
            for place, (move, begin, end, day, reason) in enumerate(way)
        ),
    )


def sample_plans(
    pack: RulePack, made: tuple[DossierFinding, ...], target: PlanTarget
) -> tuple[DossierPlan, ...]:
    steps = tuple(
        PlanStep(
            id=f"step{place}",
            plan_id="plan2",
            position=place,
            title=title,
            responsible="谯城示例生物科技有限公司",
            starts_on=date(2026, 4, place),
            due_on=date(2026, 4 + place, 28),
            result="台账与现场照片",
            cost_wan=Decimal(120 * place),
            payer="企业自筹",
            done_on=date(2026, 4 + place, 20) if place < 3 else None,
        )
        for place, title in enumerate(
            (
                "完成二期厂房施工图审查",
                "二期厂房开工建设，同步办理施工许可",
                "设备安装调试",
                "达产",
            ),
            start=1,
        )
    )
    paths = tuple(
        DossierPath(
            name=one.name,
            conditions=one.conditions,
            bases=pack.bases_on(one.bases, date(2026, 3, 28)),
        )
        for one in pack.paths[:2]
    )
    first = RemedyPlan(
        id="plan1",
        case_id="case",
        firm_id="firm",
        version=1,
        status=PlanStatus.SUPERSEDED,
        paths=tuple(one.key for one in pack.paths[:1]),
        cause_analysis="企业资金安排推迟，二期未按约定建设。",
        measures="追加投资，限期达产。",
        submitted_at=moment(date(2026, 3, 25)),
        decided_by="lead",
        decided_at=moment(date(2026, 3, 27)),
        decision_note="步骤不够具体，请补充时间和责任人。",
    )
    second = replace(
        first,
        id="plan2",
        version=2,
        status=PlanStatus.ACCEPTED,
        measures="一是追加固定资产投资 8000 万元，建设二期厂房；\n"
        "二是签订补充承诺，明确达产时间和税收目标；\n"
        "三是对空闲的约 20 亩土地，符合条件的分割转让给产业链企业。",
        risks="融资不到位将影响工期；分割转让以解除查封、投资达到 25% 为前提。",
        submitted_at=moment(date(2026, 3, 30)),
        decided_at=moment(date(2026, 4, 1)),
        decision_note="同意，按方案实施。",
    )
    numbers = tuple(one.finding.finding_no for one in made)
    return (
        DossierPlan(
            plan=first,
            firm="示例律师事务所",
            prepared_by="周示例",
            decided_by="吴示例",
            paths=paths[:1],
            finding_nos=numbers[:1],
            steps=(),
            targets=(),
        ),
        DossierPlan(
            plan=second,
            firm="示例律师事务所",
            prepared_by="周示例",
            decided_by="吴示例",
            paths=paths,
            finding_nos=numbers,
            steps=steps,
            targets=((target, pack.metrics[0]),),
        ),
    )


def sample_follow_up(pack: RulePack, number: int) -> DossierFollowUp:
    metric = pack.metrics[0] if number % 2 == 0 else None
    return DossierFollowUp(
        entry=FollowUp(
            id=f"follow-up{number}",
            case_id="case",
            happened_on=date(2026, 4, 1) + timedelta(days=25 * (number - 1) % 180),
            content=f"第 {number} 次走访：二期厂房基础完成，钢构进场；"
            "企业报送了当月投资与用工数据，与上次相比进度符合计划。",
            author_id="consultant",
            percent=min(15 * number, 100),
            metric=metric.key if metric else None,
            reading=Decimal("8.75") if metric else None,
        ),
        author="周示例",
        step="二期厂房开工建设",
        metric=metric,
    )


def sample_closure(one: DossierFinding, *, decided: bool) -> DossierClosure:
    return DossierClosure(
        closure=Closure(
            id=f"closure-{one.finding.id}",
            finding_id=one.finding.id,
            requested_by="consultant",
            requested_at=moment(date(2026, 9, 14)),
            ground="整改措施全部完成，复检通过。",
            benefit="亩均税收由 3.42 万元提高到 8.75 万元。",
            decided_by="lead" if decided else None,
            decided_at=moment(date(2026, 9, 16), 9, 30) if decided else None,
            approved=True if decided else None,
            opinion="经复核，证据齐全。" if decided else "",
        ),
        finding=one,
        requested_by="周示例",
        requested_for="示例律师事务所",
        decided_by="吴示例" if decided else "",
        decided_for="示例市自然资源和规划局" if decided else "",
    )


def sample_years() -> tuple[DossierYear, ...]:
    return tuple(
        DossierYear(figures=figures, indicators=yearly_indicators(figures))
        for figures in (
            YearlyMetrics(
                id=f"year{year}",
                enterprise_id="enterprise",
                year=year,
                land_area_m2=Decimal("66666.67"),
                tax_wan=Decimal(342 + 180 * place),
                revenue_wan=Decimal("12800.55") + 4000 * place,
                value_added_wan=Decimal("3100.2") + 900 * place,
                energy_tce=Decimal("1530.4"),
                rnd_wan=Decimal("256"),
                staff_average=Decimal(210 + place),
                emissions_t=None,
                grade="CBB"[place],
            )
            for place, year in enumerate((2023, 2024, 2025))
        )
    )


def sample_evidence(
    photos: int, made: tuple[DossierFinding, ...]
) -> tuple[
    tuple[DossierEvidence, ...],
    dict[str, bytes],
    dict[tuple[SubjectKind, str], tuple[int, ...]],
]:
    contents: dict[str, bytes] = {}
    pool = []
    numbers: dict[tuple[SubjectKind, str], tuple[int, ...]] = {}
    pieces = [
        (f"现场照片{number}.jpg", "image/jpeg", picture(number)) for number in range(1, photos + 1)
    ]
    pieces.append(("施工许可证.pdf", "application/pdf", b"%PDF-1.7 sample"))
    for number, (name, media_type, content) in enumerate(pieces, start=1):
        sha256 = hashlib.sha256(content).hexdigest()
        contents[sha256] = content
        finding = made[(number - 1) % len(made)].finding
        kind = SubjectKind.RECTIFICATION if number % 2 == 0 else SubjectKind.FINDING
        numbers[(kind, finding.id)] = (*numbers.get((kind, finding.id), ()), number)
        pool.append(
            DossierEvidence(
                number=number,
                evidence=Evidence(
                    id=f"evidence{number}",
                    case_id="case",
                    sha256=sha256,
                    file_name=name,
                    media_type=media_type,
                    size_bytes=len(content),
                    caption=f"二期地块东侧，未建设区域（{number}）"
                    if media_type == "image/jpeg"
                    else "",
                    taken_at=moment(date(2026, 3, 10), 10, number % 60)
                    if media_type == "image/jpeg"
                    else None,
                    place="创新大道与规划一路交叉口",
                    added_by="inspector",
                    added_at=moment(date(2026, 3, 10), 15),
                ),
                added_by="王示例",
                proves=((kind, str(finding.finding_no)),),
            )
        )
    return tuple(pool), contents, numbers
