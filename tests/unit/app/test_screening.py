"""Screening the register, and the one step from a suspicion to a case."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.cases import open_case
from landsteward.app.checkups import (
    answer_item,
    checkup_sheet,
    finish_checkup,
    schedule_checkup,
    start_checkup,
)
from landsteward.app.findings import finding_from_item, move_finding, record_finding
from landsteward.app.language import Language, current_language, use_language
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    edit_parcel,
    record_progress,
    record_supply,
)
from landsteward.app.screening import (
    FoundSuspicion,
    ScreeningResult,
    run_screening,
    screen_some,
    suspicion_key,
)
from landsteward.app.suspicions import OpenedSuspicion, open_case_from_suspicion
from landsteward.domain.errors import RecordNotFoundError, RefusedMoveError
from landsteward.domain.predicates import PREDICATES
from landsteward.domain.register import Enterprise, SupplyContract
from landsteward.domain.screening import About
from landsteward.domain.states import (
    CaseOrigin,
    CaseStage,
    Disposal,
    FindingMove,
    FindingOrigin,
    FindingState,
    ItemOutcome,
    Severity,
)
from landsteward.packs.source import Packs
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import ECOLOGY, LAND

DAY = date(2026, 3, 2)
KEYS = ("enterprise", "parcel", "electronic_no", "rule", "severity", "facts", "legal_basis")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """People at work under the shipped pack; their one supply started but is not completed."""
    opened = open_office(tmp_path, packs=Packs())
    yield opened
    opened.workspace.close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences in their source language."""
    before = current_language()
    use_language(Language.ENGLISH)
    yield
    use_language(before)


def supply(
    office: Office, *, holder: Enterprise | None = None, name: str = "2号地块", **terms: object
) -> SupplyContract:
    """A further supply, by default due to start in mid-2024 and never started."""
    ctx = office.administrator
    parcel = add_parcel(ctx, name=name, location=f"示例{name}", land_use="工业用地")
    kept: dict[str, object] = {
        "electronic_no": "3416992023B00021",
        "area_m2": Decimal(30000),
        "signed_on": date(2023, 9, 1),
        "agreed_start_on": date(2024, 6, 1),
        "agreed_completion_on": date(2026, 6, 1),
    }
    return record_supply(
        ctx,
        parcel_id=parcel.id,
        holder_id=holder.id if holder else None,
        **(kept | terms),  # type: ignore[arg-type]
    )


def second_enterprise(office: Office) -> Enterprise:
    return add_enterprise(office.administrator, name="样例食品有限公司")


def screened(office: Office, on: date = DAY) -> ScreeningResult:
    return run_screening(office.land_inspector, on=on)


def by_rule(result: ScreeningResult, key: str) -> list[FoundSuspicion]:
    return [found for found in result.suspicions if found.suspicion.rule.key == key]


def opened(office: Office, contract: SupplyContract, on: date = DAY) -> OpenedSuspicion:
    return open_case_from_suspicion(
        office.land_inspector, subject_id=contract.id, rule_key="idle_not_started", on=on
    )


def test_suspicions_name_the_supply_and_come_gravest_first(office: Office) -> None:
    holder = second_enterprise(office)
    contract = supply(office, holder=holder, agreed_start_on=date(2023, 10, 1))
    result = screened(office)
    assert [
        (found.suspicion.rule.key, found.suspicion.severity) for found in result.suspicions
    ] == [
        ("idle_not_started", Severity.MAJOR),
        ("completion_overdue", Severity.ORDINARY),
    ]
    found = result.suspicions[0].subject
    assert (found.id, found.parcel_id) == (contract.id, contract.parcel_id)
    assert (found.enterprise_id, found.enterprise) == (holder.id, holder.name)
    assert (found.parcel, found.electronic_no) == ("2号地块", "3416992023B00021")


