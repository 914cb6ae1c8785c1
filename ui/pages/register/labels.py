"""What the fields of the register are called and how their values read: one wording for forms,
for the trail and for looking back.

Values come typed, or as the trail keeps them (`landsteward.app.views.Raw`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from landsteward.app.language import tr
from ui import formats, words


class Kind(StrEnum):
    """How a value is read."""

    TEXT = "text"
    FIGURE = "figure"
    COMPUTED = "computed"
    CHOICE = "choice"
    RECORD = "record"
    TRUTH = "truth"


@dataclass(frozen=True, slots=True)
class Label:
    """A field's word, how its value reads, and its unit."""

    word: str
    kind: Kind = Kind.TEXT
    unit: str = ""


def labels_of(table: str) -> dict[str, Label]:
    """The fields of a table that people know, in the order they are read in."""
    return {
        "enterprises": _enterprise,
        "parcels": _parcel,
        "supply_contracts": _supply,
        "output_contracts": _output,
        "occupancies": _occupancy,
        "construction_progress": _look,
        "land_standings": _standing,
        "yearly_metrics": _year,
        "permits": _permit,
        "parcel_boundaries": _boundary,
        "cases": _case,
    }.get(table, dict)()


def table_word(table: str) -> str:
    """What a record of the register is called, without its name."""
    return {
        "enterprises": tr("Enterprise"),
        "parcels": tr("Parcel"),
        "occupancies": tr("Used land"),
        "supply_contracts": tr("Supply contract"),
        "output_contracts": tr("Output contract"),
        "yearly_metrics": tr("Yearly figures"),
        "permits": tr("Permit or inspection"),
        "construction_progress": tr("Construction"),
        "land_standings": tr("Rights and limits"),
        "parcel_boundaries": tr("Boundary"),
        "cases": tr("Case"),
        "engagement_enterprises": tr("Engagement"),
        "conflict_declarations": tr("Declared conflict"),
        "visits": tr("Visit of a campaign"),
        "not_the_same": tr("Told apart"),
        "grading_subjects": tr("Grading"),
        "grading_results": tr("Grading"),
        "grading_marks": tr("Grading"),
        "grading_objections": tr("Objection"),
        "scenarios": tr("What-if"),
    }.get(table, table)


def word(table: str, name: str) -> str:
    """What a field is called; its own name where it has no word."""
    found = labels_of(table).get(name)
    return found.word if found is not None else name


def value_in_words(label: Label, name: str, value: object, names: Mapping[str, str]) -> str:
    """A value as people read it; a dash for nothing. `names` are what other records are called."""
    if value is None or value == "":
        return formats.NONE
    text = str(value)
    if label.kind is Kind.RECORD:
        return names.get(text, text)
    if label.kind is Kind.TRUTH:
        return tr("Yes") if value in (1, True) else tr("No")
    if label.kind is Kind.CHOICE:
        return _choice(name, text)
    if label.kind is Kind.COMPUTED:
        return formats.with_unit(formats.figure(Decimal(text)), label.unit)
    if label.kind is Kind.FIGURE:
        return formats.with_unit(formats.exact(Decimal(text)), label.unit)
    return text


def _choice(name: str, text: str) -> str:
    wordings = {
        "kind": words.enterprise_kind,
        "scale": words.scale,
        "industry_policy": words.industry_policy,
        "production": words.production,
        "tenure": words.tenure,
        "cause": words.delay_cause,
        "stage": words.stage,
    }
    return wordings[name](text)


def _enterprise() -> dict[str, Label]:
    return {
        "name": Label(tr("Name")),
        "uscc": Label(tr("Credit code")),
        "uscc_reason": Label(tr("Why this credit code is kept")),
        "kind": Label(tr("Kind"), Kind.CHOICE),
        "industry_code": Label(tr("Industry code")),
        "industry_name": Label(tr("Industry")),
        "scale": Label(tr("Scale"), Kind.CHOICE),
        "industry_policy": Label(tr("Industry in the catalogue"), Kind.CHOICE),
        "production": Label(tr("Production"), Kind.CHOICE),
        "production_since": Label(tr("Production so since")),
        "carrier_id": Label(tr("Carrier"), Kind.RECORD),
        "district": Label(tr("District")),
        "short_name": Label(tr("Short name")),
        "address": Label(tr("Address")),
        "legal_representative": Label(tr("Legal representative")),
        "contact": Label(tr("Contact")),
        "phone": Label(tr("Phone")),
        "formerly": Label(tr("Former names and codes")),
        "note": Label(tr("Note")),
    }


