"""What the window and the papers read: frozen rows, no behaviour, no storage."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from landsteward.domain.colours import Colour


class ListKind(StrEnum):
    """The tables people scroll through."""

    ENTERPRISES = "enterprises"
    PARCELS = "parcels"
    CASES = "cases"
    FINDINGS = "findings"
    PLANS = "plans"
    FOLLOW_UPS = "follow_ups"
    TRACKING = "tracking"
    LOOK_BACKS = "look_backs"
    REJECTS = "rejects"
    GRADING = "grading"
    CAMPAIGNS = "campaigns"
    VISITS = "visits"


Cell = str | int | float | None

RESTRICTED_CELL = "\x00restricted"
"""Stands in a cell whose value the person at work may not see."""


class Facet(StrEnum):
    """By what long lists are narrowed beside their text."""

    CARRIER = "carrier"
    DEPARTMENT = "department"
    GRADE = "grade"
    STAGE = "stage"
    FLAG = "flag"
    YEAR = "year"
    CATEGORY = "category"
    SEVERITY = "severity"
    DISPOSAL = "disposal"
    ROOT_CAUSE = "root_cause"
    SCALE = "scale"
    NOT_VISITED = "not_visited"
    NOT_IN = "not_in"
    INSPECTOR = "inspector"
    COLOUR = "colour"
    KIND = "kind"
    FIRM = "firm"
    TURN = "turn"


class Flag(StrEnum):
    """What a row may be marked by: an open finding past its deadline, a suspicion not yet looked
    into, no case under way, no credit code, no land, nobody who holds or uses the parcel, an agreed
    start that passed without building, no boundary on record, a slip or an objection that waits for
    its reply, one that waits too long, close supervision, a joint disposal; a visit due today, or
    on a day that passed without it, or without a day, or with problems; a plan with comments that
    are open.
    """

    OVERDUE = "overdue"
    SUSPECTED = "suspected"
    NO_CASE = "no_case"
    NO_CODE = "no_code"
    NO_LAND = "no_land"
    NO_HOLDER = "no_holder"
    NOT_STARTED = "not_started"
    NO_BOUNDARY = "no_boundary"
    REPLY_WAITING = "reply_waiting"
    REPLY_OVERDUE = "reply_overdue"
    ANSWER_WAITING = "answer_waiting"
    SUPERVISED = "supervised"
    JOINT = "joint"
    TODAY = "today"
    LATE = "late"
    NO_DAY = "no_day"
    PROBLEMS = "problems"
    COMMENTED = "commented"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFilter:
    """What a list shows: a scrap of text, columns that must equal a value, and what was chosen.

    Of the values chosen of a facet one must fit ("" stands for none on record), of the flags all;
    facets, text and columns must fit together. `on` is the day by which lateness is judged. Of a
    long list `only` names the rows that may be shown at all.
    """

    text: str = ""
    equal: dict[str, str] = field(default_factory=dict)
    chosen: dict[Facet, tuple[str, ...]] = field(default_factory=dict)
    on: date | None = None
    only: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """By which column; an unknown column is an error of ours."""

    column: str
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One row: its key and its cells by column name. Dates are ISO text, decimals are text."""

    id: str
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something the search found. `kind` is `enterprise`, `parcel`, `case` or `firm`.

    `step` is the step of the case it leads to, empty where it is the case as a whole.
    """

    kind: str
    id: str
    title: str
    subtitle: str
    step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelPlace:
    """A parcel by what it is called and where it lies."""

    id: str
    name: str
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltOn:
    """Why an import cannot be taken back: a record of it was changed later, or another rests on it.

    `table` and `name` are the record's; `by_table` and `by_name` are those of what rests on it, ""
    where it was changed.
    """

    table: str
    name: str
    by_table: str = ""
    by_name: str = ""


Raw = str | int | None
"""A value as the trail keeps it: decimals, dates and choices are text, truth is 0 or 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChange:
    """What happened to one record: each changed field with its value before and after.

    Of a new record all fields that say something, of a deleted one what it was.
    """

    record_id: str
    values: tuple[tuple[str, Raw, Raw], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPart:
    """Which part of a history is wanted, from the newest entry down.

    Only of these `tables` ("" for all), only what imports did, only what came before the entry
    `before`, at most so many entries of the trail. Of the enterprises `merged` it is told that
    they were merged and no more.
    """

    tables: tuple[str, ...] = ()
    imports_only: bool = False
    merged: tuple[str, ...] = ()
    before: int | None = None
    most: int = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLine:
    """What a line of the register is about: its parcel and enterprise by their keys ("" where it
    has none), and what tells it from others of its kind (a year, a number, a day). `gone`: it is
    marked as deleted.
    """

    parcel_id: str
    enterprise_id: str
    label: str
    gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceRow:
    """A record in the trace of a merging; `field` where it is about one field of it."""

    table: str
    name: str
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTrace:
    """What a merging did: which records it moved or brought together. Taken back, what changed
    since in `kept` stays as it is, and what was `added` since stays with the one that stayed.
    """

    gone_id: str
    stays_id: str
    at: datetime
    actor: str
    moved: tuple[TraceRow, ...]
    kept: tuple[TraceRow, ...]
    added: tuple[TraceRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened. `table`, `action` and changed `fields` say what; the ui words it.

    `batch` is the file of the import that did it, or (`batch_undone`) that was taken back by it.
    `answers` are the items that were answered, by the keys of their results, each with the outcome
    it was given then; empty for everything else. In a history `changes` say what became of each
    record, and `seq` is its first entry in the trail.
    """

    at: datetime
    actor: str
    table: str
    action: str
    record_id: str
    fields: tuple[str, ...] = ()
    summary: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    batch: str = ""
    batch_undone: bool = False
    batch_id: str = ""
    seq: int = 0
    changes: tuple[RecordChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """How many cases of a stage have a colour."""

    stage: str
    colour: Colour
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChainReport:
    """The audit chain: how long, and the first entry that does not fit (None: unbroken)."""

    ok: bool
    length: int
    first_bad: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """A look over the whole file. `integrity` and `foreign_keys` list what is wrong."""

    ok: bool
    integrity: tuple[str, ...]
    foreign_keys: tuple[str, ...]
    audit_chain: ChainReport
