"""Yearly figures of enterprises: known by enterprise (code or name) and year."""

from collections.abc import Iterable
from typing import Any

from landsteward.app.context import Context
from landsteward.app.rosters_names import Named, plain_code
from landsteward.app.rosters_plan import Options
from landsteward.app.rosters_planning import RosterPlanner, RowRefusedError
from landsteward.app.rosters_table import RosterTable, Values
from landsteward.domain.identifiers import name_key
from landsteward.domain.register import Enterprise, YearlyMetrics
from landsteward.domain.text import msg

_UNITS = {
    "land_area_m2": " m²",
    "tax_wan": " 万元",
    "revenue_wan": " 万元",
    "value_added_wan": " 万元",
    "energy_tce": " 吨标煤",
    "rnd_wan": " 万元",
    "upgrade_investment_wan": " 万元",
    "emissions_t": " 吨",
}


class MetricsPlanner(RosterPlanner[YearlyMetrics]):
    """One sheet of yearly figures against the register."""

    compared = (*_UNITS, "staff_average", "grade")
    areas = ("land_area_m2",)

    def __init__(
        self, ctx: Context, table: RosterTable, batch_id: str, options: Options, *, again: bool
    ) -> None:
        super().__init__(ctx, table, batch_id, options, again=again)
        self._named = Named(ctx, self.entries)
        self._this_year = ctx.today().year
        self._enterprises: dict[str, Enterprise] = {}
        ids = sorted(self._meant())
        years = sorted({entry["year"] for entry in self.entries if "year" in entry})
        self._known = dict(ctx.workspace.rosters.metrics_of(ids, years))

    def _meant(self) -> Iterable[str]:
        """The keys of all enterprises that rows may mean."""
        for entry in self.entries:
            by_code = self._named.by_code(plain_code(entry.get("uscc", "")))
            if by_code is not None:
                yield by_code.id
            yield from (one.id for one in self._named.of_name(dict(entry)))

    def prepared(self, at: int, entry: Values) -> dict[str, Any]:
        """The enterprise found, the year looked at, the figures as they are."""
        enterprise = self._enterprise(at, entry)
        self._enterprises[enterprise.id] = enterprise
        if entry["year"] > self._this_year:
            raise RowRefusedError("year", msg("The year is still to come."))
        said = {name: entry[name] for name in self.compared if name in entry}
        return said | {"enterprise_id": enterprise.id, "year": entry["year"]}

    def _enterprise(self, at: int, entry: Values) -> Enterprise:
        said = dict(entry)
        if code := plain_code(entry.get("uscc", "")):
            said["uscc"] = code
            if (found := self._named.by_code(code)) is not None:
                if "name" in said and name_key(said["name"]) != found.name_key:
                    odd = msg("On record under this code: {name}.", name=found.name)
                    self.doubt(at, "name", odd)
                return found
        if not said.get("name"):
            raise RowRefusedError("uscc", msg("No enterprise on record has this code."))
        by_name = self._named.by_name(said)
        if by_name is not None:
            if code:
                odd = msg("The enterprise was found by its name: on record it has no code.")
                self.doubt(at, "uscc", odd)
            return by_name
        if others := self._named.of_name(said):
            codes = ", ".join(one.uscc or "" for one in others)
            raise RowRefusedError(
                "uscc", msg("The same name is on record with another code: {codes}.", codes=codes)
            )
        raise RowRefusedError(
            "name",
            msg("No such enterprise is on record: import the roster of enterprises first."),
        )

    def find(self, at: int, said: dict[str, Any]) -> YearlyMetrics | None:
        """The figures of that enterprise and year."""
        return self._known.get((said["enterprise_id"], said["year"]))

    def make(self, at: int, said: dict[str, Any]) -> YearlyMetrics:
        """New figures."""
        return YearlyMetrics(id=self.ctx.ids.new(), **said)

    def adopt(self, record: YearlyMetrics) -> None:
        """Let rows further down find them."""
        self._known[record.enterprise_id, record.year] = record

    def name_of(self, record: YearlyMetrics) -> str:
        """Enterprise and year."""
        return f"{self._enterprises[record.enterprise_id].name} · {record.year}"

    def worded(self, field_name: str, value: Any) -> str:
        """A figure with its unit."""
        return super().worded(field_name, value) + _UNITS.get(field_name, "")
