"""Joint visits: found, shown, drawn together, parted again; nothing is lost."""

from datetime import date

import pytest

from landsteward.app.campaign_joint import (
    draw_together,
    joined_with,
    joint_proposals,
    take_apart,
)
from landsteward.app.campaign_visits import (
    assign_inspectors,
    bring_visits_back,
    open_visit,
    remove_visits,
    set_days,
)
from landsteward.app.campaigns import end_campaign
from landsteward.app.cases import current_checkup
from landsteward.app.checkups import answer_item, start_checkup
from landsteward.domain.campaigns import Visit
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import ItemOutcome
from tests.helpers.campaigns import NEXT_WEEK, campaign, chosen, enterprises, visit, visits
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX


def apart(office: Office) -> list[Visit]:
    """A campaign whose two departments would each come by itself."""
    both = [office.land_inspector.actor.id, office.ecology_lead.actor.id]
    made = campaign(office, together=False, inspectors=both)
    return chosen(office, made, office.enterprise.id)


def test_departments_of_one_campaign_are_drawn_together_and_parted(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    set_days(ctx, visit_ids=[ecology.id], first=NEXT_WEEK)
    (proposal,) = joint_proposals(ctx, campaign_id=land.campaign_id)
    assert proposal.enterprise == office.enterprise.name
    assert proposal.visit_ids == (ecology.id, land.id)
    assert proposal.joint.departments == (LAND, ECOLOGY)
    assert proposal.joint.day == NEXT_WEEK
    before = visits(office, office.workspace.campaigns.get(land.campaign_id))
    drawn = draw_together(ctx, proposals=[proposal])
    assert (drawn.host_ids, drawn.visits) == ((ecology.id,), 1)
    assert visit(office, land).joined_into == ecology.id
    assert joint_proposals(ctx, campaign_id=land.campaign_id) == []
    case = open_visit(ctx, visit_id=land.id)
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    assert checkup.departments == (LAND, ECOLOGY)
    inspectors = office.workspace.checkup_inspectors.where(checkup_id=checkup.id)
    assert {one.department for one in inspectors} == {LAND, ECOLOGY}
    assert take_apart(ctx, visit_ids=[land.id]) == [land.id]
    checkup = office.workspace.checkups.get(checkup.id)
    assert checkup.departments == (ECOLOGY,)
    left = office.workspace.checkup_inspectors.where(checkup_id=checkup.id)
    assert [one.department for one in left] == [ECOLOGY]
    after = visits(office, office.workspace.campaigns.get(land.campaign_id))
    assert [(one.departments, one.inspectors, one.joined_into) for one in after] == [
        (one.departments, one.inspectors, None) for one in before
    ]


def test_campaigns_meet_only_on_common_days(office: Office) -> None:
    spring = campaign(office, "春", from_on=date(2026, 3, 1), to_on=date(2026, 3, 31))
    same = campaign(office, "同期", from_on=date(2026, 3, 31), to_on=date(2026, 4, 30))
    later = campaign(office, "夏", from_on=date(2026, 5, 1))
    first, other = enterprises(office, 2)
    chosen(office, spring, first, other)
    (guest,) = chosen(office, same, first)
    chosen(office, later, first, other)
    (proposal,) = joint_proposals(office.land_inspector, campaign_id=spring.id)
    assert proposal.enterprise_id == first
    assert {one.name for one in proposal.campaigns} == {"春", "同期"}
    assert guest.id in proposal.visit_ids
    end_campaign(office.land_lead, campaign_id=same.id)
    assert joint_proposals(office.land_inspector, campaign_id=spring.id) == []


def test_only_the_visits_asked_about_are_looked_at(office: Office) -> None:
    made = campaign(office, together=False)
    first, second = enterprises(office, 2)
    found = chosen(office, made, first, second)
    one = next(line for line in found if line.enterprise_id == second)
    proposals = joint_proposals(office.land_inspector, campaign_id=made.id, visit_ids=[one.id])
    assert [proposal.enterprise_id for proposal in proposals] == [second]


def test_what_has_begun_is_drawn_into_nothing_and_not_parted(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    stale = joint_proposals(ctx, campaign_id=land.campaign_id)
    case = open_visit(ctx, visit_id=land.id)
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    start_checkup(ctx, checkup_id=checkup.id)
    assert joint_proposals(ctx, campaign_id=land.campaign_id) == []
    with pytest.raises(RefusedMoveError, match="begun or was drawn"):
        draw_together(ctx, proposals=stale)
    assert visit(office, ecology).joined_into is None


def test_answers_stay_and_a_joint_visit_that_has_begun_is_not_parted(office: Office) -> None:
    ctx = office.land_inspector
    land, _ecology = apart(office)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=land.campaign_id))
    case = open_visit(ctx, visit_id=land.id)
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    start_checkup(ctx, checkup_id=checkup.id)
    line = office.workspace.item_results.first(checkup_id=checkup.id, department=ECOLOGY)
    assert line is not None
    answer_item(ctx, result_id=line.id, outcome=ItemOutcome.OK)
    with pytest.raises(RefusedMoveError, match="has begun"):
        take_apart(ctx, visit_ids=[land.id])
    assert office.workspace.item_results.get(line.id).outcome is ItemOutcome.OK


