"""One command line run in this process, and what it leaves behind."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.helpers.sheets import HEADER

ROOT = Path(__file__).resolve().parents[3]
TODAY = "2026-11-22"


class Said:
    """How a command ended and what it said where."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    def json(self) -> Any:
        """The one document on stdout."""
        return json.loads(self.out)


Command = Callable[..., Said]


def left_in(folder: Path) -> list[str]:
    """What is in a folder; the empty file the lock is on stays behind and means nothing."""
    return sorted(one.name for one in folder.iterdir() if one.suffix != ".lock")


def sheet(path: Path, *rows: list[object]) -> Path:
    """A land-supply sheet with these rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([HEADER, *rows])
    return path
