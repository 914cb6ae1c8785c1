"""The register side of the sample dossier: land, contracts, years."""

from datetime import date
from decimal import Decimal

from landsteward.app.dossier_view import (
    DossierYear,
)
from landsteward.domain.indicators import yearly_indicators
from landsteward.domain.occupancy import LandBasis, land_basis
from landsteward.domain.register import (
    OutputContract,
    Parcel,
    SupplyContract,
    YearlyMetrics,
)


def sample_land() -> tuple[SupplyContract, OutputContract, Parcel]:
    parcel = Parcel(
        id="parcel",
        name="示例园区 2021-07 号地块",
        district="谯城区",
        location="创新大道以东、规划一路以北",
        area_m2=Decimal("66666.67"),
        land_use="工业用地",
        electronic_no="3416022021B00123",
        unit_code="341602001002GB00123F00010001",
    )
    supply = SupplyContract(
        id="supply",
        parcel_id="parcel",
        identity="3416022021B00123",
        holder_id="enterprise",
        contract_no="341602出让〔2021〕12号",
        project_name="年产 2000 吨中药提取物项目",
        supply_method="挂牌出让",
        term_years="50",
        area_m2=Decimal("66666.67"),
        price_wan=Decimal("1280.0000"),
        plot_ratio_min=Decimal("1.2"),
        plot_ratio_max=Decimal("2.0"),
        signed_on=date(2021, 3, 18),
        agreed_delivery_on=date(2021, 6, 18),
        actual_delivery_on=date(2021, 6, 20),
        agreed_start_on=date(2021, 12, 18),
        actual_start_on=date(2022, 2, 21),
        agreed_completion_on=date(2023, 12, 18),
        approved_by="示例区人民政府",
    )
    output = OutputContract(
        id="output",
        parcel_id="parcel",
        enterprise_id="enterprise",
        signed_on=date(2021, 3, 18),
        reach_on=date(2025, 12, 31),
        investment_wan=Decimal("30000"),
        investment_wan_per_mu=Decimal("300"),
        tax_wan_per_mu=Decimal("15"),
        revenue_wan_per_mu=Decimal("400"),
        plot_ratio_min=Decimal("1.2"),
    )
    return supply, output, parcel


def _land(figures: YearlyMetrics) -> LandBasis | None:
    return land_basis(figures.year, used=None, stated_m2=figures.land_area_m2, supplied_m2=None)


def sample_years() -> tuple[DossierYear, ...]:
    return tuple(
        DossierYear(
            figures=figures,
            indicators=yearly_indicators(figures, _land(figures)),
            land=_land(figures),
        )
        for figures in (
            YearlyMetrics(
                id=f"year{year}",
                enterprise_id="enterprise",
                year=year,
                land_area_m2=Decimal("66666.67"),
                tax_wan=Decimal(342 + 180 * place),
                revenue_wan=Decimal("12800.55") + 4000 * place,
                value_added_wan=Decimal("3100.2") + 900 * place,
                energy_tce=Decimal("1530.4"),
                rnd_wan=Decimal("256"),
                staff_average=Decimal(210 + place),
                emissions_t=None,
                grade="CBB"[place],
            )
            for place, year in enumerate((2023, 2024, 2025))
        )
    )
