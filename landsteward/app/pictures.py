"""The smaller copies of pictures: made once, kept as contents, handed out to lists and paper.

What reads files is handed in (`PictureFiles`); it never sees the workspace and runs in the
background.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from landsteward.app.context import Context
from landsteward.domain.photos import PhotoFacts, PictureCopies, PictureTrouble

FileMark = tuple[int, int]
"""Size and time of change of a file: while they move, it is still being written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A file in a folder, as it stands."""

    path: Path
    mark: FileMark


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCopies:
    """Upright JPEGs for lists and for screen and paper; `trouble` says why there are none."""

    small: bytes | None = None
    large: bytes | None = None
    width: int = 0
    height: int = 0
    trouble: PictureTrouble | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file that was read; `copies` is None where it is no picture."""

    name: str
    content: bytes
    sha256: str
    facts: PhotoFacts
    copies: MadeCopies | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pixels:
    """An unpacked picture: red, green and blue, a byte each, row after row."""

    width: int
    height: int
    rgb: bytes


class PictureFiles(Protocol):
    """Reads files that become evidence."""

    def size(self, path: Path) -> int:
        """Its size in bytes. Raises InputFileError."""
        ...

    def read(self, path: Path, go_on: Callable[[int, int], None]) -> ReadFile:
        """The file whole, looked at; `go_on` hears how far it is, what it raises ends the work.

        Raises InputFileError.
        """
        ...

    def taken(self, name: str, content: bytes) -> ReadFile:
        """The same of bytes that are at hand. Raises InputFileError."""
        ...

    def copies(self, content: bytes) -> MadeCopies:
        """The smaller copies of a picture, or why there are none."""
        ...

    def pixels(self, content: bytes, longest: int) -> Pixels | None:
        """The picture upright, its longer side at most so long; None where it cannot be shown."""
        ...

    def spread(self, paths: Iterable[Path]) -> list[Path]:
        """The files among these, folders opened up."""
        ...

    def listing(self, folder: Path) -> list[Arrival]:
        """The files in and below a folder as they stand. Raises InputFileError."""
        ...


def copies_of(ctx: Context, *, sha256: str) -> PictureCopies | None:
    """What is kept of an original's copies; None where none were made yet."""
    return ctx.workspace.picture_copies.first(sha256=sha256)


def keep_copies(ctx: Context, *, sha256: str, made: MadeCopies) -> PictureCopies:
    """Keep the copies of an original that is in the workspace; the first ones made stay."""
    space = ctx.workspace
    if known := copies_of(ctx, sha256=sha256):
        return known
    with ctx.change():
        kept = PictureCopies(
            id=ctx.ids.new(),
            sha256=sha256,
            small=space.blobs.put(made.small) if made.small is not None else None,
            large=space.blobs.put(made.large) if made.large is not None else None,
            width=made.width,
            height=made.height,
            trouble=made.trouble,
        )
        space.picture_copies.add(kept)
    return kept


def small_pictures(ctx: Context, *, sha256s: Sequence[str]) -> dict[str, bytes | None]:
    """The copies for lists of those originals whose copies were made; None: cannot be shown."""
    found: dict[str, bytes | None] = {}
    for sha256 in sha256s:
        if (known := copies_of(ctx, sha256=sha256)) is not None:
            found[sha256] = ctx.workspace.blobs.get(known.small) if known.small else None
    return found


def large_picture(ctx: Context, *, sha256: str) -> bytes | None:
    """The copy for screen and paper, None where there is none (yet)."""
    known = copies_of(ctx, sha256=sha256)
    return ctx.workspace.blobs.get(known.large) if known is not None and known.large else None
