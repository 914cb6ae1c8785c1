"""What suspicions are told in: names of facts, their values, and where a missing one is entered."""

from datetime import date
from decimal import Decimal

from landsteward.app.language import localised, tr
from landsteward.app.screening import SubjectRef
from landsteward.domain.findings import LegalBasis
from landsteward.domain.rulepack import RulePack
from landsteward.domain.screening import EnteredAt, FactValue
from ui import formats, words
from ui.workbench import Place


def basis(one: LegalBasis) -> str:
    """The law and its article."""
    return f"{localised(one.law, one.law_en)} {one.article}"


def version(one: LegalBasis) -> str:
    """The edition, and the days it is in force."""
    parts = [one.version]
    if one.valid_from is not None:
        parts.append(tr("in force from {day}", day=formats.day(one.valid_from)))
    if one.valid_to is not None:
        parts.append(tr("until {day}", day=formats.day(one.valid_to)))
    return " · ".join(parts)


def fact(key: str, value: FactValue, pack: RulePack) -> str:
    """A fact's value as people read it."""
    if value is None or value == "":
        return tr("not on record")
    if isinstance(value, bool):
        return tr("Yes") if value else tr("No")
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, Decimal):
        return formats.exact(value)
    text = str(value)
    if key == "delay_cause":
        return words.delay_cause(text)
    if key == "production":
        return words.production(text)
    if key == "industry_policy":
        return words.industry_policy(text)
    if key == "scale":
        return words.scale(text)
    if key == "limit_of":
        return limit_source(text)
    if key == "permit_kind":
        known = {one.key: localised(one.name, one.name_en) for one in pack.permits}
        return known.get(text, text)
    if key == "metric":
        named = {one.key: localised(one.name, one.name_en) for one in pack.metrics}
        return named.get(text, text)
    return text


def fact_name(key: str) -> str:
    """A fact's name in words; one without a word of its own shows its key."""
    return {
        **_dates(),
        **_building(),
        "asked_on": tr("As of"),
        "area_m2": tr("Area (m²)"),
        "area_mu": tr("Area (mu)"),
        "phased": tr("Supplied by phases"),
        "delay_cause": tr("Cause of the delay"),
        "land_use": tr("Land use"),
        "value": tr("Value"),
        "limit": tr("Limit"),
        "limit_of": tr("Whose limit"),
        "limit_edition": tr("Edition of the limit"),
        "agreed": tr("Agreed"),
        "value_of": tr("Of the year or day"),
        "industry_code": tr("Industry code"),
        "industry_policy": tr("Industry in the catalogue"),
        "production": tr("Production"),
        "scale": tr("Scale"),
        "year": tr("Year"),
        "metric": tr("Figure"),
        "tax_wan": tr("Tax (10 000 yuan)"),
        "revenue_wan": tr("Revenue (10 000 yuan)"),
        "value_added_wan": tr("Value added (10 000 yuan)"),
        "land_mu": tr("Land (mu)"),
        "land_source": tr("Where the land is from"),
        "baseline": tr("County's baseline"),
        "grade": tr("Grade"),
        "grade_year": tr("Year of the grade"),
        "years_of_d": tr("Years running with D"),
        "permit_kind": tr("Kind of permit"),
        "permit_number": tr("Number"),
        "permit_subject": tr("For"),
        "criterion_restricted_industry": tr("Restricted or phased-out industry"),
        "criterion_empty_land": tr("Empty in one piece, above the limit"),
        "criterion_suspended_not_idle": tr("Building suspended, not idle land"),
        "criterion_production_stopped": tr("Production stopped for long"),
        "criterion_plot_ratio_low": tr("Plot ratio too low"),
        "criterion_fails_safety_or_environment": tr("Fails safety or environment"),
    }.get(key, key)


def limit_source(of: str) -> str:
    """Whose limit applied."""
    return {
        "output_contract": tr("output contract"),
        "supply_contract": tr("supply contract"),
        "county": tr("county"),
        "nation": tr("nation"),
        "pack": tr("rule pack"),
    }.get(of, of)


