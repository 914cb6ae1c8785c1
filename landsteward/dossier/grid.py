"""Tables of flowing cells: fixed columns, repeated head, rows that break across pages.

platypus' Table measures every cell again for every page and cannot break a row whose cells
disagree about where; ours measures once and breaks each cell by its own lines.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.lib.colors import Color
from reportlab.platypus import Flowable

from landsteward.dossier.styles import FRAME_LINE, HAIRLINE, INK, RULE, STEP, TEXT_HEIGHT, TINT

PAD_X = STEP * 3 / 8
PAD_Y = STEP / 4
_MOVE_WHOLE = 20 * STEP
"""A row no taller than this goes to the next page in one piece."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in one cell, over `span` columns. `middle` centres it in the row's height.

    `foot` stands at the cell's bottom edge: the line for signature, seal and date.
    """

    content: tuple[Flowable, ...] = ()
    foot: tuple[Flowable, ...] = ()
    span: int = 1
    fill: Color | None = None
    middle: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row. `bar` draws a thick stroke at its left edge: a sign that needs no colour.

    `keep_next` keeps it on one page with the row below, where a page can hold both.
    """

    cells: tuple[Cell, ...]
    least_height: float = 0
    bar: bool = False
    keep_next: bool = False


@dataclass(slots=True)
class _Measured:
    row: Row
    height: float
    heights: list[float]
    """Content height of each cell, without foot and padding."""


