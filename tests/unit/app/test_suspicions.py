"""Suspicions accepted in a case or ruled out with a reason, and what the next screening says."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import open_case
from landsteward.app.checkups import (
    answer_item,
    finish_checkup,
    schedule_checkup,
    start_checkup,
)
from landsteward.app.findings import finding_from_item, move_finding
from landsteward.app.permits import edit_permit, permits_of, record_permit
from landsteward.app.preparation import preparation_sheet
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    edit_enterprise,
    edit_parcel,
    edit_supply,
    record_supply,
    record_year,
)
from landsteward.app.screening import FoundSuspicion, run_screening
from landsteward.app.suspicions import (
    accept_suspicion,
    dismiss_suspicion,
    take_dismissal_back,
)
from landsteward.domain.casework import Case
from landsteward.domain.errors import KnownError, RefusedMoveError
from landsteward.domain.screening import EnteredAt
from landsteward.domain.states import FindingMove, FindingOrigin, ItemOutcome, Production
from landsteward.packs.source import Packs
from tests.helpers.office import Office, open_office

DAY = date(2026, 3, 2)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """People at work under the shipped pack; their one supply is not completed."""
    opened = open_office(tmp_path, packs=Packs())
    yield opened
    opened.workspace.close()


@pytest.fixture
def case(office: Office) -> Case:
    return open_case(office.land_inspector, enterprise_id=office.enterprise.id, parcel_id=None)


def found(office: Office, key: str, on: date = DAY) -> FoundSuspicion | None:
    result = run_screening(office.land_inspector, on=on)
    return next((one for one in result.suspicions if one.suspicion.rule.key == key), None)


def dismissed(office: Office, key: str, reason: str = "已取得延期批复") -> FoundSuspicion:
    suspicion = found(office, key)
    assert suspicion is not None
    dismiss_suspicion(
        office.land_inspector,
        subject_id=suspicion.subject.id,
        rule_key=key,
        on=DAY,
        reason=reason,
    )
    again = found(office, key)
    assert again is not None
    return again


def test_a_dismissal_stands_with_its_reason_while_only_time_goes_by(office: Office) -> None:
    again = dismissed(office, "completion_overdue")
    assert again.stands
    assert not again.open
    assert again.dismissal is not None
    assert (again.dismissal.reason, again.dismissal.dismissed_on) == ("已取得延期批复", DAY)
    later = found(office, "completion_overdue", date(2026, 5, 1))
    assert later is not None
    assert later.stands


def test_changed_facts_open_it_again_and_say_what_was_said(office: Office) -> None:
    before = dismissed(office, "completion_overdue")
    edit_supply(
        office.administrator, contract_id=before.subject.id, agreed_completion_on=date(2024, 1, 1)
    )
    again = found(office, "completion_overdue")
    assert again is not None
    assert again.open
    assert not again.stands
    assert again.dismissal == before.dismissal


def test_grown_graver_it_is_another_suspicion(office: Office) -> None:
    """Grade D ruled out once; a second year of it is graver, so it is open again."""
    ctx = office.administrator
    record_year(ctx, enterprise_id=office.enterprise.id, year=2025, grade="D")
    assert dismissed(office, "grade_d").stands
    record_year(ctx, enterprise_id=office.enterprise.id, year=2024, grade="D")
    again = found(office, "grade_d")
    assert again is not None
    assert again.open


def test_a_reason_is_needed_and_a_dismissal_can_be_taken_back(office: Office) -> None:
    suspicion = found(office, "completion_overdue")
    assert suspicion is not None
    with pytest.raises(KnownError, match="reason"):
        dismiss_suspicion(
            office.land_inspector,
            subject_id=suspicion.subject.id,
            rule_key="completion_overdue",
            on=DAY,
            reason="  ",
        )
    with pytest.raises(RefusedMoveError, match="role"):
        dismiss_suspicion(
            office.reader,
            subject_id=suspicion.subject.id,
            rule_key="completion_overdue",
            on=DAY,
            reason="x",
        )
    again = dismissed(office, "completion_overdue")
    assert again.dismissal is not None
    take_dismissal_back(office.land_inspector, dismissal_id=again.dismissal.id)
    once_more = found(office, "completion_overdue")
    assert once_more is not None
    assert once_more.open


def test_accepted_on_site_it_is_a_finding_of_the_case_with_arithmetic_and_basis(
    office: Office, case: Case
) -> None:
    sheet = preparation_sheet(office.land_inspector, case_id=case.id)
    (one,) = [x for x in sheet.suspicions if x.suspicion.rule.key == "completion_overdue"]
    finding = accept_suspicion(
        office.land_inspector,
        case_id=case.id,
        subject_id=one.subject.id,
        rule_key="completion_overdue",
        on=sheet.on,
    )
    assert (finding.case_id, finding.origin) == (case.id, FindingOrigin.RULE)
    assert finding.rule_key == one.key
    assert "2023-09-01" in finding.description
    assert finding.bases == one.suspicion.explain().bases
    after = preparation_sheet(office.land_inspector, case_id=case.id)
    assert after.open == sheet.open - 1
    assert [x.id for _case, x in after.findings] == [finding.id]
    with pytest.raises(RefusedMoveError, match="already"):
        accept_suspicion(
            office.land_inspector,
            case_id=case.id,
            subject_id=one.subject.id,
            rule_key="completion_overdue",
            on=DAY,
        )
    with pytest.raises(RefusedMoveError, match="already"):
        dismiss_suspicion(
            office.land_inspector,
            case_id=case.id,
            subject_id=one.subject.id,
            rule_key="completion_overdue",
            on=DAY,
            reason="不属实",
        )


def test_what_is_missing_is_to_be_asked_once_with_all_rules_that_wait_for_it(
    office: Office, case: Case
) -> None:
    sheet = preparation_sheet(office.land_inspector, case_id=case.id)
    where = {(one.missing.at, str(one.missing)) for one in sheet.to_ask}
    assert (EnteredAt.ENTERPRISE, "whether it is producing is not recorded") in where
    assert (EnteredAt.CONSTRUCTION, "no construction progress is on record") in where
    shares = [one for one in sheet.to_ask if "floor area that counts" in str(one.missing)]
    assert [rule.key for rule in shares[0].rules] == ["plot_ratio_low"]
    assert {one.key for one in sheet.no_permit} == {one.key for one in sheet.pack.permits}
    edit_enterprise(
        office.administrator, enterprise_id=office.enterprise.id, production=Production.NORMAL
    )
    edit_parcel(office.administrator, parcel_id=office.parcel.id, ratio_floor_m2=Decimal(39_999))
    after = preparation_sheet(office.land_inspector, case_id=case.id)
    said = {str(one.missing) for one in after.to_ask}
    assert "whether it is producing is not recorded" not in said
    assert "plot_ratio_low" in {one.suspicion.rule.key for one in after.suspicions}


def test_only_this_enterprise_and_its_land_are_on_the_sheet(office: Office, case: Case) -> None:
    other = add_enterprise(office.administrator, name="另一家有限公司")
    land = add_parcel(office.administrator, name="别处", location="别处", land_use="工业用地")
    record_supply(
        office.administrator,
        parcel_id=land.id,
        holder_id=other.id,
        electronic_no="3416992023B00077",
        agreed_start_on=date(2020, 1, 1),
    )
    sheet = preparation_sheet(office.land_inspector, case_id=case.id)
    assert {one.subject.enterprise for one in sheet.suspicions} == {office.enterprise.name}
    assert [one.id for one in sheet.parcels] == [office.parcel.id]


def test_last_checkups_problems_are_on_the_next_sheet(office: Office, case: Case) -> None:
    ctx = office.land_inspector
    checkup = schedule_checkup(
        ctx, case_id=case.id, scheduled_on=DAY, departments=["natural_resources"]
    )
    start_checkup(ctx, checkup_id=checkup.id)
    for line in office.workspace.item_results.where(checkup_id=checkup.id):
        problem = line.item_key == "use_changed"
        answer_item(
            ctx,
            result_id=line.id,
            outcome=ItemOutcome.PROBLEM if problem else ItemOutcome.OK,
        )
        if problem:
            finding = finding_from_item(ctx, result_id=line.id)
    finish_checkup(ctx, checkup_id=checkup.id, representative="某某")
    move_finding(ctx, finding_id=finding.id, move=FindingMove.DISMISS, reason="已改正")
    close_case(office.land_lead, case_id=case.id)
    office.clock.pass_days(300)
    again = open_case(ctx, enterprise_id=office.enterprise.id, parcel_id=None)
    sheet = preparation_sheet(ctx, case_id=again.id)
    assert sheet.last_checkup is not None
    assert [one.item.key for one in sheet.problems] == ["use_changed"]


def test_permits_are_recorded_checked_and_listed_by_kind(office: Office) -> None:
    ctx = office.administrator
    key = office.enterprise.id
    later = record_permit(ctx, enterprise_id=key, kind="other", valid_to=date(2027, 1, 1))
    first = record_permit(ctx, enterprise_id=key)
    assert [one.id for one in permits_of(ctx, enterprise_id=key)] == [first.id, later.id]
    with pytest.raises(KnownError, match="no such kind"):
        edit_permit(ctx, permit_id=first.id, kind="passport")
    with pytest.raises(KnownError, match="end before"):
        edit_permit(ctx, permit_id=later.id, valid_from=date(2027, 1, 2))
    with pytest.raises(RefusedMoveError, match="role"):
        record_permit(office.reader, enterprise_id=key)


def test_an_expired_permit_is_suspected_by_its_own_law(office: Office) -> None:
    record_permit(
        office.administrator,
        enterprise_id=office.enterprise.id,
        kind="pollutant",
        number="证1",
        valid_to=date(2026, 3, 1),
    )
    suspicion = found(office, "pollutant_permit_expired")
    assert suspicion is not None
    document = suspicion.as_json()
    assert (document["enterprise"], document["parcel"]) == (office.enterprise.name, None)
    assert suspicion.subject.label == "证1"
    assert "排污许可管理条例" in str(document["legal_basis"])
