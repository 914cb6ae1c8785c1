"""Who uses which land, edited on both pages by keys and clicks."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from landsteward.app.register import add_enterprise
from landsteward.domain.register import Occupancy
from landsteward.domain.states import Tenure
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.pages.register.enterprise_land import LandPart
from ui.pages.register.occupancy import OccupancyTable
from ui.pages.register.parcel_parts import ParcelFactsPart
from ui.widgets.fields import DecimalField


def lines(driver: Driver) -> list[Occupancy]:
    return asked(driver, lambda ctx: ctx.workspace.occupancies.where())


def pick_first(driver: Driver, table: OccupancyTable, text: str) -> None:
    driver.type(table.add, text)
    driver.settle()
    popup = table.offers.completer.popup()
    assert popup is not None
    assert popup.isVisible()
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    driver.settle()


def area_field(table: OccupancyTable, key: str) -> DecimalField:
    field = table.cells[key, "area_m2"]
    assert isinstance(field, DecimalField)
    return field


def test_a_lessee_is_added_on_the_parcels_page_and_the_sum_is_held_against_it(
    office_window: Driver,
) -> None:
    asked(office_window, lambda ctx: add_enterprise(ctx, name="租厂公司"))
    parcel = asked(office_window, lambda ctx: ctx.workspace.parcels.where()[0])
    office_window.go("parcel", parcel.id)
    page = office_window.part("facts", ParcelFactsPart)
    pick_first(office_window, page.users, "租厂")
    added = lines(office_window)[-1]
    assert added.tenure is Tenure.LESSEE
    assert not page.users.add.text()

    too_much = (parcel.area_m2 or Decimal(0)) + 500
    field = area_field(page.users, added.id)
    office_window.type(field.line, str(too_much), enter=True)
    office_window.settle()
    assert lines(office_window)[-1].area_m2 == too_much
    assert "500.00" in page.use.text()
    assert page.use.property("role") == "caution"
    office_window.type(field.line, "100", enter=True)
    office_window.settle()
    assert page.use.property("role") == "dim"


def test_what_is_leased_out_is_taken_off_on_the_enterprises_page(office_window: Driver) -> None:
    tenant = asked(office_window, lambda ctx: add_enterprise(ctx, name="租厂公司"))
    office_window.go("enterprise", tenant.id)
    page = office_window.part("parcels", LandPart)
    parcel = asked(office_window, lambda ctx: ctx.workspace.parcels.where()[0])
    pick_first(office_window, page.occupancies, parcel.name)
    key = lines(office_window)[-1].id
    office_window.type(area_field(page.occupancies, key).line, "1000", enter=True)
    office_window.settle()
    assert "1,000 m²" in page.used.text()
    owner = lines(office_window)[0].enterprise_id
    office_window.go("enterprise", owner)
    page = office_window.part("parcels", LandPart)
    assert "leased out 1,000.00" in page.used.text()
