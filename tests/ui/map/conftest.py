"""A window whose register has parcels with boundaries, and its map in front."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from landsteward.app.boundaries import import_boundaries
from landsteward.app.occupancies import record_occupancy
from landsteward.app.register import add_enterprise, add_parcel, record_supply, record_year
from landsteward.domain.states import Tenure
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.office import open_office
from tests.helpers.windows import Driver
from ui.pages.map.panel import MapPanel
from ui.pages.register.lists import RegisterPage


@dataclass
class Park:
    """The window on a park of four parcels on the map, and two that are not.

    `ids` are keys by name: 甲 (grade B, two enterprises) and 乙 (A) side by side, overlapping by
    5 m; 丙 has no holder; 远 lies outside the county; 老 is in a local system, 无 has no boundary.
    """

    driver: Driver
    ids: dict[str, str]

    @property
    def page(self) -> RegisterPage:
        page = self.driver.shell.page
        assert isinstance(page, RegisterPage)
        return page

    @property
    def map(self) -> MapPanel:
        return self.page.map

    def settle(self) -> None:
        """Until the map is there, painted, and nothing moves."""
        self.driver.settle()
        panel, qtbot = self.map, self.driver.qtbot
        qtbot.waitUntil(lambda: panel.content is not None, timeout=10_000)
        qtbot.waitUntil(
            lambda: panel.canvas.still and self.driver.window.operations.idle, timeout=10_000
        )
        self.driver.settle()

    def shape(self, name: str) -> int:
        assert self.map.content is not None
        return self.map.content.shape_of[self.ids[name]]

    def place(self, name: str) -> QPoint:
        """Where a parcel is in the widget."""
        scene = self.map.canvas.scene
        assert scene is not None
        x, y = self.map.canvas.camera.to_view(*scene.shapes.anchor(self.shape(name)))
        return QPoint(round(x), round(y))

    def click(self, name: str) -> None:
        QTest.mouseClick(self.map.canvas, Qt.MouseButton.LeftButton, pos=self.place(name))
        self.settle()


@pytest.fixture
def park(driver: Driver, tmp_path: Path) -> Park:
    office = open_office(tmp_path)
    ctx = office.administrator
    ids = {name: add_parcel(ctx, name=name).id for name in ("甲", "乙", "丙", "远", "老", "无")}
    other = add_enterprise(ctx, name="示例第二公司")
    lessee = add_enterprise(ctx, name="示例租户公司")
    for name, holder in (("甲", office.enterprise), ("乙", other)):
        record_supply(ctx, parcel_id=ids[name], holder_id=holder.id, electronic_no=f"no-{name}")
    record_occupancy(ctx, parcel_id=ids["甲"], enterprise_id=lessee.id, tenure=Tenure.LESSEE)
    record_year(ctx, enterprise_id=office.enterprise.id, year=2025, grade="B")
    record_year(ctx, enterprise_id=other.id, year=2025, grade="A")
    plots = {
        "甲": square(),
        "乙": square(east=95),
        "丙": square(north=-150),
        "远": square(north=-500_000),
    }
    files = GeometryFiles()
    for name, outline in plots.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text(head(), plot(outline, number="", name=name)), "utf-8")
        import_boundaries(ctx, path=path, files=files)
    old = tmp_path / "老.txt"
    old.write_text(
        text(head(system="1980西安坐标系"), plot(square(), number="", name="老")), "utf-8"
    )
    import_boundaries(ctx, path=old, files=files)
    office.workspace.close()
    driver.open(office.path)
    driver.go("register", step="map")
    made = Park(driver, ids)
    made.settle()
    return made
