"""The file that was read last, kept while a person looks at it again and again."""

from pathlib import Path
from threading import Lock

from landsteward.tabular.delimited import Prefer
from landsteward.tabular.files import FileContent, is_workbook, load, read_grids
from landsteward.tabular.grid import Grid


class KeptFile:
    """One file at a time, whole: another one, or the same one changed, takes its place.

    For several threads: of two that ask at once the second finds what the first has read.
    """

    def __init__(self, *, largest: int) -> None:
        self._largest = largest
        self._lock = Lock()
        self._stamp: tuple[Path, int, int] | None = None
        self._file: FileContent | None = None
        self._grids: dict[str, list[Grid]] = {}

    def grids(
        self, path: Path, prefer: Prefer, *, enough: int, words: str
    ) -> tuple[FileContent, list[Grid]]:
        """The file and its sheets. `words` names what `prefer` goes by: by it a text is parted.

        Raises InputFileError.
        """
        with self._lock:
            stamp = _stamp(path)
            if self._file is None or stamp is None or stamp != self._stamp:
                self._grids = {}
                self._file = load(path, largest=self._largest)
                self._stamp = stamp
            key = "" if is_workbook(self._file) else words
            if key not in self._grids:
                self._grids[key] = read_grids(self._file, prefer, enough=enough)
            return self._file, self._grids[key]


def _stamp(path: Path) -> tuple[Path, int, int] | None:
    """What is another once the file was written to; None where there is no telling."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return path, found.st_mtime_ns, found.st_size
