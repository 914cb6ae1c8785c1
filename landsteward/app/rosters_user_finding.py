"""Which enterprises a roster of parcels names as holders and lessees: found, or made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from landsteward.app.rosters_names import Codes, Named, NearNames
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import Values
from landsteward.domain.identifiers import name_key
from landsteward.domain.register import Enterprise, Parcel
from landsteward.domain.states import EnterpriseKind, Tenure
from landsteward.domain.text import msg


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of the table that tell of a user, and what of its occupancy each of them is."""

    name: str
    code: str
    of_occupancy: Mapping[str, str]


COLUMNS = {
    Tenure.OWNER: Columns(
        "holder", "holder_code", {"area_m2": "held_area_m2", "from_on": "held_from"}
    ),
    Tenure.LESSEE: Columns(
        "lessee",
        "lessee_code",
        {"area_m2": "leased_area_m2", "from_on": "leased_from", "to_on": "leased_to"},
    ),
}


class UserFinder:
    """Finds users by credit code, then by name. `made` are those that were not on record, by key:
    planned once a row of theirs is taken. `names` are those of all that were found or made.
    """

    def __init__(self, planner: RosterPlanner[Parcel], keep_codes: Mapping[str, str]) -> None:
        users = list(_names(planner.entries))
        self._planner = planner
        self._named = Named(planner.ctx, users)
        self._near = NearNames(planner.ctx, users)
        self._codes = Codes(keep_codes)
        self.made: dict[str, Enterprise] = {}
        self.names = {one.id: one.name for one in self._named.everybody()}

    def find(
        self, at: int, entry: Values, said: Mapping[str, Any], tenure: Tenure
    ) -> Enterprise | None:
        """The enterprise that a row names as its parcel's holder or lessee, if it names one.

        `said` is what the row says of the parcel. Raises RowRefusedError.
        """
        columns = COLUMNS[tenure]
        doubt = self._planner.doubt
        who: dict[str, Any] = {"name": entry.get(columns.name, "")}
        if not entry.get(f"{columns.name}_named", True):
            doubt(at, columns.name, msg("This names nobody: left out."))
            return None
        reason = ""
        if columns.code in entry:
            given, why = entry[columns.code], entry.get("code_reason", "")
            who["uscc"], reason, odd = self._codes.checked(given, columns.code, why)
            if odd is not None:
                doubt(at, columns.code, odd)
        elif not who["name"]:
            return None
        who["district"] = said.get("district", "")
        found = self._found(at, who, columns)
        if found is not None or not who["name"]:
            return found
        kind = entry.get(f"{columns.name}_kind", EnterpriseKind.ORGANISATION)
        return self._make(at, columns, who, reason, kind, said.get("carrier_id"))

    def _found(self, at: int, who: dict[str, Any], columns: Columns) -> Enterprise | None:
        """By the code first, otherwise by the name; what is odd is said."""
        doubt, code, name = self._planner.doubt, who.get("uscc"), who["name"]
        by_code = self._named.by_code(code)
        if by_code is not None:
            if name and name_key(name) != by_code.name_key:
                odd = msg("On record under this code: {name}.", name=by_code.name)
                doubt(at, columns.name, odd)
            return by_code
        if not name:
            doubt(at, columns.code, msg("No enterprise on record has this code: left out."))
            return None
        try:
            by_name = self._named.by_name(who)
        except RowRefusedError as refusal:
            raise RowRefusedError(columns.name, refusal.reason) from None
        if by_name is not None:
            if by_name.name_key != name_key(name):
                odd = msg("It was merged and is on record as {name}.", name=by_name.name)
                doubt(at, columns.name, odd)
            if code:
                odd = msg("The enterprise was found by its name: on record it has no code.")
                doubt(at, columns.code, odd)
        elif others := self._named.of_name(who):
            codes = ", ".join(one.uscc or "" for one in others)
            odd = msg("The same name is on record with another code: {codes}.", codes=codes)
            doubt(at, columns.name, odd)
        return by_name

    def _make(
        self,
        at: int,
        columns: Columns,
        who: Mapping[str, Any],
        reason: str,
        kind: EnterpriseKind,
        carrier_id: str | None,
    ) -> Enterprise:
        """An enterprise that is not on record; it is planned once a row of it is taken."""
        code = who.get("uscc")
        made = Enterprise(
            id=self._planner.ctx.ids.new(),
            name=who["name"],
            name_key=name_key(who["name"]),
            # Who has a credit code is no private person, however short the name is.
            kind=EnterpriseKind.ORGANISATION if code else kind,
            uscc=code,
            uscc_reason=reason,
            carrier_id=carrier_id,
            district=who["district"],
            batch_id=self._planner.batch_id,
        )
        if (odd := self._near.doubt(made.name, made.uscc)) is not None:
            self._planner.doubt(at, columns.name, odd)
        self.made[made.id] = made
        self.names[made.id] = made.name
        self._named.adopt(made)
        self._near.adopt(made)
        return made


def _names(entries: Iterable[Values]) -> Iterator[Values]:
    """Name and code of every user that rows name."""
    for entry in entries:
        for columns in COLUMNS.values():
            who = {"name": entry.get(columns.name, ""), "uscc": entry.get(columns.code, "")}
            if any(who.values()):
                yield who