def test_every_supply_is_accounted_for_under_every_rule_in_force(office: Office) -> None:
    supply(office, holder=None, agreed_start_on=None)
    result = screened(office)
    assert result.looked_at[About.SUPPLY] == 2
    abouts = {one.key: PREDICATES[one.predicate].about for one in Packs().current().rules}
    for key, others in result.not_suspected.items():
        unjudged = sum(len(one.subjects) for one in result.cannot_judge if one.rule.key == key)
        whole = others + unjudged + len(by_rule(result, key))
        assert whole == result.looked_at[abouts[key]]
    reasons = {
        (one.rule.key, str(one.missing), len(one.subjects))
        for one in result.cannot_judge
        if abouts[one.rule.key] is About.SUPPLY
    }
    assert reasons == {
        (
            "idle_not_started",
            "no start date was agreed and the actual delivery of the land is not recorded",
            1,
        ),
        ("idle_suspended", "no construction progress is on record", 2),
    }


def test_on_a_day_before_the_law_nothing_rests_on_it(office: Office) -> None:
    supply(office, signed_on=date(2006, 1, 1), agreed_start_on=date(2007, 1, 1))
    result = screened(office, date(2010, 1, 1))
    idle = {rule.key for rule, because in result.idle if "in force" in str(because)}
    assert {"idle_not_started", "idle_suspended", "large_unphased"} <= idle
    assert "completion_overdue" not in idle
    assert by_rule(result, "idle_not_started") == []
    assert len(by_rule(screened(office, date(2012, 7, 1)), "idle_not_started")) == 1


def test_an_earlier_look_counts_where_the_last_one_came_after_the_day(office: Office) -> None:
    contract = supply(office, actual_start_on=date(2024, 6, 1))
    shares = {"area_to_develop_m2": Decimal(900), "developed_area_m2": Decimal(100)}
    for seen, stopped in ((date(2025, 10, 1), date(2024, 9, 1)), (date(2026, 2, 1), None)):
        record_progress(
            office.administrator,
            parcel_id=contract.parcel_id,
            observed_on=seen,
            suspended_since=stopped,
            **shares,  # type: ignore[arg-type]
        )
    assert by_rule(screened(office, DAY), "idle_suspended") == []
    (found,) = by_rule(screened(office, date(2025, 12, 1)), "idle_suspended")
    assert found.subject.id == contract.id


def test_the_document_of_the_command_line(office: Office) -> None:
    supply(office, holder=None, area_m2=Decimal("80000.5"))
    document = json.loads(json.dumps(screened(office).as_json(), ensure_ascii=False))
    assert [tuple(entry) for entry in document] == [KEYS] * 3
    idle = document[0]
    assert (idle["enterprise"], idle["parcel"], idle["severity"]) == (None, "2号地块", 2)
    assert idle["facts"]["agreed_start_on"] == "2024-06-01"
    assert idle["facts"]["full_years_overdue"] == 1
    assert idle["legal_basis"][1] == {
        "law": "闲置土地处置办法",
        "article": "第十四条",
        "version": "国土资源部令第53号",
        "valid_from": "2012-07-01",
        "valid_to": None,
    }
    assert document[2]["facts"]["area_m2"] == 80000.5


def test_the_summary_says_that_everything_is_only_suspected(office: Office) -> None:
    supply(office)
    result = screened(office, date(2013, 1, 1))
    summary = [str(sentence) for sentence in result.summary()]
    assert summary[0].endswith("to be verified.")
    assert any("no legal basis is in force on 2013-01-01" in sentence for sentence in summary)
    assert len(list(screened(office).lines())) == len(screened(office).suspicions)


def test_progress_ends_at_the_number_of_supplies_and_may_stop_the_run(office: Office) -> None:
    told: list[tuple[int, int]] = []
    run_screening(
        office.land_inspector, on=DAY, progress=lambda done, total: told.append((done, total))
    )
    assert told[-1] == (2, 2)

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run_screening(office.land_inspector, on=DAY, progress=stop)


