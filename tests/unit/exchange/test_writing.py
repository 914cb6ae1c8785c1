"""Boundaries out and in again: nothing is lost on the way, and another program reads them."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyogrio import raw

from landsteward.app.boundaries_file import BoundaryFormat
from landsteward.domain.boundaries import ParcelBoundary, Ring
from landsteward.domain.errors import InputFileError
from landsteward.exchange.boundary_files import GeometryFiles
from landsteward.exchange.txt import read_txt
from tests.helpers.boundaries import CORNER, Point, head, kept, plot, square, text

FILES = GeometryFiles()

steps = st.integers(min_value=-400_000, max_value=400_000)
points = st.builds(
    lambda north, east: (CORNER[0] + Decimal(north) / 1000, CORNER[1] + Decimal(east) / 1000),
    steps,
    steps,
)


def _open(ring: list[Point]) -> bool:
    """A ring whose first point comes again is closed there: that is another shape."""
    return ring[0] not in ring[1:]


rings = st.lists(st.lists(points, min_size=1, max_size=9).filter(_open), min_size=1, max_size=4)
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["C", "Z"], exclude_characters=",，=[]【】"),
    max_size=12,
)


def _points(found: tuple[Ring, ...]) -> list[list[Point]]:
    return [[vertex.place for vertex in ring.vertices] for ring in found]


@settings(deadline=None, max_examples=150)
@given(rings=rings, name=names, prefix=st.booleans(), closed=st.booleans())
def test_txt_to_geometry_to_txt(
    rings: list[list[Point]], name: str, prefix: bool, closed: bool
) -> None:
    zone = 39_000_000 if prefix else 0
    given_rings = [[(north, east + zone) for north, east in ring] for ring in rings]
    first = kept(text(head(), plot(*given_rings, name=name, closed=closed)))
    assert _points(first.rings) == given_rings
    written = FILES.written([first], BoundaryFormat.TXT).decode()
    again = kept(written)
    assert again.rings == tuple(
        Ring(number=place, vertices=ring.vertices, hole_of=ring.hole_of)
        for place, ring in enumerate(first.rings, 1)
    )
    assert (again.crs, again.area_m2, again.plot_no, again.plot_name) == (
        first.crs,
        first.area_m2,
        first.plot_no,
        first.plot_name,
    )
    assert FILES.written([again], BoundaryFormat.TXT).decode() == written


def test_what_would_break_a_line_is_written_otherwise() -> None:
    odd = kept(text(head(), plot(square(), name="甲")))
    odd = replace(odd, plot_name="甲,乙\n丙@")
    written = FILES.written([odd, odd], BoundaryFormat.TXT).decode()
    plots, notes = read_txt(written, FILES.limits)
    assert [one.name for one in plots] == ["甲，乙 丙@"] * 2
    assert notes == []


def test_the_header_is_that_of_the_file_it_came_from() -> None:
    content = text(head(system="1980西安坐标系", zone="38"), plot(square()))
    content = content.replace("转换参数=,,,,,,", "转换参数=1,2,3,4,5,6,7")
    written = FILES.written([kept(content)], BoundaryFormat.TXT).decode()
    assert "坐标系=1980西安坐标系\r\n几度分带=3\r\n" in written
    assert "带号=38\r\n" in written
    assert "转换参数=1,2,3,4,5,6,7\r\n" in written


def test_geojson_is_read_by_gdal(tmp_path: Path) -> None:
    hole = square(20, north=-20, east=20)
    first = kept(text(head(), plot(square(), hole, square(10, east=300), area="0.97")))
    file = tmp_path / "out.geojson"
    file.write_bytes(FILES.written([first], BoundaryFormat.GEOJSON))
    meta, _fids, shapes, columns = raw.read(file)
    assert meta["crs"] == "EPSG:4548"
    assert isinstance(shapes, numpy.ndarray)
    shape = shapely.from_wkb(shapes[0])
    assert shape.area == pytest.approx(9_700)
    assert shape.geom_type == "MultiPolygon"
    told = dict(zip(meta["fields"], (column[0] for column in columns), strict=True))
    assert (told["地块编号"], told["地块名称"]) == ("DK-1", "一号地块")
    (again,) = FILES.read(file).plots
    assert again.shape is not None
    assert [
        (ring.hole_of, {vertex.place for vertex in ring.vertices}) for ring in again.shape.rings
    ] == [(ring.hole_of, {vertex.place for vertex in ring.vertices}) for ring in first.rings]


def test_figures_keep_every_digit_in_geojson() -> None:
    content = text(head(), plot(square())).replace("3747692.943", "3747692.9430000000001")
    written = FILES.written([kept(content)], BoundaryFormat.GEOJSON).decode()
    assert len(re.findall(r"3747692\.9430000000001\b", written)) == 3


def test_several_systems_do_not_stand_in_one_file() -> None:
    boundaries: list[ParcelBoundary] = [
        kept(text(head(), plot(square(prefix=prefix)))) for prefix in (True, False)
    ]
    for form in BoundaryFormat:
        with pytest.raises(InputFileError):
            FILES.written(boundaries, form)
