"""What an import of a roster would do to the register. Nothing here is written yet."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import Field, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from landsteward.app.importing import Outcome, RowNote
from landsteward.domain.text import Message, msg


class Recorded(Protocol):
    """A record of the workspace."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def id(self) -> str:
        """Its key."""
        ...


Records = dict[type[Any], dict[str, Any]]


class Mode(StrEnum):
    """What becomes of a record that is known already and differs from its row."""

    UPDATE = "update"
    SKIP = "skip"
    ASK = "ask"


class Decision(StrEnum):
    """What a person decided for one row in mode `ask`."""

    UPDATE = "update"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How an import is done. `decisions` by row number, asked for in mode `ask` alone.

    `keep_codes`: credit codes that fail their check and are to be kept, each with the reason why.
    """

    mode: Mode = Mode.UPDATE
    decisions: Mapping[int, Decision] = field(default_factory=dict)
    keep_codes: Mapping[str, str] = field(default_factory=dict)


USUAL = Options()


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One value of a known record and what the row says instead; `field` is that of the table,
    `column` its header.
    """

    field: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRecord:
    """A record that is on record and differs from its row, and by what a person knows it."""

    row: int
    record_id: str
    name: str
    differences: tuple[Difference, ...]


def overwritten(one: Difference) -> Message:
    """What is remarked on a value on record that gives way."""
    return msg(
        "On record until now: {before}. It becomes: {after}.", before=one.before, after=one.after
    )


def left_alone(name: str, differences: Iterable[Difference]) -> Message:
    """What is remarked where a record stays as it is."""
    return msg(
        "{name} is on record and was left as it is; it differs in: {columns}.",
        name=name,
        columns=", ".join(dict.fromkeys(one.column for one in differences)),
    )


def to_decide(name: str) -> Message:
    """Why a row is refused as long as nobody has decided of its record."""
    return msg(
        "{name} is on record and differs: decide whether to update it or to leave it.", name=name
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterOutcome:
    """What became of one row, and by what a person knows it."""

    row: int
    outcome: Outcome
    name: str = ""


@dataclass(slots=True, kw_only=True)
class RosterPlan:
    """Records to add and to save, by what they are and by key, and what is said of the rows.
    `refused` holds, for each refused row's index in the table, the reasons.
    """

    outcomes: list[RosterOutcome] = field(default_factory=list)
    refused: dict[int, tuple[RowNote, ...]] = field(default_factory=dict)
    warnings: list[RowNote] = field(default_factory=list)
    known: list[KnownRecord] = field(default_factory=list)
    added: Records = field(default_factory=lambda: defaultdict(dict))
    changed: Records = field(default_factory=lambda: defaultdict(dict))

    @property
    def changes_anything(self) -> bool:
        """Whether the register would be another one afterwards."""
        return any((*self.added.values(), *self.changed.values()))

    def add(self, record: Recorded) -> None:
        """Plan a new record."""
        self.added[type(record)][record.id] = record

    def save(self, record: Recorded) -> None:
        """Plan a record as it now is, one that is on record or one that is to be added."""
        kind, key = type(record), record.id
        kept = self.added if key in self.added[kind] else self.changed
        kept[kind][key] = record
