"""Rosters of enterprises: known by their credit code, otherwise by their name."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

from landsteward.app.context import Context
from landsteward.app.language import tr
from landsteward.app.rosters_names import Carriers, Named, checked_code, plain_code
from landsteward.app.rosters_plan import Options
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import RosterTable, Values
from landsteward.domain.identifiers import name_key
from landsteward.domain.industries import check_industry_code
from landsteward.domain.register import Enterprise, EnterpriseKind, Scale
from landsteward.domain.text import Message, msg

_TEXTS = ("name", "short_name", "district", "address", "legal_representative", "contact", "phone")


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
        self._carriers = Carriers(ctx)
        codes = ctx.packs.codes()
        self._industries, self._loose_key = codes.industries, codes.names.loose_key
        self._read: dict[tuple[str, str], tuple[str, str, Message | None]] = {}
        self._keep = {plain_code(code): why for code, why in options.keep_codes.items()}

    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """Code, industry, scale and carrier checked and in the record's form."""
        said: dict[str, Any] = {name: entry[name] for name in _TEXTS if name in entry}
        said["kind"] = entry.get("kind", EnterpriseKind.ORGANISATION)
        if "note" in entry:
            said["note"] = entry["note"]
        if "scale" in entry:
            said["scale"] = Scale(entry["scale"])
        if "uscc" in entry:
            why = self._keep.get(plain_code(entry["uscc"])) or entry.get("code_reason", "")
            said["uscc"], reason, odd = checked_code(entry["uscc"], why)
            if reason:
                said["uscc_reason"] = reason
                self.doubt(at, "uscc", msg("Kept though it fails its check: {why}", why=reason))
            elif odd is not None:
                self.doubt(at, "uscc", odd)
        self._read_industry(at, entry, said)
        if "carrier" in entry:
            carrier_id = self._carriers.find(entry["carrier"])
            if carrier_id is None:
                self.doubt(at, "carrier_id", msg("No carrier of this name is set up: left out."))
            else:
                said["carrier_id"] = carrier_id
        return said

    def _read_industry(self, at: int, entry: Values, said: dict[str, Any]) -> None:
        """Code and name of the industry (GB/T 4754), each from the other where one is missing."""
        written = entry.get("industry_code", ""), entry.get("industry_name", "")
        if not any(written):
            return
        if written not in self._read:
            self._read[written] = self._understood(*written)
        code, name, odd = self._read[written]
        said |= {"industry_code": code} if code else {}
        said |= {"industry_name": name} if name else {}
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
        if not said.get("name"):
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
        near = self._near[self._loose_key(name)]
        if near := [one for one in near if name_key(one) != name_key(name)]:
            self.doubt(
                at,
                "name",
                msg("Nearly the same name as: {names}. One enterprise?", names=", ".join(near[:3])),
            )
        said = {key: value for key, value in said.items() if value not in ("", None)}
        return Enterprise(
            id=self.ctx.ids.new(), name_key=name_key(name), batch_id=self.batch_id, **said
        )

    def changed(self, at: int, record: Enterprise, changes: Mapping[str, Any]) -> Enterprise:
        """A name takes its key along."""
        key = {"name_key": name_key(changes["name"])} if "name" in changes else {}
        return super().changed(at, record, {**changes, **key})

    @cached_property
    def _near(self) -> dict[str, list[str]]:
        """Names on record and in this file so far, by what tells them from others."""
        near: dict[str, list[str]] = defaultdict(list)
        for _key, name in self.ctx.workspace.rosters.enterprise_names():
            near[self._loose_key(name)].append(name)
        for one in self.result.added[Enterprise].values():
            near[self._loose_key(one.name)].append(one.name)
        return near

    def adopt(self, record: Enterprise) -> None:
        """Let rows further down find it, by its code, its name, and nearly so."""
        self._named.adopt(record)
        if "_near" in self.__dict__:
            names = self._near[self._loose_key(record.name)]
            if record.name not in names:
                names.append(record.name)

    def name_of(self, record: Enterprise) -> str:
        """Its name."""
        return record.name

    def column_of(self, field_name: str) -> str:
        """The carrier stands in the sheet by its name."""
        return {"carrier_id": "carrier", "uscc_reason": "code_reason"}.get(field_name, field_name)

    def worded(self, field_name: str, value: Any) -> str:
        """A carrier by its name, the scale in its word."""
        if field_name == "carrier_id":
            return self._carriers.name(value)
        if field_name == "scale":
            return tr("Above threshold") if value is Scale.ABOVE else tr("Below threshold")
        return super().worded(field_name, value)
