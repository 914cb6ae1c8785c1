"""The Gantt of a plan's steps on paper: vectors, no colour needed, its head on every page."""

from collections.abc import Sequence
from datetime import date

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import CondPageBreak, Flowable, Spacer

from landsteward.domain.timeline import (
    Bar,
    Division,
    Scale,
    Standing,
    extent,
    late_days,
    major_divisions,
    minor_divisions,
    standing,
)
from landsteward.dossier.flow import fitted
from landsteward.dossier.paper import Paper
from landsteward.dossier.styles import (
    FRAME_LINE,
    HAIRLINE,
    HEADING_3,
    INK,
    QUIET,
    RULE,
    STEP,
    TEXT_HEIGHT,
    TEXT_WIDTH,
    TINT,
    Align,
    Style,
)

_NAMES = 56 * mm
_LINE = TEXT_WIDTH - _NAMES
_HEAD = 10 * mm
_ROW = 10 * mm
_BAR = 4 * mm
_PAD = 1.5 * mm
_HEADING_ROOM = 12 * mm
_LEGEND = 6 * mm
_HATCH = 1.1 * mm
_LEAST = {Scale.DAYS: 4 * mm, Scale.WEEKS: 9.5 * mm, Scale.MONTHS: 7 * mm, Scale.QUARTERS: 0}
"""So wide must a division be at least, on average, for its word."""
_DAYS = {Scale.DAYS: 1.0, Scale.WEEKS: 7.0, Scale.MONTHS: 30.4, Scale.QUARTERS: 91.3}
_NAME = Style(size=9, leading=4.2 * mm)
_UNDER = Style(size=7.5, leading=3.6 * mm, colour=QUIET)
_PART = Style(size=7.5, leading=_HEAD / 2, align=Align.CENTRE)
_SIGN = Style(size=7.5, leading=3.6 * mm)


def gantt(paper: Paper, bars: Sequence[Bar], today: date) -> list[Flowable]:
    """Heading, drawing and legend; nothing where no step has a date.

    A short one stands on one page with its heading; a long one begins a page of its own.
    """
    if not any(bar.dated for bar in bars):
        return []
    drawing = _Drawing(paper, bars, today)
    whole = _HEADING_ROOM + drawing.height + _LEGEND + STEP
    return [
        CondPageBreak(min(whole, TEXT_HEIGHT - STEP)),
        paper.block(paper.words("gantt.title"), HEADING_3),
        drawing,
        Spacer(0, STEP / 4),
        paper.block(paper.words("gantt.legend", day=paper.words.short_day(today)), _UNDER),
        Spacer(0, STEP),
    ]


