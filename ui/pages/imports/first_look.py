"""The first look at a file to be imported: what was said of it before, and what is in it."""

from dataclasses import dataclass
from pathlib import Path

from landsteward.app.context import Context
from landsteward.app.importing import ReportProgress
from landsteward.app.rosters_begun import BegunImport, begun_import
from landsteward.app.rosters_layouts import remembered_layouts
from landsteward.app.rosters_survey import Survey, survey
from landsteward.app.rosters_table import (
    NOTHING_REMEMBERED,
    Remembered,
    RosterKind,
    RosterReader,
    SheetSeen,
)
from landsteward.domain.errors import KnownError


@dataclass(frozen=True, slots=True)
class Known:
    """What the workspace knows before the file is opened."""

    begun: BegunImport | None
    remembered: dict[RosterKind, Remembered]


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What is in a file; `begun` None: nothing that was said before fits it any more."""

    reader: RosterReader
    survey: Survey
    seen: SheetSeen
    begun: BegunImport | None
    open_elsewhere: bool


def what_is_known(ctx: Context, path: Path) -> Known:
    """What was said of this file, and of layouts it may have."""
    remembered = {kind: remembered_layouts(ctx, kind=kind) for kind in RosterKind}
    return Known(begun_import(ctx, path=path), remembered)


def first_look(
    path: Path, reader: RosterReader, known: Known, progress: ReportProgress
) -> FirstLook:
    """Read a file and see what it holds. Raises InputFileError for one that is no table."""
    found = survey(path, reader=reader, remembered=known.remembered, progress=progress)
    seen, begun = found.seen, known.begun
    if begun is not None:
        remembered = known.remembered.get(begun.kind, NOTHING_REMEMBERED)
        try:
            seen = reader.look(path, begun.kind, begun.correction, remembered)
        except KnownError:
            # The file is another one by now: its sheets and rows were meant, not these.
            begun = None
    return FirstLook(reader, found, seen, begun, is_open_elsewhere(path))


def is_open_elsewhere(path: Path) -> bool:
    """Whether Excel or LibreOffice has the file open, by the marks they leave beside it: what was
    changed there is not in the file before it is saved.
    """
    marks = (f"~${path.name}", f".~lock.{path.name}#")
    return any(path.with_name(mark).exists() for mark in marks)
