"""Rosters of enterprises: known by their credit code, otherwise by their name."""

from collections.abc import Mapping
from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.rosters_names import Codes, Named, NearNames
from landsteward.app.rosters_places import Places
from landsteward.app.rosters_plan import Options
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import RosterTable, Values
from landsteward.domain.identifiers import name_key
from landsteward.domain.industries import check_industry_code
from landsteward.domain.register import Enterprise
from landsteward.domain.states import EnterpriseKind, Scale
from landsteward.domain.text import Message, msg

# Columns that a record keeps under other names, or not at all.
_NOT_KEPT = ("area_code", "carrier", "code_reason")
_SCALES = {one.value: one for one in Scale}


class EnterprisePlanner(RosterPlanner[Enterprise]):
    """One roster of enterprises against the register."""

    compared = (
        "name",
        "short_name",
        "uscc",
        "uscc_reason",
        "industry_code",
        "industry_name",
        "scale",
        "carrier_id",
        "district",
        "address",
        "legal_representative",
        "contact",
        "phone",
        "note",
    )

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        super().__init__(ctx, table, batch_id, options, again=again)
        self._named = Named(ctx, self.entries)
        self._places = Places(ctx)
        self._industries = ctx.packs.codes().industries
        self._near = NearNames(ctx, self.entries)
        self._read: dict[tuple[str, str], tuple[str, str, Message | None]] = {}
        self._codes = Codes(options.keep_codes)

    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """Code, industry, scale and carrier checked and in the record's form."""
        said = {"kind": EnterpriseKind.ORGANISATION, **entry}
        for name in _NOT_KEPT:
            said.pop(name, None)
        said |= self.placed(at, self._places.look(entry))
        if "scale" in entry:
            said["scale"] = _SCALES[entry["scale"]]
        if "uscc" in entry:
            said["uscc"], reason, odd = self._codes.checked(
                entry["uscc"], "uscc", entry.get("code_reason", "")
            )
            if reason:
                said["uscc_reason"] = reason
            if odd is not None:
                self.doubt(at, "uscc", odd)
        self._read_industry(at, entry, said)
        return said

    def _read_industry(self, at: int, entry: Values, said: dict[str, Any]) -> None:
        """Code and name of the industry (GB/T 4754), each from the other where one is missing."""
        written = entry.get("industry_code", ""), entry.get("industry_name", "")
        if not any(written):
            return
        if written not in self._read:
            self._read[written] = self._understood(*written)
        code, name, odd = self._read[written]
        for field_name, value in (("industry_code", code), ("industry_name", name)):
            if value:
                said[field_name] = value
            else:
                # What was written and is none must not erase what is on record.
                said.pop(field_name, None)
        if odd is not None:
            self.doubt(at, "industry_code", odd)

    def _understood(self, code: str, name: str) -> tuple[str, str, Message | None]:
        """The industry's code and name, and why a code that was written is left out."""
        found, odd = "", None
        if code:
            check = check_industry_code(code, self._industries)
            read = self._industries.read(code) if check.refused is not None else None
            found = read.code if read is not None else check.value
            if check.refused is not None and read is None:
                found, odd = "", check.refused
        if name:
            read = self._industries.read(name)
            if found and read is not None and not _one_within_the_other(found, read.code):
                one = self._industries.find(found)
                odd = msg(
                    "{code} is {industry}, but the row says {name}: which is right?",
                    code=found,
                    industry="" if one is None else one.name,
                    name=name,
                )
            # A code alone in the name's column is put into words.
            if read is not None and not any("一" <= letter <= "鿿" for letter in name):
                name = read.name
            return found or (read.code if read is not None else ""), name, odd
        one = self._industries.find(found) if found else None
        return found, one.name if one is not None else "", odd

    def find(self, at: int, said: dict[str, Any]) -> Enterprise | None:
        """By the code; by the name where that enterprise has no code, or the row gives none."""
        code = said.get("uscc")
        by_code = self._named.by_code(code)
        if by_code is not None:
            if by_code.uscc != code:
                return self._merged(at, said, by_code)
            others = [one for one in self._named.of_name(said) if one.id != by_code.id]
            if others and name_key(said["name"]) != by_code.name_key:
                odd = msg("Another record bears this name already: one enterprise?")
                self.doubt(at, "name", odd)
            return by_code
        if not self._named.of_name(said):
            return None
        found = self._named.by_name(said)
        if found is not None and found.name_key != name_key(said["name"]):
            return self._merged(at, said, found)
        if found is not None:
            if code:
                odd = msg("The same name was on record without its code: filled in.")
                self.doubt(at, "uscc", odd)
        elif others := self._named.of_name(said):
            codes = ", ".join(one.uscc or "" for one in others)
            odd = msg("The same name is on record with another code: {codes}.", codes=codes)
            self.doubt(at, "name", odd)
        return found

    def _merged(self, at: int, said: dict[str, Any], stayed: Enterprise) -> Enterprise:
        """A row about a record that was merged: it says nothing of the other's name and code."""
        for name in ("name", "uscc", "uscc_reason"):
            said.pop(name, None)
        odd = msg("It was merged and is on record as {name}.", name=stayed.name)
        self.doubt(at, "name", odd)
        return stayed

    def make(self, at: int, said: dict[str, Any]) -> Enterprise:
        """A new enterprise; one of nearly the same name is asked about."""
        name = said.get("name", "")
        if not name:
            raise RowRefusedError("name", msg("A new enterprise needs a name."))
        if (odd := self._near.doubt(name, said.get("uscc"))) is not None:
            self.doubt(at, "name", odd)
        return Enterprise(
            id=self.ctx.ids.new(), name_key=name_key(name), batch_id=self.batch_id, **said
        )

    def changed(self, at: int, record: Enterprise, changes: Mapping[str, Any]) -> Enterprise:
        """A name takes its key along."""
        key = {"name_key": name_key(changes["name"])} if "name" in changes else {}
        return super().changed(at, record, {**changes, **key})

    def adopt(self, record: Enterprise) -> None:
        """Let rows further down find it, by its code, its name, and nearly so."""
        self._named.adopt(record)
        self._near.adopt(record)

    def name_of(self, record: Enterprise) -> str:
        """Its name."""
        return record.name

    def column_of(self, field_name: str) -> str:
        """The carrier stands in the sheet by its name."""
        return {"carrier_id": "carrier", "uscc_reason": "code_reason"}.get(field_name, field_name)

    def worded(self, field_name: str, value: Any) -> str:
        """A carrier by its name, the scale in its word."""
        if field_name == "carrier_id":
            return self._places.carrier_name(value)
        if field_name == "scale":
            return tr("Above threshold") if value is Scale.ABOVE else tr("Below threshold")
        return super().worded(field_name, value)


def _one_within_the_other(code: str, other: str) -> bool:
    return code.startswith(other) or other.startswith(code)
