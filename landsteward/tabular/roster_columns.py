"""The columns of a roster turned into what its rows say."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from landsteward.app.importing import RowNote
from landsteward.app.rosters_table import RosterKind, RosterRow, Values
from landsteward.domain.land_supply import holder_kind, is_holder_named
from landsteward.domain.states import EnterpriseKind
from landsteward.domain.text import Message, msg
from landsteward.tabular.columns import ColumnReading
from landsteward.tabular.grid import Grid
from landsteward.tabular.headers import Column, Header
from landsteward.tabular.ratios import Limits, range_reader, ratio_reader
from landsteward.tabular.sheet_rows import SheetRows
from landsteward.tabular.values import (
    Reader,
    choice_reader,
    code_reader,
    date_reader,
    number_reader,
    text_reader,
    year_reader,
)
from landsteward.tabular.vocabulary import PartWords, Vocabulary, holder_words

FIGURES = ("area", "money", "energy", "mass", "count", "ratio")
_BLANK = (None, "")
_TEXTS = ("text", "code")
# Fields in which a person may stand as well as an organisation, or what names nobody (个人).
_USERS = ("holder", "lessee")
_FIGURE = re.compile(r"\d+(?:\.\d+)?")


class RosterRows(SheetRows):
    """The rows of a roster; their cells are handed out under headers that say all by themselves."""

    def __init__(
        self,
        *,
        grid: Grid,
        header: Header,
        words: Vocabulary,
        total: Message,
        labels: Mapping[int, str],
    ) -> None:
        """`labels`: by index, headers that say more than those in the file."""
        super().__init__(grid=grid, header=header, words=words, total=total)
        self._portable = labels

    def portable(self, index: int) -> str:
        """A column's header as a person (or a title) explained it."""
        return self._portable.get(index) or super().portable(index)


def read_rows(sheet: SheetRows, words: Vocabulary, kind: RosterKind) -> list[RosterRow]:
    """Every row below the header, in the file's order; empty ones are left out."""
    return _RosterReading(sheet, words, by_year=kind is RosterKind.METRICS).read()