def test_only_those_who_may_screen_do(office: Office) -> None:
    for ctx in (office.consultant, office.reader):
        with pytest.raises(RefusedMoveError, match="role"):
            run_screening(ctx, on=DAY)


def test_one_action_makes_a_case_with_a_finding_that_says_everything(office: Office) -> None:
    contract = supply(office, holder=second_enterprise(office))
    result = opened(office, contract)
    finding = result.finding
    assert not result.added
    assert (result.case.origin, result.case.stage) == (CaseOrigin.SCREENING, CaseStage.REGISTERED)
    assert result.case.parcel_id == contract.parcel_id
    assert (finding.origin, finding.state) == (FindingOrigin.RULE, FindingState.DRAFT)
    assert finding.severity is Severity.SERIOUS
    assert finding.title == "疑似超过动工期限满一年未动工"
    assert "3416992023B00021" in finding.description
    # It is printed, so it is Chinese although the window speaks English here.
    assert "自2024-06-01至2026-03-02，共639天，满1年" in finding.description
    assert "须核实" in finding.description
    assert [basis.article for basis in finding.bases] == ["第二条", "第十四条"]
    assert finding.demand
    assert finding.deadline_on == date(2026, 4, 1)
    assert finding.rule_key == suspicion_key("idle_not_started", contract.id)
    assert office.workspace.findings.get(finding.id) == finding


def test_the_item_that_asks_the_same_makes_no_second_finding(office: Office) -> None:
    contract = supply(office, holder=second_enterprise(office))
    result = opened(office, contract)
    ctx = office.land_inspector
    checkup = schedule_checkup(ctx, case_id=result.case.id, scheduled_on=ctx.today())
    start_checkup(ctx, checkup_id=checkup.id)
    for item in ctx.packs.current().items:
        line = ctx.workspace.item_results.first(checkup_id=checkup.id, item_key=item.key)
        if line is not None:
            problem = item.key == "start_overdue_1y"
            outcome = ItemOutcome.PROBLEM if problem else ItemOutcome.OK
            answer_item(ctx, result_id=line.id, outcome=outcome)
    same = ctx.workspace.item_results.first(checkup_id=checkup.id, item_key="start_overdue_1y")
    assert same is not None
    with pytest.raises(RefusedMoveError, match="finding 1 already"):
        finding_from_item(ctx, result_id=same.id)
    lines = {
        line.item.key: line.finding
        for section in checkup_sheet(ctx, checkup_id=checkup.id).sections
        for line in section.items
    }
    assert lines["start_overdue_1y"] == result.finding
    assert lines["use_changed"] is None
    finish_checkup(ctx, checkup_id=checkup.id, representative="某某")


def test_a_supply_without_a_holder_makes_a_case_of_its_parcel(office: Office) -> None:
    contract = supply(office)
    case = opened(office, contract).case
    assert (case.enterprise_id, case.parcel_id) == (None, contract.parcel_id)


def test_a_hint_only_advises(office: Office) -> None:
    contract = supply(office, area_m2=Decimal(90000))
    result = open_case_from_suspicion(
        office.carrier, subject_id=contract.id, rule_key="large_unphased", on=DAY
    )
    assert result.finding.disposal is Disposal.ADVISE


def test_an_open_case_of_the_holder_gets_the_finding(office: Office) -> None:
    holder = second_enterprise(office)
    first = opened(office, supply(office, holder=holder))
    other = supply(office, holder=holder, name="3号地块", electronic_no="3416992023B00022")
    second = opened(office, other)
    assert second.added
    assert second.case.id == first.case.id
    assert second.finding.finding_no == 2
    assert "3号地块" in second.finding.description


