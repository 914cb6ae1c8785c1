"""What is laid under the map: pictures and layers in their places, damaged ones named."""

import io
import random
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy
import pyogrio.raw
import pytest
import shapely
from PIL import Image
from pyproj import CRS, Transformer

from landsteward.app.language import Language, render
from landsteward.app.map_shapes import Box, Plane
from landsteward.app.underlays import Picture, Underlay
from landsteward.domain.errors import InputFileError, KnownError
from landsteward.exchange.underlays import MapUnderlays
from tests.helpers.maps import box, shapes_of

FILES = MapUnderlays()
EAST, NORTH = 387_000.0, 3_747_000.0
"""Somewhere in Bozhou, EPSG:4548."""
RED, GREEN, BLUE = (200, 30, 30), (30, 160, 60), (40, 60, 200)


@pytest.fixture(scope="module")
def plane() -> Plane:
    return shapes_of((box(0, 0, 100, 100),)).plane


@pytest.fixture
def opened(plane: Plane) -> Iterator[Any]:
    """Opens files, and closes them at the end."""
    there: list[Underlay] = []

    def open_(path: Path, system: str = "") -> Underlay:
        there.append(FILES.open(path, plane, system))
        return there[-1]

    yield open_
    for one in there:
        one.close()


def quarters(side: int) -> Image.Image:
    """Red upper left, green upper right, blue lower left, white lower right."""
    image = Image.new("RGB", (side, side), (255, 255, 255))
    half = side // 2
    for colour, corner in ((RED, (0, 0)), (GREEN, (half, 0)), (BLUE, (0, half))):
        image.paste(colour, (*corner, corner[0] + half, corner[1] + half))
    return image


def world(path: Path, pixel: float, east: float, north: float) -> None:
    """A world file: the middle of the upper left pixel."""
    figures = (pixel, 0, 0, -pixel, east + pixel / 2, north - pixel / 2)
    path.write_text("\n".join(f"{one!r}" for one in figures), "ascii")


def prj(path: Path, epsg: int) -> None:
    path.write_text(CRS.from_epsg(epsg).to_wkt("WKT1_ESRI"), "ascii")


def at(pictures: Iterable[Picture], x: float, y: float) -> tuple[int, ...] | None:
    """The colour at a place of the plane; None where there is no picture."""
    for one in pictures:
        left, top, right, right_y, _x, _y, bottom_x, bottom = one.corners
        matrix = numpy.array([(right - left, bottom_x - left), (right_y - top, bottom - top)])
        across, down = numpy.linalg.solve(matrix, numpy.array([x - left, y - top]))
        if 0 <= across < 1 and 0 <= down < 1:
            place = 4 * (int(down * one.height) * one.width + int(across * one.width))
            return tuple(one.pixels[place : place + 3])
    return None


def everything(underlay: Underlay, pixel_m: float = 0.1) -> list[Picture]:
    assert underlay.box is not None
    return underlay.pictures(underlay.box, pixel_m, frozenset())


def refusal(path: Path, plane: Plane, system: str = "") -> str:
    with pytest.raises(InputFileError) as caught:
        FILES.open(path, plane, system)
    error = caught.value
    assert error.remedy is not None
    words = f"{error.where}: {render(error.what, Language.ENGLISH)}"
    return f"{words} {render(error.remedy, Language.ENGLISH)}"


