"""Which kind of roster each sheet of a file looks like, before a person says anything."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from landsteward.app.importing import ReportProgress
from landsteward.app.rosters_table import (
    NOTHING_REMEMBERED,
    Correction,
    Remembered,
    RosterKind,
    RosterReader,
    SheetSeen,
)

_WHOSE = ("text", "code", "year")
"""Kinds of columns that say of whom and of when a row speaks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetGuess:
    """A sheet and the kind of roster it looks like; None: like none of them."""

    sheet: str
    kind: RosterKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """All sheets of a file, in their order, and how the first that looks like a roster is seen.

    `kind` is that sheet's; where no sheet looks like any, the first kind of all, for a person to
    correct.
    """

    sheets: tuple[SheetGuess, ...]
    kind: RosterKind
    seen: SheetSeen

    @property
    def likely(self) -> tuple[SheetGuess, ...]:
        """The sheets that look like a roster."""
        return tuple(one for one in self.sheets if one.kind is not None)


def survey(
    path: Path,
    *,
    reader: RosterReader,
    remembered: Mapping[RosterKind, Remembered],
    progress: ReportProgress | None = None,
) -> Survey:
    """Try every kind on every sheet. Raises InputFileError for a file that is no table."""
    kinds = tuple(RosterKind)
    first = reader.look(path, kinds[0])
    guesses: list[SheetGuess] = []
    best: SheetSeen | None = None
    for at, sheet in enumerate(first.sheets):
        if progress is not None:
            progress(at, len(first.sheets))
        seen = {
            kind: reader.look(
                path, kind, Correction(sheet=sheet), remembered.get(kind, NOTHING_REMEMBERED)
            )
            for kind in kinds
        }
        kind = likeliest(seen)
        guesses.append(SheetGuess(sheet=sheet, kind=kind))
        if best is None and kind is not None:
            best = seen[kind]
    kind = next((one.kind for one in guesses if one.kind is not None), kinds[0])
    return Survey(sheets=tuple(guesses), kind=kind, seen=best or first)


def likeliest(seen: Mapping[RosterKind, SheetSeen]) -> RosterKind | None:
    """Which kind a sheet is, by how it is seen as each of them: one whose columns were corrected
    before, otherwise the one that takes most columns; of two, the one that asks for fewer others.
    """
    fitting = [kind for kind, one in seen.items() if _fits(kind, one)]
    if not fitting:
        return None
    return max(fitting, key=lambda kind: _weight(seen[kind]))


def _fits(kind: RosterKind, seen: SheetSeen) -> bool:
    """Whether it can be read as that; yearly figures are none where no column holds one."""
    if seen.header_row is None or seen.missing:
        return False
    return kind is not RosterKind.METRICS or any(
        one.field and one.kind not in _WHOSE for one in seen.columns
    )


def _weight(seen: SheetSeen) -> tuple[bool, int, int]:
    taken: Sequence[str] = [one.field for one in seen.columns if one.field]
    return seen.remembered, len(taken), -len(seen.offers)
