"""GeoJSON, Shapefile (also zipped and in a folder), KML and DXF."""

import json
import threading
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy
import pytest
import shapely
from pyogrio import raw

from landsteward.app.boundaries_file import BoundaryFile, ReadPlot
from landsteward.domain.boundary_remarks import RemarkKind
from landsteward.domain.errors import InputFileError
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text

PLANE = [(float(east), float(north)) for north, east in square()]
HOLE = [(float(east), float(north)) for north, east in square(20, north=-20, east=20)]
DEGREES = [(115.78, 33.85), (115.79, 33.85), (115.79, 33.84), (115.78, 33.84)]
ESRI = (
    'PROJCS["CGCS2000_3_Degree_GK_CM_117E",GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",'
    'DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],'
    'UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],'
    'PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],'
    'PARAMETER["Central_Meridian",{meridian}],PARAMETER["Scale_Factor",1.0],'
    'PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]'
)


def read(path: Path) -> BoundaryFile:
    return GeometryFiles().read(path)


def kinds(found: ReadPlot) -> list[RemarkKind]:
    assert found.shape is not None
    return [remark.kind for remark in found.shape.remarks]


def write(
    path: Path,
    shapes: list[Any],
    *,
    crs: str = "EPSG:4548",
    names: list[str] | None = None,
    kind: str = "Polygon",
    **more: Any,
) -> Path:
    """A file of these geometries as GDAL writes it, with a column of names."""
    fields = {} if names is None else {"DKMC": names}
    raw.write(
        path,
        numpy.array([shapely.to_wkb(one) for one in shapes], dtype=object),
        [numpy.array(column, dtype=object) for column in fields.values()],
        list(fields),
        geometry_type=kind,
        crs=crs,
        **more,
    )
    return path


def shapefile(folder: Path, **more: Any) -> Path:
    folder.mkdir(exist_ok=True)
    shapes = [shapely.Polygon(PLANE, [HOLE]), shapely.Polygon(PLANE)]
    return write(folder / "宗地.shp", shapes, names=["一号地块", "二号地块"], **more)


def collection(*features: dict[str, Any], **members: Any) -> str:
    return json.dumps({"type": "FeatureCollection", **members, "features": list(features)})


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def polygon(*rings: Any) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]] for ring in rings]}


class TestGeoJson:
    def test_figures_are_kept_digit_for_digit(self, tmp_path: Path) -> None:
        file = tmp_path / "a.geojson"
        content = collection(feature(polygon(DEGREES), 地块名称="一号", 面积="102.68"))
        file.write_text(content.replace("115.78,", "115.780000000000000010,"), "utf-8")
        (found,) = read(file).plots
        assert found.shape is not None
        assert found.shape.crs.epsg == 4326
        assert str(found.shape.rings[0].vertices[0].east) == "115.780000000000000010"
        assert found.name == "一号"
        assert kinds(found) == [RemarkKind.AREA_IN_HECTARES, RemarkKind.GEODESIC]

    def test_plane_figures_need_a_system(self, tmp_path: Path) -> None:
        file = tmp_path / "a.json"
        file.write_text(collection(feature(polygon(PLANE, HOLE))), "utf-8")
        (found,) = read(file).plots
        assert RemarkKind.CRS_UNKNOWN in kinds(found)
        named = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4548"}}
        file.write_text(collection(feature(polygon(PLANE, HOLE)), crs=named), "utf-8")
        (found,) = read(file).plots
        assert found.shape is not None
        assert (found.shape.crs.epsg, found.shape.area_m2) == (4548, Decimal(9_600))
        assert kinds(found) == []

    def test_latitude_first_is_noticed(self, tmp_path: Path) -> None:
        file = tmp_path / "a.geojson"
        swapped = [(north, east) for east, north in DEGREES]
        file.write_text(collection(feature(polygon(swapped))), "utf-8")
        (found,) = read(file).plots
        assert RemarkKind.AXES_SWAPPED in kinds(found)
        assert RemarkKind.OUTSIDE not in kinds(found)

    def test_what_is_no_polygon_is_refused_by_itself(self, tmp_path: Path) -> None:
        file = tmp_path / "a.geojson"
        several = {"type": "MultiPolygon", "coordinates": [[[*DEGREES, DEGREES[0]]]] * 2}
        bad: list[Any] = [
            feature(None),
            feature({"type": "Point", "coordinates": [1, 2]}),
            feature({"type": "Polygon", "coordinates": [[["a", 2]]]}),
            feature({"type": "Polygon", "coordinates": [[[1e300, 2]]]}),
            feature({"type": "Polygon", "coordinates": []}),
            7,
        ]
        file.write_text(collection(*bad, feature(several)), "utf-8")
        plots = read(file).plots
        assert [found.shape is None for found in plots] == [True] * 6 + [False]
        assert [found.row for found in plots] == list(range(1, 8))
        assert all(found.refused for found in plots[:6])

    @pytest.mark.parametrize(
        "content", ["{", "[1]", '{"type": "Topology"}', "[" * 100_000, '{"a": NaN}']
    )
    def test_other_json_is_refused_in_words(self, tmp_path: Path, content: str) -> None:
        file = tmp_path / "a.geojson"
        file.write_text(content, "utf-8")
        with pytest.raises(InputFileError):
            read(file)