class _RosterReading(ColumnReading):
    def __init__(self, sheet: SheetRows, words: Vocabulary, *, by_year: bool) -> None:
        super().__init__(sheet.rows, sheet.numbers, sheet.header, words)
        self._sheet = sheet
        self._by_year = by_year
        self._named = "uscc" in words.fields
        self._users = [user for user in _USERS if user in words.fields]
        self._slots: dict[tuple[str, int | None], list[Any]] = {}
        # The same days stand in several columns.
        self._days: Reader[date | None] = lru_cache(maxsize=1 << 14)(date_reader(words))

    def read(self) -> list[RosterRow]:
        """All rows."""
        columns: dict[tuple[str, int | None], list[Column]] = defaultdict(list)
        for column in self.header.columns:
            columns[column.field, column.year].append(column)
        for slot, mine in columns.items():
            if mine[0].kind == "range":
                continue
            readers = {column: self._reader(column) for column in mine}
            blank = "" if mine[0].kind in _TEXTS else None
            self._slots[slot] = self.joined(mine, readers, blank)
        for column in self.header.columns:
            if column.kind == "range":
                self._spread_range(column)
            if (part := self.words.fields[column.field].part) is not None:
                self._word_part(column, part)
        self._sheet.notes.extend(self.notes)
        entries = list(self._entries())
        rows: list[RosterRow] = []
        for at, number in enumerate(self._sheet.numbers):
            if rows and self._sheet.goes_on(at):
                rows.append(RosterRow(row=number, goes_on=True))
            else:
                rows.append(self._row(at, number, entries[at]))
        return rows

    def _entries(self) -> Iterator[dict[str, Any]]:
        """What each row says, by field; of several columns for as many years only one."""
        fields = [field for field, _year in self._slots]
        # Blank texts are nothing, like everything else that a cell does not say.
        columns = [
            [value or None for value in values]
            if self.words.fields[field].kind in _TEXTS
            else values
            for field, values in zip(fields, self._slots.values(), strict=True)
        ]
        for row in zip(*columns, strict=True):
            yield {
                field: value for field, value in zip(fields, row, strict=True) if value is not None
            }

    def _reader(self, column: Column) -> Reader[Any]:
        words, about = self.words, self.words.fields[column.field]
        match about.kind:
            case "code":
                return code_reader(words.placeholders)
            case "choice":
                return choice_reader(words.placeholders, about.choices)
            case "date":
                return self._days
            case "year":
                return year_reader(words)
            case "text" | "range":
                return text_reader(words.placeholders)
            case "ratio":
                return ratio_reader(words, upper=column.field.endswith("_max"))
            case kind:
                return number_reader(
                    words,
                    kind,
                    column.unit,
                    zero_is_none=kind == "area",
                    negative=about.negative,
                )

    def _spread_range(self, column: Column) -> None:
        """Both limits out of one column, where no column of their own says them."""
        nothing: Limits = (None, None)
        limits = self.values(column, range_reader(self.words), nothing)
        for place, end in enumerate(("_min", "_max")):
            blank: list[Any] = [None] * len(limits)
            values = self._slots.setdefault((f"{column.field}{end}", column.year), blank)
            for at, both in enumerate(limits):
                if values[at] is None:
                    values[at] = both[place]

    def _word_part(self, column: Column, part: PartWords) -> None:
        """Put words in the place of areas: all of the row's area, none of it, or part."""
        texts = self._slots[column.field, column.year]
        whole = self._slots.get((part.of, None))
        in_default = number_reader(self.words, "area")
        worded = []
        for at, text in enumerate(texts):
            if not text or not _FIGURE.fullmatch(text):
                continue
            area = in_default(text)
            if not isinstance(area, Decimal):
                continue
            if area == 0:
                texts[at] = part.none_of_it
            else:
                is_all = whole is not None and area == whole[at]
                texts[at] = part.all_of_it if is_all else part.part_of_it
            worded.append(at)
        if worded:
            self.notes.append(
                self.note(
                    worded[0],
                    column,
                    msg(
                        "An area stands here; in {count} rows it was put into words as the portal "
                        "does: {words}.",
                        count=len(worded),
                        words=" / ".join((part.all_of_it, part.none_of_it, part.part_of_it)),
                    ),
                )
            )

    def _row(self, at: int, number: int, entry: dict[str, Any]) -> RosterRow:
        if (refusal := self._sheet.refusal(at, filled=bool(entry))) is not None:
            return RosterRow(row=number, refused=(refusal,))
        remarks = self.remarks.get(at)
        if remarks is not None and remarks.refused:
            return RosterRow(row=number, refused=tuple(remarks.refused))
        doubts = () if remarks is None else tuple(remarks.doubts)
        if not self._by_year:
            self._tell_persons(entry)
            return RosterRow(row=number, entries=(entry,), doubts=doubts)
        entries, missing = self._years(at)
        if missing is not None:
            return RosterRow(row=number, refused=(missing,))
        return RosterRow(row=number, entries=tuple(entries), doubts=doubts)

    def _tell_persons(self, entry: dict[str, Any]) -> None:
        """Say of names whether they are a person's."""
        # Who has a credit code is no private person, however short the name is.
        if self._named and "uscc" not in entry and "name" in entry and _is_person(entry["name"]):
            entry["kind"] = EnterpriseKind.PERSON
        for user in self._users:
            if (name := entry.get(user)) is not None:
                entry[f"{user}_kind"], entry[f"{user}_named"] = _holder(name)

    def _years(self, at: int) -> tuple[Sequence[Values], RowNote | None]:
        """What the row says of each year, or why it cannot be told."""
        about: dict[str, Any] = {}
        figures: dict[int | None, dict[str, Any]] = defaultdict(dict)
        for (field, year), values in self._slots.items():
            value = values[at]
            if value in _BLANK:
                continue
            # Who it is stands there for all years; everything else is a figure of one of them.
            if self.words.fields[field].kind in ("text", "code", "year"):
                about[field] = value
            else:
                figures[year][field] = value
        if not figures:
            return (), self._whole(at, msg("No figure is filled in this row."))
        if None in figures:
            year = about.get("year", self.header.year)
            if year is None:
                reason = msg(
                    "Which year the figures are of is not said: neither in a column nor in the "
                    "header or a title."
                )
                return (), self._whole(at, reason)
            # A column that names the year itself goes before one that does not.
            figures[year] = {**figures.pop(None), **figures.get(year, {})}
        return [{**about, **said, "year": year} for year, said in sorted(figures.items())], None

    def _whole(self, at: int, reason: Message) -> RowNote:
        return RowNote(row=self._sheet.numbers[at], column="", value="", reason=reason)


@lru_cache(maxsize=1 << 14)
def _is_person(name: str) -> bool:
    return holder_kind(name, holder_words()) is EnterpriseKind.PERSON


@lru_cache(maxsize=1 << 15)
def _holder(name: str) -> tuple[EnterpriseKind, bool]:
    """Whether a holder is a person, and whether it is named at all."""
    return holder_kind(name, holder_words()), is_holder_named(name, holder_words())


def taken_unit(words: Vocabulary, column: Column) -> tuple[str, bool]:
    """The unit a column's figures are read in, and whether the sheet says so."""
    if column.kind not in FIGURES:
        return "", True
    units = words.units[column.kind]
    if column.unit in units.factors:
        return column.unit or "", True
    return units.default, not units.default


def header_with_units(words: Vocabulary, header: Header) -> Header:
    """The same header, without units that are none of what their columns hold."""
    columns = tuple(
        replace(one, unit=one.unit if taken_unit(words, one)[1] else None) for one in header.columns
    )
    return replace(header, columns=columns)
