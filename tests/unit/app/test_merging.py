"""Two records of one enterprise become one, and nothing that hung on either is lost."""

from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from db.workspace import SqlWorkspace
from landsteward.app.cases import open_case
from landsteward.app.merging import CHOSEN_FIELDS, MOVED, STAYS, merge_enterprises, merge_view
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import (
    add_enterprise,
    edit_enterprise,
    record_output_contract,
    record_supply,
    record_year,
)
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.identifiers import name_key
from landsteward.domain.register import Enterprise
from tests.helpers.office import Office

VALID = "91110108551385082Q"


@pytest.fixture
def twin(office: Office) -> Enterprise:
    """The office's enterprise a second time, under another name."""
    return add_enterprise(
        office.carrier, name="示例食品（亳州）厂", phone="0558-1", district="谯城区"
    )


def test_every_field_is_chosen_or_follows_by_itself() -> None:
    """A new field of an enterprise must be chosen in a merging, or be listed here."""
    own_way = {"id", "name_key", "uscc_reason", "formerly", "merged_into", "batch_id"}
    assert {one.name for one in fields(Enterprise)} - own_way == set(CHOSEN_FIELDS)


def test_every_reference_to_an_enterprise_is_handled(office: Office) -> None:
    """A new column that names an enterprise must be moved with it, or be listed here."""
    space = office.workspace
    assert isinstance(space, SqlWorkspace)
    conn = space._session.conn
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {
        (table, row[3])
        for table in tables
        for row in conn.execute(f"PRAGMA foreign_key_list('{table}')")
        if row[2] == "enterprises"
    }
    own_way = {("yearly_metrics", "enterprise_id"), ("enterprises", "merged_into")}
    assert found == {*MOVED, *STAYS, *own_way}


def test_all_that_hung_on_both_hangs_on_the_one_that_stays(
    office: Office, twin: Enterprise
) -> None:
    ctx, space = office.carrier, office.workspace
    stays = office.enterprise.id
    supply = record_supply(
        ctx,
        parcel_id=office.parcel.id,
        holder_id=twin.id,
        signed_on=date(2020, 5, 1),
        area_m2=Decimal(77),
    )
    output = record_output_contract(ctx, parcel_id=office.parcel.id, enterprise_id=twin.id)
    used = record_occupancy(ctx, parcel_id=office.parcel.id, enterprise_id=twin.id)
    year = record_year(ctx, enterprise_id=twin.id, year=2021, tax_wan=Decimal(5))
    case = open_case(ctx, enterprise_id=twin.id, parcel_id=None)
    merged = merge_enterprises(ctx, stays_id=stays, goes_id=twin.id, take=["name", "phone"])

    assert merged == space.enterprises.get(stays)
    assert (merged.name, merged.phone) == (twin.name, "0558-1")
    assert merged.name_key == name_key(twin.name)
    assert merged.formerly == office.enterprise.name
    assert space.supply_contracts.get(supply.id).holder_id == stays
    assert space.output_contracts.get(output.id).enterprise_id == stays
    assert space.occupancies.get(used.id).enterprise_id == stays
    assert space.yearly_metrics.get(year.id).enterprise_id == stays
    assert space.cases.get(case.id).enterprise_id == stays
    assert space.check().ok


def test_the_other_one_leads_to_the_one_that_stays(office: Office, twin: Enterprise) -> None:
    ctx, space = office.carrier, office.workspace
    third = add_enterprise(ctx, name="第三个名字")
    merge_enterprises(ctx, stays_id=third.id, goes_id=twin.id)
    merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=third.id)
    stays = office.enterprise.id
    with pytest.raises(RecordNotFoundError):
        space.enterprises.get(twin.id)
    assert space.reports.merged_into(twin.id) == stays
    assert space.reports.merged_into(third.id) == stays
    assert space.reports.merged_into(stays) == stays
    assert space.reports.merged_into("nothing") == "nothing"
    assert [one.name for one, _day in space.reports.merged_from(stays)] == [twin.name, third.name]
    assert {day for _one, day in space.reports.merged_from(stays)} == {ctx.today()}
    # Found by the old names, in the search and by whoever imports a list that still has them.
    assert stays in [hit.id for hit in space.reports.search("第三个名字", 5)]
    known = space.reports.enterprises_by_name_key([twin.name_key, third.name_key, "x"])
    assert {key: [one.id for one in those] for key, those in known.items()} == {
        twin.name_key: [stays],
        third.name_key: [stays],
    }


