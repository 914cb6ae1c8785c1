"""Shapes in the plane of the map: true to the ground, found by place, never lost on the way."""

import math
from itertools import product

import numpy
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from landsteward.app.map_shapes import Box
from landsteward.app.rings import Rings, rings_of
from landsteward.exchange import systems
from landsteward.exchange.map_shapes import PlaneGeometry, PlaneShapes
from tests.helpers.maps import LATITUDE, LONGITUDE, box, county, ring, shapes_of

TOLERANCES = (0.0, 0.1, 1.0, 5.0, 20.0, 100.0, 1000.0)


class TestProjection:
    def test_the_known_point_of_the_standard(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100),))
        assert shapes.plane.epsg == 4548
        x, y = shapes.level(0).of(0)[0][0]
        assert x + shapes.plane.east == pytest.approx(387_089.572, abs=0.001)
        assert y + shapes.plane.north == pytest.approx(3_747_692.943, abs=0.001)

    def test_shapes_are_not_squeezed(self) -> None:
        """A square kilometre on the ellipsoid is one on the map; in degrees it would be 0.83."""
        corner = (LONGITUDE, LATITUDE)
        geod = systems.ellipsoid_of(4490)
        assert geod is not None
        east, *_ = geod.fwd(*corner, 90, 1000)
        _, north, _ = geod.fwd(*corner, 0, 1000)
        shapes = shapes_of(((corner, (east, LATITUDE), (east, north), (LONGITUDE, north)),))
        found = shapes.box(0)
        # The square stands a little askew on the grid, as far from its meridian.
        turned = math.radians(shapes.plane.turned)
        side = 1000 * (math.cos(turned) + math.sin(turned))
        assert found.width == pytest.approx(side, rel=0.001)
        assert found.height == pytest.approx(side, rel=0.001)

    def test_the_arrow_points_along_the_meridian(self) -> None:
        for longitude in (115.6, 117.0, 118.3):
            south, north = (longitude, 33.0), (longitude, 33.01)
            shapes = shapes_of(((south, north, (longitude + 0.01, 33.0)),))
            (x1, y1), (x2, y2) = shapes.level(0).of(0)[0][:2]
            leaning = math.degrees(math.atan2(x2 - x1, y2 - y1))
            assert shapes.plane.turned == pytest.approx(leaning, abs=0.02)

    def test_the_zone_is_that_of_most_points(self) -> None:
        far = ((121.0, 31.0), (121.01, 31.0), (121.01, 31.01))
        shapes = shapes_of((far,), *(((box(at, 0, 50, 50)),) for at in range(0, 600, 100)))
        assert shapes.plane.epsg == 4548

    def test_what_has_no_place_in_the_plane_is_named_and_kept_out_of_the_view(self) -> None:
        outlines = rings_of([(box(0, 0, 100, 100),), (box(200, 0, 100, 100),)])
        plane = PlaneGeometry().shapes(outlines).plane
        points = numpy.array(
            [(0, 0), (9, 0), (9, 9), (0, 9), (5, 5), (6, 5), (numpy.nan, 6), (5, 6)]
        )
        shapes = PlaneShapes(plane, points.astype(numpy.float64), outlines)
        assert shapes.lost == (1,)
        assert shapes.extent() == Box(0, 0, 9, 9)
        assert len(shapes) == 2


