"""Which visits count towards the cap: with a campaign and without, planned, scheduled, begun."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from landsteward.app.campaign_joint import draw_together, joint_proposals
from landsteward.app.campaign_visits import open_visit, set_days
from landsteward.app.campaigns import end_campaign
from landsteward.app.cases import current_checkup
from landsteward.app.visit_caps import cap_if_visited, cap_of_campaign, cap_of_case
from landsteward.domain.visit_cap import VisitCap
from tests.helpers.campaigns import campaign, chosen, enterprises
from tests.helpers.casework import reported
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import ECOLOGY, LAND, SMALL_PACK, OnePack


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An office whose pack allows one visit of a department in a year."""
    capped = replace(SMALL_PACK, visit_cap=VisitCap(on=True, most=1))
    opened = open_office(tmp_path, packs=OnePack(capped))
    yield opened
    opened.workspace.close()


def departments(office: Office, *enterprise_ids: str, year: int = 2026) -> list[str]:
    """Who would come too often if the two departments came once more."""
    found = cap_if_visited(
        office.land_inspector,
        enterprise_ids=enterprise_ids or (office.enterprise.id,),
        departments=(LAND, ECOLOGY),
        year=year,
    )
    return [one.department for one in found.warnings]


def test_a_checkup_without_a_campaign_counts(office: Office) -> None:
    assert departments(office) == []
    case, _findings = reported(office)
    assert departments(office) == [ECOLOGY, LAND]
    assert departments(office, year=2027) == []
    found = cap_if_visited(
        office.land_inspector,
        enterprise_ids=[office.enterprise.id],
        departments=[LAND],
        year=2026,
    )
    ((warning,), names) = found.warnings, found.names
    ((counted,),) = (warning.visits,)
    assert (counted.case_no, counted.day, counted.begun) == (
        case.case_no,
        date(2026, 3, 2),
        True,
    )
    assert names == {office.enterprise.id: office.enterprise.name}
    assert found.enterprise_ids == (office.enterprise.id,)


def test_a_planned_visit_counts_in_the_year_of_its_day(office: Office) -> None:
    made = campaign(office, departments=[LAND])
    (one,) = chosen(office, made, office.enterprise.id)
    assert departments(office) == [LAND]
    set_days(office.land_inspector, visit_ids=[one.id], first=date(2027, 1, 4))
    assert departments(office) == []
    assert departments(office, year=2027) == [LAND]


def test_two_campaigns_are_too_often_until_they_are_drawn_together(office: Office) -> None:
    ctx = office.land_inspector
    first, second = campaign(office), campaign(office, "第二批", departments=[ECOLOGY])
    ids = enterprises(office, 2)
    chosen(office, first, *ids)
    chosen(office, second, ids[0])
    (warning,) = cap_of_campaign(ctx, campaign_id=first.id).warnings
    assert (warning.enterprise_id, warning.department) == (ids[0], ECOLOGY)
    assert sorted(one.campaign for one in warning.visits) == ["第一批", "第二批"]
    assert cap_of_campaign(ctx, campaign_id=second.id).warnings == (warning,)
    draw_together(ctx, proposals=joint_proposals(ctx, campaign_id=first.id))
    assert cap_of_campaign(ctx, campaign_id=first.id).warnings == ()


def test_an_opened_visit_counts_once(office: Office) -> None:
    ctx = office.land_inspector
    (one,) = chosen(office, campaign(office), office.enterprise.id)
    case = open_visit(ctx, visit_id=one.id)
    assert cap_of_campaign(ctx, campaign_id=one.campaign_id).warnings == ()
    checkup = current_checkup(ctx, case_id=case.id)
    assert checkup is not None
    own = cap_of_case(
        ctx,
        enterprise_id=office.enterprise.id,
        departments=[LAND],
        year=2026,
        checkup_id=checkup.id,
    )
    assert own.warnings == ()
    other = cap_of_case(
        ctx,
        enterprise_id=office.enterprise.id,
        departments=[LAND],
        year=2026,
        checkup_id="",
    )
    assert [one.department for one in other.warnings] == [LAND]


def test_what_an_ended_campaign_did_not_visit_counts_no_longer(office: Office) -> None:
    made = campaign(office)
    chosen(office, made, office.enterprise.id)
    assert departments(office) == [ECOLOGY, LAND]
    end_campaign(office.land_lead, campaign_id=made.id)
    assert departments(office) == []


def test_without_a_cap_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "free").mkdir()
    free = open_office(tmp_path / "free")
    reported(free)
    assert departments(free) == []
    free.workspace.close()
