"""The columns of a land supply sheet turned into supplies, one column after the other.

Cells repeat down a column (uses, methods, dates): each different one is read once.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import zip_longest
from typing import TypeVar

from landsteward.app.importing import RowNote
from landsteward.domain.land_supply import SupplyRow, holder_kind, is_holder_named, same_value
from landsteward.domain.register import EnterpriseKind
from landsteward.domain.text import Message, msg
from landsteward.tabular.grid import Row
from landsteward.tabular.headers import Column, Header
from landsteward.tabular.values import (
    Doubtful,
    Limits,
    Reader,
    Unreadable,
    clean_text,
    code_reader,
    date_reader,
    number_reader,
    range_reader,
    ratio_reader,
    shown_cell,
    text_reader,
)
from landsteward.tabular.vocabulary import Kind, Vocabulary, holder_words

T = TypeVar("T")

LONGEST_SHOWN = 120
_FIGURE = re.compile(r"\d+(?:\.\d+)?")
# Asked of every different cell: a union put together there would take longer than the asking.
_ODD = (Unreadable, Doubtful)


@dataclass(slots=True)
class Remarks:
    """What was said of one row while its cells were read."""

    refused: list[RowNote] = field(default_factory=list)
    doubts: list[RowNote] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class Columns:
    """All columns of a sheet by field, and what was said of rows (by index) and of the sheet.

    A field without a column has a column of blanks.
    """

    texts: dict[str, list[str]]
    days: dict[str, list[date | None]]
    figures: dict[str, list[Decimal | None]]
    remarks: dict[int, Remarks] = field(default_factory=dict)
    notes: list[RowNote] = field(default_factory=list)

    def supply(self, at: int) -> SupplyRow:
        """The supply in the row at an index."""
        texts, days, figures = self.texts, self.days, self.figures
        holder = texts["holder"][at]
        return SupplyRow(
            electronic_no=texts["electronic_no"][at],
            contract_no=texts["contract_no"][at],
            holder=holder,
            holder_kind=_holder_kind(holder) if holder else EnterpriseKind.ORGANISATION,
            holder_named=_is_named(holder),
            district=texts["district"][at],
            location=texts["location"][at],
            project_name=texts["project_name"][at],
            land_use=texts["land_use"][at],
            land_source=texts["land_source"][at],
            land_grade=texts["land_grade"][at],
            supply_method=texts["supply_method"][at],
            industry_name=texts["industry_name"][at],
            term_years=texts["term_years"][at],
            approved_by=texts["approved_by"][at],
            source_link=texts["source_link"][at],
            area_m2=figures["area_m2"][at],
            price_wan=figures["price_wan"][at],
            plot_ratio_min=figures["plot_ratio_min"][at],
            plot_ratio_max=figures["plot_ratio_max"][at],
            signed_on=days["signed_on"][at],
            agreed_delivery_on=days["agreed_delivery_on"][at],
            agreed_start_on=days["agreed_start_on"][at],
            agreed_completion_on=days["agreed_completion_on"][at],
            actual_delivery_on=days["actual_delivery_on"][at],
            actual_start_on=days["actual_start_on"][at],
            actual_completion_on=days["actual_completion_on"][at],
        )


@lru_cache(maxsize=1 << 15)
def _holder_kind(holder: str) -> EnterpriseKind:
    return holder_kind(holder, holder_words())


@lru_cache(maxsize=1 << 15)
def _is_named(holder: str) -> bool:
    return is_holder_named(holder, holder_words())


def read_columns(
    rows: Sequence[Row], numbers: Sequence[int], header: Header, words: Vocabulary
) -> Columns:
    """Read every column that is understood. Of columns that repeat, the later one counts where
    it is filled; where the two say different things, that is said.
    """
    return _ColumnReading(rows, numbers, header, words).read()


class _ColumnReading:
    def __init__(
        self, rows: Sequence[Row], numbers: Sequence[int], header: Header, words: Vocabulary
    ) -> None:
        self._rows = rows
        self._numbers = numbers
        self._header = header
        self._words = words
        self._columns = Columns(texts={}, days={}, figures={})
        self._by_column = list(zip_longest(*rows))
        self._nothing = [None] * len(rows)

    def read(self) -> Columns:
        words = self._words
        known, count = self._columns, len(self._rows)
        texts, days = text_reader(words.placeholders), date_reader(words)
        for name, about in words.fields.items():
            mine = [column for column in self._header.columns if column.field == name]
            match about.kind:
                case "text":
                    known.texts[name] = self._joined(mine, dict.fromkeys(mine, texts), "")
                case "code":
                    codes = code_reader(words.placeholders)
                    known.texts[name] = self._joined(mine, dict.fromkeys(mine, codes), "")
                case "date":
                    known.days[name] = self._joined(mine, dict.fromkeys(mine, days), None)
                case "area" | "money" | "ratio":
                    by_column = {one: self._figure_reader(one, about.kind) for one in mine}
                    known.figures[name] = self._joined(mine, by_column, None)
                case "range":
                    pass
        for column in self._header.columns:
            if column.kind == "range":
                self._spread_range(column)
        self._word_land_source(count)
        return known

    def _figure_reader(self, column: Column, kind: Kind) -> Reader[Decimal | None]:
        if kind == "ratio":
            return ratio_reader(self._words, upper=column.field == "plot_ratio_max")
        return number_reader(self._words, kind, column.unit, zero_is_none=kind == "area")

    def _cells(self, index: int) -> Sequence[object]:
        cells = self._by_column[index] if index < len(self._by_column) else self._nothing
        if bool in set(map(type, cells)):
            # TRUE equals 1, but is none: it would be taken for one where cells are remembered.
            return [shown_cell(raw) if isinstance(raw, bool) else raw for raw in cells]
        return cells

    def _joined(
        self, columns: Sequence[Column], readers: Mapping[Column, Reader[T]], blank: T
    ) -> list[T]:
        """The values of a field's columns as one; `blank` where none of them is filled."""
        joined: list[T] = [blank] * len(self._rows)
        for count, column in enumerate(columns):
            values = self._values(column, readers[column], blank)
            if count == 0:
                joined = values
                continue
            earlier = columns[count - 1]
            for at, (mine, before) in enumerate(zip(values, joined, strict=True)):
                if mine in (blank, before):
                    continue
                if before != blank and not same_value(mine, before):
                    self._doubt(
                        at,
                        earlier,
                        msg(
                            "The column “{label}” says {value}: that is taken.",
                            label=column.label,
                            value=self._shown(at, column),
                        ),
                    )
                joined[at] = mine
        return joined

    def _values(self, column: Column, reader: Reader[T], blank: T) -> list[T]:
        """One column's values; cells that cannot be read are noted and blank."""
        cells = self._cells(column.index)
        plain: dict[object, T] = {}
        odd: dict[object, Unreadable | Doubtful[T]] = {}
        for raw in set(cells):
            read = reader(raw)
            if isinstance(read, _ODD):
                odd[raw] = read
                plain[raw] = blank if isinstance(read, Unreadable) else read.value
            else:
                plain[raw] = read
        for at, raw in enumerate(cells) if odd else ():
            if (remark := odd.get(raw)) is None:
                continue
            if isinstance(remark, Unreadable):
                self._of(at).refused.append(self._note(at, column, remark.reason))
            else:
                self._doubt(at, column, remark.reason)
        return [plain[raw] for raw in cells]

    def _spread_range(self, column: Column) -> None:
        """Both limits out of one column, where no column of their own says them."""
        figures = self._columns.figures
        nothing: Limits = (None, None)
        limits = self._values(column, range_reader(self._words), nothing)
        for at, (low, high) in enumerate(limits):
            if low is not None and figures["plot_ratio_min"][at] is None:
                figures["plot_ratio_min"][at] = low
            if high is not None and figures["plot_ratio_max"][at] is None:
                figures["plot_ratio_max"][at] = high

    def _word_land_source(self, count: int) -> None:
        """Put the words behind figures in the column of the land's source.

        The portal keeps there how much of the area (公顷) comes from the stock, and its page words
        it: all of the area, none of it, or part.
        """
        sources, areas = self._columns.texts["land_source"], self._columns.figures["area_m2"]
        words = self._words.land_source
        in_hectares = number_reader(self._words, "area")
        worded = []
        for at in range(count):
            if not sources[at] or not _FIGURE.fullmatch(sources[at]):
                continue
            part = in_hectares(sources[at])
            if not isinstance(part, Decimal):
                continue
            if part == 0:
                sources[at] = words.none_of_it
            else:
                sources[at] = words.all_of_it if part == areas[at] else words.part_of_it
            worded.append(at)
        if worded:
            column = next(one for one in self._header.columns if one.field == "land_source")
            self._columns.notes.append(
                self._note(
                    worded[0],
                    column,
                    msg(
                        "An area stands here; in {count} rows it was put into words as the portal "
                        "does: {words}.",
                        count=len(worded),
                        words=" / ".join((words.all_of_it, words.none_of_it, words.part_of_it)),
                    ),
                )
            )

    # --- remarks ----------------------------------------------------------------------------

    def _of(self, at: int) -> Remarks:
        return self._columns.remarks.setdefault(at, Remarks())

    def _doubt(self, at: int, column: Column, reason: Message) -> None:
        self._of(at).doubts.append(self._note(at, column, reason))

    def _note(self, at: int, column: Column, reason: Message) -> RowNote:
        return RowNote(
            row=self._numbers[at],
            column=column.label,
            value=self._shown(at, column),
            reason=reason,
        )

    def _shown(self, at: int, column: Column) -> str:
        row = self._rows[at]
        raw = row[column.index] if column.index < len(row) else None
        return clean_text(shown_cell(raw))[:LONGEST_SHOWN]
