"""Hundreds of damaged boundary files out of good ones: no crash, and every plot accounted for."""

import random
import zipfile
from pathlib import Path

import pytest

from landsteward.app.boundaries_file import BoundaryFile
from landsteward.domain.errors import InputFileError
from landsteward.exchange.boundary_files import GeometryFiles
from tests.helpers.boundaries import head, plot, square, text
from tests.unit.exchange.test_features import DEGREES, collection, feature, polygon, shapefile

PLOTS = 4
TXT = text(
    head(),
    *(plot(square(east=at * 200), number=f"DK-{at}", name=f"{at}号") for at in range(PLOTS)),
)
JSON = collection(*(feature(polygon(DEGREES), 地块名称=f"{at}号") for at in range(PLOTS)))


def _read(file: Path) -> BoundaryFile | None:
    """What is in a file, looked over; None where it is refused in words."""
    try:
        found = GeometryFiles().read(file)
    except InputFileError as refused:
        if refused.remedy is None:
            raise
        return None
    _looked_over(found)
    return found


def _looked_over(found: BoundaryFile) -> None:
    """Every plot has a shape or a reason, and shapes have all that is said of a shape."""
    for one in found.plots:
        assert (one.shape is None) == bool(one.refused)
        if one.shape is not None:
            assert one.shape.rings
            assert one.shape.area_m2 is None or one.shape.area_m2 >= 0


def _damaged(content: bytes, chance: random.Random) -> bytes:
    """The content with one thing done to it that happens to files."""
    at = chance.randrange(len(content))
    size = chance.randrange(1, 40)
    match chance.randrange(7):
        case 0:
            return content[:at]
        case 1:
            return content[:at] + content[at + size :]
        case 2:
            return content[:at] + chance.randbytes(size) + content[at:]
        case 3:
            return (
                content[:at] + bytes([content[at] ^ 1 << chance.randrange(8)]) + content[at + 1 :]
            )
        case 4:
            return content[:at] + content[at : at + size] * 2 + content[at + size :]
        case 5:
            lines = content.split(b"\n")
            chance.shuffle(lines)
            return b"\n".join(lines)
        case _:
            return content.replace(b",", b"\t", chance.randrange(1, 5))


@pytest.mark.parametrize("seed", range(40))
def test_damaged_txt(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    file = tmp_path / "a.txt"
    for encoding in ("utf-8", "gb18030") * 4:
        content = _damaged(TXT.encode(encoding), chance)
        file.write_bytes(content)
        found = _read(file)
        ends = [line for line in content.split(b"\n") if line.rstrip(b"\r ,\t").endswith(b"@")]
        assert found is None or len(found.plots) == len(ends)


def _cells_changed(chance: random.Random) -> tuple[str, int]:
    """The TXT with cells exchanged for others that people type; its plot lines stay such."""
    lines = TXT.splitlines()
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(lines))
        cells = lines[at].split(",")
        cell = chance.randrange(len(cells))
        if cells[cell] != "@":
            cells[cell] = chance.choice(
                ["", "-", "0", "1e9", "NaN", "９", "三", " 7 ", "999999999999", "-3.5", "J1", "\t"]
            )
        lines[at] = ",".join(cells)
    return "\n".join(lines), sum(line.endswith("@") for line in lines)


@pytest.mark.parametrize("seed", range(40))
def test_odd_cells_in_txt_lose_no_plot(seed: int, tmp_path: Path) -> None:
    chance = random.Random(1000 + seed)
    file = tmp_path / "a.txt"
    for _ in range(8):
        content, plots = _cells_changed(chance)
        file.write_text(content, "utf-8")
        found = GeometryFiles().read(file)
        _looked_over(found)
        assert len(found.plots) == plots == PLOTS
        lines = sum(line.count(",") == 3 and "@" not in line for line in content.splitlines())
        there = sum(
            len(ring.vertices)
            for one in found.plots
            if one.shape is not None
            for ring in one.shape.rings
        )
        refused = any(one.refused for one in found.plots)
        # A point that is not there as such closes a ring; nothing else is left out.
        closing = sum(len(one.shape.rings) for one in found.plots if one.shape is not None)
        assert refused or lines - closing <= there <= lines


@pytest.mark.parametrize("seed", range(40))
def test_damaged_geojson(seed: int, tmp_path: Path) -> None:
    chance = random.Random(2000 + seed)
    file = tmp_path / "a.geojson"
    for _ in range(6):
        file.write_bytes(_damaged(JSON.encode(), chance))
        _read(file)


@pytest.fixture(scope="module")
def good_parts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("good") / "a"
    shapefile(folder)
    return {part.suffix: part.read_bytes() for part in folder.iterdir()}


@pytest.mark.parametrize("seed", range(60))
def test_damaged_shapefile(seed: int, good_parts: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(3000 + seed)
    chosen = chance.choice(sorted(good_parts))
    for suffix, content in good_parts.items():
        damaged = _damaged(content, chance) if suffix == chosen else content
        (tmp_path / f"a{suffix}").write_bytes(damaged)
    _read(tmp_path / "a.shp")


@pytest.mark.parametrize("seed", range(40))
def test_damaged_archive(seed: int, good_parts: dict[str, bytes], tmp_path: Path) -> None:
    chance = random.Random(4000 + seed)
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for suffix, content in good_parts.items():
            packed.writestr(f"a{suffix}", content)
        packed.writestr("b.txt", TXT)
    file.write_bytes(_damaged(file.read_bytes(), chance))
    _read(file)
