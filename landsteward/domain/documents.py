"""Papers with numbers (文号), and what an import brought in.

A number is used up once it is printed; a voided paper keeps it (`domain.md` §7).
"""

from dataclasses import dataclass
from datetime import date, datetime


def document_number(code: str, year: int, number: int) -> str:
    """A 文号 such as 亳地用改〔2023〕1号: full-width 〔〕, no leading zeros (GB/T 9704-2012)."""
    return f"{code}〔{year}〕{number}号"


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """A paper as it left the house: its number and, under `sha256`, its very bytes."""

    id: str
    case_id: str
    kind: str
    code: str
    year: int
    number: int
    title: str
    issued_on: date
    issued_by: str
    sha256: str
    pages: int
    voided_on: date | None = None
    void_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportBatch:
    """One import of one file; counts are rows. `sha256` is that of the file, `reading` says how its
    columns were taken ("" where there is one way only).
    """

    id: str
    kind: str
    file_name: str
    sha256: str
    imported_at: datetime
    imported_by: str
    reading: str = ""
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReject:
    """A row of a batch that was refused, kept with its reason and its cells as they came."""

    id: str
    batch_id: str
    row: int
    column: str
    value: str
    reason: str
    cells: tuple[tuple[str, str], ...] = ()
