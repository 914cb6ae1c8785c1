"""Slips to other authorities on paper, and what a dossier says of slips, objections, joint work."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from landsteward.app.dossier_assembly import assemble_dossier
from landsteward.app.findings import edit_finding, move_finding
from landsteward.app.joint_disposals import add_measure, bind_findings, conclude_joint, edit_measure
from landsteward.app.referrals import SlipDraft, log_receipt, log_reply, slip_to_issue, void_slip
from landsteward.app.slip_view import SlipView
from landsteward.bootstrap import RESOURCES, bundled_packs
from landsteward.domain.findings import LegalBasis
from landsteward.domain.states import FindingMove, SlipKind
from landsteward.dossier.build import build_dossier
from landsteward.dossier.slip import build_slip
from tests.helpers.casework import in_checkup, objected, problem, sent
from tests.helpers.office import Office, open_office
from tests.helpers.pdf_reading import flow_of, page_texts, reader, squeezed

FONTS = RESOURCES / "fonts"


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return open_office(tmp_path, packs=bundled_packs())


@pytest.fixture
def slip(office: Office) -> SlipView:
    """A transfer slip about a confirmed finding, with a basis in somebody's own words."""
    _, checkup = in_checkup(office)
    draft = problem(office, checkup, "noise")
    own = LegalBasis(law="园区环保协议第五条", article="", version="", own_words=True)
    ctx = office.ecology_lead
    edit_finding(ctx, finding_id=draft.id, bases=(*draft.bases, own))
    move_finding(ctx, finding_id=draft.id, move=FindingMove.CONFIRM)
    return slip_to_issue(
        ctx,
        finding_id=draft.id,
        draft=SlipDraft(
            kind=SlipKind.TRANSFER,
            recipient="示例执法支队",
            facts="夜间噪声 62 分贝 <b>&\n{超标}",
            attachments=("监测记录1份", "照片2张"),
            reply_by=date(2026, 4, 1),
        ),
    )


def test_the_letter_says_all_of_it(slip: SlipView) -> None:
    text = flow_of(build_slip(slip, fonts=FONTS))
    for said in (
        "体检移〔2026〕1号",
        "示例执法支队：",
        slip.finding.title,
        "夜间噪声62分贝<b>&",
        "{超标}",
        "园区环保协议第五条（自行填写）",
        "请于2026年4月1日前回函。",
        "1.监测记录1份",
        "2.照片2张",
        "2026年3月2日",
        "联系人：沈负责",
    ):
        assert said in text, said
    assert slip.finding.bases[0].version in text, "a basis shows its edition"


def test_the_last_page_proves_the_delivery(slip: SlipView) -> None:
    last = squeezed(page_texts(build_slip(slip, fonts=FONTS))[-1])
    assert "送达回证" in last
    assert "2份" in last
    assert "签收" in last


def test_the_same_slip_gives_the_same_bytes_on_a4(slip: SlipView) -> None:
    content = build_slip(slip, fonts=FONTS)
    assert build_slip(slip, fonts=FONTS) == content
    box = reader(content).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_a_notice_without_a_reply_asks_for_none(slip: SlipView) -> None:
    notice = replace(
        slip, referral=replace(slip.referral, kind=SlipKind.NOTICE, reply_by=None, attachments=())
    )
    text = flow_of(build_slip(notice, fonts=FONTS))
    assert "现予抄告" in text
    assert "前回函" not in text
    assert "附件：" not in text


def test_long_facts_go_on_over_pages_and_the_pages_are_told(slip: SlipView) -> None:
    pages: list[int] = []
    long = replace(slip, referral=replace(slip.referral, facts="事实如下。" * 400))
    content = build_slip(long, fonts=FONTS, on_page=pages.append)
    assert len(reader(content).pages) == pages[-1] > 3


def test_the_dossier_tells_of_objection_slips_and_joint_disposal(office: Office) -> None:
    case, checkup = in_checkup(office)
    start = problem(office, checkup, "start_overdue_1y")
    noise = problem(office, checkup, "noise")
    lead, other = office.land_lead, office.ecology_lead
    for one in (start, noise):
        edit_finding(lead, finding_id=one.id, root_cause_key="funding", root_cause="贷款未批")
        move_finding(lead, finding_id=one.id, move=FindingMove.CONFIRM)
    objected(office.land_inspector, start, "已动工，图片为证")
    office.clock.pass_days(20)
    view = assemble_dossier(lead, case_id=case.id, on=office.clock.today())
    assert "尚未答复（逾期5天）" in flow_of(build_dossier(view, fonts=FONTS))
    move_finding(
        lead, finding_id=start.id, move=FindingMove.REJECT_OBJECTION, reason="现场未见基础施工"
    )
    bound = bind_findings(lead, finding_ids=[start.id, noise.id], lead="natural_resources")
    measure = add_measure(
        lead, joint_id=bound.id, department="ecology", measure="督促降噪", responsible="沈负责"
    )
    edit_measure(lead, measure_id=measure.id, done_on=office.clock.today(), result="已降噪")
    conclude_joint(lead, joint_id=bound.id, record="两部门会商后同步整改。")
    wrong = sent(other, noise, SlipKind.NOTICE, recipient="写错的单位")
    void_slip(other, referral_id=wrong.id, reason="收文单位写错")
    right = sent(
        other,
        noise,
        SlipKind.NOTICE,
        recipient="示例应急局",
        reply_by=office.clock.today() + timedelta(days=10),
    )
    office.clock.pass_days(2)
    log_receipt(
        other, referral_id=right.id, received_on=office.clock.today(), received_by="应急局办公室"
    )
    view = assemble_dossier(lead, case_id=case.id, on=office.clock.today() + timedelta(days=11))
    text = flow_of(build_dossier(view, fonts=FONTS))
    for said in (
        "已动工，图片为证",
        "甲示例提出",
        "异议不成立。现场未见基础施工",
        "闲置与逾期开发",
        "资金不足：贷款未批",
        "体检抄〔2026〕1号",
        "已作废：收文单位写错",
        "体检抄〔2026〕2号",
        "应急局办公室",
        "待回函（逾期3天）",
        "联合处置1：资金不足",
        "督促降噪",
        "已降噪",
        "两部门会商后同步整改。",
    ):
        assert squeezed(said) in text, said
    log_reply(other, referral_id=right.id, replied_on=office.clock.today(), reply="已知悉。")
    view = assemble_dossier(lead, case_id=case.id, on=office.clock.today())
    assert "已知悉。" in flow_of(build_dossier(view, fonts=FONTS))
