"""More time: asked by one, decided by another of the assigning department, counted and limited."""

from dataclasses import replace
from datetime import timedelta

import pytest

from landsteward.app.colours import standing
from landsteward.app.extensions import (
    ExtensionCount,
    ask_extension,
    counted,
    decide_extension,
    decision_refusal,
    extensions_of,
)
from landsteward.app.findings import move_finding
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.plans import new_version
from landsteward.domain.colours import Colour
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.follow_up_terms import ExtensionLimits, FollowUpTerms
from landsteward.domain.states import FindingMove, FindingState
from tests.helpers.casework import rectifying
from tests.helpers.office import Office
from tests.helpers.rule_packs import SMALL_PACK, OnePack


def test_a_firm_asks_and_the_assigning_department_gives_a_finding_more_time(
    office: Office,
) -> None:
    case, (finding,), _ = rectifying(office, "start")
    due = finding.deadline_on
    assert due is not None
    firm, lead = office.consultant, office.land_lead
    later = due + timedelta(days=20)
    with pytest.raises(RefusedMoveError, match="reason"):
        ask_extension(firm, finding_id=finding.id, to_on=later, reason=" ")
    with pytest.raises(RefusedMoveError, match="later day"):
        ask_extension(firm, finding_id=finding.id, to_on=due, reason="雨季")
    with pytest.raises(RefusedMoveError, match="asked for first"):
        move_finding(
            lead,
            finding_id=finding.id,
            move=FindingMove.EXTEND,
            reason="雨季",
            deadline_on=later,
        )
    asked = ask_extension(firm, finding_id=finding.id, to_on=later, reason="雨季")
    assert (asked.was_on, asked.days) == (due, 20)
    with pytest.raises(RefusedMoveError, match="waits for the decision"):
        ask_extension(office.carrier, finding_id=finding.id, to_on=later, reason="雨季")
    for who, why in (
        (firm, "role"),
        (office.carrier, "role"),
        (office.ecology_lead, "Another department"),
    ):
        with pytest.raises(RefusedMoveError, match=why):
            decide_extension(who, extension_id=asked.id, granted=True)
    assert decision_refusal(lead, asked) is None
    decided = decide_extension(lead, extension_id=asked.id, granted=True, opinion="同意")
    moved = office.workspace.findings.get(finding.id)
    assert (moved.state, moved.deadline_on) == (FindingState.RECTIFYING, later)
    assert (decided.granted, decided.decided_by) == (True, lead.actor.id)
    event = office.workspace.finding_events.where(finding_id=finding.id)[-1]
    assert (event.move, event.reason) == (FindingMove.EXTEND, "同意")
    assert standing(lead, case_id=case.id).colour is Colour.YELLOW
    with pytest.raises(RefusedMoveError, match="decided already"):
        decide_extension(lead, extension_id=asked.id, granted=False, opinion="再议")


def test_who_asked_does_not_decide(office: Office) -> None:
    _, (finding,), _ = rectifying(office, "start")
    lead = office.land_lead
    later = lead.today() + timedelta(days=99)
    asked = ask_extension(lead, finding_id=finding.id, to_on=later, reason="等图纸")
    with pytest.raises(RefusedMoveError, match="second person"):
        decide_extension(lead, extension_id=asked.id, granted=True)
    colleague = office.land_inspector
    with pytest.raises(RefusedMoveError, match="why the extension is refused"):
        decide_extension(colleague, extension_id=asked.id, granted=False)
    decide_extension(colleague, extension_id=asked.id, granted=False, opinion="无需")
    assert office.workspace.findings.get(finding.id).deadline_on == finding.deadline_on


def test_a_step_keeps_its_day_in_the_plan_and_has_a_new_one_beside_it(office: Office) -> None:
    case, _, plan = rectifying(office, "start")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    due = step.due_on
    assert due is not None
    for days in (10, 25):
        asked = ask_extension(
            office.carrier, step_id=step.id, to_on=due + timedelta(days=days), reason="等批复"
        )
        decide_extension(office.land_lead, extension_id=asked.id, granted=True)
    own = ask_extension(
        office.land_lead, step_id=step.id, to_on=due + timedelta(days=40), reason="等验收"
    )
    with pytest.raises(RefusedMoveError, match="second person"):
        decide_extension(office.land_lead, extension_id=own.id, granted=True)
    decide_extension(office.land_inspector, extension_id=own.id, granted=False, opinion="不必")
    kept = office.workspace.plan_steps.get(step.id)
    assert (kept.due_on, kept.until) == (due, due + timedelta(days=25))
    history = extensions_of(office.reader, case_id=case.id)
    assert counted(history) == {step.id: ExtensionCount(times=2, days=10 + 15)}
    fresh = new_version(office.consultant, plan_id=plan.id)
    (copied,) = plan_sheet(office.reader, plan_id=fresh.id).steps
    assert (copied.due_on, copied.extended_to) == (due + timedelta(days=25), None)


def test_a_pack_may_limit_how_often_and_how_long(office: Office) -> None:
    _, (finding,), _ = rectifying(office, "start")
    due = finding.deadline_on
    assert due is not None
    terms = FollowUpTerms(extensions=ExtensionLimits(most_times=1, most_days=30))
    packs = OnePack(replace(SMALL_PACK, follow_up=terms))
    firm, lead = (replace(one, packs=packs) for one in (office.consultant, office.land_lead))
    with pytest.raises(RefusedMoveError, match="30 days each time; 31 are asked for"):
        ask_extension(firm, finding_id=finding.id, to_on=due + timedelta(days=31), reason="等批复")
    asked = ask_extension(
        firm, finding_id=finding.id, to_on=due + timedelta(days=30), reason="等批复"
    )
    decide_extension(lead, extension_id=asked.id, granted=True)
    with pytest.raises(RefusedMoveError, match="allows 1 extensions, and 1 were granted"):
        ask_extension(firm, finding_id=finding.id, to_on=due + timedelta(days=40), reason="再等")
