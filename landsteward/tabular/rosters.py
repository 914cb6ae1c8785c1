"""Rosters (of enterprises, parcels, yearly figures, land supply) read from whatever sheet they come
in.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from landsteward.app.importing import RowNote
from landsteward.app.language import tr
from landsteward.app.rosters_table import (
    AS_FOUND,
    NOTHING_REMEMBERED,
    ColumnSeen,
    Correction,
    FieldOffer,
    PreviewRow,
    Remembered,
    RosterKind,
    RosterTable,
    SheetSeen,
)
from landsteward.domain.errors import InputFileError
from landsteward.domain.identifiers import name_key
from landsteward.domain.text import msg
from landsteward.tabular.files import LARGEST_FILE, FileContent
from landsteward.tabular.grid import Grid, is_blank
from landsteward.tabular.headers import LOOKED_AT, Column, Header, HeaderFinder
from landsteward.tabular.kept import KeptFile
from landsteward.tabular.roster_columns import (
    FIGURES,
    RosterRows,
    header_with_units,
    read_rows,
    taken_unit,
)
from landsteward.tabular.sheet_rows import (
    ABOVE_THE_ROWS,
    nothing_there,
    only_a_header,
    only_this_sheet,
    refuse_too_many,
)
from landsteward.tabular.values import shown_cell
from landsteward.tabular.vocabulary import Vocabulary, roster_words

_PREVIEWED = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A file, the sheet taken from it, and its header as corrected; None where none was found."""

    file: FileContent
    finder: HeaderFinder
    grids: Sequence[Grid]
    grid: Grid
    header: Header | None
    others: Sequence[Grid] = ()
    layout: str = ""
    remembered: bool = False


class RosterSheets:
    """Reads files of rosters; what a header may say is data (resources/tabular).

    It keeps the file it read last: one for each import, so that looking again costs no reading.
    """

    def __init__(
        self,
        words: Callable[[RosterKind], Vocabulary] = roster_words,
        *,
        largest_file: int = LARGEST_FILE,
    ) -> None:
        self._words = words
        self._finders: dict[RosterKind, HeaderFinder] = {}
        self._kept = KeptFile(largest=largest_file)

    def look(
        self,
        path: Path,
        kind: RosterKind,
        correction: Correction = AS_FOUND,
        remembered: Remembered = NOTHING_REMEMBERED,
    ) -> SheetSeen:
        """How the file is understood. Raises InputFileError for a file that is no table."""
        words = self._words(kind)
        return _seen(self._open(path, kind, correction, remembered), words)

    def read(
        self,
        path: Path,
        kind: RosterKind,
        correction: Correction = AS_FOUND,
        remembered: Remembered = NOTHING_REMEMBERED,
    ) -> RosterTable:
        """The roster in the file. Raises InputFileError where no header is found either."""
        words = self._words(kind)
        opened = self._open(path, kind, correction, remembered)
        grid, header = opened.grid, opened.header
        if header is None or not _offers_enough(header, words):
            raise _no_header(opened, words)
        refuse_too_many(opened.file.path, grid, header, limit=words.size.rows)
        sheet = RosterRows(
            grid=grid,
            header=header,
            words=words,
            total=msg("A line of totals: passed over."),
            labels=_labels_by_themselves(header, words, opened.finder),
        )
        rows = read_rows(sheet, words, kind)
        if not rows:
            raise only_a_header(opened.file.path, grid)

        def label(field: str, year: int | None) -> str:
            found = _columns_of(header, field, year)
            return found[-1].label if found else ""

        def cell(at: int, field: str, year: int | None) -> str:
            cells = dict(enumerate(sheet.rows[at]))
            shown = (shown_cell(cells.get(one.index)) for one in _columns_of(header, field, year))
            filled = [text.strip() for text in shown if text.strip()]
            return filled[-1] if filled else ""

        return RosterTable(
            kind=kind,
            file_name=opened.file.path.name,
            sha256=opened.file.sha256,
            reading=_reading(grid, header),
            seen=_seen(opened, words),
            rows=rows,
            limits=words.limits(),
            notes=(
                *sheet.notes,
                *only_this_sheet(grid, header, opened.others),
                *_units_taken_for_granted(grid, header, words),
            ),
            label=label,
            cell=cell,
            cells=sheet.cells,
        )

    def _open(
        self, path: Path, kind: RosterKind, correction: Correction, remembered: Remembered
    ) -> _Opened:
        words = self._words(kind)
        finder = self._finders.get(kind) or HeaderFinder(words)
        self._finders[kind] = finder
        enough = words.size.rows + ABOVE_THE_ROWS
        file, grids = self._kept.grids(Path(path), finder.score, enough=enough, words=kind.value)
        if not any(not is_blank(row) for grid in grids for row in grid.rows):
            raise nothing_there(file.path)
        wanted = grids
        if correction.sheet is not None:
            wanted = [grid for grid in grids if grid.name == correction.sheet]
            if not wanted:
                raise InputFileError(
                    msg("The file has no sheet of this name."),
                    where=f"{file.path} · {correction.sheet}",
                    remedy=msg(
                        "These are there: {sheets}.", sheets=", ".join(one.name for one in grids)
                    ),
                )
        fitting = list(_headers(wanted, finder, correction, remembered, file.path))
        if not fitting:
            return _Opened(file=file, finder=finder, grids=grids, grid=wanted[0], header=None)
        grid, header = fitting[0]
        layout = _layout(header)
        known = remembered.get(layout)
        choices = {**(known.columns if known else {}), **correction.columns}
        year = correction.year or header.year
        if year is None and words.header.years:
            year = finder.year_in([[grid.name]]) or finder.year_in([[file.path.stem]])
        header = _corrected(header, replace(correction, columns=choices), words)
        return _Opened(
            file=file,
            finder=finder,
            grids=grids,
            grid=grid,
            header=header_with_units(words, replace(header, year=year)),
            others=[other for other, _ in fitting[1:]],
            layout=layout,
            remembered=known is not None,
        )


