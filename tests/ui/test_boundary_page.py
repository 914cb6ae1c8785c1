"""The boundary of a parcel on its page: brought in, drawn, read, handed out."""

from pathlib import Path

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QPushButton

from landsteward.app.boundaries_file import BoundaryFormat
from landsteward.app.register import add_parcel
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.helpers.windows import Driver
from tests.ui.test_register_pages import asked
from ui.pages.register.boundary import BoundaryPanel
from ui.pages.register.parcel import ParcelPage
from ui.pages.register.parcel_parts import BoundaryPart


def file(folder: Path, *plots: list[str]) -> Path:
    path = folder / "界址点.txt"
    path.write_bytes(text(head(), *plots, end="\r\n").encode("gb18030"))
    return path


def panel_of(driver: Driver, name: str) -> BoundaryPanel:
    """The page of a new parcel, its boundary in front."""

    def added(ctx: object) -> str:
        return add_parcel(ctx, name=name).id  # type: ignore[arg-type]

    driver.go("parcel", asked(driver, added), "boundary")
    return driver.part("boundary", BoundaryPart).panel


def bring_in(driver: Driver, panel: BoundaryPanel, path: Path) -> None:
    panel.bring_in(path)
    driver.settle()
    driver.settle()


def words(panel: BoundaryPanel) -> str:
    return "\n".join(one.text() for one in panel.findChildren(QLabel) if one.isVisible())


def test_a_file_is_taken_over_drawn_and_listed(office_window: Driver, tmp_path: Path) -> None:
    panel = panel_of(office_window, "一号")
    assert panel.none.isVisible()
    assert not panel.exports[BoundaryFormat.TXT].isVisible()
    hole = square(20, north=-20, east=20)
    bring_in(office_window, panel, file(tmp_path, plot(square(), hole, area="0.96")))
    assert not panel.none.isVisible()
    assert panel.points.rowCount() == 8
    row = [panel.points.index(0, column).data() for column in range(5)]
    assert row == ["J1", "1", "3747692.943", "387089.572", "100.00"]
    assert "14.40 mu (9,600 m²)" in words(panel)
    assert "480.00 m" in words(panel)
    assert "no area on record" in words(panel)
    plan = panel.plan.plan()
    assert plan is not None
    assert [one.text for one in plan.numbers] == [f"J{number}" for number in range(1, 9)]
    assert {one.text for one in plan.lengths} == {"100.00", "20.00"}
    assert plan.bar_m in (20, 50)
    picture = panel.plan.grab().toImage()
    assert len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in (90, 160)}) > 2
    assert picture.format() != QImage.Format.Format_Invalid


def test_neighbours_that_overlap_are_named_and_lead_there(
    office_window: Driver, tmp_path: Path
) -> None:
    first = panel_of(office_window, "东邻")
    bring_in(office_window, first, file(tmp_path, plot(square(east=80))))
    second = panel_of(office_window, "一号")
    bring_in(office_window, second, file(tmp_path, plot(square())))
    assert "Overlaps by 3.00 mu (2,000 m²):" in words(second)
    (link,) = [one for one in second.findChildren(QPushButton) if one.text() == "东邻"]
    office_window.click(link)
    office_window.settle()
    page = office_window.shell.page
    assert isinstance(page, ParcelPage)
    assert page.name.text() == "东邻"
    part = page.tabs.part
    assert isinstance(part, BoundaryPart)
    assert part.isVisible()


def test_what_cannot_be_taken_over_is_said_and_changes_nothing(
    office_window: Driver, tmp_path: Path
) -> None:
    panel = panel_of(office_window, "一号")
    bring_in(office_window, panel, file(tmp_path, plot(square())))
    broken = plot(square())
    broken[2] = "J2,1,三百,四百"
    bring_in(office_window, panel, file(tmp_path, broken))
    assert "Line 15" in panel.message.text.text()
    assert panel.points.rowCount() == 4
    two = file(tmp_path, plot(square(), name="甲"), plot(square(), name="乙"))
    bring_in(office_window, panel, two)
    assert "2 plots" in panel.message.text.text()
    bring_in(office_window, panel, tmp_path / "none.txt")
    assert panel.message.isVisible()
    assert panel.importing.isEnabled()


def test_of_several_plots_the_one_that_names_the_parcel_is_taken(
    office_window: Driver, tmp_path: Path
) -> None:
    panel = panel_of(office_window, "乙")
    two = (plot(square(), number="", name="甲"), plot(square(50), number="", name="乙"))
    bring_in(office_window, panel, file(tmp_path, *two))
    assert "3.75 mu" in words(panel)


def test_the_boundary_is_saved_for_other_programs(office_window: Driver, tmp_path: Path) -> None:
    panel = panel_of(office_window, "一号")
    bring_in(office_window, panel, file(tmp_path, plot(square())))
    for form in BoundaryFormat:
        out = tmp_path / f"out.{form}"
        panel.save_to(out, form)
        office_window.settle()
        (found,) = GeometryFiles().read(out).plots
        assert found.shape is not None
        assert found.shape.area_m2 == 10_000
    assert "Saved out.geojson" in panel.message.text.text()
