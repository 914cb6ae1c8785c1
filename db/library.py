"""sqlite-utils and the SQLite driver, imported without what they would drag along.

sqlite-utils looks for pandas and numpy when it is imported and takes them in where they are
installed: some 300 ms at every start, for a feature that is not used here. For the moment of the
import both are made to look absent.
"""

import sys
from types import ModuleType
from typing import cast

from sqlcipher3 import dbapi2 as driver

_modules = cast("dict[str, ModuleType | None]", sys.modules)
_hidden = [name for name in ("numpy", "pandas") if name not in _modules]
for _name in _hidden:
    _modules[_name] = None
try:
    from sqlite_utils import Database, Migrations
finally:
    for _name in _hidden:
        del _modules[_name]

__all__ = ["Database", "Migrations", "driver"]
