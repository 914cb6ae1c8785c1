"""Who holds and who leases the parcels of a roster, held against what is on record."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import Values
from landsteward.app.rosters_user_finding import COLUMNS, UserFinder
from landsteward.domain.occupancy import parcel_use
from landsteward.domain.register import Occupancy, Parcel
from landsteward.domain.states import Tenure
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True)
class _Told:
    """What a field tells of: a user of the parcel ("" as `of`), or something of its occupancy."""

    tenure: Tenure
    enterprise_id: str
    of: str

    @property
    def column(self) -> str:
        """The field of the table it comes from."""
        columns = COLUMNS[self.tenure]
        return columns.of_occupancy[self.of] if self.of else columns.name


def told_of(field_name: str) -> _Told | None:
    """What a field's name tells of a user; None where it is a field of the parcel's own."""
    if "." not in field_name:
        return None
    tenure, enterprise_id, of = field_name.split(".")
    return _Told(Tenure(tenure), enterprise_id, of)


class ParcelUsers:
    """The users that rows name. What a row says of them goes by names of its own (`told_of`), with
    the user's key in them: several users of a parcel contradict each other in nothing.
    """

    def __init__(self, planner: RosterPlanner[Parcel], keep_codes: Mapping[str, str]) -> None:
        ctx = planner.ctx
        self._planner = planner
        self._occupancies = ctx.workspace.occupancies
        self._today = ctx.today()
        self._finder = UserFinder(planner, keep_codes)
        self._of_parcel: dict[str, list[Occupancy]] = {}
        self._holders_in_file: dict[str, dict[str, tuple[int, bool]]] = defaultdict(dict)

    # --- who is meant -----------------------------------------------------------------------

    def read(self, at: int, entry: Values, said: Mapping[str, Any]) -> dict[str, Any]:
        """What a row says of holder and lessee; `said` of their parcel. Raises RowRefusedError."""
        fields: dict[str, Any] = {}
        users = {tenure: self._finder.find(at, entry, said, tenure) for tenure in COLUMNS}
        if users[Tenure.LESSEE] == users[Tenure.OWNER]:
            # Whoever uses land of its own leases nothing.
            users[Tenure.LESSEE] = None
        for tenure, user in users.items():
            if user is None:
                continue
            fields[f"{tenure}.{user.id}."] = user.name
            for name, column in COLUMNS[tenure].of_occupancy.items():
                if column in entry:
                    fields[f"{tenure}.{user.id}.{name}"] = entry[column]
        start, end = entry.get("leased_from"), entry.get("leased_to")
        if start is not None and end is not None and end < start:
            raise RowRefusedError("leased_to", msg("The occupancy would end before it begins."))
        return fields

    # --- what is on record ------------------------------------------------------------------

    def _on(self, parcel_id: str) -> list[Occupancy]:
        """Everybody who uses a parcel, as this file leaves it so far."""
        if parcel_id not in self._of_parcel:
            self._of_parcel[parcel_id] = self._occupancies.where(parcel_id=parcel_id)
        return self._of_parcel[parcel_id]

    def _runs(self, occupancy: Occupancy) -> bool:
        return occupancy.to_on is None or occupancy.to_on >= self._today

    def _owners(self, parcel_id: str) -> list[Occupancy]:
        return [
            one for one in self._on(parcel_id) if one.tenure is Tenure.OWNER and self._runs(one)
        ]

    def _occupancy(self, parcel_id: str, told: _Told, said: Mapping[str, Any]) -> Occupancy | None:
        """The occupancy that a row speaks of: of the day it says, otherwise the one that runs on.

        One without its first day is the one whose first day is said now.
        """
        mine = [
            one
            for one in self._on(parcel_id)
            if (one.tenure, one.enterprise_id) == (told.tenure, told.enterprise_id)
        ]
        start, end = (
            said.get(f"{told.tenure}.{told.enterprise_id}.{name}") for name in ("from_on", "to_on")
        )
        running = [one for one in mine if self._runs(one)]
        if start is not None:
            same = [one for one in mine if one.from_on == start]
            undated = [
                one
                for one in mine
                if one.from_on is None and (one.to_on is None or one.to_on >= start)
            ]
            return next(iter([*same, *undated, *running]), None)
        ended = [one for one in mine if end is not None and one.to_on == end]
        return next(iter([*running, *ended]), None)

    def check(self, at: int, parcel: Parcel, said: dict[str, Any]) -> None:
        """Look at a row's users beside those on record and those of rows above.

        Of several holders each row must say its share, otherwise the rows contradict each other.
        Raises RowRefusedError. What a person has to decide is taken out of `said`.
        """
        users = _users(said)
        if [one.tenure for one in users] == [Tenure.LESSEE]:
            owners = {one.enterprise_id for one in self._owners(parcel.id)}
            if users[0].enterprise_id in owners:
                _forget(said, users[0])
        for told in users:
            if told.tenure is Tenure.OWNER:
                self._check_holder(at, parcel, told, said)

    def _check_holder(self, at: int, parcel: Parcel, told: _Told, said: dict[str, Any]) -> None:
        in_file, owners = self._holders_in_file[parcel.id], self._owners(parcel.id)
        shares = f"{told.tenure}.{told.enterprise_id}.area_m2" in said
        for key, (row, shared) in in_file.items():
            if key != told.enterprise_id and not (shared and shares):
                reason = msg("Row {row}, of the same record, says otherwise.", row=row)
                raise RowRefusedError(told.column, reason)
        known = {one.enterprise_id for one in owners}
        if told.enterprise_id not in known and len(known - in_file.keys()) > 1:
            odd = msg(
                "On record several hold it: {names}. Say in the register which of them no longer "
                "does; here it was left out.",
                names=self._names_of(owners),
            )
            self._planner.doubt(at, told.column, odd)
            _forget(said, told)
            return
        in_file.setdefault(told.enterprise_id, (self._planner.table.rows[at].row, shares))

    def given_way(
        self, parcel: Parcel, told: _Told, value: Any, said: Mapping[str, Any]
    ) -> tuple[Any, ...]:
        """What on record gives way to what a row says of a user; none: it says nothing new."""
        occupancy = self._occupancy(parcel.id, told, said)
        if told.of:
            before = None if occupancy is None else getattr(occupancy, told.of)
            return () if occupancy is None or before == value else (before,)
        if occupancy is not None:
            return ()
        return (self._names_of(self._replaced(parcel, told)),)

    def _replaced(self, parcel: Parcel, told: _Told) -> list[Occupancy]:
        """The holder on record in whose place another comes; those of this file stand beside."""
        if told.tenure is Tenure.LESSEE:
            return []
        beside = self._holders_in_file[parcel.id]
        return [one for one in self._owners(parcel.id) if one.enterprise_id not in beside]

    def _names_of(self, occupancies: Iterable[Occupancy]) -> str:
        return ", ".join(dict.fromkeys(self._name(one.enterprise_id) for one in occupancies))

    def _name(self, enterprise_id: str) -> str:
        if enterprise_id not in self._finder.names:
            known = self._planner.ctx.workspace.enterprises.find(enterprise_id)
            self._finder.names[enterprise_id] = enterprise_id if known is None else known.name
        return self._finder.names[enterprise_id]

    # --- what is planned --------------------------------------------------------------------

    def move_in(self, at: int, parcel: Parcel, said: dict[str, Any]) -> None:
        """Plan the users of a new parcel."""
        self._of_parcel[parcel.id] = []
        self.check(at, parcel, said)
        self.record(at, parcel, said)

    def record(self, at: int, parcel: Parcel, said: Mapping[str, Any]) -> None:
        """Plan what a row says of the users of a parcel, which is as it will be."""
        users = _users(said)
        for told in users:
            fields = {
                field.of: value
                for name, value in said.items()
                if (field := told_of(name)) is not None
                and field.of
                and (field.tenure, field.enterprise_id) == (told.tenure, told.enterprise_id)
            }
            occupancy = self._occupancy(parcel.id, told, said)
            if occupancy is not None:
                self._save(replace(occupancy, **fields))
                continue
            if told.enterprise_id in self._finder.made:
                self._planner.result.add(self._finder.made[told.enterprise_id])
            before = self._replaced(parcel, told)
            if before and not self._end(at, before, told, fields):
                self._save(replace(before[0], enterprise_id=told.enterprise_id, **fields))
                continue
            self._ask_about_lease(at, parcel, told)
            alone = told.tenure is Tenure.OWNER and not self._owners(parcel.id)
            area = parcel.area_m2 if alone else None
            added = Occupancy(
                id=self._planner.ctx.ids.new(),
                parcel_id=parcel.id,
                enterprise_id=told.enterprise_id,
                tenure=told.tenure,
                **{"area_m2": area, **fields},
            )
            self._on(parcel.id).append(added)
            self._planner.result.add(added)
        if users:
            # Owners and lessees together can have no more than there is.
            for problem in parcel_use(parcel.area_m2, self._on(parcel.id), self._today).problems:
                self._planner.doubt(at, users[0].column, problem)

    def _end(
        self, at: int, before: Sequence[Occupancy], told: _Told, fields: Mapping[str, Any]
    ) -> bool:
        """Let the holder until now hold it until the day before another does.

        False where that day is not known, or does not come after the one on record: then only who
        holds it is corrected.
        """
        start = fields.get("from_on")
        if start is None or any(one.from_on and one.from_on >= start for one in before):
            return False
        last = start - timedelta(days=1)
        for one in before:
            self._save(replace(one, to_on=last))
        odd = msg("{name} held it until {day}.", name=self._names_of(before), day=last)
        self._planner.doubt(at, told.column, odd)
        return True

    def _ask_about_lease(self, at: int, parcel: Parcel, told: _Told) -> None:
        """A new holder that leases the land on record has probably bought it."""
        leases = (one for one in self._on(parcel.id) if one.tenure is Tenure.LESSEE)
        if told.tenure is Tenure.OWNER and any(
            one.enterprise_id == told.enterprise_id and self._runs(one) for one in leases
        ):
            name = self._name(told.enterprise_id)
            odd = msg("On record {name} leases it: has the lease ended?", name=name)
            self._planner.doubt(at, told.column, odd)

    def follow_area(self, before: Parcel, after: Parcel) -> None:
        """A holder who has all of a parcel has all of it, too, where its area was corrected."""
        if before.area_m2 == after.area_m2 or before.area_m2 is None:
            return
        for one in self._owners(before.id):
            if one.area_m2 == before.area_m2:
                self._save(replace(one, area_m2=after.area_m2))

    def _save(self, occupancy: Occupancy) -> None:
        here = self._on(occupancy.parcel_id)
        at = next(at for at, one in enumerate(here) if one.id == occupancy.id)
        if here[at] != occupancy:
            here[at] = occupancy
            self._planner.result.save(occupancy)


def _users(said: Mapping[str, Any]) -> list[_Told]:
    """The users a row names."""
    found = (told_of(name) for name in said)
    return [one for one in found if one is not None and not one.of]


def _forget(said: dict[str, Any], told: _Told) -> None:
    """Take out everything that a row says of a user."""
    for name in [one for one in said if one.startswith(f"{told.tenure}.{told.enterprise_id}.")]:
        del said[name]