def _parcel() -> dict[str, Label]:
    return {
        "name": Label(tr("Name")),
        "location": Label(tr("Location")),
        "district": Label(tr("District")),
        "area_m2": Label(tr("Area"), Kind.FIGURE, "m²"),
        "land_use": Label(tr("Land use")),
        "ratio_floor_m2": Label(tr("Floor area for the plot ratio"), Kind.FIGURE, "m²"),
        "floor_m2": Label(tr("Floor area above ground"), Kind.FIGURE, "m²"),
        "footprint_m2": Label(tr("Covered by buildings and yards"), Kind.FIGURE, "m²"),
        "office_land_m2": Label(tr("Land for offices and living"), Kind.FIGURE, "m²"),
        "office_floor_m2": Label(tr("Floor area for offices and living"), Kind.FIGURE, "m²"),
        "service_floor_m2": Label(tr("Floor area for production services"), Kind.FIGURE, "m²"),
        "empty_m2": Label(tr("Empty in one piece"), Kind.FIGURE, "m²"),
        "carrier_id": Label(tr("Carrier"), Kind.RECORD),
        "electronic_no": Label(tr("Supervision no.")),
        "unit_code": Label(tr("Unit code")),
        "note": Label(tr("Note")),
    }


def _supply() -> dict[str, Label]:
    return {
        "parcel_id": Label(tr("Parcel"), Kind.RECORD),
        "holder_id": Label(tr("Holder"), Kind.RECORD),
        "electronic_no": Label(tr("Supervision no.")),
        "contract_no": Label(tr("Contract no.")),
        "project_name": Label(tr("Project")),
        "supply_method": Label(tr("Way of supply")),
        "land_source": Label(tr("Source of the land")),
        "land_grade": Label(tr("Grade of the land")),
        "industry_name": Label(tr("Industry")),
        "approved_by": Label(tr("Approved by")),
        "term_years": Label(tr("Term"), Kind.TEXT, tr("years")),
        "area_m2": Label(tr("Area supplied"), Kind.FIGURE, "m²"),
        "price_wan": Label(tr("Price"), Kind.FIGURE, tr("10 000 yuan")),
        "plot_ratio_min": Label(tr("Plot ratio, at least"), Kind.FIGURE),
        "plot_ratio_max": Label(tr("Plot ratio, at most"), Kind.FIGURE),
        "investment_wan_per_mu": Label(
            tr("Investment per mu, at least"), Kind.FIGURE, tr("10 000 yuan/mu")
        ),
        "coefficient_min": Label(tr("Building coefficient, at least"), Kind.FIGURE, "%"),
        "office_land_max": Label(tr("Office and living land, at most"), Kind.FIGURE, "%"),
        "planned_floor_m2": Label(tr("Floor area planned"), Kind.FIGURE, "m²"),
        "started_floor_m2": Label(tr("Floor area started"), Kind.FIGURE, "m²"),
        "signed_on": Label(tr("Signed")),
        "phased": Label(tr("Supplied by phases"), Kind.TRUTH),
        "reserved_m2": Label(tr("Still reserved"), Kind.FIGURE, "m²"),
        "reserved_on": Label(tr("Reserved since")),
        "split_forbidden": Label(tr("Splitting forbidden by contract"), Kind.TRUTH),
        "agreed_delivery_on": Label(tr("Agreed delivery")),
        "agreed_start_on": Label(tr("Agreed start")),
        "agreed_completion_on": Label(tr("Agreed completion")),
        "actual_delivery_on": Label(tr("Actual delivery")),
        "actual_start_on": Label(tr("Actual start")),
        "actual_completion_on": Label(tr("Actual completion")),
        "source_link": Label(tr("Published at")),
    }


def _output() -> dict[str, Label]:
    per_mu = tr("10 000 yuan/mu")
    return {
        "parcel_id": Label(tr("Parcel"), Kind.RECORD),
        "enterprise_id": Label(tr("Enterprise"), Kind.RECORD),
        "signed_on": Label(tr("Signed")),
        "reach_on": Label(tr("Full output due")),
        "investment_wan": Label(tr("Investment"), Kind.FIGURE, tr("10 000 yuan")),
        "investment_wan_per_mu": Label(tr("Investment per mu"), Kind.FIGURE, per_mu),
        "tax_wan_per_mu": Label(tr("Tax per mu"), Kind.FIGURE, per_mu),
        "revenue_wan_per_mu": Label(tr("Revenue per mu"), Kind.FIGURE, per_mu),
        "plot_ratio_min": Label(tr("Plot ratio, at least"), Kind.FIGURE),
        "note": Label(tr("Note")),
    }


