from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.evidence import add_evidence, attach_evidence
from landsteward.app.follow_ups import record_follow_up
from landsteward.domain.errors import RecordNotFoundError
from landsteward.domain.occupancy import LandSource
from landsteward.domain.register import YearlyMetrics
from landsteward.domain.states import FindingState, SubjectKind
from landsteward.dossier.build import build_dossier
from tests.helpers.casework import close, in_checkup, line, opened, rechecked, rectifying
from tests.helpers.dossier_basics import FONTS, sample_pack
from tests.helpers.office import Office
from tests.helpers.pdf_reading import flow_of
from tests.helpers.rule_packs import ECOLOGY, LAND

ON = date(2026, 9, 30)


def test_a_new_case_has_its_enterprise_and_land_and_nothing_else(office: Office) -> None:
    case = opened(office)
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    assert view.enterprise == office.enterprise
    assert view.carrier == "示例园区管委会"
    assert [one.parcel.id for one in view.parcels] == [office.parcel.id]
    assert view.parcels[0].supplies[0].electronic_no == "3416992021B00017"
    assert view.parcels[0].occupancies[0][1] == "示例机械制造有限公司"
    assert (view.checkups, view.findings, view.plans, view.evidence) == ((), (), (), ())
    assert view.on == ON


def test_a_parcel_of_unknown_holder_has_no_enterprise(office: Office) -> None:
    case = open_case(office.land_inspector, enterprise_id=None, parcel_id=office.parcel.id)
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    assert view.enterprise is None
    assert [one.parcel.id for one in view.parcels] == [office.parcel.id]


def test_a_case_that_is_not_there_is_said(office: Office) -> None:
    with pytest.raises(RecordNotFoundError):
        assemble_dossier(office.reader, case_id="nowhere", on=ON)


def test_the_form_keeps_the_checklist_order_and_its_inspectors(office: Office) -> None:
    case, checkup = in_checkup(office)
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    sheet = view.checkups[0]
    pack = office.reader.packs.get(checkup.pack, checkup.pack_version)
    assert [one.department.key for one in sheet.sections] == [LAND, ECOLOGY]
    for section in sheet.sections:
        assert [one.item.key for one in section.items] == [
            one.key for one in pack.items if one.department == section.department.key
        ]
    assert sheet.inspectors == {LAND: ("林检查",), ECOLOGY: ("沈负责",)}


def test_findings_come_with_names_and_their_whole_way(office: Office) -> None:
    keys = [one.key for one in office.reader.pack().items if one.department == LAND][:2]
    case, findings = rechecked(office, *keys)
    close(office, findings[0])
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    first = view.findings[0]
    assert [one.finding.finding_no for one in view.findings] == [1, 2]
    assert first.department == "自然资源局"
    assert first.assigned_by == "示例自然资源局"
    assert first.events[0][0].to_state is FindingState.DRAFT
    assert first.events[-1][0].to_state is FindingState.CLOSED
    assert first.events[-1][1] == "鲁负责"
    assert first.finding.bases
    closure = view.closures[0]
    assert (closure.requested_by, closure.requested_for) == ("林检查", "示例自然资源局")
    assert closure.decided_by == "鲁负责"
    recheck = view.rechecks[0]
    assert recheck.inspector == "林检查"
    assert [(one.result.passed, one.finding.finding_no) for one in recheck.lines] == [
        (True, 1),
        (True, 2),
    ]


def test_a_plan_comes_with_firm_paths_steps_and_the_findings_it_answers(office: Office) -> None:
    keys = [one.key for one in office.reader.pack().items if one.department == LAND][:1]
    case, _, _ = rectifying(office, *keys)
    record_follow_up(
        office.consultant,
        case_id=case.id,
        happened_on=office.clock.today(),
        content="已开工",
        percent=30,
    )
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    shown = view.plans[0]
    assert shown.prepared_by == "顾律师"
    assert shown.decided_by == "柯专员"
    assert shown.finding_nos == (1,)
    assert [(one.firm, one.declared_by, one.ties) for one in view.conflicts] == [
        ("示例律师事务所", "顾律师", ())
    ]
    assert [one.title for one in shown.alternatives[0].sheet.steps] == ["补办手续"]
    assert [one.name for one in shown.alternatives[0].ways] == [
        one.name for one in office.reader.pack().paths if one.key == "reach_output"
    ]
    assert [(one.entry.content, one.author) for one in view.follow_ups] == [("已开工", "顾律师")]


def test_evidence_is_numbered_and_says_what_it_proves(office: Office) -> None:
    key = next(one.key for one in office.reader.pack().items if one.department == LAND)
    case, checkup = in_checkup(office)
    ctx = office.land_inspector
    result = line(office, checkup, key)
    pieces = [
        add_evidence(ctx, case_id=case.id, file_name=f"{name}.jpg", content=name.encode())
        for name in ("甲", "乙")
    ]
    attach_evidence(
        ctx,
        evidence_id=pieces[1].id,
        subject_kind=SubjectKind.ITEM_RESULT,
        subject_id=result.id,
    )
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    assert [(one.number, one.evidence.file_name) for one in view.evidence] == [
        (1, "甲.jpg"),
        (2, "乙.jpg"),
    ]
    assert view.evidence_numbers[(SubjectKind.ITEM_RESULT, result.id)] == (2,)
    assert view.evidence[1].proves[0][1] == office.reader.pack().item(key).title
    assert view.content(view.evidence[1].evidence.sha256) == "乙".encode()


def test_yearly_figures_bring_their_values_per_mu(office: Office) -> None:
    case = opened(office)
    with office.administrator.change():
        office.workspace.yearly_metrics.add(
            YearlyMetrics(
                id="year",
                enterprise_id=office.enterprise.id,
                year=2025,
                land_area_m2=Decimal(20000),
                tax_wan=Decimal(180),
            )
        )
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    # Divided by the 40 000 m² in use at the year's end, not by the 20 000 that were stated.
    assert view.years[0].value("tax_per_mu") == 3
    assert view.years[0].land is not None
    assert view.years[0].land.source is LandSource.USED
    assert view.years[0].value("revenue_per_mu") is None


def test_a_whole_case_becomes_a_paper(office: Office) -> None:
    keys = [one.key for one in office.reader.pack().items if one.department == LAND][:1]
    case, findings = rechecked(office, *keys)
    close(office, findings[0])
    close_case(office.land_lead, case_id=case.id)
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    view = replace(view, wording=sample_pack().wording)
    text = flow_of(build_dossier(view, fonts=FONTS))
    assert case.case_no in text
    assert "示例机械制造有限公司" in text
    assert "已整改到位" in text
    assert "同意销号" in text


def test_a_case_without_a_finished_checkup_prints_open_items(office: Office) -> None:
    case, _ = in_checkup(office)
    view = assemble_dossier(office.reader, case_id=case.id, on=ON)
    view = replace(view, wording=sample_pack().wording)
    assert "未填写" in flow_of(build_dossier(view, fonts=FONTS))
