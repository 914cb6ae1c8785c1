"""The columns of a land supply sheet turned into supplies."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from landsteward.app.importing import RowNote
from landsteward.domain.land_supply import SupplyRow, holder_kind, is_holder_named
from landsteward.domain.register import EnterpriseKind
from landsteward.domain.text import msg
from landsteward.tabular.columns import ColumnReading, Remarks
from landsteward.tabular.grid import Row
from landsteward.tabular.headers import Column, Header
from landsteward.tabular.values import (
    Limits,
    Reader,
    code_reader,
    date_reader,
    number_reader,
    range_reader,
    ratio_reader,
    text_reader,
)
from landsteward.tabular.vocabulary import Kind, SupplyVocabulary, holder_words

_FIGURE = re.compile(r"\d+(?:\.\d+)?")


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
    rows: Sequence[Row], numbers: Sequence[int], header: Header, words: SupplyVocabulary
) -> Columns:
    """Read every column that is understood."""
    return _SupplyReading(rows, numbers, header, words).read()


class _SupplyReading(ColumnReading):
    def __init__(
        self, rows: Sequence[Row], numbers: Sequence[int], header: Header, words: SupplyVocabulary
    ) -> None:
        super().__init__(rows, numbers, header, words)
        self._source = words.land_source
        self._columns = Columns(
            texts={}, days={}, figures={}, remarks=self.remarks, notes=self.notes
        )

    def read(self) -> Columns:
        words = self.words
        known = self._columns
        texts, days = text_reader(words.placeholders), date_reader(words)
        for name, about in words.fields.items():
            mine = [column for column in self.header.columns if column.field == name]
            match about.kind:
                case "text":
                    known.texts[name] = self.joined(mine, dict.fromkeys(mine, texts), "")
                case "code":
                    codes = code_reader(words.placeholders)
                    known.texts[name] = self.joined(mine, dict.fromkeys(mine, codes), "")
                case "date":
                    known.days[name] = self.joined(mine, dict.fromkeys(mine, days), None)
                case "area" | "money" | "ratio":
                    by_column = {one: self._figure_reader(one, about.kind) for one in mine}
                    known.figures[name] = self.joined(mine, by_column, None)
                case _:
                    pass
        for column in self.header.columns:
            if column.kind == "range":
                self._spread_range(column)
        self._word_land_source()
        return known

    def _figure_reader(self, column: Column, kind: Kind) -> Reader[Decimal | None]:
        if kind == "ratio":
            return ratio_reader(self.words, upper=column.field == "plot_ratio_max")
        return number_reader(self.words, kind, column.unit, zero_is_none=kind == "area")

    def _spread_range(self, column: Column) -> None:
        """Both limits out of one column, where no column of their own says them."""
        figures = self._columns.figures
        nothing: Limits = (None, None)
        limits = self.values(column, range_reader(self.words), nothing)
        for at, (low, high) in enumerate(limits):
            if low is not None and figures["plot_ratio_min"][at] is None:
                figures["plot_ratio_min"][at] = low
            if high is not None and figures["plot_ratio_max"][at] is None:
                figures["plot_ratio_max"][at] = high

    def _word_land_source(self) -> None:
        """Put the words behind figures in the column of the land's source.

        The portal keeps there how much of the area (公顷) comes from the stock, and its page words
        it: all of the area, none of it, or part.
        """
        sources, areas = self._columns.texts["land_source"], self._columns.figures["area_m2"]
        words = self._source
        in_hectares = number_reader(self.words, "area")
        worded = []
        for at in range(len(sources)):
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
            column = next(one for one in self.header.columns if one.field == "land_source")
            self.notes.append(
                self.note(
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
