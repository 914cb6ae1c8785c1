"""The list of visits: its rows, filters and order; and who was not visited since a day."""

from datetime import date
from typing import Any

import pytest

from landsteward.app.campaign_joint import draw_together, joint_proposals
from landsteward.app.campaign_visits import open_visit, set_days
from landsteward.app.campaigns import end_campaign
from landsteward.app.cases import open_case
from landsteward.app.checkups import schedule_checkup
from landsteward.app.list_filters import choices_of
from landsteward.app.register import add_enterprise
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, ListRow, Sort
from landsteward.domain.campaigns import Campaign, Visit
from landsteward.domain.states import VisitStage
from tests.helpers.campaigns import NEXT_WEEK, campaign, chosen, enterprises
from tests.helpers.casework import in_checkup, reported
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND, TAX


def found(office: Office, *, sort: str = "enterprise", **wanted: Any) -> list[ListRow]:
    lists = office.workspace.lists
    asked = ListFilter(**{"on": office.clock.today(), **wanted})
    return lists.rows(ListKind.VISITS, lists.ids(ListKind.VISITS, asked, Sort(column=sort)))


def keys(rows: list[ListRow]) -> set[str]:
    return {row.id for row in rows}


@pytest.fixture
def plan(office: Office) -> tuple[Campaign, list[Visit]]:
    """A campaign of three: one due today, one a week later, one without a day."""
    inspector = office.land_inspector
    made = campaign(office, departments=[LAND, TAX], inspectors=[inspector.actor.id])
    visits = chosen(office, made, office.enterprise.id, *enterprises(office, 2))
    set_days(inspector, visit_ids=[visits[0].id], first=inspector.today())
    set_days(inspector, visit_ids=[visits[1].id], first=NEXT_WEEK)
    return made, visits


def test_a_row_says_what_the_visit_is(office: Office, plan: tuple[Campaign, list[Visit]]) -> None:
    made, visits = plan
    case = open_visit(office.land_inspector, visit_id=visits[0].id)
    (row,) = found(office, chosen={Facet.FLAG: (Flag.TODAY,)})
    assert row.id == visits[0].id
    cells = row.cells
    assert cells["enterprise"] == office.enterprise.name
    assert cells["departments"] == f'["{LAND}","{TAX}"]'
    assert cells["inspectors"] == "林检查"
    assert (cells["stage"], cells["day"]) == ("scheduled", "2026-03-02")
    assert (cells["case_no"], cells["campaign"]) == (case.case_no, made.name)
    assert cells["times"] == f'{{"{LAND}":1,"{TAX}":1}}'


def test_facets_narrow_the_visits(office: Office, plan: tuple[Campaign, list[Visit]]) -> None:
    _made, visits = plan
    first, second, third = (one.id for one in visits)
    park = office.enterprise.carrier_id or ""
    me, other = office.land_inspector.actor.id, office.ecology_lead.actor.id
    for chosen_, expected in (
        ({Facet.CARRIER: (park,)}, {first}),
        ({Facet.CARRIER: ("",)}, {second, third}),
        ({Facet.DEPARTMENT: (TAX, ECOLOGY)}, {first, second, third}),
        ({Facet.DEPARTMENT: (ECOLOGY,)}, set()),
        ({Facet.STAGE: (VisitStage.PLANNED,)}, {third}),
        ({Facet.STAGE: (VisitStage.SCHEDULED,)}, {first, second}),
        ({Facet.INSPECTOR: (me,)}, {first, second, third}),
        ({Facet.INSPECTOR: (other,)}, set()),
        ({Facet.FLAG: (Flag.TODAY,)}, {first}),
        ({Facet.FLAG: (Flag.NO_DAY,)}, {third}),
        ({Facet.FLAG: (Flag.LATE,)}, set()),
        ({Facet.STAGE: (VisitStage.SCHEDULED,), Facet.CARRIER: ("",)}, {second}),
    ):
        assert keys(found(office, chosen=chosen_)) == expected, chosen_
    office.clock.go_to(date(2026, 3, 10))
    assert keys(found(office, chosen={Facet.FLAG: (Flag.LATE,)})) == {first, second}


def test_text_and_named_rows_narrow_them_too(
    office: Office, plan: tuple[Campaign, list[Visit]]
) -> None:
    _made, visits = plan
    assert keys(found(office, text="机械")) == {visits[0].id}
    assert keys(found(office, text="样品01")) == {visits[2].id}
    only = (visits[1].id, visits[2].id)
    assert keys(found(office, only=only)) == set(only)
    assert found(office, only=()) == []
    assert keys(found(office, only=only, text="01")) == {visits[2].id}


def test_rows_are_sorted_by_day_and_stage(
    office: Office, plan: tuple[Campaign, list[Visit]]
) -> None:
    _made, visits = plan
    open_visit(office.land_inspector, visit_id=visits[1].id)
    assert [row.id for row in found(office, sort="day")] == [one.id for one in visits]
    assert [row.cells["stage"] for row in found(office, sort="stage")] == [
        "planned",
        "scheduled",
        "scheduled",
    ]


