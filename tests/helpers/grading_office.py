"""An office with eight enterprises and their figures of 2025, to be graded by the ratio scheme."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from landsteward.app.context import Context
from landsteward.app.register import add_enterprise, record_year
from landsteward.domain.gradings import GradingResult
from landsteward.domain.states import Scale
from tests.helpers.gradings import RATIO
from tests.helpers.office import Office, open_office
from tests.helpers.rule_packs import SMALL_PACK, OnePack

YEAR = 2025
PACK = replace(SMALL_PACK, gradings=(RATIO,))
TAXES = {"甲": "270", "乙": "180", "丙": "90", "丁": "45", "戊": "9"}
"""规上, 15 mu each, revenue 3 000 = 200 a mu (40 points): per mu 18, 12, 6, 3, 0.6."""


@dataclass(frozen=True, kw_only=True)
class GradingOffice:
    """The office and its enterprises by name; `lead` decides, `inspector` proposes."""

    office: Office
    keys: Mapping[str, str]

    @property
    def lead(self) -> Context:
        """Who grades."""
        return self.office.land_lead

    @property
    def second(self) -> Context:
        """Another person who may."""
        return self.office.ecology_lead

    def results(self, run_id: str) -> dict[str, GradingResult]:
        """The results of a run by the names of the enterprises."""
        space = self.office.workspace
        names = {key: name for name, key in self.keys.items()}
        found = space.grading_results.where(run_id=run_id)
        return {names.get(one.enterprise_id, one.enterprise_id): one for one in found}

    def grades(self, run_id: str) -> str:
        """The grades of the five above, the best taxed first."""
        found = self.results(run_id)
        return "".join(found[name].grade or "-" for name in TAXES)

    def recorded(self, name: str) -> str | None:
        """The grade on the yearly record."""
        metrics = self.office.workspace.yearly_metrics
        found = metrics.first(enterprise_id=self.keys[name], year=YEAR)
        return found.grade if found is not None else None


def open_grading_office(folder: Path) -> GradingOffice:
    """甲 … 戊 above the threshold; 己 below it with 9 mu, 庚 with 3 mu; 辛 above, not reported."""
    office = open_office(folder, packs=OnePack(PACK))
    ctx = office.land_lead
    keys: dict[str, str] = {}

    def enter(name: str, scale: Scale, tax: str | None, revenue: str, land_m2: str) -> None:
        enterprise = add_enterprise(ctx, name=name, scale=scale, industry_code="C34")
        keys[name] = enterprise.id
        if tax is not None:
            record_year(
                ctx,
                enterprise_id=enterprise.id,
                year=YEAR,
                land_area_m2=Decimal(land_m2),
                tax_wan=Decimal(tax),
                revenue_wan=Decimal(revenue),
            )

    for name, tax in TAXES.items():
        enter(name, Scale.ABOVE, tax, "3000", "10000")
    enter("己", Scale.BELOW, "9", "90", "6000")
    enter("庚", Scale.BELOW, "9", "90", "2000")
    enter("辛", Scale.ABOVE, None, "", "")
    record_year(ctx, enterprise_id=keys["甲"], year=YEAR - 1, grade="B")
    return GradingOffice(office=office, keys=keys)
