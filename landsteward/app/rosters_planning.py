"""Works out what an import of a roster would do: every row against the record and against the rows
before it. What is peculiar to a kind of roster stands in `rosters_enterprises` and its siblings.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from landsteward.app.context import Context
from landsteward.app.importing import Outcome, ReportProgress, RowNote
from landsteward.app.rosters_plan import (
    Decision,
    Difference,
    KnownRecord,
    Mode,
    Options,
    RosterOutcome,
    RosterPlan,
)
from landsteward.app.rosters_table import RosterRow, RosterTable, Values
from landsteward.domain.land_supply import same_value
from landsteward.domain.quantities import m2_to_mu, shown
from landsteward.domain.text import Message, msg

R = TypeVar("R")

_EVERY = 256


class RowRefusedError(Exception):
    """A row cannot be taken: the field it is about, and why."""

    def __init__(self, field_name: str, reason: Message) -> None:
        super().__init__(str(reason))
        self.field = field_name
        self.reason = reason


@dataclass(slots=True, kw_only=True)
class _Step(Generic[R]):
    """What one entry of a row would do. `record` None: it makes a new one."""

    said: dict[str, Any]
    year: int | None
    record: R | None
    changes: dict[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    skipped: bool = False


@dataclass(slots=True, kw_only=True)
class _Taken:
    """A record that a row of this file spoke of already."""

    row: int
    said: dict[str, Any]
    skipped: bool


class RosterPlanner(ABC, Generic[R]):
    """Goes through the rows of one table."""

    compared: ClassVar[tuple[str, ...]]
    """Fields of the record that a row may fill or change."""
    areas: ClassVar[tuple[str, ...]] = ()
    """Fields that hold areas in m²."""

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        """`again`: this very file was read so before; it must not undo what was corrected since."""
        self.ctx = ctx
        self.table = table
        self.batch_id = batch_id
        self._options = options
        self._again = again
        self._taken: dict[str, _Taken] = {}
        self._doubts: list[RowNote] = []
        self.result: RosterPlan[R] = RosterPlan(warnings=list(table.notes))
        self.entries = [entry for row in table.rows for entry in row.entries]

    # --- what is peculiar to a kind ---------------------------------------------------------

    @abstractmethod
    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """What a row says in the record's own fields, checked. Raises RowRefusedError."""

    @abstractmethod
    def find(self, at: int, said: dict[str, Any]) -> R | None:
        """The record a row speaks of: on record, or made by a row before it."""

    @abstractmethod
    def make(self, at: int, said: dict[str, Any]) -> R:
        """A new record. Raises RowRefusedError where too little is said."""

    @abstractmethod
    def adopt(self, record: R) -> None:
        """Let rows further down find a record as it now is."""

    @abstractmethod
    def key_of(self, record: R) -> str:
        """The record's key."""

    @abstractmethod
    def name_of(self, record: R) -> str:
        """By what a person knows a record."""

    def is_news(self, record: R, field_name: str, value: Any) -> bool:
        """Whether a value says anything that the record does not; notes are added to."""
        before = getattr(record, field_name)
        return value not in before if field_name == "note" else not same_value(value, before)

    def worded(self, _field_name: str, value: Any) -> str:
        """A value as a person reads it."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

    def column_of(self, field_name: str) -> str:
        """The field of the table that a field of the record comes from."""
        return field_name

    # --- the way of a row -------------------------------------------------------------------

    def plan(self, progress: ReportProgress | None = None) -> RosterPlan[R]:
        """Go through all rows. Writes nothing."""
        for at, row in enumerate(self.table.rows):
            if progress is not None and at % _EVERY == 0:
                progress(at, len(self.table.rows))
            self._take(at, row)
        self.result.warnings.sort(key=lambda note: note.row)
        return self.result

    def doubt(self, at: int, field_name: str, reason: Message, year: int | None = None) -> None:
        """Say what is odd about a row that is taken all the same."""
        self._doubts.append(self._note(at, field_name, year, reason))

    def _take(self, at: int, row: RosterRow) -> None:
        self._doubts = list(row.doubts)
        if row.refused:
            self._refuse(at, row.refused)
            return
        steps: list[_Step[R]] = []
        for entry in row.entries:
            year = entry.get("year")
            try:
                steps.append(self._decide(at, entry, year))
            except RowRefusedError as refusal:
                self._refuse(at, [self._note(at, refusal.field, year, refusal.reason)])
                return
            except _AgainstError as against:
                self._refuse(at, against.notes)
                return
        outcomes = [self._apply(at, step) for step in steps]
        order = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)
        outcome, name = min(outcomes, key=lambda one: order.index(one[0]))
        self.result.outcomes.append(RosterOutcome(row=row.row, outcome=outcome, name=name))
        self.result.warnings.extend(self._doubts)

    def _decide(self, at: int, entry: Values, year: int | None) -> _Step[R]:
        row = self.table.rows[at].row
        said = self.prepared(at, entry)
        self._ask_about_areas(at, said, year)
        record = self.find(at, said)
        if record is None:
            made = self.make(at, said)
            return _Step(said=said, year=year, record=None, changes={"made": made})
        step = _Step(said=said, year=year, record=record)
        step.changes = {
            name: said[name]
            for name in self.compared
            if name in said and self.is_news(record, name, said[name])
        }
        taken = self._taken.get(self.key_of(record))
        if taken is not None:
            self._refuse_contradiction(at, said, year, taken)
            step.skipped = taken.skipped
            if taken.skipped:
                step.changes = {}
            return step
        if not step.changes:
            return step
        step.differences = tuple(
            Difference(
                field=name,
                column=self.table.label(self.column_of(name), year) or name,
                before=self._shown(name, getattr(record, name)),
                after=self._shown(name, value),
            )
            for name, value in step.changes.items()
        )
        decision = self._options.decisions.get(row) if self._options.mode is Mode.ASK else None
        if decision is None and self._again:
            step.changes, step.differences, step.skipped = {}, (), True
        elif decision is Decision.SKIP or self._options.mode is Mode.SKIP:
            step.changes, step.skipped = {}, True
        elif decision is None and self._options.mode is Mode.ASK:
            self._remember_known(at, step)
            raise RowRefusedError(
                "",
                msg(
                    "{name} is on record and differs: decide whether to update it or to leave it.",
                    name=self.name_of(record),
                ),
            )
        return step

    def _apply(self, at: int, step: _Step[R]) -> tuple[Outcome, str]:
        row = self.table.rows[at].row
        if step.record is None:
            made: R = step.changes["made"]
            key = self.key_of(made)
            self.result.added[key] = made
            self._taken[key] = _Taken(row=row, said=dict(step.said), skipped=False)
            self.adopt(made)
            return Outcome.CREATED, self.name_of(made)
        key, name = self.key_of(step.record), self.name_of(step.record)
        self._remember_known(at, step)
        taken = self._taken.setdefault(key, _Taken(row=row, said={}, skipped=step.skipped))
        for field_name, value in step.said.items():
            taken.said.setdefault(field_name, value)
        if step.skipped and step.differences:
            self._doubts.append(
                self._note(
                    at,
                    "",
                    None,
                    msg(
                        "{name} is on record and was left as it is; it differs in: {columns}.",
                        name=name,
                        columns=", ".join(one.column for one in step.differences),
                    ),
                )
            )
        if not step.changes:
            return Outcome.UNCHANGED, name
        for one in step.differences:
            if one.before:
                self.doubt(
                    at,
                    one.field,
                    msg(
                        "On record until now: {before}. It becomes: {after}.",
                        before=one.before,
                        after=one.after,
                    ),
                    step.year,
                )
        changed = self.changed(step.record, step.changes)
        kept = self.result.added if key in self.result.added else self.result.changed
        kept[key] = changed
        self.adopt(changed)
        return Outcome.UPDATED, name

    def changed(self, record: R, changes: Mapping[str, Any]) -> R:
        """A record with what a row says otherwise."""
        changed: R = replace(record, **changes)  # type: ignore[type-var]
        return changed

    def _remember_known(self, at: int, step: _Step[R]) -> None:
        if step.record is not None and step.differences:
            self.result.known.append(
                KnownRecord(
                    row=self.table.rows[at].row,
                    record_id=self.key_of(step.record),
                    name=self.name_of(step.record),
                    differences=step.differences,
                )
            )

    # --- remarks ----------------------------------------------------------------------------

    def _refuse_contradiction(
        self, at: int, said: Mapping[str, Any], year: int | None, taken: _Taken
    ) -> None:
        against = [
            name
            for name in self.compared
            if name in said and name in taken.said and not same_value(said[name], taken.said[name])
        ]
        if against:
            reason = msg("Row {row}, of the same record, says otherwise.", row=taken.row)
            raise _AgainstError([self._note(at, name, year, reason) for name in against])

    def _ask_about_areas(self, at: int, said: Mapping[str, Any], year: int | None) -> None:
        for name in self.areas:
            area = said.get(name)
            if isinstance(area, Decimal) and area > self.table.largest_area_m2:
                reason = msg(
                    "Very large: {area} m² = {mu} 亩. Is it 公顷 or 亩, or m²? Check the unit.",
                    area=shown(area, 0),
                    mu=shown(m2_to_mu(area), 0),
                )
                self.doubt(at, name, reason, year)

    def _shown(self, field_name: str, value: Any) -> str:
        return "" if value in ("", None) else self.worded(field_name, value)

    def _refuse(self, at: int, notes: Iterable[RowNote]) -> None:
        self.result.refused[at] = tuple(notes)
        row = self.table.rows[at].row
        self.result.outcomes.append(RosterOutcome(row=row, outcome=Outcome.REJECTED))

    def _note(self, at: int, field_name: str, year: int | None, reason: Message) -> RowNote:
        column = self.column_of(field_name) if field_name else ""
        return RowNote(
            row=self.table.rows[at].row,
            column=self.table.label(column, year) if column else "",
            value=self.table.cell(at, column, year) if column else "",
            reason=reason,
        )


class _AgainstError(Exception):
    """A row contradicts one before it."""

    def __init__(self, notes: list[RowNote]) -> None:
        super().__init__(str(notes))
        self.notes = notes
