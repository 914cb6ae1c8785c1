"""The register: enterprises, parcels, what was agreed for them, and yearly figures.

Areas in m², money in 万元, both exact; dates are calendar dates. `None` means "not on record",
never zero and never "fine".
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from landsteward.domain.states import (
    DelayCause,
    EnterpriseKind,
    IndustryPolicy,
    Production,
    Scale,
    Tenure,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Enterprise:
    """An enterprise, or a person who holds land like one.

    `name_key` is the normalised name (`landsteward.domain.identifiers.name_key`) by which
    rosters without a code are matched. `uscc_reason` says why a code that fails its check is kept.
    `production` is how it works now, since `production_since`. `formerly` are names and codes it
    had before; `merged_into` is the record that took this one's place: set with its deletion, and
    for good.
    """

    id: str
    name: str
    name_key: str
    short_name: str = ""
    formerly: str = ""
    merged_into: str | None = None
    kind: EnterpriseKind = EnterpriseKind.ORGANISATION
    uscc: str | None = None
    uscc_reason: str = ""
    industry_code: str | None = None
    industry_name: str = ""
    scale: Scale | None = None
    industry_policy: IndustryPolicy | None = None
    production: Production | None = None
    production_since: date | None = None
    carrier_id: str | None = None
    district: str = ""
    address: str = ""
    legal_representative: str = ""
    contact: str = ""
    phone: str = ""
    note: str = ""
    batch_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A parcel of land (宗地). `unit_code` is the 28-character 不动产单元代码.

    As it is built, in m²: `ratio_floor_m2` is the floor area that counts for the plot ratio
    (storeys higher than 8 m twice), `floor_m2` the floor area above ground, `footprint_m2` what
    buildings, structures and open yards cover, `office_*` what serves offices and living,
    `service_floor_m2` compatible production services (plan item 26), `empty_m2` the largest
    contiguous part that lies empty.
    """

    id: str
    name: str
    district: str = ""
    location: str = ""
    area_m2: Decimal | None = None
    land_use: str = ""
    ratio_floor_m2: Decimal | None = None
    floor_m2: Decimal | None = None
    footprint_m2: Decimal | None = None
    office_land_m2: Decimal | None = None
    office_floor_m2: Decimal | None = None
    service_floor_m2: Decimal | None = None
    empty_m2: Decimal | None = None
    electronic_no: str | None = None
    unit_code: str | None = None
    carrier_id: str | None = None
    note: str = ""
    batch_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyContract:
    """One land supply (供地): 出让合同 or 划拨决定书, with what it agreed and what came of it.

    `identity` says which supply this is when the same file comes again: the 电子监管号 where there
    is one, otherwise holder, location, signing date and area. `holder_id` is None where the
    supply names no holder. `term_years` is text: mixed uses carry several terms.

    `coefficient_min` (建筑系数) and `office_land_max` are agreed in %. Floor areas are those of
    plan item 25: planned for the whole parcel, and of the buildings that were started.
    `reserved_m2` is what is still reserved for a later phase, since `reserved_on`.
    `split_forbidden`: contract or approval forbids splitting (plan item 29).
    """

    id: str
    parcel_id: str
    identity: str
    holder_id: str | None = None
    electronic_no: str | None = None
    contract_no: str = ""
    project_name: str = ""
    supply_method: str = ""
    land_source: str = ""
    land_grade: str = ""
    industry_name: str = ""
    term_years: str = ""
    area_m2: Decimal | None = None
    price_wan: Decimal | None = None
    plot_ratio_min: Decimal | None = None
    plot_ratio_max: Decimal | None = None
    investment_wan_per_mu: Decimal | None = None
    coefficient_min: Decimal | None = None
    office_land_max: Decimal | None = None
    planned_floor_m2: Decimal | None = None
    started_floor_m2: Decimal | None = None
    signed_on: date | None = None
    agreed_delivery_on: date | None = None
    agreed_start_on: date | None = None
    agreed_completion_on: date | None = None
    actual_delivery_on: date | None = None
    actual_start_on: date | None = None
    actual_completion_on: date | None = None
    phased: bool | None = None
    reserved_m2: Decimal | None = None
    reserved_on: date | None = None
    split_forbidden: bool | None = None
    approved_by: str = ""
    source_link: str = ""
    batch_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplyAlias:
    """What a supply was once known by or described as (see `SupplyContract.identity`): an older
    list still says it.
    """

    id: str
    contract_id: str
    identity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputContract:
    """《工业项目用地产出监管合同》 (plan item 13): what the holder promised the carrier.

    Per-mu values in 万元/亩, investment in 万元; `reach_on` is when output is due in full (达产).
    """

    id: str
    parcel_id: str
    enterprise_id: str
    signed_on: date | None = None
    reach_on: date | None = None
    investment_wan: Decimal | None = None
    investment_wan_per_mu: Decimal | None = None
    tax_wan_per_mu: Decimal | None = None
    revenue_wan_per_mu: Decimal | None = None
    plot_ratio_min: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConstructionProgress:
    """What was seen of building on one day: areas in m², investment in 万元.

    `suspended_since` is the day work stopped, None while it goes on. Investment leaves out land
    price and taxes (闲置土地处置办法 art. 30).
    """

    id: str
    parcel_id: str
    observed_on: date
    suspended_since: date | None = None
    area_to_develop_m2: Decimal | None = None
    developed_area_m2: Decimal | None = None
    total_investment_wan: Decimal | None = None
    invested_wan: Decimal | None = None
    cause: DelayCause | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occupancy:
    """Who uses how much (m²) of a parcel, as owner or lessee, from when to when."""

    id: str
    parcel_id: str
    enterprise_id: str
    tenure: Tenure = Tenure.OWNER
    area_m2: Decimal | None = None
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearlyMetrics:
    """An enterprise's figures of one year; money in 万元, energy in 吨标煤, emissions in 吨."""

    id: str
    enterprise_id: str
    year: int
    land_area_m2: Decimal | None = None
    tax_wan: Decimal | None = None
    revenue_wan: Decimal | None = None
    value_added_wan: Decimal | None = None
    energy_tce: Decimal | None = None
    rnd_wan: Decimal | None = None
    staff_average: Decimal | None = None
    upgrade_investment_wan: Decimal | None = None
    emissions_t: Decimal | None = None
    grade: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """A permit or an inspection an enterprise needs, and until when it is good (its last day).

    `kind` is a key of the rule pack; `subject` says what it is for where there are several, e.g.
    one boiler among others. `valid_to` None means that no end is on record, `unlimited` that
    there is none.
    """

    id: str
    enterprise_id: str
    kind: str
    number: str = ""
    subject: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    unlimited: bool = False
    note: str = ""
