"""Where a sheet's header is, and which of its columns holds what."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from landsteward.domain.identifiers import compact, half_width
from landsteward.tabular.grid import Row, is_blank
from landsteward.tabular.values import clean_text, shown_cell
from landsteward.tabular.vocabulary import Kind, Vocabulary

LOOKED_AT = 30
_BEFORE_OTHER_TEXT = re.compile(r"""^[*#"'·、]+|^\(?\d{1,2}[).、]""")
_BEHIND_OTHER_TEXT = re.compile(r"""[:;,.*"'、。]+$""")
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^】]*)】|/([a-z0-9]+|[^/()]{1,3})$")
_SAYS_UNIT = re.compile(r"^(?:计量)?单位[:为]?")
_UNITS_LINE = re.compile(r"单位[:为](.{1,40})")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:年度|年(?!\d{1,2}月)|(?![\d年]|[-/.]\d))")
_ONLY_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is understood. `label` is its header as it stands in the file, in one line.

    `unit` is what header or title says the figures are in, None where neither does; `year` is the
    one that the header names.
    """

    index: int
    field: str
    kind: Kind
    label: str
    unit: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that was found. `rows` are the indexes of its first and last line.

    `others` are columns that are not taken over, by index; `numbering` and `payment` are those
    among them that count lines, and that go on with the supply above. `year` is the one that a
    line above names for the whole sheet.
    """

    rows: tuple[int, int]
    columns: tuple[Column, ...]
    others: Mapping[int, str]
    numbering: frozenset[int]
    payment: frozenset[int]
    year: int | None = None

    @property
    def fields(self) -> frozenset[str]:
        """The fields that have a column."""
        return frozenset(column.field for column in self.columns)

    def label(self, field: str) -> str:
        """The header of a field's column that counts most: the last one."""
        labels = [column.label for column in self.columns if column.field == field]
        return labels[-1] if labels else ""

    def labels(self) -> list[str]:
        """All headers from left to right, as they stand in the file."""
        named = {column.index: column.label for column in self.columns} | dict(self.others)
        return [named.get(index, "") for index in range(max(named, default=-1) + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    """One header cell: which field it names, in which unit, for which year."""

    field: str | None
    unit: str | None
    plain: str
    year: int | None = None


class HeaderFinder:
    """Finds the header among a sheet's first rows. One for each vocabulary."""

    def __init__(self, words: Vocabulary) -> None:
        self._words = words
        self._fields: dict[str, str] = {}
        for field, known in words.fields.items():
            for name in known.names:
                self._fields[_plain(name)] = field
        self._other_names = {
            _plain(name)
            for group in (words.others.numbering, words.others.payment, words.others.groups)
            for name in group
        }
        used = {about.kind for about in words.fields.values()}
        self._units = {
            name for kind, units in words.units.items() if kind in used for name in units.factors
        }
        self._years = words.header.years
        self._heading = lru_cache(maxsize=4096)(self._understood)

    def score(self, rows: Sequence[Row]) -> int:
        """How many different fields the best of some rows names."""
        return max((len(self._named(row)) for row in rows), default=0)

    def find(self, rows: Sequence[Row]) -> Header | None:
        """The header among the first rows, or None where no row offers what is needed."""
        first = [(at, row) for at, row in enumerate(rows[: 4 * LOOKED_AT]) if not is_blank(row)]
        best: tuple[int, Row] | None = None
        most = 0
        for at, row in first[:LOOKED_AT]:
            named = self._named(row)
            if len(named) > most and self._enough(row, rows[at + 1 : at + 2]):
                best, most = (at, row), len(named)
        return None if best is None else self.at(rows, best[0])

    def at(self, rows: Sequence[Row], at: int) -> Header:
        """The row at an index as the header, with the row below where names stand in two lines."""
        row = rows[at]
        above = self._units_above(rows[:at])
        below = rows[at + 1] if at + 1 < len(rows) else ()
        two = self._is_second_line(row, below)
        header = self._header(at, at + two, row, below if two else (), above)
        return replace(header, year=self.year_in(rows[:at])) if self._years else header

    def understands(self, label: str) -> tuple[str | None, int | None]:
        """Which field a header names by itself, and which year."""
        heading = self._heading(label)
        return heading.field, heading.year

    def year_in(self, rows: Iterable[Row]) -> int | None:
        """The one year that titles name; None where they name none, or several."""
        named = {
            int(year)
            for row in rows
            for cell in row
            if isinstance(cell, str)
            for year in _YEAR.findall(half_width(clean_text(cell)))
        }
        return named.pop() if len(named) == 1 else None

    def seen(self, rows: Sequence[Row]) -> str:
        """What the fullest of the first rows says, for a person who wonders why it is no header."""
        first = [row for row in rows[: 4 * LOOKED_AT] if not is_blank(row)][:LOOKED_AT]
        fullest = max(first, key=lambda row: (len(self._named(row)), _filled(row)), default=())
        texts = [clean_text(cell)[:20] for cell in fullest]
        return ", ".join([text for text in texts if text][:12])

    def _enough(self, row: Row, below: Sequence[Row]) -> bool:
        named = self._named(row)
        if below and self._is_second_line(row, below[0]):
            named = named | self._named(below[0])
        return len(named) >= self._words.header.at_least and any(
            field in named for field in self._words.header.one_of
        )

    def _named(self, row: Row) -> set[str]:
        headings = (self._heading(cell) for cell in row if isinstance(cell, str) and cell)
        return {heading.field for heading in headings if heading.field is not None}

    def _understood(self, cell: str) -> _Heading:
        text = half_width(clean_text(cell))
        if len(text) > 40:
            return _Heading(field=None, unit=None, plain=text)
        year = None
        if self._years and (named := _YEAR.search(text)):
            year = int(named[1])
            text = text[: named.start()] + text[named.end() :]
        plain = _plain(text)
        # A bracket may be part of the name (容积率(下限)) or say the unit (面积(公顷)).
        if plain in self._fields:
            return _Heading(field=self._fields[plain], unit=None, plain=plain, year=year)
        unit = None
        for found in _BRACKETS.finditer(compact(text)):
            inside = next(part for part in found.groups() if part is not None)
            stripped = _SAYS_UNIT.sub("", inside).lower()
            if stripped in self._units:
                unit = stripped
        bare = _plain(_BRACKETS.sub("", compact(text)))
        return _Heading(field=self._fields.get(bare), unit=unit, plain=bare, year=year)

    def _is_second_line(self, row: Row, below: Row) -> bool:
        """Whether the row below belongs to the header: it names columns, and nothing but them."""
        texts = [(at, cell) for at, cell in enumerate(below) if shown_cell(cell).strip()]
        if not texts:
            return False
        upper = [clean_text(row[at]) if at < len(row) else "" for at, _ in texts]
        for (_, cell), over in zip(texts, upper, strict=True):
            if not isinstance(cell, str):
                if not self._is_bare_year(cell):
                    return False
                continue
            heading = self._heading(cell)
            if heading.field is None and not (
                heading.plain in self._other_names or (heading.year and not heading.plain)
            ):
                return False
            # A header repeated on the next page is no second line: it says the same twice.
            if over and clean_text(cell) == over:
                return False
        return True

    def _is_bare_year(self, cell: object) -> bool:
        return self._years and bool(_ONLY_YEAR.fullmatch(shown_cell(cell)))

    def _units_above(self, rows: Sequence[Row]) -> dict[str, str]:
        """Units that a line above the header gives for the whole sheet (单位：公顷、万元)."""
        above: dict[str, str] = {}
        for row in rows:
            for cell in row:
                found = _UNITS_LINE.search(compact(shown_cell(cell)).lower())
                for kind, units in self._words.units.items() if found else ():
                    longest = sorted(units.factors, key=len, reverse=True)
                    for name in longest:
                        if found and name in found[1]:
                            above.setdefault(kind, name)
                            break
        return above

    @staticmethod
    def _joined(upper: _Heading, over: str, under: _Heading, label: str) -> tuple[_Heading, str]:
        """A name that stands in two lines, the year in one and the field in the other."""
        year_above = upper.field is None and upper.year is not None and under.year is None
        year_below = under.field is None and under.year is not None and upper.field is not None
        if not (year_above or year_below):
            return under, label
        field = upper if year_below else under
        joined = replace(field, year=upper.year or under.year, unit=under.unit or upper.unit)
        return joined, f"{clean_text(over)}{label}" if year_above else f"{label}{clean_text(over)}"

    def _header(
        self, first: int, last: int, row: Row, below: Row, above: Mapping[str, str]
    ) -> Header:
        columns: list[Column] = []
        others: dict[int, str] = {}
        numbering: set[int] = set()
        payment: set[int] = set()
        over = ""
        for index in range(max(len(row), len(below))):
            under = shown_cell(below[index]).strip() if index < len(below) else ""
            upper = shown_cell(row[index]) if index < len(row) else ""
            # A name over several columns stands in the first of their cells.
            over = upper if upper.strip() or not under else over
            cell = under or upper
            label = clean_text(cell)
            heading = self._heading(cell) if label else None
            if heading is not None and under and self._years and over.strip():
                heading, label = self._joined(self._heading(over), over, heading, label)
            if heading is not None and heading.field is not None:
                kind = self._words.fields[heading.field].kind
                columns.append(
                    Column(
                        index=index,
                        field=heading.field,
                        kind=kind,
                        label=label,
                        unit=heading.unit or above.get(kind),
                        year=heading.year,
                    )
                )
                continue
            others[index] = label
            if heading is not None and heading.plain in self._words.others.numbering:
                numbering.add(index)
            elif heading is not None and heading.plain in self._words.others.payment:
                payment.add(index)
        return Header(
            rows=(first, last),
            columns=tuple(columns),
            others={index: label for index, label in others.items() if label},
            numbering=frozenset(numbering),
            payment=frozenset(payment),
        )


def _filled(row: Row) -> int:
    return sum(1 for cell in row if shown_cell(cell).strip())


def _plain(text: str) -> str:
    """A header without white space, colons, marks of required columns and numbering."""
    text = compact(text).casefold()
    text = _BEFORE_OTHER_TEXT.sub("", text)
    return _BEHIND_OTHER_TEXT.sub("", text)