class TestPictures:
    @pytest.mark.parametrize(
        ("suffix", "world_suffix"),
        [
            (".png", ".pgw"),
            (".jpg", ".jgw"),
            (".tif", ".tfw"),
            (".png", ".pngw"),
            (".bmp", ".wld"),
        ],
    )
    def test_a_picture_with_a_world_file_lies_where_it_says(
        self, suffix: str, world_suffix: str, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        file = tmp_path / f"影像{suffix}"
        quarters(600).save(file)
        world(file.with_suffix(world_suffix), 0.5, EAST, NORTH)
        prj(file.with_suffix(".prj"), 4548)
        underlay = opened(file)
        assert underlay.box == pytest.approx(
            (
                EAST - plane.east,
                NORTH - 300 - plane.north,
                EAST + 300 - plane.east,
                NORTH - plane.north,
            )
        )
        pictures = everything(underlay)
        left, top = EAST - plane.east, NORTH - plane.north
        for colour, (across, down) in ((RED, (70, 70)), (GREEN, (220, 70)), (BLUE, (70, 220))):
            found = at(pictures, left + across, top - down)
            assert found is not None
            assert numpy.abs(numpy.subtract(found, colour)).max() < 12
        assert at(pictures, left + 310, top - 10) is None
        assert underlay.notes == ()

    @pytest.mark.parametrize("epsg", [4490, 4326, 4548, 4527, 3857])
    def test_every_system_that_is_used_here_ends_at_the_same_place(
        self, epsg: int, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        turn = Transformer.from_crs(4548, epsg, always_xy=True)
        left, top = turn.transform(EAST, NORTH)
        right, bottom = turn.transform(EAST + 1000, NORTH - 1000)
        file = tmp_path / "a.png"
        quarters(500).save(file)
        a, e = (right - left) / 500, (bottom - top) / 500
        figures = (a, 0, 0, e, left + a / 2, top + e / 2)
        file.with_suffix(".pgw").write_text("\n".join(f"{one!r}" for one in figures), "ascii")
        prj(file.with_suffix(".prj"), epsg)
        underlay = opened(file)
        assert str(epsg) in underlay.system or underlay.system
        pictures = everything(underlay)
        x, y = EAST - plane.east, NORTH - plane.north
        for colour, (across, down) in ((RED, (250, 250)), (GREEN, (750, 250)), (BLUE, (250, 750))):
            assert at(pictures, x + across, y - down) == colour
        # The corners too, within a pixel (2 m) and what a plane turns against the other.
        assert underlay.box.west == pytest.approx(x, abs=15)
        assert underlay.box.north == pytest.approx(y, abs=15)

    def test_a_geotiff_needs_nothing_beside_it(
        self, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        file = tmp_path / "正射.tif"
        keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, 1, 3072, 0, 1, 4548)
        quarters(400).save(
            file,
            tiffinfo={
                33550: (0.5, 0.5, 0.0),
                33922: (0.0, 0.0, 0.0, EAST, NORTH, 0.0),
                34735: keys,
            },
        )
        underlay = opened(file)
        x, y = EAST - plane.east, NORTH - plane.north
        assert at(everything(underlay), x + 50, y - 50) == RED
        assert at(everything(underlay), x + 150, y - 50) == GREEN
        assert "4548" in underlay.system or "117E" in underlay.system

    def test_a_geotiff_of_points_lies_half_a_pixel_off(self, tmp_path: Path, opened: Any) -> None:
        boxes = []
        for kind in (1, 2):
            file = tmp_path / f"{kind}.tif"
            keys = (1, 1, 0, 3, 1024, 0, 1, 1, 1025, 0, 1, kind, 3072, 0, 1, 4548)
            quarters(64).save(
                file,
                tiffinfo={
                    33550: (2.0, 2.0, 0.0),
                    33922: (0.0, 0.0, 0.0, EAST, NORTH, 0.0),
                    34735: keys,
                },
            )
            boxes.append(opened(file).box)
        assert boxes[1].west == pytest.approx(boxes[0].west - 1)
        assert boxes[1].north == pytest.approx(boxes[0].north + 1)

    def test_coarse_views_get_halved_copies_and_nothing_twice(
        self, tmp_path: Path, opened: Any
    ) -> None:
        file = tmp_path / "a.png"
        quarters(1100).save(file)
        world(file.with_suffix(".pgw"), 0.5, EAST, NORTH)
        prj(file.with_suffix(".prj"), 4548)
        underlay = opened(file)
        sharp, coarse = everything(underlay, 0.5), everything(underlay, 2.0)
        assert len(sharp) == 25
        assert len(coarse) == 4
        assert {one.pixel_m for one in coarse} == {2.0}
        have = frozenset(one.key for one in sharp)
        assert underlay.pictures(underlay.box, 0.5, have) == []
        west, south, _east, north = underlay.box
        corner = Box(west, north - 10, west + 10, north)
        assert [one.key for one in underlay.pictures(corner, 0.5, frozenset())] == ["0/0/0"]
        far = Box(west - 500, south, west - 400, north)
        assert underlay.pictures(far, 0.5, frozenset()) == []

    @pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F"])
    def test_pictures_of_any_kind_are_shown(self, mode: str, tmp_path: Path, opened: Any) -> None:
        file = tmp_path / "a.tif"
        if mode in ("I;16", "F"):
            heights = numpy.arange(64 * 64).reshape(64, 64)
            Image.fromarray(heights.astype(numpy.uint16 if mode == "I;16" else numpy.float32)).save(
                file
            )
        else:
            quarters(64).convert(mode).save(file)
        world(file.with_suffix(".tfw"), 1, EAST, NORTH)
        prj(file.with_suffix(".prj"), 4548)
        (picture,) = everything(opened(file))
        assert len(picture.pixels) == 4 * 64 * 64
        assert len(set(picture.pixels)) > 1

    def test_a_system_that_leaves_no_doubt_is_taken_and_said(
        self, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        for name, east, north, pixel in (
            ("度.png", 115.7, 33.8, 0.00001),
            ("带号.png", 39_000_000 + EAST, NORTH, 0.5),
        ):
            file = tmp_path / name
            quarters(100).save(file)
            world(file.with_suffix(".pgw"), pixel, east, north)
            underlay = opened(file)
            (note,) = underlay.notes
            assert "names no coordinate system" in render(note, Language.ENGLISH)
            assert underlay.box.grown(50_000).meets(Box(-100, -100, 100, 100))

    def test_without_a_system_it_is_refused_until_one_is_chosen(
        self, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        file = tmp_path / "无坐标系.png"
        quarters(100).save(file)
        world(file.with_suffix(".pgw"), 0.5, EAST, NORTH)
        words = refusal(file, plane)
        assert "无坐标系.png: Its coordinate system is not known" in words
        assert "Choose the system" in words
        assert (
            at(
                everything(opened(file, "EPSG:4548")),
                EAST - plane.east + 5,
                NORTH - plane.north - 5,
            )
            == RED
        )

    def test_local_systems_are_refused_by_name(self, tmp_path: Path, plane: Plane) -> None:
        file = tmp_path / "西安80.png"
        quarters(64).save(file)
        world(file.with_suffix(".pgw"), 0.5, EAST, NORTH)
        prj(file.with_suffix(".prj"), 2384)
        assert "Xian 1980" in refusal(file, plane)
        assert "cannot be turned into CGCS2000" in refusal(file, plane)

    def test_a_picture_that_says_no_place_is_refused_with_what_to_do(
        self, tmp_path: Path, plane: Plane
    ) -> None:
        file = tmp_path / "照片.jpg"
        quarters(64).save(file)
        words = refusal(file, plane)
        assert "does not say where it lies" in words
        assert ".jgw" in words

    @pytest.mark.parametrize(
        "content", ["", "1 2 3", "a b c d e f", "0 0 0 0 5 5", "1\n2\n3\n4\n5"]
    )
    def test_damaged_world_files_are_named(
        self, content: str, tmp_path: Path, plane: Plane
    ) -> None:
        file = tmp_path / "a.png"
        quarters(64).save(file)
        file.with_suffix(".pgw").write_text(content, "ascii")
        assert "a.pgw: The world file" in refusal(file, plane)

    def test_pictures_too_large_for_memory_are_refused_before_they_are_read(
        self, tmp_path: Path, plane: Plane, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file = tmp_path / "a.png"
        quarters(64).save(file)
        monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
        words = refusal(file, plane)
        assert "too large" in words
        assert "GeoPackage with tiles" in words

    @pytest.mark.parametrize("suffix", [".png", ".jpg", ".tif", ".bmp"])
    def test_damaged_pictures_are_named_and_break_nothing(
        self, suffix: str, tmp_path: Path, plane: Plane
    ) -> None:
        good = io.BytesIO()
        quarters(64).save(good, {".jpg": "JPEG", ".tif": "TIFF"}.get(suffix, suffix[1:].upper()))
        rng = random.Random(suffix)
        refused: list[KnownError] = []
        for number in range(40):
            content = bytearray(good.getvalue())
            if number % 2:
                content = content[: rng.randrange(len(content))]
            else:
                for _ in range(rng.randint(1, 30)):
                    content[rng.randrange(len(content))] = rng.randrange(256)
            file = tmp_path / f"{number}{suffix}"
            file.write_bytes(bytes(content))
            world(file.with_suffix(f".{suffix[1]}{suffix[-1]}w"), 0.5, EAST, NORTH)
            try:
                underlay = FILES.open(file, plane, "EPSG:4548")
            except InputFileError as error:
                refused.append(error)
            else:
                everything(underlay)
                underlay.close()
        assert len(refused) > 5
        assert all(one.where and one.remedy is not None for one in refused)


def geopackage(path: Path, *, srs: int = 4548, levels: int = 3, damage: bool = False) -> Path:
    """A pyramid of tiles over a square kilometre: each level has half the pixels of the next."""
    conn = sqlite3.connect(path)
    conn.executescript(
        """
        CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,
            organization TEXT, organization_coordsys_id INTEGER, definition TEXT, description TEXT);
        CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT,
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
        CREATE TABLE gpkg_tile_matrix_set (table_name TEXT PRIMARY KEY, srs_id INTEGER,
            min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE);
        CREATE TABLE gpkg_tile_matrix (table_name TEXT, zoom_level INTEGER, matrix_width INTEGER,
            matrix_height INTEGER, tile_width INTEGER, tile_height INTEGER,
            pixel_x_size DOUBLE, pixel_y_size DOUBLE);
        CREATE TABLE ortho (id INTEGER PRIMARY KEY, zoom_level INTEGER, tile_column INTEGER,
            tile_row INTEGER, tile_data BLOB);
        """
    )
    turn = Transformer.from_crs(4548, srs if srs > 0 else 4548, always_xy=True)
    west, north = turn.transform(EAST, NORTH)
    east, south = turn.transform(EAST + 1024, NORTH - 1024)
    organisation = "EPSG" if srs > 0 else "NONE"
    conn.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('x', ?, ?, ?, 'undefined', '')",
        [srs, organisation, srs],
    )
    conn.execute(
        "INSERT INTO gpkg_contents VALUES ('ortho', 'tiles', 'ortho', ?, ?, ?, ?, ?)",
        [west, south, east, north, srs],
    )
    conn.execute(
        "INSERT INTO gpkg_tile_matrix_set VALUES ('ortho', ?, ?, ?, ?, ?)",
        [srs, west, south, east, north],
    )
    for zoom in range(levels):
        count = 2**zoom
        whole = quarters(256 * count)
        conn.execute(
            "INSERT INTO gpkg_tile_matrix VALUES ('ortho', ?, ?, ?, 256, 256, ?, ?)",
            [zoom, count, count, (east - west) / 256 / count, (north - south) / 256 / count],
        )
        for column in range(count):
            for row in range(count):
                left, top = 256 * column, 256 * row
                content = io.BytesIO()
                whole.crop((left, top, left + 256, top + 256)).save(content, "PNG")
                data = content.getvalue()[: 40 if damage and (column, row) == (0, 0) else None]
                conn.execute(
                    "INSERT INTO ortho VALUES (NULL, ?, ?, ?, ?)", [zoom, column, row, data]
                )
    conn.commit()
    conn.close()
    return path


def layers(path: Path, **shapes: list[Any]) -> Path:
    """A GeoPackage with a vector layer for each name."""
    for name, these in shapes.items():
        pyogrio.raw.write(
            path,
            numpy.array([shapely.to_wkb(one) for one in these], dtype=object),
            [],
            [],
            geometry_type="Unknown",
            layer=name,
            crs="EPSG:4548",
            driver="GPKG",
            append=path.exists(),
        )
    return path


class TestGeoPackage:
    @pytest.mark.parametrize("srs", [4548, 4490, 3857])
    def test_tiles_lie_where_they_belong_and_are_as_sharp_as_asked(
        self, srs: int, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        underlay = opened(geopackage(tmp_path / "影像.gpkg", srs=srs))
        x, y = EAST - plane.east, NORTH - plane.north
        for pixel_m, count in ((8.0, 1), (2.0, 4), (0.3, 16)):
            pictures = everything(underlay, pixel_m)
            assert len(pictures) == count
            assert at(pictures, x + 250, y - 250) == RED
            assert at(pictures, x + 750, y - 250) == GREEN
            assert at(pictures, x + 250, y - 750) == BLUE
        part = Box(x + 100, y - 200, x + 200, y - 100)
        (one,) = underlay.pictures(part, 1.0, frozenset())
        assert one.key == "ortho/2/0/0"
        assert underlay.pictures(part, 1.0, frozenset([one.key])) == []

    def test_a_damaged_tile_lets_the_others_be_seen(self, tmp_path: Path, opened: Any) -> None:
        underlay = opened(geopackage(tmp_path / "a.gpkg", damage=True))
        assert len(everything(underlay, 0.3)) == 15

    def test_vector_layers_become_lines(self, tmp_path: Path, plane: Plane, opened: Any) -> None:
        road = shapely.LineString([(EAST, NORTH), (EAST + 500, NORTH)])
        block = shapely.box(EAST, NORTH - 200, EAST + 100, NORTH - 100)
        well = shapely.Point(EAST + 50, NORTH - 50)
        file = layers(
            tmp_path / "底图.gpkg",
            roads=[road],
            blocks=[block, shapely.MultiPolygon([block, shapely.affinity.translate(block, 300)])],
            wells=[well],
        )
        underlay = opened(file)
        x, y = EAST - plane.east, NORTH - plane.north
        assert [len(one) for one in underlay.lines] == [2, 1, 1]
        blocks, roads, wells = underlay.lines
        assert roads.level(0).of(0) == (((x, y), (x + 500, y)),)
        assert len(blocks.level(0).of(1)) == 2
        assert list(wells.sides([0])) == [0]
        assert wells.box(0).middle == pytest.approx((x + 50, y - 50))
        assert roads.within(Box(x + 400, y - 1, x + 410, y + 1)) == [0]
        assert roads.within(Box(x + 600, y - 1, x + 610, y + 1)) == []
        assert underlay.box == pytest.approx((x, y - 200, x + 500, y))
        assert everything(underlay) == []

    def test_a_layer_that_cannot_be_shown_is_named_and_the_others_stay(
        self, tmp_path: Path, opened: Any
    ) -> None:
        file = layers(tmp_path / "a.gpkg", roads=[shapely.LineString([(EAST, NORTH), (EAST, 0)])])
        conn = sqlite3.connect(file)
        conn.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "VALUES ('gone', 'tiles', 'gone', 4548)"
        )
        conn.commit()
        conn.close()
        underlay = opened(file)
        (note,) = underlay.notes
        assert "gone is left out" in render(note, Language.ENGLISH)
        assert len(underlay.lines) == 1

    def test_without_a_known_system_it_is_refused_until_one_is_chosen(
        self, tmp_path: Path, plane: Plane, opened: Any
    ) -> None:
        file = geopackage(tmp_path / "a.gpkg", srs=-1)
        assert "ortho: Its coordinate system is not known" in refusal(file, plane)
        assert len(everything(opened(file, "EPSG:4548"), 8)) == 1

    def test_other_files_are_refused(self, tmp_path: Path, plane: Plane) -> None:
        empty = tmp_path / "空.gpkg"
        sqlite3.connect(empty).close()
        assert "空.gpkg: This is no GeoPackage" in refusal(empty, plane)
        text = tmp_path / "文本.gpkg"
        text.write_text("not a database", "utf-8")
        assert "文本.gpkg: This is no GeoPackage" in refusal(text, plane)
        bare = tmp_path / "bare.gpkg"
        conn = sqlite3.connect(bare)
        conn.executescript(
            "CREATE TABLE gpkg_contents (table_name, data_type, srs_id);"
            "CREATE TABLE gpkg_spatial_ref_sys "
            "(srs_id, organization, organization_coordsys_id, definition);"
        )
        conn.close()
        assert "neither tiles nor layers" in refusal(bare, plane)
        assert "not there any more" in refusal(tmp_path / "none.gpkg", plane)
        other = tmp_path / "a.docx"
        other.write_bytes(b"x")
        assert "cannot be laid under the map" in refusal(other, plane)

    def test_damaged_ones_are_named_and_break_nothing(self, tmp_path: Path, plane: Plane) -> None:
        good = geopackage(tmp_path / "good.gpkg").read_bytes()
        rng = random.Random(7)
        refused: list[KnownError] = []
        for number in range(40):
            content = bytearray(good)
            if number % 2:
                content = content[: rng.randrange(len(content))]
            else:
                for _ in range(rng.randint(20, 400)):
                    content[rng.randrange(len(content) // 3)] = rng.randrange(256)
            file = tmp_path / f"{number}.gpkg"
            file.write_bytes(bytes(content))
            try:
                underlay = FILES.open(file, plane, "")
                try:
                    everything(underlay, 1.0)
                finally:
                    underlay.close()
            except KnownError as error:
                refused.append(error)
        assert len(refused) > 10
        assert all(one.where and one.remedy is not None for one in refused)

    def test_without_gdal_tiles_are_shown_and_layers_said_to_need_it(
        self, tmp_path: Path, plane: Plane, opened: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Windows on arm64 has no pyogrio."""
        tiles = geopackage(tmp_path / "tiles.gpkg")
        vectors = layers(tmp_path / "v.gpkg", a=[shapely.LineString([(EAST, NORTH), (EAST, 0)])])
        for name in [one for one in sys.modules if one.partition(".")[0] == "pyogrio"]:
            monkeypatch.setitem(sys.modules, name, None)
        monkeypatch.setitem(sys.modules, "pyogrio", None)
        assert len(everything(opened(tiles), 8)) == 1
        assert "there is no GDAL for it" in refusal(vectors, plane)


def test_the_systems_on_offer_are_those_of_this_part_of_the_country(plane: Plane) -> None:
    assert [number for number, _name in FILES.systems(plane)] == [
        "EPSG:4490",
        "EPSG:4548",
        "EPSG:4527",
        "EPSG:4326",
        "EPSG:3857",
    ]
    assert all(name for _number, name in FILES.systems(plane))
