"""How far a campaign is: counted by department and carrier, and what comes next."""

from landsteward.app.campaign_joint import draw_together, joint_proposals
from landsteward.app.campaign_progress import CampaignStep, campaign_view, list_campaigns
from landsteward.app.campaign_visits import open_visit, set_days
from landsteward.app.campaigns import end_campaign
from landsteward.app.cases import current_checkup
from landsteward.app.checkups import answer_rest_ok, finish_checkup, start_checkup
from landsteward.domain.states import VisitStage
from tests.helpers.campaigns import NEXT_WEEK, campaign, chosen, enterprises
from tests.helpers.casework import problem
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND


def test_a_campaign_from_its_plan_to_its_end(office: Office) -> None:
    ctx = office.land_inspector
    made = campaign(office)

    def step() -> CampaignStep:
        return campaign_view(ctx, campaign_id=made.id).step

    assert step() is CampaignStep.CHOOSE
    (other,) = enterprises(office, 1)
    first, second = chosen(office, made, office.enterprise.id, other)
    assert step() is CampaignStep.SET_DAYS
    set_days(ctx, visit_ids=[first.id], first=ctx.today())
    set_days(ctx, visit_ids=[second.id], first=NEXT_WEEK)
    view = campaign_view(ctx, campaign_id=made.id)
    assert (view.step, view.next_visit) == (CampaignStep.VISIT, first.id)
    assert (view.due_today, view.late, view.enterprises) == (1, 0, 2)
    office.clock.go_to(NEXT_WEEK)
    view = campaign_view(ctx, campaign_id=made.id)
    assert (view.due_today, view.late) == (1, 1)
    case = open_visit(ctx, visit_id=first.id)
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    checkup = start_checkup(ctx, checkup_id=checkup.id)
    problem(office, checkup, "permit")
    view = campaign_view(ctx, campaign_id=made.id)
    assert view.overall.stages[VisitStage.IN_CHECKUP] == 1
    assert (view.late, view.next_visit) == (0, first.id)
    for department in checkup.departments:
        answer_rest_ok(ctx, checkup_id=checkup.id, department=department)
    finish_checkup(ctx, checkup_id=checkup.id, representative="乙")
    view = campaign_view(ctx, campaign_id=made.id)
    assert (view.overall.done, view.overall.total, view.overall.problems) == (1, 2, 1)
    by_key = {one.key: one for one in view.departments}
    assert (by_key[LAND].problems, by_key[ECOLOGY].problems) == (0, 1)
    assert (by_key[LAND].done, by_key[ECOLOGY].done) == (1, 1)
    park, nobody = view.carriers
    assert (park.name, park.done, park.with_problems) == ("示例园区管委会", 1, 1)
    assert (nobody.key, nobody.total, nobody.problems) == ("", 1, 0)
    end_campaign(office.land_lead, campaign_id=made.id)
    assert step() is CampaignStep.NOTHING


def test_a_joint_visit_counts_for_each_of_its_departments_and_once_in_all(
    office: Office,
) -> None:
    ctx = office.land_inspector
    made = campaign(office, together=False)
    chosen(office, made, office.enterprise.id)
    before = campaign_view(ctx, campaign_id=made.id)
    assert (before.overall.total, before.joinable) == (2, 1)
    assert before.step is CampaignStep.DRAW_TOGETHER
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=made.id))
    view = campaign_view(ctx, campaign_id=made.id)
    assert (view.overall.total, view.joinable, view.enterprises) == (1, 0, 1)
    assert [(one.key, one.total) for one in view.departments] == [(LAND, 1), (ECOLOGY, 1)]


def test_the_newest_year_comes_first(office: Office) -> None:
    campaign(office, "旧", year=2024)
    campaign(office, "新", year=2026)
    assert [one.campaign.name for one in list_campaigns(office.reader)] == ["新", "旧"]
