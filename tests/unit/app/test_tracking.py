"""What is followed: steps and findings under way, each with its colour, narrowed by it."""

from datetime import timedelta

from landsteward.app.follow_ups import complete_step, record_follow_up
from landsteward.app.list_filters import choices_of, without_each
from landsteward.app.listed import listed_ids, listed_rows
from landsteward.app.obstacles import report_obstacle
from landsteward.app.plan_reading import plan_sheet
from landsteward.app.views import Facet, Flag, ListFilter, ListKind, Sort
from landsteward.domain.colours import Colour
from tests.helpers.casework import assign, rectifying, reported
from tests.helpers.office import Office

TRACKING = ListKind.TRACKING
BY_DAY = Sort(column="next_on")


def listed(office: Office, wanted: ListFilter | None = None) -> list[tuple[object, ...]]:
    ctx = office.land_lead
    ids = listed_ids(ctx, kind=TRACKING, wanted=wanted or ListFilter(), sort=BY_DAY)
    rows = listed_rows(ctx, kind=TRACKING, ids=ids)
    return [tuple(row.cells[name] for name in ("kind", "title", "colour")) for row in rows]


def test_steps_and_findings_under_way_stand_with_their_colours(office: Office) -> None:
    """The step is due in 20 days, the findings in 30: after 25 one is late, the others near."""
    case, findings, plan = rectifying(office, "start", "permit")
    (step,) = plan_sheet(office.reader, plan_id=plan.id).steps
    record_follow_up(
        office.consultant,
        case_id=case.id,
        happened_on=office.clock.today(),
        content="递交",
        percent=35,
        step_id=step.id,
    )
    titles = [one.title for one in findings]
    assert listed(office) == [
        ("step", step.title, "green"),
        *(("finding", title, "green") for title in titles),
    ]
    office.clock.pass_days(25)
    assert listed(office) == [
        ("step", step.title, "yellow"),
        *(("finding", title, "yellow") for title in titles),
    ]
    (row,) = listed_rows(office.land_lead, kind=TRACKING, ids=[step.id])
    assert (row.cells["percent"], row.cells["planned"]) == (35, 100)
    assert row.cells["why"] == "第1步逾期5天"
    report_obstacle(
        office.consultant,
        case_id=case.id,
        step_id=step.id,
        cause="停电",
        since_on=office.clock.today() - timedelta(days=20),
        must_act="供电所",
    )
    assert listed(office, ListFilter(chosen={Facet.COLOUR: (Colour.RED,)})) == [
        ("step", step.title, "red")
    ]
    today = office.clock.today()
    late = ListFilter(chosen={Facet.FLAG: (Flag.OVERDUE,), Facet.KIND: ("step",)}, on=today)
    assert listed(office, late) == [("step", step.title, "red")]
    nothing = ListFilter(chosen={Facet.KIND: ("finding",), Facet.COLOUR: (Colour.RED,)})
    assert listed(office, nothing) == []
    ways = without_each(office.land_lead, kind=TRACKING, wanted=nothing, sort=BY_DAY)
    assert {one.part: one.count for one in ways} == {Facet.KIND: 1, Facet.COLOUR: 2}
    complete_step(office.consultant, step_id=step.id, done_on=today)
    assert [one[0] for one in listed(office)] == ["finding", "finding"]


def test_cases_are_narrowed_by_the_same_colours(office: Office) -> None:
    case, drafts = reported(office, "start")
    assign(office.land_lead, drafts[0], days=10)
    ctx = office.land_lead
    choices = choices_of(ctx, kind=ListKind.CASES)
    assert [one.value for one in choices[Facet.COLOUR]] == list(Colour)
    sort = Sort(column="case_no")
    for days, colour in ((0, Colour.GREEN), (5, Colour.YELLOW), (6, Colour.RED)):
        office.clock.pass_days(days)
        for one in Colour:
            wanted = ListFilter(chosen={Facet.COLOUR: (one,)})
            ids = listed_ids(ctx, kind=ListKind.CASES, wanted=wanted, sort=sort)
            assert ids == ([case.id] if one is colour else [])
