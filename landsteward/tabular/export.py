"""Tables out: an .xlsx of what a list shows. Text stays text: nothing typed becomes a formula."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from landsteward.domain.errors import WorkspaceError
from landsteward.domain.text import msg

_WIDEST = 60
_LONGEST_CELL = 32_767
_LONGEST_TITLE = 31
_ROWS_OF_A_SHEET = 1_048_576


def write_table(
    file: Path,
    title: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[Sequence[object]],
) -> None:
    """Write one sheet: `columns` are headers with their kind (text, number, date).

    Numbers and ISO dates become typed cells; everything else is written as a string cell, so a
    leading = or @ stays what it is. Raises WorkspaceError where the file cannot be written.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    if len(rows) >= _ROWS_OF_A_SHEET:
        raise WorkspaceError(
            msg("Excel takes at most {limit} rows.", limit=_ROWS_OF_A_SHEET - 1),
            where=str(file),
            remedy=msg("Filter the list first."),
        )
    book = xlsxwriter.Workbook(str(file))
    try:
        sheet = book.add_worksheet(_sheet_name(title))
        head = book.add_format({"bold": True, "bottom": 1})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        widths = [_width(header) for header, _kind in columns]
        for at, (header, _kind) in enumerate(columns):
            sheet.write_string(0, at, header, head)
        for number, row in enumerate(rows, start=1):
            for at, (value, (_header, kind)) in enumerate(zip(row, columns, strict=True)):
                if value is None or value == "":
                    continue
                if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
                    sheet.write_number(number, at, float(value))
                elif kind == "date" and (on := _day(value)) is not None:
                    sheet.write_datetime(number, at, on, day)
                else:
                    sheet.write_string(number, at, str(value)[:_LONGEST_CELL])
                widths[at] = max(widths[at], _width(str(value)))
        for at, width in enumerate(widths):
            sheet.set_column(at, at, min(width + 2, _WIDEST))
        sheet.freeze_panes(1, 0)
        if rows:
            sheet.autofilter(0, 0, len(rows), len(columns) - 1)
        book.close()
    except (FileCreateError, OSError) as error:
        raise WorkspaceError(
            msg("The file cannot be written."),
            where=str(file),
            remedy=msg("Close it in Excel, or choose another name or folder."),
        ) from error


def _day(value: object) -> date | None:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _width(text: str) -> int:
    """About how wide a text is, in characters: Chinese ones count twice."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text[:_WIDEST])


def _sheet_name(title: str) -> str:
    """A title Excel takes as a sheet's name."""
    kept = "".join(letter for letter in title if letter not in "[]:*?/\\'")
    return kept[:_LONGEST_TITLE] or "Sheet1"
