"""Many findings at once: assigned with a deadline, bound case by case with a lead department."""

from datetime import date

import pytest

from landsteward.app.finding_bulk import assign_findings, set_lead_department
from landsteward.app.joint_disposals import joint_of
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import FindingState
from tests.helpers.casework import assign, reported
from tests.helpers.office import Office
from tests.helpers.rule_packs import ECOLOGY, LAND


def test_drafts_are_confirmed_and_assigned_and_the_rest_is_refused(office: Office) -> None:
    _, (start, fence, permit) = reported(office, "start", "fence", "permit")
    assign(office.ecology_lead, permit)
    day = date(2026, 5, 1)
    told: list[tuple[int, int]] = []
    result = assign_findings(
        office.land_lead,
        ids=[start.id, fence.id, permit.id],
        deadline_on=day,
        told=lambda done, total: told.append((done, total)),
    )
    assert result.done == 2
    assert [one.id for one in result.refused] == [permit.id]
    assert told[-1] == (3, 3)
    for one in (start, fence):
        kept = office.workspace.findings.get(one.id)
        assert (kept.state, kept.deadline_on) == (FindingState.ASSIGNED, day)


def test_without_a_day_each_keeps_its_own(office: Office) -> None:
    _, (start,) = reported(office, "start")
    assign_findings(office.land_lead, ids=[start.id], deadline_on=None)
    assert office.workspace.findings.get(start.id).deadline_on == start.deadline_on


def test_one_refused_half_way_is_left_as_it_was(office: Office) -> None:
    """A day that has passed refuses the assignment; the confirmation before it goes with it."""
    _, (start,) = reported(office, "start")
    result = assign_findings(office.land_lead, ids=[start.id], deadline_on=date(2026, 1, 1))
    assert result.done == 0
    assert office.workspace.findings.get(start.id).state is FindingState.DRAFT


def test_a_lead_binds_what_is_loose_and_changes_what_is_bound(office: Office) -> None:
    _, drafts = reported(office, "start", "permit")
    ids = [one.id for one in drafts]
    result = set_lead_department(office.land_lead, ids=ids, lead=LAND)
    assert (result.done, result.refused) == (2, ())
    for key in ids:
        bound = joint_of(office.reader, finding_id=key)
        assert bound is not None
        assert bound.disposal.lead == LAND
    assert office.workspace.joint_disposals.count() == 1
    set_lead_department(office.land_lead, ids=ids[:1], lead=ECOLOGY)
    changed = joint_of(office.reader, finding_id=ids[1])
    assert changed is not None
    assert changed.disposal.lead == ECOLOGY


def test_one_finding_alone_has_no_lead(office: Office) -> None:
    _, (start,) = reported(office, "start")
    result = set_lead_department(office.land_lead, ids=[start.id], lead=LAND)
    assert result.done == 0
    assert "several departments" in str(result.refused[0].reason)
    with pytest.raises(RefusedMoveError, match="role"):
        set_lead_department(office.consultant, ids=[start.id], lead=LAND)
