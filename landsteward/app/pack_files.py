"""What the use cases of rule packs need from whoever reads and writes their files.

A pack's files are texts by their names (`laws.toml`, `items/market.toml`); a value is written as
TOML writes it (`3`, `"文字"`, `2026-01-01`), so that nothing is lost on the way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from landsteward.domain.errors import RulePackError

if TYPE_CHECKING:
    from landsteward.domain.pack_places import Place, Tables
    from landsteward.domain.pack_versions import PackEdit
    from landsteward.domain.rulepack import RulePack
    from landsteward.domain.text import Message

Texts = Mapping[str, str]


class ValueKind(StrEnum):
    """How a value is entered."""

    TEXT = "text"
    FIGURE = "figure"
    WHOLE = "whole"
    TRUTH = "truth"
    DAY = "day"
    CHOICE = "choice"
    TEXTS = "texts"
    BASES = "bases"
    ENTRIES = "entries"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """A field that a table of a pack may have; `choices` are the values of a choice."""

    name: str
    kind: ValueKind
    required: bool
    choices: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PackMistake:
    """Something wrong at a place of a file."""

    file: str
    place: Place
    line: int | None
    reason: Message


class PackFiles(Protocol):
    """Reads, checks, edits and writes the files of packs."""

    def default(self) -> tuple[str, str]:
        """Key and version of the pack that came with the program. Raises RulePackError."""
        ...

    def shipped(self, key: str, version: str) -> Texts:
        """The files of a pack that came with the program. Raises RulePackError."""
        ...

    def completed(self, texts: Texts) -> Texts:
        """With the files that the program has learnt to read since they were written."""
        ...

    def load(self, texts: Texts, *, name: str = "") -> RulePack:
        """The pack of these files. Raises RulePackError with all mistakes."""
        ...

    def mistakes(self, texts: Texts) -> tuple[PackMistake, ...]:
        """Everything that is wrong with these files."""
        ...

    def tables(self, texts: Texts) -> Tables:
        """The files as plain tables; one that cannot be read is left out."""
        ...

    def remarks(self, texts: Texts) -> Mapping[tuple[str, Place], str]:
        """What stands behind values as comments, by file and place."""
        ...

    def fields(self, file: str, place: Place) -> tuple[FieldShape, ...]:
        """Which fields the table at a place may have; none where the program does not know it."""
        ...

    def edited(self, texts: Texts, edits: Iterable[PackEdit]) -> Texts:
        """The files with these values in place; comments and order stay."""
        ...

    def literal(self, value: Any) -> str:
        """A value as TOML writes it."""
        ...

    def value(self, literal: str) -> Any:
        """What is written so."""
        ...

    def taken_from(self, path: Path) -> Texts:
        """The files of a folder or a .zip. Raises InputFileError."""
        ...

    def write(self, texts: Texts, path: Path) -> None:
        """Write them into a new folder or, by its name, a .zip. Raises WorkspaceError."""
        ...


def packed(texts: Texts) -> bytes:
    """The files as one content to be kept; the same files are the same bytes."""
    return json.dumps(dict(texts), ensure_ascii=False, sort_keys=True).encode()


def unpacked(content: bytes) -> dict[str, str]:
    """The files again. Raises RulePackError where they are not what was kept."""
    found: dict[str, str] = json.loads(content)
    return found


class PackEditRefusedError(RulePackError):
    """A value that the pack cannot have, with everything that would be wrong."""

    def __init__(self, what: Message, mistakes: Sequence[PackMistake], **more: Any) -> None:
        super().__init__(what, **more)
        self.mistakes = tuple(mistakes)
