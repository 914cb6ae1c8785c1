"""Files laid under the map in the window: shown, dimmed, remembered, missed."""

from pathlib import Path

import numpy
import pyogrio.raw
import shapely
from PIL import Image
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QSlider

from landsteward.app.map_shapes import Box
from landsteward.app.underlays import UnderlayEntry, underlays_of
from tests.helpers.boundaries import CORNER
from tests.ui.map.conftest import Park
from tests.ui.test_register_pages import asked
from ui.pages.map.underlays import Underlays

EAST, NORTH = float(CORNER[1]), float(CORNER[0])
RED = (210, 20, 20)


def picture(folder: Path, name: str = "航片.png", *, prj: bool = True) -> Path:
    """A red square kilometre around the parcels."""
    file = folder / name
    Image.new("RGB", (500, 500), RED).save(file)
    figures = (2, 0, 0, -2, EAST - 500, NORTH + 500)
    file.with_suffix(".pgw").write_text("\n".join(map(str, figures)), "ascii")
    if prj:
        file.with_suffix(".prj").write_text("EPSG:4548", "ascii")
    return file


def said(park: Park) -> str:
    return "\n".join(one.text() for one in park.map.underlays.findChildren(QLabel))


def lay_under(park: Park, file: Path) -> Underlays:
    park.map.underlays.lay_under(file)
    for _round in range(3):
        park.settle()
    return park.map.underlays


def redness(park: Park) -> int:
    """How red the ground is, some way off the parcels."""
    canvas = park.map.canvas
    scene = canvas.scene
    assert scene is not None
    plane = scene.shapes.plane
    x, y = canvas.camera.to_view(EAST + 160 - plane.east, NORTH - 130 - plane.north)
    colour = QColor(canvas.grab().toImage().pixel(round(x), round(y)))
    return colour.red() - colour.green()


def entries(park: Park) -> list[UnderlayEntry]:
    return asked(park.driver, underlays_of)


def test_a_picture_is_seen_under_the_parcels_and_remembered(park: Park, tmp_path: Path) -> None:
    park.map.canvas.fit_all()
    park.settle()
    assert redness(park) < 20
    file = picture(tmp_path)
    lay_under(park, file)
    strong = redness(park)
    assert strong > 100
    assert entries(park) == [UnderlayEntry(path=str(file))]
    (slider,) = park.map.underlays.findChildren(QSlider)
    slider.setValue(20)
    park.driver.qtbot.waitUntil(lambda: entries(park)[0].opacity == 20, timeout=5000)
    park.settle()
    assert 10 < redness(park) < strong - 40
    (box,) = park.map.underlays.findChildren(QCheckBox)
    box.click()
    park.settle()
    assert redness(park) < 20
    assert not entries(park)[0].shown
    park.driver.window.rebuild()
    park.settle()
    assert redness(park) < 20
    (box,) = park.map.underlays.findChildren(QCheckBox)
    box.click()
    for _round in range(3):
        park.settle()
    assert redness(park) > 5
    park.map.underlays.take_away(str(file))
    park.settle()
    assert entries(park) == []
    assert redness(park) < 20


def test_moving_fetches_what_comes_into_view(park: Park, tmp_path: Path) -> None:
    lay_under(park, picture(tmp_path))
    canvas = park.map.canvas
    scene = canvas.scene
    assert scene is not None
    x, y = EAST - scene.shapes.plane.east, NORTH - scene.shapes.plane.north
    canvas.fit(Box(x - 450, y + 200, x - 400, y + 250), at_once=True)
    for _round in range(3):
        park.settle()
    canvas.push(-200, 100)
    for _round in range(3):
        park.settle()
    image = canvas.grab().toImage()
    reds = [
        QColor(image.pixel(x, y)).red() - QColor(image.pixel(x, y)).green()
        for x in range(20, image.width() - 80, 60)
        for y in range(60, image.height() - 40, 60)
    ]
    assert min(reds) > 20


def test_a_file_that_is_gone_is_said_and_found_again(park: Park, tmp_path: Path) -> None:
    file = picture(tmp_path)
    lay_under(park, file)
    file.rename(tmp_path / "搬走.png")
    park.driver.window.rebuild()
    park.settle()
    assert "航片.png: The file is not there any more" in said(park) or (
        "The file is not there any more" in said(park)
    )
    assert "choose where it is now" in said(park)
    assert park.map.underlays.layers() == []


def test_an_unknown_system_is_refused_until_one_is_chosen(park: Park, tmp_path: Path) -> None:
    underlays = lay_under(park, picture(tmp_path, "无系.png", prj=False))
    assert "Its coordinate system is not known" in said(park)
    assert redness(park) < 20
    (one,) = underlays._open
    underlays._menu(one, underlays)
    menus = underlays.findChildren(QMenu)
    actions = {action.text(): action for menu in menus for action in menu.actions()}
    chosen = next(action for text, action in actions.items() if "CM 117E" in text)
    chosen.trigger()
    for menu in menus:
        menu.close()
    for _round in range(3):
        park.settle()
    assert "not known" not in said(park)
    assert entries(park)[0].system == "EPSG:4548"
    assert redness(park) > 100


def test_what_lies_far_from_the_parcels_is_asked_about(park: Park, tmp_path: Path) -> None:
    file = picture(tmp_path, "远.png")
    file.with_suffix(".prj").write_text("EPSG:4547", "ascii")
    lay_under(park, file)
    assert "km away from the parcels" in said(park)


def test_lines_of_a_geopackage_are_drawn(park: Park, tmp_path: Path) -> None:
    file = tmp_path / "道路.gpkg"
    roads = [
        shapely.LineString([(EAST - 400, NORTH + step), (EAST + 600, NORTH + step)])
        for step in range(-300, 300, 10)
    ]
    pyogrio.raw.write(
        file,
        numpy.array([shapely.to_wkb(one) for one in roads], dtype=object),
        [],
        [],
        geometry_type="LineString",
        layer="roads",
        crs="EPSG:4548",
        driver="GPKG",
    )
    park.map.canvas.fit_all()
    park.settle()
    before = park.map.canvas.grab().toImage()
    lay_under(park, file)
    park.map.canvas.fit_all()
    for _round in range(3):
        park.settle()
    assert park.map.canvas.grab().toImage() != before
    (layer,) = park.map.underlays.layers()
    assert [len(one) for one in layer.underlay.lines] == [60]


def test_it_is_shown_even_where_nothing_can_be_written(park: Park, tmp_path: Path) -> None:
    """A workspace opened for reading only: the file lies under the map until the page goes."""
    file = park.driver.window.file
    assert file is not None
    window = park.driver.window
    from landsteward.domain.errors import WorkspaceError
    from landsteward.domain.text import msg

    window.leave_file()
    park.driver.settle()
    window.read_file(file, WorkspaceError(msg("It is open elsewhere.")))
    park.driver.settle()
    park.driver.go("register", step="map")
    park.settle()
    lay_under(park, picture(tmp_path))
    assert redness(park) > 100
