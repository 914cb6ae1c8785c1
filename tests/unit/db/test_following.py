"""What colours follow from, as the file gives it: of one case, of all under way, of none ended."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from landsteward.app.views import ListKind
from landsteward.domain.casework import Case
from landsteward.domain.colours import (
    CaseFacts,
    Colour,
    ColourTerms,
    ObstacleFacts,
    StepFacts,
    TargetFacts,
    standing_of_case,
)
from landsteward.domain.findings import FindingEvent
from landsteward.domain.follow_ups import FollowUp, MetricReading, Obstacle
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.plans import PlanAlternative, PlanStep, PlanTarget, RemedyPlan
from landsteward.domain.states import (
    CaseStage,
    FindingState,
    PlanStatus,
)
from tests.unit.db.conftest import ACTOR, Desk, finding

TODAY = date(2026, 6, 1)


def facts_of(desk: Desk, case: Case) -> CaseFacts:
    (facts,) = desk.workspace.following.cases([case.id])
    return facts


def colour_of(desk: Desk, case: Case, terms: ColourTerms | None = None) -> Colour:
    return standing_of_case(facts_of(desk, case), terms or ColourTerms(), TODAY).colour


@pytest.mark.parametrize(
    ("stage", "due", "state", "deadline", "colour"),
    [
        (CaseStage.CLOSED, "2020-01-01", None, None, Colour.BLUE),
        (CaseStage.ARCHIVED, None, None, None, Colour.BLUE),
        (CaseStage.REGISTERED, None, None, None, Colour.GREEN),
        (CaseStage.SCHEDULED, "2026-05-31", None, None, Colour.RED),
        (CaseStage.SCHEDULED, "2026-06-01", None, None, Colour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-05-31", Colour.RED),
        (CaseStage.IN_REMEDY, None, FindingState.CLOSED, "2026-05-31", Colour.GREEN),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-06-08", Colour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-06-09", Colour.GREEN),
        (CaseStage.IN_REMEDY, None, FindingState.RETURNED, "2026-12-31", Colour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, None, Colour.GREEN),
    ],
)
def test_colours_follow_from_deadlines(
    desk: Desk,
    stage: CaseStage,
    due: str | None,
    state: FindingState | None,
    deadline: str | None,
    colour: Colour,
) -> None:
    case = desk.case(
        "体检〔2026〕1号", stage=stage, due_on=date.fromisoformat(due) if due else None
    )
    if state is not None:
        finding(desk, case, state, date.fromisoformat(deadline) if deadline else None)
    assert colour_of(desk, case) is colour


def test_how_soon_is_soon_is_said_by_who_asks(desk: Desk) -> None:
    due = TODAY + timedelta(days=20)
    case = desk.case("体检〔2026〕1号", stage=CaseStage.SCHEDULED, due_on=due)
    for days, colour in ((19, Colour.GREEN), (20, Colour.YELLOW)):
        assert colour_of(desk, case, ColourTerms(near_days=days)) is colour


@pytest.mark.parametrize("state", FindingState)
def test_what_holds_a_case_open_is_what_the_lifecycle_says(desk: Desk, state: FindingState) -> None:
    case = desk.case("体检〔2026〕1号", stage=CaseStage.IN_REMEDY)
    finding(desk, case, state, date(2026, 5, 1))
    settled = state in SETTLED_FINDING_STATES
    assert (colour_of(desk, case) is Colour.RED) is not settled
    (listed,) = desk.workspace.lists.rows(ListKind.CASES, [case.id])
    assert listed.cells["open_findings"] == (0 if settled else 1)
    assert (listed.cells["next_deadline_on"] is None) is settled


def test_an_extended_finding_is_difficult(desk: Desk) -> None:
    case = desk.case("体检〔2026〕1号", stage=CaseStage.IN_REMEDY)
    extended = finding(desk, case, FindingState.RECTIFYING, date(2026, 12, 31))
    with desk.change():
        desk.workspace.finding_events.add(
            FindingEvent(
                id="v-1",
                finding_id=extended.id,
                at=desk.moment,
                actor_id=ACTOR,
                move="extend",
                from_state=FindingState.RECTIFYING,
                to_state=FindingState.RECTIFYING,
            )
        )
    assert colour_of(desk, case) is Colour.YELLOW


def test_those_that_are_ended_are_only_counted(desk: Desk) -> None:
    cases = [
        desk.case(f"体检〔2026〕{number}号", stage=stage)
        for number, stage in enumerate((*CaseStage, CaseStage.CLOSED))
    ]
    under_way = desk.workspace.following.cases()
    assert [one.id for one in under_way] == [one.id for one in cases[:5]]
    assert desk.workspace.following.ended() == {"closed": 2, "archived": 1}


def test_everything_said_of_a_plan_is_found_once(desk: Desk) -> None:
    """Of an entry that was corrected, an older plan and an obstacle that is gone nothing counts."""
    case = desk.case("体检〔2026〕1号", stage=CaseStage.IN_REMEDY)
    other = desk.case("体检〔2026〕2号", stage=CaseStage.IN_REMEDY)
    space = desk.workspace
    with desk.change():
        for plan_id, status in (("old", PlanStatus.SUPERSEDED), ("kept", PlanStatus.ACCEPTED)):
            plan = RemedyPlan(id=plan_id, case_id=case.id, status=status)
            space.remedy_plans.add(plan)
            way = f"way-{plan_id}"
            space.plan_alternatives.add(PlanAlternative(id=way, plan_id=plan_id, position=1))
            space.remedy_plans.save(replace(plan, chosen_id=way))
            for position in (3, 7):
                space.plan_steps.add(
                    PlanStep(
                        id=f"{plan_id}-{position}",
                        alternative_id=way,
                        position=position,
                        starts_on=date(2026, 5, 1),
                        due_on=date(2026, 5, 20),
                        extended_to=date(2026, 6, 20) if position == 7 else None,
                    )
                )
        space.plan_targets.add(
            PlanTarget(
                id="t",
                alternative_id="way-kept",
                metric="tax_per_mu",
                year=2025,
                target=Decimal(8),
            )
        )
        for key, day, percent, step_id, corrects in (
            ("u-1", date(2026, 5, 9), 90, "kept-7", None),
            ("u-2", date(2026, 5, 8), 40, "kept-7", "u-1"),
            ("u-3", date(2026, 5, 7), 10, "kept-7", None),
            ("u-4", date(2026, 5, 7), 30, None, None),
        ):
            space.follow_ups.add(
                FollowUp(
                    id=key,
                    case_id=case.id,
                    happened_on=day,
                    content="进展",
                    author_id=ACTOR,
                    percent=percent,
                    plan_id="kept",
                    step_id=step_id,
                    corrects_id=corrects,
                )
            )
        for number, (entry, quarter, value) in enumerate(
            (("u-2", None, 5), ("u-1", None, 9), ("u-3", 4, 7), ("u-3", None, 4))
        ):
            space.metric_readings.add(
                MetricReading(
                    id=f"r-{number}",
                    follow_up_id=entry,
                    case_id=case.id,
                    metric="tax_per_mu",
                    year=2025,
                    quarter=quarter,
                    value=Decimal(value),
                    unit="万元/亩",
                    source="税务局",
                )
            )
        for key, step_id, cleared in (
            ("o-1", "kept-3", None),
            ("o-2", "old-3", None),
            ("o-3", None, date(2026, 5, 3)),
        ):
            space.obstacles.add(
                Obstacle(
                    id=key,
                    case_id=case.id,
                    step_id=step_id,
                    cause="缺图纸",
                    since_on=date(2026, 5, 2),
                    must_act="设计院",
                    reported_by=ACTOR,
                    cleared_on=cleared,
                )
            )
    facts = facts_of(desk, case)
    start = date(2026, 5, 1)
    assert facts.steps == (
        StepFacts(id="kept-3", number=1, starts_on=start, until=date(2026, 5, 20)),
        StepFacts(id="kept-7", number=2, starts_on=start, until=date(2026, 6, 20), percent=40),
    )
    assert facts.percent == 30
    assert facts.obstacles == (
        ObstacleFacts(since_on=date(2026, 5, 2), cause="缺图纸", step_id="kept-3"),
    )
    assert facts.targets == (
        TargetFacts(metric="tax_per_mu", year=2025, target=Decimal(8), reading=Decimal(5)),
    )
    assert desk.workspace.following.cases() == [facts, facts_of(desk, other)]


def test_a_plan_returned_since_the_last_one_was_accepted_is_counted(desk: Desk) -> None:
    case = desk.case("体检〔2026〕1号", stage=CaseStage.IN_REMEDY)
    under = finding(desk, case, FindingState.PLANNING, None)
    for number, move in enumerate(("return_plan", "accept_plan", "return_plan", "return_plan")):
        with desk.change():
            desk.workspace.finding_events.add(
                FindingEvent(
                    id=f"v-{number}",
                    finding_id=under.id,
                    at=desk.moment,
                    actor_id=ACTOR,
                    move=move,
                    from_state=FindingState.PLAN_REVIEW,
                    to_state=FindingState.PLANNING,
                )
            )
    assert facts_of(desk, case).returns == 2
