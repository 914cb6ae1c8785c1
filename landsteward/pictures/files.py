"""Files on their way into the pool: read, looked at, with smaller copies of what is a picture."""

import hashlib
from collections.abc import Callable, Iterable
from io import BytesIO
from os import stat_result
from pathlib import Path

from PIL import Image

from landsteward.app.pictures import Arrival, FileMark, MadeCopies, Pixels, ReadFile
from landsteward.domain.errors import InputFileError
from landsteward.domain.photos import PhotoFacts, PictureTrouble
from landsteward.domain.text import msg
from landsteward.pictures.exif import facts_of
from landsteward.pictures.kinds import HEIC, is_picture, media_type
from landsteward.pictures.reading import LYING, UnshownError, fitted, opened, orientation_of

SMALL, LARGE = 360, 1600
"""The longer side of the copies in pixels: for lists; for a screen, and for paper at 200 dpi."""
_SMALL_QUALITY, _LARGE_QUALITY = 80, 85
_PIECE = 1 << 20
_LARGEST_FILE = 900 * 1000 * 1000
"""SQLite keeps a billion bytes in one place at most."""
_MOST_FOUND = 5000
_IN_PROGRESS = (".part", ".partial", ".crdownload", ".tmp", ".download")


class CameraFiles:
    """Reads files, by Pillow; knows nothing of a workspace."""

    def size(self, path: Path) -> int:
        """Its size in bytes. Raises InputFileError."""
        try:
            return path.stat().st_size
        except OSError as error:
            raise _unread(path, error) from error

    def read(self, path: Path, go_on: Callable[[int, int], None]) -> ReadFile:
        """The file whole, with what it says of itself and its copies. Raises InputFileError."""
        size = self.size(path)
        if size > _LARGEST_FILE:
            raise InputFileError(
                msg("The file is larger than a workspace can keep in one piece (900 MB)."),
                where=path.name,
                remedy=msg("Cut it, or keep it elsewhere and note where."),
            )
        held = bytearray()
        try:
            with path.open("rb") as file:
                while piece := file.read(_PIECE):
                    held += piece
                    go_on(len(held), max(size, len(held)))
        except OSError as error:
            raise _unread(path, error) from error
        return self.taken(path.name, bytes(held))

    def taken(self, name: str, content: bytes) -> ReadFile:
        """The same of bytes that are at hand. Raises InputFileError where there are none."""
        if not content:
            raise InputFileError(
                msg("The file is empty."), where=name, remedy=msg("Choose another file.")
            )
        kind = media_type(name, content)
        facts, copies = PhotoFacts(media_type=kind), None
        if is_picture(kind):
            facts, copies = _looked_at(kind, content)
        sha256 = hashlib.sha256(content).hexdigest()
        return ReadFile(name=name, content=content, sha256=sha256, facts=facts, copies=copies)

    def copies(self, content: bytes) -> MadeCopies:
        """The smaller copies of a picture, or why there are none."""
        return _looked_at(media_type("", content), content)[1]

    def pixels(self, content: bytes, longest: int) -> Pixels | None:
        """The picture upright, its longer side at most so long; None where it cannot be shown."""
        try:
            with opened(content) as image:
                made = fitted(image, longest)
                return Pixels(width=made.width, height=made.height, rgb=made.tobytes())
        except UnshownError:
            return None

    def spread(self, paths: Iterable[Path]) -> list[Path]:
        """The files among these, folders opened up, in the order of their names."""
        found: list[Path] = []
        for path in paths:
            found += [one.path for one in self.listing(path)] if path.is_dir() else [path]
        return found

    def listing(self, folder: Path) -> list[Arrival]:
        """The files in and below a folder as they stand. Raises InputFileError where it is gone."""
        found: list[Arrival] = []
        try:
            for path in sorted(folder.rglob("*")):
                if len(found) >= _MOST_FOUND:
                    break
                mark = _mark(path)
                if mark is not None and _is_whole(path, folder):
                    found.append(Arrival(path=path, mark=mark))
            if not found and not folder.is_dir():
                raise FileNotFoundError(2, "No such folder")
        except OSError as error:
            raise _unread(folder, error) from error
        return found


def _mark(path: Path) -> FileMark | None:
    """Size and time of a file; None where it is none, or gone meanwhile."""
    try:
        status: stat_result = path.stat()
        return (status.st_size, status.st_mtime_ns) if path.is_file() else None
    except OSError:
        return None


def _is_whole(path: Path, folder: Path) -> bool:
    """Whether it is neither hidden nor a name under which another program is still writing."""
    inner = path.relative_to(folder).parts
    hidden = any(part.startswith((".", "~$")) for part in inner)
    return not hidden and not path.name.lower().endswith(_IN_PROGRESS)


def _looked_at(kind: str, content: bytes) -> tuple[PhotoFacts, MadeCopies]:
    if kind == HEIC:
        return PhotoFacts(media_type=kind), MadeCopies(trouble=PictureTrouble.HEIC)
    facts = PhotoFacts(media_type=kind)
    try:
        with opened(content) as image:
            facts = facts_of(image, kind)
            width, height = image.size
            if orientation_of(image) in LYING:
                width, height = height, width
            large = fitted(image, LARGE)
            small = large.copy()
            small.thumbnail((SMALL, SMALL), Image.Resampling.LANCZOS, reducing_gap=3.0)
            copies = MadeCopies(
                small=_jpeg(small, _SMALL_QUALITY),
                large=_jpeg(large, _LARGE_QUALITY),
                width=width,
                height=height,
            )
    except UnshownError as error:
        return facts, MadeCopies(trouble=error.trouble)
    return facts, copies


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def _unread(path: Path, error: OSError) -> InputFileError:
    return InputFileError(
        msg("The file cannot be read: {reason}.", reason=error.strerror or str(error)),
        where=path.name or str(path),
        remedy=msg("Check that it is still there and that you may read it."),
    )
