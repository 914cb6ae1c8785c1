"""Works out what an import of a roster would do: every row against the record and against the rows
before it. What is peculiar to a kind of roster stands in `rosters_enterprises` and its siblings.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, ClassVar, Generic, TypeVar

from landsteward.app.context import Context
from landsteward.app.importing import Outcome, ReportProgress, RowNote
from landsteward.app.rosters_places import Place
from landsteward.app.rosters_plan import (
    Decision,
    Difference,
    KnownRecord,
    Mode,
    Options,
    Recorded,
    RosterOutcome,
    RosterPlan,
    left_alone,
    overwritten,
    to_decide,
)
from landsteward.app.rosters_table import RosterRow, RosterTable, Values
from landsteward.domain.land_supply import doubt_about_area, same_value
from landsteward.domain.text import Message, msg

R = TypeVar("R", bound=Recorded)

_EVERY = 256
# What a sheet says here is added to what a person wrote before.
_ADDED_TO = "note"


class RowRefusedError(Exception):
    """A row cannot be taken: the field it is about, and why."""

    def __init__(self, field_name: str, reason: Message) -> None:
        super().__init__(str(reason))
        self.field = field_name
        self.reason = reason


@dataclass(slots=True, kw_only=True)
class _Step(Generic[R]):
    """What one entry of a row would do: to a record, or, where there is none, what it makes."""

    said: dict[str, Any]
    year: int | None
    record: R | None
    made: R | None = None
    changes: dict[str, Any] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    skipped: bool = False


@dataclass(slots=True, kw_only=True)
class _Taken:
    """A record that a row of this file spoke of already."""

    row: int
    said: dict[str, Any]


class RosterPlanner(ABC, Generic[R]):
    """Goes through the rows of one table."""

    compared: ClassVar[tuple[str, ...]]
    """Fields of the record that a row may fill or change."""
    areas: ClassVar[tuple[str, ...]] = ()
    """Fields that hold areas in m²."""
    anew: ClassVar[bool] = True
    """Whether a file that was read before may still make a record: from a row refused then."""

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        """`again`: this very file was read so before; it must not undo what was corrected since."""
        self.ctx = ctx
        self.table = table
        self.batch_id = batch_id
        self.again = again
        self.options = options
        self._taken: dict[str, _Taken] = {}
        self._doubts: list[RowNote] = []
        self.result = RosterPlan(warnings=list(table.notes))
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
    def name_of(self, record: R) -> str:
        """By what a person knows a record."""

    def told(self, said: Mapping[str, Any]) -> Iterator[str]:
        """What of all that a row says is compared with the record."""
        return (name for name in self.compared if name in said)

    def given_way(self, _at: int, record: R, field_name: str, value: Any) -> tuple[Any, ...]:
        """The values on record in whose place one comes; none: it says nothing new."""
        before = getattr(record, field_name)
        return () if same_value(value, before) else (before,)

    def changed(self, _at: int, record: R, changes: Mapping[str, Any]) -> R:
        """A record with what a row says otherwise."""
        return replace(record, **changes)

    def worded(self, _field_name: str, value: Any) -> str:
        """A value as a person reads it."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)

    def column_of(self, field_name: str) -> str:
        """The field of the table that a field of the record comes from; "" where it has none."""
        return field_name

    def finish(self) -> None:
        """Plan what follows from all rows together."""

    # --- the way of a row -------------------------------------------------------------------

    def plan(self, progress: ReportProgress | None = None) -> RosterPlan:
        """Go through all rows. Writes nothing."""
        for at, row in enumerate(self.table.rows):
            if progress is not None and at % _EVERY == 0:
                progress(at, len(self.table.rows))
            if row.goes_on:
                self._go_on(at)
            else:
                self._take(at, row)
        self.finish()
        self.result.warnings.sort(key=lambda note: note.row)
        return self.result

    def doubt(self, at: int, field_name: str, reason: Message, year: int | None = None) -> None:
        """Say what is odd about a row that is taken all the same."""
        self._doubts.append(self._note(at, field_name, year, reason))

    def difference(self, name: str, before: Any, after: Any, year: int | None = None) -> Difference:
        """A value of a field on record, and the one in its place."""
        return Difference(
            field=self.column_of(name),
            column=self._header_of(name, year),
            before=self._shown(name, before),
            after=self._shown(name, after),
        )

    def say_overwritten(
        self, at: int, differences: Iterable[Difference], year: int | None = None
    ) -> None:
        """Name every value on record that gives way to one of the row's."""
        for one in differences:
            if one.before and one.field != _ADDED_TO:
                self.doubt(at, one.field, overwritten(one), year)

    def say_left(self, at: int, name: str, differences: Collection[Difference]) -> None:
        """Say of a record that it stays as it is, and where it differs from the row."""
        if differences:
            self._doubts.append(self._note(at, "", None, left_alone(name, differences)))

    def placed(self, at: int, place: Place) -> Values:
        """Where a row lies, in the record's own fields; what is odd about it is said."""
        for field_name, odd in place.remarks:
            self.doubt(at, field_name, odd)
        return place.fields

    def _take(self, at: int, row: RosterRow) -> None:
        self._doubts = [*row.doubts]
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
        outcome, name = self._apply(at, steps[0])
        if len(steps) > 1:
            others = (self._apply(at, step) for step in steps[1:])
            outcome, name = min((outcome, name), *others, key=_weight)
        self.result.outcomes.append(RosterOutcome(row=row.row, outcome=outcome, name=name))
        self.result.warnings.extend(self._doubts)

    def _go_on(self, at: int) -> None:
        """A row that carries on with the one above shares its lot."""
        row = self.table.rows[at].row
        if at - 1 in self.result.refused:
            reason = msg("It goes on with the row above, which is refused.")
            self._refuse(at, [RowNote(row=row, column="", value="", reason=reason)])
        else:
            self.result.outcomes.append(RosterOutcome(row=row, outcome=Outcome.UNCHANGED))

    def _decide(self, at: int, entry: Values, year: int | None) -> _Step[R]:
        row = self.table.rows[at].row
        said = self.prepared(at, entry)
        self.ask_about_areas(at, said, self.areas, year)
        record = self.find(at, said)
        step = _Step(said=said, year=year, record=record)
        if record is None:
            step.made = self.make(at, said) if self.anew or not self.again else None
            return step
        taken = self._taken.get(record.id)
        if taken is not None:
            self._refuse_contradiction(at, said, year, taken)
        differences = self._compare(at, step, record)
        if not step.changes or record.id in self.result.added[type(record)]:
            return step
        step.differences = differences
        decision = self.options.decisions.get(row) if self.options.mode is Mode.ASK else None
        if decision is None and self.again:
            step.changes, step.differences, step.skipped = {}, (), True
        elif decision is Decision.SKIP or self.options.mode is Mode.SKIP:
            step.changes, step.skipped = {}, True
        elif decision is None and self.options.mode is Mode.ASK:
            self._remember_known(at, step)
            raise RowRefusedError("", to_decide(self.name_of(record)))
        return step

    def _compare(self, at: int, step: _Step[R], record: R) -> tuple[Difference, ...]:
        """Note what the row changes of a record; gives what a person sees of it."""
        differences: list[Difference] = []
        for name in self.told(step.said):
            value = step.said[name]
            if name == _ADDED_TO:
                value = _added_note(getattr(record, name), value)
            given_way = self.given_way(at, record, name, value)
            if not given_way:
                continue
            step.changes[name] = value
            if self.column_of(name):
                differences += [self.difference(name, one, value, step.year) for one in given_way]
        return tuple(differences)

    def _apply(self, at: int, step: _Step[R]) -> tuple[Outcome, str]:
        row = self.table.rows[at].row
        if step.record is None:
            if step.made is None:
                return Outcome.UNCHANGED, ""
            made = step.made
            self.result.add(made)
            self._taken[made.id] = _Taken(row=row, said=step.said)
            self.adopt(made)
            return Outcome.CREATED, self.name_of(made)
        record, name = step.record, self.name_of(step.record)
        taken = self._taken.setdefault(record.id, _Taken(row=row, said={}))
        for field_name, value in step.said.items():
            taken.said.setdefault(field_name, value)
        self._remember_known(at, step)
        if step.skipped:
            self.say_left(at, name, step.differences)
        if not step.changes:
            return Outcome.UNCHANGED, name
        self.say_overwritten(at, step.differences, step.year)
        changed = self.changed(at, record, step.changes)
        self.result.save(changed)
        self.adopt(changed)
        return Outcome.UPDATED, self.name_of(changed)

    def _remember_known(self, at: int, step: _Step[R]) -> None:
        if step.record is not None and step.differences:
            self.result.known.append(
                KnownRecord(
                    row=self.table.rows[at].row,
                    record_id=step.record.id,
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
            for name in self.told(said)
            if name in taken.said and not same_value(said[name], taken.said[name])
        ]
        if against:
            reason = msg("Row {row}, of the same record, says otherwise.", row=taken.row)
            raise _AgainstError([self._note(at, name, year, reason) for name in against])

    def ask_about_areas(
        self, at: int, said: Mapping[str, Any], names: Iterable[str], year: int | None = None
    ) -> None:
        """Ask about areas that can hardly be meant."""
        for name in names:
            area = said.get(name)
            odd = doubt_about_area(area, self.table.limits) if isinstance(area, Decimal) else None
            if odd is not None:
                self.doubt(at, name, odd, year)

    def _header_of(self, field_name: str, year: int | None) -> str:
        """The header of a field; of one that no column holds by itself, the usual one."""
        column = self.column_of(field_name)
        usual = {offer.field: offer.name for offer in self.table.seen.offers}
        return self.table.label(column, year) or usual.get(column, field_name)

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


_WEIGHTS = {Outcome.CREATED: 0, Outcome.UPDATED: 1, Outcome.UNCHANGED: 2}


def _weight(outcome: tuple[Outcome, str]) -> int:
    """Of what became of a row's entries, what counts for the row comes first."""
    return _WEIGHTS[outcome[0]]


def _added_note(before: str, said: str) -> str:
    """What a person wrote, and below it what a sheet says and was not there yet."""
    if not before or said in before:
        return before or said
    return f"{before}\n{said}"


class _AgainstError(Exception):
    """A row contradicts one before it."""

    def __init__(self, notes: list[RowNote]) -> None:
        super().__init__(str(notes))
        self.notes = notes
