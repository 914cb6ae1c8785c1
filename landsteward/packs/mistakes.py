"""Mistakes in a pack's files: all of them at once, each with file, line and key."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from landsteward.domain.errors import RulePackError
from landsteward.domain.text import Message, msg

KeyPath = tuple[str | int, ...]
"""The way to a value: `("rules", 0, "levels", 1, "bases")`."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake. `line` counts from 1; None where the place has no line of its own."""

    file: str
    key: str
    line: int | None
    reason: Message
    path: KeyPath = ()

    @property
    def place(self) -> str:
        """Where it is, e.g. `rules.toml:12 rules[0].levels[1]`."""
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where} {self.key}".rstrip()


class PackMistakesError(RulePackError):
    """A pack that cannot be used, with everything that is wrong with it."""

    def __init__(self, pack: str, found: Iterable[Mistake]) -> None:
        mistakes = sorted(found, key=lambda one: (one.file, one.line or 0))
        listed = msg("{place}: {reason}", place=mistakes[0].place, reason=mistakes[0].reason)
        for mistake in mistakes[1:]:
            entry = msg("{place}: {reason}", place=mistake.place, reason=mistake.reason)
            listed = Message("{before}\n{entry}", (("before", listed), ("entry", entry)))
        super().__init__(
            msg(
                "The rule pack {pack} cannot be used, mistakes: {count}.\n{list}",
                pack=pack,
                count=len(mistakes),
                list=listed,
            ),
            where="; ".join(mistake.place for mistake in mistakes),
            remedy=msg("Correct the file, or put the pack's original folder back."),
        )
        self.mistakes = tuple(mistakes)


def key_text(path: KeyPath) -> str:
    """A way to a value as people write it: `rules[0].levels[1].bases`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else step
    return text


def line_of(text: str, path: KeyPath) -> int | None:
    """The line a value stands on, or else the nearest one that leads to it."""
    lines = _lines(text)
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


_LINE = re.compile(
    r"""\s*(?: \[\[ \s* (?P<entry>[\w.-]+) \s* \]\]
          | \[ \s* (?P<table>[\w.-]+) \s* \]
          | (?P<key>[\w-]+) \s* = )""",
    re.VERBOSE,
)


def _lines(text: str) -> dict[KeyPath, int]:
    """Where tables, their entries and keys begin. Read again only when there is a mistake."""
    found: dict[KeyPath, int] = {}
    last: dict[KeyPath, int] = {}
    here: KeyPath = ()
    for number, line in enumerate(text.splitlines(), start=1):
        match = _LINE.match(line)
        if match is None:
            continue
        if key := match["key"]:
            found.setdefault((*here, key), number)
            continue
        here = ()
        for name in (match["entry"] or match["table"]).split("."):
            if here in last:
                here = (*here, last[here])
            here = (*here, name)
        if match["entry"]:
            last[here] = last.get(here, -1) + 1
            here = (*here, last[here])
        found.setdefault(here, number)
    return found
