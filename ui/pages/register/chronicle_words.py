"""What happened to a record, worded: who, when, and each field from what to what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from landsteward.app.chronicle import Happening, Occurrence, OccurrenceKind
from landsteward.app.language import render, tr
from landsteward.app.removals import Removable
from landsteward.app.views import RecordChange, RegisterLine, TimelineEntry
from ui import formats
from ui.pages.register.labels import Label, labels_of, table_word, value_in_words

_OWN = frozenset({"enterprises", "parcels"})
_SHOWN_AT_ONCE = 3
"""So many changed values are told without being opened."""
_NOT_TOLD = frozenset({"merged_into", "name_key", "identity", "batch_id", "deleted_at"})
_IN_HEADING = frozenset(
    {
        *("year", "observed_on", "case_no", "file_name", "electronic_no"),
        *("parcel_id", "enterprise_id", "holder_id"),
    }
)
"""What a new line is called by is not told a second time below."""


@dataclass(frozen=True, slots=True)
class Said:
    """An occurrence in words: its sentence, and the lines below; long ones are opened first.

    `key` tells it from all others. `gone_id` is the record that was merged, where that can be
    taken back; `removed` the line that was taken out, where it can be brought back.
    """

    key: str
    day: date
    time: str
    actor: str
    what: str
    lines: tuple[str, ...] = ()
    folded: bool = False
    batch_id: str = ""
    gone_id: str = ""
    removed: tuple[Removable, str] | None = None
    moment: str = ""


class Wording:
    """Words occurrences of one record's page. `own_id` is whose page it is."""

    def __init__(
        self,
        own_id: str,
        lines: Mapping[str, RegisterLine],
        names: Mapping[str, str],
        standing: frozenset[str] = frozenset(),
    ) -> None:
        self._own_id = own_id
        self._lines = lines
        self._names = names
        self._standing = standing

    def said(self, one: Occurrence) -> Said | None:
        """The occurrence in words; None where nothing of it is worth a line."""
        inside = [line for entry in one.entries for line in self._entry(entry, one.kind)]
        what = self._what(one, inside)
        if not what:
            return None
        at = one.at.astimezone()
        plain = one.kind is OccurrenceKind.CHANGE
        values = sum(len(lines) for _head, lines in inside)
        below = tuple(
            line
            for head, lines in inside
            for line in (
                [_told(head, tr("; ").join(lines)) if lines else head]
                if not plain or len(inside) > 1
                else lines
            )
        )
        single = plain and len(inside) == 1 and values == 1
        return Said(
            key=f"{one.entries[0].seq}",
            day=at.date(),
            time=f"{at:%H:%M}",
            actor=one.actor,
            what=_told(what, below[0]) if single else what,
            lines=() if single else below,
            folded=not plain or values > _SHOWN_AT_ONCE,
            batch_id=one.batch_id,
            gone_id=one.other_id
            if one.kind is OccurrenceKind.MERGE and one.other_id in self._standing
            else "",
            removed=self._removed(one),
            moment=one.at.isoformat(),
        )

    def _removed(self, one: Occurrence) -> tuple[Removable, str] | None:
        """A single line that was taken out by hand and is still gone."""
        if one.kind is not OccurrenceKind.CHANGE or len(one.entries) != 1:
            return None
        (entry,) = one.entries
        if entry.action != "retire" or entry.table not in set(Removable):
            return None
        line = self._lines.get(entry.record_id)
        if len(entry.changes) != 1 or line is None or not line.gone:
            return None
        return Removable(entry.table), entry.record_id

    def _what(self, one: Occurrence, inside: Sequence[tuple[str, list[str]]]) -> str:
        other = self._names.get(one.other_id, "")
        match one.kind:
            case OccurrenceKind.IMPORT:
                return tr("Import “{file}”", file=one.batch)
            case OccurrenceKind.IMPORT_UNDONE:
                return tr("Import “{file}” taken back", file=one.batch)
            case OccurrenceKind.MERGE:
                return tr("{name} was merged into this one", name=other)
            case OccurrenceKind.UNMERGE:
                return tr("The merging with {name} was taken back", name=other)
        if not inside:
            return ""
        if len(inside) == 1:
            return inside[0][0]
        return tr("{first} and {count} more", first=inside[0][0], count=len(inside) - 1)

    def _entry(self, entry: TimelineEntry, kind: OccurrenceKind) -> list[tuple[str, list[str]]]:
        """For each record the heading of what became of it, and its values."""
        known = labels_of(entry.table)
        found = []
        for change in entry.changes:
            values = [
                self._value(known.get(name), name, before, after, entry.action)
                for name, before, after in change.values
                if name in known
                and name not in _NOT_TOLD
                and not (name in _IN_HEADING and entry.action != "change")
                and not self._is_own(after or before)
            ]
            if entry.action == "change" and not values and not _back(change):
                moved = kind in (OccurrenceKind.MERGE, OccurrenceKind.UNMERGE)
                if not moved or entry.table in _OWN:
                    continue
            found.append((self._head(entry, change), values))
        return found

    def _value(
        self, label: Label | None, name: str, before: object, after: object, action: str
    ) -> str:
        assert label is not None, "only known fields are told"
        if action == "add":
            return f"{label.word} {value_in_words(label, name, after, self._names)}"
        if action == "retire":
            return f"{label.word} {value_in_words(label, name, before, self._names)}"
        return (
            f"{label.word} {value_in_words(label, name, before, self._names)} → "
            f"{value_in_words(label, name, after, self._names)}"
        )

    def _is_own(self, value: object) -> bool:
        """Whose page it is goes without saying."""
        return value == self._own_id

    def _head(self, entry: TimelineEntry, change: RecordChange) -> str:
        word = table_word(entry.table)
        if entry.table in _OWN:
            about = ""
            word = tr("Particulars") if entry.action == "change" else word
        else:
            about = self._about(change.record_id)
        thing = formats.named(word, about)
        if entry.action == "add":
            return tr("{thing} entered", thing=thing)
        if entry.action == "retire":
            return tr("{thing} taken out", thing=thing)
        return tr("{thing} brought back", thing=thing) if _back(change) else thing

    def _about(self, record_id: str) -> str:
        line = self._lines.get(record_id)
        if line is None:
            return ""
        sides = [
            self._names.get(key, "")
            for key in (line.parcel_id, line.enterprise_id)
            if key and key != self._own_id
        ]
        return " · ".join(part for part in (line.label, *sides) if part)


def happened(one: Happening, number: int) -> Said:
    """Something dated that happened on the ground or to a case; it has no hour and no actor."""
    return Said(
        key=f"day {number}", day=one.on, time="", actor="", what=render(one.what), moment=""
    )


def day_words(day: date, today: date) -> str:
    """A day as a heading."""
    if day == today:
        return tr("Today")
    return formats.day(day)


def _told(what: str, about: str) -> str:
    return tr("{what}: {about}", what=what, about=about)


def _back(change: RecordChange) -> bool:
    """Whether a deletion was undone by it."""
    return any(
        name == "deleted_at" and before is not None and after is None
        for name, before, after in change.values
    )