class Grid(Flowable):
    """A ruled table; `widths` in points, `head` rows repeat on every page.

    One that is not `boxed` has rules only between its rows.
    """

    def __init__(
        self,
        widths: Sequence[float],
        rows: Sequence[Row],
        *,
        head: Sequence[Row] = (),
        space_after: float = STEP,
        boxed: bool = True,
    ) -> None:
        super().__init__()
        self._boxed = boxed
        self._widths = tuple(widths)
        self._head = [self._measure(row) for row in head]
        self._rows = [self._measure(row) for row in rows]
        self.spaceAfter = space_after

    def _spans(self, row: Row) -> list[tuple[float, float]]:
        """Left edge and width of each cell."""
        found = []
        column = 0
        left = 0.0
        for cell in row.cells:
            width = sum(self._widths[column : column + cell.span])
            found.append((left, width))
            left += width
            column += cell.span
        return found

    def _measure(self, row: Row) -> _Measured:
        heights = []
        tallest = 0.0
        for cell, (_, width) in zip(row.cells, self._spans(row), strict=True):
            inner = width - 2 * PAD_X
            heights.append(sum(part.wrap(inner, 0)[1] for part in cell.content))
            foot = sum(part.wrap(inner, 0)[1] for part in cell.foot)
            tallest = max(tallest, heights[-1] + foot + 2 * PAD_Y)
        return _Measured(row, max(tallest, row.least_height), heights)

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Width and height of all rows; nothing is measured twice."""
        self.width = sum(self._widths)
        self.height = sum(one.height for one in self._head) + sum(one.height for one in self._rows)
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit, the row at the edge broken where it is tall, and the rest."""
        room = aH - sum(one.height for one in self._head)
        fitting = 0
        for one in self._rows:
            if one.height > room + 0.01:
                break
            room -= one.height
            fitting += 1
        else:
            return [self]
        over = self._rows[fitting]
        pieces = None
        if over.row.least_height < over.height and (over.height > _MOVE_WHOLE or fitting == 0):
            pieces = self._break(over, room)
        if pieces is not None:
            return [
                self._part([*self._rows[:fitting], pieces[0]]),
                self._part([pieces[1], *self._rows[fitting + 1 :]]),
            ]
        if aH < TEXT_HEIGHT - STEP:
            if fitting > 2 and fitting == len(self._rows) - 1:
                fitting -= 1  # the last row gets company
            while fitting and self._rows[fitting - 1].row.keep_next:
                fitting -= 1
        if fitting == 0:
            return []
        return [self._part(self._rows[:fitting]), self._part(self._rows[fitting:])]

    def _part(self, rows: list[_Measured]) -> "Grid":
        part = Grid(self._widths, (), space_after=self.spaceAfter, boxed=self._boxed)
        part._head = self._head
        part._rows = rows
        return part

    def _break(self, one: _Measured, room: float) -> tuple[_Measured, _Measured] | None:
        """A row in two, each cell broken at its own line; None where one cannot be."""
        space = room - 2 * PAD_Y
        if space <= 0:
            return None
        upper: list[Cell] = []
        lower: list[Cell] = []
        for cell, (_, width) in zip(one.row.cells, self._spans(one.row), strict=True):
            parts = _break_cell(cell, width - 2 * PAD_X, space)
            if parts is None:
                return None
            upper.append(replace(cell, content=parts[0], foot=(), middle=False))
            lower.append(replace(cell, content=parts[1], middle=False))
        return (
            self._measure(replace(one.row, cells=tuple(upper), least_height=0)),
            self._measure(replace(one.row, cells=tuple(lower), least_height=0)),
        )

    def draw(self) -> None:
        """Draw fills first, so that no rule is painted over, then rules and contents."""
        for draw in (self._draw_fills, self._draw_row):
            top = self.height
            for one in (*self._head, *self._rows):
                draw(one, top)
                top -= one.height
        if not self._boxed:
            return
        canvas = self.canv
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(FRAME_LINE)
        canvas.line(0, self.height, self.width, self.height)
        canvas.line(0, 0, self.width, 0)

    def _draw_fills(self, one: _Measured, top: float) -> None:
        canvas = self.canv
        for cell, (left, width) in zip(one.row.cells, self._spans(one.row), strict=True):
            if cell.fill is not None:
                canvas.setFillColor(cell.fill)
                canvas.rect(left, top - one.height, width, one.height, stroke=0, fill=1)

    def _draw_row(self, one: _Measured, top: float) -> None:
        canvas = self.canv
        bottom = top - one.height
        spans = self._spans(one.row)
        canvas.setStrokeColor(RULE)
        canvas.setLineWidth(HAIRLINE)
        canvas.line(0, bottom, self.width, bottom)
        if self._boxed:
            for left, _ in (*spans, (self.width, 0)):
                canvas.line(left, bottom, left, top)
        if one.row.bar:
            canvas.setFillColor(INK)
            canvas.rect(0, bottom, 2, one.height, stroke=0, fill=1)
        for cell, (left, _), height in zip(one.row.cells, spans, one.heights, strict=True):
            at = top - PAD_Y
            if cell.middle:
                at = top - (one.height - height) / 2
            for part in cell.content:
                at -= part.height
                part.drawOn(canvas, left + PAD_X, at)
            at = bottom + PAD_Y + sum(part.height for part in cell.foot)
            for part in cell.foot:
                at -= part.height
                part.drawOn(canvas, left + PAD_X, at)


def _break_cell(
    cell: Cell, width: float, space: float
) -> tuple[tuple[Flowable, ...], tuple[Flowable, ...]] | None:
    placed: list[Flowable] = []
    for place, part in enumerate(cell.content):
        height = part.wrap(width, space)[1]
        if height <= space + 0.01:
            placed.append(part)
            space -= height
            continue
        pieces = part.split(width, space)
        if not pieces:
            # What heads something goes with it.
            while placed and placed[-1].keepWithNext:
                placed.pop()
            return (tuple(placed), cell.content[len(placed) :]) if placed else None
        rest = cell.content[place + 1 :]
        return (*placed, pieces[0]), (*pieces[1:], *rest)
    return tuple(placed), ()


def head_row(cells: Sequence[Flowable]) -> Row:
    """A row of column heads."""
    return Row(cells=tuple(Cell(content=(one,), fill=TINT, middle=True) for one in cells))