def test_a_joint_visit_is_drawn_into_another_with_all_of_it(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=land.campaign_id))
    tax = campaign(office, "税务", departments=[TAX])
    (early,) = chosen(office, tax, office.enterprise.id)
    set_days(ctx, visit_ids=[early.id], first=NEXT_WEEK)
    (proposal,) = joint_proposals(ctx, campaign_id=tax.id)
    assert proposal.joint.departments == (LAND, ECOLOGY, TAX)
    draw_together(ctx, proposals=[proposal])
    assert {one.id for one in joined_with(ctx, visit_id=land.id)} == {
        early.id,
        land.id,
        ecology.id,
    }
    assert visit(office, land).joined_into == visit(office, ecology).joined_into == early.id
    assert set(take_apart(ctx, visit_ids=[early.id])) == {land.id, ecology.id}
    assert joined_with(ctx, visit_id=land.id) == []


def test_an_opened_visit_takes_the_others_in_at_once(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    set_days(ctx, visit_ids=[ecology.id], first=date(2026, 3, 3))
    case = open_visit(ctx, visit_id=land.id)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=land.campaign_id))
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    assert checkup.departments == (LAND, ECOLOGY)
    assert checkup.scheduled_on == ctx.today()
    lines = office.workspace.item_results.where(checkup_id=checkup.id)
    assert {one.department for one in lines} == {LAND, ECOLOGY}


def test_inspectors_of_a_joint_visit_are_those_of_all_of_it(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=land.campaign_id))
    assign_inspectors(ctx, visit_ids=[ecology.id], inspector_ids=[office.land_lead.actor.id])
    assert visit(office, land).inspectors == visit(office, ecology).inspectors
    assert visit(office, land).inspectors == (office.land_lead.actor.id,)


def test_the_others_stand_for_themselves_where_the_one_made_is_taken_out(
    office: Office,
) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    (proposal,) = joint_proposals(ctx, campaign_id=land.campaign_id)
    draw_together(ctx, proposals=[proposal])
    remove_visits(ctx, visit_ids=[proposal.joint.host.id])
    left = ecology if proposal.joint.host.id == land.id else land
    assert visit(office, left).joined_into is None


def test_one_that_is_taken_out_leaves_the_visit_it_was_drawn_into(office: Office) -> None:
    ctx = office.land_inspector
    land, ecology = apart(office)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=land.campaign_id))
    case = open_visit(ctx, visit_id=land.id)
    guest, host = (land, ecology) if visit(office, land).joined_into else (ecology, land)
    removed = remove_visits(ctx, visit_ids=[guest.id])
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    assert checkup.departments == host.departments
    bring_visits_back(ctx, removed=removed)
    assert visit(office, guest).joined_into is None
    assert visit(office, host).checkup_id == checkup.id


def test_who_may_not_plan_draws_nothing_together(office: Office) -> None:
    land, _ecology = apart(office)
    proposals = joint_proposals(office.land_inspector, campaign_id=land.campaign_id)
    for ctx in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError, match="role"):
            draw_together(ctx, proposals=proposals)
        with pytest.raises(RefusedMoveError, match="role"):
            take_apart(ctx, visit_ids=[land.id])
