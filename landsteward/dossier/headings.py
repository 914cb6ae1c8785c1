"""Headings and the contents: bookmarks, outline, and page numbers that are true.

The contents stand before what they list. Their numbers are form objects that the pages refer to
and that `FillIn`, the last thing on the last page, draws once every heading knows its page; so the
paper is laid out once, not twice.
"""

from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from landsteward.dossier.flow import TextBlock, fitted
from landsteward.dossier.fonts import Fonts
from landsteward.dossier.styles import (
    CELL,
    CELL_STRONG,
    HAIRLINE,
    QUIET,
    STEP,
    TEXT_WIDTH,
    Align,
    Style,
)
from landsteward.dossier.text import one_line

_NUMBER_WIDTH = 16 * mm
_NUMBER_HEIGHT = 2 * STEP
_INDENT = 6 * mm
TOTAL_PAGES = "total-pages"
_NUMBER = Style(align=Align.RIGHT, leading=_NUMBER_HEIGHT)
_TOTAL = Style(size=12, leading=_NUMBER_HEIGHT)


@dataclass(slots=True)
class Entry:
    """One line of the contents."""

    key: str
    title: str
    level: int


@dataclass(slots=True)
class Contents:
    """Every heading in order, and, once drawn, the page it stands on."""

    entries: list[Entry] = field(default_factory=list)
    pages: dict[str, int] = field(default_factory=dict)

    def add(self, title: str, level: int) -> Entry:
        """Enter a heading."""
        entry = Entry(f"h{len(self.entries) + 1}", one_line(title), level)
        self.entries.append(entry)
        return entry


class Heading(TextBlock):
    """A heading that is a bookmark, an outline entry and a line of the contents."""

    def __init__(
        self, text: str, style: Style, fonts: Fonts, contents: Contents, level: int
    ) -> None:
        super().__init__(text, style, fonts)
        self._contents = contents
        self._entry = contents.add(text, level)

    def split(self, aW: float, aH: float) -> list[Flowable]:
        """Only a heading longer than a page breaks; its first part is what links lead to."""
        parts = super().split(aW, aH)
        if len(parts) == 2 and isinstance(parts[0], TextBlock):
            first = Heading.__new__(Heading)
            first.__dict__.update(parts[0].__dict__)
            first._contents, first._entry = self._contents, self._entry
            parts[0] = first
        return parts

    def draw(self) -> None:
        """Draw, and tell where."""
        super().draw()
        entry = self._entry
        canvas = self.canv
        canvas.bookmarkHorizontal(entry.key, 0, self.height)
        canvas.addOutlineEntry(entry.title, entry.key, entry.level, closed=entry.level > 0)
        self._contents.pages[entry.key] = canvas.getPageNumber()


class ContentsLine(Flowable):
    """One line of the contents: title, dotted leader, page number; all of it a link."""

    def __init__(self, entry: Entry, fonts: Fonts) -> None:
        super().__init__()
        self._entry = entry
        self._indent = _INDENT * entry.level
        style = CELL_STRONG if entry.level == 0 else CELL
        room = TEXT_WIDTH - self._indent - _NUMBER_WIDTH
        self._title = fitted(entry.title, style, fonts, room)
        self.width = TEXT_WIDTH
        self.height = 2 * STEP if entry.level == 0 else 6 * mm

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """One line."""
        return self.width, self.height

    def draw(self) -> None:
        """Title left, number right, dots between."""
        canvas = self.canv
        self._title.drawOn(canvas, self._indent, (self.height - self._title.height) / 2)
        middle = self.height / 2
        begin = self._indent + self._title.lines[0].width + 2 * mm
        canvas.saveState()
        canvas.setStrokeColor(QUIET)
        canvas.setLineWidth(HAIRLINE)
        canvas.setDash(0.5, 2.5)
        canvas.line(begin, middle - 3, self.width - 10 * mm, middle - 3)
        canvas.restoreState()
        _refer(canvas, self._entry.key, self.width - _NUMBER_WIDTH, middle - _NUMBER_HEIGHT / 2)
        canvas.linkRect(
            self._entry.title,
            self._entry.key,
            (0, 0, self.width, self.height),
            relative=1,
            thickness=0,
        )


def _refer(canvas: Canvas, name: str, left: float, bottom: float) -> None:
    canvas.saveState()
    canvas.translate(left, bottom)
    canvas.doForm(name)
    canvas.restoreState()


class TotalPages(Flowable):
    """How many pages there are, known only in the end."""

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """As wide as a number."""
        self.width, self.height = _NUMBER_WIDTH, _NUMBER_HEIGHT
        return self.width, self.height

    def draw(self) -> None:
        """Refer to the number."""
        _refer(self.canv, TOTAL_PAGES, 0, 0)


class FillIn(Flowable):
    """Draws what was referred to before it was known. Takes no room."""

    def __init__(self, contents: Contents, fonts: Fonts) -> None:
        super().__init__()
        self._contents = contents
        self._fonts = fonts

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:
        """Always fits."""
        return 0, 0

    def draw(self) -> None:
        """Draw every number that the contents and the cover refer to."""
        for entry in self._contents.entries:
            self._define(entry.key, self._contents.pages[entry.key], _NUMBER)
        self._define(TOTAL_PAGES, self.canv.getPageNumber(), _TOTAL)

    def _define(self, name: str, number: int, style: Style) -> None:
        block = TextBlock(str(number), style, self._fonts)
        block.wrap(_NUMBER_WIDTH, _NUMBER_HEIGHT)
        self.canv.beginForm(name, 0, 0, _NUMBER_WIDTH, _NUMBER_HEIGHT)
        block.drawOn(self.canv, 0, 0)
        self.canv.endForm()
