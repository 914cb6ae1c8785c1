"""Visits: enterprises chosen, days and inspectors set and undone, opened, taken out."""

from datetime import date

import pytest

from landsteward.app.campaign_visits import (
    add_enterprises,
    assign_inspectors,
    bring_visits_back,
    case_of_visit,
    open_visit,
    remove_visits,
    set_days,
    undo_arrangement,
)
from landsteward.app.cases import current_checkup, open_case
from landsteward.app.checkups import schedule_checkup, start_checkup
from landsteward.app.register import add_enterprise
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import CampaignState, CaseOrigin, CaseStage
from tests.helpers.campaigns import (
    NEXT_WEEK,
    campaign,
    chosen,
    enterprises,
    visit,
    visits,
)
from tests.helpers.casework import in_checkup, reported
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX


def people(office: Office, checkup_id: str) -> set[str]:
    known = office.workspace.checkup_inspectors.where(checkup_id=checkup_id)
    return {one.person_id for one in known}


def test_enterprises_are_chosen_once(office: Office) -> None:
    made = campaign(office, inspectors=[office.land_inspector.actor.id])
    ids = [office.enterprise.id, *enterprises(office, 3)]
    added = add_enterprises(office.carrier, campaign_id=made.id, enterprise_ids=[*ids, ids[0]])
    assert (added.enterprises, added.known, len(added.visit_ids)) == (4, 0, 4)
    again = add_enterprises(office.carrier, campaign_id=made.id, enterprise_ids=[ids[1], "gone"])
    assert (again.enterprises, again.known) == (0, 1)
    assert {one.enterprise_id for one in visits(office, made)} == set(ids)
    assert {one.inspectors for one in visits(office, made)} == {(office.land_inspector.actor.id,)}


def test_each_department_by_itself_has_its_own_visit_and_people(office: Office) -> None:
    both = [office.land_inspector.actor.id, office.ecology_lead.actor.id]
    made = campaign(office, together=False, inspectors=both)
    found = chosen(office, made, office.enterprise.id)
    assert [(one.departments, one.inspectors) for one in found] == [
        ((LAND,), (both[0],)),
        ((ECOLOGY,), (both[1],)),
    ]


def test_two_thousand_are_chosen_at_once_told_and_stopped_whole(office: Office) -> None:
    made = campaign(office)
    ids = enterprises(office, 2000)
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done >= 1000:
            raise LookupError

    with pytest.raises(LookupError):
        add_enterprises(office.carrier, campaign_id=made.id, enterprise_ids=ids, told=stop)
    assert visits(office, made) == []
    assert told == [(500, 2000), (1000, 2000)]
    add_enterprises(office.carrier, campaign_id=made.id, enterprise_ids=ids)
    assert office.workspace.visits.count(campaign_id=made.id) == 2000
    assert office.workspace.check().ok


def test_days_are_spread_and_undone(office: Office) -> None:
    made = campaign(office)
    ids = [one.id for one in chosen(office, made, *enterprises(office, 5))]
    set_days(office.carrier, visit_ids=ids[:1], first=date(2026, 5, 4))
    arranged = set_days(office.carrier, visit_ids=ids, first=NEXT_WEEK, a_day=2)
    days = [one.planned_on for one in visits(office, made)]
    assert days == [date(2026, 3, day) for day in (9, 9, 10, 10, 11)]
    assert (len(arranged.before), arranged.begun) == (5, 0)
    undone = undo_arrangement(office.carrier, arranged=arranged)
    assert [one.planned_on for one in visits(office, made)] == [date(2026, 5, 4), *[None] * 4]
    assert len(undone.before) == 5
    with pytest.raises(RefusedMoveError, match="At least one visit"):
        set_days(office.carrier, visit_ids=ids, first=NEXT_WEEK, a_day=0)


def test_opening_makes_case_and_checkup_that_knows_its_campaign(office: Office) -> None:
    inspector = office.land_inspector
    made = campaign(office, departments=[ECOLOGY, TAX], inspectors=[inspector.actor.id])
    (one,) = chosen(office, made, office.enterprise.id)
    set_days(inspector, visit_ids=[one.id], first=NEXT_WEEK)
    case = open_visit(inspector, visit_id=one.id)
    assert (case.origin, case.stage) == (CaseOrigin.CAMPAIGN, CaseStage.SCHEDULED)
    checkup = current_checkup(inspector, case_id=case.id)
    assert checkup is not None
    assert checkup.campaign_id == made.id
    assert (checkup.departments, checkup.scheduled_on) == ((ECOLOGY, TAX), NEXT_WEEK)
    assert people(office, checkup.id) == {inspector.actor.id}
    assert visit(office, one).checkup_id == checkup.id
    assert office.workspace.campaigns.get(made.id).state is CampaignState.RUNNING
    lines = office.workspace.item_results.where(checkup_id=checkup.id)
    assert {one.department for one in lines} == {ECOLOGY, TAX}
    assert case_of_visit(office.reader, visit_id=one.id) == open_visit(inspector, visit_id=one.id)
    with pytest.raises(RefusedMoveError, match="role"):
        open_visit(office.reader, visit_id=one.id)


