"""One picture laid under the map: GeoTIFF, or an image with a world file.

It is cut into squares, each with its own corners in the plane of the map: over a county one
straight transformation would be metres off. Coarser views are served from halved copies.
"""

from __future__ import annotations

import math
import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from landsteward.app.map_shapes import Box, Plane
from landsteward.app.underlays import LayerLines, Picture
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.exchange import systems
from landsteward.exchange.georeference import (
    Affine,
    geotiff_reference,
    system_for,
    world_file_reference,
)
from landsteward.exchange.pyramid import box_of, corners_of

if TYPE_CHECKING:
    from PIL.Image import Image

    from landsteward.exchange.systems import Floats

SUFFIXES = (".tif", ".tiff", ".jpg", ".jpeg", ".png", ".bmp", ".webp")
_TIFF = (".tif", ".tiff")
_SIDE = 256
_WITH_ALPHA = {"RGBA", "LA", "PA", "P", "L", "1"}
_WITHOUT = {"RGB", "CMYK", "YCbCr"}


class RasterUnderlay:
    """A picture whose pixels are in memory."""

    lines: Sequence[LayerLines] = ()

    def __init__(self, path: Path, plane: Plane, definition: str) -> None:
        """Raises InputFileError where it is no picture, or where it lies cannot be told."""
        import numpy as np

        image = _opened(path)
        reference = None
        if path.suffix.lower() in _TIFF:
            reference = geotiff_reference(_tags(image))
        if reference is None:
            reference = world_file_reference(path)
        width, height = image.size
        ends = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float64)
        corners = reference.affine.of(ends)
        crs, notes = system_for(definition or reference.definition, corners, path.name)
        assert crs.epsg is not None
        self.system = crs.name
        self.notes: tuple[Message, ...] = notes
        self._affine: Affine = reference.affine
        self._epsg = crs.epsg
        self._plane = plane
        self._levels: list[Image] = [_plain(image)]
        self._squares: dict[int, Floats] = {}
        self._lock = threading.Lock()
        placed = self._placed(ends)
        box = box_of(placed)
        if box is None:
            raise InputFileError(
                msg("Its place cannot be reached from {system}.", system=crs.name),
                where=path.name,
                remedy=msg("Choose the system it is in."),
            )
        self.box = box
        across = math.dist(placed[0], placed[1]) / width
        along = math.dist(placed[0], placed[3]) / height
        self._pixel_m = max(min(across, along), 1e-9)

    def close(self) -> None:
        """Let go of the pixels."""
        self._levels = []

    def pictures(self, box: Box, pixel_m: float, have: frozenset[str]) -> list[Picture]:
        """Its squares in a box, from the copy that is just sharp enough."""
        with self._lock:
            if not self._levels or not self.box.meets(box):
                return []
            level = self._level_for(pixel_m)
            squares = self._squares_of(level)
            rows, columns = squares.shape[0] - 1, squares.shape[1] - 1
            found: list[Picture] = []
            for row in range(rows):
                for column in range(columns):
                    key = f"{level}/{row}/{column}"
                    if key not in have:
                        one = self._picture(key, level, row, column, squares)
                        if one is not None and one.box.meets(box):
                            found.append(one)
            return found

    def _level_for(self, pixel_m: float) -> int:
        finest = self._levels[0]
        wanted = max(int(math.log2(max(pixel_m / self._pixel_m, 1.0)) + 0.25), 0)
        most = max(int(math.log2(max(*finest.size, _SIDE) / _SIDE)), 0)
        level = min(wanted, most)
        while len(self._levels) <= level:
            self._levels.append(self._levels[-1].reduce(2))
        return level

    def _squares_of(self, level: int) -> Floats:
        """The corners of all squares of a level in the plane: rows × columns × 2."""
        import numpy as np

        if level not in self._squares:
            size = self._levels[level].size
            full = self._levels[0].size
            # Of a halved picture the last pixel may stand for half a one.
            columns = np.minimum(_steps(size[0]) * 2.0**level, full[0])
            rows = np.minimum(_steps(size[1]) * 2.0**level, full[1])
            grid = np.stack(np.meshgrid(columns, rows), axis=-1)
            placed = self._placed(grid.reshape(-1, 2))
            self._squares[level] = placed.reshape(grid.shape)
        return self._squares[level]

    def _picture(
        self, key: str, level: int, row: int, column: int, squares: Floats
    ) -> Picture | None:
        corners = squares[[row, row, row + 1, row + 1], [column, column + 1, column + 1, column]]
        image = self._levels[level]
        left, top = column * _SIDE, row * _SIDE
        piece = image.crop(
            (left, top, min(left + _SIDE, image.width), min(top + _SIDE, image.height))
        )
        return Picture(
            key=key,
            width=piece.width,
            height=piece.height,
            pixels=piece.convert("RGBA").tobytes(),
            corners=corners_of(corners),
            pixel_m=self._pixel_m * 2.0**level,
        )

    def _placed(self, pixels: Floats) -> Floats:
        return systems.in_plane(self._affine.of(pixels), self._epsg, self._plane)


def _steps(length: int) -> Any:
    import numpy as np

    return np.append(np.arange(0, length, _SIDE), length).astype(np.float64)


def _opened(path: Path) -> Image:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                image.load()
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise InputFileError(
            msg("The picture is too large to be held in memory."),
            where=path.name,
            remedy=msg(
                "Turn it into a GeoPackage with tiles (gdal_translate -of GPKG, then gdaladdo)."
            ),
        ) from error
    except UnidentifiedImageError as error:
        raise _no_picture(path, "") from error
    except OSError as error:
        if error.errno is not None:
            raise InputFileError(
                msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
                where=str(path),
                remedy=msg("Check that it is there and that you may read it."),
            ) from error
        raise _no_picture(path, str(error)) from error
    except (ValueError, SyntaxError, EOFError, MemoryError) as error:
        raise _no_picture(path, str(error)) from error
    return image


def _no_picture(path: Path, reason: str) -> InputFileError:
    return InputFileError(
        msg("This is no picture that can be read: {reason}.", reason=reason or "?"),
        where=path.name,
        remedy=msg("Laid under the map are GeoPackage, GeoTIFF, and images with a world file."),
    )


def _tags(image: Image) -> dict[int, Any]:
    tags = getattr(image, "tag_v2", {})
    return {int(key): tags[key] for key in tags}


def _plain(image: Image) -> Image:
    """Eight bits a colour; what has more, or measures heights, from its darkest to its lightest."""
    if image.mode in _WITHOUT:
        return image.convert("RGB")
    if image.mode in _WITH_ALPHA:
        return image.convert("RGBA")
    import numpy as np
    from PIL import Image

    values = np.nan_to_num(np.asarray(image, dtype=np.float64))
    low, high = float(values.min()), float(values.max())
    shades = (values - low) / (high - low or 1.0) * 255
    return Image.fromarray(shades.astype(np.uint8)).convert("RGBA")
