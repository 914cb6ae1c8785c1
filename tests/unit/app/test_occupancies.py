"""Occupancies by hand, and what they mean for parcels and years."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from landsteward.app.occupancies import (
    edit_occupancy,
    enterprise_land,
    parcel_land,
    record_occupancy,
)
from landsteward.app.register import add_enterprise, edit_parcel, record_year
from landsteward.app.removals import Removable, remove
from landsteward.domain.errors import KnownError, RecordNotFoundError
from landsteward.domain.occupancy import LandSource, Neighbour
from landsteward.domain.states import Tenure
from tests.helpers.office import Office


def lessee(office: Office, name: str = "租厂公司") -> str:
    return add_enterprise(office.carrier, name=name).id


def owner_line(office: Office) -> str:
    (line,) = office.workspace.occupancies.where(enterprise_id=office.enterprise.id)
    return line.id


def test_who_comes_second_is_taken_for_a_lessee(office: Office) -> None:
    added = record_occupancy(
        office.carrier, parcel_id=office.parcel.id, enterprise_id=lessee(office)
    )
    assert added.tenure is Tenure.LESSEE


def test_a_lessees_land_comes_off_the_owners_years(office: Office) -> None:
    ctx = office.carrier
    edit_parcel(ctx, parcel_id=office.parcel.id, area_m2=Decimal(30000))
    edit_occupancy(
        ctx, occupancy_id=owner_line(office), area_m2=Decimal(30000), from_on=date(2020, 1, 1)
    )
    record_occupancy(
        ctx,
        parcel_id=office.parcel.id,
        enterprise_id=(tenant := lessee(office)),
        area_m2=Decimal(10000),
        from_on=date(2024, 6, 1),
    )
    for year in (2023, 2024):
        record_year(ctx, enterprise_id=office.enterprise.id, year=year, tax_wan=Decimal(90))
    land = enterprise_land(ctx, enterprise_id=office.enterprise.id)
    assert land.years[2023].area_m2 == 30000
    assert land.years[2024].area_m2 == 20000
    assert land.years[2024].source is LandSource.USED
    record_year(ctx, enterprise_id=tenant, year=2024, tax_wan=Decimal(1))
    assert enterprise_land(ctx, enterprise_id=tenant).years[2024].area_m2 == 10000


def test_without_an_occupancy_the_year_rests_on_what_was_stated(office: Office) -> None:
    ctx = office.carrier
    remove(ctx, kind=Removable.OCCUPANCY, record_id=owner_line(office))
    record_year(ctx, enterprise_id=office.enterprise.id, year=2024, land_area_m2=Decimal(700))
    basis = enterprise_land(ctx, enterprise_id=office.enterprise.id).years[2024]
    assert (basis.area_m2, basis.source) == (Decimal(700), LandSource.STATED)


def test_a_parcel_says_what_its_users_add_up_to(office: Office) -> None:
    ctx = office.carrier
    edit_parcel(ctx, parcel_id=office.parcel.id, area_m2=Decimal(1000))
    edit_occupancy(ctx, occupancy_id=owner_line(office), area_m2=Decimal(1200))
    land = parcel_land(ctx, parcel_id=office.parcel.id)
    assert [one.enterprise.id for one in land.rows] == [office.enterprise.id]
    assert len(land.use.problems) == 1
    edit_occupancy(ctx, occupancy_id=owner_line(office), to_on=date(2025, 12, 31))
    assert not parcel_land(ctx, parcel_id=office.parcel.id).use.problems


def test_days_out_of_order_and_empty_areas_are_refused(office: Office) -> None:
    ctx = office.carrier
    key = owner_line(office)
    before = office.workspace.occupancies.get(key)
    with pytest.raises(KnownError, match="end before"):
        edit_occupancy(ctx, occupancy_id=key, from_on=date(2024, 2, 2), to_on=date(2024, 2, 1))
    with pytest.raises(KnownError, match="more than nothing"):
        edit_occupancy(ctx, occupancy_id=key, area_m2=Decimal(0))
    assert office.workspace.occupancies.get(key) == before
    with pytest.raises(RecordNotFoundError):
        record_occupancy(ctx, parcel_id="nothing", enterprise_id=office.enterprise.id)
    with pytest.raises(KnownError):
        edit_occupancy(office.reader, occupancy_id=key, area_m2=Decimal(5))


def test_each_edit_is_in_the_trail(office: Office) -> None:
    ctx = office.carrier
    key = owner_line(office)
    edit_occupancy(ctx, occupancy_id=key, tenure=Tenure.LESSEE)
    assert office.workspace.occupancies.get(key) == replace(
        office.workspace.occupancies.get(key), tenure=Tenure.LESSEE
    )
    remove(ctx, kind=Removable.OCCUPANCY, record_id=key)
    assert office.workspace.occupancies.find(key) is None
    assert office.workspace.check().ok


def test_who_else_is_on_the_land_is_told_from_both_sides(office: Office) -> None:
    ctx = office.carrier
    tenant = add_enterprise(ctx, name="租厂公司").id
    record_occupancy(
        ctx,
        parcel_id=office.parcel.id,
        enterprise_id=tenant,
        area_m2=Decimal(1000),
        to_on=date(2025, 12, 31),
    )
    (seen,) = enterprise_land(ctx, enterprise_id=office.enterprise.id).neighbours
    assert (seen.kind, seen.row.enterprise.id, seen.running) == (Neighbour.LESSEE, tenant, False)
    (seen,) = enterprise_land(ctx, enterprise_id=tenant).neighbours
    assert (seen.kind, seen.row.enterprise.id, seen.running) == (
        Neighbour.LESSOR,
        office.enterprise.id,
        True,
    )


def test_land_is_what_is_used_today_and_else_what_was_supplied(office: Office) -> None:
    land = enterprise_land(office.carrier, enterprise_id=office.enterprise.id)
    assert land.today is not None
    assert (land.today.area_m2, land.today.source) == (Decimal(40000), LandSource.USED)
    remove(office.carrier, kind=Removable.OCCUPANCY, record_id=owner_line(office))
    land = enterprise_land(office.carrier, enterprise_id=office.enterprise.id)
    assert land.today is not None
    assert land.today.source is LandSource.SUPPLIED
