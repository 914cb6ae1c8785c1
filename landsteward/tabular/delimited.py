"""Tables as text: columns parted by `|`, comma, tab or semicolon."""

import csv
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from io import StringIO
from pathlib import Path

from landsteward.domain.errors import InputFileError
from landsteward.domain.text import Message, msg
from landsteward.tabular.grid import Grid, is_blank

_DELIMITERS = "|,\t;"
_FIRST_LINES = 40
_LONGEST_CELL = 100_000

Prefer = Callable[[Sequence[Sequence[object]]], int]


def read_delimited(path: Path, text: str, prefer: Prefer, *, enough: int) -> list[Grid]:
    """A text's one sheet, parted by the sign under which its first rows look best.

    A sheet with more than `enough` rows is read no further than that. Raises InputFileError where
    quotation marks swallow the file.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    first = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    delimiter = max(_DELIMITERS, key=lambda sign: prefer([line.split(sign) for line in first]))

    def parted(part: str) -> Grid:
        if delimiter == "|":
            return _parted_by_bars(path.name, part, prefer)
        return _comma_separated(path, part, delimiter, prefer)

    head = _head(text, enough + _FIRST_LINES)
    if head is not None:
        # Cut off inside quotation marks it may look unclosed; only the whole text tells.
        with suppress(InputFileError):
            grid = parted(head)
            if sum(1 for row in grid.rows if not is_blank(row)) > enough:
                return [grid]
    return [parted(text)]


def _head(text: str, lines: int) -> str | None:
    """So many lines of a text, None where it has no more."""
    end = -1
    for _ in range(lines):
        end = text.find("\n", end + 1)
        if end < 0:
            return None
    return text[: end + 1]


def _comma_separated(path: Path, text: str, delimiter: str, prefer: Prefer) -> Grid:
    """Rows are numbered as a spreadsheet program does: a quoted line break begins no new row.

    Cells missing at a row's end are empty; cells too many, or too few after a line break inside
    quotation marks, make the row broken.
    """
    limit = csv.field_size_limit(_LONGEST_CELL)
    rows: list[list[str]] = []
    # csv keeps quoted line breaks only when it is handed lines with their ends.
    source = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows.extend(source)
    except csv.Error:
        raise _unclosed(path, len(rows) + 1) from None
    finally:
        csv.field_size_limit(limit)
    if rows and _has_line_break(rows[-1]) and text.count('"') % 2:
        raise _unclosed(path, len(rows))
    wanted = len(max(rows[:_FIRST_LINES], key=lambda row: prefer([row]), default=[]))
    broken = {
        number: _uneven(len(row), wanted)
        for number, row in enumerate(rows, start=1)
        if len(row) != wanted
        and (any(map(str.strip, row[wanted:])) or (len(row) < wanted and _has_line_break(row)))
    }
    return Grid(name=path.name, rows=rows, numbers=range(1, len(rows) + 1), broken=broken)


def _has_line_break(row: Iterable[str]) -> bool:
    return any("\n" in cell for cell in row)


def _uneven(count: int, wanted: int) -> Message:
    return msg(
        "The row has {count} cells, the header {wanted}: a line break or separator too many?",
        count=count,
        wanted=wanted,
    )


def _unclosed(path: Path, row: int) -> InputFileError:
    return InputFileError(
        msg("A quotation mark is opened in row {row} and never closed.", row=row),
        where=str(path),
        remedy=msg("Close the quotation mark in that row, or take it out, and import again."),
    )


def _parted_by_bars(name: str, text: str, prefer: Prefer) -> Grid:
    """Rows are numbered by the line they begin in, as an editor shows them.

    Quotation marks mean nothing here except around a whole cell. A row with too few cells goes on
    in the lines below until it has as many as the header; where that does not come out even, the
    row is broken.
    """
    lines = text.split("\n")
    wanted = _width(lines, prefer)
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: dict[int, Message] = {}
    at = 0
    while at < len(lines):
        cells = lines[at].split("|")
        number, at = at + 1, at + 1
        if len(cells) < wanted and lines[number - 1].strip():
            joined, end = _continued(lines, at, cells, wanted)
            if len(joined) == wanted:
                cells, at = joined, end
        surplus = cells[wanted:]
        if len(cells) == wanted + 1 and not surplus[0].strip():
            cells = cells[:wanted]
        elif len(cells) != wanted and lines[number - 1].strip():
            broken[number] = _uneven(len(cells), wanted)
        rows.append([_unquoted(cell) for cell in cells])
        numbers.append(number)
    return Grid(name=name, rows=rows, numbers=numbers, broken=broken)


def _width(lines: Sequence[str], prefer: Prefer) -> int:
    """How many cells a row has: as many as the line that looks most like a header.

    Where that line is one piece of a header with line breaks in it, as many as the rows that the
    whole header fits.
    """
    first = [line.split("|") for line in lines[:_FIRST_LINES]]
    scores = [prefer([cells]) for cells in first]
    at = scores.index(max(scores))
    header = first[at][:-1] if not first[at][-1] else first[at]
    widths = {len(line.split("|")) for line in lines[: 10 * _FIRST_LINES]}
    for width in sorted(widths, reverse=True):
        for start in range(at + 1) if width > len(header) else ():
            joined, _ = _continued(lines, start + 1, first[start], width)
            if len(joined) == width and prefer([joined]) > scores[at]:
                return width
    return len(header)


def _continued(
    lines: Sequence[str], at: int, cells: list[str], wanted: int
) -> tuple[list[str], int]:
    """A short row with the lines below it, as long as they are not rows of their own."""
    joined = list(cells)
    while at < len(lines) and len(joined) < wanted:
        more = lines[at].split("|")
        if len(more) >= wanted or len(joined) + len(more) - 1 > wanted:
            break
        joined[-1] += "\n" + more[0]
        joined += more[1:]
        at += 1
    return joined, at


def _unquoted(cell: str) -> str:
    text = cell.strip()
    if len(text) >= 2 and text[0] == text[-1] == '"':
        return text[1:-1].replace('""', '"')
    return cell
