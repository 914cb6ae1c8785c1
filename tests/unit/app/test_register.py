"""The register by hand: checks, twins, dates that cannot be, and what the sheets gather."""

from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.chronicle import enterprise_happenings
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    edit_enterprise,
    edit_output_contract,
    edit_parcel,
    edit_supply,
    record_output_contract,
    record_progress,
    record_supply,
    record_year,
)
from landsteward.app.register_sheets import parcel_sheet
from landsteward.domain.errors import KnownError, RefusedMoveError
from tests.helpers.office import Office, credit_code

UNIT = "341602001001GB00001W00000000"


def test_a_parcel_is_edited_and_its_unit_code_checked(office: Office) -> None:
    ctx = office.administrator
    edited = edit_parcel(ctx, parcel_id=office.parcel.id, unit_code=UNIT, land_use="工业用地")
    assert office.workspace.parcels.get(office.parcel.id) == edited
    with pytest.raises(KnownError):
        edit_parcel(ctx, parcel_id=office.parcel.id, unit_code="341602")
    assert office.workspace.parcels.get(office.parcel.id).unit_code == UNIT


def test_two_parcels_cannot_share_a_unit_code(office: Office) -> None:
    ctx = office.administrator
    edit_parcel(ctx, parcel_id=office.parcel.id, unit_code=UNIT)
    other = add_parcel(ctx, name="二号地块")
    with pytest.raises(RefusedMoveError):
        edit_parcel(ctx, parcel_id=other.id, unit_code=UNIT)


def test_a_parcel_keeps_a_name(office: Office) -> None:
    with pytest.raises(KnownError):
        edit_parcel(office.administrator, parcel_id=office.parcel.id, name="  ")


def test_an_enterprise_cannot_take_anothers_code(office: Office) -> None:
    ctx = office.administrator
    other = add_enterprise(ctx, name="示例纺织厂", uscc=credit_code("91341699MA8EXA02"))
    with pytest.raises(RefusedMoveError):
        edit_enterprise(ctx, enterprise_id=other.id, uscc=office.enterprise.uscc)
    assert edit_enterprise(ctx, enterprise_id=other.id, uscc="").uscc is None


@pytest.mark.parametrize(
    "changes",
    [
        {"actual_start_on": date(2031, 1, 1)},
        {"actual_completion_on": date(2021, 1, 1)},
        {"actual_delivery_on": date(2030, 5, 5)},
    ],
)
def test_what_was_done_lies_behind_and_in_order(office: Office, changes: dict[str, date]) -> None:
    (contract,) = office.workspace.supply_contracts.where()
    with pytest.raises(RefusedMoveError):
        edit_supply(office.administrator, contract_id=contract.id, **changes)  # type: ignore[arg-type]
    assert office.workspace.supply_contracts.get(contract.id) == contract


def test_an_edited_supply_stays_the_same_supply(office: Office) -> None:
    (contract,) = office.workspace.supply_contracts.where()
    edited = edit_supply(
        office.administrator, contract_id=contract.id, electronic_no=None, contract_no="合同1号"
    )
    assert edited.identity == contract.identity


def test_an_output_contract_is_edited(office: Office) -> None:
    ctx = office.administrator
    contract = record_output_contract(
        ctx, parcel_id=office.parcel.id, enterprise_id=office.enterprise.id
    )
    edit_output_contract(ctx, contract_id=contract.id, tax_wan_per_mu=Decimal("12.5"))
    (kept,) = office.workspace.output_contracts.where()
    assert kept.tax_wan_per_mu == Decimal("12.5")


def test_figures_not_named_stay_what_they_were(office: Office) -> None:
    ctx, key = office.administrator, office.enterprise.id
    record_year(ctx, enterprise_id=key, year=2025, tax_wan=Decimal(1))
    record_year(ctx, enterprise_id=key, year=2025, revenue_wan=Decimal(2))
    (year,) = office.workspace.yearly_metrics.where()
    assert (year.tax_wan, year.revenue_wan) == (Decimal(1), Decimal(2))


def test_readers_and_consultants_change_nothing(office: Office) -> None:
    for ctx in (office.reader, office.consultant):
        with pytest.raises(RefusedMoveError):
            edit_parcel(ctx, parcel_id=office.parcel.id, name="anders")
        with pytest.raises(RefusedMoveError):
            record_progress(ctx, parcel_id=office.parcel.id, observed_on=ctx.today())


class TestSheets:
    def test_everything_dated_of_an_enterprise(self, office: Office) -> None:
        ctx = office.administrator
        record_progress(
            ctx,
            parcel_id=office.parcel.id,
            observed_on=date(2026, 1, 10),
            suspended_since=date(2025, 6, 1),
        )
        happenings = enterprise_happenings(ctx, enterprise_id=office.enterprise.id)
        assert [one.on for one in happenings] == [
            date(2026, 1, 10),
            date(2021, 10, 8),
            date(2021, 3, 1),
        ]
        assert "2025-06-01" in str(happenings[0].what)

    def test_a_parcel_shows_its_latest_supply_and_holder(self, office: Office) -> None:
        ctx = office.administrator
        later = record_supply(
            ctx,
            parcel_id=office.parcel.id,
            holder_id=None,
            electronic_no="3416992024B00018",
            signed_on=date(2024, 1, 1),
        )
        sheet = parcel_sheet(ctx, parcel_id=office.parcel.id)
        assert sheet.supplies[0].id == later.id
        assert sheet.holder is None
        assert [enterprise.id for _use, enterprise in sheet.users] == [office.enterprise.id]
