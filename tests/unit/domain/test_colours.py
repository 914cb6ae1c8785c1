"""The four colours: each rule by hand, and what holds for all of them together."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.colours import (
    CaseFacts,
    Colour,
    ColourTerms,
    FindingFacts,
    ObstacleFacts,
    StepFacts,
    TargetFacts,
    planned_progress,
    progress,
    standing_of_case,
    standing_of_finding,
    standing_of_step,
    worst,
)

TODAY = date(2026, 6, 1)
TERMS = ColourTerms()
CASE = CaseFacts(id="c", stage="in_remedy")


def day(offset: int) -> date:
    return TODAY + timedelta(days=offset)


def step(
    number: int = 1,
    start: int | None = None,
    until: int = 30,
    *,
    percent: int | None = None,
    done_on: date | None = None,
) -> StepFacts:
    return StepFacts(
        id=f"s{number}",
        number=number,
        starts_on=None if start is None else day(start),
        until=day(until),
        percent=percent,
        done_on=done_on,
    )


@pytest.mark.parametrize(
    ("facts", "colour", "reason"),
    [
        (CASE, Colour.GREEN, None),
        (replace(CASE, ended=True, due_on=day(-9)), Colour.BLUE, None),
        (replace(CASE, due_on=day(8)), Colour.GREEN, None),
        (replace(CASE, due_on=day(7)), Colour.YELLOW, "The case is due in 7 days"),
        (replace(CASE, due_on=day(-1)), Colour.RED, "The case is 1 days overdue"),
        (
            replace(CASE, findings=(FindingFacts(id="f", number=2, deadline_on=day(-3)),)),
            Colour.RED,
            "Finding 2 is 3 days overdue",
        ),
        (
            replace(
                CASE, findings=(FindingFacts(id="f", number=2, deadline_on=day(-3), settled=True),)
            ),
            Colour.GREEN,
            None,
        ),
        (
            replace(CASE, findings=(FindingFacts(id="f", number=1, came_back=True),)),
            Colour.YELLOW,
            "Finding 1 came back",
        ),
        (
            replace(CASE, findings=(FindingFacts(id="f", number=1, extended=2),)),
            Colour.YELLOW,
            "Finding 1 was extended 2 times",
        ),
        (replace(CASE, steps=(step(3, until=-6, percent=95),)), Colour.YELLOW, "Step 3 is 6 days"),
        (replace(CASE, steps=(step(3, until=-12, percent=95),)), Colour.RED, "Step 3 is 12 days"),
        (replace(CASE, steps=(step(3, until=-12, done_on=day(-1)),)), Colour.GREEN, None),
        # Half the time is gone: 50 % are planned.
        (replace(CASE, steps=(step(1, -10, 10, percent=41),)), Colour.GREEN, None),
        (replace(CASE, steps=(step(1, -10, 10, percent=40),)), Colour.YELLOW, "10 percentage"),
        (replace(CASE, steps=(step(1, -10, 10, percent=30),)), Colour.RED, "20 percentage"),
        (replace(CASE, steps=(step(1, -10, 10, percent=30),), percent=45), Colour.GREEN, None),
        (
            replace(CASE, obstacles=(ObstacleFacts(since_on=day(-14), cause="缺图纸"),)),
            Colour.YELLOW,
            "Blocked for 14 days: 缺图纸",
        ),
        (
            replace(
                CASE,
                steps=(step(2),),
                obstacles=(ObstacleFacts(since_on=day(-15), cause="缺图纸", step_id="s2"),),
            ),
            Colour.RED,
            "Step 2 blocked for 15 days: 缺图纸",
        ),
        (replace(CASE, returns=2), Colour.YELLOW, "returned 2 times"),
        (replace(CASE, returns=3), Colour.RED, "returned 3 times"),
        (
            replace(
                CASE,
                targets=(
                    TargetFacts(metric="t", year=2025, target=Decimal(8), reading=Decimal(7)),
                ),
            ),
            Colour.YELLOW,
            "2025: 7, short of the target 8 by 13 %",
        ),
        (
            replace(
                CASE,
                targets=(
                    TargetFacts(metric="t", year=2025, target=Decimal(8), reading=Decimal("7.2")),
                ),
            ),
            Colour.GREEN,
            None,
        ),
    ],
)
def test_a_colour_follows_from_facts_and_says_why(
    facts: CaseFacts, colour: Colour, reason: str | None
) -> None:
    found = standing_of_case(facts, TERMS, TODAY)
    assert found.colour is colour
    if reason is None:
        assert found.reasons == ()
    else:
        assert reason in str(found.reasons[0])


def test_a_step_and_a_finding_have_colours_of_their_own() -> None:
    blocked = ObstacleFacts(since_on=day(-1), cause="停电", step_id="s1")
    on_track = step(1, -10, 10)
    assert standing_of_step(on_track, [], TERMS, TODAY).colour is Colour.GREEN
    assert standing_of_step(on_track, [blocked], TERMS, TODAY).colour is Colour.YELLOW
    elsewhere = replace(blocked, step_id="s2")
    assert standing_of_step(on_track, [elsewhere], TERMS, TODAY).colour is Colour.GREEN
    behind = replace(on_track, percent=20)
    found = standing_of_step(behind, [], TERMS, TODAY)
    assert (found.colour, found.percent, found.planned) == (Colour.RED, 20, 50)
    done = replace(on_track, done_on=day(-2))
    assert standing_of_step(done, [blocked], TERMS, TODAY).colour is Colour.BLUE
    settled = FindingFacts(id="f", number=1, settled=True, deadline_on=day(-2))
    assert standing_of_finding(settled, TERMS, TODAY).colour is Colour.BLUE
    late = replace(settled, settled=False)
    assert standing_of_finding(late, TERMS, TODAY).colour is Colour.RED


def test_a_number_of_0_turns_a_red_rule_off() -> None:
    off = ColourTerms(
        stuck_late_days=0, stuck_behind_points=0, stuck_blocked_days=0, stuck_returns=0
    )
    facts = replace(
        CASE,
        steps=(step(1, -90, -80),),
        obstacles=(ObstacleFacts(since_on=day(-99), cause="缺地"),),
        returns=9,
    )
    assert standing_of_case(facts, TERMS, TODAY).colour is Colour.RED
    assert standing_of_case(facts, off, TODAY).colour is Colour.YELLOW


def test_progress_is_the_steps_on_average_or_what_was_said_of_the_whole() -> None:
    """100, 50 and 0 make 50; planned of three steps 100, 50 and 0 as well."""
    steps = (
        step(1, -30, -20, done_on=day(-20)),
        step(2, -10, 10, percent=50),
        step(3, 5, 10),
    )
    assert progress(steps) == 50
    assert progress(steps, 60) == 60
    assert progress(steps, 20) == 50
    assert progress((), None) is None
    assert planned_progress(steps, TODAY) == 50
    assert planned_progress((step(1, None, 1),), TODAY) == 0
    assert planned_progress((step(1, None, 0),), TODAY) == 100
    assert planned_progress((StepFacts(id="s", number=1),), TODAY) is None


DAYS = st.integers(-60, 60)
STEPS = st.lists(
    st.builds(
        lambda start, length, percent, done: (start, start + length, percent, done),
        DAYS,
        st.integers(0, 40),
        st.none() | st.integers(0, 100),
        st.booleans(),
    ),
    max_size=6,
).map(
    lambda rows: tuple(
        step(
            number,
            start,
            until,
            percent=percent,
            done_on=day(min(until, 0)) if done else None,
        )
        for number, (start, until, percent, done) in enumerate(rows, 1)
    )
)
FINDINGS = st.lists(
    st.tuples(st.none() | DAYS, st.booleans(), st.booleans(), st.integers(0, 2)), max_size=4
).map(
    lambda rows: tuple(
        FindingFacts(
            id=f"f{number}",
            number=number,
            deadline_on=None if due is None else day(due),
            settled=settled,
            came_back=back,
            extended=extended,
        )
        for number, (due, settled, back, extended) in enumerate(rows, 1)
    )
)
FACTS = st.builds(
    CaseFacts,
    id=st.just("c"),
    stage=st.just("in_remedy"),
    due_on=st.none() | DAYS.map(day),
    findings=FINDINGS,
    steps=STEPS,
    obstacles=st.lists(
        st.builds(ObstacleFacts, since_on=st.integers(-40, 0).map(day), cause=st.just("缺地")),
        max_size=2,
    ).map(tuple),
    percent=st.none() | st.integers(0, 100),
    returns=st.integers(0, 4),
)
ORDER = [Colour.BLUE, Colour.GREEN, Colour.YELLOW, Colour.RED]


@given(FACTS)
def test_every_colour_but_green_and_blue_has_its_reason(facts: CaseFacts) -> None:
    found = standing_of_case(facts, TERMS, TODAY)
    assert (found.colour in (Colour.YELLOW, Colour.RED)) is bool(found.reasons)
    assert found.colour is not Colour.BLUE
    assert standing_of_case(replace(facts, ended=True), TERMS, TODAY).colour is Colour.BLUE


@given(FACTS, st.integers(1, 30))
def test_as_days_go_by_and_nothing_is_done_it_never_gets_better(
    facts: CaseFacts, days: int
) -> None:
    now = standing_of_case(facts, TERMS, TODAY).colour
    later = standing_of_case(facts, TERMS, TODAY + timedelta(days=days)).colour
    assert ORDER.index(later) >= ORDER.index(now)


@given(FACTS)
def test_a_case_is_no_better_than_any_of_its_findings_that_are_open(facts: CaseFacts) -> None:
    """Nor than a step that is late or blocked; only progress may be made up by other steps."""
    found = standing_of_case(facts, TERMS, TODAY).colour
    open_ones = [one for one in facts.findings if not one.settled]
    parts = [standing_of_finding(one, TERMS, TODAY).colour for one in open_ones]
    calm = replace(TERMS, behind_points=0, stuck_behind_points=0)
    parts += [standing_of_step(one, facts.obstacles, calm, TODAY).colour for one in facts.steps]
    assert ORDER.index(found) >= ORDER.index(worst(parts))


@given(FACTS)
def test_what_is_settled_or_done_takes_reasons_away_and_adds_none(facts: CaseFacts) -> None:
    done = replace(
        facts,
        findings=tuple(replace(one, settled=True) for one in facts.findings),
        steps=tuple(replace(one, done_on=TODAY) for one in facts.steps),
    )
    before = standing_of_case(facts, TERMS, TODAY).reasons
    assert set(standing_of_case(done, TERMS, TODAY).reasons) <= set(before)
