"""界址点 TXT in the variants of `domain.md` §1: what is read, what is said, what is refused."""

from decimal import Decimal
from pathlib import Path

import pytest

from landsteward.app.boundaries_file import ReadPlot
from landsteward.domain.boundaries import Shape
from landsteward.domain.boundary_remarks import RemarkKind
from landsteward.domain.errors import InputFileError
from landsteward.exchange import systems
from landsteward.exchange.boundary_files import GeometryFiles
from landsteward.exchange.txt import read_txt
from tests.helpers.boundaries import CORNER, head, plot, square, text

LIMITS = GeometryFiles().limits


def one(content: str) -> ReadPlot:
    (found,), notes = read_txt(content, LIMITS)
    assert notes == []
    return found


def shape(content: str) -> Shape:
    found = one(content)
    assert found.refused == ()
    assert found.shape is not None
    return found.shape


def kinds(content: str) -> list[RemarkKind]:
    return [remark.kind for remark in shape(content).remarks]


def test_the_known_place_lies_where_domain_md_says() -> None:
    for epsg, prefix in ((4548, 0), (4527, 39_000_000)):
        (vertex,) = [
            vertex
            for vertex in shape(text(head(), plot(square(prefix=bool(prefix))))).rings[0].vertices
            if vertex.number == "J1"
        ]
        assert vertex.place == (CORNER[0], CORNER[1] + prefix)
        ((east, north),) = systems.turned([vertex], epsg)
        assert (round(east, 6), round(north, 6)) == (115.78, 33.85)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_every_encoding_and_line_end(tmp_path: Path, encoding: str, end: str) -> None:
    file = tmp_path / "界址点.txt"
    file.write_bytes(text(head(), plot(square()), end=end).encode(encoding))
    read = GeometryFiles().read(file)
    (found,) = read.plots
    assert (found.row, found.plot_no, found.name) == (13, "DK-1", "一号地块")
    assert (found.land_use, dict(found.attributes)["地类编号"]) == ("工业用地", "0601")
    assert found.shape is not None
    assert found.shape.area_m2 == 10_000
    assert found.shape.perimeter_m == 400
    assert found.header[0] == ("格式版本号", "1.01")


def test_with_and_without_the_zone_in_front() -> None:
    assert shape(text(head(), plot(square()))).crs.epsg == 4548
    assert shape(text(head(), plot(square(prefix=True)))).crs.epsg == 4527


def test_the_zone_is_taken_from_the_eastings_where_the_header_lacks_it() -> None:
    content = text(head(zone=""), plot(square(prefix=True)))
    assert shape(content).crs.epsg == 4527
    assert RemarkKind.ZONE_FROM_EASTING in kinds(content)
    assert RemarkKind.CRS_UNKNOWN in kinds(text(head(zone=""), plot(square())))


def test_a_header_that_contradicts_its_eastings_is_no_known_system() -> None:
    content = text(head(zone="38"), plot(square(prefix=True)))
    assert RemarkKind.CRS_UNKNOWN in kinds(content)
    assert shape(content).extent is None
    assert shape(content).area_m2 == 10_000


def test_six_degree_zones() -> None:
    assert shape(text(head(width="6", zone="20"), plot(square()))).crs.epsg == 4509
    assert shape(text(head(width="", zone="20"), plot(square()))).crs.epsg == 4509


def test_swapped_axes_are_told_by_magnitude_and_said() -> None:
    for prefix in (False, True):
        content = text(head(), plot(square(prefix=prefix), swapped=True))
        assert RemarkKind.AXES_SWAPPED in kinds(content)
        assert shape(content).rings == shape(text(head(), plot(square(prefix=prefix)))).rings


@pytest.mark.parametrize(
    ("area", "stated", "kind"),
    [
        ("1.0000", 10_000, RemarkKind.AREA_IN_HECTARES),
        ("10000", 10_000, RemarkKind.AREA_IN_M2),
        ("15", 10_000, RemarkKind.AREA_IN_MU),
    ],
)
def test_the_unit_of_the_area_is_decided_by_the_points(
    area: str, stated: int, kind: RemarkKind
) -> None:
    content = text(head(), plot(square(), area=area))
    assert one(content).stated_area_m2 == stated
    assert kinds(content) == [kind]


