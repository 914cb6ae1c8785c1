"""Where the map is looked at: what is under the pointer stays there, what was painted fits."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from landsteward.app.map_shapes import Box
from ui.map.camera import LARGEST_SCALE, SMALLEST_SCALE, Camera
from ui.map.gestures import next_in_direction

places = st.floats(-50_000, 50_000)
cameras = st.builds(
    Camera,
    x=places,
    y=places,
    scale=st.floats(0.001, 50),
    width=st.integers(100, 4000),
    height=st.integers(100, 3000),
)


@given(camera=cameras, x=st.integers(0, 2000), y=st.integers(0, 2000))
def test_to_the_map_and_back(camera: Camera, x: int, y: int) -> None:
    assert camera.to_view(*camera.to_map(x, y)) == pytest.approx((x, y), abs=1e-3)


@given(camera=cameras, factor=st.floats(0.1, 10), x=st.integers(0, 2000), y=st.integers(0, 2000))
def test_zooming_keeps_what_is_under_the_pointer(
    camera: Camera, factor: float, x: int, y: int
) -> None:
    place = camera.to_map(x, y)
    zoomed = camera.zoomed(factor, x, y)
    assert zoomed.to_view(*place) == pytest.approx((x, y), abs=1)


@given(camera=cameras, right=st.integers(-500, 500), down=st.integers(-500, 500))
def test_pushing_moves_everything_by_whole_pixels(camera: Camera, right: int, down: int) -> None:
    """So what was painted before fits without being stretched."""
    pushed = camera.panned(right, down)
    before, after = camera.origin, pushed.origin
    assert before[0] - after[0] == pytest.approx(right, abs=1)
    assert before[1] - after[1] == pytest.approx(down, abs=1)


@given(
    camera=cameras, west=places, south=places, width=st.floats(30, 9000), height=st.floats(30, 9000)
)
def test_what_is_fitted_is_in_view_with_room_around(
    camera: Camera, west: float, south: float, width: float, height: float
) -> None:
    box = Box(west, south, west + width, south + height)
    view = camera.fitted(box).box
    assert view.west <= box.west
    assert view.east >= box.east
    assert view.south <= box.south
    assert view.north >= box.north
    assert min(view.width / box.width, view.height / box.height) < 1.5


def test_scales_have_their_limits() -> None:
    camera = Camera(0, 0, 1, 100, 100)
    assert camera.zoomed(1e9, 0, 0).scale == LARGEST_SCALE
    assert camera.zoomed(1e-9, 0, 0).scale == SMALLEST_SCALE
    assert camera.fitted(Box(5, 5, 5, 5)).scale <= LARGEST_SCALE


@given(start=cameras, goal=cameras)
def test_a_flight_begins_and_ends_where_it_should(start: Camera, goal: Camera) -> None:
    first, last = start.on_the_way(goal, 0), start.on_the_way(goal, 1)
    for flown, meant in ((first, start), (last, goal)):
        assert (flown.x, flown.y) == pytest.approx((meant.x, meant.y), abs=1e-3, rel=1e-6)
        assert flown.scale == pytest.approx(meant.scale)
    middle = start.on_the_way(goal, 0.5)
    assert middle.scale == pytest.approx(math.sqrt(start.scale * goal.scale))


def test_the_next_parcel_in_a_direction() -> None:
    places = [(1, (100.0, 5.0)), (2, (40.0, 90.0)), (3, (-60.0, 0.0)), (4, (300.0, 0.0))]
    assert next_in_direction((0, 0), places, 1, 0) == 1
    assert next_in_direction((0, 0), places, -1, 0) == 3
    assert next_in_direction((0, 0), places, 0, 1) == 2
    assert next_in_direction((0, 0), places, 0, -1) is None
    assert next_in_direction((0, 0), [(9, (0.0, 0.0))], 1, 0) is None
