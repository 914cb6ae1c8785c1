"""Where boundary files lie: by themselves, in a folder, or in an archive."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.exchange.gdal import SHAPE_PARTS
from landsteward.exchange.settings import settings

ARCHIVES = (".zip", ".kmz")
_READ = (".txt", ".geojson", ".json", ".shp", ".kml", ".dxf")
_MOST_MEMBERS = 20_000


@dataclass(frozen=True, slots=True)
class Source:
    """One boundary file to read; `name` is its name inside a folder or archive, else empty."""

    path: Path
    name: str


@contextmanager
def sources_in(path: Path) -> Iterator[tuple[list[Source], str]]:
    """The boundary files of a file, folder or archive, and the SHA-256 of all that is read.

    Raises InputFileError where there is none, or too much of it.
    """
    try:
        if path.is_dir():
            found = _of_folder(path, path)
            yield found, _digest([part for one in found for part in _parts(one.path)])
        elif path.suffix.lower() in ARCHIVES:
            _must_be_small(path.stat().st_size, path.name)
            with TemporaryDirectory(prefix="landsteward-") as folder:
                yield _unpacked(path, Path(folder)), _digest([path])
        else:
            main = _main_part(path)
            _must_be_small(main.stat().st_size, path.name)
            yield [Source(main, "")], _digest(_parts(main))
    except OSError as error:
        raise InputFileError(
            msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
            where=str(path),
            remedy=msg("Check that it is there and that you may read it."),
        ) from error


def _main_part(path: Path) -> Path:
    """A shapefile by whichever of its parts was chosen."""
    if path.suffix.lower() in SHAPE_PARTS and path.suffix.lower() != ".shp":
        for part in sorted(path.parent.glob("*")):
            if part.stem == path.stem and part.suffix.lower() == ".shp":
                return part
    return path


def _parts(path: Path) -> list[Path]:
    if path.suffix.lower() != ".shp":
        return [path]
    return sorted(
        part
        for part in path.parent.iterdir()
        if part.stem.casefold() == path.stem.casefold() and part.suffix.lower() in SHAPE_PARTS
    )


def _digest(paths: Sequence[Path]) -> str:
    found = hashlib.sha256()
    for path in paths:
        found.update(path.read_bytes())
    return found.hexdigest()


def _of_folder(folder: Path, path: Path) -> list[Source]:
    found = [
        Source(one, one.relative_to(folder).as_posix())
        for one in sorted(folder.rglob("*"))
        if one.is_file() and one.suffix.lower() in _READ
    ]
    if not found:
        raise _nothing_in(path)
    _must_be_small(sum(one.path.stat().st_size for one in found), path.name)
    return found


def _nothing_in(path: Path) -> InputFileError:
    return InputFileError(
        msg("There is no boundary file in it."),
        where=str(path),
        remedy=msg("Read are boundary TXT, GeoJSON, Shapefile, KML and DXF."),
    )


def _unpacked(path: Path, folder: Path) -> list[Source]:
    """An archive's boundary files under names of ours: theirs may lead anywhere."""
    found: list[Source] = []
    stems: dict[str, int] = {}
    budget = settings().size.bytes
    try:
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist()[:_MOST_MEMBERS]:
                name = _member_name(member)
                suffix = PurePosixPath(name).suffix.lower()
                if member.is_dir() or suffix not in (*_READ, *SHAPE_PARTS):
                    continue
                stem = name[: -len(suffix)].casefold()
                target = folder / f"{stems.setdefault(stem, len(stems))}{suffix}"
                with archive.open(member) as packed:
                    content = packed.read(budget + 1)
                budget -= len(content)
                if budget < 0:
                    _must_be_small(settings().size.bytes + 1, path.name)
                target.write_bytes(content)
                if suffix in _READ:
                    found.append(Source(target, name))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise InputFileError(
            msg("The archive cannot be unpacked: {reason}.", reason=error),
            where=str(path),
            remedy=msg("Unpack it and hand in the folder."),
        ) from error
    if not found:
        raise _nothing_in(path)
    return found


def _member_name(member: zipfile.ZipInfo) -> str:
    """A member's name; without the mark for UTF-8, Chinese archives hold it in GBK."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return member.filename


def _must_be_small(size: int, name: str) -> None:
    if size > settings().size.bytes:
        raise InputFileError(
            msg("The file is too large: more than {size} MB.", size=settings().size.file_mb),
            where=name,
            remedy=msg("Split it into several files."),
        )
