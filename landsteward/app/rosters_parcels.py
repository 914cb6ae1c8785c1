"""Rosters of parcels: by 不动产单元代码, 电子监管号, otherwise by carrier and name or place."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_places import Places
from landsteward.app.rosters_plan import Options
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import RosterTable, Values
from landsteward.app.rosters_users import ParcelUsers, told_of
from landsteward.domain.identifiers import (
    check_electronic_no,
    check_unit_code,
    compact,
    name_key,
)
from landsteward.domain.register import Parcel
from landsteward.domain.text import msg

_TEXTS = ("name", "district", "location", "land_use", "note")


class ParcelPlanner(RosterPlanner[Parcel]):
    """One roster of parcels against the register."""

    compared = (
        "name",
        "district",
        "location",
        "area_m2",
        "land_use",
        "electronic_no",
        "unit_code",
        "carrier_id",
        "note",
    )
    areas = ("area_m2",)

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        super().__init__(ctx, table, batch_id, options, again=again)
        self._where = Places(ctx)
        self._users = ParcelUsers(self, options.keep_codes)
        self._said: dict[str, Any] = {}
        units = {_plain(entry["unit_code"]) for entry in self.entries if "unit_code" in entry}
        numbers = {
            compact(entry["electronic_no"]).upper()
            for entry in self.entries
            if "electronic_no" in entry
        }
        space = ctx.workspace
        self._by_unit = dict(space.rosters.parcels_by_unit_code(sorted(units)))
        self._by_number = dict(space.reports.parcels_by_electronic_no(sorted(numbers)))
        self._made: dict[str, Parcel] = {}

    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """Codes and carrier checked and in the record's form."""
        said: dict[str, Any] = {name: entry[name] for name in _TEXTS if name in entry}
        if "area_m2" in entry:
            said["area_m2"] = entry["area_m2"]
        said |= self.placed(at, self._where.look(entry))
        if "unit_code" in entry:
            check = check_unit_code(entry["unit_code"])
            if check.refused is not None:
                raise RowRefusedError("unit_code", check.refused)
            said["unit_code"] = check.value
            if check.doubtful is not None:
                self.doubt(at, "unit_code", check.doubtful)
        if "electronic_no" in entry:
            check = check_electronic_no(entry["electronic_no"])
            said["electronic_no"] = check.value
            if check.doubtful is not None:
                self.doubt(at, "electronic_no", check.doubtful)
        users = self._users.read(at, entry, said)
        self.ask_about_areas(at, users, (name for name in users if name.endswith(".area_m2")))
        return said | users

    def find(self, at: int, said: dict[str, Any]) -> Parcel | None:
        """The parcel on record or further up in the file; its users are looked at with it."""
        found = self._found(at, said)
        if found is not None:
            self._users.check(at, found, said)
        self._said = said
        return found

    def _found(self, at: int, said: dict[str, Any]) -> Parcel | None:
        """By unit code, by supervision number, then by what it is called and where it lies."""
        by_unit = self._by_unit.get(said.get("unit_code", ""))
        if by_unit is not None:
            return by_unit
        by_number = self._by_number.get(said.get("electronic_no", ""))
        if by_number is not None and _may_be(by_number, said):
            return by_number
        if by_number is not None:
            odd = msg("The same supervision number belongs to a parcel with another unit code.")
            self.doubt(at, "electronic_no", odd)
            return None
        found = [one for one in self._called(said) if _may_be(one, said)]
        if len(found) > 1:
            raise RowRefusedError(
                "name",
                msg(
                    "{count} parcels may be meant: give the unit code or the supervision number.",
                    count=len(found),
                ),
            )
        return found[0] if found else None

    def _called(self, said: dict[str, Any]) -> Iterable[Parcel]:
        """Parcels of that name, of that place where the row gives no name."""
        wanted = name_key(said.get("name") or said.get("location") or "")
        keys = self._places.get(wanted, ()) if wanted else ()
        known = self.ctx.workspace.reports.parcels_by_id(
            sorted(key for key in keys if key not in self._made)
        )
        here = [self._made[key] for key in keys if key in self._made]
        by_name = "name" in said
        for one in (*known.values(), *here):
            if wanted == name_key(one.name if by_name else one.location or one.name):
                yield one

    @cached_property
    def _places(self) -> dict[str, set[str]]:
        """Parcels on record and in this file so far, by name and by place."""
        places: dict[str, set[str]] = defaultdict(set)
        wanted = {
            name_key(entry[name])
            for entry in self.entries
            for name in ("name", "location")
            if name in entry
        }
        for one in self.ctx.workspace.rosters.parcel_places():
            for text in {one.name, one.location}:
                if (key := name_key(text)) in wanted:
                    places[key].add(one.id)
        for made in self._made.values():
            for text in (made.name, made.location):
                places[name_key(text)].add(made.id)
        return places

    def make(self, at: int, said: dict[str, Any]) -> Parcel:
        """A new parcel; its place or code is its name where it has none."""
        name = said.get("name") or said.get("location") or said.get("unit_code")
        name = name or said.get("electronic_no")
        if not name:
            raise RowRefusedError("name", msg("Nothing says which parcel this is."))
        fields = {key: value for key, value in said.items() if told_of(key) is None}
        made = Parcel(id=self.ctx.ids.new(), batch_id=self.batch_id, **(fields | {"name": name}))
        self._users.move_in(at, made, said)
        return made

    def told(self, said: Mapping[str, Any]) -> Iterator[str]:
        """The parcel's own fields, then its users."""
        yield from super().told(said)
        yield from (name for name in said if told_of(name) is not None)

    def given_way(self, at: int, record: Parcel, field_name: str, value: Any) -> tuple[Any, ...]:
        """What parcel or users on record say otherwise."""
        told = told_of(field_name)
        if told is None:
            return super().given_way(at, record, field_name, value)
        return self._users.given_way(record, told, value, self._said)

    def changed(self, at: int, record: Parcel, changes: Mapping[str, Any]) -> Parcel:
        """The parcel with what the row says otherwise, and its users."""
        own = {name: value for name, value in changes.items() if told_of(name) is None}
        changed = super().changed(at, record, own)
        self._users.follow_area(record, changed)
        self._users.record(at, changed, self._said)
        return changed

    def adopt(self, record: Parcel) -> None:
        """Let rows further down find it."""
        self._made[record.id] = record
        if record.unit_code:
            self._by_unit[record.unit_code] = record
        if record.electronic_no:
            self._by_number.setdefault(record.electronic_no, record)
            if self._by_number[record.electronic_no].id == record.id:
                self._by_number[record.electronic_no] = record
        if "_places" in self.__dict__:
            for text in (record.name, record.location):
                self._places[name_key(text)].add(record.id)

    def name_of(self, record: Parcel) -> str:
        """Its name."""
        return record.name

    def column_of(self, field_name: str) -> str:
        """The carrier stands in the sheet by its name, a user in columns of its own."""
        told = told_of(field_name)
        if told is not None:
            return told.column
        return "carrier" if field_name == "carrier_id" else field_name

    def worded(self, field_name: str, value: Any) -> str:
        """A carrier by its name, an area with its unit."""
        if field_name == "carrier_id":
            return self._where.carrier_name(value)
        text = super().worded(field_name, value)
        return f"{text} m²" if field_name.endswith("area_m2") else text


def _plain(text: str) -> str:
    return compact(text).upper().replace("-", "")


def _may_be(one: Parcel, said: dict[str, Any]) -> bool:
    """Whether nothing that tells parcels apart is said otherwise of the two."""
    if said.get("unit_code") and one.unit_code and said["unit_code"] != one.unit_code:
        return False
    numbers = said.get("electronic_no"), one.electronic_no
    if all(numbers) and numbers[0] != numbers[1]:
        return False
    if said.get("unit_code") and said["unit_code"] == one.unit_code:
        return True
    if all(numbers):
        return True
    pairs = [
        (said.get("carrier_id"), one.carrier_id),
        (name_key(said.get("location", "")), name_key(one.location)),
        (name_key(said.get("district", "")), name_key(one.district)),
    ]
    return all(mine == theirs for mine, theirs in pairs if mine and theirs)