def _occupancy() -> dict[str, Label]:
    return {
        "parcel_id": Label(tr("Parcel"), Kind.RECORD),
        "enterprise_id": Label(tr("Enterprise"), Kind.RECORD),
        "tenure": Label(tr("As"), Kind.CHOICE),
        "area_m2": Label(tr("Area"), Kind.FIGURE, "m²"),
        "from_on": Label(tr("From")),
        "to_on": Label(tr("Until")),
    }


def _look() -> dict[str, Label]:
    wan = tr("10 000 yuan")
    return {
        "parcel_id": Label(tr("Parcel"), Kind.RECORD),
        "observed_on": Label(tr("Seen on")),
        "suspended_since": Label(tr("Work suspended since")),
        "cause": Label(tr("Cause of the delay"), Kind.CHOICE),
        "developed_area_m2": Label(tr("Built area"), Kind.FIGURE, "m²"),
        "area_to_develop_m2": Label(tr("Area to develop"), Kind.FIGURE, "m²"),
        "invested_wan": Label(tr("Invested, without land price"), Kind.FIGURE, wan),
        "total_investment_wan": Label(tr("Total investment"), Kind.FIGURE, wan),
        "note": Label(tr("Note")),
    }


def _standing() -> dict[str, Label]:
    return {
        "seized": Label(tr("Seized"), Kind.TRUTH),
        "seized_by": Label(tr("Seized by")),
        "seized_until": Label(tr("Seized until")),
        "mortgaged": Label(tr("Mortgaged"), Kind.TRUTH),
        "mortgagee": Label(tr("Mortgagee")),
        "mortgagee_agrees": Label(tr("The mortgagee agrees"), Kind.TRUTH),
        "soil_supervised": Label(tr("Unit under soil supervision"), Kind.TRUTH),
        "soil_surveyed": Label(tr("Soil survey done"), Kind.TRUTH),
        "soil_surveyed_on": Label(tr("Soil survey done on")),
        "low_efficient": Label(tr("Recognised as low-efficiency land"), Kind.TRUTH),
        "low_efficient_on": Label(tr("Recognised on")),
        "in_park": Label(tr("Inside a park"), Kind.TRUTH),
        "checked_on": Label(tr("Looked up on")),
        "note": Label(tr("Note")),
    }


def _year() -> dict[str, Label]:
    wan = tr("10 000 yuan")
    return {
        "year": Label(tr("Year")),
        "land_area_m2": Label(tr("Land"), Kind.FIGURE, "m²"),
        "tax_wan": Label(tr("Tax"), Kind.FIGURE, wan),
        "revenue_wan": Label(tr("Revenue"), Kind.FIGURE, wan),
        "value_added_wan": Label(tr("Value added"), Kind.FIGURE, wan),
        "energy_tce": Label(tr("Energy"), Kind.FIGURE, tr("tce")),
        "rnd_wan": Label(tr("R&D"), Kind.FIGURE, wan),
        "staff_average": Label(tr("Staff"), Kind.FIGURE, tr("persons")),
        "upgrade_investment_wan": Label(tr("Upgrades"), Kind.FIGURE, wan),
        "emissions_t": Label(tr("Emissions"), Kind.FIGURE, tr("t")),
        "grade": Label(tr("Grade")),
        "tax_per_mu": Label(tr("Tax per mu"), Kind.COMPUTED, tr("10 000 yuan/mu")),
    }


def _permit() -> dict[str, Label]:
    return {
        "enterprise_id": Label(tr("Enterprise"), Kind.RECORD),
        "kind": Label(tr("Kind of permit")),
        "subject": Label(tr("For")),
        "number": Label(tr("Number")),
        "valid_from": Label(tr("Valid from")),
        "valid_to": Label(tr("Valid to")),
        "unlimited": Label(tr("Without end"), Kind.TRUTH),
        "note": Label(tr("Note")),
    }


def _boundary() -> dict[str, Label]:
    return {
        "area_m2": Label(tr("Computed area"), Kind.FIGURE, "m²"),
        "perimeter_m": Label(tr("Perimeter"), Kind.FIGURE, "m"),
        "plot_no": Label(tr("Plot number")),
        "plot_name": Label(tr("Plot name")),
        "crs_name": Label(tr("Coordinate system")),
        "file_name": Label(tr("File")),
    }


def _case() -> dict[str, Label]:
    return {
        "case_no": Label(tr("Case no.")),
        "stage": Label(tr("Stage"), Kind.CHOICE),
        "parcel_id": Label(tr("Parcel"), Kind.RECORD),
        "enterprise_id": Label(tr("Enterprise"), Kind.RECORD),
        "opened_on": Label(tr("Opened")),
        "due_on": Label(tr("Due")),
        "closed_on": Label(tr("Closed on")),
        "archived_on": Label(tr("Archived on")),
        "summary": Label(tr("Summary")),
    }