def test_an_area_that_fits_in_no_unit_is_said() -> None:
    content = text(head(), plot(square(), area="1.2"))
    assert one(content).stated_area_m2 == 12_000
    assert kinds(content) == [RemarkKind.AREA_IN_HECTARES, RemarkKind.AREA_DIFFERS]


@pytest.mark.parametrize("labels", ["J{}", "J{:02}", "{}"])
@pytest.mark.parametrize("closed", [True, False])
def test_rings_close_or_do_not_and_points_are_numbered_any_way(labels: str, closed: bool) -> None:
    found = shape(text(head(), plot(square(), labels=labels, closed=closed)))
    assert [vertex.number for vertex in found.rings[0].vertices] == [
        labels.format(number) for number in range(1, 5)
    ]
    assert found.area_m2 == 10_000


def test_holes_and_parts_by_containment_and_several_plots() -> None:
    hole = square(20, north=-20, east=20)
    content = text(
        head(),
        plot(square(), hole, square(10, east=300), area="0.97", number="A"),
        plot(square(50), area="0.25", number="B"),
    )
    plots, _ = read_txt(content, LIMITS)
    assert [found.plot_no for found in plots] == ["A", "B"]
    first, second = (found.shape for found in plots)
    assert first is not None
    assert second is not None
    assert [ring.hole_of for ring in first.rings] == [None, 0, None]
    assert (first.area_m2, second.area_m2) == (Decimal(9_700), Decimal(2_500))


def test_several_parts_may_bear_one_ring_number() -> None:
    content = text(head(), plot(square(), square(10, east=300), area="1.01"))
    content = content.replace(",2,", ",1,")
    assert len(shape(content).rings) == 2
    assert RemarkKind.RING_AGAIN in kinds(content)


@pytest.mark.parametrize(
    ("line", "plot_no", "name"),
    [
        ("5,1.0,DK-1,一号地块,面,,工业用地,0601,@", "DK-1", "一号地块"),
        ("5,1.0,DK-1,一号地块,面,,工业用地,@", "DK-1", "一号地块"),
        ("5,1.0,DK-1,一号地块,面,,@", "DK-1", "一号地块"),
        ("5,1.0,DK-1,一号地块,面,@", "DK-1", "一号地块"),
        ("5,1.0,DK-1,一号地块,@", "DK-1", "一号地块"),
        ("5,1.0,DK-1,@", "DK-1", ""),
        ("5,1.0,一号地块,面,,,,@", "", "一号地块"),
        ("5，1.0，DK-1，一号地块，面，，，，@", "DK-1", "一号地块"),
        ("5,1.0,@", "", ""),
        ("@", "", ""),
    ],
)
def test_fields_missing_before_the_end(line: str, plot_no: str, name: str) -> None:
    lines = plot(square())
    found = one(text(head(), [line, *lines[1:]]))
    assert (found.plot_no, found.name) == (plot_no, name)
    assert found.shape is not None
    assert found.shape.area_m2 == 10_000


@pytest.mark.parametrize(
    ("system", "epsg"), [("1980西安坐标系", 2382), ("1954年北京坐标系", 2434), ("西安80", 2382)]
)
def test_older_systems_keep_their_shape_and_are_not_transformed(system: str, epsg: int) -> None:
    content = text(head(system=system, zone="37"), plot(square()))
    found = shape(content)
    assert (found.crs.epsg, found.area_m2, found.extent) == (epsg, Decimal(10_000), None)
    assert RemarkKind.NO_TRANSFORMATION in kinds(content)


def test_an_unknown_system_is_named_and_kept() -> None:
    content = text(head(system="亳州城建坐标系"), plot(square()))
    found = shape(content)
    assert (found.crs.epsg, found.crs.name, found.area_m2) == (
        None,
        "亳州城建坐标系",
        Decimal(10_000),
    )
    assert RemarkKind.CRS_UNKNOWN in kinds(content)


