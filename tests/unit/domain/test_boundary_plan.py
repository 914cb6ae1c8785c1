"""What stands where on a 宗地图."""

from dataclasses import replace
from decimal import Decimal

import pytest

from landsteward.domain.boundary_plan import edge_length_m, plan_of
from tests.helpers.boundaries import head, kept, plot, square, text

SQUARE = kept(text(head(), plot(square())))


def test_north_is_up_and_all_of_it_is_inside() -> None:
    plan = plan_of(SQUARE, width=400, height=300, text=10)
    assert plan is not None
    (ring,) = plan.rings
    assert ring[0][1] < ring[2][1]
    assert ring[0][0] < ring[1][0]
    assert all(0 < x < 400 and 0 < y < 300 for x, y in ring)
    assert all(0 < one.x < 400 and 0 < one.y < 300 for one in (*plan.numbers, *plan.lengths))
    side = ring[1][0] - ring[0][0]
    assert plan.bar_length == pytest.approx(plan.bar_m * side / 100)
    assert plan.bar_length <= 100


def test_numbers_stand_outside_and_lengths_are_never_upside_down() -> None:
    plan = plan_of(SQUARE, width=400, height=400, text=10)
    assert plan is not None
    (ring,) = plan.rings
    for one, (x, y) in zip(plan.numbers, ring, strict=True):
        assert abs(one.x - 200) > abs(x - 200)
        assert abs(one.y - 200) > abs(y - 200)
    assert [one.text for one in plan.lengths] == ["100.00"] * 4
    assert all(-90 <= one.turned < 90.0001 for one in plan.lengths)


def test_the_area_is_written_on_the_land_not_in_a_hole() -> None:
    hole = square(60, north=-20, east=20)
    plan = plan_of(kept(text(head(), plot(square(), hole))), width=400, height=400, text=10)
    assert plan is not None
    assert plan.holes == (False, True)
    (x, y) = plan.middle
    inner = plan.rings[1]
    assert not (inner[0][0] < x < inner[1][0] and inner[0][1] < y < inner[2][1])


def test_on_paper_the_scale_is_a_round_one() -> None:
    plan = plan_of(SQUARE, width=400, height=300, text=8, units_an_inch=72)
    assert plan is not None
    assert plan.scale == 2000
    (ring,) = plan.rings
    assert ring[1][0] - ring[0][0] == pytest.approx(100 / 2000 / 0.0254 * 72)


def test_what_has_no_area_or_no_points_breaks_nothing() -> None:
    a, b, *_ = square()
    for points in ([a], [a, b], [a, a]):
        plan = plan_of(kept(text(head(), plot(points))), width=100, height=100, text=10)
        assert plan is not None
        assert len(plan.rings[0]) == len(points)
    assert plan_of(replace(SQUARE, rings=()), width=100, height=100, text=10) is None


def test_degrees_are_drawn_in_metres() -> None:
    corners = [(Decimal(n), Decimal(e)) for n, e in (("33.85", "115.78"), ("33.85", "115.79"))]
    corners += [(Decimal("33.84"), east) for _, east in reversed(corners)]
    found = kept(text(head(), plot(corners)))
    first, second, third, _ = found.rings[0].vertices
    # By the formulas for the arc of the parallel and the meridian at that latitude.
    assert edge_length_m(first, second, found) == pytest.approx(925.5, abs=0.5)
    assert edge_length_m(second, third, found) == pytest.approx(1109.2, abs=0.5)
