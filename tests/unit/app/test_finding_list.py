"""The list of findings: its columns, what narrows it, and that voided slips count for nothing."""

from datetime import date

from landsteward.app.findings import edit_finding, move_finding
from landsteward.app.joint_disposals import bind_findings
from landsteward.app.list_filters import choices_of
from landsteward.app.referrals import void_slip
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.states import Disposal, FindingMove, SlipKind
from tests.helpers.casework import objected, reported, sent
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND

ON = date(2026, 4, 2)


def shown(office: Office, *, text: str = "", **chosen: str) -> list[str]:
    """The items whose findings are in the list, narrowed like that."""
    wanted = ListFilter(
        text=text, chosen={Facet(name): (value,) for name, value in chosen.items()}, on=ON
    )
    order = Sort(column="finding_no")
    ids = office.workspace.lists.ids(ListKind.FINDINGS, wanted, order)
    return [str(office.workspace.findings.get(key).item_key) for key in ids]


def test_each_facet_narrows_by_the_finding_itself(office: Office) -> None:
    _, (start, fence, _permit) = reported(office, "start", "fence", "permit")
    edit_finding(office.land_inspector, finding_id=start.id, root_cause_key="funding")
    assert shown(office) == ["start", "fence", "permit"]
    assert shown(office, department=LAND) == ["start", "fence"]
    assert shown(office, category="idle") == ["start"]
    assert shown(office, severity="4") == ["fence"]
    assert shown(office, disposal=Disposal.IMMEDIATE_FIX) == ["fence"]
    assert shown(office, root_cause="funding") == ["start"]
    assert shown(office, root_cause="") == ["fence", "permit"]
    assert shown(office, department=LAND, severity="4") == ["fence"]
    assert shown(office, text=fence.title) == ["fence"]
    assert shown(office, text=fence.title, department=ECOLOGY) == []
    assert shown(office, text="sljxzz") == ["start", "fence", "permit"], "whose they are"


def test_late_ones_are_those_past_their_deadline_and_not_settled(office: Office) -> None:
    """start: 30 days from 2026-03-02, due 2026-04-01; permit: 15, due 2026-03-17; fence: 90."""
    _, (_start, _fence, permit) = reported(office, "start", "fence", "permit")
    assert shown(office, flag=Flag.OVERDUE) == ["start", "permit"]
    move_finding(
        office.ecology_lead, finding_id=permit.id, move=FindingMove.DISMISS, reason="不属实"
    )
    assert shown(office, flag=Flag.OVERDUE) == ["start"]


def test_slips_and_objections_that_wait_are_found(office: Office) -> None:
    _, (start, fence, permit) = reported(office, "start", "fence", "permit")
    lead = office.land_lead
    for one in (start, fence, permit):
        move_finding(lead, finding_id=one.id, move=FindingMove.CONFIRM)
    late = sent(lead, start, SlipKind.NOTICE, reply_by=date(2026, 4, 1))
    sent(lead, fence, SlipKind.NOTICE, reply_by=ON)
    sent(lead, permit, SlipKind.NOTICE)
    assert shown(office, flag=Flag.REPLY_WAITING) == ["start", "fence"]
    assert shown(office, flag=Flag.REPLY_OVERDUE) == ["start"]
    (row,) = office.workspace.lists.rows(ListKind.FINDINGS, [start.id])
    assert row.cells["reply_by"] == "2026-04-01"
    void_slip(lead, referral_id=late.id, reason="写错")
    assert shown(office, flag=Flag.REPLY_WAITING) == ["fence"]
    (row,) = office.workspace.lists.rows(ListKind.FINDINGS, [start.id])
    assert row.cells["reply_by"] is None
    objected(office.land_inspector, permit)
    assert shown(office, flag=Flag.ANSWER_WAITING) == ["permit"]


def test_a_joint_disposal_and_its_lead_are_in_the_list(office: Office) -> None:
    _, (start, _fence, permit) = reported(office, "start", "fence", "permit")
    bind_findings(office.land_lead, finding_ids=[start.id, permit.id], lead=LAND)
    assert shown(office, flag=Flag.JOINT) == ["start", "permit"]
    (row,) = office.workspace.lists.rows(ListKind.FINDINGS, [permit.id])
    assert row.cells["lead"] == LAND


def test_every_choice_that_is_offered_can_be_asked_for(office: Office) -> None:
    reported(office, "start")
    for facet, choices in choices_of(office.reader, kind=ListKind.FINDINGS).items():
        assert choices
        for one in choices:
            assert isinstance(shown(office, **{facet.value: one.value}), list)
