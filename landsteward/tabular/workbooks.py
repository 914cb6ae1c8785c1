"""Workbooks (.xls, .xlsx, .xlsm) read by calamine, the reader that pandas uses for them."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.tabular.grid import Grid, is_blank

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

# Cells of one sheet, empty ones in between counted: more would not fit into a small machine.
_MOST_CELLS = 30_000_000
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
# Cells that hold something; empty ones, there for their looks, close themselves.
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*(?<!/)>')


def read_workbook(path: Path, content: bytes) -> list[Grid]:
    """The sheets of a workbook that hold anything, visible ones first.

    Raises InputFileError for a workbook that is damaged or asks for a password.
    """
    import python_calamine

    if content.startswith(b"PK"):
        _refuse_far_cells(path, content)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        return _grids(book)
    except python_calamine.PasswordError:
        raise InputFileError(
            msg("The workbook is protected by a password."),
            where=str(path),
            remedy=msg("Open it with the password, save it without one, and import that file."),
        ) from None
    except (
        python_calamine.CalamineError,
        python_calamine.XmlError,
        python_calamine.ZipError,
        OSError,
        ValueError,
        OverflowError,
    ) as error:
        raise _damaged(path, error) from None
    except BaseException as error:
        # Rust code that gives up raises this; it is no Exception, and has no name to import.
        if type(error).__name__ == "PanicException":
            raise _damaged(path, error) from None
        raise


def _grids(book: "CalamineWorkbook") -> list[Grid]:
    import python_calamine

    visible: list[Grid] = []
    hidden: list[Grid] = []
    for sheet in book.sheets_metadata:
        if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        while rows and is_blank(rows[-1]):
            rows.pop()
        if rows:
            grid = Grid(name=sheet.name, rows=rows, numbers=range(1, len(rows) + 1))
            seen = sheet.visible == python_calamine.SheetVisibleEnum.Visible
            (visible if seen else hidden).append(grid)
    return visible + hidden


def _damaged(path: Path, error: BaseException) -> InputFileError:
    return InputFileError(
        msg("The workbook is damaged and cannot be read ({reason}).", reason=str(error)[:200]),
        where=str(path),
        remedy=msg("Open it in a spreadsheet program, save it as .xlsx, and import that file."),
    )


def _refuse_far_cells(path: Path, content: bytes) -> None:
    """Refuse a sheet whose last cell lies so far out that the room up to it cannot be held.

    A single stray entry in the last column and row makes a sheet of 17 billion cells.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/")]
            for name in sheets:
                if name.endswith(".xml") and _room(archive, name) > _MOST_CELLS:
                    raise InputFileError(
                        msg("A sheet of this workbook has entries in far-off rows or columns."),
                        where=str(path),
                        remedy=msg("Delete everything beyond the table, save, and import again."),
                    )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, zlib.error):
        raise _damaged(path, ValueError("zip")) from None


def _room(archive: zipfile.ZipFile, name: str) -> int:
    """Rows times columns up to a sheet's last cell: as it says itself, or counted where it says
    nothing, or too much (looks given to whole rows and columns count there).
    """
    with archive.open(name) as file:
        head = file.read(4096)
        if (said := _DIMENSION.search(head)) and said[1] + said[2] != b"A1":
            room = _column(said[1]) * int(said[2])
            if room <= _MOST_CELLS:
                return room
        cells = _CELL.findall(head + file.read())
    columns = {column for column, _ in cells}
    return max(map(_column, columns), default=0) * max((int(row) for _, row in cells), default=0)


def _column(letters: bytes) -> int:
    """A column's number from its letters: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