def _dates() -> dict[str, str]:
    return {
        "agreed_start_on": tr("Agreed start"),
        "actual_start_on": tr("Actual start"),
        "actual_delivery_on": tr("Actual delivery"),
        "start_due_on": tr("Start due"),
        "full_start_due_on": tr("Full start due"),
        "agreed_completion_on": tr("Agreed completion"),
        "actual_completion_on": tr("Actual completion"),
        "signed_on": tr("Signed"),
        "due_on": tr("Due"),
        "days_overdue": tr("Days overdue"),
        "full_years_overdue": tr("Full years overdue"),
        "suspended_since": tr("Work suspended since"),
        "full_years_suspended": tr("Full years suspended"),
        "production_since": tr("Production so since"),
        "full_years_stopped": tr("Full years stopped"),
        "observed_on": tr("Seen on"),
        "delivered_late_days": tr("Delivered late by (days)"),
        "reserved_on": tr("Reserved since"),
        "valid_from": tr("Valid from"),
        "valid_to": tr("Valid to"),
        "days_left": tr("Days left"),
    }


def _building() -> dict[str, str]:
    return {
        "developed_area_m2": tr("Built area (m²)"),
        "area_to_develop_m2": tr("Area to develop (m²)"),
        "invested_wan": tr("Invested (10 000 yuan)"),
        "total_investment_wan": tr("Total investment (10 000 yuan)"),
        "price_wan": tr("Price of the land (10 000 yuan)"),
        "planned_floor_m2": tr("Floor area planned (m²)"),
        "started_floor_m2": tr("Floor area started (m²)"),
        "reserved_m2": tr("Still reserved (m²)"),
        "ratio_floor_m2": tr("Floor area for the plot ratio (m²)"),
        "floor_m2": tr("Floor area above ground (m²)"),
        "footprint_m2": tr("Covered by buildings and yards (m²)"),
        "office_land_m2": tr("Land for offices and living (m²)"),
        "office_floor_m2": tr("Floor area for offices and living (m²)"),
        "service_floor_m2": tr("Floor area for production services (m²)"),
        "empty_m2": tr("Empty in one piece (m²)"),
    }


def entered_at(where: EnteredAt) -> str:
    """Where a missing fact is entered, in words."""
    return {
        EnteredAt.PARCEL: tr("the parcel's page, “Particulars”"),
        EnteredAt.SUPPLY: tr("the parcel's page, “Supply contract”"),
        EnteredAt.CONSTRUCTION: tr("the parcel's page, “Construction”"),
        EnteredAt.OUTPUT: tr("the parcel's page, “Output contracts”"),
        EnteredAt.ENTERPRISE: tr("the enterprise's page, “Particulars”"),
        EnteredAt.YEARS: tr("the enterprise's page, “Yearly figures”"),
        EnteredAt.PERMITS: tr("the enterprise's page, “Permits”"),
        EnteredAt.STANDING: tr("the parcel's page, “Rights and limits”"),
        EnteredAt.CASE: tr("the plan, at the condition itself"),
        EnteredAt.FINDING: tr("the finding"),
        EnteredAt.PACK: tr("the rule pack"),
    }[where]


_OF_PARCEL = {
    EnteredAt.PARCEL: "facts",
    EnteredAt.SUPPLY: "supply",
    EnteredAt.CONSTRUCTION: "progress",
    EnteredAt.STANDING: "standing",
    EnteredAt.OUTPUT: "output",
}
_OF_ENTERPRISE = {
    EnteredAt.ENTERPRISE: "facts",
    EnteredAt.YEARS: "years",
    EnteredAt.PERMITS: "permits",
}


def place_of(where: EnteredAt, subject: SubjectRef) -> Place | None:
    """The page and the part of it where a missing fact of a subject is entered."""
    if where in _OF_PARCEL and subject.parcel_id is not None:
        return Place("parcel", subject.parcel_id, _OF_PARCEL[where])
    if where in _OF_ENTERPRISE and subject.enterprise_id is not None:
        return Place("enterprise", subject.enterprise_id, _OF_ENTERPRISE[where])
    return None


def record_of(subject: SubjectRef) -> Place | None:
    """The page of what a suspicion is about."""
    if subject.parcel_id is not None:
        return Place("parcel", subject.parcel_id)
    if subject.enterprise_id is not None:
        return Place("enterprise", subject.enterprise_id)
    return None
