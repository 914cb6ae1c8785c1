"""Which files of a watched folder are new and whole, from one look at it after another."""

from collections.abc import Sequence
from pathlib import Path

from landsteward.app.pictures import Arrival, FileMark


class Arrivals:
    """Remembers what was seen. What is there at first is `before`: offered, not taken.

    A file is whole once two looks find it alike and not empty; one that changes afterwards is
    new again.
    """

    def __init__(self, first: Sequence[Arrival]) -> None:
        self.before = [one.path for one in first if one.mark[0] > 0]
        self._settled: dict[Path, FileMark] = {one.path: one.mark for one in first}
        self._growing: dict[Path, FileMark] = {}

    def look(self, listing: Sequence[Arrival]) -> list[Path]:
        """The files that arrived since and are whole, each of them once."""
        whole: list[Path] = []
        growing: dict[Path, FileMark] = {}
        for one in listing:
            if self._settled.get(one.path) == one.mark:
                continue
            if one.mark[0] > 0 and self._growing.get(one.path) == one.mark:
                self._settled[one.path] = one.mark
                whole.append(one.path)
            else:
                growing[one.path] = one.mark
        self._growing = growing
        return whole

    def again(self, path: Path) -> None:
        """It could not be read yet: it is new once more."""
        self._settled.pop(path, None)