def test_the_same_suspicion_twice_is_refused_and_the_list_says_so(office: Office) -> None:
    contract = supply(office)
    first = opened(office, contract)
    with pytest.raises(RefusedMoveError, match="finding 1 already") as caught:
        opened(office, contract)
    assert caught.value.where == first.case.case_no
    (found,) = by_rule(screened(office), "idle_not_started")
    assert found.finding_id == first.finding.id
    assert office.workspace.findings.count() == 1


def test_a_dismissed_suspicion_comes_back_only_when_it_has_grown_graver(office: Office) -> None:
    contract = supply(office)
    first = opened(office, contract)
    move_finding(
        office.land_inspector,
        finding_id=first.finding.id,
        move=FindingMove.DISMISS,
        reason="因政府原因延期",
    )
    with pytest.raises(RefusedMoveError, match="dealt with as finding 1"):
        opened(office, contract)
    office.clock.go_to(date(2026, 6, 1))
    again = opened(office, contract, on=date(2026, 6, 1))
    assert again.finding.severity is Severity.MAJOR


def test_a_suspicion_that_no_longer_stands_is_refused(office: Office) -> None:
    contract = supply(office, actual_start_on=date(2024, 6, 1))
    with pytest.raises(RefusedMoveError, match="no longer stands"):
        opened(office, contract)
    assert office.workspace.cases.count() == 0


def test_a_rule_the_pack_does_not_have_is_refused(office: Office) -> None:
    contract = supply(office)
    with pytest.raises(RecordNotFoundError, match="no rule"):
        open_case_from_suspicion(
            office.land_inspector, subject_id=contract.id, rule_key="greedy", on=DAY
        )


def test_who_may_not_open_cases_is_refused_and_nothing_is_kept(office: Office) -> None:
    contract = supply(office)
    for ctx in (office.consultant, office.reader):
        with pytest.raises(RefusedMoveError, match="role"):
            open_case_from_suspicion(
                ctx, subject_id=contract.id, rule_key="idle_not_started", on=DAY
            )
    assert office.workspace.cases.count() == office.workspace.findings.count() == 0


def test_before_its_supply_nothing_was_built_on_a_parcel(office: Office) -> None:
    edit_parcel(office.administrator, parcel_id=office.parcel.id, footprint_m2=Decimal(1))
    assert len(by_rule(screened(office), "coefficient_low")) == 1
    assert by_rule(screened(office, date(2021, 2, 28)), "coefficient_low") == []


def test_an_open_grave_finding_of_safety_or_environment_makes_its_land_inefficient(
    office: Office,
) -> None:
    """利辛 (`domain.md` §5): fails safety or environment. A draft says nothing yet, a finding that
    was ended nothing any more, one of another department nothing about it.
    """
    ctx = office.ecology_lead
    case = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    assert not by_rule(screened(office), "low_efficiency")
    for department, title in ((LAND, "擅自改变用途"), (ECOLOGY, "超标排放")):
        finding = record_finding(
            ctx,
            case_id=case.id,
            origin=FindingOrigin.MANUAL,
            department=department,
            severity=Severity.MAJOR,
            title=title,
        )
        assert not by_rule(screened(office), "low_efficiency")
        move_finding(ctx, finding_id=finding.id, move=FindingMove.CONFIRM)
    (found,) = by_rule(screened(office), "low_efficiency")
    explained = found.suspicion.explain()
    assert found.subject.parcel_id == office.parcel.id
    assert dict(explained.facts)["criterion_fails_safety_or_environment"] is True
    assert "1 open finding(s): 超标排放." in [str(one) for one in explained.arithmetic]
    (alone,) = [
        one
        for one in screen_some(
            ctx, pack=ctx.pack(), on=DAY, parcel_ids=[office.parcel.id], enterprise_ids=[]
        ).suspicions
        if one.suspicion.rule.key == "low_efficiency"
    ]
    assert alone.key == found.key
    move_finding(ctx, finding_id=finding.id, move=FindingMove.TERMINATE, reason="复测达标")
    assert not by_rule(screened(office), "low_efficiency")