class _Drawing(Flowable):
    """The rows under their head; split between rows, the head stands over each part."""

    def __init__(
        self,
        paper: Paper,
        bars: Sequence[Bar],
        today: date,
        span: tuple[date, date] | None = None,
        number: int = 1,
    ) -> None:
        super().__init__()
        self._paper = paper
        self._bars = tuple(bars)
        self._today = today
        self._span = first, last = span or extent(bars, today)
        self._number = number
        self._day = _LINE / ((last - first).days + 1)
        self.width, self.height = TEXT_WIDTH, _HEAD + len(bars) * _ROW

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """The text's width, a row for each step."""
        return self.width, self.height

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """The rows that fit below the head, and the rest; no row is left alone."""
        fitting = int((aH - _HEAD + 0.01) // _ROW)
        if fitting >= len(self._bars):
            return [self]
        if fitting == len(self._bars) - 1:
            fitting -= 1
        if fitting < 2:
            return []
        return [self._part(0, fitting), self._part(fitting, len(self._bars))]

    def _part(self, begin: int, end: int) -> "_Drawing":
        return _Drawing(
            self._paper, self._bars[begin:end], self._today, self._span, self._number + begin
        )

    def _x(self, day: date) -> float:
        """The left edge of a day."""
        return _NAMES + (day - self._span[0]).days * self._day

    def draw(self) -> None:
        """Ground, bars and names under the head."""
        canvas: Canvas = self.canv
        below = self.height - _HEAD
        canvas.setLineWidth(HAIRLINE)
        self._head(below)
        self._today_line(below)
        for row, bar in enumerate(self._bars):
            top = below - row * _ROW
            self._name(bar, self._number + row, top)
            self._bar(bar, top - _ROW / 2)
            canvas.setStrokeColor(RULE)
            canvas.setLineWidth(HAIRLINE)
            canvas.line(0, top - _ROW, self.width, top - _ROW)
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(FRAME_LINE)
        canvas.line(_NAMES, 0, _NAMES, self.height)
        canvas.rect(0, 0, self.width, self.height)
        canvas.line(0, below, self.width, below)

    def _today_line(self, below: float) -> None:
        canvas: Canvas = self.canv
        x = self._x(self._today) + self._day / 2
        canvas.setStrokeColor(INK)
        canvas.setLineWidth(FRAME_LINE)
        canvas.setDash(3, 2)
        canvas.line(x, 0, x, below)
        canvas.setDash()

    # The head

    def _scale(self) -> Scale:
        return next(one for one in Scale if self._day * _DAYS[one] >= _LEAST[one])

    def _head(self, below: float) -> None:
        canvas: Canvas = self.canv
        canvas.setFillColor(TINT)
        canvas.rect(0, below, self.width, _HEAD, stroke=0, fill=1)
        scale = self._scale()
        half = _HEAD / 2
        canvas.setStrokeColor(RULE)
        canvas.line(_NAMES, below + half, self.width, below + half)
        for part in major_divisions(scale, *self._span):
            self._division(part, self._major(scale, part), below + half, below + half, _HEAD / 2)
        for part in minor_divisions(scale, *self._span):
            self._division(part, self._minor(scale, part), below, 0, below + half)
        words = self._paper.words("gantt.names")
        block = fitted(words, _NAME, self._paper.fonts, _NAMES - 2 * _PAD)
        block.wrap(_NAMES, _HEAD)
        block.drawOn(canvas, _PAD, below + (_HEAD - block.height) / 2)

    def _division(
        self, part: Division, words: str, bottom: float, line_from: float, line_to: float
    ) -> None:
        """A line where it begins, and its word where there is room."""
        canvas: Canvas = self.canv
        left, right = max(self._x(part.begin), _NAMES), min(self._x(part.end), self.width)
        canvas.setStrokeColor(RULE)
        if left > _NAMES:
            canvas.line(left, line_from, left, max(line_to, bottom + _HEAD / 2))
        block = self._paper.block(words, _PART)
        _width, height = block.wrap(right - left, _HEAD)
        if height <= _PART.leading:
            block.drawOn(canvas, left, bottom)

    def _major(self, scale: Scale, part: Division) -> str:
        words = self._paper.words
        if scale in (Scale.DAYS, Scale.WEEKS):
            return words("gantt.month_of_year", year=part.begin.year, month=part.begin.month)
        return words("common.year", year=part.begin.year)

    def _minor(self, scale: Scale, part: Division) -> str:
        words, begin = self._paper.words, part.begin
        match scale:
            case Scale.DAYS:
                return str(begin.day)
            case Scale.WEEKS:
                return f"{begin.month}-{begin.day}"
            case Scale.MONTHS:
                return words("gantt.month", month=begin.month)
            case Scale.QUARTERS:
                return words("gantt.quarter", number=(begin.month + 2) // 3)

    # A row

    def _name(self, bar: Bar, number: int, top: float) -> None:
        words, fonts = self._paper.words, self._paper.fonts
        room = _NAMES - 2 * _PAD
        until = f"{words.short_day(bar.starts_on)} – {words.short_day(bar.due_on)}"
        under = words("common.list_separator").join(
            part for part in (until, bar.responsible) if part
        )
        at = top - _PAD / 2
        for text, style in ((f"{number} {words.typed(bar.title)}", _NAME), (under, _UNDER)):
            block = fitted(text, style, fonts, room)
            block.wrap(room, _ROW)
            at -= block.height
            block.drawOn(self.canv, _PAD, at)

    def _bar(self, bar: Bar, middle: float) -> None:
        begins, ends = bar.begins, bar.ends
        if begins is None or ends is None:
            return
        canvas: Canvas = self.canv
        stands = standing(bar, self._today)
        done = stands in (Standing.DONE, Standing.DONE_LATE)
        low = middle - _BAR / 2
        canvas.setStrokeColor(INK)
        canvas.setFillColor(QUIET if done else TINT)
        canvas.setLineWidth(FRAME_LINE)
        left = max(self._x(min(begins, ends)), _NAMES)
        right = min(self._x(max(begins, ends)) + self._day, self.width)
        late = late_days(bar, self._today)
        if late is not None:
            right_late = min(self._x(late[1]) + self._day, self.width)
            self._hatched(max(self._x(late[0]), _NAMES), right_late, low)
        if bar.milestone:
            left = (left + right) / 2 - _BAR / 2
            right = left + _BAR
            self._diamond(left, low)
        elif right > left:
            canvas.rect(left, low, right - left, _BAR, stroke=1, fill=1)
        if late is not None:
            right = max(right, right_late)
        self._sign(self._word(stands, late), right, middle)

    def _word(self, stands: Standing, late: tuple[date, date] | None) -> str:
        words = self._paper.words
        if late is not None:
            said = words("gantt.late", days=(late[1] - late[0]).days + 1)
            return words("gantt.done_late", late=said) if stands is Standing.DONE_LATE else said
        return words("gantt.done") if stands is Standing.DONE else ""

    def _sign(self, text: str, right: float, middle: float) -> None:
        """A word behind the bar; before it where the page ends."""
        if not text:
            return
        block = self._paper.block(text, _SIGN)
        block.wrap(_LINE, _ROW)
        wide = block.lines[0].width
        x = right + _PAD
        if x + wide > self.width:
            x = max(right - wide - _PAD, _NAMES + _PAD)
            self.canv.setFillColorRGB(1, 1, 1)
            self.canv.rect(x - 1, middle - 1.8 * mm, wide + 2, 3.6 * mm, stroke=0, fill=1)
        block.drawOn(self.canv, x, middle - block.height / 2)

    def _diamond(self, left: float, low: float) -> None:
        path = self.canv.beginPath()
        path.moveTo(left + _BAR / 2, low)
        path.lineTo(left + _BAR, low + _BAR / 2)
        path.lineTo(left + _BAR / 2, low + _BAR)
        path.lineTo(left, low + _BAR / 2)
        path.close()
        self.canv.drawPath(path, stroke=1, fill=1)

    def _hatched(self, left: float, right: float, low: float) -> None:
        """What is late: slanted lines in a frame half as high as a bar."""
        if right <= left:
            return
        canvas: Canvas = self.canv
        low, high = low + _BAR / 4, _BAR / 2
        canvas.saveState()
        frame = canvas.beginPath()
        frame.rect(left, low, right - left, high)
        canvas.clipPath(frame, stroke=0, fill=0)
        canvas.setLineWidth(HAIRLINE)
        x = left - high
        while x < right:
            canvas.line(x, low, x + high, low + high)
            x += _HATCH
        canvas.restoreState()
        canvas.rect(left, low, right - left, high, stroke=1, fill=0)