class TestLevels:
    def test_no_parcel_is_dropped_on_any_level(self) -> None:
        outlines = county(400)
        outlines.add((box(0, 0, 0.2, 0.2),))
        outlines.add((ring((0, 0), (1, 1)),))
        outlines.add((ring((5, 5)),))
        shapes = PlaneGeometry().shapes(outlines)
        for tolerance in TOLERANCES:
            level = shapes.level(tolerance)
            assert len(level) == len(outlines)
            for shape in range(len(level)):
                (only,) = level.of(shape)
                assert len(only) >= 2
                assert only[0] == only[-1]

    @given(seed=st.integers(0, 1000), tolerance=st.sampled_from(TOLERANCES))
    def test_no_line_is_off_by_more_than_was_asked(self, seed: int, tolerance: float) -> None:
        shapes = PlaneGeometry().shapes(county(3, seed=seed))
        exact, simple = shapes.level(0), shapes.level(tolerance)
        for shape in range(3):
            line = shapely.LineString(exact.of(shape)[0])
            coarse = shapely.LineString(simple.of(shape)[0])
            assert shapely.hausdorff_distance(line, coarse, densify=0.2) <= tolerance + 1e-6

    def test_coarse_levels_have_fewer_points(self) -> None:
        shapes = PlaneGeometry().shapes(county(200))
        counts = [len(shapes.level(one).points) for one in TOLERANCES]
        assert counts == sorted(counts, reverse=True)
        assert counts[-1] < counts[0] / 3


class TestPlaces:
    def test_a_place_is_on_the_parcel_it_lies_in_and_not_in_its_hole(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100), box(40, 40, 20, 20)), (box(45, 45, 10, 10),))
        plane = shapes.plane
        origin_x, origin_y = 387_089.572 - plane.east, 3_747_692.943 - plane.north

        def at(east: float, north: float) -> list[int]:
            turned = -math.radians(plane.turned)
            x = east * math.cos(turned) - north * math.sin(turned)
            y = east * math.sin(turned) + north * math.cos(turned)
            return shapes.at(origin_x + x, origin_y + y, reach_m=0)

        assert at(10, 10) == [0]
        assert at(50, 50) == [1]
        assert at(42, 42) == []
        assert at(200, 200) == []

    def test_neighbours_with_one_line_between_them_are_told_apart(self) -> None:
        shapes = shapes_of((box(0, 0, 50, 50),), (box(50, 0, 50, 50),))
        for shape in (0, 1):
            assert shapes.at(*shapes.anchor(shape), reach_m=0) == [shape]

    def test_the_smaller_of_two_on_the_same_land_comes_first(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100),), (box(40, 40, 20, 20),))
        assert shapes.at(*shapes.anchor(1), reach_m=0) == [1, 0]

    def test_near_a_tiny_one_is_near_enough(self) -> None:
        shapes = shapes_of((box(0, 0, 1, 1),), (box(500, 0, 1, 1),))
        x, y = shapes.anchor(0)
        assert shapes.at(x + 10, y, reach_m=2) == []
        assert shapes.at(x + 10, y, reach_m=20) == [0]

    def test_a_crossing_outline_is_land_where_an_odd_number_of_turns_is(self) -> None:
        bow = ring((0, 0), (100, 100), (100, 0), (0, 100))
        shapes = shapes_of((bow,))
        x, y = shapes.box(0).middle
        assert shapes.at(x + 30, y, reach_m=0) == [0]
        assert shapes.at(x, y + 30, reach_m=0) == []

    def test_names_stand_on_the_land(self) -> None:
        bend = ring((0, 0), (100, 0), (100, 100), (80, 100), (80, 20), (0, 20))
        around = (box(200, 0, 100, 100), box(210, 10, 80, 80))
        shapes = shapes_of((bend,), around, *((box(at, 300, 20, 20),) for at in (0, 50)))
        for shape in range(len(shapes)):
            assert shapes.at(*shapes.anchor(shape), reach_m=0) == [shape]

    def test_a_name_keeps_away_from_a_hole(self) -> None:
        """A square of 100 m with a hole of 10 m beside its middle: a name has 20 m to each side."""
        shapes = shapes_of((box(0, 0, 100, 100), box(52, 45, 10, 10)))
        x, y = shapes.anchor(0)
        for away, turn in product((5, 10, 15, 20), range(0, 360, 15)):
            leaning = math.radians(turn)
            there = x + away * math.cos(leaning), y + away * math.sin(leaning)
            assert shapes.at(*there, reach_m=0) == [0]

    def test_boxes_find_what_meets_them(self) -> None:
        shapes = shapes_of(*((box(at * 100, 0, 50, 50),) for at in range(5)))
        middle = shapes.box(2)
        assert shapes.within(middle) == [2]
        assert shapes.within(middle.grown(60)) == [1, 2, 3]
        assert shapes.within(Box(-1e6, -1e6, -9e5, -9e5)) == []

    def test_the_largest_are_named_first(self) -> None:
        shapes = shapes_of((box(0, 0, 10, 10),), (box(100, 0, 60, 60),), (box(300, 0, 40, 40),))
        everywhere = Box(-1e6, -1e6, 1e6, 1e6)
        assert shapes.large(everywhere, side_m=0, most=9) == [1, 2, 0]
        assert shapes.large(everywhere, side_m=20, most=9) == [1, 2]
        assert shapes.large(everywhere, side_m=0, most=1) == [1]


