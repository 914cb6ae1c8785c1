"""Areas and lengths by hand, and which ring is a hole."""

from decimal import Decimal

import pytest

from landsteward.domain.boundaries import (
    Ring,
    Vertex,
    arranged,
    edges,
    plane_area,
    plane_perimeter,
    repeated_points,
    ring_area,
)
from landsteward.domain.boundary_remarks import Remark, RemarkKind, is_fault, worded


def points(*places: tuple[str, str]) -> list[Vertex]:
    return [
        Vertex(number=f"J{at}", north=Decimal(north), east=Decimal(east))
        for at, (north, east) in enumerate(places, 1)
    ]


def box(north: str, east: str, side: str) -> list[Vertex]:
    top, left, length = Decimal(north), Decimal(east), Decimal(side)
    places = [
        (top, left),
        (top, left + length),
        (top - length, left + length),
        (top - length, left),
    ]
    return points(*((str(one), str(other)) for one, other in places))


@pytest.mark.parametrize(
    ("places", "area"),
    [
        # Half of base times height: 30 × 40 / 2.
        ((("0", "0"), ("0", "30"), ("40", "0")), "600"),
        # A trapezium: (100 + 60) / 2 × 50.
        ((("0", "0"), ("0", "100"), ("50", "80"), ("50", "20")), "4000"),
        # An L of 10 × 10 less 5 × 5, counter-clockwise.
        ((("0", "0"), ("10", "0"), ("10", "5"), ("5", "5"), ("5", "10"), ("0", "10")), "75"),
        # Millimetres far from the origin: 123.456 × 78.901, not one digit lost.
        (
            (
                ("3747692.943", "39387089.572"),
                ("3747692.943", "39387213.028"),
                ("3747614.042", "39387213.028"),
                ("3747614.042", "39387089.572"),
            ),
            "9740.801856",
        ),
        # A bow: what lies on either hand cancels out.
        ((("0", "0"), ("10", "10"), ("0", "10"), ("10", "0")), "0"),
        ((("0", "0"), ("5", "5")), "0"),
        ((), "0"),
    ],
)
def test_area_by_hand(places: tuple[tuple[str, str], ...], area: str) -> None:
    assert ring_area(points(*places)) == Decimal(area)
    assert ring_area(points(*places[::-1])) == Decimal(area)


def test_holes_are_taken_off_and_further_parts_added() -> None:
    rings = arranged(
        [
            (1, box("100", "0", "100")),
            (2, box("80", "20", "40")),
            (3, box("100", "200", "10")),
            (4, box("70", "30", "5")),
        ]
    )
    assert [ring.hole_of for ring in rings] == [None, 0, None, None]
    # 100² − 40² + 10² + the island of 5² inside the hole.
    assert plane_area(rings) == 10_000 - 1_600 + 100 + 25
    assert str(plane_area(rings)) == "8525"
    assert plane_perimeter(rings) == 400 + 160 + 40 + 20


def test_the_outer_ring_need_not_come_first_and_may_be_touched() -> None:
    rings = arranged([(1, box("50", "0", "50")), (2, box("100", "0", "100"))])
    assert [ring.hole_of for ring in rings] == [1, None]


def test_neighbours_that_share_a_side_are_two_parts() -> None:
    rings = arranged([(1, box("10", "0", "10")), (2, box("10", "10", "10"))])
    assert [ring.hole_of for ring in rings] == [None, None]


def test_edges_go_back_to_the_first_point() -> None:
    ring = Ring(number=1, vertices=tuple(points(("0", "0"), ("0", "3"), ("4", "0"))))
    named = [(one.number, other.number) for one, other in edges(ring)]
    assert named == [("J1", "J2"), ("J2", "J3"), ("J3", "J1")]
    assert plane_perimeter([ring]) == 12
    assert edges(Ring(number=1, vertices=ring.vertices[:1])) == []


def test_points_twice_in_a_row_are_named() -> None:
    twice = points(("0", "0"), ("0", "3"), ("0", "3"), ("4", "0"))
    assert [vertex.number for vertex in repeated_points(twice)] == ["J3"]
    around = points(("0", "0"), ("0", "3"), ("4", "0"), ("0", "0"))
    assert [vertex.number for vertex in repeated_points(around)] == ["J1"]


def test_every_remark_has_words() -> None:
    for kind in RemarkKind:
        sentence = str(worded(Remark(kind=kind, ring=2, detail="7")))
        assert sentence.endswith(".")
        assert "{" not in sentence
    assert is_fault(Remark(kind=RemarkKind.SELF_CROSSING))
    assert not is_fault(Remark(kind=RemarkKind.AREA_IN_M2))
