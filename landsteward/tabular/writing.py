"""Sheets written as .xlsx: lists as they are shown, and refused rows to mend and import again.

Text stays text, whatever it begins with: nothing a person typed becomes a formula or a link.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Protocol

from landsteward.app.language import tr
from landsteward.app.rosters_table import RosterKind
from landsteward.domain.documents import ImportReject
from landsteward.domain.errors import InputFileError
from landsteward.domain.text import msg
from landsteward.tabular.headers import HeaderFinder
from landsteward.tabular.values import Doubtful, Unreadable, date_reader
from landsteward.tabular.vocabulary import Kind, roster_words

# What a spreadsheet shows exactly; longer figures (card and code numbers) stay text.
_EXACT_DIGITS = 15
_WIDEST = 60
_SHEET_NAME = re.compile(r"[\[\]:*?/\\']")
_PLAIN_FIGURE = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")


class SheetColumn(Protocol):
    """A column to write: its header, and `text`, `number` or `date` for its cells."""

    @property
    def header(self) -> str:
        """What stands above it."""
        ...

    @property
    def kind(self) -> str:
        """What its cells are."""
        ...


def write_table(
    path: Path,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[object]],
    *,
    on_row: Callable[[int], None] | None = None,
) -> None:
    """Write a list under its headers; figures and days (also as text) as such where they are.

    `on_row` hears how many rows are written; what it raises ends the work, and no file is left.
    Raises InputFileError where the file cannot be written.
    """
    with _sheet(path, title) as sheet:
        sheet.header([column.header for column in columns])
        for number, cells in enumerate(rows, start=1):
            sheet.row([(cell, column.kind) for cell, column in zip(cells, columns, strict=True)])
            if on_row is not None:
                on_row(number)


class RefusedRows:
    """Writes the refused rows of an import, with the reasons in front.

    Headers and cells are those of the file, so that the sheet can be imported once it is mended;
    the columns with the reasons are not among those an import reads.
    """

    def write(self, path: Path, rejects: Sequence[ImportReject]) -> None:
        """Write each refused row once, with all its reasons. Raises InputFileError."""
        rows: dict[int, list[ImportReject]] = {}
        for reject in rejects:
            rows.setdefault(reject.row, []).append(reject)
        widest = max((reject.cells for reject in rejects), key=len, default=())
        labels = [label for label, _ in widest]
        kinds = _kinds_by_header(labels)
        with _sheet(path, tr("Refused rows")) as sheet:
            sheet.header([tr("Reason for refusal"), tr("Row in the file"), *labels])
            for row, reasons in sorted(rows.items()):
                said = "; ".join(
                    f"{reject.column}: {reject.reason}" if reject.column else reject.reason
                    for reject in reasons
                )
                cells = [value for _, value in reasons[0].cells]
                sheet.row(
                    [
                        (said, "text"),
                        (row, "number"),
                        *zip(cells, kinds, strict=False),
                    ]
                )


def _kinds_by_header(labels: Sequence[str]) -> list[str]:
    kinds: dict[Kind, str] = {"date": "date", "area": "number", "money": "number"}
    # Of every kind of sheet that can be imported: the one that knows most headers is the one.
    found = [HeaderFinder(roster_words(kind)).find([labels]) for kind in RosterKind]
    columns = max((one.columns for one in found if one), key=len, default=())
    by_index = {column.index: column.kind for column in columns}
    return [kinds.get(by_index.get(at, "text"), "text") for at in range(len(labels))]


class _Sheet:
    """One sheet that is being written, top down."""

    def __init__(self, book: Any, name: str) -> None:
        self._sheet = book.add_worksheet(name)
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._read_day = date_reader(roster_words(RosterKind.LAND_SUPPLY))
        self._at = 0
        self._widths: list[int] = []

    def header(self, labels: Sequence[str]) -> None:
        """The first row, which stays in sight."""
        self._sheet.freeze_panes(1, 0)
        self._widths = [min(_WIDEST, 2 * len(label) + 2) for label in labels]
        for column, label in enumerate(labels):
            self._sheet.write_string(0, column, label, self._bold)
        self._at = 1

    def row(self, cells: Sequence[tuple[object, str]]) -> None:
        """The next row: values with what they are."""
        for column, (value, kind) in enumerate(cells):
            self._cell(column, value, kind)
            if column < len(self._widths):
                width = sum(1 if letter.isascii() else 2 for letter in str(value)[:_WIDEST]) + 2
                self._widths[column] = min(_WIDEST, max(self._widths[column], width))
        self._at += 1

    def finish(self) -> None:
        """Make the columns as wide as what stands in them."""
        for column, width in enumerate(self._widths):
            self._sheet.set_column(column, column, width)

    def _cell(self, column: int, value: object, kind: str) -> None:
        if value is None or value == "":
            return
        if kind == "date" and (day := self._as_day(value)) is not None:
            self._sheet.write_datetime(self._at, column, day, self._day)
        elif kind == "number" and (number := _as_number(value)) is not None:
            self._sheet.write_number(self._at, column, number)
        else:
            self._sheet.write_string(self._at, column, str(value)[:32767])

    def _as_day(self, value: object) -> date | None:
        day = self._read_day(value if isinstance(value, date) else str(value))
        return None if isinstance(day, Unreadable | Doubtful) else day


def _as_number(value: object) -> float | None:
    """A figure that a spreadsheet keeps exactly, otherwise None."""
    text = str(value)
    if not _PLAIN_FIGURE.fullmatch(text):
        return None
    try:
        digits = len(Decimal(text).as_tuple().digits)
    except InvalidOperation:
        return None
    return float(text) if digits <= _EXACT_DIGITS else None


def _words_of(error: BaseException) -> str:
    return str(getattr(error, "strerror", None) or error)


@contextmanager
def _sheet(path: Path, title: str) -> Iterator[_Sheet]:
    """A new workbook with one sheet; written under another name first, so that a file that is
    there already is replaced whole or not at all.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import XlsxFileError, XlsxWriterException

    building = path.with_name(f".{path.name}.new")
    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        # Rows go to the disk as they come: memory does not grow with them.
        "constant_memory": True,
    }
    try:
        with building.open("wb") as file:
            book = xlsxwriter.Workbook(file, options)
            try:
                sheet = _Sheet(book, _SHEET_NAME.sub(" ", title)[:31] or "1")
                yield sheet
                sheet.finish()
            finally:
                # Stopped half way, too: what it has put aside meanwhile goes with it.
                book.close()
        building.replace(path)
    except (OSError, XlsxFileError, XlsxWriterException) as error:
        # XlsxWriter wraps the system's error, whose own words are the clearest.
        cause = error.args[0] if error.args and isinstance(error.args[0], OSError) else error
        raise InputFileError(
            msg("The file cannot be written: {reason}.", reason=_words_of(cause)),
            where=str(path),
            remedy=msg("Close it in other programs, or choose another name or folder."),
        ) from None
    finally:
        building.unlink(missing_ok=True)