class TestShapefile:
    @pytest.mark.parametrize("encoding", ["UTF-8", "GB18030"])
    @pytest.mark.parametrize("told", [True, False])
    def test_prj_and_cpg_with_and_without(self, tmp_path: Path, encoding: str, told: bool) -> None:
        file = shapefile(tmp_path / "a", encoding=encoding)
        if not told:
            file.with_suffix(".cpg").unlink()
        first, second = read(file).plots
        assert (first.name, second.name) == ("一号地块", "二号地块")
        assert first.shape is not None
        assert (first.shape.crs.epsg, first.shape.area_m2) == (4548, Decimal(9_600))
        assert [ring.hole_of for ring in first.shape.rings] == [None, 0]
        assert {vertex.place for vertex in first.shape.rings[0].vertices} == set(square())

    def test_without_prj_the_system_is_unknown(self, tmp_path: Path) -> None:
        file = shapefile(tmp_path / "a")
        file.with_suffix(".prj").unlink()
        assert RemarkKind.CRS_UNKNOWN in kinds(read(file).plots[0])

    @pytest.mark.parametrize(("meridian", "epsg"), [("117.0", 4548), ("116.4", None)])
    def test_another_programs_prj_is_known_by_its_parameters(
        self, tmp_path: Path, meridian: str, epsg: int | None
    ) -> None:
        file = shapefile(tmp_path / "a")
        file.with_suffix(".prj").write_text(ESRI.format(meridian=meridian), "utf-8")
        found = read(file).plots[0].shape
        assert found is not None
        assert found.crs.epsg == epsg
        assert (found.extent is None) == (epsg is None)

    def test_in_a_folder_in_an_archive_and_by_any_of_its_parts(self, tmp_path: Path) -> None:
        file = shapefile(tmp_path / "a")
        archive = tmp_path / "宗地.zip"
        with zipfile.ZipFile(archive, "w") as packed:
            for part in file.parent.iterdir():
                packed.write(part, f"../{part.name}")
            packed.writestr("界址点.txt", text(head(), plot(square())).encode("gb18030"))
        for path, plots in ((file.parent, 2), (file.with_suffix(".dbf"), 2), (archive, 3)):
            found = read(path).plots
            assert len(found) == plots
            assert {"一号地块", "二号地块"} <= {one.name for one in found}
            assert len({one.row for one in found}) == plots
        assert not (tmp_path.parent / file.name).exists()

    def test_a_lost_index_is_made_up_for_and_nothing_appears_beside_the_file(
        self, tmp_path: Path
    ) -> None:
        file = shapefile(tmp_path / "a")
        file.with_suffix(".shx").unlink()
        before = sorted(file.parent.iterdir())
        assert len(read(file).plots) == 2
        assert sorted(file.parent.iterdir()) == before


def test_kml(tmp_path: Path) -> None:
    file = tmp_path / "a.kml"
    ring = " ".join(f"{east},{north},12" for east, north in [*DEGREES, DEGREES[0]])
    file.write_text(
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        "<Document><Placemark><name>一号地块</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>{ring}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
        "<Placemark><name>点</name><Point><coordinates>115.7,33.8</coordinates></Point></Placemark>"
        "</Document></kml>",
        "utf-8",
    )
    first, second = read(file).plots
    assert first.name == "一号地块"
    assert first.shape is not None
    assert first.shape.crs.epsg == 4326
    assert RemarkKind.HEIGHTS_LEFT_OUT in kinds(first)
    assert second.refused
    packed = tmp_path / "a.kmz"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "doc.kml")
    assert [found.name for found in read(packed).plots] == ["一号地块", "点"]


def test_dxf_closed_lines_are_plots_and_the_rest_is_counted(tmp_path: Path) -> None:
    closed = shapely.LineString([*PLANE, PLANE[0]])
    still_open = shapely.LineString(PLANE)
    file = write(tmp_path / "a.dxf", [closed, still_open, closed], kind="LineString")
    found = read(file)
    assert len(found.plots) == 2
    assert [str(note.reason)[:2] for note in found.notes] == ["1 "]
    first = found.plots[0].shape
    assert first is not None
    assert first.area_m2 == Decimal(10_000)
    assert RemarkKind.CRS_UNKNOWN in kinds(found.plots[0])


@pytest.mark.parametrize("name", ["a.shp", "a.kml", "a.dxf", "a.zip", "none.txt", "empty"])
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    if name == "empty":
        file.mkdir()
    elif not name.startswith("none"):
        file.write_bytes(b"this is something else")
    with pytest.raises(InputFileError) as refused:
        read(file)
    assert refused.value.remedy is not None


def test_files_are_read_on_any_thread_also_after_others_have_ended(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(text(head(), plot(square())), "utf-8")
    extents: list[object] = []

    def work() -> None:
        (found,) = read(file).plots
        assert found.shape is not None
        extents.append(found.shape.extent)

    for _ in range(20):
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    assert len(extents) == 20
    assert len(set(extents)) == 1
