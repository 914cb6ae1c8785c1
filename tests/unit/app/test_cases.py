"""Opening, finding, closing and archiving cases."""

from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.case_closing import close_case
from landsteward.app.cases import case_by_number, contracts_of, list_cases, open_case
from landsteward.app.findings import move_finding, record_finding
from landsteward.app.register import add_enterprise, add_parcel, record_supply
from landsteward.domain.errors import RefusedMoveError
from landsteward.domain.states import (
    CaseOrigin,
    CaseStage,
    FindingMove,
    FindingOrigin,
    NextStep,
    Severity,
)
from tests.helpers.casework import assign, opened, reported
from tests.helpers.office import Office


def test_an_enterprise_has_one_open_case_at_a_time(office: Office) -> None:
    first = opened(office)
    with pytest.raises(RefusedMoveError, match=first.case_no):
        opened(office)
    other = add_enterprise(office.carrier, name="另一家示例公司")
    second = open_case(office.carrier, enterprise_id=other.id, parcel_id=None)
    assert second.case_no == "体检〔2026〕2号"
    assert second.parcel_id is None


def test_numbers_begin_again_each_year(office: Office) -> None:
    opened(office)
    office.clock.go_to(date(2027, 1, 4))
    other = add_enterprise(office.carrier, name="另一家示例公司")
    case = open_case(office.carrier, enterprise_id=other.id, parcel_id=None)
    assert case.case_no == "体检〔2027〕1号"


def test_a_refused_case_uses_up_no_number(office: Office) -> None:
    with pytest.raises(RefusedMoveError, match="needs an enterprise or a parcel"):
        open_case(office.carrier, enterprise_id=None, parcel_id=None)
    for nobody in (office.consultant, office.reader):
        with pytest.raises(RefusedMoveError, match="role"):
            open_case(nobody, enterprise_id=office.enterprise.id, parcel_id=None)
    assert opened(office).case_no == "体检〔2026〕1号"


def test_a_parcel_of_unknown_holder_can_have_a_case(office: Office) -> None:
    parcel = add_parcel(office.carrier, name="示例路2号地块")
    case = open_case(
        office.carrier, enterprise_id=None, parcel_id=parcel.id, origin=CaseOrigin.SCREENING
    )
    assert case.enterprise_id is None
    with pytest.raises(RefusedMoveError, match=case.case_no):
        open_case(office.carrier, enterprise_id=None, parcel_id=parcel.id)


@pytest.mark.parametrize(
    "typed",
    [
        "体检〔2026〕1号",
        "体检[2026]1号",
        "体检(2026)1号",
        "体检（2026）1号",
        " 体检【２０２６】1号 ",
    ],
)
def test_case_numbers_are_understood_as_they_are_typed(office: Office, typed: str) -> None:
    case = opened(office)
    assert case_by_number(office.reader, case_no=typed).id == case.id


def test_an_unknown_case_number_says_what_to_do(office: Office) -> None:
    with pytest.raises(RefusedMoveError, match="体检〔2020〕9号") as refused:
        case_by_number(office.reader, case_no="体检〔2020〕9号")
    assert refused.value.remedy is not None


def test_the_latest_contract_by_signing_counts_not_the_latest_typed_in(office: Office) -> None:
    record_supply(
        office.carrier,
        parcel_id=office.parcel.id,
        holder_id=office.enterprise.id,
        signed_on=date(2009, 1, 1),
        area_m2=Decimal(100),
        plot_ratio_min=Decimal("0.5"),
    )
    supply, output = contracts_of(office.reader, opened(office))
    assert supply is not None
    assert supply.plot_ratio_min == Decimal("1.0")
    assert output is None


def test_an_open_finding_holds_the_case(office: Office) -> None:
    case, (draft,) = reported(office, "start")
    with pytest.raises(RefusedMoveError, match="1 findings are not closed yet"):
        close_case(office.land_lead, case_id=case.id)
    move_finding(
        office.land_lead, finding_id=draft.id, move=FindingMove.DISMISS, reason="核实无此问题"
    )
    assert close_case(office.land_lead, case_id=case.id).stage is CaseStage.CLOSED


def test_a_closed_case_takes_no_new_findings(office: Office) -> None:
    case, _ = reported(office)
    close_case(office.land_lead, case_id=case.id)
    with pytest.raises(RefusedMoveError, match="new case"):
        record_finding(
            office.land_inspector,
            case_id=case.id,
            origin=FindingOrigin.MANUAL,
            department="ecology",
            severity=Severity.MAJOR,
            title="新问题",
        )
    assert opened(office).case_no == "体检〔2026〕2号"


def test_the_list_says_what_comes_next(office: Office) -> None:
    case, (draft, _) = reported(office, "start", "noise")
    assign(office.land_lead, draft)
    other = add_enterprise(office.carrier, name="另一家示例公司")
    open_case(office.carrier, enterprise_id=other.id, parcel_id=None)
    first, second = list_cases(office.reader)
    assert (first.case.id, first.open_findings, first.next_step) == (
        case.id,
        2,
        NextStep.CONFIRM_FINDINGS,
    )
    assert second.enterprise == other
    assert second.next_step is NextStep.SCHEDULE_CHECKUP