def test_a_place_outside_the_county_is_named_and_kept() -> None:
    assert RemarkKind.OUTSIDE in kinds(text(head(), plot(square(north=400_000))))
    assert RemarkKind.OUTSIDE not in kinds(text(head(), plot(square())))


def test_crossing_rings_short_rings_and_points_twice_are_named_never_mended() -> None:
    a, b, c, d = square()
    bow = shape(text(head(), plot([a, c, b, d])))
    (crossing,) = [one for one in bow.remarks if one.kind is RemarkKind.SELF_CROSSING]
    assert crossing.ring == 1
    assert crossing.detail == "3747642.943, 387139.572"
    assert [vertex.place for vertex in bow.rings[0].vertices] == [a, c, b, d]
    twice = shape(text(head(), plot([a, b, b, c, d])))
    assert len(twice.rings[0].vertices) == 5
    assert RemarkKind.REPEATED_POINT in [one.kind for one in twice.remarks]
    short = shape(text(head(), plot([a, b])))
    assert [vertex.place for vertex in short.rings[0].vertices] == [a, b]
    assert {RemarkKind.TOO_FEW_POINTS, RemarkKind.NO_AREA} <= {one.kind for one in short.remarks}
    across = shape(text(head(), plot(square(), square(50, north=-25, east=75))))
    assert RemarkKind.RINGS_CROSS in [one.kind for one in across.remarks]


def test_a_wrong_number_of_points_is_said() -> None:
    lines = plot(square())
    wrong = [lines[0].replace("5,", "9,", 1), *lines[1:]]
    assert RemarkKind.POINT_COUNT in kinds(text(head(), wrong))
    uncounted = [lines[0].replace("5,", "4,", 1), *lines[1:]]
    assert RemarkKind.POINT_COUNT not in kinds(text(head(), uncounted))


@pytest.mark.parametrize(
    "bad", ["J2,1,三百,387189.572", "J2,1,3.7E6,387189.572", "J2,x,3747692.943,387189.572", "J2"]
)
def test_a_bad_point_refuses_its_plot_and_no_other(bad: str) -> None:
    lines = plot(square(), number="A")
    lines[2] = bad
    plots, _ = read_txt(text(head(), lines, plot(square(), number="B")), LIMITS)
    assert [found.plot_no for found in plots] == ["A", "B"]
    (note,) = plots[0].refused
    assert note.row == plots[0].row == 13
    assert str(note.reason).startswith("Line 15: ")
    assert plots[0].shape is None
    assert plots[1].shape is not None


def test_a_plot_without_points_is_refused_and_stray_lines_are_told() -> None:
    plots, notes = read_txt(text(["一行字"], ["3,1.0,A,甲,面,@"]), LIMITS)
    assert [bool(found.refused) for found in plots] == [True]
    assert [(note.row, note.value) for note in notes] == [(1, "一行字")]


def test_degrees_are_measured_on_the_ellipsoid_and_that_is_said() -> None:
    corners = [(Decimal(n), Decimal(e)) for n, e in (("33.85", "115.78"), ("33.85", "115.79"))]
    corners += [(Decimal("33.84"), east) for _, east in reversed(corners)]
    content = text(head(), plot(corners, area="102.6"))
    found = shape(content)
    assert (found.crs.epsg, found.crs.plane) == (4490, False)
    assert RemarkKind.GEODESIC in kinds(content)
    # A hundredth of a degree: 1109 m of meridian by about 925.7 m of the parallel there.
    assert found.area_m2 is not None
    assert abs(found.area_m2 - Decimal("1026800")) < 1500


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff", "只是一封信。".encode(), b"{"])
def test_what_is_no_boundary_file_is_refused_in_words(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    with pytest.raises(InputFileError) as refused:
        GeometryFiles().read(file)
    assert refused.value.remedy is not None
