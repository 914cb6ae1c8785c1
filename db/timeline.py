"""The timeline of a case, made of the trail: what happened, not worded.

Everything is saved as a field is left, so a form leaves many entries behind; those of one person
at one record within some minutes are one thing that happened, and so is all of one kind that came
with one step (the ninety items of a new checkup) or was answered alike in one sitting.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from landsteward.app.views import RecordChange, TimelineEntry

_ONE_SITTING = timedelta(minutes=10)
_LONGEST = 60
_ANSWERS = "item_results"
_NOTHING = (None, "")
_NOT_SAID = frozenset({"id", "rings", "outline"})
"""A record's key is beside it; the points of a boundary are too many to be told."""

# Fields that say what a record is about, best first.
_TELLING = (
    "move",
    "case_no",
    "title",
    "content",
    "file_name",
    "item_key",
    "metric",
    "kind",
    "conclusion",
    "summary",
    "text",
    "name",
)


class Entry(NamedTuple):
    """An entry of the trail as `timeline.sql` and `history.sql` hand it out.

    `batch` is the file of the import whose doing it is; `batch_undone`: of its taking back.
    """

    at: str
    actor: str
    table: str
    action: str
    record_id: str
    before: str | None
    after: str
    batch: str = ""
    batch_undone: int = 0
    batch_id: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class _Happened:
    """A thing that happened, and the records it touched."""

    entry: TimelineEntry
    records: frozenset[str]


def timeline(entries: Iterable[Entry], *, detailed: bool = False) -> list[TimelineEntry]:
    """What happened, newest first. `entries` come oldest first.

    `fields` are those that changed, empty for something new. `summary` is a value and no sentence:
    what a new record is about (of a finding's move: its key), the new value where one field
    changed, the number of records where several came at once. `detailed` ones say every value.
    """
    happened: list[_Happened] = []
    for entry in entries:
        read = _read(entry, detailed)
        # A finding's change of state is told by its move.
        if entry.table == "findings" and read.fields == ("state",):
            continue
        together = _together(happened[-1], read) if happened else None
        if together is None:
            happened.append(_Happened(read, frozenset({entry.record_id})))
        else:
            happened[-1] = together
    return [
        replace(one.entry, summary=str(len(one.records))) if len(one.records) > 1 else one.entry
        for one in reversed(happened)
    ]


def _together(last: _Happened, new: TimelineEntry) -> _Happened | None:
    """Both as one, where they are one thing that happened."""
    old = last.entry
    if (old.actor, old.table, old.action) != (new.actor, new.table, new.action):
        return None
    if (old.batch, old.batch_undone) != (new.batch, new.batch_undone):
        return None
    same_record = old.record_id == new.record_id
    if old.table == _ANSWERS and not same_record and old.answers[-1][1] != new.answers[-1][1]:
        return None
    if same_record or old.table == _ANSWERS:
        near = new.at - old.at <= _ONE_SITTING
    else:
        near = old.at == new.at and old.table != "finding_events"
    if not near:
        return None
    fields = tuple(dict.fromkeys((*old.fields, *new.fields)))
    summary = new.summary if len(fields) == 1 else ""
    answers = tuple(dict([*old.answers, *new.answers]).items())
    merged = replace(
        new,
        fields=fields,
        summary=summary,
        answers=answers,
        seq=old.seq,
        changes=_changes_of_both(old.changes, new.changes),
    )
    return _Happened(merged, last.records | {new.record_id})


def _changes_of_both(
    old: tuple[RecordChange, ...], new: tuple[RecordChange, ...]
) -> tuple[RecordChange, ...]:
    """Of a record changed twice, from what it was at first to what it is at last."""
    by_record = {one.record_id: one for one in old}
    for one in new:
        known = by_record.get(one.record_id)
        if known is not None:
            values = {name: (before, after) for name, before, after in known.values}
            for name, before, after in one.values:
                first = values[name][0] if name in values else before
                values[name] = (first, after)
            pairs = tuple((name, *pair) for name, pair in values.items() if pair[0] != pair[1])
            one = replace(one, values=pairs)
        by_record[one.record_id] = one
    return tuple(by_record.values())


def _read(entry: Entry, detailed: bool) -> TimelineEntry:
    after: dict[str, Any] = msgspec.json.decode(entry.after)
    before: dict[str, Any] = msgspec.json.decode(entry.before) if entry.before else {}
    changed: tuple[str, ...] = ()
    if entry.action == "change":
        changed = tuple(name for name, value in after.items() if before.get(name) != value)
    if len(changed) == 1:
        summary = after[changed[0]]
    elif changed:
        summary = ""
    else:
        summary = next((after[name] for name in _TELLING if after.get(name)), "")
    return TimelineEntry(
        at=datetime.fromisoformat(entry.at),
        actor=entry.actor,
        table=entry.table,
        action=entry.action,
        record_id=entry.record_id,
        fields=changed,
        summary=_short("" if summary is None else str(summary)),
        answers=((entry.record_id, str(after.get("outcome") or "")),)
        if entry.table == _ANSWERS
        else (),
        batch=entry.batch,
        batch_undone=bool(entry.batch_undone),
        batch_id=entry.batch_id,
        seq=entry.seq,
        changes=(_change(entry, before, after),) if detailed else (),
    )


def _change(entry: Entry, before: dict[str, Any], after: dict[str, Any]) -> RecordChange:
    """Value by value; of what was deleted, what it was."""
    if entry.action == "retire":
        said = [(name, value, None) for name, value in before.items() if value not in _NOTHING]
    else:
        said = [
            (name, before.get(name), value)
            for name, value in after.items()
            if before.get(name) != value and (entry.action != "add" or value not in _NOTHING)
        ]
    return RecordChange(
        record_id=entry.record_id, values=tuple(one for one in said if one[0] not in _NOT_SAID)
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
