"""The checkup side of the sample dossier: the form, findings, evidence."""

import hashlib
from datetime import date
from decimal import Decimal

from landsteward.app.checkups import SheetItem, SheetSection
from landsteward.app.dossier_view import (
    DossierEvidence,
    DossierFinding,
)
from landsteward.domain.casework import Evidence, ItemResult
from landsteward.domain.checklist import limit_of
from landsteward.domain.findings import Finding, FindingEvent
from landsteward.domain.register import (
    OutputContract,
    SupplyContract,
)
from landsteward.domain.rulepack import RulePack
from landsteward.domain.states import (
    FindingMove,
    FindingOrigin,
    FindingState,
    ItemOutcome,
    Severity,
    SubjectKind,
)
from tests.helpers.dossier_basics import IDLE_LAND, moment, picture


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