def _headers(
    grids: Sequence[Grid],
    finder: HeaderFinder,
    correction: Correction,
    remembered: Remembered,
    path: Path,
) -> Iterator[tuple[Grid, Header]]:
    """The sheets whose header is known: named, of a remembered layout, or found."""
    if correction.header_row is not None:
        grid = grids[0]
        if correction.header_row not in grid.numbers:
            raise InputFileError(
                msg("The sheet has no row {row}.", row=correction.header_row),
                where=f"{path} · {grid.name}",
                remedy=msg("Name the row in which the columns' names stand."),
            )
        yield grid, finder.at(grid.rows, list(grid.numbers).index(correction.header_row))
        return
    for grid in grids:
        header = _remembered_header(grid, finder, remembered) or finder.find(grid.rows)
        if header is not None:
            yield grid, header


def _remembered_header(grid: Grid, finder: HeaderFinder, remembered: Remembered) -> Header | None:
    for at, row in enumerate(grid.rows[:LOOKED_AT] if remembered else ()):
        if not is_blank(row) and _layout(header := finder.at(grid.rows, at)) in remembered:
            return header
    return None


def _layout(header: Header) -> str:
    """A key for the names of all columns in their order."""
    names = "\x1f".join(name_key(label) for label in header.labels())
    return hashlib.sha256(names.encode()).hexdigest()[:20]


def _reading(grid: Grid, header: Header) -> str:
    taken = [(one.index, one.field, one.unit, one.year) for one in header.columns]
    said = repr((grid.name, grid.numbers[header.rows[1]], taken, header.year))
    return hashlib.sha256(said.encode()).hexdigest()[:20]


def _corrected(header: Header, correction: Correction, words: Vocabulary) -> Header:
    """The header with what a person says of its columns. Raises InputFileError."""
    columns = {one.index: one for one in header.columns}
    others = dict(header.others)
    labels = dict(enumerate(header.labels()))
    for index, choice in correction.columns.items():
        before = columns.pop(index, None)
        label = labels.get(index, "")
        others.pop(index, None)
        if not choice.field:
            others[index] = label
            continue
        about = words.fields.get(choice.field)
        if about is None:
            raise InputFileError(
                msg("There is no field of this name."),
                where=choice.field,
                remedy=msg("These are there: {fields}.", fields=", ".join(words.fields)),
            )
        columns[index] = Column(
            index=index,
            field=choice.field,
            kind=about.kind,
            label=label,
            unit=choice.unit or (before.unit if before else None),
            year=choice.year or (before.year if before else None),
        )
    gone = columns.keys()
    return replace(
        header,
        columns=tuple(columns[index] for index in sorted(columns)),
        others=others,
        numbering=header.numbering - gone,
        payment=header.payment - gone,
    )


def _offers_enough(header: Header, words: Vocabulary) -> bool:
    return any(field in header.fields for field in words.header.one_of)


