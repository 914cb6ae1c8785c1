"""A merging taken back: both records stand again, and what was done since is not lost."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from landsteward.app.cases import open_case
from landsteward.app.merging import merge_enterprises
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import (
    add_enterprise,
    edit_enterprise,
    record_output_contract,
    record_supply,
    record_year,
)
from landsteward.app.unmerging import unmerge_enterprises, unmerging
from landsteward.app.views import TraceRow
from landsteward.domain.errors import KnownError, RecordNotFoundError, RefusedMoveError
from landsteward.domain.register import Enterprise
from tests.helpers.office import Office, credit_code

STORES = (
    "enterprises",
    "occupancies",
    "supply_contracts",
    "output_contracts",
    "yearly_metrics",
    "cases",
    "not_the_same",
)


def everything(office: Office) -> dict[str, list[Any]]:
    space: Any = office.workspace
    return {name: getattr(space, name).where() for name in STORES}


@pytest.fixture
def twin(office: Office) -> Enterprise:
    """A second record of the office's enterprise, with a code, land, figures and a case."""
    ctx = office.carrier
    made = add_enterprise(ctx, name="另一个名字", phone="0558-1")
    record_supply(
        ctx,
        parcel_id=office.parcel.id,
        holder_id=made.id,
        signed_on=date(2020, 5, 1),
        area_m2=Decimal(77),
    )
    record_output_contract(ctx, parcel_id=office.parcel.id, enterprise_id=made.id)
    record_occupancy(ctx, parcel_id=office.parcel.id, enterprise_id=made.id)
    for year, tax in ((2023, 5), (2024, 7)):
        record_year(ctx, enterprise_id=made.id, year=year, tax_wan=Decimal(tax))
        record_year(ctx, enterprise_id=office.enterprise.id, year=year, revenue_wan=Decimal(90))
    open_case(ctx, enterprise_id=made.id, parcel_id=None)
    return made


def merged(office: Office, twin: Enterprise) -> None:
    stays = office.enterprise.id
    merge_enterprises(
        office.carrier, stays_id=stays, goes_id=twin.id, take=["name", "phone"], years={2024: stays}
    )


def test_everything_is_as_it_was(office: Office, twin: Enterprise) -> None:
    before = everything(office)
    merged(office, twin)
    assert everything(office) != before
    unmerged = unmerge_enterprises(office.carrier, gone_id=twin.id)
    assert unmerged == twin
    after = everything(office)
    (mark,) = after.pop("not_the_same")
    del before["not_the_same"]
    assert after == before
    assert {mark.first_id, mark.second_id} == {office.enterprise.id, twin.id}
    assert office.workspace.check().ok


def test_codes_go_back_to_whom_they_belong(office: Office) -> None:
    first = add_enterprise(office.carrier, name="甲公司")
    second = add_enterprise(office.carrier, name="甲公司", uscc=credit_code("91341699MA8EXA02"))
    merge_enterprises(office.carrier, stays_id=first.id, goes_id=second.id)
    assert office.workspace.enterprises.get(first.id).uscc == second.uscc
    unmerge_enterprises(office.carrier, gone_id=second.id)
    assert office.workspace.enterprises.get(first.id).uscc is None
    assert office.workspace.enterprises.get(second.id).uscc == second.uscc


def test_what_was_done_since_stays_and_is_named_before(office: Office, twin: Enterprise) -> None:
    ctx, stays = office.carrier, office.enterprise.id
    merged(office, twin)
    edit_enterprise(ctx, enterprise_id=stays, phone="0558-2", note="后来写的")
    record_year(ctx, enterprise_id=stays, year=2024, tax_wan=Decimal(8))
    record_year(ctx, enterprise_id=stays, year=2025, tax_wan=Decimal(9))
    found = unmerging(ctx, gone_id=twin.id)
    assert found.refused is None
    assert set(found.trace.kept) == {
        TraceRow(table="enterprises", name="另一个名字", field="phone"),
        TraceRow(table="yearly_metrics", name="2024", field="tax_wan"),
    }
    assert found.trace.added == (TraceRow(table="yearly_metrics", name="2025"),)
    unmerge_enterprises(ctx, gone_id=twin.id)
    stayed = office.workspace.enterprises.get(stays)
    assert (stayed.name, stayed.phone, stayed.note) == (
        office.enterprise.name,
        "0558-2",
        "后来写的",
    )
    years = office.workspace.yearly_metrics.where(enterprise_id=stays)
    assert [(one.year, one.tax_wan) for one in years] == [(2023, None), (2024, 8), (2025, 9)]
    assert office.workspace.enterprises.get(twin.id).phone == "0558-1"


def test_the_later_of_two_mergings_is_taken_back_first(office: Office, twin: Enterprise) -> None:
    ctx = office.carrier
    third = add_enterprise(ctx, name="第三个")
    before = everything(office)
    merged(office, twin)
    merge_enterprises(ctx, stays_id=third.id, goes_id=office.enterprise.id)
    with pytest.raises(RefusedMoveError, match="Take that back first"):
        unmerge_enterprises(ctx, gone_id=twin.id)
    unmerge_enterprises(ctx, gone_id=office.enterprise.id)
    unmerge_enterprises(ctx, gone_id=twin.id)
    after = everything(office)
    assert len(after.pop("not_the_same")) == 2
    del before["not_the_same"]
    assert after == before


def test_a_code_somebody_else_has_now_stands_against_it(office: Office) -> None:
    ctx, code = office.carrier, credit_code("91341699MA8EXA02")
    first = add_enterprise(ctx, name="甲公司")
    second = add_enterprise(ctx, name="甲公司", uscc=code)
    merge_enterprises(ctx, stays_id=first.id, goes_id=second.id)
    edit_enterprise(ctx, enterprise_id=first.id, uscc=None)
    add_enterprise(ctx, name="丙公司", uscc=code)
    before = everything(office)
    with pytest.raises(KnownError, match="taken its place"):
        unmerge_enterprises(ctx, gone_id=second.id)
    assert everything(office) == before


def test_only_a_merged_record_and_only_who_may(office: Office, twin: Enterprise) -> None:
    with pytest.raises(RecordNotFoundError):
        unmerge_enterprises(office.carrier, gone_id=twin.id)
    merged(office, twin)
    with pytest.raises(RefusedMoveError):
        unmerge_enterprises(office.reader, gone_id=twin.id)
    unmerge_enterprises(office.carrier, gone_id=twin.id)
    with pytest.raises(RecordNotFoundError):
        unmerge_enterprises(office.carrier, gone_id=twin.id)
    assert office.workspace.reversals.merge(twin.id) is None