def test_gaps_are_filled_and_codes_that_go_are_remembered(office: Office, twin: Enterprise) -> None:
    ctx = office.carrier
    edit_enterprise(ctx, enterprise_id=office.enterprise.id, uscc=None, district="")
    edit_enterprise(ctx, enterprise_id=twin.id, uscc="12345", uscc_reason="old licence")
    merged = merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=twin.id)
    assert (merged.uscc, merged.uscc_reason, merged.district) == ("12345", "old licence", "谯城区")
    another = add_enterprise(ctx, name="又一个", uscc=VALID)
    merged = merge_enterprises(ctx, stays_id=merged.id, goes_id=another.id, take=["uscc"])
    assert (merged.uscc, merged.uscc_reason) == (VALID, "")
    assert merged.formerly.split("；") == [twin.name, "12345", "又一个"]


def test_contradicting_figures_ask_for_a_choice(office: Office, twin: Enterprise) -> None:
    ctx, space = office.carrier, office.workspace
    stays = office.enterprise.id
    record_year(ctx, enterprise_id=stays, year=2023, tax_wan=Decimal(10), rnd_wan=Decimal(1))
    record_year(ctx, enterprise_id=twin.id, year=2023, tax_wan=Decimal(11), grade="B")
    record_year(ctx, enterprise_id=stays, year=2024, tax_wan=Decimal(20))
    record_year(ctx, enterprise_id=twin.id, year=2024, revenue_wan=Decimal(9))
    view = merge_view(ctx, first_id=stays, second_id=twin.id)
    assert [one.year for one in view.clashes] == [2023]
    with pytest.raises(KnownError, match="2023"):
        merge_enterprises(ctx, stays_id=stays, goes_id=twin.id)
    assert space.enterprises.find(twin.id) is not None
    merge_enterprises(ctx, stays_id=stays, goes_id=twin.id, years={2023: twin.id})
    years = {one.year: one for one in space.yearly_metrics.where(enterprise_id=stays)}
    assert [str(years[2023].tax_wan), str(years[2023].rnd_wan)] == ["11", "1"]
    assert years[2023].grade == "B"
    assert [str(years[2024].tax_wan), str(years[2024].revenue_wan)] == ["20", "9"]
    assert space.yearly_metrics.count(enterprise_id=twin.id) == 0


def test_two_lines_that_say_the_same_of_a_parcel_are_one(office: Office, twin: Enterprise) -> None:
    ctx, space = office.carrier, office.workspace
    (own,) = space.occupancies.where(enterprise_id=office.enterprise.id)
    record_occupancy(
        ctx,
        parcel_id=own.parcel_id,
        enterprise_id=twin.id,
        tenure=own.tenure,
        from_on=own.from_on,
        to_on=own.to_on,
    )
    merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=twin.id)
    assert space.occupancies.where(enterprise_id=office.enterprise.id) == [own]


def test_two_cases_under_way_refuse_it(office: Office, twin: Enterprise) -> None:
    ctx = office.carrier
    numbers = [
        open_case(ctx, enterprise_id=key, parcel_id=None).case_no
        for key in (office.enterprise.id, twin.id)
    ]
    view = merge_view(ctx, first_id=office.enterprise.id, second_id=twin.id)
    assert all(number in str(view.refused[0]) for number in numbers)
    with pytest.raises(KnownError, match="under way"):
        merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=twin.id)


def test_two_valid_codes_are_two_enterprises(office: Office) -> None:
    ctx = office.carrier
    first = add_enterprise(ctx, name="甲", uscc=VALID)
    assert office.enterprise.uscc is not None
    with pytest.raises(KnownError, match="two enterprises"):
        merge_enterprises(ctx, stays_id=office.enterprise.id, goes_id=first.id)


def test_one_record_cannot_be_merged_with_itself_nor_by_a_reader(
    office: Office, twin: Enterprise
) -> None:
    with pytest.raises(KnownError, match="one record"):
        merge_enterprises(office.carrier, stays_id=twin.id, goes_id=twin.id)
    with pytest.raises(KnownError):
        merge_enterprises(office.reader, stays_id=office.enterprise.id, goes_id=twin.id)
