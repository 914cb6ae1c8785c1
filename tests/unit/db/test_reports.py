from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from db.timeline import Entry, timeline
from landsteward.app.views import BoardColour, ListKind
from landsteward.domain.casework import Case, Checkup, ItemResult
from landsteward.domain.findings import Finding, FindingEvent
from landsteward.domain.lifecycle import SETTLED_FINDING_STATES
from landsteward.domain.register import Enterprise, SupplyContract
from landsteward.domain.states import CaseStage, FindingOrigin, FindingState, ItemOutcome, Severity
from tests.unit.db.conftest import ACTOR, Desk

TODAY = date(2026, 6, 1)
SOON = date(2026, 6, 8)


def finding(desk: Desk, case: Case, state: FindingState, deadline: date | None) -> Finding:
    record = Finding(
        id=desk.key("f"),
        case_id=case.id,
        finding_no=desk.workspace.findings.count(case_id=case.id) + 1,
        origin=FindingOrigin.MANUAL,
        department="natural_resources",
        severity=Severity.ORDINARY,
        title="问题",
        state=state,
        deadline_on=deadline,
    )
    with desk.change():
        desk.workspace.findings.add(record)
    return record


@pytest.mark.parametrize(
    ("stage", "due", "state", "deadline", "colour"),
    [
        (CaseStage.CLOSED, "2020-01-01", None, None, BoardColour.BLUE),
        (CaseStage.ARCHIVED, None, None, None, BoardColour.BLUE),
        (CaseStage.REGISTERED, None, None, None, BoardColour.GREEN),
        (CaseStage.SCHEDULED, "2026-05-31", None, None, BoardColour.RED),
        (CaseStage.SCHEDULED, "2026-06-01", None, None, BoardColour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-05-31", BoardColour.RED),
        (CaseStage.IN_REMEDY, None, FindingState.CLOSED, "2026-05-31", BoardColour.GREEN),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-06-08", BoardColour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, "2026-06-09", BoardColour.GREEN),
        (CaseStage.IN_REMEDY, None, FindingState.RETURNED, "2026-12-31", BoardColour.YELLOW),
        (CaseStage.IN_REMEDY, None, FindingState.RECTIFYING, None, BoardColour.GREEN),
    ],
)
def test_colours_follow_from_deadlines(
    desk: Desk,
    stage: CaseStage,
    due: str | None,
    state: FindingState | None,
    deadline: str | None,
    colour: BoardColour,
) -> None:
    case = desk.case("体检〔2026〕1号", stage=stage, due_on=due and date.fromisoformat(due))
    if state is not None:
        finding(desk, case, state, deadline and date.fromisoformat(deadline))  # type: ignore[arg-type]
    (row,) = desk.workspace.reports.board(TODAY, soon=SOON)
    assert (row.stage, row.colour, row.count) == (stage, colour, 1)


def test_how_soon_is_soon_is_said_by_who_asks(desk: Desk) -> None:
    desk.case("体检〔2026〕1号", stage=CaseStage.SCHEDULED, due_on=TODAY + timedelta(days=20))
    for days, colour in ((19, BoardColour.GREEN), (20, BoardColour.YELLOW)):
        (row,) = desk.workspace.reports.board(TODAY, soon=TODAY + timedelta(days=days))
        assert row.colour is colour


@pytest.mark.parametrize("state", FindingState)
def test_what_holds_a_case_open_is_what_the_lifecycle_says(desk: Desk, state: FindingState) -> None:
    case = desk.case("体检〔2026〕1号", stage=CaseStage.IN_REMEDY)
    finding(desk, case, state, date(2026, 5, 1))
    (row,) = desk.workspace.reports.board(TODAY, soon=SOON)
    settled = state in SETTLED_FINDING_STATES
    assert (row.colour is BoardColour.RED) is not settled
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
    assert desk.workspace.reports.board(TODAY, soon=SOON)[0].colour is BoardColour.YELLOW


def test_the_board_goes_by_stages(desk: Desk) -> None:
    for number, stage in enumerate((*CaseStage, CaseStage.REGISTERED)):
        desk.case(f"体检〔2026〕{number}号", stage=stage)
    rows = desk.workspace.reports.board(TODAY, soon=SOON)
    assert [row.stage for row in rows] == [stage.value for stage in CaseStage]
    assert rows[0].count == 2


def test_imports_ask_for_what_is_known(desk: Desk) -> None:
    reports = desk.workspace.reports
    first, second = desk.enterprise("甲公司"), desk.enterprise("乙公司")
    with desk.change():
        twin = Enterprise(id="twin", name="甲公司", name_key="甲公司")
        desk.workspace.enterprises.add(twin)
    assert reports.enterprises_by_name_key(["甲公司", "乙公司", "丙"]) == {
        "甲公司": [first, twin],
        "乙公司": [second],
    }
    assert reports.enterprises_by_id([second.id, "gone"]) == {second.id: second}
    parcel = desk.parcel("一号")
    supply = SupplyContract(id="s-1", parcel_id=parcel.id, identity='a"b')
    with desk.change():
        desk.workspace.supply_contracts.add(supply)
    assert reports.supplies_by_identity(['a"b', "c"]) == {'a"b': supply}
    assert reports.supplies_by_identity([]) == {}
    signed = replace(supply, id="s-2", identity="d", signed_on=date(2021, 3, 15))
    with desk.change():
        desk.workspace.supply_contracts.add(signed)
    assert reports.supplies_signed_on([date(2021, 3, 15), date(2021, 3, 16)]) == [signed]
    assert reports.supplies_signed_on([None, date(2021, 3, 15)]) == [supply, signed]


def test_parcels_are_found_by_key_and_by_number(desk: Desk) -> None:
    reports = desk.workspace.reports
    first = desk.parcel("一号", electronic_no="3416022007B00552")
    desk.parcel("二号", electronic_no="3416022007B00552")
    assert reports.parcels_by_id([first.id, "gone"]) == {first.id: first}
    found = reports.parcels_by_electronic_no(["3416022007B00552", "x"])
    assert found == {"3416022007B00552": first}


def test_the_timeline_tells_what_happened_newest_first(desk: Desk) -> None:
    case = desk.case("体检〔2026〕1号")
    desk.case("体检〔2026〕2号")
    with desk.change():
        desk.workspace.checkups.add(
            Checkup(id="k-1", case_id=case.id, pack="test", pack_version="1", departments=("a",))
        )
        desk.workspace.item_results.add_many(
            ItemResult(
                id=f"i-{number}", checkup_id="k-1", item_key=f"item-{number}", department="a"
            )
            for number in range(3)
        )
    with desk.change():
        desk.workspace.cases.save(replace(case, stage=CaseStage.SCHEDULED))
    result = desk.workspace.item_results.get("i-1")
    with desk.change():
        desk.workspace.item_results.save(replace(result, outcome=ItemOutcome.OK))
    with desk.change():
        desk.workspace.item_results.save(replace(result, outcome=ItemOutcome.OK, note="看过"))
    problem = finding(desk, case, FindingState.DRAFT, None)
    with desk.change():
        desk.workspace.finding_events.add(
            FindingEvent(
                id="v-1",
                finding_id=problem.id,
                at=desk.moment,
                actor_id=ACTOR,
                move="confirm",
                from_state=FindingState.DRAFT,
                to_state=FindingState.CONFIRMED,
            )
        )
        desk.workspace.findings.save(replace(problem, state=FindingState.CONFIRMED))
    told = desk.workspace.reports.timeline(case.id)
    assert [(one.table, one.action, one.fields, one.summary) for one in told] == [
        ("finding_events", "add", (), "confirm"),
        ("findings", "add", (), "问题"),
        ("item_results", "change", ("outcome", "note"), ""),
        ("cases", "change", ("stage",), "scheduled"),
        ("item_results", "add", (), "3"),
        ("checkups", "add", (), ""),
        ("cases", "add", (), "体检〔2026〕1号"),
    ]
    assert {one.actor for one in told} == {"张三"}
    assert told[0].at == desk.moment


def test_answers_of_one_sitting_are_told_once() -> None:
    def answer(second: int, item: str) -> Entry:
        at = datetime(2026, 3, 4, 9, tzinfo=UTC) + timedelta(seconds=second)
        after = '{"outcome":"ok"}'
        return Entry(at.isoformat(), "张三", "item_results", "change", item, "{}", after)

    (told,) = timeline([answer(0, "i-1"), answer(9, "i-2"), answer(20, "i-1"), answer(30, "i-3")])
    assert (told.fields, told.summary) == (("outcome",), "3")


def test_what_lies_apart_in_time_is_told_apart() -> None:
    def change(minute: int, value: str, actor: str = "张三") -> Entry:
        at = datetime(2026, 3, 4, 9, tzinfo=UTC) + timedelta(minutes=minute)
        return Entry(at.isoformat(), actor, "cases", "change", "c", '{"a":0}', f'{{"a":"{value}"}}')

    told = timeline([change(0, "x"), change(9, "y"), change(18, "z"), change(40, "w")])
    assert [one.summary for one in told] == ["w", "z"]
    told = timeline([change(0, "x"), change(1, "y", actor="李四")])
    assert [one.actor for one in told] == ["李四", "张三"]
    (told_long,) = timeline([change(0, "长" * 100)])
    assert len(told_long.summary) == 60
