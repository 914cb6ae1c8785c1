"""What every section is made of: headings, paragraphs, label sheets, ruled tables."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, PageBreak, Spacer

from landsteward.domain.findings import Finding
from landsteward.dossier.flow import TextBlock
from landsteward.dossier.fonts import Fonts
from landsteward.dossier.grid import Cell, Grid, Row, head_row
from landsteward.dossier.headings import Contents, Heading
from landsteward.dossier.rich import rich_blocks
from landsteward.dossier.styles import (
    BODY,
    CELL,
    CELL_CENTRE,
    CELL_RIGHT,
    CELL_STRONG,
    HEAD_CELL,
    HEADING_1,
    HEADING_2,
    HEADING_3,
    LABEL,
    STEP,
    TEXT_WIDTH,
    TINT,
    Style,
)
from landsteward.dossier.wording import Wording

_LABEL_WIDTH = 26 * mm
_PAIR_WIDTH = TEXT_WIDTH / 2 - _LABEL_WIDTH
_ROOM_FOR_HEADING = 44 * mm
"""What must be free below so that a heading and the first lines under it stay together."""

COLUMN_STYLES = {"l": CELL, "c": CELL_CENTRE, "r": CELL_RIGHT}


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and what stands beside it; a wide one takes the whole width.

    A `rich` value is a kept text of `domain.rich_text`; only wide ones may be.
    """

    label: str
    value: str
    wide: bool = False
    style: Style = CELL
    rich: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, its width in mm, and l, c or r."""

    head: str
    width: float
    align: str = "l"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of typed or worded cells; a marked one stands out by bold type and a bar."""

    cells: tuple[str, ...]
    marked: bool = False


@dataclass(slots=True)
class Paper:
    """Hands out flowables in the dossier's look."""

    fonts: Fonts
    words: Wording
    contents: Contents = field(default_factory=Contents)

    def block(self, text: str, style: Style = BODY) -> TextBlock:
        """Running text."""
        return TextBlock(text, style, self.fonts)

    def section(self, key: str, number: str) -> list[Flowable]:
        """The heading of a section, e.g. 一、企业与宗地情况."""
        title = self.words("common.section", number=number, title=self.words(key))
        return [
            CondPageBreak(_ROOM_FOR_HEADING),
            Heading(title, HEADING_1, self.fonts, self.contents, 0),
        ]

    def heading(self, title: str, *, room: float = _ROOM_FOR_HEADING) -> list[Flowable]:
        """A heading within a section, in the contents too; `room` must be free below."""
        return [
            CondPageBreak(room),
            Heading(title, HEADING_2, self.fonts, self.contents, 1),
        ]

    def subheading(self, key: str) -> list[Flowable]:
        """A small heading above a table, not in the contents."""
        return [CondPageBreak(_ROOM_FOR_HEADING), self.block(self.words(key), HEADING_3)]

    def nothing(self, key: str) -> list[Flowable]:
        """The sentence that says there is nothing yet."""
        return [self.block(self.words(key)), Spacer(0, 2 * STEP)]

    def new_page(self) -> Flowable:
        """Go on at the top of a page."""
        return PageBreak()

    def sheet(self, pairs: Sequence[Pair], *, space_after: float = STEP) -> Grid:
        """A label sheet: two pairs a row, wide ones alone."""
        rows: list[Row] = []
        waiting: Pair | None = None
        for pair in pairs:
            if pair.wide:
                if waiting is not None:
                    rows.append(self._pair_row(waiting))
                    waiting = None
                rows.append(self._pair_row(pair))
            elif waiting is None:
                waiting = pair
            else:
                rows.append(self._pair_row(waiting, pair))
                waiting = None
        if waiting is not None:
            rows.append(self._pair_row(waiting))
        widths = (_LABEL_WIDTH, _PAIR_WIDTH, _LABEL_WIDTH, _PAIR_WIDTH)
        return Grid(widths, rows, space_after=space_after)

    def titled(self, finding: Finding) -> str:
        """A finding's title; after a rebound the how many-th time the problem is there."""
        if not finding.rebounds:
            return finding.title
        return finding.title + self.words("findings.again", number=finding.occurrence)

    def label(self, text: str) -> Cell:
        """A shaded label cell."""
        return Cell(content=(self.block(text, LABEL),), fill=TINT, middle=True)

    def _pair_row(self, first: Pair, second: Pair | None = None) -> Row:
        label = self.label(first.label)
        if second is None:
            content = (
                rich_blocks(first.value, first.style, self.fonts)
                if first.rich
                else (self.block(first.value, first.style),)
            )
            value = Cell(content=content, span=3, middle=True)
            return Row(cells=(label, value))
        return Row(
            cells=(
                label,
                Cell(content=(self.block(first.value, first.style),), middle=True),
                self.label(second.label),
                Cell(content=(self.block(second.value, second.style),), middle=True),
            )
        )

    def table(self, columns: Sequence[Column], lines: Sequence[Line]) -> Grid:
        """A ruled table with a repeated head."""
        return Grid(
            [column.width * mm for column in columns],
            [self.row(columns, line) for line in lines],
            head=[self.head(columns)],
        )

    def head(self, columns: Sequence[Column]) -> Row:
        """The row of column heads."""
        return head_row([self.block(column.head, HEAD_CELL) for column in columns])

    def row(self, columns: Sequence[Column], line: Line) -> Row:
        """One row of a table."""
        cells = []
        for column, text in zip(columns, line.cells, strict=True):
            style = COLUMN_STYLES[column.align]
            cells.append(Cell(content=(self.block(text, style),), middle=True))
        return Row(cells=tuple(cells), bar=line.marked)

    def spanning_row(self, text: str, span: int) -> Row:
        """A shaded row across a table that heads the rows below it."""
        cell = Cell(content=(self.block(text, CELL_STRONG),), span=span, fill=TINT)
        return Row(cells=(cell,), keep_next=True)
