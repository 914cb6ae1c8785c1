"""Where the files of a pack come from: a folder on the disk, or texts kept in a workspace."""

import re
from collections.abc import Mapping
from pathlib import Path

PLAIN_NAME = re.compile(r"\w[\w.-]*")
"""What a pack and a version may be called."""
PARTS = ("", "items/")
"""The folders of a pack that hold files; `earlier` and whatever else lies there is not it."""


class PackFolder:
    """The files of one pack by their names (`laws.toml`, `items/market.toml`).

    Remembers which were asked for, so that a file nobody reads can be told.
    """

    def __init__(self, source: Path | Mapping[str, bytes], *, name: str = "") -> None:
        self.name = name or (source.name if isinstance(source, Path) else "")
        self._source = source
        self._asked: set[str] = set()

    def read(self, name: str) -> bytes:
        """The content of a file. Raises FileNotFoundError, OSError."""
        self._asked.add(name)
        if isinstance(self._source, Path):
            return (self._source / name).read_bytes()
        if name not in self._source:
            raise FileNotFoundError(name)
        return self._source[name]

    def names(self, part: str) -> list[str]:
        """The TOML files of a part of the folder, in order."""
        if isinstance(self._source, Path):
            return sorted(f"{part}{path.name}" for path in (self._source / part).glob("*.toml"))
        return sorted(
            name
            for name in self._source
            if name.startswith(part) and name.endswith(".toml") and "/" not in name[len(part) :]
        )

    def unread(self) -> list[str]:
        """Files that are there and that nobody asked for."""
        return [name for part in PARTS for name in self.names(part) if name not in self._asked]
