"""What `resources/sample/park.toml` says, typed. Days count from today: -30 was a month ago."""

from decimal import Decimal
from pathlib import Path

import msgspec

from landsteward.domain.states import (
    DelayCause,
    FirmKind,
    IndustryPolicy,
    OrganisationKind,
    Production,
    Role,
    Scale,
)

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "sample"


class Table(msgspec.Struct, forbid_unknown_fields=True):
    """A table of the file; a key nobody reads is a mistake."""


class PersonEntry(Table):
    """Somebody who works in the sample."""

    key: str
    name: str
    role: Role


class OrganisationEntry(Table):
    """A department, carrier or firm with its people."""

    key: str
    kind: OrganisationKind
    name: str
    people: list[PersonEntry]
    code: str | None = None
    department: str | None = None
    firm_kind: FirmKind | None = None


class SupplyEntry(Table):
    """Terms of a supply; days from today, price in 万元."""

    signed_on: int
    price_wan: Decimal
    agreed_delivery_on: int | None = None
    agreed_start_on: int | None = None
    agreed_completion_on: int | None = None
    actual_delivery_on: int | None = None
    actual_start_on: int | None = None
    actual_completion_on: int | None = None
    plot_ratio_min: Decimal | None = None
    plot_ratio_max: Decimal | None = None
    phased: bool | None = None


class OutputEntry(Table):
    """Terms of a 产出监管合同; units as in `OutputContract`."""

    signed_on: int
    reach_on: int
    investment_wan: Decimal
    investment_wan_per_mu: Decimal
    tax_wan_per_mu: Decimal
    revenue_wan_per_mu: Decimal
    plot_ratio_min: Decimal


class ProgressEntry(Table):
    """What was seen of building; units as in `ConstructionProgress`."""

    observed_on: int
    area_to_develop_m2: Decimal
    developed_area_m2: Decimal
    total_investment_wan: Decimal
    invested_wan: Decimal
    note: str
    suspended_since: int | None = None
    cause: DelayCause | None = None


class BuiltEntry(Table):
    """A parcel as it is built, in m²; as in `Parcel`."""

    ratio_floor_m2: Decimal | None = None
    floor_m2: Decimal | None = None
    footprint_m2: Decimal | None = None
    office_land_m2: Decimal | None = None
    office_floor_m2: Decimal | None = None
    service_floor_m2: Decimal | None = None
    empty_m2: Decimal | None = None


class PermitEntry(Table):
    """A permit; days from today."""

    kind: str
    number: str
    valid_from: int
    valid_to: int
    subject: str = ""


class ParcelEntry(Table):
    """A parcel with its contracts; `{year}` in the number is the year of signing."""

    name: str
    location: str
    area_m2: Decimal
    land_use: str
    supply: SupplyEntry
    electronic_no: str | None = None
    unit_code: str | None = None
    built: BuiltEntry | None = None
    output: OutputEntry | None = None
    progress: list[ProgressEntry] = []


class RentEntry(Table):
    """From which enterprise a lessee rents how much (m²)."""

    owner: str = msgspec.field(name="from")
    area_m2: Decimal
    from_on: int


class YearsEntry(Table):
    """Figures of the last three years, oldest first; empty text: not on record."""

    land: Decimal
    tax: tuple[str, str, str]
    revenue: tuple[str, str, str]
    value_added: tuple[str, str, str]
    energy: tuple[str, str, str]
    rnd: tuple[str, str, str]
    staff: tuple[str, str, str]
    grade: tuple[str, str, str]


class EnterpriseEntry(Table):
    """An enterprise; `code` is its credit code without the check digit."""

    key: str
    name: str
    code: str
    industry_code: str
    industry_name: str
    scale: Scale
    legal_representative: str
    phone: str
    years: YearsEntry
    industry_policy: IndustryPolicy | None = None
    production: Production | None = None
    production_since: int | None = None
    permits: list[PermitEntry] = []
    parcel: ParcelEntry | None = None
    rents: RentEntry | None = None


class Park(Table):
    """park.toml."""

    organisations: list[OrganisationEntry]
    enterprises: list[EnterpriseEntry]


def read_park() -> Park:
    """Organisations, people, enterprises and parcels."""
    return msgspec.toml.decode((FOLDER / "park.toml").read_bytes(), type=Park)
