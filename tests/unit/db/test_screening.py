"""The register read through for the automatic rules, each record where it belongs."""

from datetime import date
from decimal import Decimal

from landsteward.domain.register import (
    ConstructionProgress,
    Occupancy,
    OutputContract,
    Permit,
    SupplyContract,
    YearlyMetrics,
)
from tests.unit.db.conftest import Desk


def test_every_parcel_comes_with_what_belongs_to_it(desk: Desk) -> None:
    holder = desk.enterprise("甲公司")
    one, two = desk.parcel("一号", area_m2=Decimal("10.5")), desk.parcel("二号")
    supplies = [
        SupplyContract(id="s-1", parcel_id=one.id, identity="1", holder_id=holder.id),
        SupplyContract(id="s-2", parcel_id=two.id, identity="2", phased=True),
    ]
    looks = [
        ConstructionProgress(id=f"g-{day}", parcel_id=one.id, observed_on=date(2025, 1, day))
        for day in (3, 9, 5)
    ]
    output = OutputContract(id="o", parcel_id=two.id, enterprise_id=holder.id, note="")
    with desk.change():
        desk.workspace.supply_contracts.add_many(supplies)
        desk.workspace.construction_progress.add_many(looks)
        desk.workspace.output_contracts.add(output)
    first, second = desk.workspace.screening.parcels()
    assert (first.parcel.id, first.parcel.area_m2) == (one.id, Decimal("10.5"))
    ((contract, held_by),) = first.supplies
    assert contract.id == "s-1"
    assert held_by is not None
    assert held_by.name == holder.name
    assert {look.id for look in first.looks} == {"g-3", "g-9", "g-5"}
    assert first.outputs == ()
    assert [(held.id, by) for held, by in second.supplies] == [("s-2", None)]
    assert second.outputs == (output,)
    assert second.looks == ()
    (only,) = desk.workspace.screening.parcels([two.id])
    assert only == second
    with desk.change():
        desk.workspace.supply_contracts.retire("s-2")
    assert [len(found.supplies) for found in desk.workspace.screening.parcels()] == [1, 0]


def test_every_enterprise_comes_with_years_permits_and_land(desk: Desk) -> None:
    owner, lessee = desk.enterprise("甲公司"), desk.enterprise("乙公司")
    parcel = desk.parcel("一号", area_m2=Decimal(900))
    years = [
        YearlyMetrics(id=f"y-{year}", enterprise_id=owner.id, year=year) for year in (2023, 2025)
    ]
    permit = Permit(id="x", enterprise_id=lessee.id, kind="other", valid_to=date(2027, 1, 1))
    used = [
        Occupancy(id="u-1", parcel_id=parcel.id, enterprise_id=owner.id),
        Occupancy(id="u-2", parcel_id=parcel.id, enterprise_id=lessee.id, area_m2=Decimal(100)),
    ]
    with desk.change():
        desk.workspace.yearly_metrics.add_many(years)
        desk.workspace.permits.add(permit)
        desk.workspace.occupancies.add_many(used)
    first, second = desk.workspace.screening.enterprises()
    assert [one.year for one in first.years] == [2025, 2023]
    assert (first.permits, second.permits) == ((), (permit,))
    for found in (first, second):
        assert found.land is not None
        assert {one.id for one in found.land.occupancies} == {"u-1", "u-2"}
        assert found.land.parcel_areas == {parcel.id: Decimal(900)}
    (without,) = desk.workspace.screening.enterprises([lessee.id], with_land=False)
    assert (without.enterprise.id, without.land) == (lessee.id, None)
