"""The preview of an import, arranged for the eye: every row, and under it what is said of it.

Pure data, worked out in the background.
"""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from landsteward.app.importing import RowNote
from landsteward.app.language import render, tr
from landsteward.app.rosters import RosterResult
from landsteward.app.rosters_names import plain_code
from landsteward.app.rosters_plan import (
    Difference,
    KnownRecord,
    Mode,
    Options,
    left_alone,
    overwritten,
    to_decide,
)
from landsteward.app.rosters_table import ColumnSeen, RosterTable
from landsteward.domain.identifiers import check_uscc

_CODE = "uscc"
_CODE_REASON = "code_reason"
_WIDEST = 116
"""Half-width characters in one line under a row: they fit into the narrowest window."""


class Fate(StrEnum):
    """What becomes of a row of the file; values as those of `Outcome`, and two more."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    TO_DECIDE = "to_decide"
    REJECTED = "rejected"
    PASSED_OVER = "passed_over"


_ENDINGS = "。，；：、！？）》”"
# A word or one other sign, with the endings that belong to it; spaces.
_ATOM = re.compile(rf" +|(?:[!-~]+|[^ ])[{_ENDINGS}]*")

REMARKED = "remarked"
"""The rows of which something is said though they are taken."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said of a row, in lines that are not too long.

    `column` is its place among the columns shown, -1 for the whole row; `tone` is bad, caution,
    accent (what changes) or plain (what differs and stays). `code`: a credit code that may be kept
    though it fails its check, or is kept.
    """

    tone: str
    column: int
    lines: tuple[str, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A row of the file: its number there, its place in the table (-1: it is none of its rows)."""

    row: int
    at: int
    fate: Fate
    remarks: tuple[Remark, ...] = ()
    known: KnownRecord | None = None
    value: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the preview: an item's cells (`remark` None), or a part of a remark under them.

    `first` and `end` are those of the remark, `last` is the last of the item.
    """

    item: Item
    remark: Remark | None
    text: str
    first: bool
    end: bool
    last: bool


class Lines:
    """The lines of some items: figures only, of which there may be a million."""

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = items
        self._at = array("l")
        self._remark = array("h")
        self._part = array("h")

    def __len__(self) -> int:
        return len(self._at)

    def add(self, at: int) -> None:
        """The lines of the item at this place."""
        self._append(at, -1, 0)
        for number, remark in enumerate(self._items[at].remarks):
            for part in range(len(remark.lines)):
                self._append(at, number, part)

    def _append(self, at: int, remark: int, part: int) -> None:
        self._at.append(at)
        self._remark.append(remark)
        self._part.append(part)

    def item(self, number: int) -> Item:
        """The item that a line belongs to."""
        return self._items[self._at[number]]

    def line(self, number: int) -> Line:
        """The line of this number."""
        item, at, part = self.item(number), self._remark[number], self._part[number]
        last = number + 1 == len(self._at) or self._at[number + 1] != self._at[number]
        if at < 0:
            return Line(item, None, "", first=True, end=True, last=last)
        remark = item.remarks[at]
        return Line(
            item,
            remark,
            remark.lines[part],
            first=part == 0,
            end=part + 1 == len(remark.lines),
            last=last,
        )

    def place(self, number: int) -> int:
        """The place among all items of the one that a line belongs to."""
        return self._at[number]

    def first_of(self, place: int) -> int:
        """The first line of the item at that place, -1 where it is not shown."""
        return self._at.index(place) if place in self._at else -1

    def of(self, items: Sequence[Item]) -> "Lines":
        """The lines of the same items as they are now."""
        lines = Lines(items)
        for at in dict.fromkeys(self._at):
            lines.add(at)
        return lines


class Arranged:
    """All rows of a preview. `columns` are those that are taken over, as they stand in the file."""

    def __init__(self, table: RosterTable, result: RosterResult, options: Options) -> None:
        self.table = table
        self.options = options
        self.columns: tuple[ColumnSeen, ...] = tuple(one for one in table.seen.columns if one.field)
        self.items: list[Item] = list(_items(table, result, options, self.columns))
        self.counts = Counter(item.fate for item in self.items)
        self.remarked = sum(1 for item in self.items if _remarked(item))
        self.known = len({one.row for one in result.known})
        self._lines: dict[str, Lines] = {}
        for only in ("", *(fate.value for fate in Fate), REMARKED):
            self.lines(only)

    @property
    def to_decide(self) -> list[int]:
        """The row numbers of which somebody has yet to decide."""
        return [item.row for item in self.items if item.fate is Fate.TO_DECIDE]

    def lines(self, only: str) -> Lines:
        """The lines of the rows of one fate, of those REMARKED, or ("") of all."""
        if only not in self._lines:
            self._lines[only] = lines = Lines(self.items)
            for at, item in enumerate(self.items):
                if not only or item.fate == only or (only == REMARKED and _remarked(item)):
                    lines.add(at)
        return self._lines[only]


def _remarked(item: Item) -> bool:
    return item.fate is not Fate.REJECTED and any(one.tone == "caution" for one in item.remarks)


def packed(parts: Sequence[str]) -> list[str]:
    """Parts one behind the other in lines that are not too long; one that is gets wrapped."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{tr('; ')}{part}" if lines else part
        if lines and _width(joined) <= _WIDEST:
            lines[-1] = joined
        else:
            lines += wrapped(part)
    return lines


def _width(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text)


