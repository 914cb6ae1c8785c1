"""The map in a person's hands: real events on a real widget, and what is painted of them."""

from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import (
    QColor,
    QImage,
    QInputDevice,
    QNativeGestureEvent,
    QPainter,
    QPointingDevice,
    QWheelEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from landsteward.app.map_shapes import MapShapes
from tests.helpers.maps import box, parcels, ring, shapes_of
from ui import theme
from ui.map.camera import Camera
from ui.map.canvas import MapCanvas
from ui.map.look import Colouring, key_of, kinds_of
from ui.map.scene import Part, Scene

Place = Callable[[int], QPoint]


def scene_of(shapes: MapShapes, grades: Sequence[str | None]) -> Scene:
    there = parcels(grades)
    kinds = kinds_of(Colouring.GRADE, {key_of(Colouring.GRADE, one) for one in there})
    number = {kind.key: at for at, kind in enumerate(kinds)}
    return Scene(shapes, kinds, [number[key_of(Colouring.GRADE, one)] for one in there])


@pytest.fixture
def canvas(qtbot: QtBot, qapp: QApplication) -> MapCanvas:
    """Four parcels: two neighbours, one with a hole and one in that hole."""
    theme.apply(qapp, scheme=theme.Scheme.LIGHT, percent=100)
    shapes = shapes_of(
        (box(0, 0, 100, 100),),
        (box(100, 0, 100, 100),),
        (box(0, 150, 200, 100), box(80, 180, 40, 40)),
        (box(85, 185, 30, 30),),
    )
    made = MapCanvas()
    qtbot.addWidget(made)
    made.resize(900, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_scene(scene_of(shapes, ["A", "B", "D", None]), lambda shape: f"第{shape}块")
    still(qtbot, made)
    return made


def still(qtbot: QtBot, canvas: MapCanvas) -> None:
    qtbot.waitUntil(lambda: canvas.still, timeout=10_000)


def place_of(canvas: MapCanvas, shape: int) -> QPoint:
    assert canvas.scene is not None
    x, y = canvas.camera.to_view(*canvas.scene.shapes.anchor(shape))
    return QPoint(round(x), round(y))


def click(canvas: MapCanvas, place: QPoint) -> None:
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)


def wheel(
    canvas: MapCanvas,
    place: QPoint,
    *,
    notches: int = 0,
    pixels: QPoint | None = None,
    held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    touchpad: bool = False,
) -> None:
    kind = QInputDevice.DeviceType.TouchPad if touchpad else QInputDevice.DeviceType.Mouse
    device = QPointingDevice(
        "hand",
        7,
        kind,
        QPointingDevice.PointerType.Generic,
        QInputDevice.Capability.Scroll | QInputDevice.Capability.PixelScroll,
        1,
        3,
    )
    event = QWheelEvent(
        QPointF(place),
        canvas.mapToGlobal(QPointF(place)),
        pixels or QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
        Qt.MouseEventSource.MouseEventNotSynthesized,
        device,
    )
    QApplication.sendEvent(canvas, event)


class TestPointing:
    def test_a_click_chooses_the_parcel_it_hits(self, canvas: MapCanvas, qtbot: QtBot) -> None:
        for shape in (0, 1, 3):
            with qtbot.waitSignal(canvas.chosen) as told:
                click(canvas, place_of(canvas, shape))
            assert told.args == [shape]
            assert canvas.choice == shape
            assert canvas.accessibleDescription() == f"第{shape}块"

    def test_a_hole_is_not_the_parcel_around_it(self, canvas: MapCanvas) -> None:
        assert canvas.scene is not None
        inside = place_of(canvas, 3)
        click(canvas, inside)
        assert canvas.choice == 3
        # Between the hole's edge and the parcel in it there is nothing.
        gap = inside - QPoint(round(17.5 * canvas.camera.scale), 0)
        click(canvas, gap)
        assert canvas.choice is None

    def test_the_line_between_neighbours_parts_them(self, canvas: MapCanvas) -> None:
        assert canvas.scene is not None
        left, right = place_of(canvas, 0), place_of(canvas, 1)
        middle = (left + right) / 2
        for step, shape in ((-3, 0), (3, 1)):
            click(canvas, middle + QPoint(step, 0))
            assert canvas.choice == shape

    def test_what_is_pointed_at_is_told_and_marked(self, canvas: MapCanvas, qtbot: QtBot) -> None:
        before = canvas.grab().toImage()
        with qtbot.waitSignal(canvas.pointed) as told:
            QTest.mouseMove(canvas, place_of(canvas, 1))
        assert told.args == [1]
        assert canvas.grab().toImage() != before
        with qtbot.waitSignal(canvas.pointed) as told:
            QTest.mouseMove(canvas, QPoint(3, 3))
        assert told.args == [None]

    def test_the_next_click_on_the_same_place_chooses_what_lies_below(
        self, qtbot: QtBot, canvas: MapCanvas
    ) -> None:
        shapes = shapes_of((box(0, 0, 100, 100),), (box(30, 30, 40, 40),))
        canvas.show_scene(scene_of(shapes, ["A", "B"]), str)
        canvas.fit_all()
        still(qtbot, canvas)
        place = place_of(canvas, 1)
        chosen = []
        for _ in range(3):
            click(canvas, place)
            chosen.append(canvas.choice)
        assert chosen == [1, 0, 1]

    def test_a_double_click_opens_a_parcel_and_zooms_where_there_is_none(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        with qtbot.waitSignal(canvas.opened) as told:
            QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=place_of(canvas, 1))
        assert told.args == [1]
        before = canvas.camera
        QTest.mouseDClick(canvas, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert canvas.camera.scale > before.scale
        assert canvas.camera.to_map(5, 5) == pytest.approx(before.to_map(5, 5), abs=2)

    def test_what_the_filter_leaves_out_cannot_be_chosen(self, canvas: MapCanvas) -> None:
        assert canvas.scene is not None
        canvas.scene.faint = frozenset([0])
        canvas.scene.change()
        canvas.repaint_scene()
        click(canvas, place_of(canvas, 0))
        assert canvas.choice is None


class TestMoving:
    def test_dragging_pushes_and_chooses_nothing(self, canvas: MapCanvas) -> None:
        place = place_of(canvas, 0)
        under = canvas.camera.to_map(place.x(), place.y())
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
        for step in range(1, 6):
            QTest.mouseMove(canvas, place + QPoint(24 * step, -10 * step))
        end = place + QPoint(120, -50)
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
        assert canvas.camera.to_view(*under) == pytest.approx((end.x(), end.y()), abs=1)
        assert canvas.choice is None

    def test_a_hand_that_trembles_still_clicks(self, canvas: MapCanvas) -> None:
        place = place_of(canvas, 0)
        camera = canvas.camera
        QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=place)
        QTest.mouseMove(canvas, place + QPoint(2, 1))
        QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=place + QPoint(2, 1))
        assert canvas.camera == camera
        assert canvas.choice == 0

    def test_the_wheel_zooms_at_the_pointer(self, canvas: MapCanvas) -> None:
        place = QPoint(200, 150)
        under, scale = canvas.camera.to_map(200, 150), canvas.camera.scale
        wheel(canvas, place, notches=2)
        assert canvas.camera.scale == pytest.approx(scale * 1.25**2)
        assert canvas.camera.to_view(*under) == pytest.approx((200, 150), abs=1)
        wheel(canvas, place, notches=-2)
        assert canvas.camera.scale == pytest.approx(scale)

    def test_two_fingers_push_and_with_ctrl_they_zoom(self, canvas: MapCanvas) -> None:
        before = canvas.camera
        wheel(canvas, QPoint(300, 300), pixels=QPoint(30, -12), touchpad=True)
        assert canvas.camera.scale == before.scale
        moved = canvas.camera.to_view(*before.to_map(300, 300))
        assert moved == pytest.approx((330, 288), abs=1)
        wheel(
            canvas,
            QPoint(300, 300),
            notches=1,
            touchpad=True,
            held=Qt.KeyboardModifier.ControlModifier,
        )
        assert canvas.camera.scale > before.scale

    def test_pinching_zooms(self, canvas: MapCanvas) -> None:
        under, scale = canvas.camera.to_map(500, 200), canvas.camera.scale
        place = QPointF(500, 200)
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture,
            QPointingDevice.primaryPointingDevice(),
            2,
            place,
            place,
            canvas.mapToGlobal(place),
            0.25,
            QPointF(),
        )
        QApplication.sendEvent(canvas, event)
        assert canvas.camera.scale == pytest.approx(scale * 1.25)
        assert canvas.camera.to_view(*under) == pytest.approx((500, 200), abs=1)

    def test_arrows_push_plus_and_minus_zoom_zero_shows_all(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        canvas.setFocus()
        before = canvas.camera
        QTest.keyClick(canvas, Qt.Key.Key_Right)
        QTest.keyClick(canvas, Qt.Key.Key_Down)
        assert canvas.camera.x > before.x
        assert canvas.camera.y < before.y
        QTest.keyClick(canvas, Qt.Key.Key_Plus)
        assert canvas.camera.scale > before.scale
        QTest.keyClick(canvas, Qt.Key.Key_Minus)
        QTest.keyClick(canvas, Qt.Key.Key_Minus)
        assert canvas.camera.scale < before.scale
        QTest.keyClick(canvas, Qt.Key.Key_0)
        still(qtbot, canvas)
        assert canvas.camera.x == pytest.approx(before.x)
        assert canvas.camera.scale == pytest.approx(before.scale)

    def test_parcels_are_reached_by_keys_alone(self, canvas: MapCanvas, qtbot: QtBot) -> None:
        canvas.setFocus()
        QTest.keyClick(canvas, Qt.Key.Key_Space)
        assert canvas.choice is not None
        canvas.choose(0)
        QTest.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
        assert canvas.choice == 1
        QTest.keyClick(canvas, Qt.Key.Key_Up, Qt.KeyboardModifier.ControlModifier)
        assert canvas.choice in (2, 3)
        QTest.keyClick(canvas, Qt.Key.Key_F)
        still(qtbot, canvas)
        assert canvas.scene is not None
        box_ = canvas.scene.shapes.box(canvas.choice)
        assert canvas.camera.box.west < box_.west < box_.east < canvas.camera.box.east
        with qtbot.waitSignal(canvas.opened) as told:
            QTest.keyClick(canvas, Qt.Key.Key_Return)
        assert told.args == [canvas.choice]
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        assert canvas.choice is None

    def test_the_middle_stays_when_the_window_grows(self, canvas: MapCanvas) -> None:
        before = canvas.camera
        canvas.resize(1200, 800)
        assert (canvas.camera.x, canvas.camera.y) == (before.x, before.y)
        assert (canvas.camera.width, canvas.camera.height) == (1200, 800)

    def test_another_map_is_looked_at_from_the_same_place(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        """Its plane begins elsewhere; what was in view stays in view."""
        assert canvas.scene is not None
        canvas.zoom(1.5, QPointF(100, 100))
        old = canvas.scene.shapes.plane
        east, north = canvas.camera.x + old.east, canvas.camera.y + old.north
        more = shapes_of(
            (box(0, 0, 100, 100),), *(((box(9000 + at, 9000, 50, 50)),) for at in range(0, 600, 60))
        )
        assert more.plane.east != old.east
        canvas.show_scene(scene_of(more, ["A"] * len(more)), str)
        assert canvas.camera.x + more.plane.east == pytest.approx(east)
        assert canvas.camera.y + more.plane.north == pytest.approx(north)
        still(qtbot, canvas)


class TestPainting:
    def test_each_parcel_has_the_colour_of_its_kind(self, canvas: MapCanvas) -> None:
        picture = canvas.grab().toImage()
        look = theme.current()
        for shape, token in ((0, "map_blue"), (1, "map_teal"), (2, "map_vermilion")):
            place = place_of(canvas, shape) + QPoint(0, 40 if shape < 2 else 0)
            if shape == 2:
                place = place_of(canvas, 2) - QPoint(60, 0)
            found = QColor(picture.pixel(place))
            assert near(found, look.colour(token), 60), (shape, found.name())
        assert near(QColor(picture.pixel(4, 300)), look.colour("map_ground"), 3)

    def test_names_and_signs_stand_on_the_land_and_none_covers_another(
        self, canvas: MapCanvas
    ) -> None:
        assert canvas.labels is not None
        texts = {one.shape: one.text for one in canvas.labels.placed}
        assert texts[0] == "A 第0块"
        assert texts[1] == "B 第1块"
        assert texts[3].endswith("第3块")
        places = [
            (*canvas.camera.to_view(one.x, one.y), one.image.width(), one.image.height())
            for one in canvas.labels.placed
        ]
        for at, (x, y, width, height) in enumerate(places):
            for x2, y2, width2, height2 in places[at + 1 :]:
                assert abs(x - x2) >= (width + width2) / 2 or abs(y - y2) >= (height + height2) / 2

    def test_far_away_only_signs_are_left_and_then_nothing(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        assert canvas.labels is not None
        canvas.zoom(0.09)
        still(qtbot, canvas)
        assert {one.text for one in canvas.labels.placed} <= {"A", "B", "D", "–"}
        canvas.zoom(0.2)
        still(qtbot, canvas)
        assert canvas.labels.placed == []

    @pytest.mark.parametrize("scale", [0.002, 0.01, 0.05, 0.2, 1.0])
    def test_no_parcel_is_too_small_to_be_seen(self, scale: float, qapp: QApplication) -> None:
        """At every scale each of them has pixels of its own colour where it lies."""
        theme.apply(qapp, scheme=theme.Scheme.LIGHT, percent=100)
        # A metre wide, twenty pixels apart.
        step = 20 / scale
        shapes = shapes_of(*((box(step * (at % 8), step * (at // 8), 1, 1),) for at in range(60)))
        scene = scene_of(shapes, ["D"] * 60)
        extent = shapes.extent()
        assert extent is not None
        width, height = round(extent.width * scale) + 40, round(extent.height * scale) + 40
        camera = Camera(*extent.middle, scale, width, height)
        image = QImage(width, height, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        for _pause in scene.paint(painter, Part(scale, *camera.origin, width, height)):
            pass
        painter.end()
        ground = theme.current().colour("map_ground")
        for shape in range(60):
            x, y = camera.to_view(*shapes.box(shape).middle)
            around = [
                QColor(image.pixel(round(x) + dx, round(y) + dy))
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
            ]
            assert sum(not near(one, ground, 60) for one in around) >= 2, shape

    def test_a_view_is_shown_at_once_and_becomes_sharp(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        wheel(canvas, QPoint(450, 350), notches=1)
        assert not canvas.still
        blurred = canvas.grab().toImage()
        assert near(QColor(blurred.pixel(4, 350)), theme.current().colour("map_ground"), 3)
        place = place_of(canvas, 0) + QPoint(0, 45)
        assert near(QColor(blurred.pixel(place)), theme.current().colour("map_blue"), 60)
        still(qtbot, canvas)
        assert canvas.grab().toImage() != blurred

    def test_faulty_ones_bear_a_sign_and_overlaps_are_marked(
        self, canvas: MapCanvas, qtbot: QtBot
    ) -> None:
        shapes = shapes_of(
            (box(0, 0, 100, 100),),
            (box(60, 0, 100, 100),),
            (ring((0, 200), (100, 300), (100, 200), (0, 300)),),
        )
        scene = scene_of(shapes, ["A", "A", "A"])
        canvas.show_scene(scene, lambda _shape: "")
        canvas.fit_all()
        still(qtbot, canvas)
        mark = theme.current().colour("map_overlap")
        assert count_near(canvas.grab().toImage(), mark) == 0
        scene.faulty = (2,)
        scene.change()
        canvas.repaint_scene()
        still(qtbot, canvas)
        signs = count_near(canvas.grab().toImage(), mark)
        assert signs > 5
        scene.overlaps = shapes.overlaps(least_m2=1)
        scene.change()
        canvas.repaint_scene()
        still(qtbot, canvas)
        assert count_near(canvas.grab().toImage(), mark) > signs

    def test_the_scale_bar_is_true(
        self, canvas: MapCanvas, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from ui.map import furniture

        drawn: list[tuple[float, float]] = []
        monkeypatch.setattr(
            furniture,
            "paint_bar",
            lambda _painter, _foot, metres, length, _pens: drawn.append((metres, length)),
        )
        canvas.grab()
        ((metres, length),) = drawn
        assert metres in (10, 20, 50, 100, 200)
        west = canvas.camera.to_view(0, 0)[0]
        assert canvas.camera.to_view(metres, 0)[0] - west == pytest.approx(length)

    def test_nothing_is_painted_for_nobody(self, canvas: MapCanvas) -> None:
        canvas.zoom(2)
        seen = [canvas.still]
        canvas.hide()
        seen.append(canvas.still)
        canvas.show()
        QApplication.sendPostedEvents()
        seen.append(canvas.still)
        assert seen == [False, True, False]


def near(one: QColor, other: QColor, most: int) -> bool:
    return (
        abs(one.red() - other.red()) <= most
        and abs(one.green() - other.green()) <= most
        and abs(one.blue() - other.blue()) <= most
    )


def count_near(image: QImage, colour: QColor) -> int:
    return sum(
        near(QColor(image.pixel(x, y)), colour, 45)
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )
