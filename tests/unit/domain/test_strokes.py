"""Strokes of a pen: what counts as a signature, and the curve through the points."""

from hypothesis import given
from hypothesis import strategies as st

from landsteward.domain.strokes import Point, curves, extent, is_signature

points = st.tuples(st.integers(0, 9000), st.integers(0, 5000), st.none() | st.integers(0, 1000))


def test_a_slip_is_no_signature() -> None:
    assert not is_signature([])
    assert not is_signature([((10, 10, None), (12, 11, None))])
    assert not is_signature([tuple((100 + n, 100, None) for n in range(20))]), "2 pixels wide"
    assert is_signature([tuple((100 + 10 * n, 100, None) for n in range(20))])


@given(st.lists(points, min_size=2, max_size=30, unique_by=lambda one: one[:2]))
def test_the_curve_goes_through_every_point_without_a_gap(stroke: list[Point]) -> None:
    found = curves(tuple(stroke))
    assert [one.start for one in found] == [point[:2] for point in stroke[:-1]]
    assert [one.end for one in found] == [point[:2] for point in stroke[1:]]
    assert all(0 <= one.weight <= 1 for one in found)


def test_a_straight_line_stays_straight_and_a_touch_is_a_dot() -> None:
    line = curves(((0, 0, None), (30, 0, None), (60, 0, None)))
    assert {one.first[1] for one in line} | {one.second[1] for one in line} == {0}
    (dot,) = curves(((5, 7, 800),))
    assert (dot.start, dot.end, dot.weight) == ((5, 7), (5, 7), 0.8)


def test_pressure_is_that_of_both_ends_and_a_mouse_presses_half() -> None:
    pressed, plain = curves(((0, 0, 1000), (9, 9, 600), (20, 3, None)))
    assert (pressed.weight, plain.weight) == (0.8, 0.55)


def test_extent() -> None:
    assert extent([((3, 9, None), (7, 2, None)), ((5, 5, None),)]) == (3, 2, 7, 9)
