"""Where the rows of a roster lie: area codes, names of districts, and carriers, held together."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_table import Values
from landsteward.domain.areas import check_area_code
from landsteward.domain.identifiers import compact, name_key
from landsteward.domain.states import OrganisationKind
from landsteward.domain.text import Message, msg

_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a row lies: what it says of the record's own fields, and what is odd (by field)."""

    fields: Values
    remarks: tuple[tuple[str, Message], ...]


class Places:
    """Reads where rows lie; what repeats down a sheet is looked over once."""

    def __init__(self, ctx: Context) -> None:
        self._areas = ctx.packs.codes().areas
        carriers = ctx.workspace.organisations.where(kind=OrganisationKind.CARRIER)
        self._carriers = {one.id: one.name for one in carriers}
        self._by_name = {name_key(one.name): one.id for one in carriers}
        self._by_code = {compact(one.code).upper(): one.id for one in carriers if one.code}
        self._looked: dict[tuple[str, ...], Place] = {}

    def carrier_name(self, carrier_id: str) -> str:
        """A carrier's name."""
        return self._carriers.get(carrier_id, carrier_id)

    def look(self, entry: Values) -> Place:
        """District and carrier of a row, and what contradicts what."""
        said = (
            entry.get("area_code", ""),
            entry.get("district", ""),
            entry.get("carrier", ""),
            entry.get("unit_code", "")[:6],
        )
        if said not in self._looked:
            self._looked[said] = self._read(*said)
        return self._looked[said]

    def _read(self, code: str, district: str, carrier: str, of_unit: str) -> Place:
        fields: dict[str, Any] = {}
        remarks: list[tuple[str, Message]] = []
        carrier_id, odd = self._carrier(carrier)
        if odd is not None:
            remarks.append(("carrier", odd))
        column = "area_code"
        if district.isdigit() and (name := self._areas.district_of(district)) is not None:
            # A code stands where the name should be.
            code, district, column = (code, name, column) if code else (district, "", "district")
        if code:
            check = check_area_code(code, self._areas, self._by_code)
            code = check.value
            if (odd := check.refused or check.doubtful) is not None:
                remarks.append((column, odd))
            name = self._areas.district_of(code)
            if code in self._by_code and name is None:
                carrier_id = carrier_id or self._by_code[code]
            elif name is not None and not district:
                district = name
            elif district and self._contradicts(code, district):
                remarks.append(("district", self._which(code, district)))
        if district and self._areas.district_of(of_unit) and self._is_elsewhere(of_unit, district):
            remarks.append(("unit_code", self._which(of_unit, district)))
        if district:
            fields["district"] = district
        if carrier_id is not None:
            fields["carrier_id"] = carrier_id
        return Place(fields=fields, remarks=tuple(remarks))

    # --- districts --------------------------------------------------------------------------

    def _contradicts(self, code: str, district: str) -> bool:
        return name_key(district) not in self._by_name and self._areas.contradicts(code, district)

    def _is_elsewhere(self, code: str, district: str) -> bool:
        """Whether a district is listed, and another one than the code's."""
        other = self._areas.code_of(district)
        return other is not None and self._areas.contradicts(code, district)

    def _which(self, code: str, district: str) -> Message:
        return msg(
            "{code} is {area}, but the row says {district}: which is right?",
            code=code,
            area=self._areas.district_of(code) or "",
            district=district,
        )

    # --- carriers ---------------------------------------------------------------------------

    def _carrier(self, text: str) -> tuple[str | None, Message | None]:
        """The carrier of that name or code; a name that is part of one carrier's alone will do."""
        if not text:
            return None, None
        key = name_key(text)
        exact = self._by_name.get(key) or self._by_code.get(compact(text).upper())
        if exact is not None:
            return exact, None
        near = set(self._like(key))
        if len(near) == 1:
            found = near.pop()
            return found, msg("Taken for {carrier}.", carrier=self._carriers[found])
        return None, msg("No carrier of this name is set up: left out.")

    def _like(self, key: str) -> Iterator[str]:
        for name, carrier_id in self._by_name.items():
            if len(key) >= _FEWEST and (key in name or name in key):
                yield carrier_id
