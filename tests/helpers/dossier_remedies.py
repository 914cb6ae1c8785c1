"""The remedy side of the sample dossier: plans, follow-up, closures."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from landsteward.app.dossier_plan_view import (
    DossierAlternative,
    DossierComment,
    DossierConsent,
    DossierPlan,
    DossierWay,
)
from landsteward.app.dossier_view import DossierClosure, DossierFinding, DossierFollowUp
from landsteward.app.plan_comparing import ChangeKind, PlanChange
from landsteward.app.plan_reading import AlternativeSheet
from landsteward.domain.chosen_ways import ChosenWay
from landsteward.domain.follow_ups import FollowUp, MetricReading
from landsteward.domain.plans import (
    PlanAlternative,
    PlanComment,
    PlanConsent,
    PlanRisk,
    PlanStep,
    PlanTarget,
    RemedyPlan,
)
from landsteward.domain.remedies import Closure
from landsteward.domain.rulepack import MetricKind, RulePack
from landsteward.domain.standings import LandStanding
from landsteward.domain.states import ConsentKind, Likelihood, PlanPart, PlanStatus
from landsteward.domain.ways.facts import WayFacts
from landsteward.domain.ways.judging import judge_ways
from landsteward.domain.ways.paths import RemedyPath
from tests.helpers.dossier_basics import moment


def sample_plans(
    pack: RulePack, made: tuple[DossierFinding, ...], target: PlanTarget
) -> tuple[DossierPlan, ...]:
    steps = tuple(
        PlanStep(
            id=f"step{place}",
            alternative_id="way2",
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
    chosen_on = date(2026, 3, 28)
    ways = tuple(
        DossierWay(
            finding_no=made[0].finding.finding_no,
            name=path.name,
            chosen=chosen,
            bases=pack.bases_on(path.bases, chosen_on),
        )
        for path in pack.paths
        for chosen in (_chosen(pack, path, made[0], chosen_on),)
        if path.key in ("reach_output", "split_transfer")
    )
    first = RemedyPlan(
        id="plan1",
        case_id="case",
        firm_id="firm",
        version=1,
        status=PlanStatus.SUPERSEDED,
        cause_analysis="企业资金安排推迟，二期未按约定建设。",
        recommended_id="way1",
        submitted_at=moment(date(2026, 3, 25)),
        decided_by="lead",
        decided_at=moment(date(2026, 3, 27)),
        decision_note="步骤不够具体，请补充时间和责任人。",
    )
    second = replace(
        first,
        id="plan2",
        copy_of="plan1",
        version=2,
        status=PlanStatus.ACCEPTED,
        recommended_id="way2",
        chosen_id="way2",
        submitted_at=moment(date(2026, 3, 30)),
        decided_at=moment(date(2026, 4, 1)),
        decision_note="同意，按方案实施。",
    )
    invest = PlanAlternative(
        id="way1", plan_id="plan1", position=1, measures="追加投资，限期达产。"
    )
    split = PlanAlternative(
        id="way2",
        plan_id="plan2",
        position=1,
        copy_of="way1",
        name="续建二期",
        measures="## 追加投资\n"
        "1. 追加固定资产投资 **8000 万元**，建设二期厂房；\n"
        "2. 签订补充承诺，明确达产时间和税收目标。\n"
        "## 盘活空闲土地\n"
        "- 对空闲的约 20 亩土地，符合条件的分割转让给产业链企业。",
    )
    transfer = PlanAlternative(
        id="way3", plan_id="plan2", position=2, name="分割转让", no_target_reason="由受让方另行约定"
    )
    risk = PlanRisk(
        id="risk1",
        alternative_id="way2",
        position=1,
        risk="融资不到位将影响工期。",
        likelihood=Likelihood.MEDIUM,
        answer="分割转让以解除查封、投资达到 25% 为前提，所得用于续建。",
    )
    numbers = tuple(one.finding.finding_no for one in made)
    return (
        DossierPlan(
            plan=first,
            firm="示例律师事务所",
            prepared_by="周示例",
            decided_by="吴示例",
            finding_nos=numbers[:1],
            alternatives=(sample_alternative("甲", invest, ways=ways[:1]),),
        ),
        DossierPlan(
            plan=second,
            firm="示例律师事务所",
            prepared_by="周示例",
            decided_by="吴示例",
            finding_nos=numbers,
            alternatives=(
                sample_alternative(
                    "甲",
                    split,
                    ways=ways,
                    steps=steps,
                    risks=(risk,),
                    targets=((target, pack.metrics[0]),),
                ),
                sample_alternative("乙", transfer, ways=ways[1:], steps=steps[:1]),
            ),
            comments=(
                DossierComment(
                    comment=PlanComment(
                        id="comment1",
                        plan_id="plan2",
                        part=PlanPart.STEPS,
                        record_id="step2",
                        text="开工前应办结环评。",
                        written_by="lead",
                        written_at=moment(date(2026, 3, 31)),
                        answer="环评已受理，随施工许可一并办结。",
                        answered_by="consultant",
                        answered_at=moment(date(2026, 3, 31)),
                    ),
                    step=2,
                    written_by="吴示例",
                    answered_by="周示例",
                    settled_by="",
                ),
            ),
            consents=(
                DossierConsent(
                    consent=PlanConsent(
                        id="consent1",
                        plan_id="plan2",
                        alternative_id="way2",
                        kind=ConsentKind.SIGNED,
                        name="白示例",
                        given_at=moment(date(2026, 3, 30)),
                        recorded_by="consultant",
                        content_hash="0123456789abcdef" * 4,
                        strokes=(tuple((x * 200, (x % 3) * 300, 500) for x in range(12)),),
                        width=4200,
                        height=2000,
                    ),
                    ordinal="甲",
                    current=True,
                ),
            ),
            changes=(
                PlanChange(
                    kind=ChangeKind.CHANGED,
                    part=PlanPart.STEPS,
                    field="due_on",
                    ordinal="甲",
                    about="达产",
                    number=4,
                    old="2026-06-28",
                    new="2026-08-28",
                ),
            ),
        ),
    )


def _chosen(pack: RulePack, path: RemedyPath, made: DossierFinding, on: date) -> ChosenWay:
    """A way as it stands where only a seizure is on record."""
    standing = LandStanding(id="s", parcel_id="p", seized=True, seized_by="示例区人民法院")
    judged = judge_ways(pack, made.finding, WayFacts(on=on, standing=standing))
    way = next(one for one in judged if one.path.key == path.key)
    return ChosenWay(
        id=f"way-{path.key}",
        alternative_id="way2",
        finding_id=made.finding.id,
        way=path.key,
        state=way.state,
        reasons=way.reasons,
        chosen_on=on,
        chosen_by="consultant",
        why="法院已受理解封申请，预计三个月内解除查封。",
    )


def sample_alternative(
    ordinal: str,
    alternative: PlanAlternative,
    *,
    ways: tuple[DossierWay, ...],
    steps: tuple[PlanStep, ...] = (),
    risks: tuple[PlanRisk, ...] = (),
    targets: tuple[tuple[PlanTarget, MetricKind], ...] = (),
) -> DossierAlternative:
    return DossierAlternative(
        ordinal=ordinal,
        sheet=AlternativeSheet(
            alternative=alternative,
            steps=steps,
            risks=risks,
            targets=tuple(one for one, _ in targets),
            ways=tuple(one.chosen for one in ways),
        ),
        ways=ways,
        targets=targets,
    )


def sample_follow_up(pack: RulePack, number: int) -> DossierFollowUp:
    metric = pack.metrics[0]
    return DossierFollowUp(
        entry=FollowUp(
            id=f"follow-up{number}",
            case_id="case",
            happened_on=date(2026, 4, 1) + timedelta(days=25 * (number - 1) % 180),
            content=f"第 {number} 次走访：二期厂房基础完成，钢构进场；"
            "企业报送了当月投资与用工数据，与上次相比进度符合计划。",
            author_id="consultant",
            percent=min(15 * number, 100),
        ),
        author="周示例",
        step="二期厂房开工建设",
        readings=((metric.name, sample_reading(metric)),) if number % 2 == 0 else (),
    )


def sample_reading(metric: MetricKind) -> MetricReading:
    return MetricReading(
        id="reading",
        follow_up_id="follow-up",
        case_id="case",
        metric=metric.key,
        year=2026,
        quarter=2,
        value=Decimal("8.75"),
        unit=metric.unit,
        source="示例市税务局",
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