def _columns_of(header: Header, field: str, year: int | None) -> list[Column]:
    mine = [one for one in header.columns if one.field == field]
    return [one for one in mine if one.year == year] or [one for one in mine if one.year is None]


def _labels_by_themselves(
    header: Header, words: Vocabulary, finder: HeaderFinder
) -> Mapping[int, str]:
    """Headers for columns that a person, or a title, explained: understood anew without them."""
    labels: dict[int, str] = {}
    dated = header.year is not None and "year" not in header.fields
    for one in header.columns:
        year = one.year
        if year is None and dated and _is_of_a_year(one.field, words):
            year = header.year
        if finder.understands(one.label) != (one.field, year):
            unit = f"({one.unit})" if one.unit else ""
            said = f"{year}年" if year is not None else ""
            labels[one.index] = f"{said}{words.fields[one.field].names[0]}{unit}"
    for index, label in header.others.items():
        if finder.understands(label)[0] is not None:
            labels[index] = tr("{header}, not imported", header=label)
    return labels


def _is_of_a_year(field: str, words: Vocabulary) -> bool:
    return words.header.years and words.fields[field].kind in (*FIGURES, "choice")


def _units_taken_for_granted(grid: Grid, header: Header, words: Vocabulary) -> Iterator[RowNote]:
    """What is said of areas for which nobody says a unit: 公顷, 亩 and m² are all about."""
    for one in header.columns:
        unit, said = taken_unit(words, one)
        if one.kind == "area" and not (said or words.units["area"].sure):
            yield RowNote(
                row=grid.numbers[header.rows[1]],
                column=one.label,
                value="",
                reason=msg("The unit is not said: {unit} is taken.", unit=unit),
            )


def _seen(opened: _Opened, words: Vocabulary) -> SheetSeen:
    grid, header = opened.grid, opened.header
    preview = tuple(
        PreviewRow(row=number, cells=tuple(shown_cell(cell) for cell in row))
        for row, number in zip(grid.rows[:_PREVIEWED], grid.numbers[:_PREVIEWED], strict=True)
    )
    fields = header.fields if header else frozenset()
    needed = words.header.one_of
    return SheetSeen(
        file_name=opened.file.path.name,
        sheets=tuple(one.name for one in opened.grids),
        sheet=grid.name,
        header_row=grid.numbers[header.rows[0]] if header else None,
        header_lines=header.rows[1] - header.rows[0] + 1 if header else 0,
        columns=tuple(_columns_seen(preview, header, words)),
        preview=preview,
        offers=tuple(
            FieldOffer(
                field=field,
                name=about.names[0],
                kind=about.kind,
                units=tuple(words.units[about.kind].factors) if about.kind in FIGURES else (),
                default_unit=words.units[about.kind].default if about.kind in FIGURES else "",
            )
            for field, about in words.fields.items()
        ),
        layout=opened.layout,
        year=header.year if header else None,
        remembered=opened.remembered,
        missing=()
        if any(field in fields for field in needed)
        else tuple(words.fields[field].names[0] for field in needed),
    )


def _columns_seen(
    preview: Sequence[PreviewRow], header: Header | None, words: Vocabulary
) -> Iterator[ColumnSeen]:
    labels = header.labels() if header else []
    taken = {one.index: one for one in header.columns} if header else {}
    width = max([len(labels), *(len(row.cells) for row in preview)], default=0)
    for index in range(width):
        label = labels[index] if index < len(labels) else ""
        column = taken.get(index)
        if column is None:
            yield ColumnSeen(index=index, label=label)
            continue
        unit, said = taken_unit(words, column)
        yield ColumnSeen(
            index=index,
            label=label,
            field=column.field,
            kind=column.kind,
            unit=unit,
            unit_said=said,
            year=column.year,
        )


def _no_header(opened: _Opened, words: Vocabulary) -> InputFileError:
    seen = max((opened.finder.seen(grid.rows) for grid in opened.grids), key=len, default="")
    needed = [words.fields[name].names[0] for name in words.header.one_of]
    others = [
        about.names[0] for name, about in words.fields.items() if name not in words.header.one_of
    ]
    return InputFileError(
        msg("No header of such a list was found. The file begins with: {seen}", seen=seen),
        where=str(opened.file.path),
        remedy=msg(
            "One of the first rows must name the columns: {needed} (one of them at least), and "
            "others such as {others}. Or say which row and which columns they are.",
            needed=", ".join(needed),
            others=", ".join(others[:4]),
        ),
    )