def test_a_registered_case_is_taken_up(office: Office) -> None:
    case = open_case(office.carrier, enterprise_id=office.enterprise.id, parcel_id=None)
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    assert open_visit(office.land_inspector, visit_id=one.id).id == case.id


def test_a_checkup_scheduled_by_hand_becomes_the_visits(office: Office) -> None:
    ctx = office.land_inspector
    case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    standing = schedule_checkup(
        ctx,
        case_id=case.id,
        scheduled_on=NEXT_WEEK,
        departments=[TAX],
        inspector_ids=[office.ecology_lead.actor.id],
    )
    made = campaign(office, departments=[LAND], inspectors=[ctx.actor.id])
    (one,) = chosen(office, made, office.enterprise.id)
    open_visit(ctx, visit_id=one.id)
    checkup = office.workspace.checkups.get(standing.id)
    assert checkup.campaign_id == made.id
    assert set(checkup.departments) == {LAND, TAX}
    assert checkup.scheduled_on == NEXT_WEEK
    assert people(office, checkup.id) == {ctx.actor.id, office.ecology_lead.actor.id}
    assert visit(office, one).planned_on == NEXT_WEEK


def test_a_case_past_its_checkup_is_not_opened_again(office: Office) -> None:
    case, _findings = reported(office, "start")
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    with pytest.raises(RefusedMoveError, match=case.case_no):
        open_visit(office.land_inspector, visit_id=one.id)
    assert visit(office, one).checkup_id is None


def test_the_visit_of_another_campaign_is_not_taken_over(office: Office) -> None:
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    (other,) = chosen(office, campaign(office, "第二批"), office.enterprise.id)
    open_visit(office.land_inspector, visit_id=one.id)
    with pytest.raises(RefusedMoveError, match="第一批") as refused:
        open_visit(office.land_inspector, visit_id=other.id)
    assert refused.value.remedy is not None
    assert "together" in str(refused.value.remedy)


def test_who_may_not_check_opens_none(office: Office) -> None:
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    with pytest.raises(RefusedMoveError, match="role"):
        open_visit(office.carrier, visit_id=one.id)
    assert office.workspace.cases.count() == 0


def test_an_opened_visit_moves_with_its_checkup_until_it_begins(office: Office) -> None:
    ctx = office.land_inspector
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    case = open_visit(ctx, visit_id=one.id)
    arranged = set_days(ctx, visit_ids=[one.id], first=NEXT_WEEK)
    assign_inspectors(ctx, visit_ids=[one.id], inspector_ids=[office.ecology_lead.actor.id])
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    assert checkup.scheduled_on == NEXT_WEEK
    assert people(office, checkup.id) == {office.ecology_lead.actor.id}
    assert checkup.campaign_id is not None
    undo_arrangement(ctx, arranged=arranged)
    assert office.workspace.checkups.get(checkup.id).scheduled_on == ctx.today()
    start_checkup(ctx, checkup_id=checkup.id)
    late = set_days(ctx, visit_ids=[one.id], first=NEXT_WEEK)
    assert (late.before, late.begun) == ((), 1)
    assert office.workspace.checkups.get(checkup.id).scheduled_on == ctx.today()


def test_a_checkup_of_no_campaign_says_so(office: Office) -> None:
    _case, checkup = in_checkup(office)
    assert checkup.campaign_id is None


def test_taken_out_and_brought_back(office: Office) -> None:
    ctx = office.land_inspector
    made = campaign(office)
    found = chosen(office, made, office.enterprise.id, *enterprises(office, 2))
    case = open_visit(ctx, visit_id=found[0].id)
    removed = remove_visits(ctx, visit_ids=[one.id for one in found[:2]])
    assert visits(office, made) == [found[2]]
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    assert checkup.campaign_id is None
    bring_visits_back(ctx, removed=removed)
    assert len(visits(office, made)) == 3


def test_what_has_begun_stays_in_the_campaign(office: Office) -> None:
    ctx = office.land_inspector
    made = campaign(office)
    (one,) = chosen(office, made, office.enterprise.id)
    case = open_visit(ctx, visit_id=one.id)
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    start_checkup(ctx, checkup_id=checkup.id)
    removed = remove_visits(ctx, visit_ids=[one.id])
    assert (removed.visit_ids, removed.begun) == ((), 1)
    assert visits(office, made) == [visit(office, one)]


def test_merged_enterprises_bring_their_visits_along(office: Office) -> None:
    from landsteward.app.merging import merge_enterprises

    twin = add_enterprise(office.carrier, name="示例机械")
    (one,) = chosen(office, campaign(office), twin.id)
    merge_enterprises(office.carrier, stays_id=office.enterprise.id, goes_id=twin.id)
    assert visit(office, one).enterprise_id == office.enterprise.id