def test_what_was_drawn_together_is_one_row_in_its_campaign(office: Office) -> None:
    ctx = office.land_inspector
    made, other = campaign(office, together=False), campaign(office, "第二批", departments=[TAX])
    chosen(office, made, office.enterprise.id)
    chosen(office, other, office.enterprise.id)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=made.id))
    (row,) = found(office, equal={"campaign_id": made.id})
    assert (row.cells["joint"], row.cells["head"]) == ("第一批、第二批", "yes")
    assert row.cells["departments"] == f'["{LAND}","{ECOLOGY}","{TAX}"]'
    (guest,) = found(office, equal={"campaign_id": other.id})
    assert (guest.cells["joint"], guest.cells["head"]) == ("第一批", "")
    assert len(found(office, equal={"head": "yes"})) == 1


def test_the_plan_of_some_days_holds_what_was_scheduled_by_hand_too(
    office: Office, plan: tuple[Campaign, list[Visit]]
) -> None:
    made, visits = plan
    ctx = office.land_inspector
    other = add_enterprise(office.carrier, name="样品别的厂").id
    case = open_case(ctx, enterprise_id=other, parcel_id=None)
    checkup = schedule_checkup(
        ctx,
        case_id=case.id,
        scheduled_on=NEXT_WEEK,
        departments=[LAND],
        inspector_ids=[office.ecology_lead.actor.id],
    )
    open_visit(ctx, visit_id=visits[0].id)
    first, last = ctx.today(), NEXT_WEEK

    def between(**of: str | None) -> list[str]:
        wanted = {"campaign_id": None, "person_id": None, **of}
        reports = office.workspace.visit_reports
        return [one.id for one in reports.between(first, last, **wanted)]

    assert between() == [visits[0].id, visits[1].id, checkup.id]
    assert between(campaign_id=made.id) == [visits[0].id, visits[1].id]
    assert between(person_id=ctx.actor.id) == [visits[0].id, visits[1].id]
    assert between(person_id=office.ecology_lead.actor.id) == [checkup.id]
    by_hand = office.workspace.visit_reports.between(
        last, last, campaign_id=None, person_id=office.ecology_lead.actor.id
    )[0]
    assert (by_hand.campaign, by_hand.case_id) == ("", case.id)
    assert (by_hand.departments, by_hand.inspectors) == ((LAND,), ("沈负责",))


def test_problems_and_inspectors_are_those_of_the_checkup(office: Office) -> None:
    ctx = office.land_inspector
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    case = open_visit(ctx, visit_id=one.id)
    in_checkup(office, case)
    reported_rows = found(office, chosen={Facet.STAGE: (VisitStage.IN_CHECKUP,)})
    assert keys(reported_rows) == {one.id}
    mine = {Facet.INSPECTOR: (office.ecology_lead.actor.id,)}
    assert keys(found(office, chosen=mine)) == {one.id}
    assert found(office, chosen={Facet.FLAG: (Flag.PROBLEMS,)}) == []


def test_enterprises_not_visited_since_a_day(office: Office) -> None:
    new, never = enterprises(office, 2)
    office.clock.go_to(date(2025, 6, 2))
    reported(office, "start")
    office.clock.go_to(date(2026, 3, 2))

    def since(*days: str) -> set[str]:
        wanted = ListFilter(chosen={Facet.NOT_VISITED: days})
        lists = office.workspace.lists
        return set(lists.ids(ListKind.ENTERPRISES, wanted, Sort(column="name")))

    everybody = {office.enterprise.id, new, never}
    assert since("2026-01-01") == everybody
    assert since("2025-06-03") == everybody
    assert since("2025-06-02") == since("2025-01-01") == since("") == {new, never}
    offered = choices_of(office.reader, kind=ListKind.ENTERPRISES)[Facet.NOT_VISITED]
    assert [one.value for one in offered] == ["2026-01-01", "2025-01-01", "2024-01-01", ""]


def test_enterprises_that_are_in_no_campaign_yet(office: Office) -> None:
    first, second = enterprises(office, 2)
    spring, autumn = campaign(office, "春"), campaign(office, "秋")
    chosen(office, spring, first)
    chosen(office, autumn, second)

    def outside(*campaigns: str) -> set[str]:
        wanted = ListFilter(chosen={Facet.NOT_IN: campaigns})
        lists = office.workspace.lists
        return set(lists.ids(ListKind.ENTERPRISES, wanted, Sort(column="name")))

    assert outside(spring.id) == {office.enterprise.id, second}
    assert outside(spring.id, autumn.id) == {office.enterprise.id}
    offered = choices_of(office.reader, kind=ListKind.ENTERPRISES)[Facet.NOT_IN]
    assert {one.name for one in offered} == {"春", "秋"}
    end_campaign(office.land_lead, campaign_id=spring.id)
    offered = choices_of(office.reader, kind=ListKind.ENTERPRISES)[Facet.NOT_IN]
    assert [one.name for one in offered] == ["秋"]


def test_what_may_be_chosen_of_visits(office: Office) -> None:
    offered = choices_of(office.reader, kind=ListKind.VISITS)
    assert [one.value for one in offered[Facet.STAGE]] == list(VisitStage)
    names = {one.name for one in offered[Facet.INSPECTOR]}
    assert "林检查" in names
    assert "柯专员" not in names