def wrapped(text: str, widest: int = _WIDEST) -> list[str]:
    """A text in lines of so many half-width characters at most, parted at spaces and between
    Chinese characters, which count for two.

    A sign that ends something hangs over rather than begin a line.
    """
    lines = [""]
    for atom in _ATOM.findall(text):
        if _width((lines[-1] + atom).rstrip(_ENDINGS)) <= widest:
            lines[-1] += atom
            continue
        lines.append("")
        for letter in atom.lstrip():
            if _width(lines[-1] + letter) > widest and letter not in _ENDINGS:
                lines.append("")
            lines[-1] += letter
    return [line.strip() for line in lines if line.strip()] or [""]


class _Notes:
    """What is said of the rows, by their numbers."""

    def __init__(
        self,
        table: RosterTable,
        result: RosterResult,
        options: Options,
        columns: Sequence[ColumnSeen],
    ) -> None:
        self._table = table
        self.places = {row.row: at for at, row in enumerate(table.rows)}
        self._places = {one.label: place for place, one in enumerate(columns)}
        self._fields = {one.label: one.field for one in columns}
        self._keeps = any(offer.field == _CODE_REASON for offer in table.seen.offers)
        self._kept = {plain_code(code) for code in options.keep_codes}
        self.known: dict[int, list[KnownRecord]] = defaultdict(list)
        for known in result.known:
            self.known[known.row].append(known)
        self.refused = _by_row(result.refused)
        self.warned = _by_row(result.warnings)

    def undecided(self, row: int) -> bool:
        """Whether the row is refused for want of a decision."""
        reasons = [to_decide(one.name) for one in self.known.get(row, ())]
        return any(note.reason in reasons for note in self.refused.get(row, ()))

    def of(self, row: int, fate: Fate) -> Iterator[Remark]:
        """Everything said of a row of that fate, once."""
        known = self.known.get(row, ())
        said = [to_decide(one.name) for one in known]
        said += [left_alone(one.name, one.differences) for one in known]
        said += [overwritten(one) for record in known for one in record.differences]
        for note in self.refused.get(row, ()):
            if note.reason not in said:
                yield self._remark("bad", note)
        for record in known:
            yield self._differs(record, stays=fate is Fate.UNCHANGED)
        for note in self.warned.get(row, ()):
            if note.reason not in said:
                yield self._remark("caution", note)

    def _remark(self, tone: str, note: RowNote) -> Remark:
        reason = render(note.reason)
        text = f"{note.column}{tr(': ')}{reason}" if note.column else reason
        lines = tuple(wrapped(text))
        return Remark(tone, self._places.get(note.column, -1), lines, code=self._code(note))

    def _code(self, note: RowNote) -> str:
        """A credit code that fails its check, in a kind of roster that knows reasons for that."""
        if not self._keeps or self._fields.get(note.column) != _CODE:
            return ""
        code = plain_code(note.value)
        fails = note.reason == check_uscc(note.value).refused
        return code if fails or code in self._kept else ""

    def _differs(self, record: KnownRecord, *, stays: bool) -> Remark:
        """What a known record differs in, under the first of its columns; by its name, where the
        row does not say it in the same way.
        """
        places = [self._places.get(one.column, -1) for one in record.differences]
        worded = _staying if stays else _changing
        parts = [worded(one) for one in record.differences]
        if record.name not in self._cells(record.row):
            parts[0] = f"{record.name}{tr(': ')}{parts[0]}"
        return Remark("plain" if stays else "accent", places[0], tuple(packed(parts)))

    def _cells(self, row: int) -> list[str]:
        return [text for _label, text in self._table.cells(self.places[row])]


def _changing(one: Difference) -> str:
    return tr(
        "{column}: {before} → {after}",
        column=one.column,
        before=_on_record(one),
        after=one.after.replace("\n", " "),
    )


def _staying(one: Difference) -> str:
    return tr(
        "{column}: {before} stays, the sheet says {after}",
        column=one.column,
        before=_on_record(one),
        after=one.after.replace("\n", " "),
    )


def _on_record(one: Difference) -> str:
    return one.before.replace("\n", " ") or tr("(blank)")


def _by_row(notes: Sequence[RowNote]) -> dict[int, list[RowNote]]:
    found: dict[int, list[RowNote]] = defaultdict(list)
    for note in notes:
        found[note.row].append(note)
    return found


def _items(
    table: RosterTable, result: RosterResult, options: Options, columns: Sequence[ColumnSeen]
) -> Iterator[Item]:
    """The rows of the table, and between them those that are none, in the file's order."""
    notes = _Notes(table, result, options, columns)
    places = notes.places
    others = sorted((row for row in notes.warned if row not in places), reverse=True)

    def passed_over(row: int) -> Item:
        value = next((note.value for note in notes.warned[row] if note.value), "")
        return Item(row, -1, Fate.PASSED_OVER, tuple(notes.of(row, Fate.PASSED_OVER)), value=value)

    for outcome in result.outcomes:
        while others and others[-1] < outcome.row:
            yield passed_over(others.pop())
        row = outcome.row
        at = places[row]
        fate = Fate(outcome.outcome.value)
        if row not in notes.known and row not in notes.refused and row not in notes.warned:
            yield Item(row, at, fate)
            continue
        if fate is Fate.REJECTED and options.mode is Mode.ASK and notes.undecided(row):
            fate = Fate.TO_DECIDE
        known = notes.known.get(row)
        yield Item(row, at, fate, tuple(notes.of(row, fate)), known=known[0] if known else None)
    while others:
        yield passed_over(others.pop())
