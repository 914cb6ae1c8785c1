"""A column of row widgets that follows a list of records without jumping.

Rows are kept by key: one that stays keeps its focus, its scroll place and what is being typed.
"""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.basics import restyle

R = TypeVar("R", bound=QWidget)
D = TypeVar("D")


class Rows(Generic[R, D]):
    """Row widgets in a column layout (`layout`), one for each record.

    `make` builds the row of a key, `fill` puts a record's data into it.
    """

    def __init__(
        self, make: Callable[[str], R], fill: Callable[[R, D], None], *, gap: int = 0
    ) -> None:
        self._make = make
        self._fill = fill
        self._rows: dict[str, R] = {}
        self.layout = QVBoxLayout()
        self.layout.setContentsMargins(0, 0, 0, 0)
        self.layout.setSpacing(gap)

    def show(self, records: Sequence[tuple[str, D]]) -> None:
        """Show exactly these records, in this order."""
        wanted = {key for key, _data in records}
        for key in [key for key in self._rows if key not in wanted]:
            self._drop(self._rows.pop(key))
        for place, (key, data) in enumerate(records):
            row = self._rows.get(key)
            if row is None:
                row = self._rows[key] = self._make(key)
                self.layout.insertWidget(place, row)
            elif self.layout.indexOf(row) != place:
                self.layout.removeWidget(row)
                self.layout.insertWidget(place, row)
            self._fill(row, data)
        self._mark_last()

    def _mark_last(self) -> None:
        """Rows are parted by a line; below the last one stands the card's own."""
        last = self.layout.count() - 1
        for row in self._rows.values():
            if row.property("role") not in ("row", "row_last"):
                continue
            role = "row_last" if self.layout.indexOf(row) == last else "row"
            if row.property("role") != role:
                row.setProperty("role", role)
                restyle(row)

    def row(self, key: str) -> R:
        """The row of that key."""
        return self._rows[key]

    @property
    def keys(self) -> list[str]:
        """Keys of the rows shown, from the top."""
        return sorted(self._rows, key=lambda key: self.layout.indexOf(self._rows[key]))

    @property
    def all(self) -> list[R]:
        """The rows shown, from the top."""
        return [self._rows[key] for key in self.keys]

    def _drop(self, row: R) -> None:
        self.layout.removeWidget(row)
        row.hide()
        row.setParent(None)
        row.deleteLater()
