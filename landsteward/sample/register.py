"""The sample's register: enterprises, parcels, contracts and yearly figures."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

from stdnum.cn import uscc

from landsteward.app.boundaries import import_boundaries
from landsteward.app.boundaries_file import BoundaryFiles
from landsteward.app.context import Context
from landsteward.app.occupancies import record_occupancy
from landsteward.app.permits import record_permit
from landsteward.app.register import (
    add_enterprise,
    add_parcel,
    record_output_contract,
    record_progress,
    record_supply,
    record_year,
)
from landsteward.domain.register import Enterprise
from landsteward.domain.states import Tenure
from landsteward.sample.content import (
    BuiltEntry,
    EnterpriseEntry,
    ParcelEntry,
    ProgressEntry,
    RentEntry,
    YearsEntry,
)


def credit_code(stem: str) -> str:
    """A 统一社会信用代码 from its first 17 characters: the check digit is worked out (GB 32100)."""
    return stem + str(uscc.calc_check_digit(stem + "0"))


_FIGURES_KNOWN = -160


class SampleRegister:
    """Enters the park in one person's name.

    `enterprises` are known by their keys then; `later` is what is entered on another day.
    """

    def __init__(self, ctx: Context, today: date, organisations: dict[str, str]) -> None:
        self._ctx = ctx
        self._today = today
        self._organisations = organisations
        self._parcels: dict[str, str] = {}
        self.enterprises: dict[str, Enterprise] = {}
        self.later: list[tuple[int, Callable[[], None]]] = []

    def enter(self, entries: Iterable[EnterpriseEntry]) -> None:
        """Enterprises with their parcels or leases, and their figures."""
        for entry in entries:
            enterprise = add_enterprise(
                self._ctx,
                name=entry.name,
                uscc=credit_code(entry.code),
                industry_code=entry.industry_code,
                industry_name=entry.industry_name,
                scale=entry.scale,
                industry_policy=entry.industry_policy,
                production=entry.production,
                production_since=self._day(entry.production_since),
                carrier_id=self._organisations["park"],
                district="示例县",
                address=entry.parcel.location if entry.parcel else "",
                legal_representative=entry.legal_representative,
                phone=entry.phone,
            )
            self.enterprises[entry.key] = enterprise
            for one in entry.permits:
                record_permit(
                    self._ctx,
                    enterprise_id=enterprise.id,
                    kind=one.kind,
                    number=one.number,
                    subject=one.subject,
                    valid_from=self._day(one.valid_from),
                    valid_to=self._day(one.valid_to),
                )
            if entry.parcel is not None:
                self._parcels[entry.key] = self._enter_parcel(enterprise, entry.parcel)
            if entry.rents is not None:
                self._enter_lease(enterprise, entry.rents)
            self.later.append((_FIGURES_KNOWN, partial(self._enter_years, enterprise, entry.years)))

    def survey(self, file: Path, files: BoundaryFiles) -> None:
        """The boundaries of the parcels; one parcel has none."""
        import_boundaries(self._ctx, path=file, files=files)

    def _enter_parcel(self, enterprise: Enterprise, entry: ParcelEntry) -> str:
        ctx, supply, built = self._ctx, entry.supply, entry.built or BuiltEntry()
        signed = self._today + timedelta(days=supply.signed_on)
        number = entry.electronic_no and entry.electronic_no.format(year=signed.year)
        parcel = add_parcel(
            ctx,
            name=entry.name,
            district="示例县",
            location=entry.location,
            area_m2=entry.area_m2,
            land_use=entry.land_use,
            electronic_no=number,
            unit_code=entry.unit_code,
            carrier_id=self._organisations["park"],
            ratio_floor_m2=built.ratio_floor_m2,
            floor_m2=built.floor_m2,
            footprint_m2=built.footprint_m2,
            office_land_m2=built.office_land_m2,
            office_floor_m2=built.office_floor_m2,
            service_floor_m2=built.service_floor_m2,
            empty_m2=built.empty_m2,
        )
        record_supply(
            ctx,
            parcel_id=parcel.id,
            holder_id=enterprise.id,
            electronic_no=number,
            supply_method="挂牌出让" if number else "划拨",
            project_name=f"{enterprise.name}项目",
            industry_name=enterprise.industry_name,
            term_years="50",
            area_m2=entry.area_m2,
            price_wan=supply.price_wan,
            plot_ratio_min=supply.plot_ratio_min,
            plot_ratio_max=supply.plot_ratio_max,
            signed_on=signed,
            agreed_delivery_on=self._day(supply.agreed_delivery_on),
            agreed_start_on=self._day(supply.agreed_start_on),
            agreed_completion_on=self._day(supply.agreed_completion_on),
            actual_delivery_on=self._day(supply.actual_delivery_on),
            actual_start_on=self._day(supply.actual_start_on),
            actual_completion_on=self._day(supply.actual_completion_on),
            phased=supply.phased,
            approved_by="示例县人民政府",
        )
        record_occupancy(
            ctx,
            parcel_id=parcel.id,
            enterprise_id=enterprise.id,
            area_m2=entry.area_m2,
            from_on=self._day(supply.actual_delivery_on),
        )
        if entry.output is not None:
            output = entry.output
            record_output_contract(
                ctx,
                parcel_id=parcel.id,
                enterprise_id=enterprise.id,
                signed_on=self._day(output.signed_on),
                reach_on=self._day(output.reach_on),
                investment_wan=output.investment_wan,
                investment_wan_per_mu=output.investment_wan_per_mu,
                tax_wan_per_mu=output.tax_wan_per_mu,
                revenue_wan_per_mu=output.revenue_wan_per_mu,
                plot_ratio_min=output.plot_ratio_min,
            )
        for look in entry.progress:
            self.later.append((look.observed_on, partial(self._look_at, parcel.id, look)))
        return parcel.id

    def _look_at(self, parcel_id: str, look: ProgressEntry) -> None:
        record_progress(
            self._ctx,
            parcel_id=parcel_id,
            observed_on=self._ctx.today(),
            suspended_since=self._day(look.suspended_since),
            area_to_develop_m2=look.area_to_develop_m2,
            developed_area_m2=look.developed_area_m2,
            total_investment_wan=look.total_investment_wan,
            invested_wan=look.invested_wan,
            cause=look.cause,
            note=look.note,
        )

    def _enter_lease(self, enterprise: Enterprise, lease: RentEntry) -> None:
        record_occupancy(
            self._ctx,
            parcel_id=self._parcels[lease.owner],
            enterprise_id=enterprise.id,
            tenure=Tenure.LESSEE,
            area_m2=lease.area_m2,
            from_on=self._day(lease.from_on),
        )

    def _enter_years(self, enterprise: Enterprise, years: YearsEntry) -> None:
        for place in range(3):
            if not years.tax[place]:
                continue
            record_year(
                self._ctx,
                enterprise_id=enterprise.id,
                year=self._today.year - 3 + place,
                land_area_m2=years.land,
                tax_wan=Decimal(years.tax[place]),
                revenue_wan=Decimal(years.revenue[place]),
                value_added_wan=Decimal(years.value_added[place]),
                energy_tce=Decimal(years.energy[place]),
                rnd_wan=Decimal(years.rnd[place]),
                staff_average=Decimal(years.staff[place]),
                grade=years.grade[place],
            )

    def _day(self, days: int | None) -> date | None:
        return None if days is None else self._today + timedelta(days=days)
