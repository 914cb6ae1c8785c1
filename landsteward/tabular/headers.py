"""Where a sheet's header is, and which of its columns holds what."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column that is understood. `label` is its header as it stands in the file, in one line.

    `unit` is what header or title says the figures are in, None where neither does.
    """

    index: int
    field: str
    kind: Kind
    label: str
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A header that was found. `rows` are the indexes of its first and last line.

    `others` are columns that are not taken over, by index; `numbering` and `payment` are those
    among them that count lines, and that go on with the supply above.
    """

    rows: tuple[int, int]
    columns: tuple[Column, ...]
    others: Mapping[int, str]
    numbering: frozenset[int]
    payment: frozenset[int]

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
    """One header cell: which field it names, in which unit."""

    field: str | None
    unit: str | None
    plain: str


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
        self._units = {name for units in words.units.values() for name in units.factors}
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
        if best is None:
            return None
        at, row = best
        above = self._units_above(rows[:at])
        below = rows[at + 1] if at + 1 < len(rows) else ()
        if self._is_second_line(row, below):
            return self._header(at, at + 1, row, below, above)
        return self._header(at, at, row, (), above)

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
        plain = _plain(text)
        # A bracket may be part of the name (容积率(下限)) or say the unit (面积(公顷)).
        if plain in self._fields:
            return _Heading(field=self._fields[plain], unit=None, plain=plain)
        unit = None
        for found in _BRACKETS.finditer(compact(text)):
            inside = next(part for part in found.groups() if part is not None)
            stripped = _SAYS_UNIT.sub("", inside).lower()
            if stripped in self._units:
                unit = stripped
        bare = _plain(_BRACKETS.sub("", compact(text)))
        return _Heading(field=self._fields.get(bare), unit=unit, plain=bare)

    def _is_second_line(self, row: Row, below: Row) -> bool:
        """Whether the row below belongs to the header: it names columns, and nothing but them."""
        texts = [(at, cell) for at, cell in enumerate(below) if shown_cell(cell).strip()]
        if not texts:
            return False
        upper = [clean_text(row[at]) if at < len(row) else "" for at, _ in texts]
        for (_, cell), over in zip(texts, upper, strict=True):
            if not isinstance(cell, str):
                return False
            heading = self._heading(cell)
            if heading.field is None and heading.plain not in self._other_names:
                return False
            # A header repeated on the next page is no second line: it says the same twice.
            if over and clean_text(cell) == over:
                return False
        return True

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

    def _header(
        self, first: int, last: int, row: Row, below: Row, above: Mapping[str, str]
    ) -> Header:
        columns: list[Column] = []
        others: dict[int, str] = {}
        numbering: set[int] = set()
        payment: set[int] = set()
        for index in range(max(len(row), len(below))):
            under = shown_cell(below[index]).strip() if index < len(below) else ""
            cell = under or (shown_cell(row[index]) if index < len(row) else "")
            label = clean_text(cell)
            heading = self._heading(cell) if label else None
            if heading is not None and heading.field is not None:
                kind = self._words.fields[heading.field].kind
                columns.append(
                    Column(
                        index=index,
                        field=heading.field,
                        kind=kind,
                        label=label,
                        unit=heading.unit or above.get(kind),
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
