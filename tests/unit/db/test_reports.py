from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from db.timeline import Entry, timeline
from landsteward.domain.casework import Checkup, ItemResult
from landsteward.domain.findings import FindingEvent
from landsteward.domain.register import Enterprise, SupplyContract
from landsteward.domain.states import CaseStage, FindingState, ItemOutcome
from tests.unit.db.conftest import ACTOR, Desk, finding


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
