"""A column of a list: what it is called, how its cells are worded, which tone they have."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from landsteward.app.language import tr
from landsteward.app.views import RESTRICTED_CELL, Cell
from landsteward.domain.quantities import m2_to_mu, rounded, shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column. `key` is the cell's name in the list, by which SQL sorts.

    `kind` is text, date, number, area (m² in the file, 亩 on the screen) or badge. `word` turns
    a stored key into a word; `tone` gives a badge's tone, `row_tone` where the whole row
    decides. `sorts` False: no sorting by it. `dated` says that a badge holds a day.
    """

    key: str
    header: str
    kind: str = "text"
    width: int = 140
    places: int = 2
    shown: bool = True
    sorts: bool = True
    dated: bool = False
    word: Callable[[str], str] | None = None
    tone: Callable[[str], str] | None = None
    row_tone: Callable[[Mapping[str, Cell]], str] | None = None

    @property
    def right(self) -> bool:
        """Whether the cells stand at the right: figures do."""
        return self.kind in ("number", "area")

    @property
    def sheet_kind(self) -> str:
        """What its cells are in a sheet: text, number or date."""
        if self.dated:
            return "date"
        return {"number": "number", "area": "number", "date": "date"}.get(self.kind, "text")

    def text(self, cell: Cell) -> str:
        """The cell as people read it."""
        if cell is None or cell == "":
            return ""
        if cell == RESTRICTED_CELL:
            return tr("restricted")
        if self.word is not None:
            return self.word(str(cell))
        if self.kind == "area":
            return shown(m2_to_mu(Decimal(str(cell))), self.places)
        if self.kind == "number" and not isinstance(cell, int):
            return shown(Decimal(str(cell)), self.places)
        return str(cell).replace("\n", " ")

    def figure(self, cell: Cell) -> object:
        """The cell for a sheet: figures stay figures, rounded as shown; the rest is its words."""
        if cell is None or cell in ("", RESTRICTED_CELL) or not self.right:
            return self.text(cell)
        if self.kind == "area":
            return rounded(m2_to_mu(Decimal(str(cell))), self.places)
        return cell if isinstance(cell, int) else rounded(Decimal(str(cell)), self.places)

    def tone_of(self, cells: Mapping[str, Cell]) -> str:
        """The tone of a row's badge."""
        cell = cells[self.key]
        if cell is None or cell in ("", RESTRICTED_CELL):
            return "plain"
        if self.row_tone is not None:
            return self.row_tone(cells)
        return self.tone(str(cell)) if self.tone is not None else "plain"
