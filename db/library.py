"""sqlite-utils, imported without what it would drag along.

Even so it takes some 75 ms, and reading needs the driver alone: import this module where a
`Database` is first needed, which is the first change to an open file.

sqlite-utils looks for pandas and numpy when it is imported and takes them in where they are
installed: some 300 ms more, for a feature that is not used here. For this one import both are made
to look absent; another thread that wants them meanwhile gets them.
"""

import sys
from importlib.abc import MetaPathFinder
from threading import get_ident


class _Absent(MetaPathFinder):
    """Finds no pandas and no numpy for the thread that made it."""

    def __init__(self) -> None:
        self._thread = get_ident()

    def find_spec(self, fullname: str, path: object, target: object = None) -> None:
        """Refuse these two, leave everything else to the finders behind."""
        if fullname in ("numpy", "pandas") and get_ident() == self._thread:
            raise ModuleNotFoundError(fullname, name=fullname)


_absent = _Absent()
sys.meta_path.insert(0, _absent)
try:
    from sqlite_utils import Database, Migrations
finally:
    sys.meta_path.remove(_absent)

__all__ = ["Database", "Migrations"]
