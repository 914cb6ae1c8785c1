"""Campaigns: planned, changed, ended, deleted; their visits follow."""

from datetime import date

import pytest

from landsteward.app.campaign_joint import draw_together, joint_proposals
from landsteward.app.campaign_visits import open_visit
from landsteward.app.campaigns import (
    bring_campaign_back,
    edit_campaign,
    end_campaign,
    next_name,
    plan_campaign,
    remove_campaign,
    reopen_campaign,
)
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.states import CampaignState
from tests.helpers.campaigns import campaign, chosen, enterprises, visit, visits
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX


def test_a_campaign_takes_the_departments_that_are_on_and_this_year(office: Office) -> None:
    made = campaign(office, "  第一批   体检 ")
    assert (made.name, made.year, made.departments) == ("第一批 体检", 2026, (LAND, ECOLOGY))
    assert office.workspace.campaigns.get(made.id).state is CampaignState.PREPARED


def test_names_are_offered_as_counties_number_their_rounds(office: Office) -> None:
    assert next_name(office.carrier) == "2026年第1批企业健康体检"
    campaign(office, next_name(office.carrier))
    campaign(office, "2026年第3批企业健康体检")
    assert next_name(office.carrier) == "2026年第4批企业健康体检"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"year": 26}, "26 is no year"),
        ({"departments": ["nobody"]}, "At least one department"),
        ({"from_on": date(2026, 5, 2), "to_on": date(2026, 5, 1)}, "before the first"),
        ({"name": "另一批"}, "named 另一批 already"),
    ],
)
def test_nonsense_is_refused_in_words(office: Office, values: dict[str, object], said: str) -> None:
    campaign(office, "另一批")
    made = campaign(office)
    with pytest.raises(RefusedMoveError, match=said):
        edit_campaign(office.land_inspector, campaign_id=made.id, **values)
    assert office.workspace.campaigns.get(made.id) == made


def test_readers_and_consultants_plan_none(office: Office) -> None:
    for ctx in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError, match="role"):
            plan_campaign(ctx, name="不行")


def test_visits_of_all_together_follow_the_departments_until_they_are_opened(
    office: Office,
) -> None:
    made = campaign(office)
    opened, waiting = chosen(office, made, office.enterprise.id, *enterprises(office, 1))
    open_visit(office.land_inspector, visit_id=opened.id)
    edit_campaign(office.land_inspector, campaign_id=made.id, departments=[LAND, TAX])
    assert visit(office, opened).departments == (LAND, ECOLOGY)
    assert visit(office, waiting).departments == (LAND, TAX)


def test_a_department_that_joins_or_leaves_has_its_own_visits(office: Office) -> None:
    made = campaign(office, together=False)
    first, second = chosen(office, made, office.enterprise.id)
    assert [one.departments for one in (first, second)] == [(LAND,), (ECOLOGY,)]
    edit_campaign(office.land_inspector, campaign_id=made.id, departments=[ECOLOGY, TAX])
    assert [one.departments for one in visits(office, made)] == [(ECOLOGY,), (TAX,)]
    with pytest.raises(RecordNotFoundError):
        visit(office, first)


def test_a_department_others_came_along_with_does_not_leave(office: Office) -> None:
    made = campaign(office, together=False)
    first, _second = chosen(office, made, office.enterprise.id)
    draw_together(
        office.land_inspector,
        proposals=joint_proposals(office.land_inspector, campaign_id=made.id),
    )
    with pytest.raises(RefusedMoveError, match="drawn together with others"):
        edit_campaign(office.land_inspector, campaign_id=made.id, departments=[ECOLOGY])
    assert visit(office, first).departments == (LAND,)


def test_how_visits_are_made_is_settled_once_enterprises_are_chosen(office: Office) -> None:
    made = campaign(office)
    edit_campaign(office.land_inspector, campaign_id=made.id, together=False)
    chosen(office, made, office.enterprise.id)
    with pytest.raises(RefusedMoveError, match="chosen already"):
        edit_campaign(office.land_inspector, campaign_id=made.id, together=True)


def test_an_ended_campaign_is_left_alone_until_it_is_taken_up_again(office: Office) -> None:
    made = campaign(office)
    end_campaign(office.land_lead, campaign_id=made.id)
    with pytest.raises(RefusedMoveError, match="has ended"):
        edit_campaign(office.land_lead, campaign_id=made.id, note="补")
    with pytest.raises(RefusedMoveError, match="has ended"):
        chosen(office, made, office.enterprise.id)
    reopen_campaign(office.land_lead, campaign_id=made.id)
    assert edit_campaign(office.land_lead, campaign_id=made.id, note="补").note == "补"


def test_ending_sets_free_what_another_campaign_had_drawn_into_it(office: Office) -> None:
    ending, other = campaign(office), campaign(office, "第二批")
    (host,) = chosen(office, ending, office.enterprise.id)
    (guest,) = chosen(office, other, office.enterprise.id)
    proposals = joint_proposals(office.land_inspector, campaign_id=other.id)
    draw_together(office.land_inspector, proposals=proposals)
    # The one of the campaign asked about is made unless another was earlier: both have no day.
    assert {visit(office, host).joined_into, visit(office, guest).joined_into} == {None, host.id}
    end_campaign(office.land_lead, campaign_id=ending.id)
    assert visit(office, guest).joined_into is None


def test_a_campaign_nobody_has_begun_is_deleted_and_brought_back(office: Office) -> None:
    made = campaign(office)
    before = chosen(office, made, office.enterprise.id, *enterprises(office, 2))
    removed = remove_campaign(office.land_lead, campaign_id=made.id)
    assert office.workspace.campaigns.find(made.id) is None
    assert visits(office, made) == []
    same = campaign(office)
    with pytest.raises(KnownError):
        bring_campaign_back(office.land_lead, removed=removed)
    edit_campaign(office.land_lead, campaign_id=same.id, name="别的")
    bring_campaign_back(office.land_lead, removed=removed)
    assert visits(office, made) == before


def test_a_campaign_with_an_opened_visit_is_not_deleted(office: Office) -> None:
    made = campaign(office)
    (one,) = chosen(office, made, office.enterprise.id)
    open_visit(office.land_inspector, visit_id=one.id)
    with pytest.raises(RefusedMoveError, match="opened already"):
        remove_campaign(office.land_lead, campaign_id=made.id)