class TestOverlaps:
    def test_the_land_two_parcels_claim_is_found_with_its_area_and_outline(self) -> None:
        shapes = shapes_of(
            (box(0, 0, 100, 100),),
            (box(90, 0, 100, 100),),
            (box(190, 0, 50, 50),),
            (box(20, 20, 10, 10),),
        )
        found = shapes.overlaps(least_m2=1)
        assert [(one.one, one.other) for one in found.found] == [(0, 1), (0, 3)]
        assert found.found[0].area_m2 == pytest.approx(1000, rel=0.01)
        assert found.found[1].area_m2 == pytest.approx(100, rel=0.01)
        outline = shapely.Polygon(found.rings.of(1)[0])
        assert outline.area == pytest.approx(found.found[1].area_m2)
        assert found.unclear == ()

    def test_neighbours_that_only_touch_do_not_overlap(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100),), (box(100, 0, 100, 100),))
        assert shapes.overlaps(least_m2=1).found == ()

    def test_a_parcel_in_the_hole_of_another_is_no_overlap(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100), box(40, 40, 20, 20)), (box(40, 40, 20, 20),))
        assert shapes.overlaps(least_m2=1).found == ()

    def test_faulty_outlines_are_named_instead_of_judged(self) -> None:
        bow = ring((0, 0), (100, 100), (100, 0), (0, 100))
        shapes = shapes_of((box(0, 0, 100, 100),), (bow,), (ring((0, 0), (9, 9)),))
        found = shapes.overlaps(least_m2=1)
        assert found.found == ()
        assert found.unclear == (1, 2)

    def test_whoever_is_told_can_stop_it(self) -> None:
        shapes = shapes_of((box(0, 0, 100, 100),), (box(50, 0, 100, 100),))

        def stop(_done: int, _total: int) -> None:
            raise InterruptedError

        with pytest.raises(InterruptedError):
            shapes.overlaps(least_m2=1, progress=stop)


def test_nothing_is_a_map_too() -> None:
    shapes = PlaneGeometry().shapes(Rings())
    assert len(shapes) == 0
    assert shapes.extent() is None
    assert shapes.within(Box(0, 0, 1, 1)) == []
    assert shapes.at(0, 0, reach_m=10) == []
    assert shapes.overlaps(least_m2=1).found == ()


def test_shapes_without_points_take_no_room() -> None:
    shapes = shapes_of((), (box(0, 0, 10, 10),), ())
    assert len(shapes) == 3
    extent = shapes.extent()
    assert extent is not None
    assert extent.width < 12
    assert shapes.overlaps(least_m2=1).found == ()


@given(
    st.lists(
        st.lists(
            st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1, max_size=5),
            max_size=3,
        ),
        max_size=6,
    )
)
def test_outlines_come_out_of_their_arrays_as_they_went_in(
    outlines: list[list[list[tuple[float, float]]]],
) -> None:
    given_ = [tuple(tuple(ring_) for ring_ in one) for one in outlines]
    rings = rings_of(given_)
    assert [rings.of(at) for at in range(len(rings))] == given_
    twice = rings_of(given_)
    twice.extend(rings)
    assert [twice.of(at) for at in range(len(twice))] == given_ * 2
    for at in range(len(rings.rings) - 1):
        count, content = rings.bytes_of(at)
        assert numpy.frombuffer(content).size == 2 * count
